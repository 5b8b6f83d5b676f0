"""The register of management reviews, and the page of one."""

from __future__ import annotations

import io
from typing import Any

from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability, allows
from sauro.quality import dossier
from sauro.quality.inputs import INPUTS
from sauro.quality.models import ManagementReview, ReviewDecision
from sauro.quality.services import reviews as services
from sauro.web.listing import MEDIA, Filter, Register, Sort, Taken
from sauro.web.look.text import dmy
from sauro.web.quality.registers import holding, year_filter
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column
from sauro.writing import quality as papers

State = ManagementReview.State
TONES = {State.PLANNED: "info", State.FROZEN: "soon", State.HELD: "done"}


def find(request: Request, pk: int) -> ManagementReview:
    """A review of the person's agency."""
    found = ManagementReview.objects.visible_to(request.user).select_related("agency", "chair", "secretary")
    return get_object_or_404(found, pk=pk)


@require_GET
def review_list(request: Request) -> HttpResponseBase:
    """Every review of the agency, newest first."""
    me, agency, day = request.user, request.user.unit.agency, today()
    rows = ManagementReview.objects.visible_to(me)
    register = Register(
        request,
        rows,
        filters=[
            year_filter(rows),
            Filter("trang_thai", _("Trạng thái"), State.choices, lambda r, v: r.filter(state=v)),
        ],
        sorts=[
            Sort("ngay", _("ngày họp, mới trước"), ("-planned_on", "-pk"), ("planned_on", "pk")),
            Sort("nam", _("năm"), ("-year", "-no"), ("year", "no")),
        ],
        search=holding("conclusion", "minutes", "decisions__text"),
        search_label=_("Tìm trong kết luận, biên bản"),
        dress=lambda r: r.select_related("chair").annotate(
            decided=Count("decisions", distinct=True),
            ordered=Count("decisions__actions", distinct=True),
            done=Count("decisions__actions", filter=~Q(decisions__actions__task__completed_on=None), distinct=True),
        ),
        columns=[
            Taken(Column(_("Năm"), 8, "number"), lambda r: r.year),
            Taken(Column(_("Lần"), 8, "number"), lambda r: r.no),
            Taken(Column(_("Ngày họp"), 12, "date"), lambda r: r.held_on or r.planned_on),
            Taken(Column(_("Chủ trì"), 26), lambda r: r.chair.full_name if r.chair else ""),
            Taken(Column(_("Trạng thái"), 22), lambda r: r.get_state_display()),
            Taken(Column(_("Quyết định"), 10, "number"), lambda r: r.decided),
            Taken(Column(_("Việc đã giao"), 10, "number"), lambda r: r.ordered),
            Taken(Column(_("Việc đã xong"), 10, "number"), lambda r: r.done),
            Taken(Column(_("Kết luận"), 60), lambda r: r.conclusion),
        ],
    )
    waiting = rows.exclude(state=State.HELD).order_by("planned_on").first()
    last = rows.filter(state=State.HELD).order_by("-held_on").first()
    if waiting:
        title = _("Họp xem xét của lãnh đạo ngày %(day)s") % {"day": dmy(waiting.planned_on)}
    elif last:
        title = _("Lần xem xét gần nhất: %(day)s") % {"day": dmy(last.held_on)}
    else:
        title = _("Chưa có cuộc xem xét nào của lãnh đạo")
    return register.respond(
        "reviews/list.html",
        "reviews/table.html",
        title=title,
        noun=_("cuộc xem xét"),
        file_title=_("Các cuộc xem xét của lãnh đạo"),
        sections=sections("review-list"),
        rows=[(r, TONES[State(r.state)]) for r in register.page],
        may_plan=waiting is None and allows(me, Capability.RUN_QUALITY, agency),
        chairs=chairs(agency.pk) if waiting is None else [],
        year=day.year,
        empty_words=_("Thư ký ISO lập cuộc xem xét; phần mềm tự gom mười hai nhóm đầu vào."),
    )


def chairs(agency_id: int) -> list[Person]:
    """Who may chair a review."""
    found = Person.objects.filter(unit__agency_id=agency_id, is_active=True, role__grants__has_key="chair_review")
    return list(found.select_related("role").order_by("sort_key")[:50])


@require_GET
def review(request: Request, pk: int) -> HttpResponse:
    """One review: its inputs with their figures, what was said, concluded and decided."""
    row, me, day = find(request, pk), request.user, today()
    figures, remarks, as_of = dossier.figures_of(row, day)
    frozen = row.state != State.PLANNED
    chairs_it = allows(me, Capability.CHAIR_REVIEW, row)
    runs_it = chairs_it or allows(me, Capability.RUN_QUALITY, row)
    by_decision: dict[int, list[Any]] = {}
    for action in services.actions_of(row):
        by_decision.setdefault(action.decision_id or 0, []).append(action.task)
    decisions = list(row.decisions.all())
    context = {
        "title": _("Xem xét của lãnh đạo %(year)d, lần %(no)d") % {"year": row.year, "no": row.no},
        "sections": sections("review-list"),
        "row": row,
        "tone": TONES[State(row.state)],
        "frozen": frozen,
        "as_of": as_of,
        "inputs": [(i, figures.get(i.key, []), remarks.get(i.key, "")) for i in INPUTS],
        "decisions": [(d, [(t, t.cell(day)) for t in by_decision.get(d.pk, [])]) for d in decisions],
        "agenda": [line for line in row.agenda.splitlines() if line.strip()],
        "may_write": runs_it and row.state != State.HELD,
        "may_freeze": runs_it and row.state == State.PLANNED,
        "may_unfreeze": chairs_it and row.state == State.FROZEN,
        "may_decide": chairs_it and frozen,
        "may_conclude": chairs_it and row.state == State.FROZEN,
        "abouts": ReviewDecision.About.choices,
        "units": Unit.objects.filter(agency=row.agency, is_active=True, kind=Unit.Kind.UNIT).order_by("path")
        if chairs_it else [],
        "today": day,
    }  # fmt: skip
    return render(request, "reviews/review.html", context)


@require_GET
def paper(request: Request, pk: int, kind: str) -> FileResponse:
    """The agenda, the report of inputs or the minutes in Word."""
    row, day, out = find(request, pk), today(), io.BytesIO()
    with translation.override("vi"):
        if kind == "chuong-trinh":
            papers.write_review_agenda(out, dossier.agenda_paper(row))
        elif kind == "bao-cao":
            papers.write_review_report(out, dossier.report_paper(row, day))
        elif kind == "bien-ban":
            papers.write_review_minutes(out, dossier.minutes_paper(row, day))
        else:
            raise Http404
    out.seek(0)
    name = f"xem-xet-{row.year}-lan-{row.no}-{kind}.docx"
    return FileResponse(out, as_attachment=True, filename=name, content_type=MEDIA["docx"])
