"""The leader's page as one sheet of A4, set by Typst from the same rows and the same small pictures."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import IO, Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from sauro.web.look import cells
from sauro.web.look.targets import SIGNS, number, target_line, words_of
from sauro.web.look.text import dmy, vnumber
from sauro.web.look.trend import trend
from sauro.web.overview.shown import Line, Shown, error_note, last_rows, standing_note
from sauro.writing.text import clean
from sauro.writing.typesetting import typeset

# What the machine has of these; the last one Typst brings along.
FONTS = ("Source Sans 3", "Noto Sans", "Liberation Sans", "DejaVu Sans", "Libertinus Serif")
_WHOLE_FONTS = ("/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/liberation-sans-fonts")
_TEMPLATE = Path(__file__).with_name("overview.typ")
# The pages' style sheet says these to a browser; in a picture of its own they must stand inside.
_STYLE = (
    "<style>.cell-done_on_time{fill:#0E7C86}.cell-done_late{fill:#C47A00}"
    ".cell-open_in_time{fill:url(#o);stroke:#5B7F90}.cell-open_overdue{fill:url(#l)}"
    ".line-axis{stroke:#7a8691;fill:none}.line-good{fill:#e4f1f1}"
    ".line-box{fill:#1b4f93;fill-opacity:.22;stroke:#1b4f93}"
    ".line-aim{stroke:#17212b;stroke-width:1.4;stroke-dasharray:2 2}.line-tick{stroke:#17212b;stroke-width:3}"
    ".line-dot{fill:#1b4f93}</style>"
    '<defs><pattern id="o" width="4.2" height="4.2" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="4.2" height="4.2" fill="#C9DCE3"/><rect width="0.9" height="4.2" fill="#5B7F90"/></pattern>'
    '<pattern id="l" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="5" height="5" fill="#B3261E"/><rect width="1.5" height="5" fill="#fff"/></pattern></defs>'
)


def picture(svg: str) -> str:
    """A small picture of a page as one that stands by itself."""
    alone = svg if "xmlns" in svg else svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return re.sub(r"(<svg [^>]*>)", lambda m: m[1] + _STYLE, alone, count=1)


def _row(row: Line, most: int) -> dict[str, Any]:
    return {
        "name": clean(f"{row.number} {row.short or row.name}".strip()),
        "bar": picture(str(cells.bar(row.counts, width=64, height=11, most=most))) if row.counts.total else "",
        "counts": [vnumber(n) if n or i < 3 else "–" for i, n in enumerate(row.counts)],
        "late": bool(row.counts.open_overdue),
    }


def overview_data(shown: Shown, at: dt.datetime) -> dict[str, Any]:
    """Everything that the sheet says, as plain data. `at`: the local time of printing."""
    week, counts = shown.glance.week, shown.counts
    chart = shown.chart
    return {
        "lang": (get_language() or "vi")[:2],
        "fonts": FONTS,
        "title": _("Toàn cảnh tháng %(month)s") % {"month": f"{shown.on:%m/%Y}"},
        "agency": clean(shown.agency.name),
        "as_of": _("số liệu đến hết ngày %(day)s") % {"day": dmy(shown.on)},
        "week": [
            [f"+{vnumber(week.late)}", _("mới chậm trong 7 ngày")],
            [vnumber(week.saved), _("đã gỡ chậm")],
            [vnumber(week.done), _("vừa xong")],
        ],
        "cells": [
            [picture(str(cells.swatch(key, 12, 24))), vnumber(n), str(cells.LABELS[key])]
            for key, n in zip(cells.KEYS, counts, strict=True)
        ],
        "total": [vnumber(counts.total), _("nhiệm vụ")],
        "heads": [_("xong đúng"), _("xong trễ"), _("trong hạn"), _("quá hạn")],
        "by_unit": _("Theo đơn vị"),
        "unit": _("Đơn vị"),
        "units": [_row(row, shown.most_of_units) for row in shown.units],
        "whole": [_("Toàn cơ quan"), *map(vnumber, counts)],
        "by_plan": _("Theo kế hoạch"),
        "plans": [_row(row, shown.most_of_plans) for row in shown.plans],
        "targets_title": _("Chỉ tiêu, so với nhịp dự kiến"),
        "targets_heads": [_("Thực hiện / mục tiêu"), _("70 – 110% mục tiêu"), _("Đánh giá")],
        "targets": [
            {
                "name": clean(m.indicator.target.indicator),
                "level": clean(f"{number(m.facts.reached)} / {number(m.goal.end)} {m.indicator.unit_name}"),
                "line": picture(str(target_line(m))),
                "standing": f"{SIGNS[m.standing]} {words_of(m)}",
                "tone": str(m.standing.value),
                "note": standing_note(m),
            }
            for m in shown.targets
        ],
        "legend": _("● thực hiện, ┃ nhịp dự kiến, ▭ dự báo 80%, ┊ mục tiêu"),
        "chart": _chart(shown, chart) if chart else None,
        "pressing_title": _("Mười nhiệm vụ gấp nhất"),
        "pressing_note": _("trong %(n)s nhiệm vụ quá hạn") % {"n": vnumber(counts.open_overdue)},
        "pressing_heads": [_("Quá hạn"), _("Nhiệm vụ, người chịu trách nhiệm"), pgettext("chart", "Đạt")],
        "pressing": [
            {
                "when": row.when,
                "late": bool(row.days and row.days > 0),
                "title": clean(row.task.title),
                "who": clean(row.who),
                "reached": f"{row.task.progress}%",
            }
            for row in shown.pressing
        ],
        "warns_title": _("Cảnh báo sớm"),
        "warns": [[f"{w.words}: {vnumber(w.count)}", clean(w.first), w.figures] for w in shown.warns],
        "silent_title": _("Im lặng"),
        "silent": [[clean(s.name), words] for s, words in shown.silent],
        "nothing": "–",
        "foot": _("Sáu Rõ · in ngày %(at)s · trang 1/1") % {"at": f"{at:%d/%m/%Y %H:%M}"}
        + _(" · đen trắng vẫn đọc được: ô đặc là đã hoàn thành, ô sọc là chưa hoàn thành"),
    }


def _chart(shown: Shown, chart: dict[str, Any]) -> dict[str, Any]:
    found = shown.chosen
    assert found is not None
    words = [chart["words"]["expected"], chart["words"]["forecast"], standing_note(found), error_note(found)]
    return {
        "title": clean(", ".join(filter(None, [found.indicator.target.indicator, found.indicator.unit_name]))),
        "picture": picture(str(trend(chart))),
        "words": " · ".join(filter(None, words)),
        "heads": [pgettext("chart", "Đạt"), _("Nhịp")],
        "rows": [
            [label, "–" if actual is None else number(str(actual)), number(str(expected))]
            for _name, label, actual, expected in last_rows(chart)
        ],
    }


def write_overview_pdf(shown: Shown, at: dt.datetime, out: IO[bytes]) -> None:
    """Write the sheet with its fonts inside (Typst). Raises `OSError`."""
    out.write(typeset(_TEMPLATE, whole_fonts=_WHOLE_FONTS, sheet=overview_data(shown, at)))
