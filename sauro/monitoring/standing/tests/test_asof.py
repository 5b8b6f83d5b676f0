"""Counts as of a past day agree with a slow replay of what happened, day by day."""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Duty
from sauro.monitoring.standing import (
    AsOf,
    count,
    count_by,
    count_reports,
    of_group,
    of_person,
    of_plan,
    of_unit,
    overview,
)
from sauro.plans.models import DueChange, Task
from sauro.plans.services.errors import NotNow
from sauro.plans.standing import Cell, FourCells
from sauro.reading.draft import DraftTask, Schedule
from sauro.testing import INDUSTRY, OFFICE, TODAY, TRADE, make_reading, small_draft, task_of
from sauro.vietnamese.periods import Period

START = dt.date(2026, 2, 1)
DAYS = st.integers(0, 60).map(lambda n: START + dt.timedelta(days=n))
DUES = st.one_of(st.none(), DAYS)


def schedule(due: dt.date | None) -> Schedule:
    return Schedule("deadline", due) if due else Schedule("continuous")


@dataclass
class Known:
    """What the oracle knows of one task: every event with its day, in order."""

    unit: str
    events: list[tuple[dt.date, str, dt.date | None]]

    def cell(self, on: dt.date, *, original: bool) -> Cell | None:
        """Replays the events up to the day; None where the task isn't in force then."""
        there, due, first, done = False, None, None, None
        for day, kind, value in self.events:
            if kind == "done":
                done = value
            if day > on:
                continue
            if kind == "given":
                there = True
            if kind == "ended":
                there = False
            if kind in ("given", "moved"):
                due = value
                first = first or value
        if not there:
            return None
        judged = first if original else due
        if done is not None and done <= on:
            return Cell.DONE_LATE if judged and done > judged else Cell.DONE_ON_TIME
        if judged is None:
            return Cell.CONTINUOUS
        return Cell.OPEN_OVERDUE if judged < on else Cell.OPEN_IN_TIME


def tally(cells: list[Cell | None]) -> FourCells:
    return FourCells(**{c.value: sum(x == c for x in cells) for c in Cell})


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(data=st.data())
def test_counts_of_any_day_agree_with_a_replay(agency_world, data):
    chi, units = agency_world.chi, [TRADE, INDUSTRY, OFFICE]
    draft = small_draft()
    draft.reporting_duties, draft.tasks = [], []
    known: dict[str, Known] = {}

    def add(day: dt.date) -> None:
        name, unit, due = f"Việc số {len(known)}", data.draw(st.sampled_from(units)), data.draw(DUES)
        draft.tasks.append(DraftTask(str(len(known)), name, None, [unit], schedule=schedule(due)))
        known[name] = Known(unit, [(day, "given", due)])

    adopted = data.draw(DAYS)
    for _ in range(data.draw(st.integers(1, 4))):
        add(adopted)
    plan = monitoring.adopt(make_reading(agency_world, copy.deepcopy(draft)), chi, adopted)
    for day in sorted(data.draw(st.lists(DAYS.filter(lambda d: d >= adopted), max_size=4))):
        before = {k: list(v.events) for k, v in known.items()}
        for task in list(draft.tasks):
            what = data.draw(st.sampled_from(["keep", "keep", "move", "end"]))
            due = data.draw(DUES)
            if what == "move" and schedule(due) != task.schedule:
                task.schedule = schedule(due)
                known[task.title].events.append((day, "moved", due))
            if what == "end" and len(draft.tasks) > 1:
                draft.tasks.remove(task)
                known[task.title].events.append((day, "ended", None))
        if data.draw(st.booleans()):
            add(day)
        if {k: v.events for k, v in known.items()} != before:
            reading = make_reading(agency_world, copy.deepcopy(draft))
            monitoring.amend(plan, reading, chi, day, whole=True)
            plan.refresh_from_db()
    for name, one in known.items():
        if (done := data.draw(DUES)) and done >= one.events[0][0]:
            Task.objects.filter(plan=plan, title=name).update(completed_on=done)
            one.events.append((one.events[0][0], "done", done))
    tasks = Task.objects.filter(plan=plan)
    for on in data.draw(st.lists(DAYS, min_size=1, max_size=4)):
        for original in (False, True):
            asked = AsOf(on, original)
            expected = tally([k.cell(on, original=original) for k in known.values()])
            assert count(tasks, asked) == expected == of_plan(plan, asked)
            by_unit = count_by(tasks, asked, "lead_unit__name")
            for unit in units:
                mine = tally([k.cell(on, original=original) for k in known.values() if k.unit == unit])
                assert by_unit.get(unit, FourCells()) == mine


def test_a_moved_deadline_hides_nothing(adopted_plan, agency_world):
    later = small_draft()
    later.tasks[0].schedule = Schedule("deadline", dt.date(2026, 12, 30))
    monitoring.amend(adopted_plan, make_reading(agency_world, later), agency_world.chi, TODAY, whole=True)
    task = task_of(adopted_plan, "1.1")
    change = DueChange.objects.get(task=task)
    assert (change.before, change.after, change.changed_on, change.revision.no) == (
        dt.date(2026, 10, 31), dt.date(2026, 12, 30), TODAY, 2,
    )  # fmt: skip
    assert of_plan(adopted_plan, AsOf(TODAY)).open_overdue == 0
    assert of_plan(adopted_plan, AsOf(TODAY, by_original_due=True)).open_overdue == 1


def test_an_amendment_that_fails_leaves_no_moved_deadline(adopted_plan, agency_world):
    with pytest.raises(NotNow):
        monitoring.amend(adopted_plan, make_reading(agency_world), agency_world.chi, TODAY, whole=True)
    assert not DueChange.objects.exists()


def test_what_falls_due_in_a_period_is_counted_by_either_due(adopted_plan, agency_world):
    later = small_draft()
    later.tasks[0].schedule = Schedule("deadline", dt.date(2026, 12, 30))
    monitoring.amend(adopted_plan, make_reading(agency_world, later), agency_world.chi, TODAY, whole=True)
    october, december = Period("month", 2026, 10), Period("month", 2026, 12)
    assert of_plan(adopted_plan, AsOf(TODAY, due_in=october)) == FourCells()
    assert of_plan(adopted_plan, AsOf(TODAY, due_in=december)) == FourCells(open_in_time=2)
    assert of_plan(adopted_plan, AsOf(TODAY, True, october)) == FourCells(open_overdue=1)


def test_groups_units_and_people_have_their_own_counts(adopted_plan, agency_world):
    task = task_of(adopted_plan, "1.1")
    monitoring.assign(task, agency_world.an, agency_world.binh)
    asked = AsOf(TODAY)
    assert of_group(task.group, asked) == FourCells(open_in_time=1, open_overdue=1)
    assert of_unit(agency_world.units[TRADE], asked) == FourCells(open_in_time=1, open_overdue=1, continuous=1)
    assert of_person(agency_world.an, asked) == FourCells(open_overdue=1)
    assert of_plan(adopted_plan, AsOf(TODAY - dt.timedelta(days=1))) == FourCells()


def test_a_sub_task_counts_for_its_person_from_the_day_it_was_made(adopted_plan, agency_world):
    task = task_of(adopted_plan, "1.2")
    unit = agency_world.units[TRADE]
    day = TODAY + dt.timedelta(days=3)
    child = monitoring.split(task, agency_world.binh, day, title="Lập danh sách", unit=unit, due=dt.date(2026, 12, 1))
    monitoring.assign(child, agency_world.an, agency_world.binh)
    assert of_person(agency_world.an, AsOf(TODAY)).total == 0
    assert of_person(agency_world.an, AsOf(day)) == FourCells(open_in_time=1)
    assert of_plan(adopted_plan, AsOf(day)).total == 5


def test_the_overview_sums_up_and_asks_no_more_for_more_plans(adopted_plan, agency_world, django_assert_num_queries):
    other = small_draft()
    other.document.number = "119/KH-SCT"
    monitoring.adopt(make_reading(agency_world, other), agency_world.chi, TODAY)
    with django_assert_num_queries(4):
        plans, units = overview(agency_world.agency, AsOf(TODAY))
    assert [p.number for p in plans] == ["119/KH-SCT", "118/KH-SCT"]
    for p in plans:
        for parts in (p.groups, p.units):
            assert sum((x.cells for x in parts), FourCells()) == p.cells == FourCells(0, 0, 1, 1, 3)
    assert sum((u.cells for u in units), FourCells()).total == 10
    assert next(u for u in units if u.name == "Sở Công Thương tỉnh Bình Lãng").with_under.total == 10


def test_reports_of_a_period_stand_as_they_were_met(adopted_plan, agency_world):
    november = Period("month", 2026, 11)
    duties = Duty.objects.filter(plan=adopted_plan)
    owed = count_reports(duties, november, TODAY)
    assert owed.total > 0 and owed.done == 0
    one = duties.filter(period="2026-11").exclude(state=Duty.State.CANCELLED).order_by("due").first()
    met = max(one.due, TODAY) + dt.timedelta(days=1)
    Duty.objects.filter(pk=one.pk).update(state=Duty.State.MET, met_on=met)
    assert count_reports(duties, november, met).done_late == 1
    assert count_reports(duties, november, TODAY) == owed
    assert count_reports(duties, Period("quarter", 2026, 4), TODAY).total >= owed.total
