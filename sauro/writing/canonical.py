"""The form in which a plan is stored and written: NFC, blanks squeezed, nothing empty kept as text."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, TypeVar

from sauro.reading.draft import Article, Draft, Signer
from sauro.vietnamese.text import squeeze
from sauro.writing.text import clean

T = TypeVar("T")
# Openers drop these: they show nothing.
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")


def words(text: str) -> str:
    """One line of text as it is stored."""
    return squeeze(_UNSEEN.sub("", clean(text)))


def canonical(draft: Draft) -> Draft:
    """A copy of `draft` whose every text is as a reading would give it. Idempotent; traces and doubts are kept."""
    out = _walk(draft)
    if out.document.signer == Signer():
        out.document.signer = None
    out.document.articles = [a for a in out.document.articles if a.number]
    return out


def _walk(value: Any) -> Any:
    if isinstance(value, str):
        return words(value)
    if isinstance(value, list):
        return [item for item in map(_walk, value) if item != ""]
    if isinstance(value, Article):
        lines = [words(line) for line in value.text.replace("\r", "\n").split("\n")]
        return Article(words(value.number), "\n".join(line for line in lines if line))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes: dict[str, Any] = {}
        for field in dataclasses.fields(value):
            if not field.compare:
                continue
            new = _walk(getattr(value, field.name))
            # An optional field has None where it says nothing; a required one keeps its empty text.
            changes[field.name] = None if new == "" and "None" in str(field.type) else new
        return dataclasses.replace(value, **changes)
    return value
