"""Records with their retention, and requests to change documents."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from sauro.documents.models.controlled import DocumentedInformation
from sauro.documents.models.issued import search_words
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, reach


class RecordQuerySet(models.QuerySet["RecordSeries"]):
    """Ways of asking for series of records."""

    def visible_to(self, person: Person) -> RecordQuerySet:
        """Those of the person's own agency, where the role lets them look at all."""
        return self.filter(agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()

    def matching(self, words: str) -> RecordQuerySet:
        """Series whose code and title hold every one of the words."""
        found = self
        for word in search_words(words):
            found = found.filter(folded__contains=word)
        return found


class RecordSeries(models.Model):
    """A kind of record that is kept, where, how long (danh mục hồ sơ; TCVN ISO 9001:2015, 7.5.3)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="record_series", help_text="Cơ quan.")
    code = models.CharField(max_length=40, help_text="Mã hồ sơ hoặc biểu mẫu.")
    title = models.CharField(max_length=500, help_text="Tên hồ sơ.")
    folded = models.CharField(max_length=600, help_text="Mã, tên bỏ dấu, để tìm.")
    document = models.ForeignKey(
        DocumentedInformation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="records",
        help_text="Quy trình sinh ra.",
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", help_text="Đơn vị giữ.")
    place = models.CharField(max_length=300, blank=True, help_text="Nơi lưu, cách lưu.")
    retention_years = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Số năm lưu; trống là vĩnh viễn."
    )
    disposal = models.CharField(max_length=300, blank=True, help_text="Xử lý khi hết hạn lưu.")
    ended_on = models.DateField(null=True, blank=True, help_text="Ngày thôi dùng.")

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["code", "id"]
        verbose_name_plural = "record series"
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="record_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def unit_paths(self) -> list[str]:
        """The unit that keeps it."""
        return [self.unit.path] if self.unit else []


class DocumentChangeQuerySet(models.QuerySet["DocumentChange"]):
    """Ways of asking for requests."""

    def visible_to(self, person: Person) -> DocumentChangeQuerySet:
        """Those of the person's own agency, where the role lets them look at all."""
        return self.filter(agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()


class DocumentChange(models.Model):
    """What someone asks to be changed in a controlled document, and what became of it."""

    class State(models.TextChoices):
        ASKED = "asked", gettext_lazy("Chờ xem xét")
        TAKEN = "taken", gettext_lazy("Đồng ý, đang sửa")
        REFUSED = "refused", gettext_lazy("Không đồng ý")
        DONE = "done", gettext_lazy("Đã sửa")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="document_changes", help_text="Cơ quan.")
    document = models.ForeignKey(DocumentedInformation, models.PROTECT, related_name="changes", help_text="Tài liệu.")
    text = models.TextField(help_text="Đề nghị sửa gì.")
    reason = models.TextField(help_text="Lý do.")
    state = models.CharField(max_length=7, choices=State, default=State.ASKED, help_text="Trạng thái.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Người đề nghị.")
    asked_at = models.DateTimeField(auto_now_add=True, help_text="Lúc đề nghị.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Người quyết định."
    )
    decided_at = models.DateTimeField(null=True, blank=True, help_text="Lúc quyết định.")
    answer = models.TextField(blank=True, help_text="Trả lời.")

    objects = DocumentChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(text=""), name="document_change_says_why"),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(decided_at__isnull=False), name="document_change_decision_has_a_time"
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(answer=""), name="document_refusal_says_why"),
        ]
        indexes = [models.Index(fields=["agency", "state", "-id"], name="document_change_by_state")]

    def __str__(self) -> str:
        return f"{self.document}: {self.text[:80]}"

    def unit_paths(self) -> list[str]:
        """The unit that drafts the document."""
        return self.document.unit_paths()
