"""The review of a reading: while it is read, when it failed, and beside its source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sauro.documents import editing
from sauro.documents.models import IssuedDocument, Reading
from sauro.organization.policy import Capability, allows
from sauro.plans.services import find_amended_plan, find_same_document
from sauro.reading.draft import Draft
from sauro.web.documents.fields import Unsettled, build_item
from sauro.web.documents.pane import Pane, build_pane, doubt_trace, standing, tab_links, tab_of
from sauro.web.documents.source import pieces, traces_of

WAITING = (Reading.State.QUEUED, Reading.State.RUNNING)


def fetch(request: HttpRequest, pk: int) -> Reading:
    """The reading, where the person may review it; 404 to everyone else."""
    readings = Reading.objects.visible_to(request.user)  # type: ignore[arg-type]
    return get_object_or_404(readings.select_related("agency", "file", "document", "uploaded_by", "changed_by"), pk=pk)


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The reading as it stands: waiting, failed, adopted, or ready to be reviewed."""
    reading = fetch(request, pk)
    if reading.state == Reading.State.ADOPTED and reading.document_id:
        return redirect("document", reading.document_id)
    if reading.state in WAITING:
        return render(request, "documents/waiting.html", waiting_context(reading))
    if reading.state != Reading.State.READY:
        return render(request, "documents/failed.html", {"reading": reading})
    draft = reading.get_draft()
    pane = build_pane(draft, request.GET.get("muc", ""), request.GET.get("mo", ""))
    if is_part(request, "muc"):
        return render(request, "documents/pane.html", pane_context(reading, draft, pane))
    return show(request, reading, draft, pane)


def is_part(request: HttpRequest, target: str) -> bool:
    """Whether htmx asks for the part of the page with that id."""
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and htmx.target == target


def show(
    request: HttpRequest, reading: Reading, draft: Draft, pane: Pane, *, status: int = 200, **extra: Any
) -> HttpResponse:
    """The whole page of the review."""
    doubted = [t for d in draft.doubts if (t := doubt_trace(draft, d))]
    manuscript = reading.get_manuscript()
    context = {
        "pieces": pieces(manuscript, traces_of(draft), doubted),
        "pages": max([manuscript.pages, *(b.page for b in manuscript.blocks)], default=0),
        "same": (same := same_document(reading, draft)),
        "amended": None if same else find_amended_plan(reading.agency, draft),
        **pane_context(reading, draft, pane, person=request.user),
        **extra,
    }
    return render(request, "documents/review.html", context, status=status)


def pane_context(reading: Reading, draft: Draft, pane: Pane, person: Any = None) -> dict[str, Any]:
    """What the right side and the head of the page need."""
    return {
        "reading": reading,
        "pane": pane,
        "tabs": tab_links(reading, draft, pane.tab),
        "version": reading.version,
        "standing": standing(draft),
        "saved_at": timezone.localtime(reading.changed_at),
        "may_adopt": person is None or allows(person, Capability.ADOPT_PLAN, reading),
        "heading": heading(reading, draft),
        "units_url": reverse("reading-units", args=[reading.pk]),
    }


def heading(reading: Reading, draft: Draft) -> str:
    """What the document is called: "Quyết định 386/QĐ-SCT: Kế hoạch chuyển đổi số năm 2027"."""
    head = draft.document
    name = " ".join(w for w in (head.type, head.number) if w)
    return ": ".join(w for w in (name, head.title) if w) or reading.file_name


def same_document(reading: Reading, draft: Draft) -> IssuedDocument | None:
    """An adopted document of the same number and issuer, with the plan that it made."""
    same = find_same_document(reading.agency, draft)
    if same is not None:
        same.plan = same.plans.first()  # type: ignore[attr-defined]
    return same


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the reading is; when it is past, the page is loaded again."""
    reading = fetch(request, pk)
    if reading.state not in WAITING:
        response = HttpResponse(status=200)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "documents/job.html", waiting_context(reading))


def waiting_context(reading: Reading) -> dict[str, Any]:
    """What the bar of a long reading needs."""
    waited = (timezone.now() - reading.uploaded_at).total_seconds()
    slow = reading.state == Reading.State.QUEUED and waited > 20
    return {"reading": reading, "queued": reading.state == Reading.State.QUEUED, "slow": slow}


@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item, unfolded (or folded with `?gap=1`), for htmx."""
    reading = fetch(request, pk)
    draft = reading.get_draft()
    path = request.GET.get("mo", "")
    try:
        built = build_item(draft, path, Unsettled(draft), unfolded="gap" not in request.GET)
    except editing.BadValue as error:
        return HttpResponse(str(error), status=404, content_type="text/plain; charset=utf-8")
    context = {
        "item": built,
        "reading": reading,
        "version": reading.version,
        "pane": Pane(tab_of(path)),
        "units_url": reverse("reading-units", args=[reading.pk]),
    }
    return render(request, "documents/item.html", context)


def refused_words(errors: Mapping[str, str]) -> str:
    """One sentence over a form with wrong fields."""
    return _("Chưa lưu được %(n)d ô. Sửa các ô có viền đỏ.") % {"n": len(errors)}
