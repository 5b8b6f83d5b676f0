"""The tree of units, and the ways in which documents write their names."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy
from treebeard.mp_tree import MP_Node

from sauro.organization.models.agency import Agency


def under(field: str, path: str) -> Q:
    """A filter of the rows whose path `field` lies at or under `path`.

    A range, not LIKE: both databases answer it from an index, whatever the pattern rules of the collation.
    """
    head, step = path[: -Unit.steplen], path[-Unit.steplen :]
    following = head + Unit._int2str(Unit._str2int(step) + 1).rjust(Unit.steplen, Unit.alphabet[0])
    return Q(**{f"{field}__gte": path, f"{field}__lt": following})


class Unit(MP_Node):
    """A unit, role, group or outside body that a document can name. The path carries permission: what lies under a
    unit begins with the unit's path."""

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", gettext_lazy("Cơ quan")
        UNIT = "unit", gettext_lazy("Đơn vị")
        ROLE = "role", gettext_lazy("Chức danh")
        COLLECTIVE = "collective", gettext_lazy("Nhóm đơn vị")
        EXTERNAL = "external", gettext_lazy("Bên ngoài")

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="units", help_text="Cơ quan.")
    name = models.CharField(max_length=300, help_text="Tên đầy đủ.")
    short_name = models.CharField(max_length=80, blank=True, help_text="Tên ngắn, dùng trong bảng hẹp.")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.UNIT, help_text="Loại.")
    folded = models.CharField(max_length=300, help_text="Tên bỏ dấu, để tìm.")
    sort_key = models.CharField(max_length=900, help_text="Khóa xếp theo thứ tự tiếng Việt.")
    is_active = models.BooleanField(default=True, help_text="Còn hoạt động.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="unit_name_once")]
        indexes = [models.Index(fields=["agency", "kind", "sort_key"], name="unit_by_kind")]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    def unit_paths(self) -> list[str]:
        """The path that permission is asked for."""
        return [self.path]


class UnitAlias(models.Model):
    """A way of writing a unit's name: an abbreviation, or one that a person confirmed while reviewing a reading."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases", help_text="Đơn vị.")
    agency = models.ForeignKey(Agency, models.CASCADE, help_text="Cơ quan.")
    text = models.CharField(max_length=300, help_text="Cách viết.")
    folded = models.CharField(max_length=300, help_text="Cách viết bỏ dấu.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "text"], name="alias_once")]

    def __str__(self) -> str:
        return self.text
