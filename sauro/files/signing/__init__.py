"""Signing a PDF: by a key of the server, by a PKCS#12 file given for the one signing, or by a PKCS#11 token.

    with pkcs12_signer(data, passphrase) as signer:
        facts = sign_pdf(source, out, signer, name=…, reason=…, place=…, at=now, stamp=Stamp("Người phê duyệt"))

What comes out is PAdES baseline B (ETSI EN 319 142-1), and T where a time-stamping authority is named in the settings.
Whether the signature counts is judged by `sauro.files.signatures` against the agency's authorities.
"""

from sauro.files.signing.note import Stamp
from sauro.files.signing.pdf import SignedFacts, sign_pdf
from sauro.files.signing.signers import Signer, pkcs12_signer, software_signer
from sauro.files.signing.token import TokenConfig, pkcs11_signer

__all__ = [
    "SignedFacts", "Signer", "Stamp", "TokenConfig", "pkcs11_signer", "pkcs12_signer", "sign_pdf", "software_signer",
]  # fmt: skip
