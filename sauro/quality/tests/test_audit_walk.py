"""Walking, two auditors at once, findings, the report, and what follows till the audit is closed."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from sauro.ledger.models import Entry
from sauro.organization.policy import Refused
from sauro.plans.models import Plan
from sauro.quality.models import ChecklistItem, Finding, Nonconformity, YearCycle
from sauro.quality.services import audits
from sauro.quality.services.errors import NotNow
from sauro.quality.tests.audit_parts import STARTS, answer_all, make_audit, settle
from sauro.testing import TODAY, TRADE, World

pytestmark = pytest.mark.django_db


def test_an_audit_begins_on_its_day_with_a_checklist(agency_world: World) -> None:
    audit = make_audit(agency_world, "notified")
    with pytest.raises(NotNow, match="bắt đầu ngày 07/12/2026"):
        audits.start_audit(audit, agency_world.hoa, TODAY)
    audit.items.all().delete()
    with pytest.raises(NotNow, match="Phiếu câu hỏi còn trống"):
        audits.start_audit(audit, agency_world.hoa, STARTS)


def test_two_auditors_at_once_do_not_overwrite_each_other(agency_world: World) -> None:
    w, audit = agency_world, make_audit(agency_world, "walking")
    item = audit.items.all()[0]
    seen = audits.seen_of(item)
    audits.answer_item(item, w.hoa, answer="conforms", note="Đủ hồ sơ", seen=seen)
    with pytest.raises(audits.AnsweredMeanwhile, match="Vũ Thị Hòa vừa ghi câu này") as told:
        audits.answer_item(item, w.dung, answer="noted", note="Thiếu ngày", seen=seen)
    assert told.value.item.note == "Đủ hồ sơ"
    item.refresh_from_db()
    assert (item.answer, item.note, item.answered_by) == ("conforms", "Đủ hồ sơ", w.hoa)
    audits.answer_item(item, w.dung, answer="noted", note="Thiếu ngày", seen=audits.seen_of(item))
    item.refresh_from_db()
    assert item.answered_by == w.dung


def test_what_a_phone_sends_again_after_the_network_dropped_is_taken(agency_world: World) -> None:
    item = make_audit(agency_world, "walking").items.all()[0]
    seen = audits.seen_of(item)
    audits.answer_item(item, agency_world.hoa, answer="conforms", note="Đủ", seen=seen)
    # The answer of the first sending never came: the page still holds the old mark, and has gone on being written.
    found = audits.answer_item(item, agency_world.hoa, answer="conforms", note="Đủ hồ sơ", seen=seen)
    assert found.note == "Đủ hồ sơ"
    again = audits.answer_item(item, agency_world.dung, answer="conforms", note="Đủ hồ sơ", seen=seen)
    assert again.answered_by == agency_world.hoa, "the same words of two people contradict nobody"


def test_a_note_that_is_being_written_is_one_line_of_the_ledger(agency_world: World) -> None:
    item = make_audit(agency_world, "walking").items.all()[0]
    for note in ("Đ", "Đủ", "Đủ hồ sơ"):
        audits.answer_item(item, agency_world.hoa, answer="conforms", note=note)
    audits.answer_item(item, agency_world.hoa, answer="noted", note="Thiếu")
    audits.answer_item(item, agency_world.dung, answer="noted", note="Thiếu 2")
    assert Entry.objects.filter(verb="quality.audit.answered").count() == 3


def test_a_finding_sent_twice_is_one_and_its_photo_too(agency_world: World) -> None:
    w, audit = agency_world, make_audit(agency_world, "walking")
    item = audit.items.all()[0]
    words = {"grade": "major", "text": "Không lưu phiếu kiểm soát.", "item": item}
    first, second = (audits.raise_finding(audit, w.dung, **words) for _ in range(2))
    assert first == second
    assert (first.code, first.clause) == ("PH-2026-01", item.clause)
    photos = {audits.add_photo(first, w.dung, io.BytesIO(b"Anh chup tu ho so"), "anh.txt").pk for _ in range(2)}
    assert len(photos) == 1
    item.refresh_from_db()
    assert item.answer == "noted"
    other = audits.raise_finding(audit, w.hoa, **words)
    assert other.code == "PH-2026-02"


def test_a_nonconformity_names_its_clause(agency_world: World) -> None:
    audit = make_audit(agency_world, "walking")
    with pytest.raises(NotNow, match="phải ghi điều khoản"):
        audits.raise_finding(audit, agency_world.hoa, grade="minor", text="Thiếu.")
    assert audits.raise_finding(audit, agency_world.hoa, grade="improvement", text="Nên số hóa.").clause == ""


def test_a_finding_is_changed_by_its_author_or_the_lead_and_withdrawn_with_a_reason(agency_world: World) -> None:
    w, audit = agency_world, make_audit(agency_world, "walking")
    theirs = audits.raise_finding(audit, w.hoa, grade="minor", clause="8.6", text="Thiếu phiếu.")
    with pytest.raises(Refused, match="do Vũ Thị Hòa ghi"):
        audits.edit_finding(theirs, w.dung, grade="major", text="Thiếu phiếu.", clause="8.6")
    own = audits.raise_finding(audit, w.dung, grade="minor", clause="8.6", text="Thiếu chữ ký.")
    assert audits.edit_finding(own, w.hoa, grade="observation", text="Thiếu chữ ký nháy.").grade == "observation"
    with pytest.raises(NotNow, match="lý do rút"):
        audits.withdraw_finding(own, w.dung, " ")
    audits.withdraw_finding(own, w.dung, "Đơn vị đã đưa bản có chữ ký")
    with pytest.raises(NotNow, match="đã rút"):
        audits.withdraw_finding(own, w.dung, "x")


def test_a_report_waits_for_every_question_and_for_the_finding_that_an_answer_promises(agency_world: World) -> None:
    w, audit = agency_world, make_audit(agency_world, "walking")
    total = audit.items.count()
    with pytest.raises(NotNow, match=f"Còn {total} câu chưa hỏi, câu đầu là câu 1"):
        audits.report_audit(audit, w.hoa, STARTS, summary="Phù hợp.")
    answer_all(audit, w.hoa)
    with pytest.raises(NotNow, match="Ghi kết luận"):
        audits.report_audit(audit, w.hoa, STARTS, summary=" ")
    item = audit.items.all()[0]
    audits.answer_item(item, w.hoa, answer="noted")
    with pytest.raises(NotNow, match="chưa có phát hiện nào"):
        audits.report_audit(audit, w.hoa, STARTS, summary="Phù hợp.")


def test_the_report_opens_a_nonconformity_for_major_and_minor_findings_only(agency_world: World) -> None:
    w, audit = agency_world, make_audit(agency_world, "walking")
    answer_all(audit, w.hoa)
    items = list(audit.items.all())
    for n, grade in enumerate(Finding.Grade.values):
        audits.raise_finding(audit, w.hoa, grade=grade, text=f"Thấy {grade}.", item=items[n], evidence_text="Tủ số 2")
    gone = audits.raise_finding(audit, w.hoa, grade="major", clause="8.6", text="Nhầm.")
    audits.withdraw_finding(gone, w.hoa, "Nhầm hồ sơ")
    audit = audits.report_audit(audit, w.hoa, STARTS, summary="Còn một điểm nặng.", strengths="Niêm yết đủ.")
    opened = Nonconformity.objects.filter(source="audit").order_by("pk")
    assert [(n.grade, n.finding.grade, n.unit.name, n.raised_by) for n in opened] == [
        ("major", "major", TRADE, w.hoa), ("minor", "minor", TRADE, w.hoa),
    ]  # fmt: skip
    assert "Bằng chứng: Tủ số 2" in opened[0].text
    assert (audit.state, audit.reported_on, audit.reported_by) == ("reported", STARTS, w.hoa)
    assert Entry.objects.get(verb="quality.audit.reported").data["nonconformities"] == [n.code for n in opened]
    with pytest.raises(NotNow, match="không sửa được nữa"):
        audits.answer_item(items[0], w.hoa, answer="conforms")


def test_it_cannot_be_closed_while_a_nonconformity_is_open_and_lateness_is_said(agency_world: World) -> None:
    w, audit = agency_world, make_audit(agency_world, "reported")
    with pytest.raises(NotNow, match=r"Còn 1 sự không phù hợp chưa đóng: KPH-2026-01 \(chờ xử lý\)"):
        audits.close_audit(audit, w.hoa, STARTS)
    opened = Nonconformity.objects.get()
    after = opened.due + dt.timedelta(days=5)
    with pytest.raises(NotNow, match="nguyên nhân, hành động quá hạn 5 ngày"):
        audits.close_audit(audit, w.chi, after)
    (row,) = audits.followed(audit, after)
    assert (row.settled, row.late) == (False, "nguyên nhân, hành động quá hạn 5 ngày")
    settle(audit, w)
    audit = audits.close_audit(audit, w.chi, after)
    assert (audit.state, audit.closed_on) == ("closed", after)


def test_an_observation_may_get_a_task_of_the_years_plan(agency_world: World, adopted_plan: Plan) -> None:
    w, audit = agency_world, make_audit(agency_world, "walking")
    YearCycle.objects.create(agency=w.agency, year=2026, plan=adopted_plan)
    answer_all(audit, w.hoa)
    seen = audits.raise_finding(audit, w.hoa, grade="observation", text="Chưa dán nhãn tủ.")
    wrong = audits.raise_finding(audit, w.hoa, grade="minor", clause="8.6", text="Thiếu phiếu.")
    audit = audits.report_audit(audit, w.hoa, STARTS, summary="Phù hợp.")
    due = STARTS + dt.timedelta(days=10)
    order = {"title": "Dán nhãn tủ hồ sơ", "unit": w.units[TRADE], "due": due}
    action = audits.order_improvement(seen, w.chi, STARTS, **order)
    assert (action.task.due, action.finding) == (due, seen)
    with pytest.raises(NotNow, match="Giao hành động khắc phục ở trang"):
        audits.order_improvement(wrong, w.chi, STARTS, **order)
    row = next(f for f in audits.followed(audit, due + dt.timedelta(days=3)) if f.finding == seen)
    assert (row.late, row.settled) == ("hành động quá hạn 3 ngày", True)


def test_an_answered_question_keeps_its_words(agency_world: World) -> None:
    item = make_audit(agency_world, "walking").items.all()[0]
    audits.answer_item(item, agency_world.hoa, answer="conforms")
    with pytest.raises(NotNow, match="đã có ghi nhận"):
        audits.edit_question(item, agency_world.hoa, "Khác?")
    with pytest.raises(NotNow, match="đã có ghi nhận"):
        audits.drop_question(item, agency_world.hoa)
    assert ChecklistItem.objects.filter(pk=item.pk).exists()
