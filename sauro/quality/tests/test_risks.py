"""Risks and opportunities (6.1)."""

from __future__ import annotations

import datetime as dt

import pytest

from sauro.ledger.models import Entry
from sauro.notices.models import Notice
from sauro.plans.models import Plan
from sauro.quality.models import Risk, RiskScale
from sauro.quality.scales import band_of, default_scale, heat_map, levels, scale_of
from sauro.quality.services import improvement_day, risks
from sauro.quality.services.errors import NotNow, Refused
from sauro.quality.tests import improving
from sauro.testing import INDUSTRY, TODAY, TRADE, World

pytestmark = pytest.mark.django_db
FOUR = ["Hiếm", "Ít", "Vừa", "Nhiều"]


def test_a_risk_is_rated_on_the_scale_and_its_review_follows_from_the_band(agency_world: World) -> None:
    risk = improving.a_risk(agency_world)
    assert (risk.code, risk.score, risk.review_months) == ("RR-2026-01", 9, 6)
    assert risk.review_on == dt.date(2027, 5, 23)
    chance = improving.a_risk(agency_world, kind="opportunity", title="Dùng chung dữ liệu", treatment="pursue")
    assert chance.code == "CH-2026-01"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"likelihood": 6}, "không có trên thang"),
        ({"title": " "}, "Ghi rủi ro"),
        ({"treatment": "pursue"}, "không dùng cho rủi ro"),
        ({"kind": "opportunity", "treatment": "avoid"}, "không dùng cho cơ hội"),
        ({"review_months": 25}, "1 đến 24 tháng"),
    ],
)
def test_what_is_wrong_is_said(agency_world: World, said: dict[str, object], why: str) -> None:
    with pytest.raises(NotNow, match=why):
        improving.a_risk(agency_world, **said)
    assert not Risk.objects.exists()


def test_the_head_keeps_risks_of_the_own_unit_alone_and_the_secretary_all(agency_world: World) -> None:
    with pytest.raises(Refused):
        improving.a_risk(agency_world, unit=agency_world.units[INDUSTRY])
    with pytest.raises(Refused):
        improving.a_risk(agency_world, by=agency_world.an)
    risk = improving.a_risk(agency_world, by=agency_world.chi, unit=agency_world.units[INDUSTRY])
    with pytest.raises(Refused):
        risks.close(risk, agency_world.binh, TODAY, "Hết")
    with pytest.raises(Refused):
        risks.edit(improving.a_risk(agency_world), agency_world.binh, unit=agency_world.units[INDUSTRY])


def test_the_scale_to_begin_with_is_five_by_five_in_three_bands(agency_world: World) -> None:
    scale = default_scale(agency_world.agency.pk, "risk")
    assert len(scale.likelihood) == len(scale.severity) == 5
    assert [band_of(scale, n) for n in (4, 5, 9, 10, 25)] == ["low", "medium", "medium", "high", "high"]
    first = levels(scale.likelihood)[0]
    assert (first.value, first.label) == (1, "Rất hiếm") and first.words


def test_a_new_scale_puts_every_risk_into_its_new_band(agency_world: World) -> None:
    risk = improving.a_risk(agency_world)
    agency = agency_world.agency
    assert band_of(scale_of(agency.pk, "risk"), risk.score) == "medium"
    risks.set_scale(
        agency, "risk", agency_world.chi, likelihood=FOUR, severity=FOUR, medium_from=3, high_from=8
    )  # fmt: skip
    assert band_of(scale_of(agency.pk, "risk"), risk.score) == "high"
    assert scale_of(agency.pk, "opportunity").pk is None, "the other register has a scale of its own"
    assert Entry.objects.get(verb="quality.risk.scale_set").data["changes"]["medium_from"] == [5, 3]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"likelihood": FOUR[:2]}, "từ 3 đến 9 mức"),
        ({"medium_from": 8}, "lớn hơn nữa"),
        ({"high_from": 17}, "không quá 16"),
        ({"severity": FOUR[:3], "high_from": 7}, "đang dùng mức 4"),
    ],
)
def test_a_scale_that_does_not_fit_is_refused(agency_world: World, changed: dict[str, object], why: str) -> None:
    improving.a_risk(agency_world, severity=4)
    said = {"likelihood": FOUR, "severity": FOUR, "medium_from": 4, "high_from": 8, **changed}
    with pytest.raises(NotNow, match=why):
        risks.set_scale(agency_world.agency, "risk", agency_world.chi, **said)  # type: ignore[arg-type]
    assert not RiskScale.objects.exists()


def test_only_who_runs_the_system_sets_the_scale(agency_world: World) -> None:
    with pytest.raises(Refused):
        risks.set_scale(
            agency_world.agency, "risk", agency_world.binh, likelihood=FOUR, severity=FOUR, medium_from=3, high_from=8
        )


def test_the_heat_map_counts_each_risk_once_worst_above(agency_world: World) -> None:
    scale = default_scale(agency_world.agency.pk, "risk")
    rows = heat_map(scale, {(3, 5): 2, (1, 1): 1})
    assert [row[0].severity for row in rows] == [5, 4, 3, 2, 1]
    assert (rows[0][2].count, rows[0][2].band, rows[4][0].count) == (2, "high", 1)
    assert sum(cell.count for row in rows for cell in row) == 3


def test_a_review_rates_it_anew_keeps_the_first_rating_and_sets_the_next_day(agency_world: World) -> None:
    risk = improving.a_risk(agency_world)
    risks.review(risk, agency_world.binh, TODAY, likelihood=1, severity=3, effective=True, note="Ba tháng không trễ")
    risk = Risk.objects.get(pk=risk.pk)
    assert (risk.likelihood, risk.now_likelihood, risk.score) == (3, 1, 3)
    assert risk.reviews.get().effective is True
    risks.review(risk, agency_world.binh, TODAY, likelihood=1, severity=3, review_months=12)
    assert Risk.objects.get(pk=risk.pk).review_on == dt.date(2027, 11, 23)
    with pytest.raises(NotNow, match="Ghi nhận xét"):
        risks.review(risk, agency_world.binh, TODAY, likelihood=1, severity=3, effective=False)


def test_it_closes_with_a_reason_when_no_action_is_open_and_opens_again(
    agency_world: World, adopted_plan: Plan
) -> None:
    improving.year_of(agency_world, adopted_plan)
    risk = improving.a_risk(agency_world)
    action = risks.order(
        risk, agency_world.binh, TODAY, title="Phân công người thay", unit=risk.unit, due=improving.DUE
    )  # fmt: skip
    with pytest.raises(NotNow, match="1 hành động chưa xong"):
        risks.close(risk, agency_world.binh, TODAY, "Đã xử lý")
    improving.finish(action)
    with pytest.raises(NotNow, match="Ghi vì sao đóng"):
        risks.close(risk, agency_world.binh, TODAY, " ")
    risks.close(risk, agency_world.binh, TODAY, "Đã có người thay")
    with pytest.raises(NotNow, match="đã đóng ngày 23/11/2026"):
        risks.review(risk, agency_world.binh, TODAY, likelihood=1, severity=1)
    risk = risks.reopen(risk, agency_world.binh, TODAY, "Lại thiếu người")
    assert (risk.state, risk.review_on) == (Risk.State.OPEN, TODAY)
    assert Entry.objects.get(verb="quality.risk.reopened").data["was"] == "Đã có người thay"


def test_a_review_past_its_day_calls_once(agency_world: World) -> None:
    risk = improving.a_risk(agency_world, owner=agency_world.an)
    Notice.objects.all().delete()
    Risk.objects.filter(pk=risk.pk).update(review_on=TODAY)
    agency = agency_world.agency
    assert improvement_day.run_day(agency, TODAY) == 0, "today is not late"
    later = TODAY + dt.timedelta(days=1)
    assert improvement_day.run_day(agency, later) == 1
    assert improvement_day.run_day(agency, later + dt.timedelta(days=1)) == 0
    notice = Notice.objects.get()
    assert (notice.person, notice.verb) == (agency_world.an, "quality.risk.review_due")
    assert "23/11/2026" in notice.text and risk.code in notice.text
    assert Risk.objects.filter(unit=agency_world.units[TRADE]).count() == 1
