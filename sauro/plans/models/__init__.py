"""Plans and what they hold."""

from sauro.plans.models.change import ChangeRequest
from sauro.plans.models.depth import DueChange, LargeTask, TaskDependency
from sauro.plans.models.plan import Objective, Plan, PlanRevision, ReportingRule, Target, TaskGroup
from sauro.plans.models.task import Milestone, Product, Task, TaskUnit

__all__ = [
    "ChangeRequest",
    "DueChange",
    "LargeTask",
    "Milestone",
    "Objective",
    "Plan",
    "PlanRevision",
    "Product",
    "ReportingRule",
    "Target",
    "Task",
    "TaskDependency",
    "TaskGroup",
    "TaskUnit",
]
