"""Legal instruments that documents rest on, and what follows when one is replaced, amended or expires.

TCVN ISO 9001:2015, 7.5.3.2 (documents of external origin are identified and controlled), 7.5.2 c (review); the yearly
maintenance plan of QĐ 19/2014/QĐ-TTg: documents are looked at again "khi có thay đổi về căn cứ pháp lý".
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sauro.documents.errors import NotNow
from sauro.documents.models import Citation, DocumentedInformation, Instrument, LegalBasis, ReviewFlag
from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, allows, require
from sauro.organization.services import heads_of
from sauro.vietnamese.text import fold, nfc, squeeze

State = Instrument.State
FIELDS = ("type", "number", "issued_on", "title")
# How long a unit has to look at a document once its basis changed. Ours, not a rule's.
DAYS = 30
SAID = {State.REPLACED: "replaced", State.AMENDED: "amended", State.EXPIRED: "expired"}


def url_of(instrument: Instrument) -> str:
    """The instrument's page, for notices."""
    return f"/chat-luong/can-cu/{instrument.pk}/"


def number_key(number: str) -> str:
    """A number as compared for doubles: folded, without blanks."""
    return fold(number).replace(" ", "")[:60]


@transaction.atomic
def add(
    agency: Agency, person: Person, *, number: str, title: str, type: str = "", issued_on: dt.date | None = None
) -> Instrument:
    """Put an instrument on the register of legal bases. Raises `NotNow` (no number, a double), `Refused`."""
    require(person, Capability.CONTROL_DOCUMENTS, agency)
    instrument = Instrument(agency=agency)
    _put(instrument, {"type": type, "number": number, "issued_on": issued_on, "title": title})
    instrument.save()
    ledger.record(person, "documents.instrument.added", instrument, number=instrument.number)
    return instrument


@transaction.atomic
def edit(instrument: Instrument, person: Person, values: Mapping[str, Any]) -> Instrument:
    """Correct what the register says of an instrument. `values`: any of `FIELDS`. Raises `NotNow`, `Refused`."""
    found = Instrument.objects.select_for_update().get(pk=instrument.pk)
    require(person, Capability.CONTROL_DOCUMENTS, found)
    before = {name: getattr(found, name) for name in FIELDS}
    _put(found, before | {name: values[name] for name in FIELDS if name in values})
    changed = {
        n: [str(old or ""), str(getattr(found, n) or "")] for n, old in before.items() if old != getattr(found, n)
    }
    if changed:
        found.save()
        ledger.record(person, "documents.instrument.edited", found, changed=changed)
    return found


def _put(instrument: Instrument, values: Mapping[str, Any]) -> None:
    instrument.type = squeeze(nfc(values["type"]))[:60]
    instrument.number = squeeze(nfc(values["number"]))[:60]
    instrument.title = squeeze(nfc(values["title"]))[:1000]
    instrument.issued_on = values["issued_on"]
    instrument.number_key = number_key(instrument.number)
    if not instrument.number_key:
        raise NotNow(_("Ghi số, ký hiệu của văn bản, ví dụ 61/2018/NĐ-CP."))
    if not instrument.title:
        raise NotNow(_("Ghi trích yếu của văn bản %(number)s.") % {"number": instrument.number})
    same = Instrument.objects.filter(agency_id=instrument.agency_id, number_key=instrument.number_key)
    if other := same.exclude(pk=instrument.pk).first():
        raise NotNow(
            _("Văn bản số %(number)s đã có trong danh mục: %(title)s.") % {"number": other.number, "title": other.title}
        )
    words = fold(f"{instrument.type} {instrument.number} {instrument.title}")
    instrument.folded = "".join(c if c.isalnum() else " " for c in words)[:1200]


# What adopted documents rest on ------------------------------------------------------------------------------


@dataclass(slots=True)
class Proposal:
    """An instrument that adopted documents name and the register lacks. `documents`: numbers of those that name it."""

    key: str
    type: str
    number: str
    issued_on: dt.date | None
    title: str
    documents: list[str] = field(default_factory=list)


def proposals(agency: Agency) -> list[Proposal]:
    """The legal bases of the agency's adopted documents that the register lacks, the most named first."""
    known = set(Instrument.objects.filter(agency=agency).values_list("number_key", flat=True))
    found: dict[str, Proposal] = {}
    bases = LegalBasis.objects.filter(document__agency=agency).exclude(number="").select_related("document")
    for basis in bases.only("type", "number", "date", "text", "document__number").order_by("pk"):
        key = number_key(basis.number)
        if not key or key in known:
            continue
        one = found.setdefault(key, Proposal(key, basis.type, squeeze(basis.number), basis.date, _title_of(basis)))
        one.issued_on = one.issued_on or basis.date
        if basis.document.number not in one.documents:
            one.documents.append(basis.document.number)
    return sorted(found.values(), key=lambda p: (-len(p.documents), p.key))


def _title_of(basis: LegalBasis) -> str:
    text = squeeze(basis.text).rstrip(" ;.")
    for opening in ("Căn cứ ", "Theo ", "Thực hiện "):
        if text.startswith(opening):
            text = text[len(opening) :]
            break
    return (text[:1].upper() + text[1:])[:1000] or basis.number


@transaction.atomic
def take_proposals(agency: Agency, person: Person, keys: Collection[str]) -> list[Instrument]:
    """Put the chosen proposals on the register. Raises `NotNow` where none of them is left, `Refused`."""
    require(person, Capability.CONTROL_DOCUMENTS, agency)
    wanted = [p for p in proposals(agency) if p.key in keys]
    if not wanted:
        raise NotNow(_("Chọn ít nhất một văn bản chưa có trong danh mục."))
    return [
        add(agency, person, number=p.number, title=p.title, type=p.type[:60], issued_on=p.issued_on) for p in wanted
    ]


# Citing ----------------------------------------------------------------------------------------------------------


def _may_cite(person: Person, document: DocumentedInformation) -> None:
    if not allows(person, Capability.CONTROL_DOCUMENTS, document):
        require(person, Capability.WRITE_DOCUMENT, document)


@transaction.atomic
def cite(document: DocumentedInformation, instrument: Instrument, person: Person, note: str = "") -> Citation:
    """Note that the document rests on the instrument; citing it again changes the note. Raises `NotNow`, `Refused`."""
    _may_cite(person, document)
    if instrument.agency_id != document.agency_id:
        raise ValueError("an instrument of another agency")
    if document.obsolete_on:
        raise NotNow(_("Tài liệu %(code)s đã hết hiệu lực, không ghi thêm căn cứ.") % {"code": document.code})
    note = squeeze(note)[:300]
    citation, _made = Citation.objects.update_or_create(
        document=document, instrument=instrument, defaults={"note": note}
    )
    ledger.record(person, "documents.citation.added", document, instrument=str(instrument), note=note)
    return citation


@transaction.atomic
def uncite(citation: Citation, person: Person) -> None:
    """Note that the document no longer rests on the instrument. Raises `NotNow` while a review waits, `Refused`."""
    _may_cite(person, citation.document)
    if ReviewFlag.objects.open().filter(document=citation.document, instrument=citation.instrument).exists():
        raise NotNow(
            _("%(what)s đang là lý do xem xét tài liệu này. Kết luận xem xét trước, rồi bỏ viện dẫn.")
            % {"what": citation.instrument}
        )
    ledger.record(person, "documents.citation.removed", citation.document, instrument=str(citation.instrument))
    citation.delete()


# What happens to an instrument ----------------------------------------------------------------------------------


@transaction.atomic
def change_state(
    instrument: Instrument,
    person: Person,
    today: dt.date,
    state: str,
    *,
    on: dt.date,
    by: Instrument | None = None,
    text: str = "",
    days: int = DAYS,
) -> list[ReviewFlag]:
    """The instrument was replaced or amended `by` another, or expired, on the day `on`, which may lie ahead.

    Every document in force that cites it is called up for review within `days`; the heads of the units that draft them
    and whoever controls documents are told. `text`: what changed. Returns the flags that were raised anew; a document
    that is under review for this instrument already gets the new words. Raises `NotNow`, `Refused`.
    """
    found = Instrument.objects.select_for_update().get(pk=instrument.pk)
    require(person, Capability.CONTROL_DOCUMENTS, found)
    _check_change(found, state, on, by, days)
    found.state, found.changed_on, found.replaced_by = state, on, by
    found.save(update_fields=["state", "changed_on", "replaced_by"])
    flags = _raise_flags(found, today, days, squeeze(text))
    ledger.record(
        person, f"documents.instrument.{SAID[State(state)]}", found,
        on=on, by=str(by) if by else "", text=squeeze(text), flagged=[f.document.code for f in flags],
    )  # fmt: skip
    _tell(found, flags, person)
    return flags


def _check_change(found: Instrument, state: str, on: dt.date, by: Instrument | None, days: int) -> None:
    if state not in SAID:
        raise NotNow(_("Chọn điều đã xảy ra: bị thay thế, được sửa đổi, hay hết hiệu lực."))
    if found.state in (State.REPLACED, State.EXPIRED):
        raise NotNow(
            _("%(what)s đã ghi là “%(state)s” từ ngày %(day)s. Ghi nhầm thì khôi phục hiệu lực trước.")
            % {"what": found, "state": found.get_state_display(), "day": f"{found.changed_on:%d/%m/%Y}"}
        )
    if state in (State.REPLACED, State.AMENDED) and by is None:
        raise NotNow(
            _("Chọn văn bản thay thế, sửa đổi %(what)s. Chưa có thì thêm vào danh mục trước.") % {"what": found}
        )
    if by is not None and (by.agency_id != found.agency_id or by.pk == found.pk):
        raise NotNow(_("Văn bản thay thế phải là một văn bản khác trong danh mục."))
    if found.issued_on and on < found.issued_on:
        raise NotNow(_("Ngày %(day)s ở trước ngày ban hành của %(what)s.") % {"day": f"{on:%d/%m/%Y}", "what": found})
    if not 1 <= days <= 365:
        raise NotNow(_("Thời hạn xem xét từ 1 đến 365 ngày."))


def _raise_flags(found: Instrument, today: dt.date, days: int, text: str) -> list[ReviewFlag]:
    due = today + dt.timedelta(days=days)
    words = (reason_words(found) + (f" {text}" if text else ""))[:1000]
    waiting = ReviewFlag.objects.open().filter(instrument=found, cause=ReviewFlag.Cause.BASIS)
    known = set(waiting.values_list("document_id", flat=True))
    waiting.update(text=words)
    documents = (
        DocumentedInformation.objects.in_force()
        .filter(citations__instrument=found)
        .exclude(pk__in=known)
        .select_related("unit")
        .order_by("sort_key", "pk")
    )
    return ReviewFlag.objects.bulk_create(
        [
            ReviewFlag(document=d, cause=ReviewFlag.Cause.BASIS, instrument=found, text=words, raised_on=today, due=due)
            for d in documents
        ]
    )


def reason_words(instrument: Instrument) -> str:
    """What happened to the instrument, in one sentence; empty while it is in force as it was issued."""
    facts = {
        "what": str(instrument),
        "by": str(instrument.replaced_by or ""),
        "day": f"{instrument.changed_on:%d/%m/%Y}" if instrument.changed_on else "",
    }
    if instrument.state == State.REPLACED:
        return _("%(what)s bị thay thế bởi %(by)s từ ngày %(day)s.") % facts
    if instrument.state == State.AMENDED:
        return _("%(what)s được sửa đổi, bổ sung bởi %(by)s từ ngày %(day)s.") % facts
    if instrument.state == State.EXPIRED:
        return _("%(what)s hết hiệu lực từ ngày %(day)s.") % facts
    return ""


def _tell(found: Instrument, flags: list[ReviewFlag], but: Person) -> None:
    if not flags:
        return
    by_path: dict[str, list[ReviewFlag]] = defaultdict(list)
    for flag in flags:
        by_path[flag.document.unit_path].append(flag)
    told: dict[int, tuple[Person, list[ReviewFlag]]] = {}
    for path, own in by_path.items():
        for head in heads_of(path):
            told.setdefault(head.pk, (head, []))[1].extend(own)
    for keeper in Person.objects.filter(
        unit__agency_id=found.agency_id, is_active=True, role__grants__has_key=Capability.CONTROL_DOCUMENTS.value
    ):
        told[keeper.pk] = (keeper, flags)
    for someone, own in told.values():
        notices.tell([someone], "documents.basis.flagged", lambda own=own: _told(found, own), url_of(found), but=but)  # type: ignore[misc]


def _told(found: Instrument, flags: list[ReviewFlag]) -> str:
    return ngettext(
        "%(why)s Cần xem xét %(n)d tài liệu trước ngày %(day)s: %(codes)s.",
        "%(why)s Cần xem xét %(n)d tài liệu trước ngày %(day)s: %(codes)s.",
        len(flags),
    ) % {
        "why": reason_words(found),
        "n": len(flags),
        "day": f"{flags[0].due:%d/%m/%Y}",
        "codes": ", ".join(f.document.code for f in flags[:8]) + (" …" if len(flags) > 8 else ""),
    }


@transaction.atomic
def restore(instrument: Instrument, person: Person, today: dt.date, reason: str) -> Instrument:
    """A change was written down by mistake: the instrument is in force as before, and reviews that it called for end,
    kept with the reason. Raises `NotNow`, `Refused`."""
    found = Instrument.objects.select_for_update().get(pk=instrument.pk)
    require(person, Capability.CONTROL_DOCUMENTS, found)
    if found.state == State.IN_FORCE:
        raise NotNow(_("%(what)s đang còn hiệu lực.") % {"what": found})
    if not (reason := reason.strip()):
        raise NotNow(_("Ghi lý do khôi phục hiệu lực."))
    was = found.state
    found.state, found.changed_on, found.replaced_by = State.IN_FORCE, None, None
    found.save(update_fields=["state", "changed_on", "replaced_by"])
    ended = (
        ReviewFlag.objects.open()
        .filter(instrument=found, cause=ReviewFlag.Cause.BASIS)
        .update(settled_on=today, settled_by=person, outcome=ReviewFlag.Outcome.KEPT, note=reason)
    )
    ledger.record(person, "documents.instrument.restored", found, was=was, reason=reason, flags_ended=ended)
    return found


def with_counts(rows: Any) -> Any:
    """Instruments with `cited`, how many documents not obsolete cite each, and `waiting`, how many still wait."""
    return rows.annotate(
        cited=Count("citations", filter=Q(citations__document__obsolete_on=None), distinct=True),
        waiting=Count("flags", filter=Q(flags__settled_on=None), distinct=True),
    )


def citing(instrument: Instrument) -> Iterable[Citation]:
    """Who cites the instrument, documents in force first by code."""
    return instrument.citations.select_related("document__unit", "document__cls", "document__current").order_by(
        "document__sort_key", "pk"
    )
