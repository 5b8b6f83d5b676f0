"""Saying that a duty which no task report answers has been met."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.monitoring.models import Duty
from sauro.organization.models import Person
from sauro.organization.policy import Capability, require
from sauro.plans.services.errors import NotNow


@transaction.atomic
def meet_duty(duty: Duty, person: Person, today: dt.date, *, note: str = "") -> Duty:
    """Note that the unit has sent its report on the plan, or reached the milestone, today.

    `note`: number of the letter, or what was reached. Raises `NotNow`, `Refused`.
    """
    duty = Duty.objects.select_for_update(of=("self",)).select_related("task").get(pk=duty.pk)
    require(person, Capability.REPORT, duty)
    if duty.state == Duty.State.MET:
        raise NotNow(_("Việc này đã được ghi nhận xong ngày %(day)s.") % {"day": f"{duty.met_on:%d/%m/%Y}"})
    if duty.state != Duty.State.OPEN:
        raise NotNow(_("Việc này không còn phải làm."))
    if duty.kind not in (Duty.Kind.PLAN_REPORT, Duty.Kind.MILESTONE):
        raise NotNow(_("Việc này xong khi nộp báo cáo nhiệm vụ hoặc xác nhận hoàn thành nhiệm vụ."))
    duty.state, duty.met_on = Duty.State.MET, today
    duty.save(update_fields=["state", "met_on"])
    if duty.kind == Duty.Kind.MILESTONE and duty.task and duty.period[1:].isdecimal():
        duty.task.milestones.filter(order=int(duty.period[1:]) - 1).update(done_on=today)
    ledger.record(person, "monitoring.duty.met", duty, on=today, due=duty.due, note=note.strip())
    return duty
