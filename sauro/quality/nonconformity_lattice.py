"""What may be done to a nonconformity in which state, by whose hand: the whole table in one place. Pure.

That its actions are done is worked out from their tasks (`sauro.quality.services.nonconformity.settle`), never typed.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sauro.organization.policy import Capability
from sauro.quality.models import Nonconformity

State = Nonconformity.State


class Verb(enum.StrEnum):
    """What can be done to a nonconformity."""

    EDIT = "edit"
    CORRECT = "correct"
    ANALYSE = "analyse"
    ORDER = "order"
    WAIVE = "waive"
    JUDGE = "judge"
    CLOSE = "close"
    CANCEL = "cancel"
    LINK = "link"
    PROVE = "prove"


@dataclass(slots=True, frozen=True)
class Step:
    """One verb: the capability that it asks for, and the states that it is possible in."""

    capability: Capability
    states: frozenset[str]


HANDLE, CHECK = Capability.HANDLE_NONCONFORMITY, Capability.CHECK_EFFECT
ALIVE = frozenset({State.OPEN, State.ANALYSED, State.DONE})

LATTICE: dict[Verb, Step] = {
    Verb.EDIT: Step(HANDLE, frozenset({State.OPEN})),
    Verb.CORRECT: Step(HANDLE, ALIVE),
    Verb.ANALYSE: Step(HANDLE, frozenset({State.OPEN})),
    Verb.ORDER: Step(HANDLE, frozenset({State.OPEN, State.ANALYSED})),
    Verb.WAIVE: Step(HANDLE, frozenset({State.OPEN})),
    Verb.JUDGE: Step(CHECK, frozenset({State.DONE})),
    Verb.CLOSE: Step(CHECK, frozenset({State.DONE})),
    Verb.CANCEL: Step(CHECK, frozenset({State.OPEN})),
    Verb.LINK: Step(HANDLE, ALIVE),
    Verb.PROVE: Step(HANDLE, ALIVE),
}  # fmt: skip

_ENDED: dict[str, Promise] = {
    State.CLOSED: gettext_lazy("Sự không phù hợp này đã đóng. Nếu xảy ra lại, ghi nhận mới và nối với lần này."),
    State.CANCELLED: gettext_lazy(
        "Trường hợp này đã được kết luận không phải sự không phù hợp. Nếu có bằng chứng mới, ghi nhận mới."
    ),
}
_WAITS = gettext_lazy("Các hành động khắc phục đã xong, đang chờ kiểm tra hiệu lực: %(who)s kết luận.")
_ORDERED = gettext_lazy("Nguyên nhân đã chốt và hành động đã giao. Hoàn thành các hành động rồi kiểm tra hiệu lực.")
# Why a verb can't be used in a state that still moves; %(who)s names those who do the next thing.
WHY: dict[tuple[Verb, str], Promise] = {
    (Verb.EDIT, State.ANALYSED): _ORDERED,
    (Verb.EDIT, State.DONE): _WAITS,
    (Verb.ANALYSE, State.ANALYSED): _ORDERED,
    (Verb.ANALYSE, State.DONE): _WAITS,
    (Verb.ORDER, State.DONE): _WAITS,
    (Verb.WAIVE, State.ANALYSED): _ORDERED,
    (Verb.WAIVE, State.DONE): _WAITS,
    (Verb.JUDGE, State.OPEN): gettext_lazy(
        "Chưa kiểm tra hiệu lực được: chưa có nguyên nhân và hành động khắc phục. %(who)s phân tích nguyên nhân trước."
    ),
    (Verb.JUDGE, State.ANALYSED): gettext_lazy(
        "Chưa kiểm tra hiệu lực được: còn hành động khắc phục chưa xong. Hoàn thành nhiệm vụ ở mục Hành động."
    ),
    (Verb.CLOSE, State.OPEN): gettext_lazy(
        "Chưa đóng được: chưa có nguyên nhân và hành động khắc phục. %(who)s phân tích nguyên nhân trước."
    ),
    (Verb.CLOSE, State.ANALYSED): gettext_lazy(
        "Chưa đóng được: còn hành động khắc phục chưa xong. Hoàn thành nhiệm vụ ở mục Hành động."
    ),
    (Verb.CANCEL, State.ANALYSED): _ORDERED,
    (Verb.CANCEL, State.DONE): _WAITS,
}  # fmt: skip


def possible(verb: Verb, state: str) -> bool:
    """Whether the verb is possible in the state, whoever asks."""
    return state in LATTICE[verb].states


def next_hand(state: str) -> Capability:
    """The capability of those for whom a nonconformity in the state waits."""
    return CHECK if state == State.DONE else HANDLE


def why_not(verb: Verb, state: str, who: str) -> str:
    """Why the verb is not possible in the state, in one sentence. `who`: those for whom it waits, by name."""
    words = _ENDED.get(state) or WHY[verb, state]
    return str(words) % {"who": who} if "%(who)s" in str(words) else str(words)
