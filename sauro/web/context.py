"""What the shell of every page needs: the navigation of this person's role, with badges counted only when drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.functional import Promise, SimpleLazyObject, cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from sauro.organization.models import Person
from sauro.web.look.text import person_line

BADGES: dict[str, Callable[[HttpRequest], int]] = {}


def badge(name: str) -> Callable[[Callable[[HttpRequest], int]], Callable[[HttpRequest], int]]:
    """Registers the function that counts what waits for this person behind the item `name` ("home", "notice-list").

    Badges count what waits, never totals; "home" counts what is overdue and what is due this week. Where more than one
    thing waits behind an item, they are added up.
    """

    def register(count: Callable[[HttpRequest], int]) -> Callable[[HttpRequest], int]:
        before = BADGES.get(name)
        BADGES[name] = count if before is None else lambda request: before(request) + count(request)
        return count

    return register


@dataclass(frozen=True, slots=True)
class Place:
    """One item of the navigation: the name of its URL, the prefixes that belong to it, its words and its icon."""

    name: str
    label: Promise
    icon: str


PLACES = {
    place.name: place
    for place in (
        Place("home", gettext_lazy("Của tôi"), "clipboard-check"),
        Place("overview", gettext_lazy("Toàn cảnh"), "activity"),
        Place("task-list", pgettext_lazy("room", "Nhiệm vụ"), "list"),
        Place("report-list", pgettext_lazy("room", "Báo cáo"), "send"),
        Place("round-list", pgettext_lazy("room", "Tổng hợp"), "folder-down"),
        Place("plan-list", pgettext_lazy("room", "Kế hoạch"), "book"),
        Place("target-list", pgettext_lazy("room", "Chỉ tiêu"), "target"),
        Place("quality", pgettext_lazy("room", "Chất lượng"), "shield-check"),
        Place("document-list", pgettext_lazy("room", "Văn bản"), "file-text"),
        Place("unit-tree", pgettext_lazy("room", "Đơn vị"), "sitemap"),
        Place("calendar", gettext_lazy("Lịch"), "calendar"),
        Place("change-list", pgettext_lazy("room", "Điều chỉnh"), "git-compare"),
        Place("budget-list", pgettext_lazy("room", "Kinh phí"), "report-money"),
        Place("evidence-list", pgettext_lazy("room", "Minh chứng"), "paperclip"),
    )
}

KEEPING = {
    place.name: place
    for place in (
        Place("person-list", gettext_lazy("Người dùng"), "users"),
        Place("unit-register", gettext_lazy("Danh bạ đơn vị"), "sitemap"),
        Place("days-off", gettext_lazy("Lịch làm việc"), "calendar-time"),
        Place("rules", gettext_lazy("Quy tắc nhắc việc"), "bell"),
        Place("authority-list", gettext_lazy("Chứng thư tin cậy"), "shield-check"),
        Place("ledger-list", gettext_lazy("Sổ cái"), "shield-check"),
    )
}

NAVIGATION: dict[str, tuple[str, ...]] = {
    "officer": ("home", "task-list", "report-list", "plan-list", "quality", "calendar"),
    "head": ("home", "task-list", "report-list", "unit-tree", "quality", "target-list"),
    "secretary": ("home", "task-list", "report-list", "round-list", "quality", "document-list"),
    "focal": ("home", "task-list", "report-list", "round-list", "quality", "document-list"),
    "leader": ("overview", "home", "task-list", "plan-list", "target-list", "quality"),
    "auditor": ("home", "quality", "plan-list", "task-list", "report-list", "document-list"),
    "admin": ("home", "unit-tree", "document-list", "plan-list", "task-list"),
}
PHONE_TABS = 3


def first_page(person: Person) -> str:
    """The name of the page on which a person of this role begins."""
    names = NAVIGATION.get(person.role.code, NAVIGATION["officer"])
    return names[0] if names[0] != "overview" or "oversee" in person.role.grants else "home"


def url_of(name: str) -> str | None:
    """The address of a page, or None while there is no page of that name."""
    return _url_of(name, settings.ROOT_URLCONF, get_script_prefix())


def page_of(name: str, pk: int) -> str:
    """The address of the page `name` of one thing by its id, which stands in it once. Raises `NoReverseMatch`."""
    before, after = _around(name, settings.ROOT_URLCONF, get_script_prefix())
    return f"{before}{pk}{after}"


@lru_cache(maxsize=64)
def _around(name: str, urlconf: str, prefix: str) -> tuple[str, str]:
    """What stands before and after the id: a list of fifty asks for fifty addresses of one form."""
    marker = 10**12 + 7
    before, _id, after = reverse(name, args=[marker]).partition(str(marker))
    return before, after


@lru_cache(maxsize=256)
def _url_of(name: str, urlconf: str, prefix: str) -> str | None:
    """Looked up once: the frame alone asks for some thirty on every page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the navigation as drawn: its words, its icon, whether the page is inside it, how much waits there."""

    label: str
    icon: str
    url: str
    current: bool
    count: int


@lru_cache(maxsize=1024)
def _drawn(template: str, items: tuple[Item, ...], language: str | None) -> SafeString:
    """Links of the frame. The same few are drawn on every page, so they are kept by all that they show."""
    return render_to_string(template, {"items": items})


def draw(template: str, items: Iterable[Item]) -> SafeString:
    """Items of the navigation by a template of links."""
    return _drawn(template, tuple(items), get_language())


class Shell:
    """Everything that the frame of a page shows, worked out when the template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def _count(self, name: str) -> int:
        counter = BADGES.get(name)
        return counter(self.request) if counter else 0

    def _items(self, names: Iterable[str]) -> list[Item]:
        out = []
        for name in names:
            if url := url_of(name):
                path = self.request.path
                current = path == url if url == "/" else path.startswith(url)
                place = PLACES[name]
                out.append(Item(str(place.label), place.icon, url, current, self._count(name)))
        return out

    @cached_property
    def _names(self) -> tuple[str, ...]:
        role = getattr(getattr(self.request.user, "role", None), "code", "officer")
        return NAVIGATION.get(role, NAVIGATION["officer"])

    @cached_property
    def items(self) -> list[Item]:
        """The places of this person's role whose pages exist, in order; the first is the first page."""
        return self._items(self._names)

    @cached_property
    def others(self) -> list[Item]:
        """The places that the bar of this role has no room for (seven at most): they hang on the person's menu."""
        grants = getattr(getattr(self.request.user, "role", None), "grants", {})
        hidden = [name for name, grant in (("round-list", "collect"), ("overview", "oversee")) if grant not in grants]
        return self._items(name for name in PLACES if name not in (*self._names, *hidden))

    def bar(self) -> SafeString:
        """The links of the bar."""
        return draw("web/links_bar.html", self.items)

    def tabs(self) -> SafeString:
        """The links that stand at the foot of a phone."""
        return draw("web/links_tabs.html", self.items[:PHONE_TABS])

    def more(self) -> SafeString:
        """The links behind "Thêm" on a phone."""
        return draw("web/links_menu.html", [*self.items[PHONE_TABS:], *self.others])

    def menu(self) -> SafeString:
        """The links on the person's menu."""
        return draw("web/links_menu.html", [*self.others, *self.keeping])

    @cached_property
    def keeping(self) -> list[Item]:
        """What hangs on the person's menu: people for everyone, the ledger and the working calendar by role."""
        grants = getattr(getattr(self.request.user, "role", None), "grants", {})
        names = [
            ("person-list", True),
            ("unit-register", "manage_units" in grants),
            ("days-off", "manage_calendar" in grants),
            ("rules", "manage_rules" in grants),
            ("authority-list", "manage_rules" in grants),
            ("ledger-list", "read_ledger" in grants),
        ]
        return [
            Item(str(KEEPING[name].label), KEEPING[name].icon, url, self.request.path.startswith(url), 0)
            for name, shown in names
            if shown and (url := url_of(name))
        ]

    @cached_property
    def person(self) -> dict[str, Any]:
        """Who is signed in, as the bar names them; `who` for the disc."""
        user = self.request.user
        return {"who": user, "name": user.get_full_name(), "line": person_line(user)}  # type: ignore[union-attr]

    @cached_property
    def notices(self) -> int:
        """How many notices this person hasn't read."""
        return self._count("notice-list")

    @cached_property
    def urls(self) -> dict[str, str]:
        """The pages of the frame that exist, by their name with low lines for hyphens."""
        names = ("home", "search", "notice-list", "account", "password_change", "login", "logout", "set_language")
        return {name.replace("-", "_"): url for name in names if (url := url_of(name))}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell`, lazily."""
    return {"shell": SimpleLazyObject(lambda: Shell(request))}
