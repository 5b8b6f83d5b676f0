"""Ratings on the screen: the grid, one rating, the signature, and the form taken away."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest
from django.utils import timezone

from sauro.monitoring import ratings
from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Rating
from sauro.plans.models import Plan
from sauro.testing import TODAY, World, make_reading
from sauro.vietnamese.periods import Period

pytestmark = pytest.mark.django_db
OCTOBER = Period("month", 2026, 10)


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *a, **k: TODAY)


@pytest.fixture
def plan(agency_world: World) -> Plan:
    return monitoring.adopt(make_reading(agency_world), agency_world.chi, dt.date(2026, 3, 2))


def _url(plan: Plan, month: str = "2026-11") -> str:
    return f"/ke-hoach/{plan.pk}/danh-gia/{month}/{plan.objectives.get().pk}/"


def test_a_cell_shows_the_decision_and_the_suggestion_apart(plan: Plan, sign_in: object, agency_world: World) -> None:
    ratings.rate(plan.objectives.select_related("plan").get(), OCTOBER, "good", agency_world.chi, TODAY)
    response = sign_in("an").get(f"/ke-hoach/{plan.pk}/danh-gia/")
    (line,) = response.context["lines"]
    box = line.boxes[9]
    assert (box.level, box.suggested) == ("good", Rating.objects.get().suggested) and box.suggested
    assert (line.boxes[10].level, line.boxes[10].suggested, line.boxes[11].begun) == ("", "poor", False)
    html = response.content.decode()
    assert "gợi ý: Kém" in html and "Lê Thị Kim Chi" in html


def test_the_number_of_queries_does_not_follow_the_objectives(
    plan: Plan, sign_in: object, django_assert_max_num_queries: object
) -> None:
    client = sign_in("chi")
    client.get(f"/ke-hoach/{plan.pk}/danh-gia/")
    for n in range(20):
        plan.objectives.create(order=n + 1, text=f"Mục tiêu thêm {n}")
    with django_assert_max_num_queries(32):
        assert client.get(f"/ke-hoach/{plan.pk}/danh-gia/").status_code == 200


def test_the_secretary_rates_and_the_director_signs(plan: Plan, sign_in: object) -> None:
    secretary = sign_in("chi")
    assert secretary.post(_url(plan, "2026-10"), {"level": "fair", "note": "Chậm"}).status_code == 302
    assert secretary.post(f"/ke-hoach/{plan.pk}/danh-gia/2026-10/ky/").status_code == 403
    director = sign_in("giang")
    assert director.post(f"/ke-hoach/{plan.pk}/danh-gia/2026-10/ky/").status_code == 302
    assert Rating.objects.get().signed_by.username == "giang"
    again = sign_in("chi").post(_url(plan, "2026-10"), {"level": "good"})
    assert again.status_code == 409 and "rút xác nhận" in again.content.decode()
    assert sign_in("giang").post(f"/ke-hoach/{plan.pk}/danh-gia/2026-10/rut-ky/", {"reason": "Sai"}).status_code == 302
    assert sign_in("chi").post(_url(plan, "2026-10"), {"level": "good"}).status_code == 302


def test_without_a_level_nothing_is_kept(plan: Plan, sign_in: object) -> None:
    response = sign_in("chi").post(_url(plan), {"note": "Chưa chọn"})
    assert response.status_code == 422 and not Rating.objects.exists()
    assert "Chưa chọn" in response.content.decode()


def test_who_may_only_look_is_told_who_rates(plan: Plan, sign_in: object) -> None:
    html = sign_in("an").get(_url(plan)).content.decode()
    assert "Lê Thị Kim Chi" in html and '<form method="post" class="card"' not in html


@pytest.mark.parametrize("month", ["2026-13", "2026-Q4", "nay", "2026"])
def test_a_month_that_is_none_is_no_page(plan: Plan, sign_in: object, month: str) -> None:
    assert sign_in("chi").get(_url(plan, month)).status_code == 404


def test_the_form_is_taken_away_as_word_and_pdf(plan: Plan, sign_in: object) -> None:
    client = sign_in("an")
    word = client.get(f"/ke-hoach/{plan.pk}/phieu-theo-doi/2026/0/docx/")
    assert "phieu-theo-doi-118-kh-sct-2026.docx" in word["Content-Disposition"]
    assert len(docx.Document(io.BytesIO(b"".join(word.streaming_content))).tables) == 2
    pdf = client.get(f"/ke-hoach/{plan.pk}/phieu-theo-doi/2026/2/pdf/")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert client.get(f"/ke-hoach/{plan.pk}/phieu-theo-doi/2027/1/docx/").status_code == 404
