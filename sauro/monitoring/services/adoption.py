"""Adopting, amending, assigning and splitting, with the duties that follow from each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.documents.models import Reading
from sauro.monitoring.models import Duty
from sauro.monitoring.services.duties import generate_duties
from sauro.monitoring.services.indicators import propose_indicators
from sauro.notices import services as notices
from sauro.organization.models import Person
from sauro.plans import services as plans
from sauro.plans.models import ChangeRequest, Plan, PlanRevision, Task


@transaction.atomic
def adopt(reading: Reading, actor: Person | None, today: dt.date, *, accept_doubts: bool = False) -> Plan:
    """Adopt a reading: the plan, all its duties and how its targets are measured exist at once, or nothing does.

    Heads of the units with a part in it are told. Raises `plans.services.errors.NotNow`, `Refused`.
    """
    plan = plans.adopt_reading(reading, actor, today, accept_doubts=accept_doubts)
    generate_duties(plan, today)
    propose_indicators(plan)
    _tell_heads(plan, actor, lambda: _("Kế hoạch mới có hiệu lực: %(plan)s") % {"plan": plan.label})
    return plan


@transaction.atomic
def amend(
    plan: Plan, reading: Reading, actor: Person | None, today: dt.date, *, whole: bool, **options: Any
) -> PlanRevision:
    """Amend a plan by a later decision; duties of tasks that changed are made again, those met stay as they are.

    `options`: `skip`, `accept_doubts` of `plans.services.amend_plan`. Raises as that does.
    """
    revision = plans.amend_plan(plan, reading, actor, today, whole=whole, **options)
    plan.refresh_from_db()
    generate_duties(plan, today)
    propose_indicators(plan)
    said = {"no": revision.no, "plan": plan.label}
    _tell_heads(plan, actor, lambda: _("Kế hoạch được sửa đổi lần %(no)d: %(plan)s") % said)
    return revision


@transaction.atomic
def approve(
    plan: Plan, requests: Iterable[ChangeRequest], actor: Person, today: dt.date, note: str = ""
) -> PlanRevision:
    """Approve proposals of change: the plan's next revision, with its duties. Raises `NotNow`, `Refused`."""
    revision = plans.approve_changes(plan, requests, actor, today, note)
    plan.refresh_from_db()
    generate_duties(plan, today)
    said = {"no": revision.no, "plan": plan.label}
    _tell_heads(plan, actor, lambda: _("Kế hoạch được sửa đổi lần %(no)d: %(plan)s") % said)
    return revision


def _tell_heads(plan: Plan, actor: Person | None, text: Callable[[], str]) -> None:
    paths: Collection[str] = set(plan.duties.open().values_list("unit_path", flat=True))
    heads = Person.objects.filter(unit__path__in=paths, is_active=True).exclude(post=Person.Post.MEMBER)
    notices.tell(heads, "plans.plan.adopted", text, f"/ke-hoach/{plan.pk}/", but=actor)


@transaction.atomic
def assign(task: Task, person: Person | None, actor: Person) -> Task:
    """Name who answers for a task; its open duties go to that person. Raises `NotNow`, `Refused`."""
    task = plans.assign_task(task, person, actor)
    Duty.objects.open().filter(task=task, unit_path=task.lead_path).update(person=person)
    return task


@transaction.atomic
def order(plan: Plan, actor: Person, today: dt.date, **fields: Any) -> Task:
    """Order a task while the plan runs, with its duties; fields as `plans.services.order_task`. Raises `NotNow`."""
    task = plans.order_task(plan, actor, today, **fields)
    generate_duties(task.plan, today, only=[task])
    Duty.objects.open().filter(task=task, unit_path=task.lead_path).update(person=task.accountable)
    return task


@transaction.atomic
def split(task: Task, actor: Person, today: dt.date, **fields: Any) -> Task:
    """Make a sub-task, with its duties; fields as `plans.services.split_task`. Raises `NotNow`, `Refused`."""
    child = plans.split_task(task, actor, today, **fields)
    generate_duties(child.plan, today, only=[child])
    return child
