"""The quality system of the demonstration agency: a full year lived, two weeks before its internal audit.

A part is a module with `make(life)`: it does, through the services and on the days on which people would have done it
(`life.at(day)`), what fills its rooms. Parts come in this order, each standing on those before.
"""

from __future__ import annotations

from typing import Any

from sauro.demo.quality import audits, context, documents, feedback, improvement, portal, start, year

PARTS = (start, documents, context, improvement, audits, feedback, year, portal)


def make(life: Any) -> None:
    """Live the year of the quality system."""
    for part in PARTS:
        part.make(life)
