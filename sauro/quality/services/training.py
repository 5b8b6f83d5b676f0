"""The yearly training programme: planned, held, its effect evaluated (TCVN ISO 9001:2015, 7.2 c)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, allows, require
from sauro.quality.models import Training, TrainingPlace
from sauro.quality.services import keeping
from sauro.quality.services.errors import NotNow
from sauro.vietnamese.calendar import add_months

State = Training.State
# How long after a training its effect on the work is judged, where nobody says another day. Ours, not a rule's.
EFFECT_MONTHS = 3
FIELDS = ("year", "title", "competence", "unit", "method", "trainer", "planned_on")


def address_of(training: Training) -> str:
    """The page of a training."""
    return f"/chat-luong/con-nguoi/dao-tao/{training.pk}/"


def save(agency: Agency, person: Person, values: Mapping[str, Any], found: Training | None = None) -> Training:
    """Plan a training, or change the plan. Raises `NotNow` where it was held already, `Refused`."""
    if found and found.state != State.PLANNED:
        raise NotNow(_("Khóa này không còn ở kế hoạch nên không sửa được nữa."))
    return keeping.keep(
        Training, agency, person, values, found, verb="quality.training", fields=FIELDS,
        needed={"title": _("Ghi nội dung đào tạo."), "unit": _("Chọn đơn vị tổ chức."),
                "planned_on": _("Ghi ngày dự kiến."), "year": _("Ghi năm của chương trình.")},
    )  # fmt: skip


def _locked(training: Training, actor: Person) -> Training:
    found = Training.objects.select_for_update(of=("self",)).select_related("unit", "agency").get(pk=training.pk)
    if not may_hold(found, actor):
        require(actor, Capability.RUN_QUALITY, found.agency)
    return found


def may_hold(training: Training, actor: Person) -> bool:
    """Whether the actor runs the training: who runs the system, or who leads the unit that holds it."""
    agency_wide = allows(actor, Capability.RUN_QUALITY, training.agency)
    return agency_wide or allows(actor, Capability.ASSIGN_TASK, training)


@transaction.atomic
def invite(training: Training, actor: Person, people: Iterable[Person]) -> int:
    """Give people a place on the training; those who have one keep it. Returns how many are new."""
    found = _locked(training, actor)
    if found.state in (State.EVALUATED, State.CANCELLED):
        raise NotNow(_("Khóa này đã xong, không thêm người học nữa."))
    have = set(found.places.values_list("person_id", flat=True))
    new = [p for p in dict.fromkeys(people) if p.pk not in have]
    if any(p.agency_id != found.agency_id for p in new):
        raise ValueError("of another agency")
    TrainingPlace.objects.bulk_create([TrainingPlace(training=found, person=p) for p in new])
    if new:
        ledger.record(actor, "quality.training.invited", found, people=[p.full_name for p in new])
        notices.tell(
            new, "quality.training.invited",
            lambda: _("Có tên trong khóa đào tạo %(title)s, dự kiến ngày %(day)s.")
            % {"title": found.title, "day": f"{found.planned_on:%d/%m/%Y}"},
            address_of(found), but=actor,
        )  # fmt: skip
    return len(new)


@transaction.atomic
def hold(
    training: Training,
    actor: Person,
    today: dt.date,
    *,
    held_on: dt.date,
    attended: Iterable[int],
    effect_due: dt.date | None = None,
) -> Training:
    """The training was held: who came (`attended`: numbers of people), and by when its effect is judged."""
    found = _locked(training, actor)
    if found.state not in (State.PLANNED, State.HELD):
        raise NotNow(_("Khóa này đã đánh giá hoặc không tổ chức, không điểm danh nữa."))
    if held_on > today:
        raise NotNow(_("Ngày tổ chức ở sau hôm nay. Điểm danh khi đã tổ chức."))
    if effect_due and effect_due < held_on:
        raise NotNow(_("Hạn đánh giá hiệu quả ở trước ngày tổ chức."))
    came = set(attended)
    places: list[Any] = list(found.places.all())
    if not places:
        raise NotNow(_("Chưa có người học nào. Thêm người học trước."))
    if not any(place.person_id in came for place in places):
        raise NotNow(_("Chưa chọn ai có dự. Khóa không ai dự thì ghi không tổ chức, kèm lý do."))
    for place in places:
        place.attended = place.person_id in came
        if not place.attended:
            place.effect, place.effect_by, place.effect_on = None, None, None
            place.effect_note = ""
        place.save()
    found.state, found.held_on = State.HELD, held_on
    found.effect_due = effect_due or add_months(held_on, EFFECT_MONTHS)
    found.save(update_fields=["state", "held_on", "effect_due"])
    ledger.record(
        actor, "quality.training.held", found, on=held_on, came=sum(1 for p in places if p.attended), of=len(places)
    )
    return found


@transaction.atomic
def evaluate(training: Training, actor: Person, today: dt.date, effects: Mapping[int, tuple[int, str]]) -> Training:
    """Judge what the training did for the work of those who came, 1 to 5 by person's number; evaluated once all of
    them are judged (7.2 c). Raises `NotNow`, `Refused`."""
    found = _locked(training, actor)
    if found.state != State.HELD:
        raise NotNow(_("Điểm danh khóa này trước, rồi đánh giá hiệu quả."))
    came = list(found.places.filter(attended=True))
    if not any(place.person_id in effects for place in came):
        raise NotNow(_("Chưa chấm hiệu quả cho ai trong số người có dự."))
    for place in came:
        if place.person_id in effects:
            effect, note = effects[place.person_id]
            if not 1 <= effect <= 5:
                raise NotNow(_("Hiệu quả từ 1 đến 5."))
            place.effect, place.effect_note = effect, note.strip()[:500]
            place.effect_by, place.effect_on = actor, today
            place.save()
    left = sum(1 for p in came if p.effect is None)
    if not left and came:
        found.state = State.EVALUATED
        found.save(update_fields=["state"])
    ledger.record(actor, "quality.training.evaluated", found, judged=len(came) - left, left=left)
    return found


@transaction.atomic
def cancel(training: Training, actor: Person, reason: str) -> Training:
    """The training isn't held, and why. Raises `NotNow`, `Refused`."""
    found = _locked(training, actor)
    if found.state != State.PLANNED:
        raise NotNow(_("Khóa này đã tổ chức."))
    if not reason.strip():
        raise NotNow(_("Ghi lý do không tổ chức."))
    found.state, found.reason = State.CANCELLED, reason.strip()[:500]
    found.save(update_fields=["state", "reason"])
    ledger.record(actor, "quality.training.cancelled", found, reason=found.reason)
    return found


@dataclass(slots=True, frozen=True)
class Share:
    """How many of the staff were trained in the year."""

    trained: int
    staff: int

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down."""
        return 100 * self.trained // self.staff if self.staff else 0


def share(agency: Agency, year: int) -> Share:
    """How many of those who work here attended at least one training of the year."""
    staff = Person.objects.filter(unit__agency=agency, is_active=True)
    trained = staff.filter(training_places__training__year=year, training_places__attended=True).distinct()
    return Share(trained.count(), staff.count())
