"""Objectives of the agency cascaded to a unit's own objectives and plan (TCVN ISO 9001:2015, 6.2)."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.documents.models import Reading
from sauro.ledger import services as ledger
from sauro.monitoring import services as monitoring
from sauro.monitoring.measured import Measured, measured
from sauro.monitoring.models import Indicator, Rating
from sauro.monitoring.services.duties import everyone_of
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, require
from sauro.plans.models import Objective, Plan, Target
from sauro.quality.models import Cascade, UnitObjectives
from sauro.quality.services.errors import NotNow
from sauro.reading.draft import Draft, DraftObjective, DraftTarget, DraftTask, Head, Schedule, Signer
from sauro.reading.manuscript import Manuscript
from sauro.reading.serial import draft_to_json


@dataclass(frozen=True, slots=True)
class Wanted:
    """One objective that a unit sets itself. `serves`: the agency's objective; `comparator`, `value`: the number to
    reach, where there is one; `task`: what the unit does for it, due at `ends_on`."""

    text: str
    serves: Objective | None = None
    measurement: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    indicator: str = ""
    comparator: str = ">="
    value: Decimal | None = None
    unit_name: str = ""
    task: str = ""


@dataclass(slots=True)
class Result:
    """How an objective of a unit came out in the year: levels by month, its targets with their last figures."""

    objective: Objective
    levels: dict[int, str]
    targets: list[Measured] = field(default_factory=list)

    @property
    def counted(self) -> dict[str, int]:
        """How many months had each level."""
        return {str(level): list(self.levels.values()).count(level) for level in Rating.Level.values}


def agency_objectives(agency: Agency, year: int) -> Any:
    """Objectives of the agency's own plans of the year, in order."""
    return (
        Objective.objects.filter(
            plan__agency=agency, plan__unit=None, plan__starts_on__lte=dt.date(year, 12, 31),
            plan__ends_on__gte=dt.date(year, 1, 1), ended_in=None,
        )
        .select_related("plan")
        .order_by("plan", "order")
    )  # fmt: skip


def units_without(agency: Agency, year: int) -> list[Unit]:
    """The units that owe objectives for the year and have none yet."""
    have = set(UnitObjectives.objects.filter(agency=agency, year=year).values_list("unit_id", flat=True))
    return [u for u in everyone_of(agency.pk) if u.pk not in have]


def proposed(agency: Agency, year: int, unit: Unit) -> list[Wanted]:
    """The agency's objectives put before a unit as its own, to be changed; with their numbers where there are any."""
    targets: dict[int, Target] = {}
    found = list(agency_objectives(agency, year))
    for target in Target.objects.filter(objective__in=found).order_by("-order"):
        targets[target.objective_id] = target
    rows = []
    for one in found:
        first = targets.get(one.pk)
        value = None if first is None else first.low if first.low is not None else first.high
        rows.append(
            Wanted(
                text=one.text, serves=one, measurement=one.measurement, starts_on=one.starts_on, ends_on=one.ends_on,
                indicator=first.indicator if first else "", value=value,
                comparator=first.comparator if first and first.comparator in (">=", "<=", "=") else ">=",
                unit_name=first.unit if first else "",
            )
        )  # fmt: skip
    return rows


@transaction.atomic
def cascade(unit: Unit, year: int, wanted: Sequence[Wanted], person: Person, today: dt.date) -> UnitObjectives:
    """Adopt a unit's own objectives and plan of the year: measurement, start, end and numbers for each, the duties
    that follow, and which of the agency's objectives each serves (6.2.1, 6.2.2).

    The unit's head does it, or who runs the system. Raises `NotNow` (there is one, nothing said, an objective of
    another plan), `Refused`.
    """
    require(person, Capability.EDIT_TASK, unit)
    agency = unit.agency
    Agency.objects.select_for_update().get(pk=agency.pk)
    if UnitObjectives.objects.filter(agency=agency, year=year, unit=unit).exists():
        told = {"unit": unit.label, "year": year}
        raise NotNow(_("%(unit)s đã có mục tiêu năm %(year)d. Điều chỉnh ở trang kế hoạch của đơn vị.") % told)
    kept = [w for w in wanted if w.text.strip()]
    if not kept:
        raise NotNow(_("Ghi ít nhất một mục tiêu của đơn vị."))
    known = set(agency_objectives(agency, year).values_list("pk", flat=True))
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    for one in kept:
        if one.serves is not None and one.serves.pk not in known:
            raise NotNow(_("“%(text)s” phục vụ một mục tiêu không có trong năm.") % {"text": one.text[:120]})
        starts, ends = one.starts_on or first, one.ends_on or last
        if ends < starts:
            raise NotNow(_("“%(text)s” kết thúc trước khi bắt đầu.") % {"text": one.text[:120]})
        if one.value is not None and one.comparator not in (">=", "<=", "="):
            raise NotNow(_("Chọn tối thiểu, tối đa hoặc đạt."))
    reading = Reading.objects.create(
        agency=agency, file_name="", state=Reading.State.READY, progress=100,
        draft=draft_to_json(_draft(unit, year, kept, person)), manuscript=Manuscript([], "").to_json(),
        uploaded_by=person, version=1,
    )  # fmt: skip
    # The right to set a unit's own objectives is not the right to adopt the agency's plans.
    plan = monitoring.adopt(reading, None, today, accept_doubts=True)
    plan.unit = unit
    plan.save(update_fields=["unit"])
    Indicator.objects.filter(target__objective__plan=plan).update(owner=unit)
    made = UnitObjectives.objects.create(agency=agency, year=year, unit=unit, plan=plan)
    objectives = plan.objectives.order_by("order")
    Cascade.objects.bulk_create(
        Cascade(unit_objective=own, agency_objective=one.serves)
        for own, one in zip(objectives, kept, strict=True)
        if one.serves is not None
    )
    ledger.record(
        person, "quality.unit_objectives.made", made, unit=unit.name, year=year, plan=plan.pk, objectives=len(kept)
    )
    return made


def _draft(unit: Unit, year: int, wanted: Sequence[Wanted], person: Person) -> Draft:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    objectives, tasks = [], []
    for n, one in enumerate(wanted, 1):
        ends = one.ends_on or last
        targets = []
        if one.value is not None:
            name = one.indicator.strip() or one.text.strip()
            targets.append(
                DraftTarget(
                    indicator=name, comparator=one.comparator,  # type: ignore[arg-type]
                    low=None if one.comparator == "<=" else one.value,
                    high=None if one.comparator == ">=" else one.value,
                    unit=one.unit_name.strip() or None, period=str(year), source_text=name,
                )
            )  # fmt: skip
        objectives.append(
            DraftObjective(
                text=one.text.strip(), ref=str(n), targets=targets, measurement=one.measurement.strip() or None,
                start=one.starts_on or first, end=ends,
            )
        )  # fmt: skip
        if one.task.strip():
            tasks.append(
                DraftTask(
                    ref=f"{n}.1", title=one.task.strip(), lead_units=[unit.name], responsible_text=unit.name,
                    schedule=Schedule("deadline", due=ends), schedule_text=f"Trước ngày {ends:%d/%m/%Y}",
                )
            )  # fmt: skip
    return Draft(
        document=Head(
            type="Kế hoạch", issuer=unit.name, place=unit.agency.place or None,
            title=f"Mục tiêu chất lượng và kế hoạch thực hiện năm {year} của {unit.name}",
            signer=Signer(person.full_name, person.position or None, None),
        ),
        objectives=objectives,
        tasks=tasks,
    )  # fmt: skip


def results(plan: Plan, year: int, today: dt.date) -> list[Result]:
    """How each objective of the plan came out in the year. Five queries at most."""
    objectives = list(plan.objectives.filter(ended_in=None).order_by("order"))
    by_pk = {o.pk: Result(o, {}) for o in objectives}
    ratings = Rating.objects.filter(objective__in=objectives, month__startswith=f"{year}-").order_by("month")
    for rating in ratings:
        by_pk[rating.objective_id].levels[int(rating.month[5:7])] = rating.level
    indicators = Indicator.objects.filter(target__objective__in=objectives).select_related("target")
    for one in measured(indicators, today).values():
        by_pk[one.indicator.target.objective_id].targets.append(one)
    return list(by_pk.values())


def last_month(year: int, today: dt.date) -> int:
    """The last month of the year that has ended by the day; 0 where none has."""
    if today.year != year:
        return 12 if today.year > year else 0
    return today.month if today.day == calendar.monthrange(year, today.month)[1] else today.month - 1
