"""Two windows on one draft: what differs, field by field, so that nothing typed is lost."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from sauro.monitoring.models import Report
from sauro.monitoring.services import AskedFigure
from sauro.web.reports.figures import field_name, label_of

FIELDS: dict[str, str | Promise] = {
    "progress": gettext_lazy("Tiến độ"),
    "done_text": gettext_lazy("Kết quả đã làm"),
    "difficulties": gettext_lazy("Khó khăn, vướng mắc"),
    "proposals": gettext_lazy("Đề xuất, kiến nghị"),
}
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(slots=True)
class Difference:
    """One field that was typed here and saved elsewhere with different content."""

    name: str
    label: str | Promise
    mine: str
    theirs: str
    mine_marked: SafeString
    theirs_marked: SafeString


def differences(typed: Mapping[str, Any], theirs: Report, asked: Sequence[AskedFigure] = ()) -> list[Difference]:
    """The fields whose typed value is not what was saved elsewhere, with the words that differ marked; figures among
    them under the names of their fields."""
    found = []
    for name, label in FIELDS.items():
        if name not in typed:
            continue
        mine, saved = str(typed[name]).strip(), str(getattr(theirs, name)).strip()
        if mine != saved:
            found.append(Difference(name, label, mine, saved, *marked(mine, saved)))
    figures = typed.get("figures", {})
    for figure in asked:
        for name, saved in figure.typed(theirs.figures).items():
            mine = figures.get(figure.key(name), saved)
            if mine != saved:
                label = label_of(figure, name)
                found.append(Difference(field_name(figure, name), label, mine, saved, *marked(mine, saved)))
    return found


def marked(a: str, b: str) -> tuple[SafeString, SafeString]:
    """Both texts as HTML, with the words that only one of them has in <mark>."""
    left, right = _WORDS.findall(a), _WORDS.findall(b)
    ours: list[tuple[bool, str]] = []
    others: list[tuple[bool, str]] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        ours.append((tag != "equal", "".join(left[i:j])))
        others.append((tag != "equal", "".join(right[k:m])))
    return _html(ours), _html(others)


def _html(parts: list[tuple[bool, str]]) -> SafeString:
    drawn = ((format_html("<mark>{}</mark>", text) if differs and text.strip() else text,) for differs, text in parts)
    return format_html_join("", "{}", drawn)
