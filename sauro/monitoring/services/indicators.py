"""How a target is measured: proposed from its words when a plan is adopted, set right by a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.ledger.services import Act
from sauro.monitoring.models import Indicator
from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability, require
from sauro.plans.models import Plan, Target
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.periods import Period

Kind = Indicator.Kind
FIELDS = (
    "kind", "frequency", "cumulative", "unit_name", "start", "low", "high", "starts_on", "due", "curve", "owner",
)  # fmt: skip


def proposed(target: Target) -> Indicator:
    """How a target would be measured, by its own words; not saved.

    A per cent is a share, a count rises to its end, a maximum is kept under, a range is kept within. A growth or a cut
    against a base year ("tăng 15 – 17% so với năm 2025") is measured as that growth or cut, at least its lower end.
    Owner, start and whether figures add up are not in a document: a person says.
    """
    low, high = target.low, target.high
    starts_on, due = _span(target)
    kind = _kind(target)
    if kind == Kind.AT_MOST:
        low, high = None, high if high is not None else low
    elif kind != Kind.BAND:
        low, high = low if low is not None else high, None
    return Indicator(
        agency_id=target.agency_id,
        target=target,
        kind=kind,
        unit_name=target.unit,
        low=low,
        high=high,
        starts_on=starts_on,
        due=due,
    )


def _kind(target: Target) -> Indicator.Kind:
    compared = Target.Comparator(target.comparator)
    if target.direction:
        return Kind.AT_LEAST
    if compared in (Target.Comparator.AT_MOST, Target.Comparator.LESS):
        return Kind.AT_MOST
    if compared == Target.Comparator.RANGE and target.low is not None and target.high is not None:
        return Kind.BAND
    if target.unit.startswith("%"):
        return Kind.SHARE
    if compared == Target.Comparator.EQUAL and target.low == 1 and not target.unit:
        return Kind.DONE
    return Kind.RISE


def _span(target: Target) -> tuple[dt.date, dt.date]:
    """First and last day: of the target's own period where that can be read, else of the plan."""
    plan = target.objective.plan
    try:
        period = Period.parse(target.period)
    except ValueError:
        return plan.starts_on, plan.ends_on
    return min(period.start, max(plan.starts_on, dt.date(period.year, 1, 1))), period.end


def propose_indicators(plan: Plan) -> list[Indicator]:
    """Propose how each target of a plan in force that has no set-up yet is measured. Runs inside the adoption."""
    lacking = (
        Target.objects.filter(objective__plan=plan, objective__ended_in=None, indicator_set_up=None)
        .select_related("objective__plan")
        .order_by("pk")
    )
    return _save_proposals(lacking)


def propose_missing(agency_id: int) -> int:
    """Propose for every target of the agency without a set-up, such as those adopted before there were any."""
    lacking = (
        Target.objects.filter(agency=agency_id, objective__ended_in=None, indicator_set_up=None)
        .select_related("objective__plan")
        .order_by("pk")
    )
    with transaction.atomic():
        return len(_save_proposals(lacking))


def _save_proposals(targets: Iterable[Target]) -> list[Indicator]:
    made = Indicator.objects.bulk_create([proposed(target) for target in targets])
    if made:
        ledger.record_many(None, [Act("monitoring.indicator.proposed", i, {"kind": i.kind}) for i in made])
    return made


@transaction.atomic
def set_up_indicator(indicator: Indicator, actor: Person, changes: Mapping[str, Any]) -> Indicator:
    """Say how a target is measured. `changes`: any of `FIELDS`; levels are `Decimal` or None in the target's unit,
    `curve` {period: level}, `owner` a unit of the agency or None.

    Raises `NotNow` with what doesn't fit together, `Refused` where the person may not.
    """
    indicator = locked(indicator)
    require(actor, Capability.SET_UP_TARGETS, indicator)
    before = {}
    for name in FIELDS:
        if name in changes and getattr(indicator, name) != changes[name]:
            before[name] = [_said(getattr(indicator, name)), _said(changes[name])]
            setattr(indicator, name, changes[name])
    if not before:
        return indicator
    _check(indicator, before)
    indicator.curve = _said(indicator.curve)
    indicator.save()
    ledger.record(actor, "monitoring.indicator.set_up", indicator, changes=before)
    return indicator


def locked(indicator: Indicator) -> Indicator:
    """The indicator as it stands now, locked until the transaction ends."""
    rows: QuerySet[Indicator] = Indicator.objects.select_for_update(of=("self",))
    return rows.select_related("target__objective__plan", "owner", "agency").get(pk=indicator.pk)


def _said(value: Any) -> Any:
    if isinstance(value, Unit):
        return value.name
    if isinstance(value, dict):
        return {k: _said(v) for k, v in value.items()}
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _check(indicator: Indicator, changed: Mapping[str, Any]) -> None:
    low, high, kind = indicator.low, indicator.high, Kind(indicator.kind)
    if indicator.due < indicator.starts_on:
        raise NotNow(_("Ngày phải đạt không được trước ngày bắt đầu đo."))
    if kind == Kind.BAND and (low is None or high is None):
        raise NotNow(_("Giữ trong khoảng thì ghi cả mức thấp và mức cao."))
    if low is None and high is None:
        raise NotNow(_("Ghi mức phải đạt."))
    if low is not None and high is not None and high < low:
        raise NotNow(_("Mức cao không được nhỏ hơn mức thấp."))
    if kind in (Kind.FALL, Kind.AT_MOST) and high is None:
        raise NotNow(_("Chỉ tiêu giảm hoặc không cao hơn thì ghi mức cao không vượt."))
    if kind in (Kind.RISE, Kind.AT_LEAST) and low is None:
        raise NotNow(_("Chỉ tiêu tăng hoặc không thấp hơn thì ghi mức thấp phải đạt."))
    if kind == Kind.FALL and indicator.start is None:
        raise NotNow(_("Chỉ tiêu giảm từ mức đầu thì ghi mức đầu."))
    if kind in (Kind.RISE, Kind.FALL) and indicator.start is not None:
        end = low if kind == Kind.RISE else high
        assert end is not None
        if (end < indicator.start) == (kind == Kind.RISE) and end != indicator.start:
            raise NotNow(_("Mức đầu và mức phải đạt trái chiều với loại chỉ tiêu. Sửa mức, hoặc chọn loại khác."))
    if indicator.owner and indicator.owner.agency_id != indicator.agency_id:
        raise NotNow(_("Chọn đơn vị của cơ quan này."))
    for written in indicator.curve:
        _check_curve(indicator, written)
    count = indicator.measurements.count() if "frequency" in changed else 0
    if count:
        raise NotNow(_("Đã có %(n)d số liệu theo kỳ cũ, nên không đổi được bao lâu có số liệu một lần.") % {"n": count})


def _check_curve(indicator: Indicator, written: str) -> None:
    period = read_period(written)
    if period.end < indicator.starts_on or period.start > indicator.due:
        raise NotNow(_("%(period)s nằm ngoài thời gian của chỉ tiêu.") % {"period": period.label})


def read_period(written: str) -> Period:
    """The period written as `Period` writes it. Raises `NotNow` with how to write one."""
    try:
        return Period.parse(written)
    except ValueError:
        raise NotNow(
            _("Không hiểu kỳ “%(typed)s”. Viết như 2026-11, 2026-Q4, 2026-H2 hoặc 2026.") % {"typed": written.strip()}
        ) from None
