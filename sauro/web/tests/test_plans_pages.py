"""Plans: the register, one plan, and the plan taken away."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from django.utils import timezone

from sauro.organization import services as organization
from sauro.plans.models import Plan, Target
from sauro.plans.services import plan_to_draft
from sauro.reading import read
from sauro.testing import TODAY, TRADE, World
from sauro.web.plans.views import target_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *a, **k: TODAY)


def test_the_register_shows_each_plan_with_its_cells(adopted_plan: Plan, sign_in: object) -> None:
    response = sign_in("hoa").get("/ke-hoach/")
    ((plan, cells, total),) = response.context["rows"]
    assert plan == adopted_plan and total == 5 == sum(cells.values())
    assert "118/KH-SCT" in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"q": "chuyen doi so"}, 1),
        ({"q": "chuyển đổi"}, 1),
        ({"q": "118/KH-SCT"}, 1),
        ({"q": "khong co"}, 0),
        ({"nam": "2026"}, 1),
        ({"hieu_luc": "dang"}, 1),
        ({"hieu_luc": "het"}, 0),
    ],
)
def test_the_register_is_filtered_and_searched(adopted_plan: Plan, sign_in: object, asked: dict, count: int) -> None:
    assert sign_in("an").get("/ke-hoach/", asked).context["page"].paginator.count == count


def test_the_register_is_taken_away(adopted_plan: Plan, sign_in: object) -> None:
    response = sign_in("an").get("/ke-hoach/", {"tai": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(response.getvalue())).active.iter_rows(values_only=True))
    last = rows[-1]
    assert last[0] == "118/KH-SCT" and last[4] == 5 == sum(last[5:9])


def test_a_plan_shows_groups_and_units_that_add_up(adopted_plan: Plan, sign_in: object) -> None:
    response = sign_in("an").get(f"/ke-hoach/{adopted_plan.pk}/")
    context, html = response.context, response.content.decode()
    assert sum(g[2] for g in context["groups"]) == sum(u[2] for u in context["units"]) == context["total"] == 5
    for key in ("done_on_time", "done_late", "open_in_time", "open_overdue"):
        assert sum(g[1][key] for g in context["groups"]) == context["cells"][key]
        assert sum(u[1][key] for u in context["units"]) == context["cells"][key]
    assert TRADE in html and "Hộ kinh doanh bán hàng trực tuyến" in html and "≥ 300 hộ" in html
    assert "tăng 15 – 17% so với năm 2025" in html and "trước ngày 20 hằng tháng" in html
    assert "Ban hành lần đầu" in html


def test_every_number_of_a_plan_opens_the_list_that_it_counts(adopted_plan: Plan, sign_in: object) -> None:
    client = sign_in("an")
    context = client.get(f"/ke-hoach/{adopted_plan.pk}/").context
    for _name, _cells, total, url in [*context["groups"], *context["units"]]:
        assert client.get(url).context["page"].paginator.count == total


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_whole_plan_is_taken_away_and_reads_back(
    adopted_plan: Plan, sign_in: object, agency_world: World, tmp_path: Path, kind: str
) -> None:
    response = sign_in("an").get(f"/ke-hoach/{adopted_plan.pk}/tai-ve/{kind}/")
    path = tmp_path / f"plan.{kind}"
    path.write_bytes(response.getvalue())
    again = read(path, units=organization.register_of(agency_world.agency)).draft
    wanted = plan_to_draft(adopted_plan)
    assert [(t.ref, t.title, t.products) for t in again.tasks] == [(t.ref, t.title, t.products) for t in wanted.tasks]


def test_another_kind_of_file_is_not_there(adopted_plan: Plan, sign_in: object) -> None:
    assert sign_in("an").get(f"/ke-hoach/{adopted_plan.pk}/tai-ve/exe/").status_code == 404


def test_a_plan_of_another_agency_is_not_there(adopted_plan: Plan, client: object) -> None:
    agency = organization.make_agency("Sở Y tế tỉnh Bình Lãng", code="SYT")
    client.force_login(organization.add_person("ngoai", "Người Ngoài", organization.root_of(agency), "leader", None))
    assert client.get(f"/ke-hoach/{adopted_plan.pk}/").status_code == 404
    assert client.get(f"/ke-hoach/{adopted_plan.pk}/tai-ve/docx/").status_code == 404
    assert client.get("/ke-hoach/").context["page"].paginator.count == 0


@pytest.mark.parametrize("path", ["/ke-hoach/", "/ke-hoach/{pk}/", "/chi-tieu/"])
def test_plans_ask_a_constant_number_of_queries(
    adopted_plan: Plan, client: object, agency_world: World, django_assert_max_num_queries: object, path: str
) -> None:
    client.force_login(agency_world.binh)
    with django_assert_max_num_queries(13 if "{pk}" in path else 12):
        assert client.get(path.format(pk=adopted_plan.pk)).status_code == 200


def test_what_must_be_reached_is_said_with_its_unit() -> None:
    made = Target(comparator="<=", high=12, unit="%")
    assert target_words(made) == "≤ 12%"
    assert target_words(Target(comparator="=", low=1, unit="lần")) == "1 lần"
    assert target_words(Target(comparator="approx", low=1500, unit="tỷ đồng")) == "≈ 1.500 tỷ đồng"
