"""Tốt, Trung bình, Kém: three rising steps and the word. The number of filled steps is the signal, not the hue."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS: dict[str, Promise] = {
    "good": gettext_lazy("Tốt"),
    "fair": gettext_lazy("Trung bình"),
    "poor": gettext_lazy("Kém"),
}
FILLED = {"good": 3, "fair": 2, "poor": 1}


def steps(level: str) -> SafeString:
    """The three steps alone; decorative, the word stands beside them."""
    drawn = "".join(
        f'<rect class="{"level-full" if n < FILLED[level] else "level-empty"}" x="{n * 7 + 0.5}" y="{8.5 - n * 4}" '
        f'width="5" height="{5 + n * 4}"/>'
        for n in range(3)
    )
    return mark_safe(  # numbers and names of our own only
        f'<svg class="level-steps level-{level}" width="20" height="14" viewBox="0 0 20 14" aria-hidden="true" '
        f'focusable="false">{drawn}</svg>'
    )


def draw(level: str) -> SafeString:
    """Steps and word of a level; "" gives nothing."""
    if level not in WORDS:
        return SafeString("")
    return format_html('<span class="level">{}<span>{}</span></span>', steps(level), WORDS[level])


def suggestion(level: str) -> SafeString:
    """ "gợi ý: Tốt", beside a rating and never in its place; "" gives nothing."""
    if level not in WORDS:
        return SafeString("")
    return format_html('<span class="level-hint">{}</span>', _("gợi ý: %(level)s") % {"level": WORDS[level]})
