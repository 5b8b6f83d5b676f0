"""One target: how it stands, its figures, what is foreseen, and how it is measured."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sauro.ledger.models import Entry
from sauro.monitoring import services as monitoring
from sauro.monitoring.forecast import unbroken
from sauro.monitoring.measured import Measured, measured
from sauro.monitoring.models import Indicator, Measurement
from sauro.monitoring.services.measurements import may_measure
from sauro.monitoring.targets import ENOUGH_POINTS, Kind, expected_on
from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability, allows, holders, require
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.periods import Period
from sauro.vietnamese.text import fold, nfc
from sauro.web.listing import MEDIA
from sauro.web.look.targets import number
from sauro.web.people.deeds import said_of
from sauro.web.plans.views import target_words
from sauro.web.request import Request
from sauro.web.targets.chart import chart_of, chart_styles, period_words
from sauro.web.targets.forms import SetupForm
from sauro.web.targets.lines import Line, lines_for, unit_of
from sauro.web.today import today
from sauro.writing import Column, write_table_xlsx

HISTORY_SHOWN = 12


def fetched(request: Request, pk: int) -> Indicator:
    """The set-up of the target that the person may see, with what its page shows. 404 where there is none."""
    rows = Indicator.objects.visible_to(request.user).filter(target__objective__ended_in=None)
    return get_object_or_404(rows.select_related("target__objective__plan", "owner", "agency"), target=pk)


@require_safe
@chart_styles
def target(request: Request, pk: int) -> HttpResponseBase:
    """Everything known of one target; its figures as Excel with `tai=xlsx`."""
    indicator = fetched(request, pk)
    if request.GET.get("tai") == "xlsx":
        return figures_file(indicator, today())
    return shown_page(request, indicator, unit=unit_of(indicator, request.GET.get("don_vi", "")))


def shown_page(
    request: Request,
    indicator: Indicator,
    *,
    unit: Unit | None,
    typed: Mapping[str, dict[str, str]] | None = None,
    errors: Mapping[str, str] | None = None,
    said: str = "",
) -> HttpResponse:
    """The page; with what was typed and what was wrong with it after a form that could not be taken."""
    on, me = today(), request.user
    found = measured([indicator], on)[indicator.pk]
    may_enter = may_measure(indicator, me)
    lines = lines_for(found, unit, on) if may_enter else []
    _put_back(lines, typed or {}, errors or {})
    context = {
        "found": found,
        "indicator": indicator,
        "target": indicator.target,
        "wanted": target_words(indicator.target),
        "today": on,
        "share": indicator.kind == Kind.SHARE,
        "rows": rows_of(found),
        "forecast_words": forecast_words(found),
        "chart": chart_of(found) if found.points else None,
        "lines": lines,
        "wrong": [(line, line.error) for line in lines if line.error],
        "said": said,
        "unit": unit,
        "units": Unit.objects.filter(agency=indicator.agency_id, is_active=True, kind=Unit.Kind.UNIT).order_by(
            "sort_key"
        )
        if may_enter
        else [],
        "may_enter": may_enter,
        "who_enters": "" if may_enter else holders(Capability.MEASURE, indicator),
        "may_set_up": allows(me, Capability.SET_UP_TARGETS, indicator),
        "may_raise": allows(me, Capability.RAISE_NONCONFORMITY, indicator),
        "history": [said_of(entry) for entry in history_of(indicator, found)],
    }
    return render(request, "targets/target.html", context, status=422 if errors else 200)


def _put_back(lines: list[Line], typed: Mapping[str, dict[str, str]], errors: Mapping[str, str]) -> None:
    there = {line.period for line in lines}
    for period in errors:
        if period not in there:
            lines.insert(0, Line(period, period, {}))
    for line in lines:
        line.typed = typed.get(line.period, line.typed)
        line.error = errors.get(line.period, "")


def rows_of(found: Measured) -> list[dict[str, Any]]:
    """The table of figures, newest first: each period with where the target stood, and the figures it comes from."""
    by_period: dict[str, list[Measurement]] = {}
    units = Unit.objects.in_bulk({row.unit_id for row in found.rows if row.unit_id})
    people = _names(found.rows)
    for row in found.rows:
        by_period.setdefault(row.period, []).append(row)
    rows = []
    for point in reversed(found.points):
        own = by_period[str(point.period)]
        rows.append(
            {
                "period": period_words(point.period),
                "value": point.value,
                "reached": point.reached,
                "expected": expected_on(found.goal, min(point.period.end, found.goal.due))
                if point.period.end >= found.goal.starts_on
                else None,
                "parts": [
                    {"row": r, "unit": units[r.unit_id] if r.unit_id else None, "who": people[r.entered_by_id]}
                    for r in own
                ],
            }
        )
    return rows


def _names(rows: list[Measurement]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in={row.entered_by_id for row in rows}).values_list("pk", "full_name"))


def forecast_words(found: Measured) -> str:
    """What is foreseen, or why nothing is."""
    forecast, unit = found.forecast, found.indicator.unit_name
    if forecast is not None and forecast.value is not None:
        words = _("Cuối kỳ có khả năng đạt %(value)s %(unit)s, trong khoảng %(low)s – %(high)s (80%%).") % {
            "value": number(forecast.value),
            "unit": unit,
            "low": number(forecast.low),
            "high": number(forecast.high),
        }
        if forecast.error is not None:
            words += " " + _("Thử lại trên số đã qua, sai số trung bình %(error)s %(unit)s.") % {
                "error": number(forecast.error),
                "unit": unit,
            }
        return words
    count = len(unbroken(found.points))
    if count < ENOUGH_POINTS:
        return ngettext(
            "Mới %(n)d kỳ liền nhau, chưa đủ %(enough)d kỳ để dự báo.",
            "Mới %(n)d kỳ liền nhau, chưa đủ %(enough)d kỳ để dự báo.",
            count,
        ) % {"n": count, "enough": ENOUGH_POINTS}
    if found.last and found.last.period.end >= found.goal.due:
        return _("Đã có số liệu của kỳ cuối, không còn gì để dự báo.")
    return _("Dự báo đang được tính.")


def history_of(indicator: Indicator, found: Measured) -> list[Entry]:
    """What was done with the set-up and its figures, newest first."""
    of_figures = Entry.objects.filter(
        object_type="monitoring.measurement", object_id__in=[str(row.pk) for row in found.rows]
    )
    own = Entry.objects.filter(object_type="monitoring.indicator", object_id=str(indicator.pk))
    return list((own | of_figures).order_by("-seq")[:HISTORY_SHOWN])


def figures_file(indicator: Indicator, on: dt.date) -> FileResponse:
    """The figures of one target as Excel."""
    found = measured([indicator], on)[indicator.pk]
    columns = [
        Column(_("Kỳ"), 12),
        Column(_("Số liệu của kỳ"), 14, "number"),
        Column(_("Lũy kế") if indicator.cumulative else _("Thực hiện"), 14, "number"),
        Column(_("Nhịp dự kiến"), 14, "number"),
    ]
    goal = found.goal
    rows = [[str(p.period), p.value, p.reached, expected_on(goal, min(p.period.end, goal.due))] for p in found.points]
    rows += [[row[0], None, None, expected_on(goal, min(Period.parse(row[0]).end, goal.due))] for row in _ahead(found)]
    out = tempfile.TemporaryFile()  # noqa: SIM115
    title = nfc(f"{indicator.target.indicator} ({indicator.unit_name})" if indicator.unit_name else str(indicator))
    write_table_xlsx(title, columns, rows, out, note=forecast_words(found), day=on)
    out.seek(0)
    name = "-".join(fold(indicator.target.indicator).replace("/", "-").split())[:80]
    return FileResponse(
        out, as_attachment=True, filename=f"{name or 'chi-tieu'}-{on:%Y%m%d}.xlsx", content_type=MEDIA["xlsx"]
    )


def _ahead(found: Measured) -> list[list[str]]:
    return found.forecast.path if found.forecast else []


@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: Request, pk: int) -> HttpResponse:
    """Say how the target is measured."""
    indicator = fetched(request, pk)
    require(request.user, Capability.SET_UP_TARGETS, indicator)
    form, status = SetupForm(indicator), 200
    if request.method == "POST":
        form, status = SetupForm(indicator, {k: nfc(str(v)) for k, v in request.POST.items()}), 422
        if form.is_valid():
            try:
                monitoring.set_up_indicator(indicator, request.user, form.cleaned_data)
            except NotNow as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Đã lưu cách đo chỉ tiêu."))
                return redirect("target", pk=pk)
    return render(
        request,
        "targets/setup.html",
        {"form": form, "indicator": indicator, "target": indicator.target, "wanted": target_words(indicator.target)},
        status=status,
    )
