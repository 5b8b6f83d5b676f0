"""A document's life: written beside the version in force, frozen when approved, in force on its day."""

from __future__ import annotations

import datetime as dt
import json
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction

from sauro.documents.control import approval, drafts, effect
from sauro.documents.control import register as master
from sauro.documents.control.classes import ensure_classes, remove_class, save_class
from sauro.documents.control.heads import head_of, holes_in, word_of
from sauro.documents.control.tests.scene import CONTENT, make_document, make_version
from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentClass, DocumentedInformation, DocumentVersion
from sauro.files.services import open_stored
from sauro.ledger.services import verify
from sauro.notices.models import Notice
from sauro.organization.policy import Refused
from sauro.testing import INDUSTRY, OFFICE, TODAY, TRADE, World

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_what_is_approved_is_frozen(agency_world: World) -> None:
    version = make_version(agency_world, "in_force")
    text = json.dumps(version.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert version.sha256 == sha256(text.encode()).hexdigest()
    assert version.pdf is not None
    with open_stored(version.pdf) as pdf:
        assert pdf.read(5) == b"%PDF-"
    head = head_of(version)
    assert (head.drafted_by, head.checked_by, head.approved_by) == (
        agency_world.an.full_name,
        agency_world.binh.full_name,
        agency_world.giang.full_name,
    )
    assert not head.is_draft
    assert head.distribution == (agency_world.agency.name,)
    assert word_of(version)[:2] == b"PK"
    with pytest.raises(NotNow, match="soạn lần ban hành mới"):
        drafts.save_draft(version, agency_world.an, {**CONTENT, "purpose": "Sửa lén"})
    assert list(verify()) == []


def test_the_next_version_begins_as_the_one_in_force_and_stands_beside_it(agency_world: World) -> None:
    first = make_version(agency_world, "in_force")
    second = drafts.start_version(first.document, agency_world.an)
    assert (second.issue_no, second.content) == (2, first.content)
    document = DocumentedInformation.objects.get()
    assert document.current == first
    with pytest.raises(NotNow, match=r"Lần ban hành 2 đang được Nguyễn Hoài An soạn"):
        drafts.start_version(document, agency_world.binh)
    second = drafts.save_draft(second, agency_world.an, {**CONTENT, "scope": "Toàn Sở."})
    with pytest.raises(NotNow, match="nội dung sửa đổi"):
        drafts.send(second, agency_world.an)
    drafts.save_draft(second, agency_world.an, second.content, summary="Mở rộng phạm vi")
    approval.check(drafts.send(second, agency_world.an), agency_world.binh)
    second = approval.approve(second, agency_world.giang, TODAY, TODAY + DAY, decision_number="12/QĐ-SCT")
    first.refresh_from_db()
    assert (first.state, second.state) == ("in_force", "approved")
    assert effect.take_effect(agency_world.agency, TODAY) == 0
    assert effect.take_effect(agency_world.agency, TODAY + DAY) == 1
    assert effect.take_effect(agency_world.agency, TODAY + DAY) == 0
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.superseded_on, second.state) == ("superseded", TODAY + DAY, "in_force")
    assert [a.text for a in head_of(second).amendments] == ["Mở rộng phạm vi"]
    assert DocumentedInformation.objects.get().current == second


def test_the_second_of_two_editors_is_told_and_loses_nothing(agency_world: World) -> None:
    version = make_version(agency_world)
    drafts.save_draft(version, agency_world.binh, {**CONTENT, "purpose": "Của Bình"}, expected=version.version)
    with pytest.raises(drafts.Stale, match="Trần Quốc Bình đã lưu bản soạn này lúc") as stale:
        drafts.save_draft(version, agency_world.an, {**CONTENT, "purpose": "Của An"}, expected=version.version)
    assert stale.value.theirs.content["purpose"] == "Của Bình"
    # Whoever types what is there already is in nobody's way.
    same = {**CONTENT, "purpose": "Của Bình"}
    assert drafts.save_draft(version, agency_world.an, same, expected=version.version).version == version.version + 1


def test_a_draft_without_words_is_not_sent(agency_world: World) -> None:
    version = drafts.start_version(make_document(agency_world), agency_world.an)
    with pytest.raises(NotNow, match="chưa có nội dung"):
        drafts.send(version, agency_world.an)


def test_the_head_of_the_documents_unit_is_named_before_the_secretary(agency_world: World) -> None:
    version = make_version(agency_world, "checking")
    assert drafts.next_hand(version) == f"{agency_world.binh.full_name}, {agency_world.chi.full_name}"


def test_where_only_its_writer_could_check_it_the_page_says_what_helps(agency_world: World) -> None:
    document = make_document(agency_world, unit=OFFICE)
    version = drafts.start_version(document, agency_world.chi, content=CONTENT)
    sent = drafts.send(version, agency_world.chi)
    assert agency_world.chi.full_name not in drafts.next_hand(sent)
    assert "Loại tài liệu" in drafts.next_hand(sent)


def test_returned_with_the_reason_it_goes_round_again(agency_world: World) -> None:
    version = make_version(agency_world, "checking")
    version = approval.return_version(version, agency_world.binh, "Thiếu biểu mẫu bước 2")
    assert (version.state, version.returned_reason) == ("draft", "Thiếu biểu mẫu bước 2")
    told = Notice.objects.filter(person=agency_world.an, verb="documents.version.returned").get()
    assert told.text == "Trần Quốc Bình trả lại QT.01 Tiếp nhận hồ sơ: Thiếu biểu mẫu bước 2"
    version = drafts.send(version, agency_world.an)
    assert (version.state, version.returned_reason) == ("checking", "")


def test_a_later_issue_is_not_dated_back_but_a_first_one_may_be(agency_world: World) -> None:
    past = TODAY - 400 * DAY
    first = make_version(agency_world, "in_force", day=past)
    assert (first.state, first.effective_on) == ("in_force", past)
    second = make_version(agency_world, "checked", document=first.document, scope="Khác")
    with pytest.raises(NotNow, match="đã qua"):
        approval.approve(second, agency_world.giang, TODAY, TODAY - DAY)


def test_an_issue_that_was_there_before_keeps_its_number(agency_world: World) -> None:
    version = drafts.start_version(make_document(agency_world), agency_world.an, content=CONTENT, issue_no=3)
    assert version.issue_no == 3
    drafts.drop(version, agency_world.an, TODAY, "Nhầm số")
    assert drafts.start_version(version.document, agency_world.an).issue_no == 1


def test_a_class_that_wants_a_signature_waits_for_it(agency_world: World) -> None:
    document = make_document(agency_world)
    DocumentClass.objects.filter(pk=document.cls_id).update(needs_signature=True)
    document = DocumentedInformation.objects.select_related("cls").get(pk=document.pk)
    version = make_version(agency_world, "approved", document=document)
    day = version.effective_on
    assert day is not None
    for _again in range(2):
        assert effect.take_effect(agency_world.agency, day) == 0
    assert Notice.objects.filter(verb="documents.version.unsigned").count() == 1
    version.refresh_from_db()
    assert version.state == "approved"


def test_codes_are_given_once_and_the_list_is_kept_by_its_keeper(agency_world: World) -> None:
    document = make_document(agency_world)
    with pytest.raises(NotNow, match=r"Mã hiệu QT.01 đã dùng cho tài liệu “Tiếp nhận hồ sơ”"):
        make_document(agency_world, title="Khác")
    with pytest.raises(Refused, match="Lê Thị Kim Chi"):
        master.change(document, agency_world.an, {"title": "Tiếp nhận, trả kết quả"})
    changed = master.change(document, agency_world.chi, {"title": "Tiếp nhận, trả kết quả", "code": "QT.02"})
    assert list(DocumentedInformation.objects.all().matching("qt 02 tra ket")) == [changed]
    with pytest.raises(Refused):
        master.register(changed.cls, agency_world.dung, code="QT.9", title="X", unit=agency_world.units[TRADE])
    own = master.register(changed.cls, agency_world.dung, code="QT.9", title="X", unit=agency_world.units[INDUSTRY])
    assert own.unit_path == agency_world.units[INDUSTRY].path


def test_obsolete_is_kept_apart_with_its_reason(agency_world: World) -> None:
    version = make_version(agency_world, "in_force")
    document = version.document
    draft = drafts.start_version(document, agency_world.an)
    with pytest.raises(Refused, match="Đỗ Trường Giang"):
        master.make_obsolete(document, agency_world.chi, TODAY, "Gộp vào QT.02")
    with pytest.raises(NotNow, match="lý do"):
        master.make_obsolete(document, agency_world.giang, TODAY, " ")
    ended = master.make_obsolete(document, agency_world.giang, TODAY, "Gộp vào QT.02")
    version.refresh_from_db()
    draft.refresh_from_db()
    assert (ended.obsolete_reason, version.state, draft.state) == ("Gộp vào QT.02", "superseded", "dropped")
    assert not DocumentedInformation.objects.all().in_force().exists()
    assert not version.acknowledgements.waiting().exists()
    with pytest.raises(NotNow, match="hết hiệu lực"):
        drafts.start_version(ended, agency_world.an)


def test_what_was_never_approved_is_taken_off_by_the_keeper(agency_world: World) -> None:
    document = make_document(agency_world)
    assert master.make_obsolete(document, agency_world.chi, TODAY, "Đăng ký nhầm").obsolete_on == TODAY


def test_a_template_becomes_the_agencys_own_when_approved(agency_world: World) -> None:
    cls = ensure_classes(agency_world.agency)["CS"]
    unit = agency_world.units[TRADE]
    document = master.register(
        cls, agency_world.chi, code="CS.01", title="Chính sách chất lượng (Mẫu)", unit=unit, is_template=True
    )
    version = make_version(agency_world, "in_force", document=document)
    document.refresh_from_db()
    assert (document.title, document.is_template) == ("Chính sách chất lượng", False)
    assert head_of(version).title == "Chính sách chất lượng"


def test_what_a_model_left_open_is_named_once_wherever_it_stands() -> None:
    content = {"purpose": "Thủ tục [tên thủ tục]", "steps": [{"name": "Thẩm định", "how_long": "[..] ngày"}],
               "references": ["[Luật]", "Về [tên thủ tục]"], "scope": "Không còn chỗ nào []"}  # fmt: skip
    assert holes_in(content) == ["[tên thủ tục]", "[..]", "[Luật]"]


def test_the_policy_of_a_class_is_the_keepers(agency_world: World) -> None:
    agency = agency_world.agency
    with pytest.raises(Refused):
        save_class(agency, agency_world.binh, "QT", {"needs_check": False})
    ensure_classes(agency)
    assert save_class(agency, agency_world.chi, "qt", {"needs_check": False}).needs_check is False
    made = save_class(agency, agency_world.chi, "SĐ", {"name": "Sơ đồ"})
    remove_class(made, agency_world.chi)
    make_document(agency_world)
    with pytest.raises(NotNow, match="còn 1 tài liệu"):
        remove_class(DocumentClass.objects.get(code="QT"), agency_world.chi)


def test_the_database_holds_one_version_in_force(agency_world: World) -> None:
    first = make_version(agency_world, "superseded")
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentVersion.objects.filter(pk=first.pk).update(state="in_force", superseded_on=None)
