"""What a document orders for a period."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from sauro.documents.models import IssuedDocument
from sauro.organization.models import Agency, Person, Unit


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans that a person may see."""

    def visible_to(self, person: Person) -> PlanQuerySet:
        """Plans of the person's own agency, where the role lets them look at all."""
        from sauro.organization.policy import Capability, reach

        return self.filter(agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()


class Plan(models.Model):
    """What a document orders for a period. It stays one plan through its revisions."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="plans", help_text="Cơ quan.")
    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="plans", help_text="Văn bản ban hành.")
    number = models.CharField(max_length=60, blank=True, help_text="Số, ký hiệu văn bản.")
    title = models.CharField(max_length=1000, help_text="Tên kế hoạch.")
    folded = models.CharField(max_length=1100, help_text="Số và tên bỏ dấu, để tìm.")
    sort_key = models.CharField(max_length=900, help_text="Khóa xếp theo tên.")
    starts_on = models.DateField(help_text="Ngày đầu của thời kỳ.")
    ends_on = models.DateField(help_text="Ngày cuối của thời kỳ.")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="own_plans",
        help_text="Đơn vị có kế hoạch; trống là kế hoạch của cơ quan.",
    )  # fmt: skip
    authority = models.CharField(
        max_length=200, blank=True, help_text="Cấp phê duyệt kết quả khi nhiệm vụ không ghi riêng."
    )
    revision = models.PositiveSmallIntegerField(default=1, help_text="Lần sửa đổi đang có hiệu lực.")
    adopted_at = models.DateTimeField(auto_now_add=True, help_text="Lúc thông qua.")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="plan_period_runs_on")
        ]
        indexes = [models.Index(fields=["agency", "-starts_on", "-id"], name="plan_by_period")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Number and title."""
        return f"{self.number} {self.title}".strip()

    def unit_paths(self) -> list[str]:
        """A plan belongs to the agency as a whole, or to the unit that made it for itself."""
        return [self.unit.path] if self.unit else []


class PlanRevision(models.Model):
    """One state of a plan, frozen as it was adopted."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="revisions", help_text="Kế hoạch.")
    no = models.PositiveSmallIntegerField(help_text="Lần: 1 là ban đầu.")
    document = models.ForeignKey(
        IssuedDocument,
        models.PROTECT,
        null=True,
        related_name="revisions",
        help_text="Văn bản; trống khi sửa đổi theo đề nghị đã được duyệt mà chưa ban hành văn bản.",
    )
    draft = models.JSONField(help_text="Toàn bộ nội dung kế hoạch của lần này.")
    changes = models.JSONField(default=list, help_text="Khác lần trước ở đâu.")
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Người thông qua."
    )
    adopted_at = models.DateTimeField(auto_now_add=True, help_text="Lúc thông qua.")

    class Meta:
        ordering = ["plan", "no"]
        constraints = [models.UniqueConstraint(fields=["plan", "no"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.plan.number} #{self.no}"


class TaskGroup(models.Model):
    """A heading under which a plan puts tasks."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="groups", help_text="Kế hoạch.")
    title = models.CharField(max_length=1000, help_text="Tên nhóm.")
    order = models.PositiveSmallIntegerField(help_text="Thứ tự.")

    class Meta:
        ordering = ["plan", "order"]
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="group_order_once")]

    def __str__(self) -> str:
        return self.title


class Objective(models.Model):
    """A wish in words (TCVN ISO 9001:2015, 6.2)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="objectives", help_text="Kế hoạch.")
    order = models.PositiveSmallIntegerField(help_text="Thứ tự.")
    ref = models.CharField(max_length=40, blank=True, help_text="Số mục.")
    text = models.TextField(help_text="Mục tiêu.")
    items = models.JSONField(default=list, help_text="Các ý.")
    folded = models.TextField(default="", help_text="Số mục, mục tiêu và các ý bỏ dấu, để tìm.")
    measurement = models.TextField(blank=True, help_text="Đo lường.")
    starts_on = models.DateField(null=True, blank=True, help_text="Ngày bắt đầu.")
    ends_on = models.DateField(null=True, blank=True, help_text="Ngày hoàn thành.")
    ended_in = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Lần sửa đổi đã bỏ mục tiêu này.")

    class Meta:
        ordering = ["plan", "order"]

    def __str__(self) -> str:
        return self.text[:200]

    @property
    def agency_id(self) -> int:
        """The plan's."""
        return self.plan.agency_id

    def unit_paths(self) -> list[str]:
        """An objective belongs to the agency as a whole."""
        return []


class Target(models.Model):
    """A number to reach. `low`, `high` in `unit`; which of them is set depends on `comparator`."""

    class Comparator(models.TextChoices):
        AT_LEAST = ">=", gettext_lazy("tối thiểu")
        MORE = ">", gettext_lazy("trên")
        AT_MOST = "<=", gettext_lazy("tối đa")
        LESS = "<", gettext_lazy("dưới")
        EQUAL = "=", gettext_lazy("đạt")
        RANGE = "range", gettext_lazy("trong khoảng")
        ABOUT = "approx", gettext_lazy("khoảng")

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="targets", help_text="Mục tiêu.")
    agency = models.ForeignKey(Agency, models.PROTECT, help_text="Cơ quan.")
    order = models.PositiveSmallIntegerField(help_text="Thứ tự.")
    indicator = models.TextField(help_text="Chỉ tiêu.")
    folded = models.TextField(help_text="Chỉ tiêu bỏ dấu, để tìm.")
    comparator = models.CharField(max_length=6, choices=Comparator, help_text="So sánh.")
    low = models.DecimalField(max_digits=24, decimal_places=6, null=True, help_text="Mức thấp.")
    high = models.DecimalField(max_digits=24, decimal_places=6, null=True, help_text="Mức cao.")
    unit = models.CharField(max_length=120, blank=True, help_text="Đơn vị tính.")
    direction = models.CharField(max_length=8, blank=True, help_text="Tăng hay giảm so với năm gốc.")
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Năm gốc.")
    period = models.CharField(max_length=40, blank=True, help_text="Thời kỳ.")
    source_text = models.TextField(blank=True, help_text="Nguyên văn.")

    class Meta:
        ordering = ["objective", "order"]
        constraints = [
            models.CheckConstraint(condition=Q(low__isnull=False) | Q(high__isnull=False), name="target_has_a_number"),
            models.CheckConstraint(
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=models.F("low")),
                name="target_low_not_over_high",
            ),
        ]

    def __str__(self) -> str:
        return self.indicator[:200]


class ReportingRule(models.Model):
    """Who reports on the plan, to whom, when: the prose of the document as a rule."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="reporting_rules", help_text="Kế hoạch.")
    order = models.PositiveSmallIntegerField(help_text="Thứ tự.")
    who = models.CharField(max_length=500, help_text="Ai báo cáo, theo văn bản.")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", help_text="Đơn vị báo cáo.")
    to = models.CharField(max_length=500, blank=True, help_text="Báo cáo ai.")
    via = models.CharField(max_length=500, blank=True, help_text="Qua đơn vị nào.")
    via_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", help_text="Đơn vị đầu mối."
    )
    schedule_text = models.CharField(max_length=500, help_text="Thời hạn theo văn bản.")
    period = models.CharField(max_length=8, blank=True, help_text="Kỳ: month, quarter, half, year.")
    before_day = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Trước ngày mấy.")
    of = models.CharField(max_length=60, blank=True, help_text="Của tháng nào.")
    text = models.TextField(blank=True, help_text="Nguyên văn.")
    ended_in = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Lần sửa đổi đã bỏ chế độ này.")

    class Meta:
        ordering = ["plan", "order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(before_day__isnull=True) | Q(before_day__range=(1, 31)), name="rule_day_of_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.schedule_text}"
