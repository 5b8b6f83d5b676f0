"""Planning an audit: what, when, by whom; telling the unit (TCVN ISO 9001:2015, 9.2.2 b, c)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.documents.models import DocumentedInformation
from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization import services as organization
from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability, require
from sauro.quality.models import Audit, AuditorPlace, AuditProgramme, Process
from sauro.quality.ready import standard
from sauro.quality.services.audits.independence import Team, check_independence, check_team, team_of
from sauro.quality.services.audits.lattice import demand
from sauro.quality.services.codes import next_code
from sauro.quality.services.errors import NotNow
from sauro.vietnamese.text import nfc

Role, State = AuditorPlace.Role, Audit.State


@dataclass(slots=True)
class AuditPlan:
    """What an audit looks at, when and where; as a person fills it in."""

    unit: Unit
    starts_on: dt.date
    ends_on: dt.date
    processes: Iterable[Process] = ()
    documents: Iterable[DocumentedInformation] = ()
    clauses: Iterable[str] = ()
    place: str = ""
    scope: str = ""


@transaction.atomic
def plan_audit(programme: AuditProgramme, person: Person, plan: AuditPlan, team: Team) -> Audit:
    """Put an audit into the year's programme; into an approved one too, then as an extra audit, and the ledger says so.

    `team`: (person, role) with one lead, independent of what is audited. Raises `NotNow`, `Refused`.
    """
    require(person, Capability.RUN_QUALITY, programme)
    processes, documents, clauses = _looked_at(programme, plan)
    check_team(team, plan.unit, processes, documents)
    audit = Audit.objects.create(
        agency_id=programme.agency_id,
        programme=programme,
        code=next_code(Audit, programme.agency_id, "ĐG", programme.year),
        unit=plan.unit,
        clauses=clauses,
        **_words(plan),
    )
    audit.processes.set(processes)
    audit.documents.set(documents)
    _name(audit, team)
    ledger.record(
        person,
        "quality.audit.planned",
        audit,
        unit=plan.unit.name,
        starts=plan.starts_on,
        team=_in_words(team),
        extra=programme.approved_on is not None,
    )
    if programme.approved_by:
        _tell([programme.approved_by], "quality.audit.planned", audit, person, _said_extra)
    return audit


@transaction.atomic
def edit_audit(audit: Audit, person: Person, plan: AuditPlan) -> Audit:
    """Change what is planned, before the unit has been told. The team must stay independent of it.

    Raises `NotNow`, `Refused`.
    """
    fresh = locked(audit)
    demand(person, fresh, "edit")
    processes, documents, clauses = _looked_at(fresh.programme, plan)
    check_team(team_of(fresh), plan.unit, processes, documents)
    fresh.unit, fresh.clauses = plan.unit, clauses
    for name, value in _words(plan).items():
        setattr(fresh, name, value)
    fresh.save()
    fresh.processes.set(processes)
    fresh.documents.set(documents)
    ledger.record(person, "quality.audit.edited", fresh, unit=plan.unit.name, starts=plan.starts_on)
    return fresh


@transaction.atomic
def set_team(audit: Audit, person: Person, team: Team, reason: str = "") -> Audit:
    """Name the team anew. Once the unit has been told, with a reason, and the unit is told again.

    Raises `NotNow`, `Refused`.
    """
    fresh = locked(audit)
    demand(person, fresh, "set_team")
    told = fresh.state != State.PLANNED
    reason = nfc(reason).strip()
    if told and not reason:
        raise NotNow(_("Đơn vị đã nhận kế hoạch. Ghi lý do thay đổi đoàn đánh giá."))
    before = team_of(fresh)
    check_team(team, fresh.unit, fresh.processes.all(), fresh.documents.select_related("current"))
    fresh.team.all().delete()
    _name(fresh, team)
    verb = "quality.audit.team_changed" if told else "quality.audit.team_set"
    ledger.record(person, verb, fresh, before=_in_words(before), after=_in_words(team), reason=reason)
    if told:
        _tell([*heads_of(fresh), *(p for p, _r in team)], "quality.audit.team_changed", fresh, person, _said_team)
    return locked(fresh)


@transaction.atomic
def notify_unit(audit: Audit, person: Person, today: dt.date) -> Audit:
    """Send the plan to the unit and the team; from here on it stands. Raises `NotNow`, `Refused`."""
    fresh = locked(audit)
    demand(person, fresh, "notify")
    if fresh.programme.approved_on is None:
        raise NotNow(
            _("Chương trình năm %(year)d chưa được phê duyệt. Lãnh đạo phê duyệt rồi mới gửi kế hoạch cho đơn vị.")
            % {"year": fresh.programme.year}
        )
    if fresh.starts_on < today:
        raise NotNow(
            _("Ngày bắt đầu %(day)s đã qua. Thư ký ISO đổi ngày rồi gửi kế hoạch.")
            % {"day": f"{fresh.starts_on:%d/%m/%Y}"}
        )
    check_independence(fresh)
    fresh.state, fresh.notified_on = State.NOTIFIED, today
    fresh.save()
    ledger.record(person, "quality.audit.notified", fresh, unit=fresh.unit.name, starts=fresh.starts_on)
    team = [p for p, _role in team_of(fresh)]
    owners = Person.objects.filter(pk__in=fresh.processes.values("owner"), is_active=True)
    _tell(
        {p.pk: p for p in [*heads_of(fresh), *owners, *team]}.values(), "quality.audit.notified", fresh, person, _said
    )
    return fresh


@transaction.atomic
def cancel_audit(audit: Audit, person: Person, reason: str) -> Audit:
    """Not hold it after all; the programme shows it with the reason. Raises `NotNow`, `Refused`."""
    fresh = locked(audit)
    demand(person, fresh, "cancel")
    if not (reason := nfc(reason).strip()):
        raise NotNow(_("Ghi lý do thôi thực hiện cuộc đánh giá."))
    told = fresh.state == State.NOTIFIED
    fresh.state, fresh.reason = State.CANCELLED, reason[:500]
    fresh.save()
    ledger.record(person, "quality.audit.cancelled", fresh, reason=reason)
    if told:
        _tell([*heads_of(fresh), *(p for p, _r in team_of(fresh))], "quality.audit.cancelled", fresh, person, _said_off)
    return fresh


def locked(audit: Audit) -> Audit:
    """The audit's row, held till the transaction ends, with what its rules look at."""
    Audit.objects.select_for_update().get(pk=audit.pk)
    found: Audit = (
        Audit.objects.select_related("unit", "unit__agency", "programme", "programme__approved_by")
        .prefetch_related("team__person")
        .get(pk=audit.pk)
    )
    return found


def heads_of(audit: Audit) -> list[Person]:
    """Those who head the audited unit; anyone of it where nobody does."""
    heads = organization.heads_of(audit.unit.path)
    return heads or list(Person.objects.filter(unit=audit.unit, is_active=True))


def _looked_at(
    programme: AuditProgramme, plan: AuditPlan
) -> tuple[list[Process], list[DocumentedInformation], list[str]]:
    processes, documents, clauses = list(plan.processes), list(plan.documents), list(dict.fromkeys(plan.clauses))
    if plan.ends_on < plan.starts_on:
        raise NotNow(_("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
    if plan.starts_on.year != programme.year:
        raise NotNow(
            _("Ngày bắt đầu %(day)s không thuộc năm %(year)d của chương trình.")
            % {"day": f"{plan.starts_on:%d/%m/%Y}", "year": programme.year}
        )
    if not (processes or documents or clauses):
        raise NotNow(_("Chọn ít nhất một quá trình, quy trình hoặc điều khoản để đánh giá."))
    named: list[Any] = [plan.unit, *processes, *documents]
    if any(thing.agency_id != programme.agency_id for thing in named):
        raise NotNow(_("Đơn vị, quá trình, quy trình phải thuộc cơ quan này."))
    for number in clauses:
        try:
            standard.clause(number)
        except KeyError:
            raise NotNow(_("Tiêu chuẩn không có điều khoản %(number)s.") % {"number": number}) from None
    ids = [d.pk for d in documents]
    documents = list(DocumentedInformation.objects.filter(pk__in=ids).select_related("current")) if ids else []
    return processes, documents, sorted(clauses, key=standard.clause_key)


def _words(plan: AuditPlan) -> dict[str, object]:
    return {
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "place": nfc(plan.place).strip()[:200],
        "scope": nfc(plan.scope).strip(),
    }


def _name(audit: Audit, team: Team) -> None:
    AuditorPlace.objects.bulk_create([AuditorPlace(audit=audit, person=p, role=role) for p, role in team])


def _in_words(team: Team) -> list[str]:
    return [f"{person.full_name}: {Role(role).label}" for person, role in team]


def _tell(people: Iterable[Person], verb: str, audit: Audit, person: Person, said: Callable[[Audit], str]) -> None:
    notices.tell(people, verb, lambda: said(audit), f"/chat-luong/danh-gia/{audit.pk}/", but=person)


def _facts(audit: Audit) -> dict[str, str]:
    return {
        "code": audit.code,
        "unit": audit.unit.name,
        "start": f"{audit.starts_on:%d/%m/%Y}",
        "end": f"{audit.ends_on:%d/%m/%Y}",
    }


def _said(audit: Audit) -> str:
    return _("Đánh giá nội bộ %(code)s tại %(unit)s từ %(start)s đến %(end)s: đã có kế hoạch.") % _facts(audit)


def _said_team(audit: Audit) -> str:
    return _("Đoàn đánh giá nội bộ %(code)s tại %(unit)s có thay đổi.") % _facts(audit)


def _said_off(audit: Audit) -> str:
    return _("Thôi thực hiện đánh giá nội bộ %(code)s tại %(unit)s.") % _facts(audit)


def _said_extra(audit: Audit) -> str:
    return _("Thêm cuộc đánh giá %(code)s tại %(unit)s ngoài chương trình đã phê duyệt.") % _facts(audit)
