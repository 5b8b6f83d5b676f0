"""Real decisions in several formats say the same: those of the shared folder where it is, else the project's own."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from sauro.reading.manuscript import Manuscript
from sauro.reading.open import open_manuscript

OWN = Path(__file__).parent / "data"
SHARED = Path(__file__).resolve().parents[4] / "shared" / "decisions"
PAIRS = [
    (other, word)
    for folder in (OWN, SHARED)
    for word in sorted(folder.glob("*.docx"))
    for other in (word.with_suffix(".pdf"), word.with_suffix(".txt"))
    if other.exists()
]


def words(manuscript: Manuscript) -> list[str]:
    """The words in order, without notes (they stand elsewhere in each format) and without repeated table headers."""
    seen: set[str] = set()
    out: list[str] = []
    for block in manuscript.blocks:
        if block.kind == "footnote" or (block.kind == "row" and block.text in seen):
            continue
        if block.kind == "row" and re.match(r"(TT|STT)\t", block.text):
            seen.add(block.text)
        out += re.sub(r"[-–]\s*", "- ", block.text).split()
    return out


@pytest.mark.parametrize(("other", "word"), PAIRS, ids=lambda path: path.name)
def test_every_format_says_the_same_words_in_the_same_order(other, word):
    left, right = words(open_manuscript(other)), words(open_manuscript(word))
    # A text file keeps the halves of rows that pages cut, so a few words stand elsewhere.
    least = 0.985 if other.suffix == ".txt" else 0.998
    assert SequenceMatcher(None, left, right, autojunk=False).ratio() > least


@pytest.mark.parametrize(("other", "word"), PAIRS, ids=lambda path: path.name)
def test_every_format_has_the_same_notes(other, word):
    def notes(path: Path) -> dict[str, str]:
        found = [b for b in open_manuscript(path).blocks if b.kind == "footnote"]
        return {b.notes[0]: re.sub(r"\s+", " ", b.text)[:60] for b in found}

    def markers(path: Path) -> set[str]:
        return {note for b in open_manuscript(path).blocks if b.kind != "footnote" for note in b.notes}

    assert notes(other) == notes(word)
    assert markers(other) == markers(word) == set(notes(word))
