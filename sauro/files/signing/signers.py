"""Who signs: a key with its certificate, and whether that certificate may sign now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.files.errors import SigningRefused
from sauro.files.signatures import name_of

# Either says that the holder signs: contentCommitment is the stricter (once "non-repudiation").
SIGNING_USES = {"digital_signature", "non_repudiation"}


class Signer:
    """A key ready to sign; `holder` and `issuer` as its certificate names them. Leave it by `with` or `close()`."""

    def __init__(self, hanko: Any, certificate: Any) -> None:
        self.hanko: Any = hanko
        self.certificate = certificate
        self.holder = name_of(certificate.subject)
        self.issuer = name_of(certificate.issuer)

    def __enter__(self) -> Signer:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Forget the key."""
        self.hanko = None

    def check(self, at: dt.datetime) -> None:
        """Nothing where the certificate may sign at `at`.

        Raises `SigningRefused`: not yet or no longer valid, or meant for another use (RFC 5280, 4.2.1.3).
        """
        if self.hanko is None:
            raise ValueError("the signer is closed")
        begins, ends = self.certificate.not_valid_before, self.certificate.not_valid_after
        if at > ends:
            raise SigningRefused(
                _("Chứng thư số của %(who)s đã hết hạn ngày %(day)s. Gia hạn chứng thư số rồi ký lại.")
                % {"who": self.holder, "day": _day(ends)}
            )
        if at < begins:
            raise SigningRefused(
                _("Chứng thư số của %(who)s đến ngày %(day)s mới có hiệu lực. Xem lại ngày giờ máy chủ hoặc ký sau.")
                % {"who": self.holder, "day": _day(begins)}
            )
        use = self.certificate.key_usage_value
        if use is not None and not SIGNING_USES & use.native:
            raise SigningRefused(
                _("Chứng thư số của %(who)s không dùng để ký. Chọn chứng thư số có mục đích ký số.")
                % {"who": self.holder}
            )


def _day(at: dt.datetime) -> str:
    return timezone.localtime(at).strftime("%d/%m/%Y")


def software_signer(settings: Any) -> Signer:
    """The agency's key of `SAURO_SIGN_KEY` (PEM) with the certificates of `SAURO_SIGN_CERT` (PEM, the signer's first).

    `settings`: Django's settings. Raises `SigningRefused`: none is named, can't be read, or don't belong together.
    """
    if not (settings.SIGN_KEY and settings.SIGN_CERT):
        raise SigningRefused(
            _("Máy chủ chưa có khoá ký. Quản trị đặt SAURO_SIGN_KEY và SAURO_SIGN_CERT, hoặc ký bằng tệp PKCS#12.")
        )
    passphrase = settings.SIGN_PASSPHRASE.encode() or None
    try:
        key = serialization.load_pem_private_key(Path(settings.SIGN_KEY).read_bytes(), passphrase)
        first, *others = x509.load_pem_x509_certificates(Path(settings.SIGN_CERT).read_bytes())
    except OSError as missing:
        raise SigningRefused(
            _("Không đọc được %(file)s của khoá ký. Báo quản trị xem tệp có ở đó và máy chủ được đọc không.")
            % {"file": Path(str(missing.filename)).name}
        ) from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise SigningRefused(
            _("Khoá ký của máy chủ hỏng hoặc sai mật khẩu. Báo quản trị xem SAURO_SIGN_KEY, SAURO_SIGN_CERT.")
        ) from None
    return _signer(key, first, others)


def pkcs12_signer(data: bytes, passphrase: str) -> Signer:
    """The key of a PKCS#12 file (.p12, .pfx). Neither the file nor its passphrase is kept.

    Raises `SigningRefused`: wrong passphrase, a broken file, or one without a key and its certificate.
    """
    from asn1crypto.pkcs12 import Pfx

    try:
        if len(Pfx.load(data, strict=True)["auth_safe"].contents) == 0:
            raise ValueError
    except (ValueError, TypeError):
        raise SigningRefused(
            _("Tệp khoá không phải PKCS#12 hoặc đã hỏng. Chọn tệp .p12 hoặc .pfx nơi cấp chứng thư số đã giao.")
        ) from None
    try:
        packed = pkcs12.load_pkcs12(data, passphrase.encode())
    except (ValueError, UnsupportedAlgorithm):
        # One answer for both: a file that is whole but doesn't open is nearly always a slip of the fingers.
        raise SigningRefused(_("Mật khẩu của tệp khoá không đúng. Nhập lại mật khẩu đi kèm tệp.")) from None
    if packed.key is None or packed.cert is None:
        raise SigningRefused(
            _("Tệp khoá không có đủ khoá và chứng thư số của người ký. Xuất lại tệp cùng khoá riêng rồi ký lại.")
        )
    return _signer(packed.key, packed.cert.certificate, [c.certificate for c in packed.additional_certs])


def _signer(key: Any, certificate: x509.Certificate, others: Sequence[x509.Certificate]) -> Signer:
    from asn1crypto import keys
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    if _public(key.public_key()) != _public(certificate.public_key()):
        raise SigningRefused(
            _("Khoá ký và chứng thư số không thuộc về nhau. Chọn đúng cặp khoá và chứng thư số rồi ký lại.")
        )
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    store.register_multiple([as_asn1(c) for c in others])
    mine = as_asn1(certificate)
    return Signer(
        SimpleSigner(signing_cert=mine, signing_key=keys.PrivateKeyInfo.load(plain), cert_registry=store), mine
    )


def _public(key: Any) -> bytes:
    made: bytes = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return made


def as_asn1(certificate: x509.Certificate) -> Any:
    """The certificate as pyHanko takes it."""
    from asn1crypto import x509 as asn1

    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
