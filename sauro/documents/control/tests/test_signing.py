"""The signature on the approved PDF: put here or elsewhere, judged, and waited for where the class wants it."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from sauro.documents.control import effect, signing
from sauro.documents.control.tests.scene import make_document, make_version
from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentClass, DocumentedInformation, DocumentVersion
from sauro.files.errors import SigningRefused
from sauro.files.services import open_stored
from sauro.files.signatures import verify_pdf
from sauro.files.signing import pkcs12_signer
from sauro.files.tests.authority import Authority
from sauro.ledger.services import history_of
from sauro.organization.models import CertificateAuthority
from sauro.organization.policy import Refused
from sauro.testing import TODAY, World

pytestmark = pytest.mark.django_db
GOVERNMENT = Authority("CA của Chính phủ (thử)")


def trust(world: World) -> None:
    """The agency trusts the authority of the tests."""
    CertificateAuthority.objects.create(
        agency=world.agency, name=GOVERNMENT.name, pem=GOVERNMENT.pem, fingerprint="1" * 64,
        expires_on=dt.date(2030, 1, 1),
    )  # fmt: skip


def wanting_signature(world: World) -> DocumentVersion:
    """A version approved today whose class wants a signature."""
    document = make_document(world)
    DocumentClass.objects.filter(pk=document.cls_id).update(needs_signature=True)
    document = DocumentedInformation.objects.select_related("cls").get(pk=document.pk)
    return make_version(world, "in_force", document=document)


def sign(version: DocumentVersion, world: World) -> DocumentVersion:
    """`giang` signs with a PKCS#12 file."""
    data = GOVERNMENT.packed(world.giang.full_name)
    with pkcs12_signer(data, "mat-khau") as signer:
        return signing.sign(version, world.giang, signer, TODAY)


def test_it_takes_effect_once_signed_by_someone_whom_the_agency_trusts(agency_world: World) -> None:
    trust(agency_world)
    version = wanting_signature(agency_world)
    assert version.state == "approved"
    signed = sign(version, agency_world)
    assert signed.state == "in_force"
    assert signed.signatures is not None
    assert [(s["state"], s["trusted"], s["whole"]) for s in signed.signatures] == [("intact", True, True)]
    assert signed.signed_pdf is not None
    with open_stored(signed.signed_pdf) as source:
        assert verify_pdf(io.BytesIO(source.read()), [GOVERNMENT.pem])[0].signer == agency_world.giang.full_name
    assert history_of(signed).filter(verb="documents.version.signed").exists()


def test_a_signature_of_an_unknown_authority_counts_from_when_it_is_trusted(agency_world: World) -> None:
    version = sign(wanting_signature(agency_world), agency_world)
    assert version.state == "approved"
    assert effect.take_effect(agency_world.agency, TODAY) == 0
    trust(agency_world)
    assert effect.take_effect(agency_world.agency, TODAY) == 1


def test_who_may_not_approve_may_not_sign(agency_world: World) -> None:
    version = wanting_signature(agency_world)
    with pkcs12_signer(GOVERNMENT.packed("Lê Thị Kim Chi"), "mat-khau") as signer, pytest.raises(Refused):
        signing.sign(version, agency_world.chi, signer, TODAY)
    with pytest.raises(SigningRefused):
        pkcs12_signer(GOVERNMENT.packed("Ai"), "sai-mat-khau")


def test_a_file_signed_elsewhere_has_to_be_the_one_that_was_approved(agency_world: World) -> None:
    trust(agency_world)
    version = wanting_signature(agency_world)
    other = make_version(
        agency_world, "in_force", document=make_document(agency_world, "BM.01", cls="BM"), scope="Khác"
    )
    giang = agency_world.giang
    assert version.pdf is not None
    assert other.pdf is not None
    with open_stored(version.pdf) as source:
        frozen = source.read()
    with open_stored(other.pdf) as source:
        strange = source.read()
    for data, why in ((GOVERNMENT.sign(strange, "Ai"), "không phải bản PDF đã phê duyệt"), (frozen, "chưa có chữ ký")):
        with pytest.raises(NotNow, match=why):
            signing.take_signed(version, giang, io.BytesIO(data), "ky.pdf", TODAY)
    kept = signing.take_signed(version, giang, io.BytesIO(GOVERNMENT.sign(frozen, giang.full_name)), "ky.pdf", TODAY)
    assert kept.state == "in_force"


def test_an_approved_file_can_bear_more_than_one_signature(agency_world: World) -> None:
    trust(agency_world)
    version = sign(sign(wanting_signature(agency_world), agency_world), agency_world)
    assert version.signatures is not None
    assert len(version.signatures) == 2
    assert all(s["state"] == "intact" for s in version.signatures)
