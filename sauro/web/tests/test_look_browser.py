"""The look in a real browser: axe finds nothing, nothing overflows a phone, keys and choice by typing work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright import sync_api

from sauro.web.tests.chromium import context_of, launched

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
SIZES = [(1366, 768), (360, 800)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for the module."""
    with launched() as chromium:
        yield chromium


@pytest.fixture
def open_page(browser: Any, live_server: Any, sign_in: Any) -> Iterator[Any]:
    """`open_page(path, size, signed=True)`: a page, as Bình where signed; its console is kept in `page.said`."""
    contexts = []

    def visit(path: str, size: tuple[int, int] = SIZES[0], signed: bool = True, scripts: bool = True) -> Any:
        context = context_of(browser, size, scripts=scripts)
        contexts.append(context)
        if signed:
            session = sign_in("binh").cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page

    yield visit
    for context in contexts:
        context.close()


def violations(page: Any, within: str = "html") -> list[str]:
    """What axe has against what lies within the selector."""
    page.evaluate((Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    run = "([rules, within]) => axe.run(within, {runOnly: rules})"
    found = page.evaluate(run, [RULES, within])["violations"]
    return [f"{v['id']}: {[n['target'] for n in v['nodes'][:3]]}" for v in found]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("path", "signed"), [("/giao-dien/", True), ("/dang-nhap/", False)])
def test_axe_finds_nothing_and_nothing_overflows(
    open_page: Any, path: str, signed: bool, size: tuple[int, int]
) -> None:
    page = open_page(path, size, signed)
    assert page.url.endswith(path)
    assert page.said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert violations(page) == []


def test_keys_move_over_rows_and_slash_reaches_the_search(open_page: Any) -> None:
    page = open_page("/giao-dien/")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("[data-keys] .row-link").nth(1)
    assert page.evaluate("document.activeElement.textContent") == second.text_content()
    page.keyboard.press("ArrowUp")
    first = page.locator("[data-keys] .row-link").nth(0)
    assert page.evaluate("document.activeElement.textContent") == first.text_content()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("j")
    assert page.evaluate("document.activeElement.value") == "j"


def test_keys_can_be_turned_off(open_page: Any) -> None:
    page = open_page("/giao-dien/")
    page.locator("[data-keys-toggle]").click()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")


def test_a_unit_is_found_without_diacritics_and_can_be_taken_away(open_page: Any) -> None:
    page = open_page("/giao-dien/")
    box = page.get_by_role("combobox", name="Phối hợp")
    box.fill("nang luong")
    page.get_by_role("option", name="Phòng Quản lý Năng lượng").wait_for()
    box.press("Enter")
    chosen = "[...document.querySelector('#g-units').selectedOptions].map(o => o.value).join()"
    assert page.evaluate(chosen) == "1,3"
    page.get_by_role("button", name="Bỏ Văn phòng Sở").click()
    assert page.evaluate(chosen) == "3"


def test_the_page_reads_without_scripts(open_page: Any) -> None:
    page = open_page("/giao-dien/", scripts=False)
    assert page.locator("#g-units").is_visible()
    assert page.locator(".drop-input").is_visible()
    page.locator(".person-menu summary").click()
    assert page.get_by_text("Đăng xuất").first.is_visible() or page.locator(".menu-who").is_visible()


def test_the_first_link_leads_to_the_content(open_page: Any) -> None:
    page = open_page("/giao-dien/", SIZES[0])
    first = page.locator("a, button, input, summary, [tabindex]").first
    assert first.text_content() == "Đến nội dung chính"
    first.focus()
    assert first.bounding_box()["y"] >= 0
    first.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"


def autosaving(page: Any, status: int) -> Any:
    """Makes the sample form save itself, with `status` as the answer, and types into it."""
    page.route("**/tu-luu/", lambda route: route.fulfill(status=status, body=""))
    page.evaluate(
        """() => {
          const form = document.querySelector('form.narrow');
          form.dataset.autosave = '/tu-luu/';
          const words = {saved: 'Đã tự lưu lúc {time}', failed: 'Chưa lưu'};
          Object.assign(form.querySelector('[data-saved]').dataset, words);
        }"""
    )
    page.locator("form.narrow textarea").fill("Đã hỗ trợ 7 doanh nghiệp.")
    return page.locator("form.narrow [data-saved]")


def test_a_form_saves_itself_and_says_when(open_page: Any) -> None:
    saved = autosaving(open_page("/giao-dien/"), 204)
    saved.get_by_text("Đã tự lưu lúc").wait_for()
    sync_api.expect(saved).to_have_text(re.compile(r"Đã tự lưu lúc \d\d:\d\d"))


def test_what_could_not_be_saved_is_said_and_kept_in_the_browser(open_page: Any) -> None:
    page = open_page("/giao-dien/")
    saved = autosaving(page, 503)
    sync_api.expect(saved).to_have_text("Chưa lưu")
    kept = page.evaluate("localStorage.getItem('sauro-form:/tu-luu/')")
    assert "7 doanh nghiệp" in kept
    assert "csrf" not in kept


def test_chosen_files_are_listed_with_their_size(open_page: Any, tmp_path: Path) -> None:
    page = open_page("/giao-dien/")
    names = ["Danh sách 34 doanh nghiệp.pdf", "Tập huấn.jpg"]
    for name in names:
        (tmp_path / name).write_bytes(b"x" * 1_500_000)
    page.locator("[data-drop] input").set_input_files([tmp_path / name for name in names])
    assert page.locator("[data-drop-list] .files-name").all_text_contents() == names
    assert page.locator("[data-drop-list] .meta").first.text_content() == "1,5 MB"


def test_a_menu_closes_by_escape_and_gives_the_focus_back(open_page: Any) -> None:
    page = open_page("/giao-dien/")
    page.locator(".person-menu summary").click()
    assert page.get_by_role("button", name="Đăng xuất").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="Đăng xuất").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_open_menus_and_lists(open_page: Any, size: tuple[int, int]) -> None:
    page = open_page("/giao-dien/", size)
    box = page.get_by_role("combobox", name="Phối hợp")
    box.fill("phong")
    page.locator(".combo-list [role=option]").first.wait_for()
    assert violations(page) == []
    page.locator(".person-menu summary").click()
    # What the open menu covers can't be pressed while it is open, nor need it be.
    assert violations(page, ".person-menu") == []
