"""The working calendar of an agency: working days and hours, days off, make-up days, terms by the Civil Code.

The Prime Minister fixes days off and swaps every year (Bộ luật Lao động 2019, Điều 112), so they are data that an
agency edits: `propose_holidays` only proposes, "dự kiến" until a person confirms.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Hours = tuple[tuple[dt.time, dt.time], ...]
TermUnit = Literal["hour", "day", "working_day", "month", "year"]

OFFICE_HOURS: Hours = ((dt.time(8), dt.time(12)), (dt.time(13), dt.time(17)))
_DAY = dt.timedelta(days=1)
# Longer than any row of days off; a calendar without working days is an error, not an endless search.
_LONGEST = 400


@dataclass(slots=True, frozen=True)
class DayOff:
    """One row of the table of days. `kind`: "off" or "make_up"; `source`: the document that fixed it;
    `confirmed`: False while it is "dự kiến"."""

    day: dt.date
    kind: Literal["off", "make_up"]
    name: str
    source: str = ""
    confirmed: bool = False


@dataclass(slots=True)
class WorkingCalendar:
    """Days off and make-up days beside the weekend, and the hours of a working day.

    `weekend`: weekdays counted from Monday 0; `hours`: opening times of a day, in order; `half_days`: other opening
    times on single days.
    """

    days_off: Collection[dt.date] = field(default_factory=frozenset)
    make_up_days: Collection[dt.date] = field(default_factory=frozenset)
    weekend: tuple[int, ...] = (5, 6)
    hours: Hours = OFFICE_HOURS
    half_days: Mapping[dt.date, Hours] = field(default_factory=dict)

    def is_working(self, day: dt.date) -> bool:
        """Whether offices are open on the day. A make-up day wins over the weekend and over a day off."""
        return day in self.make_up_days or (day.weekday() not in self.weekend and day not in self.days_off)

    def next_working_day(self, day: dt.date) -> dt.date:
        """The day itself where it is a working day, else the next one (Bộ luật Dân sự 2015, Điều 148 khoản 5).

        Raises `ValueError` where no working day comes.
        """
        return self._seek(day, _DAY)

    def previous_working_day(self, day: dt.date) -> dt.date:
        """The day itself where it is a working day, else the last one before. Raises `ValueError` as above."""
        return self._seek(day, -_DAY)

    def _seek(self, day: dt.date, step: dt.timedelta) -> dt.date:
        for _ in range(_LONGEST):
            if self.is_working(day):
                return day
            day += step
        raise ValueError("Lịch làm việc không có ngày làm việc nào.")

    def add_working_days(self, day: dt.date, count: int) -> dt.date:
        """The working day `count` working days after `day`, counting from the day after; before it where negative.

        0 gives the day itself where it is a working day, else the next.
        """
        if count == 0:
            return self.next_working_day(day)
        step = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day = self._seek(day + step, step)
        return day

    def working_days_between(self, first: dt.date, last: dt.date) -> int:
        """How many working days lie after `first` up to and with `last`; negative where `last` comes before."""
        if last < first:
            return -self.working_days_between(last, first)
        return sum(self.is_working(first + _DAY * i) for i in range(1, (last - first).days + 1))

    def hours_of(self, day: dt.date) -> Hours:
        """The opening times of one day; none where it isn't a working day."""
        return self.half_days.get(day, self.hours) if self.is_working(day) else ()

    def add_working_hours(self, moment: dt.datetime, count: Decimal | int) -> dt.datetime:
        """The moment when `count` working hours have passed since `moment`, both in the agency's local time.

        Outside opening times the clock stands still. Raises `ValueError` for a negative count.
        """
        if count < 0:
            raise ValueError("Số giờ làm việc không được âm.")
        left = dt.timedelta(seconds=int(Decimal(count) * 3600))
        day, quiet = moment.date(), 0
        while quiet < _LONGEST:
            quiet += 1
            for opens, closes in self.hours_of(day):
                begin = max(moment, dt.datetime.combine(day, opens, moment.tzinfo))
                end = dt.datetime.combine(day, closes, moment.tzinfo)
                if begin >= end:
                    continue
                if left <= end - begin:
                    return begin + left
                left -= end - begin
                quiet = 0
            day += _DAY
        raise ValueError("Lịch làm việc không có giờ làm việc nào.")

    def term_end(self, begins: dt.date, count: int, unit: TermUnit) -> dt.date:
        """The last day of a term of `count` units that runs from an event on the day `begins`.

        The day of the event isn't counted (Bộ luật Dân sự 2015, Điều 147 khoản 2). A term in months or years ends on
        the same day of its last month, or on that month's last day where there is none; a last day that is a weekend
        or a holiday moves to the next working day (Điều 148 khoản 3 to 5). Hours count as whole days of the
        calendar's length, rounded up. Raises `ValueError` for a negative count.
        """
        if count < 0:
            raise ValueError("Thời hạn không được âm.")
        if unit == "working_day":
            return self.add_working_days(begins, count)
        if unit == "hour":
            start = dt.datetime.combine(self.next_working_day(begins), dt.time.min)
            return self.add_working_hours(start, count).date()
        if unit == "day":
            return self.next_working_day(begins + _DAY * count)
        return self.next_working_day(add_months(begins, count * (12 if unit == "year" else 1)))


def add_months(day: dt.date, count: int) -> dt.date:
    """The same day `count` months later, or the last of that month where it has no such day (31/01 → 28/02)."""
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


# Swaps that the library doesn't know: (day off, make-up day).
_SWAPS = {2026: [(dt.date(2026, 1, 2), dt.date(2026, 1, 10), "Nghỉ Tết Dương lịch (hoán đổi)")]}


def propose_holidays(year: int) -> list[DayOff]:
    """The public holidays and swapped days of a year as far as the library `holidays` knows them, in order of date.

    All are unconfirmed: coming years are worked out from the lunar calendar, while the Prime Minister fixes the days
    each year. Days that fall on a weekend are listed as well, so that an agency sees them by name.
    """
    import holidays

    known = holidays.country_holidays("VN", years=year, language="vi")
    source = "Dự kiến theo Điều 112 Bộ luật Lao động 2019"
    rows = {day: DayOff(day, "off", name, source) for day, name in known.items() if day.year == year}
    # The library's set of make-up days holds days of other years, whatever year is asked for.
    swaps = [(None, day, "") for day in known.weekend_workdays if day.year == year] + _SWAPS.get(year, [])
    for off, make_up, name in swaps:
        if off:
            rows[off] = DayOff(off, "off", name, source)
        rows[make_up] = DayOff(make_up, "make_up", "Làm bù", source)
    return sorted(rows.values(), key=lambda row: row.day)
