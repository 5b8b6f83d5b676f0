"""Finding rows of a big table by words without diacritics: FTS5 on SQLite, GIN on PostgreSQL.

The database folds and keeps the index itself (triggers, an expression index), so that nothing that writes the table has
to know of it and no column is added. Tasks, whose exact marks count too, have their own: `sauro.plans.search`.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from sauro.vietnamese.text import fold

MOST_WORDS = 12


def _marked() -> tuple[str, str]:
    """Every Vietnamese letter with a mark, small and capital, and what it is without: for `translate` of PostgreSQL."""
    tones = ["", *"\u0300\u0301\u0303\u0309\u0323"]
    shapes = {"a": ["", "\u0306", "\u0302"], "e": ["", "\u0302"], "o": ["", "\u0302", "\u031b"], "u": ["", "\u031b"]}
    pairs = {"đ": "d", "Đ": "d"}
    for vowel in "aeiouy":
        for shape in shapes.get(vowel, [""]):
            for tone in tones:
                for plain in (vowel, vowel.upper()):
                    letter = unicodedata.normalize("NFC", plain + shape + tone)
                    if letter not in string.ascii_letters:
                        pairs[letter] = vowel
    return "".join(pairs), "".join(pairs.values())


MARKED, BARE = _marked()


def _vector(columns: list[str]) -> str:
    text = " || ' ' || ".join(columns)
    return (
        f"to_tsvector('simple', regexp_replace(lower(translate({text}, '{MARKED}', '{BARE}')), '[^a-z0-9]+', ' ', 'g'))"
    )


def run(schema_editor: Any, statements: Iterable[str]) -> None:
    """Run a migration's statements one after another, as they stand."""
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@dataclass(frozen=True, slots=True)
class WordIndex:
    """An index of the words of some columns. `table`: as the database names it; `key`: its whole-number primary key."""

    table: str
    key: str
    columns: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the index is called in the database."""
        return f"{self.table}_words"

    def _values(self, row: str) -> str:
        # unicode61 takes marks off, but đ is a letter of its own to Unicode.
        bare = [f"replace(replace({row}{c}, 'đ', 'd'), 'Đ', 'D')" for c in self.columns]
        return ", ".join([f"{row}{self.key}", *bare])

    def made(self, vendor: str) -> list[str]:
        """The statements that make the index and fill it; for a migration."""
        t, n, columns = self.table, self.name, ", ".join(self.columns)
        if vendor != "sqlite":
            return [f"CREATE INDEX {n} ON {t} USING gin ({_vector(list(self.columns))})"]
        add = f"INSERT INTO {n} (rowid, {columns}) VALUES ({self._values('new.')})"
        drop = f"INSERT INTO {n} ({n}, rowid, {columns}) VALUES ('delete', {self._values('old.')})"
        changed = " OR ".join(f"old.{c} <> new.{c}" for c in (self.key, *self.columns))
        return [
            f"CREATE VIRTUAL TABLE {n} USING fts5({columns}, content='', prefix='2 3',"
            ' tokenize="unicode61 remove_diacritics 2")',
            f"INSERT INTO {n} (rowid, {columns}) SELECT {self._values('')} FROM {t}",
            f"CREATE TRIGGER {n}_added AFTER INSERT ON {t} BEGIN {add}; END",
            f"CREATE TRIGGER {n}_gone AFTER DELETE ON {t} BEGIN {drop}; END",
            f"CREATE TRIGGER {n}_changed AFTER UPDATE OF {self.key}, {columns} ON {t} WHEN {changed}"
            f" BEGIN {drop}; {add}; END",
        ]

    def unmade(self, vendor: str) -> list[str]:
        """The statements that take it away again."""
        n = self.name
        if vendor != "sqlite":
            return [f"DROP INDEX {n}"]
        return [*(f"DROP TRIGGER {n}_{what}" for what in ("changed", "gone", "added")), f"DROP TABLE {n}"]

    def condition(self, words: str) -> Q:
        """A condition for rows whose columns together hold every word, the last one as a beginning.

        No row holds words without a letter or digit.
        """
        # Letters and digits alone, so nothing typed is an operator of the database's language.
        asked = "".join(c if c.isalnum() else " " for c in fold(words)).split()[:MOST_WORDS]
        if not asked:
            return Q(pk__in=[])
        if connection.vendor == "sqlite":
            match = " AND ".join(f'"{word}"' for word in asked) + " *"
            return Q(pk__in=RawSQL(f"SELECT rowid FROM {self.name} WHERE {self.name} MATCH %s", (match,)))
        held = f"{_vector(list(self.columns))} @@ to_tsquery('simple', %s)"
        # OFFSET 0 keeps PostgreSQL from walking the whole table in the order asked for while it looks for a rare word,
        # which it takes for a common one.
        found = f"SELECT {self.key} FROM {self.table} WHERE {held} OFFSET 0"
        return Q(pk__in=RawSQL(found, (" & ".join(asked) + ":*",)))
