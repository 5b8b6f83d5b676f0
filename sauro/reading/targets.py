"""Targets out of the sentences of an objective: each amount with what it measures.

"Tổng mức bán lẻ … đạt khoảng 7882 nghìn tỷ đồng, tăng khoảng 13% so với năm 2025" is two targets of one indicator.
What was reached last year is no target.
"""

from __future__ import annotations

import re

from sauro.reading.draft import DraftTarget
from sauro.reading.lines import Line
from sauro.reading.quantities import Quantity, direction_of, quantities
from sauro.reading.text import key, letters

_CLAUSE = re.compile(letters(r"[;\n]\s*|(?<=[^\W\d_A-Z]|[%)\]])\.\s+(?=[A-ZĐÀ-Ỹ])"))
_BULLET = re.compile(r"^\s*(?:[-–—+•*·]\s*|\(?[a-zđ][.)]\s+|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s+)+")
_VERBS = (
    r"(?:phấn đấu|đảm bảo|bảo đảm|hoàn thành|duy trì|đạt|có|là|tăng|giảm|nâng|cắt giảm|"
    r"lên|xuống|còn|xuống còn|giải quyết|thực hiện|"
    r"tối thiểu|ít nhất|khoảng|trên|dưới|từ|mức|tỷ lệ|đến năm \d{4}|năm \d{4}|trong năm|"
    r"hằng năm|hàng năm|bình quân|ước|ước đạt|bằng|chiếm|"
    r"(?:đến )?(?:hết|cuối) năm \d{4}|"
    r"được|để|với|và|hơn|thêm|trung bình|toàn bộ|cụ thể|trong đó|ở|vào|cho|quy mô|chỉ còn|"
    r"giữ|giữ vững|đưa|thu hút|hỗ trợ|tổ chức|xây dựng|phát triển|thành lập|kết nạp)"
)
_ONLY_VERBS = re.compile(rf"^(?:\W*{_VERBS}\b)*\W*$", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?:[\s,:(-]*\b(?:đạt đạt|ước đạt|phấn đấu đạt|phấn đấu|đạt tỷ lệ|đạt mức|đạt|tăng trưởng|"
    r"tăng|cắt giảm|kéo giảm|giảm|lên|xuống còn|xuống|còn|là|từ|khoảng|ở mức|mức|bằng|chiếm|có|"
    r"tối thiểu|ít nhất|trên|dưới|không quá|bình quân|duy trì|đến|đảm bảo|bảo đảm|trung bình|"
    r"đạt được|hơn|tối đa|thêm|được|vượt|với))+[\s,:(-]*$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:\W*\b(?:phấn đấu|(?:phấn đấu )?(?:đến )?(?:hết |cuối )?năm \d{4}(?: có)?|"
    r"trong năm \d{4}|năm \d{4}|trong đó|đảm bảo|bảo đảm|cụ thể|nâng|đưa|và|với)\b[\s,:]*)+",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\bđã (?:đạt|có|hoàn thành|thực hiện|được|tăng|giảm)|\bnăm (?P<y>20\d\d)\s*(?:\(?ước\)?\s*)?(?:đã\s*)?(?:đạt|"
    r"là|:|ước|tăng|giảm)|\bước (?:thực hiện )?năm (?P<y2>20\d\d)"
    r"|\bso với (?:mức )?$|\bhiện (?:nay|tại|đạt)|\bthực hiện năm (?P<y3>20\d\d)",
    re.IGNORECASE,
)
_OLD_IN_BRACKETS = re.compile(r"(?:năm|nam|ước|thực hiện|th|cùng kỳ)\s*(20\d\d)?", re.IGNORECASE)
_FROM_TO = re.compile(r"^[^.;]{0,60}?\b(?:lên|xuống|tăng lên|giảm xuống|đạt)\b", re.IGNORECASE)
_PERIOD = re.compile(
    r"giai đoạn\s*(20\d\d)\s*[-–—]\s*(20\d\d)|(?<!so với )(?<!so )(?:đến\s+(?:hết\s+|"
    r"cuối\s+)?|trong\s+|hết\s+)?năm\s+(20\d\d)",
    re.IGNORECASE,
)
_YEAR_TOLD = re.compile(r"\W*(?:trong |kết thúc |hết )?năm (20\d\d)\s*,", re.IGNORECASE)
_LATE_BASELINE = re.compile(
    r"\s*\bso với (?:cùng kỳ |thực hiện |ước thực hiện )?(?:năm )(20\d\d)\b[^,;]*$", re.IGNORECASE
)
_HOW_SOON = re.compile(
    r"(?:trong vòng|trong thời gian|trong|sau|chậm nhất|không quá|trước|dưới|tối đa|kể từ)(?: là)?\s*$", re.IGNORECASE
)
_TIME = re.compile(r"(?:ngày|giờ|phút|giây|tháng)\b", re.IGNORECASE)
_GLOSSARY = {
    "SXCN": "sản xuất công nghiệp",
    "XNK": "xuất nhập khẩu",
    "TMĐT": "thương mại điện tử",
    "GTSX": "giá trị sản xuất",
    "XK": "xuất khẩu",
    "NK": "nhập khẩu",
    "TMBLHH": "tổng mức bán lẻ hàng hóa",
}


def targets_of(
    line: Line, period: str | None, start: int = 0, indicator: str = "", unit: str = "", text: str | None = None
) -> list[DraftTarget]:
    """The targets that one line or cell sets. `start`: where its words begin after the enumerator; `indicator`:
    what a row measures where the words don't say; `unit`: of a bare number; `period`: the plan's."""
    text = line.text if text is None else text
    year = int(period[:4]) if period and period[:4].isdigit() else None
    told = _YEAR_TOLD.match(text, start)
    if told and year and int(told[1]) < year:
        return []
    own = own_period(re.sub(r"\([^()]*\)", "", text[start:])) if not indicator else None
    if own and year and int(own[-4:]) < year:
        own = None
    found: list[DraftTarget] = []
    at = start
    for match in [*_CLAUSE.finditer(text, start), None]:
        end = match.start() if match else len(text)
        if end > at:
            found.extend(_in_clause(line, text, at, end, own or period, year, indicator, unit, found))
        at = match.end() if match else end
    return found


def own_period(text: str) -> str | None:
    """The period that words set for themselves: "đến năm 2030" → "2030", "giai đoạn 2026 - 2030" → "2026-2030"."""
    match = _PERIOD.search(text)
    if not match or re.search(r"so\s+(?:với\s+)?(?:\S+\s+){0,4}$", text[: match.start()], re.IGNORECASE):
        return None
    return f"{match[1]}-{match[2]}" if match[1] else match[3]


def _in_clause(
    line: Line,
    text: str,
    start: int,
    end: int,
    period: str | None,
    year: int | None,
    named: str,
    unit: str,
    before: list[DraftTarget],
) -> list[DraftTarget]:
    clause = text[start:end]
    bullet = _BULLET.match(clause)
    skip = bullet.end() if bullet else 0
    amounts = quantities(clause[skip:], unit)
    for q in amounts:
        q.start, q.end, q.number_end = q.start + skip, q.end + skip, q.number_end + skip
    amounts = [q for n, q in enumerate(amounts) if not _is_past(clause, q, amounts, n, year)]
    if len(amounts) > 1 and amounts[0].unit.startswith("%"):
        # "100% chi bộ được kiểm tra ít nhất 01 lần": how often belongs to what is measured.
        # "100% ổ dịch được xử lý trong vòng 48 giờ": how soon, too.
        amounts = [
            q
            for n, q in enumerate(amounts)
            if not q.unit.startswith("lần") and not (n and _HOW_SOON.search(clause[: q.start]) and _TIME.match(q.unit))
        ]
    # "34 chi nhánh trên 100.000 người": by how many it is counted.
    amounts = [q for n, q in enumerate(amounts) if not (n and _is_per(clause, amounts[n - 1], q))]
    # "3 - 5 doanh nghiệp có doanh thu trên 500 tỷ đồng": which ones are counted.
    amounts = [q for n, q in enumerate(amounts) if not (n and _tells_which(clause, amounts[n - 1], q))]
    for n, q in enumerate(amounts):
        if n:
            _coordinate(clause, amounts[n - 1], q)
    amounts = [q for n, q in enumerate(amounts) if not _in_a_name(clause, q, amounts[n + 1 : n + 2])]
    found: list[DraftTarget] = []
    subject, used = "", skip
    for n, q in enumerate(amounts):
        previous = max(used, amounts[n - 1].end) if n else skip
        following = amounts[n + 1].start if n + 1 < len(amounts) else len(clause)
        name, first, last = _name(clause, q, previous, following, subject, named, [*before, *found])
        if not name:
            continue
        subject, used = name, last
        if named and q.unit.startswith("%") and q.direction is None:
            q.direction = direction_of(named)
        own = own_period(clause[first:last]) if _says_period(clause, q, first, last) else None
        if own and year and int(own[-4:]) < year:
            own = None
        words = clause[first:last].strip(" ,;:-")
        shift = first + len(clause[first:last]) - len(clause[first:last].lstrip(" ,;:-"))
        found.append(
            DraftTarget(
                _tidy(name),
                q.comparator,
                q.low,
                q.high,
                q.unit or None,
                q.direction,
                q.baseline,
                own or period,
                " ".join(words.split()),
                read={
                    "amount": line.trace(start + q.start, start + q.number_end),
                    "source": line.trace(start + shift, start + shift + len(words)),
                },
                lines=line.lines,
            )
        )
    return found


def _tells_which(clause: str, before: Quantity, q: Quantity) -> bool:
    return _counted(before) and bool(re.match(r"\s*(?:có|với)\b[^,;]*$", clause[before.end : q.start]))


def _coordinate(clause: str, before: Quantity, q: Quantity) -> None:
    """ "Giảm tối thiểu 30% thời gian, 30% chi phí": what is said of the first holds for the second."""
    between = clause[before.end : q.start]
    joined = re.match(r"[^,;:()]{3,80}(?:,\s*(?:và\s*)?|\s+và\s+)$", between)
    if not joined or q.comparator != "=" or q.low == 100 or q.direction:
        return
    if q.unit != before.unit or re.search(r"\b(?:đạt|là|có|tăng|giảm|còn|lên|xuống)\b", between):
        return
    if before.comparator == "=" and before.direction:
        q.direction = before.direction
    elif before.comparator in (">=", ">", "<=", "<") and q.low in (before.low, before.high):
        q.direction, q.comparator = before.direction, before.comparator
        q.low, q.high = before.low, before.high
    else:
        return
    late = _LATE_BASELINE.search(clause[q.end :])
    before.baseline = before.baseline or q.baseline or (int(late[1]) if late else None)


def _is_per(clause: str, before: Quantity, q: Quantity) -> bool:
    between = clause[before.end : q.start]
    return (
        q.comparator == ">"
        and q.low in (100, 1000, 10_000, 100_000, 1_000_000)
        and not before.unit.startswith("%")
        and not re.search(r"\b(?:đạt|có|là|tăng|giảm|đến|với|và)\b|;", between)
        and len(between.split()) <= 6
    )


def _in_a_name(clause: str, q: Quantity, after: list[Quantity]) -> bool:
    """ "Điểm trung bình 83 tiêu chí đạt ≥ 3,8 điểm": a count between a noun and the amount said of it names it."""
    if not after or q.comparator != "=" or q.unit.startswith("%") or q.direction:
        return False
    before, between = clause[: q.start].strip(" -+•"), clause[q.end : after[0].number_end]
    return (
        len(before.split()) >= 2
        and not re.search(
            r"(?:\b(?:đạt|có|là|còn|tăng|giảm|tổ chức|thực hiện|hoàn thành|xây dựng|đến|lên)|[:,])$", before
        )
        and bool(re.match(r"[^,;:()]*?(?:\b(?:đạt|là|ở mức|duy trì|tăng|giảm)\b|[≥≤<>])", between))
    )


def _says_period(clause: str, q: Quantity, first: int, last: int) -> bool:
    return bool(_PERIOD.search(clause[first:last])) and q.baseline is None


def _is_past(clause: str, q: Quantity, amounts: list[Quantity], n: int, year: int | None) -> bool:
    """A result or a baseline, not something to reach."""
    before = clause[amounts[n - 1].end if n else 0 : q.start]
    opened, closed = clause.rfind("(", 0, q.start), clause.rfind(")", 0, q.start)
    if opened > closed:
        inside = clause[opened : clause.find(")", q.start) if ")" in clause[q.start :] else len(clause)]
        years = [int(y) for y in re.findall(r"20\d\d", inside)]
        if (
            _OLD_IN_BRACKETS.search(inside)
            and (not years or year is None or max(years) < year)
            and not re.search(r"so với", inside)
        ):
            return bool(years) or bool(re.search(r"cùng kỳ|thực hiện|ước", inside, re.IGNORECASE))
    for match in _PAST.finditer(before):
        said = match["y"] or match["y2"] or match["y3"]
        if said is None or year is None or int(said) < year:
            if said is None and match[0].lower().startswith("đã") and "được" in match[0]:
                continue
            return True
    after = clause[q.number_end : amounts[n + 1].start] if n + 1 < len(amounts) else ""
    # "từ 85% lên 90%": where it comes from.
    came_from = re.search(r"\btừ\s*(?:mức\s*|khoảng\s*)?$", before, re.IGNORECASE) and not re.match(
        r"(?:\s+[^\s,;.()]+){0,5}?\s*trở", after
    )
    return bool(came_from and _FROM_TO.match(after + " "))


def _name(
    clause: str, q: Quantity, previous: int, following: int, subject: str, named: str, before: list[DraftTarget]
) -> tuple[str, int, int]:
    """What an amount measures, and the stretch of the clause that says so."""
    prefix = clause[previous : q.start]
    cut = _TRAILING.sub("", prefix)
    head = cut.strip(" ,:-(")
    tail_end = following
    comma = re.search(r",\s*(?=(?:tăng|giảm|đạt|trong đó|phấn đấu|ước)\b)", clause[q.end : following], re.IGNORECASE)
    if comma:
        tail_end = q.end + comma.start()
    elif following < len(clause):
        stop = max(clause.rfind(",", q.end, following), clause.rfind(" và ", q.end, following))
        tail_end = stop if stop > q.end else following
        # "(cấp tỉnh 100%, cấp xã 80%)" says the parts: the whole ends before the bracket.
        bracket = clause.find("(", q.end, following)
        if q.end <= bracket < tail_end and ")" not in clause[bracket:following]:
            tail_end = bracket
    tail = clause[q.end : tail_end].strip(" ,.:-")
    if late := _LATE_BASELINE.search(tail):
        q.baseline = q.baseline or int(late[1])
        tail = tail[: late.start()].strip(" ,.:-")
    tail = re.sub(r"\s+trở (?:lên|xuống)$", "", tail)
    if tail.count(")") > tail.count("("):
        tail = tail.replace(")", "", 1)
    if named:
        if head and not _ONLY_VERBS.match(head) and len(head.split()) > 2:
            return f"{named}: {head}" if key(named) not in key(head) else head, previous, tail_end
        longer = len(tail.split()) > 2 and q.unit.startswith("%") and not re.match(r"(?:so với|so|trở lên|/)", tail)
        # "Mức độ hài lòng" | "Trên 95% phiếu hài lòng": the name says it, unless it only heads what the cell says.
        longer = longer and (len(tail.split()) > 7 or bool(re.match(r"(?:chi|muc) tieu|ve |cong tac ", key(named))))
        return (_capital(tail) if longer else named), 0 if longer else previous, tail_end
    if _titled(prefix, head, tail, q):
        return _capital(tail), previous, tail_end
    if not _ONLY_VERBS.match(head) and not (len(_LEADING.sub("", head).split()) <= 2 and _counted(q)):
        head = _LEADING.sub("", head).strip(" ,:-")
        if len(head.split()) <= 2 and q.unit.startswith("%") and tail_is_subject(tail):
            return _capital(f"{head} {tail}"), previous, tail_end
        if len(head.split()) >= 2 or not tail:
            return _capital(head) or _capital(tail), previous, _own_end(clause, q, following)
    if subject and not tail_is_subject(tail) and re.search(r"\b(?:tăng|giảm|đạt|bằng|ước)\b", prefix, re.IGNORECASE):
        return subject, previous, _own_end(clause, q, following)
    if _counted(q) and head and not re.match(r"(?:tăng|giảm|đạt|bằng|ước|còn|có|khoảng)\b", head, re.IGNORECASE):
        return _capital(f"{_LEADING.sub('', head)} {_unscaled(q.unit)} {tail}".strip()), previous, tail_end
    if not tail and subject:
        return subject, previous, _own_end(clause, q, following)
    if re.match(r"(?:được|có|sử dụng|tham gia|đạt)\b", tail) and before and q.unit.startswith("%"):
        owner = re.split(r"\s(?:được|có|sử dụng|tham gia|đạt)\s", before[-1].indicator)[0]
        return f"{owner} {tail}", previous, tail_end
    if _counted(q):
        verb = _LEADING.sub("", head).strip(" ,:-")
        return _capital(f"{verb} {_unscaled(q.unit)} {tail}".strip()), previous, tail_end
    return _capital(tail), previous, tail_end


def _unscaled(unit: str) -> str:
    """A unit without its thousands and what it is counted by: "triệu lượt khách" → "lượt khách"."""
    return re.sub(r"^(?:(?:trăm|nghìn|ngàn|triệu|tỷ|tỉ) )+", "", unit).split("/")[0]


_MEASURED = re.compile(r"(?:tỷ lệ|tỉ lệ|mức|chỉ số|số|tổng|tốc độ|độ|điểm|kết quả)\b", re.IGNORECASE)


def _titled(prefix: str, head: str, tail: str, q: Quantity) -> bool:
    """ "Cải cách thể chế: 100% văn bản được ban hành đúng hạn": the words before the colon head the sentence, those
    after the amount are what it measures."""
    if not prefix.rstrip().endswith(":") or not q.unit.startswith("%") or _MEASURED.match(head):
        return False
    return len(tail.split()) >= 4 and tail_is_subject(tail)


def tail_is_subject(tail: str) -> bool:
    """Words after an amount that name what is measured, not what it is compared with."""
    return bool(tail) and not re.match(
        r"(?:so với|so|trở lên|trở xuống|trong|vào|/|mỗi|hằng|hàng|và)\b", tail, re.IGNORECASE
    )


def _counted(q: Quantity) -> bool:
    return not q.unit.startswith("%") and not re.search(
        r"đồng|usd|kwh|tấn|\bha\b|mw|km|điểm|ngày|giờ", q.unit, re.IGNORECASE
    )


def _own_end(clause: str, q: Quantity, following: int) -> int:
    if following >= len(clause):
        return len(clause)
    stop = clause.find(",", q.end, following)
    return stop if stop >= 0 else following


def _capital(text: str) -> str:
    text = text.strip(" ,.:;-")
    return text[:1].upper() + text[1:]


def _tidy(name: str) -> str:
    name = re.sub(r"\s*\((?:năm|ước|thực hiện|cùng kỳ)\b[^)]*\)", "", name)
    name = " ".join(re.sub(r"\(\s*$|^\s*\)", "", name).split())
    words = name.split()
    if len(words) <= 4:
        for short, full in _GLOSSARY.items():
            if short in words:
                return f"{' '.join(full if w == short else w for w in words)} ({short})"
    return name
