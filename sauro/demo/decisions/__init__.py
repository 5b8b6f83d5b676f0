"""The three decisions of the demonstration agency, for any year."""

from __future__ import annotations

from collections.abc import Callable

from sauro.demo.decisions.digital import digital_plan
from sauro.demo.decisions.maintenance import maintenance_plan
from sauro.demo.decisions.quality import quality_objectives
from sauro.reading.draft import Draft

DECISIONS: dict[str, Callable[[int], Draft]] = {
    "47-qd-sct-muc-tieu-chat-luong": quality_objectives,
    "118-kh-sct-chuyen-doi-so": digital_plan,
    "52-kh-sct-duy-tri-he-thong": maintenance_plan,
}
"""File names (without ending) and the plan that each holds."""

__all__ = ["DECISIONS", "digital_plan", "maintenance_plan", "quality_objectives"]
