"""A document's content as a form: one field a part, rows of fields for steps, terms and records."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sauro.vietnamese.text import nfc
from sauro.writing.quality import Definition, DocumentContent, RecordLine, Step

TEXTS = ("purpose", "scope", "responsibility", "body")
LINES = ("references", "forms")
ROWS: dict[str, type[Any]] = {"definitions": Definition, "steps": Step, "records": RecordLine}
ORDER = ("purpose", "scope", "references", "definitions", "responsibility", "body", "steps", "records", "forms")
# So long a field may be; a document is no novel, and what is larger is kept as a Word file beside.
LONGEST = 60_000
MOST_ROWS = 300
_KEY = re.compile(r"(definitions|steps|records)-(\d{1,4})-([a-z_]+)")

HEADS: dict[str, dict[str, str | Promise]] = {
    "steps": {
        "name": gettext_lazy("Bước công việc"),
        "who": gettext_lazy("Trách nhiệm"),
        "how_long": gettext_lazy("Thời gian"),
        "form": gettext_lazy("Biểu mẫu, kết quả"),
        "text": gettext_lazy("Cách làm"),
    },
    "definitions": {"term": gettext_lazy("Chữ được giải thích"), "text": gettext_lazy("Giải thích")},
    "records": {
        "code": gettext_lazy("Mã số"),
        "title": gettext_lazy("Tên hồ sơ"),
        "place": gettext_lazy("Nơi lưu"),
        "retention": gettext_lazy("Thời gian lưu"),
    },
}
ADD: dict[str, str | Promise] = {
    "steps": gettext_lazy("Thêm bước"),
    "definitions": gettext_lazy("Thêm chữ giải thích"),
    "records": gettext_lazy("Thêm hồ sơ"),
}
LONG = ("text",)


@dataclass(slots=True, frozen=True)
class Cell:
    """One field of a row."""

    name: str
    label: str | Promise
    value: str
    long: bool


@dataclass(slots=True, frozen=True)
class Row:
    """One row: its number from 1, its fields."""

    number: int
    key: str
    cells: list[Cell]


def read(data: Mapping[str, Any], act: str = "", value: str = "") -> DocumentContent:
    """The content as typed; rows in which nothing is typed are no rows.

    `act`: `remove` takes the row `value` ("steps-2", as the page numbers it) away, `up` puts it before the one above.
    """
    parts: dict[str, Any] = {name: _text(data.get(name, "")) for name in TEXTS}
    for name in LINES:
        parts[name] = tuple(line.strip() for line in _text(data.get(name, "")).splitlines() if line.strip())
    rows: dict[str, dict[int, dict[str, str]]] = {name: {} for name in ROWS}
    for key in data:
        match = _KEY.fullmatch(key)
        if match and match[3] in HEADS[match[1]]:
            rows[match[1]].setdefault(int(match[2]), {})[match[3]] = _text(data[key])
    for name, kind in ROWS.items():
        numbers = sorted(rows[name])
        typed = [rows[name][n] for n in numbers]
        if value.startswith(f"{name}-") and value[len(name) + 1 :].isdecimal():
            _move(typed, numbers, act, int(value[len(name) + 1 :]))
        parts[name] = tuple(kind(**row) for row in typed if any(row.values()))[:MOST_ROWS]
    return DocumentContent(**parts)


def _move(rows: list[dict[str, str]], numbers: list[int], act: str, number: int) -> None:
    if number not in numbers:
        return
    at = numbers.index(number)
    if act == "remove":
        rows.pop(at)
    elif act == "up" and at:
        rows[at - 1], rows[at] = rows[at], rows[at - 1]


def _text(value: Any) -> str:
    return nfc(str(value)).replace("\r\n", "\n").replace("\x00", "").strip()[:LONGEST]


def rows_of(content: DocumentContent, name: str, *, blank: int = 0) -> list[Row]:
    """The rows of one part, with so many empty ones behind; an empty part has one to begin with."""
    values = [dataclasses.asdict(v) for v in getattr(content, name)]
    values += [{}] * (blank or (0 if values else 1))
    return [
        Row(
            n + 1,
            f"{name}-{n}",
            [
                Cell(f"{name}-{n}-{field}", label, value.get(field, ""), field in LONG)
                for field, label in HEADS[name].items()
            ],
        )
        for n, value in enumerate(values)
    ]


def lines_of(content: DocumentContent, name: str) -> str:
    """A part of one line each, as it is typed."""
    return "\n".join(getattr(content, name))
