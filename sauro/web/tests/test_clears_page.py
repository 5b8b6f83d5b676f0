"""06 rõ by unit: the acts that would make tasks whole, each with the list it speaks of."""

from __future__ import annotations

import io

import openpyxl
import pytest

from sauro.plans.models import Plan, Task
from sauro.testing import TRADE, World

pytestmark = pytest.mark.django_db


def test_each_unit_has_its_acts_and_they_count_what_the_list_shows(
    adopted_plan: Plan, sign_in: object, agency_world: World
) -> None:
    client = sign_in("binh")
    rows = {name: (found, acts) for name, found, acts in client.get("/sau-ro/").context["rows"]}
    found, acts = rows[TRADE]
    assert (found.total, found.whole) == (3, 0)
    assert acts[0][0] == "Giao người chịu trách nhiệm cho 3 nhiệm vụ"
    for _words, url, n in acts:
        assert client.get(url).context["page"].paginator.count == n


def test_it_is_asked_of_one_plan_and_taken_away(adopted_plan: Plan, sign_in: object) -> None:
    client = sign_in("an")
    assert client.get("/sau-ro/", {"ke_hoach": adopted_plan.pk}).context["total"] == 5
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/sau-ro/", {"tai": "xlsx"}).content)).active
    assert any(row[0] == TRADE for row in sheet.iter_rows(values_only=True))


def test_more_tasks_cost_no_more_queries(
    adopted_plan: Plan, sign_in: object, django_assert_max_num_queries: object
) -> None:
    client = sign_in("an")
    client.get("/sau-ro/")
    for n in range(20):
        Task.objects.create(
            agency=adopted_plan.agency, plan=adopted_plan, order=n, title=f"Việc {n}", schedule_kind="continuous"
        )
    with django_assert_max_num_queries(9):
        client.get("/sau-ro/")
