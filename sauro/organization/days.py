"""The register of days off and make-up days. Open deadlines follow it: use `sauro.monitoring.services.change_days`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.organization.models import Agency, DayOff, Person
from sauro.organization.policy import Capability, require
from sauro.organization.services import agency_scope
from sauro.vietnamese.text import squeeze


@transaction.atomic
def set_day(agency: Agency, day: dt.date, kind: str, name: str, *, actor: Person, source: str = "") -> DayOff:
    """A day off (`off`) or a make-up day (`make_up`), confirmed by the person who enters it; one that is there changes.

    `source`: the document that fixed it. Raises `Refused`, `ValueError` for a day without a name or of another kind.
    """
    require(actor, Capability.MANAGE_CALENDAR, agency_scope(agency))
    if kind not in DayOff.Kind.values or not squeeze(name):
        raise ValueError(_("Ngày nghỉ, ngày làm bù phải có loại và tên."))
    values = {"kind": kind, "name": squeeze(name)[:120], "source": squeeze(source)[:200], "confirmed": True}
    row, _made = DayOff.objects.update_or_create(agency=agency, day=day, defaults=values)
    ledger.record(actor, "organization.days_off.changed", agency, day=day, kind=kind, name=row.name, source=row.source)
    return row


@transaction.atomic
def remove_day(agency: Agency, day: dt.date, *, actor: Person) -> bool:
    """Take a day off the register; whether it was there. Raises `Refused`."""
    require(actor, Capability.MANAGE_CALENDAR, agency_scope(agency))
    row = DayOff.objects.filter(agency=agency, day=day).first()
    if row is None:
        return False
    ledger.record(actor, "organization.days_off.removed", agency, day=day, kind=row.kind, name=row.name)
    row.delete()
    return True


@transaction.atomic
def confirm_days(agency: Agency, days: Iterable[dt.date], *, actor: Person) -> int:
    """Say that proposed days are as the Prime Minister fixed them; returns how many were. Raises `Refused`."""
    require(actor, Capability.MANAGE_CALENDAR, agency_scope(agency))
    rows = DayOff.objects.filter(agency=agency, day__in=list(days), confirmed=False)
    known = sorted(rows.values_list("day", flat=True))
    if known:
        rows.update(confirmed=True)
        ledger.record(actor, "organization.days_off.confirmed", agency, days=known)
    return len(known)
