"""The stretch of time that a review looks back on, and words that all inputs share."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sauro.organization.models import Agency
from sauro.quality.models import ManagementReview
from sauro.writing.text import number_vi

Rows = list[list[Any]]


@dataclass(frozen=True, slots=True)
class Span:
    """Whose figures, from when (the day after the last review's, else the year's first) to the end of `day`."""

    agency: Agency
    year: int
    since: dt.date
    day: dt.date
    before: ManagementReview | None = None


def span_of(review: ManagementReview, day: dt.date) -> Span:
    """What the review looks back on: since the figures of the last one held, at most two years."""
    before = (
        ManagementReview.objects.filter(agency=review.agency, state=ManagementReview.State.HELD, held_on__lt=day)
        .exclude(pk=review.pk)
        .order_by("-held_on")
        .first()
    )
    first = dt.date(review.year, 1, 1)
    since = max(before.held_on + dt.timedelta(days=1), first - dt.timedelta(days=365)) if before else first  # type: ignore[operator]
    return Span(review.agency, review.year, min(since, day), day, before)


def said(day: dt.date | None) -> str:
    """A day as papers write it; empty for none."""
    return f"{day:%d/%m/%Y}" if day else ""


def number(value: Decimal | float | int | None, unit: str = "") -> str:
    """A number as papers write it, with its unit; empty for none."""
    if value is None:
        return ""
    words = number_vi(round(Decimal(str(value)), 2))
    return f"{words}{unit}" if unit.startswith("%") else f"{words} {unit}".strip()


def share(part: int, whole: int) -> str:
    """A part of a whole: "3/4 (75%)"; "0" where there is no whole."""
    return f"{part}/{whole} ({number_vi(round(Decimal(100 * part) / whole, 1))}%)" if whole else "0"
