"""Ruled tables: the cells that lines across and down a page enclose."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass, field

from sauro.reading.errors import ReadingError
from sauro.reading.guard import MAX_COLUMNS, TOO_MANY_COLUMNS
from sauro.reading.open.pdf.sheet import Glyph, Rule

_NEAR = 2.0
_MAX_RULES = 4000


@dataclass(slots=True)
class Box:
    """One cell of the grid, with the spans of a merged cell and the glyphs that stand in it."""

    row: int
    column: int
    rowspan: int
    colspan: int
    x0: float
    x1: float
    top: float
    bottom: float
    glyphs: list[Glyph] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """One table of a page: `owner[row][column]` is the index in `boxes` of the cell that covers that place."""

    xs: list[float]
    ys: list[float]
    boxes: list[Box]
    owner: list[list[int]]

    def take(self, glyph: Glyph) -> bool:
        """Puts a glyph into the cell where it stands; False where it stands outside the table."""
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.y - glyph.size * 0.3
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return False
        row = min(bisect_right(self.ys, y), len(self.ys) - 1) - 1
        column = min(bisect_right(self.xs, x), len(self.xs) - 1) - 1
        self.boxes[self.owner[row][column]].glyphs.append(glyph)
        return True


def find_grids(across: list[Rule], down: list[Rule]) -> tuple[list[Grid], list[Rule]]:
    """The tables that the lines make, from the top down, and the lines across that belong to none.

    A frame round a single place is no table. Raises `ReadingError` "columns" over `MAX_COLUMNS`.
    """
    across, down = _merged(across), _merged(down)
    if len(across) + len(down) > _MAX_RULES:
        return [], []
    groups = _touching(across, down)
    grids, free = [], list(across)
    for rows, columns in groups:
        stacked = [grid for grid in (_grid(*piece) for piece in _stacked(rows, columns)) if grid is not None]
        if stacked:
            grids += stacked
            taken = {id(rule) for rule in rows}
            free = [rule for rule in free if id(rule) not in taken]
    return sorted(grids, key=lambda g: g.ys[0]), free


def _merged(rules: list[Rule]) -> list[Rule]:
    """Pieces of one line (Word draws a border cell by cell) as one; double lines as one."""
    out: list[Rule] = []
    for at in _clusters(sorted(rule.at for rule in rules)):
        pieces = sorted((r for r in rules if abs(r.at - at) <= _NEAR / 2 + 0.01), key=lambda r: r.start)
        last: Rule | None = None
        for piece in pieces:
            if last is not None and piece.start <= last.end + _NEAR:
                last.end = max(last.end, piece.end)
            else:
                last = Rule(at, piece.start, piece.end)
                out.append(last)
    return out


def _clusters(values: list[float], near: float = _NEAR) -> list[float]:
    """Sorted values that lie within `near` of the first of their cluster, as the middle of each cluster."""
    out: list[list[float]] = []
    for value in values:
        if out and value - out[-1][0] <= near:
            out[-1].append(value)
        else:
            out.append([value])
    return [(cluster[0] + cluster[-1]) / 2 for cluster in out]


def _touching(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The lines in groups that hang together."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(across):
        for j, v in enumerate(down, len(across)):
            crosses = v.start - _NEAR <= h.at <= v.end + _NEAR and h.start - _NEAR <= v.at <= h.end + _NEAR
            if crosses and root(i) != root(j):
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(across + down):
        groups.setdefault(root(i), ([], []))[0 if i < len(across) else 1].append(rule)
    return [group for group in groups.values() if group[0] and group[1]]


def _stacked(rows: list[Rule], columns: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The tables of one group that stand on each other without a gap, from the top down.

    One ends and the next begins at a line from edge to edge, above and below which the columns part at other places.
    Where some row has the borders of both, cells are merged and the table goes on.
    """
    left, right = min(r.start for r in rows), max(r.end for r in rows)
    ys = _clusters(sorted(r.at for r in rows))
    between = [
        [v.at for v in columns if v.start - _NEAR <= (a + b) / 2 <= v.end + _NEAR and left + 4 < v.at < right - 4]
        for a, b in itertools.pairwise(ys)
    ]
    cuts = [
        y
        for y, above, below in zip(ys[1:-1], between, between[1:], strict=False)
        if above
        and below
        and not any(_within([*above, *below], row) for row in between)
        and _whole(rows, y, left, right)
    ]
    if not cuts:
        return [(rows, columns)]
    out = []
    for top, bottom in itertools.pairwise([ys[0], *cuts, ys[-1]]):
        held = [
            Rule(v.at, max(v.start, top), min(v.end, bottom))
            for v in columns
            if min(v.end, bottom) - max(v.start, top) > 2 * _NEAR
        ]
        out.append(([r for r in rows if top - _NEAR <= r.at <= bottom + _NEAR], held))
    return out


def _within(some: list[float], others: list[float]) -> bool:
    return all(any(abs(a - b) <= 2 * _NEAR for b in others) for a in some)


def _whole(rows: list[Rule], at: float, left: float, right: float) -> bool:
    drawn = sum(rule.end - rule.start for rule in rows if abs(rule.at - at) <= _NEAR)
    return drawn >= 0.97 * (right - left)


def _grid(rows: list[Rule], columns: list[Rule]) -> Grid | None:
    # Where outer borders are missing, the ends of the lines that cross them stand in.
    ys = _edges([r.at for r in rows], [r.start for r in columns], [r.end for r in columns])
    xs = _edges([r.at for r in columns], [r.start for r in rows], [r.end for r in rows])
    if len(ys) < 2 or len(xs) < 2 or (len(ys) - 1) * (len(xs) - 1) < 2:
        return None
    if len(xs) - 1 > MAX_COLUMNS:
        raise ReadingError(TOO_MANY_COLUMNS, "columns")
    wide, high = len(xs) - 1, len(ys) - 1
    owner = [[-1] * wide for _ in range(high)]
    boxes: list[Box] = []
    right_of = [[_covered(columns, xs[c + 1], ys[r], ys[r + 1]) for c in range(wide)] for r in range(high)]
    below = [[_covered(rows, ys[r + 1], xs[c], xs[c + 1]) for c in range(wide)] for r in range(high)]
    for r in range(high):
        for c in range(wide):
            if owner[r][c] >= 0:
                continue
            end = c
            while end + 1 < wide and not right_of[r][end] and owner[r][end + 1] < 0:
                end += 1
            last = r
            while last + 1 < high and not any(below[last][k] for k in range(c, end + 1)):
                if any(right_of[last + 1][k] for k in range(c, end)) or any(
                    owner[last + 1][k] >= 0 for k in range(c, end + 1)
                ):
                    break
                last += 1
            for rr in range(r, last + 1):
                for cc in range(c, end + 1):
                    owner[rr][cc] = len(boxes)
            boxes.append(Box(r, c, last - r + 1, end - c + 1, xs[c], xs[end + 1], ys[r], ys[last + 1]))
    return Grid(xs, ys, boxes, owner)


def _edges(lines: list[float], starts: list[float], ends: list[float]) -> list[float]:
    edges = _clusters(sorted(lines))
    if min(starts) < edges[0] - 2 * _NEAR:
        edges.insert(0, min(starts))
    if max(ends) > edges[-1] + 2 * _NEAR:
        edges.append(max(ends))
    return edges


def _covered(rules: list[Rule], at: float, start: float, end: float) -> bool:
    """Is at least half of the way from `start` to `end` drawn?"""
    drawn = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= _NEAR)
    return drawn >= (end - start) / 2
