"""A plan gives back the draft that was adopted; adopting is all or nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sauro.documents.models import IssuedDocument, Reading
from sauro.ledger.models import Entry
from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Duty
from sauro.organization import services as organization
from sauro.plans.models import Plan, Task
from sauro.plans.services import plan_to_draft
from sauro.plans.services.check import faults
from sauro.plans.services.errors import NotNow
from sauro.reading import read
from sauro.reading.draft import Doubt, Signer
from sauro.reading.units import Register
from sauro.testing import TODAY, make_reading, small_draft
from sauro.writing.tests.strategies import plans

SHARED = Path(__file__).parents[4] / "shared"
QUIET = [
    HealthCheck.function_scoped_fixture,
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
]


def test_the_small_plan_gives_back_its_draft(agency_world):
    plan = monitoring.adopt(make_reading(agency_world), agency_world.chi, TODAY)
    assert plan_to_draft(plan) == small_draft()


@settings(max_examples=25, deadline=None, suppress_health_check=QUIET)
@given(made=plans(), taken=st.integers(0, 8))
def test_every_plan_gives_back_the_draft_that_was_adopted(agency_world, made, taken):
    draft, register = made
    assume(not list(faults(draft)))
    if draft.document.signer == Signer():
        draft.document.signer = None
    # Some of the names are in the register, some stay as the document wrote them.
    known = {"units": [{"name": n, "kind": "unit", "parent": None} for n in register.names[:taken]]}
    organization.load_register(agency_world.agency, known)
    plan = monitoring.adopt(make_reading(agency_world, draft), agency_world.chi, TODAY)
    assert plan_to_draft(plan) == draft


@settings(max_examples=10, deadline=None, suppress_health_check=QUIET)
@given(made=plans())
def test_a_draft_that_breaks_a_rule_is_refused_with_a_sentence_and_leaves_nothing(agency_world, made):
    draft, _register = made
    found = list(faults(draft))
    assume(found)
    before = Plan.objects.count(), IssuedDocument.objects.count()
    with pytest.raises(NotNow, match=re.escape(found[0])):
        monitoring.adopt(make_reading(agency_world, draft), agency_world.chi, TODAY)
    assert (Plan.objects.count(), IssuedDocument.objects.count()) == before


@pytest.mark.skipif(not SHARED.is_dir(), reason="the documents are not in a bare clone")
@pytest.mark.parametrize("name", ["qd-447-ke-hoach-chuyen-doi-so-2026.txt", "qd-447-ke-hoach-chuyen-doi-so-2026.docx",
                                  "qd-949-muc-tieu-chat-luong-2026.txt"])  # fmt: skip
def test_a_real_decision_gives_back_its_draft(agency_world, name):
    data = json.loads((SHARED / "units.json").read_text())
    organization.load_register(agency_world.agency, data)
    draft = read(SHARED / "decisions" / name, Register.from_json(data)).draft
    plan = monitoring.adopt(make_reading(agency_world, draft), agency_world.chi, TODAY, accept_doubts=True)
    assert plan_to_draft(plan) == draft
    assert plan.duties.exists()


def test_duties_appear_with_the_plan_or_nothing_does(agency_world, monkeypatch):
    reading = make_reading(agency_world)
    before = Entry.objects.count()

    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("máy hỏng giữa chừng")

    monkeypatch.setattr("sauro.monitoring.services.adoption.generate_duties", fail)
    with pytest.raises(RuntimeError):
        monitoring.adopt(reading, agency_world.chi, TODAY)
    assert not Plan.objects.exists()
    assert not Task.objects.exists()
    assert not Duty.objects.exists()
    assert not IssuedDocument.objects.exists()
    assert Entry.objects.count() == before
    reading.refresh_from_db()
    assert reading.state == Reading.State.READY
    monkeypatch.undo()
    plan = monitoring.adopt(reading, agency_world.chi, TODAY)
    assert plan.duties.exists()


def test_a_doubt_stands_in_the_way_unless_it_is_accepted(agency_world):
    draft = small_draft()
    draft.doubts = [Doubt("tasks[0].title", "x", "Chưa rõ.")]
    reading = make_reading(agency_world, draft)
    with pytest.raises(NotNow, match="còn 1 chỗ ngờ"):
        monitoring.adopt(reading, agency_world.chi, TODAY)
    assert monitoring.adopt(reading, agency_world.chi, TODAY, accept_doubts=True).tasks.count() == 5


def test_a_reading_is_adopted_once(agency_world):
    reading = make_reading(agency_world)
    monitoring.adopt(reading, agency_world.chi, TODAY)
    with pytest.raises(NotNow, match="đã được thông qua"):
        monitoring.adopt(reading, agency_world.chi, TODAY)
    assert Plan.objects.count() == 1


def test_a_unit_that_is_renamed_stays_in_the_plan_as_the_document_wrote_it(agency_world):
    plan = monitoring.adopt(make_reading(agency_world), agency_world.chi, TODAY)
    unit = plan.tasks.first().lead_unit
    written = unit.name
    unit.name = "Phòng Thương mại"
    unit.save()
    assert plan_to_draft(plan).tasks[0].lead_units == [written]
    assert plan.tasks.first().task_units.get(role="lead").label == "Phòng Thương mại"
