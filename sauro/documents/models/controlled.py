"""Controlled documents (TCVN ISO 9001:2015, 7.5): each version frozen as it was approved, a draft edited beside it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from sauro.documents.models.issued import search_words
from sauro.files.models import StoredFile
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, reach


class DocumentClass(models.Model):
    """A class of controlled documents with its policy of approval, review and retention. Data that an agency edits."""

    class Kind(models.TextChoices):
        POLICY = "policy", gettext_lazy("Chính sách")
        OBJECTIVES = "objectives", gettext_lazy("Mục tiêu, kế hoạch")
        MODEL = "model", gettext_lazy("Mô hình hệ thống")
        PROCEDURE = "procedure", gettext_lazy("Quy trình")
        INSTRUCTION = "instruction", gettext_lazy("Hướng dẫn")
        FORM = "form", gettext_lazy("Biểu mẫu")
        EXTERNAL = "external", gettext_lazy("Tài liệu bên ngoài")
        OTHER = "other", gettext_lazy("Khác")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="document_classes", help_text="Cơ quan.")
    code = models.CharField(max_length=12, help_text="Ký hiệu của loại, ví dụ QT.")
    name = models.CharField(max_length=120, help_text="Tên loại tài liệu.")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER, help_text="Bản chất của loại.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Thứ tự.")
    needs_check = models.BooleanField(default=True, help_text="Phải có người kiểm tra trước khi phê duyệt.")
    own_approval = models.BooleanField(
        default=False, help_text="Người soạn thảo được tự kiểm tra, phê duyệt bản của mình."
    )
    needs_signature = models.BooleanField(default=False, help_text="Bản phê duyệt phải ký số.")
    needs_acknowledgement = models.BooleanField(default=True, help_text="Người nhận phải xác nhận đã đọc.")
    review_months = models.PositiveSmallIntegerField(
        default=12, help_text="Bao nhiêu tháng xem xét một lần; 0 là không."
    )
    retention_years = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Giữ bản lỗi thời bao nhiêu năm; trống là vĩnh viễn."
    )

    class Meta:
        ordering = ["order", "code"]
        verbose_name_plural = "document classes"
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="document_class_once")]

    def __str__(self) -> str:
        return self.name

    def unit_paths(self) -> list[str]:
        """A class belongs to the agency as a whole."""
        return []


class ControlledQuerySet(models.QuerySet["DocumentedInformation"]):
    """Ways of asking for controlled documents."""

    def visible_to(self, person: Person) -> ControlledQuerySet:
        """Those of the person's own agency, where the role lets them look at all."""
        return self.filter(agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()

    def in_force(self) -> ControlledQuerySet:
        """Documents with a version in force that were not made obsolete."""
        return self.filter(obsolete_on=None, current__isnull=False)

    def matching(self, words: str) -> ControlledQuerySet:
        """Documents whose code and title hold every one of the words, with or without diacritics."""
        found = self
        for word in search_words(words):
            found = found.filter(folded__contains=word)
        return found

    def review_due(self, on: dt.date) -> ControlledQuerySet:
        """In force, and the day of the next review has come."""
        return self.in_force().filter(review_on__lte=on)


class DocumentedInformation(models.Model):
    """A controlled document. What is in force is `current`; a draft version lies beside it.

    `review_on` follows from the kind of review: a fixed day each year (`calendar`), or so many months after the last
    review (`since_last`). Services work it out anew whenever what it follows from changes.
    """

    class Review(models.TextChoices):
        CALENDAR = "calendar", gettext_lazy("Ngày cố định hằng năm")
        SINCE_LAST = "since_last", gettext_lazy("Sau lần xem xét gần nhất")
        NEVER = "never", gettext_lazy("Không định kỳ")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="controlled_documents", help_text="Cơ quan.")
    cls = models.ForeignKey(DocumentClass, models.PROTECT, related_name="documents", help_text="Loại tài liệu.")
    code = models.CharField(max_length=40, help_text="Mã hiệu.")
    title = models.CharField(max_length=500, help_text="Tên tài liệu.")
    folded = models.CharField(max_length=600, help_text="Mã, tên bỏ dấu, để tìm.")
    sort_key = models.CharField(max_length=900, blank=True, help_text="Khóa xếp theo mã, tên.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="controlled_documents", help_text="Đơn vị soạn thảo.")
    unit_path = models.CharField(max_length=255, help_text="Đường dẫn của đơn vị.")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="forms", help_text="Quy trình mà biểu mẫu thuộc về."
    )
    clauses = models.JSONField(default=list, help_text="Các điều khoản tiêu chuẩn mà tài liệu đáp ứng.")
    current = models.ForeignKey(
        "DocumentVersion", models.PROTECT, null=True, blank=True, related_name="+", help_text="Bản đang hiệu lực."
    )
    is_template = models.BooleanField(default=False, help_text="Dựng từ bộ tài liệu mẫu, chưa sửa cho cơ quan.")
    review_kind = models.CharField(
        max_length=10, choices=Review, default=Review.SINCE_LAST, help_text="Cách định kỳ xem xét."
    )
    review_months = models.PositiveSmallIntegerField(default=12, help_text="Bao nhiêu tháng một lần.")
    review_day = models.CharField(max_length=5, blank=True, help_text="Ngày cố định, dạng MM-DD.")
    reviewed_on = models.DateField(null=True, blank=True, help_text="Ngày xem xét gần nhất.")
    review_on = models.DateField(null=True, blank=True, help_text="Ngày phải xem xét lần tới.")
    obsolete_on = models.DateField(null=True, blank=True, help_text="Ngày hết hiệu lực.")
    obsolete_reason = models.CharField(max_length=500, blank=True, help_text="Vì sao hết hiệu lực.")
    created_at = models.DateTimeField(auto_now_add=True, help_text="Lúc đưa vào danh mục.")

    objects = ControlledQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        verbose_name_plural = "documented information"
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="controlled_code_once"),
            models.CheckConstraint(
                condition=Q(obsolete_on__isnull=True) | ~Q(obsolete_reason=""), name="obsolete_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(review_kind="calendar") | ~Q(review_day=""), name="calendar_review_has_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "sort_key", "id"], name="controlled_by_code"),
            models.Index(fields=["agency", "cls", "sort_key"], name="controlled_by_class"),
            models.Index(fields=["agency", "review_on"], name="controlled_by_review"),
            models.Index(fields=["agency", "unit_path"], name="controlled_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def unit_paths(self) -> list[str]:
        """The unit that drafts it."""
        return [self.unit_path]


class VersionQuerySet(models.QuerySet["DocumentVersion"]):
    """Ways of asking for versions."""

    def visible_to(self, person: Person) -> VersionQuerySet:
        """Those of the person's own agency, where the role lets them look at all."""
        return self.filter(document__agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()


class DocumentVersion(models.Model):
    """One issue (lần ban hành) of a document. `content`: `sauro.writing.quality.DocumentContent` as JSON.

    Once approved it is never changed again: `pdf` is the frozen file, `sha256` of the content frozen with it; a signed
    PDF lies beside. The lattice: draft → checking → checked → approved → in force → superseded; back to draft with a
    reason.
    """

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("Đang soạn")
        CHECKING = "checking", gettext_lazy("Chờ kiểm tra")
        CHECKED = "checked", gettext_lazy("Chờ phê duyệt")
        APPROVED = "approved", gettext_lazy("Đã phê duyệt, chưa hiệu lực")
        IN_FORCE = "in_force", gettext_lazy("Đang hiệu lực")
        SUPERSEDED = "superseded", gettext_lazy("Đã có bản thay thế")
        DROPPED = "dropped", gettext_lazy("Đã bỏ bản soạn")

    FROZEN = ("approved", "in_force", "superseded")

    document = models.ForeignKey(DocumentedInformation, models.PROTECT, related_name="versions", help_text="Tài liệu.")
    issue_no = models.PositiveSmallIntegerField(help_text="Lần ban hành.")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, help_text="Trạng thái.")
    content = models.JSONField(default=dict, help_text="Nội dung theo mục.")
    summary = models.TextField(blank=True, help_text="Nội dung sửa đổi so với lần trước.")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", help_text="Bản Word kèm theo."
    )
    file_name = models.CharField(max_length=255, blank=True, help_text="Tên tệp Word.")
    pdf = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Bản PDF đóng băng khi phê duyệt.",
    )
    signed_pdf = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", help_text="Bản PDF đã ký số."
    )
    signatures = models.JSONField(null=True, blank=True, help_text="Kết quả kiểm tra chữ ký số.")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Mã băm của nội dung khi phê duyệt.")
    decision_number = models.CharField(max_length=60, blank=True, help_text="Số quyết định ban hành, nếu có.")
    effective_on = models.DateField(null=True, blank=True, help_text="Ngày hiệu lực.")
    version = models.PositiveIntegerField(default=0, help_text="Lần lưu bản soạn, để hai người không ghi đè nhau.")
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Người soạn thảo."
    )
    writers = models.JSONField(default=list, help_text="Những người đã viết vào bản soạn; họ không tự phê duyệt nó.")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Người lưu gần nhất.",
    )
    drafted_at = models.DateTimeField(auto_now_add=True, help_text="Lúc bắt đầu soạn.")
    changed_at = models.DateTimeField(auto_now=True, help_text="Lúc lưu gần nhất.")
    sent_at = models.DateTimeField(null=True, blank=True, help_text="Lúc gửi kiểm tra.")
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Người kiểm tra."
    )
    checked_at = models.DateTimeField(null=True, blank=True, help_text="Lúc kiểm tra.")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Người phê duyệt."
    )
    approved_at = models.DateTimeField(null=True, blank=True, help_text="Lúc phê duyệt.")
    returned_reason = models.TextField(blank=True, help_text="Vì sao trả lại bản soạn gần nhất.")
    superseded_on = models.DateField(null=True, blank=True, help_text="Ngày bị thay thế.")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["document", "-issue_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "issue_no"], condition=~Q(state="dropped"), name="version_issue_once"
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state__in=["draft", "checking", "checked", "approved"]),
                name="one_version_in_the_making",
            ),
            models.UniqueConstraint(fields=["document"], condition=Q(state="in_force"), name="one_version_in_force"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "in_force", "superseded"])
                | Q(approved_at__isnull=False, pdf__isnull=False, effective_on__isnull=False) & ~Q(sha256=""),
                name="approved_version_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(superseded_on__isnull=True) | Q(superseded_on__gte=F("effective_on")),
                name="superseded_after_effect",
            ),
        ]
        indexes = [models.Index(fields=["state", "effective_on"], name="version_by_state")]

    def __str__(self) -> str:
        return f"{self.document} #{self.issue_no}"

    @property
    def agency_id(self) -> int:
        """The document's."""
        return self.document.agency_id

    def unit_paths(self) -> list[str]:
        """The unit that drafts the document."""
        return self.document.unit_paths()
