"""The year as a wheel: what is done, done late, running, late, ahead; one pure function over the tasks of the cycle."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sauro.plans.models import Task
from sauro.plans.standing import Cell
from sauro.quality.models import YearCycle
from sauro.quality.ready.year import YearContent, contents

DONE, DONE_LATE, RUNNING, LATE, AHEAD = "done", "done_late", "running", "late", "ahead"


@dataclass(frozen=True, slots=True)
class Arc:
    """One content on the wheel: the months that it fills, its state on the day, its task where the plan has one.

    `days`: until it is due (below 0: late); None where it has no day or is done."""

    content: YearContent
    starts: dt.date
    ends: dt.date
    state: str
    task: Task | None
    days: int | None = None


def state_of(starts: dt.date, ends: dt.date, task: Task | None, today: dt.date) -> str:
    """The state of a content: its task's where it has one with a day, else the calendar's."""
    if task is None:
        return AHEAD
    cell = task.cell(today)
    if cell in (Cell.DONE_ON_TIME, Cell.DONE_LATE):
        return DONE if cell is Cell.DONE_ON_TIME else DONE_LATE
    if cell is Cell.OPEN_OVERDUE:
        return LATE
    if cell is Cell.CONTINUOUS and ends < today:
        return DONE
    return RUNNING if task.progress or starts <= today else AHEAD


def wheel(cycle: YearCycle | None, year: int, today: dt.date) -> list[Arc]:
    """The eight contents of the year in order. Without a cycle all lie ahead. Asks one query."""
    tasks = {s.key: s.task for s in cycle.steps.select_related("task__lead_unit", "task__accountable")} if cycle else {}
    arcs = []
    for content in contents():
        task = tasks.get(str(content.number))
        starts = dt.date(year, content.arc.start, 1)
        last = calendar.monthrange(year, content.arc.end)[1]
        ends = dt.date(year, content.arc.end, last)
        if task and task.due and task.due.year == year:
            ends = max(task.due, starts)
        state = state_of(starts, ends, task, today)
        open_still = task is not None and task.due is not None and task.completed_on is None
        arcs.append(Arc(content, starts, ends, state, task, (task.due - today).days if open_still and task else None))  # type: ignore[operator]
    return arcs


def done_of(arcs: Sequence[Arc]) -> int:
    """How many contents are done."""
    return sum(arc.state in (DONE, DONE_LATE) for arc in arcs)
