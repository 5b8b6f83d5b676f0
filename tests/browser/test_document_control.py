"""A procedure lives in the browser: drafted with its steps, returned, checked, approved, read on a phone; then
revised beside the version in force, compared, in force on its day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import expect

from sauro.documents.models import Acknowledgement, DocumentedInformation, DocumentVersion
from sauro.ledger.services import verify
from sauro.quality.services.daily import run_day
from sauro.testing import TODAY, World
from sauro.web.tests.chromium import eventually
from tests.browser.hands import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_procedure_from_its_first_draft_to_its_second_issue(
    agency_world: World,
    live_server: Any,
    page_as: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = SimpleNamespace(day=TODAY)
    monkeypatch.setattr("sauro.web.today.timezone", SimpleNamespace(localdate=lambda: clock.day))
    root = live_server.url
    an, binh, giang = page_as("an"), page_as("binh"), page_as("giang")

    # An puts the procedure on the list and drafts it; what is typed saves itself.
    an.goto(f"{root}/chat-luong/tai-lieu/")
    an.get_by_role("link", name="Thêm tài liệu").click()
    an.get_by_label("Loại tài liệu").select_option(label="Quy trình")
    an.get_by_label("Mã hiệu").fill("QT.TM.01")
    an.get_by_label("Tên tài liệu").fill("Cấp giấy phép bán buôn rượu")
    an.get_by_label("Điều khoản tiêu chuẩn").fill("8.5.1")
    an.get_by_role("button", name="Thêm tài liệu").click()
    an.get_by_role("button", name="Soạn lần ban hành đầu").click()
    an.get_by_label("Mục đích").fill("Cấp phép đúng hạn.")
    steps = an.locator("#phan-steps")
    steps.get_by_label("Bước công việc").fill("Tiếp nhận hồ sơ")
    steps.get_by_label("Trách nhiệm").fill("Bộ phận Một cửa")
    steps.get_by_label("Thời gian").fill("0,5 ngày")
    an.get_by_role("button", name="Thêm bước").click()
    expect(steps.locator(".doc-row")).to_have_count(2)
    steps.get_by_label("Bước công việc").nth(1).fill("Thẩm định")
    eventually(an, lambda: len(DocumentVersion.objects.get().content["steps"]) == 2)
    expect(an.locator("#da-luu")).to_contain_text("Đã tự lưu lúc")
    assert axe(an) == []
    an.get_by_role("button", name="Gửi kiểm tra").click()
    expect(an.get_by_text("Việc tiếp theo: Trần Quốc Bình").first).to_be_visible()

    # Bình gives it back with the reason; An sees it, mends it and sends it again; Bình has checked it.
    document = DocumentedInformation.objects.get()
    address = f"{root}/chat-luong/tai-lieu/{document.pk}/"
    binh.goto(address)
    binh.get_by_text("Trả lại để sửa").click()
    binh.get_by_label("Lý do trả lại").fill("Chưa ghi biểu mẫu của bước 2")
    binh.get_by_role("button", name="Trả lại", exact=True).click()
    an.goto(address)
    expect(an.get_by_text("Chưa ghi biểu mẫu của bước 2").first).to_be_visible()
    an.get_by_role("link", name="Soạn tiếp").click()
    steps.get_by_label("Biểu mẫu, kết quả").nth(1).fill("BM.TM.01.01")
    an.get_by_role("button", name="Gửi kiểm tra").click()
    binh.goto(address)
    binh.get_by_role("button", name="Đã kiểm tra, trình phê duyệt").click()
    expect(binh.get_by_text("chuyển phê duyệt: Đỗ Trường Giang")).to_be_visible()

    # Giang approves: in force at once, frozen, given to everyone.
    giang.goto(address)
    giang.get_by_role("link", name="Phê duyệt").click()
    assert axe(giang) == []
    giang.get_by_label("Số quyết định ban hành").fill("45/QĐ-SCT")
    giang.get_by_role("button", name="Phê duyệt").click()
    expect(giang.get_by_text("có hiệu lực từ hôm nay").first).to_be_visible()
    first = DocumentVersion.objects.get()
    assert (first.state, first.decision_number, len(first.sha256)) == ("in_force", "45/QĐ-SCT", 64)
    assert first.pdf is not None

    # Everyone reads it on a phone: from the home page, from the document's page, from the list of what is to be read.
    for name, path in (("an", "/"), ("dung", f"/chat-luong/tai-lieu/{document.pk}/"), ("hoa", "/chat-luong/can-doc/")):
        phone = page_as(name, size=PHONE)
        phone.goto(root + path)
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert phone.evaluate(overflow) <= 0
        phone.get_by_role("button", name="ã đọc").first.click()
        expect(phone.get_by_text("Đã xác nhận đọc QT.TM.01.").first).to_be_visible()
    assert Acknowledgement.objects.filter(read_at__isnull=False).count() == 3
    giang.goto(address)
    expect(giang.get_by_text("3 trên 6 người, 50%")).to_be_visible()

    # A second issue is drafted beside; the first stays in force; what changed is shown.
    an.goto(address)
    an.get_by_role("button", name="Soạn lần ban hành mới").click()
    an.get_by_label("Nội dung sửa đổi so với lần trước").fill("Rút thời hạn tiếp nhận")
    steps.get_by_label("Thời gian").nth(0).fill("2 giờ")
    an.get_by_role("button", name="Gửi kiểm tra").click()
    expect(an.get_by_text("Bản đang hiệu lực")).to_be_visible()
    an.get_by_role("link", name="So với bản hiệu lực").click()
    expect(an.locator("h1")).to_have_text("1 chỗ khác nhau")
    expect(an.locator("ins.added").first).to_contain_text("2")
    assert axe(an) == []
    binh.goto(address)
    binh.get_by_role("button", name="Đã kiểm tra, trình phê duyệt").click()
    giang.goto(address)
    giang.get_by_role("link", name="Phê duyệt").click()
    expect(giang.get_by_text("1 chỗ thay đổi so với bản đang hiệu lực")).to_be_visible()
    later = TODAY + dt.timedelta(days=3)
    giang.get_by_label("Ngày hiệu lực").fill(f"{later:%d/%m/%Y}")
    giang.get_by_role("button", name="Phê duyệt").click()
    expect(giang.get_by_text(f"tự có hiệu lực ngày {later:%d/%m/%Y}")).to_be_visible()
    document.refresh_from_db()
    assert document.current_id == first.pk

    # On its day it is the one in force, and nobody is asked to read the old one any longer.
    for n in range(1, 4):
        clock.day = TODAY + dt.timedelta(days=n)
        run_day(agency_world.agency, clock.day)
    document.refresh_from_db()
    first.refresh_from_db()
    assert document.current is not None
    assert (document.current.issue_no, first.state) == (2, "superseded")
    assert not first.acknowledgements.waiting().exists()
    an.goto(address)
    expect(an.get_by_text("Lần ban hành 2, hiệu lực")).to_be_visible()
    expect(an.get_by_text("Cần đọc lần ban hành 2")).to_be_visible()
    assert list(verify()) == []
    assert an.said == binh.said == giang.said == []
