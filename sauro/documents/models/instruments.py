"""Legal instruments that controlled documents rest on, and what follows when one is replaced."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from sauro.documents.models.controlled import DocumentedInformation
from sauro.documents.models.issued import search_words
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, reach


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    """Ways of asking for instruments."""

    def visible_to(self, person: Person) -> InstrumentQuerySet:
        """Those of the person's own agency, where the role lets them look at all."""
        return self.filter(agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()

    def matching(self, words: str) -> InstrumentQuerySet:
        """Instruments whose number, type and title hold every one of the words."""
        found = self
        for word in search_words(words):
            found = found.filter(folded__contains=word)
        return found


class Instrument(models.Model):
    """A law, decree, circular, decision or standard that documents cite (căn cứ pháp lý)."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", gettext_lazy("Còn hiệu lực")
        REPLACED = "replaced", gettext_lazy("Đã bị thay thế")
        AMENDED = "amended", gettext_lazy("Đã được sửa đổi, bổ sung")
        EXPIRED = "expired", gettext_lazy("Hết hiệu lực")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="instruments", help_text="Cơ quan.")
    type = models.CharField(max_length=60, blank=True, help_text="Tên loại.")
    number = models.CharField(max_length=60, help_text="Số, ký hiệu.")
    number_key = models.CharField(max_length=60, help_text="Số, ký hiệu để so trùng.")
    issued_on = models.DateField(null=True, blank=True, help_text="Ngày ban hành.")
    title = models.CharField(max_length=1000, help_text="Trích yếu.")
    folded = models.CharField(max_length=1200, help_text="Loại, số, trích yếu bỏ dấu, để tìm.")
    state = models.CharField(max_length=8, choices=State, default=State.IN_FORCE, help_text="Hiệu lực.")
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", help_text="Văn bản thay thế, sửa đổi."
    )
    changed_on = models.DateField(null=True, blank=True, help_text="Ngày bị thay thế, sửa đổi, hết hiệu lực.")

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        ordering = ["number_key"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "number_key"], name="instrument_once"),
            models.CheckConstraint(
                condition=Q(state="in_force") | Q(changed_on__isnull=False), name="instrument_change_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="replaced") | Q(replaced_by__isnull=False), name="replaced_by_something"
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "number_key"], name="instrument_by_state")]

    def __str__(self) -> str:
        return f"{self.type} {self.number}".strip()

    def unit_paths(self) -> list[str]:
        """An instrument is the agency's as a whole."""
        return []


class Citation(models.Model):
    """That a document rests on an instrument."""

    document = models.ForeignKey(DocumentedInformation, models.CASCADE, related_name="citations", help_text="Tài liệu.")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="citations", help_text="Căn cứ.")
    note = models.CharField(max_length=300, blank=True, help_text="Điều, khoản được dùng.")

    class Meta:
        ordering = ["document", "id"]
        constraints = [models.UniqueConstraint(fields=["document", "instrument"], name="cited_once")]

    def __str__(self) -> str:
        return f"{self.document} ← {self.instrument}"


class FlagQuerySet(models.QuerySet["ReviewFlag"]):
    """Ways of asking for flags."""

    def visible_to(self, person: Person) -> FlagQuerySet:
        """Those of the person's own agency, where the role lets them look at all."""
        return self.filter(document__agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()

    def open(self) -> FlagQuerySet:
        """Not yet settled."""
        return self.filter(settled_on=None)


class ReviewFlag(models.Model):
    """A call to review a document: its legal basis changed, its review day came, a unit asked for a change."""

    class Cause(models.TextChoices):
        BASIS = "basis", gettext_lazy("Căn cứ pháp lý thay đổi")
        PERIODIC = "periodic", gettext_lazy("Đến kỳ xem xét")
        REQUEST = "request", gettext_lazy("Có đề nghị sửa đổi")
        FINDING = "finding", gettext_lazy("Sau đánh giá, sự không phù hợp")

    class Outcome(models.TextChoices):
        KEPT = "kept", gettext_lazy("Giữ nguyên")
        REVISED = "revised", gettext_lazy("Đã sửa đổi")
        OBSOLETE = "obsolete", gettext_lazy("Bãi bỏ tài liệu")

    document = models.ForeignKey(DocumentedInformation, models.PROTECT, related_name="flags", help_text="Tài liệu.")
    cause = models.CharField(max_length=8, choices=Cause, help_text="Vì sao phải xem xét.")
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="flags", help_text="Căn cứ đã thay đổi."
    )
    text = models.CharField(max_length=1000, blank=True, help_text="Nội dung cần xem xét.")
    raised_on = models.DateField(help_text="Ngày nêu.")
    due = models.DateField(help_text="Hạn xem xét.")
    settled_on = models.DateField(null=True, blank=True, help_text="Ngày kết luận.")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Người kết luận."
    )
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, help_text="Kết luận.")
    note = models.TextField(blank=True, help_text="Lý do của kết luận.")

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True, outcome="") | Q(settled_on__isnull=False) & ~Q(outcome=""),
                name="settled_flag_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(cause="basis") | Q(instrument__isnull=False), name="basis_flag_names_it"
            ),
            models.UniqueConstraint(
                fields=["document", "instrument"], condition=Q(settled_on=None, cause="basis"), name="basis_flag_once"
            ),
        ]
        indexes = [models.Index(fields=["document", "settled_on"], name="flag_by_document")]

    def __str__(self) -> str:
        return f"{self.document}: {self.get_cause_display()}"

    @property
    def agency_id(self) -> int:
        """The document's."""
        return self.document.agency_id

    def unit_paths(self) -> list[str]:
        """The unit that drafts the document."""
        return self.document.unit_paths()
