"""Signing by a PKCS#11 token: the key never leaves it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from sauro.files.errors import SigningRefused
from sauro.files.signing.signers import Signer

# A login counts for the whole process, so two signings at once would share it: one waits for the other.
_one_at_a_time = threading.Lock()
WAIT = 30


@dataclass(frozen=True, slots=True)
class TokenConfig:
    """Where the token is: the maker's library (.so), the token's label, the key's label. An empty label takes the only
    one that is there."""

    module: str
    token: str = ""
    key: str = ""

    @classmethod
    def of(cls, settings: Any) -> TokenConfig:
        """What `SAURO_PKCS11_MODULE`, `SAURO_PKCS11_TOKEN` and `SAURO_PKCS11_KEY` name."""
        return cls(settings.PKCS11_MODULE, settings.PKCS11_TOKEN, settings.PKCS11_KEY)


@contextmanager
def pkcs11_signer(config: TokenConfig, pin: str) -> Iterator[Signer]:
    """The key of a token, open while the block runs; the PIN isn't kept.

    Raises `SigningRefused`: no library, no token, a wrong or blocked PIN, no key, the token pulled out, or a token that
    signs for someone else just now.
    """
    if not config.module:
        raise SigningRefused(_("Máy chủ chưa khai báo thiết bị ký số. Quản trị đặt SAURO_PKCS11_MODULE."))
    if not _one_at_a_time.acquire(timeout=WAIT):
        raise SigningRefused(_("Thiết bị ký số đang ký văn bản khác. Thử lại sau ít phút."))
    try:
        import pkcs11

        found = _token(config)
        try:
            # Without a PIN a session would open without a login, and find no key.
            if not pin:
                raise pkcs11.exceptions.PinInvalid
            session = found.open(user_pin=pin)
        except pkcs11.exceptions.PKCS11Error as wrong:
            raise token_refusal(wrong) from None
        try:
            with _found(config, session) as signer:
                yield signer
        except pkcs11.exceptions.PKCS11Error as wrong:
            raise token_refusal(wrong) from None
        finally:
            try:
                session.close()
            except pkcs11.exceptions.PKCS11Error:
                pass  # The token is out already: nothing is left to close.
    finally:
        _one_at_a_time.release()


def _token(config: TokenConfig) -> Any:
    import pkcs11

    try:
        library = pkcs11.lib(config.module)
    except pkcs11.exceptions.PKCS11Error:
        raise SigningRefused(
            _("Không nạp được thư viện của thiết bị ký số (%(file)s). Báo quản trị xem SAURO_PKCS11_MODULE.")
            % {"file": Path(config.module).name}
        ) from None
    found = []
    for slot in library.get_slots(token_present=True):
        try:
            token = slot.get_token()
        except pkcs11.exceptions.PKCS11Error:
            continue  # A slot whose token can't be read is no reason to leave out the others.
        if token.label == config.token or (not config.token and token.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED):
            found.append(token)
    if not found and config.token:
        raise SigningRefused(
            _("Không thấy thiết bị ký số %(label)s. Cắm thiết bị vào máy chủ rồi ký lại.") % {"label": config.token}
        )
    if not found:
        raise SigningRefused(_("Không thấy thiết bị ký số nào. Cắm thiết bị vào máy chủ rồi ký lại."))
    if len(found) > 1:
        raise SigningRefused(
            _("Có nhiều thiết bị ký số cùng cắm vào máy chủ. Quản trị đặt SAURO_PKCS11_TOKEN cho đúng thiết bị.")
        )
    return found[0]


def _found(config: TokenConfig, session: Any) -> Signer:
    """The signer of the key that is asked for. Its certificate has the key's identity, or else its label."""
    import pkcs11
    from asn1crypto import x509
    from pkcs11 import Attribute, ObjectClass
    from pyhanko.sign.pkcs11 import PKCS11Signer

    wanted: dict[Any, Any] = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.SIGN: True}
    if config.key:
        wanted[Attribute.LABEL] = config.key
    keys = list(session.get_objects(wanted))
    if not keys:
        raise SigningRefused(_("Thiết bị ký số không có khoá ký cần tìm. Báo quản trị xem SAURO_PKCS11_KEY."))
    if len(keys) > 1:
        raise SigningRefused(
            _("Thiết bị ký số có nhiều khoá ký. Quản trị đặt SAURO_PKCS11_KEY bằng nhãn của khoá cần dùng.")
        )
    identity, label = keys[0][Attribute.ID], keys[0][Attribute.LABEL]
    stored = {Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509}
    for also in ({Attribute.ID: identity}, {Attribute.LABEL: label}):
        certificates = list(session.get_objects(stored | also)) if all(also.values()) else []
        if certificates:
            break
    else:
        raise SigningRefused(
            _("Thiết bị ký số không có chứng thư số của khoá ký. Nạp chứng thư số vào thiết bị rồi ký lại.")
        )
    certificate = x509.Certificate.load(certificates[0][Attribute.VALUE])
    named = {"key_id": identity} if identity else {"key_label": label}
    # Hashed here and not in the token: every token knows the bare operation, few know each hash. The chain goes along.
    hanko = PKCS11Signer(session, signing_cert=certificate, other_certs_to_pull=None, use_raw_mechanism=True, **named)
    return Signer(hanko, certificate)


def token_refusal(wrong: Exception) -> SigningRefused:
    """The sentence for what the token answers."""
    from pkcs11 import exceptions as said

    if isinstance(wrong, said.PinIncorrect | said.PinInvalid | said.PinLenRange):
        return SigningRefused(
            _("Mã PIN của thiết bị ký số không đúng. Nhập lại cẩn thận: sai nhiều lần thiết bị tự khoá.")
        )
    if isinstance(wrong, said.PinLocked | said.PinExpired | said.UserPinNotInitialized):
        return SigningRefused(
            _("Mã PIN của thiết bị ký số đã bị khoá hoặc hết hạn. Nhờ nơi cấp thiết bị mở khoá hoặc đặt lại mã PIN.")
        )
    if isinstance(wrong, said.DeviceRemoved | said.TokenNotPresent | said.SessionHandleInvalid | said.SessionClosed):
        return SigningRefused(_("Thiết bị ký số bị rút ra khi đang ký. Cắm lại thiết bị rồi ký lại."))
    return SigningRefused(
        _("Thiết bị ký số báo lỗi (%(name)s). Rút ra cắm lại rồi ký lại; vẫn lỗi thì báo quản trị.")
        % {"name": type(wrong).__name__}
    )
