"""Reporting, proving, finishing: who may, when, and what follows."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from sauro.files.models import StoredFile
from sauro.files.services import FileRefused
from sauro.ledger.services import history_of
from sauro.monitoring import services
from sauro.monitoring.models import Duty, Evidence, Report
from sauro.monitoring.pace import expected_progress, pace
from sauro.notices.models import Notice
from sauro.organization.policy import Refused
from sauro.plans.models import Plan, Task
from sauro.plans.services.errors import NotNow
from sauro.testing import TODAY, World, task_of

PDF = b"%PDF-1.4 bien ban"


def handed_in(task: Task, world: World, who: str = "an", *, progress: int = 40, text: str = "Đã làm") -> Report:
    """A report of the person on the task, submitted today."""
    person = world.people[who]
    draft = services.start_report(task, person, TODAY)
    services.save_report(draft, person, {"progress": progress, "done_text": text})
    return services.submit_report(draft, person, TODAY)


def proved(task: Task, world: World) -> None:
    """Every product of the task has evidence in a submitted report of `an`."""
    draft = services.start_report(task, world.an, TODAY)
    for product in task.products.all():
        source = io.BytesIO(PDF + str(product.pk).encode())
        services.add_evidence(draft, world.an, source, f"{product.pk}.pdf", product=product)
    services.save_report(draft, world.an, {"progress": 100, "done_text": "Xong"})
    services.submit_report(draft, world.an, TODAY)


@pytest.mark.parametrize(
    ("ref", "allowed"),
    [
        # 1.1 is led by Trade with the Office beside it; 1.2 by Trade alone; 2.2 by Industry.
        ("1.1", {"an", "binh", "chi"}),
        ("1.2", {"an", "binh"}),
        ("2.2", {"dung"}),
    ],
)
def test_who_may_report_is_who_has_a_part_in_the_task(
    adopted_plan: Plan, agency_world: World, ref: str, allowed: set[str]
) -> None:
    task = task_of(adopted_plan, ref)
    for who, person in agency_world.people.items():
        assert services.may_report(task, person) is (who in allowed), who
        if who in allowed:
            assert services.writes_for(services.start_report(task, person, TODAY), person)
        else:
            with pytest.raises(Refused) as no:
                services.start_report(task, person, TODAY)
            assert person.full_name in no.value.sentence
    # Where a report is owed, the unit writes one; where none is, each writes their own.
    owed = task.duties.filter(kind__in=["report", "periodic"]).exists()
    assert Report.objects.count() == (1 if owed else len(allowed))


def test_who_is_named_accountable_may_report(adopted_plan: Plan, agency_world: World) -> None:
    task = task_of(adopted_plan, "1.2")
    Task.objects.filter(pk=task.pk).update(accountable=agency_world.dung)
    task.refresh_from_db()
    assert services.may_report(task, agency_world.dung)


@pytest.mark.parametrize(
    ("who", "may"),
    [("an", False), ("binh", True), ("chi", False), ("dung", False), ("giang", True), ("hoa", False)],
)
def test_who_may_complete_and_reopen(adopted_plan: Plan, agency_world: World, who: str, may: bool) -> None:
    task, person = task_of(adopted_plan, "1.2"), agency_world.people[who]
    proved(task, agency_world)
    if not may:
        with pytest.raises(Refused, match="Trần Quốc Bình"):
            services.complete(task, person, TODAY)
        services.complete(task, agency_world.binh, TODAY)
        with pytest.raises(Refused):
            services.reopen(task, person, "thử", TODAY)
        assert Task.objects.get(pk=task.pk).completed_on == TODAY
        return
    services.complete(task, person, TODAY)
    assert Task.objects.get(pk=task.pk).completed_on == TODAY
    services.reopen(task, person, "Thiếu chữ ký", TODAY)
    assert Task.objects.get(pk=task.pk).completed_on is None


def test_completing_needs_each_product_proved_and_says_which_is_not(adopted_plan: Plan, agency_world: World) -> None:
    task, binh = task_of(adopted_plan, "1.1"), agency_world.binh
    with pytest.raises(NotNow, match="Gian hàng vận hành"):
        services.complete(task, binh, TODAY)
    draft = services.start_report(task, agency_world.an, TODAY)
    product = task.products.first()
    services.add_evidence(draft, agency_world.an, io.BytesIO(PDF), "a.pdf", product=product)
    with pytest.raises(NotNow, match="Gian hàng vận hành"):
        services.complete(task, binh, TODAY)
    services.save_report(draft, agency_world.an, {"progress": 90, "done_text": "Gần xong"})
    services.submit_report(draft, agency_world.an, TODAY)
    with pytest.raises(NotNow, match="Biên bản nghiệm thu"):
        services.complete(task, binh, TODAY)
    proved(task, agency_world)
    with pytest.raises(NotNow, match="sau hôm nay"):
        services.complete(task, binh, TODAY, on=TODAY + dt.timedelta(days=1))
    services.complete(task, binh, TODAY)
    with pytest.raises(NotNow, match="đã hoàn thành"):
        services.complete(task, binh, TODAY)


def test_work_that_recurs_or_never_ends_is_not_completed_once(adopted_plan: Plan, agency_world: World) -> None:
    with pytest.raises(NotNow, match="từng kỳ"):
        services.complete(task_of(adopted_plan, "2.1"), agency_world.binh, TODAY)


def test_completing_meets_the_day_and_calls_off_what_is_no_longer_asked(
    adopted_plan: Plan, agency_world: World
) -> None:
    task = task_of(adopted_plan, "1.2")
    proved(task, agency_world)
    services.complete(task, agency_world.binh, TODAY)
    states = dict(task.duties.values_list("kind", "state"))
    assert states[Duty.Kind.FINISH] == Duty.State.MET
    assert not task.duties.open().exists()
    services.reopen(task, agency_world.binh, "Thiếu chữ ký", TODAY)
    assert task.duties.open().filter(kind=Duty.Kind.FINISH).count() == 1
    assert task.duties.open().filter(kind=Duty.Kind.REPORT).exists()
    assert [e.verb for e in history_of(task)][:2] == ["monitoring.task.reopened", "monitoring.task.completed"]


def test_reopening_needs_a_reason(adopted_plan: Plan, agency_world: World) -> None:
    task = task_of(adopted_plan, "1.2")
    with pytest.raises(NotNow, match="chưa được xác nhận"):
        services.reopen(task, agency_world.binh, "x", TODAY)
    proved(task, agency_world)
    services.complete(task, agency_world.binh, TODAY)
    with pytest.raises(NotNow, match="lý do"):
        services.reopen(task, agency_world.binh, "  ", TODAY)


def test_a_submitted_report_moves_progress_meets_its_duty_and_tells_the_head(
    adopted_plan: Plan, agency_world: World
) -> None:
    task = task_of(adopted_plan, "1.2")
    report = handed_in(task, agency_world, progress=40)
    task.refresh_from_db()
    assert task.progress == 40
    assert report.duty.period == "2026-11"
    report.duty.refresh_from_db()
    assert (report.duty.state, report.duty.met_on) == (Duty.State.MET, TODAY)
    told = Notice.objects.filter(verb="monitoring.report.submitted")
    assert [n.person for n in told] == [agency_world.binh]
    assert "40%" in told[0].text


def test_a_unit_beside_the_lead_speaks_for_its_own_part(adopted_plan: Plan, agency_world: World) -> None:
    task = task_of(adopted_plan, "1.1")
    handed_in(task, agency_world, "an", progress=30, text="Đã ký hợp đồng")
    handed_in(task, agency_world, "chi", progress=90, text="Đã cấp kinh phí")
    task.refresh_from_db()
    assert task.progress == 30
    again = services.start_report(task, agency_world.chi, TODAY)
    assert (again.progress, again.done_text) == (90, "Đã cấp kinh phí")
    assert services.start_report(task, agency_world.binh, TODAY).done_text == "Đã ký hợp đồng"


def test_the_next_report_is_filled_in_and_answers_the_next_period(adopted_plan: Plan, agency_world: World) -> None:
    task = task_of(adopted_plan, "1.2")
    handed_in(task, agency_world, progress=28, text="Đã hỗ trợ 28 doanh nghiệp")
    second = services.start_report(task, agency_world.an, TODAY)
    assert (second.progress, second.done_text, second.duty.period) == (28, "Đã hỗ trợ 28 doanh nghiệp", "2026-12")
    assert services.start_report(task, agency_world.an, TODAY).pk == second.pk, "a draft is gone on with"


def test_progress_that_falls_needs_a_word(adopted_plan: Plan, agency_world: World) -> None:
    task, an = task_of(adopted_plan, "1.2"), agency_world.an
    handed_in(task, agency_world, progress=28, text="Đã hỗ trợ 28 doanh nghiệp")
    draft = services.start_report(task, an, TODAY)
    services.save_report(draft, an, {"progress": 26})
    with pytest.raises(NotNow, match="26% nhỏ hơn kỳ trước"):
        services.submit_report(draft, an, TODAY)
    services.save_report(draft, an, {"done_text": "Hai doanh nghiệp rút khỏi sàn"})
    assert services.submit_report(draft, an, TODAY).state == Report.State.SUBMITTED


def test_nothing_said_is_not_handed_in(adopted_plan: Plan, agency_world: World) -> None:
    draft = services.start_report(task_of(adopted_plan, "1.2"), agency_world.an, TODAY)
    with pytest.raises(NotNow, match="Kết quả"):
        services.submit_report(draft, agency_world.an, TODAY)
    draft.refresh_from_db()
    assert draft.state == Report.State.DRAFT


def test_a_duty_of_another_unit_or_already_met_is_not_answered(adopted_plan: Plan, agency_world: World) -> None:
    task = task_of(adopted_plan, "1.2")
    handed_in(task, agency_world)
    met = task.duties.get(kind=Duty.Kind.REPORT, period="2026-11")
    with pytest.raises(NotNow, match="đã xong"):
        services.start_report(task, agency_world.an, TODAY, duty=met)
    foreign = task_of(adopted_plan, "2.2").duties.first()
    with pytest.raises(NotNow):
        services.start_report(task, agency_world.an, TODAY, duty=foreign)


def test_two_windows_on_one_draft_lose_nothing(adopted_plan: Plan, agency_world: World) -> None:
    an = agency_world.an
    draft = services.start_report(task_of(adopted_plan, "1.2"), an, TODAY)
    first = services.save_report(draft, an, {"done_text": "Bản ở cơ quan"}, version=0)
    with pytest.raises(services.Stale) as stale:
        services.save_report(draft, an, {"done_text": "Bản ở nhà"}, version=0)
    assert stale.value.theirs.done_text == "Bản ở cơ quan"
    chosen = services.save_report(draft, an, {"done_text": "Bản ở nhà"}, version=stale.value.theirs.version)
    assert (chosen.done_text, chosen.version) == ("Bản ở nhà", first.version + 1)


def test_nobody_writes_in_the_draft_of_another_or_in_what_was_handed_in(
    adopted_plan: Plan, agency_world: World
) -> None:
    task = task_of(adopted_plan, "1.1")
    draft = services.start_report(task, agency_world.an, TODAY)
    for verb in (
        lambda: services.save_report(draft, agency_world.binh, {"progress": 1}),
        lambda: services.submit_report(draft, agency_world.binh, TODAY),
        lambda: services.add_evidence(draft, agency_world.binh, io.BytesIO(PDF), "a.pdf"),
    ):
        with pytest.raises(Refused, match="Nguyễn Hoài An"):
            verb()
    handed = handed_in(task, agency_world)
    with pytest.raises(NotNow, match="đã nộp"):
        services.save_report(handed, agency_world.an, {"progress": 1})


@pytest.mark.parametrize(
    ("who", "sees_draft"), [("an", True), ("binh", False), ("chi", False), ("dung", False), ("giang", False)]
)
def test_a_draft_and_its_files_are_seen_by_their_author_alone(
    adopted_plan: Plan, agency_world: World, who: str, sees_draft: bool
) -> None:
    task, person = task_of(adopted_plan, "1.1"), agency_world.people[who]
    draft = services.start_report(task, agency_world.an, TODAY)
    services.add_evidence(draft, agency_world.an, io.BytesIO(PDF), "a.pdf")
    assert Report.objects.visible_to(person).exists() is sees_draft
    assert Evidence.objects.visible_to(person).exists() is sees_draft
    services.save_report(draft, agency_world.an, {"done_text": "Xong"})
    services.submit_report(draft, agency_world.an, TODAY)
    assert Report.objects.visible_to(person).exists() and Evidence.objects.visible_to(person).exists()


@pytest.mark.parametrize(("who", "writes"), [("binh", True), ("chi", False), ("dung", False), ("giang", False)])
def test_a_draft_that_answers_a_duty_belongs_to_the_whole_unit(
    adopted_plan: Plan, agency_world: World, who: str, writes: bool
) -> None:
    draft = services.start_report(task_of(adopted_plan, "1.2"), agency_world.an, TODAY)
    person = agency_world.people[who]
    assert draft.duty and Report.objects.visible_to(person).exists() is writes
    if writes:
        assert services.save_report(draft, person, {"progress": 5}).changed_by == person
    else:
        with pytest.raises(Refused, match="Nguyễn Hoài An"):
            services.save_report(draft, person, {"progress": 5})


@pytest.mark.parametrize("name", ["bao-cao.docm", "x.EXE", "trang.html", "hinh.svg", "bang.xlsm"])
def test_files_that_run_code_are_refused_and_not_kept(adopted_plan: Plan, agency_world: World, name: str) -> None:
    draft = services.start_report(task_of(adopted_plan, "1.2"), agency_world.an, TODAY)
    before = StoredFile.objects.count()
    with pytest.raises(FileRefused, match=name.split(".", maxsplit=1)[0]):
        services.add_evidence(draft, agency_world.an, io.BytesIO(b"PK\x03\x04"), name)
    assert StoredFile.objects.count() == before


def test_evidence_keeps_the_day_of_the_document_apart_from_the_upload(adopted_plan: Plan, agency_world: World) -> None:
    task, an = task_of(adopted_plan, "1.2"), agency_world.an
    draft = services.start_report(task, an, TODAY)
    evidence = services.add_evidence(draft, an, io.BytesIO(PDF), "a.pdf")
    product = task.products.get()
    assert (
        services.describe_evidence(draft, an, {evidence.pk: services.Said(dt.date(2026, 11, 20), product)}, TODAY) == 1
    )
    assert (
        services.describe_evidence(draft, an, {evidence.pk: services.Said(dt.date(2026, 11, 20), product)}, TODAY) == 0
    )
    evidence.refresh_from_db()
    assert evidence.document_date == dt.date(2026, 11, 20) and evidence.product == product
    assert evidence.uploaded_at is not None
    with pytest.raises(NotNow, match="sau hôm nay"):
        services.describe_evidence(draft, an, {evidence.pk: services.Said(TODAY + dt.timedelta(days=1))}, TODAY)
    other = task_of(adopted_plan, "1.1").products.first()
    with pytest.raises(NotNow, match="không thuộc"):
        services.describe_evidence(draft, an, {evidence.pk: services.Said(None, other)}, TODAY)


def test_a_reminder_is_given_once_a_day_by_those_who_answer_for_the_task(
    adopted_plan: Plan, agency_world: World
) -> None:
    task = task_of(adopted_plan, "1.1")
    services.assign(task, agency_world.an, agency_world.binh)
    task.refresh_from_db()
    today = dt.datetime.now(dt.UTC).astimezone(dt.timezone(dt.timedelta(hours=7))).date()
    with pytest.raises(Refused):
        services.remind([task], agency_world.dung, today)
    assert services.remind([task], agency_world.binh, today) == [agency_world.an]
    assert services.remind([task], agency_world.binh, today) == []


def test_a_person_who_leaves_owes_nothing_and_the_unit_owes_it_instead(adopted_plan: Plan, agency_world: World) -> None:
    task = task_of(adopted_plan, "1.2")
    services.assign(task, agency_world.an, agency_world.binh)
    owed = Duty.objects.owed_by(agency_world.an).open().count()
    before = Duty.objects.owed_by(agency_world.binh).open().count()
    assert owed > 0
    assert services.retire(agency_world.an, agency_world.chi) == owed
    assert Duty.objects.owed_by(agency_world.binh).open().count() == before + owed
    with pytest.raises(Refused, match="chính mình"):
        services.retire(agency_world.chi, agency_world.chi)


@pytest.mark.parametrize("who", ["an", "binh", "chi", "dung", "giang", "hoa"])
def test_what_a_person_owes_is_the_same_asked_whole_or_in_parts(
    adopted_plan: Plan, agency_world: World, who: str
) -> None:
    services.assign(task_of(adopted_plan, "1.2"), agency_world.an, agency_world.binh)
    person = agency_world.people[who]
    whole = sorted(Duty.objects.owed_by(person).values_list("pk", flat=True))
    parts = sorted(pk for part in Duty.objects.owed_parts(person) for pk in part.values_list("pk", flat=True))
    assert whole == parts


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (dt.date(2026, 1, 1), 1),
        (dt.date(2025, 12, 31), 0),
        (dt.date(2026, 4, 10), 100),
        (dt.date(2026, 4, 11), 100),
        (dt.date(2026, 2, 19), 50),
    ],
)
def test_an_even_pace_counts_days_to_the_end_of_the_last_one(on: dt.date, expected: int) -> None:
    assert expected_progress(dt.date(2026, 1, 1), dt.date(2026, 4, 10), on) == expected


def test_a_task_is_at_risk_only_before_its_day_and_far_behind() -> None:
    start, due = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    assert pace(start, due, 40, dt.date(2026, 12, 14)).at_risk
    assert not pace(start, due, 80, dt.date(2026, 12, 14)).at_risk
    assert not pace(start, due, 40, dt.date(2027, 1, 1)).at_risk, "late is no longer a risk"
