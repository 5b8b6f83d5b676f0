"""Frozen copies for the public page: what they hold, that they are what was looked at, that nobody is named."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.utils import translation

from sauro.monitoring import ratings
from sauro.organization.models import Person
from sauro.plans.models import Plan
from sauro.quality.models import ListedProcedure, Publication, Scope, UnitObjectives, YearCycle
from sauro.quality.services import publishing
from sauro.quality.services.errors import NotNow, Refused
from sauro.testing import TODAY, TRADE, World
from sauro.vietnamese.periods import Period

pytestmark = pytest.mark.django_db


def _rated(world: World, plan: Plan) -> None:
    for objective in plan.objectives.select_related("plan"):
        ratings.rate(objective, Period.parse("2026-10"), "good", world.chi, TODAY, note="Đã xem")
    ratings.sign_month(plan, Period.parse("2026-10"), world.giang, TODAY)


def publish(world: World, kind: str, **more: Any) -> Publication:
    """Today's copy of the kind, by the ISO secretary."""
    seen = publishing.compose(world.agency, kind, TODAY).sha256
    return publishing.publish(world.agency, kind, world.chi, TODAY, seen=seen, **more)


def test_objectives_hold_cells_promises_and_the_last_signed_rating(agency_world: World, adopted_plan: Plan) -> None:
    _rated(agency_world, adopted_plan)
    made = publishing.compose(agency_world.agency, "objectives", TODAY)
    assert made.as_of == dt.date(2026, 10, 31)
    row = made.body["rows"][0]
    assert (row["rating"], row["month"]) == ("good", "2026-10")
    assert [t["wanted"] for t in row["targets"]] == ["từ 300 hộ", "tăng 15 – 17% so với năm 2025"]
    assert made.body["plans"] == 1 and set(made.body["cells"]) == {
        "done_on_time", "done_late", "open_in_time", "open_overdue"
    }  # fmt: skip


def test_the_plan_that_keeps_the_system_going_counts_where_it_promises_something(
    agency_world: World, adopted_plan: Plan
) -> None:
    YearCycle.objects.create(agency=agency_world.agency, year=2026, plan=adopted_plan)
    assert publishing.compose(agency_world.agency, "objectives", TODAY).body["plans"] == 1
    adopted_plan.objectives.update(ended_in=2)
    with pytest.raises(NotNow, match="mục tiêu"):
        publishing.compose(agency_world.agency, "objectives", TODAY)


def test_a_copy_is_vietnamese_whatever_language_the_person_works_in(agency_world: World, adopted_plan: Plan) -> None:
    here = publishing.compose(agency_world.agency, "objectives", TODAY)
    with translation.override("en"):
        assert publishing.compose(agency_world.agency, "objectives", TODAY) == here


def test_no_body_names_anybody(agency_world: World, adopted_plan: Plan) -> None:
    world = agency_world
    _rated(world, adopted_plan)
    ListedProcedure.objects.create(agency=world.agency, code="1.001", name="Cấp phép", since=TODAY)
    Scope.objects.create(
        agency=world.agency, no=1, text="Mọi thủ tục", procedures=["1.001"], effective_on=TODAY, decided_by=world.giang
    )
    Plan.objects.filter(pk=adopted_plan.pk).update(unit=world.units[TRADE])
    UnitObjectives.objects.create(agency=world.agency, year=2026, unit=world.units[TRADE], plan=adopted_plan)
    for kind in ("units", "scope", "procedures"):
        text = json.dumps(publishing.compose(world.agency, kind, TODAY).body, ensure_ascii=False)
        assert not [p.full_name for p in Person.objects.all() if p.full_name in text]


def test_what_is_not_there_is_said(agency_world: World) -> None:
    for kind in Publication.Kind.values:
        with pytest.raises(NotNow, match="Chưa"):
            publishing.compose(agency_world.agency, kind, TODAY)


def test_exactly_what_was_looked_at_is_published(agency_world: World, adopted_plan: Plan) -> None:
    seen = publishing.compose(agency_world.agency, "objectives", TODAY).sha256
    _rated(agency_world, adopted_plan)
    with pytest.raises(NotNow, match="đã đổi"):
        publishing.publish(agency_world.agency, "objectives", agency_world.chi, TODAY, seen=seen)
    assert not Publication.objects.exists()


def test_a_copy_takes_the_place_of_the_one_before_and_stays_as_it_was(agency_world: World, adopted_plan: Plan) -> None:
    first = publish(agency_world, "objectives")
    with pytest.raises(NotNow, match="đúng bản này"):
        publish(agency_world, "objectives")
    _rated(agency_world, adopted_plan)
    assert publishing.public(agency_world.agency, "objectives").body["rows"][0]["rating"] == "", "frozen"
    second = publish(agency_world, "objectives", next_on=dt.date(2026, 12, 10))
    assert publishing.public(agency_world.agency, "objectives") == second
    first.refresh_from_db()
    assert first.withdrawn_at and first.body != second.body
    changes = publishing.differences(
        publishing.lines_of("objectives", first.body), publishing.lines_of("objectives", second.body)
    )
    assert {"removed", "added", "same"} == {what for what, _line in changes}


def test_who_may_publish_and_take_down(agency_world: World, adopted_plan: Plan) -> None:
    seen = publishing.compose(agency_world.agency, "objectives", TODAY).sha256
    for name in ("an", "binh", "hoa"):
        with pytest.raises(Refused):
            publishing.publish(agency_world.agency, "objectives", agency_world.people[name], TODAY, seen=seen)
    row = publish(agency_world, "objectives")
    with pytest.raises(NotNow, match="lý do"):
        publishing.withdraw(row, agency_world.giang, "")
    publishing.withdraw(row, agency_world.giang, "Sai số liệu")
    assert publishing.public(agency_world.agency, "objectives") is None
    with pytest.raises(NotNow):
        publishing.withdraw(row, agency_world.giang, "Sai số liệu")
