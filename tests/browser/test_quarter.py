"""A quarter lived through by four people: from the day the round opens to the report that goes to the leader.

An writes on the page of one report, Bình on the sheet, Dũng in Excel; Chi gathers. Khánh, who heads a division of his
own, says nothing. Giang looks.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from sauro.cli.main import main
from sauro.ledger.services import verify
from sauro.monitoring import services
from sauro.monitoring.models import Call, Duty, Evidence, Report, Round
from sauro.notices.models import Notice
from sauro.organization import services as organization
from sauro.organization.models import Person, Unit
from sauro.plans.models import Plan
from sauro.reading.draft import DraftTask, ReportingRule, Schedule
from sauro.testing import INDUSTRY, PASSWORD, TRADE, World, make_reading, small_draft, task_of
from sauro.web.tests.chromium import eventually
from tests.browser.hands import proved

pytestmark = [pytest.mark.browser, pytest.mark.needs_office, pytest.mark.django_db(transaction=True)]
ENERGY = "Phòng Quản lý Năng lượng"
PERIOD = "2026-Q4"
# Units are due on Monday 21/12, for the 20th is a Sunday; the round opens fourteen days before.
ADOPTED, OPENS, REPORTS, DUE, WRITES = (dt.date(2026, month, day) for month, day in
                                        ((11, 23), (12, 7), (12, 17), (12, 21), (12, 29)))  # fmt: skip
FOUR = ("done_on_time", "done_late", "open_in_time", "open_overdue")


@dataclass
class Quarter:
    """The agency, its plan, the browser's windows, and the day that the pages take for today."""

    world: World
    plan: Plan
    clock: SimpleNamespace
    page_as: Callable[..., Page]
    root: str

    def live(self, until: dt.date) -> None:
        """Run each day up to `until`, as the server does at night."""
        while self.clock.day < until:
            self.clock.day += dt.timedelta(days=1)
            services.run_day(self.clock.day, letters=False)

    def open(self, who: str, path: str) -> Page:
        """The page in that person's own window."""
        page = self.page_as(who)
        page.goto(self.root + path)
        return page

    @property
    def round(self) -> Round:
        """The quarter's round of the plan's own rule."""
        return Round.objects.get(plan=self.plan, period=PERIOD, rule__isnull=False)

    def duty(self, unit: str, ref: str = "") -> Duty:
        """What the unit owes in the round, on the task or on its part as a whole."""
        owed = self.round.duties.filter(unit__name=unit)
        return owed.get(task__ref=ref) if ref else owed.get(task=None)


@pytest.fixture
def quarter(
    agency_world: World, page_as: Callable[..., Page], live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> Quarter:
    """The small plan with a report each quarter, of the units and on tasks 1.1 and 1.2, adopted in November."""
    world, clock = agency_world, SimpleNamespace(day=ADOPTED)
    monkeypatch.setattr("sauro.web.today.timezone", SimpleNamespace(localdate=lambda: clock.day))
    register = [{"name": ENERGY, "kind": "unit", "parent": "Sở Công Thương", "abbreviations": []}]
    organization.load_register(world.agency, {"units": register})
    energy = Unit.objects.get(agency=world.agency, name=ENERGY)
    world.people["khanh"] = organization.add_person("khanh", "Hồ Quang Khánh", energy, "head", PASSWORD, post="head")
    draft = small_draft()
    draft.reporting_duties[0].rule = ReportingRule("quarter", 20, "last month of the quarter")
    for task in draft.tasks[:2]:
        task.report_frequency, task.schedule = "Hàng quý", Schedule("deadline", dt.date(2026, 12, 31))
    late = Schedule("deadline", dt.date(2026, 10, 30))
    draft.tasks.append(DraftTask("3.1", "Kiểm tra điện mặt trời", "3 Về năng lượng", [ENERGY], schedule=late))
    plan = services.adopt(make_reading(world, draft), world.chi, ADOPTED)
    for ref in ("1.1", "1.2"):
        services.assign(task_of(plan, ref), world.an, world.binh)
    return Quarter(world, plan, clock, page_as, live_server.url)


def report_on_the_page(quarter: Quarter) -> None:
    """An: task 1.1 is done, each product is proved by a file."""
    page = quarter.open("an", f"/viec/{quarter.duty(TRADE, '1.1').pk}/bao-cao/")
    page.get_by_label("Tiến độ nhiệm vụ, phần trăm").fill("100")
    page.get_by_label(re.compile("Kết quả")).fill("Gian hàng đã vận hành.")
    for number, product in enumerate(task_of(quarter.plan, "1.1").products.all(), 1):
        proved(page, number, str(product.pk), "10/12/2026")
    expect(page.get_by_text(re.compile(r"Đã tự lưu lúc \d\d:\d\d"))).to_be_visible()
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.get_by_text("Đã nộp báo cáo").first).to_be_visible()


def report_on_the_sheet(quarter: Quarter) -> None:
    """Bình: task 1.2 and the division's part in the plan, on one sheet."""
    page = quarter.open("binh", f"/bao-cao/ky/{quarter.round.pk}/bang/")
    for duty, words in (
        (quarter.duty(TRADE, "1.2"), "Đã hỗ trợ 34 doanh nghiệp."),
        (quarter.duty(TRADE), "Quý IV đạt."),
    ):
        row = page.locator(f"tr[data-row='{duty.pk}']")
        if duty.task:
            row.get_by_label("Tiến độ").fill("85")
        row.get_by_label("Kết quả đã làm").fill(words)
        expect(row.get_by_text("Đã tự lưu lúc")).to_be_visible()
    page.get_by_role("button", name="Nộp các dòng đã chọn").click()
    expect(page.get_by_text("Đã nộp 2 báo cáo.")).to_be_visible()


def report_in_excel(quarter: Quarter, path: Path) -> None:
    """Dũng: the division's part in the plan, in the round's Excel file, handed in from the sheet."""
    page = quarter.open("dung", f"/bao-cao/ky/{quarter.round.pk}/bang/")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Tải bảng Excel").click()
    coming.value.save_as(path)
    book = openpyxl.load_workbook(path)
    sheet = book["Báo cáo"]
    heads = {str(cell.value): (cell.row, cell.column) for line in sheet.iter_rows() for cell in line if cell.value}
    row, column = next(at for words, at in heads.items() if words.startswith("Kết quả"))
    sheet.cell(row + 1, column).value = "Đã rà soát 12 cụm công nghiệp."
    book.save(path)
    page.set_input_files("#id_tep", str(path))
    page.get_by_role("button", name="Nhập tệp").click()
    expect(page.get_by_text("Đã nhập 1 dòng từ tệp.")).to_be_visible()
    page.locator(f"tr[data-row='{quarter.duty(INDUSTRY).pk}']").get_by_role("checkbox").check()
    page.get_by_role("button", name="Nộp các dòng đã chọn").click()
    expect(page.get_by_text("Đã nộp 1 báo cáo.")).to_be_visible()


def returned_and_sent_again(quarter: Quarter) -> None:
    """Chi returns Bình's report on 1.2 with a reason; An, who answers for the task, completes it and sends it again."""
    report = Report.objects.get(duty=quarter.duty(TRADE, "1.2"))
    unit = Unit.objects.get(agency=quarter.world.agency, name=TRADE)
    page = quarter.open("chi", f"/tong-hop/{quarter.round.pk}/don-vi/{unit.pk}/")
    card = page.locator("section.card", has=page.get_by_role("link", name=re.compile(r"^1\.2\.")))
    card.locator("summary").click()
    card.get_by_label("Lý do trả lại").fill("Ghi rõ còn bao nhiêu doanh nghiệp.")
    card.get_by_role("button", name="Trả lại báo cáo").click()
    expect(page.get_by_text(f"Đã trả lại báo cáo cho {TRADE}.")).to_be_visible()
    page = quarter.open("an", f"/bao-cao/{report.pk}/")
    expect(page.locator(".returned")).to_contain_text("Ghi rõ còn bao nhiêu doanh nghiệp.")
    page.fill("#id_done_text", "Đã hỗ trợ 34 doanh nghiệp, còn 6.")
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.get_by_text("Đã nộp báo cáo").first).to_be_visible()
    report.refresh_from_db()
    assert (report.state, report.done_text) == (Report.State.SUBMITTED, "Đã hỗ trợ 34 doanh nghiệp, còn 6.")


def completed(quarter: Quarter) -> None:
    """Bình, as head, says that task 1.1 is done."""
    page = quarter.open("binh", f"/nhiem-vu/{task_of(quarter.plan, '1.1').pk}/")
    page.locator(".pagehead-actions").get_by_role("link", name="Xác nhận hoàn thành").click()
    page.get_by_role("button", name="Xác nhận hoàn thành").click()
    expect(page.get_by_text(re.compile("Đã xác nhận hoàn thành")).first).to_be_visible()


def silence_is_escalated(quarter: Quarter) -> None:
    """Khánh's division says nothing: he is called on the first working day, Chi on the third, Giang on the fifth."""
    silent = quarter.duty(ENERGY)
    assert silent.due == DUE and silent.state == Duty.State.OPEN
    quarter.live(WRITES)
    called = dict(Call.objects.filter(duty=silent, offset__gt=0).values_list("to", "made_on"))
    assert called == {"head": dt.date(2026, 12, 22), "focal": dt.date(2026, 12, 24), "leader": dt.date(2026, 12, 28)}
    for who in ("khanh", "chi", "giang"):
        person = quarter.world.people[who]
        told = Notice.objects.filter(person=person, verb="monitoring.duty.called", text__contains=silent.unit.label)
        assert told.filter(text__contains="quá hạn").exists(), who
    page = quarter.open("giang", "/thong-bao/")
    expect(page.locator("main")).to_contain_text(silent.unit.label)


def evidence_is_compared(quarter: Quarter) -> None:
    """Chi opens each file that waits and finds that it is what it is said to be."""
    waiting = list(Evidence.objects.filter(report__round=quarter.round).order_by("pk"))
    assert len(waiting) == 2
    for evidence in waiting:
        page = quarter.open("chi", f"/minh-chung/{evidence.pk}/xem/")
        page.get_by_role("button", name="Khớp", exact=True).click()
        eventually(page, lambda: Evidence.objects.get(pk=evidence.pk).crosscheck == Evidence.Check.VERIFIED)  # noqa: B023


def gathered_in_word(quarter: Quarter, path: Path) -> None:
    """Chi accepts what was sent and makes the report."""
    page = quarter.open("chi", f"/tong-hop/{quarter.round.pk}/")
    expect(page.locator("main")).to_contain_text(ENERGY)
    page.get_by_role("button", name=re.compile(r"^Nhận 4 báo cáo không vướng")).click()
    expect(page.get_by_text("Đã nhận 4 báo cáo.")).to_be_visible()
    page.get_by_role("link", name="Viết báo cáo").first.click()
    page.get_by_role("button", name="Tạo tệp Word").click()
    expect(page.get_by_text("Đã tạo tệp Word.")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile(r"\.docx")).first.click()
    coming.value.save_as(path)


def figures_of(path: Path) -> list[int]:
    """The total and the four cells of the Word file's first table of figures."""
    table = next(t for t in docx.Document(str(path)).tables if t.rows[0].cells[0].text == "Tổng số")
    return [int(cell.text) for cell in table.rows[1].cells]


def counts_on(page: Page) -> list[int]:
    """The four cells and their total as the page shows them."""
    return [int(words) for words in page.locator("main .strip .count").all_inner_texts()]


def as_pdf(path: Path) -> str:
    """The words of the file as LibreOffice prints it."""
    program = shutil.which("soffice")
    assert program, "apt install libreoffice-writer-nogui"
    home = path.parent / "office"
    command = [program, f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", "pdf", "--outdir"]
    environment = os.environ | {"HOME": str(path.parent)}
    subprocess.run(
        [*command, str(path.parent), str(path)], check=True, capture_output=True, timeout=180, env=environment
    )
    told = subprocess.run(
        ["pdftotext", "-layout", str(path.with_suffix(".pdf")), "-"],
        check=True, capture_output=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    return told.stdout


def test_a_quarter_from_the_opening_of_its_round_to_the_leader(quarter: Quarter, tmp_path: Path) -> None:
    quarter.live(OPENS - dt.timedelta(days=1))
    assert not Round.objects.filter(period=PERIOD).exists()
    quarter.live(OPENS)
    assert (quarter.round.opens_on, quarter.round.due) == (OPENS, DUE)
    expect(quarter.open("chi", "/tong-hop/").locator("main")).to_contain_text("118/KH-SCT")

    quarter.live(REPORTS)
    report_on_the_page(quarter)
    report_on_the_sheet(quarter)
    report_in_excel(quarter, tmp_path / "bang.xlsx")
    returned_and_sent_again(quarter)
    completed(quarter)
    silence_is_escalated(quarter)
    evidence_is_compared(quarter)
    gathered_in_word(quarter, tmp_path / "bao-cao.docx")

    # One finished in time, one is open in time with three that have no date, and the silent division's is overdue.
    total, *cells = figures_of(tmp_path / "bao-cao.docx")
    assert (total, cells) == (6, [1, 0, 4, 1])
    asked = ["standing", "--plan", "118/KH-SCT", "--as-of", f"{WRITES}", "--json"]
    told = CliRunner().invoke(main, asked)
    assert told.exit_code == 0, told.output
    (counted,) = json.loads(told.stdout)["plans"]
    third = counted["open_in_time"] + counted["continuous"]
    assert [counted["total"], *(third if n == "open_in_time" else counted[n] for n in FOUR)] == [total, *cells]

    assert counts_on(quarter.open("giang", "/toan-canh/")) == [*cells, total]

    words = as_pdf(tmp_path / "bao-cao.docx")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words and "BÁO CÁO" in words and "Nơi nhận:" in words
    for name, count in zip(("Hoàn thành đúng hạn", "Hoàn thành quá hạn", "trong hạn", "quá hạn"), cells, strict=True):
        assert re.search(rf"{name}: {count} nhiệm vụ", words), words
    assert re.search(r"^\s*" + r"\s+".join(map(str, (total, *cells))) + r"\s*$", words, re.MULTILINE)
    assert Person.objects.filter(is_active=True).count() == len(quarter.world.people)
    assert not list(verify())
