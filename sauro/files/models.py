"""Bytes, kept once under their SHA-256."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy


class StoredFile(models.Model):
    """A file's bytes. Its name belongs to whoever refers to it."""

    class Scan(models.TextChoices):
        OFF = "off", gettext_lazy("Chưa quét: chưa cấu hình phần mềm diệt vi-rút")
        CLEAN = "clean", gettext_lazy("Đã quét, không có vi-rút")

    sha256 = models.CharField(max_length=64, unique=True, help_text="Mã băm SHA-256 của nội dung.")
    size = models.BigIntegerField(help_text="Số byte.")
    media_type = models.CharField(max_length=120, help_text="Loại tệp theo nội dung.")
    scan = models.CharField(
        max_length=8, choices=Scan, default=Scan.OFF, help_text="Đã quét vi-rút chưa, kết quả thế nào."
    )
    scanned_at = models.DateTimeField(null=True, blank=True, help_text="Lúc quét.")
    created_at = models.DateTimeField(auto_now_add=True, help_text="Lúc nhận lần đầu.")

    def __str__(self) -> str:
        return self.sha256[:16]

    @property
    def storage_name(self) -> str:
        """Where the bytes lie in the storage."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"
