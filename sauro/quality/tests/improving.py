"""Nonconformities and risks for the tests, brought where a test wants them by the services alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sauro.plans.models import Plan
from sauro.quality.models import Nonconformity, QualityAction, Risk, YearCycle
from sauro.quality.services import correcting, effect, nonconformity, risks
from sauro.testing import TODAY, TRADE, World

DUE = dt.date(2026, 12, 15)


def year_of(world: World, plan: Plan) -> YearCycle:
    """The year's cycle, so that actions have a plan."""
    return YearCycle.objects.create(agency=world.agency, year=2026, plan=plan)


def raised(world: World, **said: Any) -> Nonconformity:
    """One in the unit of `an` and `binh`."""
    values = {
        "source": "work", "title": "Còn dùng biểu mẫu cũ", "text": "3 phiếu tháng 10 theo mẫu đã bãi bỏ",
        "unit": world.units[TRADE], "clause": "7.5.3", **said,
    }  # fmt: skip
    person = values.pop("by", world.an)
    return nonconformity.raise_nonconformity(world.agency, person, values.pop("on", TODAY), **values)


def analysed(world: World, *, days: int = 0, **said: Any) -> Nonconformity:
    """Corrected, with its cause; no action yet."""
    found = raised(world, **said)
    correcting.correct(found, world.binh, TODAY, correction="Thu hồi mẫu cũ")
    return correcting.analyse(found, world.binh, TODAY, cause="Không ai báo có mẫu mới", check_after_days=days)


def acting(world: World, **said: Any) -> tuple[Nonconformity, QualityAction]:
    """With one action that is open; needs the year's cycle."""
    found = analysed(world, **said)
    action = correcting.order(
        found, world.binh, TODAY, title="Báo mẫu mới cho mọi người", unit=world.units[TRADE], due=DUE,
        accountable=world.an,
    )  # fmt: skip
    found.refresh_from_db()
    return found, action


def finish(action: QualityAction, on: dt.date = TODAY) -> None:
    """The task is done, as its head would say."""
    action.task.completed_on = on
    action.task.save(update_fields=["completed_on"])


def acted(world: World, **said: Any) -> Nonconformity:
    """With its only action done."""
    found, action = acting(world, **said)
    finish(action)
    return found


def closed(world: World, **said: Any) -> Nonconformity:
    """From raised to closed."""
    found = acted(world, **said)
    effect.judge(found, world.hoa, TODAY, effective=True, note="Không còn mẫu cũ")
    return effect.close(found, world.chi, TODAY)


def a_risk(world: World, **said: Any) -> Risk:
    """A risk of the unit of `an` and `binh`, medium."""
    values = {"kind": "risk", "title": "Trễ hạn hồ sơ khi nhiều người nghỉ", "unit": world.units[TRADE],
              "likelihood": 3, "severity": 3, **said}  # fmt: skip
    return risks.identify(world.agency, values.pop("by", world.binh), values.pop("on", TODAY), **values)
