"""Telling people, in the same transaction as the change that they are told of."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import override

from sauro.notices.models import Notice


def tell(people: Iterable[Any], verb: str, text: str | Callable[[], str], url: str = "", *, but: Any = None) -> None:
    """Give each of `people` the sentence; `but` (who did it) is left out.

    A notice is a row like the change that it tells of: both are kept by one commit or neither is, whenever the power
    goes. Letters are another matter, and are sent by the day's digest.

    `text` as a function is called once for each language that the people read, so that nobody is told in the language
    of the one who acted.
    """
    readers: dict[str, set[int]] = defaultdict(set)
    for person in people:
        if but is None or person.pk != but.pk:
            readers[person.language].add(person.pk)
    told: list[Notice] = []
    for language, ids in readers.items():
        with override(language):
            said = text() if callable(text) else text
        told += [Notice(person_id=i, verb=verb, text=said[:500], url=url) for i in sorted(ids)]
    Notice.objects.bulk_create(told)


def mark_read(person: Any, *, notice: Notice | None = None) -> int:
    """Mark one notice of the person, or all of them, as seen; returns how many were."""
    unread = unread_of(person)
    if notice:
        unread = unread.filter(pk=notice.pk)
    return unread.update(read_at=timezone.now())


def unread_of(person: Any) -> models.QuerySet[Notice]:
    """The person's notices that haven't been seen."""
    return Notice.objects.filter(person=person, read_at=None)


def told_on(person: Any, verb: str, url: str, day: dt.date) -> bool:
    """Whether the person was already told this about the page on the day (in Việt Nam's time)."""
    return Notice.objects.filter(person=person, verb=verb, url=url, created_at__date=day).exists()
