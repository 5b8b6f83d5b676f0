"""What concerns people as such: reminders, leaving, and what is kept about a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.ledger.models import Entry
from sauro.monitoring.models import Duty, Evidence, Report
from sauro.notices import services as notices
from sauro.organization import services as organization
from sauro.organization.models import Person
from sauro.organization.policy import Capability, require
from sauro.plans.models import Task

REMINDED = "monitoring.task.reminded"


@transaction.atomic
def remind(tasks: Iterable[Task], actor: Person, today: dt.date) -> list[Person]:
    """Call those accountable for the tasks, each task at most once a day; returns who was called.

    Raises `Refused` where the actor answers for none of them.
    """
    called: dict[int, Person] = {}
    for task in tasks:
        require(actor, Capability.ASSIGN_TASK, task)
        person, url = task.accountable, f"/nhiem-vu/{task.pk}/"
        if person is None or notices.told_on(person, REMINDED, url, today):
            continue
        notices.tell([person], REMINDED, partial(_reminder, task, actor), url, but=actor)
        ledger.record(actor, REMINDED, task, person=person.full_name)
        called[person.pk] = person
    return list(called.values())


def _reminder(task: Task, actor: Person) -> str:
    return _("%(name)s nhắc việc đã quá hạn: %(task)s") % {"name": actor.full_name, "task": task}


@transaction.atomic
def retire(person: Person, actor: Person) -> int:
    """End a person's sign-in. Their open duties fall back to the unit, so that nothing owed is owed by nobody.

    Returns how many duties went back. Raises `Refused`.
    """
    organization.set_active(person, False, actor=actor)
    return Duty.objects.open().filter(person=person).update(person=None)


def data_about(person: Person) -> dict[str, Any]:
    """Everything that is kept about a person, in plain values (Luật 91/2025/QH15: the right to a copy)."""
    return {
        "account": {
            "username": person.username,
            "full_name": person.full_name,
            "email": person.email,
            "position": person.position,
            "unit": person.unit.name,
            "agency": person.unit.agency.name,
            "post": person.get_post_display(),
            "role": person.role.name,
            "language": person.language,
            "last_login": person.last_login,
        },
        "accountable_for": list(Task.objects.filter(accountable=person).values("id", "ref", "title", "due")),
        "reports": list(
            Report.objects.filter(author=person).values(
                "id", "task_id", "state", "progress", "done_text", "difficulties", "proposals", "submitted_at"
            )
        ),
        "evidence": list(
            Evidence.objects.filter(uploaded_by=person).values("id", "name", "document_date", "uploaded_at")
        ),
        "notices": list(person.notices.values("text", "url", "created_at", "read_at")),
        "ledger": list(Entry.objects.filter(actor_id=person.pk).values("seq", "at", "verb", "object_label")),
    }
