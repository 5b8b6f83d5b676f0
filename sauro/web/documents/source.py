"""The document as read, ready to be drawn: paragraphs and tables as on paper, what was read from them marked.

A mark knows its place (block, cell, characters), never a path into the draft: places stay where they are while tasks
are added, removed and joined.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from sauro.reading.draft import Draft, Trace
from sauro.reading.manuscript import Block, Cell, Manuscript

Place = tuple[int, int | None]
_NOTHING = SafeString("")


@dataclass(slots=True)
class PaperCell:
    """One cell as drawn. `html`: its text with the marks."""

    html: SafeString
    index: int
    colspan: int = 1
    rowspan: int = 1


@dataclass(slots=True)
class PaperRow:
    """One row of a table; `block` is its number in the manuscript."""

    block: int
    cells: list[PaperCell]


@dataclass(slots=True)
class Piece:
    """A paragraph, a heading, a footnote, a table, or the beginning of a page (`kind` "page")."""

    kind: str
    block: int = 0
    html: SafeString = _NOTHING
    rows: list[PaperRow] = field(default_factory=list)
    page: int = 0
    bold: bool = False
    centred: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def layout(self) -> str:
        """What a table without lines holds on paper: "head" the national motto, "foot" recipients and signature."""
        cells = [cell.html for row in self.rows for cell in row.cells]
        if any(len(row.cells) > 2 for row in self.rows):
            return ""
        if any("Độc lập - Tự do" in words for words in cells):
            return "head"
        return "foot" if any(words.startswith("Nơi nhận") for words in cells) else ""


def traces_of(draft: Draft) -> Iterator[Trace]:
    """Every place that something was read from."""
    for part in _parts(draft):
        yield from part.read.values()


def _parts(draft: Draft) -> Iterator[Any]:
    yield draft.document
    yield from draft.document.legal_bases
    for objective in draft.objectives:
        yield objective
        yield from objective.targets
    yield from draft.tasks
    yield from draft.reporting_duties


def pieces(manuscript: Manuscript, read: Iterable[Trace], doubted: Iterable[Trace]) -> list[Piece]:
    """The manuscript as drawn, with `read` places underlined and `doubted` ones dashed."""
    marks = _marks(manuscript, read, doubted)
    found: list[Piece] = []
    page = 0
    table: Piece | None = None
    table_number: int | None = None
    after: list[Piece] = []  # footnotes that stand between the rows of one table
    spans: dict[int, int] = {}
    for number, block in enumerate(manuscript.blocks):
        if block.kind == "row" and (table is None or block.table != table_number):
            found += after
            after, spans = [], {}
            table, table_number = Piece("table", number, page=block.page), block.table
            found.append(table)
        elif block.kind not in ("row", "footnote") and table is not None:
            found += after
            after, table = [], None
        if block.page and block.page != page:
            page = block.page
            if table is None or table.block == number:
                found.insert(len(found) - (table is not None), Piece("page", number, page=page))
        if block.kind == "row" and table is not None:
            table.rows.append(PaperRow(number, _cells(number, block, marks, spans)))
            continue
        piece = Piece(
            block.kind,
            number,
            _marked(block.text, marks.get((number, None), [])),
            page=block.page,
            bold=block.bold,
            centred=block.centred,
            notes=block.notes,
        )
        (after if table is not None else found).append(piece)
    return found + after


def _cells(number: int, block: Block, marks: dict[Place, list[_Mark]], spans: dict[int, int]) -> list[PaperCell]:
    """The cells to draw: a place covered from above is left out, so that spans work as on paper."""
    drawn = []
    column = 0
    below: dict[int, int] = {}
    for index, cell in enumerate(block.cells):
        if cell.covered and spans.get(column, 0) > 0:
            below[column] = spans[column] - 1
        else:
            rows = cell.rowspan if not cell.covered else 1
            html = _marked(cell.text, marks.get((number, index), []))
            drawn.append(PaperCell(html, index, cell.colspan, rows))
            below[column] = rows - 1
        column += cell.colspan
    spans.clear()
    spans.update(below)
    return drawn


@dataclass(slots=True, frozen=True)
class _Mark:
    start: int
    end: int
    doubted: bool


def _marks(manuscript: Manuscript, read: Iterable[Trace], doubted: Iterable[Trace]) -> dict[Place, list[_Mark]]:
    found: dict[Place, list[_Mark]] = {}
    for traces, doubt in ((read, False), (doubted, True)):
        for trace in traces:
            for place, start, end in _places(manuscript, trace):
                found.setdefault(place, []).append(_Mark(start, end, doubt))
    return found


def _places(manuscript: Manuscript, trace: Trace) -> Iterator[tuple[Place, int, int]]:
    """Where a trace lies: in a cell, in a paragraph, or over the cells of a row whose text is taken as one."""
    if not 0 <= trace.block < len(manuscript.blocks):
        return
    block = manuscript.blocks[trace.block]
    if block.kind != "row":
        start, end = _within(trace.start, trace.end, len(block.text))
        yield (trace.block, None), start, end
    elif trace.cell is not None:
        if trace.cell < len(block.cells):
            start, end = _within(trace.start, trace.end, len(block.cells[trace.cell].text))
            yield (trace.block, trace.cell), start, end
    elif trace.end > trace.start:
        yield from _over_cells(trace, block.cells)


def _over_cells(trace: Trace, cells: list[Cell]) -> Iterator[tuple[Place, int, int]]:
    starts = [0]
    for cell in cells:
        starts.append(starts[-1] + len(cell.text) + 1)
    for index in range(max(0, bisect_right(starts, trace.start) - 1), len(cells)):
        start, end = max(0, trace.start - starts[index]), min(len(cells[index].text), trace.end - starts[index])
        if start < end:
            yield (trace.block, index), start, end


def _within(start: int, end: int, length: int) -> tuple[int, int]:
    if end <= start:
        return 0, length
    return min(start, length), min(end, length)


def _marked(text: str, marks: list[_Mark]) -> SafeString:
    """The text with its marks as spans that don't overlap; a doubted place wins over a read one."""
    if not marks:
        return escape(text)
    cuts = sorted({0, len(text), *(m.start for m in marks), *(m.end for m in marks)})
    out = []
    for start, end in pairwise(cuts):
        over = [m for m in marks if m.start <= start and m.end >= end]
        words = escape(text[start:end])
        if over and text[start:end].strip():
            kind = "doubt" if any(m.doubted for m in over) else "read"
            out.append(f'<span class="{kind}" data-s="{start}" data-e="{end}">{words}</span>')
        else:
            out.append(words)
    return mark_safe("".join(out))


def spot(trace: Trace | None) -> str:
    """A place as the page's script finds it: block, cell, first and last character; empty where there is none."""
    if trace is None:
        return ""
    cell = "" if trace.cell is None else trace.cell
    return f"{trace.block}:{cell}:{trace.start}:{trace.end}"
