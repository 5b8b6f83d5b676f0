"""All that waits for the person who is signed in, asked for at once: the frame of every page counts it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest

from sauro.organization.models import Person

# Due day, id and kind of one thing that waits.
Waiting = tuple[dt.date, int, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing that may wait: the rows by person, and whether they are listed (as `Waiting`) or counted."""

    rows: Callable[[Person], Iterable[QuerySet[Any]]]
    listed: bool


@dataclass(slots=True)
class Waits:
    """What was found, by the name of its part."""

    lists: dict[str, list[Waiting]]
    counts: dict[str, int]


PARTS: dict[str, Part] = {}


def waits(
    name: str, *, listed: bool = False
) -> Callable[[Callable[[Person], Iterable[QuerySet[Any]]]], Callable[[Person], Iterable[QuerySet[Any]]]]:
    """Registers what may wait under `name`: querysets of one person, each limited, which share no row.

    `listed`: the querysets give due day, id and kind, and those come back; otherwise their rows are counted.
    """

    def register(rows: Callable[[Person], Iterable[QuerySet[Any]]]) -> Callable[[Person], Iterable[QuerySet[Any]]]:
        PARTS[name] = Part(rows, listed)
        return rows

    return register


def waits_of(request: HttpRequest) -> Waits:
    """What waits for the person who is signed in, in one query a request."""
    found = getattr(request, "_waits", None)
    if found is None:
        found = request._waits = _fetch(cast(Person, request.user))  # type: ignore[attr-defined]
    return found


def _fetch(person: Person) -> Waits:
    """One UNION ALL, joined here: SQLite takes a limit only in a subquery of its own, which Django doesn't write."""
    found = Waits(
        {name: [] for name, part in PARTS.items() if part.listed},
        {name: 0 for name, part in PARTS.items() if not part.listed},
    )
    selects: list[str] = []
    params: list[Any] = []
    for name, part in PARTS.items():
        # Names are those of this code; nothing that anyone typed is written into the query.
        columns = f"'{name}', p.*" if part.listed else f"'{name}', CAST(NULL AS date), COUNT(*), ''"
        for rows in part.rows(person):
            try:
                sql, values = rows.query.sql_with_params()
            except EmptyResultSet:
                continue
            selects.append(f"SELECT {columns} FROM ({sql}) AS p")
            params += values
    if not selects:
        return found
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), params)
        for name, due, number, kind in cursor.fetchall():
            if PARTS[name].listed:
                found.lists[name].append((_day(due), number, kind))
            else:
                found.counts[name] += number
    return found


def _day(value: dt.date | str) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
