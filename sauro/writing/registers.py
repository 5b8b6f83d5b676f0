"""Registers taken away: the same columns and rows as Word in official layout, as Excel, or as CSV.

Excel and CSV are streamed row by row, so that a register of any length needs the memory of one row.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple, TypeVar

import xlsxwriter

from sauro.writing.official import OfficialDocument
from sauro.writing.ooxml import TableCell, TableRow
from sauro.writing.text import clean, date_vi, number_vi

Kind = Literal["text", "date", "number", "percent"]
Value = Any  # str, date, datetime, Decimal, int, float, bool, None, or a sequence of str for a list in one cell
Target = str | Path | IO[bytes]
Made = TypeVar("Made")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# A column mostly repeats some values (units, people, days, states): so many of each are kept as they are written.
KEPT = 1500


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a register. `width`: characters of the widest usual content; `kind`: how its values are shown.

    A percent is given as it is said: 12.5 means 12,5%.
    """

    header: str
    width: float = 16
    kind: Kind = "text"


def plain(value: Value, kind: Kind = "text") -> str:
    """A value in words, as Vietnamese tables hold it. None is the empty text."""
    if isinstance(value, str):
        return clean(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, dt.datetime):
        return f"{value:%H:%M} {date_vi(value.date())}"
    if isinstance(value, dt.date):
        return date_vi(value)
    if isinstance(value, int | float | Decimal):
        return number_vi(value) + ("%" if kind == "percent" else "")
    if isinstance(value, list | tuple):
        return "\n".join(plain(v) for v in value)
    return clean(str(value))


def _kept(make: Callable[[Value], Made]) -> Callable[[Value], Made]:
    """`make` of one column, kept for the values that come again; lists by what they hold."""
    known = lru_cache(maxsize=KEPT, typed=True)(make)
    return lambda value: known(tuple(value) if type(value) is list else value)


def write_table_docx(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    path_or_file: Target,
    *,
    agency: str = "",
    parent_agency: str | None = None,
    place: str | None = None,
    day: dt.date | None = None,
    note: str | None = None,
    landscape: bool | None = None,
) -> None:
    """A register as a Word document in official layout: heading block, title, table with its header on every page.

    `note`: a line under the title (what was filtered). `landscape`: by default where the columns need it. Each row is a
    sequence as long as `columns`. Raises `OSError` where the file cannot be written.
    """
    wide = landscape if landscape is not None else len(columns) > 5 or sum(c.width for c in columns) > 95
    paper = OfficialDocument(title=title, agency=agency, day=day, landscape=wide)
    paper.heading(agency=agency, parent_agency=parent_agency, place=place, issued_on=day, with_number=False)
    paper.kind_and_title(title.upper(), None)
    if note:
        paper.body(note, style="SauroAttached")
    paper.gap()
    paper.table(fit(columns, paper.width_mm), _docx_rows(columns, rows))
    paper.save(path_or_file)


def fit(columns: Sequence[Column], width_mm: float) -> list[float]:
    """Column widths in mm that fill `width_mm`, in proportion, none too narrow for a date or a number."""
    weights = [max(column.width, 5) for column in columns]
    # Words may hold a date ("Trước ngày 06/10/2026") or a number of a document: neither is cut in the middle.
    fixed = {"date": 23.0, "number": 16.0, "percent": 15.0}
    least = [fixed.get(c.kind, min(max(1.4 * c.width, 10.0), 25.0)) for c in columns]
    shares = [max(width_mm * w / sum(weights), few) for w, few in zip(weights, least, strict=True)]
    excess = sum(shares) - width_mm
    spare = [max(s - few, 0) for s, few in zip(shares, least, strict=True)]
    if excess > 0 and sum(spare) > excess:
        shares = [s - excess * r / sum(spare) for s, r in zip(shares, spare, strict=True)]
    return [s * width_mm / sum(shares) for s in shares]


def _docx_rows(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> Iterator[TableRow]:
    yield TableRow([TableCell([c.header], "SauroCellHead") for c in columns], header=True)
    for row in rows:
        cells = []
        for column, value in zip(columns, row, strict=True):
            align = {"number": "right", "percent": "right", "date": "center"}.get(column.kind)
            cells.append(TableCell(plain(value, column.kind).split("\n"), align=align))
        # A row longer than a third of a page may be cut; shorter ones stay whole.
        yield TableRow(cells, whole=sum(len(plain(v)) for v in row) < 1200)


def write_table_xlsx(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    path_or_file: Target,
    *,
    note: str | None = None,
    day: dt.date | None = None,
) -> None:
    """A register as Excel, streamed: title, note, header with filter and frozen pane, then one row after another.

    Dates and numbers are real dates and numbers. Words never become formulas or links. Raises `OSError`.
    """
    with tempfile.TemporaryDirectory() as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        target = str(path_or_file) if isinstance(path_or_file, str | Path) else path_or_file
        book = xlsxwriter.Workbook(target, options)
        book.set_properties({"title": clean(title)[:250], "created": dt.datetime(1980, 1, 1)})  # noqa: DTZ001
        _sheet(book, title, columns, rows, note)
        book.close()


def _sheet(book: xlsxwriter.Workbook, title: str, columns: Sequence[Column], rows: Iterable, note: str | None) -> None:
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True, "border": 1}
    looks = {
        "text": book.add_format(base),
        "date": book.add_format({**base, "num_format": "dd/mm/yyyy", "align": "center"}),
        "number": book.add_format({**base, "num_format": "#,##0.####", "align": "right"}),
        "percent": book.add_format({**base, "num_format": '#,##0.##"%"', "align": "right"}),
    }
    head = book.add_format({**base, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#EEF1EE"})
    big = book.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True})
    small = book.add_format({"font_name": "Times New Roman", "font_size": 12, "italic": True})
    sheet = book.add_worksheet(sheet_name(title))
    for n, column in enumerate(columns):
        sheet.set_column(n, n, max(column.width, 6) * 1.1)
    sheet.write_string(0, 0, clean(title)[:32767], big)
    line = 1
    if note:
        sheet.write_string(line, 0, clean(note)[:32767], small)
        line += 1
    for n, column in enumerate(columns):
        sheet.write_string(line, n, clean(column.header), head)
    sheet.freeze_panes(line + 1, 0)
    sheet.repeat_rows(line)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    last = line
    makers = [_kept(partial(_xlsx_cell, kind=c.kind, width=max(c.width, 6) * 1.1)) for c in columns]
    # By what is written; each of these is one call of the library's.
    writers = {"text": sheet.write_string, "date": sheet.write_datetime, "blank": sheet.write_blank}
    for last, row in enumerate(rows, line + 1):
        cells = [make(value) for make, value in zip(makers, row, strict=True)]
        if height := height_of(max((cell.lines for cell in cells), default=1)):
            sheet.set_row(last, height)
        for n, cell in enumerate(cells):
            writers.get(cell.kind, sheet.write_number)(last, n, cell.value, looks.get(cell.kind, looks["text"]))
    sheet.autofilter(line, 0, last, len(columns) - 1)


class _Cell(NamedTuple):
    """A value as Excel takes it: `kind` text, date, number, percent or blank; `lines` of the column that it fills."""

    kind: str
    value: Any
    lines: int


def _xlsx_cell(value: Value, kind: Kind, width: float) -> _Cell:
    text = plain(value, kind)
    lines = lines_of(text, width)
    if value is None or value == "":
        return _Cell("blank", None, 1)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value.year >= 1900:
        return _Cell("date", dt.datetime(value.year, value.month, value.day), lines)  # noqa: DTZ001
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _Cell(kind if kind in ("number", "percent") else "number", float(value), lines)
    return _Cell("text", text[:32767], lines)


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes, wrapped in a column of so many characters."""
    return sum(max(1, math.ceil(len(line) / max(width, 1))) for line in text.split("\n"))


def row_height(texts: Sequence[str], widths: Sequence[float]) -> float | None:
    """Points that a row of wrapped 12-point words needs, None where one line does."""
    return height_of(max(map(lines_of, texts, widths), default=1))


def height_of(lines: int) -> float | None:
    """Points that a row of so many lines of 12-point words needs, None where one does.

    Not every program grows rows by itself. Excel's limit is 409.
    """
    return min(lines * 15.75 + 2, 409) if lines > 1 else None


def sheet_name(text: str) -> str:
    """A name that Excel accepts for a sheet: 31 characters, none of []:*?/\\, no quote at its ends."""
    kept = "".join(" " if c in "[]:*?/\\" else c for c in clean(text))
    return kept[:31].strip(" '") or "Bảng"


def csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """A register as CSV in UTF-8 with a byte-order mark (Excel needs it), in pieces, for a streaming response.

    A cell that a spreadsheet would run as a formula is led by an apostrophe.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    yield "\ufeff".encode()
    writer.writerow([_safe(c.header) for c in columns])
    makers = [_kept(partial(_csv_cell, kind=column.kind)) for column in columns]
    for n, row in enumerate(rows, 1):
        writer.writerow([make(value) for make, value in zip(makers, row, strict=True)])
        if n % 500 == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _csv_cell(value: Value, kind: Kind) -> str:
    text = plain(value, kind)
    return text if isinstance(value, int | float | Decimal) else _safe(text)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_table_csv(columns: Sequence[Column], rows: Iterable[Sequence[Value]], path_or_file: Target) -> None:
    """`csv_lines` into a file. Raises `OSError` where it cannot be written."""
    if isinstance(path_or_file, str | Path):
        with Path(path_or_file).open("wb") as out:
            out.writelines(csv_lines(columns, rows))
    else:
        path_or_file.writelines(csv_lines(columns, rows))
