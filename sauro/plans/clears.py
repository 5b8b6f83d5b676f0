"""06 rõ: which of the six a task has. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

State = Literal["clear", "unclear", "pending"]
CLEARS = (
    gettext_lazy("người"),
    gettext_lazy("việc"),
    gettext_lazy("thời gian"),
    gettext_lazy("trách nhiệm"),
    gettext_lazy("sản phẩm"),
    gettext_lazy("thẩm quyền"),
)
_CODES: dict[str, State] = {"1": "clear", "0": "unclear", "2": "pending"}


@dataclass(slots=True, frozen=True)
class Facts:
    """What the six are judged by. `leads`, `coordinators`: whether each unit named is in the register, and whether it
    is a single unit rather than a group."""

    accountable: bool
    title: str
    schedule_kind: str
    leads: Sequence[tuple[bool, bool]]
    coordinators: Sequence[tuple[bool, bool]]
    products: int
    records: str
    authority: str


def judge(facts: Facts) -> str:
    """Six digits, người, việc, thời gian, trách nhiệm, sản phẩm, thẩm quyền: 1 clear, 0 not, 2 waiting.

    Responsibility is clear when the lead is one known unit and every coordinating body is known; it waits for
    confirmation where a group of units leads, for then each unit must still take its part.
    """
    known = bool(facts.leads) and all(k for k, _ in facts.leads) and all(k for k, _ in facts.coordinators)
    single = any(one for _, one in facts.leads)
    return "".join(
        (
            "1" if facts.accountable else "0",
            "1" if facts.title.strip() else "0",
            "0" if facts.schedule_kind == "unknown" else "1",
            "0" if not known else "1" if single else "2",
            "1" if facts.products or facts.records.strip() else "0",
            "1" if facts.authority.strip() else "0",
        )
    )


@dataclass(slots=True, frozen=True)
class SixClears:
    """The six states of a task, for showing."""

    code: str

    @property
    def states(self) -> list[State]:
        """Six states in the fixed order."""
        return [_CODES[c] for c in self.code]

    @property
    def count(self) -> int:
        """How many are clear."""
        return self.code.count("1")

    @property
    def missing(self) -> str:
        """What isn't clear yet, in one sentence; empty where all six are."""
        lacks = [str(self._remarks()[i]) for i, c in enumerate(self.code) if c != "1"]
        return (_("Chưa rõ") + " " + "; ".join(lacks) + ".") if lacks else ""

    def _remarks(self) -> list[str]:
        return [
            _("người: chưa giao người chịu trách nhiệm"),
            _("việc: chưa ghi nội dung"),
            _("thời gian: chưa đọc được thời hạn"),
            _("trách nhiệm: chờ từng đơn vị nhận phần việc")
            if self.code[3] == "2"
            else _("trách nhiệm: có đơn vị chưa khớp danh bạ"),
            _("sản phẩm: chưa ghi sản phẩm hoặc hồ sơ"),
            _("thẩm quyền: chưa ghi cấp phê duyệt"),
        ]

    def lines(self) -> list[tuple[str, State, str]]:
        """(name, state, remark) of each of the six."""
        return [
            (str(name), state, "" if state == "clear" else remark.split(": ", 1)[1])
            for name, state, remark in zip(CLEARS, self.states, self._remarks(), strict=True)
        ]
