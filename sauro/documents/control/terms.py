"""When a controlled document is to be reviewed again (TCVN ISO 9001:2015, 7.5.2)."""

from __future__ import annotations

import datetime as dt

from sauro.documents.models import DocumentedInformation
from sauro.vietnamese.calendar import add_months

Review = DocumentedInformation.Review


def next_review(document: DocumentedInformation) -> dt.date | None:
    """The day of the next review, from the last review or the effect of the version in force, whichever is later.

    None for a document without a version in force, and for one that isn't reviewed by the calendar.
    """
    current = document.current
    if current is None or document.obsolete_on or document.review_kind == Review.NEVER:
        return None
    days = [d for d in (document.reviewed_on, current.effective_on) if d]
    last = max(days) if days else None
    if last is None:
        return None
    if document.review_kind == Review.SINCE_LAST:
        return add_months(last, document.review_months) if document.review_months else None
    month, day = (int(part) for part in document.review_day.split("-"))
    this_year = _day_in(last.year, month, day)
    return this_year if this_year > last else _day_in(last.year + 1, month, day)


def _day_in(year: int, month: int, day: int) -> dt.date:
    """The day of that year; 29/02 is 28/02 in a year that has no 29/02."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return dt.date(year, month, day - 1)
