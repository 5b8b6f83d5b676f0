"""Signing a PDF by a key of the server and by a PKCS#12 file, and each reason for which it is refused."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from asn1crypto import keys, tsp
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper

from sauro.files.errors import FileRefused, SigningRefused
from sauro.files.signatures import verify_pdf
from sauro.files.signing import SignedFacts, Signer, Stamp, pkcs12_signer, sign_pdf, software_signer
from sauro.files.signing.note import Page
from sauro.files.signing.signers import as_asn1
from sauro.files.tests.authority import Authority, pdf

pytestmark = pytest.mark.pure
NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
GOVERNMENT = Authority("Cơ quan chứng thực của Chính phủ (thử)")


def signed(
    data: bytes, signer: Signer, name: str = "Trần Quốc Bình", stamp: Stamp | None = None, at: dt.datetime = NOW
) -> tuple[bytes, SignedFacts]:
    """The signed file and what is said of it."""
    out = io.BytesIO()
    with signer:
        facts = sign_pdf(
            io.BytesIO(data), out, signer, name=name, reason="Phê duyệt", place="Bình Lãng", at=at, stamp=stamp
        )
    return out.getvalue(), facts


def of(who: str = "Trần Quốc Bình", **asked: Any) -> Signer:
    """A person with a PKCS#12 file of the authority."""
    return pkcs12_signer(GOVERNMENT.packed(who, **asked), "mat-khau")


def refused(data: bytes, signer: Signer, **asked: Any) -> str:
    """The sentence, once it is sure that nothing was written."""
    out = io.BytesIO()
    given_ = {"name": "Bình", "reason": "", "place": "", "at": NOW, "stamp": None} | asked
    with pytest.raises(SigningRefused) as refusal:
        sign_pdf(io.BytesIO(data), out, signer, **given_)
    assert out.getvalue() == b"" and isinstance(refusal.value, FileRefused)
    return str(refusal.value)


def text_of(data: bytes) -> str:
    """The words of page 1 with its notes in place."""
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    page = document[0]
    page.flatten()
    page = document[0]
    return str(page.get_textpage().get_text_bounded())


def test_who_when_why_and_where_stand_in_a_signature_of_pades() -> None:
    data, facts = signed(pdf(), of())
    [found] = verify_pdf(io.BytesIO(data), [GOVERNMENT.pem])
    assert found.good and found.whole and found.signer == "Trần Quốc Bình"
    assert dt.datetime.fromisoformat(found.signed_at) == NOW == dt.datetime.fromisoformat(facts.signed_at)
    [there] = PdfFileReader(io.BytesIO(data)).embedded_signatures
    said = there.sig_object
    assert said["/SubFilter"] == "/ETSI.CAdES.detached" and facts.level == "B-B"
    assert (said["/Name"], said["/Reason"], said["/Location"]) == ("Trần Quốc Bình", "Phê duyệt", "Bình Lãng")
    assert (facts.field, facts.issuer, len(facts.sha256)) == (there.field_name, GOVERNMENT.name, 64)
    assert there.signer_cert.sha256.hex() == facts.fingerprint and not _is_stamped(there)
    # PAdES baseline: the time stands in the file, and not among the signed attributes.
    assert "signing_time" not in {a["type"].native for a in there.signer_info["signed_attrs"]}


def test_a_flipped_byte_shows_anywhere_in_what_was_signed() -> None:
    data, _facts = signed(pdf(), of(), stamp=Stamp())
    [there] = PdfFileReader(io.BytesIO(data)).embedded_signatures
    start, length, second, rest = (int(n) for n in there.byte_range)

    @given(st.integers(0, length + rest - 1), st.integers(1, 255))
    @trials(max_examples=60, deadline=None)
    def flipped(at: int, bits: int) -> None:
        changed = bytearray(data)
        changed[start + at if at < length else second + at - length] ^= bits
        assert not [s for s in verify_pdf(io.BytesIO(bytes(changed)), [GOVERNMENT.pem]) if s.good]

    flipped()


def test_checked_then_approved_both_hold_and_stand_side_by_side() -> None:
    checked, one = signed(pdf(), of("Lê Thị Kim Chi"), "Lê Thị Kim Chi", Stamp("Người kiểm tra", "12/QT-VP"))
    both, two = signed(checked, of("Trần Quốc Bình"), stamp=Stamp("Người phê duyệt"))
    assert both.startswith(checked)
    first, second = verify_pdf(io.BytesIO(both), [GOVERNMENT.pem])
    assert (first.good, first.whole, first.signer) == (True, False, "Lê Thị Kim Chi")
    assert (second.good, second.whole, second.signer) == (True, True, "Trần Quốc Bình")
    assert one.field != two.field
    left, right = (_place(both, name) for name in (two.field, one.field))
    assert left[2] < right[0] and right[2] > 595 - 40 and right[3] > 842 - 20 and left[3] == right[3]


def _place(data: bytes, name: str) -> list[float]:
    for field in PdfFileReader(io.BytesIO(data)).root["/AcroForm"]["/Fields"]:
        if field.get_object()["/T"] == name:
            return [float(n) for n in field.get_object()["/Rect"]]
    raise AssertionError(name)


def test_the_note_says_number_who_and_when_in_vietnams_time_at_size_10() -> None:
    at = dt.datetime(2026, 11, 27, 2, 5, 9, tzinfo=dt.UTC)
    assert Stamp("Người phê duyệt", "12/QT-VP").lines("Trần Quốc Bình", at) == [
        "Số: 12/QT-VP",
        "Người phê duyệt: Trần Quốc Bình",
        "Thời gian ký: 2026-11-27T09:05:09+07:00",
    ]
    data, _facts = signed(pdf(), of(), stamp=Stamp("Người phê duyệt", "12/QT-VP"))
    words = text_of(data)
    assert "Người phê duyệt: Trần Quốc Bình" in words and "+07:00" in words and "12/QT-VP" in words
    plain, _facts = signed(pdf(), of())
    assert "Bình" not in text_of(plain)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_on_a_turned_page_the_note_stands_at_the_readers_top_right(turn: int) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf()))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = generic.NumberObject(turn)
    page["/CropBox"] = generic.ArrayObject(generic.FloatObject(n) for n in (50, 60, 550, 800))
    writer.update_container(page)
    turned = io.BytesIO()
    writer.write(turned)
    data, _facts = signed(turned.getvalue(), of(), stamp=Stamp())
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    picture = document[0].render(may_draw_forms=True).to_pil().convert("L").point(lambda n: 255 if n < 128 else 0)
    box = picture.getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert top < 40 and right > picture.width - 45 and bottom < 60 and left > picture.width / 2 - 45
    assert right - left > 3 * (bottom - top)


@given(
    st.sampled_from([0, 90, 180, 270]), st.tuples(*[st.integers(-900, 900)] * 4),
    st.tuples(*[st.floats(-500, 500)] * 4),
)  # fmt: skip
def test_a_box_as_seen_and_as_stored_are_the_same_box(turn: int, page: Any, box: Any) -> None:
    upright = (min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3]))
    there = Page(page, turn, [])
    assert there.stored(there.seen(upright)) == pytest.approx(upright)


@given(st.integers(0, 12), st.floats(20, 260), st.floats(10, 60))
def test_notes_never_cover_each_other_while_there_is_room(many: int, width: float, height: float) -> None:
    taken: list[Any] = []
    for _n in range(many):
        place = Page((0, 0, 595, 842), 0, taken).free_place(width, height)
        assert place[0] >= 0 and place[1] >= 0 and place[2] <= 595 and place[3] <= 842
        for t in taken:
            assert place[2] <= t[0] or t[2] <= place[0] or place[3] <= t[1] or t[3] <= place[1]
        taken.append(place)


def test_a_picture_of_the_signature_stands_in_the_note_and_what_is_none_is_refused() -> None:
    drawn = io.BytesIO()
    Image.new("RGBA", (80, 40), (0, 0, 200, 255)).save(drawn, "PNG")
    data, _facts = signed(pdf(), of(), stamp=Stamp(picture=drawn.getvalue()))
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    seen = document[0].render(may_draw_forms=True).to_pil().convert("RGB")
    assert any(pixel[2] > 150 and pixel[0] < 60 for _count, pixel in seen.getcolors(1_000_000) or [])
    assert "Hình ảnh chữ ký" in refused(pdf(), of(), stamp=Stamp(picture=b"<svg/>"))


# ---- the key of the server


@pytest.fixture
def server_key(tmp_path: Path, settings: Any) -> Any:
    """Settings that name a key of the server, encrypted, and its certificate."""
    key = rsa.generate_private_key(65537, 2048)
    certificate = GOVERNMENT.issue("Sở Công Thương tỉnh Bình Lãng", key)
    settings.SIGN_KEY, settings.SIGN_CERT = str(tmp_path / "khoa.pem"), str(tmp_path / "chung-thu.pem")
    settings.SIGN_PASSPHRASE = "bi-mat"
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    Path(settings.SIGN_KEY).write_bytes(key.private_bytes(pem, pkcs8, serialization.BestAvailableEncryption(b"bi-mat")))
    Path(settings.SIGN_CERT).write_bytes(certificate.public_bytes(pem) + GOVERNMENT.pem.encode())
    return settings


def test_the_key_of_the_server_signs(server_key: Any) -> None:
    data, facts = signed(pdf(), software_signer(server_key), "Văn thư")
    [found] = verify_pdf(io.BytesIO(data), [GOVERNMENT.pem])
    assert found.good and found.signer == "Sở Công Thương tỉnh Bình Lãng" == facts.signer


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        ({"SIGN_KEY": ""}, "chưa có khoá ký"),
        ({"SIGN_CERT": ""}, "chưa có khoá ký"),
        ({"SIGN_KEY": "/khong/co/khoa.pem"}, "Không đọc được khoa.pem"),
        ({"SIGN_PASSPHRASE": "sai"}, "sai mật khẩu"),
        ({"SIGN_PASSPHRASE": ""}, "sai mật khẩu"),
    ],
)
def test_a_key_of_the_server_that_is_not_set_up_is_refused(server_key: Any, spoil: Any, sentence: str) -> None:
    for name, value in spoil.items():
        setattr(server_key, name, value)
    with pytest.raises(SigningRefused, match=sentence):
        software_signer(server_key)


def test_a_broken_key_and_one_of_another_certificate_are_refused(server_key: Any) -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    stranger = GOVERNMENT.issue("Người khác", other).public_bytes(serialization.Encoding.PEM)
    Path(server_key.SIGN_CERT).write_bytes(stranger)
    with pytest.raises(SigningRefused, match="không thuộc về nhau"):
        software_signer(server_key)
    Path(server_key.SIGN_KEY).write_bytes(b"khong phai khoa")
    with pytest.raises(SigningRefused, match="hỏng"):
        software_signer(server_key)


# ---- a PKCS#12 file


def test_a_wrong_passphrase_a_broken_file_and_one_without_a_key_are_told_apart() -> None:
    packed = GOVERNMENT.packed("Bình")
    for wrong in ("sai", "", "mat-khau ", "mật khẩu"):
        with pytest.raises(SigningRefused, match="Mật khẩu của tệp khoá không đúng"):
            pkcs12_signer(packed, wrong)
    for broken in (b"", b"khong phai tep khoa", packed[:100], pdf(), GOVERNMENT.pem.encode()):
        with pytest.raises(SigningRefused, match="không phải PKCS#12"):
            pkcs12_signer(broken, "mat-khau")
    bare = pkcs12.serialize_key_and_certificates(
        None, None, None, [GOVERNMENT.certificate], serialization.BestAvailableEncryption(b"mat-khau")
    )
    with pytest.raises(SigningRefused, match="không có đủ khoá"):
        pkcs12_signer(bare, "mat-khau")


@given(st.binary(max_size=300))
def test_any_bytes_for_a_pkcs12_file_are_answered_with_a_sentence(data: bytes) -> None:
    with pytest.raises(SigningRefused):
        pkcs12_signer(data, "mat-khau")


def test_a_certificate_out_of_its_time_or_for_another_use_is_refused() -> None:
    assert "đã hết hạn" in refused(pdf(), of(begins=-30, ends=-1))
    assert "mới có hiệu lực" in refused(pdf(), of(begins=1, ends=30))
    assert "không dùng để ký" in refused(pdf(), of(signs=False))


def test_a_closed_signer_signs_nothing_more_and_a_time_needs_its_zone() -> None:
    signer = of()
    signed(pdf(), signer)
    with pytest.raises(ValueError, match="closed"):
        signed(pdf(), signer)
    with pytest.raises(ValueError, match="zone"):
        signed(pdf(), of(), at=NOW.replace(tzinfo=None))


# ---- the file


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 hong", b"PK\x03\x04", pdf()[:200]])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    assert "không phải PDF hoặc đã hỏng" in refused(data, of())


@given(st.data())
@trials(max_examples=60, deadline=None)
def test_a_broken_file_is_signed_or_refused_with_a_sentence(drawn: st.DataObject) -> None:
    data = bytearray(pdf())
    for _n in range(drawn.draw(st.integers(1, 6))):
        data[drawn.draw(st.integers(0, len(data) - 1))] = drawn.draw(st.integers(0, 255))
    with contextlib.suppress(SigningRefused):
        made, _facts = signed(bytes(data), SIGNER, stamp=Stamp())
        [found] = verify_pdf(io.BytesIO(made), [GOVERNMENT.pem])
        assert found.good and found.whole


class Lasting(Signer):
    """Stays open over many trials."""

    def close(self) -> None:
        """Nothing."""


_one = of()
SIGNER = Lasting(_one.hanko, _one.certificate)


def test_a_file_with_a_password_is_refused() -> None:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf())))
    writer.encrypt("chu", "nguoi-dung")
    out = io.BytesIO()
    writer.write(out)
    assert "đặt mật khẩu" in refused(out.getvalue(), of())


def _certified(permission: fields.MDPPerm) -> bytes:
    writer, out = IncrementalPdfFileWriter(io.BytesIO(pdf())), io.BytesIO()
    meta = signers.PdfSignatureMetadata(field_name="Khoa", certify=True, docmdp_permissions=permission)
    signers.sign_pdf(writer, meta, signer=of().hanko, output=out)
    return out.getvalue()


def test_a_file_certified_against_changes_is_refused_and_one_open_to_signatures_is_not() -> None:
    assert "đã được ký khoá" in refused(_certified(fields.MDPPerm.NO_CHANGES), of())
    data, facts = signed(_certified(fields.MDPPerm.FILL_FORMS), of(), stamp=Stamp())
    # One that is seen would count as a change.
    assert not facts.noted and signed(pdf(), of(), stamp=Stamp())[1].noted
    assert [s.good for s in verify_pdf(io.BytesIO(data), [GOVERNMENT.pem])] == [True, True]


def test_a_file_changed_since_its_signature_gets_no_other() -> None:
    data = bytearray(signed(pdf(), of())[0])
    data[data.index(b"595 842")] = ord("6")
    assert "bị sửa sau khi ký" in refused(bytes(data), of())


# ---- a time-stamping authority


class _TimeStamps(BaseHTTPRequestHandler):
    """A real authority in small: RFC 3161 over HTTP."""

    granted = True

    def do_POST(self) -> None:
        asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        answer = self.server.authority.request_tsa_response(asked).dump()  # type: ignore[attr-defined]
        self.send_response(200 if self.granted else 503)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def stamps(settings: Any) -> Iterator[HTTPServer]:
    """An authority that answers, named in the settings."""
    key = rsa.generate_private_key(65537, 2048)
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    server = HTTPServer(("127.0.0.1", 0), _TimeStamps)
    server.authority = DummyTimeStamper(  # type: ignore[attr-defined]
        as_asn1(GOVERNMENT.issue("Dấu thời gian (thử)", key)), keys.PrivateKeyInfo.load(plain)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TSA = f"http://127.0.0.1:{server.server_port}/"
    yield server
    server.shutdown()
    server.server_close()


def test_with_a_time_stamping_authority_the_level_is_t(stamps: HTTPServer) -> None:
    data, facts = signed(pdf(), of())
    [there] = PdfFileReader(io.BytesIO(data)).embedded_signatures
    assert facts.level == "B-T" and _is_stamped(there)
    [found] = verify_pdf(io.BytesIO(data), [GOVERNMENT.pem])
    assert found.good


def _is_stamped(there: Any) -> bool:
    return "signature_time_stamp_token" in {a["type"].native for a in there.signer_info["unsigned_attrs"]}


def test_an_authority_that_fails_or_is_away_leaves_the_file_unsigned(
    stamps: HTTPServer, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_TimeStamps, "granted", False)
    assert "dấu thời gian không trả lời" in refused(pdf(), of())
    settings.TSA = "http://127.0.0.1:9/"
    assert "dấu thời gian không trả lời" in refused(pdf(), of())
