"""Icons: outlines of the Tabler set, drawn into the page so that they print sharp and take the colour of the text."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_NAMES = """
activity alert-circle alert-triangle arrow-back-up arrow-down arrow-left arrow-narrow-down arrow-narrow-up
arrow-right arrow-up arrows-sort ban bell bolt book building calendar calendar-due calendar-event
calendar-time camera check chevron-down chevron-left chevron-right chevron-up circle circle-check
circle-dashed clipboard-check clock copy device-floppy dots dots-vertical download external-link eye file
file-check file-export file-import file-plus file-text file-type-doc file-type-docx file-type-pdf
file-type-xls file-x filter flag folder folder-down git-branch git-compare git-merge help history home
hourglass inbox info-circle key keyboard language link list loader-2 lock logout menu-2 message minus
paperclip pencil photo plus printer refresh repeat report-money rss search send settings shield-check
sitemap square-check star target trash upload user user-check user-plus users volume-off x
"""
ICONS = frozenset(_NAMES.split())


@lru_cache(maxsize=1)
def _shapes() -> dict[str, str]:
    path = Path(settings.NODE_MODULES) / "@iconify-json" / "tabler" / "icons.json"
    icons = json.loads(path.read_text(encoding="utf-8"))["icons"]
    return {name: icons[name]["body"].replace('stroke-width="2"', 'stroke-width="1.75"') for name in ICONS}


@lru_cache(maxsize=512)
def icon(name: str, size: int = 20) -> SafeString:
    """The outline `name` as inline SVG, `size` pixels square, hidden from screen readers: words stand beside it.

    Raises KeyError for a name that isn't in ICONS.
    """
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{1}</svg>',
        size,
        mark_safe(_shapes()[name]),
    )
