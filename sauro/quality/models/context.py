"""Context of the agency, its interested parties, scope and processes (TCVN ISO 9001:2015, clause 4)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from sauro.documents.models import DocumentedInformation
from sauro.monitoring.models import Indicator
from sauro.organization.models import Unit
from sauro.quality.models.base import OPTIONAL, AgencyRecord, folded_of, person_key


class ContextIssue(AgencyRecord):
    """An internal or external issue that matters to the system (4.1)."""

    class Kind(models.TextChoices):
        INTERNAL = "internal", gettext_lazy("Nội bộ")
        EXTERNAL = "external", gettext_lazy("Bên ngoài")

    class Effect(models.TextChoices):
        GOOD = "good", gettext_lazy("Thuận lợi")
        BAD = "bad", gettext_lazy("Khó khăn")

    kind = models.CharField(max_length=8, choices=Kind, help_text="Nội bộ hay bên ngoài.")
    effect = models.CharField(max_length=4, choices=Effect, help_text="Thuận lợi hay khó khăn.")
    text = models.TextField(help_text="Vấn đề.")
    response = models.TextField(blank=True, help_text="Cách theo dõi, ứng phó.")
    folded = models.TextField(blank=True, help_text="Nội dung bỏ dấu, để tìm.")
    reviewed_on = models.DateField(help_text="Ngày xem xét gần nhất.")
    ended_on = models.DateField(help_text="Ngày không còn.", **OPTIONAL)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="context_issue_says_what")]

    def __str__(self) -> str:
        return self.text[:200]

    def save(self, *args: object, **kwargs: object) -> None:
        """As Django's, with the column for search filled in."""
        self.folded = folded_of(self.text, self.response)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class InterestedParty(AgencyRecord):
    """Someone whose needs matter to the system, and how they are watched (4.2)."""

    class Kind(models.TextChoices):
        CITIZEN = "citizen", gettext_lazy("Người dân, doanh nghiệp")
        ABOVE = "above", gettext_lazy("Cơ quan cấp trên")
        PEER = "peer", gettext_lazy("Cơ quan phối hợp")
        STAFF = "staff", gettext_lazy("Công chức, viên chức, người lao động")
        SUPPLIER = "supplier", gettext_lazy("Bên cung cấp")
        OTHER = "other", gettext_lazy("Khác")

    kind = models.CharField(max_length=8, choices=Kind, help_text="Nhóm.")
    name = models.CharField(max_length=300, help_text="Bên quan tâm.")
    needs = models.TextField(help_text="Nhu cầu, mong đợi.")
    response = models.TextField(blank=True, help_text="Cách đáp ứng, theo dõi.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị theo dõi.", **OPTIONAL)
    folded = models.TextField(blank=True, help_text="Nội dung bỏ dấu, để tìm.")
    reviewed_on = models.DateField(help_text="Ngày xem xét gần nhất.")
    ended_on = models.DateField(help_text="Ngày không còn.", **OPTIONAL)

    class Meta:
        ordering = ["kind", "name"]
        verbose_name_plural = "interested parties"
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], condition=Q(ended_on=None), name="party_once"),
            models.CheckConstraint(condition=~Q(needs=""), name="party_needs_something"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """As Django's, with the column for search filled in."""
        self.folded = folded_of(self.name, self.needs, self.response)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Process(AgencyRecord):
    """A process of the system with its inputs, outputs, owner and indicators (4.4)."""

    class Kind(models.TextChoices):
        MANAGEMENT = "management", gettext_lazy("Quá trình lãnh đạo, quản lý")
        CORE = "core", gettext_lazy("Quá trình chính")
        SUPPORT = "support", gettext_lazy("Quá trình hỗ trợ")

    code = models.CharField(max_length=20, help_text="Mã quá trình.")
    name = models.CharField(max_length=300, help_text="Tên quá trình.")
    folded = models.CharField(max_length=400, blank=True, help_text="Mã, tên bỏ dấu, để tìm.")
    kind = models.CharField(max_length=10, choices=Kind, help_text="Loại.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Thứ tự trên sơ đồ.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị chủ quá trình.", **OPTIONAL)
    owner = person_key("Người chủ quá trình.", **OPTIONAL)
    inputs = models.TextField(blank=True, help_text="Đầu vào, mỗi dòng một ý.")
    outputs = models.TextField(blank=True, help_text="Đầu ra, mỗi dòng một ý.")
    resources = models.TextField(blank=True, help_text="Nguồn lực.")
    criteria = models.TextField(blank=True, help_text="Chỉ số, tiêu chí theo dõi bằng lời.")
    indicators = models.ManyToManyField(
        Indicator, blank=True, related_name="processes", help_text="Chỉ số đo quá trình."
    )
    documents = models.ManyToManyField(
        DocumentedInformation, blank=True, related_name="processes", help_text="Tài liệu kiểm soát quá trình."
    )
    clauses = models.JSONField(default=list, help_text="Các điều khoản mà quá trình đáp ứng.")
    reviewed_on = models.DateField(help_text="Ngày xem xét gần nhất.", **OPTIONAL)
    ended_on = models.DateField(help_text="Ngày không còn.", **OPTIONAL)

    class Meta:
        ordering = ["order", "code"]
        verbose_name_plural = "processes"
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="process_code_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """As Django's, with the column for search filled in."""
        self.folded = folded_of(self.code, self.name)[:400]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class ProcessFlow(models.Model):
    """What one process gives to another: an arrow on the map."""

    source = models.ForeignKey(Process, models.CASCADE, related_name="gives", help_text="Từ quá trình.")
    target = models.ForeignKey(Process, models.CASCADE, related_name="takes", help_text="Đến quá trình.")
    what = models.CharField(max_length=300, blank=True, help_text="Chuyển cái gì.")

    class Meta:
        ordering = ["source", "target"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="flow_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="flow_goes_elsewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class ListedProcedure(AgencyRecord):
    """An administrative procedure or piece of internal work that the system covers (danh mục thủ tục áp dụng)."""

    class Kind(models.TextChoices):
        PUBLIC = "public", gettext_lazy("Thủ tục hành chính")
        INTERNAL = "internal", gettext_lazy("Công việc nội bộ")

    code = models.CharField(max_length=60, help_text="Mã thủ tục.")
    name = models.CharField(max_length=1000, help_text="Tên thủ tục.")
    folded = models.CharField(max_length=1100, blank=True, help_text="Mã, tên bỏ dấu, để tìm.")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PUBLIC, help_text="Loại.")
    field = models.CharField(max_length=200, blank=True, help_text="Lĩnh vực.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị giải quyết.", **OPTIONAL)
    decision = models.CharField(max_length=120, blank=True, help_text="Quyết định công bố.")
    time_limit = models.CharField(max_length=120, blank=True, help_text="Thời hạn giải quyết.")
    document = models.ForeignKey(
        DocumentedInformation, models.PROTECT, related_name="procedures", help_text="Quy trình nội bộ.", **OPTIONAL
    )
    since = models.DateField(help_text="Thuộc phạm vi từ ngày.")
    until = models.DateField(help_text="Ngày ra khỏi phạm vi.", **OPTIONAL)

    class Meta:
        ordering = ["field", "code"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], condition=Q(until=None), name="listed_once"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="listed_runs_on"),
        ]
        indexes = [models.Index(fields=["agency", "field", "code"], name="listed_by_field")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """As Django's, with the column for search filled in."""
        self.folded = folded_of(self.code, self.name)[:1100]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Scope(AgencyRecord):
    """One version of the scope of the system, with the procedures frozen as they were covered (4.3)."""

    no = models.PositiveSmallIntegerField(help_text="Lần.")
    text = models.TextField(help_text="Phạm vi áp dụng.")
    sites = models.TextField(blank=True, help_text="Địa điểm.")
    procedures = models.JSONField(default=list, help_text="Danh mục thủ tục của lần này, đóng băng.")
    effective_on = models.DateField(help_text="Ngày áp dụng.")
    reason = models.TextField(blank=True, help_text="Điều chỉnh, mở rộng hay thu hẹp, vì sao.")
    decided_by = person_key("Người quyết định.")
    decided_at = models.DateTimeField(auto_now_add=True, help_text="Lúc quyết định.")

    class Meta:
        ordering = ["-no"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "no"], name="scope_no_once"),
            models.CheckConstraint(condition=~Q(text=""), name="scope_says_what"),
        ]

    def __str__(self) -> str:
        return f"#{self.no}"
