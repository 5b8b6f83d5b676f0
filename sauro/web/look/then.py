"""The day that a page's counts are asked for: today, or `?ngay=2026-09-30`, and by the first due (`?han=ban-dau`)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sauro.monitoring.standing import AsOf
from sauro.web.request import Request


@dataclass(slots=True, frozen=True)
class Then:
    """`on`: the day; `original`: by the first due; `wrong`: what was typed and is no day that has been."""

    on: dt.date
    today: dt.date
    original: bool = False
    wrong: str = ""

    @classmethod
    def asked(cls, request: Request, today: dt.date) -> Then:
        """As the address says; a day that is none, or has not come, leaves today and is told."""
        typed = request.GET.get("ngay", "").strip()
        original = request.GET.get("han") == "ban-dau"
        for form in ("%Y-%m-%d", "%d/%m/%Y") if typed else ():
            try:
                day = dt.datetime.strptime(typed, form).date()  # noqa: DTZ007  # a calendar day, of no time zone
            except ValueError:
                continue
            if day <= today:
                return cls(day, today, original)
        return cls(today, today, original, typed)

    @property
    def differs(self) -> bool:
        """Whether it asks for anything but today by today's dues."""
        return self.on != self.today or self.original

    @property
    def as_of(self) -> AsOf:
        """The question for the counts."""
        return AsOf(self.on, self.original)
