"""October: an internal audit, planned, approved, walked on a phone, with a major finding."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.hands import PHONE, choose, photo
from tests.browser.year.story import TRADE, Year, told


def the_programme(year: Year) -> None:
    """Chi plans the year's audit of the division with Hòa as lead, Nguyệt approves, the division is told."""
    page = year.at("chi", "Chất lượng", "Đánh giá nội bộ", "Lập chương trình năm 2026")
    page.get_by_role("button", name="Lưu chương trình").click()
    page.get_by_role("link", name="Thêm cuộc đánh giá").click()
    choose(page, "unit", TRADE)
    page.get_by_label("Từ ngày").fill("12/10/2026")
    page.get_by_label("Đến ngày").fill("12/10/2026")
    choose(page, "clauses", "8.5.1 ")
    choose(page, "lead", "Vũ Thị Hòa")
    page.get_by_role("button", name="Lập cuộc đánh giá").click()
    told(page, "Đã lập cuộc đánh giá ĐG-2026-01.")
    page.get_by_role("link", name="Xem phiếu câu hỏi").click()
    page.get_by_role("button", name="Lập từ bản đồ điều khoản").click()
    told(page, "Lấy 3 hồ sơ đã xong: có đủ các bước theo quy trình không?")
    year.sound(page)

    leader = year.at("nguyet", "Chất lượng", "Đánh giá nội bộ", "Chương trình đánh giá nội bộ năm 2026")
    leader.get_by_role("button", name="Phê duyệt chương trình").click()
    told(leader, "Chương trình đã được phê duyệt.")
    page.get_by_role("link", name="ĐG-2026-01").click()
    page.get_by_role("button", name="Gửi kế hoạch cho đơn vị").click()
    told(page, f"Đã gửi kế hoạch cho {TRADE} và đoàn đánh giá.")


def the_walk(year: Year) -> None:
    """Hòa, on a phone: each question answered as she goes, one with a major finding and its photo; then her report."""
    phone = year.at("hoa", "Chất lượng", "Đánh giá nội bộ", size=PHONE)
    phone.get_by_role("link", name=TRADE).click()
    phone.get_by_role("button", name="Bắt đầu đánh giá").click()
    phone.get_by_role("link", name="Ghi kết quả").click()
    phone.wait_for_url("**/di/")
    year.sound(phone)
    asked = phone.locator(".walk-item[id^=cau-]")
    last = asked.count() - 1
    for n, item in enumerate(asked.all()):
        item.get_by_text("Phù hợp" if n < last else "Có phát hiện", exact=True).first.click()
        expect(item.get_by_text("Đã lưu lúc")).to_be_visible()
    told(phone, f"{last + 1}/{last + 1} câu đã hỏi")

    item = asked.last
    found = item.locator("form[data-find]")
    if not found.is_visible():
        item.locator("summary").click()
    found.get_by_text("Không phù hợp nặng").click()
    found.get_by_label("Trái yêu cầu nào, thấy gì").fill("4/10 hồ sơ dùng mẫu phiếu của lần ban hành trước.")
    found.locator("input[type=file]").set_input_files(
        {"name": "phieu.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    found.get_by_role("button", name="Ghi phát hiện").click()
    expect(item.locator(".walk-found li")).to_contain_text("4/10 hồ sơ")
    year.sound(phone)

    phone.get_by_role("link", name="Xong, về trang cuộc đánh giá").click()
    phone.get_by_label("Kết luận của đoàn").fill("Một điểm không phù hợp nặng về biểu mẫu.")
    phone.get_by_role("button", name="Báo cáo, khóa kết quả").click()
    told(phone, "KPH-2026-01")
    phone.get_by_role("button", name="Đóng cuộc đánh giá").click()
    told(phone, "chưa đóng: KPH-2026-01")
