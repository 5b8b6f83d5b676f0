"""A person's own page: what waits, in groups; what is late; the same cost however much there is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sauro.monitoring import services
from sauro.monitoring.models import Duty
from sauro.notices import services as notices
from sauro.notices.models import Notice
from sauro.plans.models import Plan, Task
from sauro.testing import TODAY, World, task_of
from sauro.web.home import views, works
from sauro.web.home.words import period_words


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (views, works):
        monkeypatch.setattr(module, "today", lambda: TODAY)


def test_the_title_answers_what_waits_and_what_is_overdue(sign_in: Any, adopted_plan: Plan) -> None:
    page = sign_in("binh").get("/").content.decode()
    assert "6 việc đang chờ, 2 việc đã quá hạn" in page
    for words in ("Quá hạn", "Tháng này", "Sau đó", "Giao người chịu trách nhiệm.", "Báo cáo tháng 11."):
        assert words in page
    assert "dời từ Thứ Bảy 31/10" in page


def test_a_report_on_a_plan_names_its_number_once(sign_in: Any, adopted_plan: Plan) -> None:
    groups = sign_in("binh").get("/").context["groups"]
    report = next(work for group in groups for work in group.works if not work.duty.task_id)
    assert report.title == adopted_plan.title and report.meta.startswith(adopted_plan.number)


def test_what_is_assigned_moves_from_the_head_to_the_person(
    sign_in: Any, adopted_plan: Plan, agency_world: World
) -> None:
    assert "Không có việc nào đang chờ" in sign_in("an").get("/").content.decode()
    services.assign(task_of(adopted_plan, "1.2"), agency_world.an, agency_world.binh)
    assert "3 việc đang chờ, không việc nào quá hạn" in sign_in("an").get("/").content.decode()
    assert "3 việc đang chờ, 2 việc đã quá hạn" in sign_in("binh").get("/").content.decode()


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("giang", "Toàn cơ quan"),
        ("hoa", "Toàn cơ quan"),
        ("chi", "Toàn cơ quan"),
        ("binh", "Đang chậm trong phạm vi phụ trách"),
    ],
)
def test_who_answers_for_more_sees_what_is_late_there(sign_in: Any, adopted_plan: Plan, who: str, words: str) -> None:
    page = sign_in(who).get("/").content.decode()
    assert words in page and "Xây dựng gian hàng" in page and "Quá hạn 23 ngày" in page


def test_an_officer_without_a_scope_sees_only_their_own(sign_in: Any, adopted_plan: Plan) -> None:
    page = sign_in("dung").get("/").content.decode()
    assert "Toàn cơ quan" not in page and "Xây dựng gian hàng" not in page


def test_readings_that_wait_are_shown_to_those_who_review(
    sign_in: Any, adopted_plan: Plan, agency_world: World
) -> None:
    from sauro.testing import make_reading

    make_reading(agency_world)
    assert "Văn bản chờ duyệt" in sign_in("chi").get("/").content.decode()
    assert "Văn bản chờ duyệt" not in sign_in("an").get("/").content.decode()


@pytest.mark.parametrize("who", ["an", "binh", "chi", "dung", "giang", "hoa"])
def test_the_page_takes_at_most_12_queries_with_any_number_of_works(
    sign_in: Any, adopted_plan: Plan, agency_world: World, django_assert_max_num_queries: Any, who: str
) -> None:
    task = task_of(adopted_plan, "1.2")
    people = [agency_world.people[who], None]
    Duty.objects.bulk_create(
        Duty(
            agency=agency_world.agency, plan=adopted_plan, task=task, kind=Duty.Kind.REPORT,
            unit=agency_world.people[who].unit, unit_path=agency_world.people[who].unit.path, person=person,
            period=f"x{n}-{i}", title=f"Việc {n}",
            nominal_due=TODAY + dt.timedelta(days=n - 60), due=TODAY + dt.timedelta(days=n - 60),
        )
        for n in range(120) for i, person in enumerate(people)
    )  # fmt: skip
    client = sign_in(who)
    with django_assert_max_num_queries(12):
        page = client.get("/").content.decode()
    with django_assert_max_num_queries(12):
        client.get("/")
    assert page.count('class="work') < 600


def test_more_than_can_be_counted_is_said_so(monkeypatch: pytest.MonkeyPatch, sign_in: Any, adopted_plan: Plan) -> None:
    monkeypatch.setattr(works, "CAP", 3)
    assert "Hơn 3 việc đang chờ" in sign_in("binh").get("/").content.decode()


def test_counts_follow_every_change_at_once(sign_in: Any, adopted_plan: Plan, agency_world: World) -> None:
    assert "2 việc đã quá hạn" in sign_in("binh").get("/").content.decode()
    assert "1 chưa xong, quá hạn" in sign_in("giang").get("/").content.decode()
    task = task_of(adopted_plan, "1.1")
    draft = services.start_report(task, agency_world.an, TODAY)
    import io

    for product in task.products.all():
        services.add_evidence(
            draft, agency_world.an, io.BytesIO(b"%PDF-" + str(product.pk).encode()), "a.pdf", product=product
        )
    services.save_report(draft, agency_world.an, {"progress": 100, "done_text": "Xong"})
    services.submit_report(draft, agency_world.an, TODAY)
    services.complete(task, agency_world.binh, TODAY)
    assert "1 xong, quá hạn" in sign_in("giang").get("/").content.decode()


def test_the_report_button_is_a_link_to_the_one_report_of_its_duty(sign_in: Any, adopted_plan: Plan) -> None:
    page = sign_in("binh").get("/").content.decode()
    duty = task_of(adopted_plan, "1.2").duties.filter(kind="report").earliest("due")
    assert f'href="/viec/{duty.pk}/bao-cao/"' in page


def test_reminding_tells_who_is_accountable(sign_in: Any, adopted_plan: Plan, agency_world: World) -> None:
    services.assign(task_of(adopted_plan, "1.1"), agency_world.an, agency_world.binh)
    page = sign_in("binh").post("/nhac/", follow=True).content.decode()
    assert "Đã nhắc Nguyễn Hoài An" in page
    assert Notice.objects.filter(person=agency_world.an, verb="monitoring.task.reminded").count() == 1


def test_a_notice_is_opened_by_its_owner_alone(sign_in: Any, agency_world: World) -> None:
    notices.tell([agency_world.an], "test.done", "Có việc mới", "/lich/")
    notice = Notice.objects.get()
    assert sign_in("binh").post(f"/thong-bao/{notice.pk}/").status_code == 404
    client = sign_in("an")
    assert "1 thông báo chưa xem" in client.get("/thong-bao/").content.decode()
    assert client.post(f"/thong-bao/{notice.pk}/")["Location"] == "/lich/"
    assert "Đã xem hết thông báo" in client.get("/thong-bao/").content.decode()


def test_a_notice_never_leads_away_from_the_site(sign_in: Any, agency_world: World) -> None:
    notice = Notice.objects.create(person=agency_world.an, verb="x", text="x", url="https://example.org/")
    assert sign_in("an").post(f"/thong-bao/{notice.pk}/")["Location"] == "/thong-bao/"


@pytest.mark.parametrize(
    ("on", "week", "month"),
    [
        (dt.date(2026, 11, 23), dt.date(2026, 11, 29), dt.date(2026, 11, 30)),
        (dt.date(2026, 12, 31), dt.date(2027, 1, 3), dt.date(2027, 1, 3)),
        (dt.date(2028, 2, 7), dt.date(2028, 2, 13), dt.date(2028, 2, 29)),
    ],
)
def test_the_week_ends_on_sunday_and_the_month_never_before_it(on: dt.date, week: dt.date, month: dt.date) -> None:
    assert works.bounds(on) == (week, month)


@pytest.mark.parametrize(
    ("period", "words", "with_year"),
    [
        ("2026-11", "tháng 11", "tháng 11/2026"),
        ("2026-Q4", "quý IV", "quý IV/2026"),
        ("2026-H1", "6 tháng đầu năm", "6 tháng đầu năm 2026"),
        ("2026", "năm 2026", "năm 2026"),
        ("m1", "m1", "m1"),
    ],
)
def test_periods_in_words(period: str, words: str, with_year: str) -> None:
    assert period_words(period) == words
    assert period_words(period, year=True) == with_year


def test_a_task_without_a_plan_in_sight_is_not_needed(sign_in: Any, agency_world: World) -> None:
    assert Task.objects.count() == 0
    assert "Không có việc nào đang chờ" in sign_in("binh").get("/").content.decode()
