"""Competences that positions need, and how far people have them (TCVN ISO 9001:2015, 7.2 a, b, d)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, allows, require
from sauro.quality.models import Competence, CompetenceLevel
from sauro.quality.services import keeping
from sauro.quality.services.errors import NotNow
from sauro.vietnamese.text import fold


def save(agency: Agency, person: Person, values: Mapping[str, Any], found: Competence | None = None) -> Competence:
    """A competence with the level that a position or a unit needs. Raises `NotNow`, `Refused`."""
    level = values.get("level", found.level if found else 2)
    if level not in (1, 2, 3, 4):
        raise NotNow(_("Mức cần đạt từ 1 đến 4."))
    return keeping.keep(
        Competence, agency, person, values, found, verb="quality.competence",
        fields=("name", "for_position", "for_unit", "level"), needed={"name": _("Ghi tên năng lực.")},
    )  # fmt: skip


def end(competence: Competence, person: Person, today: dt.date) -> None:
    """The competence is no longer asked for. Raises `NotNow`, `Refused`."""
    keeping.end(competence, person, today, verb="quality.competence")


def may_judge(actor: Person, person: Person) -> bool:
    """Whether the actor may judge the person's competence: who runs the system, or who gives the person work."""
    return allows(actor, Capability.RUN_QUALITY, person) or allows(actor, Capability.ASSIGN_TASK, person)


@transaction.atomic
def judge(
    competence: Competence, person: Person, actor: Person, today: dt.date, level: int, proof: str = ""
) -> CompetenceLevel:
    """Write down how far a person has a competence, on what proof (7.2 d). Raises `NotNow`, `Refused`."""
    if not may_judge(actor, person):
        require(actor, Capability.ASSIGN_TASK, person)
    if person.agency_id != competence.agency_id:
        raise ValueError("of another agency")
    if competence.ended_on:
        raise NotNow(_("Năng lực này đã thôi yêu cầu, không đánh giá nữa."))
    if not 0 <= level <= 4:
        raise NotNow(_("Mức từ 0 (chưa có) đến 4."))
    made, _new = CompetenceLevel.objects.update_or_create(
        competence=competence, person=person,
        defaults={"level": level, "judged_on": today, "judged_by": actor, "proof": proof.strip()[:300]},
    )  # fmt: skip
    ledger.record(actor, "quality.competence.judged", competence, person=person.pk, level=level, proof=made.proof)
    return made


def needed_by(competence: Competence, person: Person) -> bool:
    """Whether the person's position and unit need the competence. `person.unit` is at hand."""
    if competence.for_unit and not person.unit.path.startswith(competence.for_unit.path):
        return False
    return not competence.for_position or fold(competence.for_position) in fold(person.position)


@dataclass(slots=True, frozen=True)
class Cell:
    """One person and one competence: `level` None is not judged yet."""

    competence: Competence
    needed: bool
    level: int | None

    @property
    def gap(self) -> int:
        """How many levels are missing; 0 where it isn't needed or is reached."""
        return max(0, self.competence.level - (self.level or 0)) if self.needed else 0


@dataclass(slots=True, frozen=True)
class Line:
    """A person's row of the matrix."""

    person: Person
    cells: tuple[Cell, ...]

    @property
    def gaps(self) -> int:
        """How many competences fall short."""
        return sum(1 for c in self.cells if c.gap)


def matrix(competences: Iterable[Competence], people: Iterable[Person]) -> list[Line]:
    """People × competences with what each has, in one query for the levels."""
    asked, staff = list(competences), list(people)
    levels = {
        (lv.person_id, lv.competence_id): lv.level
        for lv in CompetenceLevel.objects.filter(competence__in=asked, person__in=[p.pk for p in staff])
    }
    return [Line(p, tuple(Cell(c, needed_by(c, p), levels.get((p.pk, c.pk))) for c in asked)) for p in staff]
