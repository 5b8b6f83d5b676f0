"""Questions for an internal auditor: per clause, and made from the steps of a procedure (9.2.2).

Short enough to be asked from a phone while walking; own wording, to be edited by the agency.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sauro.quality.ready.files import read
from sauro.quality.ready.standard import CURRENT, clauses

LONGEST = 200  # characters that a phone shows without scrolling


@dataclass(slots=True, frozen=True)
class Question:
    """One question. `clause`: where its answer counts; `source`: the clause, or the procedure's code with the step;
    `look_for`: what to ask to see."""

    clause: str
    text: str
    about: Literal["clause", "procedure", "step", "record"] = "clause"
    source: str = ""
    look_for: tuple[str, ...] = ()


def for_clause(number: str, edition: str = CURRENT) -> list[Question]:
    """The questions of a clause and of every clause below it, in order. Raises `KeyError` for an unknown clause."""
    known = clauses(edition)
    if all(c.number != number for c in known):
        raise KeyError(number)
    return [q for q in bank(edition) if q.clause == number or q.clause.startswith(f"{number}.")]


def bank(edition: str = CURRENT) -> list[Question]:
    """Every question of an edition, in the order of its clauses."""
    data = read("questions.json")
    asked = data["clauses"] | data.get(edition, {})
    return [
        Question(c.number, text, "clause", c.number, c.evidence)
        for c in clauses(edition)
        if c.leaf
        for text in asked[c.number]
    ]


def for_procedure(
    code: str, steps: Iterable[Mapping[str, Any]], records: Iterable[Mapping[str, Any]] = ()
) -> list[Question]:
    """Questions about one procedure: as a whole (7.5.3), each step (8.5.1), each record (7.5.3).

    `steps`: as in a document's content, with "name" and, where known, "who", "how_long", "form"; `records`: with
    "title" and "code".
    """
    words = read("questions.json")["procedure"]
    made = [Question("7.5.3", text.format(code=code), "procedure", code) for text in words["whole"]]
    for no, step in enumerate(steps, 1):
        said = {key: str(step.get(key) or "").strip() for key in ("name", "who", "how_long", "form")}
        # "Ngay khi nhận" can't follow "trong": only a time that begins with a number is said.
        text = words["step"][_which(said)].format(no=no, **{**said, "how_long": _lower(said["how_long"])})
        if said["form"]:
            text += words["step"]["form"].format(form=said["form"])
        made.append(Question("8.5.1", text, "step", f"{code}#{no}", (said["form"],) if said["form"] else ()))
    for record in records:
        text = words["record"].format(title=record["title"])
        made.append(Question("7.5.3", text, "record", code, (record["code"],) if record.get("code") else ()))
    return made


def _which(said: Mapping[str, str]) -> str:
    timed = said["how_long"].lstrip("[")[:1].isdigit()
    if said["who"]:
        return "full" if timed else "who"
    return "how_long" if timed else "bare"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
