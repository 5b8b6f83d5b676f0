"""The conformity map: for each clause of the standard what answers it, and how well."""

from sauro.quality.conformity.facts import Fact, facts_of
from sauro.quality.conformity.judge import Level, judge
from sauro.quality.conformity.map import ClauseView, Item, conformity_map, summary

__all__ = ["ClauseView", "Fact", "Item", "Level", "conformity_map", "facts_of", "judge", "summary"]
