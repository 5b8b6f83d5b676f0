"""Who may do what to an audit, and in which of its states: one table (TCVN ISO 9001:2015, 9.2.2).

The secretary plans and the leader approves by their roles; an audit itself is done by its team, whatever their roles:
being named in the team is the authority, and it ends with being taken out of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.organization.models import Person
from sauro.organization.policy import Capability, Refused, allows, holders
from sauro.quality.models import Audit, AuditorPlace
from sauro.quality.services.errors import NotNow

State = Audit.State
PLANNED, NOTIFIED, WALKING = State.PLANNED, State.NOTIFIED, State.WALKING
REPORTED, CLOSED, CANCELLED = State.REPORTED, State.CLOSED, State.CANCELLED
SECRETARY, LEAD, AUDITOR = "secretary", "lead", "auditor"
TEAM = (LEAD, AUDITOR)


@dataclass(frozen=True, slots=True)
class Act:
    """A verb: the states in which it may be done, the state after it (None: the same), who may, and its words."""

    states: tuple[str, ...]
    after: str | None
    who: tuple[str, ...]
    words: str | Promise


ACTS: dict[str, Act] = {
    "edit": Act((PLANNED,), None, (SECRETARY,), gettext_lazy("sửa cuộc đánh giá")),
    "set_team": Act((PLANNED, NOTIFIED, WALKING), None, (SECRETARY,), gettext_lazy("sửa đoàn đánh giá")),
    "notify": Act((PLANNED,), NOTIFIED, (SECRETARY, LEAD), gettext_lazy("gửi kế hoạch cho đơn vị")),
    "cancel": Act((PLANNED, NOTIFIED), CANCELLED, (SECRETARY,), gettext_lazy("thôi thực hiện cuộc đánh giá")),
    "checklist": Act(
        (PLANNED, NOTIFIED, WALKING), None, (SECRETARY, *TEAM), gettext_lazy("soạn phiếu câu hỏi của cuộc đánh giá")
    ),
    "start": Act((NOTIFIED,), WALKING, TEAM, gettext_lazy("bắt đầu đánh giá")),
    "answer": Act((WALKING,), None, TEAM, gettext_lazy("ghi kết quả đánh giá")),
    "find": Act((WALKING,), None, TEAM, gettext_lazy("ghi phát hiện")),
    "report": Act((WALKING,), REPORTED, (LEAD,), gettext_lazy("báo cáo kết quả đánh giá")),
    "order": Act((REPORTED,), None, (SECRETARY, LEAD), gettext_lazy("giao việc sau đánh giá")),
    "close": Act((REPORTED,), CLOSED, (SECRETARY, LEAD), gettext_lazy("đóng cuộc đánh giá")),
}
# What has to be done first, for each state in which an act can't be done yet or any more.
SENTENCES: dict[str, str | Promise] = {
    PLANNED: gettext_lazy("Cuộc đánh giá %(code)s chưa gửi kế hoạch cho đơn vị. Gửi kế hoạch trước."),
    NOTIFIED: gettext_lazy("Cuộc đánh giá %(code)s chưa bắt đầu. Người trong đoàn bấm Bắt đầu đánh giá trước."),
    WALKING: gettext_lazy("Cuộc đánh giá %(code)s đang diễn ra. Trưởng đoàn báo cáo kết quả trước."),
    REPORTED: gettext_lazy("Cuộc đánh giá %(code)s đã có báo cáo, kết quả không sửa được nữa."),
    CLOSED: gettext_lazy("Cuộc đánh giá %(code)s đã đóng."),
    CANCELLED: gettext_lazy("Cuộc đánh giá %(code)s đã thôi thực hiện."),
}


def place_of(person: Person, audit: Audit) -> str:
    """The person's place in the team: lead, auditor, observer, or nothing."""
    found = next((p for p in audit.team.all() if p.person_id == person.pk), None)
    return found.role if found and person.is_active else ""


def capacities(person: Person, audit: Audit) -> set[str]:
    """In what capacities the person meets the audit: `secretary`, `lead`, `auditor`."""
    found = {place_of(person, audit)} & set(TEAM)
    if allows(person, Capability.RUN_QUALITY, audit):
        found.add(SECRETARY)
    return found


def may(person: Person, audit: Audit, act: str) -> bool:
    """Whether the person may do this now; for what a page offers."""
    found = ACTS[act]
    return audit.state in found.states and bool(capacities(person, audit) & set(found.who))


def demand(person: Person, audit: Audit, act: str) -> None:
    """Nothing where the person may do this now.

    Raises `NotNow` where the audit's state doesn't allow it, `Refused` where the person doesn't.
    """
    found = ACTS[act]
    if audit.state not in found.states:
        raise NotNow(str(SENTENCES[audit.state]) % {"code": audit.code})
    if not capacities(person, audit) & set(found.who):
        raise Refused(_refusal(person, audit, found))


def _refusal(person: Person, audit: Audit, act: Act) -> str:
    names = [f"{p.person.full_name} ({p.get_role_display().lower()})" for p in _named(audit) if p.role in act.who]
    if SECRETARY in act.who:
        names += [h for h in [holders(Capability.RUN_QUALITY, audit, most=1)] if h]
    sentence = _("%(name)s không được %(what)s %(code)s.") % {
        "name": person.full_name,
        "what": act.words,
        "code": audit.code,
    }
    if names:
        sentence += " " + _("Người làm được: %(who)s.") % {"who": ", ".join(names)}
    else:
        sentence += " " + _("Cuộc đánh giá chưa có trưởng đoàn; Thư ký ISO cử đoàn trước.")
    return sentence


def _named(audit: Audit) -> list[AuditorPlace]:
    order = {AuditorPlace.Role.LEAD: 0, AuditorPlace.Role.AUDITOR: 1}
    return sorted(audit.team.select_related("person"), key=lambda p: (order.get(p.role, 2), p.pk))  # type: ignore[call-overload]


def sees_papers(person: Person, audit: Audit) -> bool:
    """Whether the person may see questions, answers and findings: anyone once there is a report; before it the team,
    internal auditors, the secretary and the leaders, so that an audit isn't rehearsed."""
    if audit.state in (REPORTED, CLOSED):
        return allows(person, Capability.VIEW, audit)
    return bool(place_of(person, audit)) or any(
        allows(person, c, audit) for c in (Capability.RUN_QUALITY, Capability.AUDIT, Capability.APPROVE_DOCUMENT)
    )
