"""What proves a report: attached, described, replaced, taken off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from sauro.files import services as files
from sauro.files.models import StoredFile
from sauro.ledger import services as ledger
from sauro.monitoring.models import Evidence, Report
from sauro.monitoring.services.reports import writable
from sauro.monitoring.services.trust import signatures_of
from sauro.organization.models import Person
from sauro.plans.models import Product
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.text import nfc

GUESSED = {
    "image/png": Evidence.Kind.IMAGE, "image/jpeg": Evidence.Kind.IMAGE, "image/gif": Evidence.Kind.IMAGE,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Evidence.Kind.DATA,
    "text/csv": Evidence.Kind.DATA,
}  # fmt: skip


@transaction.atomic
def add_evidence(
    report: Report,
    person: Person,
    source: IO[bytes],
    name: str,
    *,
    document_date: dt.date | None = None,
    product: Product | None = None,
) -> Evidence:
    """Attach a file to a report that the person writes in. Raises `FileRefused`, `NotNow`, `Refused`."""
    fresh = writable(report, person)
    _must_belong(product, fresh)
    stored, _was_there = files.store(source, name, inspect=True)
    return _attach(fresh, person, stored, name, document_date=document_date, product=product)


def _attach(report: Report, person: Person, stored: StoredFile, name: str, **fields: Any) -> Evidence:
    fields.setdefault("kind", GUESSED.get(stored.media_type, Evidence.Kind.OTHER))
    evidence = Evidence.objects.create(
        agency_id=report.agency_id,
        report=report,
        task=report.task,
        file=stored,
        name=nfc(name)[:255],
        signatures=signatures_of(stored, report.agency_id),
        uploaded_by=person,
        **fields,
    )
    ledger.record(
        person,
        "monitoring.evidence.added",
        evidence,
        task=report.task_id,
        file=stored.sha256,
        product=str(evidence.product or ""),
    )
    return evidence


@transaction.atomic
def keep_evidence(
    agency_id: int, person: Person, source: IO[bytes], name: str, *, document_date: dt.date | None = None
) -> Evidence:
    """Keep a file that proves a record beside the reports; whoever calls has asked for permission and ties it to the
    record in the same transaction. Raises `FileRefused`."""
    stored, _was_there = files.store(source, name, inspect=True)
    evidence = Evidence.objects.create(
        agency_id=agency_id,
        kind=GUESSED.get(stored.media_type, Evidence.Kind.OTHER),
        file=stored,
        name=nfc(name)[:255],
        document_date=document_date,
        signatures=signatures_of(stored, agency_id),
        uploaded_by=person,
    )
    ledger.record(person, "monitoring.evidence.kept", evidence, file=stored.sha256)
    return evidence


@transaction.atomic
def add_link(report: Report, person: Person, url: str, *, name: str = "", product: Product | None = None) -> Evidence:
    """Attach a link: it is allowed, and proves nothing by itself. Raises `NotNow` (not an address), `Refused`."""
    fresh = writable(report, person)
    _must_belong(product, fresh)
    url = nfc(url).strip()
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        raise NotNow(
            _("Đường dẫn phải bắt đầu bằng https:// hoặc http://, ví dụ https://sct.gov.vn/tin-tuc.")
        ) from None
    if len(url) > 1000:
        raise NotNow(_("Đường dẫn dài quá 1.000 ký tự. Dùng đường dẫn ngắn hơn."))
    evidence = Evidence.objects.create(
        agency_id=fresh.agency_id,
        report=fresh,
        task=fresh.task,
        product=product,
        kind=Evidence.Kind.LINK,
        link=url,
        name=nfc(name).strip()[:255] or url[:255],
        uploaded_by=person,
    )
    ledger.record(
        person, "monitoring.evidence.added", evidence, task=fresh.task_id, link=url, product=str(product or "")
    )
    return evidence


@transaction.atomic
def replace_evidence(evidence: Evidence, person: Person, source: IO[bytes], name: str) -> Evidence:
    """A newer version of a file; the one before stays, and says which took its place. What was said of it is taken
    over, but not its cross-check. Raises `FileRefused`, `NotNow`, `Refused`."""
    fresh = _writable(evidence, person)
    old = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if old.replaced_by_id:
        raise NotNow(_("%(name)s đã có bản mới hơn. Thay bản mới nhất.") % {"name": old.name})
    stored, _was_there = files.store(source, name, inspect=True)
    if stored.pk == old.file_id:
        raise NotNow(_("Tệp này giống hệt bản đang có, không cần thay."))
    said = {field: getattr(old, field) for field in ("product", "kind", "issuer", "number")}
    if said["kind"] == Evidence.Kind.LINK:
        said["kind"] = Evidence.Kind.OTHER
    new = _attach(fresh, person, stored, name, **said)
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])
    ledger.record(person, "monitoring.evidence.replaced", old, by=new.pk)
    return new


@dataclass(slots=True, frozen=True)
class Said:
    """What is said of a piece of evidence."""

    document_date: dt.date | None = None
    product: Product | None = None
    kind: str | None = None
    issuer: str | None = None
    number: str | None = None


@transaction.atomic
def describe_evidence(
    report: Report, person: Person, words: Mapping[int, Said], today: dt.date, *, late: bool = False
) -> int:
    """Say of evidence on a report that the person writes in from which day it is, which product it proves, of which
    kind it is and, where it is an official document, who issued it under which number: {evidence's id: `Said`}.

    A kind, issuer or number of None stays as it is. `late`: said by a form that was drawn before the last saving (two
    savings can pass each other on the way): its blanks take nothing away. Returns how many changed. Raises `NotNow`
    (a day to come, another task's product, an unknown kind), `Refused`.
    """
    fresh = writable(report, person)
    changed = 0
    for evidence in fresh.evidence.filter(pk__in=words):
        said = words[evidence.pk]
        _must_belong(said.product, fresh)
        if said.document_date and said.document_date > today:
            raise NotNow(_("Ngày văn bản của %(name)s không được sau hôm nay.") % {"name": evidence.name})
        if said.kind is not None and said.kind not in Evidence.Kind.values:
            raise NotNow(_("Chọn loại minh chứng trong danh sách."))
        after: dict[str, Any] = {"document_date": said.document_date, "product": said.product}
        if said.kind is not None and Evidence.Kind.LINK not in (evidence.kind, said.kind):
            after["kind"] = said.kind
        for name, text, most in (("issuer", said.issuer, 200), ("number", said.number, 60)):
            if text is not None:
                after[name] = nfc(text).strip()[:most]
        differs = {
            name: value for name, value in after.items() if getattr(evidence, name) != value and (value or not late)
        }
        if differs:
            for name, value in differs.items():
                setattr(evidence, name, value)
            evidence.save(update_fields=list(differs))
            ledger.record(
                person, "monitoring.evidence.described", evidence, **{k: str(v or "") for k, v in after.items()}
            )
            changed += 1
    return changed


@transaction.atomic
def remove_evidence(evidence: Evidence, person: Person) -> None:
    """Take evidence off a report that the person writes in; the bytes stay, and so does the version before it.

    What was handed in once stays with the report. Raises `NotNow`, `Refused`.
    """
    report = _writable(evidence, person)
    if report.submitted_at and evidence.uploaded_at <= report.submitted_at:
        raise NotNow(
            _("%(name)s đã nộp cùng báo cáo, không gỡ được. Thay bằng bản mới nếu cần.") % {"name": evidence.name}
        )
    ledger.record(
        person,
        "monitoring.evidence.removed",
        evidence,
        task=evidence.task_id,
        file=evidence.file.sha256 if evidence.file else evidence.link,
    )
    Evidence.objects.filter(replaced_by=evidence).update(replaced_by=None)
    evidence.delete()


def _writable(evidence: Evidence, person: Person) -> Report:
    if evidence.report is None:
        raise NotNow(_("Minh chứng này thuộc hồ sơ của hệ thống chất lượng. Sửa ở trang của hồ sơ đó."))
    return writable(evidence.report, person)


def _must_belong(product: Product | None, report: Report) -> None:
    if product and product.task_id != report.task_id:
        raise NotNow(_("Sản phẩm này không thuộc nhiệm vụ đang báo cáo."))
