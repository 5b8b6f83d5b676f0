"""Tags of the quality room."""

from __future__ import annotations

from django import template

from sauro.web.quality import words

register = template.Library()
# {% clause_label clause %}, {% content_label content %}: labels in the language of the page.
register.simple_tag(words.clause_label)
register.simple_tag(words.content_label)
