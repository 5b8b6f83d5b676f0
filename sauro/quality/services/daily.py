"""What has to happen in the quality room once a day; running it again on the same day changes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sauro.documents.control import circulation, effect, reviews
from sauro.organization.models import Agency
from sauro.quality.services import feedback, improvement_day, surveys


@dataclass(slots=True)
class QualityDay:
    """What a day's run did."""

    effective: int = 0
    reviews: int = 0
    asked: int = 0
    reminded: int = 0
    late: int = 0


def run_day(agency: Agency, today: dt.date) -> QualityDay:
    """Documents whose day has come take effect, reviews that are due are called for, who came is asked to read, who
    still has to read is reminded; what is late in improvement and in answers to citizens is called for, surveys past
    their last day close."""
    done = QualityDay()
    done.effective = effect.take_effect(agency, today)
    done.reviews = reviews.raise_due(agency, today)
    done.asked, _ended = circulation.sync_asks(agency, today)
    done.reminded = circulation.remind(agency, today)
    done.late = improvement_day.run_day(agency, today) + feedback.remind(agency, today)
    surveys.close_past(agency, today)
    return done


def run_day_everywhere(today: dt.date) -> QualityDay:
    """The day of every agency, added up."""
    whole = QualityDay()
    for agency in Agency.objects.order_by("pk"):
        one = run_day(agency, today)
        whole.effective += one.effective
        whole.reviews += one.reviews
        whole.asked += one.asked
        whole.reminded += one.reminded
        whole.late += one.late
    return whole
