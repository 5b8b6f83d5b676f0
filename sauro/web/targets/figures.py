"""Entering the figures of a target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Indicator
from sauro.monitoring.targets import Kind
from sauro.vietnamese.text import nfc
from sauro.web.request import Request
from sauro.web.targets.chart import chart_styles
from sauro.web.targets.lines import unit_of
from sauro.web.targets.views import fetched, shown_page
from sauro.web.today import today

NAMES = ("value", "numerator", "whole", "source")


def posted(data: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What was typed, by period; a line with no number in it is left alone."""
    lines: dict[str, dict[str, str]] = {}
    for field, typed in data.items():
        name, _dash, period = field.partition(":")
        if name in NAMES and period:
            lines.setdefault(period, {})[name] = nfc(str(typed)).strip()
    return {p: line for p, line in lines.items() if any(line.get(n) for n in ("value", "numerator", "whole"))}


@require_POST
@chart_styles
def enter(request: Request, pk: int) -> HttpResponse:
    """Take the figures of all lines, or none and say what is wrong in which."""
    indicator = fetched(request, pk)
    unit = unit_of(indicator, str(request.POST.get("unit", "")))
    lines = posted(request.POST)
    given = {period: {**_numbers(indicator, line), "unit": unit} for period, line in lines.items()}
    try:
        count = monitoring.record_measurements(indicator, request.user, today(), given)
    except monitoring.WrongFigures as wrong:
        return shown_page(request, indicator, unit=unit, typed=lines, errors=wrong.errors, said=str(wrong))
    if count:
        words = ngettext("Đã ghi %(n)d số liệu.", "Đã ghi %(n)d số liệu.", count) % {"n": count}
        messages.success(request, words)
    else:
        messages.info(request, _("Không có số liệu nào mới hoặc khác trước."))
    return redirect(f"{reverse('target', args=[pk])}{f'?don_vi={unit.pk}' if unit else ''}")


def _numbers(indicator: Indicator, line: dict[str, str]) -> dict[str, str]:
    """A share takes both counts or the per cent: with counts there, the per cent follows from them."""
    given = dict(line)
    if indicator.kind == Kind.SHARE and (given.get("numerator") or given.get("whole")):
        given.pop("value", None)
    return given
