"""Kinds of agency and the words each uses: who leads it, who keeps the office, who receives its report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sauro.quality.ready.files import read

_PLACE = re.compile(r"\{([A-Za-z]\w*)\}")


@dataclass(slots=True, frozen=True)
class AgencyKind:
    """A kind of agency. `terms`: the words that fill placeholders, each as it stands within a sentence."""

    kind: str
    label: str
    terms: Mapping[str, str] = field(hash=False)


@cache
def kinds() -> dict[str, AgencyKind]:
    """Every kind of agency by its key: bo, cuc, so, chi_cuc, xa, don_vi."""
    data = read("kinds.json")
    return {k["kind"]: AgencyKind(k["kind"], k["label"], data["common"] | k["terms"]) for k in data["kinds"]}


def terms_of(kind: str, agency_name: str, year: int, **own: str) -> dict[str, str]:
    """The words that fill placeholders for one agency; `own` words of the agency go before those of its kind.

    Raises `KeyError` for an unknown kind or an unknown word.
    """
    known = dict(kinds()[kind].terms)
    if strange := set(own) - set(known):
        raise KeyError(", ".join(sorted(strange)))
    return known | own | {"agency": agency_name, "year": str(year)}


def fill(value: Any, terms: Mapping[str, str]) -> Any:
    """A copy of text, list or dict with each "{word}" replaced; "{Word}" begins with a capital. What stands in square
    brackets is left for a person. Raises `KeyError` for a word that isn't in `terms`."""
    if isinstance(value, str):
        return _PLACE.sub(lambda m: _word(m[1], terms), value)
    if isinstance(value, list):
        return [fill(v, terms) for v in value]
    if isinstance(value, dict):
        return {k: fill(v, terms) for k, v in value.items()}
    return value


def _word(name: str, terms: Mapping[str, str]) -> str:
    if name in terms:
        return terms[name]
    word = terms[name[:1].lower() + name[1:]]
    return word[:1].upper() + word[1:]
