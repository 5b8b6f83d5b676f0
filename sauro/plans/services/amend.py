"""A later decision changes a plan in force."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from sauro.documents.models import Reading
from sauro.ledger import services as ledger
from sauro.organization.models import Person
from sauro.plans.diff import Change, compare
from sauro.plans.models import DueChange, Milestone, Plan, PlanRevision, Product, Task, TaskUnit
from sauro.plans.services import build
from sauro.plans.services.adopt import checked_reading
from sauro.plans.services.errors import NotNow
from sauro.plans.services.export import plan_to_draft, task_to_draft, tasks_in_force
from sauro.plans.services.parts import apply_parts, propose_parts
from sauro.reading.draft import Draft, DraftTask
from sauro.reading.serial import draft_to_json


def propose_changes(plan: Plan, draft: Draft, *, whole: bool) -> list[Change]:
    """What the draft would change in the plan, task by task; see `sauro.plans.diff.compare`."""
    return compare(tasks_today(plan), draft.tasks, whole=whole)


def tasks_today(plan: Plan) -> list[DraftTask]:
    """The plan's tasks as a later document is compared with them: units under the names that they bear today."""
    return [task_to_draft(t, names_of_today=True) for t in tasks_in_force(plan)]


@transaction.atomic
def amend_plan(
    plan: Plan,
    reading: Reading,
    actor: Person | None,
    today: dt.date,
    *,
    whole: bool,
    skip: Collection[int] = (),
    parts: bool = True,
    accept_doubts: bool = False,
) -> PlanRevision:
    """The plan's next revision. Tasks keep their identity, so that reports stay attached; those ended are kept, marked.

    `skip`: indices of proposed changes that the person does not take over; `parts`: whether what the document says of
    objectives and reporting is taken over too. Raises `NotNow`, `Refused`.
    """
    reading, draft = checked_reading(reading.pk, actor, accept_doubts=accept_doubts)
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.agency_id != reading.agency_id:
        raise NotNow(_("Kế hoạch này thuộc cơ quan khác."))
    rows = tasks_in_force(plan)
    before = [task_to_draft(t, names_of_today=True) for t in rows]
    proposed = compare(before, draft.tasks, whole=whole)
    changes = [c for i, c in enumerate(proposed) if i not in skip]
    besides = propose_parts(plan, draft, whole=whole) if parts else None
    if not changes and not besides:
        raise NotNow(_("Văn bản này không đổi nhiệm vụ nào của kế hoạch."))
    document = build.make_document(reading, draft)
    no = plan.revision + 1
    names = build.Names.of(plan.agency)
    groups = build.add_groups(plan, (draft.tasks[c.new].group for c in changes if c.new is not None))
    added: list[DraftTask] = []
    moved: list[DueChange] = []
    for change in changes:
        if change.kind == "added" and change.new is not None:
            added.append(draft.tasks[change.new])
        elif change.kind == "ended" and change.old is not None:
            end_task(rows[change.old], no, today)
        elif change.old is not None and change.new is not None:
            task = draft.tasks[change.new]
            before_it = rows[change.old].due
            _change(rows[change.old], task, plan, groups.get(task.group or ""), names)
            if before_it != rows[change.old].due:
                row = rows[change.old]
                moved.append(DueChange(task=row, before=before_it, after=row.due, changed_on=today))
    if besides:
        apply_parts(plan, besides, no, names)
    last = plan.tasks.order_by("-order").values_list("order", flat=True).first() or 0
    build.add_tasks(plan, added, names, today, first=last + 1)
    dues = [t.schedule.due for t in draft.tasks if t.schedule.due]
    plan.revision, plan.ends_on = no, max([plan.ends_on, *dues])
    plan.save(update_fields=["revision", "ends_on"])
    revision = PlanRevision.objects.create(
        plan=plan,
        no=no,
        document=document,
        draft=draft_to_json(plan_to_draft(plan)),
        changes=[_described(c, before, draft.tasks) for c in changes] + (besides.described() if besides else []),
        adopted_by=actor,
    )
    for shift in moved:
        shift.revision = revision
    DueChange.objects.bulk_create(moved)
    reading.state, reading.document = Reading.State.ADOPTED, document
    reading.save(update_fields=["state", "document", "changed_at"])
    kinds = [c.kind for c in changes]
    ledger.record(
        actor,
        "plans.plan.amended",
        plan,
        revision=no,
        document=document.pk,
        besides=len(besides.described()) if besides else 0,
        **{kind: kinds.count(kind) for kind in ("added", "changed", "moved", "ended")},
    )
    return revision


def _described(change: Change, old: list[DraftTask], new: list[DraftTask]) -> dict[str, object]:
    task = new[change.new] if change.new is not None else old[change.old or 0]
    return {**dataclasses.asdict(change), "ref": task.ref, "title": task.title}


def end_task(task: Task, no: int, today: dt.date) -> None:
    """Revision `no` drops the task, with what units made of it."""
    Task.objects.filter(pk=task.pk).update(ended_in=no, ended_on=today)
    task.children.filter(ended_in=None).update(ended_in=no, ended_on=today)


def _change(task: Task, t: DraftTask, plan: Plan, group: object, names: build.Names) -> None:
    old_due = task.due
    for name, value in build.task_fields(t, group, names).items():  # type: ignore[arg-type]
        setattr(task, name, value)
    if old_due != task.due and old_due and not task.original_due:
        task.original_due = old_due
    shares = {u.name: u.share for u in task.task_units.all() if u.share}
    parts = build.parts_of(task, t, names)
    for part in parts:
        part.share = shares.get(part.name, "")
    build.set_clears(task, plan, parts, len(t.products))
    task.save()
    task.task_units.all().delete()
    TaskUnit.objects.bulk_create(parts)
    keep_products(task, t.products)
    done = {m.text: m.done_on for m in task.milestones.all()}
    task.milestones.all().delete()
    Milestone.objects.bulk_create(
        Milestone(task=task, order=i, text=m.text, due=m.due, done_on=done.get(m.text))
        for i, m in enumerate(t.milestones)
    )


def keep_products(task: Task, texts: list[str]) -> None:
    """The task's products become `texts`. Products keep their rows where they can, for evidence hangs on them."""
    rows = list(task.products.all())
    for row, text in zip(rows, texts, strict=False):
        if row.text != text:
            row.text = text
            row.save(update_fields=["text"])
    Product.objects.bulk_create(Product(task=task, order=i, text=p) for i, p in enumerate(texts) if i >= len(rows))
    for row in rows[len(texts) :]:
        # A product that evidence hangs on stays, whatever a later decision says.
        with contextlib.suppress(ProtectedError):
            row.delete()
