"""The review: every correction with and without scripts, doubts, conflicts, and what only costs what it must."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from sauro.documents import services
from sauro.documents.models import Reading
from sauro.organization.models import Unit, UnitAlias
from sauro.reading.draft import Doubt, Trace
from sauro.reading.serial import draft_to_json
from sauro.reading.units import UNKNOWN_UNIT
from sauro.testing import OFFICE, TRADE, make_reading, small_draft

HTMX = {"HX-Request": "true"}


def doubted_draft():
    """The small draft with three doubts: a unit, a day, a body outside."""
    draft = small_draft()
    draft.tasks[0].lead_units = ["Phòng QLTM va TMDT"]
    draft.tasks[0].read = {"title": Trace(1, 0, 20, 1), "lead_units": Trace(1, 0, 5, 2, 0.5)}
    draft.tasks[1].read = {"title": Trace(2, 0, 20, 1, 0.8)}
    draft.doubts = [
        Doubt("tasks[0].lead_units[0]", "Phòng QLTM va TMDT", "Chưa có trong danh bạ.", [TRADE], Trace(1, 0, 5, 2)),
        Doubt("tasks[3].schedule", "Trước 31/6/2027", "Tháng 6 chỉ có 30 ngày.", ["30/06/2027"], Trace(4, 0, 8, 3)),
        Doubt("tasks[3].coordinating_units[1]", "Tổ Đề án 06", "Chưa có trong danh bạ.", [], Trace(4, 0, 5, 2)),
    ]
    return draft


@pytest.fixture
def reading(agency_world):
    """A reading with three doubts."""
    return make_reading(agency_world, doubted_draft())


def url(reading: Reading, name: str = "review") -> str:
    """The address of one of its pages."""
    return reverse(f"reading-{name}", args=[reading.pk])


def keys(reading: Reading) -> list[str]:
    """Names of the doubts that are open."""
    from sauro.documents.editing import doubt_keys

    return doubt_keys(Reading.objects.get(pk=reading.pk).get_draft().doubts)


def draft_of(reading: Reading):
    """The draft as it stands."""
    return Reading.objects.get(pk=reading.pk).get_draft()


def post(client, reading: Reading, name: str, data: dict, **extra):
    """Post one correction, from a page that is up to date unless `version` says otherwise."""
    version = Reading.objects.get(pk=reading.pk).version
    return client.post(url(reading, name), {"version": version, **data}, **extra)


def test_the_page_shows_source_and_doubts_and_locks_adoption_with_the_reason(sign_in, reading):
    page = sign_in("chi").get(url(reading)).content.decode()
    assert page.count("data-doubt=") == 3
    assert 'class="doubt" data-s="0" data-e="8"' in page
    assert 'aria-disabled="true" aria-describedby="vi-sao"' in page
    assert "còn 3 chỗ ngờ" in page


@pytest.mark.parametrize("tab", ["cho-ngo", "nhiem-vu", "muc-tieu", "bao-cao", "chung", "khong-co"])
def test_each_tab_comes_as_a_page_and_as_a_part(sign_in, reading, tab):
    client = sign_in("chi")
    assert client.get(url(reading), {"muc": tab}).status_code == 200
    part = client.get(url(reading), {"muc": tab}, headers={**HTMX, "HX-Target": "muc"}).content.decode()
    assert "<html" not in part
    assert "data-pane" in part


def test_a_field_is_saved_without_scripts(sign_in, reading):
    response = post(
        sign_in("chi"), reading, "save", {"v:tasks[1].title": "Nội dung mới", "v:tasks[1].note": ""}, follow=True
    )
    assert response.status_code == 200
    assert draft_of(reading).tasks[1].title == "Nội dung mới"
    assert 'data-item="tasks[1]"' in response.content.decode()


def test_a_field_saved_with_htmx_sends_back_only_what_changed(sign_in, reading):
    data = {"v:tasks[1].schedule_text": "Quý II/2026"}
    response = post(sign_in("chi"), reading, "save", data, headers=HTMX)
    told = json.loads(response["HX-Trigger-After-Settle"])["sauro:changed"]
    assert told["values"] == {"tasks[1].schedule": "30/06/2026"}
    assert told["version"] == 2
    assert len(response.content) < 12_000
    assert draft_of(reading).tasks[1].schedule.due.isoformat() == "2026-06-30"


def test_a_wrong_field_is_told_and_the_right_ones_are_saved(sign_in, reading):
    data = {"v:tasks[1].schedule": "31/6/2027", "v:tasks[1].note": "xem"}
    response = post(sign_in("chi"), reading, "save", data, headers=HTMX)
    told = json.loads(response["HX-Trigger-After-Settle"])["sauro:changed"]
    assert "Tháng 6 chỉ có 30 ngày" in told["errors"]["tasks[1].schedule"]
    assert draft_of(reading).tasks[1].note == "xem"
    plain = post(sign_in("chi"), reading, "save", data)
    assert plain.status_code == 422
    page = plain.content.decode()
    assert "31/6/2027" in page
    assert "Tháng 6 chỉ có 30 ngày" in page


@pytest.mark.parametrize("path", ["tasks", "tasks[99].title", "__class__.x", "tasks[0].read", "document"])
def test_a_made_up_field_changes_nothing(sign_in, reading, path):
    before = draft_of(reading)
    response = post(sign_in("chi"), reading, "save", {f"v:{path}": "x"}, headers=HTMX)
    assert response.status_code in (200, 422)
    assert draft_of(reading) == before


def test_who_saves_second_is_told_who_was_first_and_loses_nothing(sign_in, reading, agency_world):
    services.correct(reading, agency_world.giang, 1, "tasks[1].title", "Bản của anh Giang")
    client = sign_in("chi")
    data = {"version": 1, "v:tasks[1].title": "Bản của chị Chi"}
    for extra in ({"headers": HTMX}, {}):
        response = client.post(url(reading, "save"), data, **extra)
        assert response.status_code == 409
        page = response.content.decode()
        assert "Đỗ Trường Giang đã sửa bản đọc này lúc" in page
        assert "Bản của chị Chi" in page
        assert "Bản của anh Giang" in page
    assert draft_of(reading).tasks[1].title == "Bản của anh Giang"
    post(client, reading, "save", {"v:tasks[1].title": "Bản của chị Chi"})
    assert draft_of(reading).tasks[1].title == "Bản của chị Chi"


def test_a_unit_is_chosen_for_a_doubt_and_its_spelling_remembered(sign_in, reading, agency_world):
    key = keys(reading)[0]
    unit = agency_world.units[TRADE]
    data = {"ngo": key, "viec": "ghi", f"don_vi_{key}": unit.pk, f"don_vi_{key}_text": TRADE, "nho": "1"}
    response = post(sign_in("chi"), reading, "answer", data, headers=HTMX)
    told = json.loads(response["HX-Trigger-After-Settle"])["sauro:changed"]
    assert told["gone"] == [key]
    assert told["settled"] == ["1:2:0:5"]
    assert draft_of(reading).tasks[0].lead_units == [TRADE]
    assert UnitAlias.objects.get(text="Phòng QLTM va TMDT").unit == unit
    assert len(keys(reading)) == 2


def test_a_proposal_is_taken_kept_or_typed_over(sign_in, reading):
    client = sign_in("chi")
    first, day, body = keys(reading)
    post(client, reading, "answer", {"ngo": day, "viec": "chon:30/06/2027"})
    assert draft_of(reading).tasks[3].schedule.due.isoformat() == "2027-06-30"
    post(client, reading, "answer", {"ngo": body, "viec": "giu"})
    assert draft_of(reading).tasks[3].coordinating_units[1] == "Tổ Đề án 06"
    post(client, reading, "answer", {"ngo": first, "viec": "ghi", f"don_vi_{first}_text": "Văn phòng Sở"})
    assert draft_of(reading).tasks[0].lead_units == [OFFICE]
    assert not UnitAlias.objects.filter(text="Phòng QLTM va TMDT").exists()
    page = client.get(url(reading)).content.decode()
    assert "Không còn chỗ ngờ" in page
    assert 'aria-disabled="true"' not in page


def test_an_answer_that_cannot_stand_is_refused_with_a_sentence(sign_in, reading):
    client, day = sign_in("chi"), keys(reading)[1]
    response = post(client, reading, "answer", {"ngo": day, "viec": "ghi", "text": "31/6/2027"}, headers=HTMX)
    assert response.status_code == 422
    assert "30 ngày" in json.loads(response["HX-Trigger"])["sauro:refused"]["sentence"]
    assert "Chưa chọn hay gõ" in post(client, reading, "answer", {"ngo": day, "viec": "ghi"}).content.decode()
    assert len(keys(reading)) == 3


def test_units_that_the_register_does_not_know_are_kept_as_written_at_once(sign_in, reading, agency_world):
    draft = draft_of(reading)
    for field, name in (("tasks[1].lead_units", "Sở Lạ"), ("tasks[2].coordinating_units", "Sở Lạ Nữa")):
        draft.doubts.append(Doubt(field, name, UNKNOWN_UNIT.format(name), [], None))
    Reading.objects.filter(pk=reading.pk).update(draft=draft_to_json(draft))
    client, before = sign_in("chi"), [d.why for d in draft.doubts]
    known = [why for why in before if "chưa có trong" not in why]
    assert "Giữ nguyên" in client.get(url(reading)).content.decode()
    assert post(client, reading, "answer", {"viec": "giu-ten"}).status_code == 302
    assert [d.why for d in draft_of(reading).doubts] == known and len(known) < len(before) - 1
    assert "Giữ nguyên" not in client.get(url(reading)).content.decode()


def test_what_is_no_task_goes_with_all_its_doubts(sign_in, reading):
    response = post(sign_in("chi"), reading, "answer", {"ngo": keys(reading)[1], "viec": "khong"}, headers=HTMX)
    assert len(json.loads(response["HX-Trigger-After-Settle"])["sauro:changed"]["gone"]) == 2
    assert [t.ref for t in draft_of(reading).tasks] == ["1.1", "1.2", "2.1", "2.3"]


def test_a_body_outside_goes_into_the_register(sign_in, reading):
    post(sign_in("chi"), reading, "answer", {"ngo": keys(reading)[2], "viec": "them"})
    unit = Unit.objects.get(name="Tổ Đề án 06")
    assert unit.kind == Unit.Kind.EXTERNAL
    assert len(keys(reading)) == 2


def test_tasks_are_added_split_joined_and_removed(sign_in, reading):
    client = sign_in("chi")
    cut = draft_of(reading).tasks[1].title.index("nhỏ")
    response = post(client, reading, "tasks", {"viec": "tach", "so": 1, "cat": cut}, headers=HTMX)
    assert 'id="muc" hx-swap-oob' in response.content.decode()
    assert [t.ref for t in draft_of(reading).tasks][:3] == ["1.1", "1.2", "1.2b"]
    post(client, reading, "tasks", {"viec": "gop", "so": 1})
    assert len(draft_of(reading).tasks) == 5
    post(client, reading, "tasks", {"viec": "them", "so": 5})
    assert draft_of(reading).tasks[5].title == ""
    post(client, reading, "tasks", {"viec": "bo", "so": 5})
    assert len(draft_of(reading).tasks) == 5
    assert post(client, reading, "tasks", {"viec": "bo", "so": 99}, headers=HTMX).status_code == 422
    assert post(client, reading, "tasks", {"viec": "la", "so": 1}, headers=HTMX).status_code == 422


@pytest.mark.parametrize("where", ["objectives", "objectives[0].targets", "reporting_duties", "document.legal_bases"])
def test_other_items_are_added_and_removed(sign_in, reading, where):
    client, before = sign_in("chi"), draft_of(reading)
    page = post(client, reading, "items", {"viec": "them", "cho": where}, follow=True).content.decode()
    assert "is-open" in page
    count = {"objectives": 1, "objectives[0].targets": 2, "reporting_duties": 1, "document.legal_bases": 1}[where]
    post(client, reading, "items", {"viec": "bo", "cho": f"{where}[{count}]"})
    assert draft_of(reading) == before


def test_what_was_looked_at_counts_as_confirmed(sign_in, reading):
    client = sign_in("chi")
    assert "1 chưa xem" in client.get(url(reading)).content.decode()
    post(client, reading, "save", {"v:tasks[1].title": draft_of(reading).tasks[1].title, "xem": "1"})
    assert "0 chưa xem" in client.get(url(reading)).content.decode()


@pytest.mark.parametrize("words", ["quan ly thuong mai", "Quản lý Thương", "qltm&tmdt", "THUONG MAI QUAN LY"])
def test_units_are_found_with_and_without_diacritics(sign_in, reading, words):
    found = sign_in("chi").get(url(reading, "units"), {"q": words}).json()["results"]
    assert found[0]["name"] == TRADE
    assert found[0]["note"].startswith("Giống")
    assert "nhiệm vụ 1.2, 2.1" in found[0]["note"]


def test_a_reading_given_up_can_not_be_changed(sign_in, reading):
    client = sign_in("chi")
    post(client, reading, "discard", {})
    response = post(client, reading, "save", {"v:tasks[1].title": "x"}, headers=HTMX)
    assert response.status_code == 409
    assert draft_of(reading).tasks[1].title != "x"
    assert "đã bỏ" in client.get(url(reading)).content.decode()


def test_two_hundred_tasks_stay_light(sign_in, agency_world, django_assert_max_num_queries):
    draft = small_draft()
    draft.tasks = [t for _ in range(40) for t in small_draft().tasks]
    reading = make_reading(agency_world, draft)
    client = sign_in("chi")
    with django_assert_max_num_queries(12):
        part = client.get(url(reading), {"muc": "nhiem-vu"}, headers={**HTMX, "HX-Target": "muc"})
    assert len(part.content) < 400_000
    response = post(client, reading, "save", {"v:tasks[150].note": "x"}, headers=HTMX)
    assert len(response.content) < 12_000


@pytest.mark.parametrize("name", ["save", "answer", "tasks", "items", "discard", "adopt"])
def test_changes_are_posts_alone(sign_in, reading, name):
    assert sign_in("chi").get(url(reading, name)).status_code == 405
