"""What an agency says of the standard's clauses. The clauses themselves are data by edition: `sauro.quality.ready`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from sauro.documents.models import DocumentedInformation, RecordSeries
from sauro.organization.models import Unit
from sauro.quality.models.base import OPTIONAL, AgencyRecord, person_key
from sauro.quality.models.context import Process


class Applicability(AgencyRecord):
    """That a clause does not apply to the agency, with its justification (TCVN ISO 9001:2015, 4.3)."""

    edition = models.CharField(max_length=6, default="2015", help_text="Phiên bản tiêu chuẩn.")
    clause = models.CharField(max_length=10, help_text="Điều khoản.")
    applies = models.BooleanField(default=True, help_text="Có áp dụng.")
    justification = models.TextField(blank=True, help_text="Lý do không áp dụng.")
    decided_by = person_key("Người quyết định.")
    decided_on = models.DateField(help_text="Ngày quyết định.")

    class Meta:
        ordering = ["clause"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "edition", "clause"], name="applicability_once"),
            models.CheckConstraint(condition=Q(applies=True) | ~Q(justification=""), name="not_applying_says_why"),
        ]

    def __str__(self) -> str:
        return self.clause


class ClauseAnswer(AgencyRecord):
    """What answers a clause, laid down by a person beside what the software finds by itself; the unit that owns it."""

    edition = models.CharField(max_length=6, default="2015", help_text="Phiên bản tiêu chuẩn.")
    clause = models.CharField(max_length=10, help_text="Điều khoản.")
    document = models.ForeignKey(
        DocumentedInformation, models.CASCADE, related_name="+", help_text="Tài liệu.", **OPTIONAL
    )
    process = models.ForeignKey(Process, models.CASCADE, related_name="+", help_text="Quá trình.", **OPTIONAL)
    records = models.ForeignKey(RecordSeries, models.CASCADE, related_name="+", help_text="Hồ sơ.", **OPTIONAL)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị chịu trách nhiệm.", **OPTIONAL)
    note = models.CharField(max_length=500, blank=True, help_text="Ghi chú, bằng chứng khác.")

    class Meta:
        ordering = ["clause", "id"]
        indexes = [models.Index(fields=["agency", "edition", "clause"], name="answer_by_clause")]
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False)
                | Q(process__isnull=False)
                | Q(records__isnull=False)
                | Q(unit__isnull=False)
                | ~Q(note=""),
                name="answer_is_something",
            )
        ]

    def __str__(self) -> str:
        return self.clause


class ClimateRelevance(AgencyRecord):
    """Whether climate change matters to the agency's system, judged every year (ISO 9001:2015/Amd 1:2024, 4.1)."""

    class Answer(models.TextChoices):
        RELEVANT = "yes", gettext_lazy("Có liên quan")
        NOT_RELEVANT = "no", gettext_lazy("Không liên quan")

    year = models.PositiveSmallIntegerField(help_text="Năm.")
    answer = models.CharField(max_length=3, choices=Answer, help_text="Kết luận.")
    reason = models.TextField(help_text="Căn cứ của kết luận.")
    decided_by = person_key("Người kết luận.")
    decided_on = models.DateField(help_text="Ngày kết luận.")

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="climate_once_a_year"),
            models.CheckConstraint(condition=~Q(reason=""), name="climate_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.get_answer_display()}"
