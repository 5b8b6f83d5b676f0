"""The lattice of a version's states, state by state, for each person."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from sauro.documents.control import approval, drafts
from sauro.documents.control.guard import may, objection
from sauro.documents.control.lattice import LATTICE, Verb, leads_to, why_not
from sauro.documents.control.tests.scene import CONTENT, make_version
from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentClass, DocumentVersion
from sauro.ledger.services import history_of
from sauro.organization.policy import Refused
from sauro.testing import TODAY, World

pytestmark = pytest.mark.django_db
State = DocumentVersion.State
# an, officer, and binh, head, of the unit that drafts; chi keeps the master list; dung of another unit; giang leads.
WHO: dict[tuple[Verb, str], set[str]] = {
    (Verb.SAVE, State.DRAFT): {"an", "binh", "chi"},
    (Verb.SEND, State.DRAFT): {"an", "binh", "chi"},
    (Verb.TAKE_BACK, State.CHECKING): {"an", "binh", "chi"},
    (Verb.TAKE_BACK, State.CHECKED): {"an", "binh", "chi"},
    (Verb.CHECK, State.CHECKING): {"binh", "chi"},
    (Verb.RETURN, State.CHECKING): {"binh", "chi"},
    (Verb.RETURN, State.CHECKED): {"giang"},
    (Verb.APPROVE, State.CHECKED): {"giang"},
    (Verb.SIGN, State.APPROVED): {"giang"},
    (Verb.SIGN, State.IN_FORCE): {"giang"},
    (Verb.DROP, State.DRAFT): {"an", "binh", "chi"},
    (Verb.DROP, State.CHECKING): {"an", "binh", "chi"},
    (Verb.DROP, State.CHECKED): {"an", "binh", "chi"},
    (Verb.DROP, State.APPROVED): {"giang"},
}
LEADS: dict[tuple[Verb, str], str] = {
    (Verb.SAVE, State.DRAFT): State.DRAFT,
    (Verb.SEND, State.DRAFT): State.CHECKING,
    (Verb.TAKE_BACK, State.CHECKING): State.DRAFT,
    (Verb.TAKE_BACK, State.CHECKED): State.DRAFT,
    (Verb.CHECK, State.CHECKING): State.CHECKED,
    (Verb.RETURN, State.CHECKING): State.DRAFT,
    (Verb.RETURN, State.CHECKED): State.DRAFT,
    (Verb.APPROVE, State.CHECKED): State.APPROVED,
    (Verb.SIGN, State.APPROVED): State.APPROVED,
    (Verb.SIGN, State.IN_FORCE): State.IN_FORCE,
    (Verb.DROP, State.DRAFT): State.DROPPED,
    (Verb.DROP, State.CHECKING): State.DROPPED,
    (Verb.DROP, State.CHECKED): State.DROPPED,
    (Verb.DROP, State.APPROVED): State.DROPPED,
    (Verb.TAKE_EFFECT, State.APPROVED): State.IN_FORCE,
    (Verb.SUPERSEDE, State.IN_FORCE): State.SUPERSEDED,
}
PEOPLE = ("an", "binh", "chi", "dung", "giang", "hoa")
DO: dict[Verb, Callable[[DocumentVersion, Any], DocumentVersion]] = {
    Verb.SAVE: lambda v, p: drafts.save_draft(v, p, {**CONTENT, "purpose": "Khác"}),
    Verb.SEND: drafts.send,
    Verb.TAKE_BACK: drafts.take_back,
    Verb.CHECK: approval.check,
    Verb.RETURN: lambda v, p: approval.return_version(v, p, "Thiếu biểu mẫu"),
    Verb.APPROVE: lambda v, p: approval.approve(v, p, TODAY, TODAY.replace(month=12)),
    Verb.DROP: lambda v, p: drafts.drop(v, p, TODAY, "Không cần nữa"),
}


@pytest.mark.parametrize("state", State.values)
def test_who_may_use_which_verb_in_this_state(agency_world: World, state: str) -> None:
    version = make_version(agency_world, state)
    for verb, name in itertools.product(Verb, PEOPLE):
        person = agency_world.people[name]
        no = objection(version, person, verb)
        allowed = name in WHO.get((verb, state), set())
        assert (no is None) == allowed == may(version, person, verb), (verb, name)
        if no is None:
            continue
        assert isinstance(no, Refused if (verb, state) in WHO else NotNow), (verb, name)
        assert str(no).endswith(".") and "%(" not in str(no)


@pytest.mark.parametrize("state", State.values)
def test_the_table_says_where_each_verb_leads(state: str) -> None:
    for verb in Verb:
        assert leads_to(verb, state) == LEADS.get((verb, state)), verb


@pytest.mark.parametrize(("verb", "state"), [pair for pair in WHO if pair[0] in DO], ids=str)
def test_a_verb_leads_where_the_table_says_and_leaves_a_line(agency_world: World, verb: Verb, state: str) -> None:
    version = make_version(agency_world, state)
    name = sorted(WHO[verb, state])[0]
    before = set(history_of(version).values_list("verb", flat=True))
    after = DO[verb](version, agency_world.people[name])
    assert after.state == LEADS[verb, state] == DocumentVersion.objects.get(pk=version.pk).state
    fresh = set(history_of(version).values_list("verb", flat=True)) - before
    # Saving over and over by the same hand is one line: the first.
    assert bool(fresh) == (verb != Verb.SAVE)


@pytest.mark.parametrize(("verb", "state"), [(v, s) for v in DO for s in State.values if (v, s) not in WHO])
def test_a_verb_out_of_place_changes_nothing(agency_world: World, verb: Verb, state: str) -> None:
    version = make_version(agency_world, state)
    with pytest.raises(NotNow):
        DO[verb](version, agency_world.giang)
    assert DocumentVersion.objects.get(pk=version.pk).state == state


def test_every_refusal_has_words() -> None:
    for verb, state in itertools.product(LATTICE, State.values):
        if leads_to(verb, state) is None:
            assert "Lê Thị" in why_not(verb, state, "Lê Thị Kim Chi") or why_not(verb, state, "").endswith(".")


@pytest.mark.parametrize("state", ["checking", "checked"])
def test_a_reason_is_asked_for_where_the_table_says(agency_world: World, state: str) -> None:
    version = make_version(agency_world, state)
    person = agency_world.binh if state == "checking" else agency_world.giang
    with pytest.raises(NotNow, match="lý do"):
        approval.return_version(version, person, "  ")
    with pytest.raises(NotNow, match="lý do"):
        drafts.drop(version, agency_world.an, TODAY, "")


def test_a_class_without_check_goes_straight_to_approval(agency_world: World) -> None:
    version = make_version(agency_world)
    DocumentClass.objects.filter(pk=version.document.cls_id).update(needs_check=False)
    assert drafts.send(version, agency_world.an).state == State.CHECKED


def test_nobody_checks_what_they_wrote_unless_the_class_lets_them(agency_world: World) -> None:
    version = make_version(agency_world)
    drafts.save_draft(version, agency_world.binh, {**CONTENT, "purpose": "Binh thêm"})
    version = drafts.send(version, agency_world.an)
    with pytest.raises(Refused, match=r"đã soạn bản này.*Lê Thị Kim Chi"):
        approval.check(version, agency_world.binh)
    DocumentClass.objects.filter(pk=version.document.cls_id).update(own_approval=True)
    assert approval.check(version, agency_world.binh).state == State.CHECKED


def test_where_everyone_wrote_the_refusal_says_who_can_lift_it(agency_world: World) -> None:
    version = make_version(agency_world)
    for n, person in enumerate((agency_world.binh, agency_world.chi)):
        version = drafts.save_draft(version, person, {**CONTENT, "purpose": f"Lần {n}"})
    version = drafts.send(version, agency_world.an)
    with pytest.raises(Refused, match="Thư ký ISO cho phép được ở trang Loại tài liệu"):
        approval.check(version, agency_world.chi)
