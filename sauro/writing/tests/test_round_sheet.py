"""The Excel sheet of a round: what is written is read back; what is wrong is marked in its cell."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.reading.errors import ReadingError
from sauro.writing.round_sheet import SheetRow, mark, mark_faults, read_round_sheet, write_round_sheet

MARK = mark(3, 128, 4, "9f86d08188")


def book(tmp: Path, *rows: SheetRow) -> Path:
    """A sheet with these rows."""
    path = tmp / "bang.xlsx"
    with path.open("wb") as out:
        write_round_sheet(out, title="Báo cáo tháng 11/2026", lines=["118/KH-SCT", "Phòng"], rows=rows,
                          help_title="Cách ghi", help=["1. Chỉ ghi ô trắng."])  # fmt: skip
    return path


def row(progress: int | None = 40, done: str = "Đã làm", *, locked: bool = False) -> SheetRow:
    """One row."""
    return SheetRow(MARK, "1.2", "Hỗ trợ 40 doanh nghiệp", 28, progress, (done, "", "Thêm vốn"), "Đang soạn", locked)


@given(
    progress=st.integers(0, 100),
    texts=st.tuples(
        *[st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=300)] * 3
    ),
)
def test_whatever_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, progress: int, texts: tuple[str, str, str]
) -> None:
    texts = tuple(text.replace("x005F_", "") for text in texts)  # type: ignore[assignment]
    path = book(tmp_path_factory.mktemp("bang"), SheetRow(MARK, "1", "Việc", None, progress, texts, ""))
    (found,) = read_round_sheet(path)
    assert found.mark == (3, 128, 4, "9f86d08188")
    assert found.raw["progress"] == str(progress)
    from sauro.writing.text import clean

    assert (found.raw["done_text"], found.raw["difficulties"], found.raw["proposals"]) == tuple(map(clean, texts))


def test_only_the_cells_to_be_filled_in_are_open_and_progress_is_checked_by_excel_itself(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(book(tmp_path, row(), row(locked=True), row(None)))["Báo cáo"]
    assert sheet.protection.sheet
    lines = {cell.row for cell in sheet["A"] if cell.value == MARK}
    first, second, third = sorted(lines)
    assert [sheet.cell(first, n).protection.locked for n in range(1, 10)] == [True] * 4 + [False] * 4 + [True]
    assert all(sheet.cell(second, n).protection.locked for n in range(1, 10))
    assert sheet.cell(third, 5).protection.locked, "a plan as a whole has no progress"
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, rule.formula1, rule.formula2) == ("whole", "0", "100")
    assert openpyxl.load_workbook(tmp_path / "bang.xlsx").sheetnames == ["Báo cáo", "Hướng dẫn"]


def test_words_never_become_formulas(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(book(tmp_path, row(done="=1+1")))["Báo cáo"]
    assert [c.data_type for line in sheet.iter_rows() for c in line if c.value == "=1+1"] == ["s"]


def test_rows_may_be_sorted_taken_out_and_typed_in_other_ways(tmp_path: Path) -> None:
    path = book(tmp_path, row(), row(done="Việc hai"))
    opened = openpyxl.load_workbook(path)
    sheet = opened["Báo cáo"]
    top = next(c.row for c in sheet["A"] if c.value == MARK)
    sheet.delete_rows(top)
    sheet.cell(top, 5).value, sheet.cell(top, 5).number_format = 0.4, "0%"
    sheet.cell(top, 7).value = 12
    opened.save(path)
    (found,) = read_round_sheet(path)
    assert found.raw == {"progress": "40%", "done_text": "Việc hai", "difficulties": "12", "proposals": "Thêm vốn"}
    assert found.at["progress"] == f"E{top}"


def test_a_mark_that_was_changed_is_read_as_none(tmp_path: Path) -> None:
    path = book(tmp_path, row())
    opened = openpyxl.load_workbook(path)
    sheet = opened["Báo cáo"]
    cell = next(c for c in sheet["A"] if c.value == MARK)
    cell.value = "K3-V128"
    opened.save(path)
    assert read_round_sheet(path)[0].mark is None


def test_another_workbook_has_no_rows_and_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    other = openpyxl.Workbook()
    other.active.append(["TT", "Nội dung"])
    other.save(tmp_path / "khac.xlsx")
    assert read_round_sheet(tmp_path / "khac.xlsx") == []
    (tmp_path / "rac.xlsx").write_bytes(b"PK rac")
    with pytest.raises(ReadingError):
        read_round_sheet(tmp_path / "rac.xlsx")
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as package:
        package.writestr("a.txt", "x")
    with pytest.raises(ReadingError):
        read_round_sheet(tmp_path / "zip.xlsx")


def test_wrong_cells_are_coloured_and_commented_and_the_rest_is_left(tmp_path: Path) -> None:
    path = book(tmp_path, row())
    (found,) = read_round_sheet(path)
    out = io.BytesIO()
    mark_faults(path, {found.at["progress"]: "Ghi tiến độ bằng số nguyên từ 0 đến 100."}, out)
    sheet = openpyxl.load_workbook(io.BytesIO(out.getvalue()))["Báo cáo"]
    cell = sheet[found.at["progress"]]
    assert cell.comment.text == "Ghi tiến độ bằng số nguyên từ 0 đến 100." and cell.fill.fgColor.rgb == "00F8D7D3"
    assert sheet[found.at["done_text"]].comment is None and sheet[found.at["done_text"]].value == "Đã làm"
    (tmp_path / "lai.xlsx").write_bytes(out.getvalue())
    assert read_round_sheet(tmp_path / "lai.xlsx")[0].raw == found.raw, "it can be filled in and uploaded again"
