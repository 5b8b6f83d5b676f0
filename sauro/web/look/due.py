"""What a due date looks like: a chip that says how urgent it is, and under it the date itself.

Days are calendar days, counted to the end of the due day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .icons import icon
from .text import dm, dmy, weekday, weekday_dm

SOON = 5


@dataclass(frozen=True, slots=True)
class Due:
    """A chip: its tone (a CSS class after "chip-"), its icon or "", its words, and the lines under it."""

    tone: str
    icon: str
    text: str
    under: tuple[str, ...]


def _days(count: int, kind: str) -> str:
    texts = {
        "late": ngettext("Quá hạn %(n)d ngày", "Quá hạn %(n)d ngày", count),
        "left": ngettext("Còn %(n)d ngày", "Còn %(n)d ngày", count),
        "done_late": ngettext("Xong, trễ %(n)d ngày", "Xong, trễ %(n)d ngày", count),
    }
    return texts[kind] % {"n": count}


def _done(due: date | None, done_on: date) -> Due:
    if due is None:
        return Due("done", "check", _("Xong"), (_("ngày %(date)s") % {"date": dmy(done_on)},))
    under = (_("hạn %(date)s") % {"date": dmy(due)},)
    if done_on <= due:
        return Due("done", "check", _("Xong đúng hạn"), under)
    return Due("soon", "check", _days((done_on - due).days, "done_late"), under)


def describe(
    due: date | None,
    today: date,
    *,
    done_on: date | None = None,
    kind: str = "deadline",
    event: str = "",
    moved_from: date | None = None,
    old_due: date | None = None,
    with_weekday: bool = False,
    as_date: bool = False,
) -> Due:
    """The chip for one due date as seen on `today`.

    `kind` is the schedule's: "deadline", "recurring", "continuous" or "event" (`event` says which, or how often).
    `moved_from` is the day off that the due day was moved off, `old_due` the date before it was changed: both dates
    are then shown. `with_weekday` puts the weekday beside the date (home page); `as_date` shows a far date itself
    instead of the days left.
    """
    if done_on is not None:
        return _done(due, done_on)
    if due is None:
        if kind == "continuous":
            return Due("plain", "refresh", _("Thường xuyên"), (_("không có ngày hạn"),))
        if kind == "recurring":
            return Due("plain", "refresh", _("Định kỳ"), (event,) if event else ())
        if kind == "event":
            return Due("plain", "bolt", _("Khi có sự kiện"), (event,) if event else ())
        return Due("late", "circle-dashed", _("Chưa rõ hạn"), ())
    left = (due - today).days
    under = [weekday_dm(due) if with_weekday or left == 0 else dmy(due)]
    if left < 0:
        tone, sign, text = "late", "alert-triangle", _days(-left, "late")
    elif left == 0:
        tone, sign, text = "today", "clock", _("Hôm nay")
    elif left == 1:
        tone, sign, text = "soon", "clock", _("Ngày mai")
    elif left <= SOON:
        tone, sign, text = "soon", "clock", _days(left, "left")
    else:
        tone, sign, text = "neutral", "", _days(left, "left")
        if as_date or moved_from:
            text = dm(due) if due.year == today.year else dmy(due)
            under = [weekday(due)] if not moved_from else []
    if moved_from:
        under.append(_("dời từ %(day)s") % {"day": f"{weekday(moved_from)} {dm(moved_from)}"})
    if old_due:
        short = dm if old_due.year == due.year else dmy
        under = [_("hạn cũ %(old)s, hạn mới %(new)s") % {"old": short(old_due), "new": short(due)}]
    return Due(tone, sign, text, tuple(under))


def chip(tone: str, text: str, sign: str = "") -> SafeString:
    """A chip: a word on a tint, with an icon where it helps. Tones: late, soon, today, done, info, neutral, plain."""
    return format_html('<span class="chip chip-{}">{}{}</span>', tone, icon(sign, 16) if sign else "", text)


@lru_cache(maxsize=8192)
def _draw(look: Due) -> SafeString:
    under = format_html_join(
        "",
        '<span class="due-date{}">{}</span>',
        ((" due-plain" if line.replace("/", "").isdecimal() else "", line) for line in look.under),
    )
    return format_html('<span class="due">{}{}</span>', chip(look.tone, look.text, look.icon), under)


@lru_cache(maxsize=8192)
def _cached(due: date | None, today: date, rest: tuple[tuple[str, object], ...], language: str | None) -> SafeString:
    return _draw(describe(due, today, **dict(rest)))  # type: ignore[arg-type]


def draw(due: date | datetime | None, today: date, **rest: object) -> SafeString:
    """`describe` as HTML: the chip and the lines under it."""
    return _cached(due, today, tuple(sorted(rest.items())), get_language())
