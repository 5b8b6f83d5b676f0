"""Vietnamese text: one normal form, folded forms for search and comparison, one sorting order."""

from __future__ import annotations

import re
import unicodedata

from sauro.vietnamese.collation import sort_key
from sauro.vietnamese.legacy import convert, legacy_encoding

__all__ = ["convert", "fold", "fold_tone_marks", "legacy_encoding", "nfc", "sort_key", "squeeze", "tokens"]

_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# Open oa, oe, uy: the one place where two spellings of the tone are in use. In "quý" the u belongs to the q.
_OPEN_PAIR = re.compile(
    rf"(?<![qQ])([oO])([{_TONES}]?)([aAeE])([{_TONES}]?)(?![\w\u0300-\u036f])"
    rf"|(?<![qQ])([uU])([{_TONES}]?)([yY])([{_TONES}]?)(?![\w\u0300-\u036f])"
)


def nfc(text: str) -> str:
    """Text in Unicode NFC, the only form that is stored."""
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """NFC, runs of blanks (no-break ones too) as one space, ends trimmed."""
    return _BLANKS.sub(" ", nfc(text)).strip()


def fold(text: str) -> str:
    """Text without diacritics and case, for search and comparison: "Đường Lối" → "duong loi".

    đ has no decomposition in Unicode and is mapped by hand.
    """
    text = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return _BLANKS.sub(" ", "".join(c for c in text if not unicodedata.combining(c))).strip()


def fold_tone_marks(text: str) -> str:
    """Text in NFC with the tone of open oa, oe, uy on the first vowel: "hoà", "uỷ" → "hòa", "ủy".

    For comparing and searching with exact marks; what the writer wrote is kept as written.
    """

    def first(found: re.Match[str]) -> str:
        one, tone, two, late = (found.group(i) or "" for i in ((1, 2, 3, 4) if found.group(1) else (5, 6, 7, 8)))
        # A pair with two tones isn't Vietnamese: leave it.
        return found.group() if tone and late else one + tone + late + two

    return nfc(_OPEN_PAIR.sub(first, unicodedata.normalize("NFD", text)))


def tokens(text: str, *, folded: bool = True) -> list[str]:
    """The words of a text or a query in order, letters and digits alone.

    `folded`: without diacritics; else lower case in one spelling of the tones, for hits with exact marks.
    """
    return _WORD.findall(fold(text) if folded else fold_tone_marks(text).casefold())
