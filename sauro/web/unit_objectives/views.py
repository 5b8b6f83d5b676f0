"""Which units have objectives of their own, one unit's with its results, and setting them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.forms import BaseFormSet, formset_factory
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from sauro.monitoring.models import Rating
from sauro.monitoring.periods import period_words
from sauro.organization.models import Unit
from sauro.organization.policy import Capability, allows, require
from sauro.plans.services.errors import NotNow
from sauro.quality.models import UnitObjectives
from sauro.quality.services import unit_objectives as services
from sauro.quality.services.unit_objectives import Wanted
from sauro.web.listing import Register, Sort, Taken
from sauro.web.look.rating import WORDS as LEVELS
from sauro.web.look.targets import WORDS as STANDINGS
from sauro.web.quality.registers import holding, year_filter
from sauro.web.quality.sections import sections
from sauro.web.reports.fields import DayField
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column

MOST = 20
SIGNS = (
    (">=", gettext_lazy("tối thiểu")),
    ("<=", gettext_lazy("tối đa")),
    ("=", gettext_lazy("đạt")),
)


class ObjectiveForm(forms.Form):
    """One objective of a unit; left empty, it is none."""

    text = forms.CharField(
        label=gettext_lazy("Mục tiêu"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    serves = forms.ChoiceField(label=gettext_lazy("Phục vụ mục tiêu của cơ quan"), required=False)
    measurement = forms.CharField(label=gettext_lazy("Cách đo"), max_length=1000, required=False)
    indicator = forms.CharField(label=gettext_lazy("Chỉ tiêu"), max_length=500, required=False)
    comparator = forms.ChoiceField(label=gettext_lazy("So sánh"), choices=SIGNS, required=False)
    value = forms.DecimalField(
        label=gettext_lazy("Mức phải đạt"), max_digits=20, decimal_places=4, required=False, localize=True
    )
    unit_name = forms.CharField(label=gettext_lazy("Đơn vị tính"), max_length=60, required=False)
    starts_on = DayField(label=gettext_lazy("Bắt đầu"), required=False)
    ends_on = DayField(label=gettext_lazy("Hoàn thành"), required=False)
    task = forms.CharField(label=gettext_lazy("Việc phải làm"), max_length=1000, required=False)

    def __init__(self, *args: Any, served: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(o.pk), f"{o.ref} {o.text}".strip()[:120]) for o in served]
        self.fields["serves"].choices = [("", _("Mục tiêu riêng của đơn vị")), *choices]  # type: ignore[attr-defined]

    def wanted(self, served: dict[str, Any]) -> Wanted:
        """What was typed, as the service takes it."""
        data = dict(self.cleaned_data)
        data["serves"] = served.get(data["serves"])
        data["comparator"] = data["comparator"] or ">="
        return Wanted(**data)


def _shown(value: Decimal | None) -> Decimal | int | None:
    """A number without idle noughts behind the comma."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value.normalize()


def _formset(data: Any, initial: list[dict[str, Any]], served: Any) -> BaseFormSet[Any]:
    made = formset_factory(ObjectiveForm, extra=1 if initial else 2, max_num=MOST, absolute_max=MOST)
    return made(data, initial=initial, form_kwargs={"served": served}, prefix="muc-tieu")


@require_GET
def unit_objective_list(request: Request) -> HttpResponseBase:
    """The units' objectives; above, who has none for the year."""
    me, agency, day = request.user, request.user.unit.agency, today()
    rows = UnitObjectives.objects.visible_to(me)
    good = Q(plan__objectives__ratings__level=Rating.Level.GOOD)
    register = Register(
        request,
        rows,
        filters=[year_filter(rows, also=day.year)],
        sorts=[
            Sort("don_vi", _("đơn vị"), ("unit__sort_key", "-year"), ("-unit__sort_key", "-year")),
            Sort("nam", _("năm, mới trước"), ("-year", "unit__sort_key"), ("year", "unit__sort_key")),
        ],
        search=holding("unit__name", "plan__objectives__text"),
        search_label=_("Tìm theo đơn vị, mục tiêu"),
        dress=lambda r: r.select_related("unit", "plan").annotate(
            objectives=Count("plan__objectives", filter=Q(plan__objectives__ended_in=None), distinct=True),
            served=Count("plan__objectives__cascaded_from", distinct=True),
            rated=Count("plan__objectives__ratings", distinct=True),
            good=Count("plan__objectives__ratings", filter=good, distinct=True),
        ),
        columns=[
            Taken(Column(_("Đơn vị"), 36), lambda r: r.unit.name),
            Taken(Column(_("Năm"), 8, "number"), lambda r: r.year),
            Taken(Column(_("Kế hoạch"), 60), lambda r: r.plan.label),
            Taken(Column(_("Số mục tiêu"), 10, "number"), lambda r: r.objectives),
            Taken(Column(_("Phục vụ mục tiêu của cơ quan"), 12, "number"), lambda r: r.served),
            Taken(Column(_("Lượt đánh giá"), 10, "number"), lambda r: r.rated),
            Taken(Column(_("Trong đó Tốt"), 10, "number"), lambda r: r.good),
        ],
    )
    year = int(register.filters[0].value or day.year)
    without = services.units_without(agency, year)
    n = len(without)
    words = ngettext(
        "%(n)d đơn vị chưa có mục tiêu năm %(year)d", "%(n)d đơn vị chưa có mục tiêu năm %(year)d", n
    )  # fmt: skip
    return register.respond(
        "unit_objectives/list.html",
        "unit_objectives/table.html",
        title=words % {"n": n, "year": year} if n else _("Mọi đơn vị đã có mục tiêu năm %(year)d") % {"year": year},
        noun=_("bản mục tiêu"),
        file_title=_("Mục tiêu của các đơn vị"),
        sections=sections("quality"),
        without=[(u, allows(me, Capability.EDIT_TASK, u)) for u in without],
        year=year,
        empty_words=_("Lãnh đạo đơn vị lập mục tiêu từ mục tiêu của cơ quan."),
    )


@require_GET
def unit_objective(request: Request, pk: int) -> HttpResponse:
    """A unit's objectives with what each serves, its figures and the ratings of the months."""
    found = UnitObjectives.objects.visible_to(request.user).select_related("unit", "plan")
    row = get_object_or_404(found, pk=pk)
    cascaded = {
        c.unit_objective_id: c.agency_objective
        for o in row.plan.objectives.select_related("cascaded_from__agency_objective__plan")
        if (c := getattr(o, "cascaded_from", None))
    }
    lines = []
    for result in services.results(row.plan, row.year, today()):
        told = [
            (m, m.last, period_words(m.last.period) if m.last else "", STANDINGS[m.standing]) for m in result.targets
        ]
        levels = [
            (LEVELS[level], months)
            for level in Rating.Level.values
            if (months := [m for m, given in result.levels.items() if given == level])
        ]
        lines.append((result, cascaded.get(result.objective.pk), told, levels))
    context = {
        "title": _("Mục tiêu năm %(year)d: %(unit)s") % {"year": row.year, "unit": row.unit.label},
        "sections": sections("quality"),
        "row": row,
        "lines": lines,
        "tasks": row.plan.tasks.in_force().select_related("lead_unit").order_by("order"),
        "today": today(),
    }
    return render(request, "unit_objectives/unit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cascade(request: Request, pk: int) -> HttpResponse:
    """Set a unit's objectives, those of the agency put before it."""
    agency = request.user.unit.agency
    found = get_object_or_404(Unit, pk=pk, agency=agency, is_active=True, kind=Unit.Kind.UNIT)
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and 2000 < int(asked) < 2100 else today().year
    require(request.user, Capability.EDIT_TASK, found)
    there = UnitObjectives.objects.filter(agency=agency, unit=found, year=year).first()
    if there:
        return redirect("unit-objective", there.pk)
    proposed = services.proposed(agency, year, found)[: MOST - 1]
    served = [w.serves for w in proposed if w.serves]
    initial = [
        {
            "text": w.text, "serves": str(w.serves.pk) if w.serves else "", "measurement": w.measurement,
            "indicator": w.indicator, "comparator": w.comparator, "value": _shown(w.value),
            "unit_name": w.unit_name, "starts_on": w.starts_on, "ends_on": w.ends_on,
        }
        for w in proposed
    ]  # fmt: skip
    posted = request.POST if request.method == "POST" else None
    made, status = _formset(posted, initial, served), 200
    if posted is not None:
        status = 422
        if made.is_valid():
            known = {str(o.pk): o for o in served}
            wanted = [f.wanted(known) for f in made.forms if f.cleaned_data.get("text")]
            try:
                done = services.cascade(found, year, wanted, request.user, today())
            except NotNow as no:
                status = 409
                messages.error(request, str(no))
            else:
                messages.success(request, _("Mục tiêu, kế hoạch của đơn vị đã có hiệu lực."))
                return redirect("unit-objective", done.pk)
        else:
            messages.error(request, _("Có ô chưa đúng. Sửa các ô được đánh dấu rồi gửi lại."))
    context = {
        "title": _("Lập mục tiêu năm %(year)d: %(unit)s") % {"year": year, "unit": found.label},
        "unit": found,
        "year": year,
        "forms": made,
        "agency_has": bool(proposed),
    }
    return render(request, "unit_objectives/new.html", context, status=status)
