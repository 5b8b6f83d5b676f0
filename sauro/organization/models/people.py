"""People and what their roles let them do."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext, gettext_lazy

from sauro.organization.models.units import Unit


class Role(models.Model):
    """A named set of capabilities, each with its reach: the person's unit, or the whole agency. Data, not code."""

    code = models.CharField(max_length=30, unique=True, help_text="Mã vai trò.")
    name = models.CharField(max_length=80, help_text="Tên vai trò.")
    grants = models.JSONField(default=dict, help_text="Quyền và phạm vi: {quyền: unit hoặc agency}.")

    def __str__(self) -> str:
        """The name on screen: those that are seeded have a translation, an operator's own are shown as they are."""
        return gettext(self.name) if self.name else ""


class PersonManager(BaseUserManager["Person"]):
    """Makes people; sign-in names are compared without case."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Person:
        """A person who can sign in with `password`."""
        person = self.model(username=self.model.normalize_username(username).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person of that sign-in name, whatever its case."""
        return self.select_related("unit", "role", "unit__agency").get(username=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Someone who works in a unit. Only what work needs is kept (Luật 91/2025/QH15: minimum personal data)."""

    class Post(models.TextChoices):
        HEAD = "head", gettext_lazy("Cấp trưởng")
        DEPUTY = "deputy", gettext_lazy("Cấp phó")
        MEMBER = "member", gettext_lazy("Công chức, viên chức")

    username = models.CharField(max_length=80, unique=True, help_text="Tên đăng nhập.")
    full_name = models.CharField(max_length=100, help_text="Họ và tên.")
    email = models.EmailField(blank=True, help_text="Thư điện tử công vụ.")
    position = models.CharField(max_length=100, blank=True, help_text="Chức vụ.")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="people", help_text="Đơn vị công tác.")
    post = models.CharField(max_length=8, choices=Post, default=Post.MEMBER, help_text="Vị trí trong đơn vị.")
    role = models.ForeignKey(Role, models.PROTECT, related_name="people", help_text="Vai trò trên phần mềm.")
    is_active = models.BooleanField(default=True, help_text="Còn được đăng nhập.")
    language = models.CharField(max_length=5, default="vi", help_text="Ngôn ngữ màn hình.")
    sort_key = models.CharField(max_length=400, blank=True, help_text="Khóa xếp theo tên.")
    calendar_token = models.CharField(max_length=43, blank=True, db_index=True, help_text="Mã của lịch iCalendar.")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]
    objects = PersonManager()

    class Meta:
        ordering = ["sort_key", "id"]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        """Họ và tên."""
        return self.full_name

    def get_short_name(self) -> str:
        """Tên gọi: the last word of the name."""
        return self.full_name.split()[-1] if self.full_name else self.username

    @property
    def agency_id(self) -> int:
        """The agency of the person's unit."""
        return self.unit.agency_id

    def unit_paths(self) -> list[str]:
        """The path that permission is asked for."""
        return [self.unit.path]
