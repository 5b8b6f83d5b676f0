"""Check, return, approve: what is approved is frozen (TCVN ISO 9001:2015, 7.5.2 c, 7.5.3.1 b)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.documents.control import circulation, effect
from sauro.documents.control.drafts import Stale, able
from sauro.documents.control.guard import check_verb, locked, reason_of
from sauro.documents.control.heads import TEMPLATE_MARK, content_of, fingerprint, head_of
from sauro.documents.control.lattice import Verb
from sauro.documents.control.register import url_of
from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentedInformation, DocumentVersion
from sauro.files import services as files
from sauro.files.models import StoredFile
from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization import services as organization
from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability
from sauro.vietnamese.text import fold, sort_key
from sauro.writing.quality import document_pdf

State = DocumentVersion.State


@transaction.atomic
def check(version: DocumentVersion, person: Person) -> DocumentVersion:
    """The version was checked and goes on to be approved. Raises `NotNow`, `Refused`."""
    fresh = locked(version)
    fresh.state = check_verb(fresh, person, Verb.CHECK)
    fresh.checked_by, fresh.checked_at = person, timezone.now()
    fresh.save(update_fields=["state", "checked_by", "checked_at", "changed_at"])
    ledger.record(person, "documents.version.checked", fresh, issue=fresh.issue_no)
    facts = {"name": str(fresh.document), "no": fresh.issue_no, "person": person.full_name}
    notices.tell(
        able(Capability.APPROVE_DOCUMENT, fresh),
        "documents.version.checked",
        lambda: _("%(person)s đã kiểm tra %(name)s, lần ban hành %(no)d; chờ phê duyệt.") % facts,
        url_of(fresh.document_id),
        but=person,
    )
    return fresh


@transaction.atomic
def return_version(version: DocumentVersion, person: Person, reason: str) -> DocumentVersion:
    """Give a version back to be written again, with what is wrong with it. Raises `NotNow`, `Refused`."""
    fresh = locked(version)
    to = check_verb(fresh, person, Verb.RETURN)
    fresh.returned_reason = reason_of(reason, _("Ghi lý do trả lại để người soạn thảo biết sửa chỗ nào."))
    was, fresh.state = fresh.state, to
    fresh.checked_by = fresh.checked_at = None
    fresh.save(update_fields=["state", "returned_reason", "checked_by", "checked_at", "changed_at"])
    ledger.record(
        person, "documents.version.returned", fresh, issue=fresh.issue_no, reason=fresh.returned_reason, was=was
    )
    facts = {"name": str(fresh.document), "reason": fresh.returned_reason, "person": person.full_name}
    notices.tell(
        Person.objects.filter(pk__in={*fresh.writers, fresh.drafted_by_id}, is_active=True),
        "documents.version.returned",
        lambda: _("%(person)s trả lại %(name)s: %(reason)s") % facts,
        url_of(fresh.document_id),
        but=person,
    )
    return fresh


def approve(
    version: DocumentVersion,
    person: Person,
    today: dt.date,
    effective_on: dt.date,
    *,
    decision_number: str = "",
    units: Sequence[Unit] | None = None,
    days: int = circulation.DUE_DAYS,
) -> DocumentVersion:
    """Approve: content and PDF are frozen, the units are given it, their people asked to read it within `days`.

    It takes effect on `effective_on`, at once where that is today. A first issue may carry an earlier day, when it was
    in force before it came here; a later one may not. `units` of None: the whole agency.
    Raises `NotNow`, `Stale` (it changed while the PDF was made), `Refused`.
    """
    seen = _as_seen(version)
    check_verb(seen, person, Verb.APPROVE)
    _check_day(seen, today, effective_on)
    given = list(units) if units is not None else [organization.root_of(seen.document.agency)]
    if not given:
        raise NotNow(_("Chọn ít nhất một đơn vị nhận tài liệu."))
    at = timezone.now()
    # The PDF is set before anything is locked: it takes a second, and nobody should wait for it.
    pdf = _set(seen, person, effective_on, given)
    with transaction.atomic():
        fresh = locked(version)
        to = check_verb(fresh, person, Verb.APPROVE)
        if (fresh.version, fresh.content) != (seen.version, seen.content):
            raise Stale(_("Bản soạn vừa thay đổi. Xem lại rồi phê duyệt."), fresh)
        fresh.state, fresh.approved_by, fresh.approved_at = to, person, at
        fresh.effective_on, fresh.decision_number = effective_on, decision_number.strip()[:60]
        fresh.pdf, fresh.sha256 = pdf, fingerprint(fresh.content)
        fresh.save()
        _no_template(fresh.document)
        ledger.record(
            person, "documents.version.approved", fresh, issue=fresh.issue_no, effective_on=effective_on,
            decision=fresh.decision_number, content=fresh.sha256, pdf=pdf.sha256,
        )  # fmt: skip
        circulation.hand_out(fresh, person, today, given, days=days)
        facts = {"name": str(fresh.document), "no": fresh.issue_no, "day": f"{effective_on:%d/%m/%Y}"}
        notices.tell(
            Person.objects.filter(pk__in={*fresh.writers, fresh.drafted_by_id, fresh.checked_by_id}, is_active=True),
            "documents.version.approved",
            lambda: _("%(name)s, lần ban hành %(no)d đã được phê duyệt, hiệu lực từ %(day)s.") % facts,
            url_of(fresh.document_id),
            but=person,
        )
        effect.bring_into_force(fresh, today)
    return fresh


def _as_seen(version: DocumentVersion) -> DocumentVersion:
    return DocumentVersion.objects.select_related(
        "document__cls", "document__unit", "document__agency", "document__current", "drafted_by", "checked_by"
    ).get(pk=version.pk)


def _check_day(version: DocumentVersion, today: dt.date, effective_on: dt.date) -> None:
    current = version.document.current
    if effective_on < today and (current or version.document.versions.filter(state=State.SUPERSEDED).exists()):
        raise NotNow(
            _("Ngày hiệu lực %(day)s đã qua. Lần ban hành sau có hiệu lực sớm nhất là hôm nay, %(today)s.")
            % {"day": f"{effective_on:%d/%m/%Y}", "today": f"{today:%d/%m/%Y}"}
        )


def _set(version: DocumentVersion, person: Person, effective_on: dt.date, units: list[Unit]) -> StoredFile:
    """The frozen PDF, kept: as the version will be once it is approved."""
    version.state, version.effective_on, version.approved_by = State.APPROVED, effective_on, person
    head = dataclasses.replace(head_of(version), distribution=tuple(u.name for u in units))
    made = document_pdf(head, content_of(version))
    stored, _known = files.store(io.BytesIO(made), f"{version.document.code}.pdf")
    return stored


def _no_template(document: DocumentedInformation) -> None:
    """What an agency approved is its own: the mark of the model set goes."""
    if document.is_template or document.title.endswith(TEMPLATE_MARK):
        document.is_template = False
        document.title = document.title.removesuffix(TEMPLATE_MARK)
        words = f"{document.code} {document.title}"
        document.folded = "".join(c if c.isalnum() else " " for c in fold(words))[:600]
        document.sort_key = sort_key(words)[:900]
        document.save(update_fields=["is_template", "title", "folded", "sort_key"])
