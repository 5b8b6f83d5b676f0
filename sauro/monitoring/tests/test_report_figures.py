"""Figures that a report on a plan as a whole asks for: which, kept as typed, handed in with it or not at all."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.ledger.models import Entry
from sauro.monitoring import services
from sauro.monitoring.models import Duty, Indicator, Measurement, Report
from sauro.monitoring.services import WrongFigures
from sauro.monitoring.services.measurements import read_number
from sauro.plans.models import Plan
from sauro.testing import INDUSTRY, TODAY, TRADE, World
from sauro.web.look.text import vnumber

pytestmark = pytest.mark.django_db
HOUSEHOLDS, GROWTH = "Hộ kinh doanh bán hàng trực tuyến", "Quy mô thương mại điện tử"


@pytest.fixture
def households(adopted_plan: Plan, agency_world: World) -> Indicator:
    """At least 300 households, owned by the trade unit; 28 in August."""
    indicator = Indicator.objects.get(target__indicator=HOUSEHOLDS)
    services.set_up_indicator(indicator, agency_world.chi, {"owner": agency_world.units[TRADE], "start": Decimal(0)})
    services.record_measurement(indicator, agency_world.an, TODAY, period="2026-08", value="28")
    return indicator


@pytest.fixture
def report(households: Indicator, adopted_plan: Plan, agency_world: World) -> Report:
    """What the trade unit says of the plan as a whole for the first period that is still owed."""
    services.open_rounds(agency_world.agency, TODAY + dt.timedelta(days=20))
    rows = Duty.objects.filter(plan=adopted_plan, kind=Duty.Kind.PLAN_REPORT, unit=agency_world.units[TRADE])
    duty = rows.filter(round__isnull=False).earliest("due")
    begun = services.answer_duty(duty, agency_world.an, TODAY)
    return services.save_report(begun, agency_world.an, {"done_text": "Đã làm"})


def typed(report: Report, world: World, *texts: str) -> Report:
    """The report with the texts typed in the fields that it asks for, in order."""
    asked = services.asked_figures(report, world.an, TODAY)
    keys = [a.key(name) for a in asked for name in a.names]
    return services.save_report(report, world.an, {"figures": dict(zip(keys, texts, strict=False))})


def periods(report: Report, world: World, who: str = "an", on: dt.date = TODAY) -> list[str]:
    """The periods of which figures are asked for."""
    return [str(a.period) for a in services.asked_figures(report, world.people[who], on)]


def test_what_has_begun_and_has_no_figure_is_asked_for(
    report: Report, households: Indicator, agency_world: World
) -> None:
    asked = services.asked_figures(report, agency_world.an, TODAY)
    assert {a.indicator for a in asked} == {households}
    assert asked[0].last and asked[0].last.value == 28 and asked[0].expected > 200
    # The report on December, in November and in December.
    assert periods(report, agency_world) == ["2026-11"]
    assert periods(report, agency_world, on=dt.date(2026, 12, 15)) == ["2026-11", "2026-12"]
    services.record_measurement(households, agency_world.an, TODAY, period="2026-11", value="30")
    assert periods(report, agency_world) == []
    assert periods(report, agency_world, on=dt.date(2026, 12, 15)) == ["2026-12"]


def test_who_may_not_enter_figures_and_who_owns_none_is_asked_for_none(
    report: Report, households: Indicator, agency_world: World
) -> None:
    assert periods(report, agency_world, "hoa") == []
    services.set_up_indicator(households, agency_world.chi, {"owner": agency_world.units[INDUSTRY]})
    assert periods(report, agency_world) == []


def test_a_quarter_is_asked_for_in_the_report_that_ends_with_it_alone(
    report: Report, households: Indicator, agency_world: World
) -> None:
    households.measurements.all().delete()
    services.set_up_indicator(households, agency_world.chi, {"frequency": "quarter"})
    assert periods(report, agency_world) == ["2026-Q4"]
    report.duty.period = "2026-11"
    assert periods(report, agency_world) == []


def test_the_report_of_a_year_asks_for_the_last_months_alone(report: Report, agency_world: World) -> None:
    report.duty.period = "2026"
    assert periods(report, agency_world) == ["2026-09", "2026-10", "2026-11"]


def test_what_is_typed_is_no_figure_before_the_report_is_handed_in(
    report: Report, households: Indicator, agency_world: World
) -> None:
    fresh = typed(report, agency_world, "1.260,5")
    assert households.measurements.count() == 1
    handed_in = services.submit_report(fresh, agency_world.an, TODAY)
    row = households.measurements.get(report=handed_in)
    assert (row.value, row.unit, row.entered_by) == (Decimal("1260.5"), None, agency_world.an)
    assert row.source.startswith("Báo cáo ") and row.source.endswith(TRADE)
    assert Report.objects.get().figures == {}


def test_nothing_typed_is_no_figure_and_no_hindrance(
    report: Report, households: Indicator, agency_world: World
) -> None:
    assert services.submit_report(report, agency_world.an, TODAY).state == "submitted"
    assert households.measurements.count() == 1


def test_one_wrong_figure_leaves_nothing_half_saved(
    report: Report, households: Indicator, adopted_plan: Plan, agency_world: World
) -> None:
    share = Indicator.objects.get(target__indicator=GROWTH)
    owner = {"owner": agency_world.units[TRADE], "kind": "share"}
    services.set_up_indicator(share, agency_world.chi, owner)
    asked = services.asked_figures(report, agency_world.an, TODAY)
    part = next(a for a in asked if a.indicator == share)
    right = next(a for a in asked if a.indicator == households)
    figures = {right.key("value"): "31", part.key("numerator"): "12", part.key("whole"): "10"}
    fresh = services.save_report(report, agency_world.an, {"figures": figures})
    with pytest.raises(WrongFigures) as wrong:
        services.submit_report(fresh, agency_world.an, TODAY)
    assert wrong.value.errors == {part.key("numerator"): "Số đạt phải từ 0 đến tổng số."}
    report.refresh_from_db()
    assert (report.state, report.duty.state) == ("draft", "open")
    assert Measurement.objects.count() == 1 and report.figures == figures
    services.save_report(report, agency_world.an, {"figures": {part.key("whole"): "16"}})
    services.submit_report(report, agency_world.an, TODAY)
    assert share.measurements.get().value == 75


def test_a_returned_report_corrects_its_own_figure_and_cannot_empty_it(
    report: Report, households: Indicator, agency_world: World
) -> None:
    handed_in = services.submit_report(typed(report, agency_world, "30"), agency_world.an, TODAY)
    services.return_report(handed_in, agency_world.chi, "Số liệu chưa khớp")
    again = services.asked_figures(handed_in, agency_world.an, TODAY)[0]
    assert again.typed({}) == {"value": "30"}
    with pytest.raises(WrongFigures):
        services.submit_report(typed(handed_in, agency_world, ""), agency_world.an, TODAY)
    services.submit_report(typed(handed_in, agency_world, "32"), agency_world.an, TODAY)
    assert households.measurements.get(report=handed_in).value == 32
    assert Entry.objects.filter(verb="monitoring.measurement.corrected").count() == 1


@given(number=st.decimals(min_value=-(10**12), max_value=10**12, places=6, allow_nan=False))
def test_a_number_that_is_shown_can_be_typed_again_as_it_is(number: Decimal) -> None:
    assert read_number(vnumber(number)) == number


def test_withdrawing_takes_the_figure_back_and_keeps_what_was_typed(
    report: Report, households: Indicator, agency_world: World
) -> None:
    handed_in = services.submit_report(typed(report, agency_world, "30,5"), agency_world.an, TODAY)
    assert households.measurements.count() == 2
    fresh = services.withdraw_report(handed_in, agency_world.an)
    assert [m.period for m in households.measurements.all()] == ["2026-08"]
    entry = Entry.objects.get(verb="monitoring.measurement.withdrawn")
    assert entry.data["before"]["value"] == "30.5" and entry.data["now"] == {}
    again = services.asked_figures(fresh, agency_world.an, TODAY)[0]
    assert again.typed(fresh.figures) == {"value": "30,5"}
    services.submit_report(fresh, agency_world.an, TODAY)
    assert households.measurements.get(report=fresh).value == Decimal("30.5")


def test_a_figure_corrected_by_the_returned_report_itself_goes_with_it_too(
    report: Report, households: Indicator, agency_world: World
) -> None:
    handed_in = services.submit_report(typed(report, agency_world, "30"), agency_world.an, TODAY)
    services.return_report(handed_in, agency_world.chi, "Số liệu chưa khớp")
    again = services.submit_report(typed(handed_in, agency_world, "32"), agency_world.an, TODAY)
    services.withdraw_report(again, agency_world.an)
    assert not households.measurements.filter(period="2026-11").exists()


def test_a_figure_that_someone_entered_since_is_left(
    report: Report, households: Indicator, agency_world: World
) -> None:
    handed_in = services.submit_report(typed(report, agency_world, "30"), agency_world.an, TODAY)
    services.record_measurement(households, agency_world.binh, TODAY, period="2026-11", value="33")
    fresh = services.withdraw_report(handed_in, agency_world.an)
    assert fresh.measurements.get().value == 33
    assert not Entry.objects.filter(verb="monitoring.measurement.withdrawn").exists()


def test_a_figure_entered_elsewhere_stands_beside_the_one_being_typed(
    report: Report, households: Indicator, agency_world: World
) -> None:
    draft = typed(report, agency_world, "30")
    theirs = services.record_measurement(
        households, agency_world.binh, TODAY, period="2026-11", value="33", source="Sổ theo dõi"
    )
    asked = services.asked_figures(draft, agency_world.an, TODAY)[0]
    assert asked.other == theirs and asked.typed(draft.figures) == {"value": "30"}
    with pytest.raises(WrongFigures) as unseen:
        services.submit_report(draft, agency_world.an, TODAY)
    assert "Xem cả hai số" in unseen.value.errors[asked.key("value")]
    handed_in = services.submit_report(draft, agency_world.an, TODAY, seen=[asked.clash])
    assert households.measurements.get(period="2026-11").value == 30
    services.withdraw_report(handed_in, agency_world.an)
    back = households.measurements.get(period="2026-11")
    assert (back.value, back.source, back.report, back.entered_by) == (33, "Sổ theo dõi", None, agency_world.binh)


@pytest.mark.parametrize("text", ["", "33", "33,0"])
def test_a_figure_entered_elsewhere_stays_where_the_same_or_nothing_is_typed(
    report: Report, households: Indicator, agency_world: World, text: str
) -> None:
    draft = typed(report, agency_world, "30")
    services.record_measurement(households, agency_world.binh, TODAY, period="2026-11", value="33")
    services.submit_report(typed(draft, agency_world, text), agency_world.an, TODAY)
    row = households.measurements.get(period="2026-11")
    assert (row.value, row.entered_by, row.report) == (33, agency_world.binh, None)
