"""From a reviewed reading to a plan: adopting it, or taking it over as an amendment of a plan in force."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.documents.models import Reading
from sauro.monitoring import services as monitoring
from sauro.plans.diff import Change
from sauro.plans.models import Plan, PlanRevision, Target
from sauro.plans.services import find_amended_plan, propose_changes
from sauro.plans.services.amend import tasks_today
from sauro.plans.services.errors import NotNow
from sauro.plans.services.parts import propose_parts
from sauro.reading.draft import Draft, DraftTask
from sauro.reading.serial import draft_from_json
from sauro.web.documents.changes import number
from sauro.web.documents.fields import LABELS, target_words
from sauro.web.documents.pane import build_pane
from sauro.web.documents.review import fetch, heading, same_document, show
from sauro.web.today import today


@require_POST
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Adopt the reading; where its number is known already, only once the person says that it is another document."""
    reading = fetch(request, pk)
    if reading.state == Reading.State.ADOPTED:
        return redirect("reading-review", pk)
    draft = reading.get_draft()
    sentence = ""
    if number(request.POST.get("version"), reading.version) != reading.version:
        sentence = _("Bản đọc đã được sửa sau khi trang được mở. Xem lại rồi thông qua.")
    elif (same := same_document(reading, draft)) is not None and "khac" not in request.POST:
        words = _("Số %(number)s của %(issuer)s đã được thông qua. Sửa đổi kế hoạch đó, hoặc đánh dấu là văn bản khác.")
        sentence = words % {"number": same.number, "issuer": same.issuer or _("cơ quan này")}
    elif (amended := find_amended_plan(reading.agency, draft)) is not None and "khac" not in request.POST:
        words = _("Trích yếu nói văn bản này sửa đổi %(number)s. Sửa đổi kế hoạch đó, hoặc đánh dấu là kế hoạch riêng.")
        sentence = words % {"number": amended.number}
    else:
        try:
            plan = monitoring.adopt(reading, request.user, today())  # type: ignore[arg-type]
        except NotNow as refusal:
            sentence = str(refusal)
        else:
            messages.success(request, _("Đã thông qua, có hiệu lực: %(what)s.") % {"what": held_words(plan)})
            return redirect(f"/ke-hoach/{plan.pk}/")
    pane = build_pane(draft, request.POST.get("muc", ""))
    return show(request, reading, draft, pane, status=409, sentence=sentence)


def held_words(plan: Plan) -> str:
    """What an adopted plan holds, kinds of which it has none left out."""
    targets, tasks, duties = (
        Target.objects.filter(objective__plan=plan).count(),
        plan.tasks.count(),
        plan.duties.count(),
    )
    parts = [
        ngettext("%(n)d chỉ tiêu", "%(n)d chỉ tiêu", targets) % {"n": targets} if targets else "",
        ngettext("%(n)d nhiệm vụ", "%(n)d nhiệm vụ", tasks) % {"n": tasks} if tasks else "",
        ngettext("%(n)d việc đến hạn", "%(n)d việc đến hạn", duties) % {"n": duties} if duties else "",
    ]
    return ", ".join(part for part in parts if part) or _("chưa có chỉ tiêu, nhiệm vụ nào")


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the plan, see what would change in it task by task, take over what is ticked."""
    reading = fetch(request, pk)
    if reading.state != Reading.State.READY:
        return redirect("reading-review", pk)
    draft = reading.get_draft()
    plans = Plan.objects.visible_to(request.user).order_by("-starts_on", "-pk")  # type: ignore[arg-type]
    asked = request.POST if request.method == "POST" else request.GET
    chosen = number(asked.get("ke_hoach"), 0)
    same = same_document(reading, draft)
    if not chosen and same is not None and getattr(same, "plan", None):
        chosen = same.plan.pk  # type: ignore[attr-defined]
    elif not chosen and (amended := find_amended_plan(reading.agency, draft)) is not None:
        chosen = amended.pk
    plan = get_object_or_404(plans.select_related("document"), pk=chosen) if chosen else None
    whole = asked["cach"] != "phan" if "cach" in asked else plan is None or _is_whole(plan, draft)
    context: dict[str, Any] = {
        "reading": reading,
        "plans": plans,
        "plan": plan,
        "whole": whole,
        "heading": heading(reading, draft),
        "doubts": len(draft.doubts),
    }
    status = 200
    if plan is not None:
        changes = propose_changes(plan, draft, whole=whole)
        if request.method == "POST":
            taken = {number(x) for x in request.POST.getlist("lay")}
            skip = [i for i in range(len(changes)) if i not in taken]
            try:
                _same_as_shown(request, plan, reading)
                options = {"whole": whole, "skip": skip, "parts": "ca-muc-tieu" in request.POST}
                made = monitoring.amend(plan, reading, request.user, today(), **options)  # type: ignore[arg-type]
            except NotNow as refusal:
                context["sentence"], status = str(refusal), 409
            else:
                words = _("Đã sửa đổi kế hoạch: %(n)d thay đổi.")
                messages.success(request, words % {"n": len(made.changes)})
                return redirect("plan-revision", plan.pk, made.no)
        context["changes"] = change_rows(changes, tasks_today(plan), draft.tasks)
        besides = propose_parts(plan, draft, whole=whole).described()
        context["besides"] = [_row(i, c["kind"], c["ref"], c["title"], {}) for i, c in enumerate(besides)]
        context["unchanged"] = max(0, plan.tasks.in_force().of_the_plan().count() - len(changes))
    return render(request, "documents/amend.html", context, status=status)


def _is_whole(plan: Plan, draft: Draft) -> bool:
    """Whether the document is more likely a new whole list than only what changes: it has half of the tasks or more."""
    return 2 * len(draft.tasks) >= plan.tasks.in_force().of_the_plan().count()


def _same_as_shown(request: HttpRequest, plan: Plan, reading: Reading) -> None:
    """The ticks hold for the differences that were shown, and for no others. Raises `NotNow`."""
    if (request.POST.get("lan"), request.POST.get("version")) != (str(plan.revision), str(reading.version)):
        raise NotNow(_("Kế hoạch hoặc bản đọc đã đổi sau khi trang được mở. Xem lại các thay đổi rồi thông qua."))


KINDS = {
    "added": ("info", "plus", gettext_lazy("Thêm mới")),
    "changed": ("soon", "pencil", gettext_lazy("Sửa đổi")),
    "moved": ("soon", "arrow-right", gettext_lazy("Chuyển đơn vị")),
    "ended": ("neutral", "minus", gettext_lazy("Bãi bỏ")),
}


def change_rows(changes: list[Change], old: list[DraftTask], new: list[DraftTask]) -> list[dict[str, Any]]:
    """Changes as drawn: kind as a chip, the task, and each field before and after."""
    rows = []
    for index, change in enumerate(changes):
        task = new[change.new] if change.new is not None else old[change.old or 0]
        rows.append(_row(index, change.kind, task.ref, task.title, change.fields) | {"task": task})
    return rows


def _row(index: int, kind: str, ref: str, title: str, fields: dict[str, list[str]]) -> dict[str, Any]:
    tone, sign, words = KINDS[kind]
    named = [(str(LABELS.get(name, name)), before, after) for name, (before, after) in fields.items()]
    return {"index": index, "kind": kind, "tone": tone, "sign": sign, "words": words, "ref": ref, "title": title,
            "fields": named}  # fmt: skip


@require_GET
def revision(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """One revision of a plan, frozen as it was adopted, with what it changed."""
    plans = Plan.objects.visible_to(request.user)  # type: ignore[arg-type]
    plan = get_object_or_404(plans, pk=pk)
    found = get_object_or_404(PlanRevision.objects.select_related("document", "adopted_by"), plan=plan, no=no)
    draft: Draft = draft_from_json(found.draft)
    groups: list[tuple[str, list[DraftTask]]] = []
    for task in draft.tasks:
        if not groups or groups[-1][0] != (task.group or ""):
            groups.append((task.group or "", []))
        groups[-1][1].append(task)
    context = {
        "plan": plan,
        "revision": found,
        "draft": draft,
        "groups": groups,
        "objectives": [(o, [(t, target_words(t)) for t in o.targets]) for o in draft.objectives],
        "changes": [
            _row(i, c["kind"], c.get("ref", ""), c.get("title", ""), c.get("fields", {}))
            for i, c in enumerate(found.changes)
        ],
        "others": plan.revisions.select_related("document").order_by("no"),
        "plan_url": f"/ke-hoach/{plan.pk}/",
        "latest": found.no == plan.revision,
    }
    return render(request, "documents/revision.html", context)


def amend_url(reading: Reading, plan: Plan | None = None) -> str:
    """The page of an amendment, with the plan chosen."""
    url = reverse("reading-amend", args=[reading.pk])
    return f"{url}?ke_hoach={plan.pk}" if plan else url
