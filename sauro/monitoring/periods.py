"""Periods in the language of whoever reads."""

from __future__ import annotations

from django.utils.translation import get_language

from sauro.vietnamese.periods import Period


def period_words(period: Period) -> str:
    """A period in the reader's language: "Tháng 11/2026", "November 2026"."""
    return period.label_en if get_language() == "en" else period.label
