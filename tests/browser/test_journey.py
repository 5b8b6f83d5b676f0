"""From an issued decision to a task done and the plan taken away, in a browser, as the README promises it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from sauro.cli.tests.conftest import DECISION, UNITS
from sauro.ledger.services import verify
from sauro.organization import services as organization
from sauro.organization.models import Agency, Unit
from sauro.plans.models import Plan, Task
from sauro.plans.services import plan_to_draft
from sauro.reading import read
from sauro.reading.tests.shared import shared_folder
from sauro.testing import PASSWORD
from sauro.web.tests.chromium import settled
from tests.browser.hands import proved, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME = "qd-447-ke-hoach-chuyen-doi-so-2026"


@dataclass(frozen=True)
class Case:
    """A decision as text and as Word, the register of its agency, and the unit that leads its first task."""

    text: Path
    word: Path
    agency: str
    register: dict[str, Any]
    lead: str
    tasks: int


def as_word(text: str, path: Path) -> Path:
    """The same words as a `.docx`: a line is a paragraph, a Markdown table is a table."""
    made = docx.Document()
    rows = [line for line in text.splitlines() if line.startswith("|")]
    for line in text.splitlines():
        if not line.startswith("|"):
            made.add_paragraph(line)
    cells = [[c.strip() for c in row.strip("|").split("|")] for row in rows if not row.startswith("|---")]
    table = made.add_table(len(cells), len(cells[0]))
    for table_row, texts in zip(table.rows, cells, strict=True):
        for cell, words in zip(table_row.cells, texts, strict=True):
            cell.text = words
    made.save(str(path))
    return path


@pytest.fixture(params=["published", "our own"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    """The published decision where it stands beside the project, and one of our own."""
    folder = shared_folder()
    if request.param == "published" and folder is not None:
        register = json.loads((folder / "units.json").read_text(encoding="utf-8"))
        files = [folder / "decisions" / f"{NAME}.{ending}" for ending in ("txt", "docx")]
        return Case(*files, "Bộ Công Thương", register, "Cục Thương mại điện tử và Kinh tế số", 39)
    number = "15/QĐ-BCT" if request.param == "our own" else "16/QĐ-BCT"
    words = DECISION.replace("15/QĐ-BCT", number).replace("| Vụ Pháp chế | Quý", "| Tổ giúp việc liên ngành | Quý")
    text = tmp_path / "quyet-dinh.txt"
    text.write_text(words, encoding="utf-8")
    return Case(text, as_word(words, tmp_path / "quyet-dinh.docx"), "Bộ Công Thương", UNITS, "Văn phòng Bộ", 2)


@pytest.fixture
def agency(case: Case, db: None) -> Agency:
    """The agency with its register and three people: the ISO secretary, an officer and the head of the lead unit."""
    organization.ensure_roles()
    agency = organization.make_agency(case.agency, short_name="Bộ", code="BCT", place="Hà Nội")
    organization.load_register(agency, case.register)
    lead = Unit.objects.get(agency=agency, name=case.lead)
    office = Unit.objects.get(agency=agency, name="Vụ Pháp chế")
    organization.add_person("thu-ky", "Lê Thị Kim Chi", office, "secretary", PASSWORD, position="Thư ký ISO")
    organization.add_person("can-bo", "Nguyễn Hoài An", lead, "officer", PASSWORD, position="Chuyên viên")
    organization.add_person("truong", "Trần Quốc Bình", lead, "head", PASSWORD, post="head", position="Cục trưởng")
    return agency


class Walk:
    """A browser in one person's hands at a time."""

    def __init__(self, page: Page, root: str) -> None:
        self.page, self.root = page, root

    def sign_in(self, username: str) -> None:
        """Through the door, by name and password; out first where someone is in."""
        if self.page.locator(".person-menu").count():
            self.page.locator(".person-menu summary").click()
            self.page.get_by_role("button", name="Đăng xuất").click()
        else:
            self.page.goto(self.root)
        sign_in(self.page, username, PASSWORD)

    def upload(self, file: Path) -> None:
        """Choose a file and wait for its review."""
        self.page.goto(f"{self.root}/van-ban/")
        self.page.set_input_files("#id_tep", file)
        expect(self.page.locator("[data-drop-list]")).to_contain_text(file.name)
        self.page.get_by_role("button", name="Tải lên và đọc").click()
        self.page.wait_for_url(re.compile(r"/van-ban/duyet/\d+/"))
        expect(self.page.locator("#nguon .read").first).to_be_visible()

    def answer_doubts(self) -> int:
        """Settle every doubt: by a proposal, a unit of the register or words; returns how many there were."""
        doubts = self.page.locator("[data-doubt]")
        total = doubts.count()
        for left in range(total, 0, -1):
            self.answer(doubts.first)
            expect(doubts).to_have_count(left - 1)
        return total

    def answer(self, doubt: Locator) -> None:
        """One doubt, as a person would."""
        if doubt.locator(".proposals button").count():
            doubt.locator(".proposals button").first.click()
        elif doubt.get_by_role("combobox").count():
            box = doubt.get_by_role("combobox")
            box.press_sequentially("vu phap")
            expect(self.page.get_by_role("option").first).to_contain_text("Vụ Pháp chế")
            box.press("Enter")
            box.press("Enter")
        else:
            doubt.get_by_role("textbox").fill("Nhiệm vụ 2.7 theo Quyết định số 405/QĐ-BCT ngày 09/3/2026")
            doubt.get_by_role("button", name="Xác nhận, sang chỗ tiếp").click()

    def take(self, words: str, path: Path) -> Path:
        """What a link gives to download, kept at `path`."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=words).click()
        waiting.value.save_as(path)
        return path


def adopted(walk: Walk, case: Case) -> Plan:
    """The text is uploaded, its doubts are answered, one more place is corrected, and it is adopted."""
    page = walk.page
    walk.upload(case.text)
    button = page.get_by_role("button", name="Thông qua", exact=True)
    expect(button).to_have_attribute("aria-disabled", "true")
    assert walk.answer_doubts() >= 1
    page.get_by_role("link", name=re.compile(f"Nhiệm vụ {case.tasks}")).click()
    page.locator("#muc a[href*='mo=tasks']").first.click()
    page.get_by_label("Ghi chú").fill("Đã đối chiếu với bản giấy")
    page.get_by_label("Ghi chú").blur()
    expect(page.get_by_text(re.compile(r"Đã tự lưu lúc \d\d:\d\d"))).to_be_visible()
    settled(page)
    expect(button).not_to_have_attribute("aria-disabled", "true")
    button.click()
    page.wait_for_url(re.compile(r"/ke-hoach/\d+/"))
    plan = Plan.objects.get()
    assert plan.tasks.count() == case.tasks and plan.duties.exists()
    assert plan.tasks.earliest("order").note == "Đã đối chiếu với bản giấy"
    return plan


def known_again(walk: Walk, case: Case, plan: Plan) -> None:
    """The Word file of the same decision is recognised by its number and offered as an amendment;
    the very same text file leads to what is there."""
    page = walk.page
    walk.upload(case.word)
    expect(page.get_by_text(f"Số {plan.number} của {case.agency} đã được thông qua ngày")).to_be_visible()
    walk.answer_doubts()
    page.get_by_role("button", name="Thông qua", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="đã được thông qua").first).to_be_visible()
    assert Plan.objects.count() == 1
    assert [words for words in page.said if "409" not in words] == []
    page.said.clear()
    page.get_by_role("link", name="Thông qua thành sửa đổi của kế hoạch đó").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"đối với kế hoạch {plan.number}")
    # What was corrected by hand is all that differs.
    expect(page.locator(".diff > li")).to_have_count(1)
    expect(page.locator(".diff > li")).to_contain_text("Đã đối chiếu với bản giấy")
    page.goto(f"{walk.root}/van-ban/")
    page.set_input_files("#id_tep", case.text)
    page.get_by_role("button", name="Tải lên và đọc").click()
    page.wait_for_url(re.compile(r"/van-ban/\d+/"))
    expect(page.get_by_text("dùng lại bản đã lưu")).to_be_visible()


def reported(walk: Walk, task: Task) -> None:
    """The officer reports on the task with a file of evidence for each product."""
    page = walk.page
    page.goto(f"{walk.root}/nhiem-vu/{task.pk}/")
    page.get_by_role("button", name="Báo cáo", exact=True).click()
    page.wait_for_url(re.compile(r"/bao-cao/\d+/"))
    page.get_by_label("Tiến độ nhiệm vụ, phần trăm").fill("100")
    page.get_by_label(re.compile("Kết quả")).fill("Đã trình và ban hành.")
    for number, product in enumerate(task.products.all(), 1):
        proved(page, number, str(product.pk), "02/03/2026")
    expect(page.get_by_text(re.compile(r"Đã tự lưu lúc \d\d:\d\d"))).to_be_visible()
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.get_by_text("Đã nộp báo cáo").first).to_be_visible()


def completed(walk: Walk, task: Task) -> None:
    """The head names who answers for it, and says that it is done."""
    page = walk.page
    page.goto(f"{walk.root}/nhiem-vu/{task.pk}/")
    page.locator(".pagehead-actions").get_by_role("link", name="Giao người").click()
    box = page.get_by_role("combobox", name="Người chịu trách nhiệm")
    box.fill("hoai an")
    page.get_by_role("option", name=re.compile("Nguyễn Hoài An")).click()
    page.get_by_role("button", name="Giao", exact=True).click()
    expect(page.get_by_text("Đã giao Nguyễn Hoài An chịu trách nhiệm.")).to_be_visible()
    page.locator(".pagehead-actions").get_by_role("link", name="Xác nhận hoàn thành").click()
    page.get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(page.get_by_text(re.compile("Đã xác nhận hoàn thành")).first).to_be_visible()


def test_a_decision_becomes_a_running_plan(
    case: Case, agency: Agency, page_as: Any, live_server: Any, tmp_path: Path
) -> None:
    walk = Walk(page_as(""), live_server.url)
    walk.sign_in("thu-ky")
    plan = adopted(walk, case)
    known_again(walk, case, plan)

    task = plan.tasks.filter(lead_unit__name=case.lead, products__isnull=False).earliest("order")
    walk.sign_in("can-bo")
    expect(walk.page.locator("main")).to_contain_text("việc")
    reported(walk, task)
    walk.sign_in("truong")
    completed(walk, task)
    task.refresh_from_db()
    assert (task.progress, task.accountable.username) == (100, "can-bo") and task.completed_on is not None

    walk.sign_in("can-bo")
    walk.page.goto(f"{live_server.url}/ke-hoach/{plan.pk}/")
    files = [
        walk.take("Tải quyết định .docx", tmp_path / "taken.docx"),
        walk.take("Tải .xlsx", tmp_path / "taken.xlsx"),
    ]
    register = organization.register_of(agency)
    for file in files:
        taken = read(file, register).draft
        assert taken.tasks == plan_to_draft(plan).tasks
    assert walk.page.said == []
    assert not list(verify())
