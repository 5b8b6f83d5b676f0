"""On a slow network: what is typed while the draft is being saved is no conflict with oneself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from sauro.documents.control.tests.scene import make_version
from sauro.documents.models import DocumentVersion
from sauro.monitoring import services
from sauro.monitoring.models import Report
from sauro.testing import World, adopt_small_plan, task_of
from sauro.web.tests.chromium import eventually
from sauro.web.today import today

pytestmark = [pytest.mark.browser, pytest.mark.pure, pytest.mark.django_db(transaction=True)]


def type_while_it_saves(page: Page, box: str, pattern: str) -> None:
    """Type, let the server keep it but its answer be late, type on, then let the answer come."""
    late: list[Any] = []

    def slow(route: Any) -> None:
        late.append((route, route.fetch()))

    page.route(pattern, slow, times=1)
    page.evaluate("window.due = 0; document.body.addEventListener('htmx:trigger', () => window.due++)")
    page.fill(box, "Đã làm một phần")
    eventually(page, lambda: late)
    due = page.evaluate("window.due")
    page.fill(box, "Đã làm một phần, còn một phần")
    page.wait_for_function("due => window.due > due", arg=due)
    route, answer = late[0]
    route.fulfill(response=answer)
    expect(page.locator("#da-luu")).to_contain_text("Đã tự lưu lúc")


def test_a_document(page_as: Callable[..., Page], live_server: Any, agency_world: World) -> None:
    version = make_version(agency_world, "draft")
    page = page_as("an")
    page.goto(live_server.url + reverse("version-edit", args=[version.pk]))
    type_while_it_saves(page, "#id_purpose", "**/luu/")
    eventually(page, lambda: DocumentVersion.objects.get().content["purpose"] == "Đã làm một phần, còn một phần")
    assert page.said == []  # type: ignore[attr-defined]


def test_a_report(page_as: Callable[..., Page], live_server: Any, agency_world: World) -> None:
    plan = adopt_small_plan(agency_world, today())
    services.assign(task_of(plan, "1.2"), agency_world.an, agency_world.binh)
    report = services.start_report(task_of(plan, "1.2"), agency_world.an, today())
    page = page_as("an")
    page.goto(live_server.url + reverse("report", args=[report.pk]))
    type_while_it_saves(page, "#id_done_text", "**/luu/")
    eventually(page, lambda: Report.objects.get().done_text == "Đã làm một phần, còn một phần")
    assert page.said == []  # type: ignore[attr-defined]
