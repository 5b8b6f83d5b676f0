"""Management review (TCVN ISO 9001:2015, 9.3): planned, its inputs frozen on a day, held, concluded, decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, allows, require
from sauro.quality.inputs import INPUTS, gather, span_of
from sauro.quality.models import ManagementReview, QualityAction, ReviewDecision, ReviewInput
from sauro.quality.services.actions import order_action
from sauro.quality.services.errors import NotNow, Refused

State, About = ManagementReview.State, ReviewDecision.About
WRITABLE = ("place", "agenda", "attendees", "minutes")


def address_of(review: ManagementReview) -> str:
    """The page of a review."""
    return f"/chat-luong/xem-xet/{review.pk}/"


def _locked(review: ManagementReview, *states: str) -> ManagementReview:
    now = ManagementReview.objects.select_for_update(of=("self",)).select_related("agency").get(pk=review.pk)
    if states and now.state not in states:
        raise NotNow(
            _("Cuộc xem xét đang ở trạng thái “%(state)s”, chưa làm được việc này.")
            % {"state": now.get_state_display()}
        )
    return now


@transaction.atomic
def plan_review(
    agency: Agency, year: int, planned_on: dt.date, person: Person, *, place: str = "", chair: Person | None = None
) -> ManagementReview:
    """Plan the next review of the year, with an agenda out of the inputs (9.3.1). Raises `NotNow`, `Refused`."""
    require(person, Capability.RUN_QUALITY, agency)
    Agency.objects.select_for_update().get(pk=agency.pk)
    waiting = ManagementReview.objects.filter(agency=agency, year=year).exclude(state=State.HELD).first()
    if waiting:
        raise NotNow(
            _("Cuộc xem xét lần %(no)d năm %(year)d còn đang chuẩn bị. Họp xong rồi mới lập cuộc tiếp theo.")
            % {"no": waiting.no, "year": waiting.year}
        )
    if not year - 1 <= planned_on.year <= year + 1:
        raise NotNow(
            _("Ngày họp %(day)s không hợp với năm %(year)d.") % {"day": f"{planned_on:%d/%m/%Y}", "year": year}
        )
    if chair is not None and not allows(chair, Capability.CHAIR_REVIEW, agency):
        raise NotNow(
            _("%(name)s không có quyền kết luận xem xét của lãnh đạo. Chọn lãnh đạo cơ quan.") % {"name": chair}
        )
    last = ManagementReview.objects.filter(agency=agency, year=year).aggregate(n=Max("no"))["n"] or 0
    review = ManagementReview.objects.create(
        agency=agency, year=year, no=last + 1, planned_on=planned_on, place=place[:200], chair=chair, secretary=person,
        agenda=agenda_of(),
    )  # fmt: skip
    ledger.record(person, "quality.review.planned", review, year=year, no=review.no, on=planned_on)
    if chair:
        notices.tell(
            [chair], "quality.review.planned",
            lambda: _("Họp xem xét của lãnh đạo ngày %(day)s") % {"day": f"{planned_on:%d/%m/%Y}"},
            address_of(review), but=person,
        )  # fmt: skip
    return review


def agenda_of() -> str:
    """The usual agenda: every input of the standard in its order, then what is to be decided."""
    lines = ["Khai mạc, thông qua chương trình", *(f"{i.title} ({i.clause})" for i in INPUTS)]
    return "\n".join([*lines, "Thảo luận", "Kết luận, quyết định (9.3.3)"])


@transaction.atomic
def write_review(review: ManagementReview, changes: Mapping[str, Any], person: Person) -> ManagementReview:
    """Write place, day, agenda, who comes and the minutes, until it is concluded. Raises `NotNow`, `Refused`."""
    review = _locked(review, State.PLANNED, State.FROZEN)
    _may_write(review, person)
    changed = []
    for name in WRITABLE:
        if name in changes and str(changes[name]).strip() != getattr(review, name):
            setattr(review, name, str(changes[name]).strip()[: 200 if name == "place" else None])
            changed.append(name)
    if changes.get("planned_on") and changes["planned_on"] != review.planned_on:
        review.planned_on = changes["planned_on"]
        changed.append("planned_on")
    if changed:
        review.save(update_fields=changed)
        ledger.record(person, "quality.review.written", review, fields=changed)
    return review


def _may_write(review: ManagementReview, person: Person) -> None:
    if not allows(person, Capability.CHAIR_REVIEW, review):
        require(person, Capability.RUN_QUALITY, review)


@transaction.atomic
def freeze(review: ManagementReview, person: Person, today: dt.date) -> ManagementReview:
    """Write every input once, with the figures of the day; later changes in the system don't touch them (9.3.2).

    Remarks written before stay. Raises `NotNow` (frozen already), `Refused`.
    """
    review = _locked(review, State.PLANNED)
    _may_write(review, person)
    figures = gather(span_of(review, today))
    remarks = dict(review.inputs.values_list("key", "remark"))
    review.inputs.all().delete()
    ReviewInput.objects.bulk_create(
        ReviewInput(
            review=review, key=i.key, order=n, figures=figures[i.key], remark=remarks.get(i.key, ""), as_of=today
        )
        for n, i in enumerate(INPUTS, 1)
    )
    review.state, review.frozen_at, review.frozen_by = State.FROZEN, timezone.now(), person
    review.save(update_fields=["state", "frozen_at", "frozen_by"])
    ledger.record(person, "quality.review.frozen", review, on=today, inputs=len(INPUTS))
    return review


@transaction.atomic
def unfreeze(review: ManagementReview, person: Person, reason: str) -> ManagementReview:
    """Let the figures be taken anew; only the chair, with a reason. What was frozen is kept in the ledger.

    Raises `NotNow` (not frozen, held already, no reason), `Refused`.
    """
    review = _locked(review, State.FROZEN)
    require(person, Capability.CHAIR_REVIEW, review)
    if not reason.strip():
        raise NotNow(_("Ghi lý do mở lại số liệu đã chốt."))
    review.state = State.PLANNED
    review.save(update_fields=["state"])
    ledger.record(
        person, "quality.review.unfrozen", review, reason=reason.strip()[:500],
        figures={i.key: i.figures for i in review.inputs.all()},
    )  # fmt: skip
    return review


@transaction.atomic
def remark(item: ReviewInput, text: str, person: Person) -> ReviewInput:
    """What who prepares has to say on an input. Raises `NotNow`, `Refused`."""
    review = _locked(item.review, State.FROZEN)
    _may_write(review, person)
    if item.remark != text.strip():
        item.remark = text.strip()
        item.save(update_fields=["remark"])
        ledger.record(person, "quality.review.remarked", review, input=item.key)
    return item


@transaction.atomic
def decide(
    review: ManagementReview,
    person: Person,
    today: dt.date,
    *,
    text: str,
    about: str = About.IMPROVEMENT,
    unit: Unit | None = None,
    due: dt.date | None = None,
) -> ReviewDecision:
    """A decision of the review (9.3.3). With a unit and a day it is a task of the year's plan at once.

    Raises `NotNow` (figures not frozen, nothing said, unit without a day), `Refused`.
    """
    review = _locked(review, State.FROZEN, State.HELD)
    require(person, Capability.CHAIR_REVIEW, review)
    if about not in About.values:
        raise NotNow(_("Chọn quyết định về việc gì."))
    if not text.strip():
        raise NotNow(_("Ghi nội dung quyết định."))
    if (unit is None) != (due is None):
        raise NotNow(_("Giao việc thì ghi cả đơn vị thực hiện và thời hạn."))
    if due and due < today:
        raise NotNow(_("Hạn %(day)s đã qua. Chọn ngày từ hôm nay trở đi.") % {"day": f"{due:%d/%m/%Y}"})
    last = review.decisions.aggregate(n=Max("order"))["n"] or 0
    decision = ReviewDecision.objects.create(review=review, order=last + 1, about=about, text=text.strip())
    ledger.record(person, "quality.review.decided", review, decision=decision.pk, about=about, text=decision.text[:500])
    if unit and due:
        order_decision(decision, person, today, unit=unit, due=due)
    return decision


@transaction.atomic
def order_decision(
    decision: ReviewDecision, person: Person, today: dt.date, *, unit: Unit, due: dt.date, title: str = ""
) -> QualityAction:
    """Order a task that carries a decision out. Raises `NotNow`, `Refused`."""
    require(person, Capability.CHAIR_REVIEW, decision.review)
    if unit.agency_id != decision.review.agency_id or not unit.is_active:
        raise NotNow(_("%(unit)s không còn trong danh bạ của cơ quan. Chọn một đơn vị khác.") % {"unit": unit.name})
    # `order_action` reads the agency of its subject.
    return order_action(decision, "decision", person, today, title=(title or decision.text)[:1000], unit=unit, due=due)


@transaction.atomic
def conclude(
    review: ManagementReview,
    person: Person,
    today: dt.date,
    conclusion: str,
    *,
    held_on: dt.date | None = None,
    minutes: str | None = None,
) -> ManagementReview:
    """The chair says whether the system is suitable, adequate and effective (9.3.1); the review has been held, on
    `held_on` or else today.

    Raises `NotNow` (figures not frozen, held in the future, nothing said), `Refused`.
    """
    review = _locked(review, State.FROZEN)
    require(person, Capability.CHAIR_REVIEW, review)
    if not conclusion.strip():
        raise NotNow(_("Ghi kết luận: hệ thống còn phù hợp, đầy đủ, có hiệu lực hay không."))
    held_on = held_on or today
    frozen = review.inputs.order_by("as_of").values_list("as_of", flat=True).last()
    if held_on > today or (frozen and held_on < frozen):
        raise NotNow(_("Ngày họp phải từ ngày chốt số liệu đến hôm nay."))
    review.state, review.held_on, review.conclusion = State.HELD, held_on, conclusion.strip()
    review.chair = review.chair or person
    if minutes is not None:
        review.minutes = minutes.strip()
    review.save(update_fields=["state", "held_on", "conclusion", "chair", "minutes"])
    ledger.record(person, "quality.review.concluded", review, on=held_on, decisions=review.decisions.count())
    people = [p for p in (review.secretary,) if p]
    notices.tell(
        people, "quality.review.concluded",
        lambda: _("Đã có kết luận xem xét của lãnh đạo năm %(year)d") % {"year": review.year},
        address_of(review), but=person,
    )  # fmt: skip
    return review


def actions_of(review: ManagementReview) -> Sequence[QualityAction]:
    """The tasks that carry out the decisions, in their order. One query."""
    return list(
        QualityAction.objects.filter(decision__review=review)
        .select_related("task__lead_unit", "decision")
        .order_by("decision__order", "id")
    )


__all__ = [
    "NotNow", "Refused", "actions_of", "address_of", "agenda_of", "conclude", "decide", "freeze", "order_decision",
    "plan_review", "remark", "unfreeze", "write_review",
]  # fmt: skip
