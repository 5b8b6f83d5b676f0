"""Vietnamese numbers in official text: "83.372", "8,5", "1.150", "07", Roman numerals.

A dot before exactly three digits groups thousands, a comma begins the decimals. A dot before one, two or more than
three digits can only be a decimal point, as some writers type it.
"""

from __future__ import annotations

import re
from decimal import Decimal

# Not glued to letters, dates or document numbers on either side; what surrounds it is the caller's business.
NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
_FULL = re.compile(NUMBER)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def parse_number(text: str) -> Decimal | None:
    """The value of one Vietnamese number, or None where `text` isn't one.

    "7.882" → 7882; "8,5" → 8.5; "1.234,5" → 1234.5; "7.5" → 7.5; "1.2.3" → None.
    """
    text = text.strip()
    if not _FULL.fullmatch(text):
        return None
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    return Decimal(text.replace(",", "."))


def roman(text: str) -> int | None:
    """The value of a Roman numeral in any case ("IV" → 4), or None where `text` isn't one."""
    text = text.strip().upper()
    if not text or not _ROMAN.fullmatch(text):
        return None
    total = 0
    for here, after in zip(text, text[1:] + " ", strict=True):
        value = _ROMAN_VALUES[here]
        total += -value if _ROMAN_VALUES.get(after, 0) > value else value
    return total
