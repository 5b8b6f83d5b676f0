"""The month, the list, the feed and the register of days off."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from icalendar import Calendar

from sauro.monitoring import services
from sauro.monitoring.models import Duty
from sauro.organization import services as organization
from sauro.organization.models import DayOff
from sauro.plans.models import Plan
from sauro.testing import TODAY, TRADE, World, task_of
from sauro.web.calendar import days, feed, views
from sauro.web.calendar.month import grid_span, next_month, previous_month
from sauro.web.home import works


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (days, feed, views, works):
        monkeypatch.setattr(module, "today", lambda: TODAY)


def test_the_month_shows_what_is_due_and_names_days_off(sign_in: Any, adopted_plan: Plan, agency_world: World) -> None:
    DayOff.objects.create(agency=agency_world.agency, day=dt.date(2026, 11, 20), kind="off", name="Ngày Nhà giáo")
    page = sign_in("binh").get("/lich/").content.decode()
    assert "2 việc đến hạn trong tháng 11" in page
    assert "1.1 hoàn thành, quá hạn" in page and "Ngày Nhà giáo" in page
    assert '<span class="month-title">Xây dựng gian hàng' in page
    other = sign_in("binh").get("/lich/?cua=tat-ca&thang=2026-12").content.decode()
    assert "5 việc đến hạn trong tháng 12" in other and "118/KH-SCT báo cáo kế hoạch" in other
    # All units owe the same report on a plan: then who owes it stands first.
    assert f'<span class="month-title">{TRADE}</span>' in other


def test_the_list_shows_the_same_works(sign_in: Any, adopted_plan: Plan) -> None:
    page = sign_in("binh").get("/lich/?kieu=danh-sach").content.decode()
    assert "2 việc đến hạn trong tháng 11" in page and "Xây dựng gian hàng" in page


@pytest.mark.parametrize("query", ["thang=2026-99", "thang=x", "ke_hoach=abc", "cua=ai", "trang=0&kieu=danh-sach"])
def test_an_address_that_makes_no_sense_shows_this_month(sign_in: Any, adopted_plan: Plan, query: str) -> None:
    answer = sign_in("binh").get(f"/lich/?{query}")
    assert answer.status_code == 200 and "tháng 11" in answer.content.decode()


@pytest.mark.parametrize("kind", ["thang", "danh-sach"])
def test_the_cost_is_the_same_however_much_is_due(
    sign_in: Any, adopted_plan: Plan, agency_world: World, django_assert_max_num_queries: Any, kind: str
) -> None:
    task, an = task_of(adopted_plan, "1.2"), agency_world.an
    Duty.objects.bulk_create(
        Duty(
            agency=agency_world.agency, plan=adopted_plan, task=task, kind=Duty.Kind.REPORT, unit=an.unit, person=an,
            unit_path=an.unit.path, period=f"x{n}", title="Việc", nominal_due=TODAY, due=TODAY,
        )
        for n in range(300)
    )  # fmt: skip
    client = sign_in("an")
    client.get("/lich/")
    with django_assert_max_num_queries(12):
        page = client.get(f"/lich/?kieu={kind}").content.decode()
    assert "300 việc đến hạn" in page and len(page) < 200_000


def test_the_feed_needs_no_sign_in_holds_only_what_the_person_owes_and_keeps_its_names(
    client: Any, adopted_plan: Plan, agency_world: World
) -> None:
    services.assign(task_of(adopted_plan, "1.2"), agency_world.an, agency_world.binh)
    url = f"/lich/{organization.calendar_token(agency_world.an)}.ics"
    answer = client.get(url)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    made = Calendar.from_ical(answer.content)
    events = {str(e["uid"]): e for e in made.walk("VEVENT")}
    owed = Duty.objects.owed_by(agency_world.an).open()
    assert set(events) == {f"duty-{d.pk}@sauro" for d in owed} and len(events) == 3
    first = events[f"duty-{owed.order_by('due').first().pk}@sauro"]
    assert first.decoded("dtstart") == dt.date(2026, 11, 30) and first.decoded("dtend") == dt.date(2026, 12, 1)
    assert "Báo cáo tháng 11." in str(first["summary"])
    assert [str(z["tzid"]) for z in made.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
    assert client.get(url, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    owed.update(due=dt.date(2027, 1, 4))
    again = Calendar.from_ical(client.get(url).content)
    assert {str(e["uid"]) for e in again.walk("VEVENT")} == set(events), "a moved duty keeps its name"


def test_an_old_or_unknown_address_gives_nothing(client: Any, sign_in: Any, agency_world: World) -> None:
    url = f"/lich/{organization.calendar_token(agency_world.an)}.ics"
    assert sign_in("an").post("/lich/dia-chi/")["Location"] == "/lich/"
    client.logout()
    assert client.get(url).status_code == 404
    assert client.get(f"/lich/{'x' * 43}.ics").status_code == 404
    fresh = organization.calendar_token(type(agency_world.an).objects.get(pk=agency_world.an.pk))
    assert client.get(f"/lich/{fresh}.ics").status_code == 200
    organization.set_active(agency_world.an, False, actor=agency_world.chi)
    assert client.get(f"/lich/{fresh}.ics").status_code == 404


def test_a_report_on_the_plan_is_noted_as_sent(sign_in: Any, adopted_plan: Plan, agency_world: World) -> None:
    duty = Duty.objects.get(kind=Duty.Kind.PLAN_REPORT, unit=agency_world.an.unit)
    assert "Ghi nhận đã xong" not in sign_in("dung").get(f"/viec/{duty.pk}/").content.decode()
    assert sign_in("dung").post(f"/viec/{duty.pk}/").status_code == 403
    assert sign_in("binh").post(f"/viec/{duty.pk}/", {"note": "12/BC-QLTM"})["Location"] == "/"
    duty.refresh_from_db()
    assert (duty.state, duty.met_on) == (Duty.State.MET, TODAY)
    assert sign_in("binh").post(f"/viec/{duty.pk}/").status_code == 409


def test_days_are_proposed_confirmed_changed_and_duties_follow(
    sign_in: Any, adopted_plan: Plan, agency_world: World
) -> None:
    client = sign_in("chi")
    client.post("/lich-lam-viec/du-kien/", {"nam": "2026"})
    page = client.get("/lich-lam-viec/?nam=2026").content.decode()
    assert "ngày còn dự kiến" in page and "Quốc khánh" in page
    chosen = [f"{d.day:%Y-%m-%d}" for d in DayOff.objects.all()]
    client.post("/lich-lam-viec/xac-nhan/", {"day": chosen, "nam": "2026"})
    assert not DayOff.objects.filter(confirmed=False).exists()
    data = {"day": "30/11/2026", "kind": "off", "name": "Nghỉ bù", "source": "TB 1"}
    said = client.post("/lich-lam-viec/them/", data, follow=True).content.decode()
    assert "Đã ghi 30/11/2026: Nghỉ bù." in said and "1 việc đổi hạn theo." in said
    report = task_of(adopted_plan, "1.2").duties.get(period="2026-11")
    assert report.due == dt.date(2026, 12, 1)
    client.post("/lich-lam-viec/bo/", {"day": "2026-11-30", "nam": "2026"})
    report.refresh_from_db()
    assert report.due == dt.date(2026, 11, 30)
    assert client.post("/lich-lam-viec/them/", {"day": "31/11/2026", "kind": "off", "name": "x"}).status_code == 422


@pytest.mark.parametrize("who", ["an", "binh", "dung", "giang", "hoa"])
def test_the_calendar_is_seen_by_all_and_kept_by_few(sign_in: Any, agency_world: World, who: str) -> None:
    client = sign_in(who)
    assert client.get("/lich-lam-viec/").status_code == 200
    data = {"day": "30/11/2026", "kind": "off", "name": "x"}
    for act in ("them", "du-kien", "xac-nhan"):
        assert client.post(f"/lich-lam-viec/{act}/", data).status_code == 403
    assert client.post("/lich-lam-viec/bo/", {"day": "2026-11-30"}).status_code == 403
    assert not DayOff.objects.exists()


@pytest.mark.parametrize("month", [dt.date(2026, m, 1) for m in range(1, 13)] + [dt.date(2028, 2, 1)])
def test_the_grid_holds_whole_weeks_around_the_month(month: dt.date) -> None:
    start, end = grid_span(month)
    assert start.weekday() == 0 and end.weekday() == 6 and start <= month
    assert next_month(month) - dt.timedelta(days=1) <= end
    assert previous_month(next_month(month)) == month
