"""How targets stand: a table of every kind in every situation, and what holds for any figures."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.monitoring.targets import (
    Facts,
    Figure,
    Goal,
    Kind,
    Standing,
    expected_on,
    facts_of,
    missed_periods,
    series,
    standing,
)
from sauro.vietnamese.periods import Period

pytestmark = pytest.mark.pure
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
TODAY = dt.date(2026, 11, 23)
OCTOBER, DECEMBER = dt.date(2026, 10, 31), LAST
NEW_YEAR = dt.date(2027, 1, 10)
RANK = [Standing.OFF_TRACK, Standing.AT_RISK, Standing.ON_TRACK, Standing.ACHIEVED]


def goal(kind: str, low: object = None, high: object = None, start: object = None, **more: object) -> Goal:
    """A goal of the year 2026; numbers as they come."""
    levels = [None if n is None else Decimal(str(n)) for n in (low, high, start)]
    return Goal(Kind(kind), levels[0], levels[1], FIRST, LAST, levels[2], **more)  # type: ignore[arg-type]


# 304 of 365 days are gone by 31 October: an even pace from 0 to 300 is then at 249.9, from 100 down to 40 at 50.0.
RISE, FALL = goal("rise", 300, start=0), goal("fall", high=40, start=100)
BAND = goal("band", 15, 17)
AT_LEAST, AT_MOST = goal("at_least", 99), goal("at_most", high=5)
SHARE, SHARE_FROM = goal("share", 85), goal("share", 85, start=70)
DONE = goal("done", 1)

TABLE = [
    # what, figure, its day, forecast, the day on which it is asked, standing
    (RISE, 260, OCTOBER, None, TODAY, "on_track"),
    (RISE, 245, OCTOBER, None, TODAY, "on_track"),  # 4.9 behind of 300: nearer than NEAR
    (RISE, 230, OCTOBER, None, TODAY, "at_risk"),
    (RISE, 200, OCTOBER, None, TODAY, "off_track"),
    (RISE, 300, OCTOBER, None, TODAY, "achieved"),
    (RISE, 300, dt.date(2026, 3, 31), None, TODAY, "achieved"),  # once there, silence takes nothing away
    (RISE, 260, OCTOBER, (270, 290), TODAY, "off_track"),  # the whole of the forecast is short
    (RISE, 260, OCTOBER, (280, 310), TODAY, "on_track"),
    (RISE, 230, OCTOBER, (310, 330), TODAY, "at_risk"),
    (RISE, 290, DECEMBER, None, NEW_YEAR, "off_track"),
    (RISE, 310, DECEMBER, None, NEW_YEAR, "achieved"),
    (RISE, 250, dt.date(2026, 8, 31), None, TODAY, "silent"),  # September and October are missing
    (RISE, 250, dt.date(2026, 9, 30), None, TODAY, "on_track"),  # October alone
    (RISE, None, None, None, TODAY, "silent"),
    (RISE, None, None, None, FIRST, "silent"),
    (FALL, 45, OCTOBER, None, TODAY, "on_track"),
    (FALL, 51, OCTOBER, None, TODAY, "on_track"),
    (FALL, 54, OCTOBER, None, TODAY, "at_risk"),
    (FALL, 70, OCTOBER, None, TODAY, "off_track"),
    (FALL, 40, OCTOBER, None, TODAY, "achieved"),
    (FALL, 45, OCTOBER, (42, 44), TODAY, "off_track"),
    (FALL, 60, dt.date(2026, 8, 31), None, TODAY, "silent"),
    (FALL, 41, DECEMBER, None, NEW_YEAR, "off_track"),
    (BAND, 16, OCTOBER, None, TODAY, "on_track"),
    (BAND, 15, OCTOBER, None, TODAY, "on_track"),
    (BAND, "14.9", OCTOBER, None, TODAY, "at_risk"),
    (BAND, "17.1", OCTOBER, None, TODAY, "at_risk"),
    (BAND, 14, OCTOBER, None, TODAY, "off_track"),
    (BAND, 18, OCTOBER, None, TODAY, "off_track"),
    (BAND, 16, OCTOBER, (18, 20), TODAY, "off_track"),
    (BAND, 16, OCTOBER, (14, 18), TODAY, "on_track"),
    (BAND, 16, DECEMBER, None, NEW_YEAR, "achieved"),
    (BAND, 18, DECEMBER, None, NEW_YEAR, "off_track"),
    (BAND, 16, dt.date(2026, 6, 30), None, TODAY, "silent"),
    (AT_LEAST, "99.4", OCTOBER, None, TODAY, "on_track"),
    (AT_LEAST, "98.5", OCTOBER, None, TODAY, "at_risk"),  # a level to keep knows no NEAR
    (AT_LEAST, 80, OCTOBER, None, TODAY, "off_track"),
    (AT_LEAST, 99, DECEMBER, None, NEW_YEAR, "achieved"),
    (AT_LEAST, "98.9", DECEMBER, None, NEW_YEAR, "off_track"),
    (AT_LEAST, "99.4", OCTOBER, (97, 98), TODAY, "off_track"),
    (AT_LEAST, "99.4", dt.date(2026, 7, 31), None, TODAY, "silent"),
    (AT_MOST, 5, OCTOBER, None, TODAY, "on_track"),
    (AT_MOST, "5.2", OCTOBER, None, TODAY, "at_risk"),
    (AT_MOST, 8, OCTOBER, None, TODAY, "off_track"),
    (AT_MOST, 4, DECEMBER, None, NEW_YEAR, "achieved"),
    (SHARE, 86, OCTOBER, None, TODAY, "on_track"),
    (SHARE, 84, OCTOBER, None, TODAY, "at_risk"),
    (SHARE, 60, OCTOBER, None, TODAY, "off_track"),
    (SHARE, 85, DECEMBER, None, NEW_YEAR, "achieved"),
    (SHARE_FROM, "82.5", OCTOBER, None, TODAY, "on_track"),
    (SHARE_FROM, "81.5", OCTOBER, None, TODAY, "at_risk"),
    (SHARE_FROM, "81.2", OCTOBER, ("80.1", "83.6"), TODAY, "off_track"),
    (SHARE_FROM, 86, OCTOBER, None, TODAY, "on_track"),  # a share can fall again before its day
    (goal("share", high=3), 2, OCTOBER, None, TODAY, "on_track"),
    (goal("share", high=3), 4, OCTOBER, None, TODAY, "off_track"),
    (DONE, 0, OCTOBER, None, TODAY, "on_track"),
    (DONE, 1, OCTOBER, None, TODAY, "achieved"),
    (DONE, 0, DECEMBER, None, NEW_YEAR, "off_track"),
    (DONE, 0, dt.date(2026, 8, 31), None, TODAY, "silent"),
]


@pytest.mark.parametrize(("what", "value", "on", "foreseen", "today", "wanted"), TABLE)
def test_a_target_stands(
    what: Goal, value: object, on: dt.date | None, foreseen: tuple | None, today: dt.date, wanted: str
) -> None:
    interval = None if foreseen is None else (Decimal(str(foreseen[0])), Decimal(str(foreseen[1])))
    facts = Facts(what, None if value is None else Decimal(str(value)), on, interval)
    assert standing(facts, today) == wanted


@pytest.mark.parametrize(
    ("what", "on", "wanted"),
    [
        (RISE, dt.date(2025, 12, 31), "0"),
        (RISE, dt.date(2026, 12, 31), "300"),
        (RISE, dt.date(2028, 1, 1), "300"),
        (RISE, dt.date(2026, 10, 31), "249.863014"),
        (goal("rise", 365, start=None), FIRST, "1"),  # a rise without a start begins at nought
        (FALL, dt.date(2026, 10, 31), "50.027397"),
        (BAND, TODAY, "16"),
        (AT_LEAST, FIRST, "99"),
        (SHARE, FIRST, "85"),
        (SHARE_FROM, dt.date(2026, 12, 31), "85"),
        (DONE, TODAY, "0"),
        (DONE, LAST, "1"),
        (goal("rise", 300, start=0, curve={"2026-06": Decimal(240)}), dt.date(2026, 6, 30), "240"),
        (goal("rise", 300, start=0, curve={"2026-06": Decimal(240)}), dt.date(2026, 9, 30), "270"),
        (goal("rise", 300, start=0, curve={"2026-Q1": Decimal(90)}), dt.date(2026, 2, 14), "45"),
        (goal("done", 1, curve={"2026-03": Decimal(1)}), dt.date(2026, 4, 1), "1"),
    ],
)
def test_a_level_is_expected_on_a_day(what: Goal, on: dt.date, wanted: str) -> None:
    assert expected_on(what, on) == Decimal(wanted)


def test_what_is_expected_at_a_new_year_of_a_longer_target() -> None:
    long = Goal(Kind.RISE, Decimal(1461), None, dt.date(2025, 1, 1), dt.date(2028, 12, 31), Decimal(0))
    assert [expected_on(long, dt.date(y, 12, 31)) for y in (2025, 2027)] == [Decimal(365), Decimal(1095)]
    assert expected_on(long, dt.date(2028, 2, 29)) == Decimal(1095 + 60)


@pytest.mark.parametrize(
    ("frequency", "on", "today", "count"),
    [
        ("month", OCTOBER, dt.date(2026, 11, 30), 0),  # November is not over before its last day has passed
        ("month", OCTOBER, dt.date(2026, 12, 1), 1),
        ("month", OCTOBER, dt.date(2027, 6, 1), 2),  # the target ends with December
        ("month", None, dt.date(2026, 3, 1), 2),
        ("quarter", dt.date(2026, 6, 30), TODAY, 1),
        ("year", None, TODAY, 0),
    ],
)
def test_closed_periods_without_a_figure(frequency: str, on: dt.date | None, today: dt.date, count: int) -> None:
    value = None if on is None else Decimal(1)
    assert missed_periods(Facts(goal("rise", 300, frequency=frequency), value, on), today) == count


def figure(period: str, value: object, unit: int | None = None, part: object = None, whole: object = None) -> Figure:
    """A figure; numbers as they come."""
    counted = [None if n is None else Decimal(str(n)) for n in (part, whole)]
    return Figure(Period.parse(period), Decimal(str(value)), counted[0], counted[1], unit)


def test_figures_of_a_running_total_add_up_from_the_start_of_the_target() -> None:
    points = series(RISE, [figure("2025-12", 50), figure("2026-02", 20), figure("2026-01", 10)], cumulative=True)
    assert [(str(p.period), p.value, p.reached) for p in points] == [
        ("2025-12", 50, 50),
        ("2026-01", 10, 10),
        ("2026-02", 20, 30),
    ]
    assert facts_of(RISE, points).reached == 30
    assert facts_of(RISE, points[:1]).reached is None  # before its time


def test_units_add_up_unless_the_agency_has_a_figure_of_its_own() -> None:
    units = [figure("2026-01", 3, unit=1), figure("2026-01", 4, unit=2)]
    assert series(RISE, units)[0].value == 7
    assert series(RISE, [*units, figure("2026-01", 9)])[0].value == 9


def test_of_units_that_keep_a_level_the_worst_counts() -> None:
    units = [figure("2026-01", 100, unit=1), figure("2026-01", 90, unit=2)]
    assert series(AT_LEAST, units)[0].value == 90
    assert series(AT_MOST, units)[0].value == 100


def test_a_share_of_several_units_is_taken_of_all_that_was_counted() -> None:
    units = [figure("2026-01", 100, 1, part=10, whole=10), figure("2026-01", 50, 2, part=45, whole=90)]
    assert series(SHARE, units)[0].value == 55
    months = [figure("2026-01", 100, part=10, whole=10), figure("2026-02", 50, part=45, whole=90)]
    assert [p.reached for p in series(SHARE, months, cumulative=True)] == [100, 55]


numbers = st.decimals(min_value=-1000, max_value=1000, places=3)
days = st.dates(min_value=FIRST, max_value=LAST)


@given(start=numbers, end=numbers, first=days, second=days)
def test_the_pace_never_turns_back(start: Decimal, end: Decimal, first: dt.date, second: dt.date) -> None:
    rising = goal("rise", max(start, end), start=min(start, end))
    falling = goal("fall", high=min(start, end), start=max(start, end))
    early, late = min(first, second), max(first, second)
    assert rising.begin <= expected_on(rising, early) <= expected_on(rising, late) <= rising.end
    assert falling.begin >= expected_on(falling, early) >= expected_on(falling, late) >= falling.end


@given(start=numbers, end=numbers, value=numbers, on=days, today=days, short=st.none() | numbers)
def test_a_fall_is_a_rise_seen_in_a_mirror(
    start: Decimal, end: Decimal, value: Decimal, on: dt.date, today: dt.date, short: Decimal | None
) -> None:
    begin, stop = min(start, end), max(start, end)
    foreseen = None if short is None else (short, short + 5)
    mirrored = None if short is None else (-short - 5, -short)
    rise = Facts(goal("rise", stop, start=begin), value, on, foreseen)
    fall = Facts(goal("fall", high=-stop, start=-begin), -value, on, mirrored)
    assert standing(rise, today) == standing(fall, today)
    least = Facts(goal("at_least", stop), value, on, foreseen)
    most = Facts(goal("at_most", high=-stop), -value, on, mirrored)
    assert standing(least, today) == standing(most, today)


@given(
    kind=st.sampled_from(["rise", "at_least", "share"]), end=numbers, worse=numbers, better=numbers, on=days, today=days
)
def test_a_better_figure_never_stands_worse(
    kind: str, end: Decimal, worse: Decimal, better: Decimal, on: dt.date, today: dt.date
) -> None:
    low, high = min(worse, better), max(worse, better)
    first, second = (standing(Facts(goal(kind, end, start=0), v, on), today) for v in (low, high))
    if Standing.SILENT not in (first, second):
        assert RANK.index(first) <= RANK.index(second)


@given(value=numbers, on=days, today=st.dates(min_value=FIRST, max_value=dt.date(2028, 1, 1)))
def test_waiting_for_a_figure_never_makes_a_target_stand_better(value: Decimal, on: dt.date, today: dt.date) -> None:
    facts = Facts(RISE, value, on)
    now, later = standing(facts, max(on, today)), standing(facts, max(on, today) + dt.timedelta(days=70))
    if Standing.SILENT not in (now, later):
        assert RANK.index(later) <= RANK.index(now)
