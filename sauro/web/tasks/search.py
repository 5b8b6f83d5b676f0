"""One box over everything: tasks, plans, documents, targets, units, people."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from sauro.documents.models import IssuedDocument
from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability, reach
from sauro.plans.models import Plan, Target, Task
from sauro.plans.search import exact_text, marked, search_text
from sauro.vietnamese.text import fold, squeeze
from sauro.web.context import page_of, url_of
from sauro.web.look import due
from sauro.web.request import Request
from sauro.web.today import today

MOST = 50
# Among so many of the newest hits those with the exact marks are brought to the front.
LOOKED_AT = 200

cached_fold = lru_cache(maxsize=20_000)(fold)


@dataclass(slots=True)
class Hit:
    """One thing found: its name, address, a second line, and the chip of its due day."""

    name: str
    url: str
    more: str = ""
    due: SafeString | str = ""


@dataclass(slots=True)
class Section:
    """What was found of one kind. `full`: there may be more than are shown; `more_url` lists them."""

    key: str
    name: str | Promise
    hits: list[Hit] = field(default_factory=list)
    more_url: str = ""

    @property
    def full(self) -> bool:
        """Whether the most are shown, so that there may be more."""
        return len(self.hits) >= MOST


@require_safe
def search(request: Request) -> HttpResponse:
    """What holds all the words of `q`, in sections; at most 50 of each kind."""
    words = squeeze(unicodedata.normalize("NFC", request.GET.get("q", "")))[:200]
    sections: list[Section] = []
    # One letter is in nearly everything: it is not a question yet.
    asked = len(search_text(words).replace(" ", "")) > 1
    if asked and reach(request.user, Capability.VIEW):
        sections = [s for s in find(request.user, words, today()) if s.hits]
    count = sum(len(s.hits) for s in sections)
    return render(
        request,
        "tasks/search.html" if not getattr(request, "htmx", None) else "tasks/found.html",
        {"words": words, "asked": asked, "sections": sections, "count": count},
    )


def find(person: Person, words: str, on: dt.date) -> list[Section]:
    """Everything that the person may see and that holds all the words, with or without diacritics."""
    tasks = reverse("task-list")
    return [
        Section("tasks", pgettext("room", "Nhiệm vụ"), _tasks(person, words, on), f"{tasks}?viec_con=ca&q="),
        Section("plans", pgettext("room", "Kế hoạch"), _plans(person, words)),
        Section("documents", pgettext("room", "Văn bản"), _documents(person, words)),
        Section("targets", pgettext("room", "Chỉ tiêu"), _targets(person, words), f"{reverse('target-list')}?q="),
        Section("units", pgettext("room", "Đơn vị"), _units(person, words)),
        Section("people", _("Người"), _people(person, words)),
    ]


def _tasks(person: Person, words: str, on: dt.date) -> list[Hit]:
    return [
        Hit(
            task.title,
            page_of("task", task.pk),
            " · ".join(filter(None, [task.ref, task.plan_number, task.lead_name])),  # type: ignore[attr-defined]
            due.draw(task.due, on, done_on=task.completed_on, kind=task.schedule_kind, event=task.occasion),
        )
        for task in Task.objects.newest_matching(words, person, limit=MOST)
    ]


def _holding(rows: QuerySet[Any], words: str, lookup: str = "folded") -> QuerySet[Any]:
    for word in search_text(words).split()[:12]:
        rows = rows.filter(**{f"{lookup}__contains": word})
    return rows


def _exact_first(rows: Iterable[Any], words: str, text: Callable[[Any], str]) -> list[Any]:
    """The rows with those that hold the words with their marks first, otherwise in the order given."""
    if not marked(words):
        return list(rows)[:MOST]
    wanted = exact_text(words).split()

    def misses(row: Any) -> bool:
        held = exact_text(text(row))
        return not all(word in held for word in wanted)

    return sorted(rows, key=misses)[:MOST]


def _plans(person: Person, words: str) -> list[Hit]:
    rows = _holding(Plan.objects.visible_to(person), words).only("number", "title", "starts_on", "ends_on")[:LOOKED_AT]
    found = _exact_first(rows, words, lambda p: p.title)
    return [Hit(p.label, page_of("plan", p.pk), f"{p.starts_on:%d/%m/%Y} – {p.ends_on:%d/%m/%Y}") for p in found]


def _documents(person: Person, words: str) -> list[Hit]:
    base = url_of("document-list")
    rows = _holding(IssuedDocument.objects.visible_to(person), words).only(
        "number", "title", "type", "issuer", "issued_on"
    )[:LOOKED_AT]
    hits = []
    for d in _exact_first(rows, words, lambda d: f"{d.title} {d.issuer}"):
        day = f"{d.issued_on:%d/%m/%Y}" if d.issued_on else ""
        hits.append(Hit(str(d), f"{base}{d.pk}/" if base else "", " · ".join(filter(None, [d.type, d.issuer, day]))))
    return hits


def _targets(person: Person, words: str) -> list[Hit]:
    rows = Target.objects.filter(agency_id=person.agency_id, objective__ended_in=None)
    rows = _holding(rows, words).select_related("objective__plan").order_by("-pk")[:LOOKED_AT]
    return [
        Hit(t.indicator, f"{reverse('plan', args=[t.objective.plan_id])}#chi-tieu-{t.pk}", t.objective.plan.number)
        for t in _exact_first(rows, words, lambda t: t.indicator)
    ]


def _units(person: Person, words: str) -> list[Hit]:
    rows = Unit.objects.filter(agency_id=person.agency_id, is_active=True)
    folded, aliased = Q(), Q()
    for word in fold(words).split()[:12]:
        folded &= Q(folded__contains=word)
        aliased &= Q(aliases__folded__contains=word)
    found = rows.filter(folded | aliased).distinct().order_by("sort_key")[:LOOKED_AT]
    return [
        Hit(u.name, page_of("unit", u.pk), u.get_kind_display() if u.kind != Unit.Kind.UNIT else "")
        for u in _exact_first(found, words, lambda u: u.name)
    ]


def _people(person: Person, words: str) -> list[Hit]:
    wanted = fold(words).split()
    # In no order: of some thousand people a few are found, and only those are put in order.
    rows = Person.objects.filter(unit__agency_id=person.agency_id, is_active=True).order_by()
    found = sorted(
        row
        for row in rows.values_list("sort_key", "pk", "full_name", "position", "unit__name", "unit_id")
        if all(word in cached_fold(row[2]) for word in wanted)
    )
    return [
        Hit(name, page_of("unit", unit_id), " · ".join(filter(None, [position, unit])))
        for _key, _pk, name, position, unit, unit_id in _exact_first(found, words, lambda row: row[2])
    ]
