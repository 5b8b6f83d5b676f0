"""From which state a report may go to which, by whose hand: the whole table in one place. Pure.

A round being locked is a second condition: while it is, only unlocking is possible.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sauro.monitoring.models.report import Report
from sauro.organization.policy import Capability

State = Report.State


class Verb(enum.StrEnum):
    """What can be done to a report."""

    SAVE = "save"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    ACCEPT = "accept"
    LOCK = "lock"
    UNLOCK = "unlock"


@dataclass(slots=True, frozen=True)
class Step:
    """One verb: the states that it starts from, where it leads, and the capability that it asks for.

    `capability`: REPORT means those of the reporting unit. `to` of None: the state stays.
    """

    capability: Capability
    steps: Mapping[str, str]
    needs_reason: bool = False


LATTICE: dict[Verb, Step] = {
    Verb.SAVE: Step(Capability.REPORT, {State.DRAFT: State.DRAFT, State.RETURNED: State.RETURNED}),
    Verb.SUBMIT: Step(Capability.REPORT, {State.DRAFT: State.SUBMITTED, State.RETURNED: State.SUBMITTED}),
    Verb.WITHDRAW: Step(Capability.REPORT, {State.SUBMITTED: State.DRAFT}),
    Verb.RETURN: Step(
        Capability.COLLECT, {State.SUBMITTED: State.RETURNED, State.ACCEPTED: State.RETURNED}, needs_reason=True
    ),
    Verb.ACCEPT: Step(Capability.COLLECT, {State.SUBMITTED: State.ACCEPTED}),
    Verb.LOCK: Step(Capability.COLLECT, {State.ACCEPTED: State.LOCKED}),
    Verb.UNLOCK: Step(Capability.UNLOCK, {State.LOCKED: State.ACCEPTED}, needs_reason=True),
}

# Why a verb can't be used in a state, and what would lift it; %(who)s names those who can do the next thing.
WHY: dict[tuple[Verb, str], Promise] = {
    (Verb.SAVE, State.SUBMITTED): gettext_lazy(
        "Báo cáo này đã nộp. Rút lại trước khi đơn vị đầu mối nhận thì sửa được."
    ),
    (Verb.SAVE, State.ACCEPTED): gettext_lazy("Báo cáo này đã được nhận. %(who)s trả lại thì sửa được."),
    (Verb.SAVE, State.LOCKED): gettext_lazy("Kỳ báo cáo đã khóa. %(who)s mở lại được, cần ghi lý do."),
    (Verb.SUBMIT, State.SUBMITTED): gettext_lazy("Báo cáo này đã nộp rồi, đang chờ đơn vị đầu mối nhận."),
    (Verb.SUBMIT, State.ACCEPTED): gettext_lazy("Báo cáo này đã được nhận. %(who)s trả lại thì nộp lại được."),
    (Verb.SUBMIT, State.LOCKED): gettext_lazy("Kỳ báo cáo đã khóa. %(who)s mở lại được, cần ghi lý do."),
    (Verb.WITHDRAW, State.DRAFT): gettext_lazy("Báo cáo này chưa nộp, không cần rút."),
    (Verb.WITHDRAW, State.RETURNED): gettext_lazy("Báo cáo này đã được trả lại, sửa và nộp lại được ngay."),
    (Verb.WITHDRAW, State.ACCEPTED): gettext_lazy("Báo cáo này đã được nhận, không rút được. %(who)s trả lại được."),
    (Verb.WITHDRAW, State.LOCKED): gettext_lazy("Kỳ báo cáo đã khóa. %(who)s mở lại được, cần ghi lý do."),
    (Verb.RETURN, State.DRAFT): gettext_lazy("Báo cáo này chưa nộp, chưa có gì để trả lại."),
    (Verb.RETURN, State.RETURNED): gettext_lazy("Báo cáo này đã trả lại rồi, đang chờ đơn vị sửa."),
    (Verb.RETURN, State.LOCKED): gettext_lazy("Kỳ báo cáo đã khóa. %(who)s mở lại được, cần ghi lý do."),
    (Verb.ACCEPT, State.DRAFT): gettext_lazy("Báo cáo này chưa nộp, chưa nhận được."),
    (Verb.ACCEPT, State.RETURNED): gettext_lazy("Báo cáo này đã trả lại, chờ đơn vị nộp lại rồi nhận."),
    (Verb.ACCEPT, State.ACCEPTED): gettext_lazy("Báo cáo này đã được nhận rồi."),
    (Verb.ACCEPT, State.LOCKED): gettext_lazy("Kỳ báo cáo đã khóa. %(who)s mở lại được, cần ghi lý do."),
    (Verb.LOCK, State.DRAFT): gettext_lazy("Báo cáo này chưa nộp, không khóa được."),
    (Verb.LOCK, State.SUBMITTED): gettext_lazy("Báo cáo này chưa được nhận. Nhận hoặc trả lại rồi khóa."),
    (Verb.LOCK, State.RETURNED): gettext_lazy("Báo cáo này đã trả lại, không khóa được."),
    (Verb.LOCK, State.LOCKED): gettext_lazy("Báo cáo này đã khóa rồi."),
    (Verb.UNLOCK, State.DRAFT): gettext_lazy("Báo cáo này chưa khóa."),
    (Verb.UNLOCK, State.SUBMITTED): gettext_lazy("Báo cáo này chưa khóa."),
    (Verb.UNLOCK, State.RETURNED): gettext_lazy("Báo cáo này chưa khóa."),
    (Verb.UNLOCK, State.ACCEPTED): gettext_lazy("Báo cáo này chưa khóa."),
}


def leads_to(verb: Verb, state: str) -> str | None:
    """The state after the verb, or None where the verb can't be used in this state."""
    return LATTICE[verb].steps.get(state)


def lifts(state: str) -> Capability:
    """The capability of those who can lift what stands in the way of a unit's report in this state."""
    return Capability.UNLOCK if state == State.LOCKED else Capability.COLLECT


def why_not(verb: Verb, state: str, who: str) -> str:
    """Why the verb can't be used in the state, in one sentence. `who`: those who can lift it, by name."""
    return str(WHY[verb, state]) % {"who": who}
