"""A nonconformity raised from a target that is off track (TCVN ISO 9001:2015, 9.1.3, 10.2.1)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.monitoring.measured import measured
from sauro.monitoring.models import Indicator
from sauro.monitoring.targets import Standing
from sauro.organization.models import Agency, Person, Unit
from sauro.quality.models import Nonconformity
from sauro.quality.nonconformity_lattice import ALIVE
from sauro.quality.services.errors import NotNow
from sauro.quality.services.nonconformity import raise_nonconformity
from sauro.writing.text import number_vi

State, Source, Grade = Nonconformity.State, Nonconformity.Source, Nonconformity.Grade


@transaction.atomic
def raise_from_indicator(
    indicator: Indicator,
    person: Person,
    today: dt.date,
    *,
    unit: Unit | None = None,
    title: str = "",
    text: str = "",
    grade: str = Grade.MINOR,
) -> Nonconformity:
    """Write down that a target is off track, in the words of its figures where none are given (9.1.3, 10.2.1).

    `unit`: who has to act; the owner of the figures where not given. Raises `NotNow` where the target keeps its pace,
    where one for it is open already, where no unit owns it; `Refused`.
    """
    known = why_no_indicator(indicator, today)
    if known:
        raise NotNow(known)
    unit = unit or indicator.owner
    if unit is None:
        raise NotNow(_("Chỉ tiêu này chưa có đơn vị chịu trách nhiệm số liệu. Chọn đơn vị phải xử lý."))
    return raise_nonconformity(
        Agency.objects.get(pk=indicator.agency_id), person, today, source=Source.INDICATOR, unit=unit, grade=grade,
        title=title or _("Chỉ tiêu không đạt nhịp: %(what)s") % {"what": indicator.target.indicator},
        text=text or words_of_indicator(indicator, today), clause="9.1.3", indicator=indicator,
    )  # fmt: skip


def why_no_indicator(indicator: Indicator, today: dt.date) -> str:
    """Why no nonconformity can be raised from the target now, in a sentence; empty where one can."""
    open_one = Nonconformity.objects.filter(indicator=indicator, state__in=ALIVE).first()
    if open_one:
        return _("Chỉ tiêu này đang có %(what)s chưa đóng. Xử lý ở đó.") % {"what": open_one.code}
    if measured([indicator], today)[indicator.pk].standing != Standing.OFF_TRACK:
        return _("Chỉ tiêu này không chệch nhịp nên không ghi nhận được sự không phù hợp từ số liệu.")
    return ""


def words_of_indicator(indicator: Indicator, today: dt.date) -> str:
    """What the figures of a target say, as the evidence of a nonconformity."""
    seen = measured([indicator], today)[indicator.pk]
    unit = f" {indicator.unit_name}" if indicator.unit_name else ""
    parts = [_("Chỉ tiêu: %(what)s.") % {"what": indicator.target.indicator}]
    if seen.last:
        parts.append(
            _("Đến kỳ %(period)s đạt %(value)s%(unit)s, mức phải có là %(expected)s%(unit)s.")
            % {"period": seen.last.period.label, "value": number_vi(seen.last.reached),
               "expected": number_vi(seen.expected), "unit": unit}
        )  # fmt: skip
    return " ".join(parts)
