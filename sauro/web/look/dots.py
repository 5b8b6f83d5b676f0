"""The six dots: which of the six clears (sáu rõ) a task has. A figure of three above and three below.

Above stand người, việc, thời gian; below trách nhiệm, sản phẩm, thẩm quyền. The order never changes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

CLEARS = (
    gettext_lazy("người"),
    gettext_lazy("việc"),
    gettext_lazy("thời gian"),
    gettext_lazy("trách nhiệm"),
    gettext_lazy("sản phẩm"),
    gettext_lazy("thẩm quyền"),
)
STATES = ("clear", "unclear", "pending")

_DISC = '<circle class="dot-clear" cx="{x}" cy="{y}" r="4"/>'
_RING = '<circle class="dot-unclear" cx="{x}" cy="{y}" r="3.2" fill="none" stroke-width="1.6"/>'
_HALF = (
    '<circle class="dot-half" cx="{x}" cy="{y}" r="3.4" fill="none" stroke-width="1.2"/>'
    '<path class="dot-clear" d="M{x} {top}a4 4 0 0 0 0 8z"/>'
)
_FORMS = {"clear": _DISC, "unclear": _RING, "pending": _HALF}


def shapes(states: tuple[str, ...]) -> str:
    """The six SVG shapes for six states in a box of 33 × 21: discs of 8 px, 11 apart across and 10 down."""
    out = []
    for index, state in enumerate(states):
        x, y = 5.5 + (index % 3) * 11, 5.5 + (index // 3) * 10
        out.append(_FORMS[state].format(x=f"{x:g}", y=f"{y:g}", top=f"{y - 4:g}"))
    return "".join(out)


def sentence(states: tuple[str, ...], missing: str = "") -> str:
    """What the dots say: "Sáu rõ 5/6. Chưa rõ trách nhiệm: chưa ghi phần việc …".

    `missing` is the sentence of the model; where it is empty the clears that are open are named.
    Raises ValueError when there aren't six states.
    """
    if len(states) != len(CLEARS):
        raise ValueError(f"six states expected, got {len(states)}")
    clear = states.count("clear")
    text = _("Sáu rõ %(n)d/6.") % {"n": clear}
    if clear == len(CLEARS):
        return text
    if missing:
        return f"{text} {missing}"
    parts = []
    for state, word in (("unclear", _("Chưa rõ")), ("pending", _("Chờ xác nhận"))):
        names = ", ".join(str(name) for name, s in zip(CLEARS, states, strict=True) if s == state)
        if names:
            parts.append(f"{word} {names}.")
    return " ".join([text, *parts])


@lru_cache(maxsize=4096)
def _draw(states: tuple[str, ...], missing: str, language: str | None) -> SafeString:
    said = sentence(states, missing)
    return format_html(
        '<span class="dots" role="img" tabindex="0" aria-label="{0}" data-tip="{0}">'
        '<svg width="33" height="21" viewBox="0 0 33 21" aria-hidden="true" focusable="false">{1}</svg>'
        '<span class="dots-n" aria-hidden="true">{2}/6</span></span>',
        said,
        mark_safe(shapes(states)),
        states.count("clear"),
    )


def draw(clears: Any) -> SafeString:
    """The dots of an object with `states` (six of STATES in the fixed order) and `missing` (a sentence or empty)."""
    return _draw(tuple(clears.states), str(getattr(clears, "missing", "") or ""), get_language())


def figure(states: tuple[str, ...] = ("clear",) * 6, size: int = 33, kind: str = "sign") -> SafeString:
    """The same figure as the mark of the product or of an empty state; `kind` is its CSS class. Decorative."""
    return format_html(
        '<svg class="{}" width="{}" height="{}" viewBox="0 0 33 21" aria-hidden="true" focusable="false">{}</svg>',
        kind,
        size,
        round(size * 21 / 33),
        mark_safe(shapes(states)),
    )
