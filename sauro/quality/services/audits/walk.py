"""Walking an audit: answers, findings and their photographs, from a phone (TCVN ISO 9001:2015, 9.2.2)."""

from __future__ import annotations

import datetime as dt
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.documents.models import DocumentedInformation
from sauro.files import services as files
from sauro.ledger import services as ledger
from sauro.organization.models import Person
from sauro.organization.policy import Refused
from sauro.quality.models import Audit, ChecklistItem, Finding, Proof
from sauro.quality.ready import standard
from sauro.quality.services.audits.independence import check_independence
from sauro.quality.services.audits.lattice import LEAD, capacities, demand
from sauro.quality.services.audits.planning import locked
from sauro.quality.services.codes import next_code
from sauro.quality.services.errors import NotNow
from sauro.quality.services.proofs import add_proof
from sauro.vietnamese.text import nfc

Answer, Grade = ChecklistItem.Answer, Finding.Grade


class AnsweredMeanwhile(NotNow):
    """Someone else wrote on the question since the page was loaded; `item` is how it stands now."""

    def __init__(self, sentence: str, item: ChecklistItem) -> None:
        super().__init__(sentence)
        self.item = item


def seen_of(item: ChecklistItem) -> str:
    """What a page keeps of the answer that it shows, to send back with the next: empty where there was none."""
    return item.answered_at.isoformat() if item.answered_at else ""


@transaction.atomic
def start_audit(audit: Audit, person: Person, today: dt.date) -> Audit:
    """Begin: from here on answers and findings are taken. The team must still be independent. Raises `NotNow`,
    `Refused`."""
    fresh = locked(audit)
    demand(person, fresh, "start")
    check_independence(fresh)
    if not fresh.items.exists():
        raise NotNow(_("Phiếu câu hỏi còn trống. Lập phiếu từ bản đồ điều khoản, hoặc thêm câu hỏi, rồi bắt đầu."))
    if today < fresh.starts_on:
        raise NotNow(
            _("Cuộc đánh giá bắt đầu ngày %(day)s. Đến ngày đó mới ghi kết quả; Thư ký ISO đổi ngày được.")
            % {"day": f"{fresh.starts_on:%d/%m/%Y}"}
        )
    fresh.state = Audit.State.WALKING
    fresh.save()
    ledger.record(person, "quality.audit.started", fresh, questions=fresh.items.count())
    return fresh


@transaction.atomic
def answer_item(
    item: ChecklistItem, person: Person, *, answer: str, note: str = "", seen: str | None = None
) -> ChecklistItem:
    """Write down what was seen. `seen`: what `seen_of` gave when the page was made; None overwrites whatever is there.

    One's own later word replaces one's earlier; another auditor's is never overwritten unseen. A note that its author
    goes on writing is one act: the ledger keeps each change of the answer, and each time someone else writes.
    Raises `AnsweredMeanwhile`, `NotNow`, `Refused`.
    """
    if answer not in Answer.values:
        raise NotNow(_("Chọn Phù hợp, Có phát hiện hoặc Không áp dụng."))
    audit = locked(item.audit)
    demand(person, audit, "answer")
    fresh: ChecklistItem = ChecklistItem.objects.select_for_update().get(pk=item.pk)
    fresh.audit, note = audit, nfc(note).strip()
    if (fresh.answer, fresh.note) == (answer, note):
        return fresh
    others = fresh.answered_by_id not in (None, person.pk)
    if others and seen is not None and seen != seen_of(fresh):
        raise AnsweredMeanwhile(
            _("%(name)s vừa ghi câu này lúc %(time)s: %(answer)s. Xem rồi chọn giữ bản nào.")
            % {
                "name": fresh.answered_by.full_name,
                "time": f"{timezone.localtime(fresh.answered_at):%H:%M}",
                "answer": fresh.get_answer_display(),
            },
            fresh,
        )
    before = fresh.answer
    fresh.answer, fresh.note = answer, note
    fresh.answered_by, fresh.answered_at = person, timezone.now()
    fresh.save()
    if before != answer or others:
        ledger.record(person, "quality.audit.answered", fresh, before=before, after=answer, note=note[:200])
    return fresh


@transaction.atomic
def raise_finding(
    audit: Audit,
    person: Person,
    *,
    grade: str,
    text: str,
    clause: str = "",
    document: DocumentedInformation | None = None,
    evidence_text: str = "",
    item: ChecklistItem | None = None,
) -> Finding:
    """Write down a finding. The same words of the same person on the same question are the same finding: a phone that
    sends again after the network dropped makes no second one. Raises `NotNow`, `Refused`."""
    fresh = locked(audit)
    demand(person, fresh, "find")
    if item is not None:
        item = fresh.items.select_for_update().filter(pk=item.pk).first()
        if item is None:
            raise NotNow(_("Câu hỏi này không thuộc cuộc đánh giá."))
        clause, document = clause or item.clause, document or item.document
    said = _said(grade, text, clause, evidence_text)
    there = fresh.findings.filter(
        raised_by=person, item=item, text=said["text"], grade=grade, withdrawn_reason=""
    ).first()
    if there is not None:
        found: Finding = there
        return found
    if document is not None and document.agency_id != fresh.agency_id:
        raise NotNow(_("Quy trình phải thuộc cơ quan này."))
    finding = Finding.objects.create(
        agency_id=fresh.agency_id,
        audit=fresh,
        item=item,
        code=next_code(Finding, fresh.agency_id, "PH", fresh.programme.year),
        document=document,
        raised_by=person,
        raised_at=timezone.now(),
        **said,
    )
    ledger.record(person, "quality.finding.raised", finding, grade=grade, clause=said["clause"])
    if item is not None:
        _mark(item, person, grade)
    return finding


@transaction.atomic
def edit_finding(
    finding: Finding, person: Person, *, grade: str, text: str, clause: str = "", evidence_text: str = ""
) -> Finding:
    """Change a finding before the report: by who raised it, or the lead. Raises `NotNow`, `Refused`."""
    fresh = _own(finding, person)
    before = fresh.grade
    for name, value in _said(grade, text, clause, evidence_text).items():
        setattr(fresh, name, value)
    fresh.save()
    ledger.record(person, "quality.finding.edited", fresh, before=before, after=grade)
    return fresh


@transaction.atomic
def withdraw_finding(finding: Finding, person: Person, reason: str) -> Finding:
    """Take a finding back before the report, with the reason; it stays in the register, struck. By who raised it, or
    the lead. Raises `NotNow`, `Refused`."""
    fresh = _own(finding, person)
    if not (reason := nfc(reason).strip()):
        raise NotNow(_("Ghi lý do rút phát hiện."))
    fresh.withdrawn_reason = reason
    fresh.save()
    ledger.record(person, "quality.finding.withdrawn", fresh, reason=reason)
    return fresh


@transaction.atomic
def add_photo(finding: Finding, person: Person, source: IO[bytes], name: str) -> Proof:
    """Keep a photograph or file that shows the finding; sent twice it is kept once. Raises `FileRefused`, `NotNow`,
    `Refused`."""
    audit = locked(finding.audit)
    demand(person, audit, "find")
    fresh = Finding.objects.select_for_update().get(pk=finding.pk)
    stored, _was_there = files.store(source, name, inspect=True)
    there = Proof.objects.filter(finding=fresh, evidence__file=stored).first()
    if there is not None:
        return there
    source.seek(0)
    return add_proof(fresh, "finding", person, source, name)


def _own(finding: Finding, person: Person) -> Finding:
    audit = locked(finding.audit)
    demand(person, audit, "find")
    fresh: Finding = Finding.objects.select_for_update(of=("self",)).select_related("raised_by").get(pk=finding.pk)
    fresh.audit = audit
    if fresh.withdrawn_reason:
        raise NotNow(_("Phát hiện %(code)s đã rút.") % {"code": fresh.code})
    if fresh.raised_by_id != person.pk and LEAD not in capacities(person, audit):
        raise Refused(
            _("Phát hiện %(code)s do %(name)s ghi. Người đó hoặc trưởng đoàn mới sửa, rút được.")
            % {"code": fresh.code, "name": fresh.raised_by.full_name}
        )
    return fresh


def _said(grade: str, text: str, clause: str, evidence_text: str) -> dict[str, str]:
    if grade not in Grade.values:
        raise NotNow(_("Chọn mức của phát hiện."))
    if not (text := nfc(text).strip()):
        raise NotNow(_("Ghi nội dung phát hiện: trái yêu cầu nào, thấy gì."))
    clause = clause.strip()
    if clause:
        try:
            standard.clause(clause)
        except KeyError:
            raise NotNow(_("Tiêu chuẩn không có điều khoản %(number)s.") % {"number": clause}) from None
    elif grade in (Grade.MAJOR, Grade.MINOR):
        raise NotNow(_("Không phù hợp phải ghi điều khoản bị làm trái."))
    return {"grade": grade, "text": text, "clause": clause, "evidence_text": nfc(evidence_text).strip()}


def _mark(item: ChecklistItem, person: Person, grade: str) -> None:
    """A finding answers its question; one that conforms leaves what was said."""
    answer = Answer.CONFORMS if grade == Grade.CONFORMITY else Answer.NOTED
    if item.answer == answer or (grade == Grade.CONFORMITY and item.answer != Answer.OPEN):
        return
    item.answer, item.answered_by, item.answered_at = answer, person, timezone.now()
    item.save()
