"""Entering the figures of a target: one line a period that is due, filled in with what is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sauro.monitoring import services as monitoring
from sauro.monitoring.measured import Measured, periods_due
from sauro.monitoring.models import Indicator, Measurement
from sauro.monitoring.periods import period_words
from sauro.monitoring.targets import Kind
from sauro.organization.models import Unit
from sauro.vietnamese.text import nfc
from sauro.web.look.targets import number
from sauro.web.look.text import vnumber
from sauro.web.request import Request
from sauro.web.targets.chart import chart_styles
from sauro.web.today import today

# Beside every period without a figure, so many of the last ones, to be corrected.
SHOWN_AGAIN = 3
NAMES = ("value", "numerator", "whole", "source")


@dataclass(slots=True)
class Line:
    """One period of the form: what stands in its fields, what was wrong with them."""

    period: str
    label: str
    typed: dict[str, str]
    before: str = ""
    error: str = ""


def lines_for(found: Measured, unit: Unit | None, on: dt.date) -> list[Line]:
    """The lines of the form for the whole agency or one unit: periods without a figure and the last few with one."""
    own = {row.period: row for row in found.rows if row.unit_id == (unit.pk if unit else None)}
    due = periods_due(found.goal, on)
    known = [str(p) for p in due if str(p) in own]
    again = set(known[-SHOWN_AGAIN:])
    lines = []
    source = next((row.source for row in sorted(own.values(), key=lambda r: r.period, reverse=True) if row.source), "")
    for i, period in enumerate(due):
        key = str(period)
        if key in own and key not in again:
            continue
        last = own.get(str(period.previous)) if i else None
        typed = _typed(own.get(key)) or {"source": source}
        words = _("Kỳ trước %(n)s.") % {"n": number(last.value)} if last else ""
        lines.append(Line(key, period_words(period), typed, words))
    return lines


def _typed(row: Measurement | None) -> dict[str, str]:
    if row is None:
        return {}
    numbers = {name: getattr(row, name) for name in ("value", "numerator", "whole")}
    typed = {name: vnumber(n).replace("\u2212", "-") for name, n in numbers.items() if n is not None}
    if row.whole is not None:
        typed.pop("value")
    return typed | {"source": row.source}


def posted(data: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What was typed, by period; a line with no number in it is left alone."""
    lines: dict[str, dict[str, str]] = {}
    for field, typed in data.items():
        name, _dash, period = field.partition(":")
        if name in NAMES and period:
            lines.setdefault(period, {})[name] = nfc(str(typed)).strip()
    return {p: line for p, line in lines.items() if any(line.get(n) for n in ("value", "numerator", "whole"))}


def unit_of(indicator: Indicator, asked: str) -> Unit | None:
    """The unit whose figures are asked for; None is the whole agency."""
    units = Unit.objects.filter(agency=indicator.agency_id, is_active=True)
    return units.filter(pk=int(asked)).first() if asked.isdecimal() else None


@require_POST
@chart_styles
def enter(request: Request, pk: int) -> HttpResponse:
    """Take the figures of all lines, or none and say what is wrong in which."""
    from sauro.web.targets.views import fetched, shown_page

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
