"""Rounds in words."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sauro.monitoring.models import CallRule, Round
from sauro.monitoring.rounds import Need, UnitRow
from sauro.web.home.words import period_words
from sauro.web.look.text import dm, dmy_hm, vnumber, weekday_dm


def name_of(round: Round) -> str:
    """ "Kỳ báo cáo tháng 11/2026", or what a round called by hand is about."""
    if round.period:
        return _("Kỳ báo cáo %(period)s") % {"period": period_words(round.period, year=True)}
    return round.event


def how_far(day: dt.date, today: dt.date) -> str:
    """ "đã qua 3 ngày", "hôm nay", "còn 2 ngày"."""
    days = (day - today).days
    if not days:
        return _("hôm nay")
    if days > 0:
        return ngettext("còn %(n)d ngày", "còn %(n)d ngày", days) % {"n": days}
    return ngettext("đã qua %(n)d ngày", "đã qua %(n)d ngày", -days) % {"n": -days}


def days_words(round: Round, today: dt.date) -> str:
    """The two due days and how far they are."""
    return _("Đơn vị nộp hết %(due)s (%(far)s) · Tổng hợp xong hết %(focal)s (%(focal_far)s)") % {
        "due": weekday_dm(round.due),
        "far": how_far(round.due, today),
        "focal": weekday_dm(round.focal_due),
        "focal_far": how_far(round.focal_due, today),
    }


def standing_of(row: UnitRow) -> tuple[str, str, str]:
    """How a unit stands: tone, words and icon of its chip."""
    c = row.counts
    match row.need:
        case Need.SILENT:
            return "late", _("Im lặng"), "volume-off"
        case Need.RETURNED:
            return "soon", _("Trả lại %(n)s") % {"n": vnumber(c.returned)}, "arrow-back-up"
        case Need.PART_MISSING:
            return "soon", _("Còn thiếu %(n)s") % {"n": vnumber(c.missing)}, "clock"
        case Need.WAITING:
            return "info", _("Chờ nhận %(n)s") % {"n": vnumber(c.waiting)}, "inbox"
    return "done", _("Đủ"), "check"


def last_of(row: UnitRow) -> str:
    """The last that was heard of a unit in the round."""
    parts = []
    if row.need == Need.SILENT:
        parts.append(
            _("Nháp sửa lần cuối %(time)s") % {"time": _at(row.drafted_at)} if row.drafts else _("Chưa mở phiếu")
        )
    elif row.need == Need.RETURNED:
        whole = row.return_reason.rstrip(" .")
        reason = whole if len(whole) <= 90 else whole[:89].rstrip() + "…"
        parts.append(_("Trả %(time)s: “%(reason)s”") % {"time": _at(row.returned_at), "reason": reason})
    elif row.need == Need.PART_MISSING:
        if row.drafts:
            parts.append(_("Nháp sửa lần cuối %(time)s") % {"time": _at(row.drafted_at)})
        elif row.submitted_at:
            parts.append(_("Nộp lần cuối %(time)s") % {"time": _at(row.submitted_at)})
    elif row.need == Need.WAITING:
        parts.append(_("Nộp %(time)s") % {"time": _at(row.submitted_at)})
    elif row.accepted_at:
        parts.append(_("Nhận xong %(time)s") % {"time": _at(row.accepted_at)})
    else:
        parts.append(_("Đã báo cáo bằng văn bản"))
    if row.calls and row.need <= Need.PART_MISSING:
        parts.append(_calls(row))
    return ". ".join(p for p in parts if p)


def _at(moment: dt.datetime | None) -> str:
    return dmy_hm(moment) if moment else ""


def _calls(row: UnitRow) -> str:
    """ "Đã nhắc 18/11, 20/11; báo lãnh đạo đơn vị 23/11"."""
    nudged = list(dict.fromkeys(dm(d) for d, to in row.calls if to in (CallRule.To.PERSON, CallRule.To.HEAD)))
    words = _("Đã nhắc %(days)s") % {"days": ", ".join(nudged[-3:])} if nudged else ""
    raised = [(d, to) for d, to in row.calls if to in (CallRule.To.FOCAL, CallRule.To.LEADER)]
    if raised:
        day, to = raised[-1]
        told = _("báo %(who)s %(day)s") % {"who": CallRule.To(to).label.lower(), "day": dm(day)}
        words = f"{words}; {told}" if words else told[0].upper() + told[1:]
    return words
