"""Early warnings by the rules that an agency edits (`WarningRule`).

What warns is said twice: by a pure function of facts and a day, which is the rule, and by a query that finds the same
tasks among a hundred thousand; a test holds them against each other. Early: what is late already warns of nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q

from sauro.monitoring.measured import Measured
from sauro.monitoring.models import Evidence, WarningRule
from sauro.monitoring.targets import Facts, Standing, missed_periods, standing
from sauro.organization.models import Agency
from sauro.plans.models import Product, Task, TaskDependency
from sauro.plans.models.task import TaskQuerySet

Kind = WarningRule.Kind
OF_TASKS = (Kind.BEHIND, Kind.BLOCKED, Kind.UNCLEAR, Kind.UNPROVED)
OF_TARGETS = (Kind.SILENT, Kind.FORECAST)


@dataclass(slots=True, frozen=True)
class TaskFacts:
    """What a warning of a task is judged by. `waits_for_late`: how many overdue tasks it waits for; `unproved`: whether
    a promised product has no file that proves it."""

    due: dt.date | None
    completed: bool = False
    progress: int = 0
    named: bool = True
    waits_for_late: int = 0
    unproved: bool = False


def task_warns(rule: WarningRule, facts: TaskFacts, today: dt.date) -> bool:
    """Whether the rule warns of the task on `today`; a rule of targets warns of none."""
    if rule.kind == Kind.UNPROVED:
        return facts.completed and facts.unproved
    if facts.completed or facts.due is None or rule.days is None:
        return False
    if not 0 <= (facts.due - today).days <= rule.days:
        return False
    match rule.kind:
        case Kind.BEHIND:
            return rule.percent is not None and facts.progress < rule.percent
        case Kind.UNCLEAR:
            return not facts.named
        case Kind.BLOCKED:
            return facts.waits_for_late > 0
    return False


def target_warns(rule: WarningRule, facts: Facts, foreseen: Decimal | None, today: dt.date) -> bool:
    """Whether the rule warns of the target on `today`; `foreseen`: the likely level at its due day, None for none.

    A target that is achieved, or whose day has passed, warns of nothing any more; a rule of tasks warns of none.
    """
    if today > facts.goal.due or standing(facts, today) == Standing.ACHIEVED:
        return False
    match rule.kind:
        case Kind.SILENT:
            return rule.periods is not None and missed_periods(facts, today) >= rule.periods
        case Kind.FORECAST:
            return foreseen is not None and not facts.goal.met_by(foreseen)
    return False


def _late(today: dt.date, prefix: str = "") -> Q:
    names = {"closed__in": (False,), "due_key__lt": today, "ended_in": None}
    return Q(**{prefix + name: value for name, value in names.items()})


def warned_tasks(agency: Agency, rule: WarningRule, today: dt.date) -> TaskQuerySet:
    """The tasks in force that the rule warns of, sub-tasks among them, in no order; `waits` for those that wait."""
    tasks = Task.objects.filter(agency=agency).in_force()
    if not rule.enabled or rule.kind not in OF_TASKS:
        return tasks.none()
    if rule.kind == Kind.UNPROVED:
        proved = Evidence.objects.proving().filter(product=OuterRef("pk"))
        bare = Product.objects.filter(~Exists(proved), task=OuterRef("pk"))
        return tasks.filter(Exists(bare), closed__in=(True,))
    if rule.days is None or (rule.kind == Kind.BEHIND and rule.percent is None):
        return tasks.none()
    near = tasks.filter(closed__in=(False,), due_key__range=(today, today + dt.timedelta(days=rule.days)))
    if rule.kind == Kind.BEHIND:
        return near.filter(progress__lt=rule.percent)
    if rule.kind == Kind.UNCLEAR:
        return near.filter(accountable=None)
    held = TaskDependency.objects.filter(_late(today, "on__")).values("task")
    return near.filter(pk__in=held).annotate(waits=Count("waits_for", filter=_late(today, "waits_for__on__")))


def warned_targets(rule: WarningRule, found: Iterable[Measured], today: dt.date) -> list[Measured]:
    """Those of the targets that the rule warns of, in their order. No query."""
    if not rule.enabled:
        return []
    return [m for m in found if target_warns(rule, m.facts, m.forecast.value if m.forecast else None, today)]
