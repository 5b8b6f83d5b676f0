"""Periods and names of work in words, as the home page, the calendar and the reports say them."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})))?")
ROMAN = ("", "I", "II", "III", "IV")
# Each by itself: other languages call months by name.
MONTHS = (
    gettext_lazy("tháng 1"),
    gettext_lazy("tháng 2"),
    gettext_lazy("tháng 3"),
    gettext_lazy("tháng 4"),
    gettext_lazy("tháng 5"),
    gettext_lazy("tháng 6"),
    gettext_lazy("tháng 7"),
    gettext_lazy("tháng 8"),
    gettext_lazy("tháng 9"),
    gettext_lazy("tháng 10"),
    gettext_lazy("tháng 11"),
    gettext_lazy("tháng 12"),
)


def period_words(text: str, *, year: bool = False) -> str:
    """ "2026-11" → "tháng 11", "2026-Q4" → "quý IV", "2026-H1" → "6 tháng đầu năm", "2026" → "năm 2026".

    `year` adds the year. What isn't a period is given back as it is.
    """
    found = _PERIOD.fullmatch(text)
    if not found:
        return text
    y, quarter, half, month = found.groups()
    if half:
        words = _("6 tháng đầu năm") if half == "1" else _("6 tháng cuối năm")
        return f"{words} {y}" if year else words
    if quarter:
        words = _("quý %(n)s") % {"n": ROMAN[int(quarter)]}
    elif month and 1 <= int(month) <= 12:
        words = str(MONTHS[int(month) - 1])
    elif month:
        return text
    else:
        return _("năm %(year)s") % {"year": y}
    return _("%(period)s/%(year)s") % {"period": words, "year": y} if year else words
