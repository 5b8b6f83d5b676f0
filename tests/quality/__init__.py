"""Addresses of the quality room for `tests.addresses`, a file a part."""

from tests.quality import audits, basis, context, documents, feedback, improvement, people, reviews, start, year

# What is published is taken before the plan becomes the cycle of the quality system, which has no objectives to show.
PARTS = (documents, basis, context, people, feedback, improvement, audits, year, start, reviews)
