"""The rows of the register of tasks as HTML.

Written here and not as a template: a list of fifty tasks must cost little beside the query that finds them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sauro.plans.clears import SixClears
from sauro.plans.models import TaskUnit
from sauro.plans.models.task import occasion
from sauro.web.look import bars, dots, due


def progress(percent: int | None) -> str:
    """As `bars.progress` draws it; of the hundred there are, each is drawn once."""
    return _progress(percent, get_language())


@lru_cache(maxsize=1024)
def _progress(percent: int | None, language: str | None) -> str:
    return bars.progress(percent)


@lru_cache(maxsize=2048)
def _dots(code: str, language: str | None) -> str:
    return dots.draw(SixClears(code))


@lru_cache(maxsize=4096)
def _units(names: tuple[str, ...]) -> str:
    return escape("; ".join(names))


def parts_of(tasks: Sequence[int]) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Names of the lead and of the coordinating units of each task, by the tasks' ids, in one query."""
    rows = (
        TaskUnit.objects.filter(task__in=tasks).order_by("order").values_list("task_id", "role", "unit__name", "name")
    )
    found: dict[int, tuple[list[str], list[str]]] = {}
    for task_id, role, name, written in rows:
        found.setdefault(task_id, ([], []))[role != TaskUnit.Role.LEAD].append(name or written)
    return {task_id: (tuple(leads), tuple(others)) for task_id, (leads, others) in found.items()}


def table_rows(tasks: Sequence[Any], on: dt.date) -> SafeString:
    """One <tr> for each row of `register.listed`: number, title with its plan, six dots, units, person, due
    day, progress."""
    lead_label, person_label = escape(_("Chủ trì")), escape(_("Chịu trách nhiệm"))
    helping, nobody = escape(_("Phối hợp:")), f'<b class="is-late">{escape(_("Chưa rõ người"))}</b>'
    language, parts = get_language(), parts_of([task.pk for task in tasks])
    out = []
    for task in tasks:
        title, number = escape(task.title), task.plan__number
        under = f'<span class="row-sub">{escape(number)}</span>' if number else ""
        leads, others = parts.get(task.pk, ((), ()))
        with_others = f'<span class="row-sub">{helping} {_units(others)}</span>' if others else ""
        if task.accountable__full_name:
            person = escape(task.accountable__full_name)
        else:
            person = '<span class="none">–</span>' if task.completed_on else nobody
        chip = due.draw(
            task.due,
            on,
            done_on=task.completed_on,
            kind=task.schedule_kind,
            event=occasion(task.event, task.recurs),
            old_due=task.original_due,
        )
        shown = task.progress if task.due or task.progress else None
        out.append(
            f'<tr><td class="code">{escape(task.ref)}</td>'
            f'<td><a class="row-link" href="/nhiem-vu/{task.pk}/" title="{title}">{title}</a>{under}</td>'
            f"<td>{_dots(task.clears, language)}</td>"
            f'<td data-label="{lead_label}">{_units(leads)}{with_others}</td>'
            f'<td data-label="{person_label}">{person}</td>'
            f'<td class="stack-first">{chip}</td><td class="num">{_progress(shown, language)}</td></tr>'
        )
    return mark_safe("".join(out))
