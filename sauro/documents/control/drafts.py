"""Writing a version beside the one in force: begun from it, saved, sent, taken back, dropped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.documents.control import circulation
from sauro.documents.control.guard import check_verb, in_the_making, locked, reason_of, who_can
from sauro.documents.control.lattice import Verb
from sauro.documents.control.register import url_of
from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentedInformation, DocumentVersion
from sauro.files import services as files
from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Person
from sauro.organization.policy import Capability, allows, holders, require
from sauro.writing.quality import DocumentContent

State = DocumentVersion.State


class Stale(NotNow):
    """Someone saved the draft after this page was opened; `theirs` is the draft as it is now."""

    def __init__(self, sentence: str, theirs: DocumentVersion) -> None:
        super().__init__(sentence)
        self.theirs = theirs


@transaction.atomic
def start_version(
    document: DocumentedInformation,
    person: Person,
    *,
    content: Mapping[str, Any] | None = None,
    summary: str = "",
    issue_no: int | None = None,
) -> DocumentVersion:
    """Begin a version beside the one in force, filled with the content of that one, or with `content`.

    `issue_no`: for a document that was issued before it came here (its next issue); else the issues run on from 1.
    Raises `NotNow` (one is being written already; the document has ended), `Refused`, `ValueError` (content).
    """
    found = (
        DocumentedInformation.objects.select_for_update(of=("self",))
        .select_related("cls", "unit", "current")
        .get(pk=document.pk)
    )
    require(person, Capability.WRITE_DOCUMENT, found)
    if found.obsolete_on:
        raise NotNow(
            _("Tài liệu đã hết hiệu lực từ ngày %(day)s, không soạn lần mới được. Lập tài liệu khác thay nó.")
            % {"day": f"{found.obsolete_on:%d/%m/%Y}"}
        )
    if other := in_the_making(found):
        raise NotNow(
            _("Lần ban hành %(no)d đang được %(name)s soạn. Sửa tiếp bản đó, hoặc bỏ nó rồi soạn bản mới.")
            % {"no": other.issue_no, "name": other.drafted_by.full_name}
        )
    before = found.current
    if content is None:
        content = before.content if before else {}
    last = found.versions.exclude(state=State.DROPPED).order_by("-issue_no").values_list("issue_no", flat=True).first()
    version = DocumentVersion.objects.create(
        document=found,
        issue_no=last + 1 if last else max(1, issue_no or 1),
        content=DocumentContent.from_json(content).to_json(),
        summary=summary.strip(),
        drafted_by=person,
        changed_by=person,
        writers=[person.pk],
    )
    ledger.record(person, "documents.version.started", version, issue=version.issue_no)
    return version


@transaction.atomic
def save_draft(
    version: DocumentVersion,
    person: Person,
    content: Mapping[str, Any],
    *,
    summary: str | None = None,
    expected: int | None = None,
) -> DocumentVersion:
    """Keep a draft as typed. `expected`: the number of the saving that the page was made from.

    The first saving by a person is written into the ledger (from then on they can't approve it); the later ones are
    not, for a draft saves itself every second. Raises `Stale` with the other's draft, `NotNow`, `Refused`,
    `ValueError` (content).
    """
    fresh = locked(version)
    check_verb(fresh, person, Verb.SAVE)
    kept = DocumentContent.from_json(content).to_json()
    said = fresh.summary if summary is None else summary.strip()
    if (kept, said) == (fresh.content, fresh.summary):
        return fresh
    if expected is not None and expected != fresh.version:
        raise Stale(
            _("%(name)s đã lưu bản soạn này lúc %(time)s, sau khi trang được mở. Phần đang gõ vẫn còn nguyên.")
            % {
                "name": (fresh.changed_by or fresh.drafted_by).full_name,
                "time": timezone.localtime(fresh.changed_at).strftime("%H:%M"),
            },
            fresh,
        )
    was, fresh.content, fresh.summary, fresh.version = fresh.content, kept, said, fresh.version + 1
    fresh.changed_by = person
    if person.pk not in fresh.writers or fresh.version == 1:
        fresh.writers = sorted({*fresh.writers, person.pk})
        ledger.record(person, "documents.version.written", fresh, issue=fresh.issue_no)
    fresh.save(update_fields=["content", "summary", "version", "changed_by", "writers", "changed_at"])
    if fresh.document.is_template and kept != was:
        DocumentedInformation.objects.filter(pk=fresh.document_id).update(is_template=False)
    return fresh


@transaction.atomic
def attach_word(version: DocumentVersion, person: Person, source: IO[bytes], name: str) -> DocumentVersion:
    """Keep a Word file beside a draft, for what the form has no place for.

    Raises `FileRefused`, `NotNow`, `Refused`.
    """
    fresh = locked(version)
    check_verb(fresh, person, Verb.SAVE)
    stored, _known = files.store(source, name, inspect=True)
    fresh.file, fresh.file_name, fresh.changed_by = stored, name[:255], person
    fresh.save(update_fields=["file", "file_name", "changed_by", "changed_at"])
    ledger.record(person, "documents.version.attached", fresh, name=name, sha256=stored.sha256)
    return fresh


def is_empty(content: Mapping[str, Any]) -> bool:
    """Whether a content says nothing at all."""
    return not any(content.values())


@transaction.atomic
def send(version: DocumentVersion, person: Person, *, expected: int | None = None) -> DocumentVersion:
    """Send a draft to be checked, or to be approved where its class needs no check.

    Raises `Stale`, `NotNow` (nothing written; a later issue that doesn't say what changed), `Refused`.
    """
    fresh = locked(version)
    to = check_verb(fresh, person, Verb.SEND)
    if expected is not None and expected != fresh.version:
        raise Stale(_("Bản soạn đã được lưu ở nơi khác sau khi trang được mở. Xem lại rồi gửi."), fresh)
    if is_empty(fresh.content) and fresh.file_id is None:
        raise NotNow(_("Bản soạn chưa có nội dung. Ghi nội dung, hoặc kèm tệp Word, rồi gửi."))
    if fresh.document.current_id and not fresh.summary:
        raise NotNow(_("Ghi nội dung sửa đổi so với lần trước rồi gửi, để người kiểm tra biết xem chỗ nào."))
    fresh.state, fresh.sent_at, fresh.returned_reason = to, timezone.now(), ""
    fresh.save(update_fields=["state", "sent_at", "returned_reason", "changed_at"])
    ledger.record(person, "documents.version.sent", fresh, issue=fresh.issue_no, to=to)
    asked = Capability.CHECK_DOCUMENT if to == State.CHECKING else Capability.APPROVE_DOCUMENT
    facts = {"name": str(fresh.document), "no": fresh.issue_no, "person": person.full_name}
    words = (
        (lambda: _("%(person)s gửi kiểm tra %(name)s, lần ban hành %(no)d.") % facts)
        if to == State.CHECKING
        else (lambda: _("%(person)s trình phê duyệt %(name)s, lần ban hành %(no)d.") % facts)
    )
    notices.tell(able(asked, fresh), "documents.version.sent", words, url_of(fresh.document_id), but=person)
    return fresh


def able(capability: Capability, version: DocumentVersion) -> list[Person]:
    """Those who can do the next thing with the version, without its writers where its class keeps them from it; the
    document's own unit first, and there its head."""
    document = version.document
    people = Person.objects.filter(
        unit__agency_id=document.agency_id, is_active=True, role__grants__has_key=str(capability)
    ).select_related("role", "unit")
    if not document.cls.own_approval:
        people = people.exclude(pk__in={*version.writers, version.drafted_by_id})
    found = [p for p in people.order_by("pk")[:100] if allows(p, capability, document)]
    return sorted(found, key=lambda p: (p.unit_id != document.unit_id, p.post != Person.Post.HEAD))


@transaction.atomic
def take_back(version: DocumentVersion, person: Person) -> DocumentVersion:
    """Take a sent version back to write in it again. Raises `NotNow`, `Refused`."""
    fresh = locked(version)
    fresh.state = check_verb(fresh, person, Verb.TAKE_BACK)
    fresh.checked_by = fresh.checked_at = None
    fresh.save(update_fields=["state", "checked_by", "checked_at", "changed_at"])
    ledger.record(person, "documents.version.taken_back", fresh, issue=fresh.issue_no)
    return fresh


@transaction.atomic
def drop(version: DocumentVersion, person: Person, today: dt.date, reason: str) -> DocumentVersion:
    """Give up a version that isn't in force yet; it stays to be read, its number is free.

    Raises `NotNow`, `Refused`.
    """
    fresh = locked(version)
    to = check_verb(fresh, person, Verb.DROP)
    reason = reason_of(reason, _("Ghi lý do bỏ bản soạn."))
    was, fresh.state = fresh.state, to
    fresh.save(update_fields=["state", "changed_at"])
    circulation.withdraw(fresh, today)
    ledger.record(person, "documents.version.dropped", fresh, issue=fresh.issue_no, reason=reason, was=was)
    return fresh


def next_hand(version: DocumentVersion) -> str:
    """Who does the next thing with a version that was sent, by name; where it is only its own writer, what helps.

    Empty in other states.
    """
    nexts: dict[str, Capability] = {
        State.CHECKING: Capability.CHECK_DOCUMENT,
        State.CHECKED: Capability.APPROVE_DOCUMENT,
    }
    asked = nexts.get(version.state)
    if asked is None:
        return ""
    people = able(asked, version)[:2]
    if not people and holders(asked, version.document):
        return _("chưa có ai ngoài người soạn; thư ký ISO cho phép người soạn tự làm ở trang Loại tài liệu")
    return ", ".join(p.full_name for p in people) or who_can(asked, version.document)
