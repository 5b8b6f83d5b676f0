"""Refusals of the quality room: the same as everywhere in the loop."""

from sauro.organization.policy import Refused
from sauro.plans.services.errors import NotNow

__all__ = ["NotNow", "Refused"]
