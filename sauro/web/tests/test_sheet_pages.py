"""The sheet of a unit in a round, by forms alone, row by row, and by Excel."""

from __future__ import annotations

import base64
import datetime as dt
import io
import re
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sauro.monitoring import services
from sauro.monitoring.models import Duty, Report, Round
from sauro.plans.models import Plan
from sauro.testing import TODAY, TRADE, World, task_of
from sauro.writing.round_sheet import MARK_HEAD

pytestmark = pytest.mark.django_db
BACKEND = "sauro.organization.backends.PersonBackend"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sauro.web.today.timezone", SimpleNamespace(localdate=lambda: TODAY))


@pytest.fixture
def round(agency_world: World, adopted_plan: Plan) -> Round:
    """A call for reports on the two tasks of the trade division that have a date."""
    tasks = [task_of(adopted_plan, ref) for ref in ("1.1", "1.2", "2.2")]
    return services.call_round(
        adopted_plan, agency_world.chi, TODAY, kind="ad_hoc", event="Họp giao ban", due=TODAY + dt.timedelta(days=3),
        tasks=tasks,
    )  # fmt: skip


def signed_in(world: World, name: str) -> Client:
    """A client of one's own for that person."""
    client = Client()
    client.force_login(world.people[name], backend=BACKEND)
    return client


def duties(round: Round) -> dict[str, Duty]:
    """The trade division's duties by the numbers of their tasks."""
    return {d.task.ref: d for d in round.duties.filter(unit__name=TRADE).select_related("task") if d.task}


def typed(duty: Duty, version: int = 0, **cells: str) -> dict[str, str]:
    """What the form sends for one row."""
    values = {"progress": "0", "done_text": "", "difficulties": "", "proposals": ""} | cells
    return {f"{name}_{duty.pk}": value for name, value in values.items()} | {f"version_{duty.pk}": str(version)}


def url(round: Round) -> str:
    """The sheet's address."""
    return f"/bao-cao/ky/{round.pk}/bang/"


def test_the_sheet_is_found_from_the_reports_and_from_the_notice(round: Round, agency_world: World) -> None:
    assert f'href="{url(round)}"' in signed_in(agency_world, "an").get("/bao-cao/").content.decode()
    page = signed_in(agency_world, "an").get(url(round)).content.decode()
    assert "Họp giao ban: 0 trên 2 đã nộp" in page and "Rà soát dữ liệu cụm công nghiệp" not in page


def test_the_whole_sheet_is_saved_and_handed_in_as_a_plain_form(round: Round, agency_world: World) -> None:
    of, client = duties(round), signed_in(agency_world, "an")
    data = typed(of["1.1"], progress="50", done_text="Đã ký hợp đồng") | typed(of["1.2"])
    assert client.post(url(round), data | {"viec": "luu"})["Location"] == url(round)
    assert list(Report.objects.values_list("task__ref", "progress")) == [("1.1", 50)], "an untouched row is left"
    data = typed(of["1.1"], 1, progress="55", done_text="Đã ký hợp đồng") | typed(of["1.2"])
    answer = client.post(url(round), data | {"viec": "nop", "nop": [of["1.1"].pk, of["1.2"].pk]})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Đã nộp 1 báo cáo." in page and "1 dòng chưa xong" in page
    assert "ghi kết quả đã làm vào ô Kết quả" in page and "1 trên 2 đã nộp" in page
    assert Report.objects.get(task__ref="1.1").progress == 55


def test_wrong_cells_are_marked_what_was_typed_stays_and_the_right_rows_are_saved(
    round: Round, agency_world: World
) -> None:
    of = duties(round)
    data = typed(of["1.1"], progress="nhiều", done_text="Đã ký") | typed(of["1.2"], progress="20", done_text="Đã mời")
    answer = signed_in(agency_world, "an").post(url(round), data | {"viec": "luu"})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'value="nhiều"' in page and "Ghi tiến độ bằng số nguyên từ 0 đến 100." in page
    assert list(Report.objects.values_list("task__ref", "done_text")) == [("1.2", "Đã mời")]


def test_a_row_saves_itself_and_says_what_is_wrong_cell_by_cell(round: Round, agency_world: World) -> None:
    duty, client = duties(round)["1.2"], signed_in(agency_world, "an")
    path = f"{url(round)}dong/{duty.pk}/"
    answer = client.post(path, typed(duty, progress="30", done_text="Đã mời 30"))
    assert answer.status_code == 200
    said = answer.json()
    assert said["version"] == 1 and said["ready"] and "Đã tự lưu lúc" in said["saved"]
    wrong = client.post(path, typed(duty, 1, progress="300", done_text="Đã mời 31"))
    assert wrong.status_code == 422 and list(wrong.json()["faults"]) == ["progress"]
    assert Report.objects.get().done_text == "Đã mời 30"


def test_the_second_of_two_people_sees_whose_words_stand_and_keeps_what_was_typed(
    round: Round, agency_world: World
) -> None:
    duty = duties(round)["1.2"]
    path = f"{url(round)}dong/{duty.pk}/"
    signed_in(agency_world, "binh").post(path, typed(duty, progress="30", done_text="Bình ghi"))
    answer = signed_in(agency_world, "an").post(path, typed(duty, progress="30", done_text="An ghi"))
    said = answer.json()
    assert answer.status_code == 422 and "Trần Quốc Bình đã lưu" in said["said"]
    assert said["theirs"] == {"done_text": "Bình ghi"} and said["version"] == 1
    page = signed_in(agency_world, "an").post(url(round), typed(duty, progress="30", done_text="An ghi"))
    assert "Trần Quốc Bình đã lưu" in page.content.decode() and "An ghi" in page.content.decode()
    assert Report.objects.get().done_text == "Bình ghi"


def test_the_number_of_queries_does_not_grow_with_what_is_in_the_sheet(round: Round, agency_world: World) -> None:
    client = signed_in(agency_world, "an")
    client.get(url(round))
    with CaptureQueriesContext(connection) as few:
        client.get(url(round))
    for duty in duties(round).values():
        services.keep_row(duty, agency_world.an, {"progress": 10, "done_text": "Đã làm"}, TODAY)
    with CaptureQueriesContext(connection) as more:
        client.get(url(round))
    assert len(more) <= len(few)


def downloaded(client: Client, round: Round) -> Any:
    """The sheet as Excel, opened; its rows are found by `line_of`."""
    answer = client.get(f"{url(round)}tai/")
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def line_of(book: Any, ref: str) -> int:
    """The line of the task's row."""
    return next(c.row for c in book["Báo cáo"]["B"] if c.value == ref)


def uploaded(client: Client, round: Round, book: Any) -> HttpResponse:
    """Send the workbook as the page does."""
    out = io.BytesIO()
    book.save(out)
    return client.post(f"{url(round)}nhap/", {"tep": SimpleUploadedFile("bang.xlsx", out.getvalue())}, follow=True)


def test_a_sheet_that_is_filled_in_excel_is_taken_in(round: Round, agency_world: World) -> None:
    client = signed_in(agency_world, "an")
    book = downloaded(client, round)
    line = line_of(book, "1.2")
    book["Báo cáo"].cell(line, 5).value, book["Báo cáo"].cell(line, 6).value = 35, "Đã hỗ trợ 14"
    page = uploaded(client, round, book).content.decode()
    assert "Đã nhập 1 dòng từ tệp." in page
    assert list(Report.objects.values_list("task__ref", "progress", "done_text", "state")) == [
        ("1.2", 35, "Đã hỗ trợ 14", "draft")
    ]


def test_wrong_cells_are_listed_and_given_back_marked_and_nothing_is_taken_in(
    round: Round, agency_world: World
) -> None:
    client = signed_in(agency_world, "an")
    book = downloaded(client, round)
    good, bad = line_of(book, "1.1"), line_of(book, "1.2")
    book["Báo cáo"].cell(good, 6).value = "Đã ký"
    book["Báo cáo"].cell(bad, 5).value = "rất nhiều"
    answer = uploaded(client, round, book)
    page = answer.content.decode()
    assert answer.status_code == 422 and "1 ô sai, chưa dòng nào được nhập" in page and f"<b>E{bad}</b>" in page
    assert not Report.objects.exists()
    found = re.search(r'download="bang-can-sua.xlsx" href="data:[^,]+,([^"]+)"', page)
    assert found
    marked = openpyxl.load_workbook(io.BytesIO(base64.b64decode(found[1])))["Báo cáo"]
    assert "từ 0 đến 100" in marked.cell(bad, 5).comment.text and marked.cell(good, 6).comment is None


def test_a_sheet_of_another_round_and_another_workbook_are_refused_in_one_sentence(
    round: Round, agency_world: World, adopted_plan: Plan
) -> None:
    other = services.call_round(
        adopted_plan, agency_world.chi, TODAY, kind="ad_hoc", event="Họp khác", due=TODAY + dt.timedelta(days=3)
    )
    client = signed_in(agency_world, "binh")
    page = uploaded(client, round, downloaded(client, other))
    assert page.status_code == 422 and "bảng của kỳ báo cáo khác" in page.content.decode()
    plain = openpyxl.Workbook()
    plain.active.append(["TT"])
    assert f"không thấy cột {MARK_HEAD}" in uploaded(client, round, plain).content.decode()
    junk = client.post(f"{url(round)}nhap/", {"tep": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")})
    assert "không mở được như tệp Excel" in junk.content.decode()
    assert "Chưa chọn tệp nào" in client.post(f"{url(round)}nhap/").content.decode()


def test_a_sheet_that_has_grown_old_is_refused_where_it_was_touched(round: Round, agency_world: World) -> None:
    client = signed_in(agency_world, "an")
    book = downloaded(client, round)
    services.keep_row(duties(round)["1.2"], agency_world.binh, {"progress": 20, "done_text": "Bình ghi"}, TODAY)
    book["Báo cáo"].cell(line_of(book, "1.2"), 6).value = "An ghi"
    answer = uploaded(client, round, book)
    assert answer.status_code == 422 and "Trần Quốc Bình đã lưu" in answer.content.decode()
    assert Report.objects.get().done_text == "Bình ghi"


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(progress=st.integers(0, 100), done=WORDS, hard=WORDS, ask=WORDS)
def test_a_sheet_that_is_downloaded_and_uploaded_untouched_changes_nothing(
    round: Round, agency_world: World, progress: int, done: str, hard: str, ask: str
) -> None:
    duty, client = duties(round)["1.2"], signed_in(agency_world, "an")
    values = {"progress": progress, "done_text": done, "difficulties": hard, "proposals": ask}
    # PostgreSQL keeps no zero byte in a text, and no form sends one.
    values = {k: v.replace("\x00", "") if isinstance(v, str) else v for k, v in values.items()}
    report = Report.objects.filter(duty=duty).first()
    kept = services.keep_row(duty, agency_world.an, values, TODAY, version=report.version if report else 0)
    page = uploaded(client, round, downloaded(client, round)).content.decode()
    assert "không dòng nào thay đổi" in page
    now = Report.objects.get(duty=duty)
    assert (now.version, now.done_text, now.progress) == (kept.version, kept.done_text, kept.progress)
