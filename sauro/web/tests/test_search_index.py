"""Words of tasks are found on both databases, with or without diacritics."""

from __future__ import annotations

import pytest
from django.db import connection

from sauro.organization import services as organization
from sauro.plans.models import Task
from sauro.plans.search import exact_text, marked, search_text
from sauro.testing import World, task_of

pytestmark = pytest.mark.django_db


def found(words: str) -> set[str]:
    return set(Task.objects.matching(words).values_list("ref", flat=True))


@pytest.mark.parametrize(
    ("words", "refs"),
    [
        ("gian hàng", {"1.1"}),
        ("gian hang", {"1.1"}),
        ("GIAN HÀNG", {"1.1"}),
        ("thương mại điện tử", {"1.1"}),
        ("dien tu", {"1.1"}),
        ("ma dinh danh", {"2.3"}),
        ("đưa sản phẩm", {"1.2"}),
        ("dua san ph", {"1.2"}),
        ("cập nhật", {"2.1", "2.3"}),
        ("cap nhat hang hoa", {"2.1"}),
        ("hàng hoá", {"2.1"}),
        ("2.2", {"2.2"}),
        ("không có chữ này", set()),
        ('" OR *', set()),
        ("AND", set()),
        ("(:*", set()),
    ],
)
def test_words_find_tasks_with_or_without_marks(adopted_plan: object, words: str, refs: set[str]) -> None:
    if words == "2.2":
        assert refs <= found(words)
    else:
        assert found(words) == refs


def test_a_decomposed_query_finds_composed_text(adopted_plan: object) -> None:
    import unicodedata

    assert found(unicodedata.normalize("NFD", "gian hàng")) == {"1.1"}


def test_the_last_word_may_be_a_beginning_and_the_others_may_not(adopted_plan: object) -> None:
    assert found("gian han") == {"1.1"}
    assert found("gia hang quoc te") == set()


def test_exact_marks_tell_words_apart_that_folding_joins(agency_world: World, adopted_plan: object) -> None:
    task = task_of(adopted_plan, "1.1")
    other = task_of(adopted_plan, "1.2")
    Task.objects.filter(pk=other.pk).update(title="x")
    other.refresh_from_db()
    other.title = "Mở đường tránh"
    other.save()
    task.title = "Cộng đồng tương đương"
    task.save()

    def asked(words: str, limit: int = 50) -> list[int]:
        return [t.pk for t in Task.objects.newest_matching(words, agency_world.an, limit=limit)]

    assert asked("duong") == [other.pk, task.pk]
    assert asked("đường") == [other.pk, task.pk]
    assert asked("đương") == [task.pk, other.pk]
    assert asked("đương", 1) == [task.pk]
    assert asked("duong", 1) == [other.pk]


def test_the_index_follows_every_change_of_a_task(adopted_plan: object) -> None:
    task = task_of(adopted_plan, "1.1")
    task.title = "Quyết định hoàn toàn khác"
    task.save(update_fields=["title"])
    assert found("gian hang") == set()
    assert found("hoan toan khac") == {"1.1"}
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO plans_task_words (plans_task_words) VALUES ('integrity-check')")


def test_another_agency_is_never_found(agency_world: World, adopted_plan: object) -> None:
    assert Task.objects.newest_matching("gian hang", agency_world.an)
    agency = organization.make_agency("Sở Y tế tỉnh Bình Lãng", code="SYT")
    stranger = organization.add_person("ngoai", "Người Ngoài", organization.root_of(agency), "leader", None)
    assert Task.objects.newest_matching("gian hang", stranger) == []


@pytest.mark.parametrize("left", ["hoà", "thuý", "khoẻ"])
def test_two_ways_of_placing_a_tone_are_one_word(left: str) -> None:
    right = {"hoà": "hòa", "thuý": "thúy", "khoẻ": "khỏe"}[left]
    assert exact_text(left) == exact_text(right)


def test_marks_are_noticed() -> None:
    assert marked("đường") and not marked("duong 12/2025")
    assert search_text("12/2025/NĐ-CP") == "12 2025 nd cp"


def test_what_keeps_the_words_in_step_stands_after_every_migration() -> None:
    asked, names = (
        (
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'plans_task'",
            ("added", "gone", "changed"),
        )
        if connection.vendor == "sqlite"
        else ("SELECT indexname FROM pg_indexes WHERE tablename = 'plans_task'", ("exact", "folded"))
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert {name for (name,) in cursor.fetchall()} >= {f"plans_task_words_{name}" for name in names}


@pytest.mark.parametrize("lately", [0, 3, 2_000])
@pytest.mark.parametrize("limit", [1, 2, 50])
@pytest.mark.parametrize("words", ["cap nhat", "dien tu", "hang", "cập nhật"])
def test_the_newest_are_the_same_wherever_they_are_looked_for(
    agency_world: World, adopted_plan: object, monkeypatch: pytest.MonkeyPatch, lately: int, limit: int, words: str
) -> None:
    monkeypatch.setattr("sauro.plans.search.LATELY", lately)
    holding = set(Task.objects.matching(words).values_list("pk", flat=True))
    assert holding
    hits = [t.pk for t in Task.objects.newest_matching(words, agency_world.an, limit=limit)]
    assert hits == sorted(holding, reverse=True)[:limit]
