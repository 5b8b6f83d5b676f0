"""What is kept of a task beside its row: the section of its page, and the forms."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest

from sauro.monitoring.models import BudgetEntry, TaskMeasure
from sauro.plans.models import Plan, Task
from sauro.testing import INDUSTRY, TRADE, task_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(adopted_plan: Plan) -> Task:
    """1.2, due on the last day of 2026."""
    return task_of(adopted_plan, "1.2")


def send(client: object, task: Task, what: str, **fields: object) -> object:
    """A form of the task's, sent."""
    return client.post(f"/nhiem-vu/{task.pk}/{what}/", fields)


def test_what_was_filled_in_is_shown_with_what_is_missing(task: Task, sign_in: object) -> None:
    send(sign_in("binh"), task, "viec-lon", initiative="Sàn hàng Việt", milestones="30/09/2026: Chạy thử")
    text = sign_in("an").get(f"/nhiem-vu/{task.pk}/").content.decode()
    assert "Sàn hàng Việt" in text and "Chạy thử" in text
    assert "Việc lớn còn thiếu" in text and "mốc của quý I/2026, II/2026, IV/2026" in text


def test_a_milestone_that_cannot_be_read_keeps_what_was_typed(task: Task, sign_in: object) -> None:
    response = send(sign_in("binh"), task, "viec-lon", initiative="Sàn hàng Việt", milestones="Cuối quý")
    text = response.content.decode()
    assert response.status_code == 422
    assert "Viết mỗi mốc một dòng" in text and "Sàn hàng Việt" in text and "Cuối quý" in text


def test_money_is_typed_as_it_is_written_and_adds_up(task: Task, sign_in: object) -> None:
    fields = {"quarter": ["2026-Q1", "2026-Q2"], "source": ["NSNN", ""], "registered": ["1.200,5", "80"]}
    send(sign_in("binh"), task, "kinh-phi", disbursed=["900", ""], **fields)
    assert sorted(BudgetEntry.objects.values_list("registered", "disbursed")) == [
        (80, 0),
        (Decimal("1200.5"), 900),
    ]
    assert "1.280,5" in sign_in("an").get(f"/nhiem-vu/{task.pk}/").content.decode()


def test_the_register_of_money_adds_up_what_matches_and_is_taken_away(task: Task, sign_in: object) -> None:
    fields = {"quarter": ["2026-Q1", "2026-Q2"], "source": ["NSNN", "Xã hội hóa"], "registered": ["1.200,5", "80"]}
    client = sign_in("binh")
    send(client, task, "kinh-phi", disbursed=["900", ""], **fields)
    every = client.get("/kinh-phi/").content.decode()
    one = client.get("/kinh-phi/?quy=2026-Q1&q=san+hang").content.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/kinh-phi/?tai=xlsx").getvalue())).active
    cells = [value for row in sheet.iter_rows(values_only=True) for value in row]
    assert "1.280,5" in every and "70% số đăng ký" in every
    assert "Không có khoản kinh phí nào" in one
    assert 1200.5 in cells and "Xã hội hóa" in cells


@pytest.mark.parametrize("quarters", [2, 40])
def test_the_register_of_money_asks_the_same_for_any_number_of_rows(
    task: Task, sign_in: object, django_assert_max_num_queries: object, quarters: int
) -> None:
    for n in range(quarters):
        BudgetEntry.objects.create(
            agency=task.agency, task=task, quarter=f"{2026 + n // 4}-Q{n % 4 + 1}", registered=n, disbursed=0
        )
    client = sign_in("an")
    client.get("/kinh-phi/")
    with django_assert_max_num_queries(12):
        client.get("/kinh-phi/")


def test_kpi_are_added_and_reached(task: Task, sign_in: object) -> None:
    client = sign_in("binh")
    send(client, task, "chi-so", kpi="", name="Doanh nghiệp lên sàn", unit_name="DN", wanted="40", reached="")
    kpi = TaskMeasure.objects.get()
    send(client, task, "chi-so", kpi=kpi.pk, name=kpi.name, unit_name="DN", wanted="40", reached="34")
    kpi.refresh_from_db()
    assert kpi.reached == 34


def test_a_task_waits_for_another_until_it_is_taken_back(adopted_plan: Plan, task: Task, sign_in: object) -> None:
    client, other = sign_in("binh"), task_of(adopted_plan, "1.1")
    send(client, task, "cho", on=other.pk)
    assert send(client, other, "cho", on=task.pk).status_code == 422
    send(client, task, "cho", bo=task.waits_for.get().pk)
    assert not task.waits_for.exists()


def test_the_page_of_a_task_without_any_asks_no_more_queries(
    task: Task, sign_in: object, django_assert_max_num_queries: object
) -> None:
    client = sign_in("an")
    with django_assert_max_num_queries(14):
        client.get(f"/nhiem-vu/{task.pk}/")


def test_the_page_of_a_plan_totals_money_by_unit(adopted_plan: Plan, task: Task, sign_in: object) -> None:
    client = sign_in("chi")
    for number, amount in (("1.1", "1.200,5"), ("1.2", "80"), ("2.2", "9,5")):
        fields = {"quarter": "2026-Q1", "source": "", "registered": amount, "disbursed": "1"}
        send(client, task_of(adopted_plan, number), "kinh-phi", **fields)
    page = client.get(f"/ke-hoach/{adopted_plan.pk}/")
    assert [(unit.name, *amounts) for unit, *amounts in page.context["money"]] == [
        (INDUSTRY, Decimal("9.5"), 1),
        (TRADE, Decimal("1280.5"), 2),
    ]
    assert "<b>1.290</b>" in page.content.decode()


def test_money_is_taken_away_with_the_tasks(adopted_plan: Plan, task: Task, sign_in: object) -> None:
    client = sign_in("binh")
    send(client, task, "kinh-phi", quarter="2026-Q1", source="", registered="80,5", disbursed="7")
    taken = client.get("/nhiem-vu/", {"tai": "xlsx", "q": "40 doanh nghiệp"})
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(taken))).active.iter_rows(values_only=True))
    assert rows[-1][-2:] == (80.5, 7)


def test_what_was_done_is_told_in_words(task: Task, sign_in: object) -> None:
    client = sign_in("binh")
    send(client, task, "kinh-phi", quarter="2026-Q1", source="", registered="80", disbursed="7")
    assert "Trần Quốc Bình ghi kinh phí của nhiệm vụ" in client.get(f"/nhiem-vu/{task.pk}/").content.decode()
