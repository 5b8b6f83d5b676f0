"""How a target is drawn: the mark and word of its standing, and the small line that holds its figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.monitoring.measured import Measured
from sauro.monitoring.targets import Kind, Standing
from sauro.web.look.text import vnumber

WORDS = {
    Standing.ACHIEVED: gettext_lazy("Đã đạt"),
    Standing.ON_TRACK: gettext_lazy("Đúng nhịp"),
    Standing.AT_RISK: gettext_lazy("Có nguy cơ"),
    Standing.OFF_TRACK: gettext_lazy("Chệch nhịp"),
    Standing.SILENT: gettext_lazy("Im lặng"),
}
SIGNS = {
    Standing.ACHIEVED: "✓",
    Standing.ON_TRACK: "●",
    Standing.AT_RISK: "◆",
    Standing.OFF_TRACK: "▼",
    Standing.SILENT: "○",
}
# The scale of a line, as a share of the target (look, section 11).
LEAST, MOST = Decimal("0.7"), Decimal("1.1")
WIDTH, HEIGHT, EDGE = 160, 24, 6


def words_of(found: Measured) -> str:
    """The standing in a word: "khó đạt" where the forecast is what speaks against it."""
    return _("Khó đạt") if found.hard else str(WORDS[found.standing])


def standing_mark(found: Measured | None) -> SafeString:
    """Mark and word of a standing; a target that nobody set up is silent."""
    standing = found.standing if found else Standing.SILENT
    words = words_of(found) if found else WORDS[standing]
    return format_html(
        '<span class="standing standing-{}"><span aria-hidden="true">{}</span> {}</span>',
        standing.value.replace("_", "-"),
        SIGNS[standing],
        words,
    )


def number(value: Decimal | str | None) -> str:
    """A level as it is read: at most two decimals. A text is one that a forecast keeps."""
    return vnumber(None if value in (None, "") else round(Decimal(str(value)), 2))


def line_words(found: Measured) -> str:
    """What the line shows, in words."""
    goal, facts = found.goal, found.facts
    parts = [_("Chưa có số liệu")] if facts.reached is None else [_("Thực hiện %(n)s") % {"n": number(facts.reached)}]
    parts.append(_("nhịp dự kiến %(n)s") % {"n": number(found.expected)})
    if goal.kind == Kind.BAND:
        parts.append(_("giữ từ %(low)s đến %(high)s") % {"low": number(goal.low), "high": number(goal.high)})
    else:
        parts.append(_("mục tiêu %(n)s") % {"n": number(goal.end)})
    if facts.foreseen:
        low, high = facts.foreseen
        parts.append(_("dự báo từ %(low)s đến %(high)s") % {"low": number(low), "high": number(high)})
    return ", ".join(parts)


def target_line(found: Measured | None) -> SafeString:
    """One line: dot for what was reached, tick for what is expected by then, box for the forecast, dotted the target.

    Higher is better: from 70 to 110 % of the target. Lower is better and bands: a scale of their own, the good side
    shaded. What lies off the scale is an arrow at its end.
    """
    if found is None:
        return mark_safe("")
    goal, facts = found.goal, found.facts
    low, high = _scale(found)

    def at(value: Decimal) -> float:
        share = (value - low) / (high - low)
        return round(EDGE + float(min(max(share, Decimal(0)), Decimal(1))) * (WIDTH - 2 * EDGE), 1)

    middle, parts = HEIGHT / 2, [f'<path class="line-axis" d="M{EDGE} {HEIGHT / 2}H{WIDTH - EDGE}"/>']
    if goal.kind == Kind.BAND or goal.downwards:
        left = at(goal.low) if goal.kind == Kind.BAND and goal.low is not None else EDGE
        right = at(goal.high) if goal.high is not None else at(goal.end)
        parts.insert(0, f'<rect class="line-good" x="{left}" y="2" width="{max(1, right - left):.1f}" height="20"/>')
    if facts.foreseen:
        left, right = (at(edge) for edge in facts.foreseen)
        parts.append(f'<rect class="line-box" x="{left}" y="5" width="{max(2, right - left):.1f}" height="14"/>')
    for edge in [goal.low, goal.high] if goal.kind == Kind.BAND else [goal.end]:
        if edge is not None:
            parts.append(f'<path class="line-aim" d="M{at(edge)} 2V22"/>')
    if goal.kind != Kind.BAND:
        parts.append(f'<path class="line-tick" d="M{at(found.expected)} 4V20"/>')
    if facts.reached is not None:
        parts.append(_dot(facts.reached, low, high, at(facts.reached), middle))
    return format_html(
        '<svg class="target-line" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" aria-label="{2}">{3}</svg>',
        WIDTH,
        HEIGHT,
        line_words(found),
        mark_safe("".join(parts)),
    )


def _dot(value: Decimal, low: Decimal, high: Decimal, x: float, y: float) -> str:
    if value < low:
        return f'<path class="line-dot" d="M{x - 5} {y}l8 -5v10z"/>'
    if value > high:
        return f'<path class="line-dot" d="M{x + 5} {y}l-8 -5v10z"/>'
    return f'<circle class="line-dot" cx="{x}" cy="{y}" r="4.5"/>'


def _scale(found: Measured) -> tuple[Decimal, Decimal]:
    goal, facts = found.goal, found.facts
    if goal.kind != Kind.BAND and not goal.downwards and goal.end > 0:
        return goal.end * LEAST, goal.end * MOST
    shown: list[Any] = [goal.begin, goal.end, goal.low, goal.high, facts.reached, *(facts.foreseen or ())]
    known = [n for n in shown if n is not None]
    room = (max(known) - min(known)) / 8 or abs(goal.end) / 5 or Decimal(1)
    return min(known) - room, max(known) + room
