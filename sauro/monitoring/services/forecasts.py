"""What is foreseen of targets, worked out in the background after a figure and once a day."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Count, F, Max, Q
from django.utils import timezone

from sauro.jobs import task
from sauro.monitoring.forecast import foresee
from sauro.monitoring.measured import measured
from sauro.monitoring.models import Forecast, Indicator
from sauro.monitoring.targets import ENOUGH_POINTS, Kind
from sauro.vietnamese.periods import Period


def stale(today: dt.date) -> list[int]:
    """Ids of indicators with enough figures whose forecast is missing or older than their last figure.

    Only those whose day hasn't come: what is over needs no forecast.
    """
    rows = Indicator.objects.filter(due__gte=today).annotate(
        figures=Count("measurements__period", distinct=True), last=Max("measurements__entered_at")
    )
    old = Q(forecast=None) | Q(forecast__made_at__lt=F("last"))
    return list(rows.filter(old, figures__gte=ENOUGH_POINTS).order_by("pk").values_list("pk", flat=True))


def make_forecast(indicator: Indicator, today: dt.date) -> Forecast | None:
    """Work out what the indicator is likely to come to at its due day, and keep it.

    None where its figures are too few, have a gap, or reach the due day already; a forecast made before is then taken
    away, because it no longer follows from the figures.
    """
    began = timezone.now()
    found = measured([indicator], today)[indicator.pk]
    foreseen = foresee(
        found.points,
        Period.of(indicator.frequency, indicator.due),
        cumulative=indicator.cumulative and found.goal.kind != Kind.SHARE,
        within=(0.0, 100.0) if found.goal.kind == Kind.SHARE else None,
    )
    with transaction.atomic():
        # The indicator's lock: of two workers the one with the newer figures is not overwritten by the other.
        Indicator.objects.select_for_update().get(pk=indicator.pk)
        kept = Forecast.objects.filter(indicator=indicator).first()
        if kept is not None and kept.made_at > began:
            return kept
        if foreseen is None:
            Forecast.objects.filter(indicator=indicator).delete()
            return None
        end = foreseen.ahead[-1]
        path = [[str(a.period), f"{a.value:f}", f"{a.low:f}", f"{a.high:f}"] for a in foreseen.ahead]
        forecast, _made = Forecast.objects.update_or_create(
            indicator=indicator,
            defaults={
                "made_at": began,
                "points": len(found.points),
                "method": foreseen.method,
                "value": end.value,
                "low": end.low,
                "high": end.high,
                "error": foreseen.error,
                "path": path,
            },
        )
    return forecast


def forecast_after_figure(indicator: Indicator) -> None:
    """Queue a forecast when the transaction of a new figure commits, where there are figures enough."""
    if indicator.measurements.values("period").distinct().count() >= ENOUGH_POINTS:
        transaction.on_commit(lambda: forecast_in_background.enqueue(indicator.pk))


def forecast_stale(today: dt.date) -> int:
    """Queue a forecast for every indicator whose last one is out of date; returns how many."""
    ids = stale(today)
    for pk in ids:
        forecast_in_background.enqueue(pk)
    return len(ids)


@task()
def forecast_in_background(indicator_id: int) -> None:
    """The background job behind both; a forecast that is newer than every figure is left as it is."""
    today = timezone.localdate()
    if indicator_id in stale(today):
        make_forecast(Indicator.objects.get(pk=indicator_id), today)
