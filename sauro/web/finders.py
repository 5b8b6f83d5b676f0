"""Static files that come from the npm packages: an explicit list, never a whole folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage

_FONT = "@fontsource-variable/source-sans-3/files/source-sans-3-{}-wght-normal.woff2"

PINNED = {
    "vendor/echarts.min.js": "echarts/dist/echarts.min.js",
    "vendor/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/source-sans-3-latin.woff2": _FONT.format("latin"),
    "vendor/source-sans-3-latin-ext.woff2": _FONT.format("latin-ext"),
    "vendor/source-sans-3-vietnamese.woff2": _FONT.format("vietnamese"),
}


class PinnedStorage(FileSystemStorage):
    """Reads the files of PINNED by their static name.

    The pointer to a source map is cut from a style sheet as it is read: the map (1.7 MB for Tabler) is of no use to
    a reader, and the manifest storage refuses a pointer to a file that it doesn't hold.
    """

    def path(self, name: str) -> str:
        return str(Path(self.base_location) / PINNED[Path(name).as_posix()])

    def _open(self, name: str, mode: str = "rb") -> File:
        if not name.endswith(".css"):
            return super()._open(name, mode)  # type: ignore[misc]
        text = Path(self.path(name)).read_bytes()
        head, _, _ = text.rpartition(b"/*# sourceMappingURL=")
        return ContentFile(head or text, name=name)


class PinnedAssetsFinder(BaseFinder):
    """Finds the files of PINNED in node_modules, under the static names of ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = PinnedStorage(location=settings.NODE_MODULES)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """One error for every file of the list that isn't installed."""
        return [
            Error(f"{PINNED[name]} is not in node_modules.", hint="Run `npm ci`.", id="sauro.web.E001")
            for name in PINNED
            if not Path(self.storage.path(name)).is_file()
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file behind one static name, or an empty list where the name isn't ours."""
        if path not in PINNED:
            return []
        found = self.storage.path(path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, PinnedStorage]]:
        """Every static name with the storage that reads it."""
        for name in PINNED:
            yield name, self.storage
