"""The line of one target through its year, as an inline SVG: no script draws it, so that it prints and stands in a PDF.

Colours are attributes, not classes: Typst takes the same picture.
"""

from __future__ import annotations

from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sauro.web.look.targets import number

ACTION, INK, MUTED = "#1B4F93", "#17212B", "#4E5A66"
LEFT, RIGHT, TOP, FOOT = 38, 10, 8, 20


def _nice(low: float, high: float) -> tuple[float, float]:
    """The ends of the scale with some room; a level line gets room, too."""
    room = (high - low) * 0.08 or abs(high) * 0.05 or 1.0
    return low - room, high + room


def trend(chart: dict[str, Any], width: int = 300, height: int = 134) -> SafeString:
    """`chart` as `chart_of` gives it. Actual with dots, expected dashed, forecast dotted in its 80 % band."""
    levels = [n for name in ("actual", "expected", "low", "high") for n in chart[name] if n is not None]
    low, high = _nice(min(levels), max(levels))
    count = len(chart["labels"])
    inner, deep = width - LEFT - RIGHT, height - TOP - FOOT

    def x(i: int) -> float:
        return round(LEFT + (inner * i / (count - 1) if count > 1 else inner / 2), 1)

    def y(level: float) -> float:
        return round(TOP + deep * (high - level) / (high - low), 1)

    def path(values: list[float | None]) -> str:
        known = [(x(i), y(v)) for i, v in enumerate(values) if v is not None]
        return "M" + "L".join(f"{a} {b}" for a, b in known) if len(known) > 1 else ""

    parts = []
    for share in (0.0, 0.5, 1.0):
        level = low + (high - low) * share
        parts.append(f'<path d="M{LEFT} {y(level)}H{width - RIGHT}" stroke="{"#7A8691" if not share else "#E9ECE8"}"/>')
        words = number(str(round(level, 0 if high - low > 20 else 1)))
        parts.append(_words(LEFT - 5, y(level) + 4, words, "end"))
    step = max(1, -(-count // 6))
    parts += [_words(x(i), height - 5, label, "middle") for i, label in enumerate(chart["labels"]) if i % step == 0]
    band = [i for i, v in enumerate(chart["low"]) if v is not None]
    if len(band) > 1:
        there = [f"{x(i)} {y(chart['high'][i])}" for i in band]
        back = [f"{x(i)} {y(chart['low'][i])}" for i in reversed(band)]
        parts.append(f'<path d="M{"L".join(there + back)}Z" fill="{ACTION}" fill-opacity=".22"/>')
    for name, look in (
        ("expected", f'stroke="{INK}" stroke-width="1.4" stroke-dasharray="5 3"'),
        ("forecast", f'stroke="{ACTION}" stroke-width="2.2" stroke-dasharray="2 3"'),
        ("actual", f'stroke="{ACTION}" stroke-width="2.5"'),
    ):
        if drawn := path(chart[name]):
            parts.append(f'<path d="{drawn}" fill="none" {look}/>')
    dots = [(x(i), y(v)) for i, v in enumerate(chart["actual"]) if v is not None]
    parts += [f'<circle cx="{a}" cy="{b}" r="2.5" fill="{ACTION}"/>' for a, b in dots]
    said = escape(_("Diễn biến của chỉ tiêu; số liệu ở bảng bên cạnh"))
    return mark_safe(
        f'<svg class="trend" xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" aria-label="{said}">{"".join(parts)}</svg>'
    )


def _words(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="11.5" fill="{MUTED}" text-anchor="{anchor}">{escape(words)}</text>'
