"""Cross-checking (đối chiếu, kiểm chứng): the focal unit compares evidence with what it is said to prove."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.monitoring.models import HANDED_IN, Evidence
from sauro.monitoring.proof import Piece, Proof, proof
from sauro.notices import services as notices
from sauro.organization.models import Person
from sauro.organization.policy import Capability, Refused, require
from sauro.plans.models import Task
from sauro.plans.services.errors import NotNow


@transaction.atomic
def check_evidence(evidence: Evidence, person: Person, verdict: str, note: str = "") -> Evidence:
    """Say that a piece of evidence was compared: `verified`, `refused` (a note must say why), or `waiting` again.

    Nobody checks what they put there themselves. Raises `NotNow`, `Refused`.
    """
    fresh = (
        Evidence.objects.select_for_update(of=("self",))
        .select_related("report__unit", "report__task", "uploaded_by", "task")
        .get(pk=evidence.pk)
    )
    if fresh.report is None:
        raise NotNow(_("Minh chứng này của hồ sơ hệ thống chất lượng, không đối chiếu theo báo cáo."))
    if fresh.report.state not in HANDED_IN:
        raise NotNow(_("Báo cáo chưa nộp hoặc đang trả lại, chưa đối chiếu được."))
    if fresh.replaced_by_id:
        raise NotNow(_("%(name)s đã có bản mới hơn. Đối chiếu bản mới nhất.") % {"name": fresh.name})
    require(person, Capability.VERIFY, fresh.report)
    if fresh.uploaded_by_id == person.pk:
        raise Refused(_("Minh chứng này do chính %(name)s tải lên. Người khác đối chiếu.") % {"name": person.full_name})
    if verdict not in Evidence.Check.values:
        raise NotNow(_("Chọn một kết quả đối chiếu."))
    if verdict == Evidence.Check.VERIFIED and fresh.file_id is None:
        raise NotNow(_("Đường dẫn không đối chiếu được vì nội dung có thể đổi. Đề nghị đơn vị gửi tệp."))
    if verdict == Evidence.Check.REFUSED and not note.strip():
        raise NotNow(_("Ghi rõ chỗ không khớp để đơn vị bổ sung."))
    was = fresh.crosscheck
    fresh.crosscheck, fresh.check_note = verdict, note.strip()
    waiting = verdict == Evidence.Check.WAITING
    fresh.checked_by, fresh.checked_at = (None, None) if waiting else (person, timezone.now())
    fresh.save(update_fields=["crosscheck", "check_note", "checked_by", "checked_at"])
    ledger.record(person, "monitoring.evidence.checked", fresh, was=was, now=verdict, note=fresh.check_note)
    if verdict == Evidence.Check.REFUSED:
        notices.tell(
            [fresh.uploaded_by],
            "monitoring.evidence.checked",
            lambda: _("Minh chứng không khớp: %(name)s. %(why)s") % {"name": fresh.name, "why": fresh.check_note},
            f"/bao-cao/{fresh.report_id}/",
            but=person,
        )
    return fresh


def proof_of(task: Task) -> Proof:
    """How far the task's products are proved."""
    pieces = Evidence.objects.current().filter(task=task, report__state__in=HANDED_IN)
    return proof(
        task.products.values_list("pk", flat=True),
        [Piece(p, f is not None, c) for p, f, c in pieces.values_list("product_id", "file_id", "crosscheck")],
    )
