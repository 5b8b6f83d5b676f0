"""Actions are tasks of the year's plan; proofs are evidence."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from sauro.ledger.models import Entry
from sauro.monitoring.models import Duty, Evidence
from sauro.plans.models import Plan
from sauro.plans.services.export import plan_to_draft
from sauro.quality.models import Nonconformity, QualityAction, YearCycle
from sauro.quality.services import add_proof, next_code, order_action
from sauro.quality.services.errors import NotNow
from sauro.testing import TODAY, TRADE, World

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 12, 15)


def make_nonconformity(world: World, code: str = "KPH-2026-01") -> Nonconformity:
    unit = world.units[TRADE]
    return Nonconformity.objects.create(
        agency=world.agency, code=code, year=2026, source="work", title="Biểu mẫu cũ", text="Còn dùng biểu mẫu cũ",
        unit=unit, unit_path=unit.path, raised_on=TODAY, raised_by=world.an, due=DUE,
    )  # fmt: skip


def test_an_action_is_a_task_of_the_years_plan_with_its_duty(agency_world: World, adopted_plan: Plan) -> None:
    YearCycle.objects.create(agency=agency_world.agency, year=2026, plan=adopted_plan)
    before = plan_to_draft(adopted_plan)
    found = make_nonconformity(agency_world)
    action = order_action(
        found, "nonconformity", agency_world.binh, TODAY, title="Thu hồi biểu mẫu cũ",
        unit=agency_world.units[TRADE], due=DUE, products=["Biên bản thu hồi"], accountable=agency_world.an,
    )  # fmt: skip
    task = action.task
    assert (task.due, task.accountable, task.lead_unit) == (DUE, agency_world.an, agency_world.units[TRADE])
    duty = Duty.objects.get(task=task)
    assert (duty.due, duty.person) == (DUE, agency_world.an)
    assert Entry.objects.filter(verb="quality.action.made", object_id=str(found.pk)).exists()
    assert plan_to_draft(adopted_plan) == before, "what is ordered later is no part of the document"


def test_without_a_plan_of_the_year_it_is_said_where_to_make_one(agency_world: World) -> None:
    found = make_nonconformity(agency_world)
    with pytest.raises(NotNow, match="Chưa có kế hoạch duy trì"):
        order_action(
            found, "nonconformity", agency_world.binh, TODAY, title="x", unit=agency_world.units[TRADE], due=DUE
        )
    assert not QualityAction.objects.exists()


def test_a_proof_is_evidence_that_the_agency_sees_and_strangers_do_not(agency_world: World) -> None:

    found = make_nonconformity(agency_world)
    proof = add_proof(found, "nonconformity", agency_world.an, io.BytesIO(b"Bien ban kiem tra"), "bien-ban.txt")
    assert proof in found.proofs.all()
    assert Evidence.objects.visible_to(agency_world.dung).filter(pk=proof.evidence_id).exists()
    assert not Evidence.objects.proving().filter(pk=proof.evidence_id).exists()


def test_codes_run_on_within_the_year(agency_world: World) -> None:
    make_nonconformity(agency_world, "KPH-2026-09")
    assert next_code(Nonconformity, agency_world.agency.pk, "KPH", 2026) == "KPH-2026-10"
    assert next_code(Nonconformity, agency_world.agency.pk, "KPH", 2027) == "KPH-2027-01"
