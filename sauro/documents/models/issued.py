"""Issued documents with their legal bases, and the readings that lead to them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy

from sauro.files.models import StoredFile
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, reach
from sauro.reading.draft import Draft
from sauro.reading.manuscript import Manuscript
from sauro.reading.serial import draft_from_json
from sauro.vietnamese.text import fold


class DocumentQuerySet(models.QuerySet["IssuedDocument"]):
    """Ways of asking for documents."""

    def visible_to(self, person: Person) -> DocumentQuerySet:
        """Documents of the person's own agency, where the role lets them look at all."""
        return self.filter(agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()

    def matching(self, words: str) -> DocumentQuerySet:
        """Documents whose number, title or issuer hold every one of the words, with or without diacritics."""
        found = self
        for word in search_words(words):
            found = found.filter(folded__contains=word)
        return found


def search_words(text: str) -> list[str]:
    """The folded words of a query, as `IssuedDocument.folded` keeps them: letters and digits alone."""
    return "".join(c if c.isalnum() else " " for c in fold(text)).split()


class IssuedDocument(models.Model):
    """A document that was issued: its head as adopted, its file as received."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="documents", help_text="Cơ quan quản lý bản ghi.")
    number = models.CharField(max_length=60, blank=True, help_text="Số, ký hiệu.")
    number_key = models.CharField(max_length=60, blank=True, db_index=True, help_text="Số, ký hiệu để so trùng.")
    type = models.CharField(max_length=60, blank=True, help_text="Tên loại văn bản.")
    issuer = models.CharField(max_length=200, blank=True, help_text="Cơ quan ban hành.")
    issuer_key = models.CharField(max_length=200, blank=True, help_text="Cơ quan ban hành để so trùng.")
    issued_on = models.DateField(null=True, blank=True, help_text="Ngày văn bản.")
    place = models.CharField(max_length=80, blank=True, help_text="Địa danh.")
    title = models.CharField(max_length=1000, help_text="Trích yếu.")
    folded = models.CharField(max_length=1100, help_text="Số, trích yếu bỏ dấu, để tìm.")
    signer_name = models.CharField(max_length=100, blank=True, help_text="Người ký.")
    signer_position = models.CharField(max_length=150, blank=True, help_text="Chức vụ người ký.")
    signer_authority = models.CharField(max_length=10, blank=True, help_text="Quyền hạn ký: TM., KT., TL., TUQ., Q.")
    proposed_by = models.CharField(max_length=300, blank=True, help_text="Nơi đề nghị.")
    recipients = models.JSONField(default=list, help_text="Nơi nhận.")
    articles = models.JSONField(default=list, help_text="Các điều.")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, help_text="Tệp gốc.")
    file_name = models.CharField(max_length=255, blank=True, help_text="Tên tệp gốc.")
    manuscript = models.JSONField(default=dict, help_text="Nội dung đã mở, theo khối.")
    adopted_at = models.DateTimeField(auto_now_add=True, help_text="Lúc thông qua.")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-id"]
        indexes = [models.Index(fields=["agency", "-issued_on", "-id"], name="document_by_day")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def unit_paths(self) -> list[str]:
        """A document belongs to the agency as a whole."""
        return []


class LegalBasis(models.Model):
    """An instrument that a document rests on."""

    document = models.ForeignKey(IssuedDocument, models.CASCADE, related_name="legal_bases", help_text="Văn bản.")
    order = models.PositiveSmallIntegerField(help_text="Thứ tự.")
    type = models.CharField(max_length=60, blank=True, help_text="Tên loại.")
    number = models.CharField(max_length=60, blank=True, db_index=True, help_text="Số, ký hiệu.")
    date = models.DateField(null=True, blank=True, help_text="Ngày ban hành.")
    text = models.TextField(help_text="Nguyên văn căn cứ.")

    class Meta:
        ordering = ["document", "order"]

    def __str__(self) -> str:
        return self.text


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Ways of asking for readings."""

    def visible_to(self, person: Person) -> ReadingQuerySet:
        """Readings of the person's own agency, for those who may review them."""
        granted = reach(person, Capability.READ_DOCUMENT)
        return self.filter(agency_id=person.agency_id) if granted else self.none()

    def under_review(self) -> ReadingQuerySet:
        """Waiting to be read, being read, or read and not yet adopted."""
        return self.filter(state__in=[Reading.State.QUEUED, Reading.State.RUNNING, Reading.State.READY])

    def refused(self) -> ReadingQuerySet:
        """Files that could not be read, or must not be here."""
        return self.filter(state=Reading.State.FAILED)

    def with_heads(self) -> ReadingQuerySet:
        """For lists: number and title as read beside the row, the long columns left in the database."""
        return (
            self.defer("draft", "manuscript", "answers", "seen")
            .select_related("uploaded_by", "document")
            .annotate(read_number=KT("draft__document__number"), read_title=KT("draft__document__title"))
        )


class Reading(models.Model):
    """One reading of an uploaded file, from upload to adoption. `version` rises with each correction."""

    class State(models.TextChoices):
        QUEUED = "queued", gettext_lazy("Chờ đọc")
        RUNNING = "running", gettext_lazy("Đang đọc")
        READY = "ready", gettext_lazy("Đang duyệt")
        FAILED = "failed", gettext_lazy("Không đọc được")
        ADOPTED = "adopted", gettext_lazy("Đã thông qua")
        DISCARDED = "discarded", gettext_lazy("Đã bỏ")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="readings", help_text="Cơ quan.")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, help_text="Tệp gốc; trống khi tệp bị từ chối.")
    file_name = models.CharField(max_length=255, help_text="Tên tệp.")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED, help_text="Trạng thái.")
    progress = models.PositiveSmallIntegerField(default=0, help_text="Phần trăm đã đọc.")
    stage = models.CharField(max_length=200, blank=True, help_text="Việc đang làm.")
    error = models.CharField(max_length=500, blank=True, help_text="Vì sao không đọc được.")
    draft = models.JSONField(default=dict, help_text="Bản đọc.")
    manuscript = models.JSONField(default=dict, help_text="Nội dung đã mở, theo khối.")
    answers = models.JSONField(default=list, help_text="Các chỗ ngờ đã trả lời.")
    seen = models.JSONField(default=list, help_text="Các chỗ đã xem, xác nhận.")
    version = models.PositiveIntegerField(default=0, help_text="Lần sửa.")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="readings", help_text="Người tải lên."
    )
    uploaded_at = models.DateTimeField(auto_now_add=True, help_text="Lúc tải lên.")
    changed_at = models.DateTimeField(auto_now=True, help_text="Lúc lưu gần nhất.")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Người sửa gần nhất."
    )
    document = models.ForeignKey(
        IssuedDocument, models.PROTECT, null=True, related_name="readings", help_text="Văn bản đã thông qua."
    )

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["agency", "state", "-id"], name="reading_by_state")]

    def __str__(self) -> str:
        return self.title or self.file_name

    def unit_paths(self) -> list[str]:
        """A reading belongs to the agency as a whole."""
        return []

    @property
    def title(self) -> str:
        """Number and title as read."""
        head: dict[str, Any] = self.draft.get("document", {})
        return " ".join(x for x in (head.get("number"), head.get("title")) if x)

    def get_draft(self) -> Draft:
        """The draft as an object; change it and hand it to `services.save_draft`."""
        return draft_from_json(self.draft)

    def get_manuscript(self) -> Manuscript:
        """What was opened."""
        return Manuscript.from_json(self.manuscript)
