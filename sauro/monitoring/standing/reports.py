"""How the reports of a period stand: the duties to report on it, met in time, met late, still owed."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, F, Q

from sauro.monitoring.models import Duty
from sauro.monitoring.models.duty import DutyQuerySet
from sauro.plans.standing import Cell, FourCells
from sauro.vietnamese.periods import Period

REPORTING = (Duty.Kind.REPORT, Duty.Kind.PLAN_REPORT, Duty.Kind.PERIODIC, Duty.Kind.CALLED)


def reports_owed(duties: DutyQuerySet, period: Period) -> DutyQuerySet:
    """Duties to report that belong to the period: made for it or for one inside it, else (called, without a period)
    falling due in it. What was called off is none."""
    inside = [str(period)]
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[period.kind]
    first = period.start.month
    inside += [str(Period("month", period.year, m)) for m in range(first, first + months)]
    if months >= 3:
        inside += [str(Period("quarter", period.year, q)) for q in range((first + 2) // 3, (first + months + 1) // 3)]
    if months == 12:
        inside += [str(Period("half", period.year, h)) for h in (1, 2)]
    return duties.filter(
        Q(period__in=inside) | Q(period="", due__range=(period.start, period.end)), kind__in=REPORTING
    ).exclude(state=Duty.State.CANCELLED)


def count_reports(duties: DutyQuerySet, period: Period, on: dt.date) -> FourCells:
    """The four cells of the period's reports at the end of the day, in one query; every duty has a due day."""
    met = Q(met_on__lte=on)
    owed = Q(met_on=None) | Q(met_on__gt=on)
    row = (
        reports_owed(duties, period)
        .order_by()
        .aggregate(
            **{
                Cell.DONE_ON_TIME.value: Count("pk", filter=met & Q(met_on__lte=F("due"))),
                Cell.DONE_LATE.value: Count("pk", filter=met & Q(met_on__gt=F("due"))),
                Cell.OPEN_IN_TIME.value: Count("pk", filter=owed & Q(due__gte=on)),
                Cell.OPEN_OVERDUE.value: Count("pk", filter=owed & Q(due__lt=on)),
            }
        )
    )
    return FourCells(**row)
