"""Finding tasks by words, with or without diacritics, on SQLite (FTS5) and PostgreSQL (GIN) alike.

Two forms of a task's number and title are indexed: `exact`, as written, and `folded`, without marks. Both hold letters
and digits alone: what breaks words at a slash or a hyphen differs between the two databases, so we break them.
Both are kept in step by the database itself (triggers, expression indexes: migration 0002).
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.expressions import RawSQL

from sauro.vietnamese.text import fold, nfc

INDEX = "plans_task_words"
MOST_WORDS = 12
# PostgreSQL looks among so many of the newest tasks first: common words fill a page from these, rare ones are asked of
# the index, which gives all that hold them, however many.
LATELY = 2_000

# The two ways of placing a tone: hòa and hoà are one word to a reader.
_PLACES = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


def search_text(*parts: str | None) -> str:
    """Folded words alone, apart from punctuation, as the search index takes them."""
    return _words(fold(" ".join(p for p in parts if p)))


def exact_text(*parts: str | None) -> str:
    """Words with their marks, apart from punctuation, in one case and with one placing of tones."""
    text = nfc(" ".join(p for p in parts if p)).casefold()
    for old, new in _PLACES.items():
        text = text.replace(old, new)
    return _words(text)


def marked(words: str) -> bool:
    """Whether the words bear any mark, so that an exact hit means more than a folded one."""
    return exact_text(words) != search_text(words)


def _asked(words: str, *, exact: bool) -> list[str]:
    return (exact_text(words) if exact else search_text(words)).split()[:MOST_WORDS]


def query(words: str, *, exact: bool = False) -> str:
    """What the database is asked: every word, the last one as a beginning. Empty where there is no word.

    Words are letters and digits alone, so nothing typed is an operator of the database's language.
    """
    found = _asked(words, exact=exact)
    if not found:
        return ""
    if connection.vendor == "sqlite":
        column = "exact" if exact else "folded"
        return f"{column} : (" + " AND ".join(f'"{w}"' for w in found) + " * )"
    return " & ".join(found) + ":*"


class _Holds(Func):
    """`column` holds what is asked (PostgreSQL); worded as the index is, so that it is used."""

    template = "(to_tsvector('simple', %(expressions)s))"
    arg_joiner = ") @@ to_tsquery('simple', "
    output_field = BooleanField()


def condition(words: str, *, exact: bool = False) -> Q | Func:
    """A condition for `Task` rows that hold all the words; none hold a query without any word."""
    asked = query(words, exact=exact)
    if not asked:
        return Q(pk__in=[])
    if connection.vendor == "sqlite":
        return Q(pk__in=RawSQL(f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s", (asked,)))
    return _Holds(F("exact" if exact else "folded"), Value(asked))


def _newest(words: str, agency_id: int, *, exact: bool, limit: int) -> tuple[str, list[Any]]:
    """SQL and parameters of the ids of the newest tasks in force of the agency that hold all the words.

    Driven from the index in the order of the newest, it stops at `limit`: as quick among many tasks as among few.
    """
    asked = query(words, exact=exact)
    if connection.vendor == "sqlite":
        sql = (
            f"SELECT t.id FROM {INDEX} CROSS JOIN plans_task t ON t.id = {INDEX}.rowid WHERE {INDEX} MATCH %s"
            f" AND t.agency_id = %s AND t.ended_in IS NULL ORDER BY {INDEX}.rowid DESC LIMIT %s"
        )
        return sql, [asked, agency_id, limit]
    column = "exact" if exact else "folded"
    parts = [f"%{word}%" for word in _asked(words, exact=exact)]
    # Letters alone are compared first: that costs far less than taking a text apart, and a word holds its letters.
    held = " AND ".join(["words LIKE %s"] * len(parts))
    sql = (
        "WITH lately AS MATERIALIZED (SELECT id FROM (SELECT id, agency_id, ended_in,"
        f" {column} AS words FROM plans_task ORDER BY id DESC LIMIT %s) n WHERE {held}"
        " AND to_tsvector('simple', words) @@ to_tsquery('simple', %s)"
        " AND agency_id = %s AND ended_in IS NULL ORDER BY id DESC LIMIT %s)"
        " SELECT id FROM lately WHERE (SELECT count(*) FROM lately) = %s UNION ALL"
        f" (SELECT t.id FROM plans_task t WHERE to_tsvector('simple', t.{column}) @@ to_tsquery('simple', %s)"
        " AND t.agency_id = %s AND t.ended_in IS NULL AND (SELECT count(*) FROM lately) < %s"
        " ORDER BY t.id DESC LIMIT %s)"
    )
    return sql, [LATELY, *parts, asked, agency_id, limit, limit, asked, agency_id, limit, limit]


def hits(words: str, agency_id: int, *, limit: int = 50) -> tuple[str, list[Any]]:
    """SQL and parameters of the newest tasks in force of one agency that hold all the words, exact marks first.

    For `Task.objects.raw`: each row bears what a line of results shows, `plan_number` and `lead_name` among it. A task
    with the exact marks comes twice, first as such. Raises `ValueError` where there is no word to ask for.
    """
    if not query(words):
        raise ValueError("no word to search for")
    parts, params = [], []
    for rank, exact in enumerate((True, False) if marked(words) else (False,)):
        sql, given = _newest(words, agency_id, exact=exact, limit=limit)
        parts.append(f"SELECT id, {rank} AS rank FROM ({sql}) AS s{rank}")
        params += given
    return (
        "SELECT t.id, t.ref, t.title, t.due, t.completed_on, t.schedule_kind, t.event, t.recurs,"
        " p.number AS plan_number, u.name AS lead_name"
        f" FROM ({' UNION ALL '.join(parts)}) h JOIN plans_task t ON t.id = h.id JOIN plans_plan p ON p.id = t.plan_id"
        " LEFT JOIN organization_unit u ON u.id = t.lead_unit_id ORDER BY h.rank, t.id DESC",
        params,
    )
