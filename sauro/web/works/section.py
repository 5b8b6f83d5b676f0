"""What stands of a task beside its row: components, dependencies, money, KPI; fetched only where there is any."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef

from sauro.monitoring.models import BudgetEntry, TaskMeasure
from sauro.monitoring.services.works import missing_components
from sauro.organization.policy import Capability
from sauro.plans.models import LargeTask, Milestone, Task, TaskDependency
from sauro.plans.services.tasks import may


def with_depth(rows: Any) -> Any:
    """Tasks that know whether there is anything of the kind, in the same query."""
    kinds: dict[str, Any] = {
        "large": LargeTask,
        "waits": TaskDependency,
        "budget": BudgetEntry,
        "measures": TaskMeasure,
    }
    return rows.annotate(
        **{f"has_{name}": Exists(model.objects.filter(task=OuterRef("pk"))) for name, model in kinds.items()}
    )


@dataclass(slots=True)
class Depth:
    """All of it; `missing` in words, totals in million đồng."""

    large: LargeTask | None = None
    missing: list[str] = field(default_factory=list)
    waits: list[TaskDependency] = field(default_factory=list)
    budget: list[BudgetEntry] = field(default_factory=list)
    measures: list[TaskMeasure] = field(default_factory=list)
    registered: Decimal = Decimal(0)
    disbursed: Decimal = Decimal(0)
    may_edit: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.large or self.waits or self.budget or self.measures)


def depth_of(task: Task, person: Any, milestones: list[Milestone] | None = None) -> Depth:
    """What is kept of the task; of a task from `with_depth` only what is known to be there is fetched."""
    depth = Depth(may_edit=may(person, Capability.EDIT_TASK, task))
    if getattr(task, "has_large", True):
        depth.large = LargeTask.objects.filter(task=task).select_related("receiving_unit").first()
    if depth.large:
        known = task.milestones.all() if milestones is None else milestones
        depth.missing = missing_components(task, depth.large, known)
    if getattr(task, "has_waits", True):
        depth.waits = list(TaskDependency.objects.filter(task=task).select_related("on").order_by("pk"))
    if getattr(task, "has_budget", True):
        depth.budget = list(BudgetEntry.objects.filter(task=task).order_by("quarter", "source"))
        depth.registered = sum((e.registered for e in depth.budget), Decimal(0))
        depth.disbursed = sum((e.disbursed for e in depth.budget), Decimal(0))
    if getattr(task, "has_measures", True):
        depth.measures = list(TaskMeasure.objects.filter(task=task).order_by("order"))
    return depth
