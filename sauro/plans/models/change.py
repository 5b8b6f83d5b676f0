"""A unit's proposal to change a plan in force."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, reach
from sauro.plans.models.plan import Plan, PlanRevision
from sauro.plans.models.task import Task


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    """Proposals that a person may see."""

    def visible_to(self, person: Person) -> ChangeRequestQuerySet:
        """Those of the person's own agency, where the role lets them look at all."""
        return self.filter(agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()


class ChangeRequest(models.Model):
    """What a unit proposes to change in one task, with its reason, and what became of it.

    `changes`: {field: [before, after]}, with the fields `title`, `due` (ISO date), `lead_unit` (unit id), `products`
    (list of texts), `end` (True: the task is to be dropped).
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", gettext_lazy("Đã đề nghị")
        WITHDRAWN = "withdrawn", gettext_lazy("Đã rút")
        GATHERED = "gathered", gettext_lazy("Đã tổng hợp, chờ quyết định")
        REFUSED = "refused", gettext_lazy("Không chấp thuận")
        APPROVED = "approved", gettext_lazy("Đã chấp thuận")

    agency = models.ForeignKey(Agency, models.PROTECT, help_text="Cơ quan.")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="change_requests", help_text="Kế hoạch.")
    task = models.ForeignKey(Task, models.PROTECT, related_name="change_requests", help_text="Nhiệm vụ.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị đề nghị.")
    changes = models.JSONField(help_text="Nội dung đề nghị {trường: [trước, sau]}.")
    reason = models.TextField(help_text="Lý do.")
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED, help_text="Trạng thái.")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Người đề nghị."
    )
    proposed_at = models.DateTimeField(help_text="Lúc đề nghị.")
    opinion = models.TextField(blank=True, help_text="Ý kiến của đơn vị đầu mối.")
    gathered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Người tổng hợp."
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Người quyết định."
    )
    decided_at = models.DateTimeField(null=True, blank=True, help_text="Lúc quyết định.")
    decision_note = models.TextField(blank=True, help_text="Lý do của quyết định.")
    revision = models.ForeignKey(
        PlanRevision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        help_text="Lần sửa đổi thành hình.",
    )

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="change_request_says_why"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(revision__isnull=False), name="approved_change_has_a_revision"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "refused"]) | Q(decided_at__isnull=False),
                name="change_decision_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "-id"], name="change_request_by_state")]

    def __str__(self) -> str:
        return str(self.task)

    def unit_paths(self) -> list[str]:
        """The unit that proposes."""
        return [self.unit.path]
