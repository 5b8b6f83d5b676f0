"""The glance at an agency, kept: exact while the ledger stands still; of a large agency a minute old at the most."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone

from sauro.ledger import services as ledger
from sauro.monitoring.glance import Glance, glance
from sauro.monitoring.models import WarningRule
from sauro.organization.models import Agency

# What follows from the calendar alone, and what nobody did by hand, is taken in after so long.
KEPT = dt.timedelta(minutes=10)
# From so many tasks on counting takes longer than anybody acts: the page then says of which moment it is.
LARGE = 5000
MOMENT = dt.timedelta(minutes=1)


@dataclass(slots=True)
class Kept:
    """A glance, the moment at which it was taken, and whether nothing was recorded since."""

    glance: Glance
    moment: dt.datetime
    exact: bool = True


def kept_glance(agency: Agency, rules: list[WarningRule], on: dt.date, *, exact: bool = False) -> Kept:
    """The glance of the day: taken anew when something was recorded or ten minutes are over.

    Of an agency with `LARGE` tasks or more it may be a minute old, unless `exact` is asked for. `rules`: the agency's
    rules of early warning.
    """
    key, stamp, now = f"overview:{agency.pk}:{on:%Y%m%d}", ledger.stamp(), timezone.now()
    if kept := cache.get(key):
        known, moment, found = kept
        if known == stamp and now - moment < KEPT:
            return Kept(found, moment)
        if not exact and found.cells.total >= LARGE and now - moment < MOMENT:
            return Kept(found, moment, exact=False)
    found = glance(agency, rules, on)
    cache.set(key, (stamp, now, found), KEPT.total_seconds())
    return Kept(found, now)
