"""The verbs on nonconformities: one view for them all, a form and a call a verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from sauro.files.services import FileRefused
from sauro.monitoring.models import Indicator
from sauro.organization.policy import Capability, reach, require
from sauro.quality.models import Nonconformity
from sauro.quality.nonconformity_lattice import LATTICE, Verb
from sauro.quality.services import correcting, effect, handling, nonconformity, off_track
from sauro.quality.services.errors import NotNow, Refused
from sauro.web.nonconformities import forms
from sauro.web.nonconformities.page import page_of
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.today import today


@dataclass(slots=True, frozen=True)
class Act:
    """One verb: its form, the call that does it (given the form, once clean), and what is said when it is done."""

    form: type[forms.VerbForm]
    run: Callable[[Any, Request], Any]
    said: str | Promise


def _prove(form: Any, request: Request) -> None:
    uploads = request.FILES.getlist("evidence")
    if not uploads:
        raise NotNow(_("Chưa chọn tệp nào."))
    for upload in uploads:
        nonconformity.prove(form.found, request.user, today(), upload, upload.name or "")


ACTS: dict[Verb, Act] = {
    Verb.EDIT: Act(
        forms.WhatForm,
        lambda f, r: nonconformity.edit(f.found, r.user, today(), **f.cleaned_data),
        gettext_lazy("Đã sửa nội dung."),
    ),
    Verb.CORRECT: Act(
        forms.CorrectForm,
        lambda f, r: correcting.correct(f.found, r.user, today(), **f.cleaned_data),
        gettext_lazy("Đã ghi việc khắc phục ngay."),
    ),
    Verb.ANALYSE: Act(
        forms.AnalyseForm,
        lambda f, r: correcting.analyse(f.found, r.user, today(), **f.values()),
        gettext_lazy("Đã ghi nguyên nhân."),
    ),
    Verb.ORDER: Act(
        forms.OrderForm,
        lambda f, r: correcting.order(f.found, r.user, today(), **f.values()),
        gettext_lazy("Đã giao hành động khắc phục thành nhiệm vụ."),
    ),
    Verb.WAIVE: Act(
        forms.WaiveForm,
        lambda f, r: correcting.waive(f.found, r.user, today(), f.cleaned_data["reason"]),
        gettext_lazy("Đã ghi lý do không cần hành động khắc phục."),
    ),
    Verb.JUDGE: Act(
        forms.JudgeForm,
        lambda f, r: effect.judge(
            f.found, r.user, today(), effective=f.cleaned_data["effective"] == "yes", note=f.cleaned_data["note"]
        ),
        gettext_lazy("Đã ghi kết quả kiểm tra hiệu lực."),
    ),
    Verb.CLOSE: Act(
        forms.CloseForm,
        lambda f, r: effect.close(f.found, r.user, today()),
        gettext_lazy("Đã đóng sự không phù hợp."),
    ),
    Verb.CANCEL: Act(
        forms.CancelForm,
        lambda f, r: nonconformity.cancel(f.found, r.user, today(), f.cleaned_data["reason"]),
        gettext_lazy("Đã kết luận: không phải sự không phù hợp."),
    ),
    Verb.LINK: Act(
        forms.LinkForm,
        lambda f, r: nonconformity.link_repeat(f.found, f.cleaned_data["earlier"], r.user, today()),
        gettext_lazy("Đã nối với lần xảy ra trước."),
    ),
    Verb.PROVE: Act(forms.ProveForm, _prove, gettext_lazy("Đã thêm minh chứng.")),
}


@require_POST
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Do one verb; what can't be done is said on the page, with everything that was typed."""
    found = get_object_or_404(Nonconformity.objects.visible_to(request.user).select_related("unit"), pk=pk)
    chosen = Verb(verb)
    if chosen != Verb.PROVE or not handling.may_prove(request.user, found):
        require(request.user, LATTICE[chosen].capability, found)
    one, status = ACTS[chosen], 422
    form = one.form(found, request.POST, request.FILES, person=request.user, today=today())
    if form.is_valid():
        try:
            one.run(form, request)
        except (NotNow, FileRefused, Refused) as no:
            form.add_error(None, str(no))
            status = 409
        else:
            messages.success(request, str(one.said))
            return redirect("nonconformity", pk)
    return page_of(request, pk, {chosen: form}, status)


@require_http_methods(["GET", "HEAD", "POST"])
def raise_one(request: Request) -> HttpResponse:
    """Write down a nonconformity, with photos where there are any."""
    person = request.user
    if not reach(person, Capability.RAISE_NONCONFORMITY):
        require(person, Capability.RAISE_NONCONFORMITY, person.unit)
    posted = request.method == "POST"
    form, status = forms.WhatForm(None, request.POST if posted else None, person=person, today=today()), 200
    if posted:
        status = 422
        if form.is_valid():
            try:
                made = nonconformity.raise_nonconformity(person.unit.agency, person, today(), **form.cleaned_data)
            except (NotNow, Refused) as no:
                form.add_error(None, str(no))
                status = 403 if isinstance(no, Refused) else 409
            else:
                for upload in request.FILES.getlist("evidence"):
                    try:
                        nonconformity.prove(made, person, today(), upload, upload.name or "")
                    except FileRefused as no:
                        messages.error(request, f"{upload.name}: {no}")
                messages.success(request, _("Đã ghi nhận %(code)s.") % {"code": made.code})
                return redirect("nonconformity", made.pk)
    context = {"form": form, "sections": sections("nonconformity-list")}
    return render(request, "nonconformities/raise.html", context, status=status)


@require_POST
def from_target(request: Request, pk: int) -> HttpResponse:
    """Write down that a target is off track, in the words of its figures."""
    indicator = get_object_or_404(Indicator.objects.visible_to(request.user).select_related("target", "owner"), pk=pk)
    require(request.user, Capability.RAISE_NONCONFORMITY, indicator)
    try:
        made = off_track.raise_from_indicator(indicator, request.user, today())
    except NotNow as no:
        messages.error(request, str(no))
        return redirect("target", indicator.target_id)
    messages.success(request, _("Đã ghi nhận %(code)s.") % {"code": made.code})
    return redirect("nonconformity", made.pk)
