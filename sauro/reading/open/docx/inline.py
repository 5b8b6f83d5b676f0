"""The words inside one paragraph: runs, breaks, note markers, tracked changes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sauro.reading.open.docx.package import W
from sauro.reading.open.docx.styles import Look, Styles

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DROPPED = {W + name for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText", "delInstrText")}
_MARKER = re.compile(r"^[\[(]?\d{1,3}[\])]?$")
# After these a raised 2 or 3 is a power: m², km³.
_MEASURE = re.compile(r"(?:^|[\s\d/(.,])(?:[kdcm]?m|ha)$", re.IGNORECASE)
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# The private-use letters of the Symbol font that Word writes for bullets and signs.
_SYMBOLS = {"f0b7": "•", "f0a7": "•", "f02d": "-", "f0b3": "≥", "f0a3": "≤", "f0b1": "±", "f0ae": "→", "f0e0": "→"}


@dataclass(slots=True)
class Words:
    """What one paragraph or cell says.

    `notes`: markers in order; `references`: (footnote or endnote, number, id) of those with a body in the package;
    `raised_start`: the first thing is a raised number (a note typed by hand); `boxes`: text boxes anchored here.
    """

    text: str = ""
    bold: bool = False
    notes: list[str] = field(default_factory=list)
    references: list[tuple[str, str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    raised_start: bool = False

    def take(self, other: Words) -> None:
        """Adds another paragraph below this one."""
        if other.text.strip():
            self.bold = other.bold and (self.bold or not self.text.strip())
            self.text = f"{self.text}\n{other.text}" if self.text else other.text
        self.notes += other.notes
        self.references += other.references
        self.boxes += other.boxes


class Inline:
    """Reads paragraphs; counts notes over the whole document."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._counts = {"footnote": 0, "endnote": 0}

    def words(self, paragraph: Any, look: Look) -> Words:
        """What a paragraph of that look says."""
        words = Words()
        weights: list[tuple[str, bool]] = []
        self._walk(paragraph, look, words, weights)
        words.text = "".join(text for text, _ in weights)
        said = [bold for text, bold in weights if text.strip()]
        words.bold = bool(said) and all(said)
        return words

    def _walk(self, parent: Any, look: Look, words: Words, weights: list[tuple[str, bool]]) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child, self._styles.run(child.find(W + "rPr"), look), words, weights)
            elif tag not in _DROPPED and isinstance(tag, str):
                self._walk(child, look, words, weights)

    def _run(self, run: Any, look: Look, words: Words, weights: list[tuple[str, bool]]) -> None:
        said: list[str] = []
        for child in run:
            tag = child.tag
            if tag == W + "t":
                said.append(child.text or "")
            elif tag == W + "tab":
                said.append("\t")
            elif tag in (W + "br", W + "cr"):
                said.append("\n" if child.get(W + "type", "textWrapping") == "textWrapping" else " ")
            elif tag == W + "noBreakHyphen":
                said.append("-")
            elif tag == W + "sym":
                said.append(_SYMBOLS.get(str(child.get(W + "char", "")).lower(), ""))
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                self._note(child, words)
            elif tag in (W + "drawing", W + "pict", W + "object", _MC + "AlternateContent"):
                words.boxes += _boxes(child)
        text = "".join(said)
        if not text or look.hidden:
            return
        if look.raised and _MARKER.match(text.strip()):
            before = "".join(part for part, _ in weights)
            if not before.strip():
                words.raised_start = True
            if _MEASURE.search(before):
                text = text.strip().translate(_POWERS)
            else:
                words.notes.append(text.strip().strip("[]()"))
                return
        weights.append((text.upper() if look.caps else text, bool(look.bold)))

    def _note(self, reference: Any, words: Words) -> None:
        kind = "footnote" if reference.tag == W + "footnoteReference" else "endnote"
        key = reference.get(W + "id", "")
        if reference.get(W + "customMarkFollows") in ("1", "true", "on"):
            # The mark itself is the text that follows, often "*"; it is no number to count.
            words.references.append((kind, "*", key))
            words.notes.append("*")
            return
        self._counts[kind] += 1
        number = str(self._counts[kind])
        words.notes.append(number)
        words.references.append((kind, number, key))


def _boxes(drawing: Any) -> list[Any]:
    """The text boxes of a drawing. Of the two forms that Word writes of each, the first is taken."""
    choice = drawing.find(_MC + "Choice") if drawing.tag == _MC + "AlternateContent" else drawing
    if choice is None:
        choice = drawing
    found = []
    for box in choice.iter(W + "txbxContent"):
        inside = any(a.tag in (W + "txbxContent", _MC + "Fallback") for a in box.iterancestors() if _within(a, choice))
        if not inside:
            found.append(box)
    return found


def _within(element: Any, ancestor: Any) -> bool:
    return any(a is ancestor for a in element.iterancestors())
