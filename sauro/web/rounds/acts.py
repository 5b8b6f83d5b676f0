"""The verbs on a round: each calls one service, says what came of it, and goes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sauro.monitoring import services
from sauro.monitoring.models import Report
from sauro.organization.models import Unit
from sauro.organization.policy import Capability, reach, require
from sauro.plans.models import Plan, Task
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.text import nfc
from sauro.web.look.text import vnumber
from sauro.web.request import Request
from sauro.web.rounds.forms import CallForm, EditForm
from sauro.web.rounds.views import find, frame
from sauro.web.today import today


def _done(request: Request, act: Callable[[], str], back: str) -> HttpResponse:
    """Do it and say so, or say why not; then back to the page. Refusals rise as 403 with their sentence."""
    try:
        messages.success(request, act())
    except NotNow as no:
        messages.error(request, str(no))
    return redirect(back)


def _back(request: Request, pk: int) -> str:
    """The unit's page where the form came from there, else the round's."""
    unit = request.POST.get("ve_don_vi", "")
    if unit.isdecimal():
        return reverse("round-unit", args=[pk, int(unit)])
    return reverse("round", args=[pk])


def _accepted(count: int) -> str:
    if not count:
        return _("Không còn báo cáo nào chờ nhận ở đây.")
    return ngettext("Đã nhận %(n)s báo cáo.", "Đã nhận %(n)s báo cáo.", count) % {"n": vnumber(count)}


@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    """Accept one report (`bao_cao`), one unit's (`don_vi`), or all that give no trouble."""
    found, me = find(request, pk), request.user
    one, unit = request.POST.get("bao_cao", ""), request.POST.get("don_vi", "")

    def act() -> str:
        if one:
            report = get_object_or_404(Report.objects.visible_to(me), pk=one if one.isdecimal() else 0, round=found)
            services.accept_report(report, me)
            return _accepted(1)
        if unit:
            whose = get_object_or_404(Unit, pk=unit if unit.isdecimal() else 0, agency_id=found.agency_id)
            return _accepted(services.accept_of_unit(found, me, whose))
        return _accepted(services.accept_smooth(found, me))

    return _done(request, act, _back(request, pk))


@require_POST
def give_back(request: Request, pk: int) -> HttpResponse:
    """Return one report of the round, with a reason that its unit sees."""
    found, me = find(request, pk), request.user
    one = request.POST.get("bao_cao", "")
    report = get_object_or_404(Report.objects.visible_to(me), pk=one if one.isdecimal() else 0, round=found)

    def act() -> str:
        services.return_report(report, me, nfc(request.POST.get("ly_do", "")))
        return _("Đã trả lại báo cáo cho %(unit)s.") % {"unit": report.unit.name}

    return _done(request, act, _back(request, pk))


@require_POST
def remind(request: Request, pk: int) -> HttpResponse:
    """Call the units that still owe something; `don_vi`: this one alone."""
    found = find(request, pk)
    unit = request.POST.get("don_vi", "")
    only = None
    if unit:
        only = [get_object_or_404(Unit, pk=unit if unit.isdecimal() else 0, agency_id=found.agency_id)]

    def act() -> str:
        called = services.remind_units(found, request.user, today(), only=only)
        if not called:
            return _("Hôm nay đã nhắc rồi, hoặc không còn đơn vị nào nợ báo cáo.")
        names = ", ".join(u.name for u in called[:3]) + ("…" if len(called) > 3 else "")
        return ngettext("Đã nhắc %(n)s đơn vị: %(names)s.", "Đã nhắc %(n)s đơn vị: %(names)s.", len(called)) % {
            "n": vnumber(len(called)),
            "names": names,
        }

    return _done(request, act, _back(request, pk))


@require_POST
def lock(request: Request, pk: int) -> HttpResponse:
    """Close the round."""
    found = find(request, pk)

    def act() -> str:
        services.lock_round(found, request.user, today())
        return _("Đã khóa kỳ báo cáo.")

    return _done(request, act, reverse("round", args=[pk]))


@require_POST
def unlock(request: Request, pk: int) -> HttpResponse:
    """Open a locked round again, with a reason."""
    found = find(request, pk)

    def act() -> str:
        services.unlock_round(found, request.user, nfc(request.POST.get("ly_do", "")))
        return _("Đã mở lại kỳ báo cáo.")

    return _done(request, act, reverse("round", args=[pk]))


@require_POST
def reconcile(request: Request, pk: int) -> HttpResponse:
    """Take one unit's word on a task (`lay`, with a reason), or leave both (`nhiem_vu` alone)."""
    found, me = find(request, pk), request.user
    taken, task = request.POST.get("lay", ""), request.POST.get("nhiem_vu", "")

    def act() -> str:
        if taken.isdecimal():
            report = get_object_or_404(Report.objects.visible_to(me).select_related("unit"), pk=taken)
            services.reconcile(found, me, report, nfc(request.POST.get("ly_do", "")))
            return _("Lấy số liệu của %(unit)s.") % {"unit": report.unit.name}
        whose = get_object_or_404(
            Task.objects.visible_to(me), pk=task if task.isdecimal() else 0, plan_id=found.plan_id
        )
        services.leave_both(found, me, whose)
        return _("Báo cáo tổng hợp sẽ ghi cả hai số liệu.")

    return _done(request, act, reverse("round", args=[pk]) + "#lech")


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: Request) -> HttpResponse:
    """Call for reports by hand."""
    me = request.user
    if not reach(me, Capability.COLLECT):
        require(me, Capability.COLLECT, me.unit.agency)
    asked = request.GET.get("ke_hoach", "")
    initial = {"plan": asked} if asked.isdecimal() else {}
    form = CallForm(me, request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            v: dict[str, Any] = form.cleaned_data
            plan: Plan = v["plan"]
            try:
                made = services.call_round(
                    plan, me, today(), kind=v["kind"], event=nfc(v["event"]), due=v["due"], focal_due=v["focal_due"],
                    units=list(v["units"]), tasks=list(v["tasks"].prefetch_related("task_units")),
                    focal_unit=me.unit,
                )  # fmt: skip
            except NotNow as no:
                status = 409
                form.add_error(None, str(no))
            else:
                messages.success(request, _("Đã gọi kỳ báo cáo và báo cho các đơn vị."))
                return redirect("round", made.pk)
    return render(request, "rounds/call.html", {"form": form, "title": _("Gọi báo cáo")}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change days and people of an open round."""
    found, me = find(request, pk), request.user
    require(me, Capability.COLLECT, found)
    form = EditForm(found, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            changes = {name: form.cleaned_data[name] for name in form.changed_data}
            try:
                services.edit_round(found, me, changes)
            except NotNow as no:
                status = 409
                form.add_error(None, str(no))
            else:
                messages.success(request, _("Đã sửa kỳ báo cáo."))
                return redirect("round", pk)
    return render(
        request, "rounds/edit.html", frame(request, found, form=form, title=_("Sửa kỳ báo cáo")), status=status
    )
