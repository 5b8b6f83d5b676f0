"""Who may do what to a nonconformity in which state: the whole table, walked with every role."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.db import transaction

from sauro.plans.models import Plan
from sauro.quality.models import Nonconformity
from sauro.quality.nonconformity_lattice import LATTICE, WHY, Verb, possible, why_not
from sauro.quality.services import correcting, effect, nonconformity
from sauro.quality.services.errors import NotNow, Refused
from sauro.quality.tests import improving
from sauro.testing import TODAY, TRADE, World

pytestmark = pytest.mark.django_db
State = Nonconformity.State

# verb: states in which it is possible; who may. `an` raised it; `binh` heads the unit, `dung` is of another.
TABLE = {
    Verb.EDIT: ("open", "binh chi"),
    Verb.CORRECT: ("open analysed done", "binh chi"),
    Verb.ANALYSE: ("open", "binh chi"),
    Verb.ORDER: ("open analysed", "binh chi"),
    Verb.WAIVE: ("open", "binh chi"),
    Verb.JUDGE: ("done", "chi giang hoa"),
    Verb.CLOSE: ("done", "chi giang hoa"),
    Verb.CANCEL: ("open", "chi giang hoa"),
    Verb.LINK: ("open analysed done", "binh chi"),
    Verb.PROVE: ("open analysed done", "an binh chi"),
}
PEOPLE = ("an", "binh", "chi", "dung", "giang", "hoa")


def test_the_table_has_every_verb() -> None:
    assert set(TABLE) == set(Verb) == set(LATTICE)


@pytest.mark.parametrize("verb", Verb)
def test_each_verb_is_possible_in_its_states_and_says_why_not_in_the_others(verb: Verb) -> None:
    for state in State:
        assert possible(verb, state) == (state.value in TABLE[verb][0].split()), state
        if not possible(verb, state):
            assert why_not(verb, state, "Lê Thị Kim Chi").endswith(".")


def test_no_reason_is_written_for_what_is_possible() -> None:
    assert not [key for key in WHY if possible(*key)]


def _do(verb: Verb, found: Nonconformity, world: World, who: str) -> None:
    person, unit = world.people[who], world.units[TRADE]
    acts: dict[Verb, Callable[[], object]] = {
        Verb.EDIT: lambda: nonconformity.edit(found, person, TODAY, title="t", text="x", grade="minor"),
        Verb.CORRECT: lambda: correcting.correct(found, person, TODAY, correction="Đã thu hồi"),
        Verb.ANALYSE: lambda: correcting.analyse(found, person, TODAY, cause="Quên báo"),
        Verb.ORDER: lambda: correcting.order(found, person, TODAY, title="Báo", unit=unit, due=improving.DUE),
        Verb.WAIVE: lambda: correcting.waive(found, person, TODAY, "Việc một lần"),
        Verb.JUDGE: lambda: effect.judge(found, person, TODAY, effective=True, note="Đã xem"),
        Verb.CLOSE: lambda: effect.close(found, person, TODAY),
        Verb.CANCEL: lambda: nonconformity.cancel(found, person, TODAY, "Đúng quy định"),
        Verb.LINK: lambda: nonconformity.link_repeat(found, None, person, TODAY),
        Verb.PROVE: lambda: nonconformity.prove(found, person, TODAY, io.BytesIO(b"anh chup"), "anh.txt"),
    }
    acts[verb]()


def _in(state: str, verb: Verb, world: World) -> Nonconformity:
    if state == State.OPEN:
        return improving.analysed(world) if verb in (Verb.ORDER, Verb.WAIVE) else improving.raised(world)
    if state == State.ANALYSED:
        return improving.acting(world)[0]
    if state == State.CANCELLED:
        return nonconformity.cancel(improving.raised(world), world.chi, TODAY, "Đúng quy định")
    if state == State.CLOSED:
        return improving.closed(world)
    found = improving.acted(world)
    if verb == Verb.CLOSE:
        effect.judge(found, world.hoa, TODAY, effective=True, note="Đã xem")
    return found


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("verb", Verb)
def test_everyone_tries_everything(agency_world: World, adopted_plan: Plan, verb: Verb, state: str) -> None:
    improving.year_of(agency_world, adopted_plan)
    found = _in(state, verb, agency_world)
    states, people = (words.split() for words in TABLE[verb])
    for who in PEOPLE:
        point = transaction.savepoint()
        try:
            _do(verb, Nonconformity.objects.get(pk=found.pk), agency_world, who)
            done: str = "done"
        except Refused:
            done = "refused"
        except NotNow:
            done = "not now"
        transaction.savepoint_rollback(point)
        # The role is asked before the state, so that a stranger learns nothing of the state.
        expected = "refused" if who not in people else "done" if state in states else "not now"
        assert done == expected, (verb, state, who)
