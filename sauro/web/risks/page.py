"""One risk or opportunity, its verbs, and the agency's scales."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.files.services import FileRefused
from sauro.ledger.services import history_of
from sauro.organization.policy import Capability, allows, reach, require
from sauro.organization.services import agency_scope
from sauro.quality.models import Risk
from sauro.quality.papers.improvement import risk_paper
from sauro.quality.scales import band_of, levels, scale_of
from sauro.quality.services import risks
from sauro.quality.services.errors import NotNow, Refused
from sauro.web.nonconformities.printed import DOCX
from sauro.web.people.deeds import said_of
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.risks import forms
from sauro.web.risks.register import BAND_TONES, BAND_WORDS, NAMES, risk_tabs
from sauro.web.today import today
from sauro.writing.quality.improvement import write_risk


@dataclass(slots=True, frozen=True)
class Act:
    """One verb: its form, the call that does it, and what is said when it is done; whether the risk is open then."""

    form: type[forms.VerbForm]
    run: Callable[[Any, Request], Any]
    said: str | Promise
    open: bool = True


def _prove(form: Any, request: Request) -> None:
    uploads = request.FILES.getlist("evidence")
    if not uploads:
        raise NotNow(_("Chưa chọn tệp nào."))
    for upload in uploads:
        risks.prove(form.found, request.user, upload, upload.name or "")


ACTS: dict[str, Act] = {
    "review": Act(
        forms.ReviewForm,
        lambda f, r: risks.review(f.found, r.user, today(), **f.values()),
        gettext_lazy("Đã ghi lần xem xét."),
    ),
    "order": Act(
        forms.OrderForm,
        lambda f, r: risks.order(f.found, r.user, today(), **f.values()),
        gettext_lazy("Đã giao hành động thành nhiệm vụ."),
    ),
    "edit": Act(
        forms.RiskForm,
        lambda f, r: risks.edit(f.found, r.user, **f.cleaned_data),
        gettext_lazy("Đã sửa nội dung."),
    ),
    "close": Act(
        forms.CloseForm,
        lambda f, r: risks.close(f.found, r.user, today(), f.cleaned_data["reason"]),
        gettext_lazy("Đã đóng."),
    ),
    "reopen": Act(
        forms.ReopenForm,
        lambda f, r: risks.reopen(f.found, r.user, today(), f.cleaned_data["reason"]),
        gettext_lazy("Đã mở lại, cần xem xét ngay."),
        open=False,
    ),
    "prove": Act(forms.ProveForm, _prove, gettext_lazy("Đã thêm minh chứng.")),
}


def _form(verb: str, risk: Risk, request: Request, data: Any = None) -> Any:
    kind, more = ACTS[verb].form, {}
    if issubclass(kind, forms.ScaledForm):
        more["scale"] = scale_of(risk.agency_id, risk.kind)
    return kind(risk, data, person=request.user, today=today(), **more)


def _find(request: Request, pk: int) -> Risk:
    rows = Risk.objects.visible_to(request.user).select_related("unit", "owner", "process", "raised_by", "agency")
    found: Risk = get_object_or_404(rows, pk=pk)
    return found


@require_GET
def risk(request: Request, pk: int) -> HttpResponse:
    """One risk or opportunity."""
    return _page(request, _find(request, pk))


def _page(request: Request, found: Risk, typed: Mapping[str, Any] | None = None, status: int = 200) -> HttpResponse:
    typed, day = typed or {}, today()
    scale = scale_of(found.agency_id, found.kind)
    may = allows(request.user, Capability.MANAGE_RISK, found)
    is_open = found.state == Risk.State.OPEN
    shown = {v: typed.get(v) or _form(v, found, request) for v, a in ACTS.items() if may and a.open == is_open}
    reviews: list[Any] = list(found.reviews.select_related("by"))
    for row in reviews:
        row.band_words = BAND_WORDS[band_of(scale, row.likelihood * row.severity)]
        row.score = row.likelihood * row.severity
    words = [{s.value: s.label for s in levels(side)} for side in (scale.likelihood, scale.severity)]
    band = band_of(scale, found.score)
    good = found.kind == Risk.Kind.OPPORTUNITY
    context = {
        "found": found, "forms": shown, "typed": set(typed), "today": day, "reviews": reviews,
        "late": is_open and found.review_on < day, "list_url": NAMES[Risk.Kind(found.kind)], "good": good,
        "band_words": BAND_WORDS[band], "band_tone": "info" if good else BAND_TONES[band],
        "first_score": found.likelihood * found.severity,
        "now_words": (words[0].get(found.now_likelihood, ""), words[1].get(found.now_severity, "")),
        "first_words": (words[0].get(found.likelihood, ""), words[1].get(found.severity, "")),
        "actions": list(found.actions.select_related("task", "task__lead_unit", "task__accountable").order_by("pk")),
        "proofs": found.proofs.select_related("evidence", "evidence__file").order_by("pk"),
        "history": [said_of(entry) for entry in history_of(found)[:40]],
    }  # fmt: skip
    return render(request, "risks/one.html", context, status=status)


@require_POST
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    """Do one verb; what can't be done is said on the page, with everything that was typed."""
    found = _find(request, pk)
    require(request.user, Capability.MANAGE_RISK, found)
    form, status = _form(verb, found, request, request.POST), 422
    if form.is_valid():
        try:
            ACTS[verb].run(form, request)
        except (NotNow, FileRefused, Refused) as no:
            form.add_error(None, str(no))
            status = 409
        else:
            messages.success(request, str(ACTS[verb].said))
            return redirect("risk", pk)
    return _page(request, _find(request, pk), {verb: form}, status)


@require_http_methods(["GET", "HEAD", "POST"])
def identify(request: Request) -> HttpResponse:
    """Write down a risk, or with `?loai=opportunity` an opportunity."""
    person = request.user
    if not reach(person, Capability.MANAGE_RISK):
        require(person, Capability.MANAGE_RISK, person.unit)
    asked = request.POST.get("kind") or request.GET.get("loai", "")
    kind = Risk.Kind.OPPORTUNITY if asked == Risk.Kind.OPPORTUNITY else Risk.Kind.RISK
    scale = scale_of(person.agency_id, kind)
    data = request.POST if request.method == "POST" else None
    form, status = forms.RiskForm(None, data, person=person, today=today(), scale=scale), 200
    if data is not None:
        status = 422
        if form.is_valid():
            said = {**form.cleaned_data, **form.rating(), "kind": kind}
            try:
                made = risks.identify(person.unit.agency, person, today(), **said)
            except (NotNow, Refused) as no:
                form.add_error(None, str(no))
                status = 403 if isinstance(no, Refused) else 409
            else:
                messages.success(request, _("Đã ghi %(code)s.") % {"code": made.code})
                return redirect("risk", made.pk)
    context = {"form": form, "kind": kind.value, "list_url": NAMES[kind], "good": kind == Risk.Kind.OPPORTUNITY}
    return render(request, "risks/identify.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def scales(request: Request) -> HttpResponse:
    """The agency's scales; `kind` says which of the two is saved."""
    person = request.user
    agency = person.unit.agency
    require(person, Capability.RUN_QUALITY, agency_scope(agency))
    shown = {kind: forms.ScaleForm(scale_of(agency.pk, kind)) for kind in Risk.Kind}
    status = 200
    if request.method == "POST":
        kind = Risk.Kind.OPPORTUNITY if request.POST.get("kind") == Risk.Kind.OPPORTUNITY else Risk.Kind.RISK
        form, status = forms.ScaleForm(scale_of(agency.pk, kind), request.POST), 422
        if form.is_valid():
            try:
                risks.set_scale(agency, kind, person, **form.values())
            except NotNow as no:
                form.add_error(None, str(no))
                status = 409
            else:
                messages.success(request, _("Đã lưu thang. Mọi mục được xếp lại theo thang mới."))
                return redirect("risk-scales")
        shown[kind] = form
    rows = [(kind.value, kind.label, form) for kind, form in shown.items()]
    context = {"rows": rows, "sections": sections("risk-list"), "tabs": risk_tabs("")}
    return render(request, "risks/scales.html", context, status=status)


@require_GET
def sheet(request: Request, pk: int) -> HttpResponseBase:
    """The sheet of one risk as Word."""
    found, out = _find(request, pk), io.BytesIO()
    write_risk(out, risk_paper(found, today()))
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{found.code}.docx", content_type=DOCX)
