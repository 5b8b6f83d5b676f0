"""The quality policy as one sheet in PDF, to put up and to hand out (TCVN ISO 9001:2015, 5.2.2).

Unlike the controlled document it names nobody but who signed: it goes to the public.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sauro.writing.text import clean, date_official, date_vi, keep_place
from sauro.writing.typesetting import SERIF, typeset

_TEMPLATE = Path(__file__).parents[1] / "forms" / "public_policy.typ"


@dataclass(slots=True, frozen=True)
class PolicySheet:
    """A policy as it was made public. `text`: its paragraphs; `issue`: from 1; `published_on`: public since."""

    agency: str
    title: str
    text: Sequence[str]
    code: str
    issue: int
    published_on: dt.date
    effective_on: dt.date | None = None
    decision: str = ""
    signer: str = ""
    parent_agency: str = ""
    place: str = ""


def policy_pdf(sheet: PolicySheet) -> bytes:
    """The sheet with its fonts inside; the same sheet gives the same bytes. Raises `OSError`."""
    day = date_official(sheet.effective_on) if sheet.effective_on else ""
    return typeset(
        _TEMPLATE,
        policy={
            "fonts": list(SERIF),
            "agency": keep_place(clean(sheet.agency)),
            "parent": keep_place(clean(sheet.parent_agency)),
            "title": clean(sheet.title),
            "day": (f"{clean(sheet.place)}, {day}" if sheet.place else day.capitalize()) if day else "",
            "paragraphs": [clean(words) for words in sheet.text],
            "head": "Người ký" if sheet.signer else "",
            "signer": clean(sheet.signer),
            "foot": _foot(sheet),
        },
    )


def _foot(sheet: PolicySheet) -> str:
    issued = f"Ban hành lần {sheet.issue}"
    if sheet.effective_on:
        issued += f", hiệu lực từ ngày {date_vi(sheet.effective_on)}"
    if sheet.decision:
        issued += f", theo {clean(sheet.decision)}"
    return " · ".join((clean(sheet.code), issued, f"Công khai từ ngày {date_vi(sheet.published_on)}"))
