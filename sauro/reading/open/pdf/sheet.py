"""One page of a PDF as glyphs and ruling lines, in points from its top left corner as a reader sees it."""

from __future__ import annotations

import ctypes
import itertools
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

MAX_GLYPHS = 60_000
MAX_OBJECTS = 30_000
_THIN = 3.0
_UNSURE = {0, 0xFFFE, 0xFFFF}

MAYBE = "\x1f"  # stands for a blank that is not drawn

Turn = Callable[[float, float], tuple[float, float]]
# A character, its origin, its box (left, bottom, right, top), its size and whether it is bold.
Drawn = tuple[str, float, float, tuple[float, float, float, float], float, bool]


@dataclass(slots=True)
class Glyph:
    """One character, " " for any blank, `MAYBE` for one that may be meant.

    `x0`, `x1`: from its origin to the end of its advance; `y`: base line, downwards; `size`: of the font in points.
    """

    char: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


@dataclass(slots=True)
class Rule:
    """A straight line along the page: `at` is its y (a line across) or x (a line down), from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Sheet:
    """What is drawn on one page. `pictures`: the share of the page covered by its largest picture."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    pictures: float = 0.0


def read_sheet(page: Any, number: int) -> Sheet:
    """The sheet of a pypdfium2 page. Text that runs up or down the page (a landscape page turned) is turned back."""
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    drawn, angle = _glyphs(page)
    turn: Turn
    if angle == 90:
        turn, size = (lambda x, y: (y - bottom, x - left)), (height, width)
    elif angle == 270:
        turn, size = (lambda x, y: (top - y, right - x)), (height, width)
    elif angle == 180:
        turn, size = (lambda x, y: (right - x, y - bottom)), (width, height)
    else:
        turn, size = (lambda x, y: (x - left, top - y)), (width, height)
    sheet = Sheet(number, *size)
    for char, ox, oy, (bx0, by0, bx1, by1), points, bold in drawn:
        x, y = turn(ox, oy)
        ax, _ = turn(bx0, by0)
        bx, _ = turn(bx1, by1)
        sheet.glyphs.append(Glyph(char, min(ax, bx, x), max(ax, bx, x), y, points, bold))
    _draw(page, sheet, turn)
    return sheet


def _glyphs(page: Any) -> tuple[list[Drawn], int]:
    """The characters as drawn and the angle of most of them.

    A blank that the library itself puts in is only a hint: it knows the glyphs in the order in which they were drawn,
    which is not that of the line where a program draws letters of a second font afterwards.
    """
    textpage = page.get_textpage()
    try:
        raw = textpage.raw
        count = min(textpage.count_chars(), MAX_GLYPHS)
        x, y = ctypes.c_double(), ctypes.c_double()
        box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        fonts: dict[bytes, bool] = {}
        angles: Counter[int] = Counter()
        drawn: list[Drawn] = []
        for i in range(count):
            code = pdfium.FPDFText_GetUnicode(raw, i)
            if code in _UNSURE:
                continue
            # The library gives a hyphen at the end of a line as U+0002.
            char = "-" if code == 2 else chr(code)
            if char in "\r\n":
                continue
            if pdfium.FPDFText_IsGenerated(raw, i):
                if drawn:
                    pdfium.FPDFText_GetCharOrigin(raw, i, x, y)
                    at = (x.value, y.value, x.value, y.value)
                    drawn.append((MAYBE, x.value, y.value, at, drawn[-1][4], False))
                continue
            pdfium.FPDFText_GetCharOrigin(raw, i, x, y)
            pdfium.FPDFText_GetLooseCharBox(raw, i, box)
            pdfium.FPDFText_GetMatrix(raw, i, matrix)
            pdfium.FPDFText_GetFontInfo(raw, i, name, 128, flags)
            if name.value not in fonts:
                fonts[name.value] = _is_bold(name.value)
            size = pdfium.FPDFText_GetFontSize(raw, i) * math.hypot(matrix.c, matrix.d)
            if char.isspace():
                char = " "
            else:
                angles[round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) * 90 % 360] += 1
            edges = (box.left, box.bottom, box.right, box.top)
            drawn.append((char, x.value, y.value, edges, size, fonts[name.value]))
        return drawn, angles.most_common(1)[0][0] if angles else 0
    finally:
        textpage.close()


def _is_bold(name: bytes) -> bool:
    lower = name.lower()
    return b"bold" in lower or b"black" in lower or b"heavy" in lower or lower.endswith((b",b", b"-b"))


def _draw(page: Any, sheet: Sheet, turn: Turn) -> None:
    """Adds the ruling lines and the share of pictures."""
    left = [MAX_OBJECTS]

    def objects(count: int, get: Callable[[int], Any], place: pdfium.FS_MATRIX | None, depth: int) -> None:
        for i in range(count):
            left[0] -= 1
            if left[0] < 0:
                return
            item = get(i)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                _path(item, place, sheet, turn)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                _picture(item, place, sheet)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < 4:
                inner = pdfium.FS_MATRIX()
                pdfium.FPDFPageObj_GetMatrix(item, inner)
                objects(
                    pdfium.FPDFFormObj_CountObjects(item),
                    partial(pdfium.FPDFFormObj_GetObject, item),
                    _times(inner, place),
                    depth + 1,
                )

    objects(pdfium.FPDFPage_CountObjects(page.raw), lambda k: pdfium.FPDFPage_GetObject(page.raw, k), None, 0)


def _times(inner: Any, outer: Any | None) -> Any:
    if outer is None:
        return inner
    m = pdfium.FS_MATRIX()
    m.a, m.b = inner.a * outer.a + inner.b * outer.c, inner.a * outer.b + inner.b * outer.d
    m.c, m.d = inner.c * outer.a + inner.d * outer.c, inner.c * outer.b + inner.d * outer.d
    m.e = inner.e * outer.a + inner.f * outer.c + outer.e
    m.f = inner.e * outer.b + inner.f * outer.d + outer.f
    return m


def _picture(item: Any, place: Any | None, sheet: Sheet) -> None:
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, m)
    m = _times(m, place)
    area = abs(m.a * m.d - m.b * m.c) / max(1.0, sheet.width * sheet.height)
    sheet.pictures = max(sheet.pictures, min(1.0, area))


def _path(item: Any, place: Any | None, sheet: Sheet, turn: Turn) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not (fill.value or stroke.value) or _white(item, bool(stroke.value)):
        return
    count = pdfium.FPDFPath_CountSegments(item)
    if count > 2000:
        return
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, own)
    m = _times(own, place)
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: list[tuple[float, float]] = []
    for k in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, k)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = turn(m.a * x.value + m.c * y.value + m.e, m.b * x.value + m.d * y.value + m.f)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            _outline(outline, sheet, bool(stroke.value))
            outline = []
        outline.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment) and stroke.value:
            outline.append(outline[0])
    _outline(outline, sheet, bool(stroke.value))


def _white(item: Any, stroked: bool) -> bool:
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    get = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    if not get(item, r, g, b, a):
        return False
    return a.value == 0 or min(r.value, g.value, b.value) >= 250


def _outline(points: list[tuple[float, float]], sheet: Sheet, stroked: bool) -> None:
    """Adds the lines of one outline: a thin filled shape is one line; a stroked one gives each of its sides."""
    if len(points) < 2:
        return
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if min(wide, high) <= _THIN:
        if wide > _THIN and wide >= high:
            sheet.across.append(Rule((min(ys) + max(ys)) / 2, min(xs), max(xs)))
        elif high > _THIN:
            sheet.down.append(Rule((min(xs) + max(xs)) / 2, min(ys), max(ys)))
        return
    if not stroked:
        return
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        if abs(ay - by) <= 1 and abs(ax - bx) > _THIN:
            sheet.across.append(Rule((ay + by) / 2, min(ax, bx), max(ax, bx)))
        elif abs(ax - bx) <= 1 and abs(ay - by) > _THIN:
            sheet.down.append(Rule((ax + bx) / 2, min(ay, by), max(ay, by)))
