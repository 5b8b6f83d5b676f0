from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.vietnamese.periods import KINDS, Period, due_day, occurrences

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))
kinds = st.sampled_from(KINDS)


@pytest.mark.parametrize(
    ("written", "first", "last", "label", "label_en"),
    [
        ("2026-11", "2026-11-01", "2026-11-30", "Tháng 11/2026", "November 2026"),
        ("2028-02", "2028-02-01", "2028-02-29", "Tháng 2/2028", "February 2028"),
        ("2027-02", "2027-02-01", "2027-02-28", "Tháng 2/2027", "February 2027"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "Quý IV/2026", "Q4 2026"),
        ("2026-Q1", "2026-01-01", "2026-03-31", "Quý I/2026", "Q1 2026"),
        ("2026-H1", "2026-01-01", "2026-06-30", "6 tháng đầu năm 2026", "First half of 2026"),
        ("2026-H2", "2026-07-01", "2026-12-31", "6 tháng cuối năm 2026", "Second half of 2026"),
        ("2026", "2026-01-01", "2026-12-31", "Năm 2026", "2026"),
    ],
)
def test_a_period_knows_its_days_and_its_name(written: str, first: str, last: str, label: str, label_en: str) -> None:
    period = Period.parse(written)
    assert (str(period), period.start.isoformat(), period.end.isoformat()) == (written, first, last)
    assert (period.label, period.label_en) == (label, label_en)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-00", "2026-Q5", "2026-H3", "26-11", "11/2026", "2026-11-01", "٢٠٢٦"]
)
def test_what_is_no_period_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="kỳ"):
        Period.parse(text)


def test_a_period_that_does_not_exist_cannot_be_made() -> None:
    for kind, index in (("month", 13), ("quarter", 5), ("half", 0), ("year", 2), ("week", 1)):
        with pytest.raises(ValueError, match="Không có"):
            Period(kind, 2026, index)


@given(kinds, DAYS)
def test_every_day_lies_in_exactly_one_period_of_a_kind(kind: str, day: dt.date) -> None:
    period = Period.of(kind, day)
    assert period.contains(day)
    assert not period.next.contains(day) and not period.previous.contains(day)


@given(kinds, DAYS)
def test_periods_follow_each_other_without_gap_or_overlap(kind: str, day: dt.date) -> None:
    period = Period.of(kind, day)
    assert period.next.start - period.end == dt.timedelta(days=1)
    assert period.next.previous == period == period.previous.next
    assert period.previous < period < period.next


@given(kinds, DAYS)
def test_what_is_written_is_read_back(kind: str, day: dt.date) -> None:
    period = Period.of(kind, day)
    assert Period.parse(str(period)) == period == Period.parse(f" {str(period).lower()} ")


@given(kinds, DAYS, st.integers(0, 3000))
def test_occurrences_cover_the_days_between_once_each(kind: str, first: dt.date, length: int) -> None:
    last = first + dt.timedelta(days=length)
    found = list(occurrences(kind, first, last))
    assert found[0].contains(first) and found[-1].contains(last)
    assert [p.next for p in found[:-1]] == found[1:]


def test_recurring_work_does_not_stop_at_new_year() -> None:
    months = occurrences("month", dt.date(2026, 11, 30), dt.date(2027, 2, 1))
    assert [str(p) for p in months] == ["2026-11", "2026-12", "2027-01", "2027-02"]
    quarters = occurrences("quarter", dt.date(2026, 12, 31), dt.date(2027, 1, 1))
    assert [str(p) for p in quarters] == ["2026-Q4", "2027-Q1"]
    assert list(occurrences("half", dt.date(2027, 1, 1), dt.date(2026, 12, 31))) == []
    assert [str(p) for p in occurrences("year", dt.date(9999, 1, 1), dt.date.max)] == ["9999"]


@pytest.mark.parametrize(
    ("written", "before", "of", "due"),
    [
        ("2026-Q4", 20, "last month of the quarter", "2026-12-20"),
        ("2026-Q1", 20, "first month of the quarter", "2026-01-20"),
        ("2026-11", 20, "each month", "2026-11-20"),
        ("2026-12", 5, "next month", "2027-01-05"),
        ("2026-Q4", 10, "first month of the next quarter", "2027-01-10"),
        ("2026", 10, "December", "2026-12-10"),
        ("2026", 15, None, "2026-12-15"),
        ("2026-H1", 15, "", "2026-06-15"),
        ("2027-02", 30, "month", "2027-02-28"),
        ("2028-02", 30, "month", "2028-02-29"),
        ("2026-11", None, None, "2026-11-30"),
    ],
)
def test_a_report_is_due_on_the_day_its_rule_names(written: str, before: int | None, of: str | None, due: str) -> None:
    assert due_day(Period.parse(written), before, of).isoformat() == due


def test_before_the_20th_may_be_taken_literally() -> None:
    period = Period.parse("2026-Q4")
    assert due_day(period, 20, exclusive=True) == dt.date(2026, 12, 19)
    assert due_day(Period.parse("2027-01"), 1, exclusive=True) == dt.date(2026, 12, 31)
