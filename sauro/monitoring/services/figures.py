"""Figures asked for in a report: of a unit's own indicators in that on a plan as a whole, of a task's KPI in that on
the task. Typed there, they are figures once it is handed in, and are taken back where it is withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.ledger.models import Entry
from sauro.monitoring.measured import goal_of
from sauro.monitoring.models import Indicator, Measurement, Report
from sauro.monitoring.services.forecasts import forecast_after_figure
from sauro.monitoring.services.indicators import locked
from sauro.monitoring.services.kpi import (
    AskedMeasure,
    asked_measures,
    check_measure,
    take_back_measures,
    take_measures,
)
from sauro.monitoring.services.measurements import (
    WrongFigures,
    may_measure,
    read_figures,
    record_measurement,
    told,
)
from sauro.monitoring.targets import expected_on
from sauro.organization.models import Person
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.periods import Period, occurrences

# A year's report would ask for twelve months of an indicator gone silent: it asks for the last few.
AT_ONCE = 3
# So many entries of one figure are looked through for what stood before a report.
LOOKED_BACK = 100


@dataclass(slots=True, frozen=True)
class Asked:
    """One figure that a report asks for: of which indicator and period.

    `row`: what this report gave before; `last`: the figure before the period; `expected`: the level expected by the
    period's end, in the indicator's unit; `other`: a figure that someone entered elsewhere while a number for it was
    being typed here, which stays to be chosen from. `names`: which numbers are typed: both counts of a share, else
    the figure.
    """

    indicator: Indicator
    period: Period
    row: Measurement | None
    last: Measurement | None
    expected: Decimal
    other: Measurement | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """A share that was told in per cent alone before is asked for so again."""
        known = self.row or self.last
        by_counts = self.indicator.kind == Indicator.Kind.SHARE and (known is None or known.whole is not None)
        return ("numerator", "whole") if by_counts else ("value",)

    @property
    def clash(self) -> str:
        """A mark of the figure that was entered elsewhere, by which one says that it was seen; empty without one."""
        return f"{self.key(self.names[0])}@{self.other.entered_at:%Y%m%d%H%M%S%f}" if self.other else ""

    def key(self, name: str) -> str:
        """Under which one typed number is kept with the draft."""
        return f"{self.indicator.pk}-{self.period}-{name}"

    def typed(self, kept: Mapping[str, str]) -> dict[str, str]:
        """What stands in the fields: what was typed, else what this report gave before."""
        return {name: kept.get(self.key(name), self._given(name)) for name in self.names}

    def _given(self, name: str) -> str:
        number = getattr(self.row, name) if self.row else None
        # As it is typed: a decimal comma, no dots between thousands to trip over.
        return "" if number is None else f"{number.normalize():f}".replace(".", ",")


AskedFigure = Asked | AskedMeasure


def asked_figures(
    report: Report, person: Person, today: dt.date, typed: Mapping[str, str] | None = None
) -> Sequence[AskedFigure]:
    """The figures that the report asks the person for: the KPI of its task, or the figures of the plan's indicators.

    `typed`: what is being typed now beside what the draft holds already, under the same keys.
    """
    return asked_measures(report, person) if report.task_id else asked_of_plan(report, person, today, typed)


def asked_of_plan(
    report: Report, person: Person, today: dt.date, typed: Mapping[str, str] | None = None
) -> list[Asked]:
    """The figures that a report on a plan as a whole asks the person for: of indicators that its unit owns in the plan,
    for the last periods that end by the end of the report's own, have begun by `today` and have no figure yet, or one
    from this very report. A report is written before its period is over, so those of the period before it are asked
    for too. A figure entered elsewhere while one was typed here is asked for with both.

    Empty for a report on a task. Two queries, however many there are.
    """
    if report.task_id is not None or report.round is None:
        return []
    own = Indicator.objects.filter(
        owner=report.unit_id, target__objective__plan=report.round.plan_id, target__objective__ended_in=None
    ).select_related("target__objective__plan", "owner", "agency")
    indicators = [i for i in own.order_by("target__order", "pk") if may_measure(i, person)]
    if not indicators:
        return []
    rows: dict[int, list[Measurement]] = {}
    for row in Measurement.objects.filter(indicator__in=indicators).select_related("entered_by"):
        rows.setdefault(row.indicator_id, []).append(row)
    told, kept = _period_of(report), report.figures | dict(typed or {})
    found: list[Asked] = []
    for indicator in indicators:
        due = [
            asked
            for period in occurrences(indicator.frequency, max(told.previous.start, indicator.starts_on), told.end)
            if period.end <= told.end and period.start <= min(today, indicator.due)
            if (asked := _asked(report, indicator, period, rows.get(indicator.pk, []), kept))
        ]
        found += due[-AT_ONCE:]
    return found


def _period_of(report: Report) -> Period:
    """What the report is about; where that is an event, the month in which it is due."""
    assert report.round is not None
    for written in (report.duty.period if report.duty else "", report.round.period):
        try:
            return Period.parse(written)
        except ValueError:
            continue
    return Period.of("month", report.round.due)


def _asked(
    report: Report, indicator: Indicator, period: Period, rows: list[Measurement], kept: Mapping[str, str]
) -> Asked | None:
    here = [row for row in rows if row.period == str(period)]
    mine = next((row for row in here if row.unit_id is None and row.report_id == report.pk), None)
    other = next((row for row in here if row.unit_id is None), here[0] if here else None) if not mine else None
    before = [row for row in rows if row.unit_id is None and Period.parse(row.period) < period]
    last = max(before, key=lambda row: Period.parse(row.period), default=None)
    goal = goal_of(indicator)
    asked = Asked(indicator, period, mine, last, expected_on(goal, min(period.end, goal.due)), other)
    return None if other and not any(asked.typed(kept).values()) else asked


def check_figure(asked: AskedFigure, typed: Mapping[str, str]) -> bool:
    """Whether there is a figure to take among what was typed. Raises `NotNow` with what is wrong with it.

    Nothing typed is fine: a figure that isn't known yet is entered on the target's page later. What was given before
    can be corrected, not emptied.
    """
    if isinstance(asked, AskedMeasure):
        return check_measure(asked, typed)
    if any(typed.values()):
        read_figures(asked.indicator, **typed)
        return True
    if asked.row:
        raise NotNow(_("Số của kỳ này đã ghi. Sửa thành số đúng, không bỏ trống được."))
    return False


def take_figures(report: Report, person: Person, today: dt.date, seen: Collection[str] = ()) -> None:
    """Make figures of what was typed in the report, all or none. Runs inside the handing in.

    `seen`: which figures entered elsewhere (`Asked.clash`) the person has seen and means to replace.

    Raises `WrongFigures` with a sentence under the key of each field that is wrong.
    """
    errors: dict[str, str] = {}
    measures = asked_measures(report, person)
    for measure in measures:
        try:
            check_measure(measure, measure.typed(report.figures))
        except NotNow as error:
            errors[measure.key("value")] = str(error)
    for asked in asked_of_plan(report, person, today):
        typed = asked.typed(report.figures)
        source = asked.row.source if asked.row else f"Báo cáo {_period_of(report).label}, {report.unit.name}"
        note = asked.row.note if asked.row else ""
        try:
            if check_figure(asked, typed) and not _stands_already(asked, typed):
                if asked.clash and asked.clash not in seen:
                    raise NotNow(_("Số này vừa có người ghi ở nơi khác. Xem cả hai số rồi nộp lại."))
                record_measurement(
                    asked.indicator,
                    person,
                    today,
                    period=asked.period,
                    source=source,
                    note=note,
                    report=report,
                    value=typed.get("value"),
                    numerator=typed.get("numerator"),
                    whole=typed.get("whole"),
                )
        except NotNow as error:
            errors[asked.key(asked.names[0])] = str(error)
    if errors:
        raise WrongFigures(errors)
    take_measures(report, person, today, measures)
    report.figures = {}


def _stands_already(asked: Asked, typed: Mapping[str, str]) -> bool:
    """Whether someone has entered the very same figure elsewhere meanwhile: it stays theirs."""
    if asked.other is None or asked.other.unit_id is not None:
        return False
    wanted = read_figures(asked.indicator, **typed)
    return all(getattr(asked.other, name) == number for name, number in wanted.items())


def take_back_figures(report: Report, person: Person) -> None:
    """Take back what the report gave, which is being withdrawn: a figure that was there before stands again; one that
    was entered since by someone else is left. What was typed is kept with the draft. Runs inside the withdrawing."""
    typed = take_back_measures(report, person)
    rows = Measurement.objects.filter(report=report).select_related("indicator").order_by("indicator", "period")
    for row in rows:
        indicator = locked(row.indicator)
        entries = list(ledger.history_of(row)[:LOOKED_BACK])
        ours = list(takewhile(lambda entry: entry.data.get("report") == report.pk, entries))
        if not ours:
            continue
        numbers = {name: getattr(row, name) for name in ("numerator", "whole") if row.whole is not None}
        for name, number in (numbers or {"value": row.value}).items():
            typed[f"{indicator.pk}-{row.period}-{name}"] = f"{number.normalize():f}".replace(".", ",")
        _put_back(row, ours[-1].data.get("before"), entries[len(ours) :], person)
        forecast_after_figure(indicator)
    report.figures = typed


def _put_back(row: Measurement, before: Mapping[str, str] | None, earlier: Sequence[Entry], person: Person) -> None:
    said = {"indicator": row.indicator_id, "target": str(row.indicator)[:200], "period": row.period}
    changes = {"before": told(row), "now": dict(before or {})}
    ledger.record(person, "monitoring.measurement.withdrawn", row, **said, of_report=row.report_id, **changes)
    if before is None or not earlier:
        row.delete()
        return
    for name in ("value", "numerator", "whole"):
        setattr(row, name, Decimal(before[name]) if name in before else None)
    row.source, row.note = before.get("source", ""), before.get("note", "")
    row.report_id, row.entered_at = earlier[0].data.get("report"), earlier[0].at
    if earlier[0].actor_id:
        row.entered_by_id = earlier[0].actor_id
    row.save()
