"""All that waits for the person who is signed in, asked for at once: the frame of every page counts it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest

from sauro.organization.models import Person, Role, Unit

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
    """Registers what may wait under `name`: querysets of one person, which share no row. They go by the person's id,
    post, unit and role alone, and hold at all times.

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
    found = Waits(
        {name: [] for name, part in PARTS.items() if part.listed},
        {name: 0 for name, part in PARTS.items() if not part.listed},
    )
    sql, params = _query(person.post, _Grants(person.role.grants))
    own = {_ID: person.pk, _AGENCY: person.agency_id, _UNIT: person.unit_id, _PATH: person.unit.path}
    with connection.cursor() as cursor:
        cursor.execute(sql, [own.get(value, value) for value in params])
        for name, due, number, kind in cursor.fetchall():
            if PARTS[name].listed:
                found.lists[name].append((_day(due), number, kind))
            else:
                found.counts[name] += number
    return found


# What stands in a query for the one who asks.
_ID, _AGENCY, _UNIT, _PATH = 10**12 + 7, 10**12 + 9, 10**12 + 21, "the path of the unit"


class _Grants(dict[str, str]):
    """What a role grants, as a key: two roles that grant the same ask the same."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))


@lru_cache(maxsize=64)
def _query(post: str, grants: _Grants) -> tuple[str, tuple[Any, ...]]:
    """The query and its parameters, made once for all people of one post and role: making it takes longer than asking.

    One UNION ALL, joined here: SQLite takes a limit only in a subquery of its own, which Django doesn't write.
    """
    unit = Unit(pk=_UNIT, agency_id=_AGENCY, path=_PATH)
    anyone = Person(pk=_ID, unit=unit, post=post, role=Role(grants=dict(grants)))
    selects: list[str] = []
    params: list[Any] = []
    for name, part in PARTS.items():
        # Names are those of this code; nothing that anyone typed is written into the query.
        columns = f"'{name}', p.*" if part.listed else f"'{name}', CAST(NULL AS date), COUNT(*), ''"
        for rows in part.rows(anyone):
            sql, values = rows.query.sql_with_params()
            selects.append(f"SELECT {columns} FROM ({sql}) AS p")
            params += values
    return " UNION ALL ".join(selects), tuple(params)


def _day(value: dt.date | str) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
