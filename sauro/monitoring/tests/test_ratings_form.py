"""Which of several plans the tracking form is written for when nobody says."""

from __future__ import annotations

from sauro.monitoring import services
from sauro.monitoring.ratings.form import ordering_the_form
from sauro.plans.models import Plan
from sauro.reading.draft import Form
from sauro.testing import TODAY, World, make_reading, small_draft


def test_it_is_the_plan_whose_document_orders_the_form(adopted_plan: Plan, agency_world: World) -> None:
    draft = small_draft()
    draft.document.number, draft.document.title = "47/QĐ-SCT", "Mục tiêu chất lượng năm 2026"
    draft.forms = [Form("Theo dõi", ["Mục tiêu", "Tháng 1"], ["Tốt", "Trung bình", "Kém"])]
    quality = services.adopt(make_reading(agency_world, draft), agency_world.chi, TODAY)
    assert ordering_the_form([adopted_plan, quality]) == [quality]


def test_a_title_that_speaks_of_quality_objectives_will_do_and_else_none_is_chosen(
    adopted_plan: Plan, agency_world: World
) -> None:
    draft = small_draft()
    draft.document.number, draft.document.title = "48/QĐ-SCT", "Mục tiêu chất lượng năm 2026"
    quality = services.adopt(make_reading(agency_world, draft), agency_world.chi, TODAY)
    assert ordering_the_form([adopted_plan, quality]) == [quality]
    Plan.objects.filter(pk=quality.pk).update(title="Khuyến công")
    quality.refresh_from_db()
    assert ordering_the_form([adopted_plan, quality]) == [adopted_plan, quality]
