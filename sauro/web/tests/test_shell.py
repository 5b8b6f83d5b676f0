"""The frame: navigation by role, badges, static files, language."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import RequestFactory, override_settings
from django.urls import include, path, reverse
from django.utils import translation

from sauro.web import context
from sauro.web.finders import PINNED, PinnedAssetsFinder
from sauro.web.language import ChosenLanguageMiddleware


def nothing(request: object) -> None:
    """A page that is never opened."""


urlpatterns = [
    path("", nothing, name="home"),
    path("nhiem-vu/", nothing, name="task-list"),
    path("lich/", nothing, name="calendar"),
    path("ngon-ngu/", include("django.conf.urls.i18n")),
]


@pytest.fixture(autouse=True)
def _no_badges(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rooms count needs a database; here only the frame is looked at."""
    monkeypatch.setattr(context, "BADGES", {})


def shell(path_: str, role: str = "officer") -> context.Shell:
    request = RequestFactory().get(path_)
    request.user = SimpleNamespace(role=SimpleNamespace(code=role))
    return context.Shell(request)


@override_settings(ROOT_URLCONF=__name__)
def test_only_pages_that_exist_stand_in_the_navigation() -> None:
    assert [item.url for item in shell("/").items] == ["/", "/nhiem-vu/", "/lich/"]
    assert [item.url for item in shell("/", "auditor").items] == ["/", "/nhiem-vu/"]


@override_settings(ROOT_URLCONF=__name__)
def test_the_item_of_this_page_is_marked_and_no_other() -> None:
    assert [item.current for item in shell("/nhiem-vu/12/").items] == [False, True, False]
    assert [item.current for item in shell("/").items] == [True, False, False]


@override_settings(ROOT_URLCONF=__name__)
def test_a_badge_counts_what_waits_for_this_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(context.BADGES, "home", lambda request: 6)
    assert [item.count for item in shell("/").items] == [6, 0, 0]


def test_the_shell_asks_nothing_until_it_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setitem(context.BADGES, "home", lambda request: asked.append(1) or 0)
    request = RequestFactory().get("/")
    request.user = SimpleNamespace()
    context.shell(request)
    assert asked == []


@pytest.mark.parametrize("role", sorted(context.NAVIGATION))
def test_every_role_has_at_most_seven_items_and_starts_with_its_own_work(role: str) -> None:
    items = context.NAVIGATION[role]
    assert len(items) <= 7
    # A leader begins with the whole agency (look, section 10).
    assert items[: 2 if role == "leader" else 1] == (("overview", "home") if role == "leader" else ("home",))
    assert set(items) <= set(context.PLACES)


def test_every_pinned_file_is_installed_and_readable() -> None:
    finder = PinnedAssetsFinder()
    assert finder.check() == []
    assert {name for name, _ in finder.list([])} == set(PINNED)
    assert finder.find("vendor/tabler.min.css")
    assert finder.find("vendor/../../package.json") == []


def test_no_style_sheet_points_to_a_source_map() -> None:
    with PinnedAssetsFinder().storage.open("vendor/tabler.min.css") as file:
        css = file.read()
    assert b"sourceMappingURL" not in css
    assert len(css) > 100_000


@pytest.mark.parametrize(
    ("cookie", "wish", "language"), [("", "en-US,en;q=0.9", "vi"), ("en", "vi", "en"), ("../x", "en", "vi")]
)
def test_the_page_is_vietnamese_until_another_language_is_chosen(cookie: str, wish: str, language: str) -> None:
    request = RequestFactory().get("/", headers={"Accept-Language": wish})
    if cookie:
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    ChosenLanguageMiddleware(lambda request: None).process_request(request)
    assert language == request.LANGUAGE_CODE


@override_settings(ROOT_URLCONF=__name__)
def test_a_place_without_room_in_the_bar_hangs_on_the_menu_once() -> None:
    for role in context.NAVIGATION:
        frame = shell("/", role)
        assert sorted(item.url for item in frame.items + frame.others) == ["/", "/lich/", "/nhiem-vu/"]


def test_the_address_of_one_thing_is_the_one_that_django_gives() -> None:
    assert context.page_of("task", 31) == reverse("task", args=[31])
    assert context.page_of("report-start", 7) == reverse("report-start", args=[7])


@override_settings(ROOT_URLCONF=__name__)
def test_kept_links_follow_what_they_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(context.BADGES, "home", lambda request: 6)
    bar = shell("/nhiem-vu/").bar()
    assert '<a href="/nhiem-vu/" aria-current="page">Nhiệm vụ</a>' in bar
    assert '<span class="pill">6<' in bar
    monkeypatch.setitem(context.BADGES, "home", lambda request: 7)
    with translation.override("en"):
        bar = shell("/nhiem-vu/").bar()
    assert ">Tasks<" in bar
    assert '<span class="pill">7<' in bar
