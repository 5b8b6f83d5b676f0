"""Calling for what is due or late, by the agency's rules: the officer, then the head, the focal unit, the leader."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sauro.monitoring.models import Call, CallRule, Duty
from sauro.monitoring.services.reports import REPORTED
from sauro.monitoring.services.rules import call_rules_of
from sauro.notices import services as notices
from sauro.organization import services as organization
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, allows
from sauro.vietnamese.calendar import WorkingCalendar

logger = logging.getLogger(__name__)
CALLED = "monitoring.duty.called"
# A server that stood still for a while makes up for the calls of these days, and for no older ones.
CATCH_UP = dt.timedelta(days=7)
NAMED = 3
LEVELS = (CallRule.To.PERSON, CallRule.To.HEAD, CallRule.To.FOCAL, CallRule.To.LEADER)


@dataclass(slots=True)
class _People:
    """Who can be called in one agency, fetched once."""

    everyone: list[Person]
    heads: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, agency: Agency) -> _People:
        people = (
            Person.objects.filter(unit__agency=agency, is_active=True).select_related("unit", "role").order_by("pk")
        )
        found = cls(list(people))
        for person in found.everyone:
            if person.post != Person.Post.MEMBER:
                found.heads[person.unit.path].append(person)
        return found

    def heads_of(self, path: str) -> list[Person]:
        """Those who head the unit, or where nobody does, the nearest unit above it."""
        while path:
            if path in self.heads:
                return self.heads[path]
            path = path[: -Unit.steplen]
        return []

    def called(self, to: str, duty: Duty) -> tuple[str, list[Person]]:
        """Whom a rule calls for a duty, and at which level: where a level has nobody, those of the next one are called,
        and past the last one those of the levels under it. Nobody only where the agency has none of them at all."""
        start = LEVELS.index(CallRule.To(to))
        for level in (*LEVELS[start:], *reversed(LEVELS[:start])):
            if reached := self._at(level, duty):
                return level, reached
        return to, []

    def _at(self, to: str, duty: Duty) -> list[Person]:
        """Those of one level."""
        if to == CallRule.To.PERSON:
            return [duty.person] if duty.person and duty.person.is_active else self.heads_of(duty.unit_path)
        if to == CallRule.To.HEAD:
            return self.heads_of(duty.unit_path)
        if to == CallRule.To.FOCAL:
            focal = duty.round.focal_unit if duty.round else None
            able = [p for p in self.everyone if allows(p, Capability.COLLECT, duty.plan)]
            return [p for p in able if focal and p.unit_id == focal.pk] or able
        return [p for p in self.everyone if allows(p, Capability.DECIDE_CHANGE, duty.plan)]


def due_days_called(calendar: WorkingCalendar, offset: int, today: dt.date) -> list[dt.date]:
    """The due days for which a rule `offset` working days away from the due day calls today, or should have called
    within `CATCH_UP`."""
    reach = dt.timedelta(days=abs(offset) * 2 + 30)
    day, found = today - reach - CATCH_UP, []
    while day <= today + reach:
        if calendar.is_working(day) and today - CATCH_UP < calendar.add_working_days(day, offset) <= today:
            found.append(day)
        day += dt.timedelta(days=1)
    return found


@transaction.atomic
def call_for_duties(agency: Agency, today: dt.date) -> int:
    """Call for every open duty whose day has come by a rule of the agency, each rule once for each duty, whatever the
    number of times this runs; a person gets one notice for each rule and day. Returns how many duties were called for.
    """
    calendar = organization.working_calendar(agency)
    people: _People | None = None
    total = 0
    for rule in call_rules_of(agency):
        if not rule.enabled:
            continue
        waiting = list(
            Duty.objects.open()
            .filter(agency=agency, due__in=due_days_called(calendar, rule.offset, today))
            .exclude(calls__offset=rule.offset, calls__to=rule.to)
            .select_for_update(of=("self",))
            .select_related("plan", "task", "unit", "round__focal_unit", "person__unit", "person__role")
            .order_by("due", "pk")
        )
        if not waiting:
            continue
        people = people or _People.of(agency)
        # By whom and at which level: who is called in another's stead is led to where they can act.
        told: dict[tuple[int, str], list[Duty]] = defaultdict(list)
        by_id = {p.pk: p for p in people.everyone}
        calls = []
        for duty in waiting:
            level, reached = people.called(rule.to, duty)
            if not reached:
                # Not noted as called: it is made as soon as there is somebody, within the days made up for.
                logger.warning("nobody to call for duty %s (rule %s)", duty.pk, rule)
                continue
            for person in reached:
                told[person.pk, level].append(duty)
            calls.append(Call(duty=duty, offset=rule.offset, to=rule.to, made_on=today, reached=len(reached)))
        Call.objects.bulk_create(calls, batch_size=500)
        for (pk, level), duties in told.items():
            if pk in by_id:
                words = partial(_words, duties, level, today)
                notices.tell([by_id[pk]], CALLED, words, _url(duties, level))
        total += len(calls)
    return total


def _url(duties: list[Duty], to: str) -> str:
    if len(duties) == 1 and duties[0].kind in REPORTED and to == CallRule.To.PERSON:
        return f"/viec/{duties[0].pk}/bao-cao/"
    if to == CallRule.To.PERSON:
        return f"/nhiem-vu/{duties[0].task_id}/" if len(duties) == 1 and duties[0].task_id else "/"
    units = {d.unit_id for d in duties}
    return f"/don-vi/{units.pop()}/" if len(units) == 1 else "/"


def _words(duties: list[Duty], to: str, today: dt.date) -> str:
    """One sentence for all the duties that one rule calls a person for, at the level `to`."""
    names = "; ".join(_names(duties, to))
    late = [d for d in duties if d.due < today]
    count, first = len(duties), min(d.due for d in duties)
    if late:
        head = ngettext("%(n)d việc quá hạn từ %(day)s", "%(n)d việc quá hạn, sớm nhất từ %(day)s", count)
    else:
        head = ngettext("%(n)d việc đến hạn %(day)s", "%(n)d việc sắp đến hạn, sớm nhất %(day)s", count)
    words = head % {"n": count, "day": f"{first:%d/%m/%Y}"} + ": " + names
    return words if count <= NAMED else words + _(" và %(n)d việc khác") % {"n": count - NAMED}


def _names(duties: Iterable[Duty], to: str) -> Iterator[str]:
    for duty in list(duties)[:NAMED]:
        what = duty.title if len(duty.title) <= 90 else duty.title[:89].rstrip() + "…"
        yield what if to == CallRule.To.PERSON else f"{duty.unit.label}: {what}"
