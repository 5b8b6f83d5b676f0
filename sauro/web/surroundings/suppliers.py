"""Outside providers and their evaluation (8.4)."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.organization.policy import Capability, allows, require
from sauro.quality.models import Supplier, SupplierEvaluation
from sauro.quality.services import suppliers
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.quality.pages import did, form_page, head_of, sent, unit_choices, word
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.surroundings.forms import EvaluateForm, SupplierForm
from sauro.web.surroundings.parts import STALE, parts
from sauro.web.today import today
from sauro.writing import Column
from sauro.writing.quality import Facts, Grid, Part, RecordPaper, Signature, write_record

RUN, Result = Capability.RUN_QUALITY, SupplierEvaluation.Result
TONES: dict[str, str] = {Result.GOOD: "done", Result.WATCH: "soon", Result.BAD: "late", "": "neutral"}


def _with_last(rows: Any) -> Any:
    last = SupplierEvaluation.objects.filter(supplier=OuterRef("pk")).order_by("-on", "-pk")
    return rows.annotate(last_on=Subquery(last.values("on")[:1]), last=Subquery(last.values("result")[:1]))


def result_words(value: str | None) -> str:
    """A result in words; that there is none."""
    return str(Result(value).label) if value else _("Chưa đánh giá")


@require_GET
def supplier_list(request: Request) -> HttpResponseBase:
    """All providers with their last evaluation."""
    person = request.user
    rows = Supplier.objects.all().visible_to(person)
    register = Register(
        request,
        _with_last(rows),
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm bên cung cấp"),
        filters=[
            Filter("ket_qua", _("Kết quả gần nhất"), Result.choices, lambda r, v: r.filter(last=v)),
            Filter("don_vi", _("Đơn vị theo dõi"), unit_choices(person), lambda r, v: r.filter(unit_id=v)),
            Filter(
                "tinh_trang",
                _("Tình trạng"),
                [("con", _("đang dùng")), ("thoi", _("đã thôi dùng"))],
                lambda r, v: r.filter(ended_on__isnull=v == "con"),
            ),
        ],
        sorts=[
            Sort("ten", _("tên"), ("name", "pk"), ("-name", "-pk")),
            Sort("ngay", _("lần đánh giá, lâu nhất trước"), ("last_on", "pk"), ("-last_on", "-pk")),
        ],
        columns=[
            Taken(Column(_("Bên cung cấp"), 34), lambda r: r.name),
            Taken(Column(_("Cung cấp gì"), 40), lambda r: r.provides),
            Taken(Column(_("Đơn vị theo dõi"), 24), lambda r: r.unit.name if r.unit else ""),
            Taken(Column(_("Đánh giá ngày"), 12, "date"), lambda r: r.last_on),
            Taken(Column(_("Kết quả"), 18), lambda r: result_words(r.last)),
            Taken(Column(_("Thôi dùng"), 12, "date"), lambda r: r.ended_on, on_paper=False),
        ],
        dress=lambda r: r.select_related("unit"),
    )
    for row in register.page.object_list:
        row.words, row.tone = result_words(row.last), TONES[row.last or ""]
        row.stale = not row.ended_on and (row.last_on is None or row.last_on < today() - STALE)
    now = rows.filter(ended_on=None).count()
    title = ngettext("%(n)s bên cung cấp", "%(n)s bên cung cấp", now) % {"n": vnumber(now)}
    may = allows(person, RUN, person.unit.agency)
    return register.respond(
        "quality/register.html",
        "context/suppliers_table.html",
        title=title if now else _("Chưa có bên cung cấp nào"),
        noun=pgettext("noun", "bên cung cấp"),
        file_title=_("Bên cung cấp bên ngoài"),
        sections=sections("context"),
        parts=parts("supplier-list"),
        adds=[(_("Thêm bên cung cấp"), reverse("supplier-add"))] if may else [],
    )


def _find(request: Request, pk: int) -> Supplier:
    rows = Supplier.objects.all().visible_to(request.user).select_related("unit", "agency")
    found: Supplier = get_object_or_404(rows, pk=pk)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def supplier(request: Request, pk: int) -> HttpResponse:
    """One provider with its evaluations, and the form of a new one."""
    found = _find(request, pk)
    may = allows(request.user, RUN, found.agency)
    if request.method == "POST":
        require(request.user, RUN, found.agency)

    def act(d: dict[str, Any]) -> str:
        suppliers.evaluate(found, request.user, today(), **d)
        return reverse("supplier", args=[pk])

    rows = list(found.evaluations.select_related("by"))
    for row in rows:
        row.tone = TONES[row.result]  # type: ignore[attr-defined]
    return form_page(
        request,
        EvaluateForm(sent(request), initial={"on": today()}),
        act,
        title=found.name,
        said=_("Đã ghi kết quả đánh giá."),
        submit=_("Ghi kết quả"),
        back=(_("Bên cung cấp"), reverse("supplier-list")),
        template="context/supplier.html",
        supplier=found,
        rows=rows,
        may=may,
        sections=sections("context"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """A new provider."""
    agency = request.user.unit.agency
    require(request.user, RUN, agency)
    return form_page(
        request,
        SupplierForm(request.user, None, sent(request)),
        lambda d: reverse("supplier", args=[suppliers.save(agency, request.user, d).pk]),
        title=_("Thêm bên cung cấp"),
        said=_("Đã thêm bên cung cấp."),
        submit=_("Thêm bên cung cấp"),
        back=(_("Bên cung cấp"), reverse("supplier-list")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a provider."""
    found = _find(request, pk)
    require(request.user, RUN, found.agency)
    return form_page(
        request,
        SupplierForm(request.user, found, sent(request)),
        lambda d: suppliers.save(found.agency, request.user, d, found) and None,
        title=_("Sửa bên cung cấp"),
        said=_("Đã lưu bên cung cấp."),
        submit=_("Lưu bên cung cấp"),
        back=(found.name, reverse("supplier", args=[pk])),
        template="context/edit.html",
        ends="" if found.ended_on else reverse("supplier-end", args=[pk]),
    )


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """The provider is no longer used."""
    found = _find(request, pk)
    act = lambda: suppliers.end(found, request.user, today())  # noqa: E731
    return did(request, act, _("Đã ghi thôi dùng."), "supplier-list")


@require_GET
def paper(request: Request, pk: int) -> HttpResponseBase:
    """The provider and its evaluations as a form to print."""
    found = _find(request, pk)
    facts = Facts(
        (
            ("Bên cung cấp", found.name),
            ("Cung cấp", found.provides),
            ("Đơn vị theo dõi", found.unit.name if found.unit else ""),
            ("Tiêu chí đánh giá", found.criteria),
        )
    )
    columns = (
        Column("Ngày", 14, "date"), Column("Kết quả", 20), Column("Nhận xét", 44), Column("Người đánh giá", 24)
    )  # fmt: skip
    rows = tuple((e.on, Result(e.result).label, e.note, e.by.full_name) for e in found.evaluations.select_related("by"))
    made = RecordPaper(
        head_of(found.agency, today()),
        "Phiếu đánh giá bên cung cấp",
        found.name,
        parts=(Part("Thông tin", (facts,)), Part("Các lần đánh giá", (Grid(columns, rows),))),
        signatures=(Signature("Người đánh giá"), Signature("Người duyệt")),
        numbered=False,
        ends=False,
    )
    return word(lambda out: write_record(out, made), f"Đánh giá {found.name}")
