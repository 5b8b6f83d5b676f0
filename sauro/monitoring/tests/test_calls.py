"""Calling for what is due or late: each rule once for each duty, to the right people, across weekends and Tết."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.monitoring import services
from sauro.monitoring.models import Call, CallRule, Duty
from sauro.monitoring.services.calls import due_days_called
from sauro.notices.models import Notice
from sauro.organization import days
from sauro.organization.models import DayOff, Person
from sauro.organization.policy import Refused
from sauro.plans.models import Plan
from sauro.plans.services.errors import NotNow
from sauro.testing import World, task_of
from sauro.vietnamese.calendar import WorkingCalendar

Run = Callable[[dt.date], int]


@pytest.fixture
def call(adopted_plan: Plan, agency_world: World) -> Run:
    """`call(day)`: a day's run of calling, notices delivered."""

    def on(day: dt.date) -> int:
        return services.call_for_duties(agency_world.agency, day)

    return on


@pytest.fixture
def one_duty(adopted_plan: Plan, agency_world: World) -> Duty:
    """The only open duty left: task 1.2, owed by `an`, due on Thursday 31/12/2026."""
    task = task_of(adopted_plan, "1.2")
    services.assign(task, agency_world.an, agency_world.binh)
    duty = Duty.objects.get(task=task, kind=Duty.Kind.FINISH)
    Duty.objects.exclude(pk=duty.pk).update(state=Duty.State.CANCELLED, met_on=None)
    return duty


def told(world: World) -> dict[str, int]:
    """How many calls each person has got."""
    rows = Notice.objects.filter(verb="monitoring.duty.called")
    names = {p.pk: name for name, p in world.people.items()}
    return {n: sum(r.person_id == pk for r in rows) for pk, n in names.items() if any(r.person_id == pk for r in rows)}


@pytest.mark.parametrize(
    ("day", "whom"),
    [
        # Three working days before Thursday 31/12 is Monday 28/12.
        (dt.date(2026, 12, 25), {}),
        (dt.date(2026, 12, 28), {"an": 1}),
        # Running on the due day makes up for the day before it that was missed.
        (dt.date(2026, 12, 31), {"an": 2}),
        # Friday 1/1 is a day off: the first working day after is Monday 4/1, the third Wednesday, the fifth Friday.
        (dt.date(2027, 1, 3), {"an": 2}),
        (dt.date(2027, 1, 4), {"an": 1, "binh": 1}),
        (dt.date(2027, 1, 6), {"an": 1, "binh": 1, "chi": 1}),
        (dt.date(2027, 1, 8), {"binh": 1, "chi": 1, "giang": 1}),
    ],
)
def test_officer_head_focal_unit_and_leader_are_called_in_turn(
    call: Run, one_duty: Duty, agency_world: World, day: dt.date, whom: dict[str, int]
) -> None:
    days.set_day(agency_world.agency, dt.date(2027, 1, 1), DayOff.Kind.OFF, "Tết Dương lịch", actor=agency_world.chi)
    call(day)
    assert told(agency_world) == whom


def test_a_day_run_twice_calls_once_and_what_is_done_is_called_no_more(
    call: Run, one_duty: Duty, agency_world: World
) -> None:
    day = dt.date(2026, 12, 28)
    assert call(day) == 1 and call(day) == 0
    assert told(agency_world) == {"an": 1} and Call.objects.count() == 1
    Duty.objects.filter(pk=one_duty.pk).update(state=Duty.State.MET, met_on=day)
    assert call(dt.date(2027, 1, 5)) == 0


def test_what_fell_due_long_ago_is_not_called_for_all_at_once(call: Run, one_duty: Duty, agency_world: World) -> None:
    call(dt.date(2027, 6, 1))
    assert told(agency_world) == {}


def test_many_duties_of_one_day_make_one_notice(call: Run, adopted_plan: Plan, agency_world: World) -> None:
    day = dt.date(2026, 12, 28)
    Duty.objects.open().filter(unit=agency_world.an.unit).update(person=agency_world.an, due=dt.date(2026, 12, 31))
    count = Duty.objects.open().filter(person=agency_world.an, due=dt.date(2026, 12, 31)).count()
    assert count > 3
    call(day)
    notice = Notice.objects.get(person=agency_world.an, verb="monitoring.duty.called")
    assert notice.text.startswith(f"{count} việc") and f"và {count - 3} việc khác" in notice.text


@given(
    offset=st.integers(-60, 60),
    day=st.dates(dt.date(2025, 1, 1), dt.date(2030, 12, 31)),
    off=st.sets(st.dates(dt.date(2025, 1, 1), dt.date(2030, 12, 31)), max_size=30),
)
def test_every_due_day_is_called_for_exactly_once_if_each_day_is_run(
    offset: int, day: dt.date, off: set[dt.date]
) -> None:
    calendar = WorkingCalendar(days_off=off)
    due = calendar.next_working_day(day)
    when = calendar.add_working_days(due, offset)
    assert due in due_days_called(calendar, offset, when)
    assert due not in due_days_called(calendar, offset, when - dt.timedelta(days=1))


def test_rules_are_edited_by_those_who_may_and_leave_a_trace(adopted_plan: Plan, agency_world: World) -> None:
    world, agency = agency_world, agency_world.agency
    first = services.call_rules_of(agency)
    assert len(first) == 5
    with pytest.raises(Refused, match="Lê Thị Kim Chi"):
        services.set_call_rule(agency, world.binh, offset=2, to="head")
    with pytest.raises(NotNow, match="60"):
        services.set_call_rule(agency, world.chi, offset=61, to="head")
    added = services.set_call_rule(agency, world.chi, offset=2, to="head")
    assert services.set_call_rule(agency, world.chi, offset=2, to="head", enabled=False).pk == added.pk
    for rule in CallRule.objects.filter(agency=agency).exclude(pk=added.pk):
        services.remove_call_rule(rule, world.chi)
    with pytest.raises(NotNow, match="cuối cùng"):
        services.remove_call_rule(added, world.chi)
    assert [r.pk for r in services.call_rules_of(agency)] == [added.pk]


def test_numbers_of_a_warning_are_held_within_bounds(agency_world: World) -> None:
    behind = next(r for r in services.warning_rules_of(agency_world.agency) if r.kind == "behind")
    for wrong in ({"days": 0}, {"days": None}, {"percent": 101}):
        with pytest.raises(NotNow, match="từ 1 đến"):
            services.change_warning_rule(behind, agency_world.chi, wrong)
    changed = services.change_warning_rule(behind, agency_world.chi, {"days": 20, "percent": 60, "enabled": False})
    assert (changed.days, changed.percent, changed.enabled) == (20, 60, False)


def test_a_level_that_has_nobody_is_not_the_end_of_the_call(call: Run, one_duty: Duty, agency_world: World) -> None:
    # Nobody heads a unit: on the head's day the focal unit hears of it in their stead.
    Person.objects.exclude(role__code="leader").update(post=Person.Post.MEMBER)
    Person.objects.filter(role__code="leader").update(is_active=False)
    call(dt.date(2027, 1, 4))
    heard = told(agency_world)
    assert heard.get("chi") == 1 and "binh" not in heard
    assert Call.objects.get(duty=one_duty, to=CallRule.To.HEAD).reached == heard["chi"]


def test_a_call_for_which_there_is_nobody_at_all_is_made_once_there_is(
    call: Run, one_duty: Duty, agency_world: World
) -> None:
    Person.objects.update(is_active=False)
    assert call(dt.date(2026, 12, 28)) == 0 and not Call.objects.exists()
    Person.objects.filter(pk=agency_world.an.pk).update(is_active=True)
    assert call(dt.date(2026, 12, 29)) == 1
    assert told(agency_world) == {"an": 1}
