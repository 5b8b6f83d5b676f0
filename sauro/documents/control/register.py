"""The master list: documents put on it, changed, taken out of force (TCVN ISO 9001:2015, 7.5.2, 7.5.3.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.documents.control import circulation, terms
from sauro.documents.control.guard import in_the_making, reason_of
from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentClass, DocumentedInformation, DocumentVersion, ReviewFlag
from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability, Refused, allows, require
from sauro.vietnamese.text import fold, nfc, sort_key, squeeze

URL = "/chat-luong/tai-lieu/{}/"
Review = DocumentedInformation.Review
FIELDS = ("cls", "code", "title", "unit", "parent", "clauses", "review_kind", "review_months", "review_day")


def url_of(document: DocumentedInformation | int) -> str:
    """The document's page, for notices."""
    return URL.format(document if isinstance(document, int) else document.pk)


@transaction.atomic
def register(
    cls: DocumentClass,
    person: Person,
    *,
    code: str,
    title: str,
    unit: Unit,
    parent: DocumentedInformation | None = None,
    clauses: Sequence[str] = (),
    is_template: bool = False,
    review_kind: str = "",
    review_months: int | None = None,
    review_day: str = "",
) -> DocumentedInformation:
    """Put a document on the master list, without any version yet. Raises `NotNow`, `Refused`.

    How it is reviewed follows its class where not given.
    """
    months = cls.review_months if review_months is None else review_months
    kind = review_kind or (Review.SINCE_LAST if months else Review.NEVER)
    document = DocumentedInformation(agency_id=cls.agency_id, is_template=is_template)
    values = {
        "cls": cls, "code": code, "title": title, "unit": unit, "parent": parent, "clauses": list(clauses),
        "review_kind": kind, "review_months": months, "review_day": review_day,
    }  # fmt: skip
    _put(document, values)
    require(person, Capability.WRITE_DOCUMENT, document)
    document.save()
    ledger.record(person, "documents.controlled.registered", document, unit=unit.name, cls=cls.code)
    return document


@transaction.atomic
def change(document: DocumentedInformation, person: Person, values: Mapping[str, Any]) -> DocumentedInformation:
    """Change what the master list says of a document. `values`: any of the fields of `FIELDS`.

    Code and title of a version already approved stay in its frozen file. Raises `NotNow`, `Refused`.
    """
    found = (
        DocumentedInformation.objects.select_for_update(of=("self",))
        .select_related("cls", "unit", "current")
        .get(pk=document.pk)
    )
    require(person, Capability.CONTROL_DOCUMENTS, found)
    before = {name: getattr(found, name) for name in FIELDS}
    _put(found, {**before, **values})
    found.review_on = terms.next_review(found)
    changed = {
        name: [str(old), str(getattr(found, name))] for name, old in before.items() if old != getattr(found, name)
    }
    if changed:
        found.save()
        ledger.record(person, "documents.controlled.changed", found, changed=changed)
    return found


def _put(document: DocumentedInformation, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        setattr(document, name, values[name])
    document.code = squeeze(nfc(str(document.code)))[:40]
    document.title = squeeze(nfc(str(document.title)))[:500]
    if not document.code:
        raise NotNow(_("Ghi mã hiệu của tài liệu, ví dụ QT.05."))
    if not document.title:
        raise NotNow(_("Ghi tên của tài liệu."))
    same = DocumentedInformation.objects.filter(agency_id=document.agency_id, code=document.code)
    if other := same.exclude(pk=document.pk).first():
        raise NotNow(
            _("Mã hiệu %(code)s đã dùng cho tài liệu “%(title)s”. Chọn mã hiệu khác.")
            % {"code": other.code, "title": other.title}
        )
    if document.unit.agency_id != document.agency_id or document.cls.agency_id != document.agency_id:
        raise ValueError("unit and class of another agency")
    if document.parent_id is not None and document.parent_id == document.pk:
        raise NotNow(_("Tài liệu không thuộc về chính nó. Chọn quy trình khác, hoặc để trống."))
    if document.review_kind == Review.CALENDAR:
        document.review_day = _day_of_year(document.review_day)
    document.unit_path = document.unit.path
    document.folded = "".join(c if c.isalnum() else " " for c in fold(f"{document.code} {document.title}"))[:600]
    document.sort_key = sort_key(f"{document.code} {document.title}")[:900]


def _day_of_year(text: str) -> str:
    """A day as "MM-DD", from the same or from "DD/MM"."""
    parts = text.replace("/", "-").split("-")
    if "/" in text:
        parts.reverse()
    try:
        return dt.date(2024, int(parts[0]), int(parts[1])).strftime("%m-%d")
    except (ValueError, IndexError):
        raise NotNow(_("Ghi ngày xem xét cố định hằng năm theo dạng ngày/tháng, ví dụ 15/12.")) from None


def why_not_obsolete(document: DocumentedInformation, person: Person) -> str:
    """Why the person can't take the document out of force now; empty where they can."""
    try:
        _may_end(document, person)
    except (NotNow, Refused) as no:
        return str(no)
    return ""


def _may_end(document: DocumentedInformation, person: Person) -> None:
    if document.obsolete_on:
        raise NotNow(_("Tài liệu này đã hết hiệu lực từ ngày %(day)s.") % {"day": f"{document.obsolete_on:%d/%m/%Y}"})
    # What was never approved is nobody's rule yet: who keeps the master list takes it off.
    never = document.current_id is None and not allows(person, Capability.APPROVE_DOCUMENT, document)
    require(person, Capability.CONTROL_DOCUMENTS if never else Capability.APPROVE_DOCUMENT, document)


@transaction.atomic
def make_obsolete(
    document: DocumentedInformation, person: Person, today: dt.date, reason: str
) -> DocumentedInformation:
    """End a document: its versions stay to be read, apart from those in force; its asks end; a draft is dropped.

    TCVN ISO 9001:2015, 7.5.3.2 d. Raises `NotNow`, `Refused`.
    """
    found = (
        DocumentedInformation.objects.select_for_update(of=("self",))
        .select_related("cls", "unit", "current")
        .get(pk=document.pk)
    )
    _may_end(found, person)
    reason = reason_of(reason, _("Ghi lý do bãi bỏ tài liệu."))
    draft = in_the_making(found)
    if draft:
        draft.state = DocumentVersion.State.DROPPED
        draft.save(update_fields=["state", "changed_at"])
        circulation.withdraw(draft, today)
    if found.current:
        current = found.current
        current.state, current.superseded_on = DocumentVersion.State.SUPERSEDED, today
        current.save(update_fields=["state", "superseded_on", "changed_at"])
        circulation.withdraw(current, today)
    found.obsolete_on, found.obsolete_reason, found.review_on = today, reason[:500], None
    found.current = None
    found.save()
    ReviewFlag.objects.filter(document=found, settled_on=None).update(
        settled_on=today, settled_by=person, outcome=ReviewFlag.Outcome.OBSOLETE, note=reason
    )
    ledger.record(person, "documents.controlled.obsolete", found, reason=reason)
    told = Person.objects.filter(unit__path=found.unit_path, is_active=True)
    said = {"name": str(found), "reason": reason}
    notices.tell(
        told,
        "documents.controlled.obsolete",
        lambda: _("Tài liệu %(name)s hết hiệu lực: %(reason)s") % said,
        url_of(found),
        but=person,
    )
    return found
