"""Tables as Word and PDF give them: merged cells, two-row headers, crosses under quarters."""

import datetime as dt

from sauro.reading import interpret
from sauro.reading.draft import Draft
from sauro.reading.manuscript import Block, Cell, Manuscript
from sauro.reading.units import Register


def draft(*rows: list[Cell | str]) -> Draft:
    blocks = [Block("paragraph", "KẾ HOẠCH"), Block("paragraph", "Công tác năm 2026")]
    for row in rows:
        cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
        blocks.append(Block("row", "\t".join(c.text for c in cells), cells=cells, table=0))
    return interpret(Manuscript(blocks, "docx"))


HEADER: list[Cell | str] = ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Sản phẩm"]


def test_a_unit_merged_over_three_tasks_leads_them_all() -> None:
    found = draft(
        HEADER,
        ["1", "Rà soát quy trình", Cell("Văn phòng", rowspan=3), "Quý I", "Báo cáo"],
        ["2", "Ban hành quy trình", Cell("", covered=True), "Quý II", "Quyết định"],
        ["3", "Phổ biến quy trình", Cell("", covered=True), "Quý III", "Hội nghị"],
    )
    assert [t.lead_units for t in found.tasks] == [["Văn phòng"]] * 3


def test_products_in_rows_of_their_own_beside_one_merged_task() -> None:
    found = draft(
        HEADER,
        [Cell("1", rowspan=2), Cell("Rà soát quy trình", rowspan=2), Cell("Văn phòng", rowspan=2), "Quý I", "Báo cáo"],
        [Cell("", covered=True), Cell("", covered=True), Cell("", covered=True), "", "Quyết định"],
        ["2", "Phổ biến quy trình", "Thanh tra", "Quý III", "Hội nghị"],
    )
    assert [t.ref for t in found.tasks] == ["1", "2"]
    assert found.tasks[0].lead_units == ["Văn phòng"]
    assert " ".join(found.tasks[0].products) == "Báo cáo Quyết định"


def test_a_header_in_two_rows() -> None:
    found = draft(
        ["TT", "Nhiệm vụ", Cell("Đơn vị thực hiện", colspan=2), Cell("Thời gian", colspan=2), "Sản phẩm"],
        ["", "", "Chủ trì", "Phối hợp", "Bắt đầu", "Kết thúc", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["1", "Rà soát quy trình", "Văn phòng", "Thanh tra", "01/2026", "6/2026", "Báo cáo"],
    )
    (task,) = found.tasks
    assert (task.lead_units, task.coordinating_units) == (["Văn phòng"], ["Thanh tra"])
    assert (task.schedule.start, task.schedule.due) == (dt.date(2026, 1, 1), dt.date(2026, 6, 30))


def test_crosses_under_quarters_are_the_time() -> None:
    found = draft(
        ["TT", "Nhiệm vụ", "Chủ trì", Cell("Thời gian thực hiện", colspan=4), "Sản phẩm"],
        ["", "", "", "Quý I", "Quý II", "Quý III", "Quý IV", ""],
        ["1", "Rà soát quy trình", "Văn phòng", "", "x", "x", "", "Báo cáo"],
    )
    assert found.tasks[0].schedule.due == dt.date(2026, 9, 30)


def test_a_group_over_all_columns() -> None:
    found = draft(
        HEADER,
        [Cell("I. Công tác văn phòng", colspan=5)],
        ["1", "Rà soát quy trình", "Văn phòng", "Quý I", "Báo cáo"],
        [Cell("II. Công tác thanh tra", colspan=5)],
        ["1", "Thanh tra chuyên ngành", "Thanh tra", "Quý II", "Kết luận"],
    )
    assert [(t.ref, t.group) for t in found.tasks] == [
        ("I.1", "I. Công tác văn phòng"),
        ("II.1", "II. Công tác thanh tra"),
    ]


def test_dated_steps_inside_a_cell_are_milestones() -> None:
    found = draft(
        HEADER,
        ["1", "Xây dựng đề án", "Văn phòng", "- Quý I: hoàn thành dự thảo\n- Quý III: trình ban hành", "Đề án"],
    )
    (task,) = found.tasks
    assert [m.due for m in task.milestones] == [dt.date(2026, 3, 31), dt.date(2026, 9, 30)]
    assert task.schedule.due == dt.date(2026, 9, 30)


def test_a_row_without_a_name_is_a_doubt_and_not_dropped() -> None:
    found = draft(
        HEADER,
        ["1", "Rà soát quy trình", "Văn phòng", "Quý I", "Báo cáo"],
        ["2", "", "Thanh tra", "Quý II", "Kết luận"],
    )
    assert any("không có tên nhiệm vụ" in d.why for d in found.doubts)


def test_an_abbreviated_head_of_an_unknown_unit_stays_in_its_own_row() -> None:
    register = Register.from_json({"units": [{"name": "Phòng Quản lý Công nghiệp và Cụm công nghiệp", "kind": "unit"}]})
    rows = [
        HEADER,
        ["1", "Rà soát quy trình", "Phòng Quản lý Công nghiệp và Cụm công nghiệp", "Quý I", "Báo cáo"],
        ["2", "Ban hành quy trình", "P. KHTCTH", "Quý II", "Quyết định"],
    ]
    blocks = [Block("row", "\t".join(row), cells=[Cell(c) for c in row], table=0) for row in rows]
    found = interpret(Manuscript([Block("paragraph", "KẾ HOẠCH"), *blocks], "docx"), register)
    assert [t.lead_units for t in found.tasks] == [["Phòng Quản lý Công nghiệp và Cụm công nghiệp"], ["P. KHTCTH"]]
    assert [d.field for d in found.doubts if "Công nghiệp" in d.text] == []
