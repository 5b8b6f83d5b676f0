"""Signing by a PKCS#11 token: real ones, of SoftHSM2."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pkcs11 import Attribute, ObjectClass

from sauro.files.errors import SigningRefused
from sauro.files.signatures import verify_pdf
from sauro.files.signing import Stamp, TokenConfig, pkcs11_signer, sign_pdf, token
from sauro.files.tests.authority import Authority, pdf
from sauro.files.tests.test_signing import NOW

pytestmark = [pytest.mark.pure, pytest.mark.needs_softhsm]
GOVERNMENT = Authority("Cơ quan chứng thực của Chính phủ (thử)")
PIN, TOKEN = "246810", "Ban Cơ yếu"
PLACES = ("/usr/lib/softhsm", "/usr/lib64/softhsm", "/usr/lib/x86_64-linux-gnu/softhsm", "/usr/lib64/pkcs11")


def module() -> str:
    """Where SoftHSM's library is."""
    return next((str(p) for d in PLACES if (p := Path(d, "libsofthsm2.so")).exists()), "/khong/co/libsofthsm2.so")


class Tokens:
    """Tokens of SoftHSM in a folder of the tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, label: str) -> None:
        """One more token."""
        self._run("--init-token", "--free", "--label", label, "--so-pin", "13579246", "--pin", PIN)

    def put(self, where: str, label: str, who: str, key: Any, identity: str, *, certified: bool = True) -> None:
        """A key in a token, and its certificate."""
        path = self.folder / "khoa.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        self._run("--import", str(path), "--token", where, "--label", label, "--id", identity, "--pin", PIN)
        if not certified:
            return
        with self.open(where) as session:
            value = GOVERNMENT.issue(who, key).public_bytes(serialization.Encoding.DER)
            session.create_object(
                {
                    Attribute.CLASS: ObjectClass.CERTIFICATE,
                    Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                    Attribute.TOKEN: True,
                    Attribute.LABEL: f"Chứng thư {label}",
                    Attribute.ID: bytes.fromhex(identity),
                    Attribute.SUBJECT: b"",
                    Attribute.VALUE: value,
                }
            )

    def open(self, where: str) -> Any:
        """A session that may write."""
        library = pkcs11.lib(module())
        library.reinitialize()
        return library.get_token(token_label=where).open(rw=True, user_pin=PIN)

    def _run(self, *args: str) -> None:
        subprocess.run(["softhsm2-util", *args], check=True, capture_output=True)


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tokens]:
    """One token with an RSA key, an EC key, and a key without its certificate; another that is empty."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    made = Tokens(folder)
    made.make(TOKEN)
    made.make("Trống")
    made.put(TOKEN, "rsa", "Trần Quốc Bình", rsa.generate_private_key(65537, 2048), "A1")
    made.put(TOKEN, "ec", "Lê Thị Kim Chi", ec.generate_private_key(ec.SECP256R1()), "A2")
    made.put(TOKEN, "tran", "Không ai", ec.generate_private_key(ec.SECP256R1()), "A3", certified=False)
    pkcs11.lib(module()).reinitialize()
    yield made
    pkcs11.lib(module()).finalize()
    os.environ.pop("SOFTHSM2_CONF")
    if before is not None:
        os.environ["SOFTHSM2_CONF"] = before


def at(key: str, token_label: str = TOKEN) -> TokenConfig:
    return TokenConfig(module(), token_label, key)


def signed(data: bytes, config: TokenConfig, name: str) -> bytes:
    out = io.BytesIO()
    with pkcs11_signer(config, PIN) as signer:
        sign_pdf(io.BytesIO(data), out, signer, name=name, reason="", place="", at=NOW, stamp=Stamp())
    return out.getvalue()


def refused(config: TokenConfig, pin: str = PIN) -> str:
    with pytest.raises(SigningRefused) as refusal, pkcs11_signer(config, pin):
        raise AssertionError("opened")
    return str(refusal.value)


def test_an_rsa_and_an_ec_key_of_a_token_sign_one_after_the_other(tokens: Tokens) -> None:
    once = signed(pdf(), at("rsa"), "Trần Quốc Bình")
    twice = signed(once, at("ec"), "Lê Thị Kim Chi")
    found = verify_pdf(io.BytesIO(twice), [GOVERNMENT.pem])
    assert [(s.good, s.signer) for s in found] == [(True, "Trần Quốc Bình"), (True, "Lê Thị Kim Chi")]


def test_a_wrong_pin_is_said_and_the_next_try_with_the_right_one_signs(tokens: Tokens) -> None:
    for wrong in ("111111", "", "1", "9" * 300):
        assert "Mã PIN của thiết bị ký số không đúng" in refused(at("rsa"), wrong)
    assert verify_pdf(io.BytesIO(signed(pdf(), at("rsa"), "Bình")), [GOVERNMENT.pem])[0].good


def test_a_token_a_library_or_a_key_that_is_not_there_is_said(tokens: Tokens, settings: Any) -> None:
    assert "Không thấy thiết bị ký số Rút ra rồi" in refused(at("rsa", "Rút ra rồi"))
    assert "Không nạp được thư viện của thiết bị ký số (mat.so)" in refused(TokenConfig("/khong/co/mat.so", TOKEN))
    assert "không có khoá ký cần tìm" in refused(at("khac"))
    assert "không có khoá ký cần tìm" in refused(at("", "Trống"))
    assert "không có chứng thư số của khoá ký" in refused(at("tran"))
    assert "nhiều khoá ký" in refused(at(""))
    assert "nhiều thiết bị ký số" in refused(at("rsa", ""))
    assert "chưa khai báo thiết bị ký số" in refused(TokenConfig.of(settings))


def test_the_session_is_closed_and_the_token_free_after_an_error_too(tokens: Tokens) -> None:
    with pytest.raises(ZeroDivisionError), pkcs11_signer(at("rsa"), PIN) as signer:
        raise ZeroDivisionError
    with pytest.raises(ValueError, match="closed"):
        signer.check(NOW)
    assert not token._one_at_a_time.locked()
    # A login that was left open would answer "already logged in".
    with tokens.open(TOKEN):
        pass


def test_while_one_signs_another_waits_and_is_told(tokens: Tokens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token, "WAIT", 0.05)
    with pkcs11_signer(at("rsa"), PIN):
        assert "đang ký văn bản khác" in refused(at("ec"))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_token_pulled_out_while_signing_is_said_and_nothing_is_written(tokens: Tokens) -> None:
    out = io.BytesIO()
    with pytest.raises(SigningRefused, match="bị rút ra"), pkcs11_signer(at("rsa"), PIN) as signer:
        signer.hanko.pkcs11_session.close()
        sign_pdf(io.BytesIO(pdf()), out, signer, name="Bình", reason="", place="", at=NOW, stamp=None)
    assert out.getvalue() == b""


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (pkcs11.exceptions.PinLocked, "đã bị khoá hoặc hết hạn"),
        (pkcs11.exceptions.PinExpired, "đã bị khoá hoặc hết hạn"),
        (pkcs11.exceptions.DeviceRemoved, "bị rút ra"),
        (pkcs11.exceptions.FunctionFailed, "báo lỗi (FunctionFailed)"),
    ],
)
def test_what_the_token_answers_is_one_sentence(said: type[Exception], sentence: str) -> None:
    assert sentence in str(token.token_refusal(said()))
