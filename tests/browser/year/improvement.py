"""October to December: what the audit found is put right, its cause removed, and looked at again later."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.hands import PHONE, proved
from tests.browser.year.story import TRADE, Year, told

FOUND = "4/10 hồ sơ dùng mẫu phiếu của lần ban hành trước."
ACTION = "Thu hồi mẫu phiếu cũ, đặt mẫu mới ở một nơi dùng chung"


def the_cause(year: Year) -> None:
    """Bình, told of it: corrected at once, why asked to the root, an action ordered as a task of An's."""
    page = year.at("binh")
    page.get_by_role("link", name=re.compile("^Thông báo")).click()
    page.get_by_role("button", name=re.compile("có sự không phù hợp mới: KPH-2026-01")).first.click()
    told(page, "Khắc phục ngay, rồi tìm nguyên nhân gốc")
    page.get_by_label("Đã khắc phục ngay việc gì").fill("Lập lại 4 phiếu theo mẫu đang hiệu lực.")
    page.get_by_role("button", name="Ghi việc khắc phục").click()
    whys = ("Tải mẫu từ máy cá nhân", "Không biết có mẫu mới", "Không ai báo", "Không phân công ai báo",
            "Quy trình không nói ai báo")  # fmt: skip
    for n, because in enumerate(whys, 1):
        page.get_by_label(f"Vì sao {n}", exact=True).fill("Vì sao dùng mẫu cũ?" if n == 1 else "Vì sao?")
        page.get_by_label(f"Vì {n}", exact=True).fill(because)
    page.get_by_label("Nguyên nhân gốc", exact=True).fill("Không phân công người báo khi biểu mẫu thay đổi")
    page.get_by_label("Kiểm tra hiệu lực sau (ngày)").fill("30")
    page.get_by_role("button", name="Ghi nguyên nhân").click()
    told(page, "Quy trình không nói ai báo")
    order = page.locator("#order")
    order.get_by_label("Việc phải làm").fill(ACTION)
    order.get_by_label("Người chịu trách nhiệm").select_option(label="Nguyễn Hoài An")
    order.get_by_label("Hạn").fill("23/10/2026")
    order.get_by_label("Sản phẩm, mỗi dòng một sản phẩm").fill("Biên bản thu hồi mẫu cũ")
    year.sound(page)
    order.get_by_role("button", name="Giao thành nhiệm vụ").click()
    told(page, "Hoàn thành 1 hành động")


def the_action(year: Year) -> None:
    """An finds the task on his first page, reports with a file that proves it; Bình says that it is done."""
    page = year.at("an")
    page.get_by_role("link", name=re.compile(ACTION)).first.click()
    page.get_by_role("link", name=FOUND).click()
    told(page, "Không phân công người báo khi biểu mẫu thay đổi")
    page.get_by_role("link", name=re.compile(ACTION)).click()
    page.get_by_role("button", name="Báo cáo", exact=True).click()
    page.get_by_label("Tiến độ nhiệm vụ, phần trăm").fill("100")
    page.get_by_label("Kết quả đã làm").fill("Đã thu hồi 40 phiếu mẫu cũ.")
    proved(page, 1, "Biên bản thu hồi mẫu cũ", "21/10/2026")
    expect(page.get_by_text(re.compile(r"Đã tự lưu lúc \d\d:\d\d"))).to_be_visible()
    page.get_by_role("button", name="Nộp báo cáo").click()
    told(page, "Đã nộp báo cáo")
    page = year.at("binh", "Nhiệm vụ")
    page.get_by_role("link", name=re.compile(ACTION)).first.click()
    page.locator(".pagehead-actions").get_by_role("link", name="Xác nhận hoàn thành").click()
    page.get_by_role("button", name="Xác nhận hoàn thành").click()
    told(page, "Đã xác nhận hoàn thành")
    year.sound(page)


def the_effect(year: Year) -> None:
    """Thirty days later Hòa looks again: it works; the nonconformity is closed, and then the audit."""
    page = year.at("hoa", "Chất lượng", "Sự không phù hợp", size=PHONE)
    page.get_by_role("link", name=FOUND).click()
    page.get_by_label("Có hiệu lực: không xảy ra lại").check()
    page.get_by_label("Đã xem gì, thấy gì").fill("Xem 20 phiếu lập từ tháng 10: đều đúng mẫu.")
    year.sound(page)
    page.get_by_role("button", name="Ghi kết luận").click()
    page.locator("#close").get_by_role("button", name="Đóng sự không phù hợp").click()
    told(page, "Đã đóng ngày")
    page = year.at("hoa", "Chất lượng", "Đánh giá nội bộ", size=PHONE)
    page.get_by_role("link", name=TRADE).click()
    page.get_by_role("button", name="Đóng cuộc đánh giá").click()
    told(page, "Đã đóng cuộc đánh giá")
