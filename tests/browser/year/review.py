"""November: the leader reviews the system, and declares it once nothing is open."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.year.story import OFFICE, Year, told

OPEN = "Còn 1 sự không phù hợp nặng chưa đóng."
EMPTY = re.compile(r"Điều khoản còn trống: 7\.1\.5\.1, 7\.1\.5\.2, 8\.3\.4\.")
DECISION = "Báo tự động cho mọi người khi biểu mẫu thay đổi"


def the_management_review(year: Year) -> None:
    """Chi prepares it, its figures are frozen; she takes the minutes; Nguyệt decides, orders, concludes."""
    page = year.at("chi", "Chất lượng", "Xem xét")
    page.locator("summary", has_text="Lập cuộc xem xét").click()
    page.get_by_label("Ngày họp dự kiến").fill("16/11/2026")
    page.get_by_label("Người chủ trì").select_option(label="Đỗ Thị Minh Nguyệt, Giám đốc Sở")
    page.get_by_role("button", name="Lập cuộc xem xét").click()
    told(page, "chương trình có sẵn mười hai nhóm đầu vào")
    page.get_by_role("button", name="Chốt số liệu").click()
    told(page, "số liệu chốt đến hết 16/11/2026")
    for title, figure in (
        ("Thay đổi của bối cảnh, căn cứ pháp lý, tài liệu", "thay bằng Nghị định 24/2026/NĐ-CP"),
        ("Sự hài lòng, phản ánh, kiến nghị", "1 phiếu"),
        ("Sự không phù hợp, hành động khắc phục", "Đã xong hành động, chờ kiểm tra hiệu lực"),
        ("Kết quả đánh giá nội bộ", "Một điểm không phù hợp nặng về biểu mẫu."),
    ):
        figures = page.locator("details.card-row").filter(has=page.locator("summary", has_text=title))
        figures.locator("summary").click()
        expect(figures.get_by_role("table")).to_contain_text(figure)
    year.sound(page)
    page.get_by_label("Thành phần").fill("Đỗ Thị Minh Nguyệt, Giám đốc Sở\nĐỗ Trường Giang, Phó Giám đốc Sở")
    page.get_by_label("Diễn biến, ý kiến").fill("Đề nghị báo tự động khi biểu mẫu thay đổi.")
    page.get_by_role("button", name="Lưu", exact=True).click()
    told(page, "Đã lưu.")

    page = year.at("nguyet", "Chất lượng", "Xem xét")
    page.get_by_role("link", name="Xem xét năm 2026, lần 1").click()
    told(page, "Đề nghị báo tự động khi biểu mẫu thay đổi.")
    page.get_by_label("Quyết định mới").fill(DECISION)
    page.get_by_label("Đơn vị thực hiện").select_option(label=OFFICE)
    page.get_by_label("Thời hạn").fill("18/12/2026")
    page.get_by_role("button", name="Ghi quyết định").click()
    told(page, "hạn 18/12/2026, tiến độ 0 phần trăm")
    page.get_by_label("Hệ thống còn phù hợp").fill("Hệ thống phù hợp, đầy đủ, có hiệu lực.")
    page.get_by_role("button", name="Kết luận", exact=True).click()
    told(page, "Đã họp, có kết luận")
    year.sound(page)
    told(year.at("khanh", "Nhiệm vụ"), DECISION)


def refused_while_something_is_open(year: Year) -> None:
    """Chi drafts the declaration; Nguyệt tries, and is told what is missing."""
    page = year.at("chi", "Chất lượng", "Công bố")
    expect(page.locator("h1")).to_have_text("Còn 2 điều kiện trước khi công bố năm 2026")
    page.get_by_role("button", name="Lập dự thảo công bố").click()
    told(page, "Đã lập dự thảo công bố.")
    page = year.at("nguyet", "Chất lượng", "Công bố", "Mở dự thảo công bố")
    page.get_by_label("Số quyết định").fill("240/QĐ-SCT")
    page.get_by_role("button", name="Công bố phù hợp").click()
    refusal = page.get_by_text("Chưa công bố được, còn 2 điều kiện")
    expect(refusal).to_contain_text(OPEN)
    expect(refusal).to_contain_text(EMPTY)
    year.sound(page)


def the_gaps_are_filled(year: Year) -> None:
    """From what was missing to where it is put right: a clause that doesn't apply, the records to keep."""
    page = year.window("nguyet")
    page.get_by_role("link", name=re.compile("^Đến nơi xử lý.*Điều khoản còn trống")).click()
    page.get_by_role("link", name=re.compile(r"^8\.3 ")).first.click()
    page.get_by_role("button", name="Không áp dụng điều khoản này").click()
    told(page, "Đã ghi điều khoản 8.3.")
    page = year.at("chi", "Chất lượng", "Tài liệu", "Danh mục hồ sơ")
    page.get_by_role("button", name="Lấy vào danh mục").click()
    told(page, "Đã lấy các hồ sơ nêu trong quy trình đang hiệu lực.")
    page = year.at("chi", "Chất lượng", "Công bố")
    expect(page.locator("h1")).to_have_text("Còn 1 điều kiện trước khi công bố năm 2026")


def the_declaration(year: Year) -> None:
    """Nothing is open any more: Nguyệt declares."""
    page = year.at("nguyet", "Chất lượng", "Công bố", "Mở dự thảo công bố")
    expect(page.get_by_text("Mọi điều khoản áp dụng đều có câu trả lời.")).to_be_visible()
    page.get_by_label("Số quyết định").fill("240/QĐ-SCT")
    page.get_by_role("button", name="Công bố phù hợp").click()
    told(page, "Đã công bố hệ thống phù hợp tiêu chuẩn.")
    year.sound(page)
