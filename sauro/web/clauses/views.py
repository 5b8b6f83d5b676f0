"""The map of clauses, one clause, and what is said of it."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.documents.models import DocumentedInformation, RecordSeries
from sauro.organization.models import Unit
from sauro.organization.policy import Capability, allows
from sauro.plans.services.errors import NotNow
from sauro.quality.conformity import ClauseView, Level, conformity_map, summary
from sauro.quality.models import ClauseAnswer, ClimateRelevance, Process
from sauro.quality.ready import standard
from sauro.quality.services import clauses as services
from sauro.web.quality.sections import sections
from sauro.web.quality.views import chapters
from sauro.web.quality.words import ANSWERS, clause_label, clause_words, evidence_words
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column, write_table_docx, write_table_xlsx

# Where a thing that answers a clause is seen: the name of its page by its kind.
PAGES = {
    "document": "controlled", "process": "process", "finding": "finding", "nonconformity": "nonconformity",
    "unit": "unit",
}  # fmt: skip
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def _edition(request: HttpRequest) -> str:
    asked = request.GET.get("ban", "")
    return asked if asked in standard.EDITIONS else standard.CURRENT


def page_url(kind: str, pk: int) -> str:
    """The page of a thing that answers a clause; empty where it has none."""
    try:
        return reverse(PAGES[kind], args=[pk])
    except (KeyError, NoReverseMatch):
        return ""


def register_url(name: str) -> str:
    """The register in which the things of one kind are seen."""
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""


@require_GET
def whole(request: Request) -> HttpResponse:
    """Every clause in a table, under the squares."""
    agency, day, edition = request.user.unit.agency, today(), _edition(request)
    views = conformity_map(agency, day.year, day, edition)
    counted = summary(views)
    gaps = counted[Level.THIN] + counted[Level.EMPTY]
    climate = ClimateRelevance.objects.filter(agency=agency, year=day.year).select_related("decided_by").first()
    context = {
        "title": _("%(n)d điều khoản còn mỏng hoặc trống") % {"n": gaps} if gaps else _("Mọi điều khoản đều đủ"),
        "sections": sections("clause-map"),
        "chapters": chapters(views),
        "views": [v for v in views if v.clause.level > 1],
        "levels": [(level, level.label, counted[level]) for level in Level],
        "thin": [],
        "edition": standard.edition(edition),
        "editions": [(e, standard.edition(e).name, e == edition) for e in standard.EDITIONS],
        "pairs": [p for p in standard.mapping() if p.change != "same"] if edition != standard.CURRENT else [],
        "climate": climate,
        "year": day.year,
        "answers": ClimateRelevance.Answer.choices,
        "may_run": allows(request.user, Capability.RUN_QUALITY, agency),
    }
    return render(request, "clauses/map.html", context)


@require_GET
def one(request: Request, number: str) -> HttpResponse:
    """One clause: what answers it, what is missing, what may be said of it."""
    agency, day, edition = request.user.unit.agency, today(), _edition(request)
    view = next((v for v in conformity_map(agency, day.year, day, edition) if v.clause.number == number), None)
    if view is None:
        raise Http404
    where = {fact.says: register_url(fact.name) for _kind, fact in view.facts if fact.says}
    context = {
        "title": clause_words(view.clause),
        "sections": sections("clause-map"),
        "view": view,
        "tone": {Level.FULL: "done", Level.THIN: "soon", Level.EMPTY: "late", Level.OUT: "neutral"}[view.level],
        "items": [(item, page_url(item.kind, item.pk)) for item in view.items],
        "facts": [(ANSWERS.get(kind, kind), fact, register_url(fact.name)) for kind, fact in view.facts],
        "missing": [(words, where.get(words, "")) for words in view.missing],
        "hints": evidence_words(view.clause),
        # The reason goes into the agency's papers: it is proposed in their language.
        "usual_reason": view.clause.why_not,
        "mapped": standard.to_new(number) if edition == standard.CURRENT else standard.to_old(number),
        "edition": edition,
        "may_run": allows(request.user, Capability.RUN_QUALITY, agency),
        "may_apply": view.clause.may_not_apply and allows(request.user, Capability.DECLARE, agency),
        "documents": DocumentedInformation.objects.visible_to(request.user).in_force(),
        "processes": Process.objects.visible_to(request.user).filter(ended_on=None),
        "records": RecordSeries.objects.visible_to(request.user).filter(ended_on=None),
        "units": Unit.objects.filter(agency=agency, is_active=True, kind=Unit.Kind.UNIT).order_by("sort_key"),
    }
    return render(request, "clauses/clause.html", context)


def _said(request: Request, number: str, words: str, act: Any) -> HttpResponse:
    try:
        act()
    except NotNow as said:
        messages.error(request, str(said))
    else:
        messages.success(request, words)
    return redirect("clause", number)


@require_POST
def tie(request: Request, number: str) -> HttpResponse:
    """Tie a document, process, series of records, unit or note to the clause."""
    agency = request.user.unit.agency
    chosen: dict[str, Any] = {}
    for name, model in (
        ("document", DocumentedInformation),
        ("process", Process),
        ("records", RecordSeries),
        ("unit", Unit),
    ):
        value = request.POST.get(name, "")
        chosen[name] = get_object_or_404(model, pk=value, agency=agency) if value.isdecimal() else None
    note = request.POST.get("note", "")[:500]
    return _said(
        request, number, _("Đã gắn vào điều khoản %(n)s.") % {"n": number},
        lambda: services.tie(agency, number, request.user, note=note, **chosen),
    )  # fmt: skip


@require_POST
def untie(request: Request, pk: int) -> HttpResponse:
    """Take back what was tied by hand."""
    answer = get_object_or_404(ClauseAnswer.objects.visible_to(request.user), pk=pk)
    number = answer.clause
    return _said(request, number, _("Đã gỡ."), lambda: services.untie(answer, request.user))


@require_POST
def apply(request: Request, number: str) -> HttpResponse:
    """Say whether the clause applies, and why not."""
    agency = request.user.unit.agency
    applies, why = request.POST.get("applies") == "1", request.POST.get("justification", "")
    return _said(
        request, number, _("Đã ghi điều khoản %(n)s.") % {"n": number},
        lambda: services.set_applicability(agency, number, request.user, today(), applies=applies, justification=why),
    )  # fmt: skip


@require_http_methods(["POST"])
def climate(request: Request) -> HttpResponse:
    """Conclude on climate change for the year."""
    agency, day = request.user.unit.agency, today()
    try:
        services.judge_climate(
            agency, day.year, request.user, day, answer=request.POST.get("answer", ""),
            reason=request.POST.get("reason", ""),
        )  # fmt: skip
    except NotNow as said:
        messages.error(request, str(said))
    else:
        messages.success(request, _("Đã ghi kết luận về biến đổi khí hậu."))
    return redirect("clause-map")


def rows_of(views: list[ClauseView]) -> list[list[str]]:
    """The map as rows of text, a row a clause, in the order of the columns of the file."""

    def told(view: ClauseView, *kinds: str) -> str:
        return "; ".join(item.label for item in view.of(*kinds))

    return [
        [
            view.clause.number, clause_label(view.clause), str(view.level.label), told(view, "document"),
            told(view, "process"), told(view, "records", "note"), told(view, "finding", "nonconformity"),
            told(view, "unit"), " ".join([view.justification, *view.missing]).strip(),
        ]
        for view in views
    ]  # fmt: skip


@require_GET
def take_away(request: Request, kind: str) -> HttpResponseBase:
    """The map as Excel or Word."""
    if kind not in MEDIA:
        raise Http404
    agency, day, edition = request.user.unit.agency, today(), _edition(request)
    views = conformity_map(agency, day.year, day, edition)
    columns = [
        Column(_("Điều khoản"), 8), Column(_("Nội dung"), 24), Column(_("Mức"), 10), Column(_("Tài liệu"), 36),
        Column(_("Quá trình"), 26), Column(_("Hồ sơ, bằng chứng"), 30), Column(_("Phát hiện"), 30),
        Column(_("Đơn vị"), 18), Column(_("Còn thiếu"), 36),
    ]  # fmt: skip
    title = _("Bản đồ điều khoản %(name)s năm %(year)d") % {"name": standard.edition(edition).name, "year": day.year}
    out, rows = io.BytesIO(), iter(rows_of(views))
    if kind == "xlsx":
        write_table_xlsx(title, columns, rows, out, note=None, day=day)
    else:
        write_table_docx(
            title, columns, rows, out, agency=agency.name, parent_agency=agency.parent_name or None,
            place=agency.place or None, day=day, note=None,
        )  # fmt: skip
    out.seek(0)
    return FileResponse(
        out, as_attachment=True, filename=f"ban-do-dieu-khoan-{day:%Y%m%d}.{kind}", content_type=MEDIA[kind]
    )
