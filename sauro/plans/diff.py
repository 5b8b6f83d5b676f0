"""What a later decision changes in a plan, task by task. Pure: two drafts in, changes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from rapidfuzz import fuzz

from sauro.documents.editing import schedule_words
from sauro.reading.draft import DraftTask, Schedule
from sauro.vietnamese.text import fold

Kind = Literal["added", "changed", "moved", "ended"]
# What is compared, in the order in which it is shown.
FIELDS = (
    "ref", "title", "group", "lead_units", "coordinating_units", "schedule_text", "schedule", "products", "milestones",
    "measurement", "report_frequency", "records", "origin_footnote", "authority", "note",
)  # fmt: skip
SAME_TITLE, LIKE_TITLE = 97.0, 72.0


@dataclass(slots=True)
class Change:
    """One difference. `old`, `new`: indices in the two lists of tasks; `fields`: {name: [before, after]} in words.

    `moved`: the lead units are others, whatever else changed too.
    """

    kind: Kind
    old: int | None = None
    new: int | None = None
    fields: dict[str, list[str]] = field(default_factory=dict)


def compare(old: Sequence[DraftTask], new: Sequence[DraftTask], *, whole: bool) -> list[Change]:
    """The changes that lead from `old` to `new`.

    `whole`: the new list replaces the old one, so a task that isn't in it has ended; else the new list holds only what
    is added or changed. Tasks are the same when their titles are nearly the same, or when number and most of the title
    are; a task is never matched twice.
    """
    pairs = _match(old, new)
    changes = []
    for j, task in enumerate(new):
        i = pairs.get(j)
        if i is None:
            changes.append(Change("added", new=j))
        elif fields := _differences(old[i], task):
            changes.append(Change("moved" if "lead_units" in fields else "changed", i, j, fields))
    if whole:
        kept = set(pairs.values())
        changes += [Change("ended", old=i) for i in range(len(old)) if i not in kept]
    return changes


def _match(old: Sequence[DraftTask], new: Sequence[DraftTask]) -> dict[int, int]:
    titles = [fold(t.title) for t in old]
    scored = []
    for j, task in enumerate(new):
        title = fold(task.title)
        for i, known in enumerate(titles):
            score = 100.0 if title == known else fuzz.ratio(title, known, score_cutoff=LIKE_TITLE)
            same_ref = bool(task.ref) and task.ref == old[i].ref
            if score >= SAME_TITLE or (same_ref and score >= LIKE_TITLE):
                scored.append((score + (1 if same_ref else 0), -abs(i - j), j, i))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, j, i in sorted(scored, reverse=True):
        if j not in pairs and i not in taken:
            pairs[j] = i
            taken.add(i)
    return pairs


def _differences(a: DraftTask, b: DraftTask) -> dict[str, list[str]]:
    found = {}
    for name in FIELDS:
        before, after = getattr(a, name), getattr(b, name)
        if before != after:
            found[name] = [words(before), words(after)]
    if "schedule" in found and "schedule_text" in found:
        del found["schedule_text"]
    return found


def words(value: Any) -> str:
    """A field's value as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, Schedule):
        return schedule_words(value)
    if isinstance(value, list):
        return "\n".join(words(v) for v in value)
    if hasattr(value, "text"):
        due = getattr(value, "due", None)
        return f"{due:%d/%m/%Y} {value.text}" if due else value.text
    return str(value)
