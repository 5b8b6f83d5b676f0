"""Satisfaction, complaints and proposals (TCVN ISO 9001:2015, 9.1.2, 8.2.1). Answers to surveys name nobody."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from sauro.organization.models import Unit
from sauro.quality.models.base import OPTIONAL, AgencyRecord, folded_of, person_key
from sauro.quality.models.context import ListedProcedure
from sauro.quality.models.nonconformity import Nonconformity


class Survey(AgencyRecord):
    """A survey answered by link or QR code, without sign-in."""

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("Đang soạn")
        OPEN = "open", gettext_lazy("Đang lấy ý kiến")
        CLOSED = "closed", gettext_lazy("Đã kết thúc")

    title = models.CharField(max_length=300, help_text="Tên phiếu.")
    folded = models.CharField(max_length=400, blank=True, help_text="Tên bỏ dấu, để tìm.")
    intro = models.TextField(blank=True, help_text="Lời mở đầu.")
    token = models.CharField(max_length=32, unique=True, help_text="Mã trong đường dẫn công khai.")
    opens_on = models.DateField(help_text="Ngày mở.")
    closes_on = models.DateField(help_text="Ngày kết thúc.")
    asks_unit = models.BooleanField(default=True, help_text="Hỏi đơn vị nào đã phục vụ.")
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT, help_text="Trạng thái.")
    made_by = person_key("Người lập.")

    class Meta:
        ordering = ["-opens_on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="survey_runs_on")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """As Django's, with the column for search filled in."""
        self.folded = folded_of(self.title)[:400]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Question(models.Model):
    """A question of a survey. A scale runs from 1 to `steps`; answers up to `poor_to` are "kém"."""

    class Kind(models.TextChoices):
        SCALE = "scale", gettext_lazy("Thang điểm")
        CHOICE = "choice", gettext_lazy("Chọn một")
        TEXT = "text", gettext_lazy("Ý kiến bằng lời")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions", help_text="Phiếu.")
    order = models.PositiveSmallIntegerField(help_text="Thứ tự.")
    text = models.CharField(max_length=500, help_text="Câu hỏi.")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.SCALE, help_text="Kiểu trả lời.")
    labels = models.JSONField(default=list, help_text="Lời của từng mức hoặc từng lựa chọn, mức 1 trước.")
    poor_to = models.PositiveSmallIntegerField(default=1, help_text="Đến mức này là kém.")
    required = models.BooleanField(default=True, help_text="Phải trả lời.")

    class Meta:
        ordering = ["survey", "order"]
        constraints = [models.UniqueConstraint(fields=["survey", "order"], name="question_order_once")]

    def __str__(self) -> str:
        return self.text


class SurveyAnswer(models.Model):
    """One filled-in survey. It keeps the day, never who, when exactly or from where."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers", help_text="Phiếu.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị được đánh giá.", **OPTIONAL)
    on = models.DateField(help_text="Ngày trả lời.")
    by_paper = models.BooleanField(default=False, help_text="Nhập lại từ phiếu giấy.")

    class Meta:
        ordering = ["survey", "on", "unit"]
        indexes = [models.Index(fields=["survey", "unit"], name="answer_by_unit")]

    def __str__(self) -> str:
        return f"{self.survey} {self.on:%d/%m/%Y}"


class AnswerValue(models.Model):
    """The answer to one question."""

    answer = models.ForeignKey(SurveyAnswer, models.CASCADE, related_name="values", help_text="Lượt trả lời.")
    question = models.ForeignKey(Question, models.CASCADE, related_name="values", help_text="Câu hỏi.")
    score = models.PositiveSmallIntegerField(help_text="Mức hoặc số thứ tự lựa chọn.", **OPTIONAL)
    text = models.TextField(blank=True, help_text="Ý kiến.")

    class Meta:
        ordering = ["answer", "question"]
        constraints = [models.UniqueConstraint(fields=["answer", "question"], name="answered_once")]
        indexes = [models.Index(fields=["question", "score"], name="value_by_score")]

    def __str__(self) -> str:
        return self.text or str(self.score)


class SpentKey(models.Model):
    """That the key of a form was used, so that a button pressed twice is one answer. It leads to no answer."""

    key = models.CharField(max_length=64, unique=True, help_text="Mã băm của khóa trong mẫu.")
    on = models.DateField(db_index=True, help_text="Ngày dùng; giữ vài ngày rồi bỏ.")

    class Meta:
        ordering = ["on", "key"]

    def __str__(self) -> str:
        return self.key[:12]


class Feedback(AgencyRecord):
    """A complaint or proposal from the public page, with a code to follow it by; answered within the set days."""

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", gettext_lazy("Phản ánh")
        PROPOSAL = "proposal", gettext_lazy("Kiến nghị")
        PRAISE = "praise", gettext_lazy("Khen ngợi")

    class State(models.TextChoices):
        RECEIVED = "received", gettext_lazy("Mới nhận")
        ASSIGNED = "assigned", gettext_lazy("Đang xử lý")
        ANSWERED = "answered", gettext_lazy("Đã trả lời")
        REFUSED = "refused", gettext_lazy("Không xử lý")

    code = models.CharField(max_length=20, help_text="Mã tra cứu.")
    kind = models.CharField(max_length=9, choices=Kind, default=Kind.COMPLAINT, help_text="Loại.")
    text = models.TextField(help_text="Nội dung.")
    folded = models.TextField(blank=True, help_text="Nội dung bỏ dấu, để tìm.")
    email = models.EmailField(blank=True, help_text="Thư điện tử nhận trả lời; không bắt buộc.")
    channel = models.CharField(max_length=12, default="web", help_text="Nhận qua đâu: web, giấy, điện thoại.")
    procedure = models.ForeignKey(ListedProcedure, models.PROTECT, related_name="+", help_text="Thủ tục.", **OPTIONAL)
    received_on = models.DateField(help_text="Ngày nhận.")
    due = models.DateField(help_text="Hạn trả lời.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị xử lý.", **OPTIONAL)
    assigned_by = person_key("Người giao.", **OPTIONAL)
    state = models.CharField(max_length=8, choices=State, default=State.RECEIVED, help_text="Trạng thái.")
    answer = models.TextField(blank=True, help_text="Trả lời.")
    answered_on = models.DateField(help_text="Ngày trả lời.", **OPTIONAL)
    answered_by = person_key("Người trả lời.", **OPTIONAL)
    nonconformity = models.ForeignKey(
        Nonconformity, models.PROTECT, related_name="feedback", help_text="Sự không phù hợp mở ra.", **OPTIONAL
    )

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "feedback"
        constraints = [
            models.UniqueConstraint(fields=["code"], name="feedback_code_once"),
            models.CheckConstraint(condition=~Q(text=""), name="feedback_says_something"),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "refused"]) | Q(answered_on__isnull=False) & ~Q(answer=""),
                name="feedback_answer_says_something",
            ),
            models.CheckConstraint(condition=~Q(state="assigned") | Q(unit__isnull=False), name="assigned_to_a_unit"),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "due"], name="feedback_by_state"),
            models.Index(fields=["agency", "-id"], name="feedback_by_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:80]}"

    def save(self, *args: object, **kwargs: object) -> None:
        """As Django's, with the column for search filled in."""
        self.folded = folded_of(self.code, self.text)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
