"""The form that says how a target is measured."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from sauro.monitoring.models import Indicator
from sauro.monitoring.services.measurements import read_number
from sauro.organization.models import Unit
from sauro.plans.services.errors import NotNow
from sauro.web.look.text import vnumber
from sauro.web.reports.fields import DayField


class LevelField(forms.CharField):
    """A level as Vietnamese write numbers; empty is None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored number as it is written."""
        return vnumber(value).replace("\u2212", "-") if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        """The number, or what is wrong with it."""
        try:
            return read_number(super().clean(value))
        except NotNow as error:
            raise ValidationError(str(error)) from None


class SetupForm(forms.Form):
    """How a target is measured."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại chỉ tiêu"), choices=Indicator.Kind.choices)
    owner = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Đơn vị chịu trách nhiệm số liệu"),
        required=False,
        empty_label=gettext_lazy("Chưa giao đơn vị"),
        widget=forms.Select(attrs={"data-combo": ""}),
    )
    frequency = forms.ChoiceField(label=gettext_lazy("Bao lâu có số liệu một lần"), choices=Indicator.Frequency.choices)
    cumulative = forms.BooleanField(
        label=gettext_lazy("Cộng dồn số của các kỳ"),
        required=False,
        help_text=gettext_lazy("Bỏ trống khi số của kỳ sau thay số kỳ trước."),
    )
    unit_name = forms.CharField(label=gettext_lazy("Đơn vị tính"), required=False, max_length=120)
    start = LevelField(label=gettext_lazy("Mức đầu"), help_text=gettext_lazy("Mức khi bắt đầu đo, ví dụ 70 hoặc 8,5."))
    low = LevelField(label=gettext_lazy("Mức thấp phải đạt"))
    high = LevelField(label=gettext_lazy("Mức cao không vượt"))
    curve = forms.CharField(
        label=gettext_lazy("Mức dự kiến theo kỳ"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Mỗi dòng một kỳ, ví dụ 2026-06: 240. Để trống thì đều theo thời gian."),
    )

    def __init__(self, indicator: Indicator, data: Any = None) -> None:
        names = ("kind", "owner", "frequency", "cumulative", "unit_name", "start", "low", "high", "starts_on", "due")
        initial = {name: getattr(indicator, name) for name in names}
        initial["curve"] = "\n".join(f"{p}: {vnumber(level)}" for p, level in sorted(indicator.curve.items()))
        super().__init__(data, initial=initial)
        units = Unit.objects.filter(agency=indicator.agency_id, is_active=True, kind=Unit.Kind.UNIT)
        self.fields["owner"].queryset = units.order_by("sort_key")  # type: ignore[attr-defined]
        self.fields["starts_on"] = DayField(label=gettext_lazy("Bắt đầu đo từ ngày"))
        self.fields["due"] = DayField(label=gettext_lazy("Phải đạt chậm nhất ngày"))
        self.order_fields(
            [
                "kind",
                "owner",
                "frequency",
                "cumulative",
                "unit_name",
                "start",
                "low",
                "high",
                "starts_on",
                "due",
                "curve",
            ]
        )

    def clean_curve(self) -> dict[str, Decimal]:
        """The lines as {period: level}."""
        curve = {}
        for line in self.cleaned_data["curve"].splitlines():
            if not line.strip():
                continue
            period, colon, level = line.partition(":")
            try:
                number = read_number(level)
            except NotNow as error:
                raise ValidationError(str(error)) from None
            if not colon or number is None:
                raise ValidationError(gettext_lazy("Viết mỗi dòng như 2026-06: 240."))
            curve[period.strip().upper()] = number
        return curve
