"""Writing the consolidated report: its sections, its template, its Word file; and what is copied elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST, require_safe

from sauro.monitoring import services
from sauro.monitoring.models import Consolidation, OutsideUpdate, ReportTemplate
from sauro.monitoring.rounds.report import gather_report
from sauro.monitoring.services.collecting import period_of
from sauro.monitoring.services.consolidating import SectionStale, file_name, sections_of
from sauro.organization.policy import Capability, reach, require
from sauro.plans.models import Task
from sauro.plans.search import search_text
from sauro.plans.services.errors import NotNow
from sauro.web.listing import MEDIA
from sauro.web.look.text import vnumber
from sauro.web.request import Request
from sauro.web.rounds.views import find, frame
from sauro.web.tasks.counting import shown
from sauro.web.today import today

NAMES: dict[str, Promise] = {
    "basis": gettext_lazy("Căn cứ"),
    "opening": gettext_lazy("Mở đầu"),
    "overall": gettext_lazy("I. Kết quả chung"),
    "results": gettext_lazy("II. Kết quả theo nhóm nhiệm vụ"),
    "difficulties": gettext_lazy("III. Khó khăn, vướng mắc"),
    "proposals": gettext_lazy("IV. Đề xuất, kiến nghị"),
    "following": gettext_lazy("V. Nhiệm vụ trọng tâm kỳ tới"),
    "recipients": gettext_lazy("Nơi nhận"),
}
SYSTEM = "theodoinq.dcs.vn"
OUTSIDE_SIZE = 50


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    """The report section by section, as it would be now."""
    found = find(request, pk)
    require(request.user, Capability.COLLECT, found)
    kept = Consolidation.objects.filter(round=found).select_related("template", "file").first()
    gathered = gather_report(found, today())
    sections = sections_of(gathered, kept)
    templates = list(ReportTemplate.objects.visible_to(request.user).filter(is_active=True))
    if kept and kept.template and kept.template not in templates:
        templates.append(kept.template)
    context = frame(
        request,
        found,
        kept=kept,
        sections=[(s, NAMES[s.name], _lines_shown(s.text)) for s in sections],
        outdated=sum(1 for s in sections if s.outdated),
        cells=shown(gathered.cells),
        total=gathered.cells.total,
        continuous=gathered.cells.continuous,
        as_of=gathered.as_of,
        counts=gathered.picture.total,
        undecided=gathered.undecided,
        templates=templates,
        file_name=file_name(found),
        may_rule=bool(reach(request.user, Capability.MANAGE_RULES)),
    )
    return render(request, "rounds/writing.html", context)


def _lines_shown(text: str) -> int:
    """How tall a section's box is: its text as wrapped, within reason."""
    wrapped = sum(1 + len(line) // 110 for line in text.splitlines())
    return max(3, min(18, wrapped + 1))


@require_POST
def save(request: Request, pk: int) -> HttpResponse:
    """Keep one section as typed; by itself while typing, or by its button."""
    found = find(request, pk)
    name, no = request.POST.get("phan", ""), request.POST.get("no", "")
    try:
        kept = services.edit_section(
            found, request.user, name, request.POST.get("text", ""), today(), no=int(no) if no.isdecimal() else None
        )
    except NotNow as refused:
        if request.htmx:
            status = 409 if isinstance(refused, SectionStale) else 422
            return render(request, "rounds/saved.html", {"name": name, "refused": str(refused)}, status=status)
        messages.error(request, str(refused))
        return redirect("consolidation", pk)
    if request.htmx:
        edit = kept.edited.get(name) or {"no": 0}
        return render(request, "rounds/saved.html", {"name": name, "no": edit["no"], "at": kept.changed_at})
    messages.success(request, _("Đã lưu phần “%(name)s”.") % {"name": NAMES[name]})
    return redirect("consolidation", pk)


@require_POST
def settle(request: Request, pk: int) -> HttpResponse:
    """Take the gathered words again, or keep the person's own though the gathered ones changed."""
    found = find(request, pk)
    name = request.POST.get("phan", "")
    try:
        services.settle_section(found, request.user, name, today(), keep=request.POST.get("cach") == "giu")
    except NotNow as refused:
        messages.error(request, str(refused))
    return redirect(reverse("consolidation", args=[pk]) + (f"#phan-{name}" if name in NAMES else ""))


@require_POST
def choose(request: Request, pk: int) -> HttpResponse:
    """Which template the report is written with."""
    found = find(request, pk)
    asked = request.POST.get("mau", "")
    template = None
    if asked.isdecimal():
        template = get_object_or_404(ReportTemplate.objects.visible_to(request.user), pk=asked)
    try:
        services.choose_template(found, request.user, template)
        messages.success(request, _("Báo cáo sẽ viết theo mẫu đã chọn."))
    except NotNow as refused:
        messages.error(request, str(refused))
    return redirect("consolidation", pk)


@require_POST
def generate(request: Request, pk: int) -> HttpResponse:
    """Make the Word file, keep it, and go back to where it can be opened."""
    found = find(request, pk)
    try:
        services.generate(found, request.user, today())
        messages.success(request, _("Đã tạo tệp Word."))
    except NotNow as refused:
        messages.error(request, str(refused))
    return redirect("consolidation", pk)


@require_safe
def document(request: Request, pk: int) -> HttpResponseBase:
    """The Word file that was made last, for who writes it and who oversees; 404 where none was."""
    found = find(request, pk)
    if not reach(request.user, Capability.OVERSEE):
        require(request.user, Capability.COLLECT, found)
    kept = Consolidation.objects.filter(round=found).select_related("file").first()
    if kept is None or kept.file is None:
        raise Http404
    source = default_storage.open(kept.file.storage_name)
    return FileResponse(source, as_attachment=True, filename=file_name(found), content_type=MEDIA["docx"])


@require_GET
def outside(request: Request, pk: int) -> HttpResponse:
    """Text of each task to copy into a national tracking system, with the tick that it was done."""
    found, me = find(request, pk), request.user
    system = " ".join(request.GET.get("he_thong", "").split())[:120] or SYSTEM
    words, left = request.GET.get("q", ""), request.GET.get("con") == "1"
    gathered = gather_report(found, today())
    updates = OutsideUpdate.objects.filter(task__plan_id=found.plan_id, period=period_of(found))
    done = {u.task_id: u for u in updates.filter(system=system).select_related("updated_by")}
    systems = sorted({SYSTEM, system, *updates.order_by().values_list("system", flat=True).distinct()})
    rows = []
    tasks = [row for row in gathered.content.tasks if row.key]
    for row in tasks:
        if left and row.key in done:
            continue
        if words and not all(w in search_text(f"{row.ref} {row.title}") for w in search_text(words).split()):
            continue
        rows.append({"pk": row.key, "row": row, "text": copy_text(row, gathered.as_of), "update": done.get(row.key)})
    listed = Paginator(rows, OUTSIDE_SIZE).get_page(request.GET.get("trang"))
    context = frame(
        request, found, page=listed, system=system, systems=systems, done=len(done), words=words, left=left,
        total=vnumber(len(tasks)), may_tick=bool(reach(me, Capability.COLLECT)),
    )  # fmt: skip
    return render(request, "rounds/outside.html", context)


def copy_text(row: Any, as_of: dt.date) -> str:
    """What is pasted into one task of a tracking system: result, progress and standing, in the words of the report."""
    lines = [
        f"Nhiệm vụ: {row.ref + '. ' if row.ref else ''}{row.title}",
        f"Đơn vị chủ trì: {row.lead}" if row.lead else "",
        f"Tiến độ: {row.progress}; {row.standing.lower()} (tính đến {as_of:%d/%m/%Y})",
        f"Kết quả: {row.result}",
        f"Sản phẩm: {row.products}" if row.products else "",
    ]
    return "\n".join(line for line in lines if line)


@require_POST
def tick(request: Request, pk: int) -> HttpResponse:
    """Tick, or untick, that a task was typed into the system."""
    found = find(request, pk)
    asked, system = request.POST.get("nhiem_vu", ""), request.POST.get("he_thong", "")
    task = get_object_or_404(Task.objects.visible_to(request.user), pk=asked if asked.isdecimal() else 0)
    try:
        done = request.POST.get("xong") == "1"
        services.note_outside(found, request.user, task, system, today(), done=done)
    except NotNow as refused:
        messages.error(request, str(refused))
    query = request.POST.get("ve", "")
    address = reverse("round-outside", args=[pk])
    return redirect(f"{address}{query if query.startswith('?') else ''}#nv-{task.pk}")
