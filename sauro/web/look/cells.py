"""The four cells of State reporting: done on time, done late, open in time, open overdue. They add up to the total.

Hue says in time or late; solid says finished, hatched says open. The hatches are patterns of the base template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from .text import vnumber

KEYS = ("done_on_time", "done_late", "open_in_time", "open_overdue")
LABELS: dict[str, Promise] = {
    "done_on_time": gettext_lazy("Hoàn thành đúng hạn"),
    "done_late": gettext_lazy("Hoàn thành quá hạn"),
    "open_in_time": gettext_lazy("Chưa hoàn thành, trong hạn"),
    "open_overdue": gettext_lazy("Chưa hoàn thành, quá hạn"),
}
SHORT: dict[str, Promise] = {
    "done_on_time": gettext_lazy("đúng hạn"),
    "done_late": gettext_lazy("xong, quá hạn"),
    "open_in_time": gettext_lazy("trong hạn"),
    "open_overdue": gettext_lazy("chưa xong, quá hạn"),
}
PARAM = "tinh_trang"
GAP = 2
LEAST = 3


@dataclass(frozen=True, slots=True)
class Cells:
    """Four counts of tasks, in the order of State reports."""

    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0

    @property
    def total(self) -> int:
        """The sum of the four: every task counted once."""
        return self.done_on_time + self.done_late + self.open_in_time + self.open_overdue

    def __iter__(self) -> Any:
        return iter((self.done_on_time, self.done_late, self.open_in_time, self.open_overdue))


def cells_of(counts: Any) -> Cells:
    """Four counts from a Cells, a mapping or an object with KEYS, or a sequence of four; None counts as nought."""
    if isinstance(counts, Cells):
        return counts
    if isinstance(counts, Mapping):
        return Cells(*(int(counts.get(key) or 0) for key in KEYS))
    if hasattr(counts, KEYS[0]):
        return Cells(*(int(getattr(counts, key) or 0) for key in KEYS))
    four = tuple(int(n or 0) for n in counts)
    if len(four) != len(KEYS):
        raise ValueError(f"four counts expected, got {len(four)}")
    return Cells(*four)


def widths(counts: Cells, width: float) -> tuple[float, ...]:
    """How many of `width` pixels each cell takes, gaps of 2 px apart; a cell above nought never under 3 px."""
    live = [n for n in counts if n]
    if not live:
        return (0.0,) * len(KEYS)
    room = max(0.0, width - GAP * (len(live) - 1))
    shares = [room * n / counts.total for n in counts]
    short = [n > 0 and share < LEAST for n, share in zip(counts, shares, strict=True)]
    if any(short):
        taken = LEAST * sum(short)
        rest = sum(n for n, is_short in zip(counts, short, strict=True) if not is_short)
        shares = [
            LEAST if is_short else max(LEAST, (room - taken) * n / rest) if n else 0.0
            for n, is_short in zip(counts, short, strict=True)
        ]
    return tuple(shares)


def sentence(counts: Cells) -> str:
    """What the bar says: "Đúng hạn 13, xong quá hạn 2, trong hạn 9, chưa xong quá hạn 3, tổng 27"."""
    return _("Đúng hạn %(a)d, xong quá hạn %(b)d, trong hạn %(c)d, chưa xong quá hạn %(d)d, tổng %(total)d") % {
        "a": counts.done_on_time,
        "b": counts.done_late,
        "c": counts.open_in_time,
        "d": counts.open_overdue,
        "total": counts.total,
    }


@lru_cache(maxsize=4096)
def _bar(counts: Cells, width: int, height: int, fluid: bool, language: str | None) -> SafeString:
    """A fluid bar is laid out in hundredths of its place, so that hatches and edges keep their size in pixels."""
    rects, at = [], 0.0
    unit = "%" if fluid else ""
    scale = 100 / width if fluid else 1
    for key, share in zip(KEYS, widths(counts, width), strict=True):
        if not share:
            continue
        edge = 0.5 if key == "open_in_time" else 0
        inset = 0 if fluid else edge
        rects.append(
            f'<rect class="cell-{key}" x="{(at + inset) * scale:.2f}{unit}" y="{edge:g}" '
            f'width="{(share - 2 * inset) * scale:.2f}{unit}" height="{height - 2 * edge:g}"/>'
        )
        at += share + GAP
    return format_html(
        '<svg class="cellbar" role="img" aria-label="{}" width="{}" height="{}" focusable="false">{}</svg>',
        sentence(counts),
        "100%" if fluid else max(1, round(at - GAP)),
        height,
        mark_safe("".join(rects)),
    )


def bar(counts: Any, width: int = 366, height: int = 14, most: int = 0) -> SafeString:
    """The bar alone. `width` px stand for `most` tasks; without `most`, for the total of this row."""
    cells = cells_of(counts)
    if most > cells.total:
        width = max(12, round(width * cells.total / most))
    return _bar(cells, width, height, not most, get_language())


@lru_cache(maxsize=8)
def swatch(key: str, width: int = 12, height: int = 12) -> SafeString:
    """A small sample of one cell's fill, for legends and the strip. Decorative: the label stands beside it."""
    inset = 0.5 if key == "open_in_time" else 0
    return format_html(
        '<svg class="swatch" width="{0}" height="{1}" aria-hidden="true" focusable="false">'
        '<rect class="cell-{2}" x="{3}" y="{3}" width="{4}" height="{5}" rx="2"/></svg>',
        width,
        height,
        key,
        inset,
        width - 2 * inset,
        height - 2 * inset,
    )


def href(base_url: str, key: str) -> str:
    """The address of the list that shows what one cell counts: `base_url` with the filter added."""
    joint = "&" if "?" in base_url else "?"
    return f"{base_url}{joint}{urlencode({PARAM: key})}"


def legend(counts: Any, base_url: str = "") -> SafeString:
    """The four numbers with their words; with `base_url` each opens the list filtered to it."""
    cells = cells_of(counts)
    items = []
    for key, count in zip(KEYS, cells, strict=True):
        words = f"{vnumber(count)} {SHORT[key]}"
        text = (
            format_html('<a href="{}">{}</a>', href(base_url, key), words)
            if base_url and count
            else format_html("<span>{}</span>", words)
        )
        late = " is-late" if key == "open_overdue" and count else ""
        items.append((f"cells-item{late}", swatch(key), text))
    return format_html('<ul class="cells-legend">{}</ul>', format_html_join("", '<li class="{}">{}{}</li>', items))


def strip(counts: Any, base_url: str = "", total_label: str = "", current: str = "") -> SafeString:
    """Four counts and their total over a list. Each opens the list filtered to it; `current` is the one chosen."""
    cells = cells_of(counts)
    out = []
    for key, count in zip(KEYS, cells, strict=True):
        late = " is-late" if key == "open_overdue" and count else ""
        inner = format_html(
            '{}<span class="strip-text"><b class="count">{}</b> <span class="strip-label">{}</span></span>',
            swatch(key, 16, 34),
            vnumber(count),
            LABELS[key],
        )
        chosen = mark_safe(' aria-current="true"') if key == current else ""
        if base_url and count:
            out.append(
                format_html('<a class="strip-cell{}" href="{}"{}>{}</a>', late, href(base_url, key), chosen, inner)
            )
        else:
            out.append(format_html('<div class="strip-cell{}"{}>{}</div>', late, chosen if base_url else "", inner))
    out.append(
        format_html(
            '<div class="strip-cell strip-total"><span class="strip-text"><b class="count">{}</b> '
            '<span class="strip-label">{}</span></span></div>',
            vnumber(cells.total),
            total_label or _("Tổng, khớp bộ lọc"),
        )
    )
    return format_html('<div class="strip">{}</div>', format_html_join("", "{}", ((part,) for part in out)))
