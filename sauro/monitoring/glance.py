"""The whole agency at a glance, as of today: what the leader's page shows. A constant number of queries. Of a past day
it is the counts alone (`glance_on`), for only they are known exactly of it.

The counts are those of `sauro standing`: tasks that documents order, without sub-tasks, each under its first lead unit.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, Subquery

from sauro.monitoring.measured import Measured, measured
from sauro.monitoring.models import Call, Duty, Indicator, Report, WarningRule
from sauro.monitoring.standing import AsOf, count_by
from sauro.monitoring.standing.reports import REPORTING
from sauro.monitoring.targets import Standing
from sauro.monitoring.warnings import OF_TASKS, warned_tasks
from sauro.organization.models import Agency, Unit
from sauro.plans.models import Plan, Task
from sauro.plans.standing import FourCells

PRESSING = 10
# So many days, today the last, are "this week": on a Monday, too, a leader wants to see a week.
WEEK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)
# Of each rule so many tasks stand on the page, and so many silent units.
NAMED = 2
_ORDER = (Standing.OFF_TRACK, Standing.AT_RISK, Standing.ON_TRACK, Standing.SILENT, Standing.ACHIEVED)


@dataclass(slots=True)
class Row:
    """One unit or plan with its counts. `id` None: tasks whose lead unit isn't in the register. `alone`: whether a list
    filtered by it holds no other row's tasks (a unit's holds those of the units under it)."""

    id: int | None
    name: str
    cells: FourCells
    number: str = ""
    alone: bool = True
    short: str = ""


@dataclass(slots=True)
class Week:
    """What happened in the last seven days: tasks that turned late and still are, late ones that are no longer (done,
    or given a new day), and all that were finished."""

    late: int = 0
    saved: int = 0
    done: int = 0


@dataclass(slots=True)
class Silence:
    """A unit that owes reports past their day and has begun none: how many, since when, on how many days called for."""

    unit: int
    name: str
    reports: int
    since: dt.date
    calls: int


@dataclass(slots=True)
class Warned:
    """A rule with how many tasks it warns of, and the first of them."""

    rule: WarningRule
    count: int
    tasks: list[Task] = field(default_factory=list)


@dataclass(slots=True)
class Glance:
    """Everything that follows from tasks and duties. Units: most overdue first; plans: likewise."""

    on: dt.date
    cells: FourCells
    units: list[Row]
    plans: list[Row]
    week: Week
    pressing: list[Task]
    warned: list[Warned]
    silent: list[Silence]


@dataclass(slots=True)
class PastGlance:
    """How the whole agency stood at the end of a day: exact counts by unit and plan."""

    on: dt.date
    cells: FourCells
    units: list[Row]
    plans: list[Row]


def _most_overdue_first(row: Row) -> tuple[int, int, str]:
    return (-row.cells.open_overdue, -row.cells.total, row.name)


def glance(agency: Agency, rules: list[WarningRule], on: dt.date) -> Glance:
    """Everything about tasks and duties on the day. `rules`: the agency's rules of early warning."""
    tasks = Task.objects.filter(agency=agency).in_force().of_the_plan()
    by_path = tasks.four_cells_by("lead_path", on)
    by_plan = tasks.four_cells_by("plan_id", on)
    waiting = tasks.filter(closed__in=(False,)).select_related("accountable", "lead_unit")
    return Glance(
        on=on,
        cells=sum(by_path.values(), FourCells()),
        units=_unit_rows(agency, by_path),
        plans=_plan_rows(agency, by_plan),
        week=_week(agency, on),
        pressing=list(waiting.order_by("due_key", "pk")[:PRESSING]),
        warned=[_warned(agency, rule, on) for rule in rules if rule.kind in OF_TASKS],
        silent=silent_units(agency, on, told=NAMED),
    )


def glance_on(agency: Agency, on: dt.date) -> PastGlance:
    """How the agency stood at the end of a past day, as `sauro standing --as-of` and the rounds' reports count it. Four
    queries."""
    tasks, asked = Task.objects.filter(agency=agency).of_the_plan(), AsOf(on)
    by_path, by_plan = count_by(tasks, asked, "lead_path"), count_by(tasks, asked, "plan_id")
    total = sum(by_path.values(), FourCells())
    return PastGlance(on, total, _unit_rows(agency, by_path), _plan_rows(agency, by_plan))


def _unit_rows(agency: Agency, by_path: dict[Any, FourCells]) -> list[Row]:
    register = {u.path: u for u in Unit.objects.filter(agency=agency, path__in=[p for p in by_path if p])}
    paths = sorted(register)
    units = []
    for path, cells in by_path.items():
        unit = register.get(str(path))
        under = sum(p.startswith(unit.path) for p in paths) - 1 if unit else 0
        units.append(
            Row(unit.pk, unit.name, cells, alone=not under, short=unit.short_name)
            if unit
            else Row(None, "", cells, alone=False)
        )
    return sorted(units, key=_most_overdue_first)


def _plan_rows(agency: Agency, by_plan: dict[Any, FourCells]) -> list[Row]:
    known = Plan.objects.filter(agency=agency).only("number", "title").in_bulk(list(by_plan))
    plans = [Row(pk, known[pk].title, cells, known[pk].number) for pk, cells in by_plan.items()]
    return sorted(plans, key=_most_overdue_first)


def _week(agency: Agency, on: dt.date) -> Week:
    tasks = Task.objects.filter(agency=agency).in_force().of_the_plan()
    first = on - WEEK + DAY
    # Late from the day after the last day.
    late = tasks.filter(closed__in=(False,), due_key__range=(first - DAY, on - DAY)).count()
    # What has a day of completion is closed; said twice, so that an index answers.
    counted = tasks.filter(closed__in=(True,), completed_on__range=(first, on)).aggregate(
        done=Count("pk"), saved=Count("pk", filter=Q(completed_on__gt=F("due_key")))
    )
    moved = (
        tasks.filter(closed__in=(False,), due_key__gte=on, due_changes__changed_on__range=(first, on))
        .filter(due_changes__before__lt=F("due_changes__changed_on"))
        .aggregate(n=Count("pk", distinct=True))
    )
    return Week(late, counted["saved"] + moved["n"], counted["done"])


def _warned(agency: Agency, rule: WarningRule, on: dt.date) -> Warned:
    rows = warned_tasks(agency, rule, on)
    first = rows.select_related("plan", "accountable").order_by("closed", "due_key", "pk")[:NAMED]
    return Warned(rule, rows.count(), list(first))


def silent_units(agency: Agency, on: dt.date, *, told: int | None = None) -> list[Silence]:
    """Units with open duties to report whose day has passed and to which no report was begun; longest silence first.

    `told`: of so many of the first the calls are counted, of the others they stay 0; None: of all.
    """
    # Looked up duty by duty: few are owed, and PostgreSQL would read every report to join them.
    begun = Report.objects.filter(duty=OuterRef("pk")).order_by().values("pk")[:1]
    owed = Duty.objects.filter(agency=agency, kind__in=REPORTING).overdue(on).order_by()
    owed = owed.alias(begun=Subquery(begun)).filter(begun=None)
    # A sum, not the column: SQLite would walk all the agency's duties by unit to group those few that are owed.
    rows = owed.annotate(by_unit=F("unit_id") + 0).values_list("by_unit").annotate(n=Count("pk"), since=Min("due"))
    counted = {pk: (n, since) for pk, n, since in rows}
    names = dict(Unit.objects.filter(pk__in=counted).values_list("pk", "name"))
    found = [Silence(pk, names[pk], n, since, 0) for pk, (n, since) in counted.items()]
    found.sort(key=lambda s: (s.since, -s.reports, s.name))
    named = {s.unit: s for s in found[:told]}
    called = (
        Call.objects.filter(duty__in=owed.filter(unit__in=named))
        .order_by()
        .values_list("duty__unit")
        .annotate(n=Count("made_on", distinct=True))
    )
    for pk, n in called:
        named[pk].calls = n
    return found


def targets_of(agency: Agency, on: dt.date) -> list[Measured]:
    """The targets of the year or later ones that somebody set up, those that stand worst first. Three queries."""
    indicators = Indicator.objects.filter(
        agency=agency, target__objective__ended_in=None, due__gte=dt.date(on.year, 1, 1)
    ).select_related("target__objective__plan", "owner")
    found = list(measured(indicators, on).values())
    return sorted(found, key=lambda m: (_ORDER.index(m.standing), m.forecast is None, m.indicator.pk))
