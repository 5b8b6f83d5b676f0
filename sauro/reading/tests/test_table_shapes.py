"""Tables in the shapes that offices draw: how their rows become tasks."""

from __future__ import annotations

from sauro.reading import Register
from sauro.reading.draft import DraftTask
from sauro.reading.schedules import read_schedule
from sauro.reading.tests.measure import read_text


def tasks(table: str) -> list[DraftTask]:
    text = f"KẾ HOẠCH\nCông tác năm 2026\n\nI. MỤC ĐÍCH\n- Nâng cao.\nII. NỘI DUNG\n\n{table}\n"
    return read_text(text, Register([])).tasks


def test_letters_over_roman_numerals_keep_numbers_apart() -> None:
    found = tasks(
        "STT\tNội dung công việc\tĐơn vị thực hiện\tThời gian\n"
        "A\tNHIỆM VỤ CHUNG\t\t\nI\tCải cách thể chế\t\t\n1\tViệc một\tPhòng A\tQuý I\n"
        "II\tCải cách bộ máy\t\t\n1\tViệc hai\tPhòng A\tQuý I\n"
        "B\tNHIỆM VỤ RIÊNG\t\t\nI\tĐào tạo\t\t\n1\tViệc ba\tPhòng C\tQuý I"
    )
    assert [t.ref for t in found] == ["A.I.1", "A.II.1", "B.I.1"]
    assert found[2].group == "I Đào tạo"


def test_a_number_after_dashes_is_no_part_of_the_number_before() -> None:
    found = tasks(
        "TT\tNội dung\tChủ trì\tThời gian hoàn thành\n1\tCông tác chỉ đạo\t\t\n"
        "\t- Ban hành kế hoạch\tVăn phòng\tTháng 1\n\t- Kiểm tra\tThanh tra\tTháng 6\n2\tTuyên truyền\tPhòng A\tQuý I"
    )
    assert [(t.ref, t.group) for t in found] == [
        ("1.1", "1 Công tác chỉ đạo"),
        ("1.2", "1 Công tác chỉ đạo"),
        ("2", None),
    ]


def test_columns_named_by_bodies_with_marks_in_them() -> None:
    first, second = tasks(
        "TT\tNội dung\tPhòng A\tPhòng B\tVăn phòng\tThời gian\n"
        "1\tViệc một\tCT\tPH\t\tQuý I\n2\tViệc hai\tPH\tCT\tPH\tQuý II"
    )
    assert (first.lead_units, first.coordinating_units) == (["Phòng A"], ["Phòng B"])
    assert (second.lead_units, second.coordinating_units) == (["Phòng B"], ["Phòng A", "Văn phòng"])


def test_the_name_of_a_task_rules_over_its_contents() -> None:
    (found,) = tasks(
        "TT\tTên nhiệm vụ\tNội dung thực hiện\tPhân công thực hiện\tThời gian\tDự toán\n"
        "1\tMua sắm máy tính\tLập hồ sơ, đấu thầu\tVăn phòng\tQuý II\t500"
    )
    assert (found.title, found.lead_units, found.note) == ("Mua sắm máy tính", ["Văn phòng"], "Lập hồ sơ, đấu thầu")


def test_lists_of_people_prices_and_procedures_are_no_work() -> None:
    assert not tasks("TT\tHọ và tên\tĐơn vị\tNhiệm vụ\n1\tNguyễn Văn A\tSở A\tTổ trưởng\n2\tTrần B\tSở B\tThành viên")
    assert not tasks("TT\tNội dung chi\tSố lượng\tĐơn giá\tThành tiền\tKết quả\n1\tIn tài liệu\t2\t5\t10\tĐủ")
    assert not tasks("TT\tTên thủ tục\tThời hạn giải quyết\tCơ quan thực hiện\n1\tCấp phép\t05 ngày\tSở A")


def test_ditto_marks_repeat_the_row_above() -> None:
    found = tasks("TT\tNhiệm vụ\tChủ trì\tThời gian\n1\tViệc một\tSở A, Sở B\tQuý I\n2\tViệc hai\t-nt-\t-nt-")
    assert found[1].lead_units == ["Sở A", "Sở B"]
    assert found[1].schedule == found[0].schedule


def test_a_habit_of_the_whole_year_has_no_day() -> None:
    assert read_schedule("Thường xuyên trong năm 2026", 2026).schedule.kind == "continuous"
    assert str(read_schedule("Q1/2026", 2026).schedule.due) == "2026-03-31"


def test_a_row_of_short_words_after_a_page_number_is_no_header() -> None:
    found = tasks(
        "NHIỆM VỤ CẦN THỰC HIỆN\tTRÁCH NHIỆM THỰC HIỆN\tTHỜI HẠN HOÀN THÀNH\tPHƯƠNG PHÁP ĐO LƯỜNG\tHỒ SƠ CẦN LƯU\n"
        "Xây dựng kế hoạch\tPhòng A\tQuý I\tKế hoạch\tDanh mục VB\n\n14\n\n"
        "Xây dựng, ban hành văn bản\tLãnh đạo Sở\tHàng tháng\tTổng số VB ban hành; số VB chưa ban hành\tDanh mục VB"
    )
    assert [(t.title, t.schedule.kind) for t in found] == [
        ("Xây dựng kế hoạch", "deadline"),
        ("Xây dựng, ban hành văn bản", "recurring"),
    ]
