"""What the papers of a year share: the heading block, people, actions that are tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sauro.organization.models import Agency, Person
from sauro.plans.models import Task
from sauro.quality.models import QualityAction
from sauro.writing.quality import Action, Letterhead, Signature
from sauro.writing.quality import Person as Listed


def letterhead(agency: Agency, day: dt.date | None, number: str = "") -> Letterhead:
    """The heading block of a paper of the agency."""
    return Letterhead(agency.name, agency.parent_name, agency.place, number, day)


def signed(person: Person | None, position: str = "Thủ trưởng cơ quan") -> tuple[Signature, ...]:
    """Who signs: the person, or a place for the head of the agency."""
    return (Signature(person.position or position, person.full_name),) if person else (Signature(position),)


def listed(person: Person, role: str = "") -> Listed:
    """A person on a list."""
    return Listed(person.full_name, person.position, person.unit.label, role)


def action(task: Task, today: dt.date) -> Action:
    """A task as a line of a paper, with where it stands."""
    who = task.lead_unit.name if task.lead_unit else task.responsible_text
    if task.completed_on:
        result = "Trễ hạn" if task.due and task.completed_on > task.due else "Đúng hạn"
    elif task.due and task.due < today:
        result = f"Quá hạn, tiến độ {task.progress}%"
    else:
        result = f"Đang thực hiện, {task.progress}%"
    return Action(task.title, who, task.due, task.completed_on, result)


def actions(rows: Iterable[QualityAction], today: dt.date) -> tuple[Action, ...]:
    """Actions of the quality room as lines of a paper."""
    return tuple(action(row.task, today) for row in rows)
