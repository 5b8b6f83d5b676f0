"""How well an objective was met in a month (QĐ 949/QĐ-BCT, tracking form: Tốt, Trung bình, Kém)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, reach
from sauro.plans.models import Objective


class RatingQuerySet(models.QuerySet["Rating"]):
    """Ratings that a person may see."""

    def visible_to(self, person: Person) -> RatingQuerySet:
        """Those of the person's own agency, where the role lets them look at all."""
        return self.filter(agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()


class Rating(models.Model):
    """A person's rating of an objective for one month, with what the rule suggested on the day it was given.

    The suggestion never takes the place of the decision; the management representative (QMR) signs the month off.
    """

    class Level(models.TextChoices):
        GOOD = "good", gettext_lazy("Tốt")
        FAIR = "fair", gettext_lazy("Trung bình")
        POOR = "poor", gettext_lazy("Kém")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="ratings", help_text="Cơ quan.")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="ratings", help_text="Mục tiêu.")
    month = models.CharField(max_length=7, help_text="Tháng, ví dụ 2026-11.")
    level = models.CharField(max_length=4, choices=Level, help_text="Mức độ hoàn thành do người đánh giá quyết định.")
    suggested = models.CharField(
        max_length=4, choices=Level, blank=True, help_text="Mức độ do quy tắc gợi ý vào lúc đánh giá."
    )
    basis = models.TextField(blank=True, help_text="Căn cứ của mức gợi ý, bằng lời.")
    note = models.TextField(blank=True, help_text="Ghi chú.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Người đánh giá."
    )
    decided_at = models.DateTimeField(help_text="Lúc đánh giá.")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="QMR xác nhận."
    )
    signed_at = models.DateTimeField(null=True, blank=True, help_text="Lúc QMR xác nhận.")

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["objective", "month"]
        constraints = [
            models.UniqueConstraint(fields=["objective", "month"], name="rating_once_a_month"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="rating_signed_by_someone",
            ),
        ]
        indexes = [models.Index(fields=["agency", "month"], name="rating_by_month")]

    def __str__(self) -> str:
        return f"{self.month} {self.get_level_display()}"

    def unit_paths(self) -> list[str]:
        """A rating belongs to the agency as a whole."""
        return []
