"""Forecasts: what they say of known series, when they say nothing, and when they are made."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from decimal import Decimal

import pytest

from sauro.monitoring import services as monitoring
from sauro.monitoring.forecast import foresee, unbroken
from sauro.monitoring.measured import measured
from sauro.monitoring.models import Forecast, Indicator
from sauro.monitoring.services.forecasts import forecast_stale, make_forecast, stale
from sauro.monitoring.targets import Point
from sauro.plans.models import Plan
from sauro.testing import TODAY, World
from sauro.vietnamese.periods import Period

YEAR_END = Period("month", 2026, 12)
FIRST = Period("month", 2025, 11)
# A year of months up to October 2026, about two points a month with a little noise.
RISING = [70, 71.5, 74.2, 75.8, 78.1, 80.2, 81.7, 84.3, 86, 87.9, 90.1, 92]


def line(values: list, first: Period = FIRST) -> list[Point]:
    """Points of one period after another."""
    points, period = [], first
    for value in values:
        points.append(Point(period, Decimal(str(value)), Decimal(str(value))))
        period = period.next
    return points


@pytest.mark.pure
class TestForesee:
    """The pure function."""

    def test_a_steady_rise_goes_on_and_the_interval_holds_it(self) -> None:
        found = foresee(line(RISING), YEAR_END)
        assert found is not None
        assert [str(a.period) for a in found.ahead] == ["2026-11", "2026-12"]
        end = found.ahead[-1]
        assert Decimal("94.5") < end.value < Decimal("97.5")
        assert end.low < end.value < end.high
        assert found.error is not None and 0 < found.error < 2

    def test_further_ahead_is_no_more_certain(self) -> None:
        found = foresee(line([10, 12, 15, 14, 18, 23, 21, 26, 30, 28, 27, 33]), Period("month", 2027, 10))
        assert found is not None
        widths = [a.high - a.low for a in found.ahead]
        # A thousand paths: the edges shake by a few per cent.
        assert widths[-1] > widths[0] * Decimal("0.95") > 0

    def test_the_same_figures_give_the_same_forecast(self) -> None:
        assert foresee(line(RISING), YEAR_END) == foresee(line(RISING), YEAR_END)

    @pytest.mark.parametrize("count", [0, 1, 11])
    def test_under_twelve_points_nothing_is_said(self, count: int) -> None:
        assert foresee(line(RISING[:count], Period("month", 2026, 1)), YEAR_END) is None

    def test_a_gap_begins_the_count_anew(self) -> None:
        points = [p for p in line([*RISING, 94], FIRST) if p.period != Period("month", 2026, 3)]
        assert len(unbroken(points)) == 8
        assert foresee(points, YEAR_END) is None

    def test_what_is_over_is_not_foreseen(self) -> None:
        assert foresee(line(RISING), Period("month", 2026, 10)) is None

    def test_what_never_moved_is_expected_to_stay(self) -> None:
        found = foresee(line([5] * 12), YEAR_END)
        assert found is not None
        assert {(a.low, a.value, a.high) for a in found.ahead} == {(5, 5, 5)}
        assert found.error == 0

    def test_a_running_total_is_foreseen_from_what_was_reached(self) -> None:
        points = [Point(p.period, p.value, Decimal(1000)) for p in line([100, 104, 98, 101, 99, 103] * 2)]
        found = foresee(points, YEAR_END, cumulative=True)
        assert found is not None
        assert 1190 < found.ahead[-1].value < 1215

    def test_a_share_stays_between_nothing_and_all(self) -> None:
        found = foresee(line([90 + i * 0.9 for i in range(12)]), Period("month", 2027, 6), within=(0.0, 100.0))
        assert found is not None
        assert all(0 <= a.low <= a.value <= a.high <= 100 for a in found.ahead)

    def test_from_two_years_on_the_season_is_known(self) -> None:
        wave = [0, 0, 5, 0, 0, 0, 20, 0, 0, 0, 0, 40]
        values = [100 + wave[i % 12] + i * 0.5 for i in range(34)]
        found = foresee(line(values, Period("month", 2024, 1)), YEAR_END)
        assert found is not None and found.method == "ETS(A,Ad,A)"
        assert found.ahead[-1].value > found.ahead[0].value + 25


@pytest.fixture
def indicator(adopted_plan: Plan, agency_world: World) -> Indicator:
    """300 households by the year's end, with no figures."""
    return Indicator.objects.get(target__unit="hộ")


def record(indicator: Indicator, world: World, count: int) -> None:
    """So many months of figures up to October 2026."""
    period = Period("month", 2026, 10)
    for i in range(count):
        monitoring.record_measurement(indicator, world.chi, TODAY, period=period, value=250 - 10 * i)
        period = period.previous


@pytest.mark.django_db(transaction=True)
def test_the_twelfth_figure_brings_a_forecast_in_the_background(indicator: Indicator, agency_world: World) -> None:
    record(indicator, agency_world, 11)
    assert not Forecast.objects.exists()
    record(indicator, agency_world, 12)
    forecast = Forecast.objects.get()
    assert (forecast.points, [row[0] for row in forecast.path]) == (12, ["2026-11", "2026-12"])
    assert forecast.low <= forecast.value <= forecast.high
    assert measured([indicator], TODAY)[indicator.pk].facts.foreseen == (forecast.low, forecast.high)


@pytest.mark.django_db(transaction=True)
def test_a_correction_makes_the_forecast_anew_and_nothing_else_does(indicator: Indicator, agency_world: World) -> None:
    record(indicator, agency_world, 12)
    before = Forecast.objects.get()
    assert forecast_stale(TODAY) == 0
    monitoring.record_measurement(indicator, agency_world.chi, TODAY, period="2026-10", value=200)
    after = Forecast.objects.get()
    assert after.made_at > before.made_at and after.value < before.value


@pytest.mark.django_db
def test_a_forecast_that_no_longer_follows_is_taken_away(indicator: Indicator, agency_world: World) -> None:
    record(indicator, agency_world, 12)
    assert stale(TODAY) == [indicator.pk]
    assert make_forecast(indicator, TODAY) is not None
    indicator.measurements.filter(period="2026-05").delete()
    assert make_forecast(indicator, TODAY) is None
    assert not Forecast.objects.exists()


@pytest.mark.django_db
def test_what_is_over_is_left_alone(indicator: Indicator, agency_world: World) -> None:
    record(indicator, agency_world, 12)
    assert stale(dt.date(2027, 1, 1)) == []


@pytest.mark.pure
def test_the_web_server_never_loads_what_forecasts_need() -> None:
    code = (
        "import sys, sauro.wsgi, sauro.web.urls, sauro.monitoring.services.forecasts\n"
        "sys.exit(bool({'statsmodels', 'scipy', 'pandas'} & set(sys.modules)))"
    )
    env_of = {"DJANGO_SETTINGS_MODULE": "sauro.settings"}
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, **env_of}, timeout=60, check=False)
    assert done.returncode == 0
