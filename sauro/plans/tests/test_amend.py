"""A later decision changes a plan task by task, and what was reported stays."""

from __future__ import annotations

import copy
import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Duty, Report
from sauro.plans.diff import compare
from sauro.plans.models import Plan, PlanRevision
from sauro.plans.services import plan_to_draft, propose_changes
from sauro.plans.services.errors import NotNow
from sauro.reading.draft import DraftTask, Schedule
from sauro.reading.serial import draft_from_json
from sauro.testing import INDUSTRY, OFFICE, TODAY, TRADE, make_reading, small_draft, task_of


def later_draft():
    """The small plan a month later: one date moved, one unit changed, one task gone, one new."""
    draft = small_draft()
    draft.document.number = "200/QĐ-SCT"
    draft.tasks[0].schedule = Schedule("deadline", dt.date(2026, 11, 30))
    draft.tasks[0].schedule_text = "Tháng 11 năm 2026"
    draft.tasks[1].lead_units = [INDUSTRY]
    del draft.tasks[4]
    draft.tasks.append(
        DraftTask("2.4", "Số hóa hồ sơ cấp phép", "3 Việc mới", [OFFICE], schedule_text="Tháng 12 năm 2026",
                  schedule=Schedule("deadline", dt.date(2026, 12, 31)), products=["Kho hồ sơ số"])
    )  # fmt: skip
    return draft


def test_differences_are_told_task_by_task(adopted_plan):
    changes = propose_changes(adopted_plan, later_draft(), whole=True)
    assert [(c.kind, c.old, c.new) for c in changes] == [
        ("changed", 0, 0), ("moved", 1, 1), ("added", None, 4), ("ended", 4, None),
    ]  # fmt: skip
    assert changes[0].fields == {"schedule": ["31/10/2026", "30/11/2026"]}
    assert changes[1].fields == {"lead_units": [TRADE, INDUSTRY]}


def test_a_document_that_states_only_changes_ends_nothing(adopted_plan):
    kinds = {c.kind for c in propose_changes(adopted_plan, later_draft(), whole=False)}
    assert kinds == {"changed", "moved", "added"}


def test_the_next_revision_holds_and_the_old_one_stays_readable(adopted_plan, agency_world):
    plan = adopted_plan
    revision = monitoring.amend(plan, make_reading(agency_world, later_draft()), agency_world.chi, TODAY, whole=True)
    plan.refresh_from_db()
    assert (plan.revision, revision.no) == (2, 2)
    assert [t.title for t in plan_to_draft(plan).tasks] == [t.title for t in later_draft().tasks]
    assert draft_from_json(PlanRevision.objects.get(plan=plan, no=1).draft) == small_draft()
    assert draft_from_json(revision.draft) == plan_to_draft(plan)
    assert [c["kind"] for c in revision.changes] == ["changed", "moved", "added", "ended"]


def test_reports_stay_with_their_task_and_met_duties_stay_met(adopted_plan, agency_world):
    plan = adopted_plan
    task = task_of(plan, "1.1")
    report = monitoring.start_report(task, agency_world.an, TODAY)
    due_before = set(Duty.objects.filter(plan=plan, task=task).values_list("pk", flat=True))
    monitoring.amend(plan, make_reading(agency_world, later_draft()), agency_world.chi, TODAY, whole=True)
    task.refresh_from_db()
    assert Report.objects.get(pk=report.pk).task_id == task.pk
    assert (task.due, task.original_due) == (dt.date(2026, 11, 30), dt.date(2026, 10, 31))
    assert due_before <= set(Duty.objects.filter(task=task).values_list("pk", flat=True))
    assert Duty.objects.get(task=task, kind="finish").nominal_due == dt.date(2026, 11, 30)


def test_a_task_that_moves_is_owed_by_its_new_unit(adopted_plan, agency_world):
    plan = adopted_plan
    monitoring.amend(plan, make_reading(agency_world, later_draft()), agency_world.chi, TODAY, whole=True)
    task = task_of(plan, "1.2")
    assert task.lead_unit.name == INDUSTRY
    open_units = set(Duty.objects.open().filter(task=task).values_list("unit__name", flat=True))
    assert open_units == {INDUSTRY}


def test_an_ended_task_owes_nothing_more_and_is_kept(adopted_plan, agency_world):
    plan = adopted_plan
    monitoring.amend(plan, make_reading(agency_world, later_draft()), agency_world.chi, TODAY, whole=True)
    ended = plan.tasks.get(ref="2.3")
    assert ended.ended_in == 2
    assert not Duty.objects.open().filter(task=ended).exists()


def test_what_is_not_ticked_is_not_taken_over(adopted_plan, agency_world):
    plan = adopted_plan
    reading = make_reading(agency_world, later_draft())
    monitoring.amend(plan, reading, agency_world.chi, TODAY, whole=True, skip=[1, 3])
    assert task_of(plan, "1.2").lead_unit.name == TRADE
    assert task_of(plan, "2.3").ended_in is None
    assert plan.tasks.filter(ref="2.4").exists()


def test_an_amendment_that_fails_changes_nothing(adopted_plan, agency_world, monkeypatch):
    plan = adopted_plan
    before = plan_to_draft(plan)

    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("máy hỏng giữa chừng")

    monkeypatch.setattr("sauro.monitoring.services.adoption.generate_duties", fail)
    with pytest.raises(RuntimeError):
        monitoring.amend(plan, make_reading(agency_world, later_draft()), agency_world.chi, TODAY, whole=True)
    plan = Plan.objects.get(pk=plan.pk)
    assert plan.revision == 1
    assert plan_to_draft(plan) == before
    assert plan.revisions.count() == 1


def test_a_document_that_changes_nothing_is_no_amendment(adopted_plan, agency_world):
    with pytest.raises(NotNow, match="không đổi"):
        monitoring.amend(adopted_plan, make_reading(agency_world), agency_world.chi, TODAY, whole=True)


def test_a_unit_renamed_in_the_register_is_no_move(adopted_plan, agency_world):
    unit = agency_world.units[TRADE]
    unit.name = "Phòng Thương mại"
    unit.save()
    draft = small_draft()
    for task in draft.tasks:
        task.lead_units = [n if n != TRADE else "Phòng Thương mại" for n in task.lead_units]
    assert propose_changes(adopted_plan, draft, whole=True) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_applying_the_differences_gives_the_new_list(data):
    old = small_draft().tasks
    new = copy.deepcopy(old)
    for index in sorted(data.draw(st.sets(st.integers(0, 4), max_size=3)), reverse=True):
        del new[index]
    for task in new:
        if data.draw(st.booleans()):
            task.lead_units = [data.draw(st.sampled_from([TRADE, INDUSTRY, OFFICE]))]
        if data.draw(st.booleans()):
            task.note = data.draw(st.sampled_from(["x", "y", None]))
    changes = compare(old, new, whole=True)
    kept = {c.old for c in changes if c.kind == "ended"}
    result = {i: copy.deepcopy(t) for i, t in enumerate(old) if i not in kept}
    for change in changes:
        if change.old is not None and change.new is not None:
            result[change.old] = new[change.new]
    result = [*result.values(), *(new[c.new] for c in changes if c.kind == "added")]
    assert sorted(result, key=lambda t: t.title) == sorted(new, key=lambda t: t.title)


def test_no_task_is_matched_twice():
    old = [DraftTask("1", "Báo cáo quý"), DraftTask("2", "Báo cáo quý")]
    new = [DraftTask("1", "Báo cáo quý"), DraftTask("2", "Báo cáo quý"), DraftTask("3", "Báo cáo quý")]
    assert [(c.kind, c.new) for c in compare(old, new, whole=True)] == [("added", 2)]


def test_new_objectives_and_reporting_are_taken_over_and_the_old_ones_marked(adopted_plan, agency_world):
    draft = later_draft()
    draft.objectives[0].text = "Phát triển thương mại điện tử và dữ liệu"
    draft.reporting_duties[0].rule.before_day = 15
    monitoring.amend(adopted_plan, make_reading(agency_world, draft), agency_world.chi, TODAY, whole=True)
    now = plan_to_draft(adopted_plan)
    assert (now.objectives, now.reporting_duties) == (draft.objectives, draft.reporting_duties)
    assert [o.ended_in for o in adopted_plan.objectives.order_by("order")] == [2, None]
    open_rules = Duty.objects.open().filter(plan=adopted_plan, rule__isnull=False)
    assert {d.rule.before_day for d in open_rules} == {15}


def test_a_document_silent_on_objectives_leaves_them(adopted_plan, agency_world):
    draft = later_draft()
    draft.objectives, draft.reporting_duties = [], []
    monitoring.amend(adopted_plan, make_reading(agency_world, draft), agency_world.chi, TODAY, whole=True)
    now = plan_to_draft(adopted_plan)
    assert (now.objectives, now.reporting_duties) == (small_draft().objectives, small_draft().reporting_duties)


def test_objectives_are_left_out_when_the_person_says_so(adopted_plan, agency_world):
    draft = later_draft()
    draft.objectives[0].text = "Khác"
    reading = make_reading(agency_world, draft)
    monitoring.amend(adopted_plan, reading, agency_world.chi, TODAY, whole=True, parts=False)
    assert plan_to_draft(adopted_plan).objectives == small_draft().objectives
