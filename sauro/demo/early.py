"""What the agency watches for: its own numbers in two rules of early warning, and a task that waits for a late one."""

from __future__ import annotations

import datetime as dt

from sauro.monitoring import services as monitoring
from sauro.monitoring.models import WarningRule
from sauro.monitoring.services import works
from sauro.organization.models import Agency, Person
from sauro.plans.models import Task

OWN = {WarningRule.Kind.BEHIND: {"days": 45, "percent": 70}, WarningRule.Kind.UNCLEAR: {"days": 45}}


def watch(agency: Agency, actor: Person, today: dt.date) -> None:
    """The rules as the agency set them, and the next task due waits for the one that is overdue longest."""
    for rule in monitoring.warning_rules_of(agency):
        if rule.kind in OWN:
            monitoring.change_warning_rule(rule, actor, {"enabled": True, **OWN[WarningRule.Kind(rule.kind)]})
    tasks = Task.objects.filter(agency=agency, closed=False, parent=None).in_force().order_by("due_key", "pk")
    late = tasks.filter(due_key__lt=today).first()
    coming = tasks.filter(due_key__range=(today, today + dt.timedelta(days=60))).first()
    if late and coming:
        works.add_dependency(coming, late, actor)
