"""Text as the engine compares it: folded without losing a place.

`flat` keeps one character for one character, so that a match in the folded text is a place in the written one.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from sauro.vietnamese.text import nfc, squeeze

__all__ = ["flat", "key", "letters", "nfc", "squeeze"]

_DASHES = "‐‑‒–—―−"
_QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "′": "'"}


@lru_cache(maxsize=8192)
def _flat_char(char: str) -> str:
    if char.isspace():
        return " "
    if char in _DASHES:
        return "-"
    if char in _QUOTES:
        return _QUOTES[char]
    char = "d" if char in "đĐ" else char
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        value = self[code] = _flat_char(chr(code))
        return value


_TABLE = _Table()


def flat(text: str) -> str:
    """Lower case, no diacritics, đ → d, any dash "-", any blank " ": as long as `text`, character for character.

    `text` must be NFC; a stray combining mark stays in its place.
    """
    return text.translate(_TABLE)


def key(text: str) -> str:
    """`flat` with blanks squeezed: equal for two ways of writing the same words."""
    return " ".join(flat(text).split())


_MARKED = "".join(
    chr(c) for c in range(0xC0, 0x1EFA) if unicodedata.category(chr(c)) in ("Lu", "Ll") and c not in (0xD7, 0xF7)
)
_UPPER = "".join(c for c in _MARKED if c.isupper() and (ord(c) < 0x1B1 or ord(c) >= 0x1EA0))
_LOWER = "".join(c for c in _MARKED if c.islower() and (ord(c) < 0x1B1 or ord(c) >= 0x1EA0))


def letters(pattern: str) -> str:
    """A pattern in whose classes `À-Ỹ` stands for all capitals with marks and `à-ỹ` for all small letters with them.

    In Unicode both lie mixed in one range, so that a plain range would take the one for the other.
    """
    return pattern.replace("À-Ỹ", _UPPER).replace("à-ỹ", _LOWER)
