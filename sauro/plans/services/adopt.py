"""A reading becomes a plan."""

from __future__ import annotations

import datetime as dt
import re

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.documents.models import IssuedDocument, Reading
from sauro.ledger import services as ledger
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, require
from sauro.plans.models import Plan, PlanRevision
from sauro.plans.services import build
from sauro.plans.services.check import faults
from sauro.plans.services.errors import NotNow
from sauro.reading.draft import Draft
from sauro.reading.serial import draft_to_json
from sauro.vietnamese.text import fold

_SPAN = re.compile(r"giai đoạn\s+(20\d\d)\s*[-–]\s*(20\d\d)", re.IGNORECASE)
_YEAR = re.compile(r"năm\s*:?\s*(20\d\d)", re.IGNORECASE)


_AMENDS = re.compile(r"\b(?:sua doi|bo sung|dieu chinh|thay the)\b")
_NUMBER = re.compile(r"\b\d+[a-z]?/[a-z0-9/\-]*[a-z]\b")


def plan_period(draft: Draft, today: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of what the document plans: the span or year in its title, else the year it was issued in.

    The last day moves on to the latest deadline, so that every duty lies inside.
    """
    title = draft.document.title or ""
    if span := _SPAN.search(title):
        first, last = int(span[1]), int(span[2])
    elif year := _YEAR.findall(title):
        first = last = int(year[-1])
    else:
        first = last = (draft.document.issued_on or today).year
    start, end = dt.date(first, 1, 1), dt.date(max(first, last), 12, 31)
    dues = [t.schedule.due for t in draft.tasks if t.schedule.due]
    starts = [t.schedule.start for t in draft.tasks if t.schedule.start]
    return min([start, *starts]), max([end, *dues])


def find_same_document(agency: Agency, draft: Draft) -> IssuedDocument | None:
    """A document with the same number and issuer that the agency has adopted already."""
    number = build.key_of(draft.document.number)
    if not number:
        return None
    same = IssuedDocument.objects.filter(agency=agency, number_key=number)
    return same.filter(issuer_key=build.key_of(draft.document.issuer)).order_by("-pk").first()


def find_amended_plan(agency: Agency, draft: Draft) -> Plan | None:
    """The plan of the agency that the title says the document amends: "Sửa đổi, bổ sung Kế hoạch số 118/KH-SCT"."""
    title = fold(draft.document.title or "")
    numbers = {build.key_of(n) for n in _NUMBER.findall(title)} if _AMENDS.search(title) else set()
    if not numbers:
        return None
    plans = Plan.objects.filter(document__agency=agency, document__number_key__in=numbers)
    return plans.select_related("document").order_by("-pk").first()


def checked_reading(reading_id: int, actor: Person | None, *, accept_doubts: bool) -> tuple[Reading, Draft]:
    """The reading, locked, and its draft, once state and permission allow that it is adopted.

    Raises `NotNow` (not ready, doubts open, nothing in it) and `Refused`.
    """
    reading = Reading.objects.select_for_update(of=("self",)).select_related("agency", "file").get(pk=reading_id)
    if actor:
        require(actor, Capability.ADOPT_PLAN, reading)
    if reading.state == Reading.State.ADOPTED:
        raise NotNow(_("Bản đọc này đã được thông qua."))
    if reading.state != Reading.State.READY:
        raise NotNow(_("Bản đọc này chưa đọc xong hoặc đã bỏ, chưa thông qua được."))
    draft = reading.get_draft()
    if draft.doubts and not accept_doubts:
        raise NotNow(
            _("Chưa thông qua được vì còn %(count)d chỗ ngờ. Trả lời hết rồi thông qua.") % {"count": len(draft.doubts)}
        )
    if fault := next(faults(draft), None):
        raise NotNow(fault)
    return reading, draft


@transaction.atomic
def adopt_reading(reading: Reading, actor: Person | None, today: dt.date, *, accept_doubts: bool = False) -> Plan:
    """The plan that the reading orders, with its objectives, targets, tasks and reporting rules, all or nothing.

    `actor` None: the software itself (command line). Raises `NotNow`, `Refused`. Duties are made by
    `sauro.monitoring.services.adopt`, which calls this.
    """
    reading, draft = checked_reading(reading.pk, actor, accept_doubts=accept_doubts)
    agency = reading.agency
    document = build.make_document(reading, draft)
    columns = build.plan_columns(draft, plan_period(draft, today))
    columns["title"] = columns["title"] or document.title
    plan = Plan.objects.create(agency=agency, document=document, **columns)
    names = build.Names.of(agency)
    build.add_objectives(plan, draft.objectives)
    build.add_rules(plan, draft.reporting_duties, names)
    build.add_tasks(plan, draft.tasks, names, today)
    PlanRevision.objects.create(plan=plan, no=1, document=document, draft=draft_to_json(draft), adopted_by=actor)
    reading.state, reading.document = Reading.State.ADOPTED, document
    reading.save(update_fields=["state", "document", "changed_at"])
    ledger.record(
        actor,
        "plans.plan.adopted",
        plan,
        document=document.pk,
        tasks=len(draft.tasks),
        objectives=len(draft.objectives),
        doubts_accepted=len(draft.doubts),
        file=reading.file.sha256 if reading.file else "",
    )
    return plan
