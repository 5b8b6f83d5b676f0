"""A list as Excel: a sheet to be filled in, with what to write in each column, and any sheet read back as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from sauro.reading.errors import ReadingError
from sauro.reading.guard import MAX_ROWS, TOO_LONG
from sauro.reading.open.xlsx import written
from sauro.writing.round_sheet import open_book
from sauro.writing.text import clean

_MOST_COLUMNS = 30
_BLANK_ROWS = 300


@dataclass(slots=True, frozen=True)
class ListColumn:
    """A column to fill in. `said`: what to write there, shown beside the cell; `choices`: the words to choose from."""

    head: str
    width: float
    said: str = ""
    choices: tuple[str, ...] = ()


def write_list_sheet(
    out: IO[bytes],
    *,
    name: str,
    columns: Sequence[ListColumn],
    examples: Sequence[Sequence[str]],
    example_name: str,
) -> None:
    """An empty sheet with titles, and a second one that shows how it looks filled in; cells are text, so that codes
    keep their zeros. `examples` are never read back: the first sheet that has rows is."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True, "border": 1}
    head = book.add_format({**base, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#DDE5EE"})
    text = book.add_format({**base, "num_format": "@"})
    for title, rows in ((name, [[""] * len(columns)] * _BLANK_ROWS), (example_name, examples)):
        sheet = book.add_worksheet(title)
        for n, column in enumerate(columns):
            sheet.set_column(n, n, column.width)
            sheet.write_string(0, n, column.head, head)
        for y, row in enumerate(rows, 1):
            for x, cell in enumerate(row):
                if cell:
                    sheet.write_string(y, x, clean(cell), text)
                else:
                    sheet.write_blank(y, x, None, text)
        for n, column in enumerate(columns):
            rule: dict[str, Any] = {"validate": "list", "source": list(column.choices)} if column.choices else {}
            if column.said:
                rule |= {"input_title": column.head[:32], "input_message": column.said[:255]}
            if rule:
                sheet.data_validation(1, n, max(1, len(rows)), n, {"validate": "any", "error_type": "warning", **rule})
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    book.close()


def read_list_sheet(path: Path) -> list[list[str]]:
    """The cells of the first sheet, each row as text; blanks at a cell's beginning stay, for they set it in.

    Raises `ReadingError` "damaged" (not an Excel file), "bomb", "password", "entities", "size".
    """
    book = open_book(path)
    try:
        sheet = book.worksheets[0] if book.worksheets else None
        if sheet is None:
            return []
        sheet.reset_dimensions()
        rows = []
        for n, cells in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), 1):
            if n > MAX_ROWS:
                raise ReadingError(TOO_LONG, "size")
            rows.append([_text(cell) for cell in cells])
        return rows
    finally:
        book.close()


def _text(cell: Any) -> str:
    if isinstance(cell.value, str):
        return cell.value
    # A number standing where words should is a code or a name: it keeps its point.
    return written(cell, True)
