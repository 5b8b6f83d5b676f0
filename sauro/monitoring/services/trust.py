"""Whose signatures an agency trusts, and what that says of the signed files it has."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro import jobs
from sauro.files.models import StoredFile
from sauro.files.services import open_stored
from sauro.files.signatures import as_pem, certificate_facts, verify_pdf
from sauro.ledger import services as ledger
from sauro.monitoring.models import Evidence
from sauro.organization.models import Agency, CertificateAuthority, Person
from sauro.organization.policy import Capability, require
from sauro.plans.services.errors import NotNow

CERTIFICATE_LIMIT = 64 * 1024


def signatures_of(stored: StoredFile, agency_id: int) -> list[dict[str, Any]] | None:
    """What the signatures in a PDF say, judged by the agency's list; None where it is no PDF."""
    if stored.media_type != "application/pdf":
        return None
    pems = CertificateAuthority.objects.filter(agency_id=agency_id).order_by("pk").values_list("pem", flat=True)
    with open_stored(stored) as source:
        return [s.as_json() for s in verify_pdf(source, list(pems))]


@transaction.atomic
def add_authority(agency: Agency, actor: Person, data: bytes, today: dt.date) -> CertificateAuthority:
    """Trust a certificate authority (its root, as PEM or DER); signed evidence is judged anew in the background.

    Raises `NotNow` (not a certificate, expired, known already), `Refused`.
    """
    require(actor, Capability.MANAGE_RULES, agency)
    try:
        if len(data) > CERTIFICATE_LIMIT:
            raise ValueError
        pem = as_pem(data)
        name, fingerprint, expires_on = certificate_facts(pem)
    except ValueError:
        raise NotNow(
            _("Tệp này không phải chứng thư số. Chọn tệp .cer, .crt hoặc .pem của cơ quan chứng thực.")
        ) from None
    if expires_on < today:
        raise NotNow(_("Chứng thư này đã hết hạn ngày %(day)s.") % {"day": f"{expires_on:%d/%m/%Y}"})
    authority, made = CertificateAuthority.objects.get_or_create(
        agency=agency, fingerprint=fingerprint, defaults={"name": name, "pem": pem, "expires_on": expires_on}
    )
    if not made:
        raise NotNow(_("%(name)s đã có trong danh sách.") % {"name": authority.name})
    ledger.record(actor, "organization.authority.added", authority, fingerprint=fingerprint)
    transaction.on_commit(lambda: _later(agency.pk))
    return authority


@transaction.atomic
def remove_authority(authority: CertificateAuthority, actor: Person) -> None:
    """Trust an authority no longer. Raises `Refused`."""
    require(actor, Capability.MANAGE_RULES, authority)
    ledger.record(actor, "organization.authority.removed", authority, fingerprint=authority.fingerprint)
    agency_id = authority.agency_id
    authority.delete()
    transaction.on_commit(lambda: _later(agency_id))


def _later(agency_id: int) -> None:
    judge_again.enqueue(agency_id)


@jobs.task()
def judge_again(agency_id: int) -> int:
    """Judge every signed file of the agency by its list as it is now; returns how many changed."""
    changed = 0
    signed = Evidence.objects.filter(agency_id=agency_id, file__media_type="application/pdf").exclude(signatures=[])
    for evidence in signed.select_related("file").order_by("pk").iterator(chunk_size=200):
        assert evidence.file
        now = signatures_of(evidence.file, agency_id)
        if now != evidence.signatures:
            changed += Evidence.objects.filter(pk=evidence.pk).update(signatures=now)
    return changed
