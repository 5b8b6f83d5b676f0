"""Documents: a policy that everyone reads, procedures of a division, and what a new decree does to them."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.hands import PHONE
from tests.browser.year.story import TRADE, Year, told

OLD, NEW = "105/2017/NĐ-CP", "24/2026/NĐ-CP"
HOLE = re.compile(r"\[[^\]]*\]")


def opened(year: Year, who: str, code: str) -> Page:
    """The document's page, found in the master list."""
    page = year.at(who, "Chất lượng", "Tài liệu")
    page.get_by_role("link", name=re.compile(f"^{code} ")).click()
    return page


def holes_filled(page: Page, words: str) -> None:
    """Each place in square brackets that the model left open, on the page of the editor that is just opening."""
    page.wait_for_url("**/soan/")
    for box in page.locator("main form :is(input, textarea):not([type=hidden], [type=file])").all():
        if box.is_visible() and HOLE.search(box.input_value()):
            box.fill(HOLE.sub(words, box.input_value()))
    expect(page.locator("#da-luu")).to_contain_text("Đã tự lưu lúc")


def sent(page: Page, to: str) -> None:
    """The draft goes on to be checked."""
    page.get_by_role("button", name="Gửi kiểm tra").click()
    told(page, f"Đã gửi. Việc tiếp theo: {to}")


def checked(year: Year, who: str, code: str) -> None:
    """From the notice that told of it, the draft is checked."""
    page = year.at(who)
    page.get_by_role("link", name=re.compile("^Thông báo")).click()
    page.get_by_role("button", name=re.compile(f"gửi kiểm tra {code} ")).first.click()
    page.get_by_role("button", name="Đã kiểm tra, trình phê duyệt").click()
    told(page, "Đã kiểm tra, chuyển phê duyệt: Đỗ Thị Minh Nguyệt")


def approved(year: Year, code: str, decision: str) -> Page:
    """Nguyệt approves it for the whole agency; it is in force from today."""
    page = opened(year, "nguyet", code)
    page.get_by_role("link", name="Phê duyệt").click()
    page.get_by_label("Số quyết định ban hành").fill(decision)
    page.get_by_role("button", name="Phê duyệt").click()
    told(page, "Đã phê duyệt, có hiệu lực từ hôm nay.")
    return page


def the_policy(year: Year) -> None:
    """Chi fills the model in, Khánh checks it, Nguyệt signs; An reads it on a phone, and that is counted."""
    page = opened(year, "chi", "CS.01")
    page.get_by_role("link", name="Soạn tiếp").click()
    holes_filled(page, "Quyết định số 15/2025/QĐ-UBND")
    sent(page, "Hồ Quang Khánh")
    checked(year, "khanh", "CS.01")
    page = approved(year, "CS.01", "30/QĐ-SCT")
    expect(page.locator("h1")).to_have_text("Chính sách chất lượng")
    told(page, "0 trên 7 người, 0%")
    phone = year.window("an", PHONE)
    phone.reload()
    told(phone, "CS.01 Chính sách chất lượng")
    year.sound(phone)
    phone.get_by_role("button", name="Đã đọc CS.01").click()
    told(phone, "Đã xác nhận đọc CS.01.")
    page.reload()
    told(page, "1 trên 7 người, 14%")
    year.sound(page)


def the_procedures(year: Year) -> None:
    """Chi gives a model procedure to the division; An writes it and one more, both resting on the same decree; Bình
    checks, Nguyệt approves."""
    page = year.at("chi", "Chất lượng", "Tài liệu", "Căn cứ pháp lý", "Thêm căn cứ")
    listed(page, OLD, "14/09/2017", "Về kinh doanh rượu")
    page = opened(year, "chi", "QT.09")
    page.get_by_role("link", name="Sửa thông tin").click()
    page.get_by_label("Tên tài liệu").fill("Cấp giấy phép bán lẻ rượu")
    page.get_by_label("Đơn vị soạn thảo").select_option(label=TRADE)
    page.get_by_role("button", name="Lưu thông tin").click()
    page = opened(year, "an", "QT.09")
    told(page, "chỗ trong ngoặc vuông chưa điền")
    cited(page)
    page.get_by_role("link", name="Soạn tiếp").click()
    holes_filled(page, "05")
    year.sound(page)
    sent(page, "Trần Quốc Bình")
    expect(page.get_by_text("chưa điền")).to_have_count(0)

    page = year.at("an", "Chất lượng", "Tài liệu", "Thêm tài liệu")
    page.get_by_label("Loại tài liệu").select_option(label="Quy trình")
    page.get_by_label("Mã hiệu").fill("QT.10")
    page.get_by_label("Tên tài liệu").fill("Cấp giấy phép bán buôn rượu")
    page.get_by_label("Điều khoản tiêu chuẩn").fill("8.5.1")
    page.get_by_role("button", name="Thêm tài liệu").click()
    cited(page)
    page.get_by_role("button", name="Soạn lần ban hành đầu").click()
    page.get_by_label("Mục đích").fill("Cấp giấy phép đúng hạn.")
    steps = page.locator("#phan-steps")
    steps.get_by_label("Bước công việc").fill("Thẩm định hồ sơ")
    steps.get_by_label("Thời gian").fill("7 ngày làm việc")
    sent(page, "Trần Quốc Bình")
    for code, decision in (("QT.09", "61/QĐ-SCT"), ("QT.10", "62/QĐ-SCT")):
        checked(year, "binh", code)
        approved(year, code, decision)


def listed(page: Page, number: str, issued: str, title: str) -> None:
    """A decree is put on the register of legal bases."""
    page.get_by_label("Tên loại").fill("Nghị định")
    page.get_by_label("Số, ký hiệu").fill(number)
    page.get_by_label("Ngày ban hành").fill(issued)
    page.get_by_label("Trích yếu").fill(title)
    page.get_by_role("button", name="Thêm căn cứ").click()
    told(page, "Đã thêm căn cứ vào danh mục.")


def cited(page: Page) -> None:
    """On its page, the document is said to rest on the decree."""
    page.get_by_label("Thêm căn cứ").select_option(label=f"Nghị định {OLD} – Về kinh doanh rượu")
    page.get_by_role("button", name="Ghi căn cứ").click()
    told(page, "Đã ghi căn cứ.")


def the_decree_is_replaced(year: Year) -> None:
    """Chi lists the new decree and records that it replaces the old one: both procedures are called up for review."""
    page = year.at("chi", "Chất lượng", "Tài liệu", "Căn cứ pháp lý", "Thêm căn cứ")
    listed(page, NEW, "15/08/2026", "Về kinh doanh rượu, thuốc lá")
    page.get_by_role("link", name="Căn cứ pháp lý").click()
    page.get_by_role("link", name=OLD).click()
    page.get_by_role("link", name="Ghi thay đổi hiệu lực").click()
    told(page, "2 tài liệu đang hiệu lực viện dẫn văn bản này sẽ được đánh dấu cần xem xét.")
    successor = page.get_by_label("Văn bản thay thế, sửa đổi")
    successor.select_option(label=f"Nghị định {NEW} – Về kinh doanh rượu, thuốc lá")
    page.get_by_label("Từ ngày").fill("01/09/2026")
    page.get_by_label("Nội dung thay đổi chính").fill("Thời hạn cấp phép bán lẻ còn 7 ngày.")
    page.get_by_role("button", name="Ghi thay đổi, đánh dấu tài liệu").click()
    told(page, "2 tài liệu chờ xem xét.")
    year.sound(page)
    page = year.at("an", "Chất lượng", "Tài liệu", "Cần xem xét")
    expect(page.locator("h1")).to_have_text("2 tài liệu cần xem xét")
    for code in ("QT.09", "QT.10"):
        told(opened(year, "an", code), "Căn cứ pháp lý thay đổi: cần xem xét trước 14/10/2026")


def a_procedure_follows_it(year: Year) -> None:
    """An writes the second issue beside the first; it is checked, approved, in force."""
    page = opened(year, "an", "QT.09")
    page.get_by_role("button", name="Soạn lần ban hành mới").click()
    page.get_by_label("Nội dung sửa đổi so với lần trước").fill("Thời hạn còn 7 ngày theo nghị định mới")
    bases = page.get_by_label("Tài liệu viện dẫn")
    bases.fill(f"{bases.input_value()}\nNghị định số {NEW}")
    sent(page, "Trần Quốc Bình")
    checked(year, "binh", "QT.09")
    page = opened(year, "binh", "QT.09")
    page.get_by_role("link", name="So với bản hiệu lực").click()
    expect(page.locator("ins.added").first).to_contain_text(NEW)
    year.sound(page)
    page = approved(year, "QT.09", "188/QĐ-SCT")
    told(page, "Lần ban hành 2, hiệu lực 14/09/2026")


def the_flags_are_settled(year: Year) -> None:
    """Bình concludes: one procedure was revised, the other holds as it is; both rest on the new decree from now on."""
    page = opened(year, "binh", "QT.09")
    page.get_by_role("link", name="Ghi kết luận").click()
    expect(page.get_by_label("Sửa đổi")).to_be_checked()
    page.get_by_role("button", name="Ghi kết luận").click()
    told(page, "Đã ghi kết luận xem xét.")
    page = opened(year, "binh", "QT.10")
    page.get_by_role("link", name="Ghi kết luận").click()
    page.get_by_label("Giữ nguyên").check()
    page.get_by_label("Lý do, nội dung đã xem xét").fill("Nghị định mới không đổi thời hạn cấp phép bán buôn.")
    year.sound(page)
    page.get_by_role("button", name="Ghi kết luận").click()
    for code in ("QT.09", "QT.10"):
        page = opened(year, "chi", code)
        told(page, f"Nghị định {NEW}")
        expect(page.get_by_text("Căn cứ pháp lý thay đổi: cần xem xét")).to_have_count(0)
    page = year.at("chi", "Chất lượng", "Tài liệu", "Căn cứ pháp lý")
    page.get_by_role("link", name=OLD).click()
    told(page, "Các tài liệu viện dẫn đã xem xét xong.")
    told(page, "Đã sửa đổi, 14/09/2026")
    told(page, "Giữ nguyên, 14/09/2026")


def read_by_an_officer(year: Year) -> None:
    """An confirms on a phone that he has read what changed; Bình sees who still has to."""
    phone = year.window("an", PHONE)
    phone.goto(f"{year.root}/chat-luong/can-doc/")
    phone.get_by_role("button", name="Đã đọc QT.09").click()
    told(phone, "Đã xác nhận đọc QT.09.")
    year.sound(phone)
    told(opened(year, "binh", "QT.09"), "1 trên 7 người, 14%")
