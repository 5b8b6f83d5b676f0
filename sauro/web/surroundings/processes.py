"""The map of processes, and one process (4.4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.organization.policy import Capability, allows, require
from sauro.quality.models import InterestedParty, Process, ProcessFlow
from sauro.quality.services import processes
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.quality.pages import did, form_page, head_of, sent, unit_choices, word
from sauro.web.quality.sections import sections
from sauro.web.quality.words import kind_choices, likely_kind
from sauro.web.request import Request
from sauro.web.surroundings.forms import ProcessForm
from sauro.web.surroundings.issues import chosen_kind
from sauro.web.surroundings.map import draw
from sauro.web.surroundings.parts import parts
from sauro.web.today import today
from sauro.writing import Column
from sauro.writing.quality import Facts, Part, RecordPaper, Signature, write_record

RUN = Capability.RUN_QUALITY


@require_GET
def process_map(request: Request) -> HttpResponseBase:
    """The map of the processes in use, with their register below."""
    person, agency = request.user, request.user.unit.agency
    rows = Process.objects.all().visible_to(person)
    register = Register(
        request,
        rows,
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm quá trình"),
        filters=[
            Filter("loai", _("Loại"), Process.Kind.choices, lambda r, v: r.filter(kind=v)),
            Filter("don_vi", _("Đơn vị chủ quá trình"), unit_choices(person), lambda r, v: r.filter(unit_id=v)),
            Filter(
                "tinh_trang",
                _("Tình trạng"),
                [("con", _("đang dùng")), ("thoi", _("đã thôi dùng"))],
                lambda r, v: r.filter(ended_on__isnull=v == "con"),
            ),
        ],
        sorts=[
            Sort("thu_tu", _("thứ tự trên sơ đồ"), ("order", "code", "pk"), ("-order", "-code", "-pk")),
            Sort("ma", _("mã"), ("code", "pk"), ("-code", "-pk")),
        ],
        columns=[
            Taken(Column(_("Mã"), 10), lambda r: r.code),
            Taken(Column(_("Quá trình"), 32), lambda r: r.name),
            Taken(Column(_("Loại"), 18), lambda r: r.get_kind_display()),
            Taken(Column(_("Đơn vị, người chủ"), 24), owner_words),
            Taken(Column(_("Đầu vào"), 28), lambda r: r.inputs.splitlines()),
            Taken(Column(_("Đầu ra"), 28), lambda r: r.outputs.splitlines()),
            Taken(Column(_("Chỉ số, tiêu chí"), 24), lambda r: r.criteria),
            Taken(Column(_("Chuyển cho"), 24), lambda r: [f.target.name for f in r.gives.all()]),
        ],
        dress=lambda r: r.select_related("unit", "owner"),
        dress_taken=lambda r: list(r.select_related("unit", "owner").prefetch_related("gives__target")[:2000]),
    )
    drawn = list(rows.filter(ended_on=None).order_by("order", "code"))
    flows = ProcessFlow.objects.filter(source__agency=agency, source__ended_on=None, target__ended_on=None)
    names = InterestedParty.objects.filter(agency=agency, ended_on=None).values_list("name", flat=True)
    may = allows(person, RUN, agency)
    n = len(drawn)
    title = ngettext("%(n)s quá trình của hệ thống", "%(n)s quá trình của hệ thống", n) % {"n": vnumber(n)}
    return register.respond(
        "quality/register.html",
        "context/processes_table.html",
        title=title if n else _("Chưa vẽ quá trình nào"),
        noun=pgettext("noun", "quá trình"),
        file_title=_("Các quá trình của hệ thống quản lý chất lượng"),
        sections=sections("context"),
        parts=parts("process-map"),
        strip="context/map.html",
        drawing=draw(drawn, flows, list(names[:12])) if drawn else "",
        adds=[(_("Thêm quá trình"), reverse("process-add"))] if may else [],
        may=may,
        take_url=reverse("process-take") if may and not drawn else "",
        kinds=kind_choices() if may else [],
        kind=likely_kind(agency),
    )


def owner_words(row: Process) -> str:
    """The unit and the person who answer for a process."""
    return ", ".join(filter(None, [row.owner.full_name if row.owner else "", row.unit.name if row.unit else ""]))


def _find(request: Request, pk: int) -> Process:
    rows = Process.objects.all().visible_to(request.user).select_related("unit", "owner", "agency")
    found: Process = get_object_or_404(rows, pk=pk)
    return found


@require_GET
def process(request: Request, pk: int) -> HttpResponse:
    """One process: what comes in, what goes out, who answers, how it is measured, what documents control it."""
    found = _find(request, pk)
    context = {
        "process": found,
        "title": found.name,
        "gives": list(found.gives.select_related("target")),
        "takes": list(found.takes.select_related("source")),
        "documents": list(found.documents.select_related("unit")),
        "indicators": list(found.indicators.all()),
        "may": allows(request.user, RUN, found.agency),
        "sections": sections("context"),
    }
    return render(request, "context/process.html", context)


def _save(request: Request, found: Process | None, d: dict[str, Any]) -> str:
    links = {n: list(d.pop(n)) for n in ("indicators", "documents")}
    gives = list(d.pop("gives"))
    agency = request.user.unit.agency
    made = processes.save(agency, request.user, today(), d, found, **links)
    if {p.pk for p in gives} != set(made.gives.values_list("target_id", flat=True)):
        processes.set_flows(made, request.user, gives)
    return reverse("process", args=[made.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """A new process."""
    require(request.user, RUN, request.user.unit.agency)
    return form_page(
        request,
        ProcessForm(request.user, None, sent(request)),
        lambda d: _save(request, None, d),
        title=_("Thêm quá trình"),
        said=_("Đã thêm quá trình."),
        submit=_("Thêm quá trình"),
        back=(_("Quá trình"), reverse("process-map")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a process."""
    found = _find(request, pk)
    require(request.user, RUN, found.agency)
    return form_page(
        request,
        ProcessForm(request.user, found, sent(request)),
        lambda d: _save(request, found, d),
        title=_("Sửa quá trình"),
        said=_("Đã lưu quá trình."),
        submit=_("Lưu quá trình"),
        back=(found.name, reverse("process", args=[pk])),
        template="context/edit.html",
        ends="" if found.ended_on else reverse("process-end", args=[pk]),
    )


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """The process is no longer part of the system."""
    found = _find(request, pk)
    act = lambda: processes.end(found, request.user, today())  # noqa: E731
    return did(request, act, _("Đã ghi thôi dùng quá trình."), "process-map")


@require_POST
def take(request: Request) -> HttpResponse:
    """Draw the ready processes."""
    agency, kind = request.user.unit.agency, chosen_kind(request)
    require(request.user, RUN, agency)
    act = lambda: processes.take_model(agency, request.user, today(), kind)  # noqa: E731
    return did(request, act, _("Đã vẽ các quá trình mẫu. Sửa lại cho đúng với cơ quan."), "process-map")


@require_GET
def paper(request: Request, pk: int) -> HttpResponseBase:
    """The process as a form to print."""
    found = _find(request, pk)
    facts = Facts(
        (
            ("Mã", found.code),
            ("Loại", Process.Kind(found.kind).label),
            ("Chủ quá trình", owner_words(found)),
            ("Đầu vào", tuple(found.inputs.splitlines())),
            ("Nhận từ", tuple(f.source.name for f in found.takes.select_related("source"))),
            ("Đầu ra", tuple(found.outputs.splitlines())),
            ("Chuyển cho", tuple(f.target.name for f in found.gives.select_related("target"))),
            ("Nguồn lực", found.resources),
            ("Chỉ số, tiêu chí", (found.criteria, *(str(i) for i in found.indicators.all()))),
            ("Tài liệu kiểm soát", tuple(str(d) for d in found.documents.all())),
            ("Điều khoản đáp ứng", ", ".join(found.clauses)),
            ("Xem xét ngày", found.reviewed_on),
        )
    )
    made = RecordPaper(
        head_of(found.agency, today()),
        "Phiếu mô tả quá trình",
        found.name,
        opening=(facts,),
        parts=(Part("Ghi chú", ()),),
        signatures=(Signature("Chủ quá trình", found.owner.full_name if found.owner else ""),),
        numbered=False,
        ends=False,
    )
    return word(lambda out: write_record(out, made), f"Quá trình {found.code}")
