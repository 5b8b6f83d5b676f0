"""What each unit owes on which day."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from sauro.monitoring.models.round import Round
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.models.units import under
from sauro.organization.policy import AGENCY, Capability, reach
from sauro.plans.models import Plan, ReportingRule, Task


class DutyQuerySet(models.QuerySet["Duty"]):
    """Ways of asking for duties. `on` is the day on which the question is asked."""

    def visible_to(self, person: Person) -> DutyQuerySet:
        """Duties of the person's own agency, where the role lets them look at all."""
        return self.filter(agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()

    def open(self) -> DutyQuerySet:
        """Not yet met, not called off."""
        return self.filter(state=Duty.State.OPEN)

    def owed_by(self, person: Person) -> DutyQuerySet:
        """What the person owes: duties in their name, and those of the unit that bear no name where they head it."""
        mine = Q(person=person)
        if person.post != Person.Post.MEMBER:
            mine |= Q(unit_path=person.unit.path, person=None)
        return self.filter(mine)

    def owed_parts(self, person: Person) -> list[DutyQuerySet]:
        """`owed_by` in parts that share no duty, each answered in order of due day by one index."""
        parts: list[DutyQuerySet] = [self.filter(person=person)]
        if person.post != Person.Post.MEMBER:
            parts.append(self.filter(unit_path=person.unit.path, person=None))
        return parts

    def answered_for_by(self, person: Person) -> DutyQuerySet:
        """Duties of the units that the person answers for: their own and those under it, as head; all, as leader."""
        granted = reach(person, Capability.COMPLETE_TASK)
        if granted == AGENCY:
            return self.filter(agency_id=person.agency_id)
        return self.filter(under("unit_path", person.unit.path)) if granted else self.none()

    def overdue(self, on: dt.date) -> DutyQuerySet:
        """Open, and the last day has passed."""
        return self.open().filter(due__lt=on)


class Duty(models.Model):
    """One thing one unit owes on one day. Made from schedules and reporting rules; a record of its own.

    `nominal_due` is the day by the rule; `due` the day it falls on once days off are counted
    (Bộ luật Dân sự 2015, Điều 148 khoản 5: a last day off moves to the next working day).
    """

    class Kind(models.TextChoices):
        FINISH = "finish", gettext_lazy("Hoàn thành nhiệm vụ")
        PERIODIC = "periodic", gettext_lazy("Thực hiện định kỳ")
        REPORT = "report", gettext_lazy("Báo cáo nhiệm vụ")
        PLAN_REPORT = "plan_report", gettext_lazy("Báo cáo kế hoạch")
        MILESTONE = "milestone", gettext_lazy("Đạt mốc")
        CALLED = "called", gettext_lazy("Báo cáo theo yêu cầu")

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Chưa xong")
        MET = "met", gettext_lazy("Đã xong")
        CANCELLED = "cancelled", gettext_lazy("Không còn")

    agency = models.ForeignKey(Agency, models.PROTECT, help_text="Cơ quan.")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="duties", help_text="Kế hoạch.")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="duties", help_text="Nhiệm vụ.")
    rule = models.ForeignKey(
        ReportingRule, models.PROTECT, null=True, blank=True, related_name="duties", help_text="Chế độ báo cáo."
    )
    round = models.ForeignKey(
        Round,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        db_index=False,
        help_text="Kỳ báo cáo.",
    )
    kind = models.CharField(max_length=12, choices=Kind, help_text="Loại việc.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties", help_text="Đơn vị phải làm.")
    unit_path = models.CharField(max_length=255, help_text="Đường dẫn của đơn vị.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        help_text="Người phải làm.",
    )
    period = models.CharField(max_length=10, blank=True, help_text="Kỳ, ví dụ 2026-11, 2026-Q4.")
    title = models.TextField(help_text="Việc phải làm.")
    nominal_due = models.DateField(help_text="Hạn theo văn bản.")
    due = models.DateField(help_text="Hạn sau khi dời khỏi ngày nghỉ.")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN, help_text="Tình trạng.")
    met_on = models.DateField(null=True, blank=True, help_text="Ngày xong.")

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["due", "id"]
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["task", "unit", "kind", "period"],
                condition=Q(task__isnull=False) & ~Q(kind="called"),
                name="task_duty_once",
            ),
            models.UniqueConstraint(
                fields=["round", "unit", "task"],
                condition=Q(kind="called", task__isnull=False),
                name="called_task_duty_once",
            ),
            models.UniqueConstraint(
                fields=["rule", "unit", "period"], condition=Q(rule__isnull=False), name="rule_duty_once"
            ),
            models.UniqueConstraint(
                fields=["round", "unit"], condition=Q(kind="called", task=None), name="called_duty_once"
            ),
            models.CheckConstraint(condition=Q(due__gte=F("nominal_due")), name="duty_moves_forward_only"),
            models.CheckConstraint(
                condition=Q(state="met", met_on__isnull=False) | (~Q(state="met") & Q(met_on__isnull=True)),
                name="duty_met_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "due", "id"], condition=Q(state="open"), name="duty_by_person"),
            models.Index(fields=["unit_path", "due", "id"], condition=Q(state="open"), name="duty_by_unit"),
            models.Index(fields=["agency", "due", "id"], name="duty_by_day"),
            # Without the many that belong to no round, for whose sake a database would think a round large.
            models.Index(fields=["round", "unit", "state"], condition=Q(round__isnull=False), name="duty_by_round"),
            # With all that what is owed past its day is counted by.
            models.Index(
                fields=["agency", "due", "id", "kind", "unit", "state"],
                condition=Q(state="open"),
                name="duty_open_by_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def unit_paths(self) -> list[str]:
        """The unit that owes it."""
        return [self.unit_path]

    @property
    def moved(self) -> bool:
        """Whether days off moved the due day."""
        return self.due != self.nominal_due
