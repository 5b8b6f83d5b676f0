"""What a file is, by its first bytes; the name decides only between kinds that look alike."""

from __future__ import annotations

import mimetypes
from pathlib import PurePath

_MAGIC: list[tuple[bytes, str]] = [
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"PK\x03\x04", "application/zip"),
]
_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
SHOWN_IN_BROWSER = {"application/pdf", "image/png", "image/jpeg", "image/gif"}


def media_type_of(head: bytes, name: str) -> str:
    """The media type of a file that begins with `head` (some kB) and is called `name`."""
    suffix = PurePath(name).suffix.lower()
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return _OFFICE.get(suffix, kind) if kind == "application/zip" else kind
    if b"\x00" in head:
        return "application/octet-stream"
    guessed = mimetypes.guess_type(name)[0] or "text/plain"
    return guessed if guessed.startswith("text/") and guessed != "text/html" else "text/plain"
