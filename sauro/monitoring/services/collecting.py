"""What the focal unit does with a round beside accepting and returning: calling the silent, settling differences,
noting what was typed into systems elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.monitoring.models import Call, CallRule, Duty, OutsideUpdate, Reconciliation, Report, Round
from sauro.monitoring.rounds.conflicts import reports_in
from sauro.monitoring.rounds.picture import smooth_reports
from sauro.monitoring.services.handover import accept_reports
from sauro.monitoring.services.moving import locked_words
from sauro.notices import services as notices
from sauro.organization import services as organization
from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability, require
from sauro.plans.models import Task
from sauro.plans.services.errors import NotNow


def locked_round(round: Round) -> Round:
    """The round as it stands now, locked until the transaction ends."""
    rows = Round.objects.select_for_update(of=("self",)).select_related("focal_unit", "plan", "agency")
    return rows.get(pk=round.pk)


def open_round(round: Round, person: Person) -> Round:
    """The round, locked in the database, where it is open and the person gathers it. Raises `NotNow`, `Refused`."""
    fresh = locked_round(round)
    if fresh.state == Round.State.LOCKED:
        raise NotNow(locked_words(fresh))
    require(person, Capability.COLLECT, fresh)
    return fresh


def accept_smooth(round: Round, person: Person) -> int:
    """Accept every report of the round that waits and names neither a difficulty nor a proposal; returns how many.

    Raises `NotNow`, `Refused`.
    """
    return accept_reports(round, person, only=smooth_reports(round).values_list("pk", flat=True))


def accept_of_unit(round: Round, person: Person, unit: Unit) -> int:
    """Accept every report of one unit that waits in the round; returns how many. Raises `NotNow`, `Refused`."""
    waiting = Report.objects.filter(round=round, unit=unit, state=Report.State.SUBMITTED)
    return accept_reports(round, person, only=waiting.values_list("pk", flat=True))


@transaction.atomic
def remind_units(round: Round, person: Person, today: dt.date, *, only: Iterable[Unit] | None = None) -> list[Unit]:
    """Call for what units still owe in the round, each at most once a day; returns the units that were called.

    Those are told whose duties they are, and the unit's heads, or all its people where nobody heads it. The call is
    kept with those that rules make, so that the page shows both. Raises `NotNow`, `Refused`.
    """
    round = open_round(round, person)
    owed = Duty.objects.filter(round=round).filter(
        Q(reports__state__in=(Report.State.RETURNED, Report.State.DRAFT)) | Q(reports=None, state=Duty.State.OPEN)
    )
    if only is not None:
        owed = owed.filter(unit__in=[u.pk for u in only])
    duties = list(owed.select_related("unit", "person").order_by("unit__sort_key", "pk").distinct())
    told = set(
        Call.objects.filter(duty__in=duties, made_on=today, to=CallRule.To.HEAD).values_list("duty__unit", flat=True)
    )
    offset = _working_days(round, today)
    by_unit: dict[int, list[Duty]] = {}
    for duty in duties:
        if duty.unit_id not in told:
            by_unit.setdefault(duty.unit_id, []).append(duty)
    heads: dict[int, list[Person]] = {}
    members: dict[int, list[Person]] = {}
    for one in Person.objects.filter(unit__in=list(by_unit), is_active=True).select_related("unit"):
        known = members if one.post == Person.Post.MEMBER else heads
        known.setdefault(one.unit_id, []).append(one)
    calls = []
    for unit_id, theirs in by_unit.items():
        reached: dict[int, Person] = {p.pk: p for p in heads.get(unit_id, [])}
        reached |= {d.person.pk: d.person for d in theirs if d.person and d.person.is_active}
        # Where nobody heads the unit everyone in it is told.
        reached = reached or {p.pk: p for p in members.get(unit_id, [])}
        if not reached:
            # Nobody is there to be told: the unit isn't among those called.
            continue
        calls += [Call(duty=d, offset=offset, to=CallRule.To.HEAD, made_on=today, reached=len(reached)) for d in theirs]
        notices.tell(
            reached.values(), "monitoring.round.reminded", partial(_reminder, round, len(theirs)),
            _owed_at(round, theirs), but=person,
        )  # fmt: skip
    Call.objects.bulk_create(calls, ignore_conflicts=True)
    told_now = {call.duty_id for call in calls}
    units = [theirs[0].unit for theirs in by_unit.values() if theirs[0].pk in told_now]
    if units:
        ledger.record(person, "monitoring.round.reminded", round, units=[u.name for u in units])
    return units


def _owed_at(round: Round, duties: list[Duty]) -> str:
    """Where what is owed is written: the one report, or the unit's sheet where there are several."""
    return f"/viec/{duties[0].pk}/bao-cao/" if len(duties) == 1 else f"/bao-cao/ky/{round.pk}/bang/"


def _reminder(round: Round, count: int) -> str:
    return _("Đơn vị đầu mối nhắc: còn %(count)d báo cáo của kế hoạch %(plan)s, hạn %(day)s.") % {
        "count": count,
        "plan": round.plan.number or round.plan.title[:80],
        "day": f"{round.due:%d/%m/%Y}",
    }


def _working_days(round: Round, today: dt.date) -> int:
    """Working days of `today` after the round's due day; negative before it. Within what a call can hold."""
    calendar = organization.working_calendar(round.agency_id)
    return max(-60, min(60, calendar.working_days_between(round.due, today)))


@transaction.atomic
def reconcile(round: Round, person: Person, taken: Report, reason: str) -> Reconciliation:
    """Take one unit's word on a task of which several units say different things; the other stays on record.

    Raises `NotNow` (no reason, the report doesn't speak in this round), `Refused`.
    """
    round = open_round(round, person)
    if taken.task_id is None or not reports_in(round).filter(pk=taken.pk).exists():
        raise NotNow(_("Báo cáo được chọn không thuộc kỳ này, hoặc vừa được rút lại. Mở lại trang kỳ báo cáo."))
    if not reason.strip():
        raise NotNow(_("Ghi lý do lấy số liệu của đơn vị này."))
    made, _new = Reconciliation.objects.update_or_create(
        round=round,
        task_id=taken.task_id,
        defaults={"taken": taken, "reason": reason.strip(), "decided_by": person, "decided_at": timezone.now()},
    )
    ledger.record(person, "monitoring.round.reconciled", round, task=taken.task_id, report=taken.pk, reason=made.reason)
    return made


@transaction.atomic
def leave_both(round: Round, person: Person, task: Task) -> bool:
    """Take back whose word was taken on a task: the report then gives both. Returns whether there was anything to take
    back. Raises `NotNow`, `Refused`."""
    round = open_round(round, person)
    gone, _rows = Reconciliation.objects.filter(round=round, task=task).delete()
    if gone:
        ledger.record(person, "monitoring.round.left_both", round, task=task.pk)
    return bool(gone)


@transaction.atomic
def note_outside(round: Round, person: Person, task: Task, system: str, today: dt.date, *, done: bool) -> None:
    """Tick, or untick, that a task's result of this round was typed into a system elsewhere ("đã cập nhật").

    Raises `NotNow` (no system named, a task of another plan), `Refused`.
    """
    require(person, Capability.COLLECT, round)
    system = " ".join(system.split())[:120]
    if not system:
        raise NotNow(_("Ghi tên hệ thống đã cập nhật."))
    if task.plan_id != round.plan_id:
        raise NotNow(_("Nhiệm vụ này không thuộc kế hoạch của kỳ báo cáo."))
    period = period_of(round)
    if done:
        _row, made = OutsideUpdate.objects.get_or_create(
            task=task, system=system, period=period,
            defaults={"agency_id": round.agency_id, "updated_on": today, "updated_by": person},
        )  # fmt: skip
        if made:
            ledger.record(person, "monitoring.task.told_outside", task, system=system, period=period)
    elif OutsideUpdate.objects.filter(task=task, system=system, period=period).delete()[0]:
        ledger.record(person, "monitoring.task.untold_outside", task, system=system, period=period)


def period_of(round: Round) -> str:
    """The round's period as ten characters; a round called by hand is named by its due day."""
    return round.period or f"{round.due:%Y-%m-%d}"
