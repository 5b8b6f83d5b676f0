"""Excel workbooks: each sheet's lines above its table as paragraphs, the table as rows."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import openpyxl
from lxml import etree

from sauro.reading.errors import ReadingError
from sauro.reading.guard import DAMAGED, MAX_COLUMNS, MAX_ROWS, TOO_LONG, TOO_MANY_COLUMNS, open_zip, parse_xml
from sauro.reading.guard import read_member as _read_member
from sauro.reading.manuscript import Block, Cell, Manuscript
from sauro.reading.open.registry import Source, opens
from sauro.reading.open.tidy import row_block, tidy

_MAX_SHEETS = 20
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def written(cell: Any, first_column: bool) -> str:
    """A cell's value as Excel shows it in Vietnam: 8.5 → "8,5", 0.45 as "0%" → "45%", dates as dd/mm/yyyy.

    In the first column 1.2 is the number of a task, not a quantity, and keeps its point.
    """
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    form = _QUOTED.sub("", str(getattr(cell, "number_format", "") or "General"))
    if isinstance(value, dt.datetime | dt.date):
        return _date(value, form.lower())
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, int | float):
        return _number(value, form, first_column)
    return tidy(str(value))


def _date(value: dt.datetime | dt.date, form: str) -> str:
    if "y" in form and "d" not in form:
        return f"{value.month}/{value.year}" if "m" in form else str(value.year)
    text = f"{value.day:02d}/{value.month:02d}/{value.year}"
    if isinstance(value, dt.datetime) and (value.hour or value.minute):
        text += f" {value.hour:02d}:{value.minute:02d}"
    return text


def _number(value: int | float, form: str, first_column: bool) -> str:
    number = Decimal(repr(value))
    percent = "%" in form
    if percent:
        number *= 100
    places = re.search(r"[0#]\.([0#]+)", form)
    if places:
        number = number.quantize(Decimal(1).scaleb(-len(places[1])))
        if "#" in places[1] or not percent:
            number = number.normalize() if "#" in places[1] else number
    elif re.search(r"0", form) and form != "General":
        number = number.quantize(Decimal(1))
    text = f"{number:,f}" if "#,#" in form or ",0" in form else f"{number:f}"
    if "." in text and not places:
        text = text.rstrip("0").rstrip(".")
    if not first_column:
        text = text.translate(str.maketrans(",.", ".,"))
    return text + ("%" if percent else "")


def _merges(package: Any, sheet: str) -> dict[int, dict[int, tuple[int, int, bool]]]:
    """By row and column from 0: (columns, rows, is the first) of merged cells."""
    found: dict[int, dict[int, tuple[int, int, bool]]] = {}
    root = parse_xml(_read_member(package, sheet))
    namespace = etree.QName(root).namespace
    spans = 0
    for merge in root.iter(f"{{{namespace}}}mergeCell"):
        ref = re.fullmatch(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", str(merge.get("ref", "")).replace("$", ""))
        if not ref:
            continue
        c0, r0, c1, r1 = _column(ref[1]), int(ref[2]) - 1, _column(ref[3]), int(ref[4]) - 1
        r1 = min(r1, MAX_ROWS)  # further down no row is read
        spans += max(0, r1 - r0 + 1)
        if spans > 4 * MAX_ROWS:
            raise ReadingError(TOO_LONG, "size")
        for row in range(r0, r1 + 1):
            found.setdefault(row, {})[c0] = (c1 - c0 + 1, r1 - r0 + 1, row == r0)
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


class _Sheet:
    """Gathers one sheet's blocks."""

    def __init__(self, table: int) -> None:
        self.blocks: list[Block] = []
        self.table = table
        self._in_table = False

    def row(self, values: list[tuple[str, bool, bool]], merges: dict[int, tuple[int, int, bool]]) -> None:
        """Adds one row of (text, bold, centred)."""
        filled = [at for at, value in enumerate(values) if value[0]]
        if not filled:
            if not merges:
                self._leave()
            return
        if len(filled) == 1 and not self._in_table:
            text, bold, centred = values[filled[0]]
            self.blocks.append(Block("paragraph", text, bold=bold, centred=centred))
            return
        self._in_table = True
        cells: list[Cell] = []
        column = 0
        while column <= max(filled[-1], max(merges, default=0)) and column < MAX_COLUMNS:
            text = values[column][0] if column < len(values) else ""
            across, down, first = merges.get(column, (1, 1, True))
            across = min(across, MAX_COLUMNS - column)
            cells.append(Cell(text, across, down) if first else Cell("", across, covered=True))
            column += across
        self.blocks.append(row_block(cells, self.table, bold=all(values[at][1] for at in filled)))

    def _leave(self) -> None:
        if self._in_table:
            self.table += 1
        self._in_table = False


@opens("xlsx")
def open_xlsx(source: Source) -> Manuscript:
    """The manuscript of a workbook: its visible sheets with data, in order.

    A line with a single filled cell before a table is a paragraph; a blank row ends a table. Raises `ReadingError`
    "damaged", "columns", "size".
    """
    blocks: list[Block] = []
    with open_zip(source.path) as package:
        names = {name.lower(): name for name in package.namelist()}
        for name in names.values():
            if name.lower().endswith((".xml", ".rels")):
                _refuse_entities(package, name)
        # Links to other workbooks are neither kept nor followed.
        book = openpyxl.load_workbook(source.path, read_only=True, data_only=True, keep_links=False)
        try:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:_MAX_SHEETS]
            table = rows = 0
            for number, sheet in enumerate(sheets):
                source.progress(number / len(sheets), f"Đang đọc trang tính {number + 1}/{len(sheets)}")
                merges = _merges(package, names[sheet._worksheet_path.lower()])
                found = _Sheet(table)
                sheet.reset_dimensions()
                for at, row in enumerate(sheet.iter_rows()):
                    if any(cell.value is not None for cell in row):
                        rows += 1
                    if rows > MAX_ROWS or at > MAX_ROWS:
                        raise ReadingError(TOO_LONG, "size")
                    if any(cell.value is not None for cell in row[MAX_COLUMNS:]):
                        raise ReadingError(TOO_MANY_COLUMNS, "columns")
                    found.row([_value(cell, at_column) for at_column, cell in enumerate(row)], merges.get(at, {}))
                blocks += found.blocks
                table = found.table + 1
        finally:
            book.close()
    if not blocks:
        raise ReadingError(DAMAGED, "damaged")
    return Manuscript(blocks, "xlsx")


def _value(cell: Any, column: int) -> tuple[str, bool, bool]:
    text = written(cell, column == 0)
    if not text:
        return "", False, False
    font, alignment = getattr(cell, "font", None), getattr(cell, "alignment", None)
    return text, bool(font and font.b), bool(alignment and alignment.horizontal in ("center", "centerContinuous"))


def _refuse_entities(package: Any, name: str) -> None:
    """openpyxl parses with entities on; a part that declares any must not reach it."""
    data = _read_member(package, name)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        parse_xml(data)
