"""Rating a month, signing it off, taking the signature back; and the form that shows it."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pypdfium2
import pytest

from sauro.ledger.models import Entry
from sauro.ledger.services import verify
from sauro.monitoring import ratings
from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Rating
from sauro.monitoring.ratings.form import form_of
from sauro.notices.models import Notice
from sauro.organization.policy import Refused
from sauro.plans.models import TaskGroup
from sauro.plans.services.errors import NotNow
from sauro.testing import TODAY, make_reading, small_draft
from sauro.vietnamese.periods import Period
from sauro.writing import write_tracking_docx, write_tracking_pdf

OCTOBER, NOVEMBER = Period("month", 2026, 10), Period("month", 2026, 11)


@pytest.fixture
def plan(agency_world):
    """In force since March, so that what fell due since counts."""
    return monitoring.adopt(make_reading(agency_world), agency_world.chi, dt.date(2026, 3, 2))


@pytest.fixture
def objective(plan):
    return plan.objectives.select_related("plan").get()


def test_the_decision_stands_apart_from_what_the_rule_suggests(agency_world, objective):
    rating = ratings.rate(objective, NOVEMBER, "good", agency_world.chi, TODAY, note=" Đã khắc phục ")
    assert (rating.level, rating.suggested, rating.note) == ("good", "poor", "Đã khắc phục")
    assert "quá hạn" in rating.basis
    entry = Entry.objects.get(verb="monitoring.rating.given")
    assert entry.data["suggested"] == "poor" and entry.data["after"] == "good"
    ratings.rate(objective, NOVEMBER, "fair", agency_world.chi, TODAY)
    ratings.rate(objective, NOVEMBER, "fair", agency_world.chi, TODAY)
    changed = Entry.objects.filter(verb="monitoring.rating.changed")
    assert [(e.data["before"], e.data["after"]) for e in changed] == [("good", "fair")]
    assert not list(verify())


def test_a_month_that_is_signed_is_closed_until_the_signature_is_withdrawn(agency_world, objective, plan):
    w = agency_world
    ratings.rate(objective, OCTOBER, "fair", w.chi, TODAY)
    ratings.sign_month(plan, OCTOBER, w.giang, TODAY)
    assert Rating.objects.get().signed_by == w.giang
    assert Notice.objects.filter(person=w.chi, verb="monitoring.ratings.signed").exists()
    for refused in (
        lambda: ratings.rate(objective, OCTOBER, "good", w.chi, TODAY),
        lambda: ratings.sign_month(plan, OCTOBER, w.giang, TODAY),
    ):
        with pytest.raises(NotNow, match=r"Đỗ Trường Giang.*rút được: Đỗ Trường Giang"):
            refused()
    with pytest.raises(NotNow, match="lý do"):
        ratings.withdraw_signature(plan, OCTOBER, w.giang, " ")
    with pytest.raises(Refused, match="Đỗ Trường Giang"):
        ratings.withdraw_signature(plan, OCTOBER, w.chi, "Sai số liệu")
    ratings.withdraw_signature(plan, OCTOBER, w.giang, "Sai số liệu")
    assert Entry.objects.get(verb="monitoring.ratings.reopened").data["reason"] == "Sai số liệu"
    assert ratings.rate(objective, OCTOBER, "good", w.chi, TODAY).level == "good"


def test_what_cannot_be_rated_or_signed_is_refused_with_why(agency_world, objective, plan):
    w = agency_world
    with pytest.raises(NotNow, match="chưa đến"):
        ratings.rate(objective, Period("month", 2026, 12), "good", w.chi, TODAY)
    with pytest.raises(NotNow, match="ngoài thời kỳ"):
        ratings.rate(objective, Period("month", 2025, 12), "good", w.chi, TODAY)
    with pytest.raises(NotNow, match="Chọn một mức"):
        ratings.rate(objective, OCTOBER, "best", w.chi, TODAY)
    with pytest.raises(Refused, match="Lê Thị Kim Chi"):
        ratings.rate(objective, OCTOBER, "good", w.an, TODAY)
    with pytest.raises(NotNow, match="1 mục tiêu chưa đánh giá"):
        ratings.sign_month(plan, OCTOBER, w.giang, TODAY)
    ratings.rate(objective, NOVEMBER, "good", w.chi, TODAY)
    with pytest.raises(NotNow, match="chưa hết"):
        ratings.sign_month(plan, NOVEMBER, w.giang, TODAY)
    with pytest.raises(NotNow, match="chưa được ký"):
        ratings.withdraw_signature(plan, NOVEMBER, w.giang, "Thử")


def test_the_facts_of_a_month_are_those_of_its_end(objective, plan, django_assert_num_queries):
    months = ratings.months_of(plan, 2026)
    assert len(months) == 12
    with django_assert_num_queries(15):
        facts = ratings.facts_by_month(plan, [objective], months, TODAY)
    assert len(facts) == 11
    # 1.1 was due on 31 October: on that day it is in time, in November it is late.
    assert (facts[objective.pk, "2026-10"].due, facts[objective.pk, "2026-10"].overdue) == (1, 0)
    assert (facts[objective.pk, "2026-11"].due, facts[objective.pk, "2026-11"].overdue) == (1, 1)
    assert facts[objective.pk, "2026-05"].due == 0 and facts[objective.pk, "2026-05"].missing > 0


def test_groups_named_for_an_objective_carry_its_tasks_alone(agency_world):
    draft = small_draft()
    draft.objectives.append(type(draft.objectives[0])("Hoàn thiện dữ liệu ngành Công Thương", ref="2"))
    for task in draft.tasks:
        task.group = "MỤC TIÊU 1: thương mại điện tử" if task.ref < "2" else "Mục tiêu 2: dữ liệu"
    plan = monitoring.adopt(make_reading(agency_world, draft), agency_world.chi, dt.date(2026, 3, 2))
    first, second = plan.objectives.order_by("order")
    facts = ratings.facts_by_month(plan, [first, second], [NOVEMBER], TODAY)
    assert TaskGroup.objects.filter(plan=plan).count() == 2
    assert facts[first.pk, "2026-11"].overdue == 1 and facts[second.pk, "2026-11"].overdue == 0


def test_the_form_shows_ratings_notes_and_who_signed(agency_world, objective, plan, django_assert_num_queries):
    ratings.rate(objective, OCTOBER, "fair", agency_world.chi, TODAY, note="Chậm một sàn")
    ratings.sign_month(plan, OCTOBER, agency_world.giang, TODAY)
    with django_assert_num_queries(4):
        form = form_of(plan, 2026)
    out = io.BytesIO()
    write_tracking_docx(form, out)
    paper = docx.Document(io.BytesIO(out.getvalue()))
    first, second = paper.tables
    assert [c.text for c in second.rows[3].cells] == [
        "Theo dõi thực hiện Mục tiêu chất lượng", "7", "8", "9", "10", "11", "12", "Ghi chú",
    ]  # fmt: skip
    assert [c.text for c in first.rows[3].cells][1:7] == ["01", "02", "3", "4", "5", "6"]
    assert second.rows[4].cells[4].text == "Trung bình"
    assert second.rows[4].cells[7].text == "Tháng 10: Chậm một sàn"
    words = [p.text for p in paper.paragraphs if p.text]
    assert words[1].startswith("* CHÚ Ý: Cột các tháng") is False and "Đại diện lãnh đạo – QMR" in words
    assert words[-1] == "Đỗ Trường Giang"
    again = io.BytesIO()
    write_tracking_docx(form, again)
    assert again.getvalue() == out.getvalue()
    pdf = io.BytesIO()
    write_tracking_pdf(form, pdf)
    sheets = pypdfium2.PdfDocument(pdf.getvalue())
    text = sheets[1].get_textpage().get_text_range()
    assert len(sheets) == 2 and sheets[0].get_width() > sheets[0].get_height()
    assert "Trung bình" in text and "THEO DÕI THỰC HIỆN MỤC TIÊU CHẤT LƯỢNG" in text and "Đỗ Trường Giang" in text
