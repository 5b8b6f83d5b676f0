"""Reporting duties written in prose: who reports to whom, when.

"Định kỳ hằng quý (trước ngày 20 của tháng cuối quý), các đơn vị báo cáo Bộ trưởng … (qua Cục …)".
"""

from __future__ import annotations

import re

from sauro.reading.context import Context
from sauro.reading.draft import ReportingDuty, ReportingRule
from sauro.reading.schedules import period_of
from sauro.reading.sections import BODY, Node
from sauro.reading.text import flat, key, squeeze
from sauro.reading.unit_words import PREDICATE, SUBJECT, body_in_heading, is_body

_REPORT = re.compile(r"\bbao cao\b")
_NOT_VERB = re.compile(
    r"(?:de|cac|ban|theo|xay dung|so|trong|tai|ket qua|noi dung|mau|che do) bao cao$|"
    r"bao cao (?:tai chinh|chuyen de|thue|danh gia tac dong|ket qua kiem toan)"
)
_WHEN = re.compile(
    r"dinh ky|(?:hang|moi) (?:tuan|thang|quy|nam|6 thang)|truoc ngay \d|cham nhat (?:la |"
    r"vao )?ngay|dot xuat|6 thang|06 thang|sau thang|vao ngay \d|ngay \d{1,2} hang|"
    r"(?:1|01) (?:quy|thang|nam) (?:1|01) lan|hang quy|bao cao quy\b|bao cao nam\b|bao cao thang\b"
)
# Words of a duty to report on the plan itself, or again and again.
_ABOUT_PLAN = re.compile(
    r"dinh ky|(?:hang|moi) (?:tuan|thang|quy|nam|6 thang)|dot xuat|tong hop|thang cuoi quy|"
    r"(?:ket qua|tinh hinh|tien do|viec) (?:to chuc |trien khai )?(?:thuc hien|trien khai)|bao cao ket qua"
)
_MARK = re.compile(r"\((?P<in>[^()]*)\)")
_DAY_OF_QUARTER = re.compile(
    r"truoc ngay (\d{1,2})\s*(?:cua\s*)?thang cuoi (?:cua\s*)?(?:moi\s*)?quy|"
    r"ngay (\d{1,2})(?: cua)? thang cuoi (?:cua )?quy"
)
_DAY_MONTHLY = re.compile(r"(?:truoc )?ngay (\d{1,2}) (?:hang|cua|moi) thang(?! cuoi)|ngay (\d{1,2}) thang cuoi")
_DAY_NEXT = re.compile(r"ngay (\d{1,2})(?: cua)? thang (?:dau )?(?:quy sau|tiep theo|sau|dau quy|ke tiep)")
_DAY = re.compile(
    r"(?:truoc|cham nhat|vao|den)\s*(?:la\s*|vao\s*)?(?:ngay\s*)?(\d{1,2})(?:\s*/\s*(\d{1,2}))?(?!\d)(?!\s*ngay)"
)
_SUBJECT = re.compile(
    rf"(?:^\s*|[,;:.)]\s*|\b(?:[Yy]êu cầu|[Đđ]ề nghị|[Gg]iao)\s+)((?:{SUBJECT.pattern}|[Cc]ác\b|"
    rf"[Tt]hủ trưởng|[Ll]ãnh đạo|[Gg]iám đốc|[Đđ]ơn vị|[Cc]ơ quan)[^;:()]{{0,140}}?)"
    # "Các đơn vị được giao chủ trì … báo cáo": who was given the lead, named by it.
    rf"\s*(?:\([^)]*\)\s*)?(?:,\s*)?(?<!được giao )(?<!được )(?!được giao (?:chủ trì|đầu mối|nhiệm vụ))"
    rf"(?:{PREDICATE})(?!\w)"
)
_NAMED_FIRST = re.compile(
    r"((?:Các|Sở|Cục|Vụ|Phòng|Ban|Văn phòng|UBND|Ủy ban|Uỷ ban|Đơn vị|Chi cục|Trung tâm|Thủ trưởng|Tổ|Thanh tra|Bộ)"
    r"\s[^:;.]{2,110}):\s"
)
_TO = re.compile(
    r"(?:gửi\s+(?:báo cáo\s+|kết quả\s+)?(?:về|cho|tới|đến)?|báo cáo(?:\s+(?:về|cho|"
    r"gửi về|gửi))?|về|cho|trình)\s+((?:Bộ trưởng|Bộ|Sở|UBND|Ủy ban|Uỷ ban|Lãnh đạo|"
    r"Chủ tịch|Giám đốc|Ban|Cục|Văn phòng|Thủ tướng|Chính phủ|Tỉnh ủy|Thành ủy|Phòng|"
    r"Vụ|Thường trực|Tổ|Đảng ủy|Ban Thường vụ|Thanh tra|Trung tâm|HĐND|Hội đồng|Chi cục|Thư ký|Trưởng|"
    r"Cơ quan|cơ quan)[^,;.()]*?)(?=\s*(?:[,;.()]|về (?:kết quả|tình hình|việc)|theo quy định|"
    r"để |trước|kết quả|tình hình|định kỳ|khi|$|xem xét|tổng hợp|qua |thông qua|các biện pháp|"
    r"và (?:kiến nghị|gửi)|theo dõi|hằng|hàng|chậm nhất))"
)
_VIA = re.compile(
    r"(?:thông qua|qua)\s+((?:Cục|Sở|Vụ|Phòng|Văn phòng|Ban|Trung tâm|Tổ|Cơ quan|cơ quan|Chi cục)[^,;.()]*)"
)


def duties_of(root: Node, context: Context) -> list[ReportingDuty]:
    """The reporting duties in the prose of a plan, results of past years left out."""
    found: list[ReportingDuty] = []
    for node in root.walk():
        if node.rank < 0 or node.kind in ("result", "basis") or len(node.text) < 15:
            continue
        if node.kind == "goal" and node.rank != BODY:
            continue
        text = node.line.text
        folded = flat(text)
        if not _REPORT.search(folded) or not _WHEN.search(folded):
            continue
        if node.kind == "task" and not _ABOUT_PLAN.search(folded):
            continue  # to report is the end of one task, not a rule
        named = _NAMED_FIRST.match(node.text)
        subject: str | None = named[1] if named else None
        others: list[str] = []  # "Thủ trưởng các sở; Chủ tịch UBND các xã báo cáo …": who stands before a semicolon
        for start, end in _sentences(text, node.offset):
            if is_body(text[start:end]):
                others.append(text[start:end].strip())
                continue
            subject = context.register.opening(text[start:end].lstrip()) or _subject(text[start:end]) or subject
            if others and subject:
                subject, others = "; ".join([*others, subject]), []
            found.extend(_in_sentence(node, start, end, context, subject))
    return _once(found)


def _sentences(text: str, start: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"(?:;|(?<=[^\W\d_A-ZĐ)])\.|(?<=\))\.)\s+(?=[^\W\d_])", text[start:]):
        spans.append((start, start + match.start())) if not spans else spans.append(
            (spans[-1][1] + 1, start + match.start())
        )
    at = spans[-1][1] + 1 if spans else start
    return [*spans, (at, len(text))]


def _in_sentence(node: Node, start: int, end: int, context: Context, subject: str | None) -> list[ReportingDuty]:
    text = node.line.text[start:end]
    folded = flat(text)
    reports = [m for m in _REPORT.finditer(folded) if not _NOT_VERB.search(folded[max(0, m.start() - 14) : m.end()])]
    when = _WHEN.search(folded)
    if not when or not (reports or "bao cao" in folded):
        return []
    who = _who(subject, node, context)
    if not who:
        if reports and node.kind == "organisation" and _ABOUT_PLAN.search(folded):
            context.doubt(
                "reporting_duties", text, "Chưa rõ ai phải báo cáo.", node.line.trace(start, end, 0.4), node.line.lines
            )
        return []
    to = _TO.search(text)
    via = _VIA.search(text)
    found = []
    for words, rule in _rules(text, folded):
        duty = ReportingDuty(
            who, _to(text, context) or (squeeze(to[1]).rstrip(" ,") if to else None), words, rule,
            squeeze(via[1]) if via else None, squeeze(text).rstrip(";"), lines=node.line.lines,
        )  # fmt: skip
        duty.read["text"] = node.line.trace(start, end)
        found.append(duty)
    return found


def _subject(text: str) -> str | None:
    match = _SUBJECT.search(text)
    if match and not re.match(r"(?:bộ trưởng|thủ tướng|báo cáo)", match[1], re.IGNORECASE):
        return match[1]
    return None


def _who(subject: str | None, node: Node, context: Context) -> str | None:
    """The subject of the sentence or of one before it, else the unit in whose heading it stands."""
    heading = _heading_unit(node)
    if subject:
        who = squeeze(subject).strip(" ,")
        who = re.sub(
            r"\s+(?:có|định kỳ|theo chức năng.*|căn cứ.*|trên cơ sở.*|"
            r"được giao(?! (?:chủ trì|đầu mối|nhiệm vụ)).*|theo phân công.*)$",
            "",
            who,
        )
        if heading and key(who) in (
            "cac don vi",
            "cac co quan, don vi",
            "don vi",
            "cac co quan",
            "cac dia phuong",
            "thu truong cac don vi",
            "cac phong, don vi",
            "cac phong",
        ):
            return (
                heading
                if key(who) in key(heading) or "don vi" in key(heading) or key(heading).startswith("cac")
                else _capital(who)
            )
        known = context.register.match(who)
        return known.name if known.known else _capital(who)
    return heading


def _to(text: str, context: Context) -> str | None:
    """A body of the register that stands right after "báo cáo" or "gửi"."""
    for match in re.finditer(r"\b(?:báo cáo|gửi|về|cho)\s+(?=[A-ZĐ])", text):
        if name := context.register.opening(text[match.end() :]):
            return name
    return None


def _heading_unit(node: Node) -> str | None:
    parent = node.parent
    while parent is not None and parent.rank >= 0:
        text = squeeze(parent.text).strip(" :.")
        if 6 <= parent.rank <= 10 and 3 < len(text) < 160 and (named := body_in_heading(text)):
            return _capital(named[1])
        parent = parent.parent
    return None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _rules(text: str, folded: str) -> list[tuple[str, ReportingRule]]:
    """The rules in a sentence: one, or one for each period that has a day of its own."""
    pieces = _pieces(text, folded)
    rules = [(squeeze(words).strip(" ,;.-"), rule) for words, rule in pieces if rule is not None]
    return rules or [(_words(text, folded), ReportingRule())]


def _pieces(text: str, folded: str) -> list[tuple[str, ReportingRule | None]]:
    periods = [
        (m.start(), kind)
        for pattern, kind in (
            (
                r"(?:hang|moi|dinh ky|bao cao)\s+thang\b|"
                r"ngay \d{1,2} (?:cua |moi )?(?:hang )?thang\b(?! cuoi| dau (?:cua )?quy| \d)",
                "month",
            ),
            (r"(?:hang|moi|dinh ky|bao cao)\s+quy\b|thang (?:cuoi|dau) (?:cua )?quy|quy(?=,| va|\s*\()", "quarter"),
            (r"(?:6|06|sau) thang", "half"),
            (r"(?:hang|moi|dinh ky|bao cao|,|va|tong ket|cuoi)\s+(?:(?:0?1|mot)\s+)?nam\b(?! \d)", "year"),
        )
        for m in re.finditer(pattern, folded)
    ]
    periods.sort()
    kept: list[tuple[int, str]] = []
    for at, kind in periods:
        if kind not in [k for _, k in kept]:
            kept.append((at, kind))
    words = _words(text, folded)
    days = list(_DAY.finditer(folded))
    if several := _several_days(text, folded, any(kind != "year" for _, kind in kept)):
        return several
    if len(kept) >= 2 and len(days) >= 2:
        found: list[tuple[str, ReportingRule | None]] = []
        first = days[0].start() < kept[0][0] and len(days) == len(kept)  # "trước ngày 10/6 (báo cáo 6 tháng), …"
        for n, (at, kind) in enumerate(kept):
            if first:
                begin = days[n].start()
                found.append((text[begin:at], _rule(folded[begin:at], kind)))
                continue
            stop = kept[n + 1][0] if n + 1 < len(kept) else len(folded)
            found.append((text[at:stop], _rule(folded[at:stop], kind)))
        return found
    if len(kept) >= 2:
        return [(words, _rule(folded, kind)) for _, kind in kept]
    if kept:
        return [(words, _rule(folded, kept[0][1]))]
    if days or "dot xuat" in folded or "dinh ky" in folded:
        return [(words, _rule(folded, period_of(words)))]
    return []


_DAYS_LISTED = re.compile(
    r"truoc (?:ngay )?\d{1,2}/\d{1,2}(?:/20\d\d)?"
    r"(?:(?:,| va|;)\s*(?:truoc )?(?:ngay )?\d{1,2}/\d{1,2}(?:/20\d\d)?)+"
)
_OFTEN: dict[int, str] = {2: "half", 4: "quarter", 12: "month"}


def _several_days(text: str, folded: str, named: bool) -> list[tuple[str, ReportingRule | None]]:
    """ "Trước ngày 15/6 và 15/12" is each half-year; "trước ngày 25 tháng cuối quý và 30/11/2026" two."""
    match = _DAYS_LISTED.search(folded)
    if match:
        days = [(int(d), int(m)) for d, m in re.findall(r"(\d{1,2})/(\d{1,2})(?!\d)", match[0])]
        period = _OFTEN.get(len(days))
        words = squeeze(text[match.start() : match.end()])
        if period and not named and len({m for _, m in days}) == len(days):
            of = "months " + ", ".join(str(m) for _, m in days)
            return [(words, ReportingRule(period, days[0][0], of))]
    regular = _DAY_OF_QUARTER.search(folded) or _DAY_MONTHLY.search(folded)
    once = re.search(r"truoc ngay (\d{1,2})/(\d{1,2})/20\d\d", folded)
    if regular and once:
        spans = sorted([(regular.start(), regular.end()), (once.start(), once.end())])
        return [
            (squeeze(text[a:b]), _rule(folded[a:b], None if (a, b) == (once.start(), once.end()) else period_of(text)))
            for a, b in spans
        ]
    return []


def _rule(folded: str, period: str | None) -> ReportingRule:
    if match := _DAY_OF_QUARTER.search(folded):
        return ReportingRule(period or "quarter", int(match[1] or match[2]), "last month of the quarter")
    if match := _DAY_NEXT.search(folded):
        return ReportingRule(period, int(match[1]), "first month after the period")
    if match := _DAY_MONTHLY.search(folded):
        return ReportingRule(
            period or "month", int(match[1] or match[2]), "each month" if match[1] else "last month of the period"
        )
    if match := _DAY.search(folded):
        day, month = int(match[1]), int(match[2]) if match[2] else None
        if 1 <= day <= 31:
            return ReportingRule(period, day, f"month {month}" if month else None)
    return ReportingRule(period)


def _words(text: str, folded: str) -> str:
    """The stretch of the sentence that says when."""
    first = _WHEN.search(folded)
    if not first:
        return ""
    start = first.start()
    marked = next(
        (
            m
            for m in _MARK.finditer(text)
            if m.start() > start and m.start() - start < 40 and re.search(r"ngày|quý|tháng", m["in"])
        ),
        None,
    )
    if marked:
        return squeeze(text[start : marked.end()])
    if "dot xuat" in folded:
        stop = folded.find("dot xuat", start)
        if stop >= 0:
            return squeeze(text[start : stop + len("dot xuat")])
    last = max(
        (
            m.end()
            for m in re.finditer(
                r"ngay \d{1,2}(?:/\d{1,2})?(?:[^,;.]{0,30}(?:thang|quy|nam|thang cuoi quy))?|(?:hang|"
                r"dinh ky) \w+(?: thang)?",
                folded[start:],
            )
        ),
        default=0,
    )
    return squeeze(text[start : start + last]) if last else squeeze(text[start : first.end()])


def _once(found: list[ReportingDuty]) -> list[ReportingDuty]:
    kept: list[ReportingDuty] = []
    seen: set[tuple[object, ...]] = set()
    for duty in found:
        mark = (duty.who, duty.rule.period, duty.rule.before_day, duty.lines, duty.schedule_text)
        if mark not in seen:
            seen.add(mark)
            kept.append(duty)
    return kept
