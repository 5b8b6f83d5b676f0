"""Requests to change a document: asked by anyone, taken or refused by who checks it, done when the new version takes
effect (TCVN ISO 9001:2015, 7.5.3.2 c; 6.3)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentChange, DocumentedInformation, DocumentVersion
from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Person
from sauro.organization.policy import Capability, require
from sauro.organization.services import heads_of

State = DocumentChange.State


def url_of(change: DocumentChange) -> str:
    """The request's page, for notices."""
    return f"/chat-luong/de-nghi-sua/{change.pk}/"


@transaction.atomic
def ask(document: DocumentedInformation, person: Person, text: str, reason: str) -> DocumentChange:
    """Ask for a change of the document; the unit that drafts it and who controls documents are told.

    Anyone who may look at the document may ask. Raises `NotNow`, `Refused`.
    """
    require(person, Capability.VIEW, document)
    text, reason = text.strip(), reason.strip()
    if not text or not reason:
        raise NotNow(_("Ghi nội dung đề nghị sửa và lý do."))
    if document.obsolete_on:
        raise NotNow(_("%(code)s đã hết hiệu lực, không sửa nữa.") % {"code": document.code})
    change = DocumentChange.objects.create(
        agency_id=document.agency_id, document=document, text=text, reason=reason, asked_by=person
    )
    ledger.record(person, "documents.change.asked", document, request=change.pk, text=text[:300])
    keepers = Person.objects.filter(
        unit__agency_id=document.agency_id, is_active=True, role__grants__has_key=Capability.CONTROL_DOCUMENTS.value
    )
    facts = {"who": person.full_name, "code": document.code, "what": text[:160]}
    notices.tell(
        {*keepers, *heads_of(document.unit_path)},
        "documents.change.asked",
        lambda: _("%(who)s đề nghị sửa tài liệu %(code)s: %(what)s") % facts,
        url_of(change),
        but=person,
    )
    return change


def _locked(change: DocumentChange, person: Person) -> DocumentChange:
    found = (
        DocumentChange.objects.select_for_update(of=("self",))
        .select_related("document__unit", "document__current", "asked_by")
        .get(pk=change.pk)
    )
    require(person, Capability.CHECK_DOCUMENT, found)
    return found


@transaction.atomic
def take(change: DocumentChange, person: Person, answer: str = "") -> DocumentChange:
    """Agree to the request: the document is going to be changed. Raises `NotNow`, `Refused`."""
    found = _locked(change, person)
    _must_be(found, State.ASKED)
    return _decide(found, person, State.TAKEN, answer, "taken")


@transaction.atomic
def refuse(change: DocumentChange, person: Person, answer: str) -> DocumentChange:
    """Decline the request, with the reason. Raises `NotNow`, `Refused`."""
    found = _locked(change, person)
    _must_be(found, State.ASKED)
    if not answer.strip():
        raise NotNow(_("Ghi lý do không đồng ý; người đề nghị đọc được."))
    return _decide(found, person, State.REFUSED, answer, "refused")


def _must_be(change: DocumentChange, state: str) -> None:
    if change.state != state:
        raise NotNow(_("Đề nghị này đã xử lý: %(state)s.") % {"state": change.get_state_display()})


def _decide(found: DocumentChange, person: Person, state: str, answer: str, verb: str) -> DocumentChange:
    found.state, found.answer = state, answer.strip()
    found.decided_by, found.decided_at = person, timezone.now()
    found.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    ledger.record(person, f"documents.change.{verb}", found.document, request=found.pk, answer=found.answer[:300])
    notices.tell(
        [found.asked_by],
        f"documents.change.{verb}",
        lambda: (
            _("Đề nghị sửa tài liệu %(code)s: %(said)s.")
            % {"code": found.document.code, "said": found.get_state_display()}
        ),
        url_of(found),
        but=person,
    )
    return found


def answered_by(change: DocumentChange) -> DocumentVersion | None:
    """The version in force, where it was approved after the request was agreed to."""
    current = change.document.current
    if current is None or current.approved_at is None or change.decided_at is None:
        return None
    return current if current.approved_at >= change.decided_at else None


@transaction.atomic
def finish(change: DocumentChange, person: Person) -> DocumentChange:
    """Say that the request was met by a version in force. Raises `NotNow`, `Refused`."""
    found = _locked(change, person)
    _must_be(found, State.TAKEN)
    version = answered_by(found)
    if version is None:
        raise NotNow(
            _("%(code)s chưa có lần ban hành mới nào hiệu lực từ khi đồng ý sửa.") % {"code": found.document.code}
        )
    found.state = State.DONE
    found.save(update_fields=["state"])
    ledger.record(person, "documents.change.done", found.document, request=found.pk, issue=version.issue_no)
    _tell_done([found], version)
    return found


def met_by(version: DocumentVersion, today: dt.date) -> int:
    """A version takes effect: every request that was agreed to before it was approved is met. Returns how many.

    Called within the transaction that brings the version into force.
    """
    waiting = DocumentChange.objects.select_for_update(of=("self",)).filter(
        document_id=version.document_id, state=State.TAKEN
    )
    met = [
        c
        for c in waiting.select_related("asked_by", "document")
        if version.approved_at is None or c.decided_at is None or c.decided_at <= version.approved_at
    ]
    for change in met:
        change.state = State.DONE
        change.save(update_fields=["state"])
        ledger.record(
            None, "documents.change.done", change.document, request=change.pk, issue=version.issue_no, on=today
        )
    _tell_done(met, version)
    return len(met)


def _tell_done(met: list[DocumentChange], version: DocumentVersion) -> None:
    for change in met:
        facts = {"code": change.document.code, "no": version.issue_no}
        notices.tell(
            [change.asked_by],
            "documents.change.done",
            lambda facts=facts: _("Tài liệu %(code)s đã sửa theo đề nghị, lần ban hành %(no)d.") % facts,  # type: ignore[misc]
            url_of(change),
        )
