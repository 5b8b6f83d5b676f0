"""Duties out of schedules and rules: across year ends, off holidays, never twice."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sauro.monitoring import services
from sauro.monitoring.models import Duty
from sauro.organization import days, policy
from sauro.organization import services as organization
from sauro.organization.models import DayOff
from sauro.plans.models import Plan
from sauro.reading.draft import Draft, DraftTask, ReportingDuty, ReportingRule, Schedule
from sauro.testing import INDUSTRY, OFFICE, TODAY, TRADE, World, make_reading, make_world, small_draft, task_of

D = dt.date


def plan_of(
    world: World,
    today: dt.date,
    *,
    tasks: list[DraftTask] | None = None,
    rules: list[ReportingDuty] | None = None,
    ends: dt.date | None = None,
) -> Plan:
    """A plan of these tasks and rules, adopted on `today`, that runs to `ends`."""
    draft: Draft = small_draft()
    draft.tasks, draft.reporting_duties = tasks or [], rules or []
    if not draft.tasks:
        draft.tasks = [DraftTask("1", "Việc thường xuyên", None, [OFFICE], schedule=Schedule("continuous"))]
    plan = services.adopt(make_reading(world, draft), world.chi, today)
    Plan.objects.filter(pk=plan.pk).update(starts_on=D(today.year, 1, 1), ends_on=ends or D(today.year, 12, 31))
    plan.refresh_from_db()
    services.generate_duties(plan, today)
    return plan


def monthly(before_day: int | None = None, of: str | None = None, who: str = TRADE) -> ReportingDuty:
    """A rule that a unit reports each month."""
    return ReportingDuty(who=who, to=None, schedule_text="hằng tháng", rule=ReportingRule("month", before_day, of))


def dues(plan: Plan, **narrow: object) -> list[tuple[str, dt.date, dt.date]]:
    """(period, day by the rule, day due) of the open duties, in order."""
    return [(d.period, d.nominal_due, d.due) for d in plan.duties.open().filter(**narrow).order_by("due", "period")]


def test_recurring_work_goes_on_past_new_year(agency_world: World) -> None:
    plan = plan_of(agency_world, D(2026, 12, 31), rules=[monthly()], ends=D(2027, 12, 31))
    periods = [p for p, _n, _d in dues(plan)]
    assert periods[:3] == ["2026-12", "2027-01", "2027-02"]
    assert len(periods) == 13
    assert services.generate_duties(plan, D(2027, 1, 1)) == 0
    assert [p for p, _n, _d in dues(plan)] == periods


def test_the_daily_job_makes_what_came_within_the_horizon(agency_world: World) -> None:
    plan = plan_of(agency_world, D(2026, 1, 5), rules=[monthly()], ends=D(2028, 12, 31))
    before = {p for p, _n, _d in dues(plan)}
    assert max(before) == "2027-02", "400 days ahead"
    assert services.extend_duties(D(2026, 3, 1)) > 0
    after = {p for p, _n, _d in dues(plan)}
    assert before < after and max(after) == "2027-04"
    assert services.extend_duties(D(2026, 3, 1)) == 0


@pytest.mark.parametrize(("year", "day"), [(2028, 29), (2027, 28), (2026, 28)])
def test_february_ends_on_its_own_last_day(agency_world: World, year: int, day: int) -> None:
    plan = plan_of(agency_world, D(year, 2, 1), rules=[monthly()], ends=D(year, 12, 31))
    assert {p: n for p, n, _d in dues(plan)}[f"{year}-02"] == D(year, 2, day)


@pytest.mark.parametrize("month", range(1, 13))
def test_before_the_31st_means_the_last_day_where_the_month_is_shorter(agency_world: World, month: int) -> None:
    plan = plan_of(agency_world, D(2026, month, 1), rules=[monthly(31, "each month")])
    nominal = {p: n for p, n, _d in dues(plan)}[f"2026-{month:02}"]
    assert nominal.month == month and (nominal + dt.timedelta(days=1)).day == 1


def test_a_due_day_in_tet_moves_to_the_first_working_day_after_it(agency_world: World) -> None:
    organization.propose_days_off(agency_world.agency, [2026, 2027])
    off = {d.day for d in DayOff.objects.filter(kind="off", name__icontains="Tết Nguyên")}
    assert off, "the library knows Tết"
    inside = sorted(d for d in off if d.year == 2027)[1]
    plan = plan_of(agency_world, D(2027, 1, 4), rules=[monthly(inside.day, "each month")], ends=D(2027, 12, 31))
    calendar = organization.working_calendar(agency_world.agency)
    found = {p: (n, d) for p, n, d in dues(plan)}[f"2027-{inside.month:02}"]
    assert found[0] == inside
    assert found[1] == calendar.next_working_day(inside) > max(d for d in off if d.year == 2027)


def test_a_due_day_on_a_weekend_moves_to_monday_and_keeps_the_day_by_the_rule(agency_world: World) -> None:
    plan = plan_of(agency_world, D(2026, 12, 1), rules=[monthly(20, "each month")])
    assert dues(plan) == [("2026-12", D(2026, 12, 20), D(2026, 12, 21))]
    assert plan.duties.get().moved


def test_a_duty_that_was_moved_over_today_is_not_called_off(agency_world: World) -> None:
    # 31 October 2026 is a Saturday: due on Monday 2 November. The job runs on the Sunday between.
    plan = plan_of(agency_world, D(2026, 10, 30), rules=[monthly()])
    assert ("2026-10", D(2026, 10, 31), D(2026, 11, 2)) in dues(plan)
    services.extend_duties(D(2026, 11, 1))
    assert ("2026-10", D(2026, 10, 31), D(2026, 11, 2)) in dues(plan)


def test_what_has_fallen_due_stays_owed_when_the_job_runs_again(agency_world: World) -> None:
    plan = plan_of(agency_world, D(2026, 9, 1), rules=[monthly(20, "each month")])
    services.extend_duties(D(2026, 11, 23))
    assert ("2026-09", D(2026, 9, 20), D(2026, 9, 21)) in dues(plan)


def test_a_report_due_in_the_month_after_is_owed_for_the_month_that_ended(agency_world: World) -> None:
    plan = plan_of(agency_world, D(2026, 11, 3), rules=[monthly(5, "next month")])
    assert dues(plan)[0] == ("2026-10", D(2026, 11, 5), D(2026, 11, 5))


def test_each_unit_of_a_group_owes_the_report_but_the_focal_unit_that_gathers_them(adopted_plan: Plan) -> None:
    owing = set(adopted_plan.duties.filter(rule__isnull=False).values_list("unit__name", flat=True))
    assert {TRADE, INDUSTRY} <= owing
    assert OFFICE not in owing


def test_a_task_with_an_event_or_without_an_end_gets_no_date(adopted_plan: Plan) -> None:
    for ref in ("2.1", "2.3"):
        assert not task_of(adopted_plan, ref).duties.exists()


def test_a_one_day_task_is_owed_even_where_its_day_has_passed(adopted_plan: Plan) -> None:
    finish = task_of(adopted_plan, "1.1").duties.get(kind=Duty.Kind.FINISH)
    assert finish.nominal_due == D(2026, 10, 31) and finish.due == D(2026, 11, 2)


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    start=st.dates(D(2026, 1, 1), D(2026, 12, 31)),
    steps=st.lists(st.integers(0, 45), min_size=1, max_size=5),
    kind=st.sampled_from(["month", "quarter", "half", "year"]),
    before=st.one_of(st.none(), st.integers(1, 31)),
)
def test_no_duty_is_made_twice_or_lost_however_often_the_job_runs(
    start: dt.date, steps: list[int], kind: str, before: int | None
) -> None:
    with transaction.atomic():
        world = make_world()
        rule = ReportingDuty(who=TRADE, to=None, schedule_text="định kỳ", rule=ReportingRule(kind, before, None))
        plan = plan_of(world, start, rules=[rule], ends=D(2027, 12, 31))
        day, seen = start, set(dues(plan))
        for step in steps:
            day += dt.timedelta(days=step)
            services.generate_duties(plan, day)
            services.generate_duties(plan, day)
            now = dues(plan)
            assert len(now) == len(set(now)), "no period twice"
            assert seen <= set(now), "nothing that was owed is lost"
            seen = set(now)
        periods = sorted(p for p, _n, _d in seen)
        assert periods and all(d >= n for _p, n, d in seen)
        transaction.set_rollback(True)


def test_open_duties_follow_the_calendar_and_what_was_met_stays(agency_world: World) -> None:
    plan = plan_of(agency_world, D(2026, 11, 2), rules=[monthly(25, "each month")])
    met = plan.duties.get(period="2026-12")
    Duty.objects.filter(pk=met.pk).update(state=Duty.State.MET, met_on=D(2026, 11, 20))
    agency, chi = agency_world.agency, agency_world.chi
    _row, moved = services.change_days(
        agency, lambda: days.set_day(agency, D(2026, 11, 25), "off", "Nghỉ bù", actor=chi, source="TB 12/TB-VP")
    )
    assert moved == 1
    assert plan.duties.get(period="2026-11").due == D(2026, 11, 26)
    _gone, moved = services.change_days(agency, lambda: days.remove_day(agency, D(2026, 11, 25), actor=chi))
    assert moved == 1 and plan.duties.get(period="2026-11").due == D(2026, 11, 25)
    met.refresh_from_db()
    assert met.due == D(2026, 12, 25)


def test_a_make_up_saturday_takes_the_duty_that_would_have_moved(agency_world: World) -> None:
    plan = plan_of(agency_world, D(2026, 12, 1), rules=[monthly(19, "each month")])
    assert plan.duties.get().due == D(2026, 12, 21)
    agency, chi = agency_world.agency, agency_world.chi
    services.change_days(agency, lambda: days.set_day(agency, D(2026, 12, 19), "make_up", "Làm bù", actor=chi))
    assert plan.duties.get().due == D(2026, 12, 19)


def test_only_those_who_keep_the_calendar_may_change_it(agency_world: World) -> None:
    agency = agency_world.agency
    for who in ("an", "binh", "dung", "giang", "hoa"):
        actor = agency_world.people[who]
        with pytest.raises(policy.Refused, match="Lê Thị Kim Chi"):
            days.set_day(agency, TODAY, "off", "Nghỉ", actor=actor)
        with pytest.raises(policy.Refused):
            days.confirm_days(agency, [TODAY], actor=actor)
    assert not DayOff.objects.exists()
