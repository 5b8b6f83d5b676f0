"""What has to happen once a day; running it again on the same day changes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sauro.monitoring.services.calls import call_for_duties
from sauro.monitoring.services.digests import send_digests
from sauro.monitoring.services.duties import extend_duties
from sauro.monitoring.services.forecasts import forecast_stale
from sauro.monitoring.services.indicators import propose_missing
from sauro.monitoring.services.rounds import open_rounds
from sauro.organization.models import Agency


@dataclass(slots=True)
class Day:
    """What a day's run did."""

    duties: int = 0
    rounds: int = 0
    calls: int = 0
    letters: int = 0
    indicators: int = 0


def run_day(today: dt.date, *, letters: bool = True) -> Day:
    """Make the duties that have come within the horizon, open the rounds whose day has come, call for what is due or
    late, propose how targets are measured that nobody set up, queue the forecasts that are out of date, and send the
    day's letters unless `letters` says that their hour hasn't come."""
    done = Day(duties=extend_duties(today))
    for agency in Agency.objects.order_by("pk"):
        done.rounds += len(open_rounds(agency, today))
        done.calls += call_for_duties(agency, today)
        done.indicators += propose_missing(agency.pk)
    forecast_stale(today)
    if letters:
        done.letters = send_letters(today)
    return done


def send_letters(today: dt.date) -> int:
    """The day's letters of every agency; returns how many went out."""
    return sum(send_digests(agency, today) for agency in Agency.objects.order_by("pk"))
