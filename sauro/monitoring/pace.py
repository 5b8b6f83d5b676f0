"""How far a task should be by now, and whether it is likely to be late. Pure: facts and a day in, numbers out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

# A task is at risk when it trails its even pace by more than this many points (a choice of ours, not of a rule).
SLACK = 20
# Only what falls due within this time is warned of: earlier, an even pace says little.
AHEAD = dt.timedelta(days=45)


def expected_progress(start: dt.date, due: dt.date, on: dt.date) -> int:
    """Per cent of the time from `start` to the end of `due` that has passed by the end of `on`, 0 to 100."""
    if on < start:
        return 0
    if on >= due:
        return 100
    return round(100 * ((on - start).days + 1) / ((due - start).days + 1))


@dataclass(slots=True, frozen=True)
class Pace:
    """A task beside its even pace: per cent reached, per cent expected, days left to the end of the last day."""

    reached: int
    expected: int
    days_left: int

    @property
    def at_risk(self) -> bool:
        """Whether it trails so far that it is likely to be late."""
        return self.days_left >= 0 and self.expected - self.reached > SLACK


def pace(start: dt.date, due: dt.date, progress: int, on: dt.date) -> Pace:
    """How a task stands on day `on` beside an even pace from `start` to `due`."""
    return Pace(progress, expected_progress(start, due, on), (due - on).days)
