"""What the volume lacks for the focal unit's and the leader's pages: a round of reports, targets with their figures,
calls for reports that are owed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import count
from typing import Any

TARGETS, FIGURES = 40, 24


def make_round(plan: Any, units: list[Any], person: Any, reports: int, today: dt.date, *, silent: int = 0) -> Any:
    """A round in which `reports` are owed, spread over the units, and handed in by all but the last `silent` of them;
    one in three names a difficulty."""
    from django.db import connection
    from django.utils import timezone

    from sauro.monitoring.models import Duty, Report, Round

    round = Round.objects.create(
        agency=plan.agency, plan=plan, kind=Round.Kind.AD_HOC, event=f"Đo {reports}", opens_on=today, due=today,
        focal_due=today + dt.timedelta(days=3),
    )  # fmt: skip
    tasks = list(plan.tasks.order_by("order"))
    quiet = {unit.pk for unit in units[len(units) - silent :]}
    # One duty a unit and task; beyond their product the plan as a whole cannot owe more.
    pairs = [(unit, task) for task in tasks for unit in units][:reports]
    duties = Duty.objects.bulk_create(
        Duty(
            agency=plan.agency, plan=plan, round=round, kind=Duty.Kind.CALLED, unit=unit, unit_path=unit.path,
            task=task, title=task.title, nominal_due=today, due=today,
            state=Duty.State.OPEN if unit.pk in quiet else Duty.State.MET, met_on=None if unit.pk in quiet else today,
        )
        for unit, task in pairs
    )  # fmt: skip
    Report.objects.bulk_create(
        Report(
            agency=plan.agency, task=duty.task, duty=duty, round=round, unit=duty.unit, author=person,
            state=Report.State.SUBMITTED, progress=n % 100, done_text=f"Đã làm phần việc {n % 7} của nhiệm vụ.",
            difficulties=f"Thiếu kinh phí cho hạng mục {n % 40}" if n % 3 == 0 else "", submitted_at=timezone.now(),
        )
        for n, duty in enumerate(duties)
        if duty.state == Duty.State.MET
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return round


def make_targets(plan: Any, units: list[Any], person: Any, today: dt.date) -> None:
    """Targets of a plan, measured every month for two years, with a forecast each."""
    from django.utils import timezone

    from sauro.monitoring.models import Forecast, Indicator, Measurement
    from sauro.plans.models import Objective, Target
    from sauro.vietnamese.periods import Period

    objective = Objective.objects.create(plan=plan, order=0, ref="1", text="Mục tiêu đo")
    now = timezone.now()
    for n in range(TARGETS):
        name, aim = f"Chỉ tiêu đo {n}", Decimal(100 + n)
        target = Target.objects.create(
            objective=objective, agency=plan.agency, order=n, indicator=name, folded=name.lower(), comparator=">=",
            low=aim, unit="%",
        )  # fmt: skip
        indicator = Indicator.objects.create(
            agency=plan.agency, target=target, kind=Indicator.Kind.RISE, unit_name="%", start=Decimal(10), low=aim,
            starts_on=dt.date(today.year - 1, 1, 1), due=dt.date(today.year, 12, 31), owner=units[n % len(units)],
        )  # fmt: skip
        period = Period.of("month", today).previous
        rows = []
        for k in range(FIGURES, 0, -1):
            if period.start < indicator.starts_on:
                break
            rows.append(
                Measurement(
                    agency=plan.agency,
                    indicator=indicator,
                    period=str(period),
                    value=Decimal(10 + k * (3 + n % 3)),
                    entered_by=person,
                    entered_at=now,
                )
            )
            period = period.previous
        Measurement.objects.bulk_create(rows)
        Forecast.objects.create(
            indicator=indicator, made_at=now, points=len(rows), method="ETS", value=aim - 5, low=aim - 10, high=aim + 4,
            error=Decimal("2.5"), path=[],
        )  # fmt: skip


def make_calls(agency: Any, today: dt.date) -> None:
    """Two calls for every report that is owed past its day."""
    from sauro.demo.pour import next_id, pour
    from sauro.monitoring.models import Call, Duty
    from sauro.monitoring.standing.reports import REPORTING

    owed = Duty.objects.filter(agency=agency, kind__in=REPORTING).overdue(today).values_list("pk", "due")
    number = count(next_id(Call))
    pour(
        Call,
        ("id", "duty_id", "offset", "to", "made_on", "reached"),
        (
            (next(number), pk, offset, to, due + dt.timedelta(days=offset), 1)
            for pk, due in list(owed)
            for offset, to in ((-1, "person"), (2, "head"))
        ),
    )
