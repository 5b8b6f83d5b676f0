"""Surveys: made from the model or own questions, answered without a name, typed in, closed; what they say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from sauro.ledger.models import Entry
from sauro.quality.models import AnswerValue, Question, Survey, SurveyAnswer
from sauro.quality.services import surveys
from sauro.quality.services.errors import NotNow, Refused
from sauro.quality.services.survey_results import FEWEST, percent, results, satisfaction, shown_units
from sauro.quality.services.surveys import Asked
from sauro.testing import INDUSTRY, OFFICE, TODAY, TRADE, World

pytestmark = pytest.mark.django_db


def make_survey(world: World, *, opened: bool = True, **changes: Any) -> Survey:
    """The model survey, open for a month around the tests' day."""
    title, intro, asked = surveys.ready_survey(world.agency)
    said: dict[str, Any] = {
        "title": title, "intro": intro, "opens_on": TODAY - dt.timedelta(20), "closes_on": TODAY + dt.timedelta(10),
        "asks_unit": True, "questions": asked,
    }  # fmt: skip
    survey = surveys.draft(world.agency, world.chi, **{**said, **changes})
    return surveys.open_survey(survey, world.chi, TODAY) if opened else survey


def say(survey: Survey, level: int, **texts: str) -> dict[int, str]:
    """The same level to every question."""
    said = {q.pk: str(level) for q in survey.questions.exclude(kind="text")}
    return said | {q.pk: texts["text"] for q in survey.questions.filter(kind="text") if "text" in texts}


def _fill(survey: Survey, world: World, unit: str, levels: list[int]) -> None:
    for n, level in enumerate(levels):
        surveys.answer(survey, say(survey, level), TODAY, key=f"{unit} {n}", unit=world.units[unit])


def test_the_model_survey_asks_six_questions_and_for_words(agency_world: World) -> None:
    survey = make_survey(agency_world)
    kinds = list(survey.questions.values_list("kind", flat=True))
    assert kinds == ["scale"] * 6 + ["text"]
    assert "(Mẫu)" not in survey.title and agency_world.agency.name in survey.intro


def test_an_answer_keeps_the_day_and_nothing_of_who(agency_world: World) -> None:
    survey, before = make_survey(agency_world), Entry.objects.count()
    surveys.answer(survey, say(survey, 5, text="Tốt"), TODAY, key="a", unit=agency_world.units[TRADE])
    kept = {f.name: f for f in SurveyAnswer._meta.get_fields() if not f.one_to_many}
    assert set(kept) == {"id", "survey", "unit", "on", "by_paper"}
    assert not isinstance(kept["on"], models.DateTimeField)
    assert {f.name for f in AnswerValue._meta.get_fields()} == {"id", "answer", "question", "score", "text"}
    assert Entry.objects.count() == before, "a line of the ledger carries the hour"


def test_a_form_sent_twice_is_one_answer(agency_world: World) -> None:
    survey, unit = make_survey(agency_world), agency_world.units[TRADE]
    assert surveys.answer(survey, say(survey, 4), TODAY, key="một lần", unit=unit)
    assert surveys.answer(survey, say(survey, 4), TODAY, key="một lần", unit=unit) is None
    assert survey.answers.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda said, first: said.pop(first), "chưa trả lời"),
        (lambda said, first: said.update({first: "6"}), "các mức"),
        (lambda said, first: said.update({first: "0"}), "các mức"),
        (lambda said, first: said.update({first: "²"}), "các mức"),
        (lambda said, first: said.update({first: "-1"}), "các mức"),
    ],
)
def test_what_is_lacking_or_no_level_is_said(agency_world: World, change: Any, words: str) -> None:
    survey = make_survey(agency_world)
    said = say(survey, 3)
    change(said, min(said))
    with pytest.raises(NotNow, match=words):
        surveys.answer(survey, said, TODAY, key="a", unit=agency_world.units[TRADE])
    with pytest.raises(NotNow, match="đơn vị"):
        surveys.answer(survey, say(survey, 3), TODAY, key="b")
    assert not SurveyAnswer.objects.exists()


def test_only_an_open_survey_takes_answers_and_only_a_draft_changes(agency_world: World) -> None:
    survey, unit = make_survey(agency_world, opened=False), agency_world.units[TRADE]
    for day, state in ((TODAY, "draft"), (survey.closes_on + dt.timedelta(1), "open"), (TODAY, "closed")):
        Survey.objects.filter(pk=survey.pk).update(state=state)
        survey.refresh_from_db()
        with pytest.raises(NotNow):
            surveys.answer(survey, say(survey, 3), day, key="a", unit=unit)
    said = {"title": "x", "intro": "", "opens_on": TODAY, "closes_on": TODAY, "asks_unit": False}
    with pytest.raises(NotNow):
        surveys.edit(survey, agency_world.chi, questions=[Asked("Thế nào?", "text")], **said)
    with pytest.raises(Refused):
        surveys.close(survey, agency_world.binh, TODAY)


def test_a_survey_past_its_last_day_closes_by_itself(agency_world: World) -> None:
    survey = make_survey(agency_world)
    assert surveys.close_past(agency_world.agency, survey.closes_on) == 0
    assert surveys.close_past(agency_world.agency, survey.closes_on + dt.timedelta(1)) == 1
    survey.refresh_from_db()
    assert survey.state == Survey.State.CLOSED


def test_paper_is_typed_in_by_the_secretary_and_by_the_unit_for_itself(agency_world: World) -> None:
    w, survey = agency_world, make_survey(agency_world)
    said = {"on": TODAY - dt.timedelta(1)}
    surveys.type_in(survey, w.chi, say(survey, 5), TODAY, unit=w.units[INDUSTRY], **said)
    surveys.type_in(survey, w.binh, say(survey, 5), TODAY, unit=w.units[TRADE], **said)
    for person, unit in ((w.binh, INDUSTRY), (w.an, TRADE), (w.hoa, OFFICE)):
        with pytest.raises(Refused):
            surveys.type_in(survey, person, say(survey, 5), TODAY, unit=w.units[unit], **said)
    with pytest.raises(NotNow, match="Ngày trên phiếu"):
        surveys.type_in(survey, w.chi, say(survey, 5), TODAY, unit=w.units[TRADE], on=TODAY + dt.timedelta(1))
    assert results(survey).by_paper == 2


@pytest.mark.parametrize(
    "asked",
    [
        Asked("", "text"),
        Asked("Thế nào?", "scale", ("Kém",)),
        Asked("Thế nào?", "scale", ("Kém", "Tốt"), 2),
        Asked("Thế nào?", "choice", ()),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(agency_world: World, asked: Asked) -> None:
    with pytest.raises(NotNow):
        make_survey(agency_world, questions=[asked])
    assert not Question.objects.exists()


def test_results_count_mean_poor_and_the_target(agency_world: World) -> None:
    survey = make_survey(agency_world)
    _fill(survey, agency_world, TRADE, [5, 5, 4, 4, 3, 1])
    found = results(survey)
    assert (found.papers, found.poor_papers, found.target_met) == (6, 1, False)
    first = found.questions[0]
    assert [times for _label, times, _share in first.levels] == [1, 0, 1, 2, 2]
    assert first.tally.mean == Decimal("3.67")
    assert (first.tally.poor_share, first.tally.good_share) == (Decimal("16.7"), Decimal("66.7"))
    SurveyAnswer.objects.filter(values__score=1).delete()
    assert results(survey).target_met is True


def test_small_groups_are_not_shown_nor_worked_out_from_the_rest(agency_world: World) -> None:
    survey = make_survey(agency_world)
    _fill(survey, agency_world, TRADE, [5] * 7)
    _fill(survey, agency_world, INDUSTRY, [4] * 6)
    _fill(survey, agency_world, OFFICE, [1] * 2)
    found = results(survey)
    # Two answers of the office stand with the six of the smaller unit: taken from the whole they give nothing away.
    assert [(row.unit and row.unit.name, row.papers) for row in found.units] == [(TRADE, 7), (None, 8)]
    assert found.hidden == 2 and not found.shut


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 12), max_size=12))
def test_no_hidden_rest_is_ever_small(sizes: dict[int, int]) -> None:
    shown = shown_units(sizes)
    rest = sum(size for unit, size in sizes.items() if unit not in shown)
    assert all(sizes[unit] >= FEWEST for unit in shown)
    assert rest == 0 or rest >= FEWEST or not shown


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_only_all_is_a_hundred_and_only_none_is_nought(part: int, whole: int) -> None:
    part = min(part, whole)
    share = percent(part, whole)
    assert (share == 100) == (part == whole) and (share == 0) == (part == 0)


def test_satisfaction_of_a_time_adds_up_its_surveys(agency_world: World) -> None:
    for _n in range(2):
        _fill(make_survey(agency_world), agency_world, TRADE, [5, 4])
    found = satisfaction(agency_world.agency, TODAY, TODAY)
    assert (found.surveys, found.papers, found.target_met, found.tally.mean) == (2, 4, True, Decimal("4.50"))
    assert satisfaction(agency_world.agency, TODAY + dt.timedelta(1), TODAY + dt.timedelta(9)).papers == 0


@pytest.mark.parametrize("times", [3, 30])
def test_results_take_a_constant_number_of_queries(
    agency_world: World, django_assert_max_num_queries: Any, times: int
) -> None:
    survey = make_survey(agency_world)
    _fill(survey, agency_world, TRADE, [1 + n % 5 for n in range(times)])
    with django_assert_max_num_queries(6):
        results(survey)
