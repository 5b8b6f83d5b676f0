"""Difficulties and proposals of many units made into few statements, each with who said it. The gathering is pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from sauro.monitoring.models import Round
from sauro.monitoring.rounds.conflicts import reports_in
from sauro.vietnamese.text import fold, squeeze

# From which likeness (0–100, words in any order) two statements are one: "chưa được cấp tài khoản khai thác" and "tài
# khoản khai thác chưa được cấp"; under it they are kept apart, for a statement lost is worse than one said twice.
ALIKE = 88
_SIGNS = re.compile(r"[^\w\s%]")
_LINE = re.compile(r"^\s*(?:[-–+•*]|\d{1,2}[.)]|[a-zđ]\))\s+")
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
_NOTHING = {"", "khong", "khong co", "chua co", "chua phat sinh", "khong phat sinh", "none", "no"}


@dataclass(slots=True, frozen=True)
class Said:
    """One statement as one unit made it; `ref`: of which task, empty where of the plan as a whole."""

    text: str
    unit: str
    ref: str = ""


@dataclass(slots=True)
class Statement:
    """What one or more units said, in the words of the fullest of them."""

    text: str
    said: list[Said] = field(default_factory=list)

    @property
    def units(self) -> list[str]:
        """Who said it, each once, in the order in which they did."""
        return list(dict.fromkeys(s.unit for s in self.said))

    @property
    def refs(self) -> list[str]:
        """Of which tasks."""
        return list(dict.fromkeys(s.ref for s in self.said if s.ref))


def split_lines(text: str) -> list[str]:
    """The statements in one field: a line each, without its dash or number; lines that say "không có" are none."""
    lines = (squeeze(_LINE.sub("", line)) for line in text.splitlines())
    return [line for line in lines if _key(line) not in _NOTHING]


def _key(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", fold(text)).split())


def gather(said: Iterable[Said]) -> list[Statement]:
    """Statements that say the same become one; nothing said is lost and nobody who said it.

    The same is: the same folded words, or words at least `ALIKE` in likeness with the same numbers in them (40 firms
    and 400 firms are two statements). Those that most units name come first, else the order of saying is kept.
    """
    exact: dict[str, Statement] = {}
    for one in said:
        key = _key(one.text)
        if key in _NOTHING:
            continue
        statement = exact.setdefault(key, Statement(one.text))
        statement.said.append(one)
    # The same numbers in the same order: only within such a class can two be alike.
    classes: dict[tuple[str, ...], list[str]] = {}
    for key in exact:
        classes.setdefault(tuple(_NUMBERS.findall(key)), []).append(key)
    merged: dict[str, str] = {}
    for keys in classes.values():
        heads: list[str] = []
        for key in keys:
            hit = process.extractOne(key, heads, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE) if heads else None
            if hit:
                merged[key] = hit[0]
            else:
                heads.append(key)
    for key, head in merged.items():
        into, gone = exact[head], exact.pop(key)
        into.said += gone.said
        if len(gone.text) > len(into.text):
            into.text = gone.text
    order = {id(s): n for n, s in enumerate(exact.values())}
    return sorted(exact.values(), key=lambda s: (-len(s.units), order[id(s)]))


def statements_of(round: Round, field_name: str) -> tuple[list[Statement], int]:
    """What the units of a round named as `field_name` ("difficulties" or "proposals"), gathered; and how many
    statements there were before. One query."""
    rows = (
        reports_in(round)
        .exclude(**{field_name: ""})
        .order_by("task__order", "pk")
        .values_list(field_name, "unit__name", "unit__short_name", "task__ref")
    )
    said = [Said(line, short or name, ref or "") for text, name, short, ref in rows for line in split_lines(text)]
    return gather(said), len(said)
