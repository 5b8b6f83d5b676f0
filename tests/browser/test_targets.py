"""Entering a figure in a real browser: from the list to the page, typed, refused, mended, drawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Indicator, Measurement
from sauro.testing import TRADE, World, adopt_small_plan
from sauro.vietnamese.periods import Period
from sauro.web.today import today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", [(1366, 768), (360, 800)])
def test_a_figure_is_entered_and_drawn(
    page_as: Callable[..., Any], live_server: Any, agency_world: World, axe: Any, size: tuple[int, int]
) -> None:
    adopt_small_plan(agency_world, today())
    indicator = Indicator.objects.get(target__unit="hộ")
    month = Period.of("month", today())
    changes = {"owner": agency_world.units[TRADE], "starts_on": today() - dt.timedelta(days=300), "due": month.end}
    monitoring.set_up_indicator(indicator, agency_world.chi, changes)
    page = page_as("an", size=size)
    page.goto(live_server.url + "/chi-tieu/")
    page.get_by_role("link", name="Hộ kinh doanh bán hàng trực tuyến").click()
    field = page.locator(f"[name='value:{month}']")
    field.fill("hai trăm")
    page.get_by_role("button", name="Ghi số liệu").click()
    page.get_by_role("alert").get_by_text("1 số liệu chưa ghi được").wait_for()
    assert axe(page) == []
    assert field.input_value() == "hai trăm" and not Measurement.objects.exists()
    field.fill("1.260")
    page.get_by_role("button", name="Ghi số liệu").click()
    page.get_by_text("Đã ghi 1 số liệu.").wait_for()
    assert Measurement.objects.get().value == 1260
    page.locator(".chart svg path").first.wait_for(state="attached")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing scrolls sideways"
    assert [words for words in page.said if "422" not in words] == []
