"""Duties out of schedules and reporting rules, made lazily a year ahead, so that recurring work passes New Year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch

from sauro.monitoring.models import Duty
from sauro.organization import services as organization
from sauro.organization.models import Unit
from sauro.plans.models import Plan, ReportingRule, Task, TaskUnit
from sauro.reading.schedules import period_of
from sauro.vietnamese.calendar import WorkingCalendar
from sauro.vietnamese.periods import Period, due_day, occurrences
from sauro.vietnamese.text import fold

HORIZON = dt.timedelta(days=400)
# Tết with its weekends is the longest stretch without a working day; twice that is on the safe side.
LONGEST_BREAK = dt.timedelta(days=21)
# A group that means every unit of the agency, by how its folded name begins.
_EVERYONE = ("cac don vi", "cac phong", "thu truong cac don vi", "thu truong don vi",
             "lanh dao don vi", "lanh dao cac don vi", "truong cac phong",
             "cac co quan, don vi", "cac cuc, vu", "cac vu, cuc")  # fmt: skip
# Bodies of people from several units: «các phòng, đơn vị» does not mean them.
_COMMITTEES = ("ban chi dao", "to giup viec", "to cong tac", "to bien tap", "hoi dong")

Key = tuple[int | None, int | None, int, str, str]


@dataclass(slots=True)
class _Context:
    """What is fetched once for a whole plan."""

    plan: Plan
    calendar: WorkingCalendar
    everyone: list[Unit]
    since: dt.date
    until: dt.date

    @property
    def begins(self) -> dt.date:
        """Where to look from: a day that lies before today may have been moved to today or later by days off."""
        return self.since - LONGEST_BREAK

    def is_ahead(self, day: dt.date) -> bool:
        """Whether a day by the rule, once moved off days off, is today or later."""
        return self.calendar.next_working_day(day) >= self.since

    def bearers(self, unit: Unit) -> list[Unit]:
        """The units that owe what `unit` owes: itself, or every unit where it is a group of all."""
        if unit.kind in (Unit.Kind.COLLECTIVE, Unit.Kind.ROLE) and fold(unit.name).startswith(_EVERYONE):
            return self.everyone
        return [unit]


def generate_duties(plan: Plan, today: dt.date, *, only: Iterable[Task] | None = None) -> int:
    """Make the duties of a plan's tasks and reporting rules that aren't there yet, from today on to the horizon.

    Recurring duties begin with the first period that is due on or after `today`; what has one date is owed even where
    that date has passed. Open duties follow a changed date; those of tasks that ended are called off; what was met
    stays. `only`: these tasks alone. Running it again changes nothing. Returns how many were made.
    """
    context = _Context(
        plan=plan,
        calendar=organization.working_calendar(plan.agency_id),
        everyone=everyone_of(plan.agency_id),
        since=today,
        until=min(plan.ends_on, today + HORIZON),
    )
    tasks = (
        plan.tasks.select_related("accountable")
        .prefetch_related(
            Prefetch("task_units", TaskUnit.objects.filter(role=TaskUnit.Role.LEAD).select_related("unit")),
            "milestones",
        )
        .order_by("order", "pk")
    )
    existing = Duty.objects.filter(plan=plan)
    rules: list[ReportingRule] = []
    if only is not None:
        ids = [t.pk for t in only]
        tasks, existing = tasks.filter(pk__in=ids), existing.filter(task_id__in=ids)
    else:
        rules = list(plan.reporting_rules.select_related("unit", "via_unit"))
    tasks_now = list(tasks)
    # A task that a later decision gave back its own rule is asked once a period, by the stricter of the two.
    wanted = {key: duty for duty in _wanted(context, tasks_now, rules) for key in [_key(duty)]}
    return _bring_in_line(list(existing), wanted, today, {t.pk for t in tasks_now if t.ended_in or t.completed_on})


def everyone_of(agency_id: int) -> list[Unit]:
    """The units right under the agency, committees apart: who is meant by «các phòng, đơn vị»."""
    units = Unit.objects.filter(agency_id=agency_id, kind=Unit.Kind.UNIT, depth=2, is_active=True).order_by("path")
    return [u for u in units if not u.folded.startswith(_COMMITTEES)]


def _key(duty: Duty) -> Key:
    return duty.task_id, duty.rule_id, duty.unit_id, str(duty.kind), duty.period


def _wanted(context: _Context, tasks: Iterable[Task], rules: Iterable[ReportingRule]) -> Iterator[Duty]:
    for task in tasks:
        if not task.ended_in and not task.completed_on:
            yield from _of_task(context, task)
    for rule in rules:
        if not rule.ended_in:
            yield from _of_rule(context, rule)


def _of_task(context: _Context, task: Task) -> Iterator[Duty]:
    leads = [u.unit for u in task.task_units.all() if u.unit]
    bearers = list({b.pk: b for unit in leads for b in context.bearers(unit)}.values())
    dated: list[tuple[Duty.Kind, str, dt.date, str]] = []
    if task.due:
        dated.append((Duty.Kind.FINISH, "", task.due, task.title))
    dated += [
        (Duty.Kind.MILESTONE, f"m{m.order + 1}", m.due, f"{m.text} ({task.title})")
        for m in task.milestones.all()
        if m.due and not m.done_on
    ]
    if task.recurs and task.schedule_kind == Task.ScheduleKind.RECURRING:
        dated += [(Duty.Kind.PERIODIC, str(p), p.end, task.title) for p in _periods(context, task.recurs, task)]
    elif (frequency := period_of(task.report_frequency)) and task.schedule_kind != Task.ScheduleKind.EVENT:
        dated += [(Duty.Kind.REPORT, str(p), p.end, task.title) for p in _periods(context, frequency, task)]
    for unit in bearers:
        person = task.accountable if task.accountable and task.lead_path == unit.path else None
        for kind, period, day, title in dated:
            yield _duty(context, unit, kind, period, day, title, task=task, person=person)


def _periods(context: _Context, kind: str, task: Task) -> Iterator[Period]:
    first = max(context.begins, context.plan.starts_on, task.starts_on or dt.date.min)
    last = min(context.until, task.due or dt.date.max)
    return (p for p in occurrences(kind, first, last) if context.is_ahead(p.end) and p.end <= last)


def _of_rule(context: _Context, rule: ReportingRule) -> Iterator[Duty]:
    if not rule.period or not rule.unit:
        return
    # A period may be reported in the month after it: those that ended lately are looked at too.
    first = Period.of(rule.period, context.begins).previous.start
    for period in occurrences(rule.period, max(first, context.plan.starts_on), context.until):
        day = due_day(period, rule.before_day, rule.of)
        if not context.is_ahead(day):
            continue
        for unit in context.bearers(rule.unit):
            if unit.pk != rule.via_unit_id or rule.unit_id == rule.via_unit_id:
                yield _duty(context, unit, Duty.Kind.PLAN_REPORT, str(period), day, context.plan.label, rule=rule)


def _duty(
    context: _Context, unit: Unit, kind: Duty.Kind, period: str, day: dt.date, title: str, **links: object
) -> Duty:
    return Duty(
        agency_id=context.plan.agency_id,
        plan=context.plan,
        kind=kind,
        unit=unit,
        unit_path=unit.path,
        period=period,
        title=title,
        nominal_due=day,
        due=context.calendar.next_working_day(day),
        **links,
    )


@transaction.atomic
def _bring_in_line(existing: list[Duty], wanted: dict[Key, Duty], today: dt.date, closed: set[int]) -> int:
    changed = []
    for duty in existing:
        want = wanted.pop(_key(duty), None)
        if duty.state == Duty.State.MET:
            continue
        if duty.kind == Duty.Kind.CALLED and duty.task_id not in closed:
            # Called for by hand: no schedule makes it, so none takes it away.
            continue
        if want is None:
            # A recurring duty that has fallen due stays owed; only what lies ahead, or hangs on a closed task, goes.
            if duty.state == Duty.State.OPEN and (duty.task_id in closed or duty.due >= today):
                duty.state = Duty.State.CANCELLED
                changed.append(duty)
            continue
        fresh = (want.nominal_due, want.due, want.title, want.person_id or duty.person_id, Duty.State.OPEN)
        if (duty.nominal_due, duty.due, duty.title, duty.person_id, duty.state) != fresh:
            duty.nominal_due, duty.due, duty.title, duty.person_id, duty.state = fresh
            changed.append(duty)
    Duty.objects.bulk_update(changed, ["nominal_due", "due", "title", "person", "state"], batch_size=500)
    Duty.objects.bulk_create(wanted.values(), batch_size=1000)
    return len(wanted)


def extend_duties(today: dt.date) -> int:
    """Make the duties of every plan in force that have come within the horizon; the daily job. Returns how many."""
    plans = Plan.objects.filter(starts_on__lte=today + HORIZON, ends_on__gte=today).select_related("agency")
    return sum(generate_duties(plan, today) for plan in plans.iterator(chunk_size=100))
