"""A nonconformity as people live it: raised on a phone with a photo, corrected, its cause found, an action, closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sauro.quality.models import Nonconformity, YearCycle
from sauro.quality.services import effect
from sauro.quality.services.errors import NotNow
from sauro.quality.tests import improving
from sauro.testing import World, adopt_small_plan
from sauro.web.today import today
from tests.browser.hands import PHONE, photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_phone_to_closing(
    page_as: Callable[..., Any], live_server: Any, agency_world: World, axe: Any
) -> None:
    plan = adopt_small_plan(agency_world, today())
    YearCycle.objects.create(agency=agency_world.agency, year=today().year, plan=plan)

    phone: Page = page_as("an", size=PHONE)
    phone.goto(f"{live_server.url}/chat-luong/khong-phu-hop/")
    phone.get_by_role("link", name="Ghi nhận").first.click()
    phone.get_by_label("Tóm tắt").fill("Một cửa còn dùng biểu mẫu cũ")
    phone.get_by_label("Trái với yêu cầu nào").fill("3 phiếu tiếp nhận theo mẫu đã bãi bỏ")
    phone.set_input_files("#id_evidence", {"name": "phieu.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing scrolls sideways"
    phone.get_by_role("button", name="Ghi nhận").click()
    phone.wait_for_url(re.compile(r"/khong-phu-hop/\d+/$"))
    expect(phone.locator("h1")).to_have_text("Một cửa còn dùng biểu mẫu cũ")
    expect(phone.get_by_role("link", name="phieu.jpg")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing scrolls sideways"
    found = Nonconformity.objects.get()
    with pytest.raises(NotNow, match="Chưa đóng được"):
        effect.close(found, agency_world.chi, today())

    head: Page = page_as("binh")
    head.goto(phone.url)
    expect(head.get_by_text("Khắc phục ngay, rồi tìm nguyên nhân gốc")).to_be_visible()
    head.locator("#correct").get_by_label("Đã khắc phục ngay việc gì").fill("Thu hồi mẫu cũ")
    head.locator("#correct").get_by_role("button").last.click()
    for n, because in enumerate(("Không biết có mẫu mới", "Không ai báo"), 1):
        head.fill(f"#analyse_why_{n}", "Vì sao?")
        head.fill(f"#analyse_because_{n}", because)
    head.locator("#analyse details summary").click()
    head.fill("#analyse_bone_people", "Người mới chưa tập huấn")
    head.fill("#analyse_cause", "Một cửa không nằm trong danh sách phân phối")
    head.fill("#analyse_check_after_days", "0")
    head.get_by_role("button", name="Ghi nguyên nhân").click()
    expect(head.locator(".fishbone")).to_be_visible()
    assert axe(head) == []
    head.locator("#order").get_by_label("Việc phải làm").fill("Thêm Một cửa vào danh sách phân phối")
    head.locator("#order").get_by_label("Hạn").fill(f"{today():%d/%m/%Y}")
    head.get_by_role("button", name="Giao thành nhiệm vụ").click()
    expect(head.get_by_text("Hoàn thành 1 hành động")).to_be_visible()

    improving.finish(found.actions.get(), today())
    auditor: Page = page_as("hoa")
    auditor.goto(phone.url)
    auditor.get_by_label("Có hiệu lực: không xảy ra lại").check()
    auditor.get_by_label("Đã xem gì, thấy gì").fill("Xem 20 phiếu, không còn mẫu cũ")
    auditor.get_by_role("button", name="Ghi kết luận").click()
    auditor.locator("#close").get_by_role("button", name="Đóng sự không phù hợp").click()
    expect(auditor.get_by_text(re.compile("Đã đóng ngày"))).to_be_visible()
    found.refresh_from_db()
    assert (found.state, found.closed_by) == ("closed", agency_world.hoa)
    for page in (phone, head, auditor):
        assert page.said == []  # type: ignore[attr-defined]


def test_the_heat_map_reads_on_a_phone(
    page_as: Callable[..., Any], live_server: Any, agency_world: World, axe: Any
) -> None:
    improving.a_risk(agency_world, on=today())
    page: Page = page_as("binh", size=PHONE)
    page.goto(f"{live_server.url}/chat-luong/rui-ro/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing scrolls sideways"
    assert axe(page) == []
    page.locator(".heat a").click()
    page.wait_for_url(re.compile("o=3x3"))
    expect(page.locator("tbody .row-link")).to_have_count(1)
