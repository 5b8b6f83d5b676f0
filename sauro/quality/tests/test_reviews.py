"""The management review: figures frozen on a day, decisions that are tasks, a conclusion by the chair alone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from sauro.ledger.models import Entry
from sauro.plans.models import Plan, Task
from sauro.quality.inputs import INPUTS, gather, span_of
from sauro.quality.models import ManagementReview, QualityAction, YearCycle
from sauro.quality.services import nonconformity, reviews
from sauro.quality.services.errors import NotNow, Refused
from sauro.testing import TODAY, TRADE, World

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 12, 15)


@pytest.fixture
def review(agency_world: World) -> ManagementReview:
    return reviews.plan_review(agency_world.agency, 2026, DUE, agency_world.chi, chair=agency_world.giang)


def raised(world: World, title: str = "Hồ sơ trả chậm") -> None:
    nonconformity.raise_nonconformity(
        world.agency, world.chi, TODAY, source="work", title=title, text="Ba hồ sơ", unit=world.units[TRADE]
    )


def figure(review: ManagementReview, key: str, label: str) -> object:
    return next(row[1] for row in review.inputs.get(key=key).figures if row[0] == label)


def test_every_input_of_the_standard_is_gathered_for_an_empty_agency(agency_world: World) -> None:
    made = reviews.plan_review(agency_world.agency, 2026, DUE, agency_world.chi)
    found = gather(span_of(made, TODAY))
    assert list(found) == [i.key for i in INPUTS] and all(found.values())
    letters = {i.clause.removeprefix("9.3.2 ")[0] for i in INPUTS}
    assert letters == set("abcdef")


def test_what_happens_after_freezing_does_not_touch_the_figures(agency_world: World, review: ManagementReview) -> None:
    raised(agency_world)
    reviews.freeze(review, agency_world.chi, TODAY)
    raised(agency_world, "Biểu mẫu cũ")
    assert figure(review, "nonconformities", "Sự không phù hợp trong kỳ") == 1
    with pytest.raises(NotNow, match="Đã chốt"):
        reviews.freeze(review, agency_world.chi, TODAY)


def test_only_the_chair_unfreezes_and_says_why(agency_world: World, review: ManagementReview) -> None:
    raised(agency_world)
    reviews.freeze(review, agency_world.chi, TODAY)
    reviews.remark(review.inputs.get(key="audits"), "Chưa đánh giá", agency_world.chi)
    with pytest.raises(Refused):
        reviews.unfreeze(review, agency_world.chi, "Thiếu số liệu")
    with pytest.raises(NotNow, match="lý do"):
        reviews.unfreeze(review, agency_world.giang, " ")
    raised(agency_world, "Biểu mẫu cũ")
    reviews.unfreeze(review, agency_world.giang, "Thiếu số liệu tháng 11")
    reviews.freeze(review, agency_world.chi, TODAY)
    assert figure(review, "nonconformities", "Sự không phù hợp trong kỳ") == 2
    assert review.inputs.get(key="audits").remark == "Chưa đánh giá"
    kept = Entry.objects.get(verb="quality.review.unfrozen").data["figures"]["nonconformities"]
    assert kept[0][1] == 1, "what was frozen first stays in the ledger"


def test_a_decision_is_a_task_and_the_next_review_tells_where_it_stands(
    agency_world: World, adopted_plan: Plan, review: ManagementReview
) -> None:
    world = agency_world
    YearCycle.objects.create(agency=world.agency, year=2026, plan=adopted_plan)
    with pytest.raises(NotNow, match="Đang chuẩn bị"):
        reviews.decide(review, world.giang, TODAY, text="Thêm người trực")
    reviews.freeze(review, world.chi, TODAY)
    with pytest.raises(Refused):
        reviews.decide(review, world.chi, TODAY, text="Thêm người trực")
    with pytest.raises(NotNow, match="cả đơn vị"):
        reviews.decide(review, world.giang, TODAY, text="Thêm người trực", unit=world.units[TRADE])
    reviews.decide(
        review, world.giang, TODAY, text="Thêm người trực", about="resources", unit=world.units[TRADE], due=DUE
    )
    with pytest.raises(Refused):
        reviews.conclude(review, world.chi, TODAY, "Có hiệu lực")
    with pytest.raises(NotNow, match="Ghi kết luận"):
        reviews.conclude(review, world.giang, TODAY, "")
    with pytest.raises(NotNow, match="đến hôm nay"):
        reviews.conclude(review, world.giang, TODAY, "Có hiệu lực", held_on=TODAY + dt.timedelta(1))
    reviews.conclude(review, world.giang, TODAY, "Hệ thống phù hợp, đầy đủ, có hiệu lực")
    task = QualityAction.objects.get(decision__review=review).task
    Task.objects.filter(pk=task.pk).update(completed_on=DUE)
    later = dt.date(2026, 12, 28)
    following = reviews.plan_review(world.agency, 2026, later, world.chi)
    assert following.no == 2
    rows = gather(span_of(following, later))["previous"]
    assert rows[0][1] == "1/1 (100%)" and rows[1][:2] == ["Thêm người trực", "Xong 15/12/2026"]


def test_one_review_at_a_time_and_planned_by_who_runs_the_system(agency_world: World, review: ManagementReview) -> None:
    with pytest.raises(NotNow, match="còn đang chuẩn bị"):
        reviews.plan_review(agency_world.agency, 2026, DUE, agency_world.chi)
    with pytest.raises(Refused):
        reviews.write_review(review, {"minutes": "x"}, agency_world.an)
    reviews.write_review(review, {"minutes": "Các đơn vị nhất trí."}, agency_world.chi)
    review.refresh_from_db()
    assert review.minutes == "Các đơn vị nhất trí."


def test_figures_are_vietnamese_whatever_language_the_person_works_in(
    agency_world: World, review: ManagementReview
) -> None:
    with translation.override("en"):
        reviews.freeze(review, agency_world.chi, TODAY)
    labels = {row[0] for row in review.inputs.get(key="audits").figures}
    assert "Phát hiện: Không phù hợp nặng" in labels


def test_gathering_asks_as_many_queries_for_many_records(
    agency_world: World, review: ManagementReview, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    span = span_of(review, TODAY)
    counts = []
    for n in (3, 30):
        for k in range(n):
            raised(agency_world, f"Việc {n} {k}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            gather(span)
        counts.append(len(asked))
    assert counts[0] == counts[1]
