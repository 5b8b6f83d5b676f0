"""The facts of each objective of a plan, month by month, counted by the database: a number of queries that follows the
months asked about, never the tasks."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Q

from sauro.monitoring.measured import figure_of, goal_of
from sauro.monitoring.models import Duty, Indicator, Measurement
from sauro.monitoring.ratings.suggesting import Facts
from sauro.monitoring.standing import AsOf, condition, standing_on
from sauro.monitoring.standing.reports import REPORTING
from sauro.monitoring.targets import Standing, facts_of, series, standing
from sauro.plans.models import Objective, Plan, Task, TaskGroup
from sauro.plans.standing import Cell
from sauro.vietnamese.periods import Period, occurrences
from sauro.vietnamese.text import fold

_NUMBERED = re.compile(r"muc tieu(?: so)? (\d+|[ivx]+)\b")


def months_of(plan: Plan, year: int) -> list[Period]:
    """The months of the year that lie in the plan's period."""
    every = occurrences("month", plan.starts_on, plan.ends_on)
    return [m for m in every if m.year == year]


def groups_of(objectives: Sequence[Objective], groups: Sequence[TaskGroup]) -> dict[int, set[int]] | None:
    """Which headings belong to which objective: those that name it by number ("Mục tiêu 4: …") or hold its words.

    None where no heading names any: then all tasks of the plan count for each objective.
    """
    found: dict[int, set[int]] = {o.pk: set() for o in objectives}
    for group in groups:
        title = fold(group.title)
        number = _NUMBERED.search(title)
        for n, objective in enumerate(objectives, 1):
            marks = {str(n), fold(objective.ref).strip(" .")} - {""}
            words = fold(objective.text).strip(" .")
            if (number and number[1] in marks) or (len(words) > 10 and words in title):
                found[objective.pk].add(group.pk)
                break
    return found if any(found.values()) else None


def facts_by_month(
    plan: Plan, objectives: Sequence[Objective], months: Sequence[Period], today: dt.date
) -> dict[tuple[int, str], Facts]:
    """The facts by (objective's id, month). Months that have not begun have none."""
    begun = [m for m in months if m.start <= today]
    if not begun or not objectives:
        return {}
    belongs = groups_of(objectives, list(plan.groups.all()))
    reports = _reports(plan, begun, today)
    figures = _targets(objectives, begun, today)
    found = {}
    for month in begun:
        tasks = _tasks(plan, month, min(month.end, today))
        for objective in objectives:
            groups = None if belongs is None else belongs[objective.pk]
            counted = [f for g, f in tasks.items() if groups is None or g in groups]
            # Reports on the plan as a whole count for each objective.
            counted += [
                f for (g, m), f in reports.items() if m == month and (groups is None or g is None or g in groups)
            ]
            counted.append(figures.get((objective.pk, month), Facts()))
            found[objective.pk, str(month)] = sum(counted, Facts())
    return found


def _tasks(plan: Plan, month: Period, day: dt.date) -> dict[int | None, Facts]:
    on = {cell: condition(cell, day) for cell in Cell}
    rows = (
        standing_on(Task.objects.filter(plan=plan).of_the_plan(), AsOf(day))
        .order_by()
        .values("group_id")
        .annotate(
            n_due=Count("pk", filter=Q(judged_due__lte=day) | Q(completed_on__lte=day)),
            n_overdue=Count("pk", filter=on[Cell.OPEN_OVERDUE]),
            n_late=Count("pk", filter=on[Cell.DONE_LATE] & Q(completed_on__gte=month.start)),
        )
    )
    return {r["group_id"]: Facts(due=r["n_due"], overdue=r["n_overdue"], done_late=r["n_late"]) for r in rows}


def _reports(plan: Plan, months: Sequence[Period], today: dt.date) -> dict[tuple[int | None, Period], Facts]:
    columns = {}
    for i, month in enumerate(months):
        day = min(month.end, today)
        # What falls due on the day itself is not missing yet.
        here = Q(due__range=(month.start, day))
        met = Q(met_on__lte=day)
        columns[f"n{i}"] = Count("pk", filter=here & (met | Q(due__lt=day)))
        columns[f"missing{i}"] = Count("pk", filter=here & Q(due__lt=day) & (Q(met_on=None) | Q(met_on__gt=day)))
        columns[f"late{i}"] = Count("pk", filter=here & met & Q(met_on__gt=F("due")))
    rows: Any = (
        Duty.objects.filter(plan=plan, kind__in=REPORTING, due__range=(months[0].start, months[-1].end))
        .exclude(state=Duty.State.CANCELLED)
        .order_by()
        .values("task__group_id", no_task=Q(task=None))
        .annotate(**columns)
    )
    found: dict[tuple[int | None, Period], Facts] = {}
    for r in rows:
        group = None if r["no_task"] else r["task__group_id"] or 0
        for i, month in enumerate(months):
            facts = Facts(reports=r[f"n{i}"], missing=r[f"missing{i}"], reports_late=r[f"late{i}"])
            found[group, month] = found.get((group, month), Facts()) + facts
    return found


def _targets(
    objectives: Sequence[Objective], months: Sequence[Period], today: dt.date
) -> dict[tuple[int, Period], Facts]:
    indicators = list(Indicator.objects.filter(target__objective__in=objectives).select_related("target"))
    rows = defaultdict(list)
    for m in Measurement.objects.filter(indicator__in=indicators):
        rows[m.indicator_id].append(figure_of(m))
    found: dict[tuple[int, Period], Facts] = {}
    for indicator in indicators:
        goal = goal_of(indicator)
        for month in months:
            day = min(month.end, today)
            known = [f for f in rows[indicator.pk] if f.period.end <= month.end]
            if not known:
                continue
            stands = standing(facts_of(goal, series(goal, known, cumulative=indicator.cumulative)), day)
            key = (indicator.target.objective_id, month)
            found[key] = found.get(key, Facts()) + Facts(
                targets=1, at_risk=stands == Standing.AT_RISK, off_track=stands == Standing.OFF_TRACK
            )
    return found
