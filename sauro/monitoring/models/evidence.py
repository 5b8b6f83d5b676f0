"""What proves a report."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from sauro.files.models import StoredFile
from sauro.monitoring.models.report import HANDED_IN, Report
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, reach
from sauro.plans.models import Product, Task
from sauro.words import WordIndex

WORDS = WordIndex("monitoring_evidence", "id", ("name", "number"))


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence that a person may see."""

    def visible_to(self, person: Person) -> EvidenceQuerySet:
        """What stands behind the reports that the person may see."""
        if not reach(person, Capability.VIEW):
            return self.none()
        mine = (
            Q(report=None)
            | ~Q(report__state=Report.State.DRAFT)
            | Q(report__author=person)
            | Q(report__unit_id=person.unit_id, report__duty__isnull=False)
        )
        return self.filter(mine, agency_id=person.agency_id)

    def of_reports(self) -> EvidenceQuerySet:
        """What stands behind reports, without what proves records of the quality system."""
        return self.filter(report__isnull=False)

    def current(self) -> EvidenceQuerySet:
        """The latest version of each: what no other replaces."""
        return self.filter(replaced_by=None)

    def matching(self, words: str) -> EvidenceQuerySet:
        """Evidence whose name and number, or whose task, hold every word, with or without diacritics; the last one may
        be the beginning of a word."""
        tasks = Task.objects.all().matching(words).order_by().values("pk")
        return self.filter(WORDS.condition(words) | Q(task__in=tasks)) if words.strip() else self.all()

    def proving(self) -> EvidenceQuerySet:
        """What counts as proof: a file (a link alone proves nothing) that no check has refused, in a report that was
        handed in."""
        return (
            self.current()
            .filter(file__isnull=False, report__state__in=HANDED_IN)
            .exclude(crosscheck=Evidence.Check.REFUSED)
        )


class Evidence(models.Model):
    """What proves a report or a record: a file, or a link (which stays unproved).

    The document's own date is apart from the day it was uploaded. Cross-checking by the focal unit (đối chiếu, kiểm
    chứng) is a state of its own.
    """

    class Kind(models.TextChoices):
        OFFICIAL = "official", gettext_lazy("Văn bản hành chính")
        MINUTES = "minutes", gettext_lazy("Biên bản")
        IMAGE = "image", gettext_lazy("Hình ảnh")
        DATA = "data", gettext_lazy("Bảng số liệu")
        LINK = "link", gettext_lazy("Đường dẫn")
        OTHER = "other", gettext_lazy("Tài liệu khác")

    class Check(models.TextChoices):
        WAITING = "waiting", gettext_lazy("Chưa đối chiếu")
        VERIFIED = "verified", gettext_lazy("Đã đối chiếu")
        REFUSED = "refused", gettext_lazy("Không khớp")

    agency = models.ForeignKey(Agency, models.PROTECT, help_text="Cơ quan.")
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="evidence",
        help_text="Báo cáo; trống khi chứng minh cho hồ sơ của hệ thống chất lượng.",
    )  # fmt: skip
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="evidence", help_text="Nhiệm vụ."
    )
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="evidence", help_text="Sản phẩm mà tệp chứng minh."
    )
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.OTHER, help_text="Loại minh chứng.")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, help_text="Tệp.")
    link = models.URLField(max_length=1000, blank=True, help_text="Đường dẫn, khi không có tệp.")
    name = models.CharField(max_length=255, help_text="Tên tệp hoặc tên đường dẫn.")
    document_date = models.DateField(null=True, blank=True, help_text="Ngày văn bản.")
    issuer = models.CharField(max_length=200, blank=True, help_text="Cơ quan ban hành, khi là văn bản hành chính.")
    number = models.CharField(max_length=60, blank=True, help_text="Số, ký hiệu, khi là văn bản hành chính.")
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", help_text="Bản mới hơn thay bản này."
    )
    signatures = models.JSONField(
        null=True, blank=True, help_text="Kết quả kiểm tra chữ ký số của tệp PDF; trống là chưa kiểm tra."
    )
    crosscheck = models.CharField(max_length=8, choices=Check, default=Check.WAITING, help_text="Kết quả đối chiếu.")
    checked_at = models.DateTimeField(null=True, blank=True, help_text="Lúc đối chiếu.")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Người đối chiếu."
    )
    check_note = models.TextField(blank=True, help_text="Nhận xét khi đối chiếu.")
    uploaded_at = models.DateTimeField(auto_now_add=True, help_text="Lúc tải lên.")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Người tải lên."
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, link="") | (Q(file__isnull=True) & ~Q(link="")),
                name="evidence_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=Q(crosscheck="waiting") | Q(checked_at__isnull=False), name="evidence_check_has_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(crosscheck="refused") | ~Q(check_note=""), name="evidence_refusal_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["task", "id"], name="evidence_by_task"),
            models.Index(fields=["agency", "crosscheck", "-id"], name="evidence_by_check"),
        ]

    def __str__(self) -> str:
        return self.name
