"""Repeats are recognised, a year is counted, a target off track is written down, the clock calls once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sauro.monitoring.models import Indicator, Measurement
from sauro.notices.models import Notice
from sauro.plans.models import Plan, Target
from sauro.quality.models import Nonconformity
from sauro.quality.repeats import alike, chain_of, likely_repeats, words_of
from sauro.quality.services import improvement_day, nonconformity, off_track
from sauro.quality.services.errors import NotNow
from sauro.quality.tests import improving
from sauro.quality.trends import trends, years_of
from sauro.testing import INDUSTRY, TODAY, TRADE, World

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_the_same_clause_in_the_same_unit_within_two_years_is_proposed(agency_world: World) -> None:
    old = improving.raised(agency_world, title="Sổ theo dõi bỏ trống", on=TODAY - 800 * DAY)
    before = improving.raised(agency_world, title="Sổ theo dõi thiếu chữ ký", on=TODAY - 200 * DAY)
    elsewhere = improving.raised(
        agency_world, title="Kho lưu trữ ẩm", unit=agency_world.units[INDUSTRY], by=agency_world.chi
    )
    found = improving.raised(agency_world)
    likely = likely_repeats(found)
    assert [row.earlier for row in likely] == [before]
    assert likely[0].why == "cùng đơn vị, cùng điều 7.5.3"
    assert old not in [row.earlier for row in likely] and elsewhere not in [row.earlier for row in likely]


def test_nearly_the_same_words_elsewhere_are_proposed_too(agency_world: World) -> None:
    before = improving.raised(
        agency_world, title="Bộ phận vẫn dùng biểu mẫu cũ", clause="8.5", unit=agency_world.units[INDUSTRY],
        by=agency_world.chi,
    )  # fmt: skip
    found = improving.raised(agency_world, title="Còn dùng biểu mẫu cũ")
    assert [(row.earlier, row.why) for row in likely_repeats(found)] == [(before, "nội dung gần giống")]


def test_what_was_no_nonconformity_is_not_proposed(agency_world: World) -> None:
    nonconformity.cancel(improving.raised(agency_world), agency_world.chi, TODAY, "Đúng quy định")
    assert likely_repeats(improving.raised(agency_world)) == []


def test_a_person_confirms_and_the_chain_is_shown_whole(agency_world: World) -> None:
    first, second, third = (improving.raised(agency_world) for _ in range(3))
    nonconformity.link_repeat(second, first, agency_world.binh, TODAY)
    nonconformity.link_repeat(third, second, agency_world.binh, TODAY)
    for one in (first, second, third):
        assert chain_of(Nonconformity.objects.get(pk=one.pk)) == [first, second, third]
    with pytest.raises(NotNow, match="xảy ra trước"):
        nonconformity.link_repeat(first, third, agency_world.binh, TODAY)
    nonconformity.link_repeat(second, None, agency_world.binh, TODAY)
    assert chain_of(Nonconformity.objects.get(pk=first.pk)) == [first]


@given(st.lists(st.sampled_from(["hồ", "sơ", "trễ", "hạn", "mẫu", "cũ", "phiếu"]), min_size=1, max_size=8))
def test_likeness_is_whole_with_itself_and_the_same_both_ways(words: list[str]) -> None:
    one, other = words_of(" ".join(words)), words_of("hồ sơ thất lạc")
    assert alike(one, one) == 1.0
    assert alike(one, other) == alike(other, one) <= 1.0


def test_a_year_is_counted_by_month_source_unit_and_clause(agency_world: World, adopted_plan: Plan) -> None:
    improving.year_of(agency_world, adopted_plan)
    improving.closed(agency_world)
    repeat = improving.raised(agency_world, source="audit", by=agency_world.chi, clause="")
    nonconformity.link_repeat(repeat, Nonconformity.objects.order_by("pk").first(), agency_world.binh, TODAY)
    nonconformity.cancel(improving.raised(agency_world), agency_world.chi, TODAY, "Đúng quy định")
    improving.raised(agency_world, on=dt.date(2025, 3, 1))
    seen = trends(Nonconformity.objects.all(), 2026)
    november = seen.months[10]
    assert (seen.total, november.raised, november.closed, november.repeats) == (2, 2, 1, 1)
    assert [(line.label, line.raised) for line in seen.sources] == [
        ("Tự phát hiện trong công việc", 1),
        ("Đánh giá nội bộ", 1),
    ]
    assert [line.label for line in seen.units] == [TRADE]
    assert [(line.label, line.raised) for line in seen.clauses] == [("7.5.3", 1)]
    assert years_of(Nonconformity.objects.all()) == [2026, 2025]


def _indicator(plan: Plan, world: World, value: int) -> Indicator:
    target = Target.objects.filter(objective__plan=plan).order_by("pk").first()
    assert target is not None
    indicator, _made = Indicator.objects.update_or_create(
        target=target,
        defaults={
            "agency": world.agency, "kind": "rise", "unit_name": "hộ", "low": Decimal(300), "start": Decimal(0),
            "starts_on": dt.date(2026, 1, 1), "due": dt.date(2026, 12, 31), "owner": world.units[TRADE],
        },
    )  # fmt: skip
    Measurement.objects.create(
        agency=world.agency, indicator=indicator, period="2026-10", value=Decimal(value), entered_by=world.an,
        entered_at=timezone.now(),
    )  # fmt: skip
    return indicator


def test_a_target_off_track_is_written_down_once_in_its_figures(agency_world: World, adopted_plan: Plan) -> None:
    indicator = _indicator(adopted_plan, agency_world, 60)
    found = off_track.raise_from_indicator(indicator, agency_world.an, TODAY)
    assert (found.source, found.unit, found.clause) == ("indicator", agency_world.units[TRADE], "9.1.3")
    assert "Tháng 10/2026 đạt 60 hộ" in found.text
    with pytest.raises(NotNow, match=f"đang có {found.code}"):
        off_track.raise_from_indicator(indicator, agency_world.an, TODAY)


def test_a_target_that_keeps_its_pace_raises_nothing(agency_world: World, adopted_plan: Plan) -> None:
    with pytest.raises(NotNow, match="không chệch nhịp"):
        off_track.raise_from_indicator(_indicator(adopted_plan, agency_world, 260), agency_world.an, TODAY)


def test_late_causes_and_ripe_checks_call_once(agency_world: World, adopted_plan: Plan) -> None:
    improving.year_of(agency_world, adopted_plan)
    open_one = improving.raised(agency_world)
    ripe = improving.acted(agency_world, days=5)
    Notice.objects.all().delete()
    agency = agency_world.agency
    improvement_day.run_day(agency, TODAY)
    assert not Notice.objects.exists()
    improvement_day.run_day(agency, TODAY + 5 * DAY)
    assert {n.person for n in Notice.objects.filter(verb="quality.nonconformity.check")} == {
        agency_world.chi, agency_world.giang,
    }  # fmt: skip
    improvement_day.run_day(agency, open_one.due + DAY)
    improvement_day.run_day(agency, open_one.due + 2 * DAY)
    assert Notice.objects.filter(verb="quality.nonconformity.late").get().person == agency_world.binh
    assert Notice.objects.filter(verb="quality.nonconformity.check", url__contains=f"/{ripe.pk}/").count() == 2
