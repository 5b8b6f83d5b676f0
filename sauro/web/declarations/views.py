"""What is missing before the agency may declare, its declarations, and what it hands to an auditor."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sauro.ledger import services as ledger
from sauro.organization.policy import Capability, allows, require
from sauro.plans.services.errors import NotNow
from sauro.quality import dossier
from sauro.quality.models import ConformityDeclaration
from sauro.quality.services import declaration as services
from sauro.quality.services.declaration import Check
from sauro.web.listing import MEDIA, Filter, Register, Sort, Taken
from sauro.web.look.text import dmy
from sauro.web.quality.registers import holding, year_filter
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.reviews.acts import day_of
from sauro.web.today import today
from sauro.writing import Column
from sauro.writing import quality as papers

State = ConformityDeclaration.State
TONES = {State.DRAFT: "info", State.DECLARED: "done", State.SUPERSEDED: "neutral"}


def _url(check: Check) -> str:
    try:
        return reverse(check.name)
    except NoReverseMatch:
        return ""


def _find(request: Request, pk: int) -> ConformityDeclaration:
    found = ConformityDeclaration.objects.visible_to(request.user).select_related(
        "agency", "scope__agency", "declared_by"
    )
    return get_object_or_404(found, pk=pk)


def _year(text: str) -> int:
    return int(text) if text.isdecimal() and 2000 < int(text) < 2100 else today().year


@require_GET
def declaration_list(request: Request) -> HttpResponseBase:
    """The register of declarations; above it what is missing for the year's."""
    me, agency, day = request.user, request.user.unit.agency, today()
    rows = ConformityDeclaration.objects.visible_to(me)
    register = Register(
        request,
        rows,
        filters=[
            year_filter(rows),
            Filter("trang_thai", _("Trạng thái"), State.choices, lambda r, v: r.filter(state=v)),
        ],
        sorts=[
            Sort("lan", _("lần công bố, mới trước"), ("-no",), ("no",)),
            Sort("ngay", _("ngày công bố, mới trước"), ("-declared_on", "-no"), ("declared_on", "no")),
        ],
        search=holding("decision_number", "reason"),
        search_label=_("Tìm theo số quyết định, lý do"),
        dress=lambda r: r.select_related("scope", "declared_by"),
        columns=[
            Taken(Column(_("Lần"), 8, "number"), lambda r: r.no),
            Taken(Column(_("Năm"), 8, "number"), lambda r: r.year),
            Taken(Column(_("Số quyết định"), 18), lambda r: r.decision_number),
            Taken(Column(_("Ngày công bố"), 12, "date"), lambda r: r.declared_on),
            Taken(Column(_("Người ký"), 26), lambda r: r.declared_by.full_name if r.declared_by else ""),
            Taken(Column(_("Phạm vi lần"), 10, "number"), lambda r: r.scope.no),
            Taken(Column(_("Lý do"), 40), lambda r: r.reason),
            Taken(Column(_("Trạng thái"), 18), lambda r: r.get_state_display()),
        ],
    )
    found = services.checks(agency, day.year, day)
    open_ = services.missing(found)
    draft = rows.filter(state=State.DRAFT).first()
    standing = services.in_force(agency)
    if standing and standing.year == day.year:
        title = _("Đã công bố năm %(year)d, ngày %(day)s") % {"year": day.year, "day": dmy(standing.declared_on)}
    elif open_:
        title = _("Còn %(n)d điều kiện trước khi công bố năm %(year)d") % {"n": len(open_), "year": day.year}
    else:
        title = _("Đủ điều kiện công bố năm %(year)d") % {"year": day.year}
    return register.respond(
        "declarations/list.html",
        "declarations/table.html",
        title=title,
        noun=_("lần công bố"),
        file_title=_("Các lần công bố phù hợp tiêu chuẩn"),
        sections=sections("declaration-list"),
        rows=[(r, TONES[State(r.state)]) for r in register.page],
        checks=[(c, _url(c)) for c in sorted(found, key=lambda c: c.ok)],
        open=len(open_),
        year=day.year,
        draft=draft,
        again=services.needs_redeclaration(agency, day),
        may_prepare=draft is None and allows(me, Capability.RUN_QUALITY, agency),
        may_take=not rows.exclude(state=State.DRAFT).exists() and allows(me, Capability.DECLARE, agency),
        empty_words=_("Thư ký ISO lập dự thảo, lãnh đạo công bố khi đủ điều kiện."),
    )


@require_GET
def declaration(request: Request, pk: int) -> HttpResponse:
    """One declaration: what was checked, its scope, and declaring it."""
    return _page(request, _find(request, pk))


def _page(request: Request, row: ConformityDeclaration, status: int = 200, *, number: str = "") -> HttpResponse:
    me, day = request.user, today()
    draft = row.state == State.DRAFT
    if draft:
        checks = sorted(services.checks(row.agency, row.year, day), key=lambda c: c.ok)
        found = [(c.ok, c.text, _url(c)) for c in checks]
    else:
        found = [(bool(c["ok"]), str(c["text"]), "") for c in row.checks]
    scope = services.scope_now(row.agency, day) if draft else row.scope
    context = {
        "title": _("Công bố năm %(year)d, lần %(no)d") % {"year": row.year, "no": row.no},
        "sections": sections("declaration-list"),
        "row": row,
        "tone": TONES[State(row.state)],
        "draft": draft,
        "checks": found,
        "open": sum(not ok for ok, _text, _link in found),
        "scope": scope,
        "lines": dossier.scope_lines(scope) if scope else (),
        "may_declare": draft and allows(me, Capability.DECLARE, row),
        "may_drop": draft and allows(me, Capability.RUN_QUALITY, row),
        "number": number,
    }
    return render(request, "declarations/declaration.html", context, status=status)


def _done(request: Request, act: Callable[[], Any], said: str, pk: int | None = None) -> HttpResponse:
    try:
        made = act()
    except NotNow as no:
        messages.error(request, str(no))
        return redirect("declaration", pk) if pk else redirect("declaration-list")
    messages.success(request, said)
    return redirect("declaration", made.pk) if made else redirect("declaration-list")


@require_POST
def prepare(request: Request) -> HttpResponse:
    """Draft the next declaration."""
    agency, year = request.user.unit.agency, _year(request.POST.get("year", ""))
    reason = request.POST.get("reason", "")
    return _done(
        request,
        lambda: services.prepare(agency, year, request.user, today(), reason=reason),
        _("Đã lập dự thảo công bố."),
    )


@require_POST
def take_over(request: Request) -> HttpResponse:
    """Enter the declaration that stood before."""
    agency = request.user.unit.agency

    require(request.user, Capability.DECLARE, agency)

    def act() -> ConformityDeclaration:
        scope, on = services.scope_now(agency, today()), day_of(request, "declared_on")
        if scope is None:
            raise NotNow(_("Chưa có quyết định về phạm vi áp dụng. Lãnh đạo quyết định phạm vi ở phần Bối cảnh."))
        if on is None:
            raise NotNow(_("Ghi ngày công bố."))
        number = request.POST.get("number", "")
        return services.take_over(agency, on.year, request.user, today(), scope=scope, number=number, declared_on=on)

    return _done(request, act, _("Đã ghi công bố có từ trước."))


@require_POST
def declare(request: Request, pk: int) -> HttpResponse:
    """Declare; where something is open still, what was typed stays in the form under the list of it."""
    row, number = _find(request, pk), request.POST.get("number", "")
    try:
        services.declare(row, request.user, today(), number=number)
    except NotNow as no:
        messages.error(request, str(no))
        return _page(request, row, 409, number=number)
    messages.success(request, _("Đã công bố hệ thống phù hợp tiêu chuẩn."))
    return redirect("declaration", pk)


@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Throw the draft away."""
    row = _find(request, pk)
    return _done(request, lambda: services.drop(row, request.user), _("Đã bỏ dự thảo."), pk)


@require_GET
def paper(request: Request, pk: int) -> FileResponse:
    """The decision with the declaration and its list of procedures, in Word."""
    row, out = _find(request, pk), io.BytesIO()
    with translation.override("vi"):
        papers.write_declaration(out, dossier.declaration_paper(row))
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"cong-bo-{row.year}.docx", content_type=MEDIA["docx"])


@require_GET
def year_report(request: Request, year: int) -> FileResponse:
    """The year's report with its figures, in Word."""
    if not 2000 < year < 2100:
        raise Http404
    require(request.user, Capability.VIEW, request.user.unit.agency)
    out = io.BytesIO()
    with translation.override("vi"):
        papers.write_year_report(out, dossier.year_report_paper(request.user.unit.agency, year, today()))
    out.seek(0)
    name = f"bao-cao-duy-tri-{year}.docx"
    return FileResponse(out, as_attachment=True, filename=name, content_type=MEDIA["docx"])


@require_POST
def folder(request: Request, year: int) -> HttpResponseBase:
    """The auditor's folder as a .zip, sent while it is made; who took it is written down."""
    agency = request.user.unit.agency
    if not 2000 < year < 2100:
        raise Http404
    if not allows(request.user, Capability.AUDIT, agency) and not allows(request.user, Capability.DECLARE, agency):
        require(request.user, Capability.RUN_QUALITY, agency)
    ledger.record(request.user, "quality.folder.asked", agency, year=year)
    name = f"ho-so-danh-gia-{year}-{today():%Y%m%d}.zip"
    return StreamingHttpResponse(
        dossier.stream_zip(agency, year, today()), content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip
