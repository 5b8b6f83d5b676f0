"""The scope of the system and its list of procedures (4.3)."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.organization.policy import Capability, allows, require
from sauro.quality.models import ListedProcedure, Scope
from sauro.quality.services import scope
from sauro.quality.services.errors import NotNow
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.quality.pages import did, form_page, sent, unit_choices
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.surroundings.forms import ImportForm, ProcedureForm, ScopeForm
from sauro.web.surroundings.parts import parts
from sauro.web.today import today
from sauro.writing import Column

RUN = Capability.RUN_QUALITY


@require_GET
def scope_page(request: Request) -> HttpResponseBase:
    """The scope in force, and the procedures that it covers."""
    person, agency = request.user, request.user.unit.agency
    rows = ListedProcedure.objects.all().visible_to(person)
    fields = rows.exclude(field="").order_by("field").values_list("field", flat=True).distinct()[:200]
    register = Register(
        request,
        rows,
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm mã, tên thủ tục"),
        filters=[
            Filter(
                "tinh_trang",
                _("Tình trạng"),
                [("con", _("thuộc phạm vi")), ("ra", _("đã ra khỏi phạm vi"))],
                lambda r, v: r.filter(until__isnull=v == "con"),
            ),
            Filter("loai", _("Loại"), ListedProcedure.Kind.choices, lambda r, v: r.filter(kind=v)),
            Filter("linh_vuc", _("Lĩnh vực"), [(f, f) for f in fields], lambda r, v: r.filter(field=v)),
            Filter("don_vi", _("Đơn vị giải quyết"), unit_choices(person), lambda r, v: r.filter(unit_id=v)),
        ],
        sorts=[
            Sort("linh_vuc", _("lĩnh vực, mã"), ("field", "code", "pk"), ("-field", "-code", "-pk")),
            Sort("ma", _("mã"), ("code", "pk"), ("-code", "-pk")),
        ],
        columns=[
            Taken(Column(_("Mã thủ tục"), 18), lambda r: r.code),
            Taken(Column(_("Tên thủ tục"), 56), lambda r: r.name),
            Taken(Column(_("Loại"), 18), lambda r: r.get_kind_display()),
            Taken(Column(_("Lĩnh vực"), 20), lambda r: r.field),
            Taken(Column(_("Đơn vị giải quyết"), 24), lambda r: r.unit.name if r.unit else ""),
            Taken(Column(_("Thời hạn giải quyết"), 16), lambda r: r.time_limit),
            Taken(Column(_("Quyết định công bố"), 18), lambda r: r.decision),
            Taken(Column(_("Quy trình nội bộ"), 14), lambda r: r.document.code if r.document else ""),
            Taken(Column(_("Ra khỏi phạm vi"), 12, "date"), lambda r: r.until, on_paper=False),
        ],
        dress=lambda r: r.select_related("unit", "document"),
    )
    now = rows.filter(until=None).count()
    title = ngettext("%(n)s thủ tục thuộc phạm vi", "%(n)s thủ tục thuộc phạm vi", now) % {"n": vnumber(now)}
    current = scope.current(person.agency_id, today())
    may = allows(person, RUN, agency)
    adds = [(_("Nhập danh mục"), reverse("procedure-import")), (_("Thêm thủ tục"), reverse("procedure-add"))]
    return register.respond(
        "quality/register.html",
        "context/procedures_table.html",
        title=title if now else _("Chưa có thủ tục nào thuộc phạm vi"),
        noun=pgettext("noun", "thủ tục"),
        file_title=_("Danh mục thủ tục áp dụng hệ thống quản lý chất lượng"),
        sections=sections("context"),
        parts=parts("scope"),
        strip="context/scope.html",
        adds=adds if may else [],
        may=may,
        may_decide=allows(person, Capability.DECLARE, agency),
        scope=current,
        scope_count=len(current.procedures) if current else 0,
        versions=list(Scope.objects.filter(agency=agency).defer("procedures").order_by("-no")[:20]),
        difference=scope.since(current, agency),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request) -> HttpResponse:
    """A new version of the scope."""
    agency = request.user.unit.agency
    require(request.user, Capability.DECLARE, agency)
    last = Scope.objects.filter(agency=agency).order_by("-no").first()
    initial = {"text": last.text if last else "", "sites": last.sites if last else "", "effective_on": today()}
    count = ListedProcedure.objects.filter(agency=agency, until=None).count()
    return form_page(
        request,
        ScopeForm(sent(request), initial=initial),
        lambda d: scope.decide(agency, request.user, **d) and None,
        title=_("Phạm vi áp dụng, lần %(no)d") % {"no": last.no + 1 if last else 1},
        said=_("Đã quyết định phạm vi. Danh mục thủ tục của lần này được đóng băng."),
        submit=_("Quyết định phạm vi"),
        back=(_("Phạm vi, thủ tục"), reverse("scope")),
        lead=ngettext(
            "%(n)d thủ tục đang trong danh mục được đóng băng cùng lần này.",
            "%(n)d thủ tục đang trong danh mục được đóng băng cùng lần này.",
            count,
        )
        % {"n": count},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: Request) -> HttpResponse:
    """Take in a table of procedures: looked at first, kept only when every cell is right."""
    agency = request.user.unit.agency
    require(request.user, RUN, agency)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    table, status = None, 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                file = form.cleaned_data["file"]
                cells = (
                    scope.cells_of_workbook(io.BytesIO(file.read()))
                    if file
                    else scope.cells_of_text(form.cleaned_data["table"])
                )
                table = scope.read_table(agency, cells)
                if not table.faults:
                    n = scope.import_procedures(agency, request.user, today(), table)
                    messages.success(request, _("Đã nhập %(n)d thủ tục.") % {"n": n})
                    return redirect("scope")
            except NotNow as no:
                form.add_error(None, str(no))
    context = {"form": form, "table": table, "back": (_("Phạm vi, thủ tục"), reverse("scope"))}
    return render(request, "context/import.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """A new procedure."""
    agency = request.user.unit.agency
    require(request.user, RUN, agency)
    return form_page(
        request,
        ProcedureForm(request.user, None, sent(request)),
        lambda d: scope.save_procedure(agency, request.user, today(), d) and None,
        title=_("Thêm thủ tục"),
        said=_("Đã thêm thủ tục."),
        submit=_("Thêm thủ tục"),
        back=(_("Phạm vi, thủ tục"), reverse("scope")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a procedure."""
    agency = request.user.unit.agency
    found = get_object_or_404(ListedProcedure.objects.all().visible_to(request.user), pk=pk)
    require(request.user, RUN, agency)
    return form_page(
        request,
        ProcedureForm(request.user, found, sent(request)),
        lambda d: scope.save_procedure(agency, request.user, today(), d, found) and None,
        title=found.code,
        said=_("Đã lưu thủ tục."),
        submit=_("Lưu thủ tục"),
        back=(_("Phạm vi, thủ tục"), reverse("scope")),
        lead=found.name,
        template="context/edit.html",
        ends="" if found.until else reverse("procedure-end", args=[pk]),
    )


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """The procedure leaves the scope."""
    found = get_object_or_404(ListedProcedure.objects.all().visible_to(request.user), pk=pk)
    act = lambda: scope.end_procedure(found, request.user, today())  # noqa: E731
    return did(request, act, _("Đã đưa thủ tục ra khỏi phạm vi."), "scope")
