"""Everything at once: each plan with its groups and units, and each unit. A constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.utils import timezone

from sauro.monitoring.standing.asof import AsOf, count_by
from sauro.organization.models import Agency, Unit
from sauro.plans.models import Plan, Task, TaskGroup
from sauro.plans.standing import FourCells


@dataclass(slots=True)
class Counted:
    """One row of the overview. `id` None: the tasks that have no such group, or whose lead unit isn't in the register.

    `with_under`: for a unit, the counts with all units under it; `cells` is what the unit itself leads.
    """

    id: int | None
    name: str
    cells: FourCells
    number: str = ""
    with_under: FourCells | None = None
    groups: list[Counted] = field(default_factory=list)
    units: list[Counted] = field(default_factory=list)


def overview(agency: Agency, asked: AsOf, plans: Collection[int] | None = None) -> tuple[list[Counted], list[Counted]]:
    """Plans, newest first, each with its groups and units in their order; and the units, in the order of the register.

    `plans`: ids of those to count, None for all of the agency; units are then counted over these plans. Plans adopted
    after the day are left out. What a document itself orders is counted, without sub-tasks. The groups of a plan, and
    its units, each sum up to the plan.
    """
    tasks = Task.objects.filter(agency=agency).of_the_plan()
    rows = Plan.objects.filter(agency=agency)
    if plans is not None:
        tasks, rows = tasks.filter(plan_id__in=plans), rows.filter(pk__in=plans)
    by_group: dict[int, dict[int | None, FourCells]] = defaultdict(dict)
    by_unit: dict[int, dict[int | None, FourCells]] = defaultdict(dict)
    led: dict[int | None, FourCells] = defaultdict(FourCells)
    for (plan, group, unit), cells in count_by(tasks, asked, "plan_id", "group_id", "lead_unit_id").items():
        by_group[plan][group] = by_group[plan].get(group, FourCells()) + cells
        by_unit[plan][unit] = by_unit[plan].get(unit, FourCells()) + cells
        led[unit] += cells
    register = list(Unit.objects.filter(agency=agency).order_by("path"))
    names: dict[int | None, str] = {u.pk: u.name for u in register}
    headings = defaultdict(list)
    for heading in TaskGroup.objects.filter(plan__in=rows).order_by("plan_id", "order"):
        headings[heading.plan_id].append(heading)
    found = []
    for plan in rows.only("number", "title", "starts_on", "adopted_at"):
        if plan.pk not in by_unit and timezone.localdate(plan.adopted_at) > asked.on:
            continue
        groups = [
            Counted(g.pk, g.title, by_group[plan.pk][g.pk]) for g in headings[plan.pk] if g.pk in by_group[plan.pk]
        ]
        if None in by_group[plan.pk]:
            groups.append(Counted(None, "", by_group[plan.pk][None]))
        units = [Counted(u, names[u], by_unit[plan.pk][u]) for u in names if u in by_unit[plan.pk]]
        if None in by_unit[plan.pk]:
            units.append(Counted(None, "", by_unit[plan.pk][None]))
        total = sum(by_unit[plan.pk].values(), FourCells())
        found.append(Counted(plan.pk, plan.title, total, plan.number, groups=groups, units=units))
    return found, _units(register, led)


def _units(register: list[Unit], led: dict[int | None, FourCells]) -> list[Counted]:
    below: dict[str, FourCells] = defaultdict(FourCells)
    for unit in register:
        if unit.pk in led:
            for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen):
                below[unit.path[:end]] += led[unit.pk]
    units = [
        Counted(u.pk, u.name, led.get(u.pk, FourCells()), with_under=below[u.path]) for u in register if u.path in below
    ]
    if None in led:
        units.append(Counted(None, "", led[None], with_under=led[None]))
    return units
