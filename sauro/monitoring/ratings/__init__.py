"""Ratings of objectives by month: the facts, the rule that suggests, the person's decision, the signature."""

from sauro.monitoring.ratings.deciding import NOBODY, rate, sign_month, withdraw_signature
from sauro.monitoring.ratings.facts import facts_by_month, months_of
from sauro.monitoring.ratings.suggesting import Facts, Suggestion, facts_words, rule_words, suggest

__all__ = [
    "NOBODY",
    "Facts",
    "Suggestion",
    "facts_by_month",
    "facts_words",
    "months_of",
    "rate",
    "rule_words",
    "sign_month",
    "suggest",
    "withdraw_signature",
]
