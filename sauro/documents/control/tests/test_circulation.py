"""Who is given a version, who has read it, who is reminded."""

from __future__ import annotations

import datetime as dt

import pytest

from sauro.documents.control import approval, circulation, effect
from sauro.documents.control.tests.scene import make_document, make_version
from sauro.documents.errors import NotNow
from sauro.documents.models import Acknowledgement
from sauro.notices.models import Notice
from sauro.organization import services as organization
from sauro.organization.models import Person
from sauro.organization.policy import Refused
from sauro.testing import INDUSTRY, OFFICE, PASSWORD, TODAY, TRADE, World

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def readers(version: object) -> set[str]:
    """Sign-in names of those who still have to read it."""
    return set(Acknowledgement.objects.filter(version=version).waiting().values_list("person__username", flat=True))


def test_the_whole_agency_is_asked_unless_units_are_chosen(agency_world: World) -> None:
    assert readers(make_version(agency_world, "in_force")) == {"an", "binh", "chi", "dung", "giang", "hoa"}
    other = make_version(agency_world, "checked", document=make_document(agency_world, "QT.02"))
    units = [agency_world.units[TRADE]]
    other = approval.approve(other, agency_world.giang, TODAY, TODAY, units=units, days=5)
    assert readers(other) == {"an", "binh"}
    assert set(other.acknowledgements.values_list("due", flat=True)) == {TODAY + 5 * DAY}
    assert circulation.give(other, agency_world.chi, TODAY, [*units, agency_world.units[OFFICE]]) == 2
    with pytest.raises(Refused):
        circulation.give(other, agency_world.an, TODAY, [agency_world.units[INDUSTRY]])


def test_a_class_that_needs_no_reading_asks_nobody(agency_world: World) -> None:
    version = make_version(agency_world, "in_force", document=make_document(agency_world, "BM.01", cls="BM"))
    assert version.distributions.count() == 1
    assert not readers(version)


def test_confirming_is_counted_by_unit_and_once(agency_world: World) -> None:
    version = make_version(agency_world, "in_force")
    first = circulation.acknowledge(version, agency_world.an)
    again = circulation.acknowledge(version, agency_world.an)
    assert first.read_at == again.read_at
    circulation.acknowledge(version, agency_world.binh)
    found = {s.unit.name: (s.asked, s.read, s.percent) for s in circulation.shares(version) if s.unit}
    assert found[TRADE] == (2, 2, 100)
    assert found[OFFICE] == (2, 0, 0)
    whole = circulation.whole(circulation.shares(version))
    assert (whole.asked, whole.read, whole.percent, whole.left) == (6, 2, 33, 4)
    assert circulation.share_of_versions([version.pk])[version.pk].percent == 33
    assert not Notice.objects.filter(person=agency_world.an, verb="documents.version.to_read", read_at=None).exists()


def test_someone_who_was_not_asked_has_nothing_to_confirm(agency_world: World) -> None:
    version = make_version(agency_world, "checked")
    version = approval.approve(version, agency_world.giang, TODAY, TODAY, units=[agency_world.units[TRADE]])
    with pytest.raises(NotNow, match="không phân phối cho đơn vị của Phạm Tiến Dũng"):
        circulation.acknowledge(version, agency_world.dung)


def test_the_asks_of_a_superseded_version_end(agency_world: World) -> None:
    first = make_version(agency_world, "in_force")
    circulation.acknowledge(first, agency_world.an)
    second = make_version(agency_world, "approved", document=first.document, scope="Khác")
    assert second.effective_on is not None
    assert readers(first) == {"binh", "chi", "dung", "giang", "hoa"}
    effect.take_effect(agency_world.agency, second.effective_on)
    assert not readers(first)
    assert len(readers(second)) == 6
    assert circulation.whole(circulation.shares(first)).asked == 1
    with pytest.raises(NotNow, match="Không cần đọc bản này nữa"):
        circulation.acknowledge(first, agency_world.binh)


def test_who_joins_later_is_asked_who_leaves_is_not(agency_world: World) -> None:
    version = make_version(agency_world, "checked")
    version = approval.approve(version, agency_world.giang, TODAY, TODAY, units=[agency_world.units[TRADE]])
    agency = agency_world.agency
    assert circulation.sync_asks(agency, TODAY) == (0, 0)
    inner = agency_world.units["Tổ Thương mại điện tử"]
    organization.add_person("khoa", "Lê Khoa", inner, "officer", PASSWORD)
    Person.objects.filter(username="binh").update(unit=agency_world.units[INDUSTRY])
    Person.objects.filter(username="an").update(is_active=False)
    assert circulation.sync_asks(agency, TODAY + DAY) == (1, 2)
    assert readers(version) == {"khoa"}
    assert circulation.sync_asks(agency, TODAY + DAY) == (0, 0)
    Person.objects.filter(username="an").update(is_active=True)
    assert circulation.sync_asks(agency, TODAY + 2 * DAY) == (1, 0)
    assert readers(version) == {"khoa", "an"}


def test_who_moves_between_units_is_asked_for_what_is_given_there(agency_world: World) -> None:
    for code, unit in (("QT.01", TRADE), ("QT.02", INDUSTRY)):
        version = make_version(agency_world, "checked", document=make_document(agency_world, code))
        approval.approve(version, agency_world.giang, TODAY, TODAY, units=[agency_world.units[unit]])
    Person.objects.filter(username="dung").update(unit=agency_world.units[TRADE])
    assert circulation.sync_asks(agency_world.agency, TODAY) == (1, 1)
    mine = Acknowledgement.objects.filter(person=agency_world.dung).waiting()
    assert [a.version.document.code for a in mine] == ["QT.01"]


def test_reminders_come_once_a_week_on_working_days(agency_world: World) -> None:
    for code in ("QT.01", "QT.02"):
        make_version(agency_world, "in_force", document=make_document(agency_world, code))
    agency = agency_world.agency
    due = TODAY + circulation.DUE_DAYS * DAY
    assert due.weekday() == 0
    assert circulation.remind(agency, TODAY) == 0
    assert circulation.remind(agency, due - DAY) == 0, "a Sunday"
    assert circulation.remind(agency, due) == 6
    assert [circulation.remind(agency, due + n * DAY) for n in range(7)] == [0] * 7
    assert circulation.remind(agency, due + 7 * DAY) == 6
    told = Notice.objects.filter(person=agency_world.an, verb="documents.version.reminded")
    assert told.count() == 2
    assert told[0].text.startswith("Còn 2 tài liệu cần đọc, xác nhận; sớm nhất là QT.01")


def test_the_keeper_reminds_of_one_version(agency_world: World) -> None:
    version = make_version(agency_world, "in_force")
    for person in agency_world.people.values():
        if person.username != "an":
            circulation.acknowledge(version, person)
    assert circulation.remind_of(version, agency_world.chi, TODAY) == 1
    with pytest.raises(NotNow, match="trong tuần này"):
        circulation.remind_of(version, agency_world.chi, TODAY)
    circulation.acknowledge(version, agency_world.an)
    with pytest.raises(NotNow, match="Không còn ai"):
        circulation.remind_of(version, agency_world.chi, TODAY + 8 * DAY)


def test_a_day_on_which_nobody_moved_costs_the_same_whatever_the_number(agency_world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    costs = []
    for n in range(3):
        make_version(agency_world, "in_force", document=make_document(agency_world, f"QT.{n}"))
        with CaptureQueriesContext(connection) as asked:
            circulation.sync_asks(agency_world.agency, TODAY)
        costs.append(len(asked))
    assert len(set(costs)) == 1
