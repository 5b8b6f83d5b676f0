from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.vietnamese.calendar import WorkingCalendar, add_months, propose_holidays

D = dt.date
DAYS = st.dates(D(2024, 1, 1), D(2028, 12, 31))


def _calendar() -> WorkingCalendar:
    rows = [row for year in range(2024, 2030) for row in propose_holidays(year)]
    return WorkingCalendar(
        days_off={r.day for r in rows if r.kind == "off"}, make_up_days={r.day for r in rows if r.kind == "make_up"}
    )


CALENDAR = _calendar()
PLAIN = WorkingCalendar()
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (D(2024, 2, 9), False),  # Giao thừa
        (D(2024, 2, 14), False),
        (D(2024, 2, 15), True),
        (D(2025, 1, 27), False),
        (D(2025, 1, 31), False),
        (D(2025, 2, 3), True),
        (D(2025, 4, 26), True),  # Saturday worked for Friday 2 May
        (D(2025, 5, 2), False),
        (D(2026, 1, 2), False),  # Friday swapped with Saturday 10 January
        (D(2026, 1, 10), True),
        (D(2026, 2, 16), False),
        (D(2026, 2, 20), False),
        (D(2026, 2, 23), True),
        (D(2026, 4, 27), False),  # Giỗ Tổ fell on a Sunday
        (D(2026, 8, 22), True),
        (D(2026, 8, 31), False),
        (D(2027, 2, 6), False),  # mùng 1
        (D(2027, 2, 8), False),
        (D(2028, 1, 26), False),  # mùng 1
        (D(2028, 2, 29), True),
        (D(2026, 12, 31), True),
        (D(2027, 1, 1), False),
    ],
)
def test_holidays_and_swapped_days_from_2024_to_2028(day: dt.date, working: bool) -> None:
    assert CALENDAR.is_working(day) is working


@pytest.mark.parametrize("year", range(2014, 2031))
def test_make_up_days_belong_to_the_year_asked_for_and_lie_on_a_weekend(year: int) -> None:
    make_up = [row.day for row in propose_holidays(year) if row.kind == "make_up"]
    assert all(day.year == year and day.weekday() >= 5 for day in make_up)


@pytest.mark.parametrize("year", range(2024, 2031))
def test_every_year_proposes_new_year_tet_and_national_day_as_unconfirmed(year: int) -> None:
    rows = propose_holidays(year)
    days = [row.day for row in rows]
    assert {D(year, 1, 1), D(year, 4, 30), D(year, 5, 1), D(year, 9, 2)} <= set(days)
    assert days == sorted(set(days)) and all(day.year == year for day in days)
    assert not any(row.confirmed for row in rows)
    assert sum("Tết Nguyên Đán" in row.name for row in rows) >= 5


def test_a_due_day_on_a_day_off_moves_to_the_next_working_day() -> None:
    assert CALENDAR.next_working_day(D(2026, 12, 20)) == D(2026, 12, 21)
    assert CALENDAR.next_working_day(D(2026, 2, 14)) == D(2026, 2, 23)
    assert CALENDAR.next_working_day(D(2026, 1, 10)) == D(2026, 1, 10)
    assert CALENDAR.next_working_day(D(2027, 1, 1)) == D(2027, 1, 4)
    assert CALENDAR.previous_working_day(D(2026, 2, 22)) == D(2026, 2, 13)


@given(DAYS)
def test_the_next_working_day_is_working_and_none_lies_between(day: dt.date) -> None:
    moved = CALENDAR.next_working_day(day)
    assert moved >= day and CALENDAR.is_working(moved)
    assert not any(CALENDAR.is_working(day + dt.timedelta(days=i)) for i in range((moved - day).days))


@given(DAYS, st.integers(1, 200))
def test_adding_working_days_is_counting_them(day: dt.date, count: int) -> None:
    later = CALENDAR.add_working_days(day, count)
    assert CALENDAR.is_working(later)
    assert CALENDAR.working_days_between(day, later) == count
    assert CALENDAR.working_days_between(later, day) == -count


@given(DAYS, st.integers(1, 100), st.integers(1, 100))
def test_working_days_can_be_added_in_two_steps(day: dt.date, one: int, two: int) -> None:
    stepped = CALENDAR.add_working_days(CALENDAR.add_working_days(day, one), two)
    assert stepped == CALENDAR.add_working_days(day, one + two)


@given(DAYS, st.integers(1, 100))
def test_going_forth_and_back_by_working_days_returns(day: dt.date, count: int) -> None:
    start = CALENDAR.next_working_day(day)
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(start, count), -count) == start


@pytest.mark.parametrize(
    ("begins", "count", "unit", "ends"),
    [
        (D(2026, 11, 23), 1, "day", D(2026, 11, 25)),  # the 24th is a holiday from 2026
        (D(2026, 11, 2), 5, "working_day", D(2026, 11, 9)),
        (D(2026, 12, 31), 1, "day", D(2027, 1, 4)),  # New Year's Day, then a weekend
        (D(2026, 12, 31), 1, "working_day", D(2027, 1, 4)),
        (D(2026, 2, 13), 3, "working_day", D(2026, 2, 25)),  # across Tết
        (D(2026, 1, 31), 1, "month", D(2026, 3, 2)),  # 28 February is a Saturday
        (D(2028, 1, 31), 1, "month", D(2028, 2, 29)),
        (D(2028, 2, 29), 1, "year", D(2029, 2, 28)),
        (D(2026, 8, 31), 6, "month", D(2027, 3, 1)),
        (D(2026, 11, 20), 0, "day", D(2026, 11, 20)),
        (D(2026, 11, 20), 16, "hour", D(2026, 11, 23)),
    ],
)
def test_terms_end_as_the_civil_code_says(begins: dt.date, count: int, unit: str, ends: dt.date) -> None:
    assert CALENDAR.term_end(begins, count, unit) == ends


@given(DAYS, st.integers(0, 400))
def test_a_term_never_ends_early_nor_on_a_day_off(begins: dt.date, count: int) -> None:
    end = CALENDAR.term_end(begins, count, "day")
    assert end >= begins + dt.timedelta(days=count) and CALENDAR.is_working(end)


@given(DAYS, st.integers(-60, 60))
def test_adding_months_lands_in_the_right_month(day: dt.date, count: int) -> None:
    later = add_months(day, count)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count
    assert later.day == day.day or (later.day < day.day and (later + dt.timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("begin", "count", "end"),
    [
        ("2026-11-20 08:00", 4, "2026-11-20 12:00"),
        ("2026-11-20 08:00", 5, "2026-11-20 14:00"),
        ("2026-11-20 16:30", 1, "2026-11-23 08:30"),  # Friday to Monday
        ("2026-11-20 19:00", 0, "2026-11-23 08:00"),
        ("2026-11-20 12:30", Decimal("0.5"), "2026-11-20 13:30"),
        ("2026-11-23 16:00", 8, "2026-11-25 16:00"),  # over the holiday on the 24th
        ("2026-12-31 16:00", 2, "2027-01-04 09:00"),
        ("2026-11-21 10:00", 40, "2026-11-30 17:00"),
    ],
)
def test_working_hours_stand_still_outside_opening_times(begin: str, count: Decimal | int, end: str) -> None:
    found = CALENDAR.add_working_hours(at(begin), count)
    assert found == at(end) and found.tzinfo is ZONE


@given(DAYS, st.integers(0, 1439), st.integers(0, 60), st.integers(0, 60))
def test_working_hours_can_be_added_in_two_steps(day: dt.date, minute: int, one: int, two: int) -> None:
    start = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minute)
    stepped = CALENDAR.add_working_hours(CALENDAR.add_working_hours(start, one), two)
    assert CALENDAR.add_working_hours(stepped, 0) == CALENDAR.add_working_hours(
        CALENDAR.add_working_hours(start, one + two), 0
    )


def test_a_half_day_and_the_agencys_own_hours_count_for_what_they_are() -> None:
    morning = ((dt.time(7, 30), dt.time(11, 30)),)
    own = WorkingCalendar(hours=((dt.time(7, 30), dt.time(11, 30)), (dt.time(13, 30), dt.time(17))))
    assert own.add_working_hours(at("2026-11-20 07:30"), 8) == at("2026-11-23 08:00")
    own.half_days = {D(2026, 11, 20): morning}
    assert own.add_working_hours(at("2026-11-20 07:30"), 8) == at("2026-11-23 11:30")
    assert own.hours_of(D(2026, 11, 20)) == morning and own.hours_of(D(2026, 11, 21)) == ()


def test_a_calendar_without_working_days_says_so_instead_of_searching_for_ever() -> None:
    never = WorkingCalendar(weekend=tuple(range(7)))
    with pytest.raises(ValueError, match="không có ngày làm việc"):
        never.next_working_day(D(2026, 1, 1))
    with pytest.raises(ValueError, match="không có giờ làm việc"):
        WorkingCalendar(hours=()).add_working_hours(at("2026-01-01 00:00"), 1)
    with pytest.raises(ValueError, match="không được âm"):
        PLAIN.term_end(D(2026, 1, 1), -1, "day")
    with pytest.raises(ValueError, match="không được âm"):
        PLAIN.add_working_hours(at("2026-01-01 00:00"), -1)
