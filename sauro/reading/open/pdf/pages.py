"""Pages as lines, tables and notes; then as blocks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from sauro.reading.manuscript import Block, Cell
from sauro.reading.open.pdf.columns import Pair, split_columns
from sauro.reading.open.pdf.cuts import Edge, Row, Table, cover, first_new, is_cut, join, same_columns
from sauro.reading.open.pdf.grid import Box, Grid, find_grids
from sauro.reading.open.pdf.join import Frame, Paragraph, is_full, join_text, paragraphs, pitch_of, starts_new
from sauro.reading.open.pdf.lines import Line, build_lines
from sauro.reading.open.pdf.notes import Note, split_notes
from sauro.reading.open.pdf.sheet import MAYBE, Glyph, Rule, Sheet
from sauro.reading.open.tidy import row_block, tidy

_PAGE_NUMBER = re.compile(r"^(?:trang|page)?[\s\-–—]*\d{1,4}(?:\s*[/|]\s*\d{1,4})?[\s\-–—]*$", re.IGNORECASE)
_RUNS_ON = re.compile(r"^(?:[-–+] ?|V/v )")
_PADDING = 5.4  # Word's default room between a cell's border and its text, in points


@dataclass(slots=True)
class Page:
    """One page without its glyphs."""

    number: int
    width: float
    height: float
    rows: list[list[Line]]
    tables: list[Table]
    rules: list[Rule]
    pictures: float
    length: int


def page_of(sheet: Sheet) -> Page:
    """Sorts the glyphs of a sheet into its tables and the lines outside them."""
    grids, rules = find_grids(sheet.across, sheet.down)
    outside: list[Glyph] = []
    for glyph in sheet.glyphs:
        if not any(grid.take(glyph) for grid in grids):
            outside.append(glyph)
    return Page(
        sheet.number,
        sheet.width,
        sheet.height,
        build_lines(outside),
        [_table(grid) for grid in grids],
        rules,
        sheet.pictures,
        sum(1 for g in sheet.glyphs if g.char not in (" ", MAYBE)),
    )


def _table(grid: Grid) -> Table:
    table = Table(grid.xs, grid.ys[0], grid.ys[-1])
    pads: dict[int, float] = {}
    lines = [[_whole(row) for row in build_lines(box.glyphs)] for box in grid.boxes]
    for box, own in zip(grid.boxes, lines, strict=True):
        for line in own:
            pads[box.column] = min(pads.get(box.column, _PADDING), max(1.0, line.x0 - box.x0))
    pitch = min((p for own in lines if (p := pitch_of(own))), default=0.0)
    made = [_cell(box, own, pads.get(box.column, _PADDING), pitch) for box, own in zip(grid.boxes, lines, strict=True)]
    for r, owners in enumerate(grid.owner):
        row = Row([], [], [], bold=True)
        for index in dict.fromkeys(owners):
            box = grid.boxes[index]
            if box.row != r:
                row.cells.append(Cell("", box.colspan, covered=True))
                row.edges.append(None)
                continue
            text, notes, bold, edge = made[index]
            row.cells.append(Cell(text, box.colspan, box.rowspan))
            row.edges.append(edge)
            row.notes += notes
            row.bold = row.bold and (bold or not text)
        if any(cell.text for cell in row.cells):
            table.rows.append(row)
    return table


def _whole(row: list[Line]) -> Line:
    line = row[0]
    for part in row[1:]:
        line.text, line.x1 = f"{line.text} {part.text}".strip(), part.x1
        line.notes += part.notes
        line.bold = line.bold and part.bold
    return line


def _cell(box: Box, lines: list[Line], pad: float, pitch: float) -> tuple[str, list[str], bool, Edge | None]:
    """The text of a cell, its note markers, whether all of it is bold, and its edge."""
    frame = Frame(box.x0 + pad, box.x1 - pad, pitch)
    made = paragraphs(lines, frame)
    notes = [note for paragraph in made for note in paragraph.notes]
    edge = Edge(lines[0], lines[-1], frame) if lines else None
    return tidy("\n".join(p.text for p in made)), notes, all(p.bold for p in made), edge


class Assembly:
    """All pages of a document, read together: what repeats at page heads and feet, margins, usual type size."""

    def __init__(self, pages: list[Page]) -> None:
        self.pages = pages
        self.margins: list[str] = []
        self._blocks: list[Block] = []
        self._tables = 0
        self._last_note = ""
        self._awaited: set[str] = set()  # markers whose notes haven't come yet
        self._last: tuple[Table, Row, Block] | None = None  # the table that ended the page before
        self._open: tuple[Paragraph, Block] | None = None

    def blocks(self) -> list[Block]:
        """The blocks of all pages."""
        self._drop_running_lines()
        sizes: Counter[float] = Counter()
        for page in self.pages:
            for row in page.rows:
                for line in row:
                    sizes[round(line.size * 2) / 2] += len(line.text)
        self._body = sizes.most_common(1)[0][0] if sizes else 0.0
        self._frames = self._text_areas()
        for page in self.pages:
            self._page(page)
        return self._blocks

    def _drop_running_lines(self) -> None:
        """Page numbers, and lines that repeat at the head or foot of pages, go to the margins."""
        sizes = Counter(_size(page) for page in self.pages)
        seen: Counter[tuple[tuple[int, int], int, str]] = Counter()
        edges: list[tuple[Page, int, tuple[tuple[int, int], int, str]]] = []
        for page in self.pages:
            for at in {0, 1, len(page.rows) - 1, len(page.rows) - 2} & set(range(len(page.rows))):
                row = page.rows[at]
                if row[0].y < 0.1 * page.height or row[0].y > 0.9 * page.height:
                    text = re.sub(r"\d+", "#", " ".join(line.text for line in row))
                    # What runs on every page stands at one height; a title that comes again does not.
                    edges.append((page, at, (_size(page), round(row[0].y / 4), text)))
                    seen[edges[-1][2]] += 1
        drop: dict[int, set[int]] = {}
        for page, at, key in edges:
            whole = " ".join(line.text for line in page.rows[at])
            repeated = seen[key] >= max(3, sizes[key[0]] / 2)
            number = _PAGE_NUMBER.match(whole) and not any(line.lead for line in page.rows[at])
            if repeated or number:
                drop.setdefault(page.number, set()).add(at)
                if whole not in self.margins:
                    self.margins.append(whole)
        for page in self.pages:
            gone = drop.get(page.number, set())
            page.rows = [row for at, row in enumerate(page.rows) if at not in gone]

    def _text_areas(self) -> dict[tuple[int, int], Frame]:
        """By page size: the left and right edge that lines of the body reach."""
        lines: dict[tuple[int, int], list[Line]] = {}
        for page in self.pages:
            for row in page.rows:
                lines.setdefault(_size(page), []).extend(row)
        frames = {}
        for size, own in lines.items():
            long = [line for line in own if line.x1 - line.x0 > 0.5 * size[0]]
            tables = [table for page in self.pages if _size(page) == size for table in page.tables]
            if len(long) < 5 and tables:
                # Only titles stand outside the tables, which fill the width of the page.
                rights, lefts = [max(t.xs[-1] for t in tables)], [min(t.xs[0] for t in tables)]
            else:
                rights, lefts = sorted(x.x1 for x in long or own), sorted(x.x0 for x in long or own)
            steps = [p for page in self.pages if _size(page) == size and (p := self._pitch(page))]
            pitch = sorted(steps)[len(steps) // 2] if steps else 0.0
            frames[size] = Frame(lefts[len(lefts) // 50], rights[-1 - len(rights) // 50], pitch)
        return frames

    def _pitch(self, page: Page) -> float:
        return pitch_of([row[0] for row in page.rows if row[0].size > self._body - 0.6])

    def _page(self, page: Page) -> None:
        frame = self._frames.get(_size(page), Frame(0, page.width, 0))
        markers = {note for row in page.rows for line in row for note in line.notes[bool(line.lead and line.text) :]}
        markers |= {note for table in page.tables for row in table.rows for note in row.notes}
        rows, notes = split_notes(
            page.rows,
            page.rules,
            body_size=self._body,
            width=page.width,
            markers=markers,
            last=self._last_note,
        )
        self._awaited |= markers - {note.number for note in notes}
        first = len(self._blocks)
        tables = list(page.tables)
        waiting: list[list[Line]] = []
        for row in rows:
            while tables and tables[0].top < row[0].y:
                self._text(waiting, page, frame)
                waiting = []
                self._table(tables.pop(0), page)
            waiting.append(row)
        self._text(waiting, page, frame)
        for table in tables:
            self._table(table, page)
        self._notes(notes, first, page)

    def _text(self, rows: list[list[Line]], page: Page, frame: Frame) -> None:
        run: list[Line] = []
        for item in split_columns(rows, self._body, page.width):
            if isinstance(item, Pair):
                self._paragraphs(run, page, frame)
                run = []
                self._pair(item, page)
            else:
                run.append(item)
        self._paragraphs(run, page, frame)

    def _paragraphs(self, lines: list[Line], page: Page, frame: Frame) -> None:
        if not lines:
            return
        for made in paragraphs(lines, frame):
            lead = made.lines[0].lead
            if lead in self._awaited:
                # A note that stands among the text, where a page of the paper ended.
                self._awaited.discard(lead)
                self._blocks.append(Block("footnote", tidy(made.text), notes=[lead], page=page.number))
                self._last = self._open = None
                continue
            if self._open is not None and self._goes_on(made, page, frame):
                before, block = self._open
                block.text = join_text(block.text, made.text)
                block.notes += made.notes
                before.lines += made.lines
            else:
                block = Block("paragraph", tidy(made.text), notes=made.notes, page=page.number, bold=made.bold)
                block.centred = made.centred
                self._blocks.append(block)
                before = made
            self._last = None
            self._open = (before, block) if made.lines[-1] is lines[-1] else None

    def _goes_on(self, made: Paragraph, page: Page, frame: Frame) -> bool:
        """Is this paragraph, the first of its page, the rest of the last one of the page before?"""
        assert self._open is not None
        before, block = self._open
        line, last = made.lines[0], before.lines[-1]
        if (block.page == page.number and line.y > last.y) or made.centred or before.centred:
            return False
        moved = Line(line.text, line.x0, line.x1, last.y + frame.pitch, line.size, line.bold, line.notes)
        moved.first, moved.text_at = line.first, line.text_at
        if not is_full(last, line, frame) or block.text.endswith((".", ";", ":")):
            return False
        return not starts_new(before, moved, frame)

    def _pair(self, pair: Pair, page: Page) -> None:
        cells: list[Cell] = []
        notes: list[str] = []
        for column in (pair.left, pair.right):
            column.sort(key=lambda line: line.y)
            frame = Frame(min(x.x0 for x in column), max(x.x1 for x in column), 0)
            lines: list[str] = []
            above: Line | None = None
            for line in column:
                # Items of a list, "V/v …" and a date go on over the line; names and posts stand line by line.
                listed = lines and _RUNS_ON.match(lines[-1]) and not _RUNS_ON.match(line.text)
                hangs = listed or line.text[:1].islower() or line.text[:1].isdigit()
                if lines and hangs and above is not None and is_full(above, line, frame):
                    lines[-1] = join_text(lines[-1], line.text)
                else:
                    lines.append(line.text)
                notes += line.notes
                above = line
            cells.append(Cell(tidy("\n".join(lines))))
        self._blocks.append(row_block(cells, self._tables, notes, page=page.number))
        self._tables += 1
        self._last = None
        self._open = None

    def _table(self, table: Table, page: Page) -> None:
        rows, ended = table.rows, False
        if self._last is not None and same_columns(self._last[0], table):
            before, above, block = self._last
            at = first_new(before, table)
            cover(before, table, at)
            if is_cut(above, rows[at]):
                join(above, rows[at])
                joined = row_block(above.cells, block.table or 0)
                block.text, block.notes = joined.text, above.notes
                ended = at + 1 == len(rows)
                rows = rows[:at] + rows[at + 1 :]
        for row in rows:
            self._blocks.append(row_block(row.cells, self._tables, row.notes, row.bold, page.number))
        if ended and self._last is not None:
            # The whole page was the rest of one row, which may go on on the next page too.
            self._last = (table, *self._last[1:])
        elif rows:
            self._last = (table, rows[-1], self._blocks[-1])
        self._tables += 1
        self._open = None

    def _notes(self, notes: list[Note], first: int, page: Page) -> None:
        """Puts each note after the block of this page in which its marker stands."""
        for note in notes:
            if not note.number:
                before = next((b for b in reversed(self._blocks) if b.kind == "footnote"), None)
                if before is not None:
                    before.text = join_text(before.text, tidy(note.text))
                    continue
            self._last_note = note.number or self._last_note
            block = Block("footnote", tidy(note.text), notes=[note.number] if note.number else [], page=page.number)
            at = len(self._blocks)
            for i in range(len(self._blocks) - 1, max(first - 2, -1), -1):
                if self._blocks[i].kind != "footnote" and note.number in self._blocks[i].notes:
                    at = i + 1
                    while at < len(self._blocks) and self._blocks[at].kind == "footnote":
                        at += 1
                    break
            self._blocks.insert(at, block)


def _size(page: Page) -> tuple[int, int]:
    return round(page.width), round(page.height)
