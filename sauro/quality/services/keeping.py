"""How a record of a register is put down and changed: one shape for all that have no states of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, require
from sauro.quality.models.base import AgencyRecord
from sauro.quality.services.errors import NotNow
from sauro.vietnamese.text import nfc

Record = TypeVar("Record", bound=AgencyRecord)


@transaction.atomic
def keep(
    model: type[Record],
    agency: Agency,
    person: Person,
    values: Mapping[str, Any],
    found: Record | None,
    *,
    verb: str,
    fields: tuple[str, ...],
    needed: Mapping[str, str],
    once: tuple[str, str] | None = None,
    capability: Capability = Capability.RUN_QUALITY,
    links: Mapping[str, Any] | None = None,
) -> Record:
    """Make a record of the agency, or change `found`; writes "{verb}.added" or "{verb}.edited" with what was before.

    `fields`: what may be set; `needed`: the sentence that asks for a field that is empty; `once`: a field whose value
    no other record may have (of those with a day `until`, none that still runs), with the sentence that says so
    (%(value)s); `links`: related records by field, set after saving. Raises `NotNow`, `Refused`.
    """
    require(person, capability, agency)
    record = model.objects.select_for_update(of=("self",)).get(pk=found.pk) if found else model(agency=agency)
    # A new record has no unit yet where it needs one: looked up, it would raise.
    before = {n: getattr(record, n, None) for n in fields}
    for name in fields:
        if name in values:
            value = values[name]
            setattr(record, name, nfc(value).strip() if isinstance(value, str) else value)
    for name, sentence in needed.items():
        if getattr(record, name, None) in (None, ""):
            raise NotNow(sentence)
    for value in (getattr(record, n) for n in fields):
        if getattr(value, "agency_id", agency.pk) != agency.pk:
            raise ValueError("of another agency")
    if once:
        _only_one(model, record, *once)
    changed = {n: [_said(before[n]), _said(getattr(record, n))] for n in fields if before[n] != getattr(record, n)}
    record.save()
    for name, rows in (links or {}).items():
        related = getattr(record, name)
        old = sorted(related.values_list("pk", flat=True))
        new = sorted(r.pk for r in rows)
        if old != new:
            related.set(rows)
            changed[name] = [", ".join(map(str, old)), ", ".join(map(str, new))]
    if not found:
        ledger.record(person, f"{verb}.added", record)
    elif changed:
        ledger.record(person, f"{verb}.edited", record, changed=changed)
    return record


def _said(value: Any) -> str:
    return "" if value is None else str(value)[:300]


def _only_one(model: Any, record: Any, name: str, sentence: str) -> None:
    same = model.objects.filter(agency_id=record.agency_id, **{name: getattr(record, name)}).exclude(pk=record.pk)
    if hasattr(record, "until"):
        same = same.filter(until=None)
    if same.exists():
        raise NotNow(sentence % {"value": getattr(record, name)})


def _still_holds(record: Any, field: str) -> None:
    if day := getattr(record, field):
        raise NotNow(_("Mục này đã thôi dùng từ ngày %(day)s.") % {"day": f"{day:%d/%m/%Y}"})


@transaction.atomic
def end(record: Record, person: Person, today: dt.date, *, verb: str, field: str = "ended_on") -> Record:
    """The record no longer holds from today; it stays to be read. Raises `NotNow` where it ended before, `Refused`."""
    found = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    require(person, Capability.RUN_QUALITY, found.agency)
    _still_holds(found, field)
    setattr(found, field, today)
    found.save(update_fields=[field])
    ledger.record(person, f"{verb}.ended", found, on=today)
    return found


@transaction.atomic
def review(record: Record, person: Person, today: dt.date, *, verb: str) -> Record:
    """Note that the record was looked at again today and still holds. Raises `NotNow` where it ended, `Refused`."""
    found = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    require(person, Capability.RUN_QUALITY, found.agency)
    _still_holds(found, "ended_on")
    found.reviewed_on = today  # type: ignore[attr-defined]
    found.save(update_fields=["reviewed_on"])
    ledger.record(person, f"{verb}.reviewed", found, on=today)
    return found
