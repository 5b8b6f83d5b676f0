"""Filling in what is kept of a task beside its row: one page, a form for each part."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sauro.monitoring.services import works
from sauro.monitoring.services.measurements import read_number
from sauro.organization.models import Unit
from sauro.organization.policy import Capability, require
from sauro.plans.models import Task, TaskDependency
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.periods import occurrences
from sauro.vietnamese.text import nfc
from sauro.web.reports.fields import parse_day
from sauro.web.request import Request
from sauro.web.today import today
from sauro.web.works.section import depth_of

# Empty lines under those that are there.
SPARE = 2
_MILESTONE = re.compile(r"\s*([\d./-]+)\s*:\s*(.*)")


def _task(request: Request, pk: int) -> Task:
    task = get_object_or_404(Task.objects.visible_to(request.user).select_related("plan", "lead_unit"), pk=pk)
    require(request.user, Capability.EDIT_TASK, task)
    return task


def _page(request: Request, task: Task, *, wrong: str = "", typed: Any = None) -> HttpResponse:
    depth = depth_of(task, request.user)
    first = task.starts_on or task.plan.starts_on
    others = Task.objects.visible_to(request.user).in_force().filter(plan=task.plan).exclude(pk=task.pk)
    context = {
        "task": task,
        "depth": depth,
        "wrong": wrong,
        "texts": {name: (typed or {}).get(name, getattr(depth.large, name, "")) for name in works.TEXTS},
        "typed_milestones": (typed or {}).get("milestones", ""),
        "units": Unit.objects.filter(agency=task.agency_id, is_active=True).order_by("sort_key"),
        "others": others.order_by("order", "pk").only("pk", "ref", "title"),
        "quarters": list(occurrences("quarter", first, task.due or task.plan.ends_on)),
        "milestones": task.milestones.all(),
        "spare": range(SPARE),
    }
    return render(request, "works/depth.html", context, status=422 if wrong else 200)


@require_safe
def depth(request: Request, pk: int) -> HttpResponse:
    """The forms, filled in with what is there."""
    return _page(request, _task(request, pk))


def _run(request: Request, pk: int, act: Callable[[Task], str]) -> HttpResponse:
    """Do one verb and come back; what can't be done is said over the forms, with what was typed still in them."""
    task = _task(request, pk)
    try:
        messages.success(request, act(task))
    except NotNow as error:
        return _page(request, task, wrong=str(error), typed=request.POST)
    return redirect("task-depth", pk=pk)


def _text(request: Request, name: str) -> str:
    return nfc(str(request.POST.get(name, ""))).strip()


@require_POST
def large(request: Request, pk: int) -> HttpResponse:
    """The components of a large task, and milestones to add."""

    def act(task: Task) -> str:
        changes: dict[str, Any] = {name: _text(request, name) for name in works.TEXTS}
        unit = _text(request, "receiving_unit")
        changes["receiving_unit"] = (
            Unit.objects.filter(agency=task.agency_id, pk=int(unit)).first() if unit.isdecimal() else None
        )
        changes["milestones"] = _milestones(_text(request, "milestones"))
        works.describe_large_task(task, request.user, today(), changes)
        return _("Đã lưu các thành phần của việc lớn.")

    return _run(request, pk, act)


def _milestones(typed: str) -> list[Any]:
    found = []
    for line in typed.splitlines():
        if not line.strip():
            continue
        parts = _MILESTONE.fullmatch(line)
        if parts is None:
            raise NotNow(_("Viết mỗi mốc một dòng như 30/06/2026: Ký hợp đồng."))
        try:
            found.append((parse_day(parts[1]), parts[2].strip()))
        except ValidationError as error:
            raise NotNow(" ".join(error.messages)) from None
    return found


@require_POST
def waits(request: Request, pk: int) -> HttpResponse:
    """Add a task that has to be finished before, or take one back."""

    def act(task: Task) -> str:
        dropped, on = _text(request, "bo"), _text(request, "on")
        if dropped.isdecimal():
            found = get_object_or_404(TaskDependency.objects.select_related("on", "task"), pk=int(dropped), task=task)
            works.remove_dependency(found, request.user)
            return _("Nhiệm vụ không còn phải chờ việc đó.")
        other = Task.objects.visible_to(request.user).filter(pk=int(on)).first() if on.isdecimal() else None
        if other is None:
            raise NotNow(_("Chọn nhiệm vụ phải xong trước."))
        works.add_dependency(task, other, request.user)
        return _("Đã ghi nhiệm vụ phải xong trước.")

    return _run(request, pk, act)


@require_POST
def budget(request: Request, pk: int) -> HttpResponse:
    """Money by quarter and source."""

    def act(task: Task) -> str:
        rows = []
        for quarter, source, registered, disbursed in zip(
            *(request.POST.getlist(name) for name in ("quarter", "source", "registered", "disbursed")), strict=False
        ):
            if str(registered).strip() or str(disbursed).strip():
                rows.append(works.Money(str(quarter), nfc(str(source)), _money(registered), _money(disbursed)))
        count = works.save_budget(task, request.user, rows)
        return _("Đã ghi kinh phí.") if count else _("Kinh phí không có gì thay đổi.")

    return _run(request, pk, act)


def _money(typed: Any) -> Decimal:
    number = read_number(str(typed)) or Decimal(0)
    return number.quantize(Decimal("0.001"))


@require_POST
def measures(request: Request, pk: int) -> HttpResponse:
    """KPI of the task."""

    def act(task: Task) -> str:
        rows = []
        names = ("kpi", "name", "unit_name", "wanted", "reached")
        for key, name, unit, wanted, reached in zip(*(request.POST.getlist(n) for n in names), strict=False):
            known = int(str(key)) if str(key).isdecimal() else None
            levels = read_number(str(wanted)), read_number(str(reached))
            if known or str(name).strip():
                rows.append(works.Kpi(nfc(str(name)), nfc(str(unit)), *levels, known))
        count = works.save_measures(task, request.user, today(), rows)
        return _("Đã ghi chỉ số.") if count else _("Chỉ số không có gì thay đổi.")

    return _run(request, pk, act)
