"""Units: the tree, and one unit's page."""

from __future__ import annotations

import pytest
from django.utils import timezone

from sauro.organization import services as organization
from sauro.plans.models import Plan
from sauro.testing import INDUSTRY, OFFICE, TODAY, TRADE, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *a, **k: TODAY)


def test_the_tree_shows_units_with_heads_and_counts(adopted_plan: Plan, sign_in: object) -> None:
    response = sign_in("an").get("/don-vi/")
    rows = {b.unit.name: b for b in response.context["branches"]}
    assert [p.full_name for p in rows[TRADE].leaders] == ["Trần Quốc Bình"] and rows[TRADE].members == 1
    assert rows[TRADE].total == 3 and rows[INDUSTRY].total == 1
    assert rows["Tổ Thương mại điện tử"].depth == rows[TRADE].depth + 1
    assert rows["Sở Công Thương tỉnh Bình Lãng"].total == 5
    assert {b.unit.name for b in response.context["others"]} == {
        "Các phòng, đơn vị thuộc Sở",
        "Sở Khoa học và Công nghệ",
    }
    names = [b.unit.name for b in response.context["branches"]]
    assert names.index("Tổ Thương mại điện tử") == names.index(TRADE) + 1


def test_the_leaders_of_the_agency_stand_before_its_units(adopted_plan: Plan, sign_in: object) -> None:
    names = [b.unit.name for b in sign_in("an").get("/don-vi/").context["branches"]]
    assert names[:2] == ["Sở Công Thương tỉnh Bình Lãng", "Ban Giám đốc Sở"]


def test_a_unit_shows_what_it_leads_and_helps_with(adopted_plan: Plan, sign_in: object, agency_world: World) -> None:
    client = sign_in("an")
    context = client.get(f"/don-vi/{agency_world.units[TRADE].pk}/").context
    assert context["total"] == 3 == sum(context["cells"].values()) and context["cells"]["open_overdue"] == 1
    assert [t.ref for t in context["overdue"]] == ["1.1"]
    assert {p.full_name for p in context["people"]} == {"Nguyễn Hoài An", "Trần Quốc Bình"}
    assert client.get(context["led_url"]).context["page"].paginator.count == 3
    office = client.get(f"/don-vi/{agency_world.units[OFFICE].pk}/").context
    assert office["total"] == 0 and office["helps_total"] == 1
    listed = client.get(office["list_url"] + "&vai_tro=phoi_hop").context["page"]
    assert listed.paginator.count == 1


def test_a_unit_of_another_agency_is_not_there(adopted_plan: Plan, client: object, agency_world: World) -> None:
    agency = organization.make_agency("Sở Y tế tỉnh Bình Lãng", code="SYT")
    client.force_login(organization.add_person("ngoai", "Người Ngoài", organization.root_of(agency), "leader", None))
    assert client.get(f"/don-vi/{agency_world.units[TRADE].pk}/").status_code == 404
    assert [b.unit.name for b in client.get("/don-vi/").context["branches"]] == ["Sở Y tế tỉnh Bình Lãng"]


@pytest.mark.parametrize("person", ["binh", "chi", "giang"])
@pytest.mark.parametrize("path", ["/don-vi/", "/don-vi/{pk}/"])
def test_units_ask_a_constant_number_of_queries(
    adopted_plan: Plan,
    client: object,
    agency_world: World,
    django_assert_max_num_queries: object,
    path: str,
    person: str,
) -> None:
    client.force_login(agency_world.people[person])
    with django_assert_max_num_queries(12):
        assert client.get(path.format(pk=agency_world.units[TRADE].pk)).status_code == 200
