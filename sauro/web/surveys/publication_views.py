"""What is on the public page, what would be today, and putting it there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauro.organization.policy import Capability, allows, holders, require
from sauro.quality.models import Publication
from sauro.quality.services import publishing
from sauro.quality.services.errors import NotNow
from sauro.web.reports.fields import parse_day
from sauro.web.request import Request
from sauro.web.surveys.parts import tabs
from sauro.web.today import today

Kind = Publication.Kind


@dataclass(slots=True)
class Row:
    """One kind of content: what is public, and whether today's differs. `lacking`: why there is none today."""

    kind: str
    label: str
    public: Publication | None
    made: publishing.Composed | None
    lacking: str

    @property
    def state(self) -> str:
        """Of the six words a page says of it."""
        if self.public is None:
            return "ready" if self.made else "nothing"
        if self.made is None:
            return "gone"
        same = publishing.digest_of(self.public.body, self.public.as_of) == self.made.sha256
        return "same" if same else ("moved" if self.public.body == self.made.body else "differs")


def _row(request: Request, kind: str, public: Publication | None) -> Row:
    made, lacking = None, ""
    try:
        made = publishing.compose(request.user.unit.agency, kind, today())
    except NotNow as no:
        lacking = str(no)
    return Row(kind, str(Kind(kind).label), public, made, lacking)


def _known(kind: str) -> str:
    if kind not in Kind.values:
        raise Http404
    return kind


@require_safe
def publication_list(request: Request) -> HttpResponse:
    """Each kind of content: since when it is public, and whether today's is another."""
    person = request.user
    found = Publication.objects.visible_to(person).filter(withdrawn_at=None).select_related("published_by")
    public = {row.kind: row for row in found}
    rows = [_row(request, kind, public.get(kind)) for kind in Kind.values]
    waiting = sum(row.state in ("ready", "differs", "gone") for row in rows)
    context = {
        "rows": rows,
        "waiting": waiting,
        "may_publish": allows(person, Capability.PUBLISH, person.unit.agency),
        "who": holders(Capability.PUBLISH, person.unit.agency),
        "address": request.build_absolute_uri(reverse("portal", args=[person.agency_id])),
        **tabs("publication-list"),
    }
    return render(request, "surveys/publications.html", context)


def _page(request: Request, kind: str, status: int = 200, **more: Any) -> HttpResponse:
    person = request.user
    shown = Publication.objects.visible_to(person).filter(kind=kind, withdrawn_at=None).select_related("published_by")
    row = _row(request, kind, shown.first())
    before = publishing.lines_of(kind, row.public.body) if row.public else []
    after = row.made.lines if row.made else []
    earlier = Publication.objects.visible_to(person).filter(kind=kind).exclude(withdrawn_at=None)
    context = {
        "row": row,
        "changes": publishing.differences(before, after) if row.made else [("same", line) for line in before],
        "moved": row.state == "differs",
        "next_on": publishing.next_day(today()),
        "earlier": earlier.select_related("published_by")[:12],
        "may_publish": allows(person, Capability.PUBLISH, person.unit.agency),
        "who": holders(Capability.PUBLISH, person.unit.agency),
        "public_url": reverse(_PAGES[Kind(kind)], args=[person.agency_id]),
        **more,
    }
    return render(request, "surveys/publication.html", context, status=status)


_PAGES = {
    Kind.POLICY: "portal-system",
    Kind.OBJECTIVES: "portal",
    Kind.UNIT_OBJECTIVES: "portal-units",
    Kind.SCOPE: "portal-system",
    Kind.PROCEDURES: "portal-procedures",
    Kind.DECLARATION: "portal-system",
}


@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: Request, kind: str) -> HttpResponse:
    """What is public beside what would be today, line by line; publishing it."""
    kind = _known(kind)
    if request.method != "POST":
        return _page(request, kind)
    agency = request.user.unit.agency
    require(request.user, Capability.PUBLISH, agency)
    typed = request.POST.get("next_on", "").strip()
    try:
        next_on = parse_day(typed) if typed else None
        publishing.publish(agency, kind, request.user, today(), seen=request.POST.get("seen", "")[:64], next_on=next_on)
    except ValidationError as wrong:
        return _page(request, kind, 422, refused=" ".join(wrong.messages), typed=typed)
    except NotNow as no:
        return _page(request, kind, 409, refused=str(no), typed=typed)
    messages.success(request, _("Đã đưa lên trang công khai: %(what)s.") % {"what": Kind(kind).label.lower()})
    return redirect("publication-list")


@require_POST
def withdraw(request: Request, kind: str) -> HttpResponse:
    """Take it down."""
    kind = _known(kind)
    row = get_object_or_404(Publication.objects.visible_to(request.user), kind=kind, withdrawn_at=None)
    try:
        publishing.withdraw(row, request.user, request.POST.get("reason", ""))
    except NotNow as no:
        return _page(request, kind, 409, refused=str(no))
    messages.success(request, _("Đã gỡ khỏi trang công khai: %(what)s.") % {"what": Kind(kind).label.lower()})
    return redirect("publication-list")
