"""How tasks stood on a day: exact for every day since they were given, counted by the database alone.

What is known today of a past day counts:

- a task counts from the day it came into the plan (adopting, a revision, a division into sub-tasks) until the day a
  revision ended it; on the day of adopting it counts already, on the day of ending no longer;
- it is done from the day it was completed; completion that was taken back never was;
- it is judged by the due that it had on that day, or (`by_original_due`) by the first due it had up to that day: a
  moved deadline never hides lateness;
- groups, lead units and accountable people are those of today.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from sauro.organization.models import Person, Unit
from sauro.plans.models import DueChange, Plan, Task, TaskGroup
from sauro.plans.models.task import TaskQuerySet
from sauro.plans.standing import Cell, FourCells
from sauro.vietnamese.periods import Period

DAY = models.DateField()


@dataclass(slots=True, frozen=True)
class AsOf:
    """The day that is asked about, counted to its end, and by which of the two dues.

    `due_in`: only tasks that fell due within the period, by the same due; tasks without a date fall in none.
    """

    on: dt.date
    by_original_due: bool = False
    due_in: Period | None = None


def known_on(tasks: TaskQuerySet, on: dt.date) -> TaskQuerySet:
    """Those of the tasks that were part of a plan at the end of the day. Give tasks that nothing filtered by
    `in_force()`: what a later revision ended still counted then."""
    return tasks.filter(Q(ended_on=None) | Q(ended_on__gt=on), given_on__lte=on)


def due_on(on: dt.date, *, original: bool = False) -> Any:
    """The expression of the due that a task had at the end of the day; `original`: the first that it had until then.

    None where it had none.
    """
    moved_later = DueChange.objects.filter(changed_on__gt=on)
    first_later = moved_later.filter(task=OuterRef("pk")).order_by("changed_on", "id").values("before")[:1]
    # The set of tasks that moved later is found once; only for those of it the change itself is looked up.
    then = Case(When(pk__in=moved_later.values("task"), then=Subquery(first_later)), default=F("due"), output_field=DAY)
    if not original:
        return then
    had_one = Exists(DueChange.objects.filter(task=OuterRef("pk"), changed_on__lte=on, before__isnull=False))
    return Case(
        When(due_then__isnull=False, then=Coalesce("original_due", "due_then")),
        When(had_one, then=F("original_due")),
        default=Value(None),
        output_field=DAY,
    )


def standing_on(tasks: TaskQuerySet, asked: AsOf) -> TaskQuerySet:
    """The tasks known on the day, each with `judged_due`, the due that the question judges it by."""
    rows = known_on(tasks, asked.on).annotate(due_then=due_on(asked.on))
    rows = rows.annotate(judged_due=due_on(asked.on, original=True) if asked.by_original_due else F("due_then"))
    if asked.due_in:
        rows = rows.filter(judged_due__range=(asked.due_in.start, asked.due_in.end))
    return rows


def condition(cell: Cell, on: dt.date) -> Q:
    """Which rows of `standing_on` stood in the cell at the end of the day."""
    done = Q(completed_on__lte=on)
    still_open = Q(completed_on=None) | Q(completed_on__gt=on)
    return {
        Cell.DONE_ON_TIME: done & (Q(judged_due=None) | Q(completed_on__lte=F("judged_due"))),
        Cell.DONE_LATE: done & Q(completed_on__gt=F("judged_due")),
        Cell.OPEN_IN_TIME: still_open & Q(judged_due__gte=on),
        Cell.OPEN_OVERDUE: still_open & Q(judged_due__lt=on),
        Cell.CONTINUOUS: still_open & Q(judged_due=None),
    }[cell]


def _columns(on: dt.date) -> dict[str, Count]:
    return {cell.value: Count("pk", filter=condition(cell, on)) for cell in Cell}


def count(tasks: TaskQuerySet, asked: AsOf) -> FourCells:
    """How the tasks stood, in one query."""
    return FourCells(**standing_on(tasks, asked).order_by().aggregate(**_columns(asked.on)))


def count_by(tasks: TaskQuerySet, asked: AsOf, *fields: str) -> dict[Any, FourCells]:
    """How they stood for each value of the field (of several: each tuple of values) that has any, in one query."""
    rows = standing_on(tasks, asked).order_by().values(*fields).annotate(**_columns(asked.on))
    counted: dict[Any, FourCells] = {}
    for row in rows:
        values = tuple(row.pop(f) for f in fields)
        counted[values if len(fields) > 1 else values[0]] = FourCells(**{c.value: row[c.value] for c in Cell})
    return counted


def of_plan(plan: Plan, asked: AsOf) -> FourCells:
    """What the plan's document orders, without the sub-tasks that units made of it."""
    return count(Task.objects.filter(plan=plan).of_the_plan(), asked)


def of_group(group: TaskGroup, asked: AsOf) -> FourCells:
    """What stands under one heading of a plan."""
    return count(Task.objects.filter(group=group).of_the_plan(), asked)


def of_unit(unit: Unit, asked: AsOf) -> FourCells:
    """What the unit leads, with all the units under it, in all plans."""
    return count(Task.objects.filter(agency_id=unit.agency_id).of_the_plan().led_by(unit), asked)


def of_person(person: Person, asked: AsOf) -> FourCells:
    """What the person answers for, sub-tasks among it."""
    return count(Task.objects.filter(accountable=person), asked)
