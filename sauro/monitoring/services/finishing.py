"""That a task is done, by the word of the lead unit's head, and taking that back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.monitoring.models import HANDED_IN, Duty, Evidence
from sauro.monitoring.services.duties import generate_duties
from sauro.organization.models import Person
from sauro.organization.policy import Capability, require
from sauro.plans.models import Product, Task
from sauro.plans.services.errors import NotNow


def missing_products(task: Task) -> list[Product]:
    """Products that no evidence stands behind in a report that was handed in: neither a file nor a link. What a check
    refused doesn't count."""
    there = Evidence.objects.current().filter(task=task, report__state__in=HANDED_IN)
    shown = there.exclude(crosscheck=Evidence.Check.REFUSED).values_list("product_id", flat=True)
    return list(task.products.exclude(pk__in=[p for p in shown if p]))


@transaction.atomic
def complete(task: Task, person: Person, today: dt.date, *, on: dt.date | None = None) -> Task:
    """The lead unit's head says that the task is done, on day `on` (today where not given).

    Each product must have evidence; a task without products needs at least one submitted report; open sub-tasks hold it
    back. Raises `NotNow` with what is missing, `Refused`.
    """
    task = Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=task.pk)
    on = on or today
    if task.ended_in or task.completed_on:
        raise NotNow(_("Nhiệm vụ này đã hoàn thành hoặc đã bỏ."))
    require(person, Capability.COMPLETE_TASK, task)
    if on > today:
        raise NotNow(_("Ngày hoàn thành không được sau hôm nay."))
    if task.schedule_kind in (Task.ScheduleKind.CONTINUOUS, Task.ScheduleKind.RECURRING):
        raise NotNow(_("Nhiệm vụ thường xuyên, định kỳ được đánh giá theo từng kỳ, không xác nhận hoàn thành một lần."))
    if lacking := missing_products(task):
        names = "; ".join(p.text for p in lacking[:3])
        raise NotNow(_("Chưa xác nhận được: chưa có minh chứng cho %(products)s.") % {"products": names})
    if not task.reports.filter(state__in=HANDED_IN).exists():
        raise NotNow(_("Chưa xác nhận được: nhiệm vụ chưa có báo cáo nào đã nộp."))
    if open_children := task.children.filter(completed_on=None, ended_in=None, due__isnull=False).count():
        raise NotNow(_("Chưa xác nhận được: còn %(count)d việc con chưa xong.") % {"count": open_children})
    task.completed_on, task.completed_by, task.progress = on, person, 100
    task.save(update_fields=["completed_on", "completed_by", "progress"])
    finishing = [Duty.Kind.FINISH, Duty.Kind.MILESTONE]
    Duty.objects.open().filter(task=task, kind__in=finishing).update(state=Duty.State.MET, met_on=on)
    Duty.objects.open().filter(task=task).update(state=Duty.State.CANCELLED)
    task.milestones.filter(done_on=None).update(done_on=on)
    ledger.record(person, "monitoring.task.completed", task, on=on, due=task.due)
    return task


@transaction.atomic
def reopen(task: Task, person: Person, reason: str, today: dt.date) -> Task:
    """Take back that a task is done, with a reason. Raises `NotNow`, `Refused`."""
    task = Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=task.pk)
    if not task.completed_on:
        raise NotNow(_("Nhiệm vụ này chưa được xác nhận hoàn thành."))
    require(person, Capability.COMPLETE_TASK, task)
    if not reason.strip():
        raise NotNow(_("Ghi lý do mở lại nhiệm vụ."))
    was = task.completed_on
    task.completed_on = task.completed_by = None
    task.save(update_fields=["completed_on", "completed_by"])
    Duty.objects.filter(task=task, kind=Duty.Kind.FINISH, state=Duty.State.MET).update(
        state=Duty.State.OPEN, met_on=None
    )
    Duty.objects.filter(task=task, state=Duty.State.CANCELLED).update(state=Duty.State.OPEN)
    generate_duties(task.plan, today, only=[task])
    ledger.record(person, "monitoring.task.reopened", task, was=was, reason=reason.strip())
    return task
