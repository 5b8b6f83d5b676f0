"""A reporting round: one period of a plan in which units report, and the focal unit gathers what they say."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, reach
from sauro.plans.models import Plan, ReportingRule


class RoundQuerySet(models.QuerySet["Round"]):
    """Ways of asking for rounds."""

    def visible_to(self, person: Person) -> RoundQuerySet:
        """Rounds of the person's own agency, where the role lets them look at all."""
        return self.filter(agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()

    def running(self, on: dt.date) -> RoundQuerySet:
        """Open for units on the day."""
        return self.filter(state=Round.State.OPEN, opens_on__lte=on)


class Round(models.Model):
    """A round of reports on one plan. Its duties say which unit owes a report; reports answer them.

    `due` is the day for units, `focal_due` that of the focal unit's consolidated report.
    """

    class Kind(models.TextChoices):
        PERIODIC = "periodic", gettext_lazy("Định kỳ")
        EVENT = "event", gettext_lazy("Theo sự kiện")
        AD_HOC = "ad_hoc", gettext_lazy("Đột xuất")

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Đang mở")
        LOCKED = "locked", gettext_lazy("Đã khóa")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="rounds", help_text="Cơ quan.")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="rounds", help_text="Kế hoạch.")
    rule = models.ForeignKey(
        ReportingRule, models.PROTECT, null=True, blank=True, related_name="rounds", help_text="Chế độ báo cáo."
    )
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PERIODIC, help_text="Loại kỳ báo cáo.")
    period = models.CharField(max_length=10, blank=True, help_text="Kỳ, ví dụ 2026-11, 2026-Q4.")
    event = models.CharField(max_length=500, blank=True, help_text="Sự kiện hoặc lý do yêu cầu báo cáo.")
    opens_on = models.DateField(help_text="Ngày mở.")
    due = models.DateField(help_text="Hạn nộp của đơn vị.")
    focal_due = models.DateField(help_text="Hạn tổng hợp của đơn vị đầu mối.")
    focal_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", help_text="Đơn vị đầu mối."
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Người theo dõi."
    )
    state = models.CharField(max_length=6, choices=State, default=State.OPEN, help_text="Trạng thái.")
    locked_at = models.DateTimeField(null=True, blank=True, help_text="Lúc khóa.")
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Người khóa."
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-due", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "rule", "period"], condition=Q(rule__isnull=False), name="rule_round_once"
            ),
            models.UniqueConstraint(
                fields=["plan", "period"], condition=Q(rule__isnull=True, kind="periodic"), name="frequency_round_once"
            ),
            models.CheckConstraint(condition=Q(due__gte=F("opens_on")), name="round_opens_before_due"),
            models.CheckConstraint(condition=Q(focal_due__gte=F("due")), name="round_focal_after_units"),
            models.CheckConstraint(condition=Q(kind="periodic") | ~Q(event=""), name="round_event_is_named"),
            models.CheckConstraint(condition=~Q(kind="periodic") | ~Q(period=""), name="round_period_is_named"),
            models.CheckConstraint(
                condition=Q(state="locked", locked_at__isnull=False) | Q(state="open", locked_at__isnull=True),
                name="round_locked_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "due"], name="round_by_state"),
            models.Index(fields=["agency", "-due", "-id"], name="round_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.period or self.event} {self.plan.number}".strip()

    def unit_paths(self) -> list[str]:
        """The focal unit answers for a round."""
        return [self.focal_unit.path] if self.focal_unit else []
