"""Beside a report on a plan as a whole: what the unit's tasks in it look like, and what was said of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sauro.monitoring.models import Report
from sauro.plans.models import Task
from sauro.web.home.links import tasks_url
from sauro.web.home.scope import four

# A summary names this many tasks; more would be the appendix, which the focal unit's report has.
MOST = 60


def of(found: Report, on: dt.date) -> dict[str, Any]:
    """For the form: the four cells of the unit's tasks in the plan, and the words that its task reports in this round
    give for the result, the difficulties and the proposals."""
    assert found.round is not None
    tasks = Task.objects.in_force().led_by(found.unit).filter(plan_id=found.round.plan_id)
    said = (
        Report.objects.handed_in()
        .filter(round=found.round, unit__path__startswith=found.unit.path, task__isnull=False)
        .select_related("task")
        .order_by("task__order", "pk")[:MOST]
    )
    reports = list(said)
    return {
        "cells": four(tasks.four_cells(on)),
        "cells_url": tasks_url(ke_hoach=found.round.plan_id, don_vi=found.unit_id, vai_tro="chu_tri"),
        "task_reports": len(reports),
        "gathered": _gather(reports, "done_text"),
        "gathered_difficulties": _gather(reports, "difficulties"),
        "gathered_proposals": _gather(reports, "proposals"),
    }


def _gather(reports: list[Report], field: str) -> str:
    lines = ((r.task, getattr(r, field).strip()) for r in reports)
    return "\n".join(f"- {task.ref}. {text}" if task and task.ref else f"- {text}" for task, text in lines if text)
