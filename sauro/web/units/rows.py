"""The rows of a unit's page as HTML: what is overdue, plan by plan, people.

Written here and not as a template, as the rows of the register of tasks are: they are most of what the page draws.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from sauro.organization.models import Person, Unit
from sauro.plans.models import Plan
from sauro.web.look import cells, due
from sauro.web.look.text import initials, zero
from sauro.web.tasks.rows import progress

LONGEST = 100


def overdue_rows(tasks: Iterable[Any], on: dt.date) -> SafeString:
    """One <tr> for each row of `register.listed`: number, title with its plan, person, due day, progress."""
    label, nobody = escape(_("Chịu trách nhiệm")), f'<b class="is-late">{escape(_("Chưa rõ người"))}</b>'
    out = []
    for task in tasks:
        person = escape(task.accountable__full_name) if task.accountable__full_name else nobody
        out.append(
            f'<tr><td class="code">{escape(task.ref)}</td>'
            f'<td><a class="row-link" href="/nhiem-vu/{task.pk}/">{escape(task.title)}</a>'
            f'<span class="row-sub">{escape(task.plan__number)}</span></td><td data-label="{label}">{person}</td>'
            f'<td class="stack-first">{due.draw(task.due, on)}</td>'
            f'<td class="num">{progress(task.progress)}</td></tr>'
        )
    return mark_safe("".join(out))


def plan_rows(plans: Sequence[tuple[Plan, Mapping[str, int], int]], most: int, list_url: str) -> SafeString:
    """One <tr> for each plan with its four counts and their total; the bar is as long as the total beside `most`."""
    out = []
    for plan, counts, total in plans:
        label, late = plan.label, counts["open_overdue"]
        words = escape(Truncator(label).chars(LONGEST) if len(label) > LONGEST else label)
        out.append(
            f'<tr><td><a class="row-link" href="{escape(list_url)}&amp;ke_hoach={plan.pk}">{words}</a></td>'
            f'<td>{cells.bar(counts, width=130, height=11, most=most)}</td><td class="num">{zero(total)}</td>'
            f'<td class="num{" is-late" if late else ""}">{zero(late)}</td></tr>'
        )
    return mark_safe("".join(out))


def people_rows(people: Iterable[Person], unit: Unit) -> SafeString:
    """One <li> for each person: who leads the unit in bold, and of which unit below it they are."""
    out = []
    for person in people:
        name = escape(person.full_name)
        name = name if person.post == Person.Post.MEMBER else f"<b>{name}</b>"
        under = escape(person.position or str(person.get_post_display()))  # type: ignore[attr-defined]
        under += f" · {escape(person.unit.label)}" if person.unit_id != unit.pk else ""
        letters = escape(initials(person.get_full_name()))
        out.append(
            f'<li class="person"><span class="disc" aria-hidden="true">{letters}</span>'
            f'<span><span>{name}</span><span class="meta">{under}</span></span></li>'
        )
    return mark_safe("".join(out))
