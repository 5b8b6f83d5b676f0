"""Rows by the hundred thousand: COPY on PostgreSQL, one prepared statement on SQLite. For invented volume alone: no
`save`, no signal, no ledger; the database's own constraints hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import DateField, Field, Max, Model


def next_id(model: type[Model]) -> int:
    """The first id that no row has yet: rows that name each other need to know theirs beforehand."""
    return (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def pour(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of plain values. `names`: the fields that the rows give, in order, relations as `x_id`; every other
    field takes its default. Raises `IntegrityError` as any insert."""
    meta = model._meta
    known: dict[str, Field[Any, Any]] = {f.attname: f for f in meta.concrete_fields}
    given = [known[name] for name in names]
    rest = [f for f in meta.concrete_fields if f not in given and not f.primary_key and not f.generated]
    constant = tuple(f.get_db_prep_save(f.get_default(), connection) for f in rest)
    # Days and times are few and come again; numbers and words go as they are.
    made = {
        n: lru_cache(maxsize=50_000)(partial(f.get_db_prep_save, connection=connection))
        for n, f in enumerate(given)
        if isinstance(f, DateField)
    }

    def lines() -> Iterator[tuple[Any, ...]]:
        for row in rows:
            values = list(row)
            for n, make in made.items():
                values[n] = make(values[n])
            yield (*values, *constant)

    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(f.column)) for f in [*given, *rest])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {quote(meta.db_table)} ({columns}) FROM STDIN") as copy:
                for line in lines():
                    copy.write_row(line)
            for sql in connection.ops.sequence_reset_sql(no_style(), [model]):
                cursor.execute(sql)
        else:
            places = ", ".join(["%s"] * (len(given) + len(rest)))
            insert = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({places})"
            cursor.executemany(insert, lines())  # type: ignore[arg-type]  # takes them one by one
