"""The daily run, day after day over New Year, Tết, 29 February and month ends: each round, duty and call once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from sauro.monitoring import services
from sauro.monitoring.models import Call, Duty, Round
from sauro.monitoring.services.rounds import OPENS_BEFORE
from sauro.monitoring.services.rules import FIRST_CALLS
from sauro.notices.models import Notice
from sauro.organization import days
from sauro.organization.services import working_calendar
from sauro.plans.models import Plan
from sauro.reading.draft import DraftTask, ReportingDuty, ReportingRule, Schedule
from sauro.testing import INDUSTRY, OFFICE, TRADE, World, make_reading, small_draft
from sauro.vietnamese.calendar import propose_holidays

ONE = dt.timedelta(days=1)
EVERYONE = "Các phòng, đơn vị thuộc Sở"


@dataclass(frozen=True)
class Stretch:
    """Days that are run one after another, and the months and quarters whose rounds fall due among them, with the day
    on which each does, worked out by hand from the calendar."""

    first: dt.date
    last: dt.date
    due: dict[str, dt.date]


def day(text: str) -> dt.date:
    """ "20/12/2026"."""
    number, month, year = map(int, text.split("/"))
    return dt.date(year, month, number)


STRETCHES = {
    # 20/12/2026 is a Sunday. The last day of the year is a Thursday, and 1/1/2027, a Friday, is a day off.
    "New Year": Stretch(
        day("01/12/2026"), day("29/01/2027"),
        {"2026-12": day("21/12/2026"), "2026-Q4": day("31/12/2026"), "2027-01": day("20/01/2027")},
    ),
    # Tết Đinh Mùi: 6/2/2027 is its first day; offices are shut from Thursday 4/2 to Wednesday 10/2. 20/2 is a Saturday.
    "Tết": Stretch(
        day("18/01/2027"), day("12/03/2027"),
        {"2027-01": day("20/01/2027"), "2027-02": day("22/02/2027")},
    ),
    # 2028 is a leap year; 20/2 is a Sunday. 31/3/2028 is a Friday.
    "29 February": Stretch(
        day("14/02/2028"), day("14/04/2028"),
        {"2028-02": day("21/02/2028"), "2028-03": day("20/03/2028"), "2028-Q1": day("31/03/2028")},
    ),
    # 30/4 and 1/5 are days off, and so is Monday 3/5 for the Saturday. 20/6 is a Sunday, 30/6 a Wednesday.
    "month ends": Stretch(
        day("12/04/2027"), day("14/07/2027"),
        {"2027-04": day("20/04/2027"), "2027-05": day("20/05/2027"), "2027-06": day("21/06/2027"),
         "2027-Q2": day("30/06/2027")},
    ),
}  # fmt: skip


@pytest.fixture
def plan(agency_world: World) -> Plan:
    """A plan of three years whose units report each month and each quarter, with tasks that end and recur, in an agency
    whose days off are those of the law."""
    world, draft = agency_world, small_draft()
    for year in (2026, 2027, 2028):
        for row in propose_holidays(year):
            days.set_day(world.agency, row.day, row.kind, row.name, actor=world.chi)
    draft.document.title = "Chuyển đổi số giai đoạn 2026 - 2028"
    quarterly = ReportingDuty(
        who=EVERYONE, to="Giám đốc Sở", via=OFFICE, schedule_text="hằng quý", rule=ReportingRule("quarter", None, None)
    )
    draft.reporting_duties.append(quarterly)
    draft.tasks += [
        DraftTask(
            f"3.{no}", f"Việc có hạn {due:%d/%m/%Y}", "3 Việc có hạn", [TRADE], schedule_text=f"{due:%d/%m/%Y}",
            schedule=Schedule("deadline", due),
        )
        for no, due in enumerate((day("31/12/2026"), day("06/02/2027"), day("29/02/2028"), day("30/04/2027")), 1)
    ]  # fmt: skip
    adopted = services.adopt(make_reading(world, draft), world.chi, day("01/12/2026"))
    assert adopted.ends_on == day("31/12/2028")
    return adopted


def keys(plan: Plan) -> Counter[tuple[Any, ...]]:
    """What is owed or was met, by what makes a duty one and the same."""
    rows = Duty.objects.filter(plan=plan).exclude(state=Duty.State.CANCELLED)
    return Counter(rows.values_list("task", "rule", "unit", "kind", "period"))


@pytest.mark.parametrize("name", STRETCHES)
def test_each_round_opens_once_on_its_day_and_nothing_is_lost_doubled_or_called_twice(
    plan: Plan, agency_world: World, name: str
) -> None:
    stretch, calendar = STRETCHES[name], working_calendar(agency_world.agency)
    opened: dict[int, dt.date] = {}
    owed: Counter[tuple[Any, ...]] = Counter()
    today = stretch.first
    while today <= stretch.last:
        services.run_day(today, letters=False)
        told = Notice.objects.count()
        again = services.run_day(today, letters=False)
        assert (again.duties, again.rounds, again.calls) == (0, 0, 0), f"{today}: the day's second run did something"
        assert Notice.objects.count() == told
        now = keys(plan)
        assert set(now.values()) == {1}, f"{today}: a duty stands twice"
        assert not owed - now, f"{today}: a duty was lost"
        owed = now
        for pk in Round.objects.filter(plan=plan).exclude(pk__in=opened).values_list("pk", flat=True):
            opened[pk] = today
        today += ONE

    for period, due in stretch.due.items():
        (round,) = Round.objects.filter(plan=plan, period=period, rule__isnull=False)
        assert round.due == due, period
        assert opened[round.pk] == round.opens_on == max(stretch.first, due - OPENS_BEFORE), period
        units = round.duties.filter(rule=round.rule)
        assert sorted(units.values_list("unit__name", flat=True)) == sorted([TRADE, INDUSTRY]), period
    periods = Round.objects.filter(plan=plan, rule__isnull=False, due__range=(stretch.first, stretch.last))
    assert Counter(periods.values_list("period", flat=True)) == Counter(list(stretch.due))

    for duty in Duty.objects.filter(plan=plan, state=Duty.State.OPEN).prefetch_related("calls"):
        assert calendar.is_working(duty.due), duty
        made = {(c.offset, c.to): c.made_on for c in duty.calls.all()}
        for offset, to in FIRST_CALLS:
            when = calendar.add_working_days(duty.due, offset)
            if stretch.first <= when <= stretch.last:
                assert made.pop((offset, str(to)), None) == when, f"{duty}: {offset:+d} {to}"
        # Only what had been due to be called in the week before the first day was made up for then.
        assert set(made.values()) <= {stretch.first}, f"{duty}: {made}"
    calls = Call.objects.filter(duty__plan=plan)
    assert calls.exists() and all(calendar.is_working(c.made_on) for c in calls.exclude(made_on=stretch.first))


def test_a_server_that_is_off_over_tet_makes_up_for_its_calls_once(plan: Plan, agency_world: World) -> None:
    duty = Duty.objects.get(task__ref="3.2", kind=Duty.Kind.FINISH)
    assert (duty.nominal_due, duty.due) == (day("06/02/2027"), day("11/02/2027"))
    for text in ("01/02/2027", "02/02/2027", "03/02/2027", "15/02/2027", "16/02/2027", "18/02/2027", "19/02/2027"):
        services.run_day(day(text), letters=False)
    made = {(c.offset, c.to): c.made_on for c in duty.calls.all()}
    # Three working days before 11/2 is 1/2, for Tết lies between; the due day itself was missed and made up for.
    assert made == {
        (-3, "person"): day("01/02/2027"),
        (0, "person"): day("15/02/2027"),
        (1, "head"): day("15/02/2027"),
        (3, "focal"): day("16/02/2027"),
        (5, "leader"): day("18/02/2027"),
    }
