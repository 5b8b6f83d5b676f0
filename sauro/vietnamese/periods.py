"""Months, quarters, halves and years, and the day on which a report about one of them is due."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

KINDS = ("month", "quarter", "half", "year")
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_ROMAN = ("I", "II", "III", "IV")
_WRITTEN = re.compile(r"(?a:(\d{4})(?:-(?:(\d\d)|Q([1-4])|H([12])))?)")
_MONTH_NAMES = {name.casefold(): i for i, name in enumerate(calendar.month_name) if name}


@functools.total_ordering
@dataclass(slots=True, frozen=True)
class Period:
    """One period. `kind`: one of `KINDS`; `index` counts from 1 within the year.

    Periods sort by their first day, the shorter first. Raises `ValueError` where there is no such period.
    """

    kind: str
    year: int
    index: int = 1

    def __post_init__(self) -> None:
        if self.kind not in _MONTHS:
            raise ValueError(f"Không có loại kỳ {self.kind!r}.")
        if not 1 <= self.index <= 12 // _MONTHS[self.kind] or not 1 <= self.year <= 9999:
            raise ValueError(f"Không có kỳ {self.kind} {self.index} của năm {self.year}.")

    def __lt__(self, other: Period) -> bool:
        return (self.start, self.end) < (other.start, other.end)

    @classmethod
    def of(cls, kind: str, day: dt.date) -> Period:
        """The period of that kind which holds the day."""
        return cls(kind, day.year, (day.month - 1) // _MONTHS[kind] + 1)

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period written as `str` writes it: "2026-11", "2026-Q4", "2026-H2", "2026".

        Raises `ValueError` with a Vietnamese sentence for anything else.
        """
        found = _WRITTEN.fullmatch(text.strip().upper())
        if not found:
            raise ValueError(f"Không hiểu kỳ {text!r}. Viết như 2026-11, 2026-Q4, 2026-H2 hoặc 2026.")
        year, *parts = found.groups()
        for kind, part in zip(KINDS, parts, strict=False):
            if part:
                return cls(kind, int(year), int(part))
        return cls("year", int(year))

    @property
    def start(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, self._first_month, 1)

    @property
    def end(self) -> dt.date:
        """Its last day."""
        month = self.index * _MONTHS[self.kind]
        return dt.date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def next(self) -> Period:
        """The one after; after the last of a year comes the first of the next."""
        last = self.index * _MONTHS[self.kind] == 12
        return Period(self.kind, self.year + last, 1 if last else self.index + 1)

    @property
    def previous(self) -> Period:
        """The one before."""
        if self.index > 1:
            return Period(self.kind, self.year, self.index - 1)
        return Period(self.kind, self.year - 1, 12 // _MONTHS[self.kind])

    @property
    def label(self) -> str:
        """As official Vietnamese says it: "Tháng 11/2026", "Quý IV/2026", "6 tháng đầu năm 2026", "Năm 2026"."""
        if self.kind == "month":
            return f"Tháng {self.index}/{self.year}"
        if self.kind == "quarter":
            return f"Quý {_ROMAN[self.index - 1]}/{self.year}"
        if self.kind == "half":
            return f"6 tháng {'đầu' if self.index == 1 else 'cuối'} năm {self.year}"
        return f"Năm {self.year}"

    @property
    def label_en(self) -> str:
        """The same in English: "November 2026", "Q4 2026", "First half of 2026", "2026"."""
        if self.kind == "month":
            return f"{calendar.month_name[self.index]} {self.year}"
        if self.kind == "quarter":
            return f"Q{self.index} {self.year}"
        if self.kind == "half":
            return f"{'First' if self.index == 1 else 'Second'} half of {self.year}"
        return str(self.year)

    @property
    def _first_month(self) -> int:
        return (self.index - 1) * _MONTHS[self.kind] + 1

    def contains(self, day: dt.date) -> bool:
        """Whether the day lies in it."""
        return self.start <= day <= self.end

    def __str__(self) -> str:
        mark = {"month": f"-{self.index:02}", "quarter": f"-Q{self.index}", "half": f"-H{self.index}", "year": ""}
        return f"{self.year:04}{mark[self.kind]}"


def occurrences(kind: str, first: dt.date, last: dt.date) -> Iterator[Period]:
    """Every period of the kind that has a day between `first` and `last`, in order, across year ends."""
    if first > last:
        return
    period = Period.of(kind, first)
    while True:
        yield period
        if period.end >= last:
            return
        period = period.next


def due_day(period: Period, before_day: int | None, of: str | None = None, *, exclusive: bool = False) -> dt.date:
    """The day by which a report on the period is due, before it is moved off a holiday.

    `before_day`: N of "trước ngày N"; without it the report is due on the period's last day. `of`: in which month, in
    the words of the draft ("month", "each month", "last month of the quarter", "first month of the quarter",
    "next month", "December"); the period's last month where it says nothing else. A month without a day N gives its
    last day. Agencies chase "trước ngày 20" as due on the 20th, and so it is shown; `exclusive` takes the words
    literally: the last day is then N - 1.
    """
    if not before_day:
        return period.end
    month = _month_of(period, (of or "").casefold())
    day = dt.date(month.year, month.index, min(before_day, month.end.day))
    return day - dt.timedelta(days=1) if exclusive else day


def _month_of(period: Period, of: str) -> Period:
    last = Period.of("month", period.end)
    if of in _MONTH_NAMES:
        return Period("month", period.year, _MONTH_NAMES[of])
    if "next" in of or "following" in of:
        return last.next
    return Period.of("month", period.start) if "first month" in of else last
