"""Forms of a round: calling one by hand, changing its days and people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.monitoring.models import Round
from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability
from sauro.plans.models import Plan, Task
from sauro.web.reports.fields import DayField

TASKS_OFFERED = 1000


def _units(agency_id: int) -> Any:
    return Unit.objects.filter(agency_id=agency_id, kind=Unit.Kind.UNIT, is_active=True).order_by("path")


def _collectors(agency_id: int) -> Any:
    return Person.objects.filter(
        unit__agency_id=agency_id, is_active=True, role__grants__has_key=Capability.COLLECT.value
    ).order_by("sort_key")


class CallForm(forms.Form):
    """Who is to report, on what, by when, and why."""

    plan = forms.ModelChoiceField(
        Plan.objects.none(), label=gettext_lazy("Kế hoạch"), widget=forms.Select(attrs={"data-combo": ""})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Vì sao gọi"),
        choices=[
            (Round.Kind.AD_HOC, gettext_lazy("Đột xuất, theo yêu cầu")),
            (Round.Kind.EVENT, gettext_lazy("Có sự kiện làm phát sinh báo cáo")),
        ],
    )
    event = forms.CharField(
        label=gettext_lazy("Sự kiện hoặc lý do"),
        max_length=500,
        help_text=gettext_lazy("Đơn vị thấy dòng này. Ví dụ: Theo Công văn 812/UBND-KT ngày 20/11/2026."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    due = DayField(label=gettext_lazy("Hạn nộp của đơn vị"))
    focal_due = DayField(
        label=gettext_lazy("Hạn tổng hợp"),
        required=False,
        help_text=gettext_lazy("Bỏ trống thì là 3 ngày làm việc sau hạn nộp."),
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Đơn vị phải báo cáo"),
        required=False,
        help_text=gettext_lazy("Bỏ trống thì gọi mọi đơn vị trực thuộc."),
        widget=forms.SelectMultiple(attrs={"data-combo": "", "data-remove": gettext_lazy("Bỏ")}),
    )
    tasks = forms.ModelMultipleChoiceField(
        Task.objects.none(),
        label=gettext_lazy("Nhiệm vụ phải báo cáo"),
        required=False,
        help_text=gettext_lazy(
            "Bỏ trống thì báo cáo chung về kế hoạch. Chọn nhiệm vụ thì mỗi đơn vị chủ trì báo cáo nhiệm vụ của mình."
        ),
        widget=forms.SelectMultiple(attrs={"data-combo": "", "data-remove": gettext_lazy("Bỏ")}),
    )

    def __init__(self, actor: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = Plan.objects.visible_to(actor)
        self._set("plan", plans, lambda p: f"{p.number} {p.title}"[:120])
        self._set("units", _units(actor.agency_id), lambda u: u.name)
        chosen = str(self.data.get("plan") or self.initial.get("plan") or "")
        tasks = Task.objects.visible_to(actor).in_force().filter(completed_on=None).select_related("plan")
        tasks = tasks.filter(plan_id=chosen) if chosen.isdecimal() else tasks.filter(plan__in=plans)
        offered = tasks.order_by("-plan_id", "order").only("ref", "title", "plan__number")[:TASKS_OFFERED]
        self._set("tasks", tasks, lambda t: f"{t.plan.number} · {t.ref} {t.title}"[:120])
        self.fields["tasks"].choices = [  # type: ignore[attr-defined]
            (t.pk, f"{t.plan.number} · {t.ref} {t.title}"[:120]) for t in offered
        ]

    def _set(self, name: str, rows: Any, words: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows
        field.label_from_instance = words

    def clean(self) -> dict[str, Any]:
        """Tasks belong to the plan that was chosen."""
        data = super().clean() or {}
        plan, tasks = data.get("plan"), data.get("tasks")
        if plan and tasks and any(t.plan_id != plan.pk for t in tasks):
            self.add_error(
                "tasks", _("Có nhiệm vụ không thuộc kế hoạch đã chọn. Bỏ nhiệm vụ đó, hoặc chọn lại kế hoạch.")
            )
        return data


class EditForm(forms.Form):
    """Days and people of a round."""

    due = DayField(label=gettext_lazy("Hạn nộp của đơn vị"), help_text=gettext_lazy("Các việc còn nợ của kỳ dời theo."))
    focal_due = DayField(label=gettext_lazy("Hạn tổng hợp"))
    focal_unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Đơn vị đầu mối"),
        required=False,
        widget=forms.Select(attrs={"data-combo": ""}),
    )
    responsible = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Người theo dõi"),
        required=False,
        widget=forms.Select(attrs={"data-combo": ""}),
    )

    def __init__(self, round: Round, data: Any = None) -> None:
        values = {name: getattr(round, name) for name in ("due", "focal_due")}
        values |= {"focal_unit": round.focal_unit_id, "responsible": round.responsible_id}
        super().__init__(data, initial=values)
        unit: Any = self.fields["focal_unit"]
        person: Any = self.fields["responsible"]
        unit.queryset = _units(round.agency_id)
        person.queryset = _collectors(round.agency_id)
        person.label_from_instance = lambda p: f"{p.full_name} · {p.position}".strip(" ·")
