"""What every verb on a nonconformity begins and ends with: the lock, the state worked out anew, the call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Agency, Person
from sauro.organization.policy import allows, holders, require
from sauro.organization.services import working_calendar
from sauro.quality.models import Nonconformity
from sauro.quality.nonconformity_lattice import LATTICE, Verb, next_hand, possible, why_not
from sauro.quality.progress import progress_of
from sauro.quality.services.errors import NotNow

State, Source, Grade = Nonconformity.State, Nonconformity.Source, Nonconformity.Grade
# Working days within which cause and action must be there. Ours, not a rule's.
DAYS = {Grade.MAJOR: 10, Grade.MINOR: 15}


def due_after(agency: Agency | int, today: dt.date, grade: str) -> dt.date:
    """The day by which cause and action must be there, where nobody says another."""
    return working_calendar(agency).add_working_days(today, DAYS[Grade(grade)])


def address_of(found: Nonconformity) -> str:
    """The page of a nonconformity."""
    return f"/chat-luong/khong-phu-hop/{found.pk}/"


def lock(found: Nonconformity, verb: Verb | None, actor: Person, today: dt.date) -> Nonconformity:
    """The row locked and its state worked out anew; for a verb: that the person may, and that it is possible now."""
    found = Nonconformity.objects.select_for_update(of=("self",)).select_related("unit").get(pk=found.pk)
    settle(found)
    if verb is not None:
        require(actor, LATTICE[verb].capability, found)
        if not possible(verb, found.state):
            raise NotNow(why_not(verb, found.state, holders(next_hand(found.state), found) or _("người có quyền")))
    return found


def settle(found: Nonconformity) -> bool:
    """Bring state, day done and day of the check in line with the tasks of its actions; whether anything changed."""
    if found.state not in (State.ANALYSED, State.DONE):
        return False
    now = progress_of(found)
    if (now.state, now.done_on, now.check_due) == (found.state, found.done_on, found.check_due):
        return False
    found.state, found.done_on, found.check_due = now.state, now.done_on, now.check_due  # type: ignore[assignment]
    if found.state == State.ANALYSED:
        # A task was opened again: what was said of the effect no longer holds.
        found.effective = None
        found.effect_note, found.effect_on, found.effect_by = "", None, None  # type: ignore[assignment]
    found.save()
    ledger.record(None, "quality.nonconformity.settled", found, state=found.state, done_on=found.done_on)
    return True


def may_prove(person: Person, found: Nonconformity) -> bool:
    """Whether the person may add a file to it, its state aside."""
    own = found.raised_by_id == person.pk and found.agency_id == person.agency_id
    return own or allows(person, LATTICE[Verb.PROVE].capability, found)


def tell_about(people: Iterable[Person], verb: str, found: Nonconformity, but: Person | None, text: Any) -> None:
    notices.tell({p.pk: p for p in people}.values(), verb, text, address_of(found), but=but)
