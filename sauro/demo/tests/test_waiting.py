"""The demonstration has open rounds in which reports stand in every state."""

from __future__ import annotations

import datetime as dt

import pytest

from sauro.demo import waiting
from sauro.monitoring.models import Report, Round
from sauro.plans.models import Plan
from sauro.testing import TODAY, World

pytestmark = pytest.mark.django_db


def test_reports_of_open_rounds_stand_in_different_states(agency_world: World, adopted_plan: Plan) -> None:
    waiting.live(agency_world.agency, agency_world.people, TODAY + dt.timedelta(days=20))
    assert {r.kind for r in Round.objects.all()} == {Round.Kind.PERIODIC, Round.Kind.AD_HOC}
    assert {"accepted", "returned"} <= set(Report.objects.values_list("state", flat=True))
