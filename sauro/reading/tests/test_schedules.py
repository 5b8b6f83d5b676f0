"""Times of tasks: every form of rules-vietnam §7."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.reading.schedules import find_times, period_of, read_schedule

DEADLINES = [
    ("Quý I/2026", "2026-03-31"),
    ("Quý 1 năm 2026", "2026-03-31"),
    ("Quý I", "2026-03-31"),
    ("Quý IV", "2026-12-31"),
    ("6/2025", "2025-06-30"),
    ("Tháng 6 năm 2026", "2026-06-30"),
    ("Tháng 6/2026", "2026-06-30"),
    ("năm 2025", "2025-12-31"),
    ("2025 - 2026", "2026-12-31"),
    ("Trước 15/8/2020", "2020-08-15"),
    ("giai đoạn 2026 - 2030", "2030-12-31"),
    ("Quý II, III/2026", "2026-09-30"),
    ("Tháng 01-12/2026", "2026-12-31"),
    ("Từ tháng 3 đến tháng 9 năm 2026", "2026-09-30"),
    ("6 tháng đầu năm 2026", "2026-06-30"),
    ("Trước tháng 6/2026", "2026-05-31"),
    ("Trong năm 2026", "2026-12-31"),
    ("Trước ngày 30/11", "2026-11-30"),
    ("Ngày 30 tháng 6 năm 2026", "2026-06-30"),
    ("Đến 31.12.2026", "2026-12-31"),
    ("Hoàn thành trước ngày 15/12/2026", "2026-12-15"),
    ("Cuối năm", "2026-12-31"),
    ("03/04/2026", "2026-04-03"),
    ("tháng 2/2028", "2028-02-29"),
]


@pytest.mark.parametrize(("words", "due"), DEADLINES)
def test_a_time_ends_on_its_last_day(words: str, due: str) -> None:
    read = read_schedule(words, 2026)
    assert (read.schedule.kind, read.schedule.due, read.why) == ("deadline", dt.date.fromisoformat(due), "")


@pytest.mark.parametrize(
    ("words", "kind", "period"),
    [
        ("Thường xuyên", "continuous", None),
        ("Nhiệm vụ thường xuyên", "continuous", None),
        ("Cả năm", "continuous", None),
        ("2025 và những năm tiếp theo", "continuous", None),
        ("Thực hiện Kế hoạch từ đầu năm", "continuous", None),
        ("Theo chương trình, kế hoạch của Chính phủ và Bộ", "continuous", None),
        ("Hàng tháng", "recurring", "month"),
        ("Hằng quý", "recurring", "quarter"),
        ("Định kỳ 6 tháng", "recurring", "half"),
        ("hàng năm", "recurring", "year"),
        ("trước ngày 20 hằng tháng", "recurring", "month"),
        ("trước ngày 20 của tháng cuối quý", "recurring", "quarter"),
        ("01 lần/quý", "recurring", "quarter"),
        ("Khi có thay đổi về TTHC", "event", None),
        ("Ngay sau khi phổ biến", "event", None),
        ("Trong vòng 05 ngày kể từ ngày nhận", "event", None),
        ("Theo yêu cầu", "event", None),
        ("", "unknown", None),
    ],
)
def test_a_time_without_a_day_has_its_kind(words: str, kind: str, period: str | None) -> None:
    schedule = read_schedule(words, 2026).schedule
    assert (schedule.kind, schedule.period, schedule.due) == (kind, period, None)


@pytest.mark.parametrize("words", ["31/6/2026", "Tháng 13/2026", "30/02/2026", "ngày 29 tháng 2 năm 2027"])
def test_a_day_that_does_not_exist_is_a_doubt(words: str) -> None:
    read = read_schedule(words, 2026)
    assert read.schedule.kind == "unknown"
    assert "không tồn tại" in read.why


def test_a_quarter_without_any_year_is_a_doubt() -> None:
    assert "thiếu năm" in read_schedule("Quý II", None).why


def test_what_is_not_understood_is_a_doubt() -> None:
    assert "Chưa hiểu" in read_schedule("lúc thuận tiện", 2026).why


def test_a_range_has_its_first_day() -> None:
    schedule = read_schedule("Từ 01/3/2026 đến 30/9/2026", 2026).schedule
    assert (schedule.start, schedule.due) == (dt.date(2026, 3, 1), dt.date(2026, 9, 30))


def test_times_keep_their_place() -> None:
    words = "Tháng 3/2026: dự thảo; tháng 6/2026: ban hành"
    assert [words[s.start : s.end] for s in find_times(words, 2026)] == ["Tháng 3/2026", "tháng 6/2026"]


@given(st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_any_day_is_read_day_first(day: dt.date) -> None:
    for words in (
        f"{day.day}/{day.month}/{day.year}",
        f"Trước ngày {day:%d/%m/%Y}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
    ):
        assert read_schedule(words, 2026).schedule.due == day


@given(st.text(alphabet="QuýquýThángtháng IVX0123456789/-.,năm trước", max_size=40), st.sampled_from([None, 2026]))
def test_never_fails_and_never_invents_a_date_without_digits(words: str, year: int | None) -> None:
    schedule = read_schedule(words, year).schedule
    if year is None and not any(c.isdigit() for c in words):
        assert schedule.due is None


def test_the_period_of_a_phrase() -> None:
    assert (period_of("Quý"), period_of("định kỳ hằng năm"), period_of("quy định")) == ("quarter", "year", None)
