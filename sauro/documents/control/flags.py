"""Settling a call to review a document (TCVN ISO 9001:2015, 7.5.2 c, 7.5.3.2 c)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.documents.errors import NotNow
from sauro.documents.models import Citation, DocumentedInformation, DocumentVersion, Instrument, ReviewFlag
from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Person
from sauro.organization.policy import Capability, require
from sauro.organization.services import heads_of

Outcome, Cause = ReviewFlag.Outcome, ReviewFlag.Cause


def revision_since(flag: ReviewFlag) -> DocumentVersion | None:
    """The version in force, where it was approved after the flag was raised: the revision that answers it."""
    current = flag.document.current
    if current is None or current.approved_at is None or current.effective_on is None:
        return None
    return current if current.effective_on >= flag.raised_on else None


@transaction.atomic
def settle(
    flag: ReviewFlag, person: Person, today: dt.date, outcome: str, note: str, *, recite: bool = False
) -> ReviewFlag:
    """Write down what came of the review: the document is kept as it is, was revised, or ended, and why.

    Revised can be said once a new version has taken effect; obsolete once the document was ended. `recite`: the
    document cites from now on the instrument that replaced (beside the one that was amended). Raises `NotNow`,
    `Refused`. A periodic review is settled by `reviews.settle`, which also sets its next day.
    """
    found = (
        ReviewFlag.objects.select_for_update(of=("self",))
        .select_related("document__unit", "document__current", "instrument__replaced_by")
        .get(pk=flag.pk)
    )
    document = found.document
    require(person, Capability.CHECK_DOCUMENT, found)
    _check(found, outcome, note.strip())
    found.settled_on, found.settled_by, found.outcome, found.note = today, person, outcome, note.strip()
    found.save(update_fields=["settled_on", "settled_by", "outcome", "note"])
    recited = _recite(document, found.instrument) if recite and outcome != Outcome.OBSOLETE else ""
    ledger.record(
        person, "documents.flag.settled", document,
        cause=found.cause, instrument=str(found.instrument or ""), outcome=outcome, note=found.note, recited=recited,
    )  # fmt: skip
    keepers = Person.objects.filter(
        unit__agency_id=document.agency_id, is_active=True, role__grants__has_key=Capability.CONTROL_DOCUMENTS.value
    )
    notices.tell(
        {*keepers, *heads_of(document.unit_path)},
        "documents.flag.settled",
        lambda: (
            _("Đã xem xét tài liệu %(code)s: %(outcome)s.")
            % {"code": document.code, "outcome": found.get_outcome_display()}
        ),
        f"/chat-luong/tai-lieu/{document.pk}/",
        but=person,
    )
    return found


def _check(flag: ReviewFlag, outcome: str, note: str) -> None:
    if flag.settled_on:
        raise NotNow(
            _("Lần xem xét này đã kết luận ngày %(day)s: %(outcome)s.")
            % {"day": f"{flag.settled_on:%d/%m/%Y}", "outcome": flag.get_outcome_display()}
        )
    if outcome not in Outcome.values:
        raise NotNow(_("Chọn kết luận: giữ nguyên, đã sửa đổi, hay bãi bỏ."))
    if not note:
        raise NotNow(_("Ghi lý do của kết luận xem xét."))
    if outcome == Outcome.REVISED and revision_since(flag) is None:
        raise NotNow(
            _(
                "%(code)s chưa có lần ban hành nào hiệu lực từ ngày %(day)s. Soạn lần ban hành mới, khi có hiệu lực "
                "thì kết luận “đã sửa đổi”."
            )
            % {"code": flag.document.code, "day": f"{flag.raised_on:%d/%m/%Y}"}
        )
    if outcome == Outcome.OBSOLETE and not flag.document.obsolete_on:
        raise NotNow(
            _("%(code)s còn hiệu lực. Bãi bỏ tài liệu ở trang của nó trước, rồi kết luận.")
            % {"code": flag.document.code}
        )


def _recite(document: DocumentedInformation, instrument: Instrument | None) -> str:
    """Cite what replaced the instrument, in place of it where it is no longer in force; gives what is cited anew."""
    successor = instrument.replaced_by if instrument else None
    if instrument is None or successor is None:
        return ""
    old = Citation.objects.filter(document=document, instrument=instrument).first()
    Citation.objects.get_or_create(document=document, instrument=successor)
    if old and instrument.state == Instrument.State.REPLACED:
        old.delete()
    return str(successor)
