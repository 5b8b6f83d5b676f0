"""The values that cells of such tables hold."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from sauro.reading.text import key, squeeze

_BULLET = re.compile(r"^[-–•]\s+")


def items_in(text: str) -> list[str]:
    """The items of a cell: one a line, the dash of each dropped."""
    return [_BULLET.sub("", line, count=1) for line in (squeeze(part) for part in text.split("\n")) if line]


def one(text: str) -> str | None:
    """The words of a cell, None where it is empty."""
    return squeeze(text) or None


def date(text: str) -> dt.date | None:
    """A day as "31/12/2026" or "2026-12-31"; None where it is neither or not on the calendar."""
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", squeeze(text)) or re.match(r"(\d{4})-(\d{2})-(\d{2})", text)
    if not match:
        return None
    day, month, year = (int(n) for n in match.groups())
    if day > 31:
        day, year = year, day
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def number(text: str) -> Decimal | None:
    """ "83.372,5" → 83372.5; a figure with a decimal point ("8.5") keeps it; None for other words."""
    text = squeeze(text)
    if not re.fullmatch(r"-?\d[\d.,]*", text):
        return None
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d+(,\d+)?", text):
        text = text.replace(".", "").replace(",", ".")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def integer(text: str) -> int | None:
    """A whole number without a sign, None for other words."""
    return int(squeeze(text)) if re.fullmatch(r"\d{1,9}", squeeze(text)) else None


def named(words: dict[str, str], text: str) -> str | None:
    """The key whose Vietnamese words stand in the cell; other words as they are."""
    text = squeeze(text)
    return next((name for name, said in words.items() if key(said) == key(text)), text or None)
