"""The way through the first hour: begun, left, come back to, done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.documents.models import DocumentedInformation
from sauro.ledger import services as ledger
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, allows, require
from sauro.organization.services import agency_scope, root_of
from sauro.quality.models import SetUp, YearCycle
from sauro.quality.pasted import Fault
from sauro.quality.ready.kinds import kinds
from sauro.quality.services.errors import NotNow
from sauro.vietnamese.text import squeeze

AGENCY, UNITS, PEOPLE, PROCEDURES, MAKE, DONE = 1, 2, 3, 4, 5, 6
PARTS = {UNITS: "units", PEOPLE: "people", PROCEDURES: "procedures"}
# Words of the agency that may differ from those of its kind.
OWN_WORDS = ("leader", "deputy", "office")


@dataclass(slots=True)
class Line:
    """One row of a list as it would be taken in. `state`: new, known (left as it is), moved; `data`: what was found
    behind the words, `note` what happens to it."""

    number: int
    cells: Mapping[str, str]
    state: str = "new"
    note: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Looked:
    """A list as it was looked at: nothing of it is taken in while `faults` isn't empty."""

    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def count(self, state: str) -> int:
        """How many rows are in that state."""
        return sum(line.state == state for line in self.lines)


def may_start(person: Person) -> bool:
    """Whether the person may set the system of their agency up."""
    scope = agency_scope(person.unit.agency)
    return allows(person, Capability.RUN_QUALITY, scope) and allows(person, Capability.MANAGE_UNITS, scope)


def must_may(person: Person) -> None:
    """Raises `Refused` where the person may not set the system up."""
    scope = agency_scope(person.unit.agency)
    require(person, Capability.RUN_QUALITY, scope)
    require(person, Capability.MANAGE_UNITS, scope)


def set_up_of(agency: Agency) -> SetUp | None:
    """How far the agency has come; None where nobody has begun."""
    return SetUp.objects.filter(agency=agency).first()


def is_empty(agency: Agency) -> bool:
    """Whether the system holds nothing yet: no document on the master list, no year."""
    return not (
        YearCycle.objects.filter(agency=agency).exists() or DocumentedInformation.objects.filter(agency=agency).exists()
    )


def locked(person: Person) -> SetUp:
    """The set-up of the person's agency, begun where it is new, held until the transaction ends. Raises `Refused`."""
    must_may(person)
    agency = Agency.objects.select_for_update().get(pk=person.agency_id)
    found = SetUp.objects.filter(agency=agency).first()
    if found is None:
        found = SetUp.objects.create(agency=agency, started_by=person)
        ledger.record(person, "quality.start.begun", found)
    found.agency = agency
    return found


def step_done(found: SetUp, person: Person, step: int, verb: str, **said: Any) -> SetUp:
    """Keep that a step is done; the way goes on from the next, never back."""
    found.step = max(found.step, step + 1)
    found.save(update_fields=["answers", "step", "finished_at"])
    ledger.record(person, f"quality.start.{verb}", found, **said)
    return found


def kind_of(found: SetUp | None) -> str:
    """The kind of agency that was chosen; a department where none was yet."""
    kind = (found.answers.get("agency") or {}).get("kind", "") if found else ""
    return kind if kind in kinds() else "so"


def own_words(found: SetUp | None) -> dict[str, str]:
    """The agency's own words, where they differ from those of its kind."""
    said = (found.answers.get("agency") or {}) if found else {}
    return {name: said[name] for name in OWN_WORDS if said.get(name)}


@transaction.atomic
def describe(person: Person, values: Mapping[str, str]) -> SetUp:
    """Step 1: kind of agency, its code and place as on its letters, its own words for leader, deputy, office.

    `values`: "kind", "short_name", "parent_name", "code", "place", and any of `OWN_WORDS`. Raises `NotNow`, `Refused`.
    """
    found = locked(person)
    said = {name: squeeze(str(value)) for name, value in values.items()}
    if said.get("kind") not in kinds():
        raise NotNow(_("Chọn loại cơ quan."))
    agency = found.agency
    changes = {}
    for name in ("short_name", "parent_name", "code", "place"):
        if name in said and said[name] != getattr(agency, name):
            changes[name] = [getattr(agency, name), said[name]]
            setattr(agency, name, said[name])
    if changes:
        agency.save(update_fields=list(changes))
    if "short_name" in changes:
        root = root_of(agency)
        root.short_name = agency.short_name
        root.save(update_fields=["short_name"])
    found.answers = {**found.answers, "agency": {name: said.get(name, "") for name in ("kind", *OWN_WORDS)}}
    return step_done(found, person, AGENCY, "described", kind=said["kind"], changes=changes)


@transaction.atomic
def keep_text(person: Person, step: int, text: str) -> SetUp:
    """Keep what was typed in a list, to come back to it. A draft: nothing is taken in, the ledger has no line of it."""
    found = locked(person)
    found.answers = {**found.answers, PARTS[step]: {"text": text}}
    found.save(update_fields=["answers"])
    return found


def text_of(found: SetUp | None, step: int) -> str:
    """What was typed in a list and not yet taken in."""
    return str((found.answers.get(PARTS[step]) or {}).get("text", "")) if found else ""


@transaction.atomic
def pass_over(person: Person, step: int) -> SetUp:
    """Go on without a list: it is there already, or comes later. Raises `NotNow`, `Refused`."""
    found = locked(person)
    if step not in PARTS:
        raise NotNow(_("Bước này không bỏ qua được."))
    return step_done(found, person, step, "passed", passed=PARTS[step])


def default_year(today: dt.date) -> int:
    """The year to plan: this one, or the next when three quarters of this one are over."""
    return today.year + (today.month > 9)
