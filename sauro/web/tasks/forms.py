"""Forms of the verbs on a task."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.organization.models import Person, Unit
from sauro.organization.models.units import under
from sauro.plans.models import Task
from sauro.plans.services import candidates_for
from sauro.web.reports.fields import DayField


class AssignForm(forms.Form):
    """Who answers for the task."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Người chịu trách nhiệm"),
        required=False,
        empty_label=gettext_lazy("Chưa giao ai"),
        widget=forms.Select(attrs={"data-combo": ""}),
    )

    def __init__(self, task: Task, actor: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        field.queryset = candidates_for(task, actor)  # type: ignore[attr-defined]
        field.label_from_instance = lambda p: " · ".join(filter(None, [p.full_name, p.position, p.unit.label]))  # type: ignore[attr-defined]
        field.help_text = _("Người của đơn vị chủ trì và các bộ phận trực thuộc.")


class EditForm(forms.Form):
    """What the document left open. Time and units change only by a revision of the plan."""

    title = forms.CharField(label=gettext_lazy("Nội dung"), widget=forms.Textarea(attrs={"rows": 2}))
    products = forms.CharField(
        label=gettext_lazy("Thêm sản phẩm, kết quả"),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một sản phẩm."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    authority = forms.CharField(label=gettext_lazy("Cấp phê duyệt kết quả"), required=False, max_length=500)
    measurement = forms.CharField(
        label=gettext_lazy("Cách đo lường"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    report_frequency = forms.CharField(label=gettext_lazy("Tần suất báo cáo"), required=False, max_length=500)
    records = forms.CharField(
        label=gettext_lazy("Hồ sơ phải lưu"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, task: Task, *args: Any, **kwargs: Any) -> None:
        names = ("title", "authority", "measurement", "report_frequency", "records", "note")
        kwargs.setdefault("initial", {name: getattr(task, name) for name in names})
        super().__init__(*args, **kwargs)
        if have := "; ".join(p.text for p in task.products.all()):
            self.fields["products"].help_text = _("Mỗi dòng một sản phẩm. Đã có, giữ nguyên: %(products)s.") % {
                "products": have.rstrip(".")
            }
        if not task.authority and task.plan.authority:
            self.fields["authority"].help_text = _("Để trống thì theo kế hoạch: %(who)s.") % {
                "who": task.plan.authority
            }
        self.parts = list(task.task_units.select_related("unit").order_by("-role", "order"))
        for part in self.parts:
            self.fields[f"share_{part.pk}"] = forms.CharField(
                label=_("Phần việc của %(unit)s (%(role)s)")
                % {"unit": part.label, "role": part.get_role_display().lower()},
                required=False,
                initial=part.share,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def own_fields(self) -> list[Any]:
        """The fields of the task itself, bound."""
        return [field for field in self if not field.name.startswith("share_")]

    @property
    def share_fields(self) -> list[Any]:
        """The fields of the units' shares, bound."""
        return [field for field in self if field.name.startswith("share_")]

    def changes(self) -> dict[str, Any]:
        """The cleaned values in the shape that `edit_task` takes."""
        data = {k: v for k, v in self.cleaned_data.items() if not k.startswith("share_")}
        data["products"] = self.cleaned_data["products"].splitlines()
        data["shares"] = {part.pk: self.cleaned_data[f"share_{part.pk}"] for part in self.parts}
        return data


class SplitForm(forms.Form):
    """A sub-task for the unit or one of its divisions."""

    title = forms.CharField(label=gettext_lazy("Nội dung việc con"), widget=forms.Textarea(attrs={"rows": 3}))
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Giao cho"),
        empty_label=None,
        help_text=gettext_lazy("Đơn vị chủ trì hoặc một bộ phận của đơn vị."),
    )
    products = forms.CharField(
        label=gettext_lazy("Sản phẩm, kết quả"),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một sản phẩm."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, task: Task, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(agency_id=task.agency_id, is_active=True, kind=Unit.Kind.UNIT).order_by("path")
        self.fields["unit"].queryset = units.filter(under("path", task.lead_path)) if task.lead_path else units.none()  # type: ignore[attr-defined]
        words = _("Không sau hạn của nhiệm vụ, ngày %(day)s.") % {"day": f"{task.due:%d/%m/%Y}"} if task.due else ""
        self.fields["due"] = DayField(label=_("Hạn"), required=bool(task.due), help_text=words)
        self.order_fields(["title", "unit", "due", "products"])


class CompleteForm(forms.Form):
    """The day on which the task was done."""

    def __init__(self, today: dt.date, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": today})
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(label=_("Ngày hoàn thành"), help_text=_("Ngày thực tế, không sau hôm nay."))


class ReopenForm(forms.Form):
    """Why a finished task is opened again."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do mở lại"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
