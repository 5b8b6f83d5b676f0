"""The year's cycle: one click, or a plan that was issued; the wheel follows the tasks."""

from __future__ import annotations

import datetime as dt

import pytest

from sauro.monitoring.models import Duty
from sauro.plans.models import Plan, Task
from sauro.quality.models import YearCycle
from sauro.quality.services import year
from sauro.quality.services.errors import NotNow, Refused
from sauro.quality.wheel import AHEAD, DONE, DONE_LATE, LATE, RUNNING, done_of, state_of, wheel
from sauro.testing import TODAY, World

pytestmark = pytest.mark.django_db
EARLY = dt.date(2026, 1, 10)


def test_one_click_makes_the_plan_its_duties_and_the_wheel(agency_world: World) -> None:
    cycle = year.start_year(agency_world.agency, 2026, "so", agency_world.chi, EARLY)
    assert cycle.plan.tasks.count() == 8 and cycle.steps.count() == 8
    assert Duty.objects.filter(plan=cycle.plan, kind=Duty.Kind.FINISH).exists()
    arcs = wheel(cycle, 2026, EARLY)
    assert [a.content.number for a in arcs] == list(range(1, 9))
    assert arcs[0].state == RUNNING and arcs[7].state == AHEAD and done_of(arcs) == 0
    with pytest.raises(NotNow, match="đã có kế hoạch duy trì"):
        year.start_year(agency_world.agency, 2026, "so", agency_world.chi, EARLY)
    with pytest.raises(Refused):
        year.start_year(agency_world.agency, 2027, "so", agency_world.an, EARLY)


def test_a_plan_that_was_issued_is_taken_with_the_tasks_that_a_person_chose(
    agency_world: World, adopted_plan: Plan
) -> None:
    task = adopted_plan.tasks.order_by("order")[0]
    with pytest.raises(NotNow, match="ít nhất một"):
        year.take_as_cycle(adopted_plan, 2026, {}, agency_world.chi)
    with pytest.raises(NotNow, match="không phải của năm"):
        year.take_as_cycle(adopted_plan, 2031, {"1": task}, agency_world.chi)
    with pytest.raises(NotNow, match="chỉ ứng với một"):
        year.take_as_cycle(adopted_plan, 2026, {"1": task, "2": task}, agency_world.chi)
    cycle = year.take_as_cycle(adopted_plan, 2026, {"1": task}, agency_world.chi)
    arcs = wheel(cycle, 2026, TODAY)
    assert arcs[0].task == task and arcs[1].task is None and arcs[1].state == AHEAD
    assert YearCycle.objects.count() == 1


def test_the_contents_are_guessed_in_the_ready_plan_itself(agency_world: World) -> None:
    cycle = year.start_year(agency_world.agency, 2026, "so", agency_world.chi, EARLY)
    guessed = year.guess_steps(list(cycle.plan.tasks.all()))
    assert {key: task.ref for key, task in guessed.items()} == {str(n): str(n) for n in range(1, 9)}


@pytest.mark.parametrize(
    ("due", "done", "progress", "today", "state"),
    [
        ((2026, 3, 31), (2026, 3, 20), 100, (2026, 11, 23), DONE),
        ((2026, 3, 31), (2026, 4, 2), 100, (2026, 11, 23), DONE_LATE),
        ((2026, 3, 31), None, 40, (2026, 11, 23), LATE),
        ((2026, 12, 31), None, 0, (2026, 11, 23), AHEAD),
        ((2026, 12, 31), None, 10, (2026, 11, 23), RUNNING),
        (None, None, 0, (2026, 11, 23), RUNNING),
    ],
)
def test_a_content_stands_as_its_task_does(
    due: tuple[int, int, int] | None, done: tuple[int, int, int] | None, progress: int, today: tuple[int, int, int],
    state: str,
) -> None:  # fmt: skip
    task = Task(due=dt.date(*due) if due else None, completed_on=dt.date(*done) if done else None, progress=progress)
    starts = dt.date(2026, 12, 1) if due == (2026, 12, 31) else dt.date(2026, 1, 1)
    assert state_of(starts, dt.date(2026, 12, 31), task, dt.date(*today)) == state
