"""The list numbers that Word draws by itself (Office Open XML, part 1, §17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sauro.reading.open.docx.package import W, flag, value

_PLACE = re.compile(r"%([1-9])")
_BULLETS = {"\uf02d": "-", "\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf0fc": "•", "\uf076": "•", "\uf02b": "+"}
_ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")]
_ROMAN += [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


def roman(number: int) -> str:
    """4 → "iv". A number over 3999 stays in digits."""
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for size, letters in _ROMAN:
        while number >= size:
            out += letters
            number -= size
    return out


def letters(number: int) -> str:
    """As Word does: 1 → "a", 26 → "z", 27 → "aa", 28 → "bb"."""
    if number < 1:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 30)


def written(number: int, how: str) -> str:
    """A list number in one of Word's number formats ("decimal", "lowerRoman", …)."""
    if how == "decimalZero":
        return f"{number:02d}"
    if how in ("lowerLetter", "upperLetter"):
        text = letters(number)
    elif how in ("lowerRoman", "upperRoman"):
        text = roman(number)
    elif how == "none":
        return ""
    else:
        return str(number)
    return text.upper() if how.startswith("upper") else text


@dataclass(slots=True)
class _Level:
    start: int = 1
    how: str = "decimal"
    pattern: str = ""
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class _List:
    """One `w:num`: which abstract list it draws from, and what it overrides."""

    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives each numbered paragraph, asked in document order, the label that Word draws before it."""

    def __init__(self, root: Any | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        self._style_level: dict[tuple[str, str], int] = {}
        if root is not None:
            self._load(root)

    def label(self, num_id: str | None, ilvl: int | None, style: str | None = None) -> str:
        """The label of the next paragraph of list `num_id` at level `ilvl` (from 0), "" where there is none."""
        if num_id is None or num_id == "0" or num_id not in self._lists:
            return ""
        found = self._lists[num_id]
        if ilvl is None:
            ilvl = self._style_level.get((found.abstract, style or ""), 0)
        level = found.levels.get(ilvl)
        if level is None:
            return ""
        counters = self._counters.setdefault(found.abstract, {})
        self._step(num_id, found, ilvl, counters)
        if level.how == "bullet":
            return "".join(_BULLETS.get(c, "•" if "\ue000" <= c <= "\uf8ff" else c) for c in level.pattern).strip()

        def number(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = found.levels.get(at)
            if other is None:
                return ""
            how = "decimal" if level.legal and other.how != "decimalZero" else other.how
            return written(counters.get(at, other.start), how)

        return _PLACE.sub(number, level.pattern).strip()

    def _step(self, num_id: str, found: _List, ilvl: int, counters: dict[int, int]) -> None:
        for above in range(ilvl):
            if above in found.levels:
                counters.setdefault(above, found.levels[above].start)
        if ilvl in found.starts and (num_id, ilvl) not in self._started:
            counters[ilvl] = found.starts[ilvl]
        else:
            counters[ilvl] = counters[ilvl] + 1 if ilvl in counters else found.levels[ilvl].start
        self._started.add((num_id, ilvl))
        for deeper in [k for k in counters if k > ilvl]:
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or (restart > 0 and ilvl < restart):
                del counters[deeper]

    def _load(self, root: Any) -> None:
        links: dict[str, str] = {}
        style_of: dict[str, str] = {}
        for abstract in root.iter(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId", "")
            self._abstract[key] = self._levels(abstract, key)
            link, own = value(abstract, "numStyleLink"), value(abstract, "styleLink")
            if link:
                links[key] = link
            if own:
                style_of[own] = key
        for num in root.iter(W + "num"):
            key = value(num, "abstractNumId") or ""
            if key in links and links[key] in style_of:
                key = style_of[links[key]]
            found = _List(key, dict(self._abstract.get(key, {})))
            for override in num.iter(W + "lvlOverride"):
                ilvl = int(override.get(W + "ilvl", "0"))
                start = value(override, "startOverride")
                if start is not None and start.lstrip("-").isdigit():
                    found.starts[ilvl] = int(start)
                for level in override.iter(W + "lvl"):
                    found.levels[ilvl] = self._level(level)
            self._lists[num.get(W + "numId", "")] = found

    def _levels(self, abstract: Any, key: str) -> dict[int, _Level]:
        levels = {}
        for level in abstract.iter(W + "lvl"):
            ilvl = int(level.get(W + "ilvl", "0"))
            levels[ilvl] = self._level(level)
            style = value(level, "pStyle")
            if style:
                self._style_level[(key, style)] = ilvl
        return levels

    @staticmethod
    def _level(level: Any) -> _Level:
        start, restart = value(level, "start"), value(level, "lvlRestart")
        return _Level(
            start=int(start) if start and start.lstrip("-").isdigit() else 1,
            how=value(level, "numFmt") or "decimal",
            pattern=value(level, "lvlText") or "",
            legal=bool(flag(level, "isLgl")),
            restart=int(restart) if restart and restart.isdigit() else None,
        )
