"""The page of a target: what it shows, entering figures, setting up."""

from __future__ import annotations

import io

import openpyxl
import pytest

from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Indicator, Measurement
from sauro.monitoring.services.forecasts import make_forecast
from sauro.plans.models import Plan
from sauro.testing import INDUSTRY, TODAY, TRADE, World
from sauro.vietnamese.periods import Period
from sauro.web.look.targets import number

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ("views", "figures", "register"):
        monkeypatch.setattr(f"sauro.web.targets.{room}.today", lambda: TODAY)


@pytest.fixture
def households(adopted_plan: Plan, agency_world: World) -> Indicator:
    """300 households, owned by the trade unit, 230 in September."""
    indicator = Indicator.objects.get(target__unit="hộ")
    indicator = monitoring.set_up_indicator(indicator, agency_world.chi, {"owner": agency_world.units[TRADE]})
    monitoring.record_measurement(indicator, agency_world.an, TODAY, period="2026-09", value=230, source="Sàn TMĐT")
    return indicator


def address(indicator: Indicator, more: str = "") -> str:
    """Of the target's page."""
    return f"/chi-tieu/{indicator.target_id}/{more}"


def test_the_page_says_how_the_target_stands(households: Indicator, sign_in: object) -> None:
    text = sign_in("hoa").get(address(households)).content.decode()
    assert "Đúng nhịp" in text and "Sàn TMĐT" in text and "Mới 1 kỳ liền nhau" in text
    assert "Nguyễn Hoài An (Chuyên viên)" in text  # who can enter figures


def test_only_pages_with_a_chart_let_it_write_styles(households: Indicator, sign_in: object) -> None:
    client = sign_in("an")
    assert "'unsafe-inline'" in client.get(address(households))["Content-Security-Policy"]
    assert "unsafe-inline" not in client.get("/chi-tieu/")["Content-Security-Policy"]


def test_the_form_has_a_line_for_every_period_without_a_figure(households: Indicator, sign_in: object) -> None:
    lines = sign_in("an").get(address(households)).context["lines"]
    assert [line.period for line in lines] == [f"2026-{month:02}" for month in range(1, 12)]
    assert lines[8].typed == {"value": "230", "source": "Sàn TMĐT"}
    assert lines[9].before == "Kỳ trước 230." and lines[9].typed == {"source": "Sàn TMĐT"}


def test_figures_are_entered_line_by_line(households: Indicator, sign_in: object) -> None:
    given = {"value:2026-09": "235", "value:2026-10": "1.262,5", "value:2026-11": "", "source:2026-11": "x", "unit": ""}
    response = sign_in("an").post(address(households, "so-lieu/"), given, follow=True)
    assert "Đã ghi 2 số liệu." in response.content.decode()
    assert {m.period: m.value for m in Measurement.objects.all()} == {"2026-09": 235, "2026-10": 1262.5}


def test_one_wrong_figure_holds_back_all_and_keeps_what_was_typed(households: Indicator, sign_in: object) -> None:
    given = {"value:2026-09": "235", "value:2026-10": "hai trăm", "unit": ""}
    response = sign_in("an").post(address(households, "so-lieu/"), given)
    text = response.content.decode()
    assert response.status_code == 422
    assert "1 số liệu chưa ghi được" in text and 'value="hai trăm"' in text and 'value="235"' in text
    assert Measurement.objects.get().value == 230


def test_figures_of_one_unit_are_its_own(households: Indicator, agency_world: World, sign_in: object) -> None:
    unit = agency_world.units[INDUSTRY]
    client = sign_in("an")
    client.post(address(households, "so-lieu/"), {"value:2026-10": "7", "unit": str(unit.pk)})
    assert Measurement.objects.get(unit=unit).value == 7
    lines = client.get(address(households), {"don_vi": unit.pk}).context["lines"]
    assert [line.typed.get("value") for line in lines if line.period in ("2026-09", "2026-10")] == [None, "7"]


def test_a_set_up_is_changed_and_a_wrong_one_is_told(households: Indicator, sign_in: object) -> None:
    form = {
        "kind": "rise", "frequency": "month", "unit_name": "hộ", "start": "1.000", "low": "300",
        "starts_on": "01/01/2026", "due": "31/12/2026", "curve": "2026-06: 1.150",
    }  # fmt: skip
    client = sign_in("chi")
    response = client.post(address(households, "cach-do/"), form)
    assert response.status_code == 422 and "trái chiều" in response.content.decode()
    assert client.post(address(households, "cach-do/"), {**form, "start": "120"}).status_code == 302
    households.refresh_from_db()
    assert (households.start, households.curve) == (120, {"2026-06": "1150"})


def test_the_list_is_filtered_by_standing_and_taken_away(households: Indicator, sign_in: object) -> None:
    client = sign_in("an")
    shown = {s: len(client.get("/chi-tieu/", {"tinh_hinh": s}).context["rows"]) for s in ("on_track", "silent")}
    assert shown == {"on_track": 1, "silent": 1}
    taken = client.get("/chi-tieu/", {"tai": "xlsx", "tinh_hinh": "on_track"})
    last = list(openpyxl.load_workbook(io.BytesIO(taken.getvalue())).active.iter_rows(values_only=True))[-1]
    assert last[9:14] == (TRADE, "2026-09", 230, pytest.approx(224.383562), "Đúng nhịp")


def test_the_figures_of_a_target_are_taken_away(households: Indicator, sign_in: object) -> None:
    taken = sign_in("an").get(address(households), {"tai": "xlsx"})
    last = list(openpyxl.load_workbook(io.BytesIO(taken.getvalue())).active.iter_rows(values_only=True))[-1]
    assert last[:3] == ("2026-09", 230, 230)


def test_pages_ask_a_constant_number_of_queries(
    households: Indicator, agency_world: World, sign_in: object, django_assert_max_num_queries: object
) -> None:
    for month in range(1, 11):
        monitoring.record_measurement(households, agency_world.an, TODAY, period=f"2026-{month:02}", value=month * 20)
    client = sign_in("an")
    with django_assert_max_num_queries(21):
        client.get(address(households))
    with django_assert_max_num_queries(14):
        client.get("/chi-tieu/")


def test_a_forecast_is_told_with_its_interval_and_its_past_error(
    households: Indicator, agency_world: World, sign_in: object
) -> None:
    period = Period("month", 2026, 10)
    for i in range(12):
        monitoring.record_measurement(households, agency_world.an, TODAY, period=period, value=250 - 11 * i - i % 3)
        period = period.previous
    forecast = make_forecast(households, TODAY)
    text = sign_in("an").get(address(households)).content.decode()
    assert f"Cuối kỳ có khả năng đạt {number(forecast.value)} hộ" in text
    assert f"sai số trung bình {number(forecast.error)} hộ" in text and "từ 12 kỳ" in text
