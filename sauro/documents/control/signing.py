"""Signing the approved PDF, here or elsewhere (Luật Giao dịch điện tử 20/2023/QH15; TCVN ISO 9001:2015, 7.5.2 c)."""

from __future__ import annotations

import datetime as dt
import io
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.documents.control import effect
from sauro.documents.control.guard import check_verb, locked
from sauro.documents.control.lattice import Verb
from sauro.documents.control.seals import judge
from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentVersion
from sauro.files import services as files
from sauro.files.models import StoredFile
from sauro.files.signatures import INTACT
from sauro.files.signing import Signer, Stamp, sign_pdf
from sauro.ledger import services as ledger
from sauro.organization.models import Person


def sign(version: DocumentVersion, person: Person, signer: Signer, today: dt.date) -> DocumentVersion:
    """Put one more signature on the approved PDF; it takes effect where only that was missing.

    `signer`: a key of the server, of a PKCS#12 file or of a token (`sauro.files.signing`). Raises `SigningRefused`,
    `NotNow`, `Refused`.
    """
    seen = _seen(version)
    check_verb(seen, person, Verb.SIGN)
    source, made = seen.signed_pdf or seen.pdf, io.BytesIO()
    assert source is not None
    with files.open_stored(source) as opened:
        plain = io.BytesIO(opened.read())
    # What stands in the file is Vietnamese, whatever language the signer's screen speaks. Nothing is locked meanwhile:
    # a token or an authority for time stamps may take seconds.
    sign_pdf(
        plain, made, signer, name=person.full_name,
        reason=f"Phê duyệt {seen.document.code}, lần ban hành {seen.issue_no}",
        place=seen.document.agency.place, at=timezone.now(), stamp=Stamp("Người phê duyệt"),
    )  # fmt: skip
    made.seek(0)
    stored, _known = files.store(made, f"{seen.document.code}.pdf")
    with transaction.atomic():
        fresh = locked(version)
        check_verb(fresh, person, Verb.SIGN)
        if fresh.signed_pdf_id != seen.signed_pdf_id:
            raise NotNow(_("Vừa có chữ ký khác được thêm vào lần ban hành này. Mở lại trang rồi ký."))
        return _keep(fresh, person, stored, today, signer.holder)


def take_signed(
    version: DocumentVersion, person: Person, source: IO[bytes], name: str, today: dt.date
) -> DocumentVersion:
    """Keep the approved PDF as it was signed elsewhere, e.g. by the signing tool on the leader's own machine.

    It has to be the very file that was approved, with signatures added behind. Raises `NotNow`, `Refused`,
    `FileRefused`.
    """
    check_verb(_seen(version), person, Verb.SIGN)
    with transaction.atomic():
        fresh = locked(version)
        check_verb(fresh, person, Verb.SIGN)
        assert fresh.pdf is not None
        stored, _known = files.store(source, name)
        with files.open_stored(fresh.pdf) as frozen, files.open_stored(stored) as signed:
            whole = frozen.read()
            same = signed.read(len(whole)) == whole
            signed.seek(0)
            found = judge(signed, fresh.agency_id)
        if not same:
            raise NotNow(
                _("Tệp này không phải bản PDF đã phê duyệt của lần ban hành này. Tải bản PDF ở đây về, ký rồi tải lên.")
            )
        if not found:
            raise NotNow(_("Tệp này chưa có chữ ký số nào. Ký rồi tải lên lại."))
        if any(s["state"] != INTACT for s in found):
            raise NotNow(_("Tệp này đã bị sửa sau khi ký. Tải bản PDF ở đây về, ký lại, rồi tải lên."))
        return _keep(fresh, person, stored, today, ", ".join(s["signer"] for s in found))


def _seen(version: DocumentVersion) -> DocumentVersion:
    return DocumentVersion.objects.select_related(
        "document__cls", "document__unit", "document__agency", "pdf", "signed_pdf"
    ).get(pk=version.pk)


def _keep(version: DocumentVersion, person: Person, stored: StoredFile, today: dt.date, holder: str) -> DocumentVersion:
    with files.open_stored(stored) as signed:
        version.signatures = judge(signed, version.agency_id)
    version.signed_pdf = stored
    version.save(update_fields=["signed_pdf", "signatures", "changed_at"])
    ledger.record(
        person, "documents.version.signed", version, issue=version.issue_no, holder=holder, sha256=stored.sha256
    )
    if version.state == DocumentVersion.State.APPROVED:
        effect.bring_into_force(version, today)
    return version
