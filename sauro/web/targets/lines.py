"""The lines of the form of a target's figures: one a period that is due, filled in with what is known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sauro.monitoring.measured import Measured, periods_due
from sauro.monitoring.models import Indicator, Measurement
from sauro.monitoring.periods import period_words
from sauro.organization.models import Unit
from sauro.web.look.targets import number
from sauro.web.look.text import vnumber

# Beside every period without a figure, so many of the last ones, to be corrected.
SHOWN_AGAIN = 3


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


def unit_of(indicator: Indicator, asked: str) -> Unit | None:
    """The unit whose figures are asked for; None is the whole agency."""
    units = Unit.objects.filter(agency=indicator.agency_id, is_active=True)
    return units.filter(pk=int(asked)).first() if asked.isdecimal() else None
