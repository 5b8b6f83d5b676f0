"""Names of bodies written in capitals: who issued a document, in the letters the register or the text uses."""

from __future__ import annotations

import re

from sauro.reading.context import Context
from sauro.reading.draft import Trace
from sauro.reading.lines import Line
from sauro.reading.text import key, letters, squeeze

_BODY = re.compile(
    r"^(?:BỘ|SỞ|CỤC|VỤ|UBND|ỦY BAN|UỶ BAN|HĐND|HỘI ĐỒNG|TỔNG CỤC|CHI CỤC|BAN|PHÒNG|VĂN PHÒNG|"
    r"TRƯỜNG|VIỆN|HỌC VIỆN|TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|THÀNH UỶ|HUYỆN ỦY|"
    r"QUẬN ỦY|ĐẢNG ỦY|ĐẢNG UỶ|ĐẢNG BỘ|CHI BỘ|TỔNG CÔNG TY|CÔNG TY|TẬP ĐOÀN|TRUNG TÂM|"
    r"HỘI|LIÊN ĐOÀN|TÒA ÁN|TOÀ ÁN|KHO BẠC|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|TỈNH ĐOÀN|ĐOÀN|"
    r"BCH|CÔNG AN|CÔNG ĐOÀN|THANH TRA|NGÂN HÀNG|BẢO HIỂM|THUẾ|HẢI QUAN|KIỂM TOÁN|MẶT TRẬN|"
    r"BỆNH VIỆN|ĐÀI|BÁO|TẠP CHÍ|QUỸ|TỔ CÔNG TÁC)(?=\s|$)"
)
_MOTTO = re.compile(
    r"\s*(?:CỘNG H[OÒ][AÀ] XÃ HỘI(?: CHỦ NGHĨA(?: VIỆT(?: NAM)?)?)?|^(?:CHỦ NGHĨA )?(?:VIỆT )?NAM|"
    r"ĐẢNG CỘNG SẢN(?: VIỆT(?: NAM)?)?|Độc lập\s*[-–].*|ĐỘC LẬP\s*[-–].*)\s*$"
)
_POSITION = re.compile(
    r"^(?:QUYỀN |Q\. ?)?(?:BỘ TRƯỞNG|TỔNG GIÁM ĐỐC|GIÁM ĐỐC|PHÓ CHỦ TỊCH|CHỦ TỊCH|TỔNG CỤC TRƯỞNG|"
    r"CHI CỤC TRƯỞNG|CỤC TRƯỞNG|VỤ TRƯỞNG|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|TRƯỞNG BAN|"
    r"HIỆU TRƯỞNG|VIỆN TRƯỞNG|TRƯỞNG PHÒNG|THỐNG ĐỐC|CHỦ NHIỆM|BÍ THƯ|TỔNG BIÊN TẬP|TỔNG THANH TRA)\s*"
)
_OWN = {
    "CỤC TRƯỞNG": "CỤC",
    "TỔNG CỤC TRƯỞNG": "TỔNG CỤC",
    "VỤ TRƯỞNG": "VỤ",
    "CHI CỤC TRƯỞNG": "CHI CỤC",
    "TRƯỞNG BAN": "BAN",
    "VIỆN TRƯỞNG": "VIỆN",
    "TRƯỞNG PHÒNG": "PHÒNG",
    "CHÁNH VĂN PHÒNG": "VĂN PHÒNG",
    "CHÁNH THANH TRA": "THANH TRA",
}
_PLACES = re.compile(r"\b(tỉnh|thành phố|quận|huyện|thị xã|phường|xã|đặc khu)\s+(.+)$")
_IN_TITLE = re.compile(
    letters(
        r"\b((?:Bộ|Sở|Cục|Tổng cục|UBND|Ủy ban nhân dân|Tỉnh ủy|Thành ủy|Đảng ủy|Chi cục|"
        r"Văn phòng|Ban)\s+[A-ZĐÀ-Ỹ][\w]*(?:(?:\s+(?:và|nhân dân|tỉnh|thành phố|xã|phường)|"
        r",)?\s+[A-ZĐÀ-Ỹ][\w]*)*)"
    )
)


def cased(text: str) -> str:
    """Words in capitals as a sentence: "QUYẾT ĐỊNH" → "Quyết định"; "SỞ CÔNG THƯƠNG" keeps no more than its first."""
    lowered = text.lower()
    return lowered[:1].upper() + lowered[1:]


_FIELDS = (
    "Công Thương",
    "Nông nghiệp và Môi trường",
    "Khoa học và Công nghệ",
    "Giáo dục và Đào tạo",
    "Tài chính",
    "Nội vụ",
    "Văn hóa, Thể thao và Du lịch",
    "Dân tộc và Tôn giáo",
    "Xây dựng",
    "Y tế",
    "Tư pháp",
    "Ngoại giao",
    "Quốc phòng",
    "Công an",
    "Thông tin và Truyền thông",
    "Kế hoạch và Đầu tư",
    "Tài nguyên và Môi trường",
    "Giao thông vận tải",
    "Lao động - Thương binh và Xã hội",
    "Nông nghiệp và Phát triển nông thôn",
    "Việt Nam",
    "Chính phủ",
    "Quốc hội",
    "Nhà nước",
    "Trung ương",
    "Bộ Chính trị",
    "Ban Bí thư",
    "Thủ tướng",
    "Đảng",
)
_KEPT = re.compile(
    r"\b(?:ubnd|hđnd|iso|tcvn|grdp|gdp|cntt|tthc|ocop|pci|pgi|par index|ubmttq|qmr|vnedi)\b", re.IGNORECASE
)
_SEQUENCE = re.compile(letters(r"(?<=[a-zà-ỹđ,] )[A-ZĐÀ-Ỹ][a-zà-ỹđ]+(?: [A-ZĐÀ-Ỹ][a-zà-ỹđ]+){1,3}\b"))


def restored(text: str, context: Context) -> str:
    """Words in capitals as the document's own prose writes them: names keep their capitals."""
    shown = cased(squeeze(text))
    shown = _KEPT.sub(lambda m: m[0].upper(), shown)
    shown = re.sub(r"\b(\d+[-/])(\S+)", lambda m: next((w for w in [_sign(m[0], context)] if w), m[0].upper()), shown)
    names = set(_FIELDS)
    for item in context.items[:200]:
        if isinstance(item, Line) and not item.is_caps:
            names.update(_SEQUENCE.findall(item.text))
    for name in sorted(names, key=len, reverse=True):
        if name.lower() in shown.lower():
            shown = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", name, shown, flags=re.IGNORECASE)
    return shown


def _sign(number: str, context: Context) -> str | None:
    """A document number in capitals as the prose writes it: "19/CT-TTG" → "19/CT-TTg"."""
    pattern = re.compile(re.escape(number.rstrip(",.;")), re.IGNORECASE)
    for item in context.items[:60]:
        if isinstance(item, Line) and not item.is_caps and (match := pattern.search(item.text)):
            return match[0]
    return None


def proper(name: str, context: Context) -> str:
    """A body's name in capitals, in the letters of the register, else of the document's prose, else by rule."""
    plain = squeeze(name)
    if not Line(plain, []).is_caps:
        return plain
    for known in context.register.names:
        if key(known) == key(plain):
            return known
    pattern = re.compile(rf"(?<!\w){re.escape(plain)}(?!\w)", re.IGNORECASE)
    for item in context.items:
        if not isinstance(item, Line) or item.is_caps:
            continue
        match = pattern.search(item.text)
        if match and match[0] != match[0].upper():
            return match[0][:1].upper() + match[0][1:]
    shown = restored(plain, context)
    shown = _PLACES.sub(lambda m: f"{m[1]} {m[2].title()}", shown)
    return re.sub(
        r"^(Tỉnh|Thành|Huyện|Quận|Đảng) (ủy|uỷ) (.+)$",
        lambda m: f"{m[1]} {m[2]} {m[3].title()}" if m[1] != "Đảng" else m[0],
        shown,
    )


def issuer_above(
    lines: list[tuple[int, Line]], number_at: int, context: Context, taken: set[int]
) -> tuple[str, Trace] | None:
    """The body whose name stands right above the number; its superior stands above it again."""
    if number_at < 0:
        limit = next(
            (
                n
                for n, (_, line) in enumerate(lines[:12])
                if key(line.text).startswith(("quyet dinh", "ke hoach", "muc tieu", "chuong trinh", "doc lap"))
            ),
            6,
        )
        above = lines[:limit]
    else:
        above = [(i, line) for i, line in lines if i < number_at]
    names: list[tuple[str, Line]] = []
    for index, line in above[-14:]:
        text = squeeze(_MOTTO.sub("", line.text)).strip(" -_*")
        if names and names[-1][0].endswith(" VIỆT") and squeeze(line.text) == "NAM":
            text = "NAM"  # the rest of "NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", not of the quốc hiệu
        if not text or re.match(r"(?:Số|Độc lập)", text):
            if line.text.strip() and _MOTTO.search(line.text):
                taken.add(index)
            continue
        if not Line(text, []).is_caps and text != "NAM":
            continue
        taken.add(index)
        if _BODY.match(text) and not (names and (_unfinished(names[-1][0]) or " " not in text)):
            names.append((text, line))
        elif names:
            names[-1] = (f"{names[-1][0]} {text}", names[-1][1])
    if not names:
        return None
    name, line = names[-1]
    if name == "BAN CHẤP HÀNH" and len(names) > 1:
        name = f"{names[-2][0]}"
    return proper(name, context), line.trace()


def _unfinished(name: str) -> bool:
    return name.endswith((" VÀ", ",", "-", " TỈNH", " THÀNH PHỐ")) or name in ("VĂN PHÒNG",)


def issuer_of_authority(words: str, context: Context) -> str | None:
    """ "BỘ TRƯỞNG BỘ CÔNG THƯƠNG" → "Bộ Công Thương"; "CỤC TRƯỞNG CỤC HÓA CHẤT" → "Cục Hóa chất"."""
    text = squeeze(words).strip(" .)")
    match = _POSITION.match(text)
    if not match:
        return proper(text, context) if _BODY.match(text) else None
    rest = text[match.end() :].strip()
    if _BODY.match(rest):
        return proper(rest, context)
    own = _OWN.get(re.sub(r"^(?:QUYỀN |Q\. ?)", "", match[0].strip()))
    return proper(f"{own} {rest}", context) if own and rest else None


def issuer_in(title: str, context: Context) -> str | None:
    """The body that a title names: "Mục tiêu chất lượng Sở Công Thương năm 2021"."""
    folded = key(title)
    known = [name for name in context.register.names if re.search(rf"\b{re.escape(key(name))}\b", folded)]
    if known:
        return max(known, key=len)
    if match := _IN_TITLE.search(title):
        return match[1]
    for item in context.items[:60]:
        if (
            isinstance(item, Line)
            and not item.is_caps
            and (match := _IN_TITLE.search(item.text))
            and key(match[1]) in folded
        ):
            return match[1]
    return None
