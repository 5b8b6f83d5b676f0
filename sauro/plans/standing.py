"""How a task stands on a day: the four cells of State reporting. Pure: facts and a day in, a word out."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass


class Cell(enum.StrEnum):
    """The four cells that every State report gives, and the tasks that have no date and can't be late."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_OVERDUE = "open_overdue"
    CONTINUOUS = "continuous"

    @classmethod
    def of(cls, *, due: dt.date | None, completed_on: dt.date | None, on: dt.date) -> Cell:
        """The cell of a task. A deadline counts to the end of its last day; what was done counts by the day it was."""
        if completed_on:
            return cls.DONE_LATE if due and completed_on > due else cls.DONE_ON_TIME
        if due is None:
            return cls.CONTINUOUS
        return cls.OPEN_OVERDUE if due < on else cls.OPEN_IN_TIME


@dataclass(slots=True, frozen=True)
class FourCells:
    """Counts of tasks. `continuous` tasks are open and in time; where four numbers are shown they stand there."""

    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    continuous: int = 0

    @property
    def total(self) -> int:
        """The sum of all."""
        return self.done_on_time + self.done_late + self.open_in_time + self.open_overdue + self.continuous

    @property
    def in_time(self) -> int:
        """The third of the four cells: open and in time, tasks without a date among them."""
        return self.open_in_time + self.continuous

    @property
    def done(self) -> int:
        """Finished, in time or late."""
        return self.done_on_time + self.done_late

    def __add__(self, other: FourCells) -> FourCells:
        return FourCells(
            self.done_on_time + other.done_on_time,
            self.done_late + other.done_late,
            self.open_in_time + other.open_in_time,
            self.open_overdue + other.open_overdue,
            self.continuous + other.continuous,
        )
