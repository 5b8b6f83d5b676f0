"""The verbs on proposals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sauro.monitoring import services as monitoring
from sauro.organization.policy import Capability, require
from sauro.plans import services as plans
from sauro.plans.models import ChangeRequest, Plan, Task
from sauro.plans.services.errors import NotNow
from sauro.web.changes.forms import ChangeForm
from sauro.web.request import Request
from sauro.web.today import today


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: Request, pk: int) -> HttpResponse:
    """Propose to change a task."""
    task = get_object_or_404(Task.objects.visible_to(request.user).select_related("plan", "lead_unit"), pk=pk)
    require(request.user, Capability.PROPOSE_CHANGE, task)
    form, status = ChangeForm(task, request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = plans.propose_change(task, request.user, form.changes(), form.cleaned_data["reason"])
            except NotNow as no:
                status = 409
                form.add_error(None, str(no))
            else:
                messages.success(request, _("Đã gửi đề nghị điều chỉnh đến đơn vị đầu mối."))
                return redirect("change", made.pk)
    return render(request, "changes/propose.html", {"task": task, "form": form, "today": today()}, status=status)


def _find(request: Request, pk: int) -> ChangeRequest:
    return get_object_or_404(ChangeRequest.objects.visible_to(request.user), pk=pk)


def _done(request: Request, pk: int, act: Callable[[], Any], said: str) -> HttpResponse:
    try:
        act()
    except NotNow as no:
        messages.error(request, str(no))
    else:
        messages.success(request, said)
    return redirect("change", pk)


@require_POST
def gather(request: Request, pk: int) -> HttpResponse:
    """Put the proposal before the authority."""
    row, opinion = _find(request, pk), request.POST.get("opinion", "")
    return _done(request, pk, lambda: plans.gather_change(row, request.user, opinion), _("Đã trình đề nghị."))


@require_POST
def refuse(request: Request, pk: int) -> HttpResponse:
    """Say no, with the reason."""
    row, note = _find(request, pk), request.POST.get("note", "")
    return _done(request, pk, lambda: plans.refuse_change(row, request.user, note), _("Đã ghi: không chấp thuận."))


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take the proposal back."""
    row = _find(request, pk)
    return _done(request, pk, lambda: plans.withdraw_change(row, request.user), _("Đã rút đề nghị."))


@require_POST
def approve(request: Request) -> HttpResponse:
    """Approve the proposals chosen, all of one plan: its next revision."""
    plan_id = request.POST.get("plan", "")
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=plan_id if plan_id.isdecimal() else 0)
    require(request.user, Capability.DECIDE_CHANGE, plan)
    chosen = [int(pk) for pk in request.POST.getlist("de_nghi") if pk.isdecimal()]
    rows = list(ChangeRequest.objects.visible_to(request.user).filter(plan=plan, pk__in=chosen))
    try:
        revision = monitoring.approve(plan, rows, request.user, today(), request.POST.get("note", ""))
    except NotNow as no:
        messages.error(request, str(no))
        return redirect("change-list")
    messages.success(request, _("Kế hoạch đã được điều chỉnh, lần %(no)d.") % {"no": revision.no})
    return redirect("plan-revision", plan.pk, revision.no)
