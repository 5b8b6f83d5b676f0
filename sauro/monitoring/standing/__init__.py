"""How plans, groups, units and people stand, on any day: counts in the four cells of State reporting."""

from sauro.monitoring.standing.asof import (
    AsOf,
    condition,
    count,
    count_by,
    due_on,
    known_on,
    of_group,
    of_person,
    of_plan,
    of_unit,
    standing_on,
)
from sauro.monitoring.standing.overview import Counted, overview
from sauro.monitoring.standing.reports import count_reports, reports_owed

__all__ = [
    "AsOf",
    "Counted",
    "condition",
    "count",
    "count_by",
    "count_reports",
    "due_on",
    "known_on",
    "of_group",
    "of_person",
    "of_plan",
    "of_unit",
    "overview",
    "reports_owed",
    "standing_on",
]
