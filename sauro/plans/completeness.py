"""06 rõ by unit: how many tasks have all six, and the shortest list of acts that would make the rest whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count

from sauro.plans.models.task import TaskQuerySet


@dataclass(slots=True)
class Completeness:
    """Of one unit (None: the lead isn't in the register): its tasks, those that are whole, and the acts.

    `acts`: {(which of the six, 1 to 6; its state "0" not clear or "2" waiting): how many tasks}; each is one kind of
    act, the one that mends most first.
    """

    unit: int | None
    total: int = 0
    whole: int = 0
    acts: Counter[tuple[int, str]] = field(default_factory=Counter)


def completeness_by_unit(tasks: TaskQuerySet) -> dict[int | None, Completeness]:
    """By the first lead unit, in one query: the database counts tasks by unit and by what they lack."""
    found: dict[int | None, Completeness] = defaultdict(lambda: Completeness(None))
    for row in tasks.order_by().values("lead_unit_id", "clears").annotate(n=Count("pk")):
        here = found[row["lead_unit_id"]]
        here.unit = row["lead_unit_id"]
        here.total += row["n"]
        lacks = [(i, state) for i, state in enumerate(row["clears"], 1) if state != "1"]
        here.whole += 0 if lacks else row["n"]
        for lack in lacks:
            here.acts[lack] += row["n"]
    return dict(found)
