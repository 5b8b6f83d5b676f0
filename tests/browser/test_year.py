"""A year of the quality system, lived on the pages by seven people: from an agency that has nothing to its declaration
on the public page. Only the empty start and the days come from outside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page

from sauro.ledger.services import verify
from tests.browser.year import audit, beginning, documents, improvement, public, review
from tests.browser.year.story import Year

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def year(
    page_as: Callable[..., Page],
    live_server: Any,
    axe: Callable[[Page], list[str]],
    db: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Year:
    """An empty agency on the first Monday of the year."""
    clock = SimpleNamespace(day=dt.date(2026, 1, 5))
    for door in ("web", "portal"):
        monkeypatch.setattr(f"sauro.{door}.today.timezone", SimpleNamespace(localdate=lambda: clock.day))
    found = Year(clock, page_as, live_server.url, axe)
    found.empty()
    return found


def test_a_year_from_nothing_to_the_declaration(year: Year) -> None:
    beginning.the_first_hour(year)
    beginning.the_scope(year)
    beginning.the_plan_of_the_year(year)
    year.on(9, 2)
    beginning.objectives_from_a_decision(year)
    beginning.objectives_of_a_unit(year)
    public.the_units_objectives(year)
    documents.the_policy(year)
    year.on(2, 3)
    documents.the_procedures(year)
    year.on(14, 9)
    documents.the_decree_is_replaced(year)
    documents.a_procedure_follows_it(year)
    documents.the_flags_are_settled(year)
    documents.read_by_an_officer(year)
    year.on(5, 10)
    audit.the_programme(year)
    year.on(12, 10)
    audit.the_walk(year)
    year.on(14, 10)
    improvement.the_cause(year)
    year.on(22, 10)
    improvement.the_action(year)
    year.on(26, 10)
    public.the_survey(year)
    year.on(16, 11)
    review.the_management_review(year)
    review.refused_while_something_is_open(year)
    review.the_gaps_are_filled(year)
    year.on(23, 11)
    improvement.the_effect(year)
    review.the_declaration(year)
    public.the_public_page(year)
    # The declaration that was refused was answered with 409, as it should be.
    assert [words for words in year.said() if "409" not in words] == []
    assert list(verify()) == []
