"""The periodic review of documents: when it is due, that it is called for, what came of it (7.5.2 c, 7.5.3.2 c)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.documents.control.guard import in_the_making, reason_of, who_can
from sauro.documents.control.terms import next_review
from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentedInformation, ReviewFlag
from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, allows, require

Outcome = ReviewFlag.Outcome
# How long a unit has to look at a document once its review is due.
DAYS = 30


@transaction.atomic
def raise_due(agency: Agency, today: dt.date) -> int:
    """Call for the review of each document whose day has come, once; returns how many were called for."""
    due = (
        DocumentedInformation.objects.filter(agency=agency)
        .review_due(today)
        .exclude(flags__in=ReviewFlag.objects.filter(cause=ReviewFlag.Cause.PERIODIC, settled_on=None))
        .select_related("unit")
        .order_by("pk")
    )
    flags = [
        ReviewFlag(document=d, cause=ReviewFlag.Cause.PERIODIC, raised_on=today, due=today + dt.timedelta(days=DAYS))
        for d in due
    ]
    ReviewFlag.objects.bulk_create(flags)
    acts = [ledger.Act("documents.review.due", f.document, {"due": f.due}) for f in flags]
    if acts:
        ledger.record_many(None, acts)
    people = list(
        Person.objects.filter(
            unit__agency=agency, is_active=True, role__grants__has_key=str(Capability.CHECK_DOCUMENT)
        ).select_related("role", "unit")
    )
    for person in people:
        own = [f.document for f in flags if allows(person, Capability.CHECK_DOCUMENT, f.document)]
        if own:
            _tell(person, own)
    return len(flags)


def _tell(person: Person, documents: list[DocumentedInformation]) -> None:
    facts = {"name": str(documents[0]), "count": len(documents)}
    one = len(documents) == 1
    notices.tell(
        [person],
        "documents.review.due",
        lambda: (
            _("Đến kỳ xem xét tài liệu %(name)s.") % facts
            if one
            else _("%(count)d tài liệu đến kỳ xem xét, trong đó có %(name)s.") % facts
        ),
        f"/chat-luong/tai-lieu/{documents[0].pk}/" if one else "/chat-luong/tai-lieu/?xem_xet=den_ky",
    )


@transaction.atomic
def settle(document: DocumentedInformation, person: Person, today: dt.date, outcome: str, note: str) -> ReviewFlag:
    """Write down what a periodic review came to: kept as it is, to be revised, obsolete; with the reason.

    Kept: the next review counts from today. Revised: a new version is begun beside the one in force where none is
    being written, and the review is over when it takes effect. Obsolete: the document ends, which takes the permission
    to end it. Raises `NotNow`, `Refused`.
    """
    from sauro.documents.control import drafts, register

    found = (
        DocumentedInformation.objects.select_for_update(of=("self",))
        .select_related("cls", "unit", "current")
        .get(pk=document.pk)
    )
    require(person, Capability.CHECK_DOCUMENT, found)
    if found.current_id is None or found.obsolete_on:
        raise NotNow(_("Tài liệu này không có bản đang hiệu lực nên chưa có gì để xem xét."))
    if outcome not in Outcome.values:
        raise NotNow(_("Chọn kết luận: giữ nguyên, sửa đổi, hay bãi bỏ."))
    note = reason_of(note, _("Ghi lý do của kết luận xem xét."))
    flag = found.flags.filter(cause=ReviewFlag.Cause.PERIODIC, settled_on=None).first() or ReviewFlag(
        document=found, cause=ReviewFlag.Cause.PERIODIC, raised_on=today, due=today
    )
    flag.settled_on, flag.settled_by, flag.outcome, flag.note = today, person, outcome, note
    flag.save()
    if outcome == Outcome.OBSOLETE:
        register.make_obsolete(found, person, today, note)
    elif outcome == Outcome.REVISED and in_the_making(found) is None:
        if not allows(person, Capability.WRITE_DOCUMENT, found):
            raise NotNow(
                _("Sửa đổi thì phải soạn lần ban hành mới. Người soạn được: %(who)s.")
                % {"who": who_can(Capability.WRITE_DOCUMENT, found)}
            )
        drafts.start_version(found, person)
    if outcome != Outcome.OBSOLETE:
        reviewed(found, today)
    ledger.record(person, "documents.review.settled", found, outcome=outcome, note=note)
    return flag


def reviewed(document: DocumentedInformation, today: dt.date) -> None:
    """Note that the document was looked at as a whole today, and work out when it has to be next."""
    document.reviewed_on = today
    document.review_on = next_review(document)
    document.save(update_fields=["reviewed_on", "review_on"])
