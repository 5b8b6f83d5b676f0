"""A list that someone pasted, or that stands in an Excel file, as rows of cells; pure, nothing is looked up.

A line is a row. Cells are parted by tabs, as Excel copies them, else by "|" or ";". A first row of titles names the
columns in any order; without it they stand in the usual order. In a list of units the indent says what is under what.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sauro.vietnamese.text import fold, nfc, squeeze

MOST_LINES, MOST_SIGNS = 3000, 400_000
_HEAD_WITHIN = 10
_NUMBER = ("stt", "tt", "so tt", "so thu tu")
_BULLET = re.compile(r"^(?:[-–+•*]|\d{1,3}(?:\.\d{1,3})*[.)])\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(slots=True, frozen=True)
class Field:
    """A column: `heads` are the ways in which its title is written, without diacritics; `most` signs a cell."""

    key: str
    heads: tuple[str, ...]
    most: int


@dataclass(slots=True)
class Pasted:
    """One row as typed. `depth`: how far it is set in, from 0; `extra`: what stood in cells beyond the table."""

    line: int
    cells: dict[str, str]
    depth: int = 0
    extra: str = ""


@dataclass(slots=True)
class Fault:
    """A wrong cell: the line of the text, the column's key (empty: the whole line), what is wrong and what to do."""

    line: int
    key: str
    sentence: str


@dataclass(slots=True)
class Listed:
    """The rows of a list; `too_long`: it wasn't read, being longer than `MOST_LINES` or `MOST_SIGNS`."""

    rows: list[Pasted] = field(default_factory=list)
    too_long: bool = False


def parse(text: str, fields: Sequence[Field], *, indented: bool = False) -> Listed:
    """The rows of a pasted list. `indented`: what is set in stands under what is not (where there is no title row)."""
    text = _CONTROL.sub(" ", nfc(text.replace("\r\n", "\n").replace("\r", "\n"))).replace("\ufeff", "")
    lines = text.split("\n")
    if len(text) > MOST_SIGNS or len(lines) > MOST_LINES:
        return Listed(too_long=True)
    order, start = _head(lines, fields)
    table = order is not None and sum(key != "" for key in order) > 1
    found: list[Pasted] = []
    margins: list[int] = []
    for n, line in enumerate(lines[start:], start + 1):
        if not line.strip(" \t\u00a0|;"):
            continue
        body = line if table else line.lstrip() if indented else line
        width = _margin(line)
        raw = _cells(body)
        keys = order if order is not None else [f.key for f in fields]
        if table and indented:
            named = keys.index(fields[0].key)
            width = _margin(raw[named]) if named < len(raw) else 0
        row = Pasted(n, {f.key: "" for f in fields})
        for at, cell in enumerate(raw):
            if at < len(keys):
                if keys[at]:
                    row.cells[keys[at]] = squeeze(cell)
            elif squeeze(cell):
                row.extra = squeeze(f"{row.extra} {cell}")
        if indented:
            row.cells[fields[0].key] = _BULLET.sub("", row.cells[fields[0].key])
            while margins and margins[-1] >= width:
                margins.pop()
            row.depth = len(margins)
            margins.append(width)
        found.append(row)
    return Listed(found)


def _margin(text: str) -> int:
    shown = text.replace("\u00a0", " ").expandtabs(4)
    return len(shown) - len(shown.lstrip(" "))


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return line.split("\t")
    return re.split(r"[|;]", line)


def _head(lines: Sequence[str], fields: Sequence[Field]) -> tuple[list[str] | None, int]:
    """The columns in the order of the title row and the line after it; (None, 0) where there is no title row."""
    known = {head: f.key for f in fields for head in f.heads}
    seen = 0
    for n, line in enumerate(lines):
        if not line.strip():
            continue
        seen += 1
        if seen > _HEAD_WITHIN:
            break
        titles = [fold(c).strip(" .:*()") for c in _cells(line)]
        keys = [known.get(title, "") for title in titles]
        named = [key for key in keys if key]
        rest = [t for t, key in zip(titles, keys, strict=True) if t and not key and t not in _NUMBER]
        if fields[0].key in named and len(set(named)) == len(named) and len(rest) < len(named):
            return keys, n + 1
    return None, 0


def lines_of(rows: Sequence[Sequence[str]]) -> str:
    """The rows of a sheet as a pasted list: what `parse` takes. Empty rows and cells at the end fall away."""
    lines = []
    for row in rows:
        cells = [re.sub(r"[\t\r\n]+", " ", cell).rstrip() for cell in row]
        while cells and not cells[-1].strip():
            cells.pop()
        lines.append("\t".join(cells))
    return "\n".join(lines).rstrip("\n")
