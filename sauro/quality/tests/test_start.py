"""The first hour: lists are taken whole or not at all, what is there stays, the ready set comes as drafts, once."""

from __future__ import annotations

import datetime as dt

import pytest

from sauro.documents.models import DocumentedInformation, DocumentVersion
from sauro.ledger.models import Entry
from sauro.organization import services as organization
from sauro.organization.models import Person, Unit
from sauro.quality.models import (
    CommitteeMember,
    ContextIssue,
    InterestedParty,
    ListedProcedure,
    Process,
    ProcessFlow,
    RiskScale,
    SetUp,
    YearCycle,
)
from sauro.quality.services.errors import NotNow, Refused
from sauro.quality.services.start import course, making, people, procedures, units
from sauro.testing import OFFICE, TRADE, World

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 27)
ALL = making.Wanted(True, range(50), range(50), True, True, 2027, True)


def said(looked: course.Looked) -> list[tuple[int, str]]:
    return [(f.line, f.key) for f in looked.faults]


def test_the_agency_is_described_and_its_root_bears_the_short_name(agency_world: World) -> None:
    found = course.describe(agency_world.chi, {"kind": "so", "short_name": "Sở CT", "code": "SCT", "place": "Hà Trung"})
    agency_world.agency.refresh_from_db()
    assert (agency_world.agency.place, organization.root_of(agency_world.agency).short_name) == ("Hà Trung", "Sở CT")
    assert found.step == course.UNITS
    assert Entry.objects.filter(verb="quality.start.described").count() == 1


@pytest.mark.parametrize("who", ["an", "binh", "giang", "hoa"])
def test_only_who_runs_quality_and_keeps_units_may(agency_world: World, who: str) -> None:
    with pytest.raises(Refused):
        course.describe(agency_world.people[who], {"kind": "so"})
    assert not SetUp.objects.exists()


def test_units_come_under_what_they_are_set_in_under_and_known_ones_stay(agency_world: World) -> None:
    text = f"{OFFICE}\n\tTổ Văn thư | TVT\nTrung tâm Xúc tiến\n    Phòng Tổng hợp\n        Tổ Tin học"
    found = units.take(agency_world.chi, text)
    made = {u.name: u for u in Unit.objects.filter(agency=agency_world.agency)}
    assert made["Tổ Văn thư"].get_parent() == agency_world.units[OFFICE]
    assert made["Tổ Tin học"].get_parent().name == "Phòng Tổng hợp"
    assert made["Trung tâm Xúc tiến"].get_parent() == organization.root_of(agency_world.agency)
    assert found.answers["units"] == {"added": 4}
    before = Unit.objects.count()
    units.take(agency_world.chi, text)
    assert Unit.objects.count() == before


def test_one_wrong_cell_and_no_unit_is_taken(agency_world: World) -> None:
    text = "Tên đơn vị\tTên ngắn\tThuộc đơn vị\nPhòng A\t\t\nPhòng B\t\tPhòng Z\nphòng a\t\t\n\tB\t\nPhòng C\t\tPhòng C"
    looked = units.look(agency_world.agency, text)
    assert said(looked) == [(4, "name"), (5, "name"), (3, "parent"), (6, "parent")]
    before = Unit.objects.count()
    with pytest.raises(NotNow, match="4 ô sai"):
        units.take(agency_world.chi, text)
    assert Unit.objects.count() == before


def test_people_get_names_roles_and_no_password_until_it_is_printed(agency_world: World) -> None:
    text = (
        f"Bùi Thị Minh Anh\t{TRADE}\tPhó Trưởng phòng\t\tanh@so.gov.vn\n"
        "Bùi Thị Mỹ Anh\tVP Sở\tChánh Văn phòng\n"
        "Đặng Văn Ê\tBan Giám đốc Sở\tPhó Giám đốc Sở\n"
        f"Nguyễn Hoài An\t{TRADE}\tChuyên viên\n"
        f"Lý Hoa\t{TRADE}\tChuyên viên\tĐánh giá viên nội bộ"
    )
    people.take(agency_world.chi, text)
    rows = {p.full_name: (p.username, p.role.code, p.post) for p in Person.objects.select_related("role")}
    assert rows["Bùi Thị Minh Anh"] == ("anhbtm", "head", "deputy")
    assert rows["Bùi Thị Mỹ Anh"] == ("anhbtm2", "head", "head")
    assert rows["Đặng Văn Ê"] == ("edv", "leader", "deputy")
    assert rows["Lý Hoa"][1] == "auditor"
    assert Person.objects.filter(full_name="Nguyễn Hoài An").count() == 1
    assert not Person.objects.get(username="anhbtm").has_usable_password()
    assert [p.username for p in people.waiting(agency_world.agency)] == ["edv", "anhbtm2", "anhbtm", "hoal"]
    made = people.first_passwords(agency_world.chi, agency_world.units[TRADE])
    assert {p.username for p, _word in made} == {"anhbtm", "hoal"}
    assert all(Person.objects.get(pk=p.pk).check_password(word) for p, word in made)
    text_of_ledger = " ".join(str(e.data) for e in Entry.objects.all())
    assert not any(word in text_of_ledger for _p, word in made)
    people.first_passwords(agency_world.chi)
    with pytest.raises(NotNow):
        people.first_passwords(agency_world.chi)


def test_every_wrong_cell_of_people_is_named(agency_world: World) -> None:
    text = (
        "\tPhòng Nào\tChuyên viên\tVua\tkhông phải thư\n"
        f"Trần A\t{TRADE}\tTrưởng phòng\t\tx@y.vn\n"
        f"Trần A\t{TRADE}\tChuyên viên\t\tx@y.vn"
    )
    looked = people.look(agency_world.agency, text)
    assert said(looked) == [
        (1, "name"), (1, "unit"), (1, "role"), (1, "email"), (2, "position"), (3, "email"), (3, "name"),
    ]  # fmt: skip
    with pytest.raises(NotNow):
        people.take(agency_world.chi, text)
    assert Person.objects.count() == 6


def test_who_was_made_before_there_were_units_moves_to_theirs(agency_world: World) -> None:
    root = organization.root_of(agency_world.agency)
    early = organization.add_person("early", "Phan Sớm", root, "officer", "x")
    people.take(agency_world.chi, f"Phan Sớm\t{OFFICE}\tVăn thư")
    early.refresh_from_db()
    assert (early.unit.name, early.position, Person.objects.filter(full_name="Phan Sớm").count()) == (
        OFFICE,
        "Văn thư",
        1,
    )


def test_procedures_are_listed_from_today_and_known_codes_stay(agency_world: World) -> None:
    text = f"Mã\tTên thủ tục\tĐơn vị\tLoại\n2.01\tCấp phép rượu\t{TRADE}\t\nNB.1\tTrình văn bản\t\tnội bộ"
    procedures.take(agency_world.chi, text, DAY)
    procedures.take(agency_world.chi, text, DAY)
    rows = {p.code: (p.kind, p.unit and p.unit.name, p.since) for p in ListedProcedure.objects.all()}
    assert rows == {"2.01": ("public", TRADE, DAY), "NB.1": ("internal", None, DAY)}
    looked = procedures.look(agency_world.agency, "2.02\t\t\tPhòng Z\t\t\tlạ\n2.02\tB")
    assert said(looked) == [(1, "name"), (1, "kind"), (1, "unit"), (2, "code")]


def test_the_ready_set_comes_as_drafts_and_only_once(agency_world: World) -> None:
    course.describe(agency_world.chi, {"kind": "so", "leader": "Ông Giám đốc"})
    making.make(agency_world.chi, ALL, DAY)
    documents = DocumentedInformation.objects.filter(agency=agency_world.agency)
    assert documents.count() == 12 and all(d.is_template and d.current is None for d in documents)
    versions = DocumentVersion.objects.filter(document__in=documents)
    assert {v.state for v in versions} == {"draft"}
    assert any("Ông Giám đốc" in str(v.content) for v in versions)
    assert not any("{" in str(v.content).replace("{'", "").replace("{}", "") for v in versions)
    assert Process.objects.count() == 12 and ProcessFlow.objects.exists()
    assert Process.objects.get(code="QTr.01").owner == agency_world.giang
    assert {d.code for d in Process.objects.get(code="QTr.01").documents.all()} == {"CS.01", "MT.01"}
    assert RiskScale.objects.count() == 2
    assert ContextIssue.objects.count() >= 11 and InterestedParty.objects.count() >= 7
    assert not InterestedParty.objects.filter(kind="other").exists()
    assert YearCycle.objects.get().year == 2027
    assert not CommitteeMember.objects.exists()
    before = {m: m.objects.count() for m in (DocumentedInformation, Process, RiskScale, ContextIssue, YearCycle)}
    assert course.set_up_of(agency_world.agency).answers["made"]["year"] == 2027
    found = making.make(agency_world.chi, ALL, DAY)
    assert before == {m: m.objects.count() for m in before}
    assert found.step == course.DONE and found.finished_at


def test_the_committee_is_kept_only_with_its_decision(agency_world: World) -> None:
    seats = making.committee_proposal(agency_world.agency, agency_world.chi)
    assert [(s.person.username, s.role) for s in seats] == [("giang", "head"), ("binh", "member"), ("chi", "secretary")]
    none = making.Wanted(False, [], [], False, False, 2027, False, decision="12/QĐ-SCT")
    with pytest.raises(NotNow, match="ngày"):
        making.make(agency_world.chi, none, DAY)
    none.decided_on = dt.date(2026, 11, 2)
    making.make(agency_world.chi, none, DAY)
    assert set(CommitteeMember.objects.values_list("person__username", "role", "decision")) == {
        ("giang", "head", "12/QĐ-SCT"), ("binh", "member", "12/QĐ-SCT"), ("chi", "secretary", "12/QĐ-SCT"),
    }  # fmt: skip


def test_what_was_typed_is_there_when_one_comes_back(agency_world: World) -> None:
    course.keep_text(agency_world.chi, course.UNITS, "Phòng A\n\tTổ B")
    found = course.set_up_of(agency_world.agency)
    assert course.text_of(found, course.UNITS) == "Phòng A\n\tTổ B"
    units.take(agency_world.chi, "Phòng A")
    assert course.text_of(course.set_up_of(agency_world.agency), course.UNITS) == ""
