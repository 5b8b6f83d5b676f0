"""What a unit does with a task it leads: name who answers for it, complete what is unclear, share it out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Person, Unit
from sauro.organization.models.units import under
from sauro.organization.policy import AGENCY, Capability, allows, reach, require
from sauro.plans.models import Plan, Product, Task, TaskGroup, TaskUnit
from sauro.plans.services import build
from sauro.plans.services.errors import NotNow

EDITABLE = ("title", "measurement", "report_frequency", "records", "authority", "note")


def _locked(task: Task) -> Task:
    return Task.objects.select_for_update(of=("self",)).select_related("plan", "lead_unit").get(pk=task.pk)


def _must_be_open(task: Task) -> None:
    if task.ended_in:
        raise NotNow(_("Nhiệm vụ này đã bị bỏ ở lần sửa đổi %(no)d của kế hoạch.") % {"no": task.ended_in})
    if task.completed_on:
        raise NotNow(_("Nhiệm vụ này đã hoàn thành ngày %(day)s.") % {"day": f"{task.completed_on:%d/%m/%Y}"})


def refresh_clears(task: Task) -> None:
    """Judge the six clears of one task anew and save them."""
    build.set_clears(task, task.plan, task.task_units.select_related("unit"), task.products.count())
    Task.objects.filter(pk=task.pk).update(clears=task.clears, clear_count=task.clear_count)


def candidates_for(task: Task, actor: Person) -> models.QuerySet[Person]:
    """People whom `actor` may name as accountable for the task: those of the lead unit and of units under it."""
    people = Person.objects.filter(is_active=True, unit__agency_id=task.agency_id).select_related("unit")
    if task.lead_path:
        people = people.filter(under("unit__path", task.lead_path))
        if reach(actor, Capability.ASSIGN_TASK) != AGENCY:
            people = people.filter(under("unit__path", actor.unit.path))
    return people


@transaction.atomic
def assign_task(task: Task, person: Person | None, actor: Person) -> Task:
    """Name who answers for the task; None takes the name away. Raises `NotNow`, `Refused`.

    The lead unit's head names someone of that unit (rõ người).
    """
    task = _locked(task)
    _must_be_open(task)
    require(actor, Capability.ASSIGN_TASK, task)
    if person and not candidates_for(task, actor).filter(pk=person.pk).exists():
        raise NotNow(
            _("%(name)s không thuộc đơn vị chủ trì. Chọn người của đơn vị chủ trì.") % {"name": person.full_name}
        )
    before = task.accountable
    task.accountable = person
    task.save(update_fields=["accountable"])
    refresh_clears(task)
    ledger.record(
        actor,
        "plans.task.assigned",
        task,
        before=before.full_name if before else "",
        after=person.full_name if person else "",
    )
    if person:
        notices.tell(
            [person],
            "plans.task.assigned",
            lambda: _("%(name)s giao chịu trách nhiệm: %(task)s") % {"name": actor.full_name, "task": task},
            f"/nhiem-vu/{task.pk}/",
            but=actor,
        )
    return task


@transaction.atomic
def edit_task(task: Task, actor: Person, changes: Mapping[str, Any]) -> Task:
    """Complete what the document left open. `changes`: fields of `EDITABLE`; `products`, a list of texts, adds to
    those there; `shares`, {task unit's id: text}. What the document fixed (time, units) changes only by a revision.

    Raises `NotNow`, `Refused`.
    """
    task = _locked(task)
    _must_be_open(task)
    require(actor, Capability.EDIT_TASK, task)
    before = {}
    for name in EDITABLE:
        if name in changes and getattr(task, name) != changes[name].strip():
            before[name] = [getattr(task, name), changes[name].strip()]
            setattr(task, name, changes[name].strip())
    if not task.title:
        raise NotNow(_("Nội dung nhiệm vụ không được để trống."))
    task.save()
    known = list(task.products.values_list("text", flat=True))
    fresh = [p.strip() for p in changes.get("products", []) if p.strip() and p.strip() not in known]
    Product.objects.bulk_create(Product(task=task, order=len(known) + i, text=p) for i, p in enumerate(fresh))
    if fresh:
        before["products"] = [known, [*known, *fresh]]
    for part in task.task_units.filter(pk__in=changes.get("shares", {})):
        share = changes["shares"][part.pk].strip()
        if share != part.share:
            before[f"share {part.label}"] = [part.share, share]
            part.share = share
            part.save(update_fields=["share"])
    refresh_clears(task)
    if before:
        ledger.record(actor, "plans.task.edited", task, changes=before)
    return task


@transaction.atomic
def split_task(
    task: Task,
    actor: Person,
    today: dt.date,
    *,
    title: str,
    unit: Unit,
    due: dt.date | None,
    products: list[str] | None = None,
) -> Task:
    """A sub-task of `task` for the unit or one of its divisions, from `today` on, never later than the task itself.

    Raises `NotNow` (date after the parent's, unit outside the lead unit), `Refused`.
    """
    task = _locked(task)
    _must_be_open(task)
    require(actor, Capability.SPLIT_TASK, task)
    if not title.strip():
        raise NotNow(_("Ghi nội dung việc con."))
    if not unit.path.startswith(task.lead_path) or unit.agency_id != task.agency_id:
        raise NotNow(_("%(unit)s không thuộc đơn vị chủ trì nhiệm vụ này.") % {"unit": unit.name})
    if task.due and (due is None or due > task.due):
        raise NotNow(
            _("Việc con phải có hạn không sau hạn của nhiệm vụ, ngày %(day)s.") % {"day": f"{task.due:%d/%m/%Y}"}
        )
    if task.starts_on and due and due < task.starts_on:
        raise NotNow(
            _("Hạn của việc con không được trước ngày bắt đầu %(day)s.") % {"day": f"{task.starts_on:%d/%m/%Y}"}
        )
    no = task.children.count() + 1
    ref = f"{task.ref}.{no}" if task.ref else str(no)
    child = Task(
        agency_id=task.agency_id,
        plan=task.plan,
        parent=task,
        group=task.group,
        order=task.order,
        ref=ref[:40],
        title=title.strip(),
        lead_unit=unit,
        lead_path=unit.path,
        schedule_kind=Task.ScheduleKind.DEADLINE if due else task.schedule_kind,
        schedule_text=f"{due:%d/%m/%Y}" if due else task.schedule_text,
        due=due,
        recurs="" if due else task.recurs,
        event="" if due else task.event,
        authority=task.authority,
        given_on=today,
    )
    child.save()
    TaskUnit.objects.create(task=child, unit=unit, name=unit.name, role=TaskUnit.Role.LEAD, order=0, path=unit.path)
    Product.objects.bulk_create(
        Product(task=child, order=i, text=p.strip()) for i, p in enumerate(products or []) if p.strip()
    )
    refresh_clears(child)
    ledger.record(actor, "plans.task.split", task, child=child.pk, unit=unit.name, title=child.title, due=due)
    ledger.record(actor, "plans.task.made", child, parent=task.pk, unit=unit.name, due=due)
    heads = Person.objects.filter(unit=unit, is_active=True).exclude(post=Person.Post.MEMBER)
    notices.tell(
        heads, "plans.task.made", lambda: _("Việc con mới: %(task)s") % {"task": child}, f"/nhiem-vu/{child.pk}/",
        but=actor,
    )  # fmt: skip
    return child


@transaction.atomic
def order_task(
    plan: Plan,
    actor: Person,
    today: dt.date,
    *,
    title: str,
    unit: Unit,
    due: dt.date,
    group: str,
    origin: str,
    products: Iterable[str] = (),
    accountable: Person | None = None,
) -> Task:
    """A task that is given while the plan runs, beside those of its document: it answers something that came up, which
    `origin` names. Whoever calls has asked for permission. Raises `NotNow`.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("document", "agency").get(pk=plan.pk)
    if not title.strip():
        raise NotNow(_("Ghi nội dung việc phải làm."))
    if due < today:
        raise NotNow(_("Hạn %(day)s đã qua. Chọn ngày từ hôm nay trở đi.") % {"day": f"{due:%d/%m/%Y}"})
    if unit.agency_id != plan.agency_id:
        raise NotNow(_("%(unit)s không thuộc cơ quan này. Chọn một đơn vị trong danh bạ.") % {"unit": unit.name})
    if accountable and not (accountable.is_active and accountable.unit.path.startswith(unit.path)):
        raise NotNow(
            _("%(name)s không thuộc %(unit)s. Chọn người của đơn vị thực hiện.")
            % {"name": accountable.full_name, "unit": unit.name}
        )
    heading = plan.groups.filter(title=group).first()
    if heading is None:
        last = plan.groups.aggregate(last=models.Max("order"))["last"]
        heading = TaskGroup.objects.create(plan=plan, title=group, order=0 if last is None else last + 1)
    order = (plan.tasks.aggregate(last=models.Max("order"))["last"] or 0) + 1
    task = Task(
        agency_id=plan.agency_id,
        plan=plan,
        group=heading,
        order=order,
        title=title.strip(),
        lead_unit=unit,
        lead_path=unit.path,
        accountable=accountable,
        schedule_kind=Task.ScheduleKind.DEADLINE,
        schedule_text=f"{due:%d/%m/%Y}",
        due=due,
        origin=origin,
        authority=plan.authority,
        ordered_here=True,
        given_on=today,
    )
    task.save()
    TaskUnit.objects.create(task=task, unit=unit, name=unit.name, role=TaskUnit.Role.LEAD, order=0, path=unit.path)
    Product.objects.bulk_create(
        Product(task=task, order=i, text=p.strip()) for i, p in enumerate(p for p in products if p.strip())
    )
    if due > plan.ends_on:
        plan.ends_on = due
        plan.save(update_fields=["ends_on"])
    refresh_clears(task)
    ledger.record(actor, "plans.task.ordered", task, plan=plan.pk, unit=unit.name, due=due, origin=origin)
    told = list(Person.objects.filter(unit=unit, is_active=True).exclude(post=Person.Post.MEMBER))
    notices.tell(
        {p.pk: p for p in [*told, *([accountable] if accountable else [])]}.values(),
        "plans.task.ordered", lambda: _("Việc mới được giao: %(task)s") % {"task": task}, f"/nhiem-vu/{task.pk}/",
        but=actor,
    )  # fmt: skip
    return task


def may(actor: Person, capability: Capability, task: Task) -> bool:
    """Whether the person may use the capability on the task; for showing buttons."""
    return task.ended_in is None and allows(actor, capability, task)
