"""A plan as Excel: one sheet a part, a row a thing, every field in a column of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from sauro.reading.draft import Draft
from sauro.reading.stated import words
from sauro.writing import stated
from sauro.writing.canonical import canonical
from sauro.writing.registers import row_height
from sauro.writing.text import clean

_WIDTHS = {
    "TT": 6, "Thứ tự mục tiêu": 9, "Ký hiệu": 9, "Thuộc mục tiêu": 9, "Thông tin văn bản": 22, "Nội dung": 70,
    "Mục tiêu": 60,
    "Nội dung cụ thể": 60, "Chỉ tiêu": 50, "Nguyên văn": 45, "Nội dung nhiệm vụ": 55, "Nhóm nhiệm vụ": 28,
    "Phân công ghi trong văn bản": 36, "Đơn vị chủ trì": 30, "Đơn vị phối hợp": 30, "Thời gian thực hiện": 20,
    "Sản phẩm": 35, "Mốc thực hiện": 30,
    "Nội dung báo cáo": 60, "Đơn vị báo cáo": 30, "Nơi nhận báo cáo": 30, "Thời hạn báo cáo": 28, "Nguồn giao": 40,
    "Phương pháp đo lường": 28, "Hồ sơ cần lưu": 24, "Ghi chú": 28, "Tên biểu mẫu": 40, "Các cột": 36, "Các dòng": 24,
}  # fmt: skip


def write_plan_xlsx(draft: Draft, path_or_file: str | Path | IO[bytes]) -> None:
    """`draft` as sheets that `sauro.reading.read` reads back: Thông tin chung, Mục tiêu, Chỉ tiêu, Nhiệm vụ, …

    Words stay words: nothing becomes a formula or a link. Raises `OSError` where the file cannot be written.
    """
    draft = canonical(draft)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    target = str(path_or_file) if isinstance(path_or_file, str | Path) else path_or_file
    book = xlsxwriter.Workbook(target, options)
    head = draft.document
    title = clean(" ".join(filter(None, [head.type, head.number])))
    day = head.issued_on if head.issued_on and head.issued_on.year >= 1980 else dt.date(1980, 1, 1)
    book.set_properties({"title": title[:250], "created": dt.datetime(day.year, day.month, day.day)})  # noqa: DTZ001
    looks = _looks(book)
    for name, header, rows in (
        ("Thông tin chung", words.HEAD, stated.head_rows(head)),
        ("Mục tiêu", words.OBJECTIVES, stated.objective_rows(draft)),
        ("Chỉ tiêu", words.TARGETS, stated.target_rows(draft)),
        ("Nhiệm vụ", words.TASKS, stated.task_rows(draft)),
        ("Chế độ báo cáo", words.DUTIES, stated.duty_rows(draft)),
        ("Biểu mẫu", words.FORMS, stated.form_rows(draft)),
    ):
        _sheet(book, name, header, rows, looks)
    book.close()


def _looks(book: xlsxwriter.Workbook) -> dict[str, Any]:
    base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True, "border": 1}
    return {
        "cell": book.add_format({**base, "num_format": "@"}),
        "head": book.add_format({**base, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#EEF1EE"}),
    }


def _sheet(
    book: xlsxwriter.Workbook, name: str, header: Sequence[str], rows: stated.Rows, looks: dict[str, Any]
) -> None:
    sheet = book.add_worksheet(name)
    widths = [_WIDTHS.get(title, 14) for title in header]
    for n, title in enumerate(header):
        used = any(row[n] for row in rows)
        sheet.set_column(n, n, widths[n], None, {} if used or not rows else {"hidden": True})
        sheet.write_string(0, n, title, looks["head"])
    sheet.set_row(0, row_height(header, widths))
    for line, row in enumerate(rows, 1):
        sheet.set_row(line, row_height(["\n".join(lines) for lines in row], widths))
        for n, lines in enumerate(row):
            text = clean("\n".join(lines))
            if text:
                sheet.write_string(line, n, text, looks["cell"])
            else:
                sheet.write_blank(line, n, None, looks["cell"])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(header) - 1)
