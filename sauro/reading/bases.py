"""Legal bases: each "Căn cứ …" with the instrument it cites, and who proposed the document."""

from __future__ import annotations

import datetime as dt
import re

from sauro.reading.context import Context
from sauro.reading.draft import LegalBasis, Trace
from sauro.reading.lines import Line
from sauro.reading.text import letters, squeeze

_TYPES = (
    "Bộ luật|Luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Thông "
    "tư liên tịch|Thông tư|Chỉ thị|Kế hoạch|Chương trình hành động|Chương trình|"
    "Kết luận|Thông báo|Công văn|Văn bản|Tờ trình|Quy định|Hướng dẫn|Đề án|Chiến lược|Công "
    "điện|Báo cáo|Lệnh|Hiến pháp|Quy chế"
)
_INSTRUMENT = re.compile(rf"\b(?P<type>{_TYPES})\b")
_NUMBER = re.compile(
    r"(?:số|\bSố)?\s*:?\s*(?P<n>\d[\d ]{0,5}(?:/\d{4})?\s?[-/]\s?[A-ZĐÂÊÔƠƯ][\wĐđÂÊÔƠƯ&]*"
    r"(?:\s?[-/.&]\s?[A-ZĐÂÊÔƠƯ][\wĐđÂÊÔƠƯ]*)*)"
)
_DATE = re.compile(r"ngày\s*(\d{1,2})\s*(?:tháng|[/.-])\s*(\d{1,2})\s*(?:năm|[/.-])\s*(\d{4})")
_OPENING = re.compile(
    r"^\s*[-–+]?\s*(?P<word>Căn cứ(?: vào)?|Thực hiện|Triển khai(?: thực hiện)?|Thi hành|Tiếp tục thực hiện)\s+",
    re.IGNORECASE,
)
_PROPOSAL = re.compile(
    r"^\s*[-–]?\s*(?:Theo|Xét|Trên cơ sở)\s+(?:đề nghị|Tờ trình|ý kiến đề nghị|đề xuất)\b", re.IGNORECASE
)
_AND_MORE = re.compile(rf";\s*(?=(?:(?:và\s+)?(?:Căn cứ\s+)?(?:các\s+)?(?:{_TYPES})\b))")
# "Thực hiện Nghị quyết số … và Quyết định số …": two instruments; in a "Căn cứ" the second belongs to the title.
_AND_ALSO = re.compile(rf"{_AND_MORE.pattern}|\s+và\s+(?=(?:{_TYPES})\s+số\s+\d)")
# "Căn cứ Nghị định số 63/… của Chính phủ về …, Nghị định số 48/… và Nghị định số 92/…": three, where each is whole.
_AND_MORE_OR_BESIDE = re.compile(rf"{_AND_MORE.pattern}|(?:,|\s+và)\s+(?=(?:{_TYPES})\s+số\s+\d)")
_SECTION = re.compile(r"(?:[IVX]+|\d{1,2}|[A-H])\s*[.)/-]\s*(?:CÁC |Các )?(?:CĂN CỨ|Căn cứ)[^;]{0,60}$")
_CLAUSE_OF_PLAN = re.compile(
    letters(
        r",\s*(?=(?:[A-ZĐÀ-Ỹ]|Uỷ|Ủy)[^,;]{2,80}?\s(?:đề ra|ban hành|xây dựng|tổ chức|thiết lập|"
        r"triển khai|đề nghị|yêu cầu|đặt ra|xác định|công bố|phê duyệt|thông báo|quyết định|giao)\b)"
    ),
    re.IGNORECASE,
)


def bases_of(
    lines: list[tuple[int, Line]], body: int, context: Context, taken: set[int]
) -> tuple[list[LegalBasis], tuple[str, Trace] | None]:
    """The bases that stand before the orders, and the proposer with the place of its name.

    `body`: where in `lines` the orders begin. Where the head has none, a section "căn cứ" of a plan is read.
    """
    bases: list[LegalBasis] = []
    proposer: tuple[str, Trace] | None = None
    listed = False  # under "Căn cứ:" alone on its line
    for index, line in lines[:body]:
        if index in taken:
            continue
        if re.match(r"\s*(?:Các căn cứ|Căn cứ)(?: pháp lý)?[^.;]{0,40}:\s*$", line.text):
            listed = True
            taken.add(index)
        elif listed and (dash := re.match(r"\s*(?:[-–+•]|\(?\d{1,2}[.)])\s*", line.text)):
            bases.extend(_in_line(line, dash.end(), True))
            taken.add(index)
        elif _PROPOSAL.match(line.text):
            proposer = proposer or _proposer(line)
            taken.add(index)
        elif match := _OPENING.match(line.text):
            is_basis = match["word"].lower().startswith("căn")
            found = _in_line(line, match.end(), is_basis)
            bases.extend(found)
            if found:
                taken.add(index)
        elif re.match(r"^\s*[-–]?\s*(?:Theo)\s", line.text) and (found := _in_line(line, 0, False)):
            bases.extend(found)
    if not bases:
        bases = _in_section(lines[body:])
    if not bases:
        for _, line in lines[body : body + 40]:
            match = _OPENING.match(line.text)
            if match and match["word"].lower().startswith("căn") and len(line.text) < 700:
                bases.extend(_in_line(line, match.end(), True))
            elif bases and not match:
                break
    return bases, proposer


def _in_section(lines: list[tuple[int, Line]]) -> list[LegalBasis]:
    """The bases listed under a heading "CĂN CỨ" of a plan that has none in its head."""
    found: list[LegalBasis] = []
    inside = False
    for _, line in lines:
        if _SECTION.match(line.text):
            inside = True
        elif inside:
            dash = re.match(r"\s*[-–+•]\s*", line.text)
            if not dash:
                break
            opening = _OPENING.match(line.text)
            found.extend(_in_line(line, opening.end() if opening else dash.end(), True))
    return found


def _proposer(line: Line) -> tuple[str, Trace] | None:
    match = re.search(r"\b(?:đề nghị|đề xuất)\s+của\s+|\bcủa\s+", line.text)
    if not match:
        return None
    start = match.end()
    rest = line.text[start:]
    stop = re.search(r"\s+(?:tại|theo|về việc|ngày)\s|[.;]\s*$|\.\s|;|,\s*$|\s+và\s+(?:ý kiến|kết quả)", rest)
    name = squeeze(rest[: stop.start()] if stop else rest).strip(" .,;")
    return (name, line.trace(start, start + len(rest[: stop.start()] if stop else rest))) if name else None


def _in_line(line: Line, start: int, is_basis: bool) -> list[LegalBasis]:
    """The bases that one paragraph cites: one, or several parted by semicolons."""
    text = line.text
    end = len(text)
    clause = _CLAUSE_OF_PLAN.search(text, start)
    if clause and (not is_basis or not text.rstrip().endswith(";")):
        end = clause.start()
    found: list[LegalBasis] = []
    at = start
    more = _AND_MORE_OR_BESIDE if is_basis else _AND_ALSO
    for cut in [*more.finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        if cut is not None and is_basis and not cut[0].startswith(";") and not _is_whole(text[at:stop]):
            continue
        basis = _basis(line, at, stop)
        if basis and (basis.number or basis.date or (is_basis and basis.type)):
            found.append(basis)
        at = cut.end() if cut else stop
    return found


def _is_whole(words: str) -> bool:
    """One instrument with its number, whose title cites no other: what stands beside it is a basis of its own."""
    number = _NUMBER.search(words)
    if number is None:
        return False
    rest = words[number.end() :]
    return not _NUMBER.search(rest) and not _INSTRUMENT.search(rest)


def _basis(line: Line, start: int, end: int) -> LegalBasis | None:
    words = line.text[start:end]
    shown = squeeze(words).strip(" ;,.")
    if len(shown) < 6:
        return None
    shown = re.sub(r"^(?:và\s+)?(?:Căn cứ\s+)", "", shown)
    basis = LegalBasis(shown, lines=line.lines)
    basis.read["text"] = line.trace(start, end)
    kind = _INSTRUMENT.search(words)
    number = _NUMBER.search(words)
    if number and kind and re.search(rf"\b(?:{_TYPES})\b", words[number.end() :]) and kind.start() > number.start():
        kind = None
    # A law cited by name: a number further on belongs to what it amends.
    if (
        kind
        and number
        and kind["type"] in ("Luật", "Bộ luật", "Hiến pháp")
        and (date := _DATE.search(words))
        and date.start() < number.start()
    ):
        number = None
    if number:
        before = list(_INSTRUMENT.finditer(words[: number.start()]))
        kind = before[-1] if before else kind
        basis.number = re.sub(r"\s", "", number["n"])
        basis.read["number"] = line.trace(start + number.start("n"), start + number.end("n"))
    if kind:
        basis.type = kind["type"]
    after = number.end() if number else 0
    if date := _DATE.search(words, after):
        # The date of this instrument, not of one that its title cites.
        between = words[after : date.start()]
        if not number or not _NUMBER.search(between):
            try:
                basis.date = dt.date(int(date[3]), int(date[2]), int(date[1]))
                basis.read["date"] = line.trace(start + date.start(), start + date.end())
            except ValueError:
                basis.date = None
    return basis
