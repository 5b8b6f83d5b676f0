"""The master list of records with their retention."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.documents.control import records
from sauro.documents.models import RecordSeries
from sauro.organization.models import Agency
from sauro.organization.policy import Capability, allows, require
from sauro.web.basis.forms import RecordForm
from sauro.web.basis.parts import parts
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.quality.pages import did, form_page, sent, unit_choices
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.tasks.counting import kept
from sauro.web.today import today
from sauro.writing import Column


def _kept(rows: Any, value: str) -> Any:
    if value == "vinh_vien":
        return rows.filter(retention_years=None)
    return rows.filter(retention_years__lte=5) if value == "5" else rows.filter(retention_years__gt=5)


@require_GET
def record_list(request: Request) -> HttpResponseBase:
    """All series of records."""
    person = request.user
    register = Register(
        request,
        RecordSeries.objects.visible_to(person),
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm mã, tên hồ sơ"),
        filters=[
            Filter("don_vi", _("Đơn vị giữ"), unit_choices(person), lambda r, v: r.filter(unit_id=v)),
            Filter(
                "luu",
                _("Thời gian lưu"),
                [("5", _("đến 5 năm")), ("hon", _("trên 5 năm")), ("vinh_vien", _("vĩnh viễn"))],
                _kept,
            ),
            Filter(
                "dung",
                _("Tình trạng"),
                [("co", _("đang dùng")), ("thoi", _("đã thôi dùng"))],
                lambda r, v: r.filter(ended_on__isnull=v == "co"),
            ),
        ],
        sorts=[
            Sort("ma", _("mã"), ("code", "pk"), ("-code", "-pk")),
            Sort("luu", _("thời gian lưu, ngắn trước"), ("retention_years", "code"), ("-retention_years", "code")),
        ],
        columns=[
            Taken(Column(_("Mã"), 16), lambda r: r.code),
            Taken(Column(_("Tên hồ sơ"), 40), lambda r: r.title),
            Taken(Column(_("Quy trình"), 20), lambda r: r.document.code if r.document else ""),
            Taken(Column(_("Đơn vị giữ"), 24), lambda r: r.unit.name if r.unit else ""),
            Taken(Column(_("Nơi lưu, cách lưu"), 28), lambda r: r.place),
            Taken(Column(_("Thời gian lưu"), 14), lambda r: years(r.retention_years)),
            Taken(Column(_("Xử lý khi hết hạn"), 24), lambda r: r.disposal),
            Taken(Column(_("Thôi dùng"), 12, "date"), lambda r: r.ended_on, on_paper=False),
        ],
        dress=lambda r: r.select_related("document", "unit"),
    )
    for row in register.page.object_list:
        row.years = years(row.retention_years)
    n = register.total
    title = ngettext("%(n)s loại hồ sơ phải lưu", "%(n)s loại hồ sơ phải lưu", n) % {"n": vnumber(n)}
    adds = []
    if allows(person, Capability.CONTROL_DOCUMENTS, person.unit.agency):
        adds = [(_("Thêm hồ sơ"), reverse("record-add"))]
    return register.respond(
        "basis/records.html",
        "basis/records_table.html",
        title=title if n else _("Chưa có loại hồ sơ nào trong danh mục"),
        noun=pgettext("noun", "loại hồ sơ"),
        file_title=_("Danh mục hồ sơ"),
        sections=sections("controlled-list"),
        parts=parts("record-list"),
        adds=adds,
        proposals=_proposed(person.unit.agency) if adds else 0,
    )


def _proposed(agency: Agency) -> int:
    """How many records procedures name that the list lacks. It reads every procedure: kept while nothing changes."""
    n: int = kept(f"{agency.pk}&records proposed", today(), lambda: len(records.proposals(agency)))
    return n


def years(n: int | None) -> str:
    """How long records are kept, in words."""
    return ngettext("%(n)d năm", "%(n)d năm", n) % {"n": n} if n else _("Vĩnh viễn")


def _back() -> tuple[str, str]:
    return _("Danh mục hồ sơ"), reverse("record-list")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """A new series of records."""
    agency = request.user.unit.agency
    require(request.user, Capability.CONTROL_DOCUMENTS, agency)
    return form_page(
        request,
        RecordForm(request.user, None, sent(request)),
        lambda d: records.save(agency, request.user, d) and None,
        title=_("Thêm hồ sơ vào danh mục"),
        said=_("Đã thêm hồ sơ vào danh mục."),
        submit=_("Thêm hồ sơ"),
        back=_back(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a series of records."""
    series = get_object_or_404(RecordSeries.objects.visible_to(request.user), pk=pk)
    require(request.user, Capability.CONTROL_DOCUMENTS, series)
    return form_page(
        request,
        RecordForm(request.user, series, sent(request)),
        lambda d: records.save(series.agency, request.user, d, series) and None,
        title=series.code,
        said=_("Đã lưu hồ sơ."),
        submit=_("Lưu hồ sơ"),
        back=_back(),
        lead=series.title,
        template="basis/record.html",
        series=series,
    )


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """The kind of record is no longer made, or is made again."""
    series = get_object_or_404(RecordSeries.objects.visible_to(request.user), pk=pk)
    if series.ended_on:
        return did(request, lambda: records.resume(series, request.user), _("Hồ sơ được dùng lại."), "record-list")
    return did(request, lambda: records.end(series, request.user, today()), _("Đã ghi thôi dùng."), "record-list")


@require_POST
def take(request: Request) -> HttpResponse:
    """Take in the records that procedures in force name."""
    agency = request.user.unit.agency
    return did(
        request, lambda: records.take_proposals(agency, request.user),
        _("Đã lấy các hồ sơ nêu trong quy trình đang hiệu lực."), "record-list",
    )  # fmt: skip
