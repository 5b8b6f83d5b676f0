"""Planning an audit and naming its team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sauro.documents.models import DocumentedInformation
from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability, require
from sauro.quality.models import Audit, AuditorPlace, AuditProgramme, Process
from sauro.quality.ready import standard
from sauro.quality.services import audits
from sauro.quality.services.audits.coverage import staffed_units
from sauro.quality.services.audits.lattice import demand
from sauro.quality.services.errors import NotNow
from sauro.web.audits.parts import find_audit, find_programme
from sauro.web.quality.words import clause_words
from sauro.web.reports.fields import DayField
from sauro.web.request import Request

Role = AuditorPlace.Role
MANY = {
    "data-combo": "",
    "data-remove": gettext_lazy("Bỏ"),
    "data-placeholder": gettext_lazy("gõ không dấu cũng được"),
}


def _named(person: Person) -> str:
    """Who may be chosen, with unit, and whether the role is an auditor's."""
    named = f"{person.full_name}, {person.unit.label}"
    if Capability.AUDIT.value not in person.role.grants:
        return named
    return _("%(name)s (đánh giá viên nội bộ)") % {"name": named}


class TeamForm(forms.Form):
    """Lead, auditors, observers."""

    lead = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Trưởng đoàn"),
        empty_label="",
        error_messages={"required": gettext_lazy("Chọn trưởng đoàn.")},
        widget=forms.Select(attrs={"data-combo": ""}),
    )
    auditors = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Đánh giá viên"),
        required=False,
        widget=forms.SelectMultiple(attrs=MANY),
    )
    observers = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Quan sát viên"),
        required=False,
        widget=forms.SelectMultiple(attrs=MANY),
    )

    def __init__(self, agency_id: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = (
            Person.objects.filter(unit__agency_id=agency_id, is_active=True)
            .select_related("unit", "unit__agency", "role")
            .order_by("sort_key", "pk")
        )
        for name in ("lead", "auditors", "observers"):
            field: Any = self.fields[name]
            field.queryset = people
            field.label_from_instance = _named

    def team(self) -> list[tuple[Person, str]]:
        """What was chosen, as the service takes it."""
        data = self.cleaned_data
        return [
            (data["lead"], Role.LEAD),
            *((p, Role.AUDITOR) for p in data["auditors"]),
            *((p, Role.OBSERVER) for p in data["observers"]),
        ]


class AuditForm(forms.Form):
    """What is audited, when and where."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Đơn vị được đánh giá"),
        empty_label="",
        error_messages={"required": gettext_lazy("Chọn đơn vị được đánh giá.")},
    )
    starts_on = DayField(label=gettext_lazy("Từ ngày"))
    ends_on = DayField(label=gettext_lazy("Đến ngày"))
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=200, required=False)
    processes = forms.ModelMultipleChoiceField(
        Process.objects.none(),
        label=gettext_lazy("Quá trình"),
        required=False,
        widget=forms.SelectMultiple(attrs=MANY),
    )
    documents = forms.ModelMultipleChoiceField(
        DocumentedInformation.objects.none(),
        label=gettext_lazy("Quy trình, tài liệu"),
        required=False,
        widget=forms.SelectMultiple(attrs=MANY),
    )
    clauses = forms.MultipleChoiceField(
        label=gettext_lazy("Điều khoản"),
        required=False,
        help_text=gettext_lazy("Bỏ trống thì lấy các điều khoản mà quá trình, quy trình đã chọn đáp ứng."),
        widget=forms.SelectMultiple(attrs=MANY),
    )
    scope = forms.CharField(label=gettext_lazy("Phạm vi"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def __init__(self, programme: AuditProgramme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        agency = programme.agency
        f: Any = self.fields
        f["unit"].queryset = Unit.objects.filter(pk__in=[u.pk for u in staffed_units(agency)]).order_by("path")
        f["processes"].queryset = Process.objects.filter(agency=agency, ended_on=None)
        f["documents"].queryset = DocumentedInformation.objects.filter(agency=agency).in_force()
        f["clauses"].choices = [(c.number, clause_words(c)) for c in standard.clauses()]

    def plan(self) -> audits.AuditPlan:
        """What was typed, as the service takes it."""
        return audits.AuditPlan(**self.cleaned_data)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request, pk: int) -> HttpResponse:
    """Put an audit into the programme."""
    programme = find_programme(request, pk)
    require(request.user, Capability.RUN_QUALITY, programme)
    start: dict[str, Any] = {"unit": request.GET.get("don_vi", "")}
    form = AuditForm(programme, request.POST or None, initial=start)
    team_form = TeamForm(programme.agency_id, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and team_form.is_valid():
            try:
                made = audits.plan_audit(programme, request.user, form.plan(), team_form.team())
            except NotNow as no:
                form.add_error(None, str(no))
                status = 409
            else:
                messages.success(request, _("Đã lập cuộc đánh giá %(code)s.") % {"code": made.code})
                return redirect("audit", made.pk)
    context = {"form": form, "team_form": team_form, "programme": programme, "row": None}
    return render(request, "audits/audit_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change what is planned."""
    row = find_audit(request, pk)
    demand(request.user, row, "edit") if row.state == Audit.State.PLANNED else require(
        request.user, Capability.RUN_QUALITY, row
    )
    start = {
        "unit": row.unit_id,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "place": row.place,
        "processes": [p.pk for p in row.processes.all()],
        "documents": [d.pk for d in row.documents.all()],
        "clauses": row.clauses,
        "scope": row.scope,
    }
    form = AuditForm(row.programme, request.POST or None, initial=start)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                audits.edit_audit(row, request.user, form.plan())
            except NotNow as no:
                form.add_error(None, str(no))
                status = 409
            else:
                messages.success(request, _("Đã sửa kế hoạch."))
                return redirect("audit", pk)
    context = {"form": form, "team_form": None, "programme": row.programme, "row": row}
    return render(request, "audits/audit_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def team(request: Request, pk: int) -> HttpResponse:
    """Name the team anew; who can't be in it, and why, stands beside."""
    row = find_audit(request, pk)
    require(request.user, Capability.RUN_QUALITY, row)
    named = audits.team_of(row)
    start = {
        "lead": next((p.pk for p, role in named if role == Role.LEAD), None),
        "auditors": [p.pk for p, role in named if role == Role.AUDITOR],
        "observers": [p.pk for p, role in named if role == Role.OBSERVER],
    }
    form = TeamForm(row.agency_id, request.POST or None, initial=start)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                audits.set_team(row, request.user, form.team(), request.POST.get("ly_do", ""))
            except NotNow as no:
                form.add_error(None, str(no))
                status = 409
            else:
                messages.success(request, _("Đã cử đoàn đánh giá."))
                return redirect("audit", pk)
    documents = row.documents.select_related("current")
    tied = [(p, why) for p, why in audits.candidates(row.unit, row.processes.all(), documents) if why]
    context = {"row": row, "form": form, "tied": tied, "told": row.state != Audit.State.PLANNED}
    return render(request, "audits/team.html", context, status=status)
