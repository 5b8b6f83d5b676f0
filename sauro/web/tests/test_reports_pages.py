"""The one-minute report: by forms alone, saved by itself, by two windows at once; its files given out safely."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from sauro.monitoring import services
from sauro.monitoring.models import Evidence, Report
from sauro.plans.models import Plan
from sauro.testing import TODAY, World, task_of
from sauro.web.home import works
from sauro.web.reports import lists, views
from sauro.web.reports.conflict import marked

MODULES = (works, lists, views)
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in MODULES:
        monkeypatch.setattr(module, "today", lambda: TODAY)


@pytest.fixture
def begun(sign_in: Any, adopted_plan: Plan) -> tuple[Client, str, Report]:
    """`an` signed in, with a draft on task 1.2 begun from the own page's form."""
    client = sign_in("an")
    task = task_of(adopted_plan, "1.2")
    answer = client.post(f"/nhiem-vu/{task.pk}/bao-cao/")
    report = Report.objects.get()
    assert answer["Location"] == f"/bao-cao/{report.pk}/"
    return client, answer["Location"], report


def typed(report: Report, **changes: Any) -> dict[str, Any]:
    """What the form sends, with the version that stands."""
    report.refresh_from_db()
    return {
        "version": report.version, "progress": "40", "done_text": "Đã hỗ trợ 16 doanh nghiệp",
        "has_difficulties": "no", "has_proposals": "no", **changes,
    }  # fmt: skip


def upload(client: Client, url: str, report: Report, *files: SimpleUploadedFile, **more: Any) -> HttpResponse:
    """Send files as the form does."""
    return client.post(f"{url}minh-chung/", typed(report, evidence=list(files)), **more)


def test_a_report_is_written_proved_and_handed_in_without_scripts(begun: tuple[Client, str, Report]) -> None:
    client, url, report = begun
    page = client.get(url).content.decode()
    assert "Báo cáo tháng 11/2026" in page and "Báo cáo đầu tiên của nhiệm vụ này" in page
    assert client.post(url, typed(report, progress="35 %"))["Location"] == "/"
    report.refresh_from_db()
    assert report.progress == 35
    answer = upload(client, url, report, SimpleUploadedFile("biên bản.pdf", b"%PDF-1.4 x"))
    assert answer["Location"] == f"{url}#minh-chung"
    evidence = Evidence.objects.get()
    product = report.task.products.get()
    data = typed(report, **{f"day_{evidence.pk}": "20/11/2026", f"product_{evidence.pk}": product.pk})
    answer = client.post(f"{url}nop/", data, follow=True)
    assert "Đã nộp báo cáo tháng 11 của nhiệm vụ 1.2." in answer.content.decode()
    report.refresh_from_db()
    evidence.refresh_from_db()
    assert report.state == Report.State.SUBMITTED and evidence.product == product
    read = client.get(url).content.decode()
    assert "ngày văn bản 20/11/2026" in read and "đạt 40%" in read


def test_a_draft_is_found_again_above_the_register_of_reports(begun: tuple[Client, str, Report]) -> None:
    client, url, _report = begun
    page = client.get("/bao-cao/").content.decode()
    assert "Đang soạn" in page and f'href="{url}"' in page


def test_typing_is_saved_and_the_page_gets_the_new_version(begun: tuple[Client, str, Report]) -> None:
    client, url, report = begun
    answer = client.post(f"{url}luu/", typed(report), **HTMX)
    assert answer.status_code == 200
    assert "Đã tự lưu lúc" in answer.content.decode() and 'value="1" id="id_version"' in answer.content.decode()
    report.refresh_from_db()
    assert (report.progress, report.done_text, report.version) == (40, "Đã hỗ trợ 16 doanh nghiệp", 1)


def test_what_is_wrong_yet_is_left_for_later_and_the_rest_is_kept(begun: tuple[Client, str, Report]) -> None:
    client, url, report = begun
    assert client.post(f"{url}luu/", typed(report, progress="bốn mươi"), **HTMX).status_code == 200
    report.refresh_from_db()
    assert (report.progress, report.done_text) == (0, "Đã hỗ trợ 16 doanh nghiệp")


def test_two_windows_choose_field_by_field(begun: tuple[Client, str, Report]) -> None:
    client, url, report = begun
    old = typed(report)
    client.post(f"{url}luu/", typed(report, done_text="Bản ở cơ quan"), **HTMX)
    stale = client.post(f"{url}luu/", old | {"progress": "41"}, **HTMX)
    assert stale.status_code == 409 and "So hai bản" in stale.content.decode()
    page = client.post(url, old | {"progress": "41"})
    assert page.status_code == 409
    text = page.content.decode()
    assert "2 ô khác nhau" in text and "<mark>" in text and "Phần đang gõ vẫn còn nguyên" in text
    report.refresh_from_db()
    choice = {
        "version": report.version, "pick_progress": "mine", "mine_progress": "41",
        "pick_done_text": "theirs", "mine_done_text": old["done_text"],
    }  # fmt: skip
    assert client.post(f"{url}chon/", choice)["Location"] == url
    report.refresh_from_db()
    assert (report.progress, report.done_text) == (41, "Bản ở cơ quan")
    assert client.post(f"{url}chon/", choice | {"mine_progress": "99"}).status_code == 409, "and not twice"


def test_saving_the_same_words_again_is_no_conflict(begun: tuple[Client, str, Report]) -> None:
    client, url, report = begun
    old = typed(report)
    client.post(f"{url}luu/", old, **HTMX)
    assert client.post(f"{url}luu/", old, **HTMX).status_code == 200


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"done_text": " "}, "Ghi kết quả đã làm"),
        ({"progress": "101"}, "số nguyên từ 0 đến 100"),
        ({"progress": ""}, "Ghi tiến độ"),
        ({"has_difficulties": "yes", "difficulties": ""}, "Đã chọn “Có”"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(
    begun: tuple[Client, str, Report], changes: dict[str, str], sentence: str
) -> None:
    client, url, report = begun
    page = client.post(f"{url}nop/", typed(report, proposals="giữ", has_proposals="yes", **changes))
    assert page.status_code == 422
    text = page.content.decode()
    assert sentence in text and "Chưa nộp được: còn 1 chỗ cần sửa" in text and "giữ" in text
    report.refresh_from_db()
    assert report.state == Report.State.DRAFT


def test_what_was_refused_is_handed_in_once_it_is_mended_on_the_page_that_refused_it(
    begun: tuple[Client, str, Report],
) -> None:
    client, url, report = begun
    page = client.post(f"{url}nop/", typed(report, done_text="")).content.decode()
    shown = re.search(r'name="version" value="(\d+)"', page)
    assert shown
    answer = client.post(f"{url}nop/", {**typed(report), "version": shown[1]})
    assert answer.status_code == 302, "the writer is no second window to themselves"
    report.refresh_from_db()
    assert report.state == Report.State.SUBMITTED


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("31/11/2026", "Tháng 11 chỉ có 30 ngày."),
        ("29/02/2026", "Tháng 2/2026 chỉ có 28 ngày."),
        ("11/20/2026", "Không có tháng 20."),
        ("hôm qua", "Chưa đọc được ngày"),
        ("24/11/2026", "ở sau hôm nay"),
    ],
)
def test_a_wrong_day_of_a_document_is_explained(begun: tuple[Client, str, Report], day: str, sentence: str) -> None:
    client, url, report = begun
    upload(client, url, report, SimpleUploadedFile("a.pdf", b"%PDF-1.4"))
    page = client.post(f"{url}nop/", typed(report, **{f"day_{Evidence.objects.get().pk}": day}))
    assert page.status_code == 422 and sentence in page.content.decode()


def test_handing_in_opens_the_next_report_that_is_due(begun: tuple[Client, str, Report], agency_world: World) -> None:
    client, url, report = begun
    other = task_of(report.task.plan, "1.1")
    services.assign(other, agency_world.an, agency_world.binh)
    from sauro.monitoring.models import Duty

    Duty.objects.create(
        agency=agency_world.agency, plan=other.plan, task=other, kind=Duty.Kind.REPORT, unit=agency_world.an.unit,
        unit_path=agency_world.an.unit.path, person=agency_world.an, period="2026-10", title=other.title,
        nominal_due=TODAY, due=TODAY,
    )  # fmt: skip
    page = client.get(url).content.decode()
    assert "Báo cáo tháng 10, nhiệm vụ 1.1" in page
    answer = client.post(f"{url}nop/", typed(report))
    assert Report.objects.get(state=Report.State.DRAFT).task == other
    assert answer["Location"] == f"/bao-cao/{Report.objects.get(state=Report.State.DRAFT).pk}/"


def test_the_next_report_says_what_changed_since(begun: tuple[Client, str, Report], agency_world: World) -> None:
    client, url, report = begun
    client.post(f"{url}nop/", typed(report))
    services.assign(report.task, agency_world.an, agency_world.binh)
    again = client.post(f"/nhiem-vu/{report.task_id}/bao-cao/")["Location"]
    page = client.get(again).content.decode()
    assert "Đã điền sẵn theo báo cáo tháng 11." in page and "Kỳ trước 40%." in page
    assert "Trần Quốc Bình giao người chịu trách nhiệm: Nguyễn Hoài An" in page


@pytest.mark.parametrize("who", ["chi", "dung", "giang", "hoa"])
def test_a_draft_is_not_there_for_anyone_outside_the_unit(
    begun: tuple[Client, str, Report], sign_in: Any, who: str
) -> None:
    _client, url, report = begun
    other = sign_in(who)
    assert other.get(url).status_code == 404
    for act in ("", "luu/", "chon/", "nop/", "minh-chung/"):
        assert other.post(url + act, typed(report)).status_code == 404


@pytest.mark.parametrize("who", ["dung", "giang", "hoa", "chi"])
def test_who_has_no_part_in_the_task_is_refused_with_a_reason(sign_in: Any, adopted_plan: Plan, who: str) -> None:
    answer = sign_in(who).post(f"/nhiem-vu/{task_of(adopted_plan, '1.2').pk}/bao-cao/")
    assert answer.status_code == 403 and "Người làm được" in answer.content.decode()


def test_files_are_refused_by_name_and_the_others_are_kept(begun: tuple[Client, str, Report]) -> None:
    client, url, report = begun
    good = SimpleUploadedFile("anh.png", b"\x89PNG\r\n\x1a\nx")
    bad = SimpleUploadedFile("macro.docm", b"PK\x03\x04")
    page = upload(client, url, report, bad, good, **HTMX).content.decode()
    assert "Không nhận tệp macro.docm" in page and "anh.png" in page
    assert [e.name for e in Evidence.objects.all()] == ["anh.png"]
    client.post(f"{url}minh-chung/", typed(report, remove=Evidence.objects.get().pk))
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("name", "body", "kind", "shown"),
    [
        ("a.pdf", b"%PDF-1.4", "application/pdf", True),
        ("a.png", b"\x89PNG\r\n\x1a\n", "image/png", True),
        ("a.txt", b"Ghi: <script>alert(1)</script>", "application/octet-stream", False),
        ("a.zip", b"PK\x03\x04", "application/octet-stream", False),
    ],
)
def test_a_file_is_given_out_as_what_it_is_and_never_runs(
    begun: tuple[Client, str, Report], name: str, body: bytes, kind: str, shown: bool
) -> None:
    client, url, report = begun
    upload(client, url, report, SimpleUploadedFile(name, body))
    answer = client.get(f"/minh-chung/{Evidence.objects.get().pk}/?xem")
    assert answer["Content-Type"] == kind and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline" if shown else "attachment")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy
    assert ("sandbox" in policy) is (kind != "application/pdf")
    assert b"".join(answer.streaming_content) == body
    assert client.get(f"/minh-chung/{Evidence.objects.get().pk}/")["Content-Disposition"].startswith("attachment")


def test_the_register_of_reports_is_filtered_and_taken_away(
    begun: tuple[Client, str, Report], sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    client, url, report = begun
    client.post(f"{url}nop/", typed(report, has_difficulties="yes", difficulties="Thiếu kinh phí"))
    with django_assert_max_num_queries(12):
        page = client.get("/bao-cao/?pham_vi=tat-ca&noi=kho-khan&q=doanh nghiep").content.decode()
    assert "1 báo cáo đã nộp" in page and "có khó khăn" in page
    assert "Chưa có báo cáo nào" in sign_in("dung").get("/bao-cao/").content.decode()
    for kind in ("xlsx", "docx", "csv"):
        answer = client.get(f"/bao-cao/?tai={kind}")
        assert answer.status_code == 200 and kind in answer["Content-Disposition"]


def test_words_that_differ_are_marked() -> None:
    mine, theirs = marked("Đã hỗ trợ 6 <b>", "Đã hỗ trợ 5 <b>")
    assert str(mine) == "Đã hỗ trợ <mark>6</mark> &lt;b&gt;"
    assert str(theirs) == "Đã hỗ trợ <mark>5</mark> &lt;b&gt;"


def test_a_saving_that_was_overtaken_wipes_nothing_that_is_said_of_a_file(begun: tuple[Client, str, Report]) -> None:
    client, url, report = begun
    upload(client, url, report, SimpleUploadedFile("Danh sách.pdf", b"%PDF-1.4\n"))
    evidence = Evidence.objects.get()
    product = report.task.products.get()
    blank = typed(report, **{f"day_{evidence.pk}": "", f"product_{evidence.pk}": ""})
    said = typed(report, **{f"day_{evidence.pk}": "20/11/2026", f"product_{evidence.pk}": product.pk})
    # The browser sent the blank form first; the server took it up second.
    assert client.post(f"{url}luu/", said, **HTMX).status_code == 200
    assert client.post(f"{url}luu/", blank, **HTMX).status_code == 200
    evidence.refresh_from_db()
    assert (evidence.product, evidence.document_date) == (product, dt.date(2026, 11, 20))
    # What is emptied on the page as it stands is emptied.
    client.post(f"{url}luu/", typed(report, **{f"day_{evidence.pk}": "", f"product_{evidence.pk}": ""}), **HTMX)
    evidence.refresh_from_db()
    assert (evidence.product, evidence.document_date) == (None, None)


def test_what_is_typed_is_kept_and_handed_in_in_one_step(
    begun: tuple[Client, str, Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No saving of an older form comes between: each step is taken in the same transaction."""
    client, url, report = begun
    inside: list[str] = []

    def noting(real: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*args: Any, **more: Any) -> Any:
            inside.append(connection.savepoint_ids[0] if connection.savepoint_ids else "")
            return real(*args, **more)

        return noted

    for name in ("save_report", "describe_evidence", "submit_report"):
        monkeypatch.setattr(services, name, noting(getattr(services, name)))
    client.post(f"{url}nop/", typed(report))
    report.refresh_from_db()
    assert report.state == Report.State.SUBMITTED
    assert len(inside) == 3 and inside[0] and len(set(inside)) == 1
