"""Early warnings: each rule as a table, and the queries against the rules."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from sauro.monitoring import services as monitoring
from sauro.monitoring.models import WarningRule
from sauro.monitoring.services import works
from sauro.monitoring.targets import Facts, Goal
from sauro.monitoring.targets import Kind as TargetKind
from sauro.monitoring.warnings import OF_TASKS, TaskFacts, target_warns, task_warns, warned_tasks
from sauro.plans.models import Plan, Task
from sauro.testing import TODAY, World, task_of

Kind = WarningRule.Kind


def rule(kind: str, days: int | None = None, percent: int | None = None, periods: int | None = None) -> WarningRule:
    return WarningRule(kind=kind, days=days, percent=percent, periods=periods)


def in_days(n: int) -> dt.date:
    return TODAY + dt.timedelta(days=n)


BEHIND, UNCLEAR, BLOCKED = rule(Kind.BEHIND, 30, 50), rule(Kind.UNCLEAR, 14), rule(Kind.BLOCKED, 60)


@pytest.mark.parametrize(
    ("asked", "facts", "warns"),
    [
        (BEHIND, TaskFacts(in_days(30), progress=49), True),
        (BEHIND, TaskFacts(in_days(31), progress=49), False),
        (BEHIND, TaskFacts(in_days(30), progress=50), False),
        (BEHIND, TaskFacts(TODAY, progress=0), True),
        (BEHIND, TaskFacts(in_days(-1), progress=0), False),
        (BEHIND, TaskFacts(None, progress=0), False),
        (BEHIND, TaskFacts(in_days(3), completed=True, progress=0), False),
        (UNCLEAR, TaskFacts(in_days(14), named=False), True),
        (UNCLEAR, TaskFacts(in_days(15), named=False), False),
        (UNCLEAR, TaskFacts(in_days(14), named=True), False),
        (BLOCKED, TaskFacts(in_days(60), waits_for_late=1), True),
        (BLOCKED, TaskFacts(in_days(60), waits_for_late=0), False),
        (BLOCKED, TaskFacts(in_days(61), waits_for_late=1), False),
        (rule(Kind.UNPROVED), TaskFacts(in_days(-9), completed=True, unproved=True), True),
        (rule(Kind.UNPROVED), TaskFacts(in_days(-9), completed=True), False),
        (rule(Kind.UNPROVED), TaskFacts(in_days(-9), unproved=True), False),
        (rule(Kind.SILENT, periods=2), TaskFacts(TODAY), False),
    ],
)
def test_a_rule_warns_of_a_task_by_its_facts(asked: WarningRule, facts: TaskFacts, warns: bool) -> None:
    assert task_warns(asked, facts, TODAY) is warns


GOAL = Goal(TargetKind.RISE, Decimal(300), None, dt.date(2026, 1, 1), dt.date(2026, 12, 31), Decimal(0))
SILENT, FORECAST = rule(Kind.SILENT, periods=2), rule(Kind.FORECAST)


@pytest.mark.parametrize(
    ("asked", "reached", "reached_on", "foreseen", "warns"),
    [
        (SILENT, Decimal(100), dt.date(2026, 8, 31), None, True),
        (SILENT, Decimal(100), dt.date(2026, 9, 30), None, False),
        (SILENT, None, None, None, True),
        (SILENT, Decimal(300), dt.date(2026, 3, 31), None, False),
        (FORECAST, Decimal(200), dt.date(2026, 10, 31), Decimal(299), True),
        (FORECAST, Decimal(200), dt.date(2026, 10, 31), Decimal(300), False),
        (FORECAST, Decimal(200), dt.date(2026, 10, 31), None, False),
        (BEHIND, Decimal(0), dt.date(2026, 1, 31), Decimal(1), False),
    ],
)
def test_a_rule_warns_of_a_target_by_its_facts(
    asked: WarningRule, reached: Decimal | None, reached_on: dt.date | None, foreseen: Decimal | None, warns: bool
) -> None:
    assert target_warns(asked, Facts(GOAL, reached, reached_on), foreseen, TODAY) is warns


def test_a_target_whose_day_has_passed_warns_of_nothing() -> None:
    assert not target_warns(SILENT, Facts(GOAL, None, None), None, dt.date(2027, 1, 1))


@pytest.mark.django_db
def test_the_queries_find_what_the_rules_warn_of(adopted_plan: Plan, agency_world: World) -> None:
    late, coming = task_of(adopted_plan, "1.1"), task_of(adopted_plan, "1.2")
    works.add_dependency(coming, late, agency_world.chi)
    proved = Task.objects.get(pk=task_of(adopted_plan, "2.2").pk)
    Task.objects.filter(pk=proved.pk).update(completed_on=TODAY)
    found = {}
    for asked in monitoring.warning_rules_of(agency_world.agency):
        if asked.kind in (Kind.BEHIND, Kind.UNCLEAR):
            asked.days, asked.percent = 40, 50
        if asked.kind in OF_TASKS:
            found[asked.kind] = set(warned_tasks(agency_world.agency, asked, TODAY))
            by_rule = set()
            for task in Task.objects.filter(agency=agency_world.agency):
                facts = TaskFacts(
                    task.due,
                    task.completed_on is not None,
                    task.progress,
                    task.accountable_id is not None,
                    sum(w.on.due is not None and w.on.due < TODAY for w in task.waits_for.select_related("on")),
                    task.products.exists(),
                )
                by_rule |= {task} if task_warns(asked, facts, TODAY) else set()
            assert found[asked.kind] == by_rule
    assert found == {
        Kind.BEHIND: {coming},
        Kind.BLOCKED: {coming},
        Kind.UNCLEAR: {coming},
        Kind.UNPROVED: {proved},
    }


@pytest.mark.django_db
def test_a_rule_that_is_switched_off_finds_nothing(adopted_plan: Plan, agency_world: World) -> None:
    asked = next(r for r in monitoring.warning_rules_of(agency_world.agency) if r.kind == Kind.BEHIND)
    asked.days = 40
    assert warned_tasks(agency_world.agency, asked, TODAY).exists()
    asked.enabled = False
    assert not warned_tasks(agency_world.agency, asked, TODAY).exists()
