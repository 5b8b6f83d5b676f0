"""Targets with their figures, fetched for the pure functions of `sauro.monitoring.targets` in few queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from sauro.monitoring.models import Forecast, Indicator, Measurement
from sauro.monitoring.targets import (
    Facts,
    Figure,
    Goal,
    Kind,
    Point,
    Standing,
    expected_on,
    facts_of,
    falls_short,
    series,
    standing,
)
from sauro.vietnamese.periods import Period, occurrences


def goal_of(indicator: Indicator) -> Goal:
    """The goal of an indicator as it is set up."""
    return Goal(
        Kind(indicator.kind),
        indicator.low,
        indicator.high,
        indicator.starts_on,
        indicator.due,
        indicator.start,
        indicator.frequency,
        {period: Decimal(level) for period, level in indicator.curve.items()},
    )


def figure_of(row: Measurement) -> Figure:
    """A stored figure as the pure functions take it."""
    return Figure(Period.parse(row.period), row.value, row.numerator, row.whole, row.unit_id)


@dataclass(slots=True)
class Measured:
    """An indicator with its line of points, its forecast (None: none was made) and where it stands on the day."""

    indicator: Indicator
    goal: Goal
    points: list[Point]
    forecast: Forecast | None
    facts: Facts
    standing: Standing
    expected: Decimal
    rows: list[Measurement] = field(default_factory=list)

    @property
    def hard(self) -> bool:
        """Whether it is off track because the forecast lies short: "khó đạt" rather than "chệch nhịp"."""
        return self.standing == Standing.OFF_TRACK and falls_short(self.facts)

    @property
    def last(self) -> Point | None:
        """The last point of the line."""
        return self.points[-1] if self.points else None


def foreseen_by(forecast: Forecast | None) -> tuple[Decimal, Decimal] | None:
    """The 80 % interval at the due day, where a forecast was made."""
    if forecast is None or forecast.low is None or forecast.high is None:
        return None
    return forecast.low, forecast.high


def measured(indicators: Iterable[Indicator], today: dt.date) -> dict[int, Measured]:
    """Every indicator by its id, with its figures, forecast and standing on `today`; two queries for all of them.

    `expected`: the level that is expected at the end of the period of the last figure, today where there is none.
    """
    given = list(indicators)
    ids = [i.pk for i in given]
    rows: dict[int, list[Measurement]] = {}
    for row in Measurement.objects.filter(indicator__in=ids).order_by("indicator", "period", "unit"):
        rows.setdefault(row.indicator_id, []).append(row)
    forecasts = {f.indicator_id: f for f in Forecast.objects.filter(indicator__in=ids)}
    found = {}
    for indicator in given:
        goal, own = goal_of(indicator), rows.get(indicator.pk, [])
        points = series(goal, map(figure_of, own), cumulative=indicator.cumulative)
        forecast = forecasts.get(indicator.pk)
        facts = facts_of(goal, points, foreseen_by(forecast))
        on = min(facts.reached_on or today, today)
        found[indicator.pk] = Measured(
            indicator, goal, points, forecast, facts, standing(facts, today), expected_on(goal, on), own
        )
    return found


def periods_due(goal: Goal, today: dt.date) -> list[Period]:
    """The target's periods that have begun by `today`, in order."""
    last = min(goal.due, today)
    return list(occurrences(goal.frequency, goal.starts_on, last))
