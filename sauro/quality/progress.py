"""How far nonconformities are, worked out from the tasks of their actions. Reads, never writes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, When

from sauro.quality.models import Nonconformity, QualityAction

State = Nonconformity.State
ORDERED = (State.ANALYSED, State.DONE)


@dataclass(slots=True, frozen=True)
class Progress:
    """State, the day on which the last action was done, and from when its effect is checked."""

    state: str
    done_on: dt.date | None
    check_due: dt.date | None


def progress_of(found: Nonconformity) -> Progress:
    """How far one nonconformity is by the tasks of its actions; a query where its cause is known.

    Where none was needed, for the reason given, it is done on the day of the analysis.
    """
    if found.state not in ORDERED:
        return Progress(found.state, found.done_on, found.check_due)
    days = list(found.actions.filter(task__ended_in=None).values_list("task__completed_on", flat=True))
    if None in days or not (days or found.no_action_reason):
        return Progress(State.ANALYSED, None, None)
    done_on = max(day for day in [*days, found.analysed_on] if day)
    return Progress(State.DONE, done_on, done_on + dt.timedelta(days=found.check_after_days))


def _open_actions() -> Any:
    return QualityAction.objects.filter(
        nonconformity=OuterRef("pk"), task__completed_on=None, task__ended_in=None
    ).order_by()


def _acting() -> Any:
    """Still acting: an action is open, or the only ones were dropped with a revision of the plan."""
    live = QualityAction.objects.filter(nonconformity=OuterRef("pk"), task__ended_in=None).order_by()
    return Exists(_open_actions()) | Q(no_action_reason="") & ~Exists(live)


def with_progress(rows: Any) -> Any:
    """The rows with `acting`: whether an action is still to be done."""
    return rows.annotate(acting=Case(When(_acting(), then=True), default=False, output_field=BooleanField()))


def in_state(rows: Any, state: str) -> Any:
    """The rows whose state, by their actions, is the one named."""
    if state not in ORDERED:
        return rows.filter(state=state)
    acting = _acting()
    return rows.filter(acting if state == State.ANALYSED else ~acting, state__in=ORDERED)


def state_shown(found: Nonconformity) -> str:
    """The state of a row fetched through `with_progress`."""
    if found.state not in ORDERED:
        return found.state
    return State.ANALYSED if found.acting else State.DONE  # type: ignore[attr-defined]


def late(rows: Any, today: dt.date) -> Any:
    """The rows that wait past their day: no cause and action by the due day, an action past its day, effect unchecked.

    The day of the check is kept by the day's run (`sauro.quality.services.improvement_day`).
    """
    over = Exists(_open_actions().filter(task__due__lt=today))
    return rows.filter(
        Q(state=State.OPEN, due__lt=today)
        | Q(over, state__in=ORDERED)
        | Q(state=State.DONE, check_due__lt=today) & ~Q(effective=True)
    )
