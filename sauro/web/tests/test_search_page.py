"""One box over everything."""

from __future__ import annotations

import pytest

from sauro.organization import services as organization
from sauro.plans.models import Plan, Task
from sauro.testing import World

pytestmark = pytest.mark.django_db


def found(client: object, words: str) -> dict[str, list[str]]:
    return {s.key: [hit.name for hit in s.hits] for s in client.get("/tim/", {"q": words}).context["sections"]}


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("gian hàng sản phẩm", "tasks"),
        ("gian hang san", "tasks"),
        ("118/KH-SCT", "plans"),
        ("chuyen doi so", "plans"),
        ("chuyển đổi số", "documents"),
        ("ho kinh doanh", "targets"),
        ("phòng quản lý thương mại", "units"),
        ("phong quan ly thuong mai", "units"),
        ("QLTM&TMĐT", "units"),
        ("trần quốc bình", "people"),
        ("tran quoc binh", "people"),
    ],
)
def test_everything_is_found_with_or_without_marks(adopted_plan: Plan, sign_in: object, words: str, key: str) -> None:
    assert found(sign_in("an"), words).get(key)


def test_exact_marks_come_before_folded_ones_and_newer_before_older(
    adopted_plan: Plan, sign_in: object, agency_world: World
) -> None:
    def add(title: str) -> None:
        Task.objects.create(
            agency=agency_world.agency, plan=adopted_plan, order=99, title=title, schedule_kind="continuous"
        )

    for title in ("Mở đường một", "Mở đường hai", "Tương đương", "Chế biến dương xỉ"):
        add(title)
    client = sign_in("an")
    assert found(client, "đường")["tasks"] == ["Mở đường hai", "Mở đường một", "Chế biến dương xỉ", "Tương đương"]
    assert found(client, "duong")["tasks"] == ["Chế biến dương xỉ", "Tương đương", "Mở đường hai", "Mở đường một"]


def test_at_most_fifty_of_a_kind_and_the_rest_in_the_list(
    adopted_plan: Plan, sign_in: object, agency_world: World
) -> None:
    Task.objects.bulk_create(
        Task(agency=agency_world.agency, plan=adopted_plan, order=i, title=f"Khảo sát {i}", schedule_kind="continuous")
        for i in range(60)
    )
    response = sign_in("an").get("/tim/", {"q": "khảo sát"})
    (section,) = response.context["sections"]
    assert len(section.hits) == 50 and section.full
    assert "Xem tất cả trong danh sách" in response.content.decode()


@pytest.mark.parametrize(
    "words", ["", " ", "a", '"', "'; DROP TABLE plans_task; --", "%", "_", "*", "NEAR(", "a" * 500]
)
def test_any_question_has_a_calm_answer(adopted_plan: Plan, sign_in: object, words: str) -> None:
    assert sign_in("an").get("/tim/", {"q": words}).status_code == 200


def test_nothing_of_another_agency_is_found(adopted_plan: Plan, client: object) -> None:
    agency = organization.make_agency("Sở Y tế tỉnh Bình Lãng", code="SYT")
    client.force_login(organization.add_person("ngoai", "Người Ngoài", organization.root_of(agency), "leader", None))
    for words in ("gian hang", "118", "chuyen doi", "ho kinh doanh", "thuong mai", "binh"):
        names = found(client, words)
        assert set(names) <= {"units"}, names


@pytest.mark.parametrize("person", ["binh", "chi", "giang"])
def test_a_search_asks_at_most_twelve_queries(
    adopted_plan: Plan, client: object, agency_world: World, django_assert_max_num_queries: object, person: str
) -> None:
    client.force_login(agency_world.people[person])
    for words in ("thương mại", "thuong mai", "chuyển đổi"):
        with django_assert_max_num_queries(12):
            client.get("/tim/", {"q": words})


def test_typing_gets_the_results_alone(adopted_plan: Plan, sign_in: object) -> None:
    html = sign_in("an").get("/tim/", {"q": "gian hang"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html and "gian hàng" in html
