"""A register as a PDF in official layout, set by Typst."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

from sauro.writing.registers import Column, Value, plain
from sauro.writing.text import clean, date_official
from sauro.writing.typesetting import SERIF, typeset

TEMPLATE = Path(__file__).parent / "forms" / "register.typ"
# A column narrower than this breaks short words.
NARROWEST = 7.0


def write_table_pdf(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    out: IO[bytes],
    *,
    agency: str,
    parent_agency: str | None = None,
    place: str | None = None,
    day: dt.date,
    note: str | None = None,
) -> None:
    """The register with its columns and rows on landscape A4, the head of the table on each page.

    `note`: what it was filtered by. Built whole in memory: the caller bounds the rows. Raises `OSError`.
    """
    sheet = {
        "title": clean(title),
        "agency": clean(agency),
        "parent": clean(parent_agency or ""),
        "day": f"{clean(place)}, {date_official(day)}" if place else date_official(day).capitalize(),
        "note": clean(note or ""),
        "fonts": list(SERIF),
        "widths": [max(NARROWEST, column.width) for column in columns],
        "right": [n for n, column in enumerate(columns) if column.kind in ("number", "percent")],
        "heads": [clean(column.header) for column in columns],
        "rows": [[_cell(value, column) for value, column in zip(row, columns, strict=True)] for row in rows],
    }
    out.write(typeset(TEMPLATE, register=sheet))


def _cell(value: Value, column: Column) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(plain(part, column.kind) for part in value)
    return plain(value, column.kind)
