"""A new agency in a real browser: from nothing to drafts and the year's plan in one sitting."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from sauro.documents.models import DocumentedInformation
from sauro.organization import services as organization
from sauro.organization.models import Person, Unit
from sauro.quality.models import ListedProcedure, Process, YearCycle
from sauro.quality.services.start import course
from sauro.testing import PASSWORD, World
from sauro.web.today import today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
UNITS = "Ban Giám đốc Sở\nVăn phòng Sở | VP\n\tTổ Văn thư\nPhòng Khoáng sản\nphòng khoáng sản"


def new_agency(world: World) -> Person:
    """As `sauro agency` and `sauro person` make it."""
    agency = organization.make_agency("Sở Nông nghiệp và Môi trường tỉnh Hà Trung")
    root = organization.root_of(agency)
    world.people["moi"] = organization.add_person(
        "moi", "Lê Thị Mới", root, "secretary", PASSWORD, position="Thư ký ISO"
    )
    return world.people["moi"]


def filled(page: Any, live_server: Any, part: str, rows: list[list[str]]) -> bytes:
    """The step's empty list, filled in as a person would."""
    answer = page.request.get(f"{live_server.url}/chat-luong/bat-dau/mau-{part}.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.body()))
    for y, row in enumerate(rows, 2):
        for x, cell in enumerate(row, 1):
            book.worksheets[0].cell(y, x, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("size", [(1366, 768), (360, 800)])
def test_a_new_agency_from_nothing_to_drafts_and_the_plan(
    page_as: Callable[..., Any], live_server: Any, agency_world: World, axe: Any, size: tuple[int, int]
) -> None:
    person = new_agency(agency_world)
    agency = person.unit.agency
    page = page_as("moi", size=size)

    def looked_at(name: str) -> None:
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=f"{folder}/{name}-{size[0]}.png", full_page=True)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"

    page.goto(live_server.url + "/chat-luong/")
    looked_at("home")
    page.get_by_role("link", name="Bắt đầu", exact=True).click()
    page.get_by_label("Ký hiệu trong số văn bản").fill("SNNMT")
    page.get_by_label("Địa danh").fill("Hà Trung")
    looked_at("1-agency")
    page.get_by_role("button", name="Lưu, sang bước 2").click()

    page.get_by_label("Dán danh sách").fill(UNITS)
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("alert").get_by_text("1 ô sai").wait_for()
    looked_at("2-units-wrong")
    assert Unit.objects.filter(agency=agency).count() == 1
    page.goto(live_server.url + "/chat-luong/")
    page.get_by_role("link", name="Làm tiếp phần bắt đầu").click()
    assert page.get_by_label("Dán danh sách").input_value() == UNITS
    page.get_by_label("Dán danh sách").fill(UNITS.rpartition("\n")[0])
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Nhập 4 dòng mới").click()

    rows = [["Trần Văn Lãnh", "Ban Giám đốc Sở", "Giám đốc Sở"], ["Hồ Thị Phòng", "Phòng Khoáng sản", "Trưởng phòng"],
            ["Lê Thị Mới", "VP", "Thư ký ISO"]]  # fmt: skip
    page.locator("input[name=tep]").set_input_files(
        {
            "name": "nguoi.xlsx",
            "mimeType": "application/vnd.ms-excel",
            "buffer": filled(page, live_server, "people", rows),
        }
    )
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_text("1 chuyển đơn vị").wait_for()
    looked_at("3-people")
    page.get_by_role("button", name="Nhập 2 dòng mới").click()
    page.get_by_role("button", name="Tạo mật khẩu để in").click()
    page.get_by_text("phonght").wait_for()
    looked_at("3-slips")
    page.get_by_role("link", name="Đã in, sang bước 4").click()

    page.get_by_label("Dán danh sách").fill(
        "1.004122 | Cấp giấy phép thăm dò nước | Tài nguyên nước | Phòng Khoáng sản"
    )
    page.get_by_role("button", name="Xem trước").click()
    looked_at("4-procedures")
    page.get_by_role("button", name="Nhập 1 dòng mới").click()

    looked_at("5-make")
    page.get_by_label("Thông qua kế hoạch năm ngay").check()
    page.get_by_role("button", name="Dựng những phần đã chọn").click()
    page.get_by_role("heading", name="Làm tiếp theo thứ tự này").wait_for()
    page.get_by_role("link", name=f"Kế hoạch năm {course.default_year(today())}", exact=True).wait_for()
    looked_at("6-done")
    assert DocumentedInformation.objects.filter(agency=agency, is_template=True).count() == 12
    assert Process.objects.filter(agency=agency).count() == 12
    assert ListedProcedure.objects.get(agency=agency).unit.name == "Phòng Khoáng sản"
    assert YearCycle.objects.get(agency=agency).year == course.default_year(today())
    person.refresh_from_db()
    assert person.unit.name == "Văn phòng Sở"
    assert [words for words in page.said if "422" not in words] == []
