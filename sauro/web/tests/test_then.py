"""Counts of a chosen day on the pages of a plan and of a unit."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from sauro.monitoring import services as monitoring
from sauro.plans.models import Plan, Task
from sauro.reading.draft import Schedule
from sauro.testing import TODAY, TRADE, World, make_reading, small_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *a, **k: TODAY)


@pytest.fixture
def plan(agency_world: World) -> Plan:
    """In force since March; 1.1 was done on 10 November, late by ten days, and 1.2 moved from December to next year."""
    made = monitoring.adopt(make_reading(agency_world), agency_world.chi, dt.date(2026, 3, 2))
    later = small_draft()
    later.tasks[1].schedule = Schedule("deadline", dt.date(2027, 3, 31))
    monitoring.amend(made, make_reading(agency_world, later), agency_world.chi, dt.date(2026, 11, 20), whole=True)
    Task.objects.filter(plan=made, ref="1.1").update(completed_on=dt.date(2026, 11, 10))
    return made


def test_a_past_day_shows_what_was_open_then(plan: Plan, sign_in: object, agency_world: World) -> None:
    client, unit = sign_in("an"), agency_world.units[TRADE]
    for url in (f"/ke-hoach/{plan.pk}/", f"/don-vi/{unit.pk}/"):
        assert client.get(url).context["cells"]["done_late"] == 1
        then = client.get(url, {"ngay": "2026-11-05"})
        assert (then.context["cells"]["done_late"], then.context["cells"]["open_overdue"]) == (0, 1)
        assert "05/11/2026" in then.content.decode()
        assert client.get(url, {"ngay": "01/02/2026"}).context["total"] == 0


def test_a_day_that_is_none_leaves_today_and_is_told(plan: Plan, sign_in: object) -> None:
    for typed in ("31/02/2026", "2030-01-01", "hôm qua"):
        response = sign_in("an").get(f"/ke-hoach/{plan.pk}/", {"ngay": typed})
        assert response.status_code == 200 and response.context["cells"]["done_late"] == 1
        assert typed in response.content.decode()


def test_the_original_due_can_be_asked_for(plan: Plan, sign_in: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *a, **k: dt.date(2027, 1, 15))
    url = f"/ke-hoach/{plan.pk}/"
    assert sign_in("an").get(url).context["cells"]["open_overdue"] == 0
    assert sign_in("an").get(url, {"han": "ban-dau"}).context["cells"]["open_overdue"] == 1


def test_a_past_day_costs_no_more_queries_for_more_tasks(
    plan: Plan, sign_in: object, django_assert_max_num_queries: object
) -> None:
    client = sign_in("an")
    client.get(f"/ke-hoach/{plan.pk}/")
    with django_assert_max_num_queries(16):
        client.get(f"/ke-hoach/{plan.pk}/", {"ngay": "2026-11-05"})
