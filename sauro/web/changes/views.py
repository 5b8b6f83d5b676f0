"""The register of proposals, one proposal, and the draft decision."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_GET

from sauro.organization.policy import Capability, allows, reach
from sauro.plans import services as plans
from sauro.plans.models import ChangeRequest, Plan, Task
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.request import Request
from sauro.writing import Column
from sauro.writing.change_docx import ChangedField, ChangedTask, write_change_decision

State = ChangeRequest.State
FIELDS: dict[str, str | Promise] = {
    "title": gettext_lazy("Nội dung"),
    "due": gettext_lazy("Thời hạn"),
    "lead_unit": gettext_lazy("Đơn vị chủ trì"),
    "products": gettext_lazy("Sản phẩm"),
    "end": gettext_lazy("Thực hiện"),
}
TONES: dict[str, str] = {
    State.PROPOSED: "info", State.GATHERED: "soon", State.APPROVED: "done", State.REFUSED: "late",
    State.WITHDRAWN: "neutral",
}  # fmt: skip
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(slots=True, frozen=True)
class Difference:
    """One field before and after, in words."""

    label: str
    before: str
    after: str


def differences(row: ChangeRequest) -> list[Difference]:
    """What the proposal changes, in words."""
    return [
        Difference(str(FIELDS[name]), plans.in_words(name, before), plans.in_words(name, after))
        for name, (before, after) in row.changes.items()
    ]


def _fields_words(row: ChangeRequest) -> str:
    return ", ".join(str(FIELDS[name]).lower() for name in row.changes)


@require_GET
def change_list(request: Request) -> HttpResponseBase:
    """All proposals of the agency."""
    person = request.user
    register = Register(
        request,
        ChangeRequest.objects.visible_to(person),
        search=lambda r, words: r.filter(task__in=Task.objects.all().matching(words).order_by().values("pk")),
        search_label=_("Tìm theo nhiệm vụ"),
        filters=[
            Filter("trang_thai", _("Tình trạng"), State.choices, lambda r, v: r.filter(state=v)),
            Filter(
                "ke_hoach",
                _("Kế hoạch"),
                [(str(p.pk), p.number or p.title) for p in Plan.objects.visible_to(person)[:100]],
                lambda r, v: r.filter(plan_id=v),
                _("Mọi kế hoạch"),
            ),
            Filter(
                "cua",
                _("Đơn vị"),
                [("toi", _("đơn vị tôi"))],
                lambda r, v: r.filter(unit=person.unit),
                _("Mọi đơn vị"),
            ),
        ],
        sorts=[Sort("luc", _("lúc đề nghị, mới trước"), ("-pk",), ("pk",))],
        columns=_columns(),
        dress=lambda r: r.select_related("task", "plan", "unit", "proposed_by", "decided_by"),
    )
    for row in register.page.object_list:
        row.tone, row.fields_words = TONES[row.state], _fields_words(row)
    n = register.total
    title = ngettext("%(n)s đề nghị điều chỉnh", "%(n)s đề nghị điều chỉnh", n) % {"n": vnumber(n)}
    decides = bool(reach(person, Capability.DECIDE_CHANGE))
    ready = ChangeRequest.objects.visible_to(person).filter(state=State.GATHERED) if decides else None
    return register.respond(
        "changes/list.html",
        "changes/table.html",
        title=title if n else _("Chưa có đề nghị điều chỉnh nào"),
        noun=pgettext("noun", "đề nghị điều chỉnh"),
        file_title=_("Đề nghị điều chỉnh kế hoạch"),
        ready=list(_by_plan(ready)) if ready is not None else [],
    )


def _by_plan(rows: Any) -> Iterator[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for row in rows.select_related("plan", "task", "unit").order_by("plan", "pk")[:200]:
        found.setdefault(row.plan_id, {"plan": row.plan, "rows": []})["rows"].append(row)
    yield from found.values()


def _columns() -> list[Taken]:
    return [
        Taken(Column(_("Số kế hoạch"), 14), lambda r: r.plan.number),
        Taken(Column(_("Mã"), 8), lambda r: r.task.ref),
        Taken(Column(_("Nhiệm vụ"), 40), lambda r: r.task.title),
        Taken(Column(_("Đơn vị đề nghị"), 24), lambda r: r.unit.name),
        Taken(
            Column(_("Điều chỉnh"), 40),
            lambda r: "\n".join(f"{d.label}: {d.before} → {d.after}" for d in differences(r)),
        ),
        Taken(Column(_("Lý do"), 40), lambda r: r.reason),
        Taken(Column(_("Tình trạng"), 20), lambda r: r.get_state_display()),
        Taken(Column(_("Ý kiến đầu mối"), 30), lambda r: r.opinion),
    ]


@require_GET
def change(request: Request, pk: int) -> HttpResponse:
    """One proposal: what changes, why, what became of it, and what this person may do with it."""
    row = get_object_or_404(
        ChangeRequest.objects.visible_to(request.user).select_related(
            "plan", "task", "unit", "proposed_by", "gathered_by", "decided_by", "revision"
        ),
        pk=pk,
    )
    waits = row.state in (State.PROPOSED, State.GATHERED)
    person = request.user
    context = {
        "row": row,
        "tone": TONES[row.state],
        "title": _("Đề nghị điều chỉnh %(task)s") % {"task": row.task.ref or row.task.title[:60]},
        "differences": differences(row),
        "may_gather": waits and allows(person, Capability.COLLECT, row),
        "may_decide": waits and allows(person, Capability.DECIDE_CHANGE, row),
        "may_withdraw": waits and (row.proposed_by_id == person.pk or allows(person, Capability.PROPOSE_CHANGE, row)),
    }
    return render(request, "changes/change.html", context)


@require_GET
def decision(request: Request, pk: int) -> HttpResponseBase:
    """The draft decision for a plan's proposals: those that wait for the decision, or one revision's (`?lan=`)."""
    plan = get_object_or_404(Plan.objects.visible_to(request.user).select_related("agency", "document"), pk=pk)
    rows = ChangeRequest.objects.visible_to(request.user).filter(plan=plan)
    no = request.GET.get("lan", "")
    rows = rows.filter(revision__no=int(no)) if no.isdecimal() else rows.filter(state=State.GATHERED)
    tasks = [
        ChangedTask(
            row.task.ref,
            row.task.title,
            [ChangedField(d.label, d.before, d.after) for d in differences(row)],
            row.reason,
            row.unit.name,
        )
        for row in rows.select_related("task", "unit").order_by("pk")
    ]
    if not tasks:
        raise Http404
    agency, out = plan.agency, io.BytesIO()
    write_change_decision(
        out,
        agency=agency.name,
        parent_agency=agency.parent_name or None,
        place=agency.place,
        plan=_plan_words(plan),
        plan_number=plan.number,
        tasks=tasks,
    )
    out.seek(0)
    name = f"Du thao dieu chinh {plan.number or plan.pk}.docx".replace("/", "-")
    return FileResponse(out, as_attachment=True, filename=name, content_type=DOCX)


def _plan_words(plan: Plan) -> str:
    """How the plan is named inside an official sentence."""
    kind = (plan.document.type or "Kế hoạch").strip()
    title = plan.title[:1].lower() + plan.title[1:] if plan.title.split(maxsplit=1)[0].istitle() else plan.title
    return f"{kind} {title}" if kind.lower() != "quyết định" else f"Quyết định {title}"
