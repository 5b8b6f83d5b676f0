"""F1 of the reading engine under each variation: `python -m sauro.reading.tests.bed [plans]`.

Invented plans always; the published ones too where the folder `../shared` (or `$SAURO_SHARED`) is at hand.
"""

from __future__ import annotations

import random
import sys

from sauro.reading.tests.measure import Score, measure, read_text
from sauro.reading.tests.shared import gold_plans
from sauro.reading.tests.variation import VARIATIONS, TruePlan, generate


def score_of(name: str, plans: list[TruePlan], seeds: range) -> Score:
    """The summed score of plans under one variation, each with several seeds."""
    total = Score()
    for n, plan in enumerate(plans):
        for seed in seeds:
            text = VARIATIONS[name](plan, random.Random(seed * 1000 + n))
            one = measure(plan, read_text(text, plan.register))
            total.right, total.wrong, total.missing = (
                total.right + one.right,
                total.wrong + one.wrong,
                total.missing + one.missing,
            )
    return total


def main() -> int:
    """Prints one line for each variation."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    invented = [generate(seed) for seed in range(count)]
    published = gold_plans()
    print(f"{'variation':28}{'invented':>10}{'published':>11}")
    for name in VARIATIONS:
        ours = score_of(name, invented, range(3)).f1
        theirs = f"{score_of(name, published, range(10)).f1:11.4f}" if published else f"{'-':>11}"
        print(f"{name:28}{ours:10.4f}{theirs}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
