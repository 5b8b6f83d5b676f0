"""What is late and what may become late in what a person answers for.

The counts over a whole unit or agency are the one thing on the home page that grows with the number of tasks. They
follow from the tasks and the day alone, and no task changes without an entry in the ledger: so they are kept until the
ledger grows or the day turns.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import ngettext

from sauro.ledger import services as ledger
from sauro.monitoring.pace import AHEAD, Pace, pace
from sauro.organization.models import Person, Unit
from sauro.organization.policy import AGENCY, Capability, reach
from sauro.plans.models import Task
from sauro.plans.standing import FourCells
from sauro.web.home.links import task_url, tasks_url, unit_url
from sauro.web.look.cells import Cells

SHOWN = 3
UNITS_SHOWN = 8
LOOKED_AT = 60


def four(counts: FourCells) -> Cells:
    """The four cells of State reporting out of the five counts."""
    return Cells(counts.done_on_time, counts.done_late, counts.in_time, counts.open_overdue)


@dataclass(slots=True)
class Late:
    """A task whose last day passed `days` ago."""

    task: Task
    days: int

    @property
    def words(self) -> str:
        """How late it is."""
        return ngettext("Quá hạn %(n)d ngày", "Quá hạn %(n)d ngày", self.days) % {"n": self.days}

    @property
    def url(self) -> str:
        """The task's page."""
        return task_url(self.task.pk)


@dataclass(slots=True)
class Risk:
    """A task that trails its pace."""

    task: Task
    pace: Pace

    @property
    def url(self) -> str:
        """The task's page."""
        return task_url(self.task.pk)


@dataclass(slots=True)
class UnitRow:
    """One unit of the agency with its four cells."""

    unit: Unit
    counts: FourCells

    @property
    def cells(self) -> Cells:
        """The counts in the four cells; tasks without a date stand among those in time."""
        return four(self.counts)

    @property
    def url(self) -> str:
        """The unit's page."""
        return unit_url(self.unit.pk)


@dataclass(slots=True)
class Scope:
    """What one person answers for, on one day. `unit` is None where that is the whole agency."""

    unit: Unit | None
    counts: FourCells
    overdue: list[Late]
    risks: list[Risk]
    units: list[UnitRow]

    @property
    def cells(self) -> Cells:
        """The counts in the four cells; tasks without a date stand among those in time."""
        return four(self.counts)

    def _list(self) -> dict[str, Any]:
        """The filters under which the list of tasks holds exactly these: led by the unit, sub-tasks among them."""
        return {"viec_con": "ca"} | ({"don_vi": self.unit.pk, "vai_tro": "chu_tri"} if self.unit else {})

    @property
    def list_url(self) -> str:
        """The list of all these tasks."""
        return tasks_url(**self._list())

    @property
    def overdue_url(self) -> str:
        """The list of those overdue."""
        return tasks_url(**self._list(), tinh_trang="open_overdue")

    @property
    def most(self) -> int:
        """The largest total among the units, for the length of bars."""
        return max((row.counts.total for row in self.units), default=0)

    @property
    def late_people(self) -> list[Person]:
        """Those accountable for the overdue tasks shown."""
        return list(
            {late.task.accountable_id: late.task.accountable for late in self.overdue if late.task.accountable}.values()
        )


def scope_of(person: Person, on: dt.date) -> Scope | None:
    """What the person answers for or looks over: the whole agency as leader, auditor or secretary, the unit as head.

    None for those who answer for nothing but their own work.
    """
    if not reach(person, Capability.VIEW):
        return None
    whole = any(reach(person, c) == AGENCY for c in (Capability.COMPLETE_TASK, Capability.READ_LEDGER))
    if not whole and not reach(person, Capability.COMPLETE_TASK):
        return None
    key = f"home:{person.agency_id}:{'' if whole else person.unit.path}:{on:%Y%m%d}:{ledger.stamp()}"
    found = cache.get(key)
    if found is None:
        found = _count(person, None if whole else person.unit, on)
        cache.set(key, found, 3600)
    return found


def _count(person: Person, unit: Unit | None, on: dt.date) -> Scope:
    tasks = Task.objects.visible_to(person).in_force()
    tasks = tasks.led_by(unit) if unit else tasks
    waiting = tasks.filter(closed=False).select_related("accountable", "plan").order_by("due_key", "pk")
    late_first = waiting.filter(due_key__lt=on)[:SHOWN].values("pk")
    near = waiting.filter(Q(due_key__gte=on) | Q(pk__in=late_first), due_key__lte=on + AHEAD)[: LOOKED_AT + SHOWN]
    dated = [(t, t.due) for t in near if t.due]
    overdue = [Late(t, (on - due).days) for t, due in dated if due < on]
    risks = [Risk(t, pace(t.starts_on or t.plan.starts_on, due, t.progress, on)) for t, due in dated if due >= on]
    rows: list[UnitRow] = []
    counts = FourCells()
    if unit:
        counts = tasks.four_cells(on)
    else:
        by_unit = tasks.four_cells_by("lead_unit", on)
        known = Unit.objects.in_bulk([pk for pk in by_unit if pk])
        rows = [UnitRow(known[pk], c) for pk, c in by_unit.items() if pk]
        rows.sort(key=lambda r: (-r.counts.open_overdue, r.unit.sort_key))
        for c in by_unit.values():
            counts += c
    return Scope(
        unit=unit,
        counts=counts,
        overdue=overdue,
        risks=[r for r in risks if r.pace.at_risk][:SHOWN],
        units=rows[:UNITS_SHOWN],
    )
