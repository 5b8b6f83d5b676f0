"""A plan in force is changed: proposed, gathered, decided; a moved deadline hides nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Duty
from sauro.organization.policy import Refused
from sauro.plans import services
from sauro.plans.models import ChangeRequest, DueChange, Plan, Task
from sauro.plans.services.errors import NotNow
from sauro.testing import INDUSTRY, TODAY, World, task_of

LATER = dt.date(2026, 12, 15)
State = ChangeRequest.State


def proposed(task: Task, world: World, changes: dict[str, Any] | None = None, who: str = "binh") -> ChangeRequest:
    """A proposal of the unit's head."""
    return services.propose_change(task, world.people[who], changes or {"due": LATER}, "Chờ kinh phí")


@pytest.mark.parametrize(
    ("who", "may"), [("an", False), ("binh", True), ("chi", True), ("dung", False), ("hoa", False)]
)
def test_who_proposes(adopted_plan: Plan, agency_world: World, who: str, may: bool) -> None:
    task = task_of(adopted_plan, "1.1")
    if may:
        assert proposed(task, agency_world, who=who).state == State.PROPOSED
    else:
        with pytest.raises(Refused, match="Người làm được"):
            proposed(task, agency_world, who=who)


def test_a_proposal_says_why_and_differs_and_is_the_only_one(adopted_plan: Plan, agency_world: World) -> None:
    task, binh = task_of(adopted_plan, "1.1"), agency_world.binh
    with pytest.raises(NotNow, match="lý do"):
        services.propose_change(task, binh, {"due": LATER}, " ")
    same = {"title": task.title, "due": task.due, "products": [p.text for p in task.products.all()]}
    with pytest.raises(NotNow, match="không khác"):
        services.propose_change(task, binh, same, "Vì sao")
    first = proposed(task, agency_world)
    with pytest.raises(NotNow, match="chờ quyết định"):
        proposed(task, agency_world)
    with pytest.raises(Refused, match="rút được"):
        services.withdraw_change(first, agency_world.dung)
    services.withdraw_change(first, binh)
    assert proposed(task, agency_world).pk != first.pk


def test_several_proposals_become_one_revision_and_both_days_stay(adopted_plan: Plan, agency_world: World) -> None:
    world, plan = agency_world, adopted_plan
    late, other = task_of(plan, "1.1"), task_of(plan, "1.2")
    old_due = late.due
    monitoring.assign(other, world.an, world.binh)
    industry = world.units[INDUSTRY]
    rows = [
        proposed(late, world, {"due": LATER, "products": ["Gian hàng vận hành"]}),
        proposed(other, world, {"lead_unit": industry, "title": "Hỗ trợ 40 doanh nghiệp lên sàn"}),
    ]
    with pytest.raises(NotNow, match="chưa được đơn vị đầu mối tổng hợp"):
        monitoring.approve(plan, rows, world.giang, TODAY)
    for row in rows:
        with pytest.raises(Refused):
            services.gather_change(row, world.binh)
        services.gather_change(row, world.chi, "Đề nghị chấp thuận")
    with pytest.raises(Refused, match="Đỗ Trường Giang"):
        monitoring.approve(plan, rows, world.chi, TODAY)
    revision = monitoring.approve(plan, rows, world.giang, TODAY)
    late.refresh_from_db()
    other.refresh_from_db()
    assert (late.due, late.original_due) == (LATER, old_due)
    moved = DueChange.objects.get(task=late)
    assert (moved.before, moved.after, moved.changed_on, moved.revision) == (old_due, LATER, TODAY, revision)
    assert (other.lead_unit, other.accountable, other.title) == (industry, None, "Hỗ trợ 40 doanh nghiệp lên sàn")
    assert revision.no == 2 and revision.document is None and len(revision.changes) == 2
    finish = Duty.objects.open().get(task=late, kind=Duty.Kind.FINISH)
    assert finish.nominal_due == LATER
    assert Duty.objects.open().filter(task=other, kind=Duty.Kind.FINISH).get().unit == industry
    assert [r.state for r in ChangeRequest.objects.order_by("pk")] == [State.APPROVED, State.APPROVED]


def test_a_second_move_keeps_the_first_day_of_all(adopted_plan: Plan, agency_world: World) -> None:
    world, task = agency_world, task_of(adopted_plan, "1.1")
    first = task.due
    for day in (LATER, dt.date(2026, 12, 28)):
        row = services.gather_change(proposed(task, world, {"due": day}), world.chi)
        monitoring.approve(adopted_plan, [row], world.giang, TODAY)
        task.refresh_from_db()
    assert task.original_due == first
    assert list(DueChange.objects.filter(task=task).values_list("before", "after")) == [
        (first, LATER),
        (LATER, dt.date(2026, 12, 28)),
    ]


def test_a_task_that_is_dropped_is_owed_no_more_and_its_reports_stay(adopted_plan: Plan, agency_world: World) -> None:
    world, task = agency_world, task_of(adopted_plan, "1.2")
    draft = monitoring.start_report(task, world.an, TODAY)
    monitoring.save_report(draft, world.an, {"done_text": "Đã làm"})
    monitoring.submit_report(draft, world.an, TODAY)
    row = services.gather_change(proposed(task, world, {"end": True}), world.chi)
    monitoring.approve(adopted_plan, [row], world.giang, TODAY)
    task.refresh_from_db()
    assert task.ended_in == 2 and task.reports.count() == 1 and not Duty.objects.open().filter(task=task).exists()


def test_a_refusal_says_why_and_changes_nothing(adopted_plan: Plan, agency_world: World) -> None:
    world, task = agency_world, task_of(adopted_plan, "1.1")
    row = services.gather_change(proposed(task, world), world.chi)
    with pytest.raises(NotNow, match="lý do"):
        services.refuse_change(row, world.giang, "")
    services.refuse_change(row, world.giang, "Chưa đủ căn cứ")
    task.refresh_from_db()
    assert task.due != LATER and not DueChange.objects.exists()
    with pytest.raises(NotNow, match="đã kết thúc"):
        services.gather_change(row, world.chi)


def test_a_day_before_that_of_a_sub_task_is_refused(adopted_plan: Plan, agency_world: World) -> None:
    world, task = agency_world, task_of(adopted_plan, "1.2")
    monitoring.split(task, world.binh, TODAY, title="Khảo sát", unit=world.binh.unit, due=dt.date(2026, 12, 20))
    with pytest.raises(NotNow, match="Khảo sát"):
        proposed(task, world, {"due": dt.date(2026, 12, 10)})
