"""What is next on a nonconformity and for whom it waits; how its states look."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sauro.organization.policy import holders
from sauro.quality.models import Nonconformity
from sauro.quality.nonconformity_lattice import HANDLE
from sauro.quality.progress import Progress
from sauro.quality.services.effect import checkers_words
from sauro.web.look.text import dmy

State = Nonconformity.State
TONES = {
    State.OPEN: "soon",
    State.ANALYSED: "info",
    State.DONE: "today",
    State.CLOSED: "done",
    State.CANCELLED: "neutral",
}


@dataclass(slots=True, frozen=True)
class Next:
    """The verb to do next, the sentence that asks for it, who can, and whether its day is past."""

    verb: str
    words: str
    who: str
    late: bool = False


def next_of(found: Nonconformity, now: Progress, today: dt.date, open_actions: list[str]) -> Next | None:
    """What is to be done next; None where it has ended. `open_actions`: who answers for each open action."""
    if now.state in (State.CLOSED, State.CANCELLED):
        return None
    if now.state == State.OPEN:
        late = found.due < today
        day = {"day": dmy(found.due)}
        handlers = holders(HANDLE, found)
        if not found.analysed_on and found.effective is not False and not found.correction:
            return Next(
                "correct", _("Khắc phục ngay, rồi tìm nguyên nhân gốc trước ngày %(day)s.") % day, handlers, late
            )
        if not found.analysed_on:
            return Next("analyse", _("Tìm nguyên nhân gốc trước ngày %(day)s.") % day, handlers, late)
        words = _("Giao hành động khắc phục, hoặc ghi lý do không cần, trước ngày %(day)s.") % day
        return Next("order", words, handlers, late)
    if now.state == State.ANALYSED:
        words = _("Hoàn thành %(n)d hành động khắc phục còn lại.") % {"n": len(open_actions)}
        return Next("order" if not open_actions else "", words, ", ".join(dict.fromkeys(open_actions)))
    if not found.effective:
        due = now.check_due or today
        words = _("Kiểm tra hiệu lực từ ngày %(day)s.") % {"day": dmy(due)}
        return Next("judge", words, checkers_words(found), due < today)
    if not found.correction:
        return Next("correct", _("Ghi việc đã khắc phục ngay thì mới đóng được."), holders(HANDLE, found))
    return Next("close", _("Hành động đã có hiệu lực: đóng sự không phù hợp."), checkers_words(found))
