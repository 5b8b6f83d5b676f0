"""How well a clause is answered."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from sauro.quality.conformity import Fact, Level, conformity_map, judge, summary
from sauro.quality.models import Applicability, ContextIssue, InterestedParty, Nonconformity, Process
from sauro.quality.ready import standard
from sauro.quality.services import clauses
from sauro.quality.services.errors import NotNow, Refused
from sauro.testing import TODAY, TRADE, World

GOOD, STALE, NONE = Fact(3, True, ""), Fact(3, False, "Đã cũ."), Fact(0, False, "Chưa có.")


@pytest.mark.parametrize(
    ("facts", "applies", "tied", "majors", "level"),
    [
        ({"a": GOOD}, True, 0, 0, Level.FULL),
        ({"a": GOOD, "b": STALE}, True, 0, 0, Level.THIN),
        ({"a": NONE}, True, 0, 0, Level.EMPTY),
        ({"a": NONE}, True, 1, 0, Level.THIN),
        ({"a": GOOD}, True, 4, 1, Level.THIN),
        ({"a": NONE}, False, 0, 2, Level.OUT),
    ],
)
def test_a_clause_is_full_only_where_all_is_there(
    facts: dict[str, Fact], applies: bool, tied: int, majors: int, level: Level
) -> None:
    assert judge(list(facts), facts, applies=applies, tied=tied, open_major=majors)[0] is level


@given(st.lists(st.sampled_from([GOOD, STALE, NONE]), min_size=1, max_size=6), st.integers(0, 3), st.integers(0, 2))
def test_whatever_keeps_a_clause_from_being_full_is_said(facts: list[Fact], tied: int, majors: int) -> None:
    by_kind = {str(n): fact for n, fact in enumerate(facts)}
    level, missing = judge(list(by_kind), by_kind, applies=True, tied=tied, open_major=majors)
    assert (level is Level.FULL) == (not missing)


pytest_db = pytest.mark.django_db


@pytest_db
def test_every_clause_of_both_editions_is_on_the_map_and_a_new_agency_is_honestly_empty(agency_world: World) -> None:
    for edition in standard.EDITIONS:
        views = conformity_map(agency_world.agency, 2026, TODAY, edition)
        assert [v.clause.number for v in views] == [c.number for c in standard.clauses(edition)]
        assert summary(views)[Level.FULL] <= 1
        assert all(v.missing for v in views if v.level in (Level.EMPTY, Level.THIN) and v.facts and v.clause.level > 1)


@pytest_db
def test_what_is_recorded_fills_its_clause(agency_world: World) -> None:
    def level(number: str) -> Level:
        return next(v.level for v in conformity_map(agency_world.agency, 2026, TODAY) if v.clause.number == number)

    assert level("4.4.1") is Level.EMPTY or level("4.4.1") is Level.THIN
    before = level("4.2")
    InterestedParty.objects.create(
        agency=agency_world.agency, kind="citizen", name="Người dân", needs="Đúng hẹn", reviewed_on=TODAY
    )
    assert (before, level("4.2")) == (Level.EMPTY, Level.THIN)
    InterestedParty.objects.update(reviewed_on=TODAY - dt.timedelta(400))
    ContextIssue.objects.create(
        agency=agency_world.agency, kind="internal", effect="bad", text="Thiếu người", reviewed_on=TODAY
    )
    view = next(v for v in conformity_map(agency_world.agency, 2026, TODAY) if v.clause.number == "4.2")
    assert any("12 tháng" in words for words in view.missing)


@pytest_db
def test_the_map_asks_as_often_for_much_as_for_little(agency_world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            conformity_map(agency_world.agency, 2026, TODAY)
        return len(queries)

    few = asked()
    for n in range(20):
        Process.objects.create(
            agency=agency_world.agency, code=f"QT{n}", name=f"Quá trình {n}", kind="core", clauses=["8.5.1", "9.1.1"]
        )
    assert asked() == few


@pytest_db
def test_an_open_major_nonconformity_keeps_its_clause_thin(agency_world: World) -> None:
    unit = agency_world.units[TRADE]
    Process.objects.create(agency=agency_world.agency, code="QT1", name="Một cửa", kind="core", clauses=["8.6"])
    Nonconformity.objects.create(
        agency=agency_world.agency, code="KPH-2026-01", year=2026, source="work", title="x", text="y", unit=unit,
        unit_path=unit.path, raised_on=TODAY, raised_by=agency_world.an, due=TODAY, grade="major", clause="8.6",
    )  # fmt: skip
    view = next(v for v in conformity_map(agency_world.agency, 2026, TODAY) if v.clause.number == "8.6")
    assert view.level is Level.THIN and any("nặng" in words for words in view.missing)
    assert [i.kind for i in view.items] == ["process", "nonconformity"]


@pytest_db
def test_only_a_leader_leaves_out_a_clause_and_only_one_that_may_be(agency_world: World) -> None:
    w = agency_world
    with pytest.raises(Refused):
        clauses.set_applicability(w.agency, "8.3", w.chi, TODAY, applies=False, justification="Không thiết kế")
    with pytest.raises(NotNow, match="không được loại trừ"):
        clauses.set_applicability(w.agency, "9.2", w.giang, TODAY, applies=False, justification="Bận")
    with pytest.raises(NotNow, match="lý do"):
        clauses.set_applicability(w.agency, "8.3", w.giang, TODAY, applies=False, justification=" ")
    clauses.set_applicability(w.agency, "8.3", w.giang, TODAY, applies=False, justification="Không thiết kế")
    levels = {v.clause.number: v.level for v in conformity_map(w.agency, 2026, TODAY)}
    assert levels["8.3"] is levels["8.3.1"] is Level.OUT and levels["8.2"] is not Level.OUT
    clauses.set_applicability(w.agency, "8.3", w.giang, TODAY, applies=True)
    assert Applicability.objects.get().justification == ""


@pytest_db
def test_what_a_person_ties_counts_and_can_be_untied(agency_world: World) -> None:
    w = agency_world
    answer = clauses.tie(w.agency, "7.1.4", w.chi, note="Biên bản kiểm tra phòng một cửa")
    with pytest.raises(NotNow, match="đã gắn"):
        clauses.tie(w.agency, "7.1.4", w.chi, note="Biên bản kiểm tra phòng một cửa")
    with pytest.raises(Refused):
        clauses.tie(w.agency, "7.1.4", w.an, note="x")
    view = next(v for v in conformity_map(w.agency, 2026, TODAY) if v.clause.number == "7.1.4")
    assert [i.answer for i in view.items] == [answer.pk]
    clauses.untie(answer, w.chi)
    view = next(v for v in conformity_map(w.agency, 2026, TODAY) if v.clause.number == "7.1.4")
    assert not view.items
