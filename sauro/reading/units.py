"""Names of units, matched against an agency's register.

A cell names one body or several: "Cục ĐCK, TMĐT&KTS", "Ban Chỉ đạo ISO và Tổ giúp việc". Names may themselves hold
commas and "và", so a cell is cut at every separator and the pieces are put together again in the way that the
register knows best. What it doesn't know stays as written: proposed against, never replaced.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from sauro.reading.text import flat, key, nfc, squeeze
from sauro.reading.unit_words import (
    COLLECTIVE,
    COMPOUND,
    FIELD,
    HEAD,
    LEADING,
    SEPARATOR,
    SHARED,
    STRONG,
    VAGUE,
    canonical,
)

UNKNOWN_UNIT = "Đơn vị “{0}” chưa có trong danh mục đơn vị."
MENDED_UNIT = "“{0}” được đọc là “{1}”; kiểm tra lại vì chữ trong văn bản không khớp hẳn."


@dataclass(slots=True, frozen=True)
class UnitRead:
    """One body named in a text. `known`: it is in the register; `mended`: found only past a slip of writing.

    `start`, `end`: its place in the text that was given; `raw`: the words there.
    """

    name: str
    raw: str
    start: int
    end: int
    known: bool = False
    mended: bool = False
    confidence: float = 1.0
    proposals: tuple[str, ...] = ()


@dataclass(slots=True)
class Register:
    """The units, roles, groups and outside bodies that an agency knows, with their aliases."""

    units: list[dict[str, Any]]
    _aliases: dict[str, str] = field(default_factory=dict)
    _written: set[str] = field(default_factory=set)
    _by_length: dict[int, list[str]] = field(default_factory=dict)
    # The same cells come again and again in a table: each distinct text is worked out once.
    _cache: dict[str, tuple[UnitRead, ...]] = field(default_factory=dict)
    _looked_up: dict[str, tuple[str | None, bool]] = field(default_factory=dict)
    _proposed: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for unit in self.units:
            for alias in (
                unit["name"],
                *unit.get("abbreviations", ()),
                *unit.get("variants", ()),
                *unit.get("aliases", ()),
            ):
                folded = canonical(nfc(alias))
                if folded:
                    self._aliases.setdefault(folded, unit["name"])
                    self._written.add(squeeze(alias).casefold())
        for alias in self._aliases:
            self._by_length.setdefault(len(alias.split()), []).append(alias)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Register:
        """A register from `{"units": [{"name", "kind", "parent", "abbreviations"}]}`."""
        return cls([dict(unit) for unit in data.get("units", [])])

    def __bool__(self) -> bool:
        return bool(self._aliases)

    @property
    def names(self) -> list[str]:
        """Every name, as the register writes it."""
        return [unit["name"] for unit in self.units]

    def match(self, text: str) -> UnitRead:
        """The one body that `text` names. Unknown: `known` is False and the likeliest names are proposed."""
        text = nfc(text)
        start = len(text) - len(text.lstrip())
        raw = text.strip().rstrip(" .;,")
        end = start + len(raw)
        name, mended = self._look_up(raw)
        if name:
            return UnitRead(name, raw, start, end, True, mended, 0.9 if mended else 1.0)
        return UnitRead(squeeze(raw), raw, start, end, False, False, 0.5, tuple(self.propose(raw)))

    def propose(self, text: str, limit: int = 3) -> list[str]:
        """Names that look like `text`, best first."""
        folded = canonical(text)
        if folded not in self._proposed:
            close = process.extract(
                folded, list(self._aliases), scorer=fuzz.token_sort_ratio, limit=limit * 2, score_cutoff=62
            )
            self._proposed[folded] = list(dict.fromkeys(self._aliases[alias] for alias, _, _ in close))
        return self._proposed[folded][:limit]

    def opening(self, text: str) -> str | None:
        """The longest name or alias that `text` begins with, as the register has it."""
        folded = flat(text)
        found = [
            (len(alias), unit["name"])
            for unit in self.units
            for alias in map(nfc, (unit["name"], *unit.get("abbreviations", ())))
            if folded.startswith(flat(alias))
            and not folded[len(alias) : len(alias) + 1].isalnum()
            # "Trưởng các đơn vị" doesn't begin with "Trường": a short alias must have its marks.
            and (len(alias) > 12 or text[: len(alias)].casefold() == alias.casefold())
        ]
        return max(found)[1] if found else None

    def _look_up(self, text: str) -> tuple[str | None, bool]:
        """The name that these words stand for and whether a slip had to be mended."""
        if text not in self._looked_up:
            self._looked_up[text] = self._find(text)
        return self._looked_up[text]

    def _find(self, text: str) -> tuple[str | None, bool]:
        folded = canonical(text)
        if name := self._aliases.get(folded):
            written = squeeze(text).casefold() in self._written or _same_letters(text, name)
            return name, not written and _marks_differ(text, name)
        if alias := self._fuzzy(folded):
            return self._aliases[alias], True
        return None, False

    def _fuzzy(self, folded: str) -> str | None:
        # Word by word: "Công nghệ" must not become "Công nghiệp", though the two are 93 % alike as strings.
        words = folded.split()
        if len(words) < 2 or len(folded) < 8:
            return None
        best: tuple[int, str] | None = None
        tie = False
        for alias in self._by_length.get(len(words), ()):
            slips = _slips(words, alias.split())
            if slips is None or slips > max(1, len(words) // 4):
                continue
            if best is None or slips < best[0]:
                best, tie = (slips, alias), False
            elif slips == best[0] and self._aliases[alias] != self._aliases[best[1]]:
                tie = True
        if best and not tie:
            return best[1]
        joined = folded.replace(" ", "")
        if len(joined) >= 12:
            close = [
                alias
                for size in (len(words) - 2, len(words) - 1, len(words) + 1, len(words) + 2)
                for alias in self._by_length.get(size, ())
                if OSA.distance(joined, alias.replace(" ", ""), score_cutoff=1) <= 1
            ]
            if len({self._aliases[a] for a in close}) == 1:
                return close[0]
        return None

    def split(self, text: str) -> tuple[UnitRead, ...]:
        """The bodies that a cell names, in order. Places point into `text`, which must be NFC."""
        if text not in self._cache:
            self._cache[text] = tuple(_split(text, self))
        return self._cache[text]


def _same_letters(a: str, b: str) -> bool:
    return squeeze(a).casefold() == squeeze(b).casefold()


def _marks_differ(a: str, b: str) -> bool:
    """The words are the same without diacritics but written with others (hòa and hoà don't count)."""
    if key(a) != key(b):
        return False
    ours, theirs = squeeze(a).casefold().split(), squeeze(b).casefold().split()
    return any(sorted(nfd(x)) != sorted(nfd(y)) for x, y in zip(ours, theirs, strict=False))


def nfd(text: str) -> str:
    """Letters and marks apart, so that the place of a tone mark doesn't matter."""
    import unicodedata

    return unicodedata.normalize("NFD", text)


# Letters that recognition takes for each other, so that even a short word may differ in one.
_LOOKALIKE = str.maketrans("l1jt0cu", "iiiioeo")


def _slips(words: list[str], alias: list[str]) -> int | None:
    """How many words differ by one letter; None where one differs by more, or a short word differs."""
    slips = 0
    for ours, theirs in zip(words, alias, strict=True):
        if ours == theirs:
            continue
        if ours.translate(_LOOKALIKE) == theirs.translate(_LOOKALIKE):
            slips += 1
            continue
        if max(len(ours), len(theirs)) < 3 or OSA.distance(ours, theirs, score_cutoff=1) > 1:
            return None
        slips += 1
    return slips


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    strong: bool  # a semicolon or a new line stands before it
    dash: bool = False  # only a dash does, which names hold too: "Ban Pháp chế - Thanh tra"


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    at, strong, dash = 0, True, False
    depth_mask = _mask_brackets(text)
    for match in SEPARATOR.finditer(depth_mask):
        if match.start() > at:
            pieces.append(_Piece(at, match.start(), strong, dash))
        strong = bool(STRONG.search(match[0])) or (match.start() <= at and strong)
        dash = match[0].strip() in ("-", "–")
        at = match.end()
    if at < len(text):
        pieces.append(_Piece(at, len(text), strong, dash))
    return [p for p in pieces if text[p.start : p.end].strip(" .;,:-")]


def _mask_brackets(text: str) -> str:
    """Separators inside round brackets don't part names: "(Cục A, Cục B)" explains the name before it."""
    text = COMPOUND.sub(lambda m: re.sub(r"\W", "_", m[0]), text)
    if "(" not in text:
        return text
    return re.sub(r"\([^()]*\)", lambda m: re.sub(r"[^\w\s]|\s(?=và\s)", "_", m[0]).replace(" ", "_"), text)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    lead = LEADING.match(text[start:end])
    if lead and lead.end() < end - start:
        start += lead.end()
    while start < end and text[start] in " .;,:-\n":
        start += 1
    while end > start and text[end - 1] in " .;,:-\n":
        end -= 1
    return start, end


def _split(text: str, register: Register) -> list[UnitRead]:
    pieces = _pieces(text)
    found: list[UnitRead] = []
    i, head = 0, ""
    while i < len(pieces):
        taken = _longest_known(text, pieces, i, register)
        if taken:
            read, count = taken
            found.append(read)
            head = _head_of(read.raw) or head
            i += count
            continue
        start, end = _trim(text, pieces[i].start, pieces[i].end)
        shared = SHARED.match(text[start:end])
        if shared and (":" in shared[0] or shared[0].lower().startswith("các")):
            # "Các Sở: Công Thương, Tài chính": the head holds for every name after it.
            rest = (start + shared.end(), end)
            head = shared[1]
            name, mended = register._look_up(f"{head} {text[rest[0] : rest[1]]}")
            if name:
                found.append(UnitRead(name, text[start:end], start, end, True, mended, 0.95))
                i += 1
                continue
            if ":" in shared[0] or _takes_head(text, pieces, i, head, register):
                found.append(_unknown(f"{head} {text[rest[0] : rest[1]]}", text[start:end], start, end, register))
                i += 1
                continue
        if head and not HEAD.match(text[start:end]):
            headed = _headed(text, pieces, i, head, register)
            if headed:
                found.append(headed[0])
                i += headed[1]
                continue
            listed = found and found[-1].raw.lower().startswith("các") and not pieces[i].strong
            if listed or (head.lower() in {"sở", "bộ"} and FIELD.match(text[start:end])):
                found.append(_unknown(f"{head} {squeeze(text[start:end])}", text[start:end], start, end, register))
                i += 1
                continue
        # An unknown body: it goes on over commas and "và" until another body begins.
        j = i + 1
        while (
            j < len(pieces) and not pieces[j].strong and (pieces[j].dash or not _begins_body(text, pieces, j, register))
        ):
            j += 1
        start, end = _trim(text, pieces[i].start, pieces[j - 1].end)
        if start < end:
            found.append(_unknown(squeeze(text[start:end]), text[start:end], start, end, register))
            head = _head_of(text[start:end]) or head
        i = j
    return _unique(found)


def _longest_known(text: str, pieces: list[_Piece], i: int, register: Register) -> tuple[UnitRead, int] | None:
    if not register:
        return None
    best: tuple[UnitRead, int] | None = None
    for j in range(min(len(pieces), i + 6), i, -1):
        start, end = _trim(text, pieces[i].start, pieces[j - 1].end)
        if start >= end:
            continue
        raw = text[start:end]
        name, mended = register._look_up(raw)
        if not name and raw.endswith(")") and "(" in raw:
            name, mended = register._look_up(raw[: raw.rindex("(")])
        if name:
            read = UnitRead(name, raw, start, end, True, mended, 0.9 if mended else 1.0)
            if not mended:
                return read, j - i
            best = best or (read, j - i)
    return best


def _headed(text: str, pieces: list[_Piece], i: int, head: str, register: Register) -> tuple[UnitRead, int] | None:
    """The body that a name without its head stands for: "Cục ĐCK, TMĐT&KTS"."""
    for j in range(min(len(pieces), i + 4), i, -1):
        start, end = _trim(text, pieces[i].start, pieces[j - 1].end)
        name, mended = register._look_up(f"{head} {text[start:end]}")
        if name:
            return UnitRead(name, text[start:end], start, end, True, mended, 0.95), j - i
    return None


def _takes_head(text: str, pieces: list[_Piece], i: int, head: str, register: Register) -> bool:
    """ "Các Sở Công Thương, Tài chính" (a list of names) against "Các phòng chuyên môn" (a group)."""
    if i + 1 >= len(pieces) or pieces[i + 1].strong:
        return False
    start, end = _trim(text, pieces[i + 1].start, pieces[i + 1].end)
    after = text[start : start + 1]
    here = text[pieces[i].start : pieces[i].end].split()
    return len(here) > 2 and here[2][:1].isupper() and after.isupper() and not HEAD.match(text[start:end])


def _begins_body(text: str, pieces: list[_Piece], j: int, register: Register) -> bool:
    start, end = _trim(text, pieces[j].start, pieces[j].end)
    words = text[start:end]
    if FIELD.match(words):
        before = text[: pieces[j].start].lower()
        return bool(re.search(r"(?:sở|bộ)\s+\S[^;\n]*$", before)) and not re.search(
            r"(?:vụ|cục|phòng)\s+\S[^;\n]*$", before
        )
    if _longest_known(text, pieces, j, register):
        return True
    match = HEAD.match(words)
    if not match:
        return False
    # "Vụ Kế hoạch và Quản lý quỹ" goes on in small letters; a new body begins with a capital or is a collective.
    return words[:1].isupper() or flat(words).startswith(
        ("cac ", "cac\n", "don vi", "doanh nghiep", "lanh dao", "ubnd")
    )


def _head_of(raw: str) -> str:
    match = SHARED.match(raw)
    return match[1] if match else ""


def _unknown(name: str, raw: str, start: int, end: int, register: Register) -> UnitRead:
    vague = bool(COLLECTIVE.match(key(name))) or bool(VAGUE.search(key(name)))
    proposals = tuple(register.propose(name)) if register else ()
    return UnitRead(
        squeeze(name), raw, start, end, vague or not register, False, 0.8 if vague or not register else 0.5, proposals
    )


def _unique(found: list[UnitRead]) -> list[UnitRead]:
    seen: set[str] = set()
    kept = []
    for read in found:
        if read.name.casefold() not in seen:
            seen.add(read.name.casefold())
            kept.append(read)
    return kept


EMPTY = Register([])
