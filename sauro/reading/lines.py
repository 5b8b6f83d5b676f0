"""From blocks to a stream of logical lines and table rows.

Whatever the format, prose becomes `Line`s: one paragraph each, put together again where a page or a hard line end
had cut it, each character still knowing its place in the manuscript. Tables that only lay out a page (the heading
block in two columns, the signature beside "Nơi nhận") become lines too, column after column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sauro.reading.draft import Trace
from sauro.reading.headers import read_header
from sauro.reading.manuscript import Block, Manuscript
from sauro.reading.text import flat, key, letters

ENUMERATOR = re.compile(
    r"^\s*(?:[-–—+•*·]\s|\(?[a-zđ]{1,2}\s*[.)]\s|\(?\d{1,3}(?:\.\d{1,3})*\s*[.)/]\s?|\d{1,2}(?:\.\d{1,2})+\.?\s"
    r"|[IVXL]+\s*[.)/–-]|[A-H]\s*[.)/–-]\s|(?:phần|chương|mục|điều|phụ lục|mục tiêu|"
    r"nhiệm vụ)\s+(?:thứ\s|[IVXL\d])|\([ivx]+\)\s)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?:[.;:!?…]|\./\.|/\.)[\"”’)\]]*\s*$")
_LAYOUT = re.compile(
    r"cong hoa xa hoi|dang cong san viet nam|doc lap - tu do|noi nhan|^- ?luu\b|^t/m\b|^\s*so\s*:?\s*[\d ]*\s*[-/]|"
    r"^\s*so\s*:|^(?:kt|tm|tl|tuq|q)\.\s|\bngay\b.{0,8}\bthang\b.{0,6}\bnam\b",
    re.MULTILINE,
)


# A title in capitals and the line after it that an opener took for one paragraph.
_GLUED_TITLE = re.compile(
    letters(r"([^a-zà-ỹđ\n]{15,}?) (?=(?:Mục tiêu \d|Nhiệm vụ \d|Căn cứ |Điều 1|Thực hiện |Phần |Chương )\S?)")
)


@dataclass(slots=True)
class Part:
    """A stretch of one block (or cell) that a line is made of; `at`: where it begins in the line's text."""

    at: int
    block: int
    cell: int | None
    start: int
    end: int


@dataclass(slots=True)
class Line:
    """One paragraph as a reader sees it. `first`, `last`: its lines in a text file, else 0."""

    text: str
    parts: list[Part]
    first: int = 0
    last: int = 0
    notes: list[str] = field(default_factory=list)
    bold: bool = False
    centred: bool = False
    level: int = 0
    layout: bool = False
    soft: bool = False  # a line of a paragraph that holds line breaks, after its first

    @property
    def lines(self) -> tuple[int, int]:
        return (self.first, self.last)

    @property
    def block(self) -> int:
        return self.parts[0].block

    def trace(self, start: int = 0, end: int | None = None, confidence: float = 1.0) -> Trace:
        """The place of characters `start` to `end` of this line in the manuscript."""
        end = len(self.text) if end is None else end
        if not self.parts:
            return Trace(0, confidence=confidence, raw=self.text[start:end])
        part = next((p for p in reversed(self.parts) if p.at <= start), self.parts[0])
        shift = part.start - part.at
        stop = min(part.end, end + shift)
        return Trace(part.block, start + shift, max(stop, start + shift), part.cell, confidence, self.text[start:end])

    @property
    def is_caps(self) -> bool:
        """Written in capitals, as titles and headings are."""
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) > 2 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


@dataclass(slots=True)
class Row:
    """One row of a real table: the index of its block and the block."""

    block: int
    source: Block

    @property
    def lines(self) -> tuple[int, int]:
        return (self.source.first_line, self.source.last_line)


@dataclass(slots=True)
class Cut:
    """One row as it will be read: a `Line` for each filled column (line breaks kept in its text)."""

    cells: dict[int, Line]
    row: Row
    first: int
    last: int
    notes: list[str] = field(default_factory=list)
    covered: set[int] = field(default_factory=set)
    wide: bool = False  # one cell merged over most of the table
    bold: bool = False
    after_break: bool = False
    kind: str = "task"  # "task", "group", "sub"
    ref: str = ""
    shown: str = ""  # a group's words as one cell holds them, its number with its sign

    def text(self, column: int | None) -> str:
        """The words of a column, "" where it is empty or None."""
        line = self.cells.get(column) if column is not None else None
        return line.text if line else ""


Item = Line | Row


def items_of(manuscript: Manuscript) -> list[Item]:
    """The stream of lines and rows in reading order; footnotes are left out (see `footnotes`)."""
    items: list[Item] = []
    blocks = manuscript.blocks
    i = 0
    while i < len(blocks):
        block = blocks[i]
        if block.kind == "row":
            j = i
            while j < len(blocks) and blocks[j].kind == "row" and blocks[j].table == block.table:
                j += 1
            if _is_layout(blocks[i:j], i == 0):
                items.extend(_laid_out(blocks, i, j))
            else:
                items.extend(Row(k, blocks[k]) for k in range(i, j))
            i = j
            continue
        if block.kind != "footnote":
            items.extend(_lines_of(block.text, i, None, block))
        i += 1
    return _rejoin(items)


def _is_layout(rows: list[Block], first: bool) -> bool:
    """A table that lays out a page: one column, or two or three with the words of a heading or signature block.

    `first`: it stands at the head of the document, where only the heading block does.
    """
    columns = max(sum(c.colspan for c in row.cells) for row in rows)
    if columns == 1:
        return True
    if columns > 3 or len(rows) > 12:
        return False
    if any(read_header([" ".join(c.text.split()) for c in row.cells], None) for row in rows[:2]):
        return False
    words = "\n".join(flat(line) for row in rows for cell in row.cells for line in cell.text.split("\n"))
    return bool(_LAYOUT.search(words)) or (first and columns == 2 and len(rows) <= 6)


def _laid_out(blocks: list[Block], first: int, end: int) -> Iterable[Line]:
    columns = max(sum(c.colspan for c in row.cells) for row in blocks[first:end])
    for column in range(columns):
        for index in range(first, end):
            at = 0
            for number, cell in enumerate(blocks[index].cells):
                if at == column and cell.text.strip():
                    yield from _lines_of(cell.text, index, number, blocks[index], layout=True)
                at += cell.colspan


def _lines_of(text: str, index: int, cell: int | None, block: Block, layout: bool = False) -> list[Line]:
    found: list[Line] = []
    at = 0
    if glued := _GLUED_TITLE.match(text):
        # One blank for one line break, so that places hold.
        text = text[: glued.end(1)] + "\n" + text[glued.end(1) + 1 :]
    pieces = text.split("\n")
    numbered = block.last_line - block.first_line + 1 == len(pieces)
    for n, piece in enumerate(pieces):
        start = at + len(piece) - len(piece.lstrip())
        end = at + len(piece.rstrip())
        at += len(piece) + 1
        if start >= end:
            continue
        shown = re.sub(r"\s", " ", text[start:end])
        line_no = block.first_line + n if numbered else block.first_line
        found.append(
            Line(
                shown, [Part(0, index, cell, start, end)], line_no, line_no if numbered else block.last_line,
                list(block.notes) if not found else [], block.bold, block.centred, block.level, layout, bool(found),
            )
        )  # fmt: skip
    return found


def _wrap_width(lines: list[Line]) -> int:
    """The width at which a writer's program broke its lines, or 0 where lines are whole paragraphs."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) > 40)
    if len(lengths) < 12:
        return 0
    width = lengths[int(len(lengths) * 0.95)]
    near = sum(0.8 * width <= n for n in lengths)
    return width if width <= 130 and near >= 0.4 * len(lengths) else 0


def _rejoin(items: list[Item]) -> list[Item]:
    """Puts paragraphs together again that a page end or a hard line end has cut."""
    width = _wrap_width([i for i in items if isinstance(i, Line)])
    joined: list[Item] = []
    for item in items:
        before = joined[-1] if joined else None
        if isinstance(item, Line) and isinstance(before, Line) and _goes_on(before, item, width):
            _append(before, item)
        else:
            joined.append(item)
    return joined


_DATE_CUT = re.compile(r"\b(?:ngày(?:\s*\d{1,2})?(?:\s*tháng)?(?:\s*\d{1,2})?(?:\s*năm)?|trước|chậm nhất)\s*$")
_DATE_REST = re.compile(
    r"(?:\d{1,2}\s+tháng|tháng\s+\d|\d{1,2}\s+năm|năm\s+\d{4}|\d{4}\s*$|\d{1,2}/\d{1,2}(?:/\d{4})?(?![\d/]))"
)
_QUARTER_CUT = re.compile(r"\b[Qq]uý\s*$")
_QUARTER_REST = re.compile(r"(?:IV|I{1,3}|[1-4])(?:/|\s+năm|\s*[,;)])")
# A body's head without its name: the name stands on the next line.
_HEAD_CUT = re.compile(r"\b(?:Vụ|Cục|Sở|Phòng|Ban|Chi cục|Trung tâm|Viện|Ủy ban|Uỷ ban)$")
# What only a paragraph of its own begins with.
_OPENS = re.compile(
    r"(?i:\(?\s*(?:ban hành\s+)?kèm theo|căn cứ\b|nơi nhận)|(?:Thực hiện|Triển khai|Thi hành)\s+(?:các\s+)?"
    r"(?:Nghị quyết|Nghị định|Quyết định|Kế hoạch|Chỉ thị|Công văn|Chương trình|Kết luận|Thông báo)\s+số\b"
)


def _goes_on(before: Line, after: Line, width: int) -> bool:
    if before.layout == after.layout and _QUARTER_CUT.search(before.text) and _QUARTER_REST.match(after.text):
        return True
    if _DATE_CUT.search(before.text) and _DATE_REST.match(after.text) and before.layout == after.layout:
        return True
    full = len(before.text) >= max(70, 0.85 * width) and before.text.endswith(";") and after.text[:1].islower()
    if full and not before.layout and not after.layout and not before.is_caps and not ENUMERATOR.match(after.text):
        return True  # "…; | hoàn thành trước ngày 30/9": the margin broke the line, not the writer
    if before.layout != after.layout or before.is_caps or _ENDS.search(before.text) or ENUMERATOR.match(after.text):
        return False
    if after.level or before.level or _OPENS.match(after.text):
        return False
    if before.layout:
        return after.text[:1].islower() and len(before.text) > 12 and before.parts[-1].cell == after.parts[0].cell
    head = after.text[:1]
    if len(before.text) > 60 and _HEAD_CUT.search(before.text) and not after.is_caps:
        return True
    if len(before.text) > 40 and before.text.count("(") > before.text.count(")") and ")" in after.text[:60]:
        return True
    if head.islower():
        return len(before.text) > 12 or before.text.startswith("-")
    if head in '"“(' or head.isdigit():
        return len(before.text) > 55 and not after.is_caps
    if before.text.endswith((",", "-", " và", " của", " về", "(")) and len(before.text) > 20:
        return not after.is_caps or key(before.text).endswith(" va")
    # A broken line ends near the margin; the last line of a paragraph does so only by chance.
    return bool(width) and len(before.text) >= 0.8 * width and not after.is_caps and not after.bold


def _append(before: Line, after: Line) -> None:
    glue = "" if re.search(r"\d-$|[A-ZĐ]-$|/$", before.text) and not after.text[:1].islower() else " "
    shift = len(before.text) + len(glue)
    before.text += glue + after.text
    before.parts.extend(Part(p.at + shift, p.block, p.cell, p.start, p.end) for p in after.parts)
    before.last = max(before.last, after.last)
    before.notes.extend(after.notes)
