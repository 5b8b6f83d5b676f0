"""Figures of indicators: entered period by period, corrected with their history kept in the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.monitoring.models import Evidence, Indicator, Measurement, Report
from sauro.monitoring.periods import period_words
from sauro.monitoring.services.forecasts import forecast_after_figure
from sauro.monitoring.services.indicators import locked, read_period
from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability, Refused, allows, holders, require
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.numbers import parse_number
from sauro.vietnamese.periods import Period

_STEP = Decimal("0.000001")
_MOST = Decimal(10) ** 17
Number = Decimal | int | str


def read_number(typed: Number | None) -> Decimal | None:
    """A figure as typed in Vietnamese ("7.882", "8,5", "−3"), or as a number; None for nothing.

    Raises `NotNow` with a sentence for what is no number.
    """
    if typed is None or isinstance(typed, Decimal | int):
        number = Decimal(typed) if typed is not None else None
    else:
        text = typed.strip().replace("\u2212", "-")
        if not text:
            return None
        negative = text.startswith("-")
        number = parse_number(text.removeprefix("-"))
        if number is None:
            raise NotNow(_("“%(typed)s” không phải là số. Viết như 7.882 hoặc 8,5.") % {"typed": typed.strip()})
        number = -number if negative else number
    if number is not None and abs(number) >= _MOST:
        raise NotNow(_("Số quá lớn. Ghi theo đơn vị lớn hơn, ví dụ tỷ đồng."))
    return number.quantize(_STEP, ROUND_HALF_UP) if number is not None else None


def may_measure(indicator: Indicator, person: Person) -> bool:
    """Whether the person may enter figures of the indicator; for showing forms."""
    return allows(person, Capability.MEASURE, indicator)


@transaction.atomic
def record_measurement(
    indicator: Indicator,
    actor: Person,
    today: dt.date,
    *,
    period: Period | str,
    value: Number | None = None,
    numerator: Number | None = None,
    whole: Number | None = None,
    unit: Unit | None = None,
    source: str = "",
    note: str = "",
    report: Report | None = None,
    evidence: Evidence | None = None,
) -> Measurement:
    """Enter or correct the figure of one period, for the whole agency or one `unit` of it.

    Numbers as `read_number` takes them, in the indicator's unit; a share takes `numerator` and `whole`, or the per cent
    as `value`; done or not is 1 or 0. The same figure again changes nothing. A correction keeps what was there before
    in the ledger. Figures from before the target's time are taken too: a forecast learns from them, and is made anew in
    the background.

    Raises `NotNow` (period that doesn't fit or hasn't begun, no number, impossible share), `Refused`.
    """
    indicator = locked(indicator)
    _require(actor, indicator)
    fitting = _fitting(indicator, period, today)
    figures = read_figures(indicator, value, numerator, whole)
    if unit is not None and unit.agency_id != indicator.agency_id:
        raise NotNow(_("Chọn đơn vị của cơ quan này."))
    for proof in (report, evidence):
        if proof is not None and proof.agency_id != indicator.agency_id:
            raise NotNow(_("Báo cáo, minh chứng phải của cơ quan này."))
    row = indicator.measurements.filter(period=str(fitting), unit=unit).first()
    fresh: dict[str, Any] = {**figures, "source": source.strip()[:300], "note": note.strip()}
    fresh |= {name: given for name, given in (("report", report), ("evidence", evidence)) if given is not None}
    if row is not None and all(getattr(row, name) == wanted for name, wanted in fresh.items()):
        return row
    before = told(row) if row else None
    if row is None:
        row = Measurement(agency_id=indicator.agency_id, indicator=indicator, unit=unit, period=str(fitting))
    for name, wanted in fresh.items():
        setattr(row, name, wanted)
    row.entered_by, row.entered_at = actor, timezone.now()
    row.save()
    verb = "monitoring.measurement.corrected" if before else "monitoring.measurement.recorded"
    said = {"indicator": indicator.pk, "target": str(indicator)[:200], "period": str(fitting)}
    changes = {"before": before, "now": told(row)} if before else {"now": told(row)}
    if report is not None:
        said["report"] = report.pk
    ledger.record(actor, verb, row, **said, unit=unit.name if unit else "", **changes)
    forecast_after_figure(indicator)
    return row


class WrongFigures(NotNow):
    """Of several figures some can't be taken, so none was: `errors` {period: sentence}."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(_("%(n)d số liệu chưa ghi được, nên chưa ghi số nào.") % {"n": len(errors)})
        self.errors = errors


@transaction.atomic
def record_measurements(
    indicator: Indicator, actor: Person, today: dt.date, lines: Mapping[str, Mapping[str, Any]]
) -> int:
    """Enter the figures of several periods at once, all or none. `lines`: {period: arguments of `record_measurement`}.

    Returns how many were new or changed. Raises `WrongFigures` with a sentence for each wrong period, `Refused`.
    """
    errors: dict[str, str] = {}
    rows = []
    began = timezone.now()
    for period, given in lines.items():
        try:
            rows.append(record_measurement(indicator, actor, today, period=period, **given))
        except NotNow as error:
            errors[period] = str(error)
    if errors:
        raise WrongFigures(errors)
    return sum(row.entered_at >= began for row in rows)


def _require(actor: Person, indicator: Indicator) -> None:
    if indicator.owner is None and not allows(actor, Capability.MEASURE, indicator):
        who = holders(Capability.SET_UP_TARGETS, indicator)
        raise Refused(
            _("Chỉ tiêu này chưa có đơn vị chịu trách nhiệm số liệu. Người đặt được đơn vị: %(who)s.") % {"who": who}
        )
    require(actor, Capability.MEASURE, indicator)


def _fitting(indicator: Indicator, period: Period | str, today: dt.date) -> Period:
    found = period if isinstance(period, Period) else read_period(period)
    if found.kind != indicator.frequency:
        every = Indicator.Frequency(indicator.frequency).label.lower()
        raise NotNow(
            _("Số liệu của chỉ tiêu này có %(every)s, không theo kỳ %(period)s.")
            % {"every": every, "period": period_words(found)}
        )
    if found.start > today:
        raise NotNow(_("%(period)s chưa bắt đầu, chưa thể có số liệu.") % {"period": period_words(found)})
    if found.start > indicator.due:
        raise NotNow(
            _("%(period)s sau ngày phải đạt %(day)s của chỉ tiêu.")
            % {"period": period_words(found), "day": f"{indicator.due:%d/%m/%Y}"}
        )
    return found


def read_figures(
    indicator: Indicator, value: Number | None = None, numerator: Number | None = None, whole: Number | None = None
) -> dict[str, Decimal | None]:
    """The numbers to keep for one figure of the indicator, in its unit. Raises `NotNow` with what doesn't fit."""
    number, part, of = read_number(value), read_number(numerator), read_number(whole)
    if indicator.kind != Indicator.Kind.SHARE:
        if part is not None or of is not None:
            raise NotNow(_("Chỉ tiêu này không phải tỷ lệ: ghi một số, không ghi số đạt và tổng số."))
    elif (part is None) != (of is None):
        raise NotNow(_("Ghi cả số đạt và tổng số, hoặc chỉ ghi tỷ lệ phần trăm."))
    elif part is not None and of is not None:
        if of <= 0:
            raise NotNow(_("Tổng số phải lớn hơn 0. Kỳ không có gì để đếm thì để trống."))
        if not 0 <= part <= of:
            raise NotNow(_("Số đạt phải từ 0 đến tổng số."))
        return {"value": (100 * part / of).quantize(_STEP, ROUND_HALF_UP), "numerator": part, "whole": of}
    if number is None:
        raise NotNow(_("Ghi số liệu."))
    if indicator.kind == Indicator.Kind.SHARE and not 0 <= number <= 100:
        raise NotNow(_("Tỷ lệ phải từ 0 đến 100%."))
    if indicator.kind == Indicator.Kind.DONE and number not in (0, 1):
        raise NotNow(_("Ghi 1 khi đã làm, 0 khi chưa."))
    return {"value": number, "numerator": None, "whole": None}


def told(row: Measurement) -> dict[str, Any]:
    """A figure as the ledger keeps it."""
    numbers = {name: getattr(row, name) for name in ("value", "numerator", "whole")}
    kept: dict[str, Any] = {name: f"{n.normalize():f}" for name, n in numbers.items() if n is not None}
    return kept | {name: getattr(row, name) for name in ("source", "note") if getattr(row, name)}
