"""Rows that a page break cut in two, told by the room that was left in their cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from sauro.reading.manuscript import Cell
from sauro.reading.open.pdf.join import Frame, is_full, join_text
from sauro.reading.open.pdf.lines import Line, is_label

_STOP = (".", ";", ":")


@dataclass(slots=True)
class Edge:
    """The first and last line of a cell, and the strip in which its lines wrap."""

    first: Line
    last: Line
    frame: Frame


@dataclass(slots=True)
class Row:
    """One row of a ruled table; `edges` goes along with `cells`, None where a cell is empty."""

    cells: list[Cell]
    edges: list[Edge | None]
    notes: list[str]
    bold: bool


@dataclass(slots=True)
class Table:
    """A ruled table of one page: its column borders, its top and bottom, its rows."""

    xs: list[float]
    top: float
    bottom: float
    rows: list[Row] = field(default_factory=list)


def same_columns(before: Table, after: Table) -> bool:
    """Do both stand on the same column borders?"""
    if len(before.xs) != len(after.xs) or not before.rows or not after.rows:
        return False
    return all(abs(a - b) <= 4 for a, b in zip(before.xs, after.xs, strict=True))


def first_new(before: Table, after: Table) -> int:
    """Where the rows of `after` begin that do not repeat the header of `before`."""
    at = 0
    while at < len(after.rows) - 1 and at < len(before.rows) and _texts(after.rows[at]) == _texts(before.rows[at]):
        at += 1
    return at


def cover(before: Table, after: Table, at: int) -> None:
    """A merged cell that the page cut comes back empty at the head of the next one: it is covered from above."""
    hanging = {column for column, cell in _placed(before.rows[-1].cells) if cell.covered or cell.rowspan > 1}
    for column, cell in _placed(after.rows[at].cells):
        if column in hanging and not cell.text:
            cell.covered = True


def is_cut(above: Row, below: Row) -> bool:
    """Is `below`, the first row of its page, the rest of `above`, the last of the page before?

    Sure only where every filled cell below goes on from a cell above whose last line had no room for the next word,
    and nothing below opens a row of its own; all else is left for those who know what the words mean.
    """
    pairs = list(zip(above.cells, above.edges, below.cells, below.edges, strict=False))
    if [(c.colspan) for c in above.cells] != [c.colspan for c in below.cells] or below.bold > above.bold:
        return False
    filled = [(a, ea, b, eb) for a, ea, b, eb in pairs if b.text]
    if any(ea is None or eb is None for _, ea, _, eb in filled) or (
        below.cells[0].text and is_label(below.cells[0].text)
    ):
        return False
    left_empty = sum(1 for a, _, b, _ in pairs if a.text and not b.text and not b.covered)
    full = [_runs_on(a, ea, b, eb) for a, ea, b, eb in filled if ea is not None and eb is not None]
    if all(full):
        going_on = any(b.text[:1].islower() or (a.text.isupper() and b.text.isupper()) for a, _, b, _ in filled)
        return left_empty > 0 or (len(filled) >= 3 and going_on)
    if len(filled) == 1 and left_empty >= 2 and below.cells[0].text:
        # Only the first column goes on, from the end of a paragraph.
        return filled[0][0].text.endswith(_STOP) and not is_label(below.cells[0].text.split()[0])
    return False


def _runs_on(above: Cell, edge: Edge, below: Cell, next_edge: Edge) -> bool:
    if is_label(below.text.split()[0]):
        return False
    full = is_full(edge.last, next_edge.first, edge.frame)
    return full and (not above.text.endswith(_STOP) or below.text[:1].islower())


def join(above: Row, below: Row) -> None:
    """Puts the words of `below` behind those of `above`, cell by cell."""
    for at, (cell, edge, rest, rest_edge) in enumerate(
        zip(above.cells, above.edges, below.cells, below.edges, strict=True)
    ):
        if not rest.text or edge is None or rest_edge is None:
            continue
        going_on = _runs_on(cell, edge, rest, rest_edge)
        cell.text = join_text(cell.text, rest.text) if going_on else f"{cell.text}\n{rest.text}"
        above.edges[at] = Edge(edge.first, rest_edge.last, rest_edge.frame)
    above.notes += below.notes


def _placed(cells: list[Cell]) -> list[tuple[int, Cell]]:
    placed, column = [], 0
    for cell in cells:
        placed.append((column, cell))
        column += cell.colspan
    return placed


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]
