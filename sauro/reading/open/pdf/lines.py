"""Glyphs as lines of text, with note markers taken out."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from itertools import pairwise

from sauro.reading.open.pdf.sheet import MAYBE, Glyph

_BLANK = (" ", MAYBE)
_RAISED = 0.86  # of the text's size; a browser prints <sup> at five sixths
GAP = 20.0  # points of white that part two texts on one line
_MEASURE = re.compile(r"(?:^|[\s\d/(.,])(?:[kdcm]?m|ha)$", re.IGNORECASE)
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class Line:
    """One line of one column. `y`: base line, downwards; `lead`: the raised number that it opens with, or "";
    `first`: width of its first word; `text_at`: x of the words after a list label; `bold`: all of it."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    notes: list[str] = field(default_factory=list)
    lead: str = ""
    first: float = 0.0
    text_at: float = 0.0


def build_lines(glyphs: list[Glyph]) -> list[list[Line]]:
    """The lines from the top down, each as its parts from left to right (more than one where a wide gap parts them)."""
    lines: list[list[Line]] = []
    for row in _rows([g for g in glyphs if g.size > 0.5]):
        parts = _parts(*row)
        if lines and len(parts) == 1 and _is_stray_marker(parts[0], lines[-1][-1]):
            lines[-1][-1].notes.append(parts[0].text)
        elif parts:
            lines.append(parts)
    return lines


def _is_stray_marker(line: Line, above: Line) -> bool:
    """A note's marker for which there was no more room on the line above."""
    small = line.size <= _RAISED * above.size and line.y - above.y < 2.5 * above.size
    return small and len(line.text) <= 3 and line.text.isdigit()


def _rows(glyphs: list[Glyph]) -> list[tuple[list[Glyph], float, float]]:
    """Glyphs by base line, raised and lowered small ones put back into the line they belong to.

    Returns (glyphs, base line, size of most of them) from the top down.
    """
    groups: list[list[Glyph]] = []
    start = size = 0.0
    for glyph in sorted((g for g in glyphs if g.char not in _BLANK), key=lambda g: g.y):
        if groups and glyph.y - start <= 0.3 * min(glyph.size, size):
            groups[-1].append(glyph)
            size = max(size, glyph.size)
        else:
            groups.append([glyph])
            start, size = glyph.y, glyph.size
    rows = [[group, *_measure(group)] for group in groups]
    kept: list[list] = []
    for at, row in enumerate(rows):
        host = _host(rows, at)
        if host is None:
            kept.append(row)
        else:
            host[0] = host[0] + row[0]
    for blank in (g for g in glyphs if g.char in _BLANK):
        near = _nearest(kept, blank)
        if near is not None:
            near[0].append(blank)
    return [(row[0], row[1], row[2]) for row in kept]


def _measure(group: list[Glyph]) -> tuple[float, float]:
    sizes = sorted(g.size for g in group)
    size = sizes[len(sizes) // 2]
    ys = sorted(g.y for g in group if g.size >= 0.9 * size)
    return ys[len(ys) // 2], size


def _host(rows: list[list], at: int) -> list | None:
    """The line to which a row of small glyphs is raised or lowered, or None where it is a line by itself."""
    group, y, size = rows[at]
    for step in (1, -1, 2, -2):
        if not 0 <= at + step < len(rows):
            continue
        other, other_y, other_size = rows[at + step]
        rise = other_y - y
        marker = rise >= 0.25 * other_size and all(g.char.isdigit() for g in group)
        if size > (_RAISED if marker else 0.8) * other_size:
            continue
        if not -0.35 * other_size <= rise <= 0.7 * other_size:
            continue
        x0, x1 = min(g.x0 for g in group), max(g.x1 for g in group)
        if x0 >= min(g.x0 for g in other) - 2 * other_size and x1 <= max(g.x1 for g in other) + 3 * other_size:
            return rows[at + step]
    return None


def _nearest(rows: list[list], blank: Glyph) -> list | None:
    """The line in which a blank stands (rows come sorted by y)."""
    low, high = 0, len(rows) - 1
    while low < high:
        middle = (low + high) // 2
        if rows[middle][1] < blank.y - 0.3 * blank.size:
            low = middle + 1
        else:
            high = middle
    found = rows[low] if rows else None
    return found if found is not None and abs(found[1] - blank.y) <= 0.5 * blank.size else None


def _parts(glyphs: list[Glyph], y: float, size: float) -> list[Line]:
    glyphs = sorted(glyphs, key=lambda g: g.x0)
    word_gap = _word_gap(glyphs, size)
    blank_before = maybe = False
    last: Glyph | None = None
    row: list[tuple[Glyph, bool]] = []
    for glyph in glyphs:
        if glyph.char in _BLANK:
            blank_before = blank_before or glyph.char == " "
            maybe = True
            continue
        if last is not None and glyph.char == last.char and abs(glyph.x0 - last.x0) < 0.1 * size:
            continue  # the same glyph drawn twice to look bold
        gap = 0.0 if last is None else glyph.x0 - last.x1
        row.append((glyph, last is not None and (blank_before or gap > (0.55 if maybe else 1) * word_gap)))
        last, blank_before, maybe = glyph, False, False
    return [line for line in (_line(piece, y, size) for piece in _split(row)) if line is not None]


def _word_gap(glyphs: list[Glyph], size: float) -> float:
    """The least gap that parts two words. Type set wide ("Q U Y Ế T") has gaps inside its words too."""
    inked = [g for g in glyphs if g.char not in _BLANK]
    gaps = sorted(max(0.0, b.x0 - a.x1) for a, b in pairwise(inked))
    inside = gaps[len(gaps) // 3] if gaps else 0.0
    return 0.17 * size + (inside if inside < 0.35 * size else 0.0)


def _split(row: list[tuple[Glyph, bool]]) -> list[list[tuple[Glyph, bool]]]:
    """Parts a line at its one or two wide gaps. Many are a stretched line; one after a list label is a tab."""
    cuts = [i for i in range(1, len(row)) if row[i][0].x0 - row[i - 1][0].x1 > GAP]
    words = sum(1 for _, spaced in row if spaced) + 1
    if not cuts or len(cuts) > max(2, words // 4):
        return [row]
    if len(cuts) == words - 1 and words > 3:
        return [row]
    if cuts[0] <= 6 and is_label("".join(g.char for g, _ in row[: cuts[0]])):
        cuts = cuts[1:]
    edges = [0, *cuts, len(row)]
    return [row[a:b] for a, b in itertools.pairwise(edges)]


_LABEL = re.compile(
    r"^(?:[-–—+•*o▪●]|[\[(]?(?:\d{1,3}|[a-zđ]{1,2}|[IVXLivxl]{1,6})[.):]|\d{1,2}(?:\.\d{1,2})+\.?|\d{1,3})$"
)


def is_label(text: str) -> bool:
    """Is this a list number or bullet standing alone: "-", "1.", "a)", "1.2", "(i)"?"""
    return bool(_LABEL.match(text.strip()))


def _is_raised(glyph: Glyph, y: float, size: float) -> bool:
    """Is this a digit of a note's marker? One that is little smaller than the text must stand clearly above it."""
    share = 0.12 if glyph.size <= 0.8 * size else 0.25
    return glyph.char.isdigit() and glyph.size <= _RAISED * size and y - glyph.y >= share * size


def _line(row: list[tuple[Glyph, bool]], y: float, size: float) -> Line | None:
    text, notes, lead = "", [], ""
    bold = True
    i = 0
    first_end: float | None = None
    text_at: float | None = None
    while i < len(row):
        glyph, spaced = row[i]
        if _is_raised(glyph, y, size):
            j = i
            while j < len(row) and row[j][0].size <= _RAISED * size and row[j][0].char.isdigit():
                j += 1
            marker = "".join(g.char for g, _ in row[i:j])
            if _MEASURE.search(text) and len(marker) == 1:
                text += marker.translate(_POWERS)
            else:
                if not text.strip():
                    lead = lead or marker
                notes.append(marker)
                if spaced:
                    text += " "
            i = j
            continue
        if spaced and text:
            # A slash or a closing sign is never the first of a line, so it belongs to the word before.
            if first_end is None and text.strip() and glyph.char not in "/);:,.!?%":
                first_end = row[i - 1][0].x1
            if text_at is None and is_label(text):
                text_at = glyph.x0
            text += " "
        text += glyph.char
        bold = bold and glyph.bold
        i += 1
    if not text.strip() and not notes:
        return None
    x0, x1 = row[0][0].x0, row[-1][0].x1
    end = x1 if first_end is None else first_end
    return Line(text.strip(), x0, x1, y, size, bold, notes, lead, end - x0, x0 if text_at is None else text_at)
