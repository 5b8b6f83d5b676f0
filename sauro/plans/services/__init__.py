"""The verbs of plans. Duties follow in `sauro.monitoring`, whose `adopt` and `amend` are the doors to use."""

from sauro.plans.services.adopt import adopt_reading, find_amended_plan, find_same_document, plan_period
from sauro.plans.services.amend import amend_plan, propose_changes
from sauro.plans.services.change import (
    approve_changes,
    gather_change,
    in_words,
    propose_change,
    refuse_change,
    withdraw_change,
)
from sauro.plans.services.export import plan_to_draft
from sauro.plans.services.tasks import (
    assign_task,
    candidates_for,
    edit_task,
    order_task,
    refresh_clears,
    split_task,
)

__all__ = [
    "adopt_reading",
    "amend_plan",
    "approve_changes",
    "assign_task",
    "candidates_for",
    "edit_task",
    "find_amended_plan",
    "find_same_document",
    "gather_change",
    "in_words",
    "order_task",
    "plan_period",
    "plan_to_draft",
    "propose_change",
    "propose_changes",
    "refresh_clears",
    "refuse_change",
    "split_task",
    "withdraw_change",
]
