"""What tests do with a page as a person would: sign in, choose, take along a file."""

from __future__ import annotations

import io

from PIL import Image
from playwright.sync_api import Page, expect

PHONE = (360, 800)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def photo() -> bytes:
    """A small photo."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(out, "JPEG")
    return out.getvalue()


def sign_in(page: Page, username: str, password: str) -> None:
    """Through the door that is open, by name and password."""
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.locator(".person-menu").wait_for()


def choose(page: Page, name: str, words: str) -> None:
    """Choose in a select, whatever draws it."""
    page.locator(f'select[name="{name}"]').wait_for(state="attached")
    page.wait_for_load_state()
    page.evaluate(
        """([name, words]) => {
            const select = document.querySelector(`select[name="${name}"]`);
            const option = [...select.options].find((o) => o.textContent.includes(words));
            option.selected = true;
            select.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        [name, words],
    )


def proved(page: Page, number: int, product: str, day: str) -> None:
    """On the page of a report: a file of evidence, said to prove the product (by its words or key), dated `day`."""
    file = {"name": f"Minh chứng {number}.pdf", "mimeType": "application/pdf", "buffer": PDF + b"%" * number}
    page.set_input_files("#id_evidence", file)
    line = page.locator(".report-files > li").filter(has_text=f"Minh chứng {number}.pdf")
    expect(line.get_by_text("Đã tải")).to_be_visible()
    line.get_by_label("Chứng minh cho").select_option(product)
    line.get_by_label("Ngày văn bản").fill(day)
