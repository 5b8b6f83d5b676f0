"""The master list of records: what is kept, where, how long, what becomes of it (TCVN ISO 9001:2015, 7.5.3.2)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentedInformation, DocumentVersion, RecordSeries
from sauro.ledger import services as ledger
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, require
from sauro.vietnamese.text import fold, nfc, squeeze
from sauro.writing.quality import DocumentContent

FIELDS = ("code", "title", "document", "unit", "place", "retention_years", "disposal")
_YEARS = re.compile(r"(\d{1,3})\s*(?:năm|nam)")


@transaction.atomic
def save(agency: Agency, person: Person, values: Mapping[str, Any], series: RecordSeries | None = None) -> RecordSeries:
    """Put a series of records on the list, or change one. `values`: of `FIELDS`; `retention_years` None is for ever.

    Raises `NotNow` (no code, a double), `Refused`.
    """
    require(person, Capability.CONTROL_DOCUMENTS, agency)
    found = RecordSeries.objects.select_for_update().get(pk=series.pk) if series else RecordSeries(agency=agency)
    before = {name: getattr(found, name) for name in FIELDS} if series else {}
    _put(found, {name: getattr(found, name) for name in FIELDS} | {n: values[n] for n in FIELDS if n in values})
    if not series:
        found.save()
        ledger.record(person, "documents.records.added", found, code=found.code)
        return found
    changed = {n: [_said(old), _said(getattr(found, n))] for n, old in before.items() if old != getattr(found, n)}
    if changed:
        found.save()
        ledger.record(person, "documents.records.edited", found, changed=changed)
    return found


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _put(series: RecordSeries, values: Mapping[str, Any]) -> None:
    series.code = squeeze(nfc(values["code"]))[:40]
    series.title = squeeze(nfc(values["title"]))[:500]
    series.document, series.unit = values["document"], values["unit"]
    series.place, series.disposal = squeeze(values["place"] or "")[:300], squeeze(values["disposal"] or "")[:300]
    series.retention_years = values["retention_years"]
    if not series.code or not series.title:
        raise NotNow(_("Ghi mã và tên của loại hồ sơ."))
    for other in (series.document, series.unit):
        if other is not None and other.agency_id != series.agency_id:
            raise ValueError("of another agency")
    same = RecordSeries.objects.filter(agency_id=series.agency_id, code=series.code).exclude(pk=series.pk).first()
    if same:
        raise NotNow(_("Mã %(code)s đã dùng cho hồ sơ “%(title)s”.") % {"code": same.code, "title": same.title})
    words = fold(f"{series.code} {series.title}")
    series.folded = "".join(c if c.isalnum() else " " for c in words)[:600]


@transaction.atomic
def end(series: RecordSeries, person: Person, today: dt.date) -> RecordSeries:
    """The kind of record is no longer made; what is kept stays kept until its time is over. Raises `NotNow`."""
    found = RecordSeries.objects.select_for_update().get(pk=series.pk)
    require(person, Capability.CONTROL_DOCUMENTS, found)
    if found.ended_on:
        raise NotNow(_("Hồ sơ này đã thôi dùng từ ngày %(day)s.") % {"day": f"{found.ended_on:%d/%m/%Y}"})
    found.ended_on = today
    found.save(update_fields=["ended_on"])
    ledger.record(person, "documents.records.ended", found, code=found.code)
    return found


@transaction.atomic
def resume(series: RecordSeries, person: Person) -> RecordSeries:
    """The kind of record is made again. Raises `NotNow`, `Refused`."""
    found = RecordSeries.objects.select_for_update().get(pk=series.pk)
    require(person, Capability.CONTROL_DOCUMENTS, found)
    if not found.ended_on:
        raise NotNow(_("Hồ sơ này đang dùng."))
    found.ended_on = None
    found.save(update_fields=["ended_on"])
    ledger.record(person, "documents.records.resumed", found, code=found.code)
    return found


@dataclass(slots=True, frozen=True)
class Proposal:
    """A record that a procedure in force says it leaves, and that the list lacks."""

    code: str
    title: str
    place: str
    retention: str
    document: DocumentedInformation

    @property
    def years(self) -> int | None:
        """The years of retention; None is for ever, or not said."""
        return years_of(self.retention)


def years_of(text: str) -> int | None:
    """The years of "05 năm"; None for "Vĩnh viễn" and where no number of years is said."""
    found = _YEARS.search(text.lower())
    return int(found[1]) if found else None


def proposals(agency: Agency) -> list[Proposal]:
    """The records that versions in force name with a code and the list lacks, in the order of the documents."""
    known = set(RecordSeries.objects.filter(agency=agency).values_list("code", flat=True))
    found: dict[str, Proposal] = {}
    versions = DocumentVersion.objects.filter(document__agency=agency, state=DocumentVersion.State.IN_FORCE)
    for version in versions.select_related("document__unit").order_by("document__sort_key", "pk"):
        for line in DocumentContent.from_json(version.content).records:
            code = squeeze(line.code)[:40]
            if code and line.title and code not in known:
                found.setdefault(code, Proposal(code, line.title, line.place, line.retention, version.document))
    return list(found.values())


@transaction.atomic
def take_proposals(agency: Agency, person: Person, codes: Collection[str] | None = None) -> list[RecordSeries]:
    """Put the proposals of those codes (all of them where None) on the list. Raises `NotNow`, `Refused`."""
    require(person, Capability.CONTROL_DOCUMENTS, agency)
    wanted = [p for p in proposals(agency) if codes is None or p.code in codes]
    if not wanted:
        raise NotNow(_("Các quy trình đang hiệu lực không nêu hồ sơ nào ngoài danh mục."))
    return [
        save(
            agency, person,
            {"code": p.code, "title": p.title, "place": p.place, "retention_years": p.years, "document": p.document,
             "unit": p.document.unit, "disposal": ""},
        )
        for p in wanted
    ]  # fmt: skip
