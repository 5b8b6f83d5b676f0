"""The consolidated report that the focal unit writes of a round, and the templates it is written with."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from sauro.files.models import StoredFile
from sauro.monitoring.models.report import Report
from sauro.monitoring.models.round import Round
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, reach
from sauro.plans.models import Task


class TemplateQuerySet(models.QuerySet["ReportTemplate"]):
    """Templates that a person may see."""

    def visible_to(self, person: Person) -> TemplateQuerySet:
        """Those of the person's own agency, where the role lets them look at all."""
        return self.filter(agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()


class ReportTemplate(models.Model):
    """One version of a Word template that an agency uploaded. A version is never changed; a new one takes its place."""

    class Kind(models.TextChoices):
        CONSOLIDATED = "consolidated", gettext_lazy("Báo cáo tổng hợp")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="report_templates", help_text="Cơ quan.")
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.CONSOLIDATED, help_text="Dùng cho báo cáo nào.")
    name = models.CharField(max_length=200, help_text="Tên mẫu.")
    version = models.PositiveSmallIntegerField(help_text="Bản số.")
    file = models.ForeignKey(StoredFile, models.PROTECT, help_text="Tệp .docx.")
    placeholders = models.JSONField(default=list, help_text="Các chỗ điền có trong mẫu.")
    is_active = models.BooleanField(default=True, help_text="Còn dùng.")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Người tải lên."
    )
    uploaded_at = models.DateTimeField(auto_now_add=True, help_text="Lúc tải lên.")

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-version"]
        constraints = [models.UniqueConstraint(fields=["agency", "name", "version"], name="template_version_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    def unit_paths(self) -> list[str]:
        """A template belongs to the agency as a whole."""
        return []


class Consolidation(models.Model):
    """What the focal unit writes of a round. `written` is what the software gathered, section by section; `edited` what
    a person made of it and regenerating never touches."""

    agency = models.ForeignKey(Agency, models.PROTECT, help_text="Cơ quan.")
    round = models.OneToOneField(Round, models.PROTECT, related_name="consolidation", help_text="Kỳ báo cáo.")
    template = models.ForeignKey(
        ReportTemplate, models.PROTECT, null=True, blank=True, related_name="+", help_text="Mẫu đã dùng."
    )
    written = models.JSONField(default=dict, help_text="Phần phần mềm tổng hợp {mục: nội dung}.")
    edited = models.JSONField(default=dict, help_text="Phần người đã sửa {mục: nội dung}.")
    version = models.PositiveIntegerField(default=0, help_text="Lần lưu.")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", help_text="Tệp Word đã tạo."
    )
    generated_at = models.DateTimeField(null=True, blank=True, help_text="Lúc tạo tệp gần nhất.")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Người sửa gần nhất."
    )
    changed_at = models.DateTimeField(auto_now=True, help_text="Lúc sửa gần nhất.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=True) | Q(generated_at__isnull=False), name="consolidation_file_has_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.round)

    def unit_paths(self) -> list[str]:
        """The round's."""
        return self.round.unit_paths()


class Reconciliation(models.Model):
    """Which of two units' differing words on one task the focal unit takes in a round, and why."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="reconciliations", help_text="Kỳ báo cáo.")
    task = models.ForeignKey(Task, models.PROTECT, related_name="+", help_text="Nhiệm vụ.")
    taken = models.ForeignKey(Report, models.PROTECT, related_name="+", help_text="Báo cáo được lấy.")
    reason = models.TextField(blank=True, help_text="Lý do.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Người quyết định."
    )
    decided_at = models.DateTimeField(help_text="Lúc quyết định.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "task"], name="reconciliation_once")]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.task_id}"

    @property
    def agency_id(self) -> int:
        """The round's."""
        return self.round.agency_id

    def unit_paths(self) -> list[str]:
        """The round's."""
        return self.round.unit_paths()
