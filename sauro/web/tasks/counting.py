"""Counting large lists: exact, and kept until something in the agency changes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from time import perf_counter
from typing import Any, TypeVar

from django.core.cache import cache

from sauro.ledger.models import Head
from sauro.plans.models.task import TaskQuerySet
from sauro.plans.standing import FourCells

Counted = TypeVar("Counted")
# What is counted quicker than this is counted each time.
SLOW = 0.003
KEPT = 24 * 60 * 60


def kept_cells(rows: TaskQuerySet, question: str, on: dt.date, *, state: str = "") -> FourCells:
    """The four cells of `rows`. `question`: all that `rows` was filtered by, agency included, as text; `state`: the one
    cell that they all stand in, where that is known.

    A count that took long is kept under the last link of the ledger: every verb writes an entry, so that the count
    holds exactly as long as nothing has changed, in every process.
    """
    if state in _SINGLE:
        return FourCells(**{state: kept(question, on, rows.order_by().count)})
    return kept(question, on, lambda: rows.four_cells(on))


def kept_cells_by(rows: TaskQuerySet, field: str, question: str, on: dt.date) -> dict[Any, FourCells]:
    """The four cells of `rows` for each value of `field`, kept as `kept_cells` keeps."""
    return kept(f"{question} by {field}", on, lambda: rows.four_cells_by(field, on))


_SINGLE = ("done_on_time", "done_late", "open_overdue", "continuous")


def kept(question: str, on: dt.date, count: Callable[[], Counted]) -> Counted:
    """What `count` counts, kept as `kept_cells` keeps. `question` names it, with all that it was filtered by."""
    key = "cells:" + hashlib.sha256(f"{on:%Y%m%d} {question}".encode()).hexdigest()
    link = None
    if kept := cache.get(key):
        known, counted = kept
        # Read before counting: what is written meanwhile makes the link old, never the count.
        link = Head.objects.values_list("hash", flat=True).filter(id=1).first()
        if known and known == link:
            return counted
    began = perf_counter()
    counted = count()
    if perf_counter() - began > SLOW:
        # Without a link it says only that this question is slow.
        cache.set(key, (link, counted), KEPT)
    return counted


def shown(cells: FourCells) -> dict[str, int]:
    """The four numbers as a strip or bar shows them: tasks without a date stand with those in time."""
    return {
        "done_on_time": cells.done_on_time,
        "done_late": cells.done_late,
        "open_in_time": cells.in_time,
        "open_overdue": cells.open_overdue,
    }
