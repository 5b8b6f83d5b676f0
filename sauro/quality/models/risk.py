"""Risks and opportunities (TCVN ISO 9001:2015, 6.1): two registers of one shape."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from sauro.organization.models import Unit
from sauro.quality.models.base import OPTIONAL, AgencyRecord, folded_of, person_key
from sauro.quality.models.context import Process


class RiskScale(AgencyRecord):
    """The agency's own scales: words for each step of likelihood and severity, and from which score a risk is medium
    or high. `likelihood`, `severity`: words for 1, 2, 3 …, least first."""

    kind = models.CharField(max_length=11, default="risk", help_text="Rủi ro hay cơ hội.")
    likelihood = models.JSONField(default=list, help_text="Các mức khả năng, thấp trước.")
    severity = models.JSONField(default=list, help_text="Các mức hậu quả hoặc lợi ích, nhẹ trước.")
    medium_from = models.PositiveSmallIntegerField(default=6, help_text="Từ điểm này là trung bình.")
    high_from = models.PositiveSmallIntegerField(default=12, help_text="Từ điểm này là cao.")

    class Meta:
        ordering = ["agency", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind"], name="risk_scale_once"),
            models.CheckConstraint(condition=Q(high_from__gt=models.F("medium_from")), name="high_over_medium"),
        ]

    def __str__(self) -> str:
        return self.kind


class Risk(AgencyRecord):
    """A risk or an opportunity. Its actions are tasks (`QualityAction`); the score is likelihood × severity."""

    class Kind(models.TextChoices):
        RISK = "risk", gettext_lazy("Rủi ro")
        OPPORTUNITY = "opportunity", gettext_lazy("Cơ hội")

    class Treatment(models.TextChoices):
        AVOID = "avoid", gettext_lazy("Tránh")
        REDUCE = "reduce", gettext_lazy("Giảm")
        SHARE = "share", gettext_lazy("Chia sẻ")
        ACCEPT = "accept", gettext_lazy("Chấp nhận, theo dõi")
        PURSUE = "pursue", gettext_lazy("Tận dụng")

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Đang theo dõi")
        CLOSED = "closed", gettext_lazy("Đã đóng")

    kind = models.CharField(max_length=11, choices=Kind, help_text="Rủi ro hay cơ hội.")
    code = models.CharField(max_length=20, help_text="Mã.")
    title = models.CharField(max_length=500, help_text="Rủi ro hoặc cơ hội.")
    cause = models.TextField(blank=True, help_text="Nguyên nhân, bối cảnh.")
    consequence = models.TextField(blank=True, help_text="Hậu quả hoặc lợi ích.")
    folded = models.TextField(blank=True, help_text="Nội dung bỏ dấu, để tìm.")
    process = models.ForeignKey(Process, models.PROTECT, related_name="risks", help_text="Quá trình.", **OPTIONAL)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị chịu trách nhiệm.")
    owner = person_key("Người theo dõi.", **OPTIONAL)
    likelihood = models.PositiveSmallIntegerField(help_text="Khả năng ban đầu.")
    severity = models.PositiveSmallIntegerField(help_text="Hậu quả, lợi ích ban đầu.")
    now_likelihood = models.PositiveSmallIntegerField(help_text="Khả năng hiện tại.")
    now_severity = models.PositiveSmallIntegerField(help_text="Hậu quả, lợi ích hiện tại.")
    score = models.GeneratedField(
        expression=models.F("now_likelihood") * models.F("now_severity"),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    treatment = models.CharField(max_length=8, choices=Treatment, default=Treatment.REDUCE, help_text="Cách xử lý.")
    controls = models.TextField(blank=True, help_text="Biện pháp đang có.")
    raised_on = models.DateField(help_text="Ngày nhận diện.")
    raised_by = person_key("Người nhận diện.")
    review_months = models.PositiveSmallIntegerField(default=6, help_text="Bao nhiêu tháng xem xét một lần.")
    review_on = models.DateField(help_text="Ngày phải xem xét lần tới.")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN, help_text="Tình trạng.")
    closed_on = models.DateField(help_text="Ngày đóng.", **OPTIONAL)
    closing_note = models.TextField(blank=True, help_text="Vì sao đóng.")

    class Meta:
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="risk_code_once"),
            models.CheckConstraint(
                condition=Q(
                    likelihood__range=(1, 9),
                    severity__range=(1, 9),
                    now_likelihood__range=(1, 9),
                    now_severity__range=(1, 9),
                ),
                name="risk_on_the_scale",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True)
                | Q(state="closed", closed_on__isnull=False) & ~Q(closing_note=""),
                name="risk_closed_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "kind", "state", "-score", "id"], name="risk_by_score"),
            models.Index(fields=["agency", "state", "review_on"], name="risk_by_review"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def save(self, *args: object, **kwargs: object) -> None:
        """As Django's, with the column for search filled in."""
        self.folded = folded_of(self.code, self.title, self.cause, self.consequence)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class RiskReview(models.Model):
    """One review of a risk: where it stands after what was done, and whether that worked (6.1.2 b 2)."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="reviews", help_text="Rủi ro, cơ hội.")
    on = models.DateField(help_text="Ngày xem xét.")
    by = person_key("Người xem xét.")
    likelihood = models.PositiveSmallIntegerField(help_text="Khả năng.")
    severity = models.PositiveSmallIntegerField(help_text="Hậu quả, lợi ích.")
    effective = models.BooleanField(null=True, help_text="Hành động có hiệu lực; trống là chưa kết luận được.")
    note = models.TextField(blank=True, help_text="Nhận xét.")

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.risk} {self.on:%d/%m/%Y}"

    @property
    def agency_id(self) -> int:
        """The risk's."""
        return self.risk.agency_id
