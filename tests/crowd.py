"""An agency of many units, each with one officer who owes the plan's monthly report, in a round that is open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sauro.monitoring import services
from sauro.monitoring.models import Duty, Report, Round
from sauro.organization import services as organization
from sauro.organization.models import Person, Unit
from sauro.plans.models import Plan
from sauro.testing import PASSWORD, World, adopt_small_plan, make_world

# The round of December is open then: its units are due on Monday 21/12/2026, for the 20th is a Sunday.
DAY = dt.date(2026, 12, 8)
PERIOD = "2026-12"


@dataclass(slots=True)
class Crowd:
    """A round with the duty of each unit and the officer who answers it."""

    world: World
    plan: Plan
    round: Round
    officers: dict[int, Person] = field(default_factory=dict)

    @property
    def duties(self) -> list[Duty]:
        """What the units with an officer of their own owe in the round."""
        owed = Duty.objects.filter(round=self.round, unit__in=self.officers)
        return list(owed.select_related("unit").order_by("pk"))

    def draft(self, duty: Duty) -> Report:
        """The officer's report on the duty, written and not handed in."""
        person = self.officers[duty.unit_id]
        report = services.answer_duty(duty, person, DAY)
        return services.save_report(report, person, {"done_text": f"{duty.unit.name}: đã làm xong việc của tháng."})


def gather_crowd(count: int) -> Crowd:
    """Make the agency with `count` more units, adopt its plan and run the day on which the round is open."""
    world = make_world()
    names = [f"Trung tâm số {n}" for n in range(1, count + 1)]
    register = [{"name": n, "kind": "unit", "parent": "Sở Công Thương", "abbreviations": []} for n in names]
    organization.load_register(world.agency, {"units": register})
    plan = adopt_small_plan(world)
    services.run_day(DAY, letters=False)
    crowd = Crowd(world, plan, Round.objects.get(plan=plan, period=PERIOD))
    for no, unit in enumerate(Unit.objects.filter(agency=world.agency, name__in=names).order_by("pk"), 1):
        officer = organization.add_person(f"can-bo-{no}", f"Cán bộ số {no}", unit, "officer", PASSWORD)
        crowd.officers[unit.pk] = officer
    return crowd
