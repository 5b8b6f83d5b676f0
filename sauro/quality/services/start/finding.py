"""Which unit is meant by the words in a cell."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sauro.organization.models import Agency, Unit, UnitAlias
from sauro.organization.services import units_like
from sauro.vietnamese.text import fold


class UnitFinder:
    """Units by name, short name or another known way of writing it; loaded once a list."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        units = list(Unit.objects.filter(agency=agency, is_active=True).exclude(kind=Unit.Kind.EXTERNAL))
        by_pk = {u.pk: u for u in units}
        self.ways: dict[str, Unit | None] = {}
        self._said: dict[str, str] = {}
        for unit in units:
            self._add(fold(unit.short_name), unit)
        for pk, folded in UnitAlias.objects.filter(agency=agency).values_list("unit_id", "folded"):
            if pk in by_pk:
                self._add(folded, by_pk[pk])
        # A full name goes before any short one.
        self.ways |= {unit.folded: unit for unit in units}

    def _add(self, way: str, unit: Unit) -> None:
        if way:
            # A way that two units share names neither.
            self.ways[way] = unit if self.ways.get(way, unit) == unit else None

    def find(self, words: str) -> Unit | None:
        """The unit, or None where no one unit is meant."""
        return self.ways.get(fold(words))

    def unknown(self, words: str) -> str:
        """The sentence for a name that isn't in the register."""
        if words not in self._said:
            likely = ", ".join(u.name for u, _score in units_like(self.agency, words, 2))
            more = _("Gần giống: %(likely)s.") % {"likely": likely} if likely else _("Thêm ở bước 2.")
            self._said[words] = _("Danh bạ chưa có đơn vị “%(name)s”.") % {"name": words[:80]} + " " + more
        return self._said[words]
