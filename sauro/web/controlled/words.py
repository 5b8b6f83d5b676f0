"""Words and tones of documents and their versions, and what every page of the room shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from sauro.documents.models import DocumentedInformation, DocumentVersion
from sauro.organization.models import Unit
from sauro.web.basis.parts import parts
from sauro.web.quality.sections import sections
from sauro.web.request import Request

State = DocumentVersion.State
TONES: dict[str, str] = {
    State.DRAFT: "neutral",
    State.CHECKING: "soon",
    State.CHECKED: "soon",
    State.APPROVED: "info",
    State.IN_FORCE: "done",
    State.SUPERSEDED: "neutral",
    State.DROPPED: "neutral",
}
SIGNS: dict[str, str] = {
    State.DRAFT: "pencil",
    State.CHECKING: "hourglass",
    State.CHECKED: "hourglass",
    State.APPROVED: "calendar-time",
    State.IN_FORCE: "check",
    State.SUPERSEDED: "history",
    State.DROPPED: "x",
}


def frame(part: str = "") -> dict[str, Any]:
    """What the page's frame needs; `part`: the name of the page among the parts of the room."""
    return {"sections": sections("controlled-list"), "room": parts(part)}


def find_document(request: Request, pk: int) -> DocumentedInformation:
    """The document, where the person may see it; 404 for others."""
    rows = DocumentedInformation.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("cls", "unit", "agency", "parent", "current__approved_by"), pk=pk)


def find_version(request: Request, pk: int) -> DocumentVersion:
    """The version, where the person may see it; 404 for others. A draft is seen by everyone of the agency, as what it
    is: whoever uses the document may say in time what is wrong with the next one."""
    rows = DocumentVersion.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related(
            "document__cls", "document__unit", "document__agency", "document__current", "drafted_by", "checked_by",
            "approved_by", "changed_by", "pdf", "signed_pdf",
        ),
        pk=pk,
    )  # fmt: skip


def version_url(version: DocumentVersion) -> str:
    """The version's page."""
    return reverse("version", args=[version.pk])


def units_of(request: Request) -> list[Unit]:
    """The agency's units, as the tree runs."""
    kinds = [Unit.Kind.UNIT, Unit.Kind.ROLE]
    rows = Unit.objects.filter(agency_id=request.user.agency_id, kind__in=kinds, is_active=True)
    return list(rows.order_by("path"))


def review_chip(document: DocumentedInformation, today: dt.date) -> tuple[str, str] | None:
    """(tone, words) where the review is due or near; None else."""
    if document.review_on is None:
        return None
    left = (document.review_on - today).days
    if left < 0:
        return "late", _("Quá hạn %(n)d ngày") % {"n": -left}
    if left <= 30:
        return "soon", _("Còn %(n)d ngày") % {"n": left}
    return None


def found_or_404(value: Any) -> Any:
    """The value; 404 where there is none."""
    if value is None:
        raise Http404
    return value
