"""The lattice of a report's states, state by state, for each person."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable

import pytest
from django.utils import timezone

from sauro.ledger.services import history_of
from sauro.monitoring import lattice, services
from sauro.monitoring.lattice import LATTICE, Verb
from sauro.monitoring.models import Duty, Report, Round
from sauro.notices.models import Notice
from sauro.organization.policy import Refused
from sauro.plans.models import Plan
from sauro.plans.services.errors import NotNow
from sauro.testing import TODAY, TRADE, World

State = Report.State
# The round of December is due on Monday 21/12 (the 20th is a Sunday) and opens a fortnight before.
OPENED = dt.date(2026, 12, 7)
UNIT = {"an", "binh"}
WHO = {
    Verb.SAVE: UNIT,
    Verb.SUBMIT: UNIT,
    Verb.WITHDRAW: UNIT,
    Verb.RETURN: {"chi"},
    Verb.ACCEPT: {"chi"},
}
EXPECTED = {
    (Verb.SAVE, State.DRAFT): State.DRAFT,
    (Verb.SAVE, State.RETURNED): State.RETURNED,
    (Verb.SUBMIT, State.DRAFT): State.SUBMITTED,
    (Verb.SUBMIT, State.RETURNED): State.SUBMITTED,
    (Verb.WITHDRAW, State.SUBMITTED): State.DRAFT,
    (Verb.RETURN, State.SUBMITTED): State.RETURNED,
    (Verb.RETURN, State.ACCEPTED): State.RETURNED,
    (Verb.ACCEPT, State.SUBMITTED): State.ACCEPTED,
}
DO: dict[Verb, Callable[[Report, object], object]] = {
    Verb.SAVE: lambda r, p: services.save_report(r, p, {"done_text": "Đã làm thêm"}),
    Verb.SUBMIT: lambda r, p: services.submit_report(r, p, TODAY),
    Verb.WITHDRAW: services.withdraw_report,
    Verb.RETURN: lambda r, p: services.return_report(r, p, "Thiếu minh chứng"),
    Verb.ACCEPT: services.accept_report,
}


@pytest.fixture
def round_of_december(adopted_plan: Plan, agency_world: World) -> Round:
    """The monthly round of the small plan, open."""
    services.open_rounds(agency_world.agency, OPENED)
    return Round.objects.get(period="2026-12", rule__isnull=False)


@pytest.fixture
def trades_report(round_of_december: Round, agency_world: World) -> Report:
    """Trade's own report in that round, begun by `an`."""
    duty = round_of_december.duties.get(unit__name=TRADE, task=None)
    report = services.answer_duty(duty, agency_world.an, TODAY)
    return services.save_report(report, agency_world.an, {"done_text": "Đã làm"})


def put_in(report: Report, state: str) -> Report:
    """The report in that state, as if it had come there."""
    now = timezone.now()
    times = {"submitted_at": now} if state != State.DRAFT else {}
    if state in (State.ACCEPTED, State.LOCKED):
        times["accepted_at"] = now
    if state == State.RETURNED:
        times |= {"returned_at": now, "return_reason": "Thiếu số liệu"}
    Report.objects.filter(pk=report.pk).update(state=state, **times)
    if state == State.LOCKED:
        Round.objects.filter(pk=report.round_id).update(state=Round.State.LOCKED, locked_at=now)
    report.refresh_from_db()
    return report


@pytest.mark.parametrize("who", ["an", "binh", "chi", "dung", "giang", "hoa"])
@pytest.mark.parametrize(("verb", "state"), list(itertools.product(DO, State)))
def test_each_verb_in_each_state_by_each_person(
    trades_report: Report, agency_world: World, verb: Verb, state: str, who: str
) -> None:
    report = put_in(trades_report, state)
    person = agency_world.people[who]
    after = EXPECTED.get((verb, state))
    if after and who in WHO[verb]:
        DO[verb](report, person)
        report.refresh_from_db()
        assert report.state == after
        return
    with pytest.raises((NotNow, Refused)) as no:
        DO[verb](report, person)
    sentence = str(no.value)
    assert sentence.endswith(".") and len(sentence) > 20
    if who in WHO[verb] and state == State.LOCKED:
        assert "mở lại được" in sentence and ("Lê Thị Kim Chi" in sentence or "Đỗ Trường Giang" in sentence)
    report.refresh_from_db()
    assert report.state == state


def test_the_table_has_a_reason_for_every_verb_that_cannot_be_used() -> None:
    for verb, state in itertools.product(Verb, State):
        if lattice.leads_to(verb, state) is None:
            assert lattice.why_not(verb, state, "Lê Thị Kim Chi").endswith(".")
        else:
            assert (verb, state) not in lattice.WHY
    assert {v for v, step in LATTICE.items() if step.needs_reason} == {Verb.RETURN, Verb.UNLOCK}


def test_a_returned_report_says_why_and_its_duty_is_owed_again(trades_report: Report, agency_world: World) -> None:
    world = agency_world
    services.submit_report(trades_report, world.an, TODAY)
    assert trades_report.duty and Duty.objects.get(pk=trades_report.duty_id).met_on == TODAY
    with pytest.raises(NotNow, match="lý do"):
        services.return_report(trades_report, world.chi, "  ")
    services.return_report(trades_report, world.chi, "Thiếu số liệu tháng 11")
    duty = Duty.objects.get(pk=trades_report.duty_id)
    assert (duty.state, duty.met_on) == (Duty.State.OPEN, None)
    told = Notice.objects.filter(verb="monitoring.report.returned")
    assert {n.person_id for n in told} == {world.an.pk, world.binh.pk}
    assert all("Thiếu số liệu tháng 11" in n.text for n in told)
    services.submit_report(trades_report, world.binh, TODAY + dt.timedelta(days=1))
    assert Duty.objects.get(pk=trades_report.duty_id).met_on == TODAY + dt.timedelta(days=1)


def test_a_round_locks_what_was_accepted_and_a_reason_opens_it_again(
    trades_report: Report, agency_world: World
) -> None:
    world, round = agency_world, trades_report.round
    assert round
    services.submit_report(trades_report, world.an, TODAY)
    with pytest.raises(NotNow, match="Còn 1 báo cáo"):
        services.lock_round(round, world.chi, TODAY)
    assert services.accept_reports(round, world.chi) == 1
    with pytest.raises(Refused):
        services.lock_round(round, world.binh, TODAY)
    services.lock_round(round, world.chi, TODAY)
    trades_report.refresh_from_db()
    assert trades_report.state == State.LOCKED
    other = round.duties.open().exclude(unit__name=TRADE).get(unit=world.dung.unit, task=None)
    with pytest.raises(NotNow, match="đã khóa"):
        services.answer_duty(other, world.dung, TODAY)
    with pytest.raises(NotNow, match="lý do"):
        services.unlock_round(round, world.giang, "")
    services.unlock_round(round, world.giang, "Bổ sung số liệu")
    trades_report.refresh_from_db()
    assert trades_report.state == State.ACCEPTED
    assert history_of(round).first().data["reason"] == "Bổ sung số liệu"


def test_the_duty_of_a_unit_has_one_report_whoever_comes_first(trades_report: Report, agency_world: World) -> None:
    again = services.answer_duty(trades_report.duty, agency_world.binh, TODAY)
    assert again.pk == trades_report.pk
    with pytest.raises((NotNow, Refused)):
        services.answer_duty(trades_report.duty, agency_world.dung, TODAY)


def test_rounds_open_once_on_their_day_and_gather_their_duties(adopted_plan: Plan, agency_world: World) -> None:
    agency = agency_world.agency
    services.open_rounds(agency, OPENED - dt.timedelta(days=1))
    assert not Round.objects.filter(period="2026-12").exists()
    opened = services.open_rounds(agency, OPENED)
    assert [r.period for r in opened] == ["2026-12"] and services.open_rounds(agency, OPENED) == []
    for round in Round.objects.all():
        assert round.duties.exists() and round.focal_due > round.due >= round.opens_on
        assert set(round.duties.values_list("period", flat=True)) == {round.period}


def test_an_event_is_named_when_a_round_is_called_for_it(adopted_plan: Plan, agency_world: World) -> None:
    world = agency_world
    with pytest.raises(Refused):
        services.call_round(adopted_plan, world.an, TODAY, kind="event", event="Đổi tổ chức", due=TODAY)
    with pytest.raises(NotNow, match="sự kiện"):
        services.call_round(adopted_plan, world.chi, TODAY, kind="event", event=" ", due=TODAY)
    called = services.call_round(
        adopted_plan, world.chi, TODAY, kind="event", event="Sáp nhập hai phòng", due=dt.date(2026, 11, 28)
    )
    assert called.due == dt.date(2026, 11, 30)  # 28/11/2026 is a Saturday
    report = services.answer_duty(called.duties.get(unit__name=TRADE), world.an, TODAY)
    services.save_report(report, world.an, {"done_text": "Đã cập nhật mã định danh"})
    assert services.submit_report(report, world.an, TODAY).state == State.SUBMITTED
