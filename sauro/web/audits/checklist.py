"""The checklist before the walk: built from the map, edited, put in order."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sauro.quality.models import ChecklistItem
from sauro.quality.ready import standard
from sauro.quality.services import audits
from sauro.quality.services.errors import NotNow
from sauro.web.audits.parts import done, find_audit, must_see_papers
from sauro.web.quality.words import clause_label
from sauro.web.request import Request


@require_GET
def checklist(request: Request, pk: int) -> HttpResponse:
    """All questions in order."""
    row = find_audit(request, pk)
    must_see_papers(request, row)
    items: list[Any] = list(row.items.select_related("document").order_by("order"))
    labels = {c.number: clause_label(c) for c in standard.clauses()}
    last = None
    for item in items:
        head = str(item.document) if item.document else f"{item.clause} {labels.get(item.clause, '')}".strip()
        item.head = head if head != last else ""
        item.fixed = item.answer != ChecklistItem.Answer.OPEN or bool(item.note)
        last = head
    context = {
        "row": row,
        "items": items,
        "may": audits.may(request.user, row, "checklist"),
        "title": _("Phiếu câu hỏi %(code)s: %(n)d câu") % {"code": row.code, "n": len(items)},
        "documents": row.documents.all(),
    }
    return render(request, "audits/checklist.html", context)


@require_POST
def build(request: Request, pk: int) -> HttpResponse:
    """Add what the map gives."""
    row = find_audit(request, pk)
    try:
        n = audits.build_checklist(row, request.user)
    except NotNow as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Đã thêm %(n)d câu từ bản đồ điều khoản và các quy trình.") % {"n": n})
    return redirect("audit-checklist", pk)


@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """A question of one's own."""
    row, data = find_audit(request, pk), request.POST
    document = row.documents.filter(pk=data["document"]).first() if data.get("document", "").isdecimal() else None
    return done(
        request,
        lambda: audits.add_question(
            row,
            request.user,
            data.get("question", ""),
            clause=data.get("clause", ""),
            document=document,
            look_at=data.get("look_at", ""),
        ),
        _("Đã thêm câu hỏi."),
        "audit-checklist",
        pk,
    )


@require_POST
def question(request: Request, pk: int) -> HttpResponse:
    """Edit, drop or move one question: `viec` = sua, bo, len, xuong."""
    item = get_object_or_404(
        ChecklistItem.objects.select_related("audit").filter(audit__agency_id=request.user.agency_id), pk=pk
    )
    person, data, work = request.user, request.POST, request.POST.get("viec", "")
    acts = {
        "sua": (
            lambda: audits.edit_question(
                item, person, data.get("question", ""), clause=data.get("clause", ""), look_at=data.get("look_at", "")
            ),
            _("Đã sửa câu hỏi."),
        ),
        "bo": (lambda: audits.drop_question(item, person), _("Đã bỏ câu hỏi.")),
        "len": (lambda: audits.move_question(item, person, -1), _("Đã đưa câu hỏi lên.")),
        "xuong": (lambda: audits.move_question(item, person, 1), _("Đã đưa câu hỏi xuống.")),
    }
    act, said = acts.get(work, acts["sua"])
    return done(request, act, said, "audit-checklist", item.audit_id)
