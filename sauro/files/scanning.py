"""Asking ClamAV's daemon whether bytes carry a virus, over its own protocol (INSTREAM).

The kept client libraries are GPL or years without a release; the protocol is these few lines.
"""

from __future__ import annotations

import socket
import struct
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from sauro.files.errors import FileRefused

CHUNK = 256 * 1024
TIMEOUT = 60


def is_set_up() -> bool:
    """Whether a scanner is named (`SAURO_CLAMD`)."""
    return bool(settings.CLAMD)


def scan(source: IO[bytes], name: str) -> None:
    """Nothing where the scanner finds nothing in `source`, read from its beginning.

    Raises `FileRefused`: a virus was found (its name is said), or the scanner can't answer, for then nobody knows.
    """
    source.seek(0)
    try:
        answer = _ask(source)
    except OSError:
        raise FileRefused(
            _("Chưa quét được vi-rút cho %(name)s: phần mềm quét không trả lời. Thử lại sau ít phút.") % {"name": name}
        ) from None
    if answer.endswith("FOUND"):
        virus = answer.removeprefix("stream:").removesuffix("FOUND").strip()
        raise FileRefused(
            _("Tệp %(name)s có vi-rút (%(virus)s), không được nhận. Quét lại máy tính rồi gửi tệp sạch.")
            % {"name": name, "virus": virus}
        )
    if not answer.endswith("OK"):
        raise FileRefused(
            _("Phần mềm quét vi-rút không đọc được %(name)s (%(answer)s). Báo quản trị xem giới hạn của phần mềm quét.")
            % {"name": name, "answer": answer[:80]}
        )


def _ask(source: IO[bytes]) -> str:
    with _connected() as sock:
        sock.sendall(b"zINSTREAM\0")
        try:
            while chunk := source.read(CHUNK):
                sock.sendall(struct.pack("!L", len(chunk)) + chunk)
            sock.sendall(struct.pack("!L", 0))
        except BrokenPipeError:
            # The daemon stops listening past its own size limit, and says so in its answer.
            pass
        answer = b""
        while not answer.endswith(b"\0") and (part := sock.recv(4096)):
            answer += part
    if not answer:
        raise ConnectionError
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _connected() -> socket.socket:
    """A connection to `settings.CLAMD`: a socket's path, or host:port."""
    if settings.CLAMD.startswith("/"):
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        sock.settimeout(TIMEOUT)
        try:
            sock.connect(settings.CLAMD)
        except OSError:
            sock.close()
            raise
        return sock
    host, _sep, port = settings.CLAMD.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=TIMEOUT)
