"""Programme, plan, independent team, notice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sauro.ledger.models import Entry
from sauro.notices.models import Notice
from sauro.organization import services as organization
from sauro.organization.models import Unit
from sauro.organization.policy import Refused
from sauro.quality.models import Applicability, Audit, ClauseAnswer, Process
from sauro.quality.services import audits
from sauro.quality.services.errors import NotNow
from sauro.quality.tests.audit_parts import (
    STARTS,
    Role,
    make_audit,
    make_procedure,
    make_process,
    make_programme,
    plan_of,
    team,
)
from sauro.testing import INDUSTRY, OFFICE, PASSWORD, TODAY, TRADE, World

pytestmark = pytest.mark.django_db


def refused(world: World, lead: Any, **plan: Any) -> str:
    with pytest.raises(NotNow) as no:
        audits.plan_audit(make_programme(world), world.chi, plan_of(world, **plan), [(lead, Role.LEAD)])
    return str(no.value)


def test_nobody_audits_the_unit_they_work_in(agency_world: World) -> None:
    said = refused(agency_world, agency_world.binh)
    assert "công tác tại chính đơn vị được đánh giá" in said
    assert "9.2.2" in said
    assert "Chọn người khác" in said
    assert not Audit.objects.exists()


def test_nobody_audits_a_unit_above_or_under_their_own(agency_world: World) -> None:
    w = agency_world
    below = organization.add_person(
        "khanh", "Vũ Khánh", w.units["Tổ Thương mại điện tử"], "head", PASSWORD, post="head"
    )
    assert "trực thuộc" in refused(w, below)
    programme = make_programme(w, year=2027)
    plan = plan_of(w, unit=w.units["Tổ Thương mại điện tử"], starts_on=dt.date(2027, 3, 1), ends_on=dt.date(2027, 3, 1))
    with pytest.raises(NotNow, match="cấp trên của đơn vị được đánh giá"):
        audits.plan_audit(programme, w.chi, plan, [(w.binh, Role.LEAD)])


def test_nobody_audits_a_process_they_own(agency_world: World) -> None:
    process = make_process(agency_world, owner=agency_world.hoa)
    assert "là chủ quá trình" in refused(agency_world, agency_world.hoa, processes=[process])


def test_the_head_of_the_unit_that_owns_a_process_owns_it_where_nobody_is_named(agency_world: World) -> None:
    w = agency_world
    process = Process.objects.create(agency=w.agency, code="HT.01", name="Quản lý văn bản", kind="support",
                                     unit=w.units[INDUSTRY])  # fmt: skip
    head = organization.add_person("khanh", "Vũ Khánh", w.units[INDUSTRY], "head", PASSWORD, post="head")
    assert "phụ trách đơn vị chủ quá trình Quản lý văn bản" in refused(w, head, processes=[process])


@pytest.mark.parametrize(("field", "word"), [("drafted_by", "soạn thảo"), ("checked_by", "kiểm tra")])
def test_nobody_audits_a_document_they_drafted_or_checked(agency_world: World, field: str, word: str) -> None:
    document = make_procedure(agency_world, **{field: agency_world.hoa})
    assert f"{word} QT.11 đang hiệu lực" in refused(agency_world, agency_world.hoa, documents=[document])


def test_who_drafted_an_older_version_is_independent_of_the_one_in_force(agency_world: World) -> None:
    document = make_procedure(agency_world)
    document.versions.create(issue_no=2, state="draft", drafted_by=agency_world.hoa)
    plan = plan_of(agency_world, documents=[document])
    assert audits.plan_audit(make_programme(agency_world), agency_world.chi, plan, team(agency_world))


def test_an_observer_may_be_of_the_audited_unit(agency_world: World) -> None:
    named = [*team(agency_world), (agency_world.an, Role.OBSERVER)]
    audit = audits.plan_audit(make_programme(agency_world), agency_world.chi, plan_of(agency_world), named)
    assert audit.team.count() == 3


def test_a_team_has_one_lead_who_may_raise_a_nonconformity_there(agency_world: World) -> None:
    w, programme = agency_world, make_programme(agency_world)
    for named in ([], [(w.hoa, Role.AUDITOR)], [(w.hoa, Role.LEAD), (w.giang, Role.LEAD)]):
        with pytest.raises(NotNow, match="đúng một trưởng đoàn"):
            audits.plan_audit(programme, w.chi, plan_of(w), named)
    with pytest.raises(NotNow, match="Phạm Tiến Dũng chưa được ghi nhận sự không phù hợp"):
        audits.plan_audit(programme, w.chi, plan_of(w), [(w.dung, Role.LEAD)])
    with pytest.raises(NotNow, match="một lần trong đoàn"):
        audits.plan_audit(programme, w.chi, plan_of(w), [(w.hoa, Role.LEAD), (w.hoa, Role.AUDITOR)])


def test_candidates_say_what_ties_them_and_auditors_come_first(agency_world: World) -> None:
    w = agency_world
    found = dict(audits.candidates(w.units[TRADE], [], []))
    assert next(iter(found)) == w.hoa
    assert {p.username for p, tied in found.items() if tied} == {"an", "binh"}


def test_a_widened_audit_is_checked_against_its_team_again(agency_world: World) -> None:
    audit = make_audit(agency_world)
    process = make_process(agency_world, owner=agency_world.hoa)
    with pytest.raises(NotNow, match="là chủ quá trình"):
        audits.edit_audit(audit, agency_world.chi, plan_of(agency_world, processes=[process]))


def test_who_moved_into_the_audited_unit_since_stops_the_notice(agency_world: World) -> None:
    audit = make_audit(agency_world)
    agency_world.hoa.unit = agency_world.units[TRADE]
    agency_world.hoa.save()
    with pytest.raises(NotNow, match="công tác tại chính đơn vị"):
        audits.notify_unit(audit, agency_world.chi, TODAY)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends_on": STARTS - dt.timedelta(days=1)}, "Ngày kết thúc"),
        ({"starts_on": dt.date(2027, 1, 4), "ends_on": dt.date(2027, 1, 4)}, "không thuộc năm 2026"),
        ({"clauses": []}, "ít nhất một quá trình"),
        ({"clauses": ["11.1"]}, "không có điều khoản 11.1"),
    ],
)
def test_a_plan_that_cannot_stand_is_refused_with_what_to_do(
    agency_world: World, changes: dict[str, Any], said: str
) -> None:
    assert said in refused(agency_world, agency_world.hoa, **changes)


def test_a_programme_is_opened_once_a_year_and_approved_by_the_leader(agency_world: World) -> None:
    w, programme = agency_world, make_programme(agency_world)
    with pytest.raises(NotNow, match="Đã có chương trình"):
        make_programme(w)
    with pytest.raises(NotNow, match="chưa có cuộc đánh giá nào"):
        audits.approve_programme(programme, w.giang, TODAY)
    audit = audits.plan_audit(programme, w.chi, plan_of(w), team(w))
    with pytest.raises(NotNow, match="chưa được phê duyệt"):
        audits.notify_unit(audit, w.chi, TODAY)
    with pytest.raises(Refused, match="Đỗ Trường Giang"):
        audits.approve_programme(programme, w.chi, TODAY)
    programme = audits.approve_programme(programme, w.giang, TODAY)
    assert (programme.approved_by, programme.approved_on) == (w.giang, TODAY)
    with pytest.raises(NotNow, match="Lãnh đạo mở lại"):
        audits.edit_programme(programme, w.chi, purpose="Khác")
    with pytest.raises(NotNow, match="lý do mở lại"):
        audits.reopen_programme(programme, w.giang, " ")
    programme = audits.reopen_programme(programme, w.giang, "Thêm Văn phòng")
    assert audits.edit_programme(programme, w.chi, purpose="Khác").purpose == "Khác"


def test_only_who_runs_the_system_opens_a_programme_and_plans(agency_world: World) -> None:
    w = agency_world
    programme = make_programme(w)
    for person in (w.an, w.binh, w.giang, w.hoa):
        with pytest.raises(Refused, match="Lê Thị Kim Chi"):
            audits.open_programme(w.agency, person, 2027, purpose="x")
        with pytest.raises(Refused, match="Lê Thị Kim Chi"):
            audits.plan_audit(programme, person, plan_of(w), team(w))


def test_an_audit_added_to_an_approved_programme_is_an_extra_and_the_leader_hears(agency_world: World) -> None:
    audit = make_audit(agency_world)
    assert Entry.objects.get(verb="quality.audit.planned").data["extra"] is True
    assert Notice.objects.filter(person=agency_world.giang, url=f"/chat-luong/danh-gia/{audit.pk}/").exists()


def test_the_notice_reaches_the_unit_the_owners_and_the_team(agency_world: World) -> None:
    w = agency_world
    programme = make_programme(w, approved=True)
    process = make_process(w, owner=w.an)
    audit = audits.plan_audit(programme, w.chi, plan_of(w, processes=[process]), team(w))
    audit = audits.notify_unit(audit, w.chi, TODAY)
    assert (audit.state, audit.notified_on) == ("notified", TODAY)
    told = Notice.objects.filter(verb="quality.audit.notified")
    assert {n.person.username for n in told} == {"an", "binh", "dung", "hoa"}
    assert "từ 07/12/2026" in told[0].text


def test_a_day_that_has_passed_is_not_notified(agency_world: World) -> None:
    audit = make_audit(agency_world)
    with pytest.raises(NotNow, match="07/12/2026 đã qua"):
        audits.notify_unit(audit, agency_world.chi, STARTS + dt.timedelta(days=1))


def test_a_changed_team_after_the_notice_needs_a_reason_leaves_a_line_and_tells_the_unit(agency_world: World) -> None:
    w, audit = agency_world, make_audit(agency_world, "notified")
    with pytest.raises(NotNow, match="lý do thay đổi đoàn"):
        audits.set_team(audit, w.chi, [(w.giang, Role.LEAD)])
    audits.set_team(audit, w.chi, [(w.giang, Role.LEAD)], "Đồng chí Hòa nghỉ ốm")
    line = Entry.objects.get(verb="quality.audit.team_changed")
    assert line.data["reason"] == "Đồng chí Hòa nghỉ ốm"
    assert line.data["before"] == ["Vũ Thị Hòa: Trưởng đoàn", "Phạm Tiến Dũng: Đánh giá viên"]
    assert Notice.objects.filter(person=w.binh, verb="quality.audit.team_changed").exists()


def test_a_cancelled_audit_says_why_and_a_told_unit_hears(agency_world: World) -> None:
    audit = make_audit(agency_world, "notified")
    with pytest.raises(NotNow, match="lý do thôi"):
        audits.cancel_audit(audit, agency_world.chi, "")
    assert audits.cancel_audit(audit, agency_world.chi, "Sáp nhập").state == "cancelled"
    assert Notice.objects.filter(person=agency_world.binh, verb="quality.audit.cancelled").exists()


def test_what_no_audit_covers_is_said(agency_world: World) -> None:
    w = agency_world
    mine, other = make_process(w), make_process(w, "QTr.02")
    procedure, left = make_procedure(w), make_procedure(w, "QT.12")
    Applicability.objects.create(agency=w.agency, clause="8.3", applies=False, justification="Không thiết kế",
                                 decided_by=w.giang, decided_on=TODAY)  # fmt: skip
    programme = make_programme(w)
    plan = plan_of(w, processes=[mine], documents=[procedure], clauses=["8", "10"])
    audits.plan_audit(programme, w.chi, plan, team(w))
    found = audits.coverage(w.agency, 2026)
    assert [u.name for u in found.missing_units] == ["Ban Giám đốc Sở", OFFICE, INDUSTRY]
    assert found.missing_processes == [other]
    assert found.missing_documents == [left]
    assert [c.number for c in found.missing_clauses][:4] == ["4.1", "4.2", "4.3", "4.4"]
    assert all(not c.number.startswith(("8", "10")) for c in found.missing_clauses)
    assert "8.3" not in [c.number for c in found.sections]
    trade = next(line for line in found.by_process if line.unit.name == TRADE)
    assert [c.state for c in trade.cells] == ["planned", "gap"]
    assert not found.whole


def test_a_unit_is_covered_by_the_audit_of_the_unit_above_it(agency_world: World) -> None:
    w = agency_world
    organization.add_person("khanh", "Vũ Khánh", w.units["Tổ Thương mại điện tử"], "officer", PASSWORD)
    audits.plan_audit(make_programme(w), w.chi, plan_of(w), team(w))
    assert "Tổ Thương mại điện tử" not in [u.name for u in audits.coverage(w.agency, 2026).missing_units]


def test_a_cancelled_audit_covers_nothing(agency_world: World) -> None:
    make_audit(agency_world, "cancelled")
    assert agency_world.units[TRADE] in audits.coverage(agency_world.agency, 2026).missing_units


def test_coverage_and_hints_cost_the_same_however_many_there_are(
    agency_world: World, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    w, programme = agency_world, make_programme(agency_world)
    process = make_process(w)

    def ask() -> None:
        audits.coverage(w.agency, 2026)
        audits.hints(w.agency, 2026)

    def more(first: int, last: int) -> None:
        for n in range(first, last):
            unit = w.agency.units.get(name=OFFICE).add_sibling(
                agency=w.agency, name=f"Phòng {n}", kind=Unit.Kind.UNIT, folded=f"phong {n}", sort_key=f"p{n:03}"
            )
            organization.add_person(f"p{n}", f"Người {n}", unit, "officer", None)
            audits.plan_audit(programme, w.chi, plan_of(w, unit=unit, processes=[process]), [(w.giang, Role.LEAD)])

    more(0, 3)
    with django_assert_max_num_queries(20) as first:
        ask()
    more(3, 30)
    with django_assert_num_queries(len(first)):
        ask()


def test_earlier_results_speak_for_a_unit(agency_world: World) -> None:
    w = agency_world
    make_audit(w, "reported")
    found = audits.hints(w.agency, 2027)
    assert (found[0].unit.name, found[0].minor, found[0].open) == (TRADE, 1, 1)
    assert found[0].last == STARTS
    assert found[1].last is None


def test_the_checklist_comes_from_the_map_the_steps_and_what_was_found(agency_world: World) -> None:
    w = agency_world
    make_audit(w, "reported")
    document = make_procedure(w)
    ClauseAnswer.objects.create(agency=w.agency, clause="10.2", document=document, note="Sổ theo dõi")
    programme = make_programme(w, approved=True, year=2027)
    day = dt.date(2027, 11, 1)
    plan = plan_of(w, starts_on=day, ends_on=day, clauses=["10.2"], documents=[document])
    audit = audits.plan_audit(programme, w.chi, plan, team(w))
    added = audits.build_checklist(audit, w.hoa)
    items = list(audit.items.order_by("order"))
    assert added == len(items) > 8
    assert items[0].question.startswith("KPH-2026-01 lần trước: 3/5 hồ sơ thiếu phiếu kiểm soát.")
    clause = next(i for i in items if i.clause == "10.2.1")
    assert clause.look_at.startswith("QT.11; Sổ theo dõi")
    steps = [i for i in items if i.document == document]
    assert any("Tiếp nhận hồ sơ" in i.question for i in steps)
    assert audits.build_checklist(audit, w.hoa) == 0, "built again it adds nothing twice"


def test_clauses_that_do_not_apply_are_not_asked(agency_world: World) -> None:
    w = agency_world
    Applicability.objects.create(agency=w.agency, clause="8.3", applies=False, justification="Không thiết kế",
                                 decided_by=w.giang, decided_on=TODAY)  # fmt: skip
    assert not any(n.startswith("8.3") for n in audits.leaves(w.agency.pk, ["8"]))
    assert "8.5.1" in audits.leaves(w.agency.pk, ["8"])


def test_own_questions_are_added_edited_moved_and_dropped(agency_world: World) -> None:
    w, audit = agency_world, make_audit(agency_world)
    first, second, third = (audits.add_question(audit, w.hoa, f"Câu {n}?") for n in "abc")
    audits.move_question(third, w.dung, -1)
    audits.move_question(first, w.dung, 1)
    assert [i.question for i in audit.items.order_by("order")] == ["Câu c?", "Câu a?", "Câu b?"]
    audits.edit_question(second, w.hoa, "Câu b, sửa?", clause="8.6")
    audits.drop_question(first, w.chi)
    assert [i.question for i in audit.items.order_by("order")] == ["Câu c?", "Câu b, sửa?"]
    with pytest.raises(NotNow, match="không có điều khoản 12"):
        audits.add_question(audit, w.hoa, "Câu d?", clause="12")
