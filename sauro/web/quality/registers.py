"""What small registers share: the filter by year, and a search without diacritics where no column is folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sauro.documents.models import search_words
from sauro.quality.models.base import folded_of
from sauro.web.listing import Filter

cached_fold = lru_cache(maxsize=20_000)(folded_of)


def year_filter(rows: QuerySet[Any], field: str = "year", *, also: int | None = None) -> Filter:
    """Choose one of the years that the rows have. `field`: where a row's year stands; `also`: a year always offered."""
    years = set(rows.order_by().values_list(field, flat=True).distinct()) | ({also} if also else set())
    choices = [(str(year), str(year)) for year in sorted(years, reverse=True)]
    return Filter("nam", _("Năm"), choices, lambda r, value: r.filter(**{field: int(value)}), _("Mọi năm"))


def holding(*fields: str) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    """A search for `Register`: rows whose fields together hold every word, with or without diacritics.

    `fields` may cross keys, those to many as well. Each row's texts are read and folded here: for registers of up to
    some thousand rows; bigger tables want a folded column or `sauro.words`.
    """

    def search(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        asked = search_words(words)
        if not asked:
            return rows
        texts: dict[int, list[str]] = defaultdict(list)
        for pk, *values in rows.order_by().values_list("pk", *fields):
            texts[pk] += [cached_fold(str(value)) for value in values if value]
        return rows.filter(pk__in=[pk for pk, held in texts.items() if all(w in " ".join(held) for w in asked)])

    return search
