"""Calls to a person: one table for all of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """One sentence for one person, with the page it is about."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", help_text="Người nhận."
    )
    verb = models.CharField(max_length=80, help_text="Việc đã xảy ra, ví dụ plans.task.assigned.")
    text = models.CharField(max_length=500, help_text="Câu báo.")
    url = models.CharField(max_length=300, blank=True, help_text="Trang liên quan.")
    created_at = models.DateTimeField(auto_now_add=True, help_text="Lúc báo.")
    read_at = models.DateTimeField(null=True, blank=True, help_text="Lúc đã xem.")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_by_person"),
            models.Index(fields=["person"], condition=models.Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.text


class Digest(models.Model):
    """One e-mail a day to one person: claimed before it is sent, so that it never goes out twice."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests", help_text="Người nhận."
    )
    day = models.DateField(help_text="Ngày.")
    claimed_at = models.DateTimeField(auto_now_add=True, help_text="Lúc bắt đầu gửi.")
    sent_at = models.DateTimeField(null=True, blank=True, help_text="Lúc máy chủ thư đã nhận.")
    lines = models.PositiveSmallIntegerField(default=0, help_text="Số mục trong thư.")
    may_retry = models.BooleanField(default=False, help_text="Máy chủ thư chắc chắn chưa nhận: được gửi lại.")
    error = models.CharField(max_length=300, blank=True, help_text="Lỗi khi gửi.")

    class Meta:
        ordering = ["-day", "person"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.person_id}"
