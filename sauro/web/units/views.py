"""Units as a tree, and one unit: what it leads, what it helps with, its people."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sauro.monitoring.standing import count, count_by
from sauro.organization.models import Person, Unit
from sauro.organization.models.units import under
from sauro.organization.policy import Capability, reach
from sauro.plans.models import Plan, Task
from sauro.plans.standing import FourCells
from sauro.web.look.then import Then
from sauro.web.request import Request
from sauro.web.tasks.counting import kept, kept_cells_by, shown
from sauro.web.tasks.register import listed, unit_choices
from sauro.web.today import today
from sauro.web.units.rows import overdue_rows, people_rows, plan_rows

OVERDUE_SHOWN, PLANS_SHOWN = 20, 30
POST_ORDER: dict[str, int] = {Person.Post.HEAD: 0, Person.Post.DEPUTY: 1, Person.Post.MEMBER: 2}


@dataclass(slots=True)
class Branch:
    """A unit in the tree, its people by post, and the counts of what it leads with all under it."""

    unit: Unit
    depth: int
    leaders: list[Person] = field(default_factory=list)
    members: int = 0
    cells: dict[str, int] = field(default_factory=dict)
    total: int = 0


def _units(person: Person) -> list[tuple[Unit, str]]:
    return unit_choices(person.agency_id) if reach(person, Capability.VIEW) else []


@require_safe
def unit_tree(request: Request) -> HttpResponse:
    """All units of the agency with heads, deputies and how what they lead stands."""
    on, me = today(), request.user
    people: dict[int, list[Person]] = {}
    for p in Person.objects.filter(unit__agency_id=me.agency_id, is_active=True).only(
        "full_name", "position", "post", "unit_id", "sort_key"
    ):
        people.setdefault(p.unit_id, []).append(p)
    rows = Task.objects.visible_to(me).in_force().of_the_plan()
    counted = kept_cells_by(rows, "lead_path", f"{me.agency_id}&tree", on)
    branches = []
    for unit, words in _units(me):
        here = people.get(unit.pk, [])
        leaders = sorted((p for p in here if p.post != Person.Post.MEMBER), key=lambda p: POST_ORDER[p.post])
        cells = sum((c for path, c in counted.items() if str(path).startswith(unit.path)), FourCells())
        depth = len(words) - len(words.lstrip("\u2003"))
        branches.append(Branch(unit, depth, leaders, len(here) - len(leaders), shown(cells), cells.total))
    own: list[Branch] = []
    others: list[Branch] = []
    for b in branches:
        inside = b.unit.depth > 1 or b.unit.name == me.unit.agency.name
        kept = b.unit.kind in (Unit.Kind.UNIT, Unit.Kind.ORGANISATION) or b.leaders or b.members
        (own if inside and kept else others).append(b)
    # The agency first, then its leaders, as a register of staff has them; then by name.
    own.sort(key=lambda b: (b.depth > 0, b.depth != 1 or b.unit.kind != Unit.Kind.ROLE))
    return render(
        request,
        "units/tree.html",
        {
            "branches": own,
            "others": others,
            "people_count": sum(map(len, people.values())),
            "most": max((b.total for b in own if b.depth), default=0),
            "me": me,
        },
    )


@require_safe
def unit(request: Request, pk: int) -> HttpResponse:
    """One unit: four cells of what it leads, the overdue of it, plan by plan, what it helps with, people."""
    on, me = today(), request.user
    found = get_object_or_404(
        Unit.objects.filter(agency_id=me.agency_id if reach(me, Capability.VIEW) else None), pk=pk
    )
    rows = Task.objects.visible_to(me).in_force()
    orders = rows.of_the_plan().led_by(found)
    helped = rows.of_the_plan().coordinated_by(found)
    then = Then.asked(request, on)
    if then.differs:
        every = Task.objects.visible_to(me).of_the_plan()
        by_plan, cells, most = _newest(count_by(every.led_by(found), then.as_of, "plan_id"))
        helps = count(every.coordinated_by(found), then.as_of)
    else:
        (by_plan, cells, most), helps = kept(
            f"{me.agency_id}&unit={pk}",
            on,
            lambda: (_newest(orders.four_cells_by("plan_id", on)), helped.four_cells(on)),
        )
    plans = Plan.objects.filter(pk__in=by_plan).only("number", "title", "starts_on")
    overdue = (
        list(listed(orders.overdue(on).order_by("closed", "due_key", "pk"))[:OVERDUE_SHOWN]) if cells.total else []
    )
    people = sorted(
        Person.objects.filter(under("unit__path", found.path), is_active=True).select_related("unit")[:300],
        key=lambda p: (p.unit.path, POST_ORDER[p.post], p.sort_key),
    )
    list_url = f"{reverse('task-list')}?don_vi={pk}"
    led_url = f"{list_url}&vai_tro=chu_tri"
    by_each = [(p, shown(by_plan[p.pk]), by_plan[p.pk].total) for p in plans]
    return render(
        request,
        "units/unit.html",
        {
            "unit": found,
            "title": found.name if then.differs else heading(found, cells),
            "cells": shown(cells),
            "total": cells.total,
            "continuous": cells.continuous,
            "helps": shown(helps),
            "helps_total": helps.total,
            "plans": by_each,
            "plan_rows": plan_rows(by_each, most, led_url),
            "overdue": overdue,
            "overdue_rows": overdue_rows(overdue, on),
            "overdue_hidden": 0 if then.differs else max(0, cells.open_overdue - OVERDUE_SHOWN),
            "people": people,
            "people_rows": people_rows(people, found),
            "under": Unit.objects.filter(path__startswith=found.path, depth=found.depth + 1, is_active=True).order_by(
                "sort_key"
            ),
            "above": found.get_parent() if found.depth > 2 else None,
            "list_url": list_url,
            "led_url": led_url,
            "then": then,
        },
    )


def _newest(by_plan: dict[int, FourCells]) -> tuple[dict[int, FourCells], FourCells, int]:
    """Of counts by plan the newest plans, which the page shows; the sum of all, and the largest total. What is kept of
    a unit is then as small in a large agency as in a small one."""
    shown_of = {pk: by_plan[pk] for pk in sorted(by_plan, reverse=True)[:PLANS_SHOWN]}
    return shown_of, sum(by_plan.values(), FourCells()), max((c.total for c in by_plan.values()), default=0)


def heading(unit: Unit, cells: FourCells) -> str:
    """The unit and how it stands."""
    if cells.open_overdue:
        return _("%(unit)s: %(n)d nhiệm vụ quá hạn chưa xong") % {"unit": unit.name, "n": cells.open_overdue}
    if cells.total:
        return _("%(unit)s: không việc nào quá hạn") % {"unit": unit.name}
    return unit.name
