"""Rounds: opened from the plans' own rules as their day comes, or called by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.monitoring.models import Duty, Report, Round
from sauro.monitoring.services.duties import everyone_of
from sauro.monitoring.services.moving import locked_words
from sauro.notices import services as notices
from sauro.organization import services as organization
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, require
from sauro.plans.models import Plan, ReportingRule, Task
from sauro.plans.services.errors import NotNow

# A round opens this long before units are due (a choice of ours, not of a rule; each round's day can be changed).
OPENS_BEFORE = dt.timedelta(days=14)
# Working days that the focal unit has after the units.
FOCAL_DAYS = 3
GATHERED = (Duty.Kind.PLAN_REPORT, Duty.Kind.REPORT, Duty.Kind.PERIODIC)

Key = tuple[int, int | None, str]


@transaction.atomic
def open_rounds(agency: Agency, today: dt.date) -> list[Round]:
    """Open every round whose day has come: one for each reporting rule and period, one for each plan and period of the
    tasks' own frequencies. Duties that came later join their round. Running it again opens nothing twice.
    """
    waiting = (
        Duty.objects.open()
        .filter(agency=agency, kind__in=GATHERED, round=None, due__lte=today + OPENS_BEFORE)
        .select_related("plan", "rule", "rule__via_unit")
        .order_by("pk")
    )
    rules = {
        (rule.plan_id, rule.period): rule
        for rule in ReportingRule.objects.filter(plan__agency=agency, ended_in=None)
        .exclude(period="")
        .order_by("-order")
    }
    groups: dict[Key, list[Duty]] = {}
    homes: dict[Key, ReportingRule | None] = {}
    for duty in waiting:
        rule = duty.rule
        if duty.kind == Duty.Kind.REPORT:
            rule = rules.get((duty.plan_id, _kind_of(duty.period)))
        key = (duty.plan_id, rule.pk if rule else None, duty.period)
        groups.setdefault(key, []).append(duty)
        homes[key] = rule
    opened: list[Round] = []
    calendar = organization.working_calendar(agency)
    for key, duties in groups.items():
        rule = homes[key]
        due = max([d.due for d in duties if rule is None or d.rule_id == rule.pk] or [d.due for d in duties])
        round, made = Round.objects.get_or_create(
            agency=agency,
            plan_id=key[0],
            rule=rule,
            kind=Round.Kind.PERIODIC,
            period=key[2],
            defaults={
                "opens_on": min(today, due),
                "due": due,
                "focal_due": calendar.add_working_days(due, FOCAL_DAYS),
                "focal_unit": rule.via_unit if rule else None,
            },
        )
        if round.state == Round.State.LOCKED:
            continue
        Duty.objects.filter(pk__in=[d.pk for d in duties]).update(round=round)
        Report.objects.filter(duty__in=duties, round=None).update(round=round)
        if made:
            ledger.record(None, "monitoring.round.opened", round, due=due, duties=len(duties))
            opened.append(round)
    return opened


def _kind_of(period: str) -> str:
    """The kind of a written period: "2026-11" is a month."""
    if "-Q" in period:
        return "quarter"
    if "-H" in period:
        return "half"
    return "month" if "-" in period else "year"


@transaction.atomic
def call_round(
    plan: Plan,
    actor: Person,
    today: dt.date,
    *,
    kind: str,
    event: str,
    due: dt.date,
    focal_due: dt.date | None = None,
    units: Iterable[Unit] = (),
    tasks: Iterable[Task] = (),
    focal_unit: Unit | None = None,
    responsible: Person | None = None,
) -> Round:
    """Call for reports by hand: out of turn (đột xuất), or because an event came about ("khi có thay đổi …").

    `units`: who is asked, every unit right under the agency where none is given; `tasks`: on which tasks, on the plan
    as a whole where none is given (each of these tasks is then asked of its lead units among `units`).
    Raises `NotNow`, `Refused`.
    """
    require(actor, Capability.COLLECT, plan)
    if kind not in (Round.Kind.AD_HOC, Round.Kind.EVENT):
        raise NotNow(_("Kỳ định kỳ tự mở theo chế độ báo cáo của kế hoạch."))
    if not event.strip():
        raise NotNow(_("Ghi sự kiện hoặc lý do yêu cầu báo cáo."))
    if due < today:
        raise NotNow(_("Hạn nộp không được trước hôm nay."))
    calendar = organization.working_calendar(plan.agency_id)
    moved = calendar.next_working_day(due)
    last = focal_due or calendar.add_working_days(moved, FOCAL_DAYS)
    if last < moved:
        raise NotNow(_("Hạn tổng hợp phải sau hạn nộp của đơn vị, ngày %(day)s.") % {"day": f"{moved:%d/%m/%Y}"})
    asked = list(units) or everyone_of(plan.agency_id)
    round = Round.objects.create(
        agency_id=plan.agency_id, plan=plan, kind=kind, event=event.strip()[:500], opens_on=today, due=moved,
        focal_due=last, focal_unit=focal_unit, responsible=responsible or actor,
    )  # fmt: skip
    duties = list(_called_duties(round, asked, list(tasks), due))
    if not duties:
        raise NotNow(_("Không đơn vị nào trong số đã chọn chủ trì các nhiệm vụ này."))
    Duty.objects.bulk_create(duties)
    ledger.record(actor, "monitoring.round.called", round, event=round.event, due=moved, duties=len(duties))
    heads = Person.objects.filter(unit_id__in={d.unit_id for d in duties}, is_active=True)
    heads = heads.exclude(post=Person.Post.MEMBER)
    url = f"/bao-cao/ky/{round.pk}/bang/"
    notices.tell(heads, "monitoring.round.called", partial(_called, round), url, but=actor)
    return round


def _called(round: Round) -> str:
    return _("Yêu cầu báo cáo, hạn %(day)s: %(event)s") % {"day": f"{round.due:%d/%m/%Y}", "event": round.event}


def _called_duties(round: Round, units: list[Unit], tasks: list[Task], nominal: dt.date) -> Iterable[Duty]:
    common: dict[str, Any] = {
        "agency_id": round.agency_id, "plan_id": round.plan_id, "round": round, "kind": Duty.Kind.CALLED,
        "period": "", "nominal_due": nominal, "due": round.due,
    }  # fmt: skip
    if not tasks:
        for unit in units:
            yield Duty(unit=unit, unit_path=unit.path, title=round.event, **common)
        return
    for task in tasks:
        leads = [p for p in task.task_units.all() if p.role == "lead" and p.path]
        for unit in units:
            if any(p.path.startswith(unit.path) for p in leads):
                person = task.accountable if task.accountable and task.lead_path == unit.path else None
                yield Duty(unit=unit, unit_path=unit.path, task=task, person=person, title=task.title, **common)


@transaction.atomic
def edit_round(round: Round, actor: Person, changes: dict[str, Any]) -> Round:
    """Change `due`, `focal_due`, `focal_unit`, `responsible` of an open round; its open duties follow a new `due`.

    Raises `NotNow`, `Refused`.
    """
    round = Round.objects.select_for_update(of=("self",)).select_related("focal_unit", "plan").get(pk=round.pk)
    if round.state == Round.State.LOCKED:
        raise NotNow(locked_words(round))
    require(actor, Capability.COLLECT, round)
    before = {name: getattr(round, name) for name in changes}
    for name, value in changes.items():
        if name not in ("due", "focal_due", "focal_unit", "responsible"):
            raise ValueError(name)
        setattr(round, name, value)
    if round.due < round.opens_on:
        raise NotNow(_("Hạn nộp không được trước ngày mở kỳ, %(day)s.") % {"day": f"{round.opens_on:%d/%m/%Y}"})
    if round.focal_due < round.due:
        raise NotNow(_("Hạn tổng hợp phải sau hạn nộp của đơn vị, ngày %(day)s.") % {"day": f"{round.due:%d/%m/%Y}"})
    round.save()
    if round.due != before.get("due", round.due):
        # The day by the document stays beside it, so that what was late by the document can still be told.
        round.duties.open().filter(nominal_due__lte=round.due).update(due=round.due)
    ledger.record(actor, "monitoring.round.changed", round, before=before, after=changes)
    return round
