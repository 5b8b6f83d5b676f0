"""Between unit and focal unit: withdrawing, returning, accepting."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sauro.ledger import services as ledger
from sauro.monitoring.lattice import Verb
from sauro.monitoring.models import Duty, Report, Round
from sauro.monitoring.services.figures import take_back_figures
from sauro.monitoring.services.moving import check_person, check_step, locked_row, locked_words
from sauro.notices import services as notices
from sauro.organization.models import Person
from sauro.organization.policy import Capability, require
from sauro.plans.services.errors import NotNow

ACCEPTED = "monitoring.report.accepted"


def report_url(pk: int) -> str:
    """Where a report is read and written."""
    return f"/bao-cao/{pk}/"


@transaction.atomic
def withdraw_report(report: Report, person: Person) -> Report:
    """Take back a report that waits to be accepted; its duty is owed again, and the figures that it gave are taken back
    with it. Those that someone has entered otherwise since are left, and still point to the report.

    Raises `NotNow`, `Refused`.
    """
    fresh = locked_row(report)
    check_step(fresh, Verb.WITHDRAW)
    check_person(fresh, Verb.WITHDRAW, person)
    fresh.state = Report.State.DRAFT
    take_back_figures(fresh, person)
    fresh.save(update_fields=["state", "figures", "changed_at"])
    _owe_again(fresh)
    ledger.record(person, "monitoring.report.withdrawn", fresh)
    return fresh


@transaction.atomic
def return_report(report: Report, person: Person, reason: str) -> Report:
    """Give a report back to its unit, with a reason that the sender sees; its duty is owed again.

    Raises `NotNow` (no reason, not in this state), `Refused`.
    """
    fresh = locked_row(report)
    check_step(fresh, Verb.RETURN)
    check_person(fresh, Verb.RETURN, person)
    if not reason.strip():
        raise NotNow(_("Ghi lý do trả lại để đơn vị biết phải sửa gì."))
    was = fresh.state
    fresh.state, fresh.return_reason = Report.State.RETURNED, reason.strip()
    fresh.returned_at, fresh.returned_by = timezone.now(), person
    fresh.accepted_at = fresh.accepted_by = None
    fresh.save()
    _owe_again(fresh)
    ledger.record(person, "monitoring.report.returned", fresh, was=was, reason=fresh.return_reason)
    writers = Person.objects.filter(Q(pk=fresh.author_id) | Q(pk=fresh.changed_by_id), is_active=True)
    heads = Person.objects.filter(unit_id=fresh.unit_id, is_active=True).exclude(post=Person.Post.MEMBER)
    told = {p.pk: p for p in [*writers, *heads]}.values()
    notices.tell(told, "monitoring.report.returned", partial(_returned, fresh), report_url(fresh.pk), but=person)
    return fresh


def _returned(report: Report) -> str:
    return _("Báo cáo bị trả lại: %(what)s. Lý do: %(why)s") % {
        "what": report.task or report.round,
        "why": report.return_reason,
    }


def _owe_again(report: Report) -> None:
    if report.duty_id:
        Duty.objects.filter(pk=report.duty_id, state=Duty.State.MET).update(state=Duty.State.OPEN, met_on=None)


@transaction.atomic
def accept_report(report: Report, person: Person) -> Report:
    """Accept one report. Raises `NotNow`, `Refused`."""
    fresh = locked_row(report)
    check_step(fresh, Verb.ACCEPT)
    check_person(fresh, Verb.ACCEPT, person)
    fresh.state, fresh.accepted_at, fresh.accepted_by = Report.State.ACCEPTED, timezone.now(), person
    fresh.save(update_fields=["state", "accepted_at", "accepted_by", "changed_at"])
    ledger.record(person, ACCEPTED, fresh)
    writer = Person.objects.filter(pk=fresh.author_id, is_active=True)
    notices.tell(writer, ACCEPTED, partial(_accepted, fresh), report_url(fresh.pk), but=person)
    return fresh


def _accepted(report: Report) -> str:
    return _("Báo cáo đã được nhận: %(what)s.") % {"what": report.task or report.round}


@transaction.atomic
def accept_reports(round: Round, person: Person, *, only: Iterable[int] | None = None) -> int:
    """Accept every report of the round that was handed in and waits; `only`: these alone (ids). Returns how many.

    What is no longer waiting (withdrawn meanwhile, accepted by someone else) is left as it is. Raises `NotNow` (round
    locked), `Refused`.
    """
    round = Round.objects.select_for_update(of=("self",)).select_related("focal_unit", "plan").get(pk=round.pk)
    if round.state == Round.State.LOCKED:
        raise NotNow(locked_words(round))
    require(person, Capability.COLLECT, round)
    waiting = Report.objects.filter(round=round, state=Report.State.SUBMITTED)
    if only is not None:
        waiting = waiting.filter(pk__in=list(only))
    rows = list(waiting.select_for_update(of=("self",)).select_related("task").order_by("pk"))
    now = timezone.now()
    for chunk in (rows[i : i + 500] for i in range(0, len(rows), 500)):
        Report.objects.filter(pk__in=[r.pk for r in chunk]).update(
            state=Report.State.ACCEPTED, accepted_at=now, accepted_by=person, changed_at=now
        )
    ledger.record_many(person, [ledger.Act(ACCEPTED, row, {"round": round.pk}) for row in rows])
    _tell_of_many(round, rows, person)
    return len(rows)


def _tell_of_many(round: Round, rows: list[Report], person: Person) -> None:
    """Each writer is told once, of all their reports; queries don't grow with the writers but with how their counts
    differ."""
    writers: dict[int, set[int]] = {}
    for writer, count in Counter(row.author_id for row in rows).items():
        writers.setdefault(count, set()).add(writer)
    for count, ids in sorted(writers.items()):
        told = Person.objects.filter(pk__in=ids, is_active=True)
        notices.tell(told, ACCEPTED, partial(_accepted_many, round, count), "/bao-cao/", but=person)


def _accepted_many(round: Round, count: int) -> str:
    words = ngettext("%(count)d báo cáo đã được nhận: %(round)s.", "%(count)d báo cáo đã được nhận: %(round)s.", count)
    return words % {"count": count, "round": round}


@transaction.atomic
def lock_round(round: Round, person: Person, today: dt.date) -> Round:
    """Close a round: what was accepted is locked with it. Raises `NotNow` (reports still wait, locked already),
    `Refused`."""
    round = Round.objects.select_for_update(of=("self",)).select_related("focal_unit", "plan").get(pk=round.pk)
    if round.state == Round.State.LOCKED:
        raise NotNow(locked_words(round))
    require(person, Capability.COLLECT, round)
    if waiting := round.reports.filter(state=Report.State.SUBMITTED).count():
        raise NotNow(_("Còn %(count)d báo cáo đã nộp chưa xử lý. Nhận hoặc trả lại rồi khóa kỳ.") % {"count": waiting})
    count = round.reports.filter(state=Report.State.ACCEPTED).update(state=Report.State.LOCKED)
    round.state, round.locked_at, round.locked_by = Round.State.LOCKED, timezone.now(), person
    round.save(update_fields=["state", "locked_at", "locked_by"])
    ledger.record(person, "monitoring.round.locked", round, reports=count, on=today)
    return round


@transaction.atomic
def unlock_round(round: Round, person: Person, reason: str) -> Round:
    """Open a locked round again, with a reason; its reports are accepted ones again. Raises `NotNow`, `Refused`."""
    round = Round.objects.select_for_update(of=("self",)).select_related("focal_unit", "plan").get(pk=round.pk)
    if round.state != Round.State.LOCKED:
        raise NotNow(_("Kỳ báo cáo này đang mở."))
    require(person, Capability.UNLOCK, round)
    if not reason.strip():
        raise NotNow(_("Ghi lý do mở lại kỳ báo cáo."))
    count = round.reports.filter(state=Report.State.LOCKED).update(state=Report.State.ACCEPTED)
    round.state, round.locked_at, round.locked_by = Round.State.OPEN, None, None
    round.save(update_fields=["state", "locked_at", "locked_by"])
    ledger.record(person, "monitoring.round.unlocked", round, reports=count, reason=reason.strip())
    return round
