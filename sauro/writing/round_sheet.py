"""The sheet of one unit in one reporting round as Excel: written to be filled in, read back, marked where it is wrong.

Each row bears a mark in a locked column, "K3-V128-L4-9f86d08188" : round, duty, how often its report had been saved,
and a digest of the row's values. By it an upload finds its round and its rows, and tells which were touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from sauro.reading.errors import ReadingError
from sauro.reading.guard import DAMAGED, MAX_ROWS, TOO_LONG, open_zip, parse_xml, read_member
from sauro.reading.open.xlsx import written
from sauro.writing.registers import row_height
from sauro.writing.text import clean

MARK_HEAD = "Mã nhận dạng"
# Column by column: header, width, the field that a person fills in (empty: not theirs).
COLUMNS: Sequence[tuple[str, float, str]] = (
    (MARK_HEAD, 13, ""),
    ("Mã", 8, ""),
    ("Nhiệm vụ", 44, ""),
    ("Kỳ trước (%)", 9, ""),
    ("Tiến độ (%)", 9, "progress"),
    ("Kết quả đã làm", 56, "done_text"),
    ("Khó khăn, vướng mắc", 32, "difficulties"),
    ("Đề xuất, kiến nghị", 32, "proposals"),
    ("Tình trạng", 18, ""),
)
_FIELD_AT = {n: name for n, (_head, _width, name) in enumerate(COLUMNS) if name}
_MARK = re.compile(r"K(\d{1,18})-V(\d{1,18})-L(\d{1,9})-([0-9a-f]{10})")
_HEAD_WITHIN = 20
_WRONG = PatternFill("solid", fgColor="F8D7D3")


@dataclass(slots=True, frozen=True)
class SheetRow:
    """One row to write. `progress` is None where there is none to give; `locked`: it can't be filled in now."""

    mark: str
    ref: str
    title: str
    before: int | None
    progress: int | None
    texts: tuple[str, str, str]
    state: str
    locked: bool = False


@dataclass(slots=True, frozen=True)
class ReadRow:
    """One row read back: the address of each cell by field ("mark" for its mark), the texts, the parts of the mark
    (round, duty, version, digest) or None where it can't be read."""

    at: Mapping[str, str]
    raw: Mapping[str, str]
    mark: tuple[int, int, int, str] | None


def mark(round: int, duty: int, version: int, digest: str) -> str:
    """What stands in the locked column of a row."""
    return f"K{round}-V{duty}-L{version}-{digest}"


def write_round_sheet(
    out: IO[bytes], *, title: str, lines: Sequence[str], rows: Sequence[SheetRow], help_title: str, help: Sequence[str]
) -> None:
    """The sheet with its head lines, and a second one with instructions. Locked cells are locked without a password:
    a help against slips, not a secret. `lines`: under the title, one each row."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    looks = _looks(book)
    sheet = book.add_worksheet("Báo cáo")
    for n, (_head, width, _name) in enumerate(COLUMNS):
        sheet.set_column(n, n, width)
    sheet.write_string(0, 1, clean(title), looks["title"])
    for n, words in enumerate(lines, 1):
        sheet.write_string(n, 1, clean(words), looks["line"])
    top = len(lines) + 2
    for n, (head, _width, _name) in enumerate(COLUMNS):
        sheet.write_string(top, n, head, looks["head"])
    for n, row in enumerate(rows, top + 1):
        _row(sheet, n, row, looks)
    last = top + max(1, len(rows))
    sheet.data_validation(
        top + 1, 4, last, 4,
        {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100, "error_title": "Tiến độ",
         "error_message": "Ghi tiến độ bằng số nguyên từ 0 đến 100.", "input_title": "Tiến độ",
         "input_message": "Số nguyên từ 0 đến 100."},
    )  # fmt: skip
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True, "select_locked_cells": True})
    sheet.freeze_panes(top + 1, 3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    _help(book, help_title, help, looks)
    book.close()


def _looks(book: xlsxwriter.Workbook) -> dict[str, Any]:
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True, "border": 1}
    grey = {**base, "bg_color": "#EEF1EE", "font_color": "#4E5A66"}
    return {
        "title": book.add_format({"font_name": "Times New Roman", "font_size": 14, "bold": True}),
        "line": book.add_format({"font_name": "Times New Roman", "font_size": 12}),
        "head": book.add_format({**base, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#DDE5EE"}),
        "grey": book.add_format({**grey, "num_format": "@"}),
        "grey number": book.add_format({**grey, "align": "right"}),
        "mark": book.add_format({**grey, "font_size": 8, "num_format": "@"}),
        "text": book.add_format({**base, "locked": False, "num_format": "@"}),
        "number": book.add_format({**base, "locked": False, "align": "right", "num_format": "0"}),
        "help": book.add_format({"font_name": "Times New Roman", "font_size": 12, "text_wrap": True, "valign": "top"}),
    }


def _row(sheet: Any, n: int, row: SheetRow, looks: Mapping[str, Any]) -> None:
    texts = [clean(text)[:32767] for text in row.texts]
    shown = [row.mark, row.ref, row.title, "", "", *texts, row.state]
    sheet.set_row(n, row_height(shown[1:], [width for _head, width, _name in COLUMNS[1:]]))
    sheet.write_string(n, 0, row.mark, looks["mark"])
    sheet.write_string(n, 1, clean(row.ref), looks["grey"])
    sheet.write_string(n, 2, clean(row.title)[:32767], looks["grey"])
    _number(sheet, n, 3, row.before, looks["grey number"])
    _number(sheet, n, 4, row.progress, looks["grey number" if row.locked or row.progress is None else "number"])
    for at, text in enumerate(texts, 5):
        look = looks["grey" if row.locked else "text"]
        if text:
            sheet.write_string(n, at, text, look)
        else:
            sheet.write_blank(n, at, None, look)
    sheet.write_string(n, 8, clean(row.state), looks["grey"])


def _number(sheet: Any, n: int, at: int, value: int | None, look: Any) -> None:
    if value is None:
        sheet.write_blank(n, at, None, look)
    else:
        sheet.write_number(n, at, value, look)


def _help(book: xlsxwriter.Workbook, title: str, help: Sequence[str], looks: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet("Hướng dẫn")
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, clean(title), looks["title"])
    for n, words in enumerate(help, 1):
        sheet.set_row(n, row_height([words], [95]))
        sheet.write_string(n, 0, clean(words), looks["help"])
    sheet.protect()


def read_round_sheet(path: Path) -> list[ReadRow]:
    """The rows of a filled-in sheet, wherever it stands in the book; empty where there is no such sheet.

    Raises `ReadingError` "damaged" (not an Excel file), "bomb", "password", "entities", "size".
    """
    book = open_book(path)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            if rows := _read(sheet):
                return rows
    finally:
        book.close()
    return []


def open_book(path: Path) -> openpyxl.Workbook:
    """An Excel file from outside, opened for reading once nothing in it can do harm; to be closed by the caller.

    Raises `ReadingError` as `read_round_sheet` does.
    """
    with open_zip(path) as package:
        for name in package.namelist():
            if name.lower().endswith((".xml", ".rels")):
                data = read_member(package, name)
                # openpyxl parses with entities on; a part that declares any must not reach it.
                if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                    parse_xml(data)
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        raise ReadingError(DAMAGED, "damaged") from error


def _read(sheet: Any) -> list[ReadRow]:
    found: list[ReadRow] = []
    inside = False
    for n, cells in enumerate(sheet.iter_rows(max_col=len(COLUMNS)), 1):
        if n > MAX_ROWS:
            raise ReadingError(TOO_LONG, "size")
        first = str(cells[0].value or "").strip() if cells else ""
        if not inside:
            if first == MARK_HEAD:
                inside = True
            elif n > _HEAD_WITHIN:
                return []
            continue
        if not any(cell.value not in (None, "") for cell in cells):
            continue
        parts = _MARK.fullmatch(first)
        at = {name: f"{chr(65 + k)}{n}" for k, name in _FIELD_AT.items()} | {"mark": f"A{n}"}
        raw = {name: _text(cells[k] if k < len(cells) else None, name) for k, name in _FIELD_AT.items()}
        numbers = (int(parts[1]), int(parts[2]), int(parts[3]), parts[4]) if parts else None
        found.append(ReadRow(at, raw, numbers))
    return found


def _text(cell: Any, name: str) -> str:
    if cell is None or cell.value is None:
        return ""
    if isinstance(cell.value, str):
        return cell.value
    return written(cell, False)


def mark_faults(path: Path, faults: Mapping[str, str], out: IO[bytes]) -> None:
    """A copy of the sheet at `path` with each wrong cell (by its address) coloured and the sentence as a comment.

    The file is one that `read_round_sheet` has read.
    """
    book = openpyxl.load_workbook(path, keep_links=False)
    sheet = next(
        s for s in book.worksheets if any(str(c.value or "").strip() == MARK_HEAD for (c,) in s.iter_rows(max_col=1))
    )
    for address, sentence in faults.items():
        cell = sheet[address]
        cell.fill = _WRONG
        cell.comment = Comment(sentence, "Sáu Rõ", width=320, height=110)
    book.save(out)
