"""What a round amounts to: who sent, where two units differ, what they all find hard. Nothing is changed here."""

from sauro.monitoring.rounds.conflicts import (
    Conflict,
    Difference,
    Side,
    conflicts_of,
    count_proofs,
    differences_of,
    reports_in,
)
from sauro.monitoring.rounds.gathered import Said, Statement, gather, statements_of
from sauro.monitoring.rounds.picture import Counts, Need, Picture, UnitRow, picture_of

__all__ = [
    "Conflict",
    "Counts",
    "Difference",
    "Need",
    "Picture",
    "Said",
    "Side",
    "Statement",
    "UnitRow",
    "conflicts_of",
    "count_proofs",
    "differences_of",
    "gather",
    "picture_of",
    "reports_in",
    "statements_of",
]
