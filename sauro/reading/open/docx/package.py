"""The zip package of a Word document: its parts, parsed safely."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

from sauro.reading.errors import ReadingError
from sauro.reading.guard import DAMAGED, open_zip, parse_xml, read_member
from sauro.vietnamese.text import squeeze

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PURL = "http://purl.oclc.org/ooxml/"
_SCHEMAS = "http://schemas.openxmlformats.org/"


class Package:
    """The parts of a .docx by their role ("numbering", "styles", "footnotes" …), each parsed once.

    Only parts inside the zip are read: a relationship with an outside target is left alone.
    """

    def __init__(self, path: Path) -> None:
        self._zip = open_zip(path)
        self._names = {name.lower(): name for name in self._zip.namelist()}
        main = self._main_part()
        self._folder = posixpath.dirname(main)
        self.document = self._parse(main)
        self._by_role = self._relations(main)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def part(self, role: str) -> Any | None:
        """The root element of the part with this role, or None."""
        for target in self._by_role.get(role, []):
            return self._parse(target)
        return None

    def margins(self) -> list[str]:
        """The lines of headers and footers, where a stamp of secrecy may stand."""
        lines = []
        for role in ("header", "footer"):
            for target in self._by_role.get(role, []):
                for paragraph in self._parse(target).iter(W + "p"):
                    text = squeeze("".join(t.text or "" for t in paragraph.iter(W + "t")))
                    if text:
                        lines.append(text)
        return lines

    def _main_part(self) -> str:
        if "_rels/.rels" in self._names:
            for relation in self._parse("_rels/.rels"):
                if str(relation.get("Type", "")).endswith("/officeDocument"):
                    return str(relation.get("Target", "")).lstrip("/")
        return "word/document.xml"

    def _relations(self, part: str) -> dict[str, list[str]]:
        folder, name = posixpath.split(part)
        rels = f"{folder}/_rels/{name}.rels"
        roles: dict[str, list[str]] = {}
        if rels.lower() not in self._names:
            return roles
        for relation in self._parse(rels):
            if relation.get("TargetMode") == "External":
                continue
            target = str(relation.get("Target", ""))
            target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            if target.lower() in self._names:
                roles.setdefault(str(relation.get("Type", "")).rsplit("/", 1)[-1], []).append(target)
        return roles

    def _parse(self, name: str) -> Any:
        stored = self._names.get(name.lower())
        if stored is None:
            raise ReadingError(DAMAGED, "damaged")
        data = read_member(self._zip, stored)
        if _PURL.encode() in data[:4096]:
            # "Strict" Open XML differs from what Word writes by default only in the names of its namespaces.
            data = data.replace(_PURL.encode(), _SCHEMAS.encode()).replace(
                b"openxmlformats.org/wordprocessingml/main", b"openxmlformats.org/wordprocessingml/2006/main"
            )
            data = data.replace(
                b"openxmlformats.org/officeDocument/relationships",
                b"openxmlformats.org/officeDocument/2006/relationships",
            )
        return parse_xml(data)


def flag(parent: Any | None, name: str) -> bool | None:
    """A toggle such as `<w:b/>` inside `parent`: True, False, or None where it is not said."""
    found = None if parent is None else parent.find(W + name)
    if found is None:
        return None
    return str(found.get(W + "val", "true")).lower() not in ("0", "false", "off", "none")


def value(parent: Any | None, name: str) -> str | None:
    """The `w:val` of the child `name` of `parent`, or None."""
    found = None if parent is None else parent.find(W + name)
    return None if found is None else found.get(W + "val")
