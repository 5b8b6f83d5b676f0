"""Who is given a version, who has to read it, who has (TCVN ISO 9001:2015, 7.5.3.2 a; 5.2.2 b for the policy; 7.3).

A version is given to units; giving it to a unit gives it to all below. Everyone who works there is asked to read it,
also those who come later, as long as the version is in force or about to be.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sauro.documents.errors import NotNow
from sauro.documents.models import Acknowledgement, Distribution, DocumentVersion
from sauro.documents.models.circulation import AcknowledgementQuerySet as Asks
from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization import services as organization
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.models.units import under
from sauro.organization.policy import Capability, require

State = DocumentVersion.State
# Versions that people have to know: in force, or approved and about to be.
LIVE = (State.APPROVED, State.IN_FORCE)
DUE_DAYS = 7
WEEK = dt.timedelta(days=7)
# Reminders begin so long before the day.
AHEAD = dt.timedelta(days=1)
TO_READ = "/chat-luong/can-doc/"


@transaction.atomic
def give(
    version: DocumentVersion, person: Person, today: dt.date, units: Iterable[Unit], *, days: int = DUE_DAYS
) -> int:
    """Give a version to more units, and ask everyone there to read it within so many days where its class wants that.

    Returns how many people were asked anew. Raises `NotNow`, `Refused`.
    """
    require(person, Capability.CONTROL_DOCUMENTS, version.document)
    return hand_out(version, person, today, units, days=days)


def hand_out(
    version: DocumentVersion, person: Person, today: dt.date, units: Iterable[Unit], *, days: int = DUE_DAYS
) -> int:
    """`give` for whoever has the right already: who approves a version says who is given it. Raises `NotNow`."""
    if version.state not in LIVE:
        raise NotNow(_("Chỉ phân phối bản đã phê duyệt hoặc đang hiệu lực."))
    known = set(version.distributions.values_list("unit_id", flat=True))
    fresh = [u for u in units if u.pk not in known]
    Distribution.objects.bulk_create([Distribution(version=version, unit=u, given_on=today) for u in fresh])
    asked = 0
    if version.document.cls.needs_acknowledgement:
        where = Q()
        for unit in fresh:
            where |= under("unit__path", unit.path)
        asked = _ask(version, _staff(version.agency_id).filter(where), today, days) if fresh else 0
    if fresh:
        ledger.record(person, "documents.version.given", version, units=[u.name for u in fresh], asked=asked, days=days)
    return asked


def _staff(agency_id: int) -> QuerySet[Person]:
    return Person.objects.filter(unit__agency_id=agency_id, is_active=True)


def _ask(version: DocumentVersion, people: Iterable[Person], today: dt.date, days: int) -> int:
    asked = list(people)
    known = set(version.acknowledgements.filter(person__in=[p.pk for p in asked]).values_list("person_id", flat=True))
    fresh = [p for p in asked if p.pk not in known]
    Acknowledgement.objects.bulk_create(
        [
            Acknowledgement(
                agency_id=version.agency_id, version=version, person=p, unit_id=p.unit_id, asked_on=today,
                due=today + dt.timedelta(days=max(days, 0)),
            )
            for p in fresh
        ],
        batch_size=500,
    )  # fmt: skip
    facts = {"name": str(version.document), "no": version.issue_no}
    notices.tell(
        fresh,
        "documents.version.to_read",
        lambda: _("Cần đọc, xác nhận: %(name)s, lần ban hành %(no)d.") % facts,
        f"/chat-luong/tai-lieu/{version.document_id}/",
    )
    return len(fresh)


@transaction.atomic
def acknowledge(version: DocumentVersion, person: Person) -> Acknowledgement:
    """The person confirms that they have read the version. Confirming twice changes nothing. Raises `NotNow`."""
    ack = (
        Acknowledgement.objects.select_for_update(of=("self",))
        .select_related("version__document")
        .filter(version=version, person=person)
        .first()
    )
    if ack is None:
        raise NotNow(
            _("Bản này không phân phối cho đơn vị của %(name)s nên không cần xác nhận.") % {"name": person.full_name}
        )
    if ack.withdrawn_on and ack.read_at is None:
        raise NotNow(
            _("Không cần đọc bản này nữa: thôi yêu cầu từ ngày %(day)s.") % {"day": f"{ack.withdrawn_on:%d/%m/%Y}"}
        )
    if ack.read_at is None:
        ack.read_at = timezone.now()
        ack.save(update_fields=["read_at"])
        ledger.record(person, "documents.version.read", version, issue=version.issue_no)
        page = f"/chat-luong/tai-lieu/{version.document_id}/"
        notices.unread_of(person).filter(verb="documents.version.to_read", url=page).update(read_at=timezone.now())
    return ack


def withdraw(version: DocumentVersion, today: dt.date) -> int:
    """Ask nobody any longer to read the version; what was read stays read. Returns how many asks ended."""
    return version.acknowledgements.waiting().update(withdrawn_on=today)


@transaction.atomic
def sync_asks(agency: Agency, today: dt.date, *, days: int = DUE_DAYS) -> tuple[int, int]:
    """Ask those who came since a version was given; end the asks of those who left, or moved to where it wasn't given.

    Returns how many of each. A person who has as many asks as versions were given to their unit, and never moved, is
    passed over, so a day on which nobody moved costs a handful of queries whatever the number of documents.
    """
    asks = Acknowledgement.objects.filter(agency=agency)
    ended = asks.waiting().filter(person__is_active=False).update(withdrawn_on=today)
    given: dict[str, set[int]] = defaultdict(set)
    for path, pk in Distribution.objects.filter(
        version__document__agency=agency, version__state__in=LIVE, version__document__cls__needs_acknowledgement=True
    ).values_list("unit__path", "version_id"):
        given[path].add(pk)
    live = asks.filter(version__state__in=LIVE, person__is_active=True)
    has = dict(live.order_by().values_list("person_id").annotate(n=Count("pk")))
    moved = set(live.exclude(unit=F("person__unit")).order_by().values_list("person_id", flat=True))
    of_path: dict[str, set[int]] = {}
    lacking: dict[int, list[Person]] = defaultdict(list)
    asked = 0
    for person in _staff(agency.pk).select_related("unit"):
        path = person.unit.path
        if path not in of_path:
            of_path[path] = set().union(*(v for p, v in given.items() if path.startswith(p)))
        mine = of_path[path]
        if has.get(person.pk, 0) < len(mine) or person.pk in moved:
            rows = live.filter(person=person)
            for pk in mine - set(rows.values_list("version_id", flat=True)):
                lacking[pk].append(person)
            ended += rows.waiting().exclude(version__in=mine).update(withdrawn_on=today)
    # Someone who left and is back reads it after all.
    for ack in live.filter(read_at=None, withdrawn_on__lt=today).select_related("person__unit"):
        if ack.version_id in of_path[ack.person.unit.path]:
            ack.withdrawn_on, ack.due = None, today + dt.timedelta(days=days)
            ack.save(update_fields=["withdrawn_on", "due"])
            asked += 1
    for version in DocumentVersion.objects.filter(pk__in=lacking).select_related("document"):
        people = lacking[version.pk]
        asked += _ask(version, people, today, days)
        ledger.record(None, "documents.version.asked_newcomers", version, people=[p.full_name for p in people])
    return asked, ended


@transaction.atomic
def remind(agency: Agency, today: dt.date) -> int:
    """Remind whoever still has something to read whose day is near or past: one notice, at most one a week, on a
    working day. Returns how many people were reminded."""
    if not organization.working_calendar(agency).is_working(today):
        return 0
    waiting = _to_remind(Acknowledgement.objects.filter(agency=agency).waiting().filter(due__lte=today + AHEAD), today)
    return _remind(waiting, None, agency, today)


@transaction.atomic
def remind_of(version: DocumentVersion, person: Person, today: dt.date) -> int:
    """Remind those who haven't read this version, except whoever was reminded within the week.

    Returns how many. Raises `NotNow` where there is nobody to remind, `Refused`.
    """
    require(person, Capability.CONTROL_DOCUMENTS, version.document)
    waiting = version.acknowledgements.waiting()
    count = _remind(_to_remind(waiting, today), person, version, today)
    if not count:
        raise NotNow(
            _("Những người chưa đọc đều đã được nhắc trong tuần này.")
            if waiting.exists()
            else _("Không còn ai chưa đọc bản này.")
        )
    return count


def _to_remind(waiting: Asks, today: dt.date) -> Asks:
    recent = Acknowledgement.objects.waiting().filter(reminded_on__gt=today - WEEK)
    return waiting.exclude(person__in=recent.values("person"))


def _remind(asks: Asks, actor: Person | None, about: Agency | DocumentVersion, today: dt.date) -> int:
    rows = list(asks.select_related("person", "version__document").order_by("due", "pk"))
    by_person: dict[int, list[Acknowledgement]] = defaultdict(list)
    for row in rows:
        by_person[row.person_id].append(row)
    for mine in by_person.values():
        notices.tell([mine[0].person], "documents.version.reminded", partial(_still_to_read, mine), TO_READ)
    for row in rows:
        row.reminded_on, row.reminders = today, row.reminders + 1
    Acknowledgement.objects.bulk_update(rows, ["reminded_on", "reminders"], batch_size=500)
    if by_person:
        ledger.record(actor, "documents.version.reminded", about, people=len(by_person))
    return len(by_person)


def _still_to_read(mine: list[Acknowledgement]) -> str:
    first = mine[0]
    return ngettext(
        "Còn %(n)d tài liệu cần đọc, xác nhận: %(name)s, hạn %(day)s.",
        "Còn %(n)d tài liệu cần đọc, xác nhận; sớm nhất là %(name)s, hạn %(day)s.",
        len(mine),
    ) % {"n": len(mine), "name": str(first.version.document), "day": f"{first.due:%d/%m/%Y}"}


@dataclass(slots=True, frozen=True)
class Share:
    """How many of those asked have read. `unit` of None: all of them together."""

    unit: Unit | None
    asked: int
    read: int

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: 100 is said only when everyone has read."""
        return 100 * self.read // self.asked if self.asked else 0

    @property
    def left(self) -> int:
        """How many haven't yet."""
        return self.asked - self.read


def shares(version: DocumentVersion) -> list[Share]:
    """Of each unit: how many were asked and how many have read; asks that ended unread don't count."""
    counted = (
        version.acknowledgements.filter(Q(withdrawn_on=None) | Q(read_at__isnull=False))
        .order_by()
        .values("unit_id")
        .annotate(asked=Count("pk"), read=Count("read_at"))
    )
    rows = {row["unit_id"]: row for row in counted}
    units = Unit.objects.filter(pk__in=rows).order_by("path")
    return [Share(u, rows[u.pk]["asked"], rows[u.pk]["read"]) for u in units]


def whole(found: Iterable[Share]) -> Share:
    """All units together."""
    rows = list(found)
    return Share(None, sum(s.asked for s in rows), sum(s.read for s in rows))


def share_of_versions(versions: Collection[int]) -> dict[int, Share]:
    """For a page of versions: how many were asked and have read, by the version's id, in one query."""
    counted = (
        Acknowledgement.objects.filter(version_id__in=versions)
        .filter(Q(withdrawn_on=None) | Q(read_at__isnull=False))
        .order_by()
        .values("version_id")
        .annotate(asked=Count("pk"), read=Count("read_at"))
    )
    return {row["version_id"]: Share(None, row["asked"], row["read"]) for row in counted}


def waiting_for(person: Person) -> Asks:
    """What the person still has to read, the first due first."""
    return (
        Acknowledgement.objects.filter(person=person)
        .waiting()
        .select_related("version__document__cls")
        .order_by("due", "pk")
    )
