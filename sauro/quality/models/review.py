"""Management review, outside providers (TCVN ISO 9001:2015, 9.3, 8.4)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from sauro.organization.models import Unit
from sauro.quality.models.base import OPTIONAL, AgencyRecord, folded_of, person_key


class Supplier(AgencyRecord):
    """Someone outside who provides what the agency's services depend on, evaluated each year (8.4)."""

    name = models.CharField(max_length=300, help_text="Bên cung cấp.")
    provides = models.CharField(max_length=500, help_text="Cung cấp gì.")
    folded = models.CharField(max_length=900, blank=True, help_text="Tên, nội dung bỏ dấu, để tìm.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị theo dõi.", **OPTIONAL)
    criteria = models.TextField(blank=True, help_text="Tiêu chí đánh giá.")
    ended_on = models.DateField(help_text="Ngày thôi sử dụng.", **OPTIONAL)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="supplier_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """As Django's, with the column for search filled in."""
        self.folded = folded_of(self.name, self.provides)[:900]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class SupplierEvaluation(models.Model):
    """One evaluation of an outside provider."""

    class Result(models.TextChoices):
        GOOD = "good", gettext_lazy("Đạt")
        WATCH = "watch", gettext_lazy("Đạt, cần theo dõi")
        BAD = "bad", gettext_lazy("Không đạt")

    supplier = models.ForeignKey(Supplier, models.CASCADE, related_name="evaluations", help_text="Bên cung cấp.")
    on = models.DateField(help_text="Ngày đánh giá.")
    by = person_key("Người đánh giá.")
    result = models.CharField(max_length=5, choices=Result, help_text="Kết quả.")
    note = models.TextField(blank=True, help_text="Nhận xét.")

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.supplier} {self.on:%d/%m/%Y}"

    @property
    def agency_id(self) -> int:
        """The provider's."""
        return self.supplier.agency_id


class ManagementReview(AgencyRecord):
    """One review by the top management."""

    class State(models.TextChoices):
        PLANNED = "planned", gettext_lazy("Đang chuẩn bị")
        FROZEN = "frozen", gettext_lazy("Đã chốt số liệu đầu vào")
        HELD = "held", gettext_lazy("Đã họp, có kết luận")

    year = models.PositiveSmallIntegerField(help_text="Năm.")
    no = models.PositiveSmallIntegerField(default=1, help_text="Lần trong năm.")
    planned_on = models.DateField(help_text="Ngày họp dự kiến.")
    held_on = models.DateField(help_text="Ngày họp.", **OPTIONAL)
    place = models.CharField(max_length=200, blank=True, help_text="Địa điểm.")
    chair = person_key("Người chủ trì.", **OPTIONAL)
    secretary = person_key("Thư ký.", **OPTIONAL)
    agenda = models.TextField(blank=True, help_text="Chương trình, mỗi dòng một mục.")
    attendees = models.TextField(blank=True, help_text="Thành phần, mỗi dòng một người.")
    minutes = models.TextField(blank=True, help_text="Diễn biến, ý kiến.")
    conclusion = models.TextField(blank=True, help_text="Kết luận về hệ thống: phù hợp, đủ, có hiệu lực.")
    frozen_at = models.DateTimeField(help_text="Lúc chốt số liệu.", **OPTIONAL)
    frozen_by = person_key("Người chốt số liệu.", **OPTIONAL)
    state = models.CharField(max_length=7, choices=State, default=State.PLANNED, help_text="Trạng thái.")

    class Meta:
        ordering = ["-year", "-no"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "no"], name="review_once"),
            models.CheckConstraint(
                condition=Q(state="planned") | Q(frozen_at__isnull=False), name="review_inputs_frozen"
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_on__isnull=False) & ~Q(conclusion=""), name="review_concludes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}.{self.no}"


class ReviewInput(models.Model):
    """One input of a review (9.3.2). `figures`: rows [[label, value, note]] as they stood on `as_of`."""

    review = models.ForeignKey(ManagementReview, models.CASCADE, related_name="inputs", help_text="Lần xem xét.")
    key = models.CharField(max_length=20, help_text="Loại đầu vào.")
    order = models.PositiveSmallIntegerField(help_text="Thứ tự.")
    figures = models.JSONField(default=list, help_text="Số liệu [[nội dung, giá trị, ghi chú]].")
    remark = models.TextField(blank=True, help_text="Nhận xét của người chuẩn bị.")
    as_of = models.DateField(help_text="Số liệu đến hết ngày.")

    class Meta:
        ordering = ["review", "order"]
        constraints = [models.UniqueConstraint(fields=["review", "key"], name="review_input_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def agency_id(self) -> int:
        """The review's."""
        return self.review.agency_id


class ReviewDecision(models.Model):
    """One decision of a review (9.3.3); it becomes a task through `QualityAction`."""

    class About(models.TextChoices):
        IMPROVEMENT = "improvement", gettext_lazy("Cơ hội cải tiến")
        SYSTEM = "system", gettext_lazy("Thay đổi hệ thống")
        RESOURCES = "resources", gettext_lazy("Nguồn lực")

    review = models.ForeignKey(ManagementReview, models.CASCADE, related_name="decisions", help_text="Lần xem xét.")
    order = models.PositiveSmallIntegerField(help_text="Thứ tự.")
    about = models.CharField(max_length=11, choices=About, default=About.IMPROVEMENT, help_text="Về việc gì.")
    text = models.TextField(help_text="Quyết định.")

    class Meta:
        ordering = ["review", "order"]
        constraints = [models.UniqueConstraint(fields=["review", "order"], name="review_decision_once")]

    def __str__(self) -> str:
        return self.text[:200]

    @property
    def agency_id(self) -> int:
        """The review's."""
        return self.review.agency_id

    def unit_paths(self) -> list[str]:
        """A decision of the agency as a whole."""
        return []
