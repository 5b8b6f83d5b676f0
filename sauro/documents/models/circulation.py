"""Who is given a version, and who has read it (TCVN ISO 9001:2015, 7.3, 7.5.3.2)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sauro.documents.models.controlled import DocumentVersion
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, reach


class Distribution(models.Model):
    """A unit that a version was given to."""

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="distributions", help_text="Bản.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị nhận.")
    given_on = models.DateField(help_text="Ngày phân phối.")

    class Meta:
        ordering = ["version", "unit"]
        constraints = [models.UniqueConstraint(fields=["version", "unit"], name="distributed_once")]

    def __str__(self) -> str:
        return f"{self.version} → {self.unit}"


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    """Ways of asking for acknowledgements."""

    def visible_to(self, person: Person) -> AcknowledgementQuerySet:
        """Those of the person's own agency, where the role lets them look at all."""
        return self.filter(agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()

    def waiting(self) -> AcknowledgementQuerySet:
        """Asked for, not yet given, and still of use."""
        return self.filter(read_at=None, withdrawn_on=None)


class Acknowledgement(models.Model):
    """That a person has read a version, or still has to."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="acknowledgements", help_text="Cơ quan.")
    version = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="acknowledgements", help_text="Bản.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="acknowledgements", help_text="Người phải đọc."
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text="Đơn vị của người đọc lúc yêu cầu.")
    asked_on = models.DateField(help_text="Ngày yêu cầu.")
    due = models.DateField(help_text="Hạn đọc.")
    read_at = models.DateTimeField(null=True, blank=True, help_text="Lúc xác nhận đã đọc.")
    reminded_on = models.DateField(null=True, blank=True, help_text="Ngày nhắc gần nhất.")
    reminders = models.PositiveSmallIntegerField(default=0, help_text="Số lần đã nhắc.")
    withdrawn_on = models.DateField(
        null=True, blank=True, help_text="Ngày thôi yêu cầu: bản đã bị thay thế, hoặc người đã chuyển đi."
    )

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="acknowledged_once"),
            models.CheckConstraint(condition=Q(due__gte=models.F("asked_on")), name="acknowledge_due_after_asking"),
        ]
        indexes = [
            models.Index(fields=["agency", "-asked_on", "id"], name="ack_by_day"),
            models.Index(fields=["agency", "due", "id"], name="ack_by_due"),
            models.Index(fields=["person", "due"], condition=Q(read_at=None, withdrawn_on=None), name="ack_waiting"),
            models.Index(
                fields=["agency", "due"], condition=Q(read_at=None, withdrawn_on=None), name="ack_waiting_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.person}"

    def unit_paths(self) -> list[str]:
        """The reader's unit."""
        return [self.unit.path]
