"""The verbs of the quality management system, a module a clause."""

from sauro.quality.services.actions import action_plan, order_action
from sauro.quality.services.codes import next_code
from sauro.quality.services.proofs import add_proof

__all__ = ["action_plan", "add_proof", "next_code", "order_action"]
