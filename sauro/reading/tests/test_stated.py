"""Tables that state a plan's fields outright: read in any order of columns, edited by people, never guessed."""

import datetime as dt
from decimal import Decimal

import openpyxl
import pytest

from sauro.reading import read
from sauro.reading.draft import Schedule
from sauro.reading.stated.cells import date, integer, number
from sauro.reading.units import Register

UNITS = Register.from_json(
    {"units": [{"name": "Văn phòng Sở", "kind": "unit", "abbreviations": ["VP Sở"]}, {"name": "Thanh tra Sở"}]}
)


def workbook(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def tasks(path, *rows, header=("TT", "Loại thời hạn", "Nội dung nhiệm vụ", "Thời gian thực hiện", "Đơn vị chủ trì")):
    return read(workbook(path / "a.xlsx", tasks=[header, *rows]), UNITS).draft


def test_columns_may_stand_in_any_order_and_aliases_are_resolved(tmp_path):
    draft = tasks(tmp_path, ("1", None, "Số hóa hồ sơ", "31/3/2026", "VP Sở"))
    task = draft.tasks[0]
    assert (task.ref, task.title, task.lead_units) == ("1", "Số hóa hồ sơ", ["Văn phòng Sở"])
    assert task.schedule == Schedule("deadline", due=dt.date(2026, 3, 31))
    assert draft.doubts == []


def test_a_body_that_the_register_does_not_know_stays_as_written_and_is_doubted(tmp_path):
    draft = tasks(tmp_path, ("1", None, "Số hóa hồ sơ", "31/3/2026", "- VP Sở\n- Phòng Lạ, Hoắc"))
    assert draft.tasks[0].lead_units == ["Văn phòng Sở", "Phòng Lạ, Hoắc"]
    assert [(d.field, d.text) for d in draft.doubts] == [("tasks[0].lead_units", "Phòng Lạ, Hoắc")]


def test_words_that_a_person_changes_rule_the_schedule(tmp_path):
    changed = tasks(tmp_path, ("1", None, "Số hóa hồ sơ", "Thường xuyên", "VP Sở"))
    assert changed.tasks[0].schedule == Schedule("continuous")


def test_a_day_that_is_not_on_the_calendar_is_a_doubt(tmp_path):
    draft = tasks(tmp_path, ("1", None, "Số hóa hồ sơ", "Trước 31/6/2027", "VP Sở"))
    assert draft.tasks[0].schedule == Schedule("unknown")
    assert draft.doubts[0].field == "tasks[0].schedule"


def test_a_target_of_no_objective_is_a_doubt_not_a_guess(tmp_path):
    draft = read(
        workbook(
            tmp_path / "a.xlsx",
            goals=[("Thứ tự mục tiêu", "Mục tiêu"), ("1", "Chính quyền số")],
            targets=[
                ("Thuộc mục tiêu", "Chỉ tiêu", "So sánh", "Mức từ", "Đơn vị tính"),
                ("1", "Hồ sơ trực tuyến", "tối thiểu", "85,5", "%"),
                ("7", "Hồ sơ lạc", "tối thiểu", "10", "%"),
            ],
        )
    ).draft
    (target,) = draft.objectives[0].targets
    assert (target.comparator, target.low, target.high) == (">=", Decimal("85.5"), None)
    assert "Hồ sơ lạc" in draft.doubts[0].text


def test_a_header_alone_says_that_there_is_none(tmp_path):
    draft = read(
        workbook(
            tmp_path / "a.xlsx",
            head=[("Thông tin văn bản", "Nội dung"), ("Số, ký hiệu", "5/KH-SCT"), ("Trích yếu", None)],
            duties=[("Đơn vị báo cáo", "Thời hạn báo cáo", "Nội dung báo cáo")],
        )
    ).draft
    assert draft.document.number == "5/KH-SCT" and draft.document.title is None
    assert draft.reporting_duties == []


@pytest.mark.parametrize(
    ("words", "value"),
    [("83.372,5", "83372.5"), ("8,5", "8.5"), ("8.5", "8.5"), ("-1.000", "-1000"), ("nan", None), ("12 - 14", None)],
)
def test_a_number_is_read_as_vietnamese_writes_it(words, value):
    assert number(words) == (None if value is None else Decimal(value))


def test_days_and_counts_are_strict():
    assert date("31/12/2026") == dt.date(2026, 12, 31) and date("31/6/2026") is None and date("quý I") is None
    assert integer("20") == 20 and integer("20,5") is None
