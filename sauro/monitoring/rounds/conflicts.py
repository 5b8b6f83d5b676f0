"""Where the lead unit and a coordinating unit say different things of one task in one round."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from sauro.monitoring.models import HANDED_IN, Evidence, Reconciliation, Report, Round
from sauro.organization.models import Unit
from sauro.plans.models import Task
from sauro.vietnamese.periods import Period
from sauro.vietnamese.text import fold

_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(slots=True)
class Side:
    """What one unit says; `leads`: as the task's lead; `proofs`: pieces of evidence, once counted."""

    report: Report
    leads: bool
    proofs: int = 0


@dataclass(slots=True)
class Conflict:
    """One task of which units differ, the lead unit's word first. `taken`: whose word the focal unit took, if any."""

    task: Task
    sides: list[Side]
    reconciliation: Reconciliation | None = None

    @property
    def progress_differs(self) -> bool:
        """Whether it is the figures that differ, not only the words."""
        return len({side.report.progress for side in self.sides}) > 1


def reports_in(round: Round) -> QuerySet[Report]:
    """What was handed in within the round: what answers its duties, and what was said freely of the plan's tasks on the
    days of its period until it was locked (a coordinating unit owes no report, yet may send one)."""
    ids = [part.order_by().values("pk") for part in _parts_of(round)]
    return Report.objects.filter(pk__in=ids[0].union(ids[1], all=True))


def _parts_of(round: Round) -> tuple[QuerySet[Report], QuerySet[Report]]:
    """The answers, and what was said freely: two sets, each found by an index of its own. Joined by OR they would be
    looked for among all the agency's reports."""
    handed_in = Report.objects.filter(state__in=HANDED_IN)
    freely = handed_in.filter(_within(round), round=None, task__plan_id=round.plan_id)
    if round.locked_at:
        freely = freely.filter(submitted_at__lte=round.locked_at)
    return handed_in.filter(round=round), freely


def _within(round: Round) -> Q:
    """That a free report belongs to the round: it was handed in on a day of its period.

    A round that was called by hand has no period: it takes those handed in while it ran, but none that a round with a
    period takes, so that none is said twice.
    """
    days = _days(round.period)
    if days:
        return _on_days(*days)
    taken = _on_days(round.opens_on, round.due)
    for period in Round.objects.filter(plan=round.plan_id).exclude(period="").values_list("period", flat=True):
        if days := _days(period):
            taken &= ~_on_days(*days)
    return taken


def _on_days(first: dt.date, last: dt.date) -> Q:
    """That it was handed in from the beginning of the first day to the end of the last. Said by moments: to ask each
    report for its day costs several times what finding it does."""
    begin, end = (
        timezone.make_aware(dt.datetime.combine(day, dt.time.min)) for day in (first, last + dt.timedelta(days=1))
    )
    return Q(submitted_at__gte=begin, submitted_at__lt=end)


def _days(period: str) -> tuple[dt.date, dt.date] | None:
    try:
        found = Period.parse(period)
    except ValueError:
        return None
    return found.start, found.end


def _same_words(texts: Iterable[str]) -> bool:
    """Whether all say the same: the same figures, the same words whatever their case and signs."""
    kept = set(texts)
    if len(kept) < 2:
        return True
    return len({(*_NUMBERS.findall(text), " ".join(fold(text).split())) for text in kept}) == 1


@dataclass(slots=True, frozen=True)
class Difference:
    """One task of which units differ: by unit the number of its latest report, and whose was taken, if any."""

    task: int
    reports: dict[int, int]
    taken: int | None


def differences_of(round: Round) -> list[Difference]:
    """Tasks of which two units say different things; undecided ones and those whose progress differs first.

    At most six queries of bare figures: a round may hold thousands of reports, and words are fetched only of those
    whose progress is the same. Of each unit its latest report counts.
    """
    latest = _latest_in(round)
    voices = {task: units for task, units in latest.items() if len(units) > 1}
    figures = {task for task, units in voices.items() if len({progress for _pk, progress in units.values()}) > 1}
    doubtful = [task for task in voices if task not in figures]
    same = [pk for task in doubtful for pk, _progress in voices[task].values()]
    words = dict(Report.objects.filter(pk__in=same).order_by().values_list("pk", "done_text"))
    decided = dict(Reconciliation.objects.filter(round=round).values_list("task_id", "taken_id"))
    found = [
        Difference(task, {unit: pk for unit, (pk, _progress) in units.items()}, decided.get(task))
        for task, units in voices.items()
        if task in figures or not _same_words(words[pk] for pk, _progress in units.values())
    ]
    order = dict(Task.objects.filter(pk__in=[d.task for d in found]).values_list("pk", "order"))
    found.sort(key=lambda d: (d.taken is not None, d.task not in figures, order[d.task]))
    return found


def _latest_in(round: Round) -> dict[int, dict[int, tuple[int, int]]]:
    """By task and unit, the id and progress of the last report handed in within the round."""
    parts = [part.filter(task__isnull=False).order_by("submitted_at", "pk") for part in _parts_of(round)]
    answers, freely = (part.values_list("task_id", "unit_id", "pk", "progress") for part in parts)
    latest: dict[int, dict[int, tuple[int, int]]] = {}
    for task, unit, pk, progress in answers:
        latest.setdefault(task, {})[unit] = (pk, progress)
    said: dict[tuple[int, int], tuple[int, int]] = {}
    for task, unit, pk, progress in freely:
        said[task, unit] = (pk, progress)
    # Moments are fetched only where a unit both answered and spoke freely of a task: reading thousands takes long.
    both = {key: latest[key[0]][key[1]] for key in said if key[1] in latest.get(key[0], {})}
    ids = [pk for key, (pk, _progress) in both.items()] + [said[key][0] for key in both]
    at = dict(Report.objects.filter(pk__in=ids).order_by().values_list("pk", "submitted_at")) if ids else {}
    for key, (pk, progress) in said.items():
        if key not in both or (at[both[key][0]], both[key][0]) < (at[pk], pk):
            latest.setdefault(key[0], {})[key[1]] = (pk, progress)
    return latest


def conflicts_of(
    round: Round, differences: Iterable[Difference] | None = None, *, sides_of_each: int | None = None
) -> list[Conflict]:
    """The differences with tasks, reports and units, to be shown; `differences`: these alone, all where None;
    `sides_of_each`: of each task so many of the units that come first, all where None.

    Four queries, and those of `differences_of`.
    """
    wanted = list(differences_of(round) if differences is None else differences)
    if not wanted:
        return []
    # Tasks and units are few and their rows wide: fetched once, not beside each report.
    tasks = Task.objects.in_bulk([d.task for d in wanted])
    units = Unit.objects.in_bulk({unit for d in wanted for unit in d.reports})
    first = {d.task: _leading_first(tasks[d.task], [units[pk] for pk in d.reports])[:sides_of_each] for d in wanted}
    reports = Report.objects.in_bulk([d.reports[unit.pk] for d in wanted for unit in first[d.task]])
    rows = Reconciliation.objects.filter(round=round, task__in=tasks).select_related("decided_by", "taken")
    decided = {r.task_id: r for r in rows}
    found = []
    for difference in wanted:
        sides, task = [], tasks[difference.task]
        for unit in first[task.pk]:
            report = reports[difference.reports[unit.pk]]
            report.task, report.unit = task, unit
            sides.append(Side(report, _leads(task, unit)))
        found.append(Conflict(task, sides, decided.get(task.pk)))
    return found


def count_proofs(conflicts: Iterable[Conflict]) -> None:
    """Fill in how many pieces of evidence stand behind each side. One query."""
    sides = [side for conflict in conflicts for side in conflict.sides]
    rows = Evidence.objects.current().filter(report__in=[side.report.pk for side in sides]).order_by()
    counted = dict(rows.values_list("report").annotate(n=Count("pk")))
    for side in sides:
        side.proofs = counted.get(side.report.pk, 0)


def _leading_first(task: Task, units: list[Unit]) -> list[Unit]:
    return sorted(units, key=lambda unit: (not _leads(task, unit), unit.sort_key))


def _leads(task: Task, unit: Unit) -> bool:
    return bool(task.lead_path) and unit.path.startswith(task.lead_path)
