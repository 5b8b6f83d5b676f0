"""Review and adopt as a person does it: upload, look at the source, answer doubts, adopt, with the keyboard too."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sauro.documents.models import Reading
from sauro.documents.tests.test_upload import TEXT
from sauro.organization.models import UnitAlias
from sauro.plans.models import Plan
from sauro.plans.tests.test_amend import later_draft
from sauro.testing import TRADE, adopt_small_plan, make_reading
from sauro.web.tests.chromium import eventually, settled
from sauro.web.tests.test_documents_review import doubted_draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def task_now(reading: Reading) -> Any:
    """The second task of the reading as it stands."""
    return Reading.objects.get(pk=reading.pk).get_draft().tasks[1]


def test_from_upload_to_plan(page_as: Any, live_server: Any) -> None:
    page: Page = page_as("chi")
    page.goto(f"{live_server.url}/van-ban/")
    page.set_input_files("#id_tep", {"name": "386.txt", "mimeType": "text/plain", "buffer": TEXT.encode()})
    expect(page.locator("[data-drop-list]")).to_contain_text("386.txt")
    page.get_by_role("button", name="Tải lên và đọc").click()
    page.wait_for_url(re.compile(r"/van-ban/duyet/\d+/"))
    expect(page.locator("h1")).to_contain_text("386/QĐ-SCT")
    expect(page.locator("#nguon .read").first).to_be_visible()
    while page.locator("[data-doubt]").count():
        left = page.locator("[data-doubt]").count()
        page.locator("[data-doubt]").first.get_by_role("button", name="Giữ như văn bản").click()
        expect(page.locator("[data-doubt]")).to_have_count(left - 1)
    page.get_by_role("button", name="Thông qua", exact=True).click()
    page.wait_for_url(re.compile(r"/ke-hoach/\d+/"))
    assert Plan.objects.get().tasks.count() == 2


def test_doubts_are_answered_one_after_another_and_the_place_is_lit(
    page_as: Any, live_server: Any, agency_world: Any
) -> None:
    reading = make_reading(agency_world, doubted_draft())
    page: Page = page_as("chi")
    page.goto(f"{live_server.url}/van-ban/duyet/{reading.pk}/")
    adopt = page.get_by_role("button", name="Thông qua", exact=True)
    expect(adopt).to_have_attribute("aria-disabled", "true")
    adopt.click(force=True)
    assert not Plan.objects.exists()
    expect(page.locator("#nguon [data-s].doubt")).to_have_count(3)

    unit = page.get_by_role("combobox").first
    unit.click()
    unit.press_sequentially("quan ly thuong")
    option = page.get_by_role("option").first
    expect(option).to_contain_text(TRADE)
    expect(option).to_contain_text("Giống")
    expect(page.locator("#nguon tr[data-block='1'] .chosen, #nguon tr[data-block='1'] td.chosen")).not_to_have_count(0)
    unit.press("Enter")
    unit.press("Enter")
    expect(page.locator("[data-doubt]")).to_have_count(2)
    expect(page.locator("#nguon [data-s].doubt")).to_have_count(2)
    assert UnitAlias.objects.filter(text="Phòng QLTM va TMDT").exists()

    # The next doubt has the focus and its place is lit.
    expect(page.locator("[data-doubt].is-now")).to_contain_text("Trước 31/6/2027")
    expect(page.locator("#nguon tr[data-block='4'] .chosen, #nguon tr[data-block='4'] td.chosen")).not_to_have_count(0)
    page.get_by_role("button", name="30/06/2027").click()
    expect(page.locator("[data-doubt]")).to_have_count(1)
    page.get_by_role("button", name="Thêm vào danh bạ").click()
    expect(page.get_by_text("Không còn chỗ ngờ", exact=True)).to_be_visible()
    expect(adopt).not_to_have_attribute("aria-disabled", "true")
    expect(page.get_by_text(re.compile(r"Đã tự lưu lúc \d\d:\d\d"))).to_be_visible()
    adopt.click()
    page.wait_for_url(re.compile(r"/ke-hoach/\d+/"))
    assert Plan.objects.get().tasks.get(ref="1.1").lead_unit.name == TRADE


def test_an_answer_that_comes_late_does_not_open_the_list_over_what_was_chosen(
    page_as: Any, live_server: Any, agency_world: Any
) -> None:
    reading = make_reading(agency_world, doubted_draft())
    page: Page = page_as("chi")
    late: list[Any] = []

    def hold(route: Any) -> None:
        late.append(route)

    page.route("**/*q=quan%20ly", hold)
    page.goto(f"{live_server.url}/van-ban/duyet/{reading.pk}/")
    unit = page.get_by_role("combobox").first
    unit.fill("quan")
    page.get_by_role("option").first.wait_for()
    unit.fill("quan ly")
    eventually(page, lambda: late)
    unit.press("Enter")
    chosen = unit.input_value()
    with page.expect_response("**/*q=quan*"):
        late[0].continue_()
    page.wait_for_timeout(100)
    expect(unit).to_have_attribute("aria-expanded", "false")
    assert chosen.startswith("Phòng Quản lý")
    unit.press("Enter")
    expect(page.locator("[data-doubt]")).to_have_count(2)


def test_fields_save_themselves_one_after_another(page_as: Any, live_server: Any, agency_world: Any) -> None:
    reading = make_reading(agency_world)
    page: Page = page_as("chi")
    page.goto(f"{live_server.url}/van-ban/duyet/{reading.pk}/")
    page.get_by_role("link", name=re.compile("Nhiệm vụ 5")).click()
    page.get_by_role("link", name=re.compile("Hỗ trợ 40 doanh nghiệp")).click()
    title = page.get_by_label("Nội dung", exact=True)
    title.fill("Hỗ trợ 60 doanh nghiệp")
    page.get_by_label("Thời gian theo văn bản").fill("Quý III/2026")
    page.get_by_label("Ghi chú").fill("đã sửa")
    page.get_by_label("Ghi chú").press("Tab")
    expect(page.get_by_label("Hiểu là")).to_have_value("30/09/2026")
    expect(page.locator("#muc-tasks-1 .item-link")).to_contain_text("60 doanh nghiệp")
    settled(page)
    assert task_now(reading).note == "đã sửa"
    assert task_now(reading).title == "Hỗ trợ 60 doanh nghiệp"
    # What followed from the words of the schedule isn't undone by the next saving.
    assert f"{task_now(reading).schedule.due:%d/%m/%Y}" == "30/09/2026"

    page.get_by_label("Hiểu là").fill("31/9/2026")
    page.get_by_label("Hiểu là").press("Tab")
    expect(page.get_by_text("Tháng 9 chỉ có 30 ngày")).to_be_visible()
    coordinating = page.get_by_role("combobox", name="Phối hợp")
    coordinating.click()
    coordinating.press_sequentially("van phong")
    expect(page.get_by_role("option").first).to_contain_text("Văn phòng Sở")
    coordinating.press("Enter")
    expect(page.locator("[data-field='tasks[1].coordinating_units'] .names-list li")).to_have_count(1)
    settled(page)
    assert task_now(reading).coordinating_units == ["Văn phòng Sở"]


def test_a_task_is_split_at_the_cursor(page_as: Any, live_server: Any, agency_world: Any) -> None:
    reading = make_reading(agency_world)
    page: Page = page_as("chi")
    page.goto(f"{live_server.url}/van-ban/duyet/{reading.pk}/?muc=nhiem-vu&mo=tasks[1]")
    title = page.get_by_label("Nội dung", exact=True)
    cut = "Hỗ trợ 40 doanh nghiệp "
    title.click()
    title.press("Control+Home")
    for _ in cut:
        title.press("ArrowRight")
    page.get_by_role("button", name="Tách đôi").click()
    expect(page.locator(".item")).to_have_count(6)
    settled(page)
    titles = [t.title for t in Reading.objects.get(pk=reading.pk).get_draft().tasks[1:3]]
    assert titles == [cut.strip(), "nhỏ và vừa đưa sản phẩm lên sàn"]


def test_two_people_at_once_lose_nothing(page_as: Any, live_server: Any, agency_world: Any) -> None:
    reading = make_reading(agency_world)
    address = f"{live_server.url}/van-ban/duyet/{reading.pk}/?muc=nhiem-vu&mo=tasks[1]"
    chi, giang = page_as("chi"), page_as("giang")
    chi.goto(address)
    giang.goto(address)
    giang.get_by_label("Ghi chú").fill("của Giang")
    giang.get_by_label("Ghi chú").press("Tab")
    settled(giang)
    assert task_now(reading).note == "của Giang"
    chi.get_by_label("Ghi chú").fill("của Chi")
    chi.get_by_label("Ghi chú").press("Tab")
    expect(chi.locator("#xung-dot")).to_contain_text("Đỗ Trường Giang đã sửa bản đọc này lúc")
    expect(chi.locator("#xung-dot")).to_contain_text("của Giang")
    expect(chi.locator("#xung-dot textarea")).to_have_value("của Chi")
    expect(chi.get_by_label("Ghi chú", exact=True)).to_have_value("của Chi")
    chi.get_by_role("button", name="Lưu bản đang gõ").click()
    eventually(chi, lambda: task_now(reading).note == "của Chi")


def test_reading_and_answering_work_without_scripts(page_as: Any, live_server: Any, agency_world: Any) -> None:
    reading = make_reading(agency_world, doubted_draft())
    page: Page = page_as("chi", scripts=False)
    page.goto(f"{live_server.url}/van-ban/duyet/{reading.pk}/")
    for _ in range(3):
        page.locator("[data-doubt]").first.get_by_role("button", name="Giữ như văn bản").click()
    page.get_by_role("link", name=re.compile("Nhiệm vụ 5")).click()
    page.get_by_role("link", name=re.compile("Hỗ trợ 40 doanh nghiệp")).click()
    page.get_by_label("Ghi chú").fill("không có script")
    page.get_by_role("button", name="Lưu", exact=True).click()
    eventually(page, lambda: task_now(reading).note == "không có script")
    page.get_by_role("button", name="Thông qua", exact=True).click()
    page.wait_for_url(re.compile(r"/ke-hoach/\d+/"))
    assert Plan.objects.exists()


@pytest.mark.parametrize("size", [(1366, 768), (360, 800)])
def test_nothing_is_in_anyones_way(page_as: Any, live_server: Any, agency_world: Any, axe: Any, size: Any) -> None:
    plan = adopt_small_plan(agency_world)
    doubted, later = make_reading(agency_world, doubted_draft()), make_reading(agency_world, later_draft())
    failed = Reading.objects.create(
        agency=agency_world.agency, file_name="a.pdf", state="failed", error="Tệp trống.", uploaded_by=agency_world.chi
    )
    page = page_as("chi", size=size)
    review = f"/van-ban/duyet/{doubted.pk}/"
    for path in (
        "/van-ban/", "/van-ban/dang-duyet/", "/van-ban/bi-tu-choi/", f"/van-ban/{plan.document_id}/", review,
        f"{review}?muc=nhiem-vu&mo=tasks[0]", f"{review}?muc=muc-tieu&mo=objectives[0].targets[0]",
        f"{review}?muc=bao-cao&mo=reporting_duties[0]", f"{review}?muc=chung", f"/van-ban/duyet/{failed.pk}/",
        f"/van-ban/duyet/{later.pk}/sua-doi/?ke_hoach={plan.pk}", f"/ke-hoach/{plan.pk}/lan/1/",
    ):  # fmt: skip
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
    assert page.said == []
