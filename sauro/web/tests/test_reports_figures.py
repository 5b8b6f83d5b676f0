"""The page of a report on a plan as a whole, with the figures that it asks for."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sauro.monitoring import services
from sauro.monitoring.models import Duty, Indicator, Report
from sauro.monitoring.services import works
from sauro.plans.models import Plan
from sauro.testing import TODAY, TRADE, World, task_of

pytestmark = pytest.mark.django_db
BACKEND = "sauro.organization.backends.PersonBackend"
WORDS = {"done_text": "Phòng đã làm 2 việc", "has_difficulties": "no", "has_proposals": "no"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sauro.web.today.timezone", SimpleNamespace(localdate=lambda: TODAY))


@pytest.fixture
def report(adopted_plan: Plan, agency_world: World) -> Report:
    """The trade unit's report; the unit owns a count of households, 28 in August."""
    indicator = Indicator.objects.get(target__indicator="Hộ kinh doanh bán hàng trực tuyến")
    owner = {"owner": agency_world.units[TRADE], "start": Decimal(0)}
    services.set_up_indicator(indicator, agency_world.chi, owner)
    services.record_measurement(indicator, agency_world.an, TODAY, period="2026-08", value="28")
    services.open_rounds(agency_world.agency, TODAY + dt.timedelta(days=20))
    rows = Duty.objects.filter(plan=adopted_plan, kind=Duty.Kind.PLAN_REPORT, unit=agency_world.units[TRADE])
    return services.answer_duty(rows.filter(round__isnull=False).earliest("due"), agency_world.an, TODAY)


def signed_in(world: World, name: str) -> Client:
    """A client of one's own for that person."""
    client = Client()
    client.force_login(world.people[name], backend=BACKEND)
    return client


def field(report: Report, world: World) -> str:
    """The name of the first figure's field."""
    asked = services.asked_figures(report, world.an, TODAY)[0]
    return f"figure-{asked.key('value')}"


def test_the_form_asks_for_the_figure_with_the_last_one_as_a_hint_and_keeps_what_is_typed(
    report: Report, agency_world: World
) -> None:
    client, name = signed_in(agency_world, "an"), field(report, agency_world)
    page = client.get(f"/bao-cao/{report.pk}/").content.decode()
    assert f'name="{name}"' in page and "28" in page and "dự kiến" in page.casefold()
    said = WORDS | {"version": 0, name: "ba mươi"}
    assert client.post(f"/bao-cao/{report.pk}/luu/", said, HTTP_HX_REQUEST="true").status_code == 200
    assert 'value="ba mươi"' in signed_in(agency_world, "binh").get(f"/bao-cao/{report.pk}/").content.decode()


def test_a_wrong_figure_is_marked_under_its_field_and_nothing_is_handed_in(report: Report, agency_world: World) -> None:
    client, name = signed_in(agency_world, "an"), field(report, agency_world)
    answer = client.post(f"/bao-cao/{report.pk}/nop/", WORDS | {"version": 0, name: "ba mươi"})
    page = answer.content.decode()
    assert answer.status_code == 422 and f'id="id_{name}_error"' in page
    assert page.count("không phải là số") == 1
    assert f'href="#id_{name}"' in page and "Hộ kinh doanh bán hàng trực tuyến, Tháng 11/2026: Hộ" in page
    report.refresh_from_db()
    assert report.state == "draft" and not report.measurements.exists()


def test_a_figure_is_handed_in_with_the_report_and_read_on_it(report: Report, agency_world: World) -> None:
    client, name = signed_in(agency_world, "an"), field(report, agency_world)
    answer = client.post(f"/bao-cao/{report.pk}/nop/", WORDS | {"version": 0, name: "7.882,5"})
    assert answer.status_code == 302
    assert report.measurements.get().value == Decimal("7882.5")
    read = signed_in(agency_world, "chi").get(f"/bao-cao/{report.pk}/").content.decode()
    assert "Số liệu chỉ tiêu" in read and "7.882,5" in read


def test_two_people_who_typed_different_figures_choose_and_lose_nothing(report: Report, agency_world: World) -> None:
    name = field(report, agency_world)
    first, second = signed_in(agency_world, "an"), signed_in(agency_world, "binh")
    first.post(f"/bao-cao/{report.pk}/luu/", WORDS | {"version": 0, name: "30"}, HTTP_HX_REQUEST="true")
    differ = second.post(f"/bao-cao/{report.pk}/", WORDS | {"version": 0, name: "31"})
    assert differ.status_code == 409 and f'name="pick_{name}"' in differ.content.decode()
    second.post(f"/bao-cao/{report.pk}/chon/", {"version": 1, f"pick_{name}": "mine", f"mine_{name}": "31"})
    report.refresh_from_db()
    assert list(report.figures.values()) == ["31"]


def test_the_form_asks_as_much_of_the_database_for_two_figures_as_for_one(report: Report, agency_world: World) -> None:
    client = signed_in(agency_world, "an")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/bao-cao/{report.pk}/")
        return len(queries)

    asked()
    one = asked()
    other = Indicator.objects.get(owner=None)
    services.set_up_indicator(other, agency_world.chi, {"owner": agency_world.units[TRADE]})
    assert len(services.asked_figures(report, agency_world.an, TODAY)) > 1
    assert asked() == one


def test_a_figure_entered_elsewhere_while_one_is_typed_is_shown_beside_it_and_chosen_from(
    report: Report, agency_world: World
) -> None:
    client, name = signed_in(agency_world, "an"), field(report, agency_world)
    indicator = Indicator.objects.get(target__indicator="Hộ kinh doanh bán hàng trực tuyến")
    services.record_measurement(indicator, agency_world.binh, TODAY, period="2026-11", value="33")
    said = WORDS | {"version": 0, name: "30"}
    assert client.post(f"/bao-cao/{report.pk}/luu/", said, HTTP_HX_REQUEST="true").status_code == 200
    report.refresh_from_db()
    assert report.figures == {name.removeprefix("figure-"): "30"}
    refused = client.post(f"/bao-cao/{report.pk}/nop/", said | {"version": 1})
    page = refused.content.decode()
    assert refused.status_code == 422 and "Trần Quốc Bình đã ghi 33 ngày" in page and 'value="30"' in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen and indicator.measurements.get(period="2026-11").value == 33
    answer = client.post(f"/bao-cao/{report.pk}/nop/", said | {"version": 2, "seen": seen[1]})
    assert answer.status_code == 302
    assert indicator.measurements.get(period="2026-11").value == 30


def test_withdrawing_says_which_figures_stay(report: Report, agency_world: World) -> None:
    client, name = signed_in(agency_world, "an"), field(report, agency_world)
    client.post(f"/bao-cao/{report.pk}/nop/", WORDS | {"version": 0, name: "30"})
    indicator = Indicator.objects.get(target__indicator="Hộ kinh doanh bán hàng trực tuyến")
    services.record_measurement(indicator, agency_world.binh, TODAY, period="2026-11", value="33")
    page = client.post(f"/bao-cao/{report.pk}/rut-lai/", follow=True).content.decode()
    assert "giữ nguyên: Hộ kinh doanh bán hàng trực tuyến, Tháng 11/2026." in page
    assert indicator.measurements.get(period="2026-11").value == 33


def test_the_form_on_a_task_asks_for_its_kpi_and_the_report_shows_them(adopted_plan: Plan, agency_world: World) -> None:
    task, client = task_of(adopted_plan, "1.2"), signed_in(agency_world, "an")
    works.save_measures(task, agency_world.chi, TODAY, [works.Kpi("Lớp tập huấn", "lớp", Decimal(4), Decimal(1))])
    draft = services.start_report(task, agency_world.an, TODAY)
    page = client.get(f"/bao-cao/{draft.pk}/").content.decode()
    assert "Phải đạt 4 lớp · đã đạt 1, ngày " in page
    name = f"figure-kpi-{task.measures.get().pk}-value"
    assert f'name="{name}"' in page
    said = WORDS | {"version": 0, "progress": 50, name: "hai"}
    assert "không phải là số" in client.post(f"/bao-cao/{draft.pk}/nop/", said).content.decode()
    assert client.post(f"/bao-cao/{draft.pk}/nop/", said | {"version": 1, name: "2"}).status_code == 302
    assert task.measures.get().reached == 2
    assert "Lớp tập huấn: <b>2</b> lớp (phải đạt 4)" in client.get(f"/bao-cao/{draft.pk}/").content.decode()
