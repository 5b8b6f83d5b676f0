"""The registers ask as many queries for thirty rows as for three; a declaration that lacks something says what."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sauro.organization import services as organization
from sauro.quality import models as q
from sauro.quality.services import unit_objectives
from sauro.quality.services.unit_objectives import Wanted
from sauro.testing import TODAY, TRADE, World

pytestmark = pytest.mark.django_db


def asked(client: Client, name: str) -> int:
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(name)).status_code == 200
    return len(queries)


def make_reviews(world: World, n: int) -> None:
    for no in range(n):
        review = q.ManagementReview.objects.create(
            agency=world.agency, year=1990 + no, planned_on=TODAY, held_on=TODAY, state="held", conclusion="Tốt",
            frozen_at="2026-01-01T00:00:00Z", chair=world.giang,
        )  # fmt: skip
        q.ReviewDecision.objects.create(review=review, order=1, text="Việc")


def make_declarations(world: World, n: int) -> None:
    scope = q.Scope.objects.create(
        agency=world.agency, no=1, text="x", effective_on=dt.date(2026, 1, 1), decided_by=world.giang
    )
    for no in range(n):
        q.ConformityDeclaration.objects.create(
            agency=world.agency, year=1990 + no, no=no + 1, scope=scope, state="superseded", declared_on=TODAY,
            declared_by=world.giang,
        )  # fmt: skip


def make_unit_objectives(world: World, n: int) -> None:
    root = world.units[TRADE].get_parent()
    for no in range(q.UnitObjectives.objects.count(), n):
        unit = organization.add_unit(root, f"Phòng số {no}", actor=world.chi)
        unit_objectives.cascade(unit, 2026, [Wanted("Đúng hạn")], world.chi, TODAY)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("review-list", make_reviews), ("declaration-list", make_declarations),
        ("unit-objective-list", make_unit_objectives),
    ],
)  # fmt: skip
def test_a_register_asks_the_same_for_three_and_for_thirty(
    agency_world: World, client: Client, name: str, make: object
) -> None:
    client.force_login(agency_world.chi)
    counts = []
    for n in (3, 30):
        q.ReviewDecision.objects.all().delete()
        q.ManagementReview.objects.all().delete()
        q.ConformityDeclaration.objects.all().delete()
        q.Scope.objects.all().delete()
        make(agency_world, n)  # type: ignore[operator]
        counts.append(asked(client, name))
    assert counts[0] == counts[1]


def test_the_leader_is_told_what_is_missing_before_declaring(agency_world: World, client: Client) -> None:
    scope = q.Scope.objects.create(
        agency=agency_world.agency, no=1, text="x", effective_on=dt.date(2026, 1, 1), decided_by=agency_world.giang
    )
    draft = q.ConformityDeclaration.objects.create(agency=agency_world.agency, year=2026, no=1, scope=scope)
    client.force_login(agency_world.giang)
    answer = client.post(reverse("declaration-declare", args=[draft.pk]), {"number": "9/QĐ-SCT"})
    words = answer.content.decode()
    assert "Chưa công bố được" in words and "Chưa có chương trình đánh giá nội bộ" in words
    assert 'value="9/QĐ-SCT"' in words, "what was typed stays"
    draft.refresh_from_db()
    assert draft.state == "draft"
