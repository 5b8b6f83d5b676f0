"""The model set of documents as drafts of an agency, clearly marked as templates (TCVN ISO 9001:2015, 7.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from sauro.documents.control import drafts, register
from sauro.documents.control.classes import ensure_classes
from sauro.documents.models import DocumentedInformation, DocumentVersion
from sauro.organization.models import Agency, Person, Unit
from sauro.quality.ready.documents import ReadyDocument, model_set


def content_of(ready: ReadyDocument) -> dict[str, Any]:
    """The content of a template as a version keeps it: each form becomes a line, its code first."""
    content = dict(ready.content)
    content["forms"] = [f"{f['code']} {f['title']}" for f in content["forms"]]
    return content


@transaction.atomic
def draft_model_set(
    agency: Agency,
    person: Person,
    kind: str,
    year: int,
    unit: Unit,
    *,
    units: Mapping[str, Unit] | None = None,
    own: Mapping[str, str] | None = None,
) -> list[DocumentVersion]:
    """Put the model set on the master list, each document with its first draft; what is there already is left alone.

    `kind`: the kind of agency (`sauro.quality.ready.kinds`); `unit`: who drafts them, `units`: who does for a code;
    `own`: words of the agency that differ from its kind's.
    Returns the drafts made. Raises `KeyError` for an unknown kind, `Refused`.
    """
    classes = ensure_classes(agency)
    known = set(DocumentedInformation.objects.filter(agency=agency).values_list("code", flat=True))
    made = []
    for ready in model_set(kind, agency.name, year, **(own or {})):
        if ready.code in known:
            continue
        document = register.register(
            classes[ready.kind],
            person,
            code=ready.code,
            title=ready.title,
            unit=(units or {}).get(ready.code, unit),
            clauses=ready.clauses,
            is_template=True,
        )
        made.append(drafts.start_version(document, person, content=content_of(ready)))
    return made
