"""Keeping and giving out bytes."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.files import scanning
from sauro.files.content import check_content
from sauro.files.errors import FileRefused
from sauro.files.kinds import media_type_of
from sauro.files.models import StoredFile

__all__ = ["FileRefused", "forget", "local_copy", "open_stored", "spool", "store"]

CHUNK = 1024 * 1024


def store(source: IO[bytes], name: str, *, limit: int | None = None, inspect: bool = False) -> tuple[StoredFile, bool]:
    """Keep the bytes of `source`; returns the stored file and whether it was already there.

    `limit` in bytes, `settings.MAX_UPLOAD` where not given. `inspect`: the content has to be what the name says and
    nothing that runs. Where a virus scanner is set up, every file passes it first. Raises `FileRefused` where the file
    is empty, too large, or not let in.
    The bytes are on disk before the row exists, so a crash between leaves an unreferenced file, never a lost one.
    """
    limit = limit or settings.MAX_UPLOAD
    digest, size = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as spool:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise _too_large(name, limit)
            digest.update(chunk)
            spool.write(chunk)
        if not size:
            raise _empty(name)
        if inspect:
            check_content(spool, name)
        sha256 = digest.hexdigest()
        known = StoredFile.objects.filter(sha256=sha256).first()
        scanned = _scan(spool, name, known)
        if known and default_storage.exists(known.storage_name):
            return known, True
        spool.seek(0)
        stored = StoredFile(sha256=sha256, size=size, media_type=media_type_of(spool.read(4096), name), **scanned)
        spool.seek(0)
        if not default_storage.exists(stored.storage_name):
            default_storage.save(stored.storage_name, File(spool))
    if known:
        return known, True
    kept, made = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": stored.media_type, **scanned}
    )
    return kept, not made


def _scan(bytes_: IO[bytes], name: str, known: StoredFile | None) -> dict[str, Any]:
    """Ask the scanner where there is one; what to note of it. What was found clean before is not asked again."""
    if not scanning.is_set_up() or (known and known.scan == StoredFile.Scan.CLEAN):
        return {}
    scanning.scan(bytes_, name)
    found = {"scan": StoredFile.Scan.CLEAN, "scanned_at": timezone.now()}
    if known:
        StoredFile.objects.filter(pk=known.pk).update(**found)
    return found


def spool(source: IO[bytes], name: str, path: Path, *, limit: int | None = None, scan: bool = False) -> None:
    """Copy `source` to a file at `path`, for looking at before it is kept; `scan`: it won't be kept, so it passes the
    virus scanner here, where one is set up. Raises `FileRefused` as `store` does."""
    limit = limit or settings.MAX_UPLOAD
    size = 0
    with path.open("wb") as target:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise _too_large(name, limit)
            target.write(chunk)
    if not size:
        raise _empty(name)
    if scan and scanning.is_set_up():
        with path.open("rb") as copied:
            scanning.scan(copied, name)


def _too_large(name: str, limit: int) -> FileRefused:
    words = _("Tệp %(name)s lớn hơn %(mb)d MB. Chia nhỏ hoặc nén tệp rồi tải lên.")
    return FileRefused(words % {"name": name, "mb": limit // CHUNK})


def _empty(name: str) -> FileRefused:
    return FileRefused(_("Tệp %(name)s trống. Chọn tệp khác.") % {"name": name})


def forget(stored: StoredFile) -> bool:
    """Remove bytes that must not be kept, unless something else refers to them. Returns whether they went."""
    name = stored.storage_name
    try:
        with transaction.atomic():
            stored.delete()
    except ProtectedError:
        return False
    transaction.on_commit(lambda: default_storage.delete(name))
    return True


def open_stored(stored: StoredFile) -> IO[Any]:
    """The bytes for reading, as a context manager."""
    return default_storage.open(stored.storage_name, "rb")


def local_copy(stored: StoredFile, folder: Path, name: str) -> Path:
    """The bytes as a file in `folder` that keeps the name's ending, for tools that want a path."""
    path = folder / f"{stored.sha256[:12]}{Path(name).suffix.lower()}"
    with open_stored(stored) as source, path.open("wb") as target:
        while chunk := source.read(CHUNK):
            target.write(chunk)
    return path
