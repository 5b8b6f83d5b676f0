"""The KPI of a task in the report on it: who gives them, when they stand, what withdrawing takes back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from sauro.ledger.models import Entry
from sauro.monitoring import services
from sauro.monitoring.models import Report, TaskMeasure
from sauro.monitoring.services import WrongFigures, works
from sauro.organization.policy import Refused
from sauro.plans.models import Plan, Task
from sauro.testing import TODAY, World, task_of

pytestmark = pytest.mark.django_db
LATER = TODAY + dt.timedelta(days=3)


@pytest.fixture
def task(adopted_plan: Plan, agency_world: World) -> Task:
    """A task with two KPI, the first of which stands at 3."""
    found = task_of(adopted_plan, "1.2")
    rows = [works.Kpi("Doanh nghiệp được hỗ trợ", "doanh nghiệp", Decimal(20), Decimal(3))]
    works.save_measures(found, agency_world.chi, TODAY, [*rows, works.Kpi("Lớp tập huấn", "lớp", Decimal(4))])
    return found


@pytest.fixture
def report(task: Task, agency_world: World) -> Report:
    """What an officer says of the task."""
    begun = services.start_report(task, agency_world.an, TODAY)
    return services.save_report(begun, agency_world.an, {"progress": 40, "done_text": "Đã làm"})


def typed(report: Report, world: World, *texts: str) -> Report:
    """The report with the texts typed for the KPI, in order."""
    keys = [asked.key("value") for asked in services.asked_figures(report, world.an, TODAY)]
    return services.save_report(report, world.an, {"figures": dict(zip(keys, texts, strict=True))})


def levels(task: Task) -> list[tuple[Decimal | None, dt.date | None]]:
    """What the KPI have reached, and when."""
    return list(TaskMeasure.objects.filter(task=task).order_by("order").values_list("reached", "reached_on"))


def test_an_officer_who_may_not_edit_the_task_gives_its_kpi_with_the_report(
    task: Task, report: Report, agency_world: World
) -> None:
    with pytest.raises(Refused):
        works.save_measures(task, agency_world.an, TODAY, [works.Kpi("Khác", "", Decimal(1))])
    draft = typed(report, agency_world, "16,5", "")
    assert levels(task) == [(3, TODAY), (None, None)]
    services.submit_report(draft, agency_world.an, LATER)
    assert levels(task) == [(Decimal("16.5"), LATER), (None, None)]
    said = Entry.objects.get(verb="monitoring.measures.reported").data
    assert said["report"] == report.pk and len(said["changes"]) == 1


def test_a_wrong_kpi_keeps_the_report_back_whole(task: Task, report: Report, agency_world: World) -> None:
    draft = typed(report, agency_world, "16", "bốn")
    with pytest.raises(WrongFigures) as wrong:
        services.submit_report(draft, agency_world.an, LATER)
    assert list(wrong.value.errors.values()) == ["“bốn” không phải là số. Viết như 7.882 hoặc 8,5."]
    assert levels(task) == [(3, TODAY), (None, None)]


def test_withdrawing_takes_the_kpi_back_and_keeps_what_was_typed(
    task: Task, report: Report, agency_world: World
) -> None:
    handed_in = services.submit_report(typed(report, agency_world, "16", "2"), agency_world.an, LATER)
    fresh = services.withdraw_report(handed_in, agency_world.an)
    assert levels(task) == [(3, TODAY), (None, None)]
    assert Entry.objects.filter(verb="monitoring.measures.withdrawn").count() == 1
    asked = services.asked_figures(fresh, agency_world.an, TODAY)
    assert [a.typed(fresh.figures)["value"] for a in asked] == ["16", "2"]
    services.submit_report(fresh, agency_world.an, LATER)
    assert levels(task) == [(16, LATER), (2, LATER)]


def test_a_kpi_told_otherwise_since_is_left_and_a_returned_report_corrects_its_own(
    task: Task, report: Report, agency_world: World
) -> None:
    handed_in = services.submit_report(typed(report, agency_world, "16", "2"), agency_world.an, LATER)
    services.return_report(handed_in, agency_world.chi, "Số chưa khớp")
    with pytest.raises(WrongFigures):
        services.submit_report(typed(handed_in, agency_world, "17", ""), agency_world.an, LATER)
    again = services.submit_report(typed(handed_in, agency_world, "17", "2"), agency_world.an, LATER)
    first = TaskMeasure.objects.filter(task=task).earliest("order")
    row = works.Kpi(first.name, first.unit_name, first.wanted, Decimal(18), first.pk)
    works.save_measures(task, agency_world.chi, LATER, [row])
    fresh = services.withdraw_report(again, agency_world.an)
    assert levels(task) == [(18, LATER), (None, None)]
    assert [f.measure for f in fresh.measure_figures.all()] == [first]


def test_a_coordinating_unit_speaks_for_its_own_part_alone(task: Task, agency_world: World) -> None:
    other = task_of(task.plan, "1.1")
    works.save_measures(other, agency_world.chi, TODAY, [works.Kpi("Gian hàng", "", Decimal(9))])
    for who, names in (("chi", []), ("binh", ["Gian hàng"])):
        person = agency_world.people[who]
        asked = services.asked_figures(services.start_report(other, person, TODAY), person, TODAY)
        assert [a.measure.name for a in asked] == names
