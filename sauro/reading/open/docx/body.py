"""The body of a Word document: paragraphs and tables in order, as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sauro.reading.errors import ReadingError
from sauro.reading.guard import MAX_COLUMNS, TOO_MANY_COLUMNS
from sauro.reading.manuscript import Block, Cell
from sauro.reading.open.docx.inline import Inline, Words
from sauro.reading.open.docx.numbering import Numbering
from sauro.reading.open.docx.package import Package, W, flag, value
from sauro.reading.open.docx.styles import Look, Styles
from sauro.reading.open.registry import Progress
from sauro.reading.open.tidy import row_block, tidy

# Elements that only wrap what stands in them: content controls, custom XML, accepted insertions and moves.
_WRAPPERS = {W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}


def _children(parent: Any) -> Iterator[Any]:
    """The children of `parent`, wrappers opened."""
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _children(child)
        else:
            yield child


class Body:
    """Walks one document once; `blocks()` gives what it holds."""

    def __init__(self, package: Package, progress: Progress) -> None:
        self._root = package.document
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"))
        self._inline = Inline(self._styles)
        self._notes = {
            kind: {note.get(W + "id"): note for note in ([] if part is None else part)}
            for kind, part in (("footnote", package.part("footnotes")), ("endnote", package.part("endnotes")))
        }
        self._progress = progress
        self._tables = 0
        self._blocks: list[Block] = []

    def blocks(self) -> list[Block]:
        """All blocks in document order. A footnote follows the block in which its marker stands."""
        body = self._root.find(W + "body")
        if body is not None:
            children = list(_children(body))
            for number, child in enumerate(children):
                if number % 200 == 0:
                    self._progress(number / len(children), "Đang đọc tệp Word")
                self._block(child)
        return self._blocks

    def _block(self, child: Any) -> None:
        if child.tag == W + "p":
            self._paragraph(child)
        elif child.tag == W + "tbl":
            self._table(child)

    def _paragraph(self, paragraph: Any) -> None:
        properties = paragraph.find(W + "pPr")
        look = self._styles.paragraph(properties)
        if look.contents:
            return
        words = self._inline.words(paragraph, look)
        label = self._label(properties, look, words)
        text = tidy(words.text)
        if text or words.notes:
            level = look.level or 0
            block = Block(
                kind="heading" if level else "paragraph",
                text=f"{label} {text}".strip(),
                notes=words.notes,
                level=level,
                bold=words.bold,
                centred=bool(look.centred),
                label=label,
            )
            if words.raised_start and not words.notes[1:]:
                # A note typed by hand: its paragraph opens with the raised number.
                block.kind, block.level = "footnote", 0
            self._blocks.append(block)
            self._add_notes(words)
        self._boxes(words)

    def _boxes(self, words: Words) -> None:
        for box in words.boxes:
            for child in _children(box):
                self._block(child)

    def _label(self, properties: Any | None, look: Look, words: Words) -> str:
        """The list label of a paragraph. An empty numbered paragraph is counted too, as Word does."""
        if look.num_id is None:
            return ""
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None and not words.text.strip():
            return ""
        return self._numbering.label(look.num_id, look.ilvl, value(properties, "pStyle"))

    def _add_notes(self, words: Words) -> None:
        for kind, number, key in words.references:
            note = self._notes[kind].get(key)
            if note is not None:
                text = tidy("\n".join(self._plain(p) for p in note.iter(W + "p")))
                self._blocks.append(Block(kind="footnote", text=text, notes=[number]))

    def _plain(self, paragraph: Any) -> str:
        return self._inline.words(paragraph, self._styles.paragraph(paragraph.find(W + "pPr"))).text.strip()

    def _table(self, table: Any) -> None:
        rows = [row for row in _children(table) if row.tag == W + "tr" and not _deleted(row)]
        if _is_frame(rows):
            # A table of one cell that holds tables is a frame around the page, not a table.
            for cell in _children(rows[0]):
                if cell.tag == W + "tc":
                    for child in _children(cell):
                        self._block(child)
            return
        number = self._tables
        self._tables += 1
        open_cells: dict[int, Cell] = {}
        for row in rows:
            self._row(row, number, open_cells)

    def _row(self, row: Any, number: int, open_cells: dict[int, Cell]) -> None:
        """Adds a row. `open_cells`: by column, the cell above that a vertical merge may continue."""
        properties = row.find(W + "trPr")
        cells: list[Cell] = []
        gathered = Words()
        bold = True
        column = min(_count(properties, "gridBefore", 0), MAX_COLUMNS)
        if column:
            cells.append(Cell("", colspan=column))
        for tc in _children(row):
            if tc.tag != W + "tc":
                continue
            span = max(1, _count(tc.find(W + "tcPr"), "gridSpan", 1))
            if column + span > MAX_COLUMNS:
                raise ReadingError(TOO_MANY_COLUMNS, "columns")
            merge = None if tc.find(W + "tcPr") is None else tc.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(W + "val", "continue") != "restart" and column in open_cells:
                open_cells[column].rowspan += 1
                cells.append(Cell("", colspan=span, covered=True))
            else:
                words = self._cell(tc)
                cell = Cell(tidy(words.text), colspan=span)
                if cell.text:
                    bold = bold and words.bold
                gathered.take(words)
                cells.append(cell)
                open_cells.pop(column, None)
                if merge is not None:
                    open_cells[column] = cell
            column += span
        after = _count(properties, "gridAfter", 0)
        if after:
            cells.append(Cell("", colspan=min(after, MAX_COLUMNS)))
        if any(cell.text for cell in cells):
            self._blocks.append(row_block(cells, table=number, notes=gathered.notes, bold=bold))
            self._add_notes(gathered)
        self._boxes(gathered)

    def _cell(self, tc: Any) -> Words:
        """The words of a cell, its paragraphs on lines of their own, tables inside it flattened."""
        out = Words()
        for child in _children(tc):
            if child.tag == W + "p":
                properties = child.find(W + "pPr")
                look = self._styles.paragraph(properties)
                words = self._inline.words(child, look)
                label = self._label(properties, look, words)
                words.text = f"{label} {words.text}".strip()
                out.take(words)
            elif child.tag == W + "tbl":
                for row in _children(child):
                    if row.tag != W + "tr" or _deleted(row):
                        continue
                    line = Words()
                    parts = []
                    for inner in _children(row):
                        if inner.tag == W + "tc":
                            words = self._cell(inner)
                            parts.append(tidy(words.text))
                            line.take(words)
                    line.text = " ".join(part for part in parts if part)
                    out.take(line)
        return out


def _is_frame(rows: list[Any]) -> bool:
    if len(rows) != 1:
        return False
    cells = [cell for cell in _children(rows[0]) if cell.tag == W + "tc"]
    return len(cells) == 1 and any(child.tag == W + "tbl" for child in _children(cells[0]))


def _deleted(row: Any) -> bool:
    properties = row.find(W + "trPr")
    return properties is not None and (properties.find(W + "del") is not None or bool(flag(properties, "hidden")))


def _count(properties: Any | None, name: str, default: int) -> int:
    said = value(properties, name)
    return int(said) if said and said.isdigit() else default
