"""Numbers with a unit in a sentence: how much, compared how, in what direction, against which year.

Document numbers, dates, years, standards ("ISO 9001:2015"), levels ("cấp độ 3") and ordinals are no quantities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sauro.reading.draft import Comparator
from sauro.reading.text import flat
from sauro.vietnamese.numbers import NUMBER, parse_number

_SCALE = r"(?:(?:trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)\s+)*"
_MONEY = r"(?:đồng|vnđ|vnd|usd|đô la(?:\s+mỹ)?|euro|eur|nhân dân tệ|yên)"
_MEASURE = (
    r"(?:kwh|mwh|gwh|twh|mwp|kwp|mva|mvar|mw|gw|kw|kv|toe|teu|tấn(?:\s+\w+\s+quy đổi)?|"
    r"tạ|kg|héc[- ]?ta|ha|km2|km²|km|m2|m²|m3|m³|lít|"
    r"triệu lít|mbps|gbps|tb|gb|độ c|điểm)"
)
_COUNT = (
    r"(?:lượt\s+(?:người|khách|doanh nghiệp|hộ|cán bộ|truy cập|hồ sơ)|lượt|người|lao động|"
    r"sinh viên|thí sinh|nghiên cứu sinh|học sinh|nhà giáo|giảng viên|giây|bài báo|công bố|sáng chế|"
    r"bằng sáng chế|tờ khai|giấy phép|giấy chứng nhận|tài khoản|chữ ký số|thẻ|camera|điểm cầu|ấn phẩm|phóng sự|"
    r"chuyên mục|tác phẩm|video|tờ rơi|cuốn|cơ sở giáo dục|hợp đồng|gói thầu|di tích|lễ hội|vận động viên|huy chương|"
    r"câu lạc bộ|đại biểu|nhà máy|trang trại|giống|ca bệnh|ca|mẫu|khu dân cư|khu|nhà|thành viên|tổ chức(?! đảng)|"
    r"hạng mục|"
    r"hộ(?:\s+\w+){0,1}|doanh nghiệp|hợp tác xã|tổ hợp tác|"
    r"cơ sở|đơn vị|sản phẩm|mặt hàng|hồ sơ|khách hàng|văn bản|nghị định|thông tư|quyết định|"
    r"nghị quyết|đề án|dự án|chương trình|kế hoạch|nhiệm vụ|"
    r"thủ tục hành chính|thủ tục|tthc|dịch vụ công(?:\s+trực tuyến)?|dịch vụ|dvctt|quy trình|"
    r"mô hình|lớp|khóa|khoá|cuộc|hội nghị|hội thảo|hội chợ|đoàn|"
    r"buổi|đợt|lần|vụ|trường hợp|xã|phường|huyện|tỉnh|thành phố|thôn|bản|trường|chợ|"
    r"chi nhánh|phòng giao dịch|điểm giao dịch|phương tiện đo|phương tiện|phép thử|tiêu chuẩn|quy chuẩn|chứng chỉ|"
    r"giải thưởng|suất học bổng|nhà văn hóa|hóa đơn|đơn hàng|hành khách|chuyến bay|thuê bao|tên miền|ứng dụng|"
    r"phần mềm|điểm du lịch|đoàn viên|thanh niên|trẻ em|đối tượng|vị trí việc làm|biên chế|chuyên đề|giáo trình|"
    r"liều vắc xin|hội nghề nghiệp|điểm dân cư|khách du lịch|"
    r"siêu thị|trung tâm(?:\s+thương mại)?|cụm công nghiệp|khu công nghiệp|ccn|kcn|"
    r"cán bộ|công chức|viên chức|học viên|chuyên gia|kỹ sư|giáo viên|nhà khoa học|hộ gia đình|"
    r"đảng viên|chi bộ|tổ chức đảng|hội viên|học sinh|"
    r"bác sĩ|giường bệnh|sáng kiến|đề tài|bài viết|tin bài|tin|bài|"
    r"ngày làm việc|ngày|giờ|phút|bậc|hạng|cơ sở dữ liệu|csdl|hệ thống|nền tảng|công trình|"
    r"trạm|tuyến|cây|con|ý kiến|phiếu|gian hàng|thương hiệu|nhãn hiệu|"
    r"chỉ tiêu|tiêu chí|phòng|căn|bộ|chiếc|thiết bị|máy|điểm bán|cửa hàng|làng nghề|"
    r"nghề|vùng|chuỗi|thị trường|quốc gia|nước)(?!\w)"
)
_PERCENT = r"(?:điểm\s+phần trăm|điểm\s*%|%|phần trăm)"
_UNIT = (
    rf"(?:{_PERCENT}(?:\s?/\s?(?:năm|tháng|quý))?|{_SCALE}(?:{_MONEY}|{_MEASURE}(?!\w)|{_COUNT})"
    r"(?:\s?/\s?(?:1\.?000 dân|10\.000 dân|vạn dân|lao động|đơn vị|hồ sơ|m2|m3|(?!20\d\d)[^\W\d_]+))*"
    r"|(?:nghìn\s+|ngàn\s+|triệu\s+)?(?:tỷ|tỉ|triệu|nghìn|ngàn)(?!\w))"
)
_QUANTITY = re.compile(
    rf"(?<![\w/.,:-])(?P<low>{NUMBER})(?:\s?/\s?\d{{1,3}}(?=\s*điểm))?\s*(?P<u1>{_UNIT})?"
    rf"(?:\s*(?:-|đến|tới|~)\s*(?P<high>{NUMBER})(?!\s*/\s*\d)\s*(?P<u2>{_UNIT})?)?(?![\d/:])",
    re.IGNORECASE,
)
_ZERO = re.compile(
    r"(?:không (?:có|để xảy ra|phát sinh|để)|chấm dứt)\s+(?P<u1>sản phẩm|khách hàng|"
    r"hồ sơ|đơn thư|trường hợp|vụ|văn bản|nhiệm vụ|cán bộ|công chức)(?!\w)",
    re.IGNORECASE,
)
_NOT_QUANTITIES = re.compile(
    r"(?:tcvn|iso|iec|astm|qcvn)[\w/.\- ]*\d[\d:./-]*(?:\s*:\s*\d{4})?"
    r"|\b(?:số|luật số)\s*:?\s*\d+[\d/]*[-/][\wđ./-]+|\d+(?:/\d{4})?[-/][A-ZĐa-zđ]{2,}[\wđ./-]*"
    r"|\b(?:ngày|tháng|quý|năm|giai đoạn|thời kỳ|nhiệm kỳ|khóa|khoá|đề án|điều|khoản|"
    r"mục|điểm [a-z]|phần|phụ lục|cấp độ|mức độ|cấp|loại|hạng|thứ|nghị quyết|nghị định|"
    r"thông tư|quyết định|chỉ thị|chương trình|kế hoạch|công văn|lớp|tập|bảng|mẫu|vùng|"
    r"quốc lộ|ql|mô hình)\s+(?:số\s+)?\d[\d/.]*(?:\s*-\s*\d{4})?(?![\d.,]*\s*%)"
    r"|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}/\d{4}|\b(?:19|20)\d\d\s*-\s*(?:19|20)\d\d|\b24/7\b|\b24/24\b"
    r"|mô hình \d+ (?:lớp|cấp)|\b0?[23] cấp\b",
    re.IGNORECASE,
)
_COMPARATORS: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    (
        ">=",
        re.compile(
            r"(?:tối thiểu|ít nhất|không dưới|không thấp hơn|không ít hơn|tối thiểu là|≥|>=|"
            r"từ)\s*(?:đạt\s*|là\s*|khoảng\s*)?$"
        ),
    ),
    (
        "<=",
        re.compile(
            r"(?:tối đa|không (?:để )?quá|không vượt quá|không vượt|không cao hơn|không lớn hơn|nhiều nhất|"
            r"≤|<=|\b(?:nhóm|top|tốp))\s*(?:là\s*)?$"
        ),
    ),
    (">", re.compile(r"(?:trên|hơn|vượt|cao hơn|lớn hơn|>)\s*(?:mức\s*)?$")),
    ("<", re.compile(r"(?:dưới|thấp hơn|nhỏ hơn|ít hơn|<)\s*(?:mức\s*)?$")),
    ("approx", re.compile(r"(?:khoảng|xấp xỉ|ước đạt|ước|gần|chừng|~|≈)\s*(?:từ\s*|đạt\s*)?$")),
)
_UPWARDS_LATER = re.compile(r"^(?:\s+[^\s,;.()]+){0,5}\s+trở lên\b", re.IGNORECASE)
_UPWARDS = re.compile(r"^\s*(?:\([^)]*\)\s*)?(?:trở lên|hoặc hơn|và cao hơn)", re.IGNORECASE)
_DOWNWARDS = re.compile(r"^\s*(?:trở xuống|hoặc ít hơn)", re.IGNORECASE)
_BASELINE = re.compile(
    r"^[^,;.]{0,40}?\bso\s+(?:với\s+)?(?:cùng kỳ\s+|ước\s+|kết quả\s+|mức\s+|thực hiện\s+|"
    r"số\s+|ước thực hiện\s+|kế hoạch\s+|của\s+|cuối\s+)*(?:năm\s+)?(20\d\d|19\d\d)",
    re.IGNORECASE,
)
_UP = re.compile(r"\btăng(?! cường| tốc)|\blên\s*$|\bnâng\b(?=.*\blên\b)", re.IGNORECASE)
_DOWN = re.compile(
    r"\bxuống\s*$|\b(?:cắt )?giảm\b|\bhạ\b(?=.*\bxuống\b)|\bxuống (?:còn|dưới)\b|\bkéo giảm\b", re.IGNORECASE
)


@dataclass(slots=True)
class Quantity:
    """One amount in a sentence: its place, bounds, unit as written, comparator, direction and baseline year."""

    start: int
    end: int  # after the baseline words, where there are some
    number_end: int
    comparator: Comparator
    low: Decimal | None
    high: Decimal | None
    unit: str
    direction: Literal["increase", "decrease"] | None
    baseline: int | None


def mask(text: str) -> str:
    """`text` with what only looks like a quantity blanked out, character for character."""
    return _NOT_QUANTITIES.sub(lambda m: "§" * len(m[0]), text)


def quantities(text: str, default_unit: str = "") -> list[Quantity]:
    """The amounts in one sentence, in order. `default_unit`: of a bare number, where a column gives it."""
    plain = re.sub("[‐‑‒–—―−]", "-", text)
    masked = mask(plain)
    found: list[Quantity] = []
    at = 0
    for match in _QUANTITY.finditer(masked):
        unit = match["u2"] or match["u1"] or ""
        if (not unit and not default_unit) or match.start() < at:
            continue  # "giảm 10% so với 2025": the year belongs to the amount before
        if match["u1"] and match["high"] and not match["u2"]:
            # "10% - 2026": the second number isn't a bound.
            continue
        low, high = parse_number(match["low"]), parse_number(match["high"]) if match["high"] else None
        if low is None or (match["high"] and high is None):
            continue
        unit_words = (
            plain[match.end("u2" if match["u2"] else "u1") - len(unit) : match.end("u2" if match["u2"] else "u1")]
            if unit
            else default_unit
        )
        before = plain[at : match.start()].lower()
        after = plain[match.end() :]
        comparator, low, high, begin = _compare(before, after, low, high)
        base = _BASELINE.match(after)
        # What stands between an amount and "so với năm …" names what is measured.
        near = base is not None and len(base[0].lower().split("so", 1)[0].strip(" ()")) < 4
        end = match.end() + (base.end() if base and near else 0)
        if up := (_UPWARDS.match(after) or _DOWNWARDS.match(after)):
            end = max(end, match.end() + up.end())
        found.append(
            Quantity(
                at + begin,
                end,
                match.end(),
                comparator,
                low,
                high,
                _unit(unit_words),
                direction_of(before),
                int(base[1]) if base else None,
            )
        )
        at = end
    if not found and (zero := _ZERO.match(plain.lstrip("-+• "))):
        nothing = Decimal(0)
        shift = len(plain) - len(plain.lstrip("-+• "))
        begin = shift + zero.start("u1")
        found.append(Quantity(begin, begin, begin, "=", nothing, nothing, zero["u1"].lower(), None, None))
    return found


def _unit(words: str) -> str:
    words = " ".join(words.split())
    fixed = {"kwh": "kWh", "phần trăm": "%", "mw": "MW", "usd": "USD", "tỉ": "tỷ"}
    return " ".join(fixed.get(word.lower(), word) for word in fixed.get(words.lower(), words).split(" "))


def _compare(
    before: str, after: str, low: Decimal, high: Decimal | None
) -> tuple[Comparator, Decimal | None, Decimal | None, int]:
    comparator: Comparator = "="
    begin = len(before)
    for name, pattern in _COMPARATORS:
        if match := pattern.search(before):
            if match[0].startswith("từ") and high is None and not _UPWARDS.match(after):
                continue
            comparator, begin = name, match.start()
            break
    if high is not None:
        return ("range", min(low, high), max(low, high), begin)
    if _UPWARDS.match(after) or (re.search(r"\btừ\s*$", before) and _UPWARDS_LATER.match(after)):
        comparator = ">="
    elif _DOWNWARDS.match(after):
        comparator = "<="
    if comparator in (">=", ">"):
        return comparator, low, None, begin
    if comparator in ("<=", "<"):
        return comparator, None, low, begin
    return comparator, low, low, begin


def direction_of(before: str) -> Literal["increase", "decrease"] | None:
    """What the words before an amount say of its direction, the last word ruling."""
    up = max((m.start() for m in _UP.finditer(before)), default=-1)
    down = max((m.start() for m in _DOWN.finditer(before)), default=-1)
    if up < 0 and down < 0:
        return None
    return "increase" if up > down else "decrease"


def years_in(text: str) -> list[int]:
    """The years named in a text, in order."""
    return [int(y) for y in re.findall(r"(?<![\d/.])(20\d\d)(?!\d)", flat(text))]
