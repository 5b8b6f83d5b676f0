"""What a unit says of a task, or of its part in a plan."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from sauro.monitoring.models.duty import Duty
from sauro.monitoring.models.round import Round
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, reach
from sauro.plans.models import Task


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports that a person may see."""

    def visible_to(self, person: Person) -> ReportQuerySet:
        """Reports of the person's own agency that were handed in, and the drafts of the person's own unit that answer
        a duty, or that the person began: a draft is nobody's word yet.
        """
        if not reach(person, Capability.VIEW):
            return self.none()
        mine = ~Q(state=Report.State.DRAFT) | Q(author=person) | Q(unit_id=person.unit_id, duty__isnull=False)
        return self.filter(mine, agency_id=person.agency_id)

    def handed_in(self) -> ReportQuerySet:
        """Those that stand as a unit's word: submitted, accepted, locked; not drafts, not what was returned."""
        return self.filter(state__in=HANDED_IN)


class Report(models.Model):
    """What a unit says of a task at one time; without a task, of its part in the plan of the round.

    The verbs that move it from state to state stand in `sauro.monitoring.lattice`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("Đang soạn")
        SUBMITTED = "submitted", gettext_lazy("Đã nộp")
        RETURNED = "returned", gettext_lazy("Trả lại")
        ACCEPTED = "accepted", gettext_lazy("Đã nhận")
        LOCKED = "locked", gettext_lazy("Đã khóa")

    agency = models.ForeignKey(Agency, models.PROTECT, help_text="Cơ quan.")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="reports", help_text="Nhiệm vụ.")
    duty = models.ForeignKey(
        Duty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        help_text="Việc đến hạn mà báo cáo trả lời.",
    )
    round = models.ForeignKey(
        Round,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        db_index=False,
        help_text="Kỳ báo cáo.",
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports", help_text="Đơn vị báo cáo.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reports", help_text="Người báo cáo."
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, help_text="Trạng thái.")
    progress = models.PositiveSmallIntegerField(default=0, help_text="Tiến độ, phần trăm.")
    done_text = models.TextField(blank=True, help_text="Kết quả đã làm.")
    difficulties = models.TextField(blank=True, help_text="Khó khăn, vướng mắc.")
    proposals = models.TextField(blank=True, help_text="Đề xuất, kiến nghị.")
    figures = models.JSONField(
        default=dict, blank=True, help_text="Số liệu chỉ tiêu đang gõ, chưa nộp {chỉ tiêu, kỳ và ô: chữ đã gõ}."
    )
    version = models.PositiveIntegerField(default=0, help_text="Lần lưu.")
    changed_at = models.DateTimeField(auto_now=True, help_text="Lúc lưu gần nhất.")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Người lưu gần nhất.",
    )
    submitted_at = models.DateTimeField(null=True, blank=True, help_text="Lúc nộp gần nhất.")
    returned_at = models.DateTimeField(null=True, blank=True, help_text="Lúc trả lại gần nhất.")
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Người trả lại."
    )
    return_reason = models.TextField(blank=True, help_text="Lý do trả lại.")
    accepted_at = models.DateTimeField(null=True, blank=True, help_text="Lúc nhận.")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Người nhận."
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="report_progress_percent"),
            models.CheckConstraint(
                condition=Q(task__isnull=False) | Q(round__isnull=False), name="report_speaks_of_something"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False), name="report_submitted_has_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "locked"]) | Q(accepted_at__isnull=False),
                name="report_accepted_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | (Q(returned_at__isnull=False) & ~Q(return_reason="")),
                name="report_returned_says_why",
            ),
            models.UniqueConstraint(
                fields=["task", "author"], condition=Q(state="draft", duty=None), name="one_draft_per_author"
            ),
            models.UniqueConstraint(fields=["duty"], condition=Q(duty__isnull=False), name="one_report_per_duty"),
        ]
        indexes = [
            models.Index(fields=["task", "-id"], name="report_by_task"),
            models.Index(fields=["agency", "state", "-submitted_at"], name="report_by_time"),
            # Those of rounds alone: for the sake of the many others a database would think a round large. With all that
            # a round's page counts by.
            models.Index(
                fields=["round", "state", "unit", "duty", "changed_at", "submitted_at", "accepted_at", "returned_at"],
                condition=Q(round__isnull=False),
                name="report_by_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task.ref} {self.progress}%" if self.task else str(self.round)

    def unit_paths(self) -> list[str]:
        """The reporting unit, and the task's lead unit."""
        return [self.unit.path, *(self.task.unit_paths() if self.task else [])]

    @property
    def editable(self) -> bool:
        """Whether the unit may still write in it."""
        return self.state in (Report.State.DRAFT, Report.State.RETURNED)


HANDED_IN = (Report.State.SUBMITTED, Report.State.ACCEPTED, Report.State.LOCKED)
