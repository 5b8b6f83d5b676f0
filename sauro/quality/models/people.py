"""Steering committee, responsibilities, competence and training (TCVN ISO 9001:2015, 5.3, 7.2)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from sauro.organization.models import Unit
from sauro.quality.models.base import OPTIONAL, AgencyRecord, folded_of, person_key


class CommitteeMember(AgencyRecord):
    """Someone's time on the steering committee (Ban chỉ đạo ISO), with the decisions that began and ended it."""

    class Role(models.TextChoices):
        HEAD = "head", gettext_lazy("Trưởng ban")
        QMR = "qmr", gettext_lazy("Đại diện lãnh đạo về chất lượng (QMR)")
        DEPUTY = "deputy", gettext_lazy("Phó Trưởng ban")
        MEMBER = "member", gettext_lazy("Thành viên")
        SECRETARY = "secretary", gettext_lazy("Thư ký")

    person = person_key("Người.", related_name="committee_times")
    role = models.CharField(max_length=9, choices=Role, help_text="Vai trò.")
    duties = models.TextField(blank=True, help_text="Nhiệm vụ được phân công.")
    decision = models.CharField(max_length=60, help_text="Quyết định cử.")
    since = models.DateField(help_text="Từ ngày.")
    end_decision = models.CharField(max_length=60, blank=True, help_text="Quyết định thôi.")
    until = models.DateField(help_text="Đến hết ngày.", **OPTIONAL)

    class Meta:
        ordering = ["role", "since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "role"], condition=Q(role__in=["head", "qmr"], until=None), name="one_head_one_qmr"
            ),
            models.UniqueConstraint(fields=["agency", "person"], condition=Q(until=None), name="on_committee_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="committee_runs_on"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | ~Q(end_decision=""), name="committee_end_is_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class Responsibility(AgencyRecord):
    """What a position or unit answers for in the system, and may decide (5.3)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị.", **OPTIONAL)
    position = models.CharField(max_length=200, help_text="Vị trí, chức danh.")
    responsibilities = models.TextField(help_text="Trách nhiệm, mỗi dòng một ý.")
    authority = models.TextField(blank=True, help_text="Quyền hạn, mỗi dòng một ý.")
    folded = models.TextField(blank=True, help_text="Nội dung bỏ dấu, để tìm.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Thứ tự.")
    reviewed_on = models.DateField(help_text="Ngày xem xét gần nhất.")

    class Meta:
        ordering = ["order", "id"]
        verbose_name_plural = "responsibilities"
        constraints = [models.UniqueConstraint(fields=["agency", "unit", "position"], name="responsibility_once")]

    def __str__(self) -> str:
        return self.position

    def save(self, *args: object, **kwargs: object) -> None:
        """As Django's, with the column for search filled in."""
        self.folded = folded_of(self.position, self.responsibilities, self.authority)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Competence(AgencyRecord):
    """Something that people must be able to do, with the level that a position needs (7.2 a)."""

    name = models.CharField(max_length=200, help_text="Năng lực.")
    folded = models.CharField(max_length=200, blank=True, help_text="Tên bỏ dấu, để tìm.")
    for_position = models.CharField(max_length=200, blank=True, help_text="Vị trí cần có; trống là mọi vị trí.")
    for_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị cần có.", **OPTIONAL)
    level = models.PositiveSmallIntegerField(default=2, help_text="Mức cần đạt, 1 đến 4.")
    ended_on = models.DateField(help_text="Ngày thôi yêu cầu.", **OPTIONAL)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.CheckConstraint(condition=Q(level__range=(1, 4)), name="competence_level_range")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """As Django's, with the column for search filled in."""
        self.folded = folded_of(self.name)[:200]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class CompetenceLevel(models.Model):
    """How far a person has a competence, as last judged (7.2 b, d)."""

    competence = models.ForeignKey(Competence, models.CASCADE, related_name="levels", help_text="Năng lực.")
    person = person_key("Người.", related_name="competence_levels")
    level = models.PositiveSmallIntegerField(help_text="Mức hiện có, 0 đến 4.")
    judged_on = models.DateField(help_text="Ngày đánh giá.")
    judged_by = person_key("Người đánh giá.")
    proof = models.CharField(max_length=300, blank=True, help_text="Căn cứ: văn bằng, chứng chỉ, kết quả công việc.")

    class Meta:
        ordering = ["person", "competence"]
        constraints = [
            models.UniqueConstraint(fields=["competence", "person"], name="competence_level_once"),
            models.CheckConstraint(condition=Q(level__lte=4), name="competence_level_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.competence} {self.level}"

    @property
    def agency_id(self) -> int:
        """The competence's."""
        return self.competence.agency_id


class Training(AgencyRecord):
    """A course of the yearly training programme: planned, held, its effect evaluated (7.2 c)."""

    class State(models.TextChoices):
        PLANNED = "planned", gettext_lazy("Theo kế hoạch")
        HELD = "held", gettext_lazy("Đã tổ chức")
        EVALUATED = "evaluated", gettext_lazy("Đã đánh giá hiệu quả")
        CANCELLED = "cancelled", gettext_lazy("Không tổ chức")

    year = models.PositiveSmallIntegerField(help_text="Năm của chương trình.")
    title = models.CharField(max_length=500, help_text="Nội dung đào tạo.")
    folded = models.CharField(max_length=600, blank=True, help_text="Nội dung bỏ dấu, để tìm.")
    competence = models.ForeignKey(
        Competence, models.PROTECT, related_name="trainings", help_text="Năng lực cần nâng.", **OPTIONAL
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị tổ chức.")
    method = models.CharField(max_length=200, blank=True, help_text="Hình thức.")
    trainer = models.CharField(max_length=200, blank=True, help_text="Người giảng.")
    planned_on = models.DateField(help_text="Ngày dự kiến.")
    held_on = models.DateField(help_text="Ngày tổ chức.", **OPTIONAL)
    effect_due = models.DateField(help_text="Hạn đánh giá hiệu quả.", **OPTIONAL)
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED, help_text="Tình trạng.")
    reason = models.CharField(max_length=500, blank=True, help_text="Vì sao không tổ chức.")

    class Meta:
        ordering = ["planned_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["held", "evaluated"]) | Q(held_on__isnull=False), name="training_held_has_a_day"
            ),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(reason=""), name="training_cancelled_says_why"),
        ]
        indexes = [models.Index(fields=["agency", "year", "planned_on"], name="training_by_year")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """As Django's, with the column for search filled in."""
        self.folded = folded_of(self.title, self.trainer)[:600]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class TrainingPlace(models.Model):
    """A person's place on a course: whether they came, and what it did for their work."""

    training = models.ForeignKey(Training, models.CASCADE, related_name="places", help_text="Khóa đào tạo.")
    person = person_key("Người học.", related_name="training_places")
    attended = models.BooleanField(null=True, help_text="Có dự; trống là chưa điểm danh.")
    effect = models.PositiveSmallIntegerField(help_text="Hiệu quả trong công việc, 1 đến 5.", **OPTIONAL)
    effect_note = models.CharField(max_length=500, blank=True, help_text="Nhận xét.")
    effect_by = person_key("Người đánh giá hiệu quả.", **OPTIONAL)
    effect_on = models.DateField(help_text="Ngày đánh giá hiệu quả.", **OPTIONAL)

    class Meta:
        ordering = ["training", "person"]
        constraints = [
            models.UniqueConstraint(fields=["training", "person"], name="training_place_once"),
            models.CheckConstraint(
                condition=Q(effect__isnull=True) | Q(effect__range=(1, 5), attended=True), name="effect_of_who_came"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training}: {self.person}"

    @property
    def agency_id(self) -> int:
        """The course's."""
        return self.training.agency_id
