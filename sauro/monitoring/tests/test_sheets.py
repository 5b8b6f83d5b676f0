"""The sheet of a unit in a round: rows filled in, kept one by one, handed in together, taken in whole or not at all."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sauro.monitoring import services
from sauro.monitoring.models import Duty, Report, Round
from sauro.monitoring.services.sheets import Line, Row, checked, import_lines, mark_of
from sauro.plans.models import Plan, Task
from sauro.testing import TODAY, World, task_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(agency_world: World, adopted_plan: Plan) -> Round:
    """A call for reports on three tasks: two that the trade division leads, one of the industry division."""
    tasks = [task_of(adopted_plan, ref) for ref in ("1.1", "1.2", "2.2")]
    return services.call_round(
        adopted_plan, agency_world.chi, TODAY, kind="ad_hoc", event="Họp giao ban", due=TODAY + dt.timedelta(days=3),
        tasks=tasks,
    )  # fmt: skip


def rows(round: Round, world: World, name: str = "an") -> dict[str, Row]:
    """The person's sheet by the numbers of tasks."""
    fresh = Round.objects.select_related("plan", "focal_unit").get(pk=round.pk)
    return {row.duty.task.ref: row for row in services.rows_of(fresh, world.people[name]) if row.duty.task}


def line_of(row: Row, **changes: str) -> Line:
    """The row as Excel would give it back, with some cells changed."""
    raw = {name: str(value) for name, value in row.values.items()} | changes
    at = {name: f"{letter}7" for name, letter in zip(raw, "EFGH", strict=True)} | {"mark": "A7"}
    return Line(at, raw, row.duty.round_id, row.duty.pk, row.version, mark_of(row.values))


def test_a_sheet_holds_what_the_unit_owes_in_the_round_and_nothing_of_others(round: Round, agency_world: World) -> None:
    assert list(rows(round, agency_world)) == ["1.1", "1.2"]
    assert list(rows(round, agency_world, "dung")) == ["2.2"]
    assert rows(round, agency_world, "hoa") == {}


def test_the_daily_making_of_duties_leaves_what_was_called_for(round: Round, agency_world: World) -> None:
    services.generate_duties(round.plan, TODAY)
    assert {d.state for d in round.duties.all()} == {Duty.State.OPEN}
    task = task_of(round.plan, "1.1")
    Task.objects.filter(pk=task.pk).update(ended_in=1, ended_on=TODAY)
    services.generate_duties(round.plan, TODAY)
    assert round.duties.get(task=task).state == Duty.State.CANCELLED, "but not where the task itself has ended"


def test_a_row_begins_with_the_words_of_the_report_before_as_the_one_minute_report_does(
    round: Round, agency_world: World, adopted_plan: Plan
) -> None:
    task = task_of(adopted_plan, "1.2")
    asked = task.duties.filter(kind=Duty.Kind.REPORT).earliest("due")
    first = services.start_report(task, agency_world.an, TODAY, duty=asked)
    services.save_report(first, agency_world.an, {"progress": 30, "done_text": "Đã hỗ trợ 12", "proposals": "Thêm vốn"})
    services.submit_report(first, agency_world.an, TODAY)
    row = rows(round, agency_world)["1.2"]
    assert row.before == first and row.report is None
    begun = services.answer_duty(row.duty, agency_world.an, TODAY)
    assert row.values == {name: getattr(begun, name) for name in row.values}
    assert row.values["progress"] == 30 and row.values["proposals"] == "Thêm vốn"


def test_a_row_is_kept_and_the_second_of_two_people_is_told_by_name(round: Round, agency_world: World) -> None:
    duty = rows(round, agency_world)["1.2"].duty
    services.keep_row(duty, agency_world.binh, {"progress": 20, "done_text": "Bình ghi"}, TODAY)
    with pytest.raises(services.Stale, match="Trần Quốc Bình đã lưu"):
        services.keep_row(duty, agency_world.an, {"progress": 30, "done_text": "An ghi"}, TODAY)
    kept = services.keep_row(duty, agency_world.an, {"progress": 30}, TODAY, version=1)
    assert (kept.progress, kept.done_text, kept.version) == (30, "Bình ghi", 2)


def test_rows_that_are_ready_are_handed_in_and_the_others_say_why_not(round: Round, agency_world: World) -> None:
    sheet = rows(round, agency_world)
    services.keep_row(sheet["1.2"].duty, agency_world.an, {"progress": 30, "done_text": "Đã hỗ trợ 12"}, TODAY)
    sheet = rows(round, agency_world)
    assert sheet["1.2"].ready and not sheet["1.1"].ready
    outcome = services.submit_rows(sheet.values(), agency_world.an, TODAY)
    assert [r.task.ref for r in outcome.done if r.task] == ["1.2"]
    assert outcome.behind == {sheet["1.1"].duty.pk: "Chưa nộp được: ghi kết quả đã làm vào ô Kết quả."}
    assert Report.objects.get(task__ref="1.2").state == Report.State.SUBMITTED
    assert not Report.objects.filter(task__ref="1.1").exists(), "what stays behind isn't begun either"


def test_what_was_handed_in_is_only_read_and_says_how_to_change_it(round: Round, agency_world: World) -> None:
    duty = rows(round, agency_world)["1.2"].duty
    services.keep_row(duty, agency_world.an, {"progress": 30, "done_text": "x"}, TODAY)
    services.submit_rows([rows(round, agency_world)["1.2"]], agency_world.an, TODAY)
    assert "Rút lại trước khi đơn vị đầu mối nhận" in rows(round, agency_world)["1.2"].blocked


def test_a_locked_round_closes_every_row_with_the_name_of_who_opens_it(round: Round, agency_world: World) -> None:
    services.lock_round(round, agency_world.chi, TODAY)
    sheet = rows(round, agency_world)
    assert all("mở lại được, cần ghi lý do" in row.blocked for row in sheet.values())
    outcome = import_lines(
        Round.objects.get(pk=round.pk), agency_world.an, [line_of(sheet["1.2"], done_text="x")], TODAY
    )
    assert "Kỳ báo cáo đã khóa" in outcome.faults[0].sentence and not Report.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"), [("40", 40), ("40%", 40), (" 40 ", 40), ("40.0", 40), ("40,0", 40), ("0", 0), ("100", 100)]
)
def test_progress_is_read_as_people_and_excel_write_it(typed: str, kept: int) -> None:
    assert checked({"progress": typed}, with_progress=True) == ({"progress": kept}, {})


@pytest.mark.parametrize("typed", ["", "bốn mươi", "101", "-1", "40.5", "4e1", "٤٠", "1000"])
def test_what_is_no_progress_is_refused_in_its_cell(typed: str) -> None:
    values, faults = checked({"progress": typed, "done_text": "x"}, with_progress=True)
    assert values == {"done_text": "x"} and "từ 0 đến 100" in faults["progress"]


def test_an_upload_with_one_wrong_cell_changes_nothing_and_names_the_cell(round: Round, agency_world: World) -> None:
    sheet = rows(round, agency_world)
    lines = [line_of(sheet["1.1"], done_text="Đã ký hợp đồng"), line_of(sheet["1.2"], progress="nhiều")]
    outcome = import_lines(round, agency_world.an, lines, TODAY)
    assert [(f.at, f.name) for f in outcome.faults] == [("E7", "1.2")]
    assert outcome.changed == 0 and not Report.objects.exists()


def test_an_upload_changes_the_rows_that_were_touched_alone(round: Round, agency_world: World) -> None:
    sheet = rows(round, agency_world)
    outcome = import_lines(
        round, agency_world.an, [line_of(sheet["1.1"]), line_of(sheet["1.2"], progress="35", done_text="Mới")], TODAY
    )
    assert (outcome.changed, outcome.untouched, outcome.faults) == (1, 1, [])
    report = Report.objects.get()
    assert (report.task.ref if report.task else "", report.progress, report.done_text) == ("1.2", 35, "Mới")


def test_a_row_that_changed_since_the_download_is_refused_where_it_was_touched_and_left_alone_where_not(
    round: Round, agency_world: World
) -> None:
    old = rows(round, agency_world)
    services.keep_row(old["1.2"].duty, agency_world.binh, {"progress": 20, "done_text": "Bình ghi"}, TODAY)
    untouched = import_lines(round, agency_world.an, [line_of(old["1.2"])], TODAY)
    assert (untouched.changed, untouched.faults) == (0, [])
    touched = import_lines(round, agency_world.an, [line_of(old["1.2"], done_text="An ghi")], TODAY)
    assert "Trần Quốc Bình đã lưu" in touched.faults[0].sentence and touched.faults[0].at == "F7"
    assert Report.objects.get().done_text == "Bình ghi"


def test_a_row_of_another_unit_or_twice_in_the_sheet_is_refused(round: Round, agency_world: World) -> None:
    theirs = rows(round, agency_world, "dung")["2.2"]
    mine = rows(round, agency_world)["1.2"]
    outcome = import_lines(
        round, agency_world.an, [line_of(theirs, done_text="x"), line_of(mine), line_of(mine)], TODAY
    )
    assert [f.at for f in outcome.faults] == ["A7", "A7"]
    assert "không phải việc của đơn vị" in outcome.faults[0].sentence and "hai lần" in outcome.faults[1].sentence


def test_a_sheet_asks_as_many_questions_of_the_database_for_thirty_rows_as_for_two(
    round: Round, agency_world: World, adopted_plan: Plan
) -> None:
    def asked() -> int:
        fresh = Round.objects.select_related("plan", "focal_unit").get(pk=round.pk)
        person = type(agency_world.an).objects.select_related("role", "unit").get(pk=agency_world.an.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = services.rows_of(fresh, person)
        sizes.append(len(found))
        return len(queries)

    sizes: list[int] = []
    few = asked()
    source = task_of(adopted_plan, "1.2")
    duty = rows(round, agency_world)["1.2"].duty
    for n in range(30):
        task = Task.objects.get(pk=source.pk)
        task.pk, task.ref, task.order = None, f"9.{n}", 100 + n
        task.save()
        Duty.objects.create(**_copied(duty), task=task)
        if n % 2:
            last = Duty.objects.latest("pk")
            Report.objects.create(
                agency=task.agency, task=task, duty=last, round=round, unit=last.unit, author=agency_world.an,
                state="submitted" if n % 3 else "draft", submitted_at=timezone.now() if n % 3 else None,
            )  # fmt: skip
    assert asked() <= few + 4, "what is asked once for a state, not for a row"
    assert sizes == [2, 32]


def _copied(duty: Duty) -> dict[str, Any]:
    names = ("agency", "plan", "round", "kind", "unit", "unit_path", "period", "title", "nominal_due", "due")
    return {name: getattr(duty, name) for name in names}
