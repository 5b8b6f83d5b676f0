"""The bar of a round: accepted, waiting, returned, missing. SVG, so that no inline style is needed."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sauro.monitoring.rounds import Counts

PARTS = ("accepted", "waiting", "returned", "missing")
GAP = 0.3


def bar(counts: Counts, height: int = 12) -> SafeString:
    """The bar as wide as its place; what it shows is also said in words."""
    live = [name for name in PARTS if getattr(counts, name)]
    room = 100 - GAP * max(0, len(live) - 1)
    at, rects = 0.0, []
    for name in live:
        width = room * getattr(counts, name) / counts.due
        rects.append((name, f"{at:.2f}", f"{width:.2f}", height))
        at += width + GAP
    words = _("Đã nhận %(a)d, đã nộp chờ nhận %(b)d, đã trả lại %(c)d, chưa nộp %(d)d, phải có %(total)d") % {
        "a": counts.accepted,
        "b": counts.waiting,
        "c": counts.returned,
        "d": counts.missing,
        "total": counts.due,
    }
    inner = format_html_join("", '<rect class="round-{}" x="{}%" y="0" width="{}%" height="{}"/>', rects)
    return format_html(
        '<svg class="cellbar" role="img" aria-label="{}" width="100%" height="{}" focusable="false">{}</svg>',
        words,
        height,
        inner,
    )


def sample(name: str) -> SafeString:
    """A sample of one part's fill, for its number."""
    return format_html(
        '<svg class="swatch" width="12" height="12" aria-hidden="true" focusable="false">'
        '<rect class="round-{}" width="12" height="12" rx="2"/></svg>',
        name,
    )
