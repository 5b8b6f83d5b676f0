"""What is kept of a task beside its reports: money, its own measures, and where else it was told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sauro.monitoring.models.report import Report
from sauro.organization.models import Agency
from sauro.plans.models import Task


class BudgetEntry(models.Model):
    """Money of a task in one quarter, in million đồng: what was registered and what was paid out."""

    agency = models.ForeignKey(Agency, models.PROTECT, help_text="Cơ quan.")
    task = models.ForeignKey(Task, models.PROTECT, related_name="budget", help_text="Nhiệm vụ.")
    quarter = models.CharField(max_length=7, help_text="Quý, ví dụ 2026-Q4.")
    source = models.CharField(max_length=200, blank=True, help_text="Nguồn kinh phí.")
    registered = models.DecimalField(max_digits=18, decimal_places=3, default=0, help_text="Đăng ký, triệu đồng.")
    disbursed = models.DecimalField(max_digits=18, decimal_places=3, default=0, help_text="Giải ngân, triệu đồng.")

    class Meta:
        ordering = ["task", "quarter", "source"]
        verbose_name_plural = "budget entries"
        constraints = [
            models.UniqueConstraint(fields=["task", "quarter", "source"], name="budget_once_a_quarter"),
            models.CheckConstraint(condition=Q(registered__gte=0, disbursed__gte=0), name="budget_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.quarter}: {self.disbursed}/{self.registered}"

    def unit_paths(self) -> list[str]:
        """The task's."""
        return self.task.unit_paths()


class TaskMeasure(models.Model):
    """A KPI of one task: what it has to reach and where it stands, in `unit_name`."""

    agency = models.ForeignKey(Agency, models.PROTECT, help_text="Cơ quan.")
    task = models.ForeignKey(Task, models.PROTECT, related_name="measures", help_text="Nhiệm vụ.")
    order = models.PositiveSmallIntegerField(help_text="Thứ tự.")
    name = models.CharField(max_length=300, help_text="Tên chỉ số.")
    unit_name = models.CharField(max_length=60, blank=True, help_text="Đơn vị tính.")
    wanted = models.DecimalField(max_digits=24, decimal_places=6, help_text="Mức phải đạt.")
    reached = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True, help_text="Mức đã đạt.")
    reached_on = models.DateField(null=True, blank=True, help_text="Ngày của mức đã đạt.")

    class Meta:
        ordering = ["task", "order"]
        constraints = [
            models.UniqueConstraint(fields=["task", "order"], name="measure_order_once"),
            models.CheckConstraint(
                condition=Q(reached__isnull=True) | Q(reached_on__isnull=False), name="measure_reached_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def unit_paths(self) -> list[str]:
        """The task's."""
        return self.task.unit_paths()


class MeasureFigure(models.Model):
    """What a KPI had reached as one report, or one person without a report, said it. The latest of them stands on the
    KPI itself; the others are what it falls back to where a report is withdrawn."""

    measure = models.ForeignKey(TaskMeasure, models.CASCADE, related_name="figures", help_text="Chỉ số.")
    report = models.ForeignKey(
        Report,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measure_figures",
        help_text="Báo cáo đưa số; trống khi ghi ở trang nhiệm vụ.",
    )
    level = models.DecimalField(
        max_digits=24, decimal_places=6, null=True, blank=True, help_text="Mức đã đạt; trống khi đã xóa."
    )
    told_on = models.DateField(help_text="Ngày của mức đã đạt.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "report"], condition=Q(report__isnull=False), name="measure_figure_once_a_report"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.level}"

    def unit_paths(self) -> list[str]:
        """The task's."""
        return self.measure.unit_paths()


class OutsideUpdate(models.Model):
    """That a task's result was typed into a tracking system elsewhere: "đã cập nhật", and on which day."""

    agency = models.ForeignKey(Agency, models.PROTECT, help_text="Cơ quan.")
    task = models.ForeignKey(Task, models.PROTECT, related_name="outside_updates", help_text="Nhiệm vụ.")
    system = models.CharField(max_length=120, help_text="Hệ thống theo dõi, ví dụ hệ thống theo dõi Nghị quyết 57.")
    period = models.CharField(max_length=10, help_text="Kỳ báo cáo đã cập nhật.")
    updated_on = models.DateField(help_text="Ngày đã cập nhật.")
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Người cập nhật."
    )

    class Meta:
        ordering = ["-updated_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["task", "system", "period"], name="outside_update_once")]

    def __str__(self) -> str:
        return f"{self.system} {self.period}"

    def unit_paths(self) -> list[str]:
        """The task's."""
        return self.task.unit_paths()
