"""The verbs on a task: each a page with a form, and the service behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sauro.monitoring import services as monitoring
from sauro.organization.policy import Capability, require
from sauro.plans import services as plans
from sauro.plans.models import Task
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.text import nfc
from sauro.web.request import Request
from sauro.web.tasks import forms as task_forms
from sauro.web.today import today


def _run(
    request: Request,
    pk: int,
    capability: Capability,
    make: Callable[..., forms.Form],
    act: Callable[[Task, Any], str],
    words: dict[str, Any],
    template: str = "tasks/act.html",
) -> HttpResponse:
    """Show the form of one verb, or do it and go back to the task. Refusals rise as 403 with their sentence."""
    task = get_object_or_404(
        Task.objects.visible_to(request.user).select_related("plan", "lead_unit", "accountable"), pk=pk
    )
    require(request.user, capability, task)
    form, status, blocked = make(task), 200, ""
    if request.method == "POST":
        form = make(task, {k: nfc(str(v)) for k, v in request.POST.items()})
        status = 422
        if form.is_valid():
            try:
                messages.success(request, act(task, form))
                return redirect("task", pk=pk)
            except NotNow as refusal:
                status, blocked = 409, str(refusal)
                form.add_error(None, blocked)
    return render(request, template, {"task": task, "form": form, "today": today(), **words}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: Request, pk: int) -> HttpResponse:
    """Name who answers for the task."""

    def make(task: Task, data: Any = None) -> forms.Form:
        return task_forms.AssignForm(task, request.user, data, initial={"person": task.accountable_id})

    def act(task: Task, form: Any) -> str:
        person = form.cleaned_data["person"]
        monitoring.assign(task, person, request.user)
        return _("Đã giao %(name)s chịu trách nhiệm.") % {"name": person} if person else _("Đã bỏ tên người phụ trách.")

    words = {"title": _("Giao người chịu trách nhiệm"), "button": _("Giao"), "wrong": _("Chưa giao được")}
    return _run(request, pk, Capability.ASSIGN_TASK, make, act, words)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Complete what the document left open."""

    def act(task: Task, form: Any) -> str:
        plans.edit_task(task, request.user, form.changes())
        return _("Đã lưu phần bổ sung.")

    words = {"title": _("Bổ sung nội dung nhiệm vụ"), "button": _("Lưu phần bổ sung"), "wrong": _("Chưa lưu được")}
    return _run(request, pk, Capability.EDIT_TASK, task_forms.EditForm, act, words, "tasks/edit.html")


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: Request, pk: int) -> HttpResponse:
    """Share the task out: a sub-task."""

    def act(task: Task, form: Any) -> str:
        data = form.cleaned_data
        child = monitoring.split(
            task,
            request.user,
            today(),
            title=data["title"],
            unit=data["unit"],
            due=data["due"],
            products=data["products"].splitlines(),
        )
        return _("Đã giao việc con %(ref)s cho %(unit)s.") % {"ref": child.ref, "unit": data["unit"].name}

    words = {"title": _("Chia việc con"), "button": _("Giao việc con"), "wrong": _("Chưa chia được")}
    return _run(request, pk, Capability.SPLIT_TASK, task_forms.SplitForm, act, words)


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: Request, pk: int) -> HttpResponse:
    """Say that the task is done."""

    def make(task: Task, data: Any = None) -> forms.Form:
        return task_forms.CompleteForm(today(), data)

    def act(task: Task, form: Any) -> str:
        done = monitoring.complete(task, request.user, today(), on=form.cleaned_data["on"])
        if done.due and done.completed_on and done.completed_on > done.due:
            return _("Đã xác nhận hoàn thành, trễ %(n)d ngày.") % {"n": (done.completed_on - done.due).days}
        return _("Đã xác nhận hoàn thành.") if not done.due else _("Đã xác nhận hoàn thành đúng hạn.")

    words = {
        "title": _("Xác nhận hoàn thành"),
        "button": _("Xác nhận hoàn thành"),
        "wrong": _("Chưa xác nhận được"),
        "help": _("Mỗi sản phẩm phải có minh chứng trong báo cáo đã nộp; việc con phải xong hết."),
    }
    return _run(request, pk, Capability.COMPLETE_TASK, make, act, words)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: Request, pk: int) -> HttpResponse:
    """Take back that the task is done."""

    def make(task: Task, data: Any = None) -> forms.Form:
        return task_forms.ReopenForm(data)

    def act(task: Task, form: Any) -> str:
        monitoring.reopen(task, request.user, form.cleaned_data["reason"], today())
        return _("Đã mở lại nhiệm vụ.")

    words = {"title": _("Mở lại nhiệm vụ"), "button": _("Mở lại"), "wrong": _("Chưa mở lại được")}
    return _run(request, pk, Capability.COMPLETE_TASK, make, act, words)
