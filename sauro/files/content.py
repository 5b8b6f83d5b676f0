"""Whether a file is what its name says, and nothing that runs."""

from __future__ import annotations

import zipfile
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext as _

from sauro.files.errors import FileRefused
from sauro.files.kinds import media_type_of

# What each ending promises; other endings may hold anything that doesn't run.
PROMISED = {
    ".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
}  # fmt: skip
# The part that makes a zip file a document of that kind.
PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml"}
RUNS = (
    ".docm", ".xlsm", ".pptm", ".dotm", ".exe", ".com", ".dll", ".msi", ".js", ".vbs", ".ps1", ".bat", ".cmd", ".scr",
    ".jar", ".sh", ".html", ".htm", ".xhtml", ".svg", ".hta", ".lnk",
)  # fmt: skip
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
MARKUP = (b"<!doctype html", b"<html", b"<svg", b"<script")


def check_content(source: IO[bytes], name: str) -> str:
    """The media type of what `source` holds, by its content. `source` is left at its beginning.

    Raises `FileRefused` where it runs (a program, a script, macros) or isn't what its ending promises.
    """
    suffix = PurePath(name).suffix.lower()
    source.seek(0)
    head = source.read(4096)
    source.seek(0)
    # A byte order mark or blanks before the first tag don't make a page a text.
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if suffix in RUNS or head.startswith(PROGRAMS) or start.startswith(MARKUP):
        raise FileRefused(
            _("Không nhận tệp %(name)s vì loại tệp này chạy được mã. Lưu lại dạng PDF, Word, Excel hoặc ảnh.")
            % {"name": name}
        )
    kind = media_type_of(head, name)
    if suffix in PROMISED and kind != PROMISED[suffix]:
        raise _not_what_it_says(name, suffix)
    if suffix in PARTS:
        _check_office(source, name, suffix)
    source.seek(0)
    return kind


def _check_office(source: IO[bytes], name: str, suffix: str) -> None:
    try:
        with zipfile.ZipFile(source) as parts:
            names = set(parts.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise _not_what_it_says(name, suffix) from None
    if PARTS[suffix] not in names:
        raise _not_what_it_says(name, suffix)
    if any(n.endswith("vbaProject.bin") for n in names):
        raise FileRefused(
            _("Không nhận tệp có macro: %(name)s. Lưu lại dạng %(suffix)s không macro rồi tải lên.")
            % {"name": name, "suffix": suffix}
        )


def _not_what_it_says(name: str, suffix: str) -> FileRefused:
    return FileRefused(
        _("Nội dung của %(name)s không phải là tệp %(suffix)s. Mở tệp, lưu lại đúng loại rồi tải lên.")
        % {"name": name, "suffix": suffix}
    )
