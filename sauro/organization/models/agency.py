"""An agency and its working calendar."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy


class Agency(models.Model):  # type: ignore[django-manager-missing]  # treebeard ships no types
    """A state agency that runs its plans here."""

    name = models.CharField(max_length=200, unique=True, help_text="Tên đầy đủ của cơ quan.")
    short_name = models.CharField(max_length=80, blank=True, help_text="Tên ngắn, dùng trong bảng hẹp.")
    parent_name = models.CharField(max_length=200, blank=True, help_text="Cơ quan chủ quản, ghi trên đầu văn bản.")
    code = models.CharField(max_length=30, blank=True, help_text="Ký hiệu trong số văn bản, ví dụ SCT.")
    place = models.CharField(max_length=80, blank=True, help_text="Địa danh ghi trước ngày tháng.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def agency_id(self) -> int:
        """An agency belongs to itself."""
        return self.pk

    def unit_paths(self) -> list[str]:
        """An agency is no single unit's."""
        return []


class DayOff(models.Model):
    """A day off, or a make-up working day, with the document that fixed it."""

    class Kind(models.TextChoices):
        OFF = "off", gettext_lazy("Nghỉ")
        MAKE_UP = "make_up", gettext_lazy("Làm bù")

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="days_off", help_text="Cơ quan.")
    day = models.DateField(help_text="Ngày.")
    kind = models.CharField(max_length=8, choices=Kind, help_text="Nghỉ hay làm bù.")
    name = models.CharField(max_length=120, help_text="Tên ngày nghỉ.")
    source = models.CharField(max_length=200, blank=True, help_text="Văn bản quy định.")
    confirmed = models.BooleanField(default=False, help_text="Đã xác nhận; chưa thì là dự kiến.")

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["agency", "day"], name="day_off_once")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class CertificateAuthority(models.Model):
    """A certificate authority whose signatures the agency trusts."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="certificate_authorities", help_text="Cơ quan.")
    name = models.CharField(max_length=300, help_text="Tên ghi trong chứng thư.")
    pem = models.TextField(help_text="Chứng thư gốc, dạng PEM.")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 của chứng thư.")
    expires_on = models.DateField(help_text="Hết hiệu lực ngày.")
    added_at = models.DateTimeField(auto_now_add=True, help_text="Lúc thêm.")

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "certificate authorities"
        constraints = [models.UniqueConstraint(fields=["agency", "fingerprint"], name="authority_once")]

    def __str__(self) -> str:
        return self.name

    def unit_paths(self) -> list[str]:
        """A list of the agency as a whole."""
        return []
