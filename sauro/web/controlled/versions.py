"""One version to read: what it says, who made it, who was given it; and the page on which it is approved."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sauro.documents.control import approval, circulation
from sauro.documents.control.drafts import next_hand
from sauro.documents.control.guard import objection
from sauro.documents.control.heads import content_of, holes_in
from sauro.documents.control.lattice import Verb
from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentVersion
from sauro.organization.policy import Capability, allows
from sauro.web.controlled.compare import by_section
from sauro.web.controlled.documents import acts_of
from sauro.web.controlled.forms import ApprovalForm
from sauro.web.controlled.words import find_version, frame, units_of
from sauro.web.evidence.words import signature_lines
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing.quality import DocumentContent

State = DocumentVersion.State


@require_GET
def version(request: Request, pk: int) -> HttpResponse:
    """A version as it reads."""
    found, person = find_version(request, pk), request.user
    shares = circulation.shares(found)
    given = list(found.distributions.select_related("unit"))
    document = found.document
    context = {
        "version": found,
        "document": document,
        "title": document.title,
        "content": content_of(found),
        "lines": signature_lines(found.signatures),
        "shares": shares,
        "share": circulation.whole(shares),
        "given": given,
        "units": [u for u in units_of(request) if u.pk not in {g.unit_id for g in given}],
        "mine": found.acknowledgements.filter(person=person).first(),
        "acts": acts_of(found, person),
        "hand": next_hand(found),
        "keeps": allows(person, Capability.CONTROL_DOCUMENTS, document),
        "live": found.state in circulation.LIVE,
        "today": today(),
        **frame(),
    }
    return render(request, "controlled/version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: Request, pk: int) -> HttpResponse:
    """Approve a version: what changes is shown above the day of effect and the units that are given it."""
    found, person = find_version(request, pk), request.user
    if no := objection(found, person, Verb.APPROVE):
        if not isinstance(no, NotNow):
            raise no
        messages.error(request, str(no))
        return redirect("controlled", found.document_id)
    form, status = ApprovalForm(found.agency_id, today(), request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                done = approval.approve(
                    found,
                    person,
                    today(),
                    data["effective_on"],
                    decision_number=data["decision_number"],
                    units=None if data["everyone"] else list(data["units"]),
                    days=data["days"],
                )
            except NotNow as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _said(done))
                return redirect("controlled", found.document_id)
    old = found.document.current
    parts = by_section(content_of(old), content_of(found)) if old else []
    context = {
        "version": found,
        "document": found.document,
        "title": _("Phê duyệt %(code)s, lần ban hành %(no)d") % {"code": found.document.code, "no": found.issue_no},
        "form": form,
        "holes": holes_in(found.content),
        "old": old,
        "parts": parts,
        "count": sum(len(rows) for _title, rows in parts),
        "content": content_of(found) if not old else DocumentContent(),
        **frame(),
    }
    return render(request, "controlled/approve.html", context, status=status)


def _said(done: DocumentVersion) -> str:
    if done.state == State.IN_FORCE:
        return _("Đã phê duyệt, có hiệu lực từ hôm nay.")
    if done.document.cls.needs_signature and done.signed_pdf_id is None:
        return _("Đã phê duyệt. Còn phải ký số bản PDF thì mới có hiệu lực.")
    return _("Đã phê duyệt, tự có hiệu lực ngày %(day)s.") % {"day": f"{done.effective_on:%d/%m/%Y}"}
