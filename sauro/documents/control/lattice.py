"""From which state a version may go to which, by whose hand: the whole table in one place. Pure.

TCVN ISO 9001:2015, 7.5.2 c (review and approval), 7.5.3.1 (controlled release), 7.5.3.2 c (control of changes).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sauro.documents.models import DocumentVersion
from sauro.organization.policy import Capability

State = DocumentVersion.State


class Verb(enum.StrEnum):
    """What can be done to a version."""

    SAVE = "save"
    SEND = "send"
    TAKE_BACK = "take_back"
    CHECK = "check"
    RETURN = "return"
    APPROVE = "approve"
    SIGN = "sign"
    TAKE_EFFECT = "take_effect"
    SUPERSEDE = "supersede"
    DROP = "drop"


@dataclass(slots=True, frozen=True)
class Step:
    """One verb: for each state that it starts from, where it leads and the capability that it asks for.

    No capability: only the software does it, on the day. `by_others`: never by someone who wrote the version, unless
    its class lets its writers (`own_approval`).
    """

    steps: Mapping[str, tuple[str, Capability | None]]
    needs_reason: bool = False
    by_others: bool = False


WRITE, CHECK, APPROVE = Capability.WRITE_DOCUMENT, Capability.CHECK_DOCUMENT, Capability.APPROVE_DOCUMENT
LATTICE: dict[Verb, Step] = {
    Verb.SAVE: Step({State.DRAFT: (State.DRAFT, WRITE)}),
    # A class that needs no check goes from here to CHECKED at once: see `leads_to`.
    Verb.SEND: Step({State.DRAFT: (State.CHECKING, WRITE)}),
    Verb.TAKE_BACK: Step({State.CHECKING: (State.DRAFT, WRITE), State.CHECKED: (State.DRAFT, WRITE)}),
    Verb.CHECK: Step({State.CHECKING: (State.CHECKED, CHECK)}, by_others=True),
    Verb.RETURN: Step({State.CHECKING: (State.DRAFT, CHECK), State.CHECKED: (State.DRAFT, APPROVE)}, needs_reason=True),
    Verb.APPROVE: Step({State.CHECKED: (State.APPROVED, APPROVE)}, by_others=True),
    Verb.SIGN: Step({State.APPROVED: (State.APPROVED, APPROVE), State.IN_FORCE: (State.IN_FORCE, APPROVE)}),
    Verb.TAKE_EFFECT: Step({State.APPROVED: (State.IN_FORCE, None)}),
    Verb.SUPERSEDE: Step({State.IN_FORCE: (State.SUPERSEDED, None)}),
    Verb.DROP: Step(
        {
            State.DRAFT: (State.DROPPED, WRITE),
            State.CHECKING: (State.DROPPED, WRITE),
            State.CHECKED: (State.DROPPED, WRITE),
            State.APPROVED: (State.DROPPED, APPROVE),
        },
        needs_reason=True,
    ),
}

_APPROVED = gettext_lazy(
    "Lần ban hành này đã được phê duyệt nên không đổi được nữa. Muốn sửa thì soạn lần ban hành mới."
)
_DROPPED = gettext_lazy("Bản soạn này đã bỏ. Muốn sửa tài liệu thì soạn lần ban hành mới.")
_AT_CHECK = gettext_lazy("Bản soạn đang chờ kiểm tra. Người soạn thảo lấy lại, hoặc %(who)s trả lại thì sửa được.")
_AT_APPROVAL = gettext_lazy("Bản soạn đang chờ phê duyệt. Người soạn thảo lấy lại, hoặc %(who)s trả lại thì sửa được.")
_NOT_SENT = gettext_lazy("Bản soạn chưa gửi kiểm tra. Người soạn thảo gửi rồi mới làm được việc này.")
_SOFTWARE = gettext_lazy("Lần ban hành này tự có hiệu lực vào ngày hiệu lực, sau khi được phê duyệt.")

# Why a verb can't be used in a state, and what would lift it; %(who)s names those who can do the next thing.
WHY: dict[Verb, dict[str, Promise]] = {
    Verb.SAVE: {State.CHECKING: _AT_CHECK, State.CHECKED: _AT_APPROVAL},
    Verb.SEND: {
        State.CHECKING: gettext_lazy("Bản soạn đã gửi, đang chờ %(who)s kiểm tra."),
        State.CHECKED: gettext_lazy("Bản soạn đã gửi, đang chờ %(who)s phê duyệt."),
    },
    Verb.TAKE_BACK: {State.DRAFT: gettext_lazy("Bản soạn chưa gửi nên không cần lấy lại, sửa được ngay.")},
    Verb.CHECK: {
        State.DRAFT: _NOT_SENT,
        State.CHECKED: gettext_lazy("Bản soạn đã kiểm tra rồi, đang chờ %(who)s phê duyệt."),
    },
    Verb.RETURN: {State.DRAFT: gettext_lazy("Bản soạn đang ở người soạn thảo, không cần trả lại.")},
    Verb.APPROVE: {
        State.DRAFT: _NOT_SENT,
        State.CHECKING: gettext_lazy("Bản soạn chưa được kiểm tra. %(who)s kiểm tra xong thì phê duyệt được."),
    },
    Verb.SIGN: {
        State.SUPERSEDED: gettext_lazy("Lần ban hành này đã có bản thay thế, không ký số nữa."),
        **dict.fromkeys(
            (State.DRAFT, State.CHECKING, State.CHECKED),
            gettext_lazy("Bản soạn chưa được phê duyệt nên chưa ký số được. %(who)s phê duyệt trước."),
        ),
    },
    Verb.TAKE_EFFECT: dict.fromkeys(
        (State.DRAFT, State.CHECKING, State.CHECKED, State.IN_FORCE, State.SUPERSEDED), _SOFTWARE
    ),
    Verb.SUPERSEDE: dict.fromkeys(
        (State.DRAFT, State.CHECKING, State.CHECKED, State.APPROVED, State.SUPERSEDED), _SOFTWARE
    ),
    Verb.DROP: {
        State.IN_FORCE: gettext_lazy("Lần ban hành đang hiệu lực không bỏ được. %(who)s bãi bỏ tài liệu thì được."),
    },
}
# Who does the next thing with a version in the state.
NEXT: dict[str, Capability] = {State.DRAFT: WRITE, State.CHECKING: CHECK, State.CHECKED: APPROVE}


def leads_to(verb: Verb, state: str, *, needs_check: bool = True) -> str | None:
    """The state after the verb, or None where the verb can't be used in this state.

    `needs_check`: whether the document's class asks for a check before approval.
    """
    found = LATTICE[verb].steps.get(state)
    if found and verb == Verb.SEND and not needs_check:
        return State.CHECKED
    return found[0] if found else None


def asks_for(verb: Verb, state: str) -> Capability | None:
    """The capability that the verb asks for in the state; None where it can't be used or only the software does it."""
    found = LATTICE[verb].steps.get(state)
    return found[1] if found else None


def lifts(state: str) -> Capability:
    """The capability of those who can do the next thing with a version in the state."""
    return NEXT.get(state, APPROVE)


def why_not(verb: Verb, state: str, who: str) -> str:
    """Why the verb can't be used in the state, in one sentence. `who`: those who can lift it, by name."""
    fallback = _DROPPED if state == State.DROPPED else _APPROVED
    return str(WHY[verb].get(state, fallback)) % {"who": who}
