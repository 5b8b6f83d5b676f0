"""What ties the records of the quality room to the heart: an action is a task, a proof is evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sauro.monitoring.models import Evidence
from sauro.plans.models import Task
from sauro.quality.models.audit import AuditProgramme, Finding
from sauro.quality.models.base import OPTIONAL, AgencyRecord
from sauro.quality.models.feedback import Feedback
from sauro.quality.models.nonconformity import Nonconformity
from sauro.quality.models.people import Training
from sauro.quality.models.review import ManagementReview, ReviewDecision
from sauro.quality.models.risk import Risk

ACTION_OF = ("nonconformity", "risk", "finding", "decision")
PROOF_OF = ("nonconformity", "finding", "training", "risk", "review", "feedback", "programme")


def _exactly_one(names: tuple[str, ...]) -> Q:
    whole = Q()
    for name in names:
        whole |= Q(**{f"{other}__isnull": other != name for other in names})
    return whole


class QualityAction(AgencyRecord):
    """A task of the year's plan that answers a nonconformity, risk, finding or decision of a management review."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="quality_action", help_text="Nhiệm vụ.")
    nonconformity = models.ForeignKey(
        Nonconformity, models.PROTECT, related_name="actions", help_text="Sự không phù hợp.", **OPTIONAL
    )
    risk = models.ForeignKey(Risk, models.PROTECT, related_name="actions", help_text="Rủi ro, cơ hội.", **OPTIONAL)
    finding = models.ForeignKey(
        Finding, models.PROTECT, related_name="actions", help_text="Phát hiện đánh giá.", **OPTIONAL
    )
    decision = models.ForeignKey(
        ReviewDecision, models.PROTECT, related_name="actions", help_text="Kết luận xem xét.", **OPTIONAL
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=_exactly_one(ACTION_OF), name="action_answers_one_thing")]

    def __str__(self) -> str:
        return str(self.task)


class Proof(AgencyRecord):
    """A piece of evidence behind a record of the quality room."""

    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="proof", help_text="Minh chứng.")
    nonconformity = models.ForeignKey(
        Nonconformity, models.PROTECT, related_name="proofs", help_text="Sự không phù hợp.", **OPTIONAL
    )
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="proofs", help_text="Phát hiện.", **OPTIONAL)
    training = models.ForeignKey(Training, models.PROTECT, related_name="proofs", help_text="Đào tạo.", **OPTIONAL)
    risk = models.ForeignKey(Risk, models.PROTECT, related_name="proofs", help_text="Rủi ro, cơ hội.", **OPTIONAL)
    review = models.ForeignKey(
        ManagementReview, models.PROTECT, related_name="proofs", help_text="Xem xét của lãnh đạo.", **OPTIONAL
    )
    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="proofs", help_text="Phản ánh.", **OPTIONAL)
    programme = models.ForeignKey(
        AuditProgramme, models.PROTECT, related_name="proofs", help_text="Chương trình đánh giá.", **OPTIONAL
    )

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=_exactly_one(PROOF_OF), name="proof_of_one_thing")]

    def __str__(self) -> str:
        return str(self.evidence)
