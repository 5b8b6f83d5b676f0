"""Large tasks, what they wait for, their money and KPI."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from sauro.ledger.models import Entry
from sauro.monitoring.models import BudgetEntry, Duty, TaskMeasure
from sauro.monitoring.services.works import (
    Kpi,
    Money,
    add_dependency,
    budget_totals,
    describe_large_task,
    missing_components,
    remove_dependency,
    save_budget,
    save_measures,
)
from sauro.organization.policy import Refused
from sauro.plans.models import Plan, Task
from sauro.plans.services.errors import NotNow
from sauro.testing import OFFICE, TODAY, TRADE, World, task_of

pytestmark = pytest.mark.django_db
WHOLE = {"initiative": "Sàn tỉnh", "problem": "Hàng khó bán", "product": "Gian hàng", "measures": "Thuê vận hành"}


@pytest.fixture
def task(adopted_plan: Plan) -> Task:
    """1.2, due on the last day of 2026, led by the trade unit."""
    return task_of(adopted_plan, "1.2")


def test_what_a_large_task_lacks_is_said_in_words(task: Task, agency_world: World) -> None:
    large = describe_large_task(task, agency_world.binh, TODAY, {"initiative": "Sàn tỉnh"})
    assert missing_components(task, large, task.milestones.all()) == [
        "vấn đề cần giải quyết",
        "sản phẩm chính",
        "giải pháp thực hiện",
        "đơn vị tiếp nhận sản phẩm",
        "mốc của quý I/2026, II/2026, III/2026, IV/2026",
    ]


def test_a_whole_large_task_lacks_nothing(task: Task, agency_world: World) -> None:
    days = [dt.date(2026, month, 28) for month in (3, 6, 9, 12)]
    given = {**WHOLE, "receiving_unit": agency_world.units[OFFICE], "milestones": [(d, f"Mốc {d.month}") for d in days]}
    large = describe_large_task(task, agency_world.binh, TODAY, given)
    assert missing_components(task, large, task.milestones.all()) == []
    describe_large_task(task, agency_world.binh, TODAY, given)
    assert task.milestones.count() == 4
    assert Entry.objects.filter(verb="monitoring.large_task.described").count() == 1


def test_a_milestone_that_is_added_is_owed(task: Task, agency_world: World) -> None:
    day = dt.date(2026, 12, 10)
    describe_large_task(task, agency_world.binh, TODAY, {"milestones": [(day, "Nghiệm thu")]})
    assert Duty.objects.filter(task=task, kind=Duty.Kind.MILESTONE).count() == 1


@pytest.mark.parametrize(
    ("milestone", "words"),
    [((dt.date(2027, 1, 5), "Muộn"), "sau hạn"), ((dt.date(2026, 12, 5), " "), "nội dung của mốc")],
)
def test_a_milestone_that_does_not_fit_is_refused(
    task: Task, agency_world: World, milestone: tuple, words: str
) -> None:
    with pytest.raises(NotNow, match=words):
        describe_large_task(task, agency_world.binh, TODAY, {"milestones": [milestone]})


def test_only_who_completes_tasks_may(task: Task, agency_world: World) -> None:
    for act in (
        lambda: describe_large_task(task, agency_world.an, TODAY, WHOLE),
        lambda: save_budget(task, agency_world.dung, []),
        lambda: save_measures(task, agency_world.hoa, TODAY, []),
    ):
        with pytest.raises(Refused, match="Trần Quốc Bình"):
            act()


def test_a_circle_of_waiting_is_refused(adopted_plan: Plan, agency_world: World) -> None:
    first, second, third = (task_of(adopted_plan, ref) for ref in ("1.1", "1.2", "2.1"))
    add_dependency(first, second, agency_world.chi)
    made = add_dependency(second, third, agency_world.chi)
    for task, on, words in ((third, first, "chờ ngược lại"), (first, first, "chính nó"), (first, second, "Đã ghi")):
        with pytest.raises(NotNow, match=words):
            add_dependency(task, on, agency_world.chi)
    remove_dependency(made, agency_world.chi)
    add_dependency(third, first, agency_world.chi)
    assert list(first.waits_for.values_list("on", flat=True)) == [second.pk]


def test_money_is_kept_by_quarter_and_source(task: Task, agency_world: World) -> None:
    rows = [Money("2026-Q1", "NSNN", Decimal("120.5"), Decimal(0)), Money("2026-Q2", "", Decimal(80), Decimal("79.25"))]
    assert save_budget(task, agency_world.binh, rows) == 2
    assert save_budget(task, agency_world.binh, rows) == 0
    assert save_budget(task, agency_world.binh, [Money("2026-Q2", "", Decimal(0), Decimal(0))]) == 1
    assert BudgetEntry.objects.get().registered == Decimal("120.5")
    for quarter, amount, words in (("2026-13", 1, "Không hiểu quý"), ("2026-05", 1, "quý"), ("2026-Q1", -1, "âm")):
        with pytest.raises(NotNow, match=words):
            save_budget(task, agency_world.binh, [Money(quarter, "", Decimal(amount), Decimal(0))])


def test_money_is_totalled_by_plan_and_unit(
    adopted_plan: Plan, agency_world: World, django_assert_num_queries: object
) -> None:
    for ref in ("1.1", "1.2", "2.2"):
        save_budget(
            task_of(adopted_plan, ref), agency_world.chi, [Money("2026-Q1", "", Decimal("10.1"), Decimal("4.05"))]
        )
    with django_assert_num_queries(1):
        assert budget_totals(adopted_plan.tasks.all(), "plan_id") == {
            adopted_plan.pk: (Decimal("30.3"), Decimal("12.15"))
        }
    by_unit = budget_totals(adopted_plan.tasks.all(), "lead_unit_id")
    assert by_unit[agency_world.units[TRADE].pk] == (Decimal("20.2"), Decimal("8.1"))


def test_kpi_of_a_task_are_set_reached_and_dropped(task: Task, agency_world: World) -> None:
    save_measures(task, agency_world.binh, TODAY, [Kpi("Doanh nghiệp lên sàn", "DN", Decimal(40)), Kpi("", "", None)])
    kpi = TaskMeasure.objects.get()
    assert (kpi.order, kpi.reached, kpi.reached_on) == (0, None, None)
    save_measures(task, agency_world.binh, TODAY, [Kpi(kpi.name, "DN", Decimal(40), Decimal(34), kpi.pk)])
    kpi.refresh_from_db()
    assert (kpi.reached, kpi.reached_on) == (34, TODAY)
    with pytest.raises(NotNow, match="Ghi mức phải đạt"):
        save_measures(task, agency_world.binh, TODAY, [Kpi("Không mức", "", None)])
    save_measures(task, agency_world.binh, TODAY, [Kpi("", "", None, None, kpi.pk)])
    assert not TaskMeasure.objects.exists()
