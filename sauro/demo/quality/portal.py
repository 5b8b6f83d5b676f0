"""The public page of the demonstration: what the secretary put there on the sixth of the month."""

from __future__ import annotations

from typing import Any

from sauro.quality.models import Publication
from sauro.quality.services import publishing
from sauro.quality.services.errors import NotNow


def make(life: Any) -> None:
    """Publish every kind of content that the agency has."""
    day = min(life.today, life.today.replace(day=6))
    with life.at(day):
        for kind in Publication.Kind.values:
            try:
                made = publishing.compose(life.agency, kind, day)
            except NotNow:
                continue
            publishing.publish(
                life.agency, kind, life.people["chi"], day, seen=made.sha256, next_on=publishing.next_day(day)
            )
