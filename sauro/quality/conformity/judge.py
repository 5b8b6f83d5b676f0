"""How well a clause is answered: one pure function."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Level(enum.Enum):
    """What a clause's square on the map says."""

    FULL = "full"
    THIN = "thin"
    EMPTY = "empty"
    OUT = "out"

    @property
    def label(self) -> Promise:
        """The level in words."""
        return _LABELS[self]


_LABELS = {
    Level.FULL: gettext_lazy("Đủ"),
    Level.THIN: gettext_lazy("Mỏng"),
    Level.EMPTY: gettext_lazy("Trống"),
    Level.OUT: gettext_lazy("Không áp dụng"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """What the system holds of one kind of thing. `found`: how many; `ok`: whether that is as it should be; `says`:
    the sentence that tells; `name`: the URL name of the register where it is seen."""

    found: int
    ok: bool
    says: str
    name: str = ""


def judge(
    kinds: Sequence[str], facts: Mapping[str, Fact], *, applies: bool, tied: int, open_major: int
) -> tuple[Level, list[str]]:
    """The level of a clause and the sentences that say what is missing.

    `kinds`: what answers it by the nature of the clause; `tied`: how many documents, processes and records are tied to
    it; `open_major`: major nonconformities of the clause that are still open. A clause that doesn't apply is out; one
    with nothing at all is empty; one is full only where everything expected is there and nothing major is open
    (TCVN ISO 9001:2015, 4.4, 9.2).
    """
    if not applies:
        return Level.OUT, []
    expected = [facts[kind] for kind in kinds if kind in facts]
    there = [fact for fact in expected if fact.found]
    if not there and not tied:
        return Level.EMPTY, [fact.says for fact in expected if fact.says]
    missing = [fact.says for fact in expected if not fact.ok and fact.says]
    if open_major:
        missing.append(_("Còn %(n)d sự không phù hợp nặng chưa đóng.") % {"n": open_major})
    return (Level.THIN if missing else Level.FULL), missing
