"""What citizens are asked and what they are shown, without signing in."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.hands import PHONE
from tests.browser.year.story import AGENCY, TRADE, Year, told


def posted(year: Year, *contents: str) -> None:
    """Giang looks at each copy and puts it on the public page."""
    page = year.at("giang", "Chất lượng", "Hài lòng, phản ánh", "Trang công khai")
    for content in contents:
        page.get_by_role("link", name=content, exact=True).click()
        page.get_by_role("button", name="Đưa lên trang công khai").click()
        told(page, f"Đã đưa lên trang công khai: {content.lower()}.")
        expect(page.get_by_role("row", name=re.compile(f"^{content}"))).to_contain_text("không khác")


def the_units_objectives(year: Year) -> None:
    """The division's objectives stand on the public page, for anyone."""
    posted(year, "Mục tiêu, kế hoạch của đơn vị")
    page = nobody(year)
    page.get_by_role("link", name="Đơn vị", exact=True).first.click()
    told(page, TRADE)
    told(page, "Giải quyết tối thiểu 99% hồ sơ thủ tục hành chính trước và đúng hạn")


def nobody(year: Year) -> Page:
    """The public page on the phone of someone who isn't signed in, come to from the link inside."""
    inside = year.at("giang", "Chất lượng", "Hài lòng, phản ánh", "Trang công khai")
    address = inside.get_by_role("link", name="Xem trang công khai").get_attribute("href")
    assert address
    page = year.stranger(PHONE)
    page.goto(address)
    return page


def the_survey(year: Year) -> None:
    """Chi opens the model survey; a citizen answers by its link, nameless, and the answer is counted."""
    page = year.at("chi", "Chất lượng", "Hài lòng, phản ánh", "Lập phiếu")
    page.get_by_role("button", name="Lưu phiếu").click()
    page.get_by_role("button", name="Mở lấy ý kiến").click()
    told(page, "Phiếu đã mở.")
    citizen = year.stranger(PHONE)
    citizen.goto(page.locator(".break a").inner_text())
    citizen.get_by_label("Đơn vị đã phục vụ").select_option(label=TRADE)
    for question in citizen.locator("fieldset").all():
        question.get_by_text("Tốt", exact=True).click()
    citizen.get_by_label(re.compile("thay đổi điều gì")).fill("Nhắn tin khi hồ sơ xong.")
    year.sound(citizen)
    citizen.get_by_role("button", name="Gửi phiếu").click()
    told(citizen, "Đã nhận phiếu, cảm ơn ông, bà")
    assert citizen.context.cookies() == []
    page.reload()
    told(page, "1 phiếu trả lời")
    told(page, "Nhắn tin khi hồ sơ xong.")
    year.sound(page)


def the_public_page(year: Year) -> None:
    """Giang puts policy, objectives, scope, procedures and declaration there; anyone reads them."""
    posted(
        year, "Chính sách chất lượng", "Mục tiêu và kết quả", "Phạm vi áp dụng", "Danh mục thủ tục", "Công bố phù hợp"
    )
    page = nobody(year)
    told(page, AGENCY)
    told(page, "Tỷ lệ tổ chức, cá nhân hài lòng với việc giải quyết thủ tục hành chính")
    year.sound(page)
    page.get_by_role("link", name="Hệ thống chất lượng").first.click()
    told(page, "lấy sự hài lòng của người dân, tổ chức làm thước đo")
    told(page, "Giải quyết thủ tục hành chính lĩnh vực lưu thông hàng hóa.")
    told(page, "240/QĐ-SCT")
    year.sound(page)
    page.get_by_role("link", name="Thủ tục").first.click()
    told(page, "Cấp giấy phép bán buôn rượu")
    assert page.context.cookies() == []
