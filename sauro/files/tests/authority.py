"""An authority of the tests, the people whom it certifies, and a PDF to sign."""

from __future__ import annotations

import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

PAGE = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>\nendobj\n"
)


def pdf() -> bytes:
    """One empty page with a right cross-reference table."""
    offsets = [PAGE.index(b"%d 0 obj" % n) for n in (1, 2, 3)]
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    return PAGE + table + b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(PAGE)


@dataclass
class Authority:
    """A certificate authority of the tests."""

    name: str

    def __post_init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self.issue(self.name, self.key, ca=True)

    def issue(
        self, name: str, key: Any, *, ca: bool = False, signs: bool = True, begins: int = -30, ends: int = 400
    ) -> x509.Certificate:
        """A certificate for `name`; `begins`, `ends`: days from today; `signs`: whether it is meant for signing."""
        now = dt.datetime.now(dt.UTC)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self.name)])
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=-begins))
            .not_valid_after(now + dt.timedelta(days=ends))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(
                x509.KeyUsage(
                    digital_signature=signs and not ca, content_commitment=signs and not ca, key_cert_sign=ca,
                    crl_sign=ca, key_encipherment=not signs, data_encipherment=False, key_agreement=False,
                    encipher_only=False, decipher_only=False,
                ),
                critical=True,
            )
        )  # fmt: skip
        return builder.sign(self.key, hashes.SHA256())

    @property
    def pem(self) -> str:
        """The root, as a file that an agency uploads."""
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def sign(self, data: bytes, who: str, field: str = "Ky1") -> bytes:
        """The PDF with a signature of `who` put to it."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self.issue(who, key)
        packed = pkcs12.serialize_key_and_certificates(
            b"k", key, certificate, [self.certificate], serialization.BestAvailableEncryption(b"mat-khau")
        )
        signer = signers.SimpleSigner.load_pkcs12_data(packed, other_certs=[], passphrase=b"mat-khau")
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        fields.append_signature_field(writer, fields.SigFieldSpec(field))
        out = io.BytesIO()
        asked = signers.PdfSignatureMetadata(field_name=field)
        # pyHanko runs a loop of its own, and a test in a browser has one already: in a thread there is none.
        with ThreadPoolExecutor(1) as apart:
            apart.submit(signers.sign_pdf, writer, asked, signer=signer, output=out).result()
        return out.getvalue()

    def packed(self, who: str, passphrase: str = "mat-khau", **asked: Any) -> bytes:
        """A PKCS#12 file of `who`, as an authority hands it out."""
        key = ec.generate_private_key(ec.SECP256R1())
        return pkcs12.serialize_key_and_certificates(
            b"k",
            key,
            self.issue(who, key, **asked),
            [self.certificate],
            serialization.BestAvailableEncryption(passphrase.encode()),
        )
