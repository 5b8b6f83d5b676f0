"""Who did what: append-only, each entry chained to the one before by SHA-256."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from sauro.words import WordIndex

WORDS = WordIndex("ledger_entry", "seq", ("object_label",))


class EntryQuerySet(models.QuerySet["Entry"]):
    """Ways of asking for entries."""

    def matching(self, words: str) -> EntryQuerySet:
        """Entries whose object's label holds every word, with or without diacritics, the last one as a beginning."""
        return self.filter(WORDS.condition(words))


class Entry(models.Model):
    """One thing that was done. It keeps labels, so that it outlives the objects and people it speaks of."""

    seq = models.BigIntegerField(primary_key=True, help_text="Số thứ tự, liền mạch từ 1.")
    at = models.DateTimeField(help_text="Lúc ghi.")
    actor_id = models.BigIntegerField(null=True, help_text="Người làm; trống là phần mềm tự làm.")
    actor_label = models.CharField(max_length=200, help_text="Tên người làm lúc ghi.")
    agency_id = models.BigIntegerField(null=True, help_text="Cơ quan.")
    verb = models.CharField(max_length=80, help_text="Việc đã làm, ví dụ plans.plan.adopted.")
    object_type = models.CharField(max_length=60, help_text="Loại đối tượng.")
    object_id = models.CharField(max_length=40, help_text="Mã đối tượng.")
    object_label = models.CharField(max_length=500, help_text="Tên đối tượng lúc ghi.")
    data = models.JSONField(default=dict, help_text="Nội dung thay đổi.")
    previous = models.CharField(max_length=64, help_text="Mã băm của dòng trước.")
    hash = models.CharField(max_length=64, unique=True, help_text="Mã băm của dòng này.")

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["object_type", "object_id", "seq"], name="ledger_by_object"),
            models.Index(fields=["agency_id", "-seq"], name="ledger_by_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.object_label}"

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: an entry is written by `services.record` alone and never changed."""
        raise TypeError("Sổ cái chỉ ghi thêm.")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: an entry is never removed."""
        raise TypeError("Sổ cái chỉ ghi thêm.")


class Head(models.Model):
    """The last link of the chain. Its one row is locked while entries are appended."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0, help_text="Số thứ tự của dòng cuối.")
    hash = models.CharField(max_length=64, default="0" * 64, help_text="Mã băm của dòng cuối.")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ledger_one_head")]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]}"
