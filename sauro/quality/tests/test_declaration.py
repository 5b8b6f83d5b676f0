"""A declaration is refused while anything is open, then freezes what was checked; units set their own objectives."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Indicator
from sauro.monitoring.ratings import deciding
from sauro.monitoring.ratings.form import form_of
from sauro.plans.models import Plan
from sauro.quality import models as q
from sauro.quality.services import declaration, nonconformity, unit_objectives
from sauro.quality.services.declaration import Check
from sauro.quality.services.errors import NotNow, Refused
from sauro.quality.services.unit_objectives import Wanted
from sauro.testing import INDUSTRY, TODAY, TRADE, World
from sauro.vietnamese.periods import Period

pytestmark = pytest.mark.django_db


def scope(world: World, no: int = 1) -> q.Scope:
    return q.Scope.objects.create(
        agency=world.agency, no=no, text="Quản lý nhà nước về công thương", effective_on=dt.date(2026, 1, no),
        decided_by=world.giang,
    )  # fmt: skip


def all_well(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Check("audit", True, "Đã đánh giá.", "audit-list")]
    monkeypatch.setattr(declaration, "checks", lambda *_: found)


def test_a_new_agency_lacks_nearly_everything_and_is_told_where_to_go(agency_world: World) -> None:
    found = {c.key: c for c in declaration.checks(agency_world.agency, 2026, TODAY)}
    assert len(found) == 12 and all(c.text and c.name for c in found.values())
    assert not found["audit"].ok and not found["review"].ok and not found["scope"].ok and not found["map"].ok
    assert found["major"].ok and found["overdue"].ok


def test_an_open_major_nonconformity_and_an_overdue_one_are_seen(agency_world: World) -> None:
    nonconformity.raise_nonconformity(
        agency_world.agency, agency_world.chi, dt.date(2026, 10, 1), source="work", title="Chậm", text="x",
        grade="major", unit=agency_world.units[TRADE],
    )  # fmt: skip
    found = {c.key: c for c in declaration.checks(agency_world.agency, 2026, TODAY)}
    assert not found["major"].ok and not found["overdue"].ok


def test_declaring_is_refused_with_the_list_of_what_is_open(agency_world: World) -> None:
    with pytest.raises(NotNow, match="Chưa có quyết định về phạm vi"):
        declaration.prepare(agency_world.agency, 2026, agency_world.chi, TODAY)
    scope(agency_world)
    made = declaration.prepare(agency_world.agency, 2026, agency_world.chi, TODAY)
    with pytest.raises(NotNow, match="Chưa có chương trình đánh giá nội bộ năm 2026"):
        declaration.declare(made, agency_world.giang, TODAY, number="9/QĐ-SCT")
    with pytest.raises(NotNow, match="Đã có một dự thảo"):
        declaration.prepare(agency_world.agency, 2026, agency_world.chi, TODAY)
    made.refresh_from_db()
    assert made.state == "draft"


def test_declared_by_the_leader_it_supersedes_the_last_and_a_new_scope_asks_for_another(
    agency_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = agency_world
    before = {"scope": scope(world), "number": "8/QĐ-SCT", "declared_on": dt.date(2025, 12, 20)}
    with pytest.raises(NotNow, match="không hợp với năm 2025"):
        declaration.take_over(world.agency, 2025, world.giang, dt.date(2025, 12, 19), **before)
    old = declaration.take_over(world.agency, 2025, world.giang, TODAY, **before)
    assert not declaration.needs_redeclaration(world.agency, TODAY)
    new = scope(world, 2)
    assert declaration.needs_redeclaration(world.agency, TODAY)
    all_well(monkeypatch)
    made = declaration.prepare(world.agency, 2026, world.chi, TODAY)
    assert made.reason == "Điều chỉnh phạm vi áp dụng"
    with pytest.raises(Refused):
        declaration.declare(made, world.chi, TODAY, number="9/QĐ-SCT")
    with pytest.raises(NotNow, match="số quyết định"):
        declaration.declare(made, world.giang, TODAY, number=" ")
    made = declaration.declare(made, world.giang, TODAY, number="9/QĐ-SCT")
    old.refresh_from_db()
    assert (old.state, made.state, made.scope) == ("superseded", "declared", new)
    assert made.checks == [{"key": "audit", "ok": True, "text": "Đã đánh giá."}]
    assert not declaration.needs_redeclaration(world.agency, TODAY)
    with pytest.raises(NotNow, match="đã công bố"):
        declaration.drop(made, world.chi)


def wanted(plan: Plan, **more: Any) -> list[Wanted]:
    return [
        Wanted(
            "Trả kết quả đúng hạn", serves=plan.objectives.get(), measurement="Sổ theo dõi", value=Decimal(95),
            indicator="Tỷ lệ hồ sơ đúng hạn", unit_name="%", task="Nhắc hạn hồ sơ hằng tuần", **more,
        ),
        Wanted("Không có ý kiến kém", comparator="<=", value=Decimal(0), unit_name="ý kiến"),
    ]  # fmt: skip


def test_a_head_sets_the_units_objectives_and_no_one_elses(agency_world: World, adopted_plan: Plan) -> None:
    world = agency_world
    assert world.units[TRADE] in unit_objectives.units_without(world.agency, 2026)
    with pytest.raises(Refused):
        unit_objectives.cascade(world.units[INDUSTRY], 2026, wanted(adopted_plan), world.binh, TODAY)
    with pytest.raises(Refused):
        unit_objectives.cascade(world.units[TRADE], 2026, wanted(adopted_plan), world.an, TODAY)
    with pytest.raises(NotNow, match="ít nhất một"):
        unit_objectives.cascade(world.units[TRADE], 2026, [Wanted(" ")], world.binh, TODAY)
    with pytest.raises(NotNow, match="kết thúc trước"):
        bad = wanted(adopted_plan, starts_on=TODAY, ends_on=dt.date(2026, 1, 1))
        unit_objectives.cascade(world.units[TRADE], 2026, bad, world.binh, TODAY)
    made = unit_objectives.cascade(world.units[TRADE], 2026, wanted(adopted_plan), world.binh, TODAY)
    first = made.plan.objectives.order_by("order")[0]
    assert made.plan.unit == world.units[TRADE] and first.measurement == "Sổ theo dõi"
    assert (first.starts_on, first.ends_on) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert first.cascaded_from.agency_objective == adopted_plan.objectives.get()
    assert made.plan.tasks.get().lead_unit == world.units[TRADE]
    owners = Indicator.objects.filter(target__objective__plan=made.plan).values_list("owner", flat=True)
    assert set(owners) == {world.units[TRADE].pk}
    assert world.units[TRADE] not in unit_objectives.units_without(world.agency, 2026)
    with pytest.raises(NotNow, match="đã có mục tiêu"):
        unit_objectives.cascade(world.units[TRADE], 2026, wanted(adopted_plan), world.binh, TODAY)


def test_a_units_plan_is_measured_rated_and_printed_like_any(agency_world: World, adopted_plan: Plan) -> None:
    world = agency_world
    made = unit_objectives.cascade(world.units[TRADE], 2026, wanted(adopted_plan), world.binh, dt.date(2026, 2, 2))
    first = made.plan.objectives.order_by("order")[0]
    indicator = Indicator.objects.get(target__objective=first)
    monitoring.record_measurement(indicator, world.an, TODAY, period="2026-10", value="97")
    deciding.rate(first, Period.parse("2026-10"), "good", world.chi, TODAY)
    form = form_of(made.plan, 2026)
    assert [r.levels for r in form.sheets[1].objectives] == [{10: "Tốt"}, {}]
    told = unit_objectives.results(made.plan, 2026, TODAY)
    assert told[0].levels == {10: "good"} and told[0].counted["good"] == 1
    assert told[0].targets[0].last is not None and told[0].targets[0].last.reached == 97
    assert not told[1].levels


def test_what_is_proposed_to_a_unit_are_the_agencys_objectives(agency_world: World, adopted_plan: Plan) -> None:
    rows = unit_objectives.proposed(agency_world.agency, 2026, agency_world.units[TRADE])
    assert [r.serves for r in rows] == [adopted_plan.objectives.get()]
    assert rows[0].value == 300 and rows[0].unit_name == "hộ"
