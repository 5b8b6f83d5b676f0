"""Who has sent, who has not, what was returned: a round by unit, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Q

from sauro.monitoring.models import Call, Duty, Report, Round
from sauro.organization.models import Unit

_S = Report.State


class Need(enum.IntEnum):
    """How a unit stands in a round, the one that most needs calling first."""

    SILENT = 0
    RETURNED = 1
    PART_MISSING = 2
    WAITING = 3
    COMPLETE = 4


@dataclass(slots=True, frozen=True)
class Counts:
    """Reports that are due, by what became of them; `due` is the sum of the other four."""

    accepted: int = 0
    waiting: int = 0
    returned: int = 0
    missing: int = 0

    @property
    def due(self) -> int:
        """How many there must be."""
        return self.accepted + self.waiting + self.returned + self.missing

    @property
    def in_hand(self) -> int:
        """Handed in, accepted or not."""
        return self.accepted + self.waiting

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.accepted + other.accepted,
            self.waiting + other.waiting,
            self.returned + other.returned,
            self.missing + other.missing,
        )

    @property
    def need(self) -> Need:
        """A unit that has begun nothing is silent; what was returned comes before what is missing."""
        if self.missing and not self.in_hand and not self.returned:
            return Need.SILENT
        if self.returned:
            return Need.RETURNED
        if self.missing:
            return Need.PART_MISSING
        return Need.WAITING if self.waiting else Need.COMPLETE


@dataclass(slots=True)
class UnitRow:
    """One unit in a round: its counts, and the last that was heard of it."""

    unit: Unit
    counts: Counts
    drafts: int = 0
    drafted_at: dt.datetime | None = None
    submitted_at: dt.datetime | None = None
    accepted_at: dt.datetime | None = None
    returned_at: dt.datetime | None = None
    return_reason: str = ""
    calls: list[tuple[dt.date, str]] = field(default_factory=list)

    @property
    def need(self) -> Need:
        """How the unit stands."""
        return self.counts.need

    @property
    def order(self) -> tuple[int, int, str]:
        """By need, those with more to do first, then by name."""
        weight = {Need.WAITING: self.counts.waiting, Need.COMPLETE: 0}.get(
            self.need, self.counts.missing + self.counts.returned
        )
        return self.need, -weight, self.unit.sort_key


@dataclass(slots=True)
class Picture:
    """A round as the focal unit sees it."""

    units: list[UnitRow]
    total: Counts
    smooth: int

    @property
    def to_remind(self) -> list[UnitRow]:
        """Units that still owe something: nothing sent, some missing, or returned and not sent again."""
        return [row for row in self.units if row.counts.missing or row.counts.returned]


@dataclass(slots=True)
class Said:
    """What reports amount to: counts and times by unit and state, reasons of those sent back, how many are smooth."""

    by_unit: list[Mapping[str, Any]]
    sent_back: list[tuple[int, str]]
    smooth: int


def _said_in(round: Round) -> Said:
    """What answers the round's duties, by the unit that owes it (a person of another may have written it), by the state
    of the report and of the duty."""
    answers = Report.objects.filter(round=round, duty__isnull=False).exclude(duty__state=Duty.State.CANCELLED)
    by_unit = (
        answers.order_by()
        .values("duty__unit", "duty__state", "state")
        .annotate(n=Count("*"), submitted=Max("submitted_at"), accepted=Max("accepted_at"), returned=Max("returned_at"))
    )
    sent_back = Report.objects.filter(round=round, state=_S.RETURNED).order_by("returned_at")
    reasons = list(sent_back.values_list("unit_id", "return_reason"))
    return Said(list(by_unit), reasons, smooth_reports(round).count())


def _later(one: dt.datetime | None, other: dt.datetime | None) -> dt.datetime | None:
    return max(one, other) if one and other else one or other


# How to keep what `count` counts under the words of a question: (question, count) gives what was counted.
Keep = Callable[[str, Callable[[], Any]], Any]


def picture_of(round: Round, keep: Keep = lambda _question, count: count()) -> Picture:
    """The round by unit. Seven queries, whatever the number of units and reports. `keep`: keeps what follows from the
    ledger and the round's duties, as `sauro.web.tasks.counting.kept` does; drafts and calls are asked for each time.

    A duty that was met without a report (by a letter, noted on the duty) counts as accepted.
    """
    # Duties and reports are counted apart: joined from the duties, thousands of rows would be fetched of both.
    due: dict[int, int] = {}
    by_letter: dict[int, int] = {}
    owed = Duty.objects.filter(round=round).exclude(state=Duty.State.CANCELLED).order_by()
    by_state = sorted(owed.values_list("unit", "state").annotate(n=Count("*")))
    for pk, state, n in by_state:
        due[pk] = due.get(pk, 0) + n
        if state == Duty.State.MET:
            by_letter[pk] = n
    units = Unit.objects.in_bulk(due)
    made = {pk: UnitRow(units[pk], Counts()) for pk in due}
    counted: dict[int, dict[str, int]] = {pk: {} for pk in due}
    said: Said = keep(f"reports of {by_state}", lambda: _said_in(round))
    for row in said.by_unit:
        pk, state = row["duty__unit"], row["state"]
        if pk not in made:
            continue
        unit, of = made[pk], counted[pk]
        of[state] = of.get(state, 0) + row["n"]
        if row["duty__state"] == Duty.State.MET:
            by_letter[pk] = by_letter.get(pk, 0) - row["n"]
        unit.submitted_at = _later(unit.submitted_at, row["submitted"])
        unit.accepted_at = _later(unit.accepted_at, row["accepted"])
        if state == _S.RETURNED:
            unit.returned_at = _later(unit.returned_at, row["returned"])
    for pk, n in due.items():
        of = counted[pk]
        accepted = of.get(_S.ACCEPTED, 0) + of.get(_S.LOCKED, 0) + by_letter.get(pk, 0)
        waiting, returned = of.get(_S.SUBMITTED, 0), of.get(_S.RETURNED, 0)
        made[pk].counts = Counts(accepted, waiting, returned, n - accepted - waiting - returned)
    for pk, reason in said.sent_back:
        if pk in made:
            made[pk].return_reason = reason
    # Of what is still owed: who has sent all is not told of having been reminded.
    calls = Call.objects.filter(duty__round=round, duty__state=Duty.State.OPEN).order_by("made_on")
    for pk, day, to in calls.values_list("duty__unit_id", "made_on", "to").distinct():
        if pk in made:
            made[pk].calls.append((day, to))
    total = sum((row.counts for row in made.values()), Counts())
    for pk, drafts, last in _at_work(round):
        if pk in made:
            made[pk].drafts, made[pk].drafted_at = drafts, last
    return Picture(sorted(made.values(), key=lambda row: row.order), total, said.smooth)


def _at_work(round: Round) -> Iterable[tuple[int, int, dt.datetime]]:
    """What units are at work on, of which the ledger knows nothing: how many drafts, and when each unit last saved."""
    rows = Report.objects.filter(round=round, duty__isnull=False, state__in=(_S.DRAFT, _S.RETURNED))
    rows = rows.exclude(duty__state=Duty.State.CANCELLED).order_by()
    counted = rows.values_list("duty__unit").annotate(n=Count("pk", filter=Q(state=_S.DRAFT)), last=Max("changed_at"))
    return counted  # type: ignore[return-value]


def smooth_reports(round: Round):  # type: ignore[no-untyped-def]
    """Reports that wait and give no trouble: neither a difficulty nor a proposal is named."""
    return Report.objects.filter(round=round, state=_S.SUBMITTED, difficulties="", proposals="")
