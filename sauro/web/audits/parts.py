"""What the pages of audits share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from sauro.organization.policy import Refused
from sauro.quality.models import Audit, AuditProgramme, Finding
from sauro.quality.services import audits
from sauro.quality.services.errors import NotNow
from sauro.web.request import Request

State, Grade = Audit.State, Finding.Grade
TONES: dict[str, str] = {
    State.PLANNED: "neutral", State.NOTIFIED: "info", State.WALKING: "soon", State.REPORTED: "soon",
    State.CLOSED: "done", State.CANCELLED: "neutral",
}  # fmt: skip
GRADE_TONES: dict[str, str] = {
    Grade.MAJOR: "late", Grade.MINOR: "soon", Grade.OBSERVATION: "info", Grade.IMPROVEMENT: "info",
    Grade.CONFORMITY: "done",
}  # fmt: skip


def find_audit(request: Request, pk: int) -> Audit:
    """The audit of the person's own agency, with what every page of it shows."""
    found: Audit = get_object_or_404(
        Audit.objects.visible_to(request.user)
        .select_related("unit", "unit__agency", "agency", "programme", "programme__approved_by", "reported_by")
        .prefetch_related("team__person__unit", "processes", "documents"),
        pk=pk,
    )
    return found


def find_programme(request: Request, pk: int) -> AuditProgramme:
    """The programme of the person's own agency."""
    found: AuditProgramme = get_object_or_404(
        AuditProgramme.objects.visible_to(request.user).select_related("agency", "approved_by"), pk=pk
    )
    return found


def must_see_papers(request: Request, audit: Audit) -> None:
    """Raises `Refused` where questions and findings aren't for this person yet."""
    if not audits.sees_papers(request.user, audit):
        raise Refused(
            _("Câu hỏi, phát hiện của %(code)s mở cho mọi người khi trưởng đoàn đã báo cáo.") % {"code": audit.code}
        )


def done(request: Request, act: Callable[[], Any], said: str, to: str, *args: Any) -> HttpResponse:
    """Do it and say so, or say why not; then back to the page."""
    try:
        act()
    except NotNow as no:
        messages.error(request, str(no))
    else:
        messages.success(request, said)
    return redirect(to, *args)
