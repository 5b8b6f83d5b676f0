"""Nonconformities of a year counted by month, source, unit and clause (TCVN ISO 9001:2015, 9.1.3, 10.2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import ExtractMonth

from sauro.quality.models import Nonconformity

State = Nonconformity.State


@dataclass(slots=True, frozen=True)
class Line:
    """One line of a table: what, how many were raised, how many of those are closed, how many were repeats.

    `key`: the value by which the register can be filtered.
    """

    key: str
    label: str
    raised: int
    closed: int
    repeats: int


@dataclass(slots=True, frozen=True)
class Trends:
    """A year in figures. `months`: twelve lines, January first."""

    year: int
    months: list[Line]
    sources: list[Line]
    units: list[Line]
    clauses: list[Line]

    @property
    def total(self) -> int:
        """How many were raised in the year."""
        return sum(line.raised for line in self.months)


def trends(rows: Any, year: int) -> Trends:
    """The figures of the year over `rows` (those that the person may see), four queries; cancelled ones don't count."""
    of_year = rows.filter(year=year).exclude(state=State.CANCELLED).order_by()
    by_month = {line.key: line for line in _lines(of_year.annotate(key=ExtractMonth("raised_on")), "key", str)}
    return Trends(
        year,
        [by_month.get(str(m), Line(str(m), str(m), 0, 0, 0)) for m in range(1, 13)],
        _lines(of_year, "source", lambda key: str(Nonconformity.Source(key).label)),
        _lines(of_year, "unit", str, "unit__name"),
        _lines(of_year.exclude(clause=""), "clause", str),
    )


def _lines(rows: Any, key: str, words: Callable[[Any], str], name: str = "") -> list[Line]:
    counted = rows.values(key, *([name] if name else [])).annotate(
        n=Count("pk"), closed=Count("pk", filter=Q(state=State.CLOSED)),
        repeats=Count("pk", filter=Q(repeat_of__isnull=False)),
    )  # fmt: skip
    found = [Line(str(r[key]), words(r[name or key]), r["n"], r["closed"], r["repeats"]) for r in counted]
    return sorted(found, key=lambda line: (-line.raised, line.label))


def years_of(rows: Any) -> list[int]:
    """The years that have any, the latest first."""
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())
