"""The figures that a report asks for, of targets or of a task's KPI: their fields and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from sauro.monitoring.models import Indicator, Measurement, Report
from sauro.monitoring.services import Asked, AskedFigure, AskedMeasure
from sauro.web.look.targets import number
from sauro.web.look.text import dmy
from sauro.web.targets.chart import period_words


@dataclass(slots=True, frozen=True)
class Line:
    """One figure on the form: of what and where that stands, for which period, its fields each with a short label, what
    it was before and should be now; `clash`: what was entered elsewhere while this one was typed,
    `seen` its mark."""

    key: str
    target: str
    url: str
    period: str
    fields: list[tuple[forms.BoundField, str]]
    hint: str
    clash: str = ""
    seen: str = ""


def field_name(asked: AskedFigure, name: str) -> str:
    """The name of the field in which one number is typed."""
    return f"figure-{asked.key(name)}"


def label_of(asked: AskedFigure, name: str) -> str:
    """A field by itself, where nothing around it says what it is of."""
    if isinstance(asked, AskedMeasure):
        return asked.measure.name
    return f"{asked.indicator.target.indicator}, {period_words(asked.period)}: {_label(asked, name)}"


def _label(asked: AskedFigure, name: str) -> str:
    if isinstance(asked, AskedMeasure):
        return asked.measure.unit_name.capitalize() or _("Mức đã đạt")
    if name == "numerator":
        return _("Số đạt")
    if name == "whole":
        return _("Tổng số")
    return asked.indicator.unit_name.capitalize() if asked.indicator.unit_name else _("Số liệu")


def fields_for(asked: AskedFigure, report: Report) -> dict[str, forms.Field]:
    """Name and field of each number of the figure, holding what was typed before. Whether it is a number is asked when
    the report is handed in: a draft may hold anything."""
    made: dict[str, forms.Field] = {}
    for name, typed in asked.typed(report.figures).items():
        label = label_of(asked, name)
        if not isinstance(asked, AskedMeasure) and asked.indicator.kind == Indicator.Kind.DONE:
            choices = [("", _("Chưa ghi")), ("1", _("Đã làm")), ("0", _("Chưa làm"))]
            field: forms.Field = forms.ChoiceField(label=label, required=False, choices=choices, initial=typed)
        else:
            widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
            field = forms.CharField(label=label, required=False, max_length=40, initial=typed, widget=widget)
        made[field_name(asked, name)] = field
    return made


def line_of(asked: AskedFigure, form: forms.Form) -> Line:
    """The figure as it is drawn."""
    fields = [(form[field_name(asked, name)], _label(asked, name)) for name in asked.names]
    if isinstance(asked, AskedMeasure):
        url = f"{reverse('task', args=[asked.measure.task_id])}#chi-tiet"
        return Line(f"kpi-{asked.measure.pk}", asked.measure.name, url, "", fields, _measure_hint(asked))
    return Line(
        f"{asked.indicator.pk}-{asked.period}",
        asked.indicator.target.indicator,
        reverse("target", args=[asked.indicator.target_id]),
        period_words(asked.period),
        fields,
        _hint(asked),
        _clash(asked),
        asked.clash,
    )


def _measure_hint(asked: AskedMeasure) -> str:
    measure = asked.measure
    parts = [_("Phải đạt %(n)s %(unit)s") % {"n": number(measure.wanted), "unit": measure.unit_name}]
    if measure.reached is not None:
        parts.append(_("đã đạt %(n)s, ngày %(day)s") % {"n": number(measure.reached), "day": dmy(measure.reached_on)})
    return " · ".join(part.strip() for part in parts)


def _clash(asked: Asked) -> str:
    other = asked.other
    if other is None:
        return ""
    return _(
        "%(name)s đã ghi %(n)s ngày %(day)s. Nộp báo cáo thì số gõ ở đây thay số đó; xóa số ở đây thì giữ số đó."
    ) % {"name": other.entered_by.full_name, "n": _told(other), "day": dmy(other.entered_at)}


def _hint(asked: Asked) -> str:
    parts = []
    if asked.last and asked.last.period == str(asked.period.previous):
        parts.append(_("Kỳ trước %(n)s") % {"n": _told(asked.last)})
    elif asked.last:
        parts.append(f"{period_words(asked.period.parse(asked.last.period))}: {_told(asked.last)}")
    if asked.indicator.kind != Indicator.Kind.DONE:
        words = _("lũy kế dự kiến %(n)s") if asked.indicator.cumulative else _("dự kiến %(n)s")
        parts.append(words % {"n": number(asked.expected) + ("%" if "whole" in asked.names else "")})
    words = " · ".join(parts)
    return words[:1].upper() + words[1:]


def _told(row: Measurement) -> str:
    if row.whole is None:
        return number(row.value)
    return f"{number(row.numerator)}/{number(row.whole)} ({number(row.value)}%)"
