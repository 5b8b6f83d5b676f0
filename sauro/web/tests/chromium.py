"""Chromium for the tests that walk the pages."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any

from playwright import sync_api

PROGRAM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
# How long a busy machine may take for one step, in ms. A test that passes waits for none of it.
PATIENCE = 60_000


@contextlib.contextmanager
def launched() -> Iterator[Any]:
    """One Chromium. The loop of Playwright makes Django think it is in async code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    sync_api.expect.set_options(timeout=PATIENCE)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox"], timeout=PATIENCE * 3)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def context_of(browser: Any, size: tuple[int, int], *, scripts: bool = True) -> Any:
    """A person's own window of that width and height."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts)
    context.set_default_timeout(PATIENCE)
    return context


def settled(page: Any) -> None:
    """Wait until nothing is on its way to the server: tests look into the database only then."""
    sync_api.expect(page.locator(".htmx-request")).to_have_count(0)


def eventually(page: Any, what: Callable[[], object]) -> None:
    """Wait until `what()` is true: for what a form sent without htmx leaves behind. Fails after `PATIENCE`."""
    until = time.monotonic() + PATIENCE / 1000
    while not what():
        assert time.monotonic() < until, "it did not come"
        page.wait_for_timeout(50)
