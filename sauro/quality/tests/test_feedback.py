"""Complaints and proposals: received, handed out, answered in time, refused, told of when late."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.ledger.models import Entry
from sauro.notices.models import Notice
from sauro.organization.days import set_day
from sauro.organization.models import DayOff
from sauro.quality.models import Feedback
from sauro.quality.services import feedback
from sauro.quality.services.errors import NotNow, Refused
from sauro.testing import INDUSTRY, TODAY, TRADE, World

pytestmark = pytest.mark.django_db
TEXT = "Quầy số 3 đóng cửa lúc 10 giờ ngày 20/11."


def _one(world: World, text: str = TEXT, **more: Any) -> Feedback:
    return feedback.receive(world.agency, TODAY, kind="complaint", text=text, **more)


def test_what_is_received_has_a_code_to_follow_and_ten_working_days(agency_world: World) -> None:
    row = _one(agency_world)
    assert row.code.startswith("PA-2026-") and set(row.code[8:]) <= set(feedback.ALPHABET + "-")
    assert row.due == dt.date(2026, 12, 7)
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.actor_id) == ("quality.feedback.received", None)
    assert [n.person_id for n in Notice.objects.filter(verb="quality.feedback.received")] == [agency_world.chi.pk]


def test_a_day_off_of_the_agency_moves_the_last_day(agency_world: World) -> None:
    set_day(agency_world.agency, dt.date(2026, 11, 27), DayOff.Kind.OFF, "Nghỉ", actor=agency_world.chi)
    assert _one(agency_world).due == dt.date(2026, 12, 8)


def test_a_button_pressed_twice_gives_the_same_receipt_and_other_words_another(agency_world: World) -> None:
    first, again, other = _one(agency_world), _one(agency_world), _one(agency_world, "Việc khác.")
    assert first.pk == again.pk != other.pk
    assert first.code != other.code


def test_codes_are_not_in_sequence(agency_world: World) -> None:
    codes = [_one(agency_world, f"Việc thứ {n}").code for n in range(20)]
    assert len({code[8] for code in codes}) > 3, "the first letter already differs"


@given(st.text(alphabet=feedback.ALPHABET, min_size=8, max_size=8))
def test_a_code_is_known_however_it_is_typed(letters: str) -> None:
    code = f"PA-2026-{letters[:4]}-{letters[4:]}"
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " ")):
        assert feedback.normal_code(typed) == code


def test_the_code_is_found_in_its_agency_alone(agency_world: World) -> None:
    row = _one(agency_world)
    assert feedback.by_code(agency_world.agency, row.code[8:].lower()) == row
    assert feedback.by_code(agency_world.agency.pk + 1, row.code) is None
    assert feedback.by_code(agency_world.agency, "PA-2026-ZZZZ-ZZZZ") is None
    assert feedback.by_code(agency_world.agency, "") is None


@pytest.mark.parametrize("text", ["", "  \n", "\x00"])
def test_nothing_written_is_refused(agency_world: World, text: str) -> None:
    with pytest.raises(NotNow):
        _one(agency_world, text)
    assert not Feedback.objects.exists()


def test_a_flood_is_stopped_for_the_day(agency_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "WEB_A_DAY", 2)
    _one(agency_world, "Một")
    _one(agency_world, "Hai")
    with pytest.raises(NotNow, match="ngày mai"):
        _one(agency_world, "Ba")
    feedback.receive(agency_world.agency, TODAY + dt.timedelta(1), kind="praise", text="Ba")


def test_the_unit_it_is_given_to_answers_and_no_other(agency_world: World) -> None:
    row, units = _one(agency_world), agency_world.units
    with pytest.raises(Refused):
        feedback.assign(row, agency_world.binh, units[TRADE], TODAY)
    with pytest.raises(Refused):
        feedback.answer(row, agency_world.binh, "Chưa giao.", TODAY)
    row = feedback.assign(row, agency_world.chi, units[TRADE], TODAY)
    assert Notice.objects.filter(person=agency_world.binh, verb="quality.feedback.assigned").count() == 1
    for person in (agency_world.an, agency_world.dung, agency_world.hoa):
        with pytest.raises(Refused):
            feedback.answer(row, person, "Không được.", TODAY)
    row = feedback.answer(row, agency_world.binh, "Đã xin lỗi, mở lại quầy.", TODAY)
    assert (row.state, row.answered_on) == (Feedback.State.ANSWERED, TODAY)
    with pytest.raises(NotNow, match="đã xong"):
        feedback.answer(row, agency_world.binh, "Sửa lời.", TODAY)
    with pytest.raises(NotNow):
        feedback.assign(row, agency_world.chi, units[INDUSTRY], TODAY)


def test_a_refusal_says_why(agency_world: World) -> None:
    row = _one(agency_world)
    with pytest.raises(NotNow, match="lý do"):
        feedback.refuse(row, agency_world.chi, " ", TODAY)
    assert feedback.refuse(row, agency_world.chi, "Thuộc thẩm quyền UBND phường.", TODAY).state == "refused"


def test_who_may_read_is_who_answers_audits_or_was_given_it(agency_world: World) -> None:
    w = agency_world
    feedback.assign(_one(w), w.chi, w.units[TRADE], TODAY)
    _one(w, "Chưa giao cho ai.")
    seen = {name: feedback.visible_to(w.people[name]).count() for name in ("an", "binh", "chi", "dung", "giang", "hoa")}
    assert seen == {"an": 1, "binh": 1, "chi": 2, "dung": 0, "giang": 2, "hoa": 2}


def test_paper_runs_from_the_day_it_came(agency_world: World) -> None:
    kept = {"kind": "proposal", "text": "Đề nghị thêm ghế chờ.", "channel": "paper"}
    row = feedback.write_down(agency_world.agency, agency_world.chi, TODAY, received_on=dt.date(2026, 11, 9), **kept)
    assert (row.due, row.channel) == (dt.date(2026, 11, 23), "paper")
    with pytest.raises(NotNow):
        feedback.write_down(agency_world.agency, agency_world.chi, TODAY, received_on=TODAY + dt.timedelta(1), **kept)
    with pytest.raises(Refused):
        feedback.write_down(agency_world.agency, agency_world.an, TODAY, received_on=TODAY, **kept)


def test_a_complaint_that_is_right_opens_a_nonconformity_once(agency_world: World) -> None:
    row = feedback.assign(_one(agency_world), agency_world.chi, agency_world.units[TRADE], TODAY)
    said = {"title": "Đóng quầy trong giờ làm việc", "text": TEXT, "unit": agency_world.units[TRADE], "grade": "minor"}
    found = feedback.open_nonconformity(row, agency_world.chi, TODAY, **said)
    assert (found.source, list(found.feedback.all())) == ("complaint", [row])
    with pytest.raises(NotNow):
        feedback.open_nonconformity(row, agency_world.chi, TODAY, **said)


def test_what_is_late_is_told_once_a_week_to_who_answers(agency_world: World) -> None:
    feedback.assign(_one(agency_world), agency_world.chi, agency_world.units[TRADE], TODAY)
    _one(agency_world, "Chưa giao.")
    late = dt.date(2026, 12, 8)
    assert feedback.remind(agency_world.agency, late - dt.timedelta(1)) == 0
    assert feedback.remind(agency_world.agency, late) == 2
    told = Notice.objects.filter(verb="quality.feedback.overdue")
    assert {n.person_id for n in told} == {agency_world.binh.pk, agency_world.chi.pk}
    told.update(created_at=dt.datetime(2026, 12, 8, 1, tzinfo=dt.UTC))
    assert feedback.remind(agency_world.agency, late + dt.timedelta(1)) == 0
    assert feedback.remind(agency_world.agency, late + dt.timedelta(7)) == 2


def test_the_answer_goes_to_the_address_that_was_left(
    agency_world: World, settings: Any, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_HOST = "mail.test"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    row = _one(agency_world, email="dan@example.vn")
    with django_capture_on_commit_callbacks(execute=True):
        feedback.answer(row, agency_world.chi, "Đã xong.", TODAY)
    assert [(m.to, m.body) for m in mailoutbox] == [(["dan@example.vn"], "Đã xong.")]
