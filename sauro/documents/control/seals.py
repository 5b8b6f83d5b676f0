"""What the digital signatures on an approved version say, judged by the agency's list of authorities."""

from __future__ import annotations

from typing import IO, Any

from sauro.documents.models import DocumentVersion
from sauro.files.services import open_stored
from sauro.files.signatures import INTACT, verify_pdf
from sauro.organization.models import CertificateAuthority


def judge(source: IO[bytes], agency_id: int) -> list[dict[str, Any]]:
    """The signatures of a PDF as plain values."""
    trusted = CertificateAuthority.objects.filter(agency_id=agency_id).exclude(pem="").order_by("pk")
    return [s.as_json() for s in verify_pdf(source, list(trusted.values_list("pem", flat=True)))]


def is_signed(version: DocumentVersion) -> bool:
    """Whether it bears a signature that counts: all intact, and at least one by an authority the agency trusts."""
    found = version.signatures or []
    return all(s["state"] == INTACT for s in found) and any(s["trusted"] for s in found)


def judge_again(version: DocumentVersion) -> bool:
    """Judge the signed file anew, for an authority may have been added since; whether it counts now."""
    if version.signed_pdf is None:
        return False
    with open_stored(version.signed_pdf) as source:
        version.signatures = judge(source, version.agency_id)
    version.save(update_fields=["signatures", "changed_at"])
    return is_signed(version)
