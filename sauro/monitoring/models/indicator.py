"""Indicators with their series, and what is foreseen of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from sauro.monitoring.models.evidence import Evidence
from sauro.monitoring.models.report import Report
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, reach
from sauro.plans.models import Target


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Indicators that a person may see."""

    def visible_to(self, person: Person) -> IndicatorQuerySet:
        """Those of the person's own agency, where the role lets them look at all."""
        return self.filter(agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()


class Indicator(models.Model):
    """How a target is measured: from where to where, by when, how often, by which unit.

    `start`, `low`, `high` and every measurement are in `unit_name`; a share is measured in per cent of a counted whole.
    """

    class Kind(models.TextChoices):
        RISE = "rise", gettext_lazy("Tăng từ mức đầu đến mức cuối")
        FALL = "fall", gettext_lazy("Giảm từ mức đầu đến mức cuối")
        BAND = "band", gettext_lazy("Giữ trong khoảng")
        AT_LEAST = "at_least", gettext_lazy("Không thấp hơn")
        AT_MOST = "at_most", gettext_lazy("Không cao hơn")
        SHARE = "share", gettext_lazy("Tỷ lệ trên tổng số")
        DONE = "done", gettext_lazy("Đã làm hay chưa")

    class Frequency(models.TextChoices):
        MONTH = "month", gettext_lazy("Hằng tháng")
        QUARTER = "quarter", gettext_lazy("Hằng quý")
        HALF = "half", gettext_lazy("6 tháng một lần")
        YEAR = "year", gettext_lazy("Hằng năm")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="indicators", help_text="Cơ quan.")
    target = models.OneToOneField(Target, models.PROTECT, related_name="indicator_set_up", help_text="Chỉ tiêu.")
    kind = models.CharField(max_length=8, choices=Kind, help_text="Loại chỉ tiêu.")
    frequency = models.CharField(
        max_length=7, choices=Frequency, default=Frequency.MONTH, help_text="Bao lâu có số liệu một lần."
    )
    cumulative = models.BooleanField(
        default=False, help_text="Số của mỗi kỳ được cộng dồn từ đầu năm; không thì số mới thay số cũ."
    )
    unit_name = models.CharField(max_length=120, blank=True, help_text="Đơn vị tính.")
    start = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True, help_text="Mức đầu.")
    low = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True, help_text="Mức thấp phải đạt.")
    high = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True, help_text="Mức cao không vượt.")
    starts_on = models.DateField(help_text="Bắt đầu đo từ ngày.")
    due = models.DateField(help_text="Phải đạt chậm nhất ngày.")
    curve = models.JSONField(
        default=dict, blank=True, help_text="Mức dự kiến theo kỳ {kỳ: mức}; trống là đều theo thời gian."
    )
    owner = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        help_text="Đơn vị chịu trách nhiệm số liệu.",
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["target"]
        constraints = [
            models.CheckConstraint(condition=Q(due__gte=F("starts_on")), name="indicator_due_after_start"),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=F("low")),
                name="indicator_low_not_over_high",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(high__isnull=False), name="indicator_has_a_number"
            ),
        ]

    def __str__(self) -> str:
        return str(self.target)

    def unit_paths(self) -> list[str]:
        """The unit that owns the figures."""
        return [self.owner.path] if self.owner else []


class Measurement(models.Model):
    """One figure of one indicator, for one unit (or the whole agency) and one period, with where it comes from.

    `numerator` and `whole` are kept for a share; `value` is then the per cent.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, help_text="Cơ quan.")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measurements", help_text="Chỉ tiêu.")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", help_text="Đơn vị; trống là toàn cơ quan."
    )
    period = models.CharField(max_length=10, help_text="Kỳ số liệu, ví dụ 2026-11, 2026-Q4.")
    value = models.DecimalField(max_digits=24, decimal_places=6, help_text="Số liệu.")
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True, help_text="Số đạt.")
    whole = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True, help_text="Tổng số.")
    source = models.CharField(max_length=300, blank=True, help_text="Nguồn số liệu.")
    note = models.TextField(blank=True, help_text="Ghi chú.")
    report = models.ForeignKey(
        Report, models.SET_NULL, null=True, blank=True, related_name="measurements", help_text="Báo cáo đưa số liệu."
    )
    evidence = models.ForeignKey(
        Evidence, models.SET_NULL, null=True, blank=True, related_name="measurements", help_text="Minh chứng."
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Người ghi.")
    entered_at = models.DateTimeField(help_text="Lúc ghi gần nhất.")

    class Meta:
        ordering = ["indicator", "period"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "unit", "period"], name="measurement_once"),
            models.UniqueConstraint(
                fields=["indicator", "period"], condition=Q(unit=None), name="measurement_of_the_agency_once"
            ),
            models.CheckConstraint(
                condition=Q(whole__isnull=True) | Q(whole__gt=0), name="measurement_whole_is_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.value:f}"

    def unit_paths(self) -> list[str]:
        """The unit that owns the figures."""
        return self.indicator.unit_paths()


class Forecast(models.Model):
    """What is foreseen of an indicator at its due day, made in the background from the figures there were."""

    indicator = models.OneToOneField(Indicator, models.CASCADE, related_name="forecast", help_text="Chỉ tiêu.")
    made_at = models.DateTimeField(help_text="Lúc dự báo.")
    points = models.PositiveSmallIntegerField(help_text="Số kỳ số liệu có được.")
    method = models.CharField(max_length=120, blank=True, help_text="Cách dự báo; trống là chưa đủ số liệu.")
    value = models.DecimalField(
        max_digits=24, decimal_places=6, null=True, blank=True, help_text="Mức có khả năng nhất."
    )
    low = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True, help_text="Cận dưới, 80%.")
    high = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True, help_text="Cận trên, 80%.")
    error = models.DecimalField(
        max_digits=24,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="Sai số trung bình khi thử lại trên số đã qua.",
    )
    path = models.JSONField(default=list, help_text="Từng kỳ tới: [kỳ, mức, cận dưới, cận trên].")

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.value}"
