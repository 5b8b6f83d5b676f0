"""Reporting an audit, and following what it found till it is closed (TCVN ISO 9001:2015, 9.2.2 d, e; 10.2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Person, Unit
from sauro.quality.models import Audit, ChecklistItem, Finding, Nonconformity, QualityAction
from sauro.quality.services.actions import order_action
from sauro.quality.services.audits.lattice import demand
from sauro.quality.services.audits.planning import heads_of, locked
from sauro.quality.services.audits.programme import planners
from sauro.quality.services.errors import NotNow
from sauro.quality.services.nonconformity import raise_nonconformity
from sauro.vietnamese.text import nfc

Grade, State = Finding.Grade, Nonconformity.State
WRONG = (Grade.MAJOR, Grade.MINOR)
SETTLED = (State.CLOSED, State.CANCELLED)


@transaction.atomic
def report_audit(audit: Audit, person: Person, today: dt.date, *, summary: str, strengths: str = "") -> Audit:
    """Report: the results stand from here on, and each major or minor finding opens a nonconformity of the unit.

    Every question must be answered, and each that says "Có phát hiện" have one. Raises `NotNow`, `Refused`.
    """
    fresh = locked(audit)
    demand(person, fresh, "report")
    if not (summary := nfc(summary).strip()):
        raise NotNow(_("Ghi kết luận của đoàn đánh giá."))
    _must_be_whole(fresh)
    found = list(fresh.findings.filter(withdrawn_reason="").select_related("document").order_by("pk"))
    opened = []
    for finding in found:
        if finding.grade in WRONG:
            finding.nonconformity = raise_nonconformity(
                fresh.unit.agency,
                person,
                today,
                source=Nonconformity.Source.AUDIT,
                title=_title(finding),
                text=_text(finding),
                unit=fresh.unit,
                grade=finding.grade,
                clause=finding.clause,
                document=finding.document,
            )
            finding.save()
            opened.append(finding.nonconformity.code)
    fresh.state, fresh.reported_on, fresh.reported_by = Audit.State.REPORTED, today, person
    fresh.summary, fresh.strengths = summary, nfc(strengths).strip()
    fresh.save()
    ledger.record(
        person,
        "quality.audit.reported",
        fresh,
        findings={grade: n for grade in Grade.values if (n := sum(f.grade == grade for f in found))},
        nonconformities=opened,
    )
    told = {p.pk: p for p in [*heads_of(fresh), *planners(fresh)]}
    if fresh.programme.approved_by:
        told[fresh.programme.approved_by.pk] = fresh.programme.approved_by
    facts = {"code": fresh.code, "unit": fresh.unit.name, "n": len(found), "wrong": len(opened)}
    notices.tell(
        told.values(),
        "quality.audit.reported",
        lambda: _("Đánh giá nội bộ %(code)s tại %(unit)s: %(n)d phát hiện, %(wrong)d sự không phù hợp.") % facts,
        f"/chat-luong/danh-gia/{fresh.pk}/",
        but=person,
    )
    return fresh


@transaction.atomic
def order_improvement(
    finding: Finding, person: Person, today: dt.date, *, title: str, unit: Unit, due: dt.date
) -> QualityAction:
    """Order a task that answers an observation or an opportunity to improve. A nonconformity's actions are ordered
    where it is handled. Raises `NotNow`, `Refused`."""
    audit = locked(finding.audit)
    demand(person, audit, "order")
    fresh = Finding.objects.select_for_update(of=("self",)).select_related("nonconformity").get(pk=finding.pk)
    if fresh.withdrawn_reason:
        raise NotNow(_("Phát hiện %(code)s đã rút.") % {"code": fresh.code})
    if fresh.nonconformity_id:
        raise NotNow(
            _("%(finding)s đã mở %(code)s. Giao hành động khắc phục ở trang của sự không phù hợp đó.")
            % {"finding": fresh.code, "code": fresh.nonconformity.code}
        )
    if not (title := nfc(title).strip()):
        raise NotNow(_("Ghi việc cần làm."))
    if unit.agency_id != audit.agency_id:
        raise NotNow(_("Đơn vị phải thuộc cơ quan này."))
    if due < today:
        raise NotNow(_("Thời hạn phải từ hôm nay trở đi."))
    return order_action(fresh, "finding", person, today, title=title, unit=unit, due=due)


@dataclass(slots=True)
class Followed:
    """A finding and how far what follows from it has come. `late`: why it is late, in words."""

    finding: Finding
    actions: list[QualityAction] = field(default_factory=list)
    late: str = ""

    @property
    def settled(self) -> bool:
        """Whether it no longer keeps the audit open."""
        opened = self.finding.nonconformity
        return opened is None or opened.state in SETTLED


def followed(audit: Audit, today: dt.date) -> list[Followed]:
    """Each finding that stands, with its nonconformity and its tasks."""
    rows = (
        audit.findings.filter(withdrawn_reason="")
        .select_related("nonconformity", "document", "raised_by", "item")
        .prefetch_related(
            "actions__task__lead_unit", "nonconformity__actions__task__lead_unit", "proofs__evidence__file"
        )
        .order_by("pk")
    )
    found = []
    for finding in rows:
        opened = finding.nonconformity
        actions = list((opened or finding).actions.all())
        found.append(Followed(finding, actions, lateness(opened, actions, today)))
    return found


def lateness(opened: Nonconformity | None, actions: list[QualityAction], today: dt.date) -> str:
    """Why what follows from a finding is late on the day; empty where it isn't."""
    if opened is not None and opened.state in SETTLED:
        return ""
    if opened is not None and opened.state == State.OPEN and opened.due < today:
        return _("nguyên nhân, hành động quá hạn %(days)d ngày") % {"days": (today - opened.due).days}
    if opened is not None and opened.state == State.DONE and opened.check_due and opened.check_due < today:
        return _("kiểm tra hiệu lực quá hạn %(days)d ngày") % {"days": (today - opened.check_due).days}
    days = [(today - a.task.due).days for a in actions if a.task.due and not a.task.completed_on and a.task.due < today]
    return _("hành động quá hạn %(days)d ngày") % {"days": max(days)} if days else ""


@transaction.atomic
def close_audit(audit: Audit, person: Person, today: dt.date) -> Audit:
    """Close it: only when the nonconformities of all its findings are closed. Raises `NotNow`, `Refused`."""
    fresh = locked(audit)
    demand(person, fresh, "close")
    open_ones = [f for f in followed(fresh, today) if not f.settled]
    if open_ones:
        raise NotNow(_still_open(fresh, open_ones))
    fresh.state, fresh.closed_on = Audit.State.CLOSED, today
    fresh.save()
    ledger.record(person, "quality.audit.closed", fresh, unit=fresh.unit.name)
    notices.tell(
        heads_of(fresh),
        "quality.audit.closed",
        lambda: _("Đã đóng cuộc đánh giá nội bộ %(code)s.") % {"code": fresh.code},
        f"/chat-luong/danh-gia/{fresh.pk}/",
        but=person,
    )
    return fresh


def _still_open(audit: Audit, rows: list[Followed]) -> str:
    said = []
    for row in rows:
        opened = row.finding.nonconformity
        assert opened is not None
        said.append(f"{opened.code} ({row.late or opened.get_state_display().lower()})")
    return ngettext(
        "Còn %(n)d sự không phù hợp chưa đóng: %(codes)s. %(unit)s xử lý xong, người kiểm tra hiệu lực đóng thì mới "
        "đóng được cuộc đánh giá.",
        "Còn %(n)d sự không phù hợp chưa đóng: %(codes)s. %(unit)s xử lý xong, người kiểm tra hiệu lực đóng thì mới "
        "đóng được cuộc đánh giá.",
        len(rows),
    ) % {"n": len(rows), "codes": ", ".join(said), "unit": audit.unit.name}


def _must_be_whole(audit: Audit) -> None:
    left = audit.items.filter(answer=ChecklistItem.Answer.OPEN)
    if n := left.count():
        raise NotNow(
            _(
                "Còn %(n)d câu chưa hỏi, câu đầu là câu %(first)d. Hỏi nốt, hoặc ghi Không áp dụng kèm lý do, "
                "rồi báo cáo."
            )
            % {"n": n, "first": audit.items.filter(order__lte=left.order_by("order")[0].order).count()}
        )
    told = audit.findings.filter(withdrawn_reason="").exclude(item=None).values("item")
    empty = audit.items.filter(answer=ChecklistItem.Answer.NOTED).exclude(pk__in=told).order_by("order").first()
    if empty is not None:
        raise NotNow(
            _("Câu “%(question)s” ghi Có phát hiện nhưng chưa có phát hiện nào. Ghi phát hiện, hoặc sửa kết quả.")
            % {"question": empty.question[:120]}
        )


def _title(finding: Finding) -> str:
    first = finding.text.strip().splitlines()[0]
    return first if len(first) <= 200 else first[:199].rsplit(" ", 1)[0] + "…"


def _text(finding: Finding) -> str:
    if not finding.evidence_text:
        return finding.text
    return finding.text + "\n" + _("Bằng chứng: %(text)s") % {"text": finding.evidence_text}
