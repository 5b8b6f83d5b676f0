"""Legal bases: the register, citing, and what follows when one changes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sauro.documents.control import flags, instruments
from sauro.documents.control.tests.ready import in_force, issue
from sauro.documents.errors import NotNow
from sauro.documents.models import Citation, Instrument, ReviewFlag
from sauro.ledger.models import Entry
from sauro.notices.models import Notice
from sauro.organization.policy import Refused
from sauro.testing import INDUSTRY, TODAY, World

pytestmark = pytest.mark.django_db
State, Outcome = Instrument.State, ReviewFlag.Outcome


def decree(world: World, number: str = "61/2018/NĐ-CP", **more: Any) -> Instrument:
    """A decree on the register."""
    words = {"type": "Nghị định", "title": "Cơ chế một cửa, một cửa liên thông", "issued_on": dt.date(2018, 4, 23)}
    return instruments.add(world.agency, world.chi, number=number, **words | more)


def replace(world: World, old: Instrument, **more: Any) -> list[ReviewFlag]:
    """The decree is replaced by a newer one."""
    new = decree(world, "118/2025/NĐ-CP", issued_on=dt.date(2025, 6, 9))
    return instruments.change_state(old, world.chi, TODAY, State.REPLACED, on=dt.date(2025, 7, 1), by=new, **more)


def test_an_instrument_is_on_the_register_once_however_its_number_is_typed(agency_world: World) -> None:
    decree(agency_world)
    with pytest.raises(NotNow, match="đã có trong danh mục"):
        decree(agency_world, " 61/2018/nđ-cp ")
    with pytest.raises(NotNow, match="Ghi số"):
        decree(agency_world, "  ")
    with pytest.raises(Refused, match="căn cứ pháp lý"):
        instruments.add(agency_world.agency, agency_world.binh, number="1/2026", title="x")
    found = Instrument.objects.all().matching("mot cua 61")
    assert [i.number for i in found] == ["61/2018/NĐ-CP"]


def test_editing_says_in_the_ledger_what_was_before(agency_world: World) -> None:
    found = instruments.edit(decree(agency_world), agency_world.chi, {"title": "Cơ chế một cửa"})
    assert found.title == "Cơ chế một cửa"
    entry = Entry.objects.get(verb="documents.instrument.edited")
    assert entry.data["changed"] == {"title": ["Cơ chế một cửa, một cửa liên thông", "Cơ chế một cửa"]}
    instruments.edit(found, agency_world.chi, {"title": "Cơ chế một cửa"})
    assert Entry.objects.filter(verb="documents.instrument.edited").count() == 1, "nothing changed, nothing said"


def test_what_adopted_documents_rest_on_is_proposed_and_taken_by_one_click(
    agency_world: World, adopted_plan: Any
) -> None:
    (found,) = instruments.proposals(agency_world.agency)
    assert (found.number, found.type, found.issued_on) == ("57-NQ/TW", "Nghị quyết", dt.date(2024, 12, 22))
    assert found.documents == ["118/KH-SCT"]
    (made,) = instruments.take_proposals(agency_world.agency, agency_world.chi, {found.key})
    assert made.title == "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"
    assert instruments.proposals(agency_world.agency) == []
    with pytest.raises(NotNow, match="Chọn ít nhất"):
        instruments.take_proposals(agency_world.agency, agency_world.chi, {found.key})


def test_the_drafting_unit_cites_and_a_stranger_does_not(agency_world: World) -> None:
    document, basis = in_force(agency_world, "QT.01"), decree(agency_world)
    instruments.cite(document, basis, agency_world.an, "Điều 17")
    instruments.cite(document, basis, agency_world.an, "Điều 18")
    assert [c.note for c in document.citations.all()] == ["Điều 18"]
    with pytest.raises(Refused):
        instruments.cite(document, basis, agency_world.dung)
    instruments.uncite(document.citations.get(), agency_world.chi)
    assert not document.citations.exists()


def test_when_a_basis_is_replaced_every_document_in_force_that_cites_it_is_flagged(agency_world: World) -> None:
    world, old = agency_world, decree(agency_world)
    cited = [in_force(world, "QT.01"), in_force(world, "QT.02", unit=INDUSTRY)]
    ended, free = in_force(world, "QT.03"), in_force(world, "QT.04")
    for document in [*cited, ended]:
        instruments.cite(document, old, world.chi)
    ended.obsolete_on, ended.obsolete_reason = TODAY, "Hết việc"
    ended.save()
    made = replace(world, old, days=20)
    assert [f.document for f in made] == cited
    assert {f.due for f in made} == {TODAY + dt.timedelta(days=20)}
    assert made[0].text == "Nghị định 61/2018/NĐ-CP bị thay thế bởi Nghị định 118/2025/NĐ-CP từ ngày 01/07/2025."
    assert not free.flags.exists()
    told = {n.person.username: n.text for n in Notice.objects.filter(verb="documents.basis.flagged")}
    assert set(told) == {"binh"}, "the head of the unit; who wrote it down knows already"
    assert "QT.01" in told["binh"] and "QT.02" not in told["binh"]


def test_a_change_needs_its_successor_and_a_day_that_can_be(agency_world: World) -> None:
    world, old = agency_world, decree(agency_world)
    change = lambda **more: instruments.change_state(old, world.chi, TODAY, State.REPLACED, **more)  # noqa: E731
    with pytest.raises(NotNow, match="Chọn văn bản thay thế"):
        change(on=TODAY)
    with pytest.raises(NotNow, match="văn bản khác"):
        change(on=TODAY, by=old)
    with pytest.raises(NotNow, match="trước ngày ban hành"):
        change(on=dt.date(2018, 1, 1), by=decree(world, "1/2026/NĐ-CP"))
    with pytest.raises(Refused):
        instruments.change_state(old, world.giang, TODAY, State.EXPIRED, on=TODAY)
    instruments.change_state(old, world.chi, TODAY, State.EXPIRED, on=TODAY)
    with pytest.raises(NotNow, match="khôi phục"):
        instruments.change_state(old, world.chi, TODAY, State.EXPIRED, on=TODAY)


def test_an_instrument_amended_twice_calls_a_document_up_once(agency_world: World) -> None:
    world, old = agency_world, decree(agency_world)
    document = in_force(world, "QT.01")
    instruments.cite(document, old, world.chi)
    for number in ("107/2021/NĐ-CP", "45/2026/NĐ-CP"):
        by = decree(world, number, issued_on=dt.date(2021, 12, 6))
        instruments.change_state(old, world.chi, TODAY, State.AMENDED, on=TODAY, by=by)
    (flag,) = document.flags.all()
    assert "45/2026/NĐ-CP" in flag.text


def test_a_mistake_is_taken_back_with_its_reviews(agency_world: World) -> None:
    world, old = agency_world, decree(agency_world)
    document = in_force(world, "QT.01")
    instruments.cite(document, old, world.chi)
    replace(world, old)
    with pytest.raises(NotNow, match="Ghi lý do"):
        instruments.restore(old, world.chi, TODAY, " ")
    found = instruments.restore(old, world.chi, TODAY, "Nhầm số nghị định")
    assert (found.state, found.replaced_by, found.changed_on) == (State.IN_FORCE, None, None)
    flag = document.flags.get()
    assert (flag.outcome, flag.note) == (Outcome.KEPT, "Nhầm số nghị định")


def test_keeping_a_document_needs_a_reason_and_may_cite_the_successor(agency_world: World) -> None:
    world, old = agency_world, decree(agency_world)
    document = in_force(world, "QT.01")
    instruments.cite(document, old, world.chi)
    (flag,) = replace(world, old)
    with pytest.raises(NotNow, match="Ghi lý do"):
        flags.settle(flag, world.binh, TODAY, Outcome.KEPT, "")
    with pytest.raises(Refused):
        flags.settle(flag, world.dung, TODAY, Outcome.KEPT, "x")
    with pytest.raises(NotNow, match="Kết luận xem xét trước"):
        instruments.uncite(document.citations.get(), world.chi)
    flags.settle(flag, world.binh, TODAY, Outcome.KEPT, "Nội dung dẫn chiếu không đổi", recite=True)
    assert [c.instrument.number for c in Citation.objects.filter(document=document)] == ["118/2025/NĐ-CP"]
    with pytest.raises(NotNow, match="đã kết luận ngày 23/11/2026: Giữ nguyên"):
        flags.settle(flag, world.binh, TODAY, Outcome.KEPT, "x")


def test_revised_is_said_once_a_new_issue_is_in_force(agency_world: World) -> None:
    world, old = agency_world, decree(agency_world)
    document = in_force(world, "QT.01")
    instruments.cite(document, old, world.chi)
    (flag,) = replace(world, old)
    with pytest.raises(NotNow, match="chưa có lần ban hành"):
        flags.settle(flag, world.binh, TODAY, Outcome.REVISED, "Sửa bước 2")
    issue(world, document, 2, TODAY + dt.timedelta(days=3))
    flags.settle(flag, world.binh, TODAY + dt.timedelta(days=3), Outcome.REVISED, "Lần ban hành 2")
    assert not ReviewFlag.objects.open().exists()
    assert Entry.objects.get(verb="documents.flag.settled").data["outcome"] == "revised"


def test_obsolete_is_said_once_the_document_was_ended(agency_world: World) -> None:
    world, old = agency_world, decree(agency_world)
    document = in_force(world, "QT.01")
    instruments.cite(document, old, world.chi)
    (flag,) = replace(world, old)
    with pytest.raises(NotNow, match="Bãi bỏ tài liệu ở trang"):
        flags.settle(flag, world.binh, TODAY, Outcome.OBSOLETE, "Không còn việc này")
    document.obsolete_on, document.obsolete_reason = TODAY, "Không còn việc này"
    document.save()
    assert flags.settle(flag, world.binh, TODAY, Outcome.OBSOLETE, "Không còn việc này").settled_on == TODAY
