"""What a unit proposes to change in a task."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.organization.models import Unit
from sauro.plans.models import Task
from sauro.web.reports.fields import DayField


class ChangeForm(forms.Form):
    """The task as it is, to be written over; only what differs is proposed."""

    title = forms.CharField(
        label=gettext_lazy("Nội dung nhiệm vụ"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    due = DayField(label=gettext_lazy("Thời hạn"), required=False)
    lead_unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Đơn vị chủ trì"), required=False)
    products = forms.CharField(
        label=gettext_lazy("Sản phẩm, mỗi dòng một sản phẩm"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    end = forms.BooleanField(label=gettext_lazy("Đề nghị thôi thực hiện nhiệm vụ này"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000,
        error_messages={"required": gettext_lazy("Ghi lý do đề nghị điều chỉnh.")},
    )  # fmt: skip

    def __init__(self, task: Task, data: Any = None) -> None:
        super().__init__(
            data,
            initial={
                "title": task.title,
                "due": task.due,
                "lead_unit": task.lead_unit_id,
                "products": "\n".join(task.products.values_list("text", flat=True)),
            },
        )
        units = Unit.objects.filter(agency_id=task.agency_id, kind=Unit.Kind.UNIT, is_active=True)
        self.fields["lead_unit"].queryset = units.order_by("path")  # type: ignore[attr-defined]
        self.fields["lead_unit"].empty_label = _("chưa rõ")  # type: ignore[attr-defined]

    def changes(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return {**data, "products": data["products"].splitlines()}
