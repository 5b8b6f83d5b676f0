"""Footnotes that say where tasks come from, and the tasks each is about.

A note stands on a row by its marker, on a group by a marker in the group's heading, or names its tasks itself:
"Nhiệm vụ 1.1; 1.2; 2.3 theo Quyết định số …". A row's own marker is stronger than a list, a list than a group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sauro.reading.manuscript import Manuscript

_REF = r"[\dIVX]+(?:\.\d+)*[a-zđ]?"
_LISTED = re.compile(
    rf"^\s*(?:Các\s+)?nhiệm vụ\s+(?:số\s+|mục\s+|tại mục\s+)?({_REF}(?:\s*(?:[;,]|và|"
    rf"đến|-)\s*(?:nhiệm vụ\s+)?{_REF}(?![/\w]))*)(?![/\w])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Footnote:
    """One note: its number, words, block, and the refs of the tasks it names."""

    number: str
    text: str
    block: int
    lines: tuple[int, int]
    refs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Footnotes:
    """The notes of a document in order."""

    notes: list[Footnote]

    def at(self, number: str, block: int) -> Footnote | None:
        """The note that a marker in `block` means: the next of that number, as numbers may begin anew on a page."""
        same = [n for n in self.notes if n.number == number]
        return next((n for n in same if n.block >= block), same[-1] if same else None)

    def naming(self, ref: str) -> Footnote | None:
        """The first note that names the task."""
        return next((n for n in self.notes if ref in n.refs), None)


def footnotes_of(manuscript: Manuscript) -> Footnotes:
    """The notes of a document, with the tasks that each names."""
    found = []
    for index, block in enumerate(manuscript.blocks):
        if block.kind == "footnote" and block.text.strip():
            text = " ".join(block.text.split())
            number = block.notes[0] if block.notes else ""
            found.append(Footnote(number, text, index, (block.first_line, block.last_line), refs_in(text)))
    return Footnotes(found)


def refs_in(text: str) -> list[str]:
    """The tasks that a note names at its head: "Nhiệm vụ 1.1; 1.2 …" → ["1.1", "1.2"]; "từ 1.1 đến 1.3" in full."""
    match = _LISTED.match(re.sub(r"(?i)^((?:các\s+)?nhiệm vụ)\s+từ\s+", r"\1 ", text))
    if not match:
        return []
    refs: list[str] = []
    parts = re.findall(rf"({_REF})\s*(đến|-)?", match[1])
    for n, (ref, _) in enumerate(parts):
        if n and parts[n - 1][1] and refs:
            refs.extend(_between(refs[-1], ref))
        refs.append(ref)
    return list(dict.fromkeys(refs))


def _between(first: str, last: str) -> list[str]:
    head, _, a = first.rpartition(".")
    other, _, b = last.rpartition(".")
    if head != other or not (a.isdigit() and b.isdigit()) or not 0 < int(b) - int(a) < 100:
        return []
    return [f"{head}.{n}" if head else str(n) for n in range(int(a) + 1, int(b))]
