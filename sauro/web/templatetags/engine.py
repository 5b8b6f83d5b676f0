"""What the reading engine said, in the language of the page."""

from __future__ import annotations

from django import template

from sauro.documents.engine_words import said

register = template.Library()
register.filter("engine_said", said)
