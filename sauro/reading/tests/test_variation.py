"""The bed of variations on a small fixed sample; `python -m sauro.reading.tests.bed` measures it at large."""

from decimal import Decimal

import pytest

from sauro.reading.tests.bed import score_of
from sauro.reading.tests.shared import gold_plans
from sauro.reading.tests.variation import VARIATIONS, generate

PLANS = [generate(seed) for seed in range(3)] + gold_plans()
# A cut that leaves nothing to tell it by may be missed now and then; everything else must come back whole.
LEAST = {"glued to the next row": Decimal("0.985"), "row cut, number empty": Decimal("0.985")}


@pytest.mark.parametrize("name", list(VARIATIONS))
def test_a_plan_is_read_back_however_it_is_written(name: str) -> None:
    assert score_of(name, PLANS, range(2)).f1 >= LEAST.get(name, Decimal("0.995"))
