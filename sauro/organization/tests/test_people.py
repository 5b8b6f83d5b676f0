"""People, units and what may be changed of them."""

from __future__ import annotations

import pytest

from sauro.ledger.models import Entry
from sauro.ledger.services import history_of
from sauro.organization import services
from sauro.organization.models import Person, Role, Unit
from sauro.organization.policy import ROLES, Capability, Refused, allows, require
from sauro.testing import INDUSTRY, TRADE, World

MANAGERS = {"chi"}


@pytest.mark.parametrize("who", ["an", "binh", "chi", "dung", "giang", "hoa"])
def test_only_those_granted_it_keep_people_and_units(agency_world: World, who: str) -> None:
    actor, unit, dung = agency_world.people[who], agency_world.units[TRADE], agency_world.dung
    verbs = (
        lambda: services.add_person("moi", "Người Mới", unit, "officer", "mat-khau-dai", actor=actor),
        lambda: services.edit_person(dung, {"position": "Chuyên viên chính"}, actor=actor),
        lambda: services.reset_password(dung, actor=actor),
        lambda: services.set_active(dung, False, actor=actor),
        lambda: services.add_unit(unit, "Tổ mới", actor=actor),
        lambda: services.edit_unit(unit, actor=actor, name=TRADE, short_name="", aliases=[]),
        lambda: services.set_head(unit, agency_world.an, actor=actor),
    )
    for verb in verbs:
        if who in MANAGERS:
            verb()
        else:
            with pytest.raises(Refused, match="Lê Thị Kim Chi"):
                verb()


def test_nothing_is_allowed_across_agencies(agency_world: World) -> None:
    other = services.make_agency("Sở Khác")
    keeper = services.add_person("khac", "Người Khác", services.root_of(other), "secretary", "mat-khau-dai")
    assert allows(keeper, Capability.MANAGE_UNITS, services.root_of(other))
    for capability in Capability:
        assert not allows(keeper, capability, agency_world.units[TRADE])


def test_every_role_that_is_seeded_grants_only_what_exists() -> None:
    known = {c.value for c in Capability}
    for _name, grants in ROLES.values():
        assert set(grants) <= known and set(grants.values()) <= {"unit", "agency"}


def test_who_is_locked_out_may_nothing(agency_world: World) -> None:
    services.set_active(agency_world.binh, False, actor=agency_world.chi)
    with pytest.raises(Refused):
        require(agency_world.binh, Capability.ASSIGN_TASK, agency_world.units[TRADE])


def test_nobody_raises_or_locks_themselves(agency_world: World) -> None:
    chi = agency_world.chi
    with pytest.raises(Refused, match="chính mình"):
        services.edit_person(chi, {"role": Role.objects.get(code="leader")}, actor=chi)
    with pytest.raises(Refused, match="chính mình"):
        services.set_active(chi, False, actor=chi)


def test_a_unit_has_one_head(agency_world: World) -> None:
    unit = agency_world.units[TRADE]
    services.set_head(unit, agency_world.an, actor=agency_world.chi)
    assert [p.username for p in unit.people.filter(post=Person.Post.HEAD)] == ["an"]
    agency_world.binh.refresh_from_db()
    services.edit_person(agency_world.binh, {"post": Person.Post.HEAD, "unit": unit}, actor=agency_world.chi)
    assert [p.username for p in unit.people.filter(post=Person.Post.HEAD)] == ["binh"]


def test_a_person_corrects_their_own_name_and_the_ledger_says_what_was(agency_world: World) -> None:
    an = agency_world.an
    services.correct_own_data(an, {"full_name": "  Nguyễn   Hoài Ân ", "email": "an@example.vn", "language": "vi"})
    an.refresh_from_db()
    assert an.full_name == "Nguyễn Hoài Ân" and an.email == "an@example.vn"
    entry = history_of(an).first()
    assert entry.verb == "organization.person.corrected"
    assert entry.data["changes"]["full_name"] == ["Nguyễn Hoài An", "Nguyễn Hoài Ân"]
    count = Entry.objects.count()
    services.correct_own_data(an, {"full_name": "Nguyễn Hoài Ân"})
    assert Entry.objects.count() == count, "no change, no entry"


def test_a_new_password_is_said_and_never_written_down(agency_world: World) -> None:
    password = services.reset_password(agency_world.an, actor=agency_world.chi)
    agency_world.an.refresh_from_db()
    assert agency_world.an.check_password(password)
    assert not Entry.objects.filter(data__icontains=password).exists()


def test_an_old_name_of_a_unit_is_still_recognised(agency_world: World) -> None:
    unit = agency_world.units[INDUSTRY]
    services.edit_unit(unit, actor=agency_world.chi, name="Phòng Công nghiệp", short_name="P. CN", aliases=["QLCN"])
    found = services.register_of(agency_world.agency)
    assert found.match(INDUSTRY).name == "Phòng Công nghiệp"
    assert set(unit.aliases.values_list("text", flat=True)) == {INDUSTRY, "QLCN"}


def test_sign_in_names_are_one_whatever_their_case(agency_world: World) -> None:
    assert Person.objects.get_by_natural_key(" AN ").pk == agency_world.an.pk


def test_a_calendar_s_address_ends_when_it_is_renewed(agency_world: World) -> None:
    first = services.calendar_token(agency_world.an)
    assert services.calendar_token(agency_world.an) == first
    second = services.renew_calendar_token(agency_world.an)
    assert second != first and len(second) >= 40
    assert not Person.objects.filter(calendar_token=first).exists()


def test_a_unit_added_lies_under_its_parent(agency_world: World) -> None:
    unit = services.add_unit(
        agency_world.units[TRADE], "Tổ Xuất nhập khẩu", actor=agency_world.chi, short_name="Tổ XNK"
    )
    assert unit.path.startswith(agency_world.units[TRADE].path) and unit.kind == Unit.Kind.UNIT
    assert [a.text for a in unit.aliases.all()] == ["Tổ XNK"]
