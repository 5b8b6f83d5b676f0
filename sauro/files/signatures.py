"""Digital signatures in a PDF: who, when, whether the bytes are as they were signed, whether the signer is trusted.

Nothing is asked of the network: certificates are judged by the list that is given, at the time that the signer claims
while the certificate was good then, else today. Luật Giao dịch điện tử 20/2023/QH15 leaves which authorities count to
the reader.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import IO, Any

PDF_LIMIT = 50
INTACT, CHANGED, UNREADABLE = "intact", "changed", "unreadable"


@dataclass(slots=True)
class Signature:
    """One signature. `state`: `intact`, `changed` (bytes differ from what was signed), `unreadable`.

    `trusted`: whether the certificate leads to an authority of the list; `whole`: whether it covers the whole file as
    it is now; `signed_at`: ISO 8601, as the signer claims it; `expires_on`: ISO day.
    """

    state: str
    signer: str = ""
    issuer: str = ""
    signed_at: str = ""
    expires_on: str = ""
    trusted: bool = False
    whole: bool = False

    @property
    def good(self) -> bool:
        """Valid in every respect."""
        return self.state == INTACT and self.trusted

    def as_json(self) -> dict[str, Any]:
        """Plain values, for keeping."""
        return asdict(self)


def verify_pdf(source: IO[bytes], authorities: Iterable[str]) -> list[Signature]:
    """The signatures of a PDF, in the order in which they were put. `authorities`: root certificates as PEM.

    A file that isn't a PDF, or can't be read as one, has none. Never raises for what the file holds.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    source.seek(0)
    try:
        embedded = list(PdfFileReader(source, strict=False).embedded_regular_signatures)[:PDF_LIMIT]
    except Exception:
        # A broken or hostile file may fail in any way inside the reader: then it has no signature that counts.
        return []
    roots = list(_certificates(authorities))
    return [_judge(signature, roots) for signature in embedded]


def _certificates(pems: Iterable[str]) -> Iterable[Any]:
    from asn1crypto import pem, x509

    for text in pems:
        _type, _headers, der = pem.unarmor(text.encode())
        yield x509.Certificate.load(der)


def _judge(signature: Any, roots: list[Any]) -> Signature:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    try:
        certificate = signature.signer_cert
        found = Signature(
            UNREADABLE,
            signer=name_of(certificate.subject),
            issuer=name_of(certificate.issuer),
            expires_on=certificate.not_valid_after.date().isoformat(),
        )
        if at := signature.self_reported_timestamp:
            found.signed_at = at.isoformat()
        context = ValidationContext(
            trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail", moment=_moment(at, certificate)
        )
        status = validate_pdf_signature(signature, context, skip_diff=False)
    except Exception:
        # As above: what can't be judged is said to be unreadable.
        return locals().get("found") or Signature(UNREADABLE)
    found.state = INTACT if status.intact and status.valid and status.docmdp_ok is not False else CHANGED
    found.trusted = bool(status.trusted)
    found.whole = status.coverage is not None and status.coverage.name == "ENTIRE_FILE"
    return found


def _moment(claimed: dt.datetime | None, certificate: Any) -> dt.datetime:
    """The time at which certificates are judged: the claimed one while the certificate was good then, else now."""
    now = dt.datetime.now(dt.UTC)
    if claimed and certificate.not_valid_before <= claimed <= min(now, certificate.not_valid_after):
        return claimed
    return now


def name_of(name: Any) -> str:
    """What a certificate calls its holder or its authority: the common name, else the organization."""
    native = name.native
    found = native.get("common_name") or native.get("organization_name") or name.human_friendly
    return str(found)[:200]


def certificate_facts(pem_text: str) -> tuple[str, str, dt.date]:
    """(name, SHA-256, last day) of one certificate. Raises `ValueError` where the text is no certificate."""
    certificate = next(iter(_certificates([pem_text])))
    return name_of(certificate.subject), certificate.sha256.hex(), certificate.not_valid_after.date()


def as_pem(data: bytes) -> str:
    """A certificate as PEM, whether it comes as PEM or DER. Raises `ValueError` where it is neither."""
    from asn1crypto import pem, x509

    try:
        if pem.detect(data):
            _type, _headers, data = pem.unarmor(data)
        x509.Certificate.load(data).native  # noqa: B018  # reads the whole of it
    except Exception as wrong:
        raise ValueError("not a certificate") from wrong
    return pem.armor("CERTIFICATE", data).decode()
