"""Progress bars: what is done, and a tick where it should be by now. SVG, so that no inline style is needed."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .text import vnumber


def clamp(value: Decimal | float | int) -> Decimal:
    """A percentage held between 0 and 100."""
    return min(Decimal(100), max(Decimal(0), Decimal(str(value))))


@lru_cache(maxsize=2048)
def _line(percent: Decimal, expected: Decimal | None, height: int, language: str | None) -> SafeString:
    said = _("Đạt %(percent)s%%") % {"percent": vnumber(percent)}
    tick: SafeString | str = ""
    if expected is not None:
        said += ", " + _("nhịp dự kiến %(percent)s%%") % {"percent": vnumber(expected)}
        tick = format_html(
            '<rect class="bar-tick" x="{}%" y="{}" width="3" height="{}" transform="translate(-1.5)"/>',
            clamp(expected),
            -height // 2,
            height * 2,
        )
    return format_html(
        '<svg class="bar" role="img" aria-label="{0}" width="100%" height="{1}" focusable="false">'
        '<rect class="bar-rest" width="100%" height="{1}" rx="{2}"/>'
        '<rect class="bar-done" width="{3}%" height="{1}" rx="{2}"/>{4}</svg>',
        said,
        height,
        min(3, height / 2),
        clamp(percent),
        tick,
    )


def line(percent: Decimal | float | int, expected: Decimal | float | int | None = None, height: int = 6) -> SafeString:
    """The bar alone, as wide as its place."""
    return _line(Decimal(str(percent)), None if expected is None else Decimal(str(expected)), height, get_language())


def progress(
    percent: Decimal | float | int | None, expected: Decimal | float | int | None = None, note: str = ""
) -> SafeString:
    """A bar with its number over it, as tables show it; an en dash where there is no number."""
    if percent is None:
        return format_html('<span class="progress-none" title="{}">–</span>', _("chưa có số"))
    return format_html(
        '<span class="progress-cell"><span class="progress-n">{}%</span>{}{}</span>',
        vnumber(percent),
        line(percent, expected),
        format_html('<span class="meta">{}</span>', note) if note else "",
    )
