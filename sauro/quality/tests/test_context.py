"""Issues, interested parties, processes and outside providers (4.1, 4.2, 4.4, 8.4)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from sauro.ledger.models import Entry
from sauro.organization.policy import Refused
from sauro.quality.models import ContextIssue, InterestedParty, Process, Supplier
from sauro.quality.ready.kinds import kinds
from sauro.quality.services import context, processes, suppliers
from sauro.quality.services.errors import NotNow
from sauro.testing import INDUSTRY, TODAY, TRADE, World

pytestmark = pytest.mark.django_db
LATER = TODAY + dt.timedelta(days=30)
KIND = "so"
ISSUE = {"kind": "internal", "effect": "bad", "text": "Thiếu người làm công nghệ thông tin", "response": "Tuyển thêm"}
PARTY = {"kind": "citizen", "name": "Hộ kinh doanh", "needs": "Thủ tục nhanh"}
PROCESS = {"code": "QTr.01", "name": "Tiếp nhận hồ sơ", "kind": "core"}


def verbs() -> list[str]:
    """What the ledger tells of the quality system, in order."""
    return list(Entry.objects.filter(verb__startswith="quality.").order_by("seq").values_list("verb", flat=True))


def an_issue(world: World, **changed: Any) -> ContextIssue:
    return context.save_issue(world.agency, world.chi, TODAY, ISSUE | changed)


def a_party(world: World, **changed: Any) -> InterestedParty:
    return context.save_party(world.agency, world.chi, TODAY, PARTY | changed)


def a_process(world: World, **changed: Any) -> Process:
    return processes.save(world.agency, world.chi, TODAY, PROCESS | changed)


def a_supplier(world: World, **changed: Any) -> Supplier:
    return suppliers.save(world.agency, world.chi, {"name": "Công ty Mạng", "provides": "Đường truyền", **changed})


def test_an_issue_is_kept_looked_at_again_and_ended_and_the_ledger_tells(agency_world: World) -> None:
    issue = an_issue(agency_world)
    assert (issue.reviewed_on, issue.agency) == (TODAY, agency_world.agency)
    context.review(issue, agency_world.chi, LATER)
    context.end(issue, agency_world.chi, LATER)
    issue.refresh_from_db()
    assert (issue.reviewed_on, issue.ended_on) == (LATER, LATER)
    assert verbs() == ["quality.issue.added", "quality.issue.reviewed", "quality.issue.ended"]


def test_a_change_of_an_issue_is_told_with_what_stood_before(agency_world: World) -> None:
    issue = an_issue(agency_world)
    context.save_issue(agency_world.agency, agency_world.chi, TODAY, {"response": "Đào tạo"}, issue)
    assert Entry.objects.get(verb="quality.issue.edited").data["changed"] == {"response": ["Tuyển thêm", "Đào tạo"]}
    context.save_issue(agency_world.agency, agency_world.chi, TODAY, {"response": "Đào tạo"}, issue)
    assert verbs().count("quality.issue.edited") == 1, "nothing changed, nothing to tell"


@pytest.mark.parametrize(("changed", "why"), [({"text": "  "}, "Ghi vấn đề"), ({"kind": ""}, "nội bộ hay bên ngoài")])
def test_an_issue_that_says_nothing_is_refused(agency_world: World, changed: dict[str, str], why: str) -> None:
    with pytest.raises(NotNow, match=why):
        an_issue(agency_world, **changed)
    assert not ContextIssue.objects.exists() and verbs() == []


def test_what_has_ended_is_neither_looked_at_again_nor_ended_twice(agency_world: World) -> None:
    for record in (an_issue(agency_world), a_party(agency_world)):
        context.end(record, agency_world.chi, TODAY)
        for act in (context.end, context.review):
            with pytest.raises(NotNow, match="thôi dùng từ ngày 23/11/2026"):
                act(record, agency_world.chi, LATER)


@pytest.mark.parametrize("who", ["an", "binh", "dung", "hoa"])
def test_only_who_runs_the_system_keeps_its_context(agency_world: World, who: str) -> None:
    w, other = agency_world, agency_world.people[who]
    issue, process, supplier = an_issue(w), a_process(w), a_supplier(w)
    told = verbs()
    for act in (
        lambda: context.save_issue(w.agency, other, TODAY, ISSUE),
        lambda: context.save_issue(w.agency, other, TODAY, {"text": "Khác"}, issue),
        lambda: context.save_party(w.agency, other, TODAY, PARTY),
        lambda: context.review(issue, other, TODAY),
        lambda: context.end(issue, other, TODAY),
        lambda: context.take_issues(w.agency, other, TODAY, KIND),
        lambda: context.take_parties(w.agency, other, TODAY, KIND),
        lambda: processes.save(w.agency, other, TODAY, PROCESS | {"code": "QTr.02"}),
        lambda: processes.end(process, other, TODAY),
        lambda: processes.set_flows(process, other, []),
        lambda: processes.take_model(w.agency, other, TODAY, KIND),
        lambda: suppliers.save(w.agency, other, {"name": "Khác", "provides": "Khác"}),
        lambda: suppliers.end(supplier, other, TODAY),
        lambda: suppliers.evaluate(supplier, other, TODAY, on=TODAY, result="good"),
    ):
        with pytest.raises(Refused):
            act()
    assert verbs() == told
    assert ContextIssue.objects.get().text == ISSUE["text"] and not InterestedParty.objects.exists()


def test_a_party_stands_once_on_the_list_while_it_matters(agency_world: World) -> None:
    first = a_party(agency_world)
    with pytest.raises(NotNow, match="Hộ kinh doanh đã có"):
        a_party(agency_world, name=" Hộ kinh doanh ")
    context.end(first, agency_world.chi, TODAY)
    assert a_party(agency_world).pk != first.pk
    with pytest.raises(NotNow, match="Ghi nhu cầu"):
        a_party(agency_world, name="Báo chí", needs="")


def test_a_record_never_points_into_another_agency(agency_world: World) -> None:
    elsewhere = make_world_elsewhere()
    with pytest.raises(ValueError, match="another agency"):
        a_party(agency_world, unit=elsewhere.units[TRADE])
    with pytest.raises(Refused):
        context.save_issue(agency_world.agency, elsewhere.chi, TODAY, ISSUE)
    ours, theirs = a_process(agency_world), a_process(elsewhere)
    with pytest.raises(ValueError, match="another agency"):
        processes.set_flows(ours, agency_world.chi, [theirs])


def make_world_elsewhere() -> World:
    """A second agency, whose people have other names to sign in by."""
    from sauro.organization import services as organization
    from sauro.organization.models import Unit

    agency = organization.make_agency("Sở Y tế tỉnh Bình Lãng", short_name="Sở Y tế", code="SYT", place="Bình Lãng")
    organization.load_register(agency, {"units": [{"name": TRADE, "kind": "unit", "parent": "Sở Y tế",
                                                   "abbreviations": []}]})  # fmt: skip
    units = {u.name: u for u in Unit.objects.filter(agency=agency)}
    chi = organization.add_person("chi-syt", "Lê Kim Chi", units[TRADE], "secretary", "sauro-demo-2026")
    return World(agency, units, {"chi": chi})


@pytest.mark.parametrize("kind", list(kinds()))
def test_what_agencies_of_the_kind_begin_with_is_taken_once_and_what_was_ended_stays_ended(
    agency_world: World, kind: str
) -> None:
    w = agency_world
    for take, model in ((context.take_issues, ContextIssue), (context.take_parties, InterestedParty)):
        made = take(w.agency, w.chi, TODAY, kind)
        assert made == model.objects.count() > 0
        context.end(model.objects.first(), w.chi, TODAY)
        assert take(w.agency, w.chi, TODAY, kind) == 0
    made = processes.take_model(w.agency, w.chi, TODAY, kind)
    assert made == Process.objects.count() > 0
    assert any(p.gives.exists() for p in Process.objects.all())
    assert processes.take_model(w.agency, w.chi, TODAY, kind) == 0


def test_a_code_of_a_process_is_used_once_even_after_the_process_ended(agency_world: World) -> None:
    process = a_process(agency_world)
    with pytest.raises(NotNow, match=r"QTr\.01 đã dùng"):
        a_process(agency_world, name="Khác")
    processes.end(process, agency_world.chi, TODAY)
    with pytest.raises(NotNow, match=r"QTr\.01 đã dùng"):
        a_process(agency_world, name="Khác")
    with pytest.raises(NotNow, match="Chọn loại"):
        a_process(agency_world, code="QTr.02", kind="")


def test_arrows_leave_a_process_for_others_and_keep_what_they_carry(agency_world: World) -> None:
    w = agency_world
    first, second, third = (a_process(w, code=f"QTr.0{n}") for n in (1, 2, 3))
    processes.set_flows(first, w.chi, {second: "Hồ sơ hợp lệ", third: ""})
    processes.set_flows(first, w.chi, [second])
    assert [(f.target, f.what) for f in first.gives.all()] == [(second, "Hồ sơ hợp lệ")]
    with pytest.raises(NotNow, match="chính nó"):
        processes.set_flows(first, w.chi, [first])
    assert Entry.objects.filter(verb="quality.process.flows").last().data == {"to": ["QTr.02"]}  # type: ignore[union-attr]


def test_a_provider_is_judged_by_its_criteria_and_a_bad_result_needs_words(agency_world: World) -> None:
    w, supplier = agency_world, a_supplier(agency_world, unit=agency_world.units[INDUSTRY])
    for wrong, why in (
        ({"result": "great"}, "Chọn kết quả"),
        ({"result": "good", "on": LATER}, "sau hôm nay"),
        ({"result": "watch", "note": " "}, "Ghi nhận xét"),
        ({"result": "bad"}, "Ghi nhận xét"),
    ):
        with pytest.raises(NotNow, match=why):
            suppliers.evaluate(supplier, w.chi, TODAY, **{"on": TODAY, **wrong})
    made = suppliers.evaluate(supplier, w.chi, TODAY, on=TODAY, result="bad", note="Mất mạng 3 lần")
    assert (made.by, supplier.evaluations.get()) == (w.chi, made)
    assert verbs() == ["quality.supplier.added", "quality.supplier.evaluated"]


def test_a_provider_that_is_no_longer_used_is_not_judged_and_its_name_is_not_taken_again(agency_world: World) -> None:
    w, supplier = agency_world, a_supplier(agency_world)
    suppliers.end(supplier, w.chi, TODAY)
    supplier.refresh_from_db()
    with pytest.raises(NotNow, match="thôi dùng"):
        suppliers.evaluate(supplier, w.chi, TODAY, on=TODAY, result="good")
    with pytest.raises(NotNow, match="Công ty Mạng đã có"):
        a_supplier(w)
