"""A person rates an objective for a month; the management representative (QMR) signs the month off."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.monitoring.models import Rating
from sauro.monitoring.ratings.facts import facts_by_month
from sauro.monitoring.ratings.suggesting import suggest
from sauro.notices import services as notices
from sauro.organization.models import Person
from sauro.organization.policy import Capability, holders, require
from sauro.plans.models import Objective, Plan
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.periods import Period

NOBODY = "–"


def _locked_plan(plan: Plan) -> Plan:
    """The plan's row, locked: rating and signing of one plan go one after the other."""
    return Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)


def _signed(plan: Plan, month: Period) -> Rating | None:
    signed = Rating.objects.filter(objective__plan=plan, month=str(month), signed_at__isnull=False)
    return signed.select_related("signed_by").first()


def _must_be_open(plan: Plan, month: Period, today: dt.date) -> None:
    if month.kind != "month" or month.end < plan.starts_on or month.start > plan.ends_on:
        raise NotNow(
            _("%(month)s nằm ngoài thời kỳ của kế hoạch, từ %(first)s đến %(last)s.")
            % {"month": month.label, "first": f"{plan.starts_on:%d/%m/%Y}", "last": f"{plan.ends_on:%d/%m/%Y}"}
        )
    if month.start > today:
        raise NotNow(_("%(month)s chưa đến, chưa đánh giá được.") % {"month": month.label})
    if signed := _signed(plan, month):
        assert signed.signed_by is not None and signed.signed_at is not None
        raise NotNow(
            _("%(month)s đã được %(who)s ký xác nhận ngày %(day)s. Muốn sửa thì rút xác nhận trước; rút được: %(can)s.")
            % {
                "month": month.label,
                "who": signed.signed_by.full_name,
                "day": f"{timezone.localtime(signed.signed_at):%d/%m/%Y}",
                "can": holders(Capability.SIGN_RATING, plan) or NOBODY,
            }
        )


@transaction.atomic
def rate(objective: Objective, month: Period, level: str, person: Person, today: dt.date, *, note: str = "") -> Rating:
    """Give or change the rating of the objective for the month; what the rule suggests then is kept beside it.

    `level`: one of `Rating.Level`. Raises `NotNow` (objective ended, month outside the plan, not begun or signed off),
    `Refused`.
    """
    plan = _locked_plan(objective.plan)
    if objective.ended_in:
        raise NotNow(_("Mục tiêu này đã bị bỏ ở lần sửa đổi %(no)d của kế hoạch.") % {"no": objective.ended_in})
    _must_be_open(plan, month, today)
    require(person, Capability.RATE, plan)
    if level not in Rating.Level.values:
        raise NotNow(_("Chọn một mức: Tốt, Trung bình hoặc Kém."))
    # Kept as official Vietnamese, whatever language the person works in.
    with translation.override("vi"):
        objectives = list(plan.objectives.filter(ended_in=None).order_by("order"))
        told = suggest(facts_by_month(plan, objectives, [month], today)[objective.pk, str(month)])
    before = Rating.objects.filter(objective=objective, month=str(month)).first()
    if before and (before.level, before.note) == (level, note.strip()):
        return before
    rating, _made = Rating.objects.update_or_create(
        objective=objective,
        month=str(month),
        defaults={
            "agency_id": plan.agency_id,
            "level": level,
            "suggested": told.level,
            "basis": told.basis,
            "note": note.strip(),
            "decided_by": person,
            "decided_at": timezone.now(),
        },
    )
    ledger.record(
        person,
        "monitoring.rating.changed" if before else "monitoring.rating.given",
        rating,
        objective=str(objective),
        month=str(month),
        before=before.level if before else "",
        after=level,
        suggested=told.level,
        note=note.strip(),
    )
    return rating


@transaction.atomic
def sign_month(plan: Plan, month: Period, person: Person, today: dt.date) -> list[Rating]:
    """The QMR signs the plan's ratings of the month off, all at once. Raises `NotNow` (already signed, the month runs
    still, objectives without a rating, which are named), `Refused`."""
    plan = _locked_plan(plan)
    _must_be_open(plan, month, today)
    require(person, Capability.SIGN_RATING, plan)
    if today < month.end:
        raise NotNow(
            _("%(month)s chưa hết. Ký xác nhận từ ngày %(day)s.")
            % {"month": month.label, "day": f"{month.end:%d/%m/%Y}"}
        )
    objectives = list(plan.objectives.filter(ended_in=None).order_by("order"))
    rows = list(Rating.objects.filter(objective__in=objectives, month=str(month)).select_related("decided_by"))
    rated = {r.objective_id for r in rows}
    if lacking := [o for o in objectives if o.pk not in rated]:
        raise NotNow(
            _("Chưa ký được: còn %(n)d mục tiêu chưa đánh giá (%(which)s).")
            % {"n": len(lacking), "which": "; ".join(str(o)[:60] for o in lacking[:3])}
        )
    if not rows:
        raise NotNow(_("Kế hoạch không có mục tiêu nào để ký."))
    now = timezone.now()
    Rating.objects.filter(pk__in=[r.pk for r in rows]).update(signed_by=person, signed_at=now)
    ledger.record(
        person,
        "monitoring.ratings.signed",
        plan,
        month=str(month),
        ratings={str(r.objective_id): r.level for r in rows},
    )
    said = {"who": person.full_name, "month": month.label, "plan": plan.label}
    notices.tell(
        {r.decided_by for r in rows},
        "monitoring.ratings.signed",
        lambda: _("%(who)s đã ký xác nhận đánh giá %(month)s: %(plan)s") % said,
        f"/ke-hoach/{plan.pk}/danh-gia/",
        but=person,
    )
    return rows


@transaction.atomic
def withdraw_signature(plan: Plan, month: Period, person: Person, reason: str) -> None:
    """Take the sign-off of a month back, with a reason; its ratings can then be changed. Raises `NotNow`, `Refused`."""
    plan = _locked_plan(plan)
    signed = Rating.objects.filter(objective__plan=plan, month=str(month), signed_at__isnull=False)
    rows = list(signed.select_related("decided_by"))
    if not rows:
        raise NotNow(_("%(month)s chưa được ký xác nhận.") % {"month": month.label})
    require(person, Capability.SIGN_RATING, plan)
    if not reason.strip():
        raise NotNow(_("Ghi lý do rút xác nhận."))
    signed.update(signed_by=None, signed_at=None)
    ledger.record(person, "monitoring.ratings.reopened", plan, month=str(month), reason=reason.strip())
    said = {"who": person.full_name, "month": month.label, "why": reason.strip()}
    notices.tell(
        {r.decided_by for r in rows},
        "monitoring.ratings.reopened",
        lambda: _("%(who)s rút xác nhận đánh giá %(month)s: %(why)s") % said,
        f"/ke-hoach/{plan.pk}/danh-gia/",
        but=person,
    )
