"""Vietnamese typed with the fonts of before Unicode: TCVN3 (.VnTime) and VNI, seen as Latin letters when opened today.

Nothing is converted silently: `legacy_encoding` says what a text seems to be, a person decides, `convert` converts.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Encoding = Literal["tcvn3", "vni"]

# TCVN 5712:1993, set VN3. Capitals with a tone are drawn by a font of capitals (.VnTimeH) and can't be told apart.
_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
# VNI writes a base letter and then a mark that looks like a letter of its own.
_VNI_MARKS = {
    "ø": _GRAVE, "ù": _ACUTE, "û": _HOOK, "õ": _TILDE, "ï": _DOT,
    "â": _CIRCUMFLEX, "à": _CIRCUMFLEX + _GRAVE, "á": _CIRCUMFLEX + _ACUTE, "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE, "ä": _CIRCUMFLEX + _DOT,
    "ê": _BREVE, "è": _BREVE + _GRAVE, "é": _BREVE + _ACUTE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}  # fmt: skip
_VNI_LETTERS = {"ñ": "đ", "ô": "ơ", "ö": "ư", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_LETTERS |= {k.upper(): v.upper() for k, v in _VNI_LETTERS.items()}
_VNI_PAIR = re.compile("([aeouyAEOUYôöÔÖ])([" + "".join(_VNI_MARKS) + "".join(_VNI_MARKS).upper() + "])|(.)", re.DOTALL)

_HIGH = re.compile(r"[\u00a1-\u00ff]")
_UNICODE_ONLY = re.compile(r"[\u01a0\u01a1\u01af\u01b0\u0110\u0111\u0102\u0103\u1ea0-\u1ef9]")
_WORD = re.compile(r"[a-z\u00a1-\u00ff\u00ad]{2,}", re.IGNORECASE)
_FIRST = "ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx]"
_NUCLEUS = (
    "iêu|yêu|oai|oay|oao|oeo|uay|uây|uôi|ươi|ươu|uya|uyê|uyu|"
    "[iy]ê|uô|ươ|ia|ua|ưa|oa|oă|oe|uâ|uê|uơ|uy|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|[aăâeêioôơuưy]"
)
_SYLLABLE = re.compile(rf"(?:{_FIRST})?(?:{_NUCLEUS})(?:ch|ng|nh|[cmnpt])?")
_TONE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def convert(text: str, encoding: Encoding) -> str:
    """`text`, as opened by a program that knows Latin-1 alone, in Unicode NFC.

    Raises `ValueError` for an encoding that isn't known. Text that is Unicode already must not be given.
    """
    if encoding == "tcvn3":
        return unicodedata.normalize("NFC", "".join(_TCVN3.get(c, c) for c in text))
    if encoding == "vni":
        return unicodedata.normalize("NFC", _VNI_PAIR.sub(_vni, text))
    raise ValueError(f"Không có bảng mã {encoding!r}: chỉ chuyển được tcvn3 và vni.")


def _vni(found: re.Match[str]) -> str:
    base, mark, single = found.groups()
    if single is not None:
        return _VNI_LETTERS.get(single, single)
    return _VNI_LETTERS.get(base, base) + _VNI_MARKS[mark.lower()]


def legacy_encoding(text: str) -> Encoding | None:
    """ "tcvn3" or "vni" where `text` is Vietnamese in that font encoding, None for Unicode or another language.

    Judged by its words with letters beyond ASCII: at least two of them, four in five must become Vietnamese
    syllables, and far more than are syllables as they stand.
    """
    if len(_UNICODE_ONLY.findall(text)) > len(_HIGH.findall(text)) / 20:
        return None
    words = {w for w in _WORD.findall(text) if _HIGH.search(w)}
    if len(words) < 2:
        return None
    here = sum(map(_is_syllable, words)) / len(words)
    encodings: tuple[Encoding, ...] = ("tcvn3", "vni")
    shares = {e: sum(_is_syllable(convert(w, e)) for w in words) / len(words) for e in encodings}
    best = max(encodings, key=lambda e: shares[e])
    return best if shares[best] >= 0.8 and shares[best] > here + 0.2 else None


def _is_syllable(word: str) -> bool:
    """Whether the word is built as a Vietnamese syllable, with one tone at most."""
    toneless, tones = _TONE_MARKS.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", toneless)) is not None
