"""What a later decision says of objectives and reporting: added and ended as wholes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sauro.plans.models import Objective, Plan, ReportingRule
from sauro.plans.services import build
from sauro.plans.services.export import objective_to_draft, rule_to_draft
from sauro.reading.draft import Draft, DraftObjective, ReportingDuty


@dataclass(slots=True)
class PartChanges:
    """Objectives and reporting rules that the draft adds, and those of the plan that it no longer holds."""

    new_objectives: list[DraftObjective]
    new_rules: list[ReportingDuty]
    ended_objectives: list[Objective]
    ended_rules: list[ReportingRule]

    def __bool__(self) -> bool:
        return bool(self.new_objectives or self.new_rules or self.ended_objectives or self.ended_rules)

    def described(self) -> list[dict[str, Any]]:
        """As the changes of a revision are kept."""
        rows = [("added", o.ref or "", o.text) for o in self.new_objectives]
        rows += [("ended", o.ref, o.text) for o in self.ended_objectives]
        rows += [("added", "", f"{d.who}: {d.schedule_text}") for d in self.new_rules]
        rows += [("ended", "", str(r)) for r in self.ended_rules]
        return [
            {"kind": k, "old": None, "new": None, "fields": {}, "ref": ref, "title": title} for k, ref, title in rows
        ]


def propose_parts(plan: Plan, draft: Draft, *, whole: bool) -> PartChanges:
    """What the draft changes beside the tasks. A document that holds no objectives (or rules) says nothing of them."""
    objectives = list(plan.objectives.filter(ended_in=None).prefetch_related("targets"))
    rules = list(plan.reporting_rules.filter(ended_in=None))
    known, ruled = [objective_to_draft(o) for o in objectives], [rule_to_draft(r) for r in rules]
    return PartChanges(
        [o for o in draft.objectives if o not in known],
        [d for d in draft.reporting_duties if d not in ruled],
        _gone(objectives, known, draft.objectives) if whole else [],
        _gone(rules, ruled, draft.reporting_duties) if whole else [],
    )


def _gone(rows: Sequence[Any], known: Sequence[Any], said: Sequence[Any]) -> list[Any]:
    return [row for row, part in zip(rows, known, strict=True) if said and part not in said]


def apply_parts(plan: Plan, changes: PartChanges, no: int, names: build.Names) -> None:
    """Put the changes in as revision `no`. What ended is kept, marked."""
    Objective.objects.filter(pk__in=[o.pk for o in changes.ended_objectives]).update(ended_in=no)
    ReportingRule.objects.filter(pk__in=[r.pk for r in changes.ended_rules]).update(ended_in=no)
    build.add_objectives(plan, changes.new_objectives, first=_next(plan.objectives.all()))
    build.add_rules(plan, changes.new_rules, names, first=_next(plan.reporting_rules.all()))


def _next(rows: Any) -> int:
    last = rows.order_by("-order").values_list("order", flat=True).first()
    return 0 if last is None else last + 1
