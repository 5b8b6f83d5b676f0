"""The verbs of the quality room in words, a file a part."""

from django.utils.functional import Promise

from sauro.web.quality.deeds import audits, context, documents, feedback, heart, improvement, reviews, start, year

DEEDS: dict[str, str | Promise] = {}
for _part in (heart, documents, context, improvement, audits, feedback, year, reviews, start):
    DEEDS.update(_part.DEEDS)
