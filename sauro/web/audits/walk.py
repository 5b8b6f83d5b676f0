"""Walking an audit on a phone: answers keep themselves, findings with photographs; nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sauro.files.errors import FileRefused
from sauro.quality.models import Audit, ChecklistItem, Finding
from sauro.quality.ready import standard
from sauro.quality.services import audits
from sauro.quality.services.errors import NotNow
from sauro.web.audits.parts import GRADE_TONES, find_audit, must_see_papers
from sauro.web.quality.words import clause_label
from sauro.web.request import Request

Answer = ChecklistItem.Answer
BUTTONS = (Answer.CONFORMS, Answer.NOTED, Answer.NOT_APPLICABLE)


@require_GET
def walk(request: Request, pk: int) -> HttpResponse:
    """All questions on one page, as large as a thumb."""
    row = find_audit(request, pk)
    must_see_papers(request, row)
    items: list[Any] = list(row.items.select_related("document", "answered_by").order_by("order"))
    found: dict[int | None, list[Finding]] = {}
    for f in row.findings.prefetch_related("proofs").order_by("pk"):
        f.tone = GRADE_TONES[f.grade]  # type: ignore[attr-defined]
        found.setdefault(f.item_id, []).append(f)
    labels = {c.number: clause_label(c) for c in standard.clauses()}
    last = None
    for n, item in enumerate(items, 1):
        head = str(item.document) if item.document else f"{item.clause} {labels.get(item.clause, '')}".strip()
        item.head = head if head != last else ""
        item.no, item.seen, item.found = n, audits.seen_of(item), found.get(item.pk, [])
        last = head
    context = {
        "row": row,
        "items": items,
        "others": found.get(None, []),
        "title": _("Đánh giá %(unit)s") % {"unit": row.unit.label},
        "may_answer": audits.may(request.user, row, "answer"),
        "buttons": [(a.value, a.label) for a in BUTTONS],
        "grades": Finding.Grade.choices,
        **_counted(row),
    }
    return render(request, "audits/walk.html", context)


def _counted(row: Audit) -> dict[str, int]:
    answers = list(row.items.values_list("answer", flat=True))
    return {"asked": sum(a != Answer.OPEN for a in answers), "questions": len(answers)}


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Keep one answer. To htmx: the question's standing and the counter; 409 where someone else was there first."""
    item = get_object_or_404(
        ChecklistItem.objects.select_related("audit").filter(audit__agency_id=request.user.agency_id), pk=pk
    )
    data, htmx = request.POST, bool(getattr(request, "htmx", False))
    context: dict[str, Any] = {"item": item, "oob": True}
    status = 200
    try:
        kept = audits.answer_item(
            item,
            request.user,
            answer=data.get("answer", Answer.OPEN),
            note=data.get("note", ""),
            seen=None if data.get("de") else data.get("seen", ""),
        )
        context["item"] = kept
    except audits.AnsweredMeanwhile as no:
        status = 409
        context |= {"item": no.item, "stale": str(no)}
    except NotNow as no:
        status = 422
        context["refused"] = str(no)
    if not htmx:
        if status != 200:
            messages.error(request, str(context.get("stale") or context.get("refused")))
        return redirect(f"{_walk_url(item.audit_id)}#cau-{item.pk}")
    context["item"].seen = audits.seen_of(context["item"])
    return render(request, "audits/kept.html", context | _counted(item.audit), status=status)


@require_POST
def find(request: Request, pk: int) -> HttpResponse:
    """Write down a finding with its photographs; sent again it is the same finding."""
    row, data = find_audit(request, pk), request.POST
    htmx = bool(getattr(request, "htmx", False))
    item: Any = row.items.filter(pk=data["item"]).first() if data.get("item", "").isdecimal() else None
    try:
        made = audits.raise_finding(
            row,
            request.user,
            grade=data.get("grade", ""),
            text=data.get("text", ""),
            clause=data.get("clause", ""),
            evidence_text=data.get("evidence_text", ""),
            item=item,
        )
        for file in request.FILES.getlist("anh"):
            audits.add_photo(made, request.user, file, file.name or "anh.jpg")
    except (NotNow, FileRefused) as no:
        if htmx:
            return render(request, "audits/refused.html", {"refused": str(no)}, status=422)
        messages.error(request, str(no))
        return redirect(_walk_url(pk))
    if not htmx:
        messages.success(request, _("Đã ghi phát hiện %(code)s.") % {"code": made.code})
        return redirect(f"{_walk_url(pk)}#cau-{item.pk}" if item else _walk_url(pk))
    made.tone = GRADE_TONES[made.grade]  # type: ignore[attr-defined]
    if item is not None:
        item.refresh_from_db()
        item.seen = audits.seen_of(item)
    context = {"f": made, "item": item, "row": row, "oob": True} | _counted(row)
    return render(request, "audits/found.html", context)


def _walk_url(pk: int) -> str:
    return reverse("audit-walk", args=[pk])
