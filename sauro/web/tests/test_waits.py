"""What waits for a person, asked for at once."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from sauro.monitoring.models import Duty
from sauro.notices.models import Notice
from sauro.plans.models import Plan
from sauro.testing import World
from sauro.web import urls as pages
from sauro.web import waits
from sauro.web.home.works import CAP

assert pages.urlpatterns, "each room says what may wait in it when its pages are known"


@pytest.mark.parametrize("who", ["an", "binh", "chi", "dung", "giang", "hoa"])
def test_one_query_finds_what_each_part_alone_would(
    adopted_plan: Plan, agency_world: World, django_assert_num_queries: Any, who: str
) -> None:
    person = agency_world.people[who]
    Notice.objects.bulk_create(Notice(person=person, text=f"Tin {n}") for n in range(3))
    with django_assert_num_queries(1):
        found = waits.waits_of(SimpleNamespace(user=person))
    owed = Duty.objects.owed_by(person).open().order_by("due", "id")
    assert sorted(found.lists["works"]) == list(owed.values_list("due", "id", "kind"))
    assert all(type(due) is dt.date for due, _id, _kind in found.lists["works"])
    assert found.counts == {
        name: sum(len(rows) for rows in part.rows(person)) for name, part in waits.PARTS.items() if not part.listed
    }
    assert found.counts["notices"] >= 3


def test_a_list_ends_where_nobody_counts_further(adopted_plan: Plan, agency_world: World) -> None:
    an = agency_world.an
    Duty.objects.bulk_create(
        Duty(
            agency=agency_world.agency, plan=adopted_plan, kind=Duty.Kind.FINISH, unit=an.unit, person=an,
            unit_path=an.unit.path, period=f"x{n}", title="Việc", nominal_due=dt.date(2026, 1, 5),
            due=dt.date(2026, 1, 5),
        )
        for n in range(CAP + 20)
    )  # fmt: skip
    assert len(waits.waits_of(SimpleNamespace(user=an)).lists["works"]) == CAP + 1
