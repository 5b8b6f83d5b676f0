"""January and February: from nothing to drafts, a scope, a plan, the objectives of a decision and of a unit."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

import sauro.demo
from tests.browser.year.story import PEOPLE, TRADE, Year, told

UNITS = f"""Ban Giám đốc Sở | BGĐ
Văn phòng Sở | VP Sở
{TRADE} | QLTM&TMĐT
Phòng Quản lý Công nghiệp và Cụm công nghiệp | QLCN&CCN
Phòng Quản lý Năng lượng và Kỹ thuật an toàn – môi trường | QLNL&KTATMT
Phòng Xuất nhập khẩu và Hội nhập kinh tế quốc tế | XNK&HNKTQT
Trung tâm Chuyển đổi số và Thông tin công thương | CĐS&TTCT
Ban Chỉ đạo ISO | BCĐ ISO
Tổ giúp việc Ban Chỉ đạo ISO | Tổ giúp việc"""
PROCEDURES = f"""2.000591 | Cấp giấy phép bán lẻ rượu | Lưu thông hàng hóa | {TRADE} | 10 ngày làm việc
2.000633 | Cấp giấy phép bán buôn rượu | Lưu thông hàng hóa | {TRADE} | 15 ngày làm việc"""
DECISION = Path(sauro.demo.__file__).parent / "files" / "47-qd-sct-muc-tieu-chat-luong.docx"


def pasted(page: Page, words: str, new: int) -> None:
    """A list is pasted, looked at and taken in."""
    page.get_by_label("Dán danh sách").fill(words)
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name=f"Nhập {new} dòng mới").click()


def the_first_hour(year: Year) -> None:
    """Chi: units, people, procedures, model documents; all stays a draft, the year's plan too."""
    page = year.at("chi", "Chất lượng", "Bắt đầu")
    page.get_by_label("Ký hiệu trong số văn bản").fill("SCT")
    page.get_by_label("Địa danh").fill("Bình Lãng")
    page.get_by_role("button", name="Lưu, sang bước 2").click()
    pasted(page, UNITS, 9)
    pasted(page, "\n".join(" | ".join(one) for one in PEOPLE.values()), len(PEOPLE) - 1)
    page.get_by_role("button", name="Tạo mật khẩu để in").click()
    slips = page.locator(".start-slips li")
    expect(slips).to_have_count(len(PEOPLE) - 1)
    for who, (name, *_rest) in PEOPLE.items():
        if who != "chi":
            username, password = slips.filter(has_text=name).locator("code").all_inner_texts()
            year.slips[who] = (username, password)
    page.get_by_role("link", name="Đã in, sang bước 4").click()
    pasted(page, PROCEDURES, 2)
    page.get_by_label("Số quyết định thành lập").fill("12/QĐ-SCT")
    page.get_by_label("Ngày quyết định").fill(f"{year.clock.day:%Y-%m-%d}")
    page.get_by_role("button", name="Dựng những phần đã chọn").click()
    told(page, "Tất cả là bản nháp cho đến khi người có quyền phê duyệt.")
    expect(page.get_by_role("row", name="Tài liệu (bản nháp từ mẫu) 12")).to_be_visible()
    expect(page.get_by_role("row", name="Kế hoạch năm 2026 dự thảo")).to_be_visible()
    year.sound(page)


def the_scope(year: Year) -> None:
    """Nguyệt decides what the system covers; Chi writes down what climate change means to it."""
    page = year.at("nguyet", "Chất lượng", "Bối cảnh, quá trình", "Phạm vi, thủ tục (4.3)", "Quyết định phạm vi mới")
    page.get_by_label("Phạm vi áp dụng").fill("Giải quyết thủ tục hành chính lĩnh vực lưu thông hàng hóa.")
    page.get_by_label("Địa điểm").fill("Số 2 Lê Lợi, Bình Lãng")
    page.get_by_role("button", name="Quyết định phạm vi").click()
    told(page, "Phạm vi áp dụng lần 1, từ 05/01/2026")
    page = year.at("chi", "Chất lượng", "Bản đồ điều khoản")
    page.get_by_label("Căn cứ của kết luận").fill("Hồ sơ giấy ở kho tầng một, mưa lớn là ngập.")
    page.get_by_role("button", name="Lưu kết luận").click()
    told(page, "Đã ghi kết luận về biến đổi khí hậu.")


def the_plan_of_the_year(year: Year) -> None:
    """Nguyệt adopts the plan that the first hour left as a draft, for the kind of agency said there."""
    page = year.at("nguyet", "Chất lượng")
    expect(page.get_by_label("Loại cơ quan")).to_have_value("so")
    page.get_by_role("button", name="Thông qua kế hoạch mẫu").click()
    told(page, "Đã thông qua kế hoạch duy trì năm 2026.")
    expect(page.locator(".wheel-steps li").filter(has_text="Đánh giá nội bộ")).to_contain_text("Hạn 31/12/2026")
    year.sound(page)


def objectives_from_a_decision(year: Year) -> None:
    """Chi uploads the signed decision, answers what was doubtful, and adopts it."""
    page = year.at("chi", "Văn bản")
    page.set_input_files("#id_tep", DECISION)
    page.get_by_role("button", name="Tải lên và đọc").click()
    page.wait_for_url(re.compile(r"/van-ban/duyet/\d+/"))
    expect(page.locator("h1")).to_contain_text("Quyết định 47/QĐ-SCT")
    # The same unknown unit leads three tasks: one answer settles all three.
    expect(page.locator("[data-doubt]")).to_have_count(3)
    page.locator("[data-doubt]").first.get_by_role("button", name="Thêm vào danh bạ").click()
    expect(page.locator("[data-doubt]")).to_have_count(0)
    page.get_by_role("button", name="Thông qua", exact=True).click()
    page.wait_for_url(re.compile(r"/ke-hoach/\d+/"))
    told(page, "Đã thông qua, có hiệu lực:")
    told(page, "Giải quyết tối thiểu 99% hồ sơ thủ tục hành chính trước và đúng hạn")
    year.sound(page)


def objectives_of_a_unit(year: Year) -> None:
    """Bình takes one objective of the agency for his division, with something to do for it."""
    page = year.at("binh", "Chất lượng", "Mục tiêu đơn vị")
    page.get_by_role("link", name=f"Lập mục tiêu {TRADE}").click()
    page.wait_for_url("**/lap/**")
    objectives = page.locator("fieldset.card")
    taken, *others = objectives.all()
    for other in others:
        other.get_by_label("Nội dung").fill("")
    taken.get_by_label("Việc phải làm").fill("Rà soát hồ sơ đến hạn vào thứ Hai hằng tuần")
    page.get_by_role("button", name="Thông qua mục tiêu của đơn vị").click()
    told(page, "Mục tiêu, kế hoạch của đơn vị đã có hiệu lực.")
    told(page, "Rà soát hồ sơ đến hạn vào thứ Hai hằng tuần")
    year.sound(page)
