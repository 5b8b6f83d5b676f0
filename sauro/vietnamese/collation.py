"""The Vietnamese sorting order as an ASCII key, so that any database sorts rightly without its own collation.

Order of letters: a ă â b c d đ e ê … o ô ơ … u ư … y, with f j w z at their Latin places. Tones decide only between
texts whose letters are the same, in the order ngang, huyền, hỏi, ngã, sắc, nặng, syllable by syllable. Numbers sort
by value, before letters; punctuation separates words and has no weight of its own.
"""

from __future__ import annotations

import functools
import re
import unicodedata

# Lower-case letters and digits alone: the same order in bytes, in SQLite's BINARY and NOCASE and in every
# PostgreSQL collation.
_END, _SPACE, _NUMBER = "0", "1", "2"
_VARIANTS = {
    "ă": "a2", "â": "a3", "đ": "d2", "ê": "e2", "ô": "o2", "ơ": "o3", "ư": "u2",
    "a": "a1", "d": "d1", "e": "e1", "o": "o1", "u": "u1", "z": "z1",
}  # fmt: skip
_SHAPES = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex, horn: parts of a letter
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_PIECE = re.compile(r"([0-9]+)|((?:[^\W0-9_][\u0300-\u036f]*)+)|(.)", re.DOTALL)
_LETTER = re.compile(r"(.)([\u0300-\u036f]*)", re.DOTALL)


def sort_key(text: str) -> str:
    """An ASCII key of `text`: comparing two keys byte by byte compares the texts as Vietnamese does.

    Only characters 0-9 and a-z. Case, NFC or NFD and the place of the tone (hoà, hòa) make no difference. A key that
    is cut short still sorts by the letters that are left in it.
    """
    letters: list[str] = []
    tones: list[str] = []
    gap = False
    for number, word, other in _PIECE.findall(unicodedata.normalize("NFD", text.casefold())):
        if other:
            gap = gap or not unicodedata.combining(other)
            continue
        if gap and letters:
            letters.append(_SPACE)
        gap = False
        if number:
            letters.append(_number(number))
        else:
            code, tone = _word(word)
            letters.append(code)
            tones.append(tone)
    return "".join(letters) + _END + "".join(tones).rstrip("0")


def _number(digits: str) -> str:
    digits = digits.lstrip("0") or "0"
    # The length first: 9 before 10. Beyond 26 digits it is no number that anyone counts with.
    return _NUMBER + chr(ord("a") + min(len(digits) - 1, 25)) + digits


@functools.lru_cache(maxsize=8192)
def _word(word: str) -> tuple[str, str]:
    """The code of one word's letters, and that of its tone. Some seven thousand syllables make the whole language."""
    tones = [_TONES[m] for m in word if m in _TONES]
    return "".join(_letter(*pair) for pair in _LETTER.findall(word)), tones[0] if tones else "0"


def _letter(base: str, marks: str) -> str:
    shape = "".join(m for m in marks if m in _SHAPES)
    own = unicodedata.normalize("NFC", base + shape)
    if own in _VARIANTS or base in _VARIANTS:
        return _VARIANTS.get(own) or _VARIANTS[base]
    # Letters of other scripts come after z, in the order of their code points.
    return base if "a" <= base <= "y" else f"z2{ord(base):06x}"
