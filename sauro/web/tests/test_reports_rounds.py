"""Reports in rounds: one link a duty, reports on a plan as a whole, returned, withdrawn, locked, two people at one."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.test import Client

from sauro.monitoring import services
from sauro.monitoring.models import Duty, Report, Round
from sauro.plans.models import Plan
from sauro.testing import TODAY, TRADE, World, task_of

pytestmark = pytest.mark.django_db
BACKEND = "sauro.organization.backends.PersonBackend"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sauro.web.today.timezone", SimpleNamespace(localdate=lambda: TODAY))


@pytest.fixture
def opened(agency_world: World, adopted_plan: Plan) -> Plan:
    """The plan with its rounds open."""
    services.open_rounds(agency_world.agency, TODAY + dt.timedelta(days=20))
    return adopted_plan


def signed_in(world: World, name: str) -> Client:
    """A client of one's own for that person."""
    client = Client()
    client.force_login(world.people[name], backend=BACKEND)
    return client


def task_duty(plan: Plan) -> Duty:
    """The first report that task 1.2 owes."""
    return task_of(plan, "1.2").duties.filter(kind=Duty.Kind.REPORT).earliest("due")


def plan_duty(plan: Plan, world: World) -> Duty:
    """The first report on the plan as a whole that the trade division owes."""
    rows = Duty.objects.filter(plan=plan, kind=Duty.Kind.PLAN_REPORT, unit=world.units[TRADE], round__isnull=False)
    return rows.earliest("due")


def written(duty: Duty, world: World, name: str = "an", text: str = "Đã hỗ trợ 16 doanh nghiệp") -> Report:
    """The duty's report with words in it."""
    report = services.answer_duty(duty, world.people[name], TODAY)
    return services.save_report(report, world.people[name], {"progress": 40, "done_text": text})


def test_one_link_begins_the_report_of_a_duty_once(opened: Plan, agency_world: World) -> None:
    url = f"/viec/{task_duty(opened).pk}/bao-cao/"
    first = signed_in(agency_world, "an").get(url)
    second = signed_in(agency_world, "binh").get(url)
    report = Report.objects.get()
    assert first["Location"] == second["Location"] == f"/bao-cao/{report.pk}/"
    assert report.duty == task_duty(opened) and report.round is not None


def test_the_link_still_leads_to_the_report_when_it_was_handed_in(opened: Plan, agency_world: World) -> None:
    report = services.submit_report(written(task_duty(opened), agency_world), agency_world.an, TODAY)
    answer = signed_in(agency_world, "giang").get(f"/viec/{task_duty(opened).pk}/bao-cao/")
    assert answer["Location"] == f"/bao-cao/{report.pk}/"


def test_a_round_that_is_not_open_yet_says_so_on_the_page_of_the_duty(agency_world: World, adopted_plan: Plan) -> None:
    duty = Duty.objects.filter(kind=Duty.Kind.PLAN_REPORT, unit=agency_world.units[TRADE]).latest("due")
    answer = signed_in(agency_world, "an").get(f"/viec/{duty.pk}/bao-cao/", follow=True)
    assert "Kỳ tự mở trước hạn nộp 14 ngày" in answer.content.decode() and not Report.objects.exists()


def test_a_report_on_a_plan_as_a_whole_has_no_progress_and_is_handed_in(opened: Plan, agency_world: World) -> None:
    services.submit_report(written(task_duty(opened), agency_world), agency_world.an, TODAY)
    duty = plan_duty(opened, agency_world)
    client = signed_in(agency_world, "binh")
    page = client.get(f"/viec/{duty.pk}/bao-cao/", follow=True).content.decode()
    assert "Chuyển đổi số năm 2026" in page and 'name="progress"' not in page
    assert "Nhiệm vụ đơn vị chủ trì trong kế hoạch này" in page
    report = Report.objects.get(duty=duty)
    said = {"version": 0, "done_text": "Phòng đã làm 2 việc", "has_difficulties": "no", "has_proposals": "no"}
    saved = client.post(f"/bao-cao/{report.pk}/luu/", said, HTTP_HX_REQUEST="true")
    assert saved.status_code == 200 and "Đã tự lưu" in saved.content.decode()
    answer = client.post(f"/bao-cao/{report.pk}/nop/", said | {"version": 1})
    assert answer.status_code == 302
    report.refresh_from_db()
    duty.refresh_from_db()
    assert (report.state, duty.state) == ("submitted", "met")
    read = signed_in(agency_world, "chi").get(f"/bao-cao/{report.pk}/").content.decode()
    assert "Phòng đã làm 2 việc" in read and "đạt 0%" not in read
    listed = signed_in(agency_world, "chi").get("/bao-cao/").content.decode()
    assert "Chuyển đổi số năm 2026" in listed
    for kind in ("xlsx", "csv", "docx"):
        assert signed_in(agency_world, "chi").get(f"/bao-cao/?tai={kind}").status_code == 200


def test_words_of_the_units_task_reports_can_be_taken_into_its_report_on_the_plan(
    opened: Plan, agency_world: World
) -> None:
    report = written(task_duty(opened), agency_world)
    Duty.objects.filter(pk=report.duty_id).update(round=plan_duty(opened, agency_world).round)
    Report.objects.filter(pk=report.pk).update(round=plan_duty(opened, agency_world).round)
    services.submit_report(report, agency_world.an, TODAY)
    url = f"/viec/{plan_duty(opened, agency_world).pk}/bao-cao/"
    page = signed_in(agency_world, "binh").get(url, follow=True).content.decode()
    assert "Lấy từ 1 báo cáo nhiệm vụ trong kỳ" in page and "- 1.2. Đã hỗ trợ 16 doanh nghiệp" in page


@pytest.fixture
def called(agency_world: World, adopted_plan: Plan) -> Round:
    """A call for reports on the plan as a whole, out of turn."""
    return services.call_round(
        adopted_plan, agency_world.chi, TODAY, kind="ad_hoc", event="Chuẩn bị họp giao ban của Tỉnh",
        due=TODAY + dt.timedelta(days=3),
    )  # fmt: skip


def test_what_was_called_for_names_its_event_and_is_found_on_the_own_page_and_in_the_calendar(
    called: Round, agency_world: World
) -> None:
    duty = called.duties.get(unit=agency_world.units[TRADE])
    client = signed_in(agency_world, "binh")
    assert f'href="/viec/{duty.pk}/bao-cao/"' in client.get("/").content.decode()
    assert client.get("/lich/?thang=2026-11&cua=don-vi").status_code == 200
    page = client.get(f"/viec/{duty.pk}/bao-cao/", follow=True).content.decode()
    assert "Chuẩn bị họp giao ban của Tỉnh" in page and "Báo cáo theo yêu cầu" in page


def test_a_returned_report_says_on_top_who_when_and_why_and_is_handed_in_again(
    opened: Plan, agency_world: World
) -> None:
    report = services.submit_report(written(task_duty(opened), agency_world), agency_world.an, TODAY)
    services.return_report(report, agency_world.chi, "Thiếu danh sách 16 doanh nghiệp.")
    client = signed_in(agency_world, "an")
    page = client.get(f"/bao-cao/{report.pk}/").content.decode()
    assert "Lê Thị Kim Chi trả lại lúc" in page and "Thiếu danh sách 16 doanh nghiệp." in page
    assert page.index("trả lại lúc") < page.index('name="progress"'), "on top"
    said = {"version": 1, "progress": "41", "done_text": "Kèm danh sách", "has_difficulties": "no"}
    client.post(f"/bao-cao/{report.pk}/nop/", said | {"has_proposals": "no"})
    report.refresh_from_db()
    assert report.state == Report.State.SUBMITTED and report.progress == 41


def test_a_report_is_withdrawn_until_it_is_accepted_and_then_the_page_says_who_can_return_it(
    opened: Plan, agency_world: World
) -> None:
    report = services.submit_report(written(task_duty(opened), agency_world), agency_world.an, TODAY)
    client = signed_in(agency_world, "an")
    assert "Rút lại" in client.get(f"/bao-cao/{report.pk}/").content.decode()
    answer = client.post(f"/bao-cao/{report.pk}/rut-lai/", follow=True)
    assert "Đã rút lại" in answer.content.decode() and 'name="progress"' in answer.content.decode()
    services.submit_report(report, agency_world.an, TODAY)
    services.accept_report(report, agency_world.chi)
    page = client.get(f"/bao-cao/{report.pk}/").content.decode()
    assert "Lê Thị Kim Chi (Thư ký ISO) trả lại thì sửa được" in page and "rut-lai" not in page
    refused = client.post(f"/bao-cao/{report.pk}/rut-lai/", follow=True)
    assert "không rút được" in refused.content.decode()


def test_a_draft_in_a_locked_round_is_only_read_and_says_who_opens_it_again(opened: Plan, agency_world: World) -> None:
    report = written(task_duty(opened), agency_world)
    assert report.round is not None
    services.lock_round(report.round, agency_world.chi, TODAY)
    client = signed_in(agency_world, "an")
    page = client.get(f"/bao-cao/{report.pk}/").content.decode()
    assert "Kỳ báo cáo đã khóa ngày" in page and "mở lại được, cần ghi lý do" in page and 'id="phieu"' not in page
    said = {"version": 1, "progress": "41", "done_text": "x"}
    late = client.post(f"/bao-cao/{report.pk}/luu/", said, HTTP_HX_REQUEST="true")
    assert late.status_code == 422 and "Kỳ báo cáo đã khóa" in late.content.decode()


def test_the_second_of_two_people_is_told_who_changed_what_and_loses_nothing(opened: Plan, agency_world: World) -> None:
    report = written(task_duty(opened), agency_world)
    said = {"version": report.version, "progress": "40", "has_difficulties": "no", "has_proposals": "no"}
    signed_in(agency_world, "binh").post(f"/bao-cao/{report.pk}/luu/", said | {"done_text": "Bản của Bình"})
    page = signed_in(agency_world, "an").post(f"/bao-cao/{report.pk}/", said | {"done_text": "Bản của An"})
    text = page.content.decode()
    assert page.status_code == 409
    assert "Trần Quốc Bình đã lưu báo cáo này lúc" in text and "Bản Trần Quốc Bình lưu lúc" in text
    assert "Bản của <mark>An</mark>" in text and "Bản của <mark>Bình</mark>" in text
