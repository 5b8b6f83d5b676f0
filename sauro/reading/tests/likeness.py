"""How like a reading is to the right one: each value that both hold, that one invents, that one lacks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from sauro.reading.text import key

Data = dict[str, Any]


@dataclass(slots=True)
class Likeness:
    """Counts of values; `wrong`: in words, what differs."""

    right: int = 0
    false: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, what: str, gold: object, read: object, same: bool | None = None) -> None:
        """One value: both empty counts for nothing."""
        if not gold and not read:
            return
        if same if same is not None else gold == read:
            self.right += 1
            return
        self.false += bool(gold) + bool(read)
        self.wrong.append(f"{what}: {gold!r} ≠ {read!r}")

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (2 * self.right + self.false) if self.right or self.false else 1.0


def likeness(gold: Data, read: Data) -> Likeness:
    """Compares a reading with the right one; both in the shape of the published schema."""
    found = Likeness()
    _head(found, gold["document"], read["document"])
    _targets(found, gold, read)
    _tasks(found, gold["tasks"], read["tasks"])
    _duties(found, gold["reporting_duties"], read["reporting_duties"])
    return found


def _like(a: str | None, b: str | None, least: int) -> bool:
    return fuzz.ratio(_plain(a), _plain(b)) >= least


def _plain(text: str | None) -> str:
    return re.sub(r"^[-+•]\s*", "", " ".join((text or "").casefold().split())).rstrip(" .;:,/")


def _head(found: Likeness, gold: Data, read: Data) -> None:
    also = gold.get("accept", {})
    for name in ("number", "type", "issuer", "issued_on", "title", "proposed_by"):
        values = [gold[name], *also.get(name, [])]
        found.add(name, gold[name], read[name], any(_like(v, read[name], 95) for v in values))
    for name in ("name", "position", "authority"):
        ours, theirs = (gold["signer"] or {}).get(name), (read["signer"] or {}).get(name)
        values = [ours, *also.get(f"signer_{name}", []), *also.get(name, [])]
        found.add(f"signer {name}", ours, theirs, any(_plain(v) == _plain(theirs) for v in values))
    found.add("recipients", [*map(_plain, gold["recipients"])], [*map(_plain, read["recipients"])])
    found.add("bases", _bases(gold), _bases(read))


def _bases(head: Data) -> list[tuple[str | None, str | None]]:
    return [(b["number"], b["date"]) for b in head["legal_bases"]]


def _targets(found: Likeness, gold: Data, read: Data) -> None:
    left = [t for o in read["objectives"] for t in o["targets"]]
    ours = [t for o in gold["objectives"] for t in o["targets"]]
    for target in sorted(ours, key=lambda t: bool(t.get("optional"))):
        match = next((t for t in left if _same_target(target, t)), None)
        if match is not None:
            left.remove(match)
        if not target.get("optional"):
            found.add("target", target["indicator"], match and match["indicator"], match is not None)
    for target in left:
        found.add("target", None, target["source_text"])


def _same_target(gold: Data, read: Data) -> bool:
    amounts = all(
        (gold[n] is None and read[n] is None)
        or (gold[n] is not None and read[n] is not None and abs(float(gold[n]) - float(read[n])) < 1e-9)
        for n in ("low", "high")
    )
    units = [gold["unit"], *gold.get("unit_accept", [])]
    words = max(
        fuzz.ratio(key(gold["indicator"]), key(read["indicator"])),
        fuzz.partial_ratio(key(gold["indicator"]), key(read["source_text"])),
    )
    return (
        amounts
        and _plain(read["unit"]) in map(_plain, units)
        and words >= 75
        and gold["comparator"] == read["comparator"]
        and gold["period"] == read["period"]
        and read["direction"] in [gold["direction"], *gold.get("direction_accept", [])]
        and gold["baseline_year"] == read["baseline_year"]
    )


def _tasks(found: Likeness, gold: list[Data], read: list[Data]) -> None:
    found.add("refs", [t["ref"] for t in gold], [t["ref"] for t in read])
    by_ref = {t["ref"]: t for t in read}
    for task in gold:
        other = by_ref.get(task["ref"])
        if other is None:
            continue
        where = f"task {task['ref']}"
        titles = [task["title"], *task.get("title_accept", [])]
        found.add(f"{where} title", task["title"], other["title"], any(_like(t, other["title"], 95) for t in titles))
        for name, more in (("lead_units", "lead_accept"), ("coordinating_units", "coordinating_accept")):
            same = any(
                {*map(_plain, names)} == {*map(_plain, other[name])} for names in [task[name], *task.get(more, [])]
            )
            found.add(f"{where} {name}", task[name], other[name], same)
        found.add(f"{where} schedule", _time(task), _time(other), _same_time(task, other))
        products = [" ".join(map(_plain, t["products"])) for t in (task, other)]
        found.add(f"{where} products", *products, fuzz.ratio(*products) >= 90)


def _time(task: Data) -> tuple[str, str | None, str | None] | None:
    s = task["schedule"]
    return None if s["kind"] == "unknown" else (s["kind"], s["due"], s["period"] if s["kind"] == "recurring" else None)


def _same_time(gold: Data, read: Data) -> bool:
    kind, due = read["schedule"]["kind"], read["schedule"]["due"]
    also = gold["schedule"].get("accept_kinds", [])
    return _time(gold) == _time(read) or kind in also or [kind, due] in also


def _duties(found: Likeness, gold: list[Data], read: list[Data]) -> None:
    ours = sorted((d["rule"]["period"] or "", d["rule"]["before_day"] or 0, _plain(d["who"])) for d in gold)
    theirs = sorted((d["rule"]["period"] or "", d["rule"]["before_day"] or 0, _plain(d["who"])) for d in read)
    found.add("duties", ours, theirs)
