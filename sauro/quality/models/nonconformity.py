"""Nonconformities and what is done about them (TCVN ISO 9001:2015, 8.7, 10.2)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from sauro.documents.models import DocumentedInformation
from sauro.monitoring.models import Indicator
from sauro.organization.models import Unit
from sauro.quality.models.base import OPTIONAL, AgencyRecord, folded_of, person_key
from sauro.quality.models.context import ListedProcedure, Process


class Nonconformity(AgencyRecord):
    """A nonconformity from being raised to being closed. Corrective actions are tasks (`QualityAction`).

    `whys`: the chain of questions and answers [{"why", "because"}]; `fishbone`: causes by branch
    {"people": [...], "method": [...], "means": [...], "input": [...], "measure": [...], "environment": [...]}.
    It can be closed only with a correction or corrective action done and the effect judged good.
    """

    class Source(models.TextChoices):
        AUDIT = "audit", gettext_lazy("Đánh giá nội bộ")
        COMPLAINT = "complaint", gettext_lazy("Phản ánh, kiến nghị")
        DOSSIER = "dossier", gettext_lazy("Hồ sơ trễ hạn")
        INDICATOR = "indicator", gettext_lazy("Chỉ tiêu không đạt")
        INSPECTION = "inspection", gettext_lazy("Thanh tra, kiểm tra")
        WORK = "work", gettext_lazy("Tự phát hiện trong công việc")

    class Grade(models.TextChoices):
        MAJOR = "major", gettext_lazy("Nặng")
        MINOR = "minor", gettext_lazy("Nhẹ")

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Chờ xử lý")
        ANALYSED = "analysed", gettext_lazy("Đã có nguyên nhân, hành động")
        DONE = "done", gettext_lazy("Đã xong hành động, chờ kiểm tra hiệu lực")
        CLOSED = "closed", gettext_lazy("Đã đóng")
        CANCELLED = "cancelled", gettext_lazy("Không phải sự không phù hợp")

    code = models.CharField(max_length=20, help_text="Mã, ví dụ KPH-2026-07.")
    year = models.PositiveSmallIntegerField(help_text="Năm.")
    source = models.CharField(max_length=10, choices=Source, help_text="Nguồn phát hiện.")
    grade = models.CharField(max_length=5, choices=Grade, default=Grade.MINOR, help_text="Mức độ.")
    title = models.CharField(max_length=500, help_text="Tóm tắt.")
    text = models.TextField(help_text="Mô tả: trái với yêu cầu nào, bằng chứng gì.")
    folded = models.TextField(blank=True, help_text="Nội dung bỏ dấu, để tìm.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị có sự không phù hợp.")
    unit_path = models.CharField(max_length=255, help_text="Đường dẫn của đơn vị.")
    process = models.ForeignKey(Process, models.PROTECT, related_name="+", help_text="Quá trình.", **OPTIONAL)
    clause = models.CharField(max_length=10, blank=True, help_text="Điều khoản.")
    document = models.ForeignKey(
        DocumentedInformation, models.PROTECT, related_name="+", help_text="Tài liệu bị làm trái.", **OPTIONAL
    )
    procedure = models.ForeignKey(ListedProcedure, models.PROTECT, related_name="+", help_text="Thủ tục.", **OPTIONAL)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", help_text="Chỉ số.", **OPTIONAL)
    raised_on = models.DateField(help_text="Ngày phát hiện.")
    raised_by = person_key("Người phát hiện.")
    due = models.DateField(help_text="Hạn có nguyên nhân và hành động.")
    is_output = models.BooleanField(default=False, help_text="Là đầu ra không phù hợp (8.7).")
    disposition = models.CharField(
        max_length=300, blank=True, help_text="Cách xử lý đầu ra: làm lại, thu hồi, xin lỗi …"
    )
    correction = models.TextField(blank=True, help_text="Khắc phục ngay.")
    corrected_on = models.DateField(help_text="Ngày khắc phục xong.", **OPTIONAL)
    whys = models.JSONField(default=list, help_text="Năm câu hỏi vì sao.")
    fishbone = models.JSONField(default=dict, help_text="Nguyên nhân theo nhánh xương cá.")
    cause = models.TextField(blank=True, help_text="Nguyên nhân gốc.")
    no_action_reason = models.TextField(blank=True, help_text="Vì sao không cần hành động khắc phục.")
    analysed_by = person_key("Người phân tích.", **OPTIONAL)
    analysed_on = models.DateField(help_text="Ngày phân tích.", **OPTIONAL)
    check_after_days = models.PositiveSmallIntegerField(
        default=30, help_text="Kiểm tra hiệu lực sau bao nhiêu ngày từ khi xong hành động."
    )
    done_on = models.DateField(help_text="Ngày xong mọi hành động.", **OPTIONAL)
    check_due = models.DateField(help_text="Ngày kiểm tra hiệu lực.", **OPTIONAL)
    effective = models.BooleanField(null=True, help_text="Hành động có hiệu lực.")
    effect_note = models.TextField(blank=True, help_text="Nhận xét khi kiểm tra hiệu lực.")
    effect_on = models.DateField(help_text="Ngày kiểm tra hiệu lực.", **OPTIONAL)
    effect_by = person_key("Người kiểm tra hiệu lực.", **OPTIONAL)
    repeat_of = models.ForeignKey(
        "self", models.PROTECT, related_name="repeats", help_text="Lặp lại của lần trước.", **OPTIONAL
    )
    state = models.CharField(max_length=9, choices=State, default=State.OPEN, help_text="Trạng thái.")
    closed_on = models.DateField(help_text="Ngày đóng.", **OPTIONAL)
    closed_by = person_key("Người đóng.", **OPTIONAL)
    cancel_reason = models.TextField(blank=True, help_text="Vì sao không phải sự không phù hợp.")

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "nonconformities"
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="nonconformity_code_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="nonconformity_says_what"),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(closed_on__isnull=False, effective=True, effect_on__isnull=False)
                & ~Q(correction="")
                & ~Q(cause=""),
                name="closed_with_correction_and_effect",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["analysed", "done"]) | ~Q(cause=""), name="analysed_has_a_cause"
            ),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(cancel_reason=""), name="cancelled_says_why"),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "-id"], name="nonconformity_by_state"),
            models.Index(fields=["agency", "-raised_on", "-id"], name="nonconformity_newest_first"),
            models.Index(fields=["agency", "due", "id"], name="nonconformity_by_due"),
            models.Index(fields=["agency", "unit_path", "-id"], name="nonconformity_by_unit"),
            models.Index(fields=["agency", "year", "source"], name="nonconformity_by_year"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def unit_paths(self) -> list[str]:
        """The unit in which it happened."""
        return [self.unit_path]

    def save(self, *args: object, **kwargs: object) -> None:
        """As Django's, with the column for search filled in."""
        self.folded = folded_of(self.code, self.title, self.text)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
