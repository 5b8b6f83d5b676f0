"""A real browser for the tests that walk the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from sauro.web.tests.chromium import context_of, launched

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One Chromium for the module."""
    with launched() as browser:
        yield browser


@pytest.fixture
def page_as(chromium: Any, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """`page_as("chi")`: a page of a browser in which that person is signed in; its console is kept in `page.said`.

    `page_as("")`: nobody is signed in. `scripts=False`: JavaScript is off. `size`: width and height. `people`: those of
    another world than `agency_world`.
    """
    from django.test import Client

    contexts = []

    def make(username: str, *, size: tuple[int, int] = (1366, 768), scripts: bool = True, people: Any = None) -> Any:
        context = context_of(chromium, size, scripts=scripts)
        contexts.append(context)
        if username:
            client = Client()
            people = people or request.getfixturevalue("agency_world").people
            client.force_login(people[username], backend=settings.AUTHENTICATION_BACKENDS[-1])
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.said.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def axe() -> Callable[[Any], list[str]]:
    """`axe(page)`: what axe has against the page, as sentences; empty where it finds nothing."""
    source = Path(settings.NODE_MODULES, "axe-core", "axe.min.js").read_text(encoding="utf-8")

    def check(page: Any) -> list[str]:
        # From its top: what a bar that stays in place half covers at some other place is no fault of the page.
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        page.evaluate(source)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags})", RULES)["violations"]
        return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]

    return check
