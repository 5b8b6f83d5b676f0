"""The committee, responsibilities, competences and training (5.3, 7.2)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sauro.ledger.models import Entry
from sauro.notices.models import Notice
from sauro.organization.policy import Refused
from sauro.quality.models import CommitteeMember, Competence, CompetenceLevel, Responsibility, Training, TrainingPlace
from sauro.quality.services import committee, competence, training
from sauro.quality.services.errors import NotNow
from sauro.testing import INDUSTRY, TODAY, TRADE, World

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def verbs() -> list[str]:
    """What the ledger tells of the quality system, in order."""
    return list(Entry.objects.filter(verb__startswith="quality.").order_by("seq").values_list("verb", flat=True))


def appointed(world: World, who: str, role: str = "member", **changed: Any) -> CommitteeMember:
    given = {"decision": "15/QĐ-SCT", "since": TODAY, **changed}
    return committee.appoint(world.agency, world.chi, world.people[who], role, **given)


def a_competence(world: World, **changed: Any) -> Competence:
    return competence.save(world.agency, world.chi, {"name": "Soạn thảo văn bản", "level": 3, **changed})


def a_training(world: World, people: tuple[str, ...] = ("an", "dung"), **changed: Any) -> Training:
    values = {"year": 2026, "title": "Đánh giá nội bộ", "unit": world.units[TRADE], "planned_on": TODAY, **changed}
    made = training.save(world.agency, world.chi, values)
    training.invite(made, world.chi, [world.people[name] for name in people])
    return made


def test_a_person_is_put_on_the_committee_told_and_released_by_decisions(agency_world: World) -> None:
    member = appointed(agency_world, "giang", "head", decision="  15/QĐ-SCT ")
    assert (member.decision, member.role) == ("15/QĐ-SCT", "head")
    assert "Trưởng ban" in Notice.objects.get(person=agency_world.giang, verb="quality.committee.appointed").text
    committee.release(member, agency_world.chi, decision="20/QĐ-SCT", until=TODAY + DAY)
    member.refresh_from_db()
    assert (member.until, member.end_decision) == (TODAY + DAY, "20/QĐ-SCT")
    assert verbs() == ["quality.committee.appointed", "quality.committee.released"]
    on = lambda day: list(committee.members_on(agency_world.agency.pk, day))  # noqa: E731
    assert on(TODAY - DAY) == [] and on(TODAY + DAY) == [member] and on(TODAY + 2 * DAY) == []


def test_the_committee_is_read_from_its_head_down(agency_world: World) -> None:
    for who, role in (("an", "secretary"), ("dung", "member"), ("binh", "qmr"), ("giang", "head")):
        appointed(agency_world, who, role)
    roles = [m.role for m in committee.members_on(agency_world.agency.pk, TODAY)]
    assert roles == ["head", "qmr", "member", "secretary"]


def test_nobody_sits_twice_and_the_chair_is_taken_once_until_its_last_day(agency_world: World) -> None:
    first = appointed(agency_world, "giang", "head")
    with pytest.raises(NotNow, match="Đỗ Trường Giang đang trong Ban"):
        appointed(agency_world, "giang", "member")
    with pytest.raises(NotNow, match="hiện là Đỗ Trường Giang"):
        appointed(agency_world, "binh", "head")
    with pytest.raises(NotNow, match="Ghi số quyết định cử"):
        appointed(agency_world, "an", decision=" ")
    committee.release(first, agency_world.chi, decision="20/QĐ-SCT", until=TODAY + 10 * DAY)
    with pytest.raises(NotNow, match="hiện là Đỗ Trường Giang"):
        appointed(agency_world, "binh", "head", since=TODAY + 10 * DAY)
    appointed(agency_world, "binh", "head", since=TODAY + 11 * DAY)
    for day, heads in ((0, 1), (10, 1), (11, 1)):
        assert committee.members_on(agency_world.agency.pk, TODAY + day * DAY).count() == heads
    assert verbs().count("quality.committee.appointed") == 2


def test_a_release_needs_a_decision_and_a_day_after_the_first_and_comes_once(agency_world: World) -> None:
    member, chi = appointed(agency_world, "an"), agency_world.chi
    with pytest.raises(NotNow, match="Ghi số quyết định thôi"):
        committee.release(member, chi, decision="", until=TODAY)
    with pytest.raises(NotNow, match="trước ngày cử 23/11/2026"):
        committee.release(member, chi, decision="20/QĐ-SCT", until=TODAY - DAY)
    committee.release(member, chi, decision="20/QĐ-SCT", until=TODAY)
    with pytest.raises(NotNow, match="Đã ghi thôi từ ngày 23/11/2026"):
        committee.release(member, chi, decision="21/QĐ-SCT", until=TODAY)


def test_a_position_stands_once_in_a_unit_and_says_what_it_answers_for(agency_world: World) -> None:
    w = agency_world
    values = {"unit": w.units[TRADE], "position": "Trưởng phòng", "responsibilities": "Phân công việc"}
    save = lambda changed, found=None: committee.save_responsibility(  # noqa: E731
        w.agency, w.chi, TODAY, values | changed, found
    )
    made = save({})
    with pytest.raises(NotNow, match="Trưởng phòng đã có"):
        save({})
    assert save({"unit": w.units[INDUSTRY]}).pk != made.pk
    with pytest.raises(NotNow, match="Ghi trách nhiệm"):
        save({"position": "Chuyên viên", "responsibilities": " "})
    save({"authority": "Ký tắt"}, made)
    assert Responsibility.objects.get(pk=made.pk).authority == "Ký tắt"
    assert verbs() == ["quality.responsibility.added", "quality.responsibility.added", "quality.responsibility.edited"]


@pytest.mark.parametrize("who", ["an", "dung", "hoa"])
def test_a_stranger_keeps_neither_the_committee_nor_competences_nor_trainings(agency_world: World, who: str) -> None:
    w, other = agency_world, agency_world.people[who]
    member, asked, course = appointed(w, "giang", "head"), a_competence(w), a_training(w, ("binh",))
    told = verbs()
    for act in (
        lambda: committee.appoint(w.agency, other, w.an, "member", decision="1", since=TODAY),
        lambda: committee.release(member, other, decision="1", until=TODAY),
        lambda: committee.save_responsibility(w.agency, other, TODAY, {"position": "x", "responsibilities": "y"}),
        lambda: competence.save(w.agency, other, {"name": "Khác"}),
        lambda: competence.end(asked, other, TODAY),
        lambda: competence.judge(asked, w.binh, other, TODAY, 3),
        lambda: training.save(w.agency, other, {"title": "Khác"}),
        lambda: training.save(w.agency, other, {"title": "Khác"}, course),
        lambda: training.invite(course, other, [w.an]),
        lambda: training.hold(course, other, TODAY, held_on=TODAY, attended=[w.binh.pk]),
        lambda: training.evaluate(course, other, TODAY, {w.binh.pk: (5, "")}),
        lambda: training.cancel(course, other, "Bận"),
    ):
        with pytest.raises(Refused):
            act()
    assert verbs() == told


def test_the_head_of_a_unit_judges_the_own_people_and_runs_the_own_trainings(agency_world: World) -> None:
    w, asked = agency_world, a_competence(agency_world)
    competence.judge(asked, w.an, w.binh, TODAY, 2, "Chứng chỉ 12")
    with pytest.raises(Refused):
        competence.judge(asked, w.dung, w.binh, TODAY, 2)
    assert training.may_hold(a_training(w), w.binh)
    elsewhere = a_training(w, unit=w.units[INDUSTRY])
    with pytest.raises(Refused):
        training.cancel(elsewhere, w.binh, "Bận")


def test_the_last_judgement_of_a_competence_counts_and_each_is_told(agency_world: World) -> None:
    w, asked = agency_world, a_competence(agency_world)
    competence.judge(asked, w.an, w.chi, TODAY, 1)
    competence.judge(asked, w.an, w.chi, TODAY + DAY, 4, " Bằng thạc sĩ ")
    level = CompetenceLevel.objects.get()
    assert (level.level, level.proof, level.judged_on) == (4, "Bằng thạc sĩ", TODAY + DAY)
    assert verbs().count("quality.competence.judged") == 2
    for wrong in (-1, 5):
        with pytest.raises(NotNow, match="Mức từ 0"):
            competence.judge(asked, w.an, w.chi, TODAY, wrong)
    for wrong in (0, 5, None):
        with pytest.raises(NotNow, match="từ 1 đến 4"):
            a_competence(w, level=wrong)
    with pytest.raises(NotNow, match="Ghi tên năng lực"):
        a_competence(w, name="")


def test_a_competence_no_longer_asked_for_is_not_judged(agency_world: World) -> None:
    w, asked = agency_world, a_competence(agency_world)
    competence.end(asked, w.chi, TODAY)
    asked.refresh_from_db()
    with pytest.raises(NotNow, match="thôi yêu cầu"):
        competence.judge(asked, w.an, w.chi, TODAY, 2)
    with pytest.raises(NotNow, match="thôi dùng"):
        competence.end(asked, w.chi, TODAY)


def test_gaps_are_where_position_and_unit_need_more_than_there_is(agency_world: World) -> None:
    w = agency_world
    every = a_competence(w)
    trade = a_competence(w, name="Thương mại điện tử", for_unit=w.units[TRADE], level=2)
    heads = a_competence(w, name="Điều hành", for_position="trưởng phòng", level=4)
    competence.judge(every, w.an, w.chi, TODAY, 3)
    competence.judge(heads, w.binh, w.chi, TODAY, 1)
    rows = {line.person: line for line in competence.matrix([every, trade, heads], [w.an, w.binh, w.dung])}
    assert [c.gap for c in rows[w.an].cells] == [0, 2, 0]
    assert [c.gap for c in rows[w.binh].cells] == [3, 2, 3]
    assert [c.gap for c in rows[w.dung].cells] == [3, 0, 0]
    assert [rows[p].gaps for p in (w.an, w.binh, w.dung)] == [1, 3, 1]


def test_a_training_is_planned_held_and_judged_to_its_end(agency_world: World) -> None:
    w, course = agency_world, a_training(agency_world)
    assert {n.person for n in Notice.objects.filter(verb="quality.training.invited")} == {w.an, w.dung}
    held = training.hold(course, w.chi, TODAY, held_on=TODAY, attended=[w.an.pk])
    assert (held.state, held.effect_due) == ("held", dt.date(2027, 2, 23))
    assert training.share(w.agency, 2026) == training.Share(1, 6)
    assert training.share(w.agency, 2026).percent == 16
    done = training.evaluate(course, w.chi, TODAY, {w.an.pk: (4, " Tự lập danh mục ")})
    place = TrainingPlace.objects.get(person=w.an)
    assert (done.state, place.effect, place.effect_note, place.effect_by) == ("evaluated", 4, "Tự lập danh mục", w.chi)
    assert verbs() == [f"quality.training.{what}" for what in ("added", "invited", "held", "evaluated")]


def test_a_training_is_judged_in_several_sittings(agency_world: World) -> None:
    w, course = agency_world, a_training(agency_world)
    training.hold(course, w.chi, TODAY, held_on=TODAY, attended=[w.an.pk, w.dung.pk])
    assert training.evaluate(course, w.chi, TODAY, {w.an.pk: (3, "")}).state == "held"
    with pytest.raises(NotNow, match="từ 1 đến 5"):
        training.evaluate(course, w.chi, TODAY, {w.an.pk: (5, ""), w.dung.pk: (6, "")})
    assert TrainingPlace.objects.get(person=w.an).effect == 3, "a wrong figure keeps none of those beside it"
    assert training.evaluate(course, w.chi, TODAY, {w.dung.pk: (5, "")}).state == "evaluated"


def test_who_turns_out_not_to_have_come_loses_the_judgement(agency_world: World) -> None:
    w, course = agency_world, a_training(agency_world)
    training.hold(course, w.chi, TODAY, held_on=TODAY, attended=[w.an.pk, w.dung.pk])
    training.evaluate(course, w.chi, TODAY, {w.an.pk: (3, "Khá")})
    training.hold(course, w.chi, TODAY, held_on=TODAY, attended=[w.dung.pk])
    place = TrainingPlace.objects.get(person=w.an)
    assert (place.attended, place.effect, place.effect_note) == (False, None, "")


def test_what_cannot_be_held_says_why(agency_world: World) -> None:
    w, empty, course = agency_world, a_training(agency_world, ()), a_training(agency_world)
    for found, changed, why in (
        (empty, {}, "Chưa có người học"),
        (course, {"held_on": TODAY + DAY}, "sau hôm nay"),
        (course, {"attended": []}, "không ai dự"),
        (course, {"attended": [w.giang.pk]}, "không ai dự"),
        (course, {"effect_due": TODAY - DAY}, "trước ngày tổ chức"),
    ):
        with pytest.raises(NotNow, match=why):
            training.hold(found, w.chi, TODAY, **{"held_on": TODAY, "attended": [w.an.pk], **changed})
    assert not Training.objects.exclude(state="planned").exists()


def test_each_state_of_a_training_refuses_what_comes_before_or_after(agency_world: World) -> None:
    w, course = agency_world, a_training(agency_world, ("an",))
    with pytest.raises(NotNow, match="Điểm danh khóa này trước"):
        training.evaluate(course, w.chi, TODAY, {w.an.pk: (4, "")})
    training.hold(course, w.chi, TODAY, held_on=TODAY, attended=[w.an.pk])
    course.refresh_from_db()
    with pytest.raises(NotNow, match="không sửa được"):
        training.save(w.agency, w.chi, {"title": "Khác"}, course)
    with pytest.raises(NotNow, match="đã tổ chức"):
        training.cancel(course, w.chi, "Bận")
    with pytest.raises(NotNow, match="Chưa chấm hiệu quả cho ai"):
        training.evaluate(course, w.chi, TODAY, {w.dung.pk: (4, "")})
    training.evaluate(course, w.chi, TODAY, {w.an.pk: (4, "")})
    with pytest.raises(NotNow, match="không thêm người học"):
        training.invite(course, w.chi, [w.dung])
    with pytest.raises(NotNow, match="không điểm danh nữa"):
        training.hold(course, w.chi, TODAY, held_on=TODAY, attended=[w.an.pk])


def test_a_training_that_is_not_held_says_why_and_nobody_is_invited_twice(agency_world: World) -> None:
    w, course = agency_world, a_training(agency_world, ("an",))
    assert training.invite(course, w.chi, [w.an, w.dung, w.dung]) == 1
    with pytest.raises(NotNow, match="Ghi lý do"):
        training.cancel(course, w.chi, " ")
    assert training.cancel(course, w.chi, "Giảng viên ốm").reason == "Giảng viên ốm"
    with pytest.raises(NotNow, match="Ghi nội dung"):
        a_training(w, title="")
    with pytest.raises(NotNow, match="Chọn đơn vị"):
        a_training(w, unit=None)
