"""Rules that an agency edits: when to warn early, and when to call whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from sauro.organization.models import Agency


class WarningRule(models.Model):
    """One rule of early warning. Which of `days`, `percent`, `periods` it uses depends on `kind`."""

    class Kind(models.TextChoices):
        BEHIND = "behind", gettext_lazy("Sắp đến hạn mà tiến độ còn thấp")
        SILENT = "silent", gettext_lazy("Nhiều kỳ liền không có số liệu")
        UNPROVED = "unproved", gettext_lazy("Đã xong mà thiếu sản phẩm")
        BLOCKED = "blocked", gettext_lazy("Phụ thuộc nhiệm vụ đang chậm")
        UNCLEAR = "unclear", gettext_lazy("Sắp đến hạn mà chưa rõ người")
        FORECAST = "forecast", gettext_lazy("Dự báo không đạt chỉ tiêu")

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="warning_rules", help_text="Cơ quan.")
    kind = models.CharField(max_length=8, choices=Kind, help_text="Cảnh báo điều gì.")
    enabled = models.BooleanField(default=True, help_text="Đang dùng.")
    days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Còn bao nhiêu ngày thì cảnh báo.")
    percent = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Tiến độ dưới bao nhiêu phần trăm.")
    periods = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Bao nhiêu kỳ liền không có số liệu.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind"], name="warning_rule_once"),
            models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="warning_percent"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def unit_paths(self) -> list[str]:
        """A rule belongs to the agency as a whole."""
        return []


class CallRule(models.Model):
    """When a duty that is still open is called for, and to whom: lead times before the due day, escalation after it."""

    class To(models.TextChoices):
        PERSON = "person", gettext_lazy("Người phải làm")
        HEAD = "head", gettext_lazy("Lãnh đạo đơn vị")
        FOCAL = "focal", gettext_lazy("Đơn vị đầu mối")
        LEADER = "leader", gettext_lazy("Lãnh đạo cơ quan")

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="call_rules", help_text="Cơ quan.")
    offset = models.SmallIntegerField(
        help_text="Ngày làm việc so với hạn: số âm là trước hạn, 0 là ngày đến hạn, số dương là sau hạn."
    )
    to = models.CharField(max_length=6, choices=To, help_text="Báo cho ai.")
    enabled = models.BooleanField(default=True, help_text="Đang dùng.")

    class Meta:
        ordering = ["offset", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "offset", "to"], name="call_rule_once"),
            models.CheckConstraint(condition=Q(offset__gte=-60, offset__lte=60), name="call_rule_offset"),
        ]

    def __str__(self) -> str:
        return f"{self.offset:+d} {self.get_to_display()}"

    def unit_paths(self) -> list[str]:
        """A rule belongs to the agency as a whole."""
        return []


class Call(models.Model):
    """That a duty was called for by a rule: each once, whatever the number of times the daily job runs."""

    duty = models.ForeignKey("monitoring.Duty", models.CASCADE, related_name="calls", help_text="Việc đến hạn.")
    offset = models.SmallIntegerField(help_text="Ngày làm việc so với hạn.")
    to = models.CharField(max_length=6, choices=CallRule.To, help_text="Đã báo cho ai.")
    made_on = models.DateField(help_text="Ngày báo.")
    reached = models.PositiveSmallIntegerField(help_text="Số người đã được báo.")

    class Meta:
        ordering = ["made_on", "id"]
        constraints = [models.UniqueConstraint(fields=["duty", "offset", "to"], name="call_once")]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.offset:+d} {self.to}"
