"""What stands around a controlled document: its legal bases, open reviews, requests, records."""

from __future__ import annotations

from typing import Any

from sauro.documents.models import DocumentChange, DocumentedInformation, Instrument
from sauro.organization.models import Person
from sauro.organization.policy import Capability, allows
from sauro.web.basis.changes import TONES as CHANGE_TONES
from sauro.web.basis.instruments import TONES
from sauro.web.basis.records import years
from sauro.web.today import today


def on_document(document: DocumentedInformation, person: Person) -> dict[str, Any]:
    """The context of `basis/on_document.html`, to be given to that template under the name `around`."""
    citations = list(document.citations.select_related("instrument__replaced_by").order_by("pk"))
    for citation in citations:
        citation.tone = TONES[citation.instrument.state]  # type: ignore[attr-defined]
    requests = list(document.changes.select_related("asked_by").order_by("-pk")[:20])
    for change in requests:
        change.tone = CHANGE_TONES[change.state]  # type: ignore[attr-defined]
    waiting = {DocumentChange.State.ASKED, DocumentChange.State.TAKEN}
    series = list(document.records.select_related("unit").filter(ended_on=None))
    for one in series:
        one.years = years(one.retention_years)  # type: ignore[attr-defined]
    may_cite = not document.obsolete_on and (
        allows(person, Capability.CONTROL_DOCUMENTS, document) or allows(person, Capability.WRITE_DOCUMENT, document)
    )
    cited = [c.instrument_id for c in citations]
    instruments = Instrument.objects.filter(agency_id=document.agency_id).exclude(pk__in=cited)
    return {
        "document": document,
        "citations": citations,
        "instruments": list(instruments.order_by("number_key")[:300]) if may_cite else [],
        "flags": list(document.flags.filter(settled_on=None).select_related("instrument")),
        "settled": list(
            document.flags.exclude(settled_on=None).select_related("settled_by").order_by("-settled_on")[:5]
        ),
        "requests": sorted(requests, key=lambda c: c.state not in waiting),
        "records": series,
        "may_cite": may_cite,
        "may_ask": not document.obsolete_on,
        "may_review": allows(person, Capability.CHECK_DOCUMENT, document),
        "today": today(),
    }
