"""The register of objectives."""

from __future__ import annotations

import importlib
import io

import openpyxl
import pytest
from django.apps import apps

from sauro.organization import services as organization
from sauro.plans.models import Objective, Plan
from sauro.plans.services import build
from sauro.reading.draft import DraftObjective

pytestmark = pytest.mark.django_db
WISH = "Hoàn thiện thể chế, chính sách"


@pytest.fixture
def plan(adopted_plan: Plan) -> Plan:
    """The plan of the tests with one more objective: a wish with no number, in two items."""
    wish = DraftObjective(WISH, ref="2", items=["Rà soát văn bản quy định chi tiết", "Bảo đảm hiệu lực đồng bộ"])
    build.add_objectives(adopted_plan, [wish], first=1)
    return adopted_plan


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 2),
        ({"q": "the che"}, 1),
        ({"q": "ra soat van ban"}, 1),
        ({"q": "Đồng bộ"}, 1),
        ({"q": "khong co"}, 0),
        ({"chi_tieu": "co"}, 1),
        ({"chi_tieu": "chua"}, 1),
        ({"xep": "han"}, 2),
        ({"xep": "-chi_tieu"}, 2),
    ],
)
def test_objectives_are_filtered_and_searched(plan: Plan, sign_in: object, asked: dict, count: int) -> None:
    response = sign_in("an").get("/chi-tieu/muc-tieu/", asked)
    assert len(response.context["rows"]) == count


def test_objectives_of_one_plan_stand_with_their_targets(plan: Plan, sign_in: object) -> None:
    page = sign_in("an").get("/chi-tieu/muc-tieu/", {"ke_hoach": plan.pk}).content.decode()
    assert WISH in page and "Hộ kinh doanh bán hàng trực tuyến" in page and "≥ 300 hộ" in page
    anchor = f"muc-tieu-{plan.objectives.get(ref='2').pk}"
    assert f"#{anchor}" in page
    assert f'id="{anchor}"' in sign_in("an").get(f"/ke-hoach/{plan.pk}/").content.decode()


def test_an_objective_that_a_later_decision_ended_is_not_there(plan: Plan, sign_in: object) -> None:
    plan.objectives.filter(ref="2").update(ended_in=2)
    assert [o.ref for o, _targets in sign_in("an").get("/chi-tieu/muc-tieu/").context["rows"]] == ["1"]


def test_objectives_are_taken_away_with_their_targets(plan: Plan, sign_in: object) -> None:
    response = sign_in("an").get("/chi-tieu/muc-tieu/", {"tai": "xlsx", "chi_tieu": "co"})
    row = list(openpyxl.load_workbook(io.BytesIO(response.getvalue())).active.iter_rows(values_only=True))[-1]
    assert row[2] == "Phát triển thương mại điện tử" and "Hộ kinh doanh bán hàng trực tuyến: ≥ 300 hộ" in row[4]


def test_more_objectives_ask_no_more_queries(
    plan: Plan, sign_in: object, django_assert_max_num_queries: object
) -> None:
    build.add_objectives(plan, [DraftObjective(f"Mục tiêu {n}") for n in range(60)], first=10)
    client = sign_in("an")
    client.get("/chi-tieu/muc-tieu/")
    with django_assert_max_num_queries(10):
        client.get("/chi-tieu/muc-tieu/")


def test_objectives_of_another_agency_are_not_there(plan: Plan, client: object) -> None:
    agency = organization.make_agency("Sở Y tế tỉnh Bình Lãng", code="SYT")
    client.force_login(organization.add_person("ngoai", "Người Ngoài", organization.root_of(agency), "leader", None))
    assert client.get("/chi-tieu/muc-tieu/").context["rows"] == []


def test_what_was_there_before_its_words_were_kept_is_found_too(plan: Plan, sign_in: object) -> None:
    Objective.objects.update(folded="")
    importlib.import_module("sauro.plans.migrations.0004_objective_words").fill(apps, None)
    assert len(sign_in("an").get("/chi-tieu/muc-tieu/", {"q": "the che"}).context["rows"]) == 1
