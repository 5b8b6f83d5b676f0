"""Targets with figures and a large task, for the installation in which everything there can be is there."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Indicator
from sauro.monitoring.services.forecasts import make_forecast
from sauro.monitoring.services.works import (
    Kpi,
    Money,
    add_dependency,
    describe_large_task,
    save_budget,
    save_measures,
)
from sauro.plans.models import Plan
from sauro.testing import TODAY, TRADE, World, task_of
from sauro.vietnamese.periods import Period


def make_figures(world: World, plan: Plan) -> dict[str, Any]:
    """A target owned by the trade unit with a year of figures and its forecast, a share with two figures, and a large
    task; returns the keys of both targets."""
    rise, share = Indicator.objects.filter(agency=world.agency, target__objective__ended_in=None).order_by("pk")[:2]
    monitoring.set_up_indicator(rise, world.chi, {"owner": world.units[TRADE]})
    period = Period("month", 2026, 10)
    for i in range(12):
        monitoring.record_measurement(rise, world.an, TODAY, period=period, value=250 - 11 * i, source="Sàn TMĐT")
        period = period.previous
    make_forecast(rise, TODAY)
    monitoring.set_up_indicator(share, world.chi, {"kind": "share"})
    for month in (9, 10):
        monitoring.record_measurement(share, world.chi, TODAY, period=f"2026-{month:02}", numerator=month, whole=60)
    task = task_of(plan, "1.1")
    describe_large_task(task, world.chi, TODAY, {"initiative": "Sàn hàng Việt của tỉnh", "problem": "Hàng khó bán"})
    save_budget(task, world.chi, [Money("2026-Q2", "Ngân sách tỉnh", Decimal(350), Decimal("212.5"))])
    save_measures(task, world.chi, TODAY, [Kpi("Gian hàng", "gian", Decimal(40), Decimal(34))])
    add_dependency(task, task_of(plan, "2.2"), world.chi)
    return {"target": rise.target_id, "target share": share.target_id}
