"""Addresses of other rooms that these pages point at."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from sauro.web.context import page_of


def task_url(pk: int) -> str:
    """A task's page."""
    return page_of("task", pk)


def plan_url(pk: int) -> str:
    """A plan's page."""
    return page_of("plan", pk)


def unit_url(pk: int) -> str:
    """A unit's page."""
    return page_of("unit", pk)


def reading_url(pk: int) -> str:
    """The page where a reading is reviewed."""
    return page_of("reading-review", pk)


def tasks_url(**filters: Any) -> str:
    """The list of tasks, filtered."""
    kept = {name: value for name, value in filters.items() if value}
    return reverse("task-list") + (f"?{urlencode(kept)}" if kept else "")


def duty_url(pk: int) -> str:
    """The page of one duty, where it is noted as met."""
    return page_of("duty", pk)


def duty_report_url(pk: int) -> str:
    """The one link under which the report that a duty asks for is written."""
    return page_of("duty-report", pk)
