"""The weeks of a month with what falls due on each day."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sauro.organization.models import DayOff


@dataclass(slots=True)
class Item:
    """One duty on its day: what is due, of what, page, and the tone of its left edge (late, soon, done or "")."""

    words: str
    title: str
    url: str
    tone: str
    duty: Any


@dataclass(slots=True)
class Day:
    """One day of the grid. `count` may be more than the items listed."""

    day: dt.date
    in_month: bool
    is_today: bool
    off: str = ""
    make_up: str = ""
    items: list[Item] = field(default_factory=list)
    count: int = 0

    @property
    def hidden(self) -> int:
        """How many are counted but not listed."""
        return max(0, self.count - len(self.items))

    @property
    def is_off(self) -> bool:
        """A weekend or a day off, unless work is made up."""
        return not self.make_up and (bool(self.off) or self.day.weekday() >= 5)


def grid_span(first: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the weeks, Monday to Sunday, that hold the month beginning on `first`."""
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first - dt.timedelta(days=first.weekday()), last + dt.timedelta(days=6 - last.weekday())


def weeks(
    first: dt.date,
    today: dt.date,
    items: Mapping[dt.date, list[Item]],
    counts: Mapping[dt.date, int],
    days_off: Iterable[DayOff],
) -> list[list[Day]]:
    """The grid of the month that begins on `first`."""
    named = {row.day: row for row in days_off}
    start, end = grid_span(first)
    days = []
    for n in range((end - start).days + 1):
        day = start + dt.timedelta(days=n)
        row = named.get(day)
        off = row.name if row and row.kind == DayOff.Kind.OFF else ""
        make_up = row.name if row and row.kind == DayOff.Kind.MAKE_UP else ""
        days.append(
            Day(day, day.month == first.month, day == today, off, make_up, items.get(day, []), counts.get(day, 0))
        )
    return [days[i : i + 7] for i in range(0, len(days), 7)]


def next_month(first: dt.date) -> dt.date:
    """The first day of the month after."""
    return (first + dt.timedelta(days=32)).replace(day=1)


def previous_month(first: dt.date) -> dt.date:
    """The first day of the month before."""
    return (first - dt.timedelta(days=1)).replace(day=1)
