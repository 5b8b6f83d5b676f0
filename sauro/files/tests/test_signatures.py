"""Signed PDFs, with an authority and signers made here."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from cryptography.hazmat.primitives import serialization

from sauro.files.signatures import as_pem, certificate_facts, verify_pdf
from sauro.files.tests.authority import Authority, pdf


@pytest.fixture(scope="module")
def government() -> Authority:
    return Authority("Cơ quan chứng thực của Chính phủ (thử)")


def test_a_signature_says_who_and_when_and_is_trusted_by_the_list_alone(government: Authority) -> None:
    signed = government.sign(pdf(), "Đỗ Trường Giang")
    [found] = verify_pdf(io.BytesIO(signed), [government.pem])
    assert (found.state, found.trusted, found.whole, found.signer) == ("intact", True, True, "Đỗ Trường Giang")
    assert found.issuer == government.name and dt.datetime.fromisoformat(found.signed_at).year >= 2026 and found.good
    [stranger] = verify_pdf(io.BytesIO(signed), [Authority("Nơi khác").pem])
    assert (stranger.state, stranger.trusted, stranger.good) == ("intact", False, False)
    [nobody] = verify_pdf(io.BytesIO(signed), [])
    assert (nobody.state, nobody.trusted) == ("intact", False)


def test_one_changed_byte_shows(government: Authority) -> None:
    signed = bytearray(government.sign(pdf(), "Đỗ Trường Giang"))
    at = signed.index(b"595 842")
    signed[at] = ord("6")
    [found] = verify_pdf(io.BytesIO(bytes(signed)), [government.pem])
    assert found.state == "changed" and not found.good


def test_a_second_signature_leaves_the_first_valid(government: Authority) -> None:
    twice = government.sign(government.sign(pdf(), "Trần Quốc Bình"), "Đỗ Trường Giang", "Ky2")
    first, second = verify_pdf(io.BytesIO(twice), [government.pem])
    assert (first.signer, first.state, first.whole) == ("Trần Quốc Bình", "intact", False)
    assert (second.signer, second.state, second.whole) == ("Đỗ Trường Giang", "intact", True)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 hong", b"PK\x03\x04", pdf()])
def test_what_bears_no_signature_or_is_no_pdf_has_none(data: bytes) -> None:
    assert verify_pdf(io.BytesIO(data), []) == []


def test_a_root_is_taken_as_pem_or_der_and_nothing_else(government: Authority) -> None:
    der = government.certificate.public_bytes(serialization.Encoding.DER)
    assert as_pem(der).split() == as_pem(government.pem.encode()).split()
    name, fingerprint, expires_on = certificate_facts(as_pem(der))
    assert name == government.name and len(fingerprint) == 64 and expires_on > dt.date.today()  # noqa: DTZ011
    for wrong in (
        b"",
        b"khong phai chung thu",
        pdf(),
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ):
        with pytest.raises(ValueError):
            as_pem(wrong)
