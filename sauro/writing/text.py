"""Words and figures as official Vietnamese writes them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from sauro.vietnamese.text import nfc

# XML 1.0 has no place for these; Word and Excel refuse a file that holds one.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PLACE_NAME = re.compile(r" (?=(?:tỉnh|thành phố|đặc khu|xã|phường) \S)", re.IGNORECASE)


def clean(text: str) -> str:
    """Text in NFC without the characters that a Word or Excel file cannot hold."""
    return _FORBIDDEN.sub("", nfc(text))


def number_vi(value: Decimal | float) -> str:
    """A number with a dot between thousands and a comma before decimals: 83372.5 → "83.372,5"."""
    text = f"{Decimal(str(value)):,f}"
    whole, _, part = text.partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def date_vi(day: dt.date) -> str:
    """A date as tables hold it: 05/03/2026."""
    return f"{day:%d/%m}/{day.year:04d}"


def date_official(day: dt.date) -> str:
    """ "ngày 05 tháng 3 năm 2026": a day under 10 and months 1 and 2 take a leading zero.

    Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.4.
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year:04d}"


def roman(number: int) -> str:
    """A Roman numeral, as parts and appendices are numbered: 4 → "IV". `number` from 1."""
    out = ""
    for value, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            out += sign
            number -= value
    return out


def keep_place(name: str) -> str:
    """A long name goes onto a second line where its place begins, never inside the place's name."""
    match = _PLACE_NAME.search(name)
    return name[: match.end()] + name[match.end() :].replace(" ", "\u00a0") if match else name
