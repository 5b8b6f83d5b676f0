"""Reporting in three ways in a real browser, on a screen and on a phone: the page of one report, the sheet, Excel."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from sauro.monitoring import services
from sauro.monitoring.models import Report, Round
from sauro.testing import World, adopt_small_plan, task_of
from sauro.web.tests.chromium import eventually
from sauro.web.today import today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [(1366, 768), (360, 800)]


@pytest.fixture
def called(agency_world: World) -> Round:
    """A call for reports on two tasks of the trade division and on the plan's other ones."""
    plan = adopt_small_plan(agency_world, today())
    services.assign(task_of(plan, "1.2"), agency_world.an, agency_world.binh)
    tasks = [task_of(plan, ref) for ref in ("1.1", "1.2", "2.1")]
    return services.call_round(
        plan, agency_world.chi, today(), kind="ad_hoc", event="Họp giao ban tháng", due=today() + dt.timedelta(days=3),
        tasks=tasks,
    )  # fmt: skip


def row_of(page: Any, ref: str) -> Any:
    """The task's row of the sheet."""
    return page.locator("tr[data-row]", has=page.locator(f".sheet-title b:text-is('{ref}')"))


@pytest.mark.parametrize("size", SIZES)
def test_one_report_from_the_notice_to_the_reading_page_and_back(
    page_as: Callable[..., Any], live_server: Any, called: Round, axe: Any, size: tuple[int, int]
) -> None:
    page = page_as("an", size=size)
    duty = called.duties.get(task__ref="1.2")
    page.goto(f"{live_server.url}/viec/{duty.pk}/bao-cao/")
    expect(page.get_by_text("Yêu cầu: Họp giao ban tháng")).to_be_visible()
    page.fill("#id_progress", "40")
    page.fill("#id_done_text", "Đã hỗ trợ 16 doanh nghiệp.")
    page.get_by_role("button", name="Nộp báo cáo").click()
    page.get_by_role("link", name="Xem lại").click()
    expect(page.get_by_role("heading", name="đạt 40%")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Rút lại").click()
    expect(page.get_by_text("Đã rút lại")).to_be_visible()
    report = Report.objects.get()
    services.submit_report(report, type(report.author).objects.get(username="an"), today())
    services.return_report(report, type(report.author).objects.get(username="chi"), "Thiếu danh sách kèm theo.")
    page.reload()
    expect(page.locator(".returned")).to_contain_text("Lê Thị Kim Chi trả lại lúc")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.fill("#id_done_text", "Đã hỗ trợ 16 doanh nghiệp, kèm danh sách.")
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.get_by_text("Đã nộp báo cáo")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_a_sheet_saves_itself_row_by_row_and_hands_in_what_is_ready(
    page_as: Callable[..., Any], live_server: Any, called: Round, axe: Any, size: tuple[int, int]
) -> None:
    page = page_as("an", size=size)
    page.goto(f"{live_server.url}/bao-cao/")
    page.get_by_role("link", name="Họp giao ban tháng").click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing scrolls sideways"
    second = row_of(page, "1.2")
    second.get_by_label("Kết quả đã làm").fill("Đã hỗ trợ 16 doanh nghiệp.")
    second.get_by_label("Tiến độ").fill("400")
    expect(second.get_by_text("Ghi tiến độ bằng số nguyên từ 0 đến 100.")).to_be_visible()
    assert axe(page) == []
    second.get_by_label("Tiến độ").fill("40")
    expect(second.get_by_text("Đã tự lưu lúc")).to_be_visible()
    expect(second.get_by_role("checkbox")).to_be_checked()
    row_of(page, "1.1").get_by_role("checkbox").check()
    page.get_by_role("button", name="Nộp các dòng đã chọn").click()
    expect(page.get_by_text("Đã nộp 1 báo cáo.")).to_be_visible()
    expect(page.get_by_text("1 dòng chưa xong")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 trên")
    assert axe(page) == []
    assert Report.objects.get(task__ref="1.2").progress == 40
    assert [words for words in page.said if "422" not in words] == []


def test_keys_go_from_cell_to_cell_and_a_block_from_excel_spreads_over_them(
    page_as: Callable[..., Any], live_server: Any, called: Round
) -> None:
    page = page_as("an")
    page.goto(f"{live_server.url}/bao-cao/ky/{called.pk}/bang/")
    first, second = row_of(page, "1.1"), row_of(page, "1.2")
    first.get_by_label("Tiến độ").focus()
    page.keyboard.press("Enter")
    expect(second.get_by_label("Tiến độ")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(first.get_by_label("Tiến độ")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(first.get_by_label("Kết quả đã làm")).to_be_focused()
    page.keyboard.press("Tab")
    expect(first.get_by_label("Khó khăn")).to_be_focused()
    first.get_by_label("Tiến độ").focus()
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const how = { clipboardData: data, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
        }""",
        '10\tĐã ký\tChậm vốn\r\n20\t"Đã mời\nđủ ""40"" doanh nghiệp"\r\n',
    )
    for row in (first, second):
        expect(row.get_by_text("Đã tự lưu lúc")).to_be_visible()
    kept = {r.task.ref: (r.progress, r.done_text, r.difficulties) for r in Report.objects.all() if r.task}
    assert kept == {"1.1": (10, "Đã ký", "Chậm vốn"), "1.2": (20, 'Đã mời\nđủ "40" doanh nghiệp', "")}
    second.get_by_label("Kết quả đã làm").focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Alt+Enter")
    page.keyboard.type("Xong.")
    eventually(page, lambda: Report.objects.get(task__ref="1.2").done_text.endswith("nghiệp\nXong."))


def test_two_people_at_one_sheet_are_told_of_each_other(
    page_as: Callable[..., Any], live_server: Any, called: Round
) -> None:
    an, binh = page_as("an"), page_as("binh")
    for page in (an, binh):
        page.goto(f"{live_server.url}/bao-cao/ky/{called.pk}/bang/")
    row_of(binh, "1.2").get_by_label("Kết quả đã làm").fill("Bình ghi")
    expect(row_of(binh, "1.2").get_by_text("Đã tự lưu lúc")).to_be_visible()
    row = row_of(an, "1.2")
    row.get_by_label("Kết quả đã làm").fill("An ghi")
    expect(row.get_by_text("Trần Quốc Bình đã lưu")).to_be_visible()
    expect(row.get_by_text("Đã lưu là: Bình ghi")).to_be_visible()
    expect(row.get_by_label("Kết quả đã làm")).to_have_value("An ghi")
    row.get_by_label("Kết quả đã làm").fill("An và Bình ghi")
    expect(row.get_by_text("Đã tự lưu lúc")).to_be_visible()
    assert Report.objects.get().done_text == "An và Bình ghi"


def test_a_sheet_works_without_scripts(page_as: Callable[..., Any], live_server: Any, called: Round) -> None:
    page = page_as("an", scripts=False)
    page.goto(f"{live_server.url}/bao-cao/ky/{called.pk}/bang/")
    row = row_of(page, "1.2")
    row.get_by_label("Tiến độ").fill("15")
    row.get_by_label("Kết quả đã làm").fill("Đã mời 6 doanh nghiệp")
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Nộp các dòng đã chọn").click()
    expect(page.get_by_text("Đã nộp 1 báo cáo.")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_excel_is_downloaded_filled_in_marked_where_wrong_and_taken_in(
    page_as: Callable[..., Any], live_server: Any, called: Round, axe: Any, size: tuple[int, int], tmp_path: Path
) -> None:
    page = page_as("an", size=size)
    page.goto(f"{live_server.url}/bao-cao/ky/{called.pk}/bang/")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Tải bảng Excel").click()
    path = tmp_path / "bang.xlsx"
    coming.value.save_as(path)
    book = openpyxl.load_workbook(path)
    sheet = book["Báo cáo"]
    line = next(c.row for c in sheet["B"] if c.value == "1.2")
    sheet.cell(line, 5).value, sheet.cell(line, 6).value = "nhiều", "Đã hỗ trợ 16 doanh nghiệp"
    book.save(path)

    def upload(file: Path) -> None:
        page.set_input_files("#id_tep", str(file))
        page.get_by_role("button", name="Nhập tệp").click()

    upload(path)
    expect(page.get_by_text("1 ô sai, chưa dòng nào được nhập")).to_be_visible()
    expect(page.locator("#o-sai tbody")).to_contain_text(f"E{line}")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_download() as marked:
        page.get_by_role("link", name=re.compile("Tải tệp đã đánh dấu")).click()
    again = tmp_path / "lai.xlsx"
    marked.value.save_as(again)
    book = openpyxl.load_workbook(again)
    cell = book["Báo cáo"].cell(line, 5)
    assert "từ 0 đến 100" in cell.comment.text
    cell.value, cell.comment = 40, None
    book.save(again)
    upload(again)
    expect(page.get_by_text("Đã nhập 1 dòng từ tệp.")).to_be_visible()
    report = Report.objects.get()
    assert (report.progress, report.done_text, report.state) == (40, "Đã hỗ trợ 16 doanh nghiệp", "draft")
