"""The page of one document: the version in force, the draft beside it, who has read, what came before."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sauro.documents.control import circulation, classes, terms
from sauro.documents.control import register as master
from sauro.documents.control.drafts import next_hand
from sauro.documents.control.guard import may
from sauro.documents.control.heads import holes_in
from sauro.documents.control.lattice import Verb
from sauro.documents.errors import NotNow
from sauro.documents.models import Acknowledgement, DocumentedInformation, DocumentVersion, ReviewFlag
from sauro.ledger.models import Entry
from sauro.organization.models import Person
from sauro.organization.policy import Capability, Refused, allows, reach, require
from sauro.web.basis.shown import on_document
from sauro.web.controlled.forms import DocumentForm
from sauro.web.controlled.words import find_document, frame, review_chip
from sauro.web.people.deeds import said_of
from sauro.web.request import Request
from sauro.web.today import today

State = DocumentVersion.State
MAKING = (State.DRAFT, State.CHECKING, State.CHECKED, State.APPROVED)
HISTORY = 30


def acts_of(version: DocumentVersion, person: Person) -> set[str]:
    """The verbs that the person may use on the version now."""
    return {verb.value for verb in Verb if may(version, person, verb)}


def history(document: DocumentedInformation, versions: list[DocumentVersion]) -> list[Entry]:
    """What the ledger says of the document and of its versions, newest first."""
    on_document = Entry.objects.filter(object_type=DocumentedInformation._meta.label_lower, object_id=str(document.pk))
    on_versions = Entry.objects.filter(
        object_type=DocumentVersion._meta.label_lower, object_id__in=[str(v.pk) for v in versions]
    ).exclude(verb="documents.version.read")
    return sorted([*on_document[:HISTORY], *on_versions.order_by("-seq")[:HISTORY]], key=lambda e: -e.seq)[:HISTORY]


def _said(entry: Entry) -> str:
    """What was done, without the time, which stands before it."""
    return said_of(entry).partition(", ")[2]


@require_GET
def document(request: Request, pk: int) -> HttpResponse:
    """A document as it stands."""
    found, person = find_document(request, pk), request.user
    versions = list(
        found.versions.select_related(
            "document__cls", "document__unit", "drafted_by", "checked_by", "approved_by", "changed_by"
        )
        .defer("content", "signatures")
        .order_by("-pk")
    )
    for version in versions:
        version.document = found
    current = next((v for v in versions if v.state == State.IN_FORCE), None)
    draft = next((v for v in versions if v.state in MAKING), None)
    shares = circulation.shares(current) if current else []
    mine = (
        Acknowledgement.objects.filter(person=person, version__in=[v.pk for v in (current, draft) if v])
        .order_by("-version")
        .first()
    )
    to_read = next((v for v in versions if mine and v.pk == mine.version_id), None)
    context = {
        "document": found,
        "title": found.title,
        "current": current,
        "draft": draft,
        "holes": holes_in(draft.content) if draft else [],
        "acts": acts_of(draft, person) if draft else set(),
        "signs_current": bool(current and may(current, person, Verb.SIGN)),
        "hand": next_hand(draft) if draft else "",
        "earlier": [v for v in versions if v not in (current, draft)],
        "share": circulation.whole(shares),
        "shares": shares,
        "mine": mine,
        "to_read": to_read,
        "review": review_chip(found, today()),
        "called": found.flags.filter(settled_on=None, cause=ReviewFlag.Cause.PERIODIC).exists(),
        "outcomes": ReviewFlag.Outcome.choices,
        "may_write": allows(person, Capability.WRITE_DOCUMENT, found) and not found.obsolete_on,
        "may_review": bool(current) and not found.obsolete_on and allows(person, Capability.CHECK_DOCUMENT, found),
        "may_end": not master.why_not_obsolete(found, person),
        "keeps": allows(person, Capability.CONTROL_DOCUMENTS, found),
        "children": list(
            found.forms.filter(obsolete_on=None).select_related("current").defer("current__content")[:100]
        ),
        "first_issue": not versions,
        "history": [(e.at, _said(e)) for e in history(found, versions)],
        "today": today(),
        "around": on_document(found, person),
        **frame(),
    }
    return render(request, "controlled/document.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Put a document on the master list."""
    person = request.user
    if not reach(person, Capability.WRITE_DOCUMENT):
        require(person, Capability.WRITE_DOCUMENT, person.unit)
    classes.ensure_classes(person.unit.agency)
    form, status = DocumentForm(person, data=request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values: dict[str, Any] = dict(form.cleaned_data)
            try:
                made = master.register(values.pop("cls"), person, **values)
            except NotNow as no:
                form.add_error(None, str(no))
            else:
                return redirect("controlled", made.pk)
    context = {"form": form, "title": _("Thêm tài liệu vào danh mục"), **frame()}
    return render(request, "controlled/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change what the master list says of a document."""
    found = find_document(request, pk)
    require(request.user, Capability.CONTROL_DOCUMENTS, found)
    form, status = DocumentForm(request.user, found, request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                master.change(found, request.user, form.cleaned_data)
            except (NotNow, Refused) as no:
                form.add_error(None, str(no))
            else:
                return redirect("controlled", pk)
    context = {
        "form": form,
        "document": found,
        "title": _("Sửa thông tin %(code)s") % {"code": found.code},
        "next": terms.next_review(found),
        **frame(),
    }
    return render(request, "controlled/form.html", context, status=status)
