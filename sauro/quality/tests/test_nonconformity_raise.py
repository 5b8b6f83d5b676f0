"""Raising a nonconformity."""

from __future__ import annotations

import datetime as dt

import pytest

from sauro.ledger.models import Entry
from sauro.notices.models import Notice
from sauro.quality.models import Nonconformity
from sauro.quality.services import nonconformity
from sauro.quality.services.errors import NotNow, Refused
from sauro.testing import INDUSTRY, TODAY, TRADE, World

pytestmark = pytest.mark.django_db


def test_an_officer_raises_one_in_the_own_unit_and_its_head_is_told(agency_world: World) -> None:
    found = nonconformity.raise_nonconformity(
        agency_world.agency, agency_world.an, TODAY, source="work", title="  Biểu mẫu   cũ ", text="Còn dùng mẫu cũ",
        unit=agency_world.units[TRADE], clause="7.5.3",
    )  # fmt: skip
    assert (found.code, found.title, found.state) == ("KPH-2026-01", "Biểu mẫu cũ", Nonconformity.State.OPEN)
    assert found.due == dt.date(2026, 12, 14), "fifteen working days for a minor one"
    assert Entry.objects.filter(verb="quality.nonconformity.raised", object_id=str(found.pk)).exists()
    assert list(Notice.objects.values_list("person", flat=True)) == [agency_world.binh.pk]


def test_a_major_one_is_due_sooner(agency_world: World) -> None:
    assert nonconformity.due_after(agency_world.agency, TODAY, "major") < nonconformity.due_after(
        agency_world.agency, TODAY, "minor"
    )


def test_an_officer_does_not_raise_one_in_another_unit_but_an_auditor_does(agency_world: World) -> None:
    words = {"source": "audit", "title": "x", "text": "y", "unit": agency_world.units[INDUSTRY]}
    with pytest.raises(Refused, match="ghi nhận sự không phù hợp"):
        nonconformity.raise_nonconformity(agency_world.agency, agency_world.an, TODAY, **words)
    found = nonconformity.raise_nonconformity(agency_world.agency, agency_world.hoa, TODAY, grade="major", **words)
    assert found.unit_paths() == [agency_world.units[INDUSTRY].path]


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"text": " "}, "Ghi tóm tắt và mô tả"), ({"due": TODAY - dt.timedelta(days=1)}, "đã qua")],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    agency_world: World, changed: dict[str, object], said: str
) -> None:
    words = {"source": "work", "title": "x", "text": "y", "unit": agency_world.units[TRADE], **changed}
    with pytest.raises(NotNow, match=said):
        nonconformity.raise_nonconformity(agency_world.agency, agency_world.binh, TODAY, **words)  # type: ignore[arg-type]
    assert not Nonconformity.objects.exists() and not Entry.objects.filter(verb__contains="nonconformity").exists()
