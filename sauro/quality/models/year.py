"""The year's cycle and the declaration of conformity (QĐ 19/2014/QĐ-TTg)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from sauro.organization.models import Unit
from sauro.plans.models import Objective, Plan, Task
from sauro.quality.models.base import OPTIONAL, AgencyRecord, person_key
from sauro.quality.models.context import Scope


class YearCycle(AgencyRecord):
    """The plan that keeps the system going through a year; actions of the quality room are tasks of this plan."""

    year = models.PositiveSmallIntegerField(help_text="Năm.")
    plan = models.OneToOneField(Plan, models.PROTECT, related_name="quality_cycle", help_text="Kế hoạch duy trì.")

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="cycle_once_a_year")]

    def __str__(self) -> str:
        return str(self.year)


class CycleStep(models.Model):
    """One of the contents of the yearly cycle, on the wheel; what it is and how far is its task's."""

    cycle = models.ForeignKey(YearCycle, models.CASCADE, related_name="steps", help_text="Năm.")
    order = models.PositiveSmallIntegerField(help_text="Thứ tự.")
    key = models.CharField(max_length=20, help_text="Nội dung của năm.")
    task = models.OneToOneField(Task, models.PROTECT, related_name="cycle_step", help_text="Nhiệm vụ.")

    class Meta:
        ordering = ["cycle", "order"]
        constraints = [models.UniqueConstraint(fields=["cycle", "key"], name="cycle_step_once")]

    def __str__(self) -> str:
        return self.key


class UnitObjectives(AgencyRecord):
    """A unit's own objectives and plan for a year, cascaded from the agency's (TCVN ISO 9001:2015, 6.2)."""

    year = models.PositiveSmallIntegerField(help_text="Năm.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị.")
    plan = models.OneToOneField(Plan, models.PROTECT, related_name="unit_objectives", help_text="Kế hoạch của đơn vị.")

    class Meta:
        ordering = ["-year", "unit"]
        verbose_name_plural = "unit objectives"
        constraints = [models.UniqueConstraint(fields=["agency", "year", "unit"], name="unit_objectives_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"


class Cascade(models.Model):
    """That a unit's objective serves one of the agency's."""

    unit_objective = models.OneToOneField(
        Objective, models.CASCADE, related_name="cascaded_from", help_text="Mục tiêu của đơn vị."
    )
    agency_objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="cascaded_to", help_text="Mục tiêu của cơ quan."
    )

    class Meta:
        ordering = ["agency_objective", "unit_objective"]

    def __str__(self) -> str:
        return f"{self.agency_objective} → {self.unit_objective}"


class ConformityDeclaration(AgencyRecord):
    """A declaration that the system conforms. `checks`: what was asked before, frozen [{key, ok, text}]."""

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("Dự thảo")
        DECLARED = "declared", gettext_lazy("Đã công bố")
        SUPERSEDED = "superseded", gettext_lazy("Đã công bố lại")

    year = models.PositiveSmallIntegerField(help_text="Năm.")
    no = models.PositiveSmallIntegerField(default=1, help_text="Lần công bố.")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="declarations", help_text="Phạm vi công bố.")
    edition = models.CharField(max_length=6, default="2015", help_text="Phiên bản tiêu chuẩn.")
    reason = models.CharField(
        max_length=500, blank=True, help_text="Công bố lần đầu, hằng năm, hay công bố lại vì sao."
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, help_text="Trạng thái.")
    decision_number = models.CharField(max_length=60, blank=True, help_text="Số quyết định công bố.")
    declared_on = models.DateField(help_text="Ngày công bố.", **OPTIONAL)
    declared_by = person_key("Người ký công bố.", **OPTIONAL)
    checks = models.JSONField(default=list, help_text="Kết quả kiểm tra điều kiện lúc công bố.")

    class Meta:
        ordering = ["-no"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "no"], name="declaration_once"),
            models.UniqueConstraint(fields=["agency"], condition=Q(state="draft"), name="one_draft_declaration"),
            models.UniqueConstraint(fields=["agency"], condition=Q(state="declared"), name="one_declaration_in_force"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(declared_on__isnull=False, declared_by__isnull=False),
                name="declared_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} #{self.no}"


class SetUp(AgencyRecord):
    """How far a new agency has come in the first hour. `answers`: what was said in each step {step: data}."""

    answers = models.JSONField(default=dict, help_text="Câu trả lời từng bước.")
    step = models.PositiveSmallIntegerField(default=1, help_text="Bước đang làm.")
    started_by = person_key("Người bắt đầu.")
    finished_at = models.DateTimeField(help_text="Lúc xong.", **OPTIONAL)

    class Meta:
        ordering = ["agency"]
        constraints = [models.UniqueConstraint(fields=["agency"], name="set_up_once")]

    def __str__(self) -> str:
        return str(self.step)


class Publication(AgencyRecord):
    """A frozen copy of what the public page shows, put there by a person. `body`: all that the page needs."""

    class Kind(models.TextChoices):
        POLICY = "policy", gettext_lazy("Chính sách chất lượng")
        OBJECTIVES = "objectives", gettext_lazy("Mục tiêu và kết quả")
        UNIT_OBJECTIVES = "units", gettext_lazy("Mục tiêu, kế hoạch của đơn vị")
        SCOPE = "scope", gettext_lazy("Phạm vi áp dụng")
        PROCEDURES = "procedures", gettext_lazy("Danh mục thủ tục")
        DECLARATION = "declaration", gettext_lazy("Công bố phù hợp")

    kind = models.CharField(max_length=11, choices=Kind, help_text="Nội dung.")
    body = models.JSONField(help_text="Bản chụp nội dung.")
    as_of = models.DateField(help_text="Số liệu đến hết ngày.")
    next_on = models.DateField(help_text="Bản tiếp theo trước ngày.", **OPTIONAL)
    published_at = models.DateTimeField(help_text="Lúc công khai.")
    published_by = person_key("Người duyệt công khai.")
    withdrawn_at = models.DateTimeField(help_text="Lúc gỡ.", **OPTIONAL)

    class Meta:
        ordering = ["kind", "-published_at"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind"], condition=Q(withdrawn_at=None), name="published_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.as_of:%d/%m/%Y}"
