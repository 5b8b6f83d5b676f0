"""The eight contents of a year become a plan in force in one act."""

import datetime as dt
import re

import pytest

from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Duty
from sauro.organization.models import Unit
from sauro.quality.ready.kinds import kinds
from sauro.quality.ready.standard import clauses
from sauro.quality.ready.year import AgencyFacts, UnitFacts, contents, due_of, year_draft
from sauro.reading.serial import draft_from_json, draft_to_json
from sauro.testing import INDUSTRY, OFFICE, TRADE, make_reading

FACTS = AgencyFacts("Sở Công Thương tỉnh Bình Lãng", "so", "Bình Lãng")
BOARD = "Ban Chỉ đạo ISO"
TEAM = "Tổ giúp việc Ban Chỉ đạo ISO"
ALL = "Các phòng, đơn vị thuộc Sở"


def units(*names):
    return [UnitFacts(n) for n in names]


def test_there_are_eight_contents_with_leads_and_quarters_as_departments_plan_them():
    said = [(c.number, c.lead, c.quarter) for c in contents()]
    assert said == [
        (1, "office", 1), (2, "units", 1), (3, "committee", None), (4, "units", None), (5, "units", None),
        (6, "committee", 4), (7, "committee", 4), (8, "office", 4),
    ]  # fmt: skip


def test_arcs_lie_in_their_quarter_and_never_overlap_in_a_lane():
    taken = set()
    for c in contents():
        months = range(c.arc.start, c.arc.end + 1)
        assert months and set(months) <= set(range(1, 13))
        if c.quarter:
            assert {(m + 2) // 3 for m in months} == {c.quarter}
        for m in months:
            assert (c.arc.lane, m) not in taken
            taken.add((c.arc.lane, m))


def test_contents_point_at_leaf_clauses_and_fall_due_with_their_quarter():
    leaves = {c.number for c in clauses() if c.leaf}
    assert all(set(c.clauses) <= leaves for c in contents())
    assert due_of(contents()[0], 2028) == dt.date(2028, 3, 31)
    assert due_of(contents()[2], 2028) is None


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_of_agency_gets_a_plan_that_says_everything(kind):
    draft = year_draft(AgencyFacts("Cơ quan A", kind), 2027, units(kinds()[kind].terms["office"], "Phòng Nghiệp vụ"))
    assert draft.doubts == []
    assert [t.ref for t in draft.tasks] == list("12345678")
    assert not re.search(r"\{\w", str([*draft.tasks, draft.document, *draft.reporting_duties]).replace("read={}", ""))
    assert draft_from_json(draft_to_json(draft)) == draft
    assert draft.tasks[1].lead_units == [kinds()[kind].terms["office"], "Phòng Nghiệp vụ"]


def test_committee_and_team_lead_where_the_register_has_them():
    draft = year_draft(FACTS, 2026, units(TRADE, OFFICE, "Ban Chỉ đạo Cải cách hành chính", BOARD, TEAM))
    assert draft.tasks[2].lead_units == [BOARD] and draft.tasks[2].coordinating_units == [TEAM]
    assert draft.tasks[0].lead_units == [OFFICE]
    assert draft.tasks[4].lead_units == [TRADE, OFFICE]


def test_the_office_leads_in_place_of_a_committee_that_is_not_there():
    draft = year_draft(FACTS, 2026, units(TRADE, OFFICE))
    assert draft.tasks[5].lead_units == [OFFICE]
    assert BOARD in draft.tasks[0].coordinating_units


def test_an_agency_without_an_office_is_asked_who_takes_its_place():
    draft = year_draft(FACTS, 2026, units(TRADE, INDUSTRY))
    assert {d.field for d in draft.doubts} == {f"tasks[{n}].lead_units" for n in (0, 2, 5, 6, 7)}
    assert draft.doubts[0].proposals == [TRADE, INDUSTRY]


def test_units_that_no_group_gathers_report_one_by_one_and_the_office_not_to_itself():
    draft = year_draft(FACTS, 2026, units(TRADE, OFFICE, INDUSTRY, BOARD))
    assert [(d.who, d.via) for d in draft.reporting_duties] == [(TRADE, OFFICE), (INDUSTRY, OFFICE), (OFFICE, None)]


@pytest.fixture
def plan(agency_world):
    register = [UnitFacts(u.name, u.kind) for u in Unit.objects.filter(agency=agency_world.agency)]
    draft = year_draft(FACTS, 2026, register)
    return monitoring.adopt(make_reading(agency_world, draft), agency_world.chi, dt.date(2026, 1, 12))


def test_the_plan_is_adopted_in_one_act(plan, agency_world):
    assert (plan.starts_on, plan.ends_on) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert plan.authority == "Giám đốc Sở"
    assert plan.tasks.count() == 8 and plan.objectives.count() == 3
    assert plan.tasks.get(ref="6").lead_unit == agency_world.units[OFFICE]
    assert plan.tasks.get(ref="2").lead_unit == agency_world.units[ALL]


def test_every_unit_owes_its_objectives_and_its_quarterly_report(plan):
    owed = Duty.objects.filter(plan=plan, task__ref="2").values_list("unit__name", flat=True)
    assert {OFFICE, TRADE, INDUSTRY} <= set(owed)
    reports = Duty.objects.filter(plan=plan, rule__who=ALL)
    assert reports.filter(unit__name=TRADE).count() == 4
    assert not reports.filter(unit__name=OFFICE).exists()
    assert Duty.objects.filter(plan=plan, task__ref="8").get().due == dt.date(2026, 12, 31)
