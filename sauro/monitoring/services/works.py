"""What is kept of a large task beside its row in the document: its components, what it waits for, money, KPI."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.monitoring.models import BudgetEntry, MeasureFigure, TaskMeasure
from sauro.monitoring.services.duties import generate_duties
from sauro.organization.models import Person
from sauro.organization.policy import Capability, require
from sauro.plans.models import LargeTask, Milestone, Task, TaskDependency
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.periods import Period, occurrences

TEXTS = ("initiative", "problem", "product", "measures")
ZERO = Decimal(0)


def missing_components(task: Task, large: LargeTask, milestones: Iterable[Milestone]) -> list[str]:
    """What a large task still lacks, in words: its five components, and a milestone in every quarter of its time.

    A task without a due day has no quarters to be held to.
    """
    names = {
        "initiative": _("sáng kiến, việc lớn"),
        "problem": _("vấn đề cần giải quyết"),
        "product": _("sản phẩm chính"),
        "measures": _("giải pháp thực hiện"),
    }
    lacking = [words for name, words in names.items() if not getattr(large, name).strip()]
    if large.receiving_unit_id is None:
        lacking.append(_("đơn vị tiếp nhận sản phẩm"))
    if task.due:
        there = {Period.of("quarter", m.due) for m in milestones if m.due}
        quarters = list(occurrences("quarter", task.starts_on or task.plan.starts_on, task.due))
        without = [q.label.removeprefix("Quý ") for q in quarters if q not in there]
        if without:
            lacking.append(_("mốc của quý %(quarters)s") % {"quarters": ", ".join(without)})
    return lacking


@transaction.atomic
def describe_large_task(task: Task, actor: Person, today: dt.date, changes: Mapping[str, Any]) -> LargeTask:
    """Fill in the components of a large task; the first time makes it one.

    `changes`: texts of `TEXTS`, `receiving_unit` (a unit or None), `milestones` (list of (day, text)), which are added
    to those there with their duties. Raises `NotNow`, `Refused`.
    """
    task = _open(task, actor)
    large, made = LargeTask.objects.get_or_create(task=task)
    told: dict[str, Any] = {}
    for name in TEXTS:
        if name in changes and getattr(large, name) != changes[name].strip():
            told[name] = [getattr(large, name), changes[name].strip()]
            setattr(large, name, changes[name].strip())
    if "receiving_unit" in changes and large.receiving_unit != changes["receiving_unit"]:
        unit = changes["receiving_unit"]
        if unit is not None and unit.agency_id != task.agency_id:
            raise NotNow(_("Chọn đơn vị của cơ quan này."))
        told["receiving_unit"] = [str(large.receiving_unit or ""), str(unit or "")]
        large.receiving_unit = unit
    large.save()
    added = _add_milestones(task, changes.get("milestones", []))
    if added:
        told["milestones"] = [f"{m.due:%d/%m/%Y}: {m.text}" for m in added]
        generate_duties(task.plan, today, only=[task])
    if told or made:
        ledger.record(actor, "monitoring.large_task.described", task, changes=told)
    return large


def _add_milestones(task: Task, wanted: Sequence[tuple[dt.date, str]]) -> list[Milestone]:
    known = {(m.due, m.text) for m in task.milestones.all()}
    last = task.milestones.aggregate(last=Max("order"))["last"]
    first = 0 if last is None else last + 1
    fresh = [(day, text.strip()) for day, text in dict.fromkeys(wanted) if (day, text.strip()) not in known]
    for day, text in fresh:
        if not text:
            raise NotNow(_("Ghi nội dung của mốc ngày %(day)s.") % {"day": f"{day:%d/%m/%Y}"})
        if task.due and day > task.due:
            raise NotNow(
                _("Mốc ngày %(day)s sau hạn của nhiệm vụ, ngày %(due)s.")
                % {"day": f"{day:%d/%m/%Y}", "due": f"{task.due:%d/%m/%Y}"}
            )
    return Milestone.objects.bulk_create(
        Milestone(task=task, order=first + i, text=text, due=day) for i, (day, text) in enumerate(fresh)
    )


def _open(task: Task, actor: Person) -> Task:
    task = Task.objects.select_for_update(of=("self",)).select_related("plan", "lead_unit").get(pk=task.pk)
    require(actor, Capability.EDIT_TASK, task)
    if task.ended_in:
        raise NotNow(_("Nhiệm vụ này đã bị bỏ ở lần sửa đổi %(no)d của kế hoạch.") % {"no": task.ended_in})
    return task


@transaction.atomic
def add_dependency(task: Task, on: Task, actor: Person) -> TaskDependency:
    """Say that `task` can't be finished before `on`. Raises `NotNow` (itself, twice, a circle), `Refused`."""
    task = _open(task, actor)
    if on.agency_id != task.agency_id or on.ended_in:
        raise NotNow(_("Chọn một nhiệm vụ còn hiệu lực của cơ quan này."))
    if on.pk == task.pk:
        raise NotNow(_("Một nhiệm vụ không chờ chính nó."))
    if TaskDependency.objects.filter(task=task, on=on).exists():
        raise NotNow(_("Đã ghi là phải chờ nhiệm vụ %(ref)s.") % {"ref": on.ref or on.title[:60]})
    if task.pk in _all_before(on.pk):
        raise NotNow(
            _("%(on)s đang phải chờ nhiệm vụ này, nên không thể chờ ngược lại.") % {"on": on.ref or on.title[:60]}
        )
    made = TaskDependency.objects.create(task=task, on=on)
    ledger.record(actor, "monitoring.dependency.added", task, after=str(on)[:200], on=on.pk)
    return made


def _all_before(pk: int) -> set[int]:
    """Everything that the task waits for, directly or through others; each task is visited once."""
    seen: set[int] = set()
    edge = {pk}
    while edge:
        found = set(TaskDependency.objects.filter(task__in=edge).values_list("on", flat=True))
        seen |= edge
        edge = found - seen
    return seen - {pk}


@transaction.atomic
def remove_dependency(dependency: TaskDependency, actor: Person) -> None:
    """Take back that a task waits for another. Raises `NotNow`, `Refused`."""
    task = _open(dependency.task, actor)
    ledger.record(actor, "monitoring.dependency.removed", task, before=str(dependency.on)[:200], on=dependency.on_id)
    dependency.delete()


@dataclass(slots=True, frozen=True)
class Money:
    """Money of one quarter and source, in million đồng."""

    quarter: str
    source: str
    registered: Decimal
    disbursed: Decimal


@transaction.atomic
def save_budget(task: Task, actor: Person, rows: Sequence[Money]) -> int:
    """Set the money of a task by quarter and source, to three decimals of a million đồng; what isn't named stays, a row
    of two noughts goes. Returns how many rows changed. Raises `NotNow`, `Refused`."""
    task = _open(task, actor)
    changed: list[list[str]] = []
    for row in rows:
        quarter, source = _quarter(row.quarter), row.source.strip()[:200]
        if row.registered < 0 or row.disbursed < 0:
            raise NotNow(_("Số tiền không được âm."))
        entry = BudgetEntry.objects.filter(task=task, quarter=quarter, source=source).first()
        before = (entry.registered, entry.disbursed) if entry else (ZERO, ZERO)
        if before == (row.registered, row.disbursed):
            continue
        changed.append([quarter, source, f"{before[0]}/{before[1]}", f"{row.registered}/{row.disbursed}"])
        if entry and not (row.registered or row.disbursed):
            entry.delete()
            continue
        entry = entry or BudgetEntry(agency_id=task.agency_id, task=task, quarter=quarter, source=source)
        entry.registered, entry.disbursed = row.registered, row.disbursed
        entry.save()
    if changed:
        ledger.record(actor, "monitoring.budget.saved", task, changes=changed)
    return len(changed)


def _quarter(written: str) -> str:
    try:
        period = Period.parse(written)
    except ValueError:
        period = None
    if period is None or period.kind != "quarter":
        raise NotNow(_("Không hiểu quý “%(typed)s”. Viết như 2026-Q4.") % {"typed": written.strip()})
    return str(period)


def budget_totals(tasks: Any, field: str) -> dict[Any, tuple[Decimal, Decimal]]:
    """Registered and disbursed of the tasks by `field` of the task ("plan_id", "lead_unit_id"), in million đồng; one
    query."""
    rows = BudgetEntry.objects.filter(task__in=tasks).order_by().values(f"task__{field}")
    summed = rows.annotate(in_all=Sum("registered"), out=Sum("disbursed"))
    return {row[f"task__{field}"]: (row["in_all"], row["out"]) for row in summed}


@dataclass(slots=True, frozen=True)
class Kpi:
    """A KPI of a task as a person gives it; `pk` of one that is there, None for a new one."""

    name: str
    unit_name: str
    wanted: Decimal | None
    reached: Decimal | None = None
    pk: int | None = None


@transaction.atomic
def save_measures(task: Task, actor: Person, today: dt.date, rows: Sequence[Kpi]) -> int:
    """Set the KPI of a task; one without a name goes, the others stay. Returns how many changed.

    A level that is reached bears the day on which it was said. Raises `NotNow`, `Refused`.
    """
    task = _open(task, actor)
    there = {m.pk: m for m in task.measures.all()}
    order = max((m.order for m in there.values()), default=-1) + 1
    told: list[dict[str, Any]] = []
    for row in rows:
        measure = there.get(row.pk) if row.pk else None
        if not row.name.strip():
            if measure:
                told.append({"removed": measure.name})
                measure.delete()
            continue
        if row.wanted is None:
            raise NotNow(_("Ghi mức phải đạt của “%(name)s”.") % {"name": row.name.strip()})
        if measure is None:
            measure = TaskMeasure(agency_id=task.agency_id, task=task, order=order)
            order += 1
        fresh = (row.name.strip()[:300], row.unit_name.strip()[:60], row.wanted, row.reached)
        if measure.pk and fresh == (measure.name, measure.unit_name, measure.wanted, measure.reached):
            continue
        moved = measure.reached != row.reached
        if moved:
            measure.reached_on = today if row.reached is not None else None
        measure.name, measure.unit_name, measure.wanted, measure.reached = fresh
        measure.save()
        if moved:
            MeasureFigure.objects.create(measure=measure, level=row.reached, told_on=today)
        told.append({"name": measure.name, "wanted": measure.wanted, "reached": measure.reached})
    if told:
        ledger.record(actor, "monitoring.measures.saved", task, changes=told)
    return len(told)
