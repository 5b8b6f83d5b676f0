"""Registers as Word, Excel and CSV."""

import csv
import datetime as dt
import io
import tracemalloc
from decimal import Decimal

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from sauro.writing import Column, csv_lines, write_table_docx, write_table_xlsx
from sauro.writing.registers import fit, plain, sheet_name

COLUMNS = [
    Column("TT", 5, "number"),
    Column("Nhiệm vụ", 50),
    Column("Hạn", 12, "date"),
    Column("Tỷ lệ", 8, "percent"),
]
ROWS = [
    [1, "Số hóa hồ sơ\n- đợt 1", dt.date(2026, 3, 5), Decimal("12.5")],
    [2, "=CMD|' /C calc'!A0", None, None],
    [3, 'Cấp phép | LPG\x0b "quý I", tiếp', dt.date(2026, 12, 31), Decimal(100)],
]


def test_a_value_is_written_as_vietnamese_writes_it():
    assert [plain(v) for v in (Decimal("83372.50"), dt.date(2026, 3, 5), True, None, ["a", "b"])] == [
        "83.372,5", "05/03/2026", "Có", "", "a\nb",
    ]  # fmt: skip
    assert plain(Decimal("8.5"), "percent") == "8,5%"


def test_excel_keeps_dates_numbers_and_hostile_words():
    out = io.BytesIO()
    write_table_xlsx("Nhiệm vụ: [quý I]", COLUMNS, ROWS, out, note="Lọc: quá hạn")
    sheet = openpyxl.load_workbook(out).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Nhiệm vụ: [quý I]" and rows[1][0] == "Lọc: quá hạn"
    assert rows[2] == ("TT", "Nhiệm vụ", "Hạn", "Tỷ lệ")
    assert rows[3] == (1, "Số hóa hồ sơ\n- đợt 1", dt.datetime(2026, 3, 5), 12.5)  # noqa: DTZ001
    assert rows[4] == (2, "=CMD|' /C calc'!A0", None, None)
    assert sheet["B5"].data_type == "s" and sheet.freeze_panes == "A4"


def test_word_repeats_the_header_and_keeps_rows_whole():
    out = io.BytesIO()
    write_table_docx("Danh sách nhiệm vụ", COLUMNS, ROWS, out, agency="Sở Công Thương", note="Tính đến 05/03/2026")
    document = docx.Document(out)
    table = document.tables[-1]
    rows = table._tbl.tr_lst
    assert rows[0].find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    assert all(r.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for r in rows)
    assert [c.text for c in table.rows[1].cells] == ["1", "Số hóa hồ sơ\n- đợt 1", "05/03/2026", "12,5%"]
    assert table.rows[3].cells[1].text == 'Cấp phép | LPG "quý I", tiếp'


def test_csv_has_a_byte_order_mark_and_disarms_formulas():
    data = b"".join(csv_lines(COLUMNS, ROWS))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[1] == ["1", "Số hóa hồ sơ\n- đợt 1", "05/03/2026", "12,5%"]
    assert rows[2][1].startswith("'=")


@pytest.mark.parametrize("write", ["xlsx", "csv"])
def test_a_long_register_streams_in_little_memory(write, tmp_path):
    def rows():
        for n in range(6_000):
            yield [n, f"Nhiệm vụ số {n} về chuyển đổi số " * 4, dt.date(2026, 1, 1), Decimal(n % 100)]

    tracemalloc.start()
    if write == "xlsx":
        write_table_xlsx("Nhiệm vụ", COLUMNS, rows(), tmp_path / "a.xlsx")
    else:
        for _ in csv_lines(COLUMNS, rows()):
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_file_written_twice_is_the_same_bytes():
    first, second = io.BytesIO(), io.BytesIO()
    for out in (first, second):
        write_table_docx("Danh sách", COLUMNS, ROWS, out, agency="Sở", day=dt.date(2026, 1, 2))
    assert first.getvalue() == second.getvalue()


def test_widths_fill_the_page_and_leave_room_for_a_date():
    widths = fit([Column("TT", 4), Column("Tên", 300), Column("Hạn", 3, "date")], 165)
    assert sum(widths) == pytest.approx(165) and widths[2] > 20


def test_a_sheet_takes_a_name_that_excel_accepts():
    assert sheet_name("[a]:b/c" + "x" * 50) == ("a  b c" + "x" * 50)[:30] or len(sheet_name("[a]:b/c" + "x" * 50)) <= 31
    assert sheet_name("'") == "Bảng"
