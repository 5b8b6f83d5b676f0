"""What the records of the quality room share."""

from __future__ import annotations

from typing import Any

from django.db import models

from sauro.documents.models import search_words
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, reach
from sauro.vietnamese.text import fold


class RecordQuerySet(models.QuerySet[Any]):
    """Ways of asking for records of an agency."""

    def visible_to(self, person: Person) -> RecordQuerySet:
        """Those of the person's own agency, where the role lets them look at all."""
        return self.filter(agency_id=person.agency_id) if reach(person, Capability.VIEW) else self.none()

    def matching(self, words: str) -> RecordQuerySet:
        """Records whose `folded` column holds every one of the words, with or without diacritics."""
        found = self
        for word in search_words(words):
            found = found.filter(folded__contains=word)
        return found


def folded_of(*texts: str) -> str:
    """The searchable form of several texts: letters and digits without diacritics."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(" ".join(texts))).split())


class AgencyRecord(models.Model):
    """A record that belongs to one agency, and to no unit unless it says so."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", help_text="Cơ quan.")

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def unit_paths(self) -> list[str]:
        """The agency as a whole answers for it, unless the record names a unit."""
        unit = getattr(self, "unit", None)
        return [unit.path] if unit else []


def person_key(verb: str, **options: Any) -> Any:
    """A key to a person who did something; `verb`: the help text."""
    from django.conf import settings

    options.setdefault("related_name", "+")
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, help_text=verb, **options)


OPTIONAL: dict[str, Any] = {"null": True, "blank": True}
