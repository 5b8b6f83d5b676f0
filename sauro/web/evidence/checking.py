"""Evidence as the focal unit compares it with what it is said to prove."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from sauro.monitoring import services
from sauro.monitoring.models import HANDED_IN, Evidence
from sauro.organization.models import Person, Unit
from sauro.organization.models.units import under
from sauro.organization.policy import Capability, allows, reach
from sauro.plans.models import Plan
from sauro.plans.services.errors import NotNow
from sauro.web.evidence.files import pages_of
from sauro.web.evidence.words import signature_lines
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.request import Request
from sauro.writing import Column

PAGES_SHOWN = 5


def _rows(person: Person) -> Any:
    return Evidence.objects.visible_to(person).current().filter(report__state__in=HANDED_IN)


@require_GET
def evidence_list(request: Request) -> HttpResponseBase:
    """All evidence of reports that were handed in."""
    person = request.user
    units = Unit.objects.filter(agency_id=person.agency_id, kind=Unit.Kind.UNIT, is_active=True).order_by("path")
    paths = {str(u.pk): u.path for u in units}
    asked = request.GET.copy()
    if "doi_chieu" not in asked and reach(person, Capability.VERIFY):
        asked["doi_chieu"] = Evidence.Check.WAITING
        request.GET = asked  # type: ignore[assignment]
    register = Register(
        request,
        _rows(person),
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm theo tên tệp, số văn bản, nhiệm vụ"),
        filters=[
            Filter("doi_chieu", _("Đối chiếu"), Evidence.Check.choices, lambda r, v: r.filter(crosscheck=v)),
            Filter("loai", _("Loại"), Evidence.Kind.choices, lambda r, v: r.filter(kind=v), _("Mọi loại")),
            Filter(
                "don_vi",
                _("Đơn vị"),
                [(str(u.pk), "  " * (u.depth - 2) + u.name) for u in units],
                lambda r, v: r.filter(under("report__unit__path", paths[v])),
                _("Mọi đơn vị"),
            ),
            Filter(
                "ke_hoach",
                _("Kế hoạch"),
                [(str(p.pk), p.number or p.title) for p in Plan.objects.visible_to(person)[:100]],
                lambda r, v: r.filter(Q(task__plan_id=v) | Q(report__round__plan_id=v)),
                _("Mọi kế hoạch"),
            ),
            Filter("ky_so", _("Chữ ký số"), [("co", _("có ký số")), ("khong", _("không ký số"))], _signed),
        ],
        sorts=[
            Sort("nop", _("lúc tải lên, mới trước"), ("-uploaded_at", "-pk"), ("uploaded_at", "pk")),
            Sort("ngay", _("ngày văn bản, mới trước"), ("-document_date", "-pk"), ("document_date", "pk")),
        ],
        columns=_columns(),
        dress=lambda r: r.select_related("file", "task", "product", "report__unit", "uploaded_by", "checked_by"),
    )
    n = register.total
    title = ngettext("%(n)s minh chứng", "%(n)s minh chứng", n) % {"n": vnumber(n)}
    return register.respond(
        "listing/page.html",
        "evidence/table.html",
        title=title if n else _("Không có minh chứng nào"),
        noun=pgettext("noun", "minh chứng"),
        file_title=_("Danh mục minh chứng"),
    )


def _signed(rows: Any, value: str) -> Any:
    bare = Q(signatures=None) | Q(signatures=[])
    return rows.exclude(bare) if value == "co" else rows.filter(bare)


def _columns() -> list[Taken]:
    return [
        Taken(Column(_("Tên"), 36), lambda e: e.name),
        Taken(Column(_("Loại"), 16), lambda e: e.get_kind_display()),
        Taken(Column(_("Số, ký hiệu"), 16), lambda e: e.number),
        Taken(Column(_("Cơ quan ban hành"), 22), lambda e: e.issuer),
        Taken(Column(_("Ngày văn bản"), 12), lambda e: e.document_date),
        Taken(Column(_("Ngày tải lên"), 12), lambda e: e.uploaded_at.astimezone().date()),
        Taken(Column(_("Mã"), 8), lambda e: e.task.ref if e.task else ""),
        Taken(Column(_("Nhiệm vụ"), 40), lambda e: e.task.title if e.task else ""),
        Taken(Column(_("Sản phẩm"), 30), lambda e: e.product.text if e.product else ""),
        Taken(Column(_("Đơn vị"), 24), lambda e: e.report.unit.name if e.report else ""),
        Taken(Column(_("Đối chiếu"), 14), lambda e: e.get_crosscheck_display()),
        Taken(Column(_("Nhận xét"), 30), lambda e: e.check_note),
    ]


@require_GET
def evidence_page(request: Request, pk: int) -> HttpResponse:
    """One piece of evidence: what it is, how it looks, its signatures and versions, and the comparing."""
    evidence = get_object_or_404(
        Evidence.objects.visible_to(request.user).select_related(
            "file", "task__plan", "product", "report__unit", "report__task", "report__round", "uploaded_by",
            "checked_by", "replaced_by",
        ),
        pk=pk,
    )  # fmt: skip
    count = pages_of(evidence)
    report = evidence.report
    may_check = (
        report is not None
        and allows(request.user, Capability.VERIFY, report)
        and report.state in HANDED_IN
        and evidence.replaced_by_id is None
        and evidence.uploaded_by_id != request.user.pk
    )
    context = {
        "evidence": evidence,
        "title": evidence.name,
        "pages": range(1, min(count, PAGES_SHOWN) + 1),
        "page_count": count,
        "more_pages": max(0, count - PAGES_SHOWN),
        "is_image": evidence.file is not None and evidence.file.media_type.startswith("image/"),
        "signatures": signature_lines(evidence.signatures),
        "before": list(evidence.replaces.order_by("-pk")),
        "may_check": may_check,
        "may_replace": evidence.replaced_by_id is None
        and report is not None
        and report.editable
        and services.writes_for(report, request.user),
    }
    return render(request, "evidence/page.html", context)


@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """Say what comparing gave."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user), pk=pk)
    try:
        services.check_evidence(evidence, request.user, request.POST.get("ket_qua", ""), request.POST.get("note", ""))
    except NotNow as no:
        messages.error(request, str(no))
        return redirect("evidence-page", pk)
    following = _rows(request.user).filter(crosscheck=Evidence.Check.WAITING, file__isnull=False)
    after = following.exclude(uploaded_by=request.user).order_by("-uploaded_at", "-pk").first()
    messages.success(request, _("Đã ghi kết quả đối chiếu %(name)s.") % {"name": evidence.name})
    return redirect("evidence-page", after.pk) if after and "tiep" in request.POST else redirect("evidence-page", pk)
