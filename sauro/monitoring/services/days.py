"""The working calendar changes, and every open deadline with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from sauro.monitoring.models import Duty
from sauro.organization import services as organization
from sauro.organization.models import Agency

Result = TypeVar("Result")


@transaction.atomic
def change_days(agency: Agency, change: Callable[[], Result]) -> tuple[Result, int]:
    """Do `change` (a verb of `sauro.organization.days`) and move the open duties of the agency that fall elsewhere now.

    Returns what `change` returned and how many duties moved. Raises as `change` does; then nothing has changed.
    """
    result = change()
    return result, refresh_due_days(agency)


@transaction.atomic
def refresh_due_days(agency: Agency) -> int:
    """Move open duties to the working day that their day by the rule gives now; returns how many moved.

    What was met keeps the day on which it was judged.
    """
    calendar = organization.working_calendar(agency)
    waiting = Duty.objects.open().filter(agency=agency)
    moved = 0
    for nominal in list(waiting.order_by().values_list("nominal_due", flat=True).distinct()):
        due = calendar.next_working_day(nominal)
        moved += waiting.filter(nominal_due=nominal).exclude(due=due).update(due=due)
    return moved
