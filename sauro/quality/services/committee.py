"""Steering committee and QMR; responsibilities and authorities (TCVN ISO 9001:2015, 5.3; QĐ 19/2014/QĐ-TTg)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, require
from sauro.quality.models import CommitteeMember, Responsibility
from sauro.quality.services import keeping
from sauro.quality.services.errors import NotNow
from sauro.vietnamese.text import squeeze

Role = CommitteeMember.Role
ALONE = (Role.HEAD, Role.QMR)


def members_on(agency_id: int, day: dt.date) -> QuerySet[CommitteeMember]:
    """Who sat on the committee on the day, from its head down."""
    order = Case(*(When(role=r, then=Value(i)) for i, r in enumerate(Role.values)), output_field=IntegerField())
    return (
        CommitteeMember.objects.filter(Q(until=None) | Q(until__gte=day), agency_id=agency_id, since__lte=day)
        .select_related("person__unit")
        .order_by(order, "since", "pk")
    )


@transaction.atomic
def appoint(
    agency: Agency, actor: Person, person: Person, role: str, *, decision: str, since: dt.date, duties: str = ""
) -> CommitteeMember:
    """Put a person on the committee by a decision. Raises `NotNow` (already there, the one chair taken), `Refused`."""
    require(actor, Capability.RUN_QUALITY, agency)
    if person.agency_id != agency.pk:
        raise ValueError("of another agency")
    if not squeeze(decision):
        raise NotNow(_("Ghi số quyết định cử."))
    # Who was released from a later day on still sits until then.
    now = CommitteeMember.objects.select_for_update(of=("self",)).filter(Q(until=None) | Q(until__gte=since))
    now = now.filter(agency=agency)
    if now.filter(person=person).exists():
        raise NotNow(_("%(name)s đang trong Ban chỉ đạo. Ghi thôi trước, rồi cử lại.") % {"name": person.full_name})
    if role in ALONE and (holder := now.filter(role=role).select_related("person").first()):
        raise NotNow(
            _("%(role)s hiện là %(name)s. Ghi %(name)s thôi trước.")
            % {"role": Role(role).label, "name": holder.person.full_name}
        )
    made = CommitteeMember.objects.create(
        agency=agency, person=person, role=Role(role), decision=squeeze(decision)[:60], since=since,
        duties=duties.strip(),
    )  # fmt: skip
    ledger.record(actor, "quality.committee.appointed", made, person=person.pk, role=role, decision=made.decision)
    notices.tell(
        [person], "quality.committee.appointed",
        lambda: _("Được cử vào Ban chỉ đạo ISO: %(role)s, theo %(decision)s.")
        % {"role": made.get_role_display(), "decision": made.decision},
        "/chat-luong/con-nguoi/", but=actor,
    )  # fmt: skip
    return made


@transaction.atomic
def release(member: CommitteeMember, actor: Person, *, decision: str, until: dt.date) -> CommitteeMember:
    """End a person's time on the committee by a decision. Raises `NotNow`, `Refused`."""
    found = CommitteeMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    require(actor, Capability.RUN_QUALITY, found.agency)
    if found.until:
        raise NotNow(_("Đã ghi thôi từ ngày %(day)s.") % {"day": f"{found.until:%d/%m/%Y}"})
    if not squeeze(decision):
        raise NotNow(_("Ghi số quyết định thôi."))
    if until < found.since:
        raise NotNow(_("Ngày thôi ở trước ngày cử %(day)s.") % {"day": f"{found.since:%d/%m/%Y}"})
    found.until, found.end_decision = until, squeeze(decision)[:60]
    found.save(update_fields=["until", "end_decision"])
    ledger.record(actor, "quality.committee.released", found, until=until, decision=found.end_decision)
    return found


def save_responsibility(
    agency: Agency, person: Person, today: dt.date, values: Mapping[str, Any], found: Responsibility | None = None
) -> Responsibility:
    """What a position answers for and may decide (5.3). Raises `NotNow`, `Refused`."""
    unit = values.get("unit", found.unit if found else None)
    position = str(values.get("position", found.position if found else "")).strip()
    same = Responsibility.objects.filter(agency=agency, unit=unit, position=position)
    if (same.exclude(pk=found.pk) if found else same).exists():
        raise NotNow(_("Vị trí %(name)s đã có trong bảng trách nhiệm.") % {"name": position})
    return keeping.keep(
        Responsibility, agency, person, {**values, "reviewed_on": today}, found, verb="quality.responsibility",
        fields=("unit", "position", "responsibilities", "authority", "order", "reviewed_on"),
        needed={"position": _("Ghi vị trí, chức danh."), "responsibilities": _("Ghi trách nhiệm.")},
    )  # fmt: skip
