"""What all parts of one reading share: the document, the register, the plan's years, the doubts."""

from __future__ import annotations

from dataclasses import dataclass, field

from sauro.reading.draft import Doubt, Trace
from sauro.reading.lines import Item
from sauro.reading.manuscript import Manuscript
from sauro.reading.units import Register, UnitRead


@dataclass(slots=True)
class Context:
    """One reading under way. `year`: the plan's (its last where it has several); `period`: "2026", "2026-2030"."""

    manuscript: Manuscript
    items: list[Item]
    register: Register
    year: int | None = None
    period: str | None = None
    doubts: list[Doubt] = field(default_factory=list)
    # What waits until a task's place in the list is known, by the task's identity.
    unit_slips: dict[int, list[tuple[str, UnitRead, Trace]]] = field(default_factory=dict)
    time_slips: dict[int, tuple[str, Trace]] = field(default_factory=dict)

    def doubt(
        self, place: str, text: str, why: str, trace: Trace | None = None,
        lines: tuple[int, int] = (0, 0), proposals: list[str] | None = None,
    ) -> None:  # fmt: skip
        """Notes what could not be read for sure."""
        shown = " ".join(text.split())
        self.doubts.append(Doubt(place, shown[:300], why, proposals or [], trace, lines))
