"""How much of a known plan a reading gives back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz

from sauro.reading import Register, interpret
from sauro.reading.draft import Draft
from sauro.reading.manuscript import Manuscript
from sauro.reading.open.text import blocks_of
from sauro.reading.tests.variation import TruePlan


@dataclass(slots=True)
class Score:
    """Counts of right, invented and missing values."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    def add(self, ok: bool, truth: bool, read: bool) -> None:
        """One value: both empty counts for nothing."""
        if not truth and not read:
            return
        self.right += ok
        self.wrong += not ok and read
        self.missing += not ok and truth

    @property
    def f1(self) -> Decimal:
        """The harmonic mean of precision and recall."""
        total = 2 * self.right + self.wrong + self.missing
        return Decimal(2 * self.right) / Decimal(total) if total else Decimal(1)


def _same(a: str, b: str) -> bool:
    return fuzz.ratio(" ".join(a.casefold().split()), " ".join(b.casefold().split())) >= 97


def measure(plan: TruePlan, draft: Draft) -> Score:
    """How much of the plan the draft gives back: ref, title, units, schedule, products, group of each task."""
    score = Score()
    read = {task.ref: task for task in draft.tasks}
    for truth in plan.tasks:
        task = read.pop(truth.ref, None)
        score.add(task is not None, True, task is not None)
        if task is None:
            score.missing += 5
            continue
        score.add(_same(truth.title, task.title), True, bool(task.title))
        score.add(truth.lead == task.lead_units, bool(truth.lead), bool(task.lead_units))
        score.add(
            set(truth.coordinate) == set(task.coordinating_units), bool(truth.coordinate), bool(task.coordinating_units)
        )
        s = task.schedule
        got = (s.kind, s.due.isoformat() if s.due else None, s.period if s.kind == "recurring" else None)
        score.add(truth.schedule == got, truth.schedule[0] != "unknown", s.kind != "unknown")
        score.add(_same(" ".join(truth.product), " ".join(task.products)), bool(truth.product), bool(task.products))
        score.add(
            _same(truth.group, (task.group or "").removeprefix(truth.ref.split(".")[0]).strip(" .")),
            True,
            bool(task.group),
        )
    score.wrong += len(read)
    return score


def read_text(text: str, register: Register) -> Draft:
    """The draft of a text held in memory."""
    return interpret(Manuscript(blocks_of(text), "txt"), register)
