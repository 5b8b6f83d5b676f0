"""The rule that suggests a rating, as a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauro.monitoring.ratings import Facts, facts_words, rule_words, suggest

pytestmark = pytest.mark.pure
ORDER = ["poor", "fair", "good"]


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        (Facts(), ""),
        (Facts(due=10), "good"),
        (Facts(reports=3), "good"),
        (Facts(targets=2), "good"),
        (Facts(due=10, overdue=2), "fair"),
        (Facts(due=10, overdue=3), "poor"),
        (Facts(due=10, done_late=1), "fair"),
        (Facts(due=4, reports=4, missing=2), "fair"),
        (Facts(due=4, reports=4, missing=3), "poor"),
        (Facts(due=4, reports=4, reports_late=1), "fair"),
        (Facts(due=4, targets=3, at_risk=1), "fair"),
        (Facts(due=4, targets=3, at_risk=1, off_track=1), "poor"),
    ],
)
def test_the_worst_finding_decides(facts: Facts, level: str) -> None:
    assert suggest(facts).level == level and suggest(facts).basis


@given(st.integers(1, 50), st.data())
def test_more_lateness_never_makes_it_better(due: int, data: st.DataObject) -> None:
    overdue = data.draw(st.integers(0, due))
    worse = data.draw(st.integers(overdue, due))
    better, then = suggest(Facts(due=due, overdue=overdue)), suggest(Facts(due=due, overdue=worse))
    assert ORDER.index(then.level) <= ORDER.index(better.level)


def test_the_rule_and_the_facts_are_told_in_words() -> None:
    assert [level for level, _words in rule_words()] == ORDER
    assert "20%" in rule_words()[0][1] and "50%" in rule_words()[0][1]
    assert len(facts_words(Facts(due=2, reports=1, targets=1))) == 3
    assert len(facts_words(Facts())) == 1
