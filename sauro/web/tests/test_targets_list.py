"""The register of objectives and targets."""

from __future__ import annotations

import io

import openpyxl
import pytest

from sauro.organization import services as organization
from sauro.plans.models import Plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 2),
        ({"q": "ho kinh doanh"}, 1),
        ({"q": "Quy mô thương mại"}, 1),
        ({"q": "khong co"}, 0),
        ({"huong": "it"}, 1),
        ({"huong": "khoang"}, 1),
        ({"huong": "nhieu"}, 0),
        ({"ky": "2026"}, 2),
    ],
)
def test_targets_are_filtered_and_searched(adopted_plan: Plan, sign_in: object, asked: dict, count: int) -> None:
    response = sign_in("an").get("/chi-tieu/", asked)
    assert len(response.context["rows"]) == count


def test_targets_of_one_plan(adopted_plan: Plan, sign_in: object) -> None:
    assert len(sign_in("an").get("/chi-tieu/", {"ke_hoach": adopted_plan.pk}).context["rows"]) == 2


def test_targets_are_taken_away_as_numbers(adopted_plan: Plan, sign_in: object) -> None:
    response = sign_in("an").get("/chi-tieu/", {"tai": "xlsx", "huong": "it"})
    rows = list(openpyxl.load_workbook(io.BytesIO(response.getvalue())).active.iter_rows(values_only=True))
    assert rows[-1][2] == "Hộ kinh doanh bán hàng trực tuyến" and rows[-1][4] == 300


def test_targets_of_another_agency_are_not_there(adopted_plan: Plan, client: object) -> None:
    agency = organization.make_agency("Sở Y tế tỉnh Bình Lãng", code="SYT")
    client.force_login(organization.add_person("ngoai", "Người Ngoài", organization.root_of(agency), "leader", None))
    assert client.get("/chi-tieu/").context["rows"] == []
