"""The year's maintenance plan, issued and adopted, is taken as the cycle of the quality system."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sauro.plans.models import Plan
from sauro.quality.services import clauses, year

CLIMATE = "Mưa lũ làm gián đoạn Bộ phận Một cửa hai lần trong ba năm; đưa vào đăng ký rủi ro."


def make(life: Any) -> None:
    """Take the plan, judge on climate change, leave out design and development."""
    chi, boss = life.people["chi"], life.people["nguyet"]
    plans = Plan.objects.filter(agency=life.agency, unit=None)
    plan = max(plans, key=lambda p: len(year.guess_steps(list(p.tasks.in_force().of_the_plan()))))
    begun = max(dt.date(life.today.year, 1, 15), plan.starts_on)
    with life.at(min(life.today, begun)):
        steps = year.guess_steps(list(plan.tasks.in_force().of_the_plan()))
        year.take_as_cycle(plan, plan.starts_on.year, steps, chi)
        clauses.judge_climate(life.agency, plan.starts_on.year, chi, begun, answer="yes", reason=CLIMATE)
        clauses.set_applicability(
            life.agency, "8.3", boss, begun, applies=False,
            justification="Sở thực hiện thủ tục theo quy định có sẵn, không thiết kế dịch vụ mới.",
        )  # fmt: skip
