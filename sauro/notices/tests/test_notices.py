"""People are told by the same commit as the change, never of their own deeds."""

from __future__ import annotations

import pytest
from django.db import transaction

from sauro.notices import services
from sauro.notices.models import Notice
from sauro.testing import World, make_world


def test_everyone_is_told_once_but_who_did_it(agency_world: World) -> None:
    an, binh = agency_world.an, agency_world.binh
    services.tell([an, binh, an], "test.thing.done", "x" * 900, "/", but=binh)
    assert [(n.person, len(n.text)) for n in Notice.objects.all()] == [(an, 500)]


@pytest.mark.django_db(transaction=True)
def test_nobody_is_told_of_what_was_rolled_back() -> None:
    world = make_world()
    with pytest.raises(RuntimeError), transaction.atomic():
        services.tell([world.an], "test.thing.done", "câu")
        raise RuntimeError
    assert not Notice.objects.exists()


def test_marking_is_for_one_s_own_notices(agency_world: World) -> None:
    services.tell([agency_world.an, agency_world.binh], "test.thing.done", "câu")
    theirs = Notice.objects.get(person=agency_world.binh)
    assert services.mark_read(agency_world.an, notice=theirs) == 0
    assert services.mark_read(agency_world.an) == 1
    assert not services.unread_of(agency_world.an).exists()
    assert services.unread_of(agency_world.binh).count() == 1
