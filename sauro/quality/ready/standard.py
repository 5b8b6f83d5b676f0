"""The standard as data: clause numbers by edition with the software's own short labels, and the way between editions.

The wording of TCVN ISO 9001 is protected and stands nowhere here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sauro.quality.ready.files import read

Owner = Literal["leader", "qmr", "office", "units"]
Change = Literal["same", "extended", "split"]
EDITIONS = ("2015", "2026")
CURRENT = "2015"


@dataclass(slots=True, frozen=True)
class Clause:
    """One clause of an edition.

    `answered_by`: kinds of thing that answer it, keys of `answer_labels()`; `may_not_apply`: it may be left out of the
    scope with a reason, `why_not` is a usual one (4.3); `climate`: asks whether climate change matters;
    `evidence`: what an auditor is usually shown; `leaf`: it has no clause below, so questions are asked here.
    """

    number: str
    label_vi: str
    label_en: str
    answered_by: tuple[str, ...]
    owner: Owner
    evidence: tuple[str, ...] = ()
    may_not_apply: bool = False
    climate: bool = False
    why_not: str = ""
    leaf: bool = True

    @property
    def parent(self) -> str | None:
        """The number of the clause above, None for a chapter."""
        return self.number.rpartition(".")[0] or None

    @property
    def level(self) -> int:
        """1 for a chapter, 2 for "4.1" …"""
        return self.number.count(".") + 1

    @property
    def key(self) -> tuple[int, ...]:
        """For sorting: 10.2 after 9.3."""
        return clause_key(self.number)


@dataclass(slots=True, frozen=True)
class Edition:
    """An edition: `settled` False while it is a draft of the standards body."""

    edition: str
    name: str
    settled: bool
    note: str


@dataclass(slots=True, frozen=True)
class Pair:
    """Where a clause of the older edition is found in the newer."""

    old: str
    new: str
    change: Change
    note: str = ""


def clause_key(number: str) -> tuple[int, ...]:
    """A clause number for sorting. Raises `ValueError` when it is none."""
    return tuple(int(part) for part in number.split("."))


@cache
def edition(name: str = CURRENT) -> Edition:
    """What is known of an edition. Raises `KeyError` for one that isn't in `EDITIONS`."""
    data = _data(name)
    return Edition(data["edition"], data["name"], data["settled"], data["note"])


@cache
def clauses(name: str = CURRENT) -> tuple[Clause, ...]:
    """Every clause of an edition, chapters 4 to 10, in order. Raises `KeyError`."""
    rows = _data(name)["clauses"]
    parents = {row["number"].rpartition(".")[0] for row in rows}
    return tuple(
        Clause(
            **{
                **row,
                "answered_by": tuple(row["answered_by"]),
                "evidence": tuple(row.get("evidence", ())),
                "leaf": row["number"] not in parents,
            }
        )
        for row in rows
    )


def clause(number: str, name: str = CURRENT) -> Clause:
    """One clause. Raises `KeyError`."""
    return _by_number(name)[number]


@cache
def mapping() -> tuple[Pair, ...]:
    """Every pair of clauses from 2015 to 2026; a clause that was split stands in several."""
    return tuple(Pair(**pair) for pair in read("standard/mapping.json")["pairs"])


def to_new(number: str) -> list[str]:
    """The clauses of 2026 that take up one of 2015."""
    return [p.new for p in mapping() if p.old == number]


def to_old(number: str) -> list[str]:
    """The clauses of 2015 that one of 2026 comes from."""
    return [p.old for p in mapping() if p.new == number]


def evidence_english() -> dict[str, str]:
    """What an auditor is usually shown, in English, by the Vietnamese words of `Clause.evidence`."""
    return dict(read("standard/evidence_en.json"))


def answer_labels() -> dict[str, str]:
    """Vietnamese words for the kinds of thing that answer a clause."""
    return dict(read("standard/answers.json"))


@cache
def _by_number(name: str) -> dict[str, Clause]:
    return {c.number: c for c in clauses(name)}


def _data(name: str) -> dict:  # type: ignore[type-arg]
    if name not in EDITIONS:
        raise KeyError(name)
    return read(f"standard/{name}.json")  # type: ignore[no-any-return]
