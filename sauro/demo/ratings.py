"""Ratings of the year's objectives: every month that is over is rated and signed off, the running one is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sauro.demo.life import Life, clock
from sauro.monitoring import ratings
from sauro.plans.models import Plan
from sauro.vietnamese.periods import occurrences

NOTE = "Tập thể đã khắc phục trong tháng, giữ mức Trung bình."


def rate_the_year(life: Life, plans: Sequence[Plan]) -> None:
    """The secretary rates at the beginning of the next month, the director signs two days later."""
    secretary, director = life.people["chi"], life.people["nguyet"]
    for plan in plans:
        objectives = list(plan.objectives.filter(ended_in=None).select_related("plan").order_by("order"))
        for month in occurrences("month", plan.starts_on, min(plan.ends_on, life.today)):
            rated_on, signed_on = month.end + dt.timedelta(days=3), month.end + dt.timedelta(days=5)
            if signed_on > life.today or not objectives:
                break
            facts = ratings.facts_by_month(plan, objectives, [month], rated_on)
            with clock(rated_on):
                for objective in objectives:
                    level = ratings.suggest(facts[objective.pk, str(month)]).level or "good"
                    # A person may see it otherwise than the rule does, and says why.
                    milder = level == "poor" and month.index % 2 == 0
                    decided, note = ("fair", NOTE) if milder else (level, "")
                    ratings.rate(objective, month, decided, secretary, rated_on, note=note)
            with clock(signed_on):
                ratings.sign_month(plan, month, director, signed_on)
