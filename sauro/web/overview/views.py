"""The leader's page, and the same on one sheet of A4."""

from __future__ import annotations

import datetime as dt
import io

from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sauro.monitoring.glance import glance_on
from sauro.organization.policy import Capability, require
from sauro.web.home.scope import four
from sauro.web.look.trend import trend
from sauro.web.overview.paper import write_overview_pdf
from sauro.web.overview.shown import error_note, last_rows, past_line, shown, standing_note
from sauro.web.reports.fields import parse_day
from sauro.web.request import Request
from sauro.web.today import today


@require_safe
def overview(request: Request) -> HttpResponse:
    """How the whole agency stands: one screen, one sheet of A4."""
    agency = request.user.unit.agency
    require(request.user, Capability.OVERSEE, agency)
    on, wrong = _day(request.GET.get("den", ""))
    if on < today():
        return past(request, on)
    found = shown(agency, today(), request.GET.get("chi_tieu", ""), exact="moi" in request.GET)
    chart = found.chart
    context = {
        "shown": found,
        "today": found.on,
        "wrong_day": wrong,
        "day_before": found.on - dt.timedelta(days=1),
        "targets": [(m, standing_note(m)) for m in found.targets],
        "trend": trend(chart) if chart else "",
        "chart_rows": last_rows(chart) if chart else [],
        "chart_words": chart["words"] if chart else {},
        "chart_error": error_note(found.chosen) if found.chosen else "",
        "chart_note": standing_note(found.chosen) if found.chosen else "",
    }
    return render(request, "overview/overview.html", context)


def past(request: Request, on: dt.date) -> HttpResponse:
    """How the agency stood at the end of a past day: the counts, all units and plans of them."""
    found = glance_on(request.user.unit.agency, on)
    units, plans = [past_line(row, of_unit=True) for row in found.units], [past_line(row) for row in found.plans]
    context = {
        "on": on,
        "today": today(),
        "agency": request.user.unit.agency,
        "counts": four(found.cells),
        "units": units,
        "plans": plans,
        "most_of_units": max((row.counts.total for row in units), default=0),
        "most_of_plans": max((row.counts.total for row in plans), default=0),
    }
    return render(request, "overview/past.html", context)


def _day(typed: str) -> tuple[dt.date, str]:
    """The day that is asked for, today where none is or it is still to come; and what is wrong with what was typed."""
    if not typed.strip():
        return today(), ""
    try:
        return min(parse_day(typed), today()), ""
    except ValidationError as error:
        return today(), " ".join(error.messages)


@require_safe
def paper(request: Request) -> HttpResponseBase:
    """The same figures as PDF."""
    agency = request.user.unit.agency
    require(request.user, Capability.OVERSEE, agency)
    found = shown(agency, today(), request.GET.get("chi_tieu", ""), exact=True)
    out = io.BytesIO()
    write_overview_pdf(found, timezone.localtime(), out)
    out.seek(0)
    return FileResponse(out, filename=f"toan-canh-{found.on:%Y%m%d}.pdf", content_type="application/pdf")
