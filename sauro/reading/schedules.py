"""When a task is to be done: from the words of a cell to a `Schedule`.

Forms and their meaning: rules-vietnam §7 (time). Day comes first, never month. A period stands for its last day
(Quý I → 31/3); a quarter or month without a year takes the plan's; what names another plan or "thường xuyên" has no
date; a date that doesn't exist is a doubt.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from sauro.reading.draft import PeriodKind, Schedule
from sauro.reading.text import flat
from sauro.vietnamese.numbers import roman

_Y = r"(?:20\d\d|19\d\d)"
_YEAR = rf"(?:\s*(?:/|-|nam|cua nam|,|trong nam)\s*({_Y}))?"
_QUARTER_LIST = r"(?:iv|i{1,3}|[1-4])"
_SEP = r"\s*(?:,|;|-|va|den|toi|\+|/|&)\s*(?:quy\s*)?"
_QUARTERS = re.compile(rf"\b(?:quy\s*(?:thu\s*)?|q\s?)({_QUARTER_LIST}(?:{_SEP}{_QUARTER_LIST}\b)*)(?!\w){_YEAR}")
_DAY_WORDS = re.compile(rf"\bngay\s*(\d{{1,2}})\s*thang\s*(\d{{1,2}})(?:\s*,?\s*nam\s*({_Y}))?")
_DAY = re.compile(
    rf"(?<![\d/.])(?P<d>\d{{1,2}})\s*(?P<sep>[/.-])\s*(?P<m>\d{{1,2}})\s*(?P=sep)\s*(?P<y>{_Y}|\d\d)(?![\d/])"
)
_DAY_MONTH = re.compile(r"(?<![\d/.,-])(\d{1,2})\s*/\s*(\d{1,2})(?![\d/])")
_MONTH_YEAR = re.compile(rf"(?<![\d/.])(\d{{1,2}})\s*[/.-]\s*({_Y})(?![\d/])")
_MONTHS = re.compile(
    rf"\b(?:thang|t)\s*(\d{{1,2}}(?:\s*(?:,|;|-|va|den|toi)\s*(?:thang\s*)?\d{{1,2}}(?![\d/]))*)(?!\d){_YEAR}"
)
_HALF = re.compile(rf"\b(?:(?:6|sau|06)\s*thang|nua)\s*(dau|cuoi)(?:\s*nam)?{_YEAR}(?:\s+({_Y}))?")
_YEARS = re.compile(rf"(?<![\d/.-])({_Y})\s*(?:-|den|toi)\s*(?:nam\s*)?({_Y})(?![\d/])")
_ONE_YEAR = re.compile(rf"(?<![\d/.-])({_Y})(?![\d/])")
_END_OF_YEAR = re.compile(rf"\b(?:(?:het|cuoi|trong|den het)\s*nam)(?:\s*({_Y}))?\b")
_BROKEN_YEAR = re.compile(r"(?<!\d)(20\d) (\d)(?!\d)")  # a narrow column broke it
_END_OF_PERIOD = re.compile(r"\bngay\s*(\d{1,2})\s*(?:cua\s*)?thang\s*cuoi\s*quy")

_MOI = r"(?:hang|dinh\s*ky(?:\s*(?:hang|moi))?|moi|theo)"
_UNTIL_NEXT = re.compile(r"(?:nhung|cac|va)\s*nam\s*(?:tiep\s*theo|sau|ke\s*tiep|tiep)")
_ALWAYS = re.compile(
    r"thuong\s*xuyen|lien\s*tuc|xuyen\s*suot|hang\s*ngay|hang\s*tuan|suot\s*nam|ca\s*nam|lau\s*dai|quanh\s*nam"
    r"|tu\s*dau\s*nam|duy\s*tri"
)
_OTHER_PLAN = re.compile(
    r"^(?:thuc\s*hien\s*)?(?:theo|bam\s*sat)\s*(?:tien\s*do\s*(?:cua\s*|thuc\s*hien\s*)?)?(?:cac\s*)?"
    r"(?:chuong\s*trinh|ke\s*hoach|lo\s*trinh|tien\s*do|quy\s*dinh|de\s*an|quyet\s*dinh|huong\s*dan|van\s*ban)"
)
_EVENT = re.compile(
    r"\b(?:khi|ngay\s*khi|ngay\s*sau|sau\s*khi|neu\s*co|dot\s*xuat|theo\s*(?:yeu\s*cau|"
    r"chi\s*dao|nhu\s*cau|su\s*kien|vu\s*viec)"
    r"|ke\s*tu|phat\s*sinh|tuy\s*theo|truoc\s*khi|\d+\s*ngay\s*(?:lam\s*viec\s*)?(?:truoc|sau)|trong\s*vong|sau\s*\d+\s*ngay)\b"
)
_NOT_TIMES = r"\d*(?!\d*\s*lan)"  # "mỗi tháng 1 lần" says how often, "tháng 1" which month
_PERIODS: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    (
        "half",
        re.compile(
            rf"{_MOI}\s*(?:6|06|sau)\s*thang\b|{_MOI}\s*nua\s*nam|(?:6|06)\s*thang\s*(?:mot|1|/|01)\s*lan|"
            rf"0?2\s*lan\s*/\s*nam|{_MOI}\s*nam\s*(?:hai|0?2)\s*lan"
        ),
    ),
    (
        "month",
        re.compile(
            rf"{_MOI}\s*thang(?!\s*\d{_NOT_TIMES})\b|(?:1|01|mot)\s*thang\s*/?\s*(?:mot|1|01)?\s*lan|"
            r"lan\s*/\s*(?:1\s*)?thang|^thang\s*/\s*lan"
        ),
    ),
    (
        "quarter",
        re.compile(
            rf"{_MOI}\s*quy(?!\s*(?:i|v|\d{_NOT_TIMES}|dinh))\b|(?:1|01|mot)\s*quy\s*/?\s*(?:mot|1|01)?\s*lan|"
            r"lan\s*/\s*(?:1\s*)?quy|0?3\s*thang\s*/?\s*(?:mot|1|01)?\s*lan|^quy\s*/\s*lan|0?4\s*lan\s*/\s*nam"
        ),
    ),
    (
        "year",
        re.compile(
            rf"{_MOI}\s*nam(?!\s*\d{_NOT_TIMES})\b|(?:1|01|mot)\s*nam\s*/?\s*(?:mot|1|01)?\s*lan|"
            r"(?<!0[24] )(?<!\b[24] )lan\s*/\s*(?:1\s*)?nam|^nam\s*/\s*lan"
        ),
    ),
)
_BARE_PERIODS: dict[str, PeriodKind] = {
    "thang": "month", "quy": "quarter", "6 thang": "half", "06 thang": "half", "nam": "year",
    "hang thang": "month", "hang quy": "quarter", "hang nam": "year",
}  # fmt: skip


@dataclass(slots=True, frozen=True)
class Spot:
    """A time found in a text: first and last day, where it stands, and whether it can exist."""

    first: dt.date | None
    last: dt.date | None
    start: int
    end: int
    valid: bool = True


@dataclass(slots=True, frozen=True)
class TimeRead:
    """A schedule with why it is in doubt (one Vietnamese sentence, "" where it isn't) and its dated spots."""

    schedule: Schedule
    why: str = ""
    spots: tuple[Spot, ...] = ()


def _day(day: int, month: int, year: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


class _Finder:
    """Takes the times out of a folded text, longest forms first; what is taken is blanked, in its place."""

    def __init__(self, text: str, year: int | None) -> None:
        self.text, self.year, self.spots = text, year, list[Spot]()
        # "tháng 3, tháng 6 năm 2026": a year said once, at the end, holds for the times before it.
        years = {int(y) for y in re.findall(rf"(?<![\d.]){_Y}(?![\d.])", text)}
        self.said = years.pop() if len(years) == 1 else None
        self.missing_year = False

    def _year(self, text: str | None) -> int | None:
        if text:
            return int(text) if len(text) == 4 else 2000 + int(text)
        year = self.said or self.year
        if year is None:
            self.missing_year = True
        return year

    def _take(self, match: re.Match[str], first: dt.date | None, last: dt.date | None) -> None:
        self.spots.append(Spot(first, last, match.start(), match.end(), first is not None and last is not None))
        self.text = self.text[: match.start()] + "\x00" * (match.end() - match.start()) + self.text[match.end() :]

    def _each(self, pattern: re.Pattern[str], take: str) -> None:
        for match in list(pattern.finditer(self.text)):
            getattr(self, take)(match)

    def run(self) -> list[Spot]:
        for pattern, take in (
            (_DAY_WORDS, "_on_day"), (_DAY, "_on_date"), (_HALF, "_on_half"), (_QUARTERS, "_on_quarters"),
            (_MONTHS, "_on_months"), (_MONTH_YEAR, "_on_month_year"), (_DAY_MONTH, "_on_day_month"),
            (_YEARS, "_on_years"), (_END_OF_YEAR, "_on_end_of_year"), (_ONE_YEAR, "_on_one_year"),
        ):  # fmt: skip
            self._each(pattern, take)
        return sorted(self.spots, key=lambda s: s.start)

    def _on_date(self, m: re.Match[str]) -> None:
        year = self._year(m["y"])
        day = _day(int(m["d"]), int(m["m"]), year) if year else None
        self._take(m, day, day)

    def _on_day(self, m: re.Match[str]) -> None:
        year = self._year(m[3])
        day = _day(int(m[1]), int(m[2]), year) if year else None
        self._take(m, day, day)

    def _on_day_month(self, m: re.Match[str]) -> None:
        year = self._year(None)
        day = _day(int(m[1]), int(m[2]), year) if year else None
        self._take(m, day, day)

    def _on_half(self, m: re.Match[str]) -> None:
        year = self._year(m[2] or m[3])
        if year:
            first, last = ((1, 1), (6, 30)) if m[1] == "dau" else ((7, 1), (12, 31))
            self._take(m, dt.date(year, *first), dt.date(year, *last))

    def _on_quarters(self, m: re.Match[str]) -> None:
        numbers = [roman(t) or int(t) for t in re.findall(r"iv|i{1,3}|[1-4]", m[1])]
        year = self._year(m[2])
        if year:
            self._take(m, dt.date(year, min(numbers) * 3 - 2, 1), month_end(year, max(numbers) * 3))

    def _on_months(self, m: re.Match[str]) -> None:
        months = [int(t) for t in re.findall(r"\d{1,2}", m[1])]
        year = self._year(m[2])
        if not year:
            return
        if any(not 1 <= month <= 12 for month in months):
            self._take(m, None, None)
        else:
            self._take(m, dt.date(year, min(months), 1), month_end(year, max(months)))

    def _on_month_year(self, m: re.Match[str]) -> None:
        month, year = int(m[1]), int(m[2])
        ok = 1 <= month <= 12
        self._take(m, dt.date(year, month, 1) if ok else None, month_end(year, month) if ok else None)

    def _on_years(self, m: re.Match[str]) -> None:
        first, last = int(m[1]), int(m[2])
        ok = first <= last
        self._take(m, dt.date(first, 1, 1) if ok else None, dt.date(last, 12, 31) if ok else None)

    def _on_end_of_year(self, m: re.Match[str]) -> None:
        year = self._year(m[1])
        if year:
            self._take(m, dt.date(year, 1, 1), dt.date(year, 12, 31))

    def _on_one_year(self, m: re.Match[str]) -> None:
        year = int(m[1])
        self._take(m, dt.date(year, 1, 1), dt.date(year, 12, 31))


def period_of(words: str) -> PeriodKind | None:
    """The period that "hằng quý", "định kỳ 6 tháng", "lần/tháng" name, the earliest where there are several."""
    text = flat(words)
    found = [(m.start(), kind) for kind, pattern in _PERIODS if (m := pattern.search(text))]
    return min(found)[1] if found else _BARE_PERIODS.get(text.strip(" .;,-"))


def find_times(words: str, year: int | None = None) -> list[Spot]:
    """Every dated time in `words`, in order; `year` is the plan's."""
    return _Finder(flat(words), year).run()


def _before(text: str, spot: Spot) -> dt.date | None:
    """ "Trước tháng 6" ends on 31 May; "trước ngày 30/6" counts the 30th (the last day counts, rules-vietnam §3)."""
    if spot.first is None or spot.last is None or spot.first == spot.last:
        return spot.last
    if re.search(r"\btruoc\s*$", text[: spot.start]):
        return spot.first - dt.timedelta(days=1)
    return spot.last


@lru_cache(maxsize=4096)
def read_schedule(words: str, year: int | None = None) -> TimeRead:
    """The schedule that a cell's words mean; `year`: the plan's, for a quarter or month without one.

    Never raises: what can't be read is kind "unknown" with the reason.
    """
    text = " ".join(flat(words).split()).strip(" .;,:-")
    text = _BROKEN_YEAR.sub(r"\1\2", text)
    if not text:
        return TimeRead(Schedule("unknown"))
    if _UNTIL_NEXT.search(text):
        spots = find_times(text, year)
        return TimeRead(Schedule("continuous", start=spots[0].first if spots else None), spots=tuple(spots))
    period = period_of(text)
    always = _ALWAYS.search(text)
    if _END_OF_PERIOD.search(text):
        period = period or "quarter"
    if period and not (always and text.find(always[0]) == 0 and "dinh ky" not in text):
        return TimeRead(Schedule("recurring", period=period))
    finder = _Finder(text, year)
    spots = finder.run()
    if _OTHER_PLAN.match(text) and not any(s.first == s.last for s in spots if s.valid):
        return TimeRead(Schedule("continuous"))
    yearly = all(s.first and s.last and (s.last - s.first).days > 360 for s in spots)
    if spots and yearly and always and always.start() == 0:
        return TimeRead(Schedule("continuous"), spots=tuple(spots))
    if spots:
        return _dated(words, text, spots)
    if finder.missing_year:
        return TimeRead(
            Schedule("unknown"), f"Thời hạn “{words.strip()}” thiếu năm và kế hoạch không cho biết năm nào."
        )
    if always:
        return TimeRead(Schedule("continuous"))
    if re.fullmatch(r"(?:trong\s*)?nam(?:\s*nay)?|het\s*nam|cuoi\s*nam", text) and year:
        return TimeRead(Schedule("deadline", due=dt.date(year, 12, 31)))
    if _EVENT.search(text):
        return TimeRead(Schedule("event", event=" ".join(words.split())))
    return TimeRead(Schedule("unknown"), f"Chưa hiểu thời hạn “{' '.join(words.split())}”.")


def _dated(words: str, text: str, spots: list[Spot]) -> TimeRead:
    bad = [s for s in spots if not s.valid]
    if bad:
        shown = " ".join(words.split())
        return TimeRead(Schedule("unknown"), f"Thời hạn “{shown}” có ngày không tồn tại trên lịch.", tuple(spots))
    due = max(d for s in spots if (d := _before(text, s)))
    start = None
    first = spots[0]
    if len(spots) > 1 and first.first and re.search(r"\btu\s*(?:ngay\s*)?$", text[: first.start]):
        start = first.first
    elif len(spots) == 1 and re.search(r"\d\s*-|\btu\b|\bden\b|\bi+\s*-", text) and first.first != first.last:
        start = first.first if re.search(r"-|\bden\b|\btoi\b", text[first.start : first.end]) else None
    return TimeRead(Schedule("deadline", due=due, start=start), spots=tuple(spots))
