"""How a target stands by its figures. Pure: a goal, what was measured and a day in, a level or a standing out.

Kinds: from a start to an end (rise, fall), keep within a band, at least, at most, a share of a counted whole, done or
not done. All levels are in the unit of the target; a share is in per cent.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from sauro.vietnamese.periods import Period, occurrences

# Choices of ours, not of a rule. Behind the pace by less than NEAR of the whole way is still on track, by more than FAR
# off it; a level that is to be kept knows no NEAR.
NEAR, FAR = Decimal("0.02"), Decimal("0.10")
# So many closed periods without a figure are silence ("no measurement for two periods", issue 3, section 6).
SILENT_AFTER = 2
# A forecast from fewer points says nothing (docs of the forecast; shown as "mới N kỳ, chưa đủ").
ENOUGH_POINTS = 12
_STEP = Decimal("0.000001")
ZERO = Decimal(0)


class Kind(StrEnum):
    """The kinds of targets; the same words as `Indicator.Kind`."""

    RISE = "rise"
    FALL = "fall"
    BAND = "band"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    SHARE = "share"
    DONE = "done"


class Standing(StrEnum):
    """How a target stands."""

    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    SILENT = "silent"


# From a start to an end: once there, the target is achieved. The rest are levels that must hold on the due day.
REACHED_ONCE = frozenset({Kind.RISE, Kind.FALL, Kind.DONE})


@dataclass(slots=True, frozen=True)
class Goal:
    """What is to be reached, from `starts_on` to the end of `due`.

    Rise and at least go by `low`, fall and at most by `high`, a band by both, a share by whichever it has, done by
    `low` (1 where not given). `curve`: {period as `Period` writes it: level expected at its end}; empty is an even pace
    from `start`. A rise without a start begins at nought; any other kind without one is expected at its level at once.
    """

    kind: Kind
    low: Decimal | None
    high: Decimal | None
    starts_on: dt.date
    due: dt.date
    start: Decimal | None = None
    frequency: str = "month"
    curve: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def downwards(self) -> bool:
        """Whether less is better."""
        if self.kind in (Kind.FALL, Kind.AT_MOST):
            return True
        return self.kind == Kind.SHARE and self.low is None

    @property
    def end(self) -> Decimal:
        """The level that must be reached or kept; of a band its middle."""
        if self.kind == Kind.BAND and self.low is not None and self.high is not None:
            return (self.low + self.high) / 2
        if self.kind == Kind.DONE:
            return self.low if self.low is not None else Decimal(1)
        first, second = (self.high, self.low) if self.downwards else (self.low, self.high)
        level = first if first is not None else second
        return level if level is not None else ZERO

    @property
    def begin(self) -> Decimal:
        """The level at which the pace begins."""
        if self.kind in (Kind.RISE, Kind.DONE):
            return self.start if self.start is not None else ZERO
        if self.kind in (Kind.FALL, Kind.SHARE) and self.start is not None:
            return self.start
        return self.end

    @property
    def span(self) -> Decimal:
        """The whole way, to measure by how much a figure is behind; of a level its own size, never nought."""
        if self.kind == Kind.BAND and self.low is not None and self.high is not None and self.high > self.low:
            return self.high - self.low
        return abs(self.end - self.begin) or abs(self.end) or Decimal(1)

    def met_by(self, value: Decimal) -> bool:
        """Whether the level is as the target wants it at its due day."""
        if self.kind == Kind.BAND:
            return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)
        return value <= self.end if self.downwards else value >= self.end


def expected_on(goal: Goal, on: dt.date) -> Decimal:
    """The level expected by the end of the day `on`, to six places: by the curve, else by an even pace in days.

    Before the first day it is the start, after the due day the end. A done-or-not is expected on its due day alone,
    unless a curve says otherwise.
    """
    if goal.kind == Kind.DONE and not goal.curve:
        return goal.end if on >= goal.due else goal.begin
    knots = _knots(goal)
    if on <= knots[0][0]:
        return knots[0][1]
    for (day, level), (next_day, next_level) in itertools.pairwise(knots):
        if on <= next_day:
            share = Decimal((on - day).days) / (next_day - day).days
            return (level + (next_level - level) * share).quantize(_STEP)
    return knots[-1][1]


def _knots(goal: Goal) -> list[tuple[dt.date, Decimal]]:
    """Days with the level expected by their end, in order; the day before the start is the first."""
    eve = goal.starts_on - dt.timedelta(days=1)
    days = {min(Period.parse(p).end, goal.due): Decimal(level) for p, level in goal.curve.items()}
    points = {eve: goal.begin, **{day: level for day, level in days.items() if day > eve}}
    points.setdefault(goal.due, goal.end)
    return sorted(points.items())


@dataclass(slots=True, frozen=True)
class Figure:
    """What was measured in one period, for one unit (None: the whole agency)."""

    period: Period
    value: Decimal
    numerator: Decimal | None = None
    whole: Decimal | None = None
    unit: int | None = None


@dataclass(slots=True, frozen=True)
class Point:
    """One period of a target's series: its own figure, and where the target stood at its end."""

    period: Period
    value: Decimal
    reached: Decimal


def series(goal: Goal, figures: Iterable[Figure], *, cumulative: bool = False) -> list[Point]:
    """The figures as one line, a point a period, in order.

    A figure of the whole agency goes before those of its units. Units are added up; levels to be kept take the unit
    that stands worst; shares with both counts are taken of all that was counted. `cumulative`: figures from
    `goal.starts_on` on add up, a share of all that was counted since; earlier ones stand for themselves.
    """
    by_period: dict[Period, list[Figure]] = {}
    for figure in figures:
        by_period.setdefault(figure.period, []).append(figure)
    points: list[Point] = []
    total = counted = whole = ZERO
    for period in sorted(by_period):
        one = _of_all(goal, by_period[period])
        reached = one.value
        if cumulative and period.end >= goal.starts_on:
            total += one.value
            reached = total
            if goal.kind == Kind.SHARE:
                counted, whole = counted + (one.numerator or ZERO), whole + (one.whole or ZERO)
                reached = (100 * counted / whole).quantize(_STEP) if whole else one.value
        points.append(Point(period, one.value, reached))
    return points


def _of_all(goal: Goal, figures: list[Figure]) -> Figure:
    for figure in figures:
        if figure.unit is None:
            return figure
    if len(figures) == 1:
        return figures[0]
    if goal.kind == Kind.SHARE and all(f.whole for f in figures):
        numerator = sum((f.numerator or ZERO for f in figures), ZERO)
        whole = sum((f.whole or ZERO for f in figures), ZERO)
        return Figure(figures[0].period, (100 * numerator / whole).quantize(_STEP), numerator, whole)
    if goal.kind in (Kind.RISE, Kind.FALL):
        return Figure(figures[0].period, sum((f.value for f in figures), ZERO))
    return max(figures, key=lambda f: _short_of(goal, f.value, goal.end))


@dataclass(slots=True, frozen=True)
class Facts:
    """All that a standing is judged by. `reached` as of the end of `reached_on`; `foreseen`: the 80 % interval of the
    level at the due day, where there is a forecast."""

    goal: Goal
    reached: Decimal | None = None
    reached_on: dt.date | None = None
    foreseen: tuple[Decimal, Decimal] | None = None


def facts_of(goal: Goal, points: Iterable[Point], foreseen: tuple[Decimal, Decimal] | None = None) -> Facts:
    """The facts of a line of points: the last one of the target's own time counts."""
    own = [p for p in points if goal.starts_on <= p.period.end and p.period.start <= goal.due]
    if not own:
        return Facts(goal)
    return Facts(goal, own[-1].reached, own[-1].period.end, foreseen)


def missed_periods(facts: Facts, today: dt.date) -> int:
    """How many whole periods of the target's time have closed before `today` without a figure since the last one."""
    goal = facts.goal
    first = facts.reached_on + dt.timedelta(days=1) if facts.reached_on else goal.starts_on
    last = min(goal.due, today - dt.timedelta(days=1))
    return sum(min(p.end, goal.due) <= last for p in occurrences(goal.frequency, first, last))


def standing(facts: Facts, today: dt.date) -> Standing:
    """How the target stands on `today`.

    A figure is held against the pace at the end of its own period, not against today's: figures come after the period.
    Achieved: a rise, a fall or a deed that is there; a level that held in the figure of the due day. Silent: no figure
    at all, or none for two closed periods. Off track: far behind, past its day unmet, or the whole of the forecast
    short of the target. At risk: behind.
    """
    goal, reached = facts.goal, facts.reached
    if reached is None or facts.reached_on is None:
        return Standing.SILENT
    met = goal.met_by(reached)
    if met and (goal.kind in REACHED_ONCE or facts.reached_on >= goal.due):
        return Standing.ACHIEVED
    if missed_periods(facts, today) >= SILENT_AFTER:
        return Standing.SILENT
    if today > goal.due and not met:
        return Standing.OFF_TRACK
    if falls_short(facts):
        return Standing.OFF_TRACK
    behind = _short_of(goal, reached, expected_on(goal, min(facts.reached_on, today))) / goal.span
    if behind > FAR:
        return Standing.OFF_TRACK
    moving = goal.begin != goal.end or bool(goal.curve)
    return Standing.AT_RISK if behind > (NEAR if moving else ZERO) else Standing.ON_TRACK


def falls_short(facts: Facts) -> bool:
    """Whether even the kindest end of the forecast lies short of the target."""
    return facts.foreseen is not None and not facts.goal.met_by(_best(facts.goal, facts.foreseen))


def _short_of(goal: Goal, value: Decimal, expected: Decimal) -> Decimal:
    """By how much the value falls short of what is expected; nought or less where it doesn't."""
    if goal.kind == Kind.BAND:
        below = goal.low - value if goal.low is not None else ZERO
        above = value - goal.high if goal.high is not None else ZERO
        return max(below, above)
    return value - expected if goal.downwards else expected - value


def _best(goal: Goal, interval: tuple[Decimal, Decimal]) -> Decimal:
    """The end of the interval that is kindest to the target."""
    low, high = interval
    if goal.kind == Kind.BAND:
        return min(max(goal.end, low), high)
    return low if goal.downwards else high
