"""What the daily letter says: what I owe, what is late in what I answer for, what I haven't read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from sauro.monitoring.models import Duty
from sauro.notices import mail
from sauro.notices import services as notices
from sauro.organization import services as organization
from sauro.organization.models import Agency, Person

AHEAD = dt.timedelta(days=7)
LISTED = 15


@dataclass(slots=True)
class Letter:
    """One person's letter of one day, in their language; without `parts` there is nothing to write."""

    subject: str
    parts: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def lines(self) -> int:
        """How many things it speaks of."""
        return sum(len(lines) for _head, lines in self.parts)

    def text(self) -> str:
        """The letter as plain text."""
        out = []
        for head, lines in self.parts:
            out += [head, *(f"  - {line}" for line in lines), ""]
        return "\n".join([*out, settings.SITE_URL or "", _("Thư tự động của Sáu Rõ, mỗi ngày một lần.")])


def letter_for(person: Person, today: dt.date) -> Letter:
    """What the person's letter of the day says, in the language that is active."""
    mine = Duty.objects.open().owed_by(person).filter(due__lte=today + AHEAD).select_related("plan", "task")
    rows = list(mine.order_by("due", "pk")[:200])
    overdue = [d for d in rows if d.due < today]
    coming = [d for d in rows if d.due >= today]
    letter = Letter(_subject(len(overdue), len(coming), today))
    for head, duties in (
        (_("Đã quá hạn (%(n)d)") % {"n": len(overdue)}, overdue),
        (_("Đến hạn trong 7 ngày tới (%(n)d)") % {"n": len(coming)}, coming),
    ):
        if duties:
            letter.parts.append((head, _capped([_line(d) for d in duties])))
    late = Duty.objects.answered_for_by(person).overdue(today)
    counts = list(late.order_by().values("unit__name").annotate(n=Count("pk")).order_by("-n", "unit__name"))
    if counts:
        words = _("%(unit)s: %(n)d việc quá hạn")
        letter.parts.append(
            (
                _("Chậm trong phạm vi phụ trách"),
                _capped([words % {"unit": c["unit__name"], "n": c["n"]} for c in counts]),
            )
        )
    since = today - dt.timedelta(days=1)
    unread = (
        notices.unread_of(person).filter(created_at__date__gte=since).order_by("-id").values_list("text", flat=True)
    )
    if said := list(unread[:200]):
        letter.parts.append((_("Thông báo chưa xem (%(n)d)") % {"n": len(said)}, _capped(said)))
    return letter


def _subject(overdue: int, coming: int, today: dt.date) -> str:
    if overdue:
        words = ngettext("%(n)d việc đã quá hạn", "%(n)d việc đã quá hạn", overdue) % {"n": overdue}
    elif coming:
        words = ngettext("%(n)d việc đến hạn trong tuần", "%(n)d việc đến hạn trong tuần", coming) % {"n": coming}
    else:
        words = _("thông báo trong ngày")
    return f"Sáu Rõ {today:%d/%m/%Y}: {words}"


def _line(duty: Duty) -> str:
    number = " ".join(x for x in (duty.plan.number, duty.task.ref if duty.task else "") if x)
    return _("%(what)s (%(number)s), hạn %(day)s") % {
        "what": duty.title,
        "number": number,
        "day": f"{duty.due:%d/%m/%Y}",
    }


def _capped(lines: list[str]) -> list[str]:
    if len(lines) <= LISTED:
        return lines
    return [*lines[:LISTED], _("và %(n)d mục khác") % {"n": len(lines) - LISTED}]


def send_digests(agency: Agency, today: dt.date) -> int:
    """Send the day's letter to everyone of the agency who has something to read and an address, on working days.

    Running it again sends nothing twice. Returns how many went out. Without a mail server nothing is sent.
    """
    if not mail.is_set_up() or not organization.working_calendar(agency).is_working(today):
        return 0
    people = Person.objects.filter(unit__agency=agency, is_active=True).exclude(email="")
    sent = 0
    for person in people.select_related("unit", "role", "unit__agency").order_by("pk").iterator(chunk_size=200):
        with override(person.language):
            letter = letter_for(person, today)
            if letter.parts:
                sent += mail.send_digest(person, today, letter.subject, letter.text(), lines=letter.lines)
    return sent
