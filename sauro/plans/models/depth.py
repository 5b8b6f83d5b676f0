"""What a large task holds beyond its row in the document, what it waits for, and how its day moved."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from sauro.organization.models import Unit
from sauro.plans.models.plan import PlanRevision
from sauro.plans.models.task import Task


class LargeTask(models.Model):
    """The components that a large task must have; its quarterly milestones are the task's `milestones`."""

    task = models.OneToOneField(Task, models.CASCADE, related_name="large", help_text="Nhiệm vụ.")
    initiative = models.TextField(blank=True, help_text="Sáng kiến, việc lớn.")
    problem = models.TextField(blank=True, help_text="Vấn đề cần giải quyết.")
    product = models.TextField(blank=True, help_text="Sản phẩm chính.")
    measures = models.TextField(blank=True, help_text="Giải pháp thực hiện.")
    receiving_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", help_text="Đơn vị tiếp nhận sản phẩm."
    )

    def __str__(self) -> str:
        return str(self.task)


class TaskDependency(models.Model):
    """That a task can't be finished before another."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="waits_for", help_text="Nhiệm vụ phải chờ.")
    on = models.ForeignKey(Task, models.CASCADE, related_name="waited_for_by", help_text="Nhiệm vụ phải xong trước.")

    class Meta:
        verbose_name_plural = "task dependencies"
        constraints = [
            models.UniqueConstraint(fields=["task", "on"], name="dependency_once"),
            models.CheckConstraint(condition=~Q(task=F("on")), name="dependency_on_another"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} → {self.on_id}"


class DueChange(models.Model):
    """That a task's deadline moved: both days stay, so that a moved deadline never hides lateness."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="due_changes", help_text="Nhiệm vụ.")
    revision = models.ForeignKey(PlanRevision, models.PROTECT, related_name="due_changes", help_text="Lần sửa đổi.")
    before = models.DateField(null=True, blank=True, help_text="Hạn trước khi đổi.")
    after = models.DateField(null=True, blank=True, help_text="Hạn sau khi đổi.")
    changed_on = models.DateField(help_text="Ngày đổi.")

    class Meta:
        ordering = ["changed_on", "id"]
        constraints = [models.UniqueConstraint(fields=["task", "revision"], name="due_change_once_a_revision")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
