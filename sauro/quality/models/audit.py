"""Internal audits (TCVN ISO 9001:2015, 9.2)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from sauro.documents.models import DocumentedInformation
from sauro.organization.models import Unit
from sauro.quality.models.base import OPTIONAL, AgencyRecord, folded_of, person_key
from sauro.quality.models.context import Process
from sauro.quality.models.nonconformity import Nonconformity


class AuditProgramme(AgencyRecord):
    """The year's audits as approved (9.2.2 a)."""

    year = models.PositiveSmallIntegerField(help_text="Năm.")
    purpose = models.TextField(help_text="Mục đích.")
    criteria = models.TextField(blank=True, help_text="Chuẩn mực đánh giá.")
    method = models.TextField(blank=True, help_text="Phương pháp.")
    approved_by = person_key("Người phê duyệt.", **OPTIONAL)
    approved_on = models.DateField(help_text="Ngày phê duyệt.", **OPTIONAL)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="programme_once_a_year"),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | Q(approved_by__isnull=False), name="programme_approved_by"
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class Audit(AgencyRecord):
    """One audit of one unit."""

    class State(models.TextChoices):
        PLANNED = "planned", gettext_lazy("Trong chương trình")
        NOTIFIED = "notified", gettext_lazy("Đã gửi kế hoạch")
        WALKING = "walking", gettext_lazy("Đang đánh giá")
        REPORTED = "reported", gettext_lazy("Đã có báo cáo")
        CLOSED = "closed", gettext_lazy("Đã đóng")
        CANCELLED = "cancelled", gettext_lazy("Không thực hiện")

    programme = models.ForeignKey(AuditProgramme, models.PROTECT, related_name="audits", help_text="Chương trình năm.")
    code = models.CharField(max_length=20, help_text="Mã cuộc đánh giá.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị được đánh giá.")
    processes = models.ManyToManyField(Process, blank=True, related_name="audits", help_text="Quá trình được đánh giá.")
    documents = models.ManyToManyField(
        DocumentedInformation, blank=True, related_name="audits", help_text="Quy trình được đánh giá."
    )
    clauses = models.JSONField(default=list, help_text="Điều khoản được đánh giá.")
    starts_on = models.DateField(help_text="Ngày bắt đầu.")
    ends_on = models.DateField(help_text="Ngày kết thúc.")
    place = models.CharField(max_length=200, blank=True, help_text="Địa điểm.")
    scope = models.TextField(blank=True, help_text="Phạm vi.")
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED, help_text="Trạng thái.")
    notified_on = models.DateField(help_text="Ngày gửi kế hoạch cho đơn vị.", **OPTIONAL)
    strengths = models.TextField(blank=True, help_text="Điểm mạnh ghi nhận.")
    summary = models.TextField(blank=True, help_text="Kết luận của đoàn.")
    reported_on = models.DateField(help_text="Ngày báo cáo.", **OPTIONAL)
    reported_by = person_key("Người báo cáo.", **OPTIONAL)
    closed_on = models.DateField(help_text="Ngày đóng.", **OPTIONAL)
    reason = models.CharField(max_length=500, blank=True, help_text="Vì sao không thực hiện.")

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="audit_code_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="audit_runs_on"),
            models.CheckConstraint(
                condition=~Q(state__in=["reported", "closed"]) | Q(reported_on__isnull=False) & ~Q(summary=""),
                name="audit_report_says_something",
            ),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(reason=""), name="audit_cancelled_says_why"),
        ]
        indexes = [models.Index(fields=["agency", "state", "starts_on"], name="audit_by_state")]

    def __str__(self) -> str:
        return f"{self.code} {self.unit.label}"


class AuditorPlace(models.Model):
    """A person's place in an audit team. Nobody audits the unit they work in, or a process they own (9.2.2 c)."""

    class Role(models.TextChoices):
        LEAD = "lead", gettext_lazy("Trưởng đoàn")
        AUDITOR = "auditor", gettext_lazy("Đánh giá viên")
        OBSERVER = "observer", gettext_lazy("Quan sát viên")

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="team", help_text="Cuộc đánh giá.")
    person = person_key("Người.", related_name="audit_places")
    role = models.CharField(max_length=8, choices=Role, default=Role.AUDITOR, help_text="Vai trò.")

    class Meta:
        ordering = ["audit", "role", "id"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "person"], name="auditor_once"),
            models.UniqueConstraint(fields=["audit"], condition=Q(role="lead"), name="one_lead_auditor"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"

    @property
    def agency_id(self) -> int:
        """The audit's."""
        return self.audit.agency_id


class ChecklistItem(models.Model):
    """A question of an audit, and what was seen."""

    class Answer(models.TextChoices):
        OPEN = "open", gettext_lazy("Chưa hỏi")
        CONFORMS = "conforms", gettext_lazy("Phù hợp")
        NOTED = "noted", gettext_lazy("Có phát hiện")
        NOT_APPLICABLE = "na", gettext_lazy("Không áp dụng")

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="items", help_text="Cuộc đánh giá.")
    order = models.PositiveSmallIntegerField(help_text="Thứ tự.")
    clause = models.CharField(max_length=10, blank=True, help_text="Điều khoản.")
    document = models.ForeignKey(
        DocumentedInformation, models.PROTECT, related_name="+", help_text="Quy trình.", **OPTIONAL
    )
    question = models.TextField(help_text="Câu hỏi.")
    look_at = models.TextField(blank=True, help_text="Xem gì.")
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.OPEN, help_text="Kết quả.")
    note = models.TextField(blank=True, help_text="Ghi nhận.")
    answered_by = person_key("Người ghi.", **OPTIONAL)
    answered_at = models.DateTimeField(help_text="Lúc ghi.", **OPTIONAL)

    class Meta:
        ordering = ["audit", "order"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "order"], name="item_order_once"),
            models.CheckConstraint(
                condition=Q(answer="open") | Q(answered_at__isnull=False), name="item_answer_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.question[:200]

    @property
    def agency_id(self) -> int:
        """The audit's."""
        return self.audit.agency_id

    def unit_paths(self) -> list[str]:
        """The audited unit."""
        return self.audit.unit_paths()


class Finding(AgencyRecord):
    """What an audit found, with its grade; a nonconformity follows from the two upper grades."""

    class Grade(models.TextChoices):
        MAJOR = "major", gettext_lazy("Không phù hợp nặng")
        MINOR = "minor", gettext_lazy("Không phù hợp nhẹ")
        OBSERVATION = "observation", gettext_lazy("Quan sát")
        IMPROVEMENT = "improvement", gettext_lazy("Cơ hội cải tiến")
        CONFORMITY = "conformity", gettext_lazy("Phù hợp")

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="findings", help_text="Cuộc đánh giá.")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="findings", help_text="Câu hỏi.", **OPTIONAL)
    code = models.CharField(max_length=30, help_text="Mã phát hiện.")
    grade = models.CharField(max_length=11, choices=Grade, help_text="Mức.")
    clause = models.CharField(max_length=10, blank=True, help_text="Điều khoản.")
    document = models.ForeignKey(
        DocumentedInformation, models.PROTECT, related_name="+", help_text="Quy trình.", **OPTIONAL
    )
    text = models.TextField(help_text="Nội dung phát hiện.")
    folded = models.TextField(blank=True, help_text="Nội dung bỏ dấu, để tìm.")
    evidence_text = models.TextField(blank=True, help_text="Bằng chứng đã xem.")
    raised_by = person_key("Người ghi.")
    raised_at = models.DateTimeField(help_text="Lúc ghi.")
    withdrawn_reason = models.TextField(blank=True, help_text="Vì sao rút phát hiện.")
    nonconformity = models.OneToOneField(
        Nonconformity, models.PROTECT, related_name="finding", help_text="Sự không phù hợp mở ra.", **OPTIONAL
    )

    class Meta:
        ordering = ["audit", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="finding_code_once"),
            models.CheckConstraint(condition=~Q(text=""), name="finding_says_what"),
        ]
        indexes = [models.Index(fields=["agency", "grade", "-id"], name="finding_by_grade")]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:80]}"

    def unit_paths(self) -> list[str]:
        """The audited unit."""
        return self.audit.unit_paths()

    def save(self, *args: object, **kwargs: object) -> None:
        """As Django's, with the column for search filled in."""
        self.folded = folded_of(self.code, self.text)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
