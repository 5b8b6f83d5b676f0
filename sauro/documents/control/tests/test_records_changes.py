"""The master list of records, and requests to change a document."""

from __future__ import annotations

import pytest

from sauro.documents.control import changes, records
from sauro.documents.control.tests.ready import in_force, issue
from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentChange, RecordSeries
from sauro.notices.models import Notice
from sauro.organization.policy import Refused
from sauro.testing import TODAY, World

pytestmark = pytest.mark.django_db
LINES = [
    {"code": "BM.01-QT.01", "title": "Sổ theo dõi hồ sơ", "place": "Bộ phận một cửa", "retention": "05 năm"},
    {"code": "BM.02-QT.01", "title": "Hồ sơ thủ tục", "place": "Kho lưu trữ", "retention": "Vĩnh viễn"},
    {"code": "", "title": "Không mã", "place": "", "retention": ""},
]


def told(verb: str) -> set[str]:
    """Who was told."""
    return {n.person.username for n in Notice.objects.filter(verb=verb)}


def test_records_that_procedures_in_force_name_are_taken_into_the_list(agency_world: World) -> None:
    document = in_force(agency_world, "QT.01", records=LINES)
    made = records.take_proposals(agency_world.agency, agency_world.chi)
    assert [(r.code, r.retention_years, r.document, r.unit) for r in made] == [
        ("BM.01-QT.01", 5, document, document.unit),
        ("BM.02-QT.01", None, document, document.unit),
    ]
    with pytest.raises(NotNow, match="không nêu hồ sơ nào ngoài danh mục"):
        records.take_proposals(agency_world.agency, agency_world.chi)


@pytest.mark.parametrize(
    ("text", "years"), [("05 năm", 5), ("10 Năm", 10), ("Vĩnh viễn", None), ("20nam", 20), ("", None)]
)
def test_years_are_read_from_words(text: str, years: int | None) -> None:
    assert records.years_of(text) == years


def test_a_code_stands_once_and_only_who_controls_documents_changes_the_list(agency_world: World) -> None:
    world = agency_world
    first = records.save(world.agency, world.chi, {"code": " HS.01 ", "title": "Hồ sơ đào tạo"})
    assert first.code == "HS.01" and RecordSeries.objects.all().matching("dao tao").exists()
    with pytest.raises(NotNow, match="đã dùng"):
        records.save(world.agency, world.chi, {"code": "HS.01", "title": "x"})
    with pytest.raises(NotNow, match="Ghi mã"):
        records.save(world.agency, world.chi, {"code": "HS.02", "title": ""})
    with pytest.raises(Refused):
        records.save(world.agency, world.binh, {"code": "HS.03", "title": "x"})
    changed = records.save(world.agency, world.chi, {"retention_years": 10}, first)
    assert (changed.title, changed.retention_years) == ("Hồ sơ đào tạo", 10)


def test_a_series_ends_and_is_taken_up_again(agency_world: World) -> None:
    world = agency_world
    series = records.save(world.agency, world.chi, {"code": "HS.01", "title": "Hồ sơ"})
    assert records.end(series, world.chi, TODAY).ended_on == TODAY
    with pytest.raises(NotNow, match="đã thôi dùng"):
        records.end(series, world.chi, TODAY)
    assert records.resume(series, world.chi).ended_on is None


def test_anyone_asks_and_the_drafting_unit_answers(agency_world: World) -> None:
    world, document = agency_world, in_force(agency_world, "QT.01")
    change = changes.ask(document, world.dung, "Bỏ bước 3", "Trùng với bước 2")
    assert told("documents.change.asked") == {"binh", "chi"}
    with pytest.raises(Refused):
        changes.take(change, world.dung)
    with pytest.raises(NotNow, match="Ghi lý do"):
        changes.refuse(change, world.binh, " ")
    refused = changes.refuse(change, world.binh, "Bước 3 do luật định")
    assert (refused.state, refused.answer) == (DocumentChange.State.REFUSED, "Bước 3 do luật định")
    assert told("documents.change.refused") == {"dung"}
    with pytest.raises(NotNow, match="đã xử lý: Không đồng ý"):
        changes.take(change, world.binh)


def test_what_was_agreed_to_is_done_when_the_new_issue_takes_effect(agency_world: World) -> None:
    world, document = agency_world, in_force(agency_world, "QT.01")
    change = changes.take(changes.ask(document, world.an, "Bỏ bước 3", "Trùng"), world.binh)
    later = changes.ask(document, world.dung, "Thêm bước 4", "Thiếu")
    with pytest.raises(NotNow, match="chưa có lần ban hành mới"):
        changes.finish(change, world.binh)
    version = issue(world, document, 2, TODAY)
    assert changes.met_by(version, TODAY) == 1
    change.refresh_from_db()
    later.refresh_from_db()
    assert (change.state, later.state) == ("done", "asked"), "what nobody agreed to still waits"
    assert told("documents.change.done") == {"an"}


def test_a_request_met_by_an_issue_in_force_is_finished_by_hand(agency_world: World) -> None:
    world, document = agency_world, in_force(agency_world, "QT.01")
    change = changes.take(changes.ask(document, world.an, "Bỏ bước 3", "Trùng"), world.binh)
    issue(world, document, 2, TODAY)
    change.document.refresh_from_db()
    assert changes.finish(change, world.binh).state == "done"


def test_nothing_is_asked_of_a_document_that_ended(agency_world: World) -> None:
    document = in_force(agency_world, "QT.01")
    with pytest.raises(NotNow, match="Ghi nội dung"):
        changes.ask(document, agency_world.an, "", "x")
    document.obsolete_on, document.obsolete_reason = TODAY, "x"
    document.save()
    with pytest.raises(NotNow, match="hết hiệu lực"):
        changes.ask(document, agency_world.an, "a", "b")
