"""The wheel of the year as SVG: lanes from the outside inwards, months clockwise from the top."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sauro.quality.wheel import Arc, done_of

SIZE, MIDDLE = 400, 200
OUTER, WIDTH, GAP = 176, 19, 3
LABEL_AT = 189


def _point(radius: float, angle: float) -> str:
    return f"{MIDDLE + radius * sin(angle):.1f} {MIDDLE - radius * cos(angle):.1f}"


def _angle(day: dt.date) -> float:
    """Radians clockwise from the top."""
    first = dt.date(day.year, 1, 1)
    return 2 * pi * (day - first).days / (dt.date(day.year + 1, 1, 1) - first).days


def _ring(lane: int, a: float, b: float) -> str:
    """The path of an arc of a lane from angle a to b; a whole turn is drawn as two halves."""
    outer = OUTER - (lane - 1) * (WIDTH + GAP)
    inner = outer - WIDTH
    if b - a > 2 * pi - 0.02:
        return f"{_ring(lane, a, a + pi)} {_ring(lane, a + pi, a + 2 * pi - 0.021)}"
    far = int(b - a > pi)
    return (
        f"M{_point(outer, a)} A{outer} {outer} 0 {far} 1 {_point(outer, b)} "
        f"L{_point(inner, b)} A{inner} {inner} 0 {far} 0 {_point(inner, a)} Z"
    )


def draw(arcs: Sequence[Arc], year: int, today: dt.date) -> SafeString:
    """The wheel; what it shows is said in words beside it, so that it is a picture to who can't see it."""
    months = [
        (_("T%(month)d") % {"month": m}, *_point(LABEL_AT, 2 * pi * (m - 0.5) / 12).split()) for m in range(1, 13)
    ]  # fmt: skip
    spokes = format_html_join(
        "", '<path class="wheel-spoke" d="M{} L{}"/>',
        ((_point(OUTER + 2, 2 * pi * m / 12), _point(OUTER - 5 * (WIDTH + GAP), 2 * pi * m / 12)) for m in range(12)),
    )  # fmt: skip
    names = format_html_join("", '<text class="wheel-month" x="{1}" y="{2}">{0}</text>', months)
    rings, marks = [], []
    for arc in arcs:
        a, b = _angle(arc.starts), _angle(arc.ends + dt.timedelta(1)) if arc.ends < dt.date(year, 12, 31) else 2 * pi
        b = max(b, a + 0.2)
        lane = arc.content.arc.lane
        rings.append((arc.state, _ring(lane, a, b)))
        middle = OUTER - (lane - 1) * (WIDTH + GAP) - WIDTH / 2
        x, y = _point(middle, (a + b) / 2 if b - a < 6 else pi).split()
        marks.append((arc.state, x, y, float(y) + 4, arc.content.number))
    drawn = format_html_join("", '<path class="wheel-arc is-{}" d="{}"/>', rings)
    numbers = format_html_join(
        "", '<g class="wheel-no is-{0}"><circle cx="{1}" cy="{2}" r="9"/><text x="{1}" y="{3}">{4}</text></g>', marks
    )
    now: SafeString | str = ""
    if today.year == year:
        angle = _angle(today)
        now = format_html(
            '<path class="wheel-today" d="M{} L{}"/>',
            _point(OUTER + 4, angle),
            _point(OUTER - 5 * (WIDTH + GAP), angle),
        )
    middle_words = format_html(
        '<text class="wheel-year" x="200" y="178">{}</text><text class="wheel-count" x="200" y="208">{} / {}</text>'
        '<text class="wheel-year" x="200" y="228">{}</text>',
        _("Năm %(year)d") % {"year": year}, done_of(arcs), len(arcs), _("nội dung đã xong"),
    )  # fmt: skip
    inside = mark_safe(f"{spokes}{names}{drawn}{now}{numbers}{middle_words}")  # made of escaped parts
    said = _("Vòng năm %(year)d: %(done)d trên %(all)d nội dung đã xong; từng nội dung ở danh sách bên cạnh") % {
        "year": year, "done": done_of(arcs), "all": len(arcs),
    }  # fmt: skip
    return format_html(
        '<svg class="wheel" role="img" aria-label="{}" viewBox="0 0 {} {}" focusable="false">{}</svg>',
        said, SIZE, SIZE, inside,
    )  # fmt: skip
