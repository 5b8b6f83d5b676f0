"""Putting one signature to a PDF, and looking at what came out before anyone gets it."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any, BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from sauro.files.errors import SigningRefused
from sauro.files.signatures import CHANGED, INTACT, PDF_LIMIT, Signature, verify_pdf
from sauro.files.signing import note
from sauro.files.signing.signers import Signer
from sauro.files.signing.token import token_refusal

IN_MEMORY = 8 * 1024 * 1024
TIMEOUT = 20
_FIELD = "SauRoKy"


@dataclass(frozen=True, slots=True)
class SignedFacts:
    """What was signed. `field`: the signature's name in the file; `level`: PAdES `B-B`, or `B-T` with a time stamp;
    `noted`: whether the note is seen; `fingerprint`: SHA-256 of the certificate; `sha256`: of the signed file; days and
    times ISO 8601."""

    field: str
    signer: str
    issuer: str
    fingerprint: str
    expires_on: str
    signed_at: str
    level: str
    noted: bool
    sha256: str

    def as_json(self) -> dict[str, Any]:
        """Plain values, for keeping."""
        return asdict(self)


def sign_pdf(
    source: BinaryIO,
    out: BinaryIO,
    signer: Signer,
    *,
    name: str,
    reason: str,
    place: str,
    at: dt.datetime,
    stamp: note.Stamp | None,
) -> SignedFacts:
    """Write `source`, with one more signature appended, to `out`: earlier signatures stay as they are.

    `name`: the person, as the note and the signature say it; `at`: when, with its time zone, as the signer claims it;
    `stamp`: the visible note, none where `None`, and none after someone certified the file, which forbids new visible
    signatures (ISO 32000-2, 12.8.2.2). Nothing is asked of the network unless `SAURO_TSA` names an authority.
    Raises `SigningRefused`, with `out` untouched: the certificate may not sign at `at`; the file is no PDF or broken,
    has a password, was certified against changes or changed since its last signature; the token or the authority fails.
    """
    if at.tzinfo is None:
        raise ValueError("`at` needs a time zone")
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    signer.check(at)
    before, certified = _check(source)
    stamp = None if certified else stamp
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as made:
        field = _sign(source, made, signer, name, reason, place, at, stamp)
        after = verify_pdf(made, [])
        kept = [(s.state, s.signer) for s in after[:-1]] == [(s.state, s.signer) for s in before]
        if not after or len(after) != len(before) + 1 or not kept or after[-1].state != INTACT or not after[-1].whole:
            raise SigningRefused(
                _("Chữ ký vừa tạo không kiểm tra được nên không dùng. Ký lại; vẫn lỗi thì báo quản trị.")
            )
        made.seek(0)
        digest = hashlib.file_digest(made, "sha256").hexdigest()  # type: ignore[arg-type]
        made.seek(0)
        shutil.copyfileobj(made, out)
    return SignedFacts(
        field=field,
        signer=signer.holder,
        issuer=signer.issuer,
        fingerprint=signer.certificate.sha256.hex(),
        expires_on=signer.certificate.not_valid_after.date().isoformat(),
        signed_at=at.isoformat(timespec="seconds"),
        level="B-T" if settings.TSA else "B-B",
        noted=stamp is not None,
        sha256=digest,
    )


def _broken(wrong: Exception | None = None) -> SigningRefused:
    if wrong is not None:
        logging.getLogger(__name__).info("a file can't be signed", exc_info=wrong)
    return SigningRefused(_("Tệp không phải PDF hoặc đã hỏng nên không ký được. Mở tệp, lưu lại dạng PDF rồi ký lại."))


def _check(source: BinaryIO) -> tuple[list[Signature], bool]:
    """(the signatures that are there, whether one certifies the file).

    Raises `SigningRefused` where one more may not be put.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import MDPPerm
    from pyhanko.sign.validation import read_certification_data

    source.seek(0)
    try:
        reader = PdfFileReader(source, strict=False)
        locked = reader.encrypted
        if not locked:
            certified = read_certification_data(reader)
            first_page = reader.root["/Pages"]["/Kids"][0].get_object()
    except Exception as wrong:
        # As in reading signatures: a broken or hostile file fails in any way.
        raise _broken(wrong) from None
    if locked:
        raise SigningRefused(_("Tệp PDF đặt mật khẩu nên không ký được. Bỏ mật khẩu rồi ký lại."))
    if not first_page:
        raise _broken()
    if certified is not None and certified.permission == MDPPerm.NO_CHANGES:
        raise SigningRefused(
            _("Tệp PDF đã được ký khoá, không cho ký thêm. Dùng bản chưa khoá, hoặc nhờ người ký khoá ký sau cùng.")
        )
    before = verify_pdf(source, [])
    if any(s.state == CHANGED for s in before):
        raise SigningRefused(_("Tệp PDF đã bị sửa sau khi ký nên không ký thêm được. Lấy lại bản đã ký nguyên vẹn."))
    if len(before) >= PDF_LIMIT:
        raise SigningRefused(_("Tệp PDF đã có quá nhiều chữ ký. Lấy bản chưa ký rồi ký lại."))
    return before, certified is not None


def _sign(
    source: BinaryIO,
    made: Any,
    signer: Signer,
    name: str,
    reason: str,
    place: str,
    at: dt.datetime,
    stamp: note.Stamp | None,
) -> str:
    from pkcs11.exceptions import PKCS11Error
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

    class At(PdfSigner):
        """Signs at the time that is given."""

        def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
            session = super().init_signing_session(*args, **kwargs)
            session.system_time = at
            return session

    source.seek(0)
    try:
        writer = IncrementalPdfFileWriter(source, strict=False)
        page = _first_page(writer)
        names = set(_names(writer.root))
    except Exception as wrong:
        # What passes the first look may still fail anywhere in its objects.
        raise _broken(wrong) from None
    field = next(f"{_FIELD}{n}" for n in count(1) if f"{_FIELD}{n}" not in names)
    look, box = None, None
    if stamp is not None:
        look, width, height = note.style(note.draw(stamp, name, at, page.turn))
        across = (height, width) if page.turn in (90, 270) else (width, height)
        box = page.stored(page.free_place(*across))
    meta = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        name=name,
        reason=reason or None,
        location=place or None,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    stamper = HTTPTimeStamper(settings.TSA, timeout=TIMEOUT) if settings.TSA else None
    # pyHanko declares whole points; the file takes any number.
    spec = fields.SigFieldSpec(field, on_page=0, box=box)  # type: ignore[arg-type]
    hanko = At(meta, signer.hanko, timestamper=stamper, stamp_style=look, new_field_spec=spec)
    try:
        hanko.sign_pdf(writer, output=made)
    except (TimestampRequestError, TimeoutError):
        raise SigningRefused(
            _("Nơi cấp dấu thời gian không trả lời nên chưa ký. Thử lại sau ít phút, hoặc báo quản trị xem SAURO_TSA.")
        ) from None
    except PKCS11Error as wrong:
        raise token_refusal(wrong) from None
    except Exception as wrong:
        raise _broken(wrong) from None
    return field


def _names(root: Any) -> Iterator[str]:
    """The names of the form's fields, at its first level: where a new one stands."""
    for field in _of(_of(root, "/AcroForm", {}), "/Fields", []):
        yield str(_of(field.get_object(), "/T", ""))


def _of(holder: Any, key: str, default: Any) -> Any:
    """An entry, followed to where it stands (`get` gives the reference)."""
    return holder[key] if key in holder else default  # noqa: SIM401


def _rectangle(numbers: Any) -> note.Box:
    a, b, c, d = (float(n.get_object()) for n in numbers)
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _first_page(writer: Any) -> note.Page:
    page = writer.root["/Pages"]
    inherited: dict[str, Any] = {}
    for _depth in range(64):
        inherited |= {k: page[k] for k in ("/MediaBox", "/CropBox", "/Rotate") if k in page}
        if "/Kids" not in page:
            break
        page = page["/Kids"][0]
    widgets = [a.get_object() for a in _of(page, "/Annots", [])]
    taken = [_rectangle(w["/Rect"]) for w in widgets if w.get("/Subtype") == "/Widget" and "/Rect" in w]
    box = _rectangle(inherited.get("/CropBox") or inherited["/MediaBox"])
    return note.Page(box, int(inherited.get("/Rotate", 0)) // 90 * 90 % 360, taken)
