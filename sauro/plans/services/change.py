"""Proposals to change a plan in force: proposed by units, gathered by the focal unit, decided by the authority."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability, Refused, allows, require
from sauro.plans.models import ChangeRequest, DueChange, Plan, PlanRevision, Task, TaskUnit
from sauro.plans.services import build
from sauro.plans.services.amend import end_task, keep_products
from sauro.plans.services.errors import NotNow
from sauro.plans.services.export import plan_to_draft
from sauro.reading.serial import draft_to_json
from sauro.vietnamese.text import nfc

State = ChangeRequest.State
WAITING = (State.PROPOSED, State.GATHERED)


def _clean_changes(task: Task, asked: Mapping[str, Any]) -> dict[str, list[Any]]:
    """{field: [before, after]} of what really differs. Raises `NotNow` where a value can't stand."""
    found: dict[str, list[Any]] = {}
    if title := nfc(str(asked.get("title") or "")).strip():
        found["title"] = [task.title, title]
    if due := asked.get("due"):
        if task.starts_on and due < task.starts_on:
            raise NotNow(_("Hạn mới không được trước ngày bắt đầu %(day)s.") % {"day": f"{task.starts_on:%d/%m/%Y}"})
        if late := task.children.filter(ended_in=None, completed_on=None, due__gt=due).order_by("-due").first():
            raise NotNow(
                _("Việc con “%(child)s” có hạn %(day)s, sau hạn mới. Đổi hạn việc con trước.")
                % {"child": late.title[:80], "day": f"{late.due:%d/%m/%Y}"}
            )
        found["due"] = [task.due.isoformat() if task.due else "", due.isoformat()]
    unit: Unit | None = asked.get("lead_unit")
    if unit:
        if unit.agency_id != task.agency_id:
            raise NotNow(_("%(unit)s không thuộc cơ quan này.") % {"unit": unit.name})
        found["lead_unit"] = [task.lead_unit_id, unit.pk]
    if asked.get("products") is not None:
        texts = [nfc(p).strip() for p in asked["products"] if p.strip()]
        found["products"] = [list(task.products.values_list("text", flat=True)), texts]
    if asked.get("end"):
        found["end"] = [False, True]
    return {name: pair for name, pair in found.items() if pair[0] != pair[1]}


@transaction.atomic
def propose_change(task: Task, actor: Person, changes: Mapping[str, Any], reason: str) -> ChangeRequest:
    """Propose to change a task's `title`, `due` (date), `lead_unit` (Unit), `products` (texts), or to `end` it.

    Raises `NotNow` (nothing differs, no reason, one waits already), `Refused`.
    """
    task = Task.objects.select_for_update(of=("self",)).select_related("plan", "lead_unit").get(pk=task.pk)
    if task.ended_in or task.completed_on:
        raise NotNow(_("Nhiệm vụ này đã hoàn thành hoặc đã bỏ, không điều chỉnh được nữa."))
    if task.parent_id:
        raise NotNow(_("Việc con do đơn vị tự chia, đơn vị sửa trực tiếp, không cần đề nghị."))
    require(actor, Capability.PROPOSE_CHANGE, task)
    if not reason.strip():
        raise NotNow(_("Ghi lý do đề nghị điều chỉnh."))
    wanted = _clean_changes(task, changes)
    if not wanted:
        raise NotNow(_("Nội dung đề nghị không khác nội dung đang có."))
    if task.change_requests.filter(state__in=WAITING).exists():
        raise NotNow(_("Nhiệm vụ này đang có đề nghị chờ quyết định. Rút đề nghị đó trước, hoặc chờ kết quả."))
    request = ChangeRequest.objects.create(
        agency_id=task.agency_id, plan=task.plan, task=task, unit=actor.unit, changes=wanted,
        reason=nfc(reason).strip(), proposed_by=actor, proposed_at=timezone.now(),
    )  # fmt: skip
    ledger.record(actor, "plans.change.proposed", request, task=task.pk, changes=wanted, reason=request.reason)
    return request


def _locked(pk: int) -> ChangeRequest:
    return (
        ChangeRequest.objects.select_for_update(of=("self",))
        .select_related("plan", "task", "unit", "proposed_by")
        .get(pk=pk)
    )


def _must_wait(request: ChangeRequest) -> None:
    if request.state not in WAITING:
        raise NotNow(_("Đề nghị này đã kết thúc: %(state)s.") % {"state": request.get_state_display()})


@transaction.atomic
def withdraw_change(request: ChangeRequest, actor: Person) -> ChangeRequest:
    """Take a proposal back, by those of the unit that made it. Raises `NotNow`, `Refused`."""
    request = _locked(request.pk)
    _must_wait(request)
    if request.proposed_by_id != actor.pk and not allows(actor, Capability.PROPOSE_CHANGE, request):
        raise Refused(
            _("Đề nghị này do %(name)s (%(unit)s) lập. Người của đơn vị đó rút được.")
            % {"name": request.proposed_by.full_name, "unit": request.unit.name}
        )
    request.state = State.WITHDRAWN
    request.save(update_fields=["state"])
    ledger.record(actor, "plans.change.withdrawn", request)
    return request


@transaction.atomic
def gather_change(request: ChangeRequest, actor: Person, opinion: str = "") -> ChangeRequest:
    """Put a proposal before the authority, with the focal unit's opinion. Raises `NotNow`, `Refused`."""
    request = _locked(request.pk)
    _must_wait(request)
    require(actor, Capability.COLLECT, request)
    request.state, request.opinion, request.gathered_by = State.GATHERED, nfc(opinion).strip(), actor
    request.save(update_fields=["state", "opinion", "gathered_by"])
    ledger.record(actor, "plans.change.gathered", request, opinion=request.opinion)
    return request


@transaction.atomic
def refuse_change(request: ChangeRequest, actor: Person, note: str) -> ChangeRequest:
    """Say no to a proposal, with the reason. Raises `NotNow` (no reason, not gathered), `Refused`."""
    request = _locked(request.pk)
    _must_wait(request)
    require(actor, Capability.DECIDE_CHANGE, request)
    if not note.strip():
        raise NotNow(_("Ghi lý do không chấp thuận."))
    request.state, request.decision_note = State.REFUSED, nfc(note).strip()
    request.decided_by, request.decided_at = actor, timezone.now()
    request.save()
    ledger.record(actor, "plans.change.refused", request, reason=request.decision_note)
    return request


@transaction.atomic
def approve_changes(
    plan: Plan, requests: Iterable[ChangeRequest], actor: Person, today: dt.date, note: str = ""
) -> PlanRevision:
    """Approve proposals that were gathered: together they are one revision of the plan.

    Deadlines keep the day they had (`DueChange`, `original_due`), so that a moved deadline hides nothing.
    Raises `NotNow` (none, of another plan, not gathered, task closed meanwhile), `Refused`.
    """
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    require(actor, Capability.DECIDE_CHANGE, plan)
    rows = [_locked(r.pk) for r in sorted(requests, key=lambda r: r.pk)]
    if not rows:
        raise NotNow(_("Chọn ít nhất một đề nghị."))
    for row in rows:
        if row.plan_id != plan.pk:
            raise NotNow(_("Các đề nghị phải thuộc cùng một kế hoạch."))
        if row.state != State.GATHERED:
            raise NotNow(
                _("Đề nghị về nhiệm vụ %(task)s chưa được đơn vị đầu mối tổng hợp.")
                % {"task": row.task.ref or row.task}
            )
    no = plan.revision + 1
    moved = [change for row in rows if (change := _apply(row, plan, no, today))]
    last = max([plan.ends_on, *(m.after for m in moved if m.after)])
    plan.revision, plan.ends_on = no, last
    plan.save(update_fields=["revision", "ends_on"])
    revision = PlanRevision.objects.create(
        plan=plan, no=no, document=None, draft=draft_to_json(plan_to_draft(plan)), adopted_by=actor,
        changes=[described(row) for row in rows],
    )  # fmt: skip
    for change in moved:
        change.revision = revision
    DueChange.objects.bulk_create(moved)
    for row in rows:
        row.state, row.revision, row.decision_note = State.APPROVED, revision, nfc(note).strip()
        row.decided_by, row.decided_at = actor, timezone.now()
        row.save()
        ledger.record(actor, "plans.change.approved", row, revision=no, task=row.task_id)
    ledger.record(actor, "plans.plan.amended", plan, revision=no, requests=[r.pk for r in rows])
    return revision


def _apply(row: ChangeRequest, plan: Plan, no: int, today: dt.date) -> DueChange | None:
    task = Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=row.task_id)
    if task.ended_in or task.completed_on:
        raise NotNow(_("Nhiệm vụ %(task)s đã hoàn thành hoặc đã bỏ, không điều chỉnh được nữa.") % {"task": task})
    changes: dict[str, Sequence[Any]] = row.changes
    if "end" in changes:
        end_task(task, no, today)
        return None
    moved = None
    if "title" in changes:
        task.title = changes["title"][1]
    if "due" in changes:
        due = dt.date.fromisoformat(changes["due"][1])
        moved = DueChange(task=task, before=task.due, after=due, changed_on=today)
        task.original_due = task.original_due or task.due
        task.due, task.schedule_kind, task.recurs, task.event = due, Task.ScheduleKind.DEADLINE, "", ""
        task.schedule_text = _("Trước ngày %(day)s") % {"day": f"{due:%d/%m/%Y}"}
    if "lead_unit" in changes:
        _give_to(task, Unit.objects.get(pk=changes["lead_unit"][1]))
    if "products" in changes:
        keep_products(task, list(changes["products"][1]))
    build.set_clears(task, plan, list(task.task_units.select_related("unit")), task.products.count())
    task.save()
    return moved


def _give_to(task: Task, unit: Unit) -> None:
    """The first lead unit becomes `unit`; who answered for it stays only where they are of that unit."""
    lead = task.task_units.filter(role=TaskUnit.Role.LEAD).order_by("order").first()
    if lead is None:
        lead = TaskUnit(task=task, role=TaskUnit.Role.LEAD, order=0)
    lead.unit, lead.name, lead.path = unit, unit.name, unit.path
    lead.save()
    task.lead_unit, task.lead_path = unit, unit.path
    if task.accountable and not task.accountable.unit.path.startswith(unit.path):
        task.accountable = None


def in_words(name: str, value: Any) -> str:
    """A value of a change as it is read: a date day first, a unit by its name, products one after the other."""
    if name == "due":
        return f"{dt.date.fromisoformat(value):%d/%m/%Y}" if value else _("không có ngày")
    if name == "lead_unit":
        unit = Unit.objects.filter(pk=value).first() if value else None
        return unit.name if unit else _("chưa rõ")
    if name == "products":
        return "; ".join(value) or _("không có")
    if name == "end":
        return _("thôi thực hiện") if value else _("đang thực hiện")
    return str(value)


def described(row: ChangeRequest) -> dict[str, Any]:
    """The change as a revision tells of it; see `sauro.plans.diff.Change`."""
    kind = "ended" if "end" in row.changes else "moved" if "lead_unit" in row.changes else "changed"
    names = {"due": "schedule", "lead_unit": "lead_units"}
    fields = {
        names.get(name, name): [in_words(name, before), in_words(name, after)]
        for name, (before, after) in row.changes.items()
        if name != "end"
    }
    return {"kind": kind, "old": None, "new": None, "fields": fields, "ref": row.task.ref, "title": row.task.title}
