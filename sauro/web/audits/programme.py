"""The year's programme: what it covers, what it leaves out, what speaks for which unit."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.organization.policy import Capability, allows, require
from sauro.quality.services import audits
from sauro.quality.services.errors import NotNow
from sauro.web.audits.parts import TONES, done, find_programme
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.today import today


class ProgrammeForm(forms.Form):
    """The words of a programme."""

    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=2000, max_value=2100)
    purpose = forms.CharField(
        label=gettext_lazy("Mục đích"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Ghi mục đích của chương trình đánh giá.")},
    )
    criteria = forms.CharField(
        label=gettext_lazy("Chuẩn mực, mỗi dòng một chuẩn mực"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    method = forms.CharField(
        label=gettext_lazy("Phương pháp, tổ chức thực hiện"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


def _start(year: int) -> dict[str, object]:
    return {
        "year": year,
        "purpose": _("Xác định Hệ thống quản lý chất lượng có phù hợp, được thực hiện và duy trì hiệu lực hay không."),
        "criteria": _("TCVN ISO 9001:2015\nTài liệu của Hệ thống quản lý chất lượng\nQuy định pháp luật có liên quan"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Request) -> HttpResponse:
    """Open the programme of a year."""
    agency = request.user.unit.agency
    require(request.user, Capability.RUN_QUALITY, agency)
    form = ProgrammeForm(request.POST or None, initial=_start(today().year))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = audits.open_programme(agency, request.user, **form.cleaned_data)
            except NotNow as no:
                form.add_error(None, str(no))
                status = 409
            else:
                return redirect("audit-programme", made.pk)
    return render(request, "audits/programme_form.html", {"form": form, "row": None}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change the words of a programme that isn't approved."""
    row = find_programme(request, pk)
    require(request.user, Capability.RUN_QUALITY, row)
    start = {"year": row.year, "purpose": row.purpose, "criteria": row.criteria, "method": row.method}
    form = ProgrammeForm(request.POST or None, initial=start)
    form.fields.pop("year")
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                audits.edit_programme(row, request.user, **form.cleaned_data)
            except NotNow as no:
                form.add_error(None, str(no))
                status = 409
            else:
                return redirect("audit-programme", pk)
    return render(request, "audits/programme_form.html", {"form": form, "row": row}, status=status)


@require_GET
def programme(request: Request, pk: int) -> HttpResponse:
    """The programme with its audits, the two matrices of coverage, and the hints."""
    row = find_programme(request, pk)
    found = list(
        row.audits.select_related("unit").prefetch_related("team__person", "processes").order_by("starts_on", "pk")
    )
    for a in found:
        a.tone = TONES[a.state]  # type: ignore[attr-defined]
        a.lead = next((p.person for p in a.team.all() if p.role == "lead"), None)  # type: ignore[attr-defined]
    covered = audits.coverage(row.agency, row.year)
    hints = [h for h in audits.hints(row.agency, row.year) if h.weight]
    missing = len(covered.missing_units)
    runs = allows(request.user, Capability.RUN_QUALITY, row)
    approves = allows(request.user, Capability.APPROVE_DOCUMENT, row)
    context = {
        "row": row,
        "title": _("Chương trình đánh giá nội bộ năm %(year)d") % {"year": row.year},
        "sections": sections("audit-list"),
        "audits": found,
        "covered": covered,
        "missing": missing,
        "hints": hints,
        "may_edit": runs and row.approved_on is None,
        "may_plan": runs,
        "may_approve": approves and row.approved_on is None,
        "may_reopen": approves and row.approved_on is not None,
        "may_start": runs and not found,
    }
    return render(request, "audits/programme.html", context)


@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    """Approve it."""
    row = find_programme(request, pk)
    said = _("Chương trình đã được phê duyệt.")
    return done(request, lambda: audits.approve_programme(row, request.user, today()), said, "audit-programme", pk)


@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Take the approval back."""
    row, reason = find_programme(request, pk), request.POST.get("ly_do", "")
    said = _("Chương trình đã mở lại để sửa.")
    return done(request, lambda: audits.reopen_programme(row, request.user, reason), said, "audit-programme", pk)
