"""The table of who may do what to an audit, held against every person and every state."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from sauro.ledger.models import Entry
from sauro.organization.policy import Refused
from sauro.quality.models import Audit, Finding
from sauro.quality.services import audits
from sauro.quality.services.errors import NotNow
from sauro.quality.tests.audit_parts import STARTS, make_audit, plan_of, team
from sauro.testing import TODAY, TRADE, World

pytestmark = pytest.mark.django_db
STATES = ("planned", "notified", "walking", "reported", "closed", "cancelled")
# an: officer of the audited unit; binh: its head; chi: secretary; dung: auditor of the team, an officer by his role;
# giang: leader; hoa: leads the team.
PEOPLE = ("an", "binh", "chi", "dung", "giang", "hoa")
#             states in which it may be done                who may
ALLOWED = {
    "edit": (("planned",), ("chi",)),
    "set_team": (("planned", "notified", "walking"), ("chi",)),
    "notify": (("planned",), ("chi", "hoa")),
    "cancel": (("planned", "notified"), ("chi",)),
    "checklist": (("planned", "notified", "walking"), ("chi", "dung", "hoa")),
    "start": (("notified",), ("dung", "hoa")),
    "answer": (("walking",), ("dung", "hoa")),
    "find": (("walking",), ("dung", "hoa")),
    "report": (("walking",), ("hoa",)),
    "order": (("reported",), ("chi", "hoa")),
    "close": (("reported",), ("chi", "hoa")),
}


def deeds(world: World, audit: Audit) -> dict[str, Callable[[Any], object]]:
    def ordered(person: Any) -> object:
        finding = audit.findings.first() or Finding(agency=world.agency, audit=audit)
        return audits.order_improvement(finding, person, STARTS, title="Dán nhãn", unit=world.units[TRADE], due=STARTS)

    return {
        "edit": lambda p: audits.edit_audit(audit, p, plan_of(world, place="Phòng họp số 3")),
        "set_team": lambda p: audits.set_team(audit, p, team(world)[:1], "Bận công tác"),
        "notify": lambda p: audits.notify_unit(audit, p, TODAY),
        "cancel": lambda p: audits.cancel_audit(audit, p, "Hoãn"),
        "checklist": lambda p: audits.add_question(audit, p, "Tủ hồ sơ để ở đâu?"),
        "start": lambda p: audits.start_audit(audit, p, STARTS),
        "answer": lambda p: audits.answer_item(audit.items.all()[0], p, answer="noted", note="Thiếu ngày"),
        "find": lambda p: audits.raise_finding(audit, p, grade="minor", clause="8.5.1", text="Thiếu phiếu."),
        "report": lambda p: audits.report_audit(audit, p, STARTS, summary="Phù hợp."),
        "order": ordered,
        "close": lambda p: audits.close_audit(audit, p, STARTS),
    }


@pytest.mark.parametrize("state", STATES)
def test_each_act_is_let_through_where_the_table_says_and_refused_with_a_sentence_elsewhere(
    agency_world: World, state: str
) -> None:
    audit = make_audit(agency_world, state)
    assert audit.state == state
    for act, (states, people) in ALLOWED.items():
        for name in PEOPLE:
            person = agency_world.people[name]
            allowed = state in states and name in people
            assert audits.may(person, Audit.objects.get(pk=audit.pk), act) is allowed, (act, name)
            if not allowed and not (act == "answer" and not audit.items.exists()):
                entries = Entry.objects.count()
                with pytest.raises((NotNow, Refused)) as refused:
                    deeds(agency_world, audit)[act](person)
                assert str(refused.value).endswith("."), (act, name)
                assert Entry.objects.count() == entries


@pytest.mark.parametrize("act", [a for a in ALLOWED if a not in ("order", "close", "report")])
def test_who_may_does_it_and_the_ledger_has_it(agency_world: World, act: str) -> None:
    states, people = ALLOWED[act]
    audit = make_audit(agency_world, states[-1])
    person = agency_world.people[people[-1]]
    entries = Entry.objects.count()
    deeds(agency_world, audit)[act](person)
    assert Entry.objects.filter(seq__gt=entries, actor_id=person.pk).exists()


def test_the_table_of_the_services_is_the_one_tested() -> None:
    assert set(audits.ACTS) == set(ALLOWED)
    assert {a: x.states for a, x in audits.ACTS.items()} == {a: states for a, (states, _people) in ALLOWED.items()}


def test_being_taken_out_of_the_team_ends_the_authority(agency_world: World) -> None:
    audit = make_audit(agency_world, "walking")
    audits.answer_item(audit.items.all()[0], agency_world.dung, answer="conforms")
    audits.set_team(audit, agency_world.chi, team(agency_world)[:1], "Đi công tác")
    with pytest.raises(Refused, match="Vũ Thị Hòa"):
        audits.answer_item(audit.items.all()[1], agency_world.dung, answer="conforms")


def test_papers_of_an_audit_under_way_are_seen_by_those_who_need_them(agency_world: World) -> None:
    audit = make_audit(agency_world, "walking")
    sees = {name for name in PEOPLE if audits.sees_papers(agency_world.people[name], audit)}
    assert sees == {"chi", "dung", "giang", "hoa"}


def test_once_there_is_a_report_everyone_of_the_agency_reads_it(agency_world: World) -> None:
    audit = make_audit(agency_world, "reported")
    assert all(audits.sees_papers(agency_world.people[name], audit) for name in PEOPLE)


def test_an_observer_only_looks_on(agency_world: World) -> None:
    audit = make_audit(agency_world, "walking")
    named = [*team(agency_world), (agency_world.an, "observer")]
    audit = audits.set_team(audit, agency_world.chi, named, "Học việc")
    assert audits.sees_papers(agency_world.an, audit)
    with pytest.raises(Refused, match="Người làm được"):
        audits.raise_finding(audit, agency_world.an, grade="minor", clause="8.5.1", text="x")


def test_a_photo_is_the_teams_too(agency_world: World) -> None:
    audit = make_audit(agency_world, "walking")
    finding = audits.raise_finding(audit, agency_world.dung, grade="minor", clause="8.5.1", text="Thiếu phiếu.")
    with pytest.raises(Refused):
        audits.add_photo(finding, agency_world.chi, io.BytesIO(b"anh"), "anh.txt")
