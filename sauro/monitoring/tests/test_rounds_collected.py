"""The focal unit's round: counts that add up, calls once a day, differences settled, a report that keeps what people
wrote."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sauro.ledger.models import Entry
from sauro.monitoring import services
from sauro.monitoring.models import Call, Consolidation, Duty, OutsideUpdate, Report, Round
from sauro.monitoring.rounds import Need, conflicts_of, picture_of
from sauro.monitoring.rounds.conflicts import differences_of, reports_in
from sauro.monitoring.rounds.report import gather_report
from sauro.monitoring.services.consolidating import SectionStale, build, sections_of
from sauro.notices.models import Notice
from sauro.organization.models import Unit
from sauro.organization.policy import Refused
from sauro.plans.models import Plan
from sauro.plans.services.errors import NotNow
from sauro.testing import INDUSTRY, OFFICE, TODAY, TRADE, World, task_of
from sauro.writing.report import standard_template

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is handed in bears the hour of the tests' day."""
    at = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(10, 0)))
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)


@pytest.fixture
def called(agency_world: World, adopted_plan: Plan) -> Round:
    """A round called on the plan as a whole: the office, trade and industry each owe one report."""
    return services.call_round(
        adopted_plan, agency_world.chi, TODAY, kind="ad_hoc", event="Kết luận của Bộ trưởng", due=TODAY
    )


def send(round: Round, person: Any, unit: Unit, **values: str) -> Report:
    """The unit's report on the plan, handed in."""
    report = services.answer_duty(round.duties.get(unit=unit), person, TODAY)
    services.save_report(report, person, {"done_text": "Đã làm.", **values})
    return services.submit_report(report, person, TODAY)


def test_every_state_of_a_unit_is_told_and_the_parts_add_up(called: Round, agency_world: World) -> None:
    w = agency_world
    assert {row.need for row in picture_of(called).units} == {Need.SILENT}
    trade = send(called, w.binh, w.units[TRADE], difficulties="Thiếu kinh phí")
    industry = send(called, w.dung, w.units[INDUSTRY])
    services.return_report(trade, w.chi, "Thiếu minh chứng")
    services.accept_report(industry, w.chi)
    # Reported by letter: the duty is met and no report stands behind it.
    called.duties.filter(unit=w.units[OFFICE]).update(state=Duty.State.MET, met_on=TODAY)
    picture = picture_of(called)
    assert [(row.unit.name, row.need.name) for row in picture.units] == [
        (TRADE, "RETURNED"), (INDUSTRY, "COMPLETE"), (OFFICE, "COMPLETE"),
    ]  # fmt: skip
    total = picture.total
    assert (total.due, total.accepted, total.waiting, total.returned, total.missing) == (3, 2, 0, 1, 0)
    assert total.due == called.duties.count() and picture.units[0].return_reason == "Thiếu minh chứng"


def test_a_report_counts_for_the_unit_that_owes_it_and_none_for_what_was_called_off(
    called: Round, agency_world: World
) -> None:
    w = agency_world
    report = send(called, w.binh, w.units[TRADE])
    # Written by a person of another unit, who may.
    Report.objects.filter(pk=report.pk).update(unit=w.units[OFFICE])
    send(called, w.dung, w.units[INDUSTRY])
    called.duties.filter(unit=w.units[INDUSTRY]).update(state=Duty.State.CANCELLED, met_on=None)
    picture = picture_of(called)
    counts = {row.unit.name: (row.counts.waiting, row.counts.missing) for row in picture.units}
    assert counts == {TRADE: (1, 0), OFFICE: (0, 1)} and picture.total.due == 2


def test_only_reports_without_difficulty_are_accepted_at_one_go(called: Round, agency_world: World) -> None:
    w = agency_world
    send(called, w.binh, w.units[TRADE], difficulties="Thiếu kinh phí")
    send(called, w.dung, w.units[INDUSTRY])
    assert picture_of(called).smooth == 1
    with pytest.raises(Refused, match="chưa được giao quyền"):
        services.accept_smooth(called, w.an)
    assert services.accept_smooth(called, w.chi) == 1
    assert services.accept_of_unit(called, w.chi, w.units[TRADE]) == 1
    assert services.accept_smooth(called, w.chi) == 0


def test_silent_units_are_called_once_a_day(called: Round, agency_world: World) -> None:
    w = agency_world
    send(called, w.dung, w.units[INDUSTRY])
    assert {u.name for u in services.remind_units(called, w.chi, TODAY)} == {TRADE, OFFICE}
    assert services.remind_units(called, w.chi, TODAY) == []
    assert Call.objects.count() == 2 and picture_of(called).units[0].calls
    tomorrow = TODAY + dt.timedelta(days=1)
    assert len(services.remind_units(called, w.chi, tomorrow, only=[w.units[TRADE]])) == 1
    assert Entry.objects.filter(verb="monitoring.round.reminded").count() == 2
    with pytest.raises(Refused):
        services.remind_units(called, w.binh, tomorrow)


def two_voices(plan: Plan, w: World) -> tuple[Round, Report, Report]:
    """A round on task 1.1, which trade leads and the office coordinates; they give other figures."""
    task = task_of(plan, "1.1")
    services.assign(task, w.an, w.binh)
    round = services.call_round(
        plan, w.chi, TODAY, kind="ad_hoc", event="Đột xuất", due=TODAY, tasks=[task], units=[w.units[TRADE]]
    )
    lead = services.answer_duty(round.duties.get(), w.an, TODAY)
    services.save_report(lead, w.an, {"progress": 85, "done_text": "Đã nhập 371 doanh nghiệp."})
    lead = services.submit_report(lead, w.an, TODAY)
    other = services.start_report(task, w.chi, TODAY)
    services.save_report(other, w.chi, {"progress": 60, "done_text": "Trên hệ thống có 358 bản ghi."})
    return round, lead, services.submit_report(other, w.chi, TODAY)


def test_two_units_that_differ_stand_side_by_side_until_one_is_taken(adopted_plan: Plan, agency_world: World) -> None:
    w = agency_world
    round, lead, other = two_voices(adopted_plan, w)
    (conflict,) = conflicts_of(round)
    assert [side.leads for side in conflicts_of(round, sides_of_each=1)[0].sides] == [True]
    assert [s.report.pk for s in conflict.sides] == [lead.pk, other.pk] and conflict.sides[0].leads
    row = next(t for t in gather_report(round, TODAY).content.tasks if t.ref == "1.1")
    assert "85%" in row.result and "60%" in row.result
    with pytest.raises(NotNow, match="Ghi lý do"):
        services.reconcile(round, w.chi, other, " ")
    services.reconcile(round, w.chi, other, "Số trên hệ thống đã đối chiếu.")
    row = next(t for t in gather_report(round, TODAY).content.tasks if t.ref == "1.1")
    assert row.result == "Trên hệ thống có 358 bản ghi." and row.progress == "60%"
    assert services.leave_both(round, w.chi, conflict.task) is True
    assert conflicts_of(round)[0].reconciliation is None


def test_the_four_cells_of_the_report_add_up_and_are_those_of_the_due_day(
    called: Round, agency_world: World, adopted_plan: Plan
) -> None:
    task = task_of(adopted_plan, "1.1")
    task.completed_on = called.due + dt.timedelta(days=3)
    task.completed_by = agency_world.binh
    task.save()
    gathered = gather_report(called, called.due + dt.timedelta(days=10))
    assert gathered.as_of == called.due
    assert gathered.cells.total == adopted_plan.tasks.count() == gathered.content.total
    assert gathered.cells.open_overdue == 1 and gathered.cells.done == 0
    assert sum(g.total for g in gathered.content.groups) == gathered.content.total
    assert sum(u.total for u in gathered.content.units) == gathered.content.total
    later = gather_report(called, called.due + dt.timedelta(days=40))
    assert later.cells == gathered.cells


def test_what_a_person_wrote_is_kept_and_they_are_told_when_figures_changed(called: Round, agency_world: World) -> None:
    w = agency_world
    services.edit_section(called, w.chi, "difficulties", "Khó khăn do tôi viết.", TODAY, no=0)
    send(called, w.binh, w.units[TRADE], difficulties="Thiếu kinh phí")
    kept = services.generate(called, w.chi, TODAY)
    section = next(s for s in sections_of(gather_report(called, TODAY), kept) if s.name == "difficulties")
    assert section.text == "Khó khăn do tôi viết." and section.outdated and "Thiếu kinh phí" in section.gathered
    assert kept.file and kept.generated_at and "Thiếu kinh phí" in kept.written["difficulties"]
    with default_storage.open(kept.file.storage_name) as file:
        words = "\n".join(p.text for p in docx.Document(io.BytesIO(file.read())).paragraphs)
    assert "Khó khăn do tôi viết." in words and "Thiếu kinh phí" not in words
    services.settle_section(called, w.chi, "difficulties", TODAY, keep=True)
    kept = Consolidation.objects.get(round=called)
    assert not any(s.outdated for s in sections_of(gather_report(called, TODAY), kept))
    services.settle_section(called, w.chi, "difficulties", TODAY, keep=False)
    again = "\n".join(p.text for p in docx.Document(io.BytesIO(build(called, TODAY)[0])).paragraphs)
    assert "Thiếu kinh phí" in again
    kept = Consolidation.objects.get(round=called)
    assert not any(s.edited for s in sections_of(gather_report(called, TODAY), kept))


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(called: Round, agency_world: World) -> None:
    w = agency_world
    services.edit_section(called, w.chi, "proposals", "Bản thứ nhất", TODAY, no=0)
    with pytest.raises(SectionStale) as stale:
        services.edit_section(called, w.chi, "proposals", "Bản thứ hai", TODAY, no=0)
    assert stale.value.theirs == "Bản thứ nhất" and w.chi.full_name in str(stale.value)
    services.edit_section(called, w.chi, "proposals", "Bản thứ hai", TODAY, no=1)
    with pytest.raises(Refused):
        services.edit_section(called, w.an, "proposals", "x", TODAY)
    with pytest.raises(NotNow, match="không có phần này"):
        services.edit_section(called, w.chi, "nothing", "x", TODAY)


def test_a_template_is_kept_in_versions_and_a_faulty_one_is_not_kept(agency_world: World, called: Round) -> None:
    w = agency_world
    first = services.upload_template(w.chi, "BC tháng", io.BytesIO(standard_template()), "a.docx")
    second = services.upload_template(w.chi, "BC  tháng", io.BytesIO(standard_template()), "a.docx")
    first.refresh_from_db()
    assert (first.version, second.version, first.is_active, second.is_active) == (1, 2, False, True)
    with pytest.raises(NotNow, match="không còn dùng"):
        services.choose_template(called, w.chi, first)
    services.choose_template(called, w.chi, second)
    assert services.generate(called, w.chi, TODAY).template == second
    with pytest.raises(services.TemplateRefused) as refused:
        services.upload_template(w.chi, "BC", io.BytesIO(b"%PDF"), "a.pdf")
    assert refused.value.faults
    with pytest.raises(Refused):
        services.upload_template(w.an, "BC", io.BytesIO(standard_template()), "a.docx")


def test_a_task_is_ticked_as_updated_elsewhere_once_with_its_day(called: Round, agency_world: World) -> None:
    w, task = agency_world, task_of(called.plan, "1.1")
    for _n in range(2):
        services.note_outside(called, w.chi, task, "theodoinq.dcs.vn", TODAY, done=True)
    assert OutsideUpdate.objects.get().updated_on == TODAY
    services.note_outside(called, w.chi, task, "theodoinq.dcs.vn", TODAY, done=False)
    assert not OutsideUpdate.objects.exists()
    with pytest.raises(NotNow, match="tên hệ thống"):
        services.note_outside(called, w.chi, task, " ", TODAY, done=True)


def test_a_reminder_leads_to_the_report_that_is_owed(called: Round, agency_world: World) -> None:
    w = agency_world
    services.remind_units(called, w.chi, TODAY, only=[w.units[TRADE]])
    duty = called.duties.get(unit=w.units[TRADE])
    notice = Notice.objects.get(person=w.binh, verb="monitoring.round.reminded")
    assert notice.url == f"/viec/{duty.pk}/bao-cao/"


def test_a_choice_of_words_or_template_leaves_its_line_and_saving_again_none(
    called: Round, agency_world: World
) -> None:
    chi = agency_world.chi
    for text in ("Lời một.", "Lời hai."):
        services.edit_section(called, chi, "opening", text, TODAY)
    assert Entry.objects.filter(verb="monitoring.consolidation.edited").count() == 1
    services.settle_section(called, chi, "opening", TODAY, keep=True)
    assert Entry.objects.filter(verb="monitoring.consolidation.kept").count() == 1
    template = services.upload_template(chi, "BC tháng", io.BytesIO(standard_template()), "mau.docx")
    for _twice in range(2):
        services.choose_template(called, chi, template)
    assert Entry.objects.filter(verb="monitoring.consolidation.template").count() == 1


def test_no_unit_of_a_task_is_fetched_by_itself(called: Round) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert gather_report(called, TODAY).content.tasks
    assert not [q for q in queries if q["sql"].startswith('SELECT "organization_unit"') and "LIMIT" in q["sql"]]


def test_the_number_of_queries_is_the_same_for_few_and_for_many(called: Round, agency_world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            picture_of(called)
            conflicts_of(called)
            gather_report(called, TODAY)
        return len(queries)

    asked()
    few = asked()
    for n in range(12):
        root = agency_world.units[TRADE].get_parent()
        unit = root.add_child(agency=agency_world.agency, name=f"Phòng {n}", folded=f"phong {n}", sort_key=f"{n}")
        Duty.objects.create(
            agency=agency_world.agency, plan=called.plan, round=called, kind=Duty.Kind.CALLED, unit=unit,
            unit_path=unit.path, title="x", nominal_due=TODAY, due=TODAY,
        )  # fmt: skip
    assert asked() == few


def test_a_free_report_counts_in_the_round_whose_period_holds_its_day_alone(
    adopted_plan: Plan, agency_world: World
) -> None:
    w, days = agency_world, {"opens_on": TODAY, "due": TODAY, "focal_due": TODAY}
    made = {"agency": w.agency, "plan": adopted_plan, **days}
    november = Round.objects.create(period="2026-11", **made)
    december = Round.objects.create(period="2026-12", **made)
    by_hand = Round.objects.create(kind="ad_hoc", event="Họp giao ban", **made)
    free = Report.objects.create(
        agency=w.agency,
        task=adopted_plan.tasks.in_force().first(),
        unit=w.units[TRADE],
        author=w.an,
        state="submitted",
        done_text="Phối hợp xong.",
        submitted_at=dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC),
    )
    assert list(reports_in(november)) == [free]
    # Neither in the next period nor in the round that was called by hand meanwhile.
    assert not reports_in(december).exists() and not reports_in(by_hand).exists()
    november.delete()
    assert list(reports_in(by_hand)) == [free]


def test_a_day_of_a_period_lasts_from_midnight_to_midnight_in_viet_nam(adopted_plan: Plan, agency_world: World) -> None:
    w = agency_world
    november = Round.objects.create(
        agency=w.agency, plan=adopted_plan, period="2026-11", opens_on=TODAY, due=TODAY, focal_due=TODAY
    )
    free = Report.objects.create(
        agency=w.agency, task=adopted_plan.tasks.in_force().first(), unit=w.units[TRADE], author=w.an,
        state="submitted", done_text="Phối hợp xong.", submitted_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    first, last = dt.datetime(2026, 10, 31, 17, tzinfo=dt.UTC), dt.datetime(2026, 11, 30, 16, 59, 59, tzinfo=dt.UTC)
    second = dt.timedelta(seconds=1)
    for at, inside in ((first, True), (first - second, False), (last, True), (last + second, False)):
        Report.objects.filter(pk=free.pk).update(submitted_at=at)
        assert reports_in(november).exists() == inside, at


@pytest.mark.parametrize(("minutes", "differs"), [(1, False), (-1, True)])
def test_of_a_units_answer_and_its_free_report_the_later_counts(
    called: Round, agency_world: World, minutes: int, differs: bool
) -> None:
    w, at, task = agency_world, timezone.now(), called.plan.tasks.in_force().first()
    said = {"agency": w.agency, "task": task, "author": w.an, "state": "submitted", "done_text": "Xong."}
    Report.objects.create(**said, round=called, unit=w.units[TRADE], progress=40, submitted_at=at)
    Report.objects.create(**said, unit=w.units[OFFICE], progress=90, submitted_at=at)
    later = at + dt.timedelta(minutes=minutes)
    Report.objects.create(**said, unit=w.units[TRADE], progress=90, submitted_at=later)
    assert [d.task for d in differences_of(called)] == ([task.pk] if differs else [])
