"""The registers of audits cost the same however many rows there are, and hide what isn't told yet."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sauro.quality.models import Audit, Finding
from sauro.quality.services import audits
from sauro.quality.tests.audit_parts import make_audit, make_programme, plan_of, team
from sauro.testing import World

pytestmark = pytest.mark.django_db


def test_the_registers_cost_the_same_for_three_rows_and_thirty(
    agency_world: World, client: Client, django_assert_max_num_queries: Any
) -> None:
    w, programme = agency_world, make_programme(agency_world)
    client.force_login(w.chi)

    def more(n: int) -> None:
        for _each in range(n):
            audit = audits.plan_audit(programme, w.chi, plan_of(w), team(w))
            code = f"PH-T-{Finding.objects.count()}"
            Finding.objects.create(agency=w.agency, audit=audit, code=code, grade="minor", clause="8.6", text="Thiếu.",
                                   raised_by=w.hoa, raised_at=timezone.now())  # fmt: skip

    more(3)
    for name in ("audit-list", "finding-list"):
        client.get(reverse(name))
    counts = {}
    for name in ("audit-list", "finding-list"):
        with django_assert_max_num_queries(40) as few:
            assert client.get(reverse(name)).status_code == 200
        counts[name] = len(few)
    more(27)
    for name, most in counts.items():
        with django_assert_max_num_queries(most):
            assert client.get(reverse(name)).status_code == 200


def test_findings_of_an_audit_under_way_are_not_in_the_register_of_the_audited_unit(
    agency_world: World, client: Client
) -> None:
    audit = make_audit(agency_world, "walking")
    audits.raise_finding(audit, agency_world.hoa, grade="minor", clause="8.6", text="Thiếu chữ ký nháy.")
    for name, sees in (("an", False), ("dung", True), ("chi", True)):
        client.force_login(agency_world.people[name])
        for address in (reverse("finding-list"), reverse("audit", args=[audit.pk])):
            assert ("Thiếu chữ ký nháy" in client.get(address).content.decode()) is sees
    assert Audit.objects.get().state == "walking"


def test_findings_are_found_by_grade_clause_unit_year_and_words_and_taken_away(
    agency_world: World, client: Client
) -> None:
    audit = make_audit(agency_world, "reported")
    client.force_login(agency_world.an)
    url = reverse("finding-list")
    hit = {"muc": "minor", "nam": "2026", "con": "mo", "don_vi": str(audit.unit_id), "q": "thieu phieu"}
    assert "PH-2026-01" in client.get(url, hit).content.decode()
    assert "PH-2026-01" not in client.get(url, hit | {"muc": "major"}).content.decode()
    assert client.get(url, {"tai": "xlsx"}).headers["Content-Disposition"].endswith('.xlsx"')
