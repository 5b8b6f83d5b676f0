"""The one-minute report in a real browser: found on the own page, saved by itself, proved, handed in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sauro.monitoring import services
from sauro.monitoring.models import Evidence, Report
from sauro.plans.models import Plan
from sauro.testing import World, adopt_small_plan, task_of
from sauro.web.today import today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def owed(agency_world: World) -> Plan:
    """A plan in force whose task 1.2 is `an`'s to report."""
    plan = adopt_small_plan(agency_world, today())
    services.assign(task_of(plan, "1.2"), agency_world.an, agency_world.binh)
    return plan


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A document that proves something, and one that is refused."""
    good, bad = tmp_path / "Danh sách.pdf", tmp_path / "macro.docm"
    good.write_bytes(b"%PDF-1.4\n" + b"x" * 50_000)
    bad.write_bytes(b"PK\x03\x04")
    return good, bad


def open_form(page: Any, live_server: Any) -> None:
    """From the own page into the form, by its button."""
    page.goto(live_server.url + "/")
    page.locator(".work", has_text="Hỗ trợ 40 doanh nghiệp").locator("a.btn").first.click()
    page.wait_for_url(re.compile(r"/bao-cao/\d+/$"))


def saved(page: Any, version: int) -> None:
    """Wait until the draft has been saved for the `version`-th time."""
    page.wait_for_function("v => Number(document.getElementById('id_version').value) >= v", arg=version)


@pytest.mark.parametrize("size", [(1366, 768), (360, 800)])
def test_a_report_takes_a_minute(
    page_as: Callable[..., Any], live_server: Any, owed: Plan, files: tuple[Path, Path], axe: Any, size: tuple[int, int]
) -> None:
    page = page_as("an", size=size)
    open_form(page, live_server)
    assert axe(page) == []
    page.fill("#id_progress", "34")
    page.fill("#id_done_text", "Đã hỗ trợ 34 doanh nghiệp tạo gian hàng.")
    saved(page, 1)
    assert "Đã tự lưu lúc" in page.inner_text("#da-luu")
    assert page.get_attribute("#thanh-tien-do .bar-done", "width") == "34%"

    good, bad = files
    page.set_input_files("#id_evidence", [str(good), str(bad)])
    page.get_by_text("Không nhận tệp macro.docm").wait_for()
    line = page.locator(".report-files li", has_text="Danh sách.pdf")
    line.get_by_label("Ngày văn bản").fill(f"{today():%d/%m/%Y}")
    line.get_by_label("Chứng minh cho").select_option(index=1)
    page.locator("input[name=has_difficulties][value=yes]").check(force=True)
    page.get_by_label("Khó khăn, vướng mắc gặp phải").fill("Thiếu kinh phí")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing scrolls sideways"

    page.get_by_role("button", name="Nộp báo cáo").click()
    page.get_by_text("Đã nộp báo cáo").wait_for()
    report = Report.objects.get(state=Report.State.SUBMITTED)
    assert (report.progress, report.difficulties) == (34, "Thiếu kinh phí")
    evidence = Evidence.objects.get()
    assert evidence.document_date == today() and evidence.product == task_of(owed, "1.2").products.get()
    assert [words for words in page.said if "422" not in words and "409" not in words] == []


def test_two_windows_lose_nothing(page_as: Callable[..., Any], live_server: Any, owed: Plan) -> None:
    first = page_as("an")
    open_form(first, live_server)
    second = first.context.new_page()
    second.goto(first.url)
    second.fill("#id_done_text", "Bản ở nhà")
    saved(second, 1)
    first.fill("#id_done_text", "Bản ở cơ quan")
    first.get_by_role("button", name="So hai bản").click()
    first.get_by_role("heading", name="1 ô khác nhau, chọn rồi lưu").wait_for()
    assert first.locator("mark").count() >= 2
    first.get_by_role("button", name="Lưu theo lựa chọn").click()
    first.get_by_text("Đã lưu theo lựa chọn.").wait_for()
    assert first.input_value("#id_done_text") == "Bản ở cơ quan"


def test_what_was_typed_survives_the_end_of_the_session(
    page_as: Callable[..., Any], live_server: Any, owed: Plan
) -> None:
    page = page_as("an")
    open_form(page, live_server)
    kept = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.fill("#id_done_text", "Gõ sau khi phiên đã hết")
    page.get_by_text("Phiên làm việc đã hết").wait_for()
    page.context.add_cookies(kept)
    page.reload()
    page.wait_for_function("document.getElementById('id_done_text').value === 'Gõ sau khi phiên đã hết'")
    saved(page, 1)
    assert Report.objects.get().done_text == "Gõ sau khi phiên đã hết"


def test_the_form_works_without_scripts(
    page_as: Callable[..., Any], live_server: Any, owed: Plan, files: tuple[Path, Path]
) -> None:
    page = page_as("an", scripts=False)
    open_form(page, live_server)
    page.fill("#id_progress", "20")
    page.fill("#id_done_text", "Đã làm")
    page.set_input_files("#id_evidence", str(files[0]))
    page.get_by_role("button", name="Tải tệp lên").click()
    page.get_by_text("Danh sách.pdf").wait_for()
    assert page.input_value("#id_done_text") == "Đã làm", "what was typed is kept with the file"
    page.get_by_role("button", name="Nộp báo cáo").click()
    page.get_by_text("Đã nộp báo cáo").wait_for()
    assert Report.objects.filter(state=Report.State.SUBMITTED).count() == 1


@pytest.mark.parametrize("size", [(1366, 768), (360, 800)])
@pytest.mark.parametrize(
    ("who", "url"),
    [
        ("binh", "/"), ("giang", "/"), ("an", "/thong-bao/"), ("binh", "/lich/"), ("binh", "/lich/?kieu=danh-sach"),
        ("chi", "/lich-lam-viec/"), ("an", "/bao-cao/"), ("chi", "/nguoi-dung/"), ("chi", "/nguoi-dung/them/"),
        ("chi", "/danh-ba/"), ("hoa", "/so-cai/"), ("an", "/tai-khoan/"),
    ],
)  # fmt: skip
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page_as: Callable[..., Any], live_server: Any, owed: Plan, axe: Any, who: str, url: str, size: tuple[int, int]
) -> None:
    page = page_as(who, size=size)
    page.goto(live_server.url + url)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.said == []
