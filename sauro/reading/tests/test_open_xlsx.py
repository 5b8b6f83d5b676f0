"""Excel workbooks: lines above a table, the table, numbers as they are shown."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from sauro.reading.manuscript import Manuscript
from sauro.reading.open import open_manuscript
from sauro.reading.open.xlsx import written


def saved(tmp_path: Path, fill: Any) -> Manuscript:
    book = openpyxl.Workbook()
    fill(book)
    book.save(tmp_path / "a.xlsx")
    return open_manuscript(tmp_path / "a.xlsx")


def test_lines_above_the_table_are_paragraphs_and_a_blank_row_ends_it(tmp_path):
    def fill(book: Any) -> None:
        sheet = book.active
        for row in (
            ["PHỤ LỤC"],
            [None],
            ["TT", "Việc"],
            [1, "Một"],
            ["Nhóm"],
            [2, "Hai"],
            [None],
            ["Ghi chú"],
            ["A", "B"],
        ):
            sheet.append(row)

    found = saved(tmp_path, fill).blocks
    assert [(b.kind, b.text, b.table) for b in found] == [
        ("paragraph", "PHỤ LỤC", None),
        ("row", "TT\tViệc", 0),
        ("row", "1\tMột", 0),
        ("row", "Nhóm", 0),
        ("row", "2\tHai", 0),
        ("paragraph", "Ghi chú", None),
        ("row", "A\tB", 1),
    ]


def test_merged_cells_keep_columns_aligned(tmp_path):
    def fill(book: Any) -> None:
        sheet = book.active
        for row in (["TT", "Việc", "Đơn vị", None], [1, "Một", "Vụ A", "Vụ B"], [2, "Hai", None, "Vụ C"]):
            sheet.append(row)
        sheet.merge_cells("C1:D1")
        sheet.merge_cells("C2:C3")

    found = saved(tmp_path, fill).blocks
    assert [sum(c.colspan for c in b.cells) for b in found] == [4, 4, 4]
    assert (found[1].cells[2].rowspan, found[2].cells[2].covered) == (2, True)


def test_hidden_sheets_are_left_out_and_the_others_number_their_tables(tmp_path):
    def fill(book: Any) -> None:
        for name in ("Một", "Ẩn", "Hai"):
            sheet = book.create_sheet(name)
            sheet.append(["a", name])
        book["Ẩn"].sheet_state = "hidden"

    assert [(b.text, b.table) for b in saved(tmp_path, fill).blocks] == [("a\tMột", 1), ("a\tHai", 2)]


@pytest.mark.parametrize(
    ("value", "form", "first", "text"),
    [
        (8.5, "General", False, "8,5"),
        (1.2, "General", True, "1.2"),
        (7882, "#,##0", False, "7.882"),
        (7882, "General", False, "7882"),
        (0.45, "0%", False, "45%"),
        (0.985, "0.0%", False, "98,5%"),
        (0.1 + 0.2, "0.00", False, "0,30"),
        (dt.datetime(2026, 6, 30), "dd/mm/yyyy", False, "30/06/2026"),  # noqa: DTZ001
        (dt.datetime(2026, 6, 1), "mm/yyyy", False, "6/2026"),  # noqa: DTZ001
        (True, "General", False, "Có"),
        ("  Vụ  A ", "General", False, "Vụ A"),
        (None, "General", False, ""),
    ],
)
def test_values_are_written_as_excel_shows_them(value, form, first, text):
    assert written(SimpleNamespace(value=value, number_format=form), first) == text
