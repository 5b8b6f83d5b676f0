"""Setting up how targets are measured, and entering their figures."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from sauro.ledger.models import Entry
from sauro.monitoring import services as monitoring
from sauro.monitoring.measured import measured
from sauro.monitoring.models import Indicator, Measurement
from sauro.monitoring.services.measurements import read_number
from sauro.organization.policy import Refused
from sauro.plans.models import Plan, Target
from sauro.plans.services.errors import NotNow
from sauro.testing import INDUSTRY, TODAY, TRADE, World

pytestmark = pytest.mark.django_db
HOUSEHOLDS, GROWTH = "Hộ kinh doanh bán hàng trực tuyến", "Quy mô thương mại điện tử"


@pytest.fixture
def households(adopted_plan: Plan, agency_world: World) -> Indicator:
    """At least 300 households, owned by the trade unit."""
    indicator = Indicator.objects.get(target__indicator=HOUSEHOLDS)
    return monitoring.set_up_indicator(indicator, agency_world.chi, {"owner": agency_world.units[TRADE]})


def test_a_plan_that_is_adopted_proposes_how_its_targets_are_measured(adopted_plan: Plan) -> None:
    rise, growth = Indicator.objects.order_by("target__order")
    assert (rise.kind, rise.low, rise.high, rise.unit_name) == ("rise", 300, None, "hộ")
    assert (growth.kind, growth.low, growth.high, growth.unit_name) == ("at_least", 15, None, "%")
    assert {(i.starts_on, i.due, i.owner, i.start) for i in (rise, growth)} == {
        (dt.date(2026, 1, 1), dt.date(2026, 12, 31), None, None)
    }
    assert Entry.objects.filter(verb="monitoring.indicator.proposed").count() == 2


@pytest.mark.parametrize(
    ("comparator", "low", "high", "unit", "direction", "wanted"),
    [
        (">=", 85, None, "%", "", ("share", 85, None)),
        (">", 40, None, "doanh nghiệp", "", ("rise", 40, None)),
        ("<=", None, 5, "ngày", "", ("at_most", None, 5)),
        ("<", None, 2, "%", "", ("at_most", None, 2)),
        ("=", 100, None, "%", "", ("share", 100, None)),
        ("=", 3, None, "sàn", "", ("rise", 3, None)),
        ("=", 1, None, "", "", ("done", 1, None)),
        ("range", 20, 25, "°C", "", ("band", 20, 25)),
        ("range", 10, 12, "%", "decrease", ("at_least", 10, None)),
        ("approx", None, 9, "tỷ USD", "", ("rise", 9, None)),
    ],
)
def test_the_kind_follows_from_the_words(
    adopted_plan: Plan, comparator: str, low: int, high: int, unit: str, direction: str, wanted: tuple
) -> None:
    target = Target.objects.first()
    Indicator.objects.all().delete()
    target.comparator, target.low, target.high, target.unit, target.direction = comparator, low, high, unit, direction
    target.save()
    monitoring.propose_indicators(adopted_plan)
    made = Indicator.objects.get(target=target)
    assert (made.kind, made.low, made.high) == wanted


def test_targets_adopted_before_there_were_set_ups_get_theirs_once(adopted_plan: Plan) -> None:
    Indicator.objects.all().delete()
    assert [monitoring.run_day(TODAY).indicators, monitoring.run_day(TODAY).indicators] == [2, 0]


def test_only_who_sets_up_targets_may(adopted_plan: Plan, agency_world: World) -> None:
    indicator = Indicator.objects.first()
    with pytest.raises(Refused, match="Lê Thị Kim Chi"):
        monitoring.set_up_indicator(indicator, agency_world.binh, {"cumulative": True})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"due": dt.date(2025, 1, 1)}, "không được trước"),
        ({"kind": "band"}, "cả mức thấp và mức cao"),
        ({"low": None}, "Ghi mức phải đạt"),
        ({"kind": "band", "high": Decimal(10)}, "không được nhỏ hơn"),
        ({"kind": "at_most"}, "mức cao không vượt"),
        ({"kind": "rise", "low": None, "high": Decimal(10)}, "mức thấp phải đạt"),
        ({"kind": "fall", "low": None, "high": Decimal(10)}, "ghi mức đầu"),
        ({"start": Decimal(400)}, "trái chiều"),
        ({"curve": {"2026-13": Decimal(1)}}, "2026-13"),
        ({"curve": {"2027-01": Decimal(1)}}, "nằm ngoài"),
    ],
)
def test_what_does_not_fit_together_is_said(adopted_plan: Plan, agency_world: World, changes: dict, words: str) -> None:
    indicator = Indicator.objects.get(target__indicator=HOUSEHOLDS)
    with pytest.raises(NotNow, match=words):
        monitoring.set_up_indicator(indicator, agency_world.chi, changes)


def test_a_set_up_that_changes_is_told_in_the_ledger(households: Indicator, agency_world: World) -> None:
    monitoring.set_up_indicator(households, agency_world.chi, {"start": Decimal(120), "curve": {"2026-06": Decimal(9)}})
    entry = Entry.objects.filter(verb="monitoring.indicator.set_up").latest("seq")
    assert entry.data["changes"] == {"start": [None, "120"], "curve": [{}, {"2026-06": "9"}]}
    count = Entry.objects.count()
    monitoring.set_up_indicator(households, agency_world.chi, {"start": Decimal(120)})
    assert Entry.objects.count() == count


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7.882", "7882"),
        ("8,5", "8.5"),
        ("1.234,5", "1234.5"),
        ("-3", "-3"),
        ("\u22122,5", "-2.5"),
        ("", None),
        (7, "7"),
    ],
)
def test_numbers_are_typed_as_the_vietnamese_write_them(typed: object, number: str | None) -> None:
    assert read_number(typed) == (None if number is None else Decimal(number))


@pytest.mark.parametrize("typed", ["ba mươi", "1.2.3", "8,5,1", "1e5", "--3", "9" * 30])
def test_what_is_no_number_is_refused_with_a_way_to_write_it(typed: str) -> None:
    with pytest.raises(NotNow, match=r"Viết như|Số quá lớn"):
        read_number(typed)


def test_an_officer_of_the_owner_enters_a_figure(households: Indicator, agency_world: World) -> None:
    row = monitoring.record_measurement(
        households, agency_world.an, TODAY, period="2026-10", value="1.260", source="Sàn TMĐT"
    )
    assert (row.value, row.source, row.entered_by) == (1260, "Sàn TMĐT", agency_world.an)
    assert Entry.objects.latest("seq").verb == "monitoring.measurement.recorded"


def test_a_correction_keeps_what_was_there_in_the_ledger(households: Indicator, agency_world: World) -> None:
    for value in ("260", "206", "206"):
        monitoring.record_measurement(households, agency_world.an, TODAY, period="2026-10", value=value)
    assert Measurement.objects.get().value == 206
    told = Entry.objects.filter(verb__startswith="monitoring.measurement.").order_by("seq")
    assert [e.verb.rsplit(".")[-1] for e in told] == ["recorded", "corrected"]
    assert (told[1].data["before"], told[1].data["now"]) == ({"value": "260"}, {"value": "206"})


def test_a_stranger_is_told_who_can(households: Indicator, agency_world: World) -> None:
    with pytest.raises(Refused, match="Nguyễn Hoài An"):
        monitoring.record_measurement(households, agency_world.dung, TODAY, period="2026-10", value=1)


def test_without_an_owner_a_unit_is_told_who_sets_one(adopted_plan: Plan, agency_world: World) -> None:
    growth = Indicator.objects.get(target__indicator=GROWTH)
    with pytest.raises(Refused, match=r"chưa có đơn vị chịu trách nhiệm số liệu.*Lê Thị Kim Chi"):
        monitoring.record_measurement(growth, agency_world.an, TODAY, period="2026-10", value=1)
    assert monitoring.record_measurement(growth, agency_world.chi, TODAY, period="2026-10", value="16,4").value


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"period": "2026-Q3", "value": 1}, "hằng tháng"),
        ({"period": "thang 10", "value": 1}, "Không hiểu kỳ"),
        ({"period": "2026-12", "value": 1}, "chưa bắt đầu"),
        ({"period": "2026-10"}, "Ghi số liệu"),
        ({"period": "2026-10", "numerator": 1, "whole": 2}, "không phải tỷ lệ"),
    ],
)
def test_a_figure_that_does_not_fit_is_refused(
    households: Indicator, agency_world: World, fields: dict, words: str
) -> None:
    with pytest.raises(NotNow, match=words):
        monitoring.record_measurement(households, agency_world.an, TODAY, **fields)
    assert not Measurement.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"numerator": 5}, "cả số đạt và tổng số"),
        ({"numerator": 5, "whole": 0}, "lớn hơn 0"),
        ({"numerator": 5, "whole": 4}, "từ 0 đến tổng số"),
        ({"value": 101}, "từ 0 đến 100%"),
    ],
)
def test_a_share_that_cannot_be_is_refused(
    households: Indicator, agency_world: World, fields: dict, words: str
) -> None:
    monitoring.set_up_indicator(households, agency_world.chi, {"kind": "share"})
    with pytest.raises(NotNow, match=words):
        monitoring.record_measurement(households, agency_world.an, TODAY, period="2026-10", **fields)


def test_a_share_is_worked_out_of_both_counts(households: Indicator, agency_world: World) -> None:
    monitoring.set_up_indicator(households, agency_world.chi, {"kind": "share", "low": Decimal(85), "unit_name": "%"})
    row = monitoring.record_measurement(
        households, agency_world.an, TODAY, period="2026-10", numerator="7.882", whole="9.000"
    )
    assert row.value == Decimal("87.577778")


def test_a_deed_is_done_or_not(households: Indicator, agency_world: World) -> None:
    monitoring.set_up_indicator(households, agency_world.chi, {"kind": "done", "low": Decimal(1)})
    with pytest.raises(NotNow, match="1 khi đã làm"):
        monitoring.record_measurement(households, agency_world.an, TODAY, period="2026-10", value=2)


def test_the_frequency_stays_once_there_are_figures(households: Indicator, agency_world: World) -> None:
    monitoring.record_measurement(households, agency_world.an, TODAY, period="2026-10", value=1)
    with pytest.raises(NotNow, match="Đã có 1 số liệu"):
        monitoring.set_up_indicator(households, agency_world.chi, {"frequency": "quarter"})


def test_figures_by_unit_stand_beside_those_of_the_agency(households: Indicator, agency_world: World) -> None:
    for name, value in ((TRADE, 100), (INDUSTRY, 150)):
        unit = agency_world.units[name]
        monitoring.record_measurement(households, agency_world.an, TODAY, period="2026-10", value=value, unit=unit)
    found = measured([households], TODAY)[households.pk]
    assert (found.facts.reached, found.standing) == (250, "on_track")


def test_many_targets_are_measured_in_two_queries(
    households: Indicator, agency_world: World, django_assert_num_queries: object
) -> None:
    for month in range(1, 11):
        monitoring.record_measurement(households, agency_world.an, TODAY, period=f"2026-{month:02}", value=month)
    indicators = list(Indicator.objects.all())
    with django_assert_num_queries(2):
        found = measured(indicators, TODAY)
    assert {m.standing for m in found.values()} == {"off_track", "silent"}
