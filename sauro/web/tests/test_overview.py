"""The leader's page: its figures are those of `sauro standing`, its warnings those of the rules, for those who may."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pypdfium2
import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sauro.ledger import services as ledger
from sauro.monitoring import services as monitoring
from sauro.monitoring.glance import glance, silent_units
from sauro.monitoring.models import Duty, Indicator, Round, WarningRule
from sauro.monitoring.rounds.report import gather_report
from sauro.monitoring.services.forecasts import make_forecast
from sauro.monitoring.standing import AsOf, overview
from sauro.plans.models import Plan, Task
from sauro.plans.standing import FourCells
from sauro.testing import INDUSTRY, OFFICE, TODAY, TRADE, World, task_of
from sauro.web.overview import kept
from sauro.web.overview.shown import UNITS, shown

pytestmark = pytest.mark.django_db
ADDRESS, PAPER, LIST = "/toan-canh/", "/toan-canh.pdf", "/toan-canh/canh-bao/"


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ("views", "warned"):
        monkeypatch.setattr(f"sauro.web.overview.{room}.today", lambda: TODAY)


@pytest.fixture
def lived(adopted_plan: Plan, agency_world: World) -> World:
    """One task done late two days ago, one done in time long ago; one overdue for a year, one due in ten days."""
    old = TODAY - dt.timedelta(days=300)
    for n, (due, done) in enumerate(
        [(-5, -2), (-100, -120), (-365, None), (10, None)],
    ):
        Task.objects.create(
            agency=agency_world.agency,
            plan=adopted_plan,
            order=100 + n,
            ref=f"9.{n}",
            title=f"Việc thêm {n}",
            lead_unit=agency_world.units[INDUSTRY],
            lead_path=agency_world.units[INDUSTRY].path,
            schedule_kind="deadline",
            due=TODAY + dt.timedelta(days=due),
            completed_on=TODAY + dt.timedelta(days=done) if done else None,
            completed_by=agency_world.giang if done else None,
            given_on=old,
        )
    return agency_world


def counts_of_units(world: World) -> dict[int | None, FourCells]:
    return {row.id: row.cells for row in overview(world.agency, AsOf(TODAY))[1] if row.cells.total}


def test_the_figures_are_those_of_the_standing_to_the_last_count(lived: World) -> None:
    found = glance(lived.agency, monitoring.warning_rules_of(lived.agency), TODAY)
    plans, _units = overview(lived.agency, AsOf(TODAY))
    assert {row.id: row.cells for row in found.units} == counts_of_units(lived)
    assert {row.id: row.cells for row in found.plans} == {row.id: row.cells for row in plans}
    assert found.cells == sum((row.cells for row in plans), FourCells())
    assert (found.cells.done_on_time, found.cells.done_late, found.cells.open_overdue) == (1, 1, 2)


def test_the_week_tells_what_turned_late_what_was_saved_what_was_finished(lived: World, adopted_plan: Plan) -> None:
    Task.objects.filter(pk=task_of(adopted_plan, "1.1").pk).update(due=TODAY - dt.timedelta(days=7))
    week = glance(lived.agency, [], TODAY).week
    assert (week.late, week.saved, week.done) == (1, 1, 1)
    Task.objects.filter(pk=task_of(adopted_plan, "1.1").pk).update(due=TODAY - dt.timedelta(days=8))
    assert glance(lived.agency, [], TODAY).week.late == 0


def test_the_most_pressing_come_first_with_who_answers_for_them(lived: World, sign_in: Any) -> None:
    page = sign_in("giang").get(ADDRESS)
    first = page.context["shown"].pressing[0]
    assert (first.task.ref, first.days, first.when) == ("9.2", 365, "365 ngày")
    assert f"chưa ghi người; {INDUSTRY}" in page.content.decode()


def test_rows_without_room_are_summed_up_so_that_the_total_adds_up(lived: World) -> None:
    rows = glance(lived.agency, [], TODAY).units
    found = shown(lived.agency, TODAY)
    assert sum(row.counts.total for row in found.units) == found.counts.total
    many = [*rows * 5][: UNITS + 3]
    from sauro.web.overview.shown import _lines, _unit_line

    lines = _lines(many, UNITS, _unit_line, "%(n)d đơn vị khác")
    assert len(lines) == UNITS and lines[-1].name == "4 đơn vị khác" and not lines[-1].list_url
    assert sum(line.counts.total for line in lines) == sum(row.cells.total for row in many)


def test_every_overdue_count_opens_a_list_of_as_many(lived: World, sign_in: Any) -> None:
    client = sign_in("giang")
    row = next(r for r in shown(lived.agency, TODAY).units if r.name == INDUSTRY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sauro.web.tasks.views.today", lambda: TODAY)
        assert client.get(row.late_url).context["register"].total == row.counts.open_overdue == 1


def test_a_unit_with_units_under_it_opens_no_list_that_counts_more(lived: World, adopted_plan: Plan) -> None:
    team = lived.units["Tổ Thương mại điện tử"]
    Task.objects.filter(pk=task_of(adopted_plan, "1.2").pk).update(lead_unit=team, lead_path=team.path)
    rows = {row.name: row for row in shown(lived.agency, TODAY).units}
    assert not rows[TRADE].list_url and rows[team.name].list_url


def test_silent_are_those_who_began_no_report_past_its_day(lived: World, adopted_plan: Plan) -> None:
    late = TODAY - dt.timedelta(days=3)
    Duty.objects.filter(agency=lived.agency).update(due=TODAY, nominal_due=TODAY)
    duty = Duty.objects.filter(unit=lived.units[TRADE], task__ref="1.2", kind=Duty.Kind.REPORT).first()
    assert duty
    Duty.objects.filter(pk=duty.pk).update(due=late, nominal_due=late)
    [silence] = silent_units(lived.agency, TODAY)
    assert (silence.name, silence.reports, silence.since, silence.calls) == (TRADE, 1, late, 0)
    duty.calls.create(offset=1, to="head", made_on=late + dt.timedelta(days=1), reached=1)
    duty.calls.create(offset=1, to="person", made_on=late + dt.timedelta(days=1), reached=1)
    assert silent_units(lived.agency, TODAY)[0].calls == 1
    assert silent_units(lived.agency, TODAY, told=1)[0].calls == 1
    assert silent_units(lived.agency, TODAY, told=0)[0].calls == 0
    duty.refresh_from_db()
    assert duty.task
    monitoring.start_report(duty.task, lived.an, TODAY, duty=duty)
    assert silent_units(lived.agency, TODAY) == []


def test_targets_show_their_forecast_with_its_interval_and_its_error(lived: World, sign_in: Any) -> None:
    indicator = Indicator.objects.get(target__unit="hộ")
    page = sign_in("giang").get(ADDRESS).content.decode()
    assert "mới 0 kỳ, chưa đủ" in page
    indicator = monitoring.set_up_indicator(
        indicator, lived.chi, {"owner": lived.units[TRADE], "starts_on": dt.date(2025, 1, 1)}
    )
    for n in range(22):
        period = f"{2025 + n // 12}-{n % 12 + 1:02}"
        monitoring.record_measurement(indicator, lived.an, TODAY, period=period, value=10 * n, source="Sàn TMĐT")
    forecast = make_forecast(indicator, TODAY)
    assert forecast and forecast.value is not None and forecast.value < 300
    page = sign_in("giang").get(ADDRESS)
    text = page.content.decode()
    assert "Khó đạt" in text and "sai số kiểm thử" in text and '<svg class="trend"' in text
    assert page.context["shown"].chosen.indicator == indicator
    assert [name for name, *_rest in page.context["chart_rows"]][-1] == "Tháng 12/2026"
    listed = sign_in("giang").get(LIST, {"loai": "forecast"})
    assert [row.name for row in listed.context["rows"]] == [indicator.target.indicator]
    assert "mục tiêu 300 hộ" in listed.content.decode()


def test_warnings_are_listed_filtered_and_taken_away(lived: World, sign_in: Any) -> None:
    client = sign_in("chi")
    page = client.get(LIST)
    assert [row.name for row in page.context["rows"]] == ["9.3 Việc thêm 3"]
    assert "còn 10 ngày, đạt 0%" in page.content.decode()
    assert client.get(LIST, {"q": "viec them"}).context["register"].total == 1
    assert client.get(LIST, {"don_vi": lived.units[OFFICE].pk}).context["register"].total == 0
    taken = client.get(LIST, {"tai": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(taken.streaming_content))).active
    assert any("9.3 Việc thêm 3" in str(cell.value) for row in sheet.iter_rows() for cell in row)
    for kind in WarningRule.Kind.values:
        assert client.get(LIST, {"loai": kind}).status_code == 200
        assert client.get(LIST, {"loai": kind, "q": "xyz", "don_vi": lived.units[OFFICE].pk}).status_code == 200


def test_what_an_agency_changes_in_a_rule_is_seen_at_once(lived: World, sign_in: Any) -> None:
    client = sign_in("giang")
    assert [w.rule.kind for w in client.get(ADDRESS).context["shown"].warns if w.rule.kind == "behind"]
    rule = next(r for r in monitoring.warning_rules_of(lived.agency) if r.kind == "behind")
    monitoring.change_warning_rule(rule, lived.chi, {"enabled": False})
    assert not [w for w in client.get(ADDRESS).context["shown"].warns if w.rule.kind == "behind"]


def test_who_may_not_is_told_who_may(lived: World, sign_in: Any) -> None:
    client = sign_in("an")
    for path in (ADDRESS, PAPER, LIST):
        answer = client.get(path)
        assert answer.status_code == 403 and "Đỗ Trường Giang" in answer.content.decode()


def test_it_is_the_first_place_of_a_leader_and_stands_on_the_menu_of_the_secretary(lived: World, sign_in: Any) -> None:
    shell = sign_in("giang").get(ADDRESS).context["shell"]
    assert [item.url for item in shell.items][:2] == [ADDRESS, "/"]
    shell = sign_in("chi").get("/").context["shell"]
    assert ADDRESS in [item.url for item in shell.others]
    assert ADDRESS not in [item.url for item in sign_in("an").get("/").context["shell"].others]


def test_the_number_of_queries_does_not_grow_with_tasks_units_and_targets(lived: World, adopted_plan: Plan) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            glance(lived.agency, monitoring.warning_rules_of(lived.agency), TODAY)
            shown(lived.agency, TODAY)
        return len(captured)

    shown(lived.agency, TODAY)
    before = queries()
    model = Task.objects.get(ref="9.2")
    extra = []
    for n, unit in enumerate([lived.units[OFFICE], lived.units[TRADE], lived.units["Tổ Thương mại điện tử"]] * 10):
        extra.append(
            Task(
                agency=lived.agency, plan=adopted_plan, order=500 + n, title=f"Nữa {n}", lead_unit=unit,
                lead_path=unit.path, schedule_kind="deadline", due=TODAY + dt.timedelta(days=n - 9),
                given_on=model.given_on,
            )
        )  # fmt: skip
    Task.objects.bulk_create(extra)
    assert queries() == before <= 40


def test_the_sheet_is_one_page_with_the_same_figures(lived: World, sign_in: Any) -> None:
    answer = sign_in("giang").get(PAPER)
    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(b"".join(answer.streaming_content))
    assert len(document) == 1
    text = " ".join(document[0].get_textpage().get_text_range().split())
    total = shown(lived.agency, TODAY).counts.total
    for words in ("Toàn cảnh tháng 11/2026", "Việc thêm 2", "365 ngày", f"{total} nhiệm vụ", "Im lặng", "trang 1/1"):
        assert words in text, words


def test_a_past_day_counts_as_the_standing_and_the_round_s_report_of_that_day_do(
    lived: World, adopted_plan: Plan, sign_in: Any
) -> None:
    day = TODAY - dt.timedelta(days=3)
    # Finished since, and given since: neither counts on that day as it does now.
    Task.objects.filter(ref="9.0").update(completed_on=TODAY - dt.timedelta(days=2))
    Task.objects.filter(plan=adopted_plan).exclude(ref="9.3").update(given_on=TODAY - dt.timedelta(days=400))
    Task.objects.filter(ref="9.3").update(given_on=TODAY)
    page = sign_in("giang").get(f"{ADDRESS}?den={day:%Y-%m-%d}")
    plans, units = overview(lived.agency, AsOf(day))
    of_plan = next(row for row in plans if row.id == adopted_plan.pk)
    days = {"opens_on": day, "due": day, "focal_due": day}
    round = Round.objects.create(agency=lived.agency, plan=adopted_plan, kind="ad_hoc", event="Họp giao ban", **days)
    told = gather_report(round, TODAY)
    assert told.as_of == day and told.cells == of_plan.cells
    assert "Tính đến hết ngày 20/11/2026. Tổng số nhiệm vụ" in told.sections["overall"]
    shown_cells = page.context["counts"]
    kept = (of_plan.cells.done_on_time, of_plan.cells.done_late, of_plan.cells.open_overdue)
    assert (shown_cells.done_on_time, shown_cells.done_late, shown_cells.open_overdue) == kept
    assert shown_cells.total == of_plan.cells.total == sum(row.cells.total for row in units)
    assert "Tính đến hết ngày 20/11/2026" in page.content.decode()
    assert of_plan.cells != Task.objects.filter(plan=adopted_plan).in_force().of_the_plan().four_cells(TODAY)


@pytest.mark.parametrize("typed", ["2026-13-40", "hôm qua"])
def test_a_day_that_is_none_is_said_and_today_is_shown(lived: World, sign_in: Any, typed: str) -> None:
    page = sign_in("giang").get(ADDRESS, {"den": typed}).content.decode()
    assert "Tính đến hết ngày 23/11/2026" in page and "Viết theo dạng ngày/tháng/năm" in page


def test_a_day_to_come_is_today(lived: World, sign_in: Any) -> None:
    assert "shown" in sign_in("giang").get(ADDRESS, {"den": "2027-01-01"}).context


def test_a_large_agency_s_counts_may_be_a_minute_old_and_then_say_of_when_they_are(
    lived: World, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    client, now = sign_in("giang"), timezone.now()
    monkeypatch.setattr(kept, "LARGE", 1)
    monkeypatch.setattr("sauro.web.overview.kept.timezone.now", lambda: now)
    before = client.get(ADDRESS)
    assert before.context["shown"].moment is None and "đếm lại" not in before.content.decode()
    done = task_of(Plan.objects.get(), "9.3")
    Task.objects.filter(pk=done.pk).update(completed_on=TODAY)
    record(lived.people["binh"], done)
    now += dt.timedelta(seconds=59)
    kept_a_minute = client.get(ADDRESS)
    assert kept_a_minute.context["shown"].counts == before.context["shown"].counts
    assert "Số đếm lúc" in kept_a_minute.content.decode()
    counted_again = client.get(f"{ADDRESS}?moi=1")
    assert counted_again.context["shown"].counts.done_on_time == before.context["shown"].counts.done_on_time + 1
    assert client.get(ADDRESS).context["shown"].moment is None


def test_after_a_minute_and_in_an_agency_that_is_not_large_nothing_old_is_shown(
    lived: World, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    client, now = sign_in("giang"), timezone.now()
    monkeypatch.setattr("sauro.web.overview.kept.timezone.now", lambda: now)
    for large, seconds, done, more in ((1, 60, TODAY, 1), (5000, 0, None, -1)):
        monkeypatch.setattr(kept, "LARGE", large)
        before = client.get(ADDRESS).context["shown"].counts.done_on_time
        Task.objects.filter(ref="9.3").update(completed_on=done)
        record(lived.people["binh"], Plan.objects.get())
        now += dt.timedelta(seconds=seconds)
        assert client.get(ADDRESS).context["shown"].counts.done_on_time == before + more


def record(person: Any, thing: Any) -> None:
    with transaction.atomic():
        ledger.record(person, "plans.task.completed", thing)
