"""Nonconformities on a person's first page: what the head of a unit has yet to answer (TCVN ISO 9001:2015, 10.2.1)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from sauro.organization.models import Person
from sauro.quality.models import Nonconformity
from sauro.web.waits import waits, waits_of

CAP = 99
ON_HOME = 3


@waits("nonconformities", listed=True)
def _open(person: Person) -> list[Any]:
    if person.post not in (Person.Post.HEAD, Person.Post.DEPUTY):
        return []
    rows = Nonconformity.objects.filter(unit_id=person.unit_id, state=Nonconformity.State.OPEN)
    return [rows.order_by("due", "pk").values_list("due", "pk", "state")[:CAP]]


def on_home(request: HttpRequest) -> list[Nonconformity]:
    """The first to be answered; a query only where there is one."""
    first = [pk for _due, pk, _state in sorted(waits_of(request).lists["nonconformities"])[:ON_HOME]]
    return list(Nonconformity.objects.filter(pk__in=first).order_by("due", "pk")) if first else []
