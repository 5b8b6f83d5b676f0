"""What the clock brings to nonconformities and risks; running it again on the same day changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.notices import services as notices
from sauro.notices.models import Notice
from sauro.organization.models import Agency, Person
from sauro.organization.services import heads_of
from sauro.quality.models import Nonconformity, Risk
from sauro.quality.services import handling, risks
from sauro.quality.services.effect import checkers_of

State = Nonconformity.State


def run_day(agency: Agency, today: dt.date) -> int:
    """Bring states in line with the tasks of the actions, and call once for what is late; returns the calls."""
    for found in Nonconformity.objects.filter(agency=agency, state__in=(State.ANALYSED, State.DONE)):
        _settle(found)
    return _late_causes(agency, today) + _checks(agency, today) + _reviews(agency, today)


@transaction.atomic
def _settle(found: Nonconformity) -> None:
    handling.settle(Nonconformity.objects.select_for_update(of=("self",)).get(pk=found.pk))


def _late_causes(agency: Agency, today: dt.date) -> int:
    late = Nonconformity.objects.filter(agency=agency, state=State.OPEN, due__lt=today).select_related("unit")
    calls = 0
    for found in late:

        def say(found: Nonconformity = found) -> str:
            return _("Quá hạn %(day)s mà chưa có nguyên nhân và hành động: %(what)s") % {
                "day": f"{found.due:%d/%m/%Y}",
                "what": found,
            }

        url = handling.address_of(found)
        calls += _once(heads_of(found.unit_path), "quality.nonconformity.late", url, found.due, say)
    return calls


def _checks(agency: Agency, today: dt.date) -> int:
    ready = Nonconformity.objects.filter(agency=agency, state=State.DONE, check_due__lte=today).exclude(effective=True)
    calls = 0
    for found in ready.select_related("unit"):

        def say(found: Nonconformity = found) -> str:
            return _("Đến ngày kiểm tra hiệu lực của hành động khắc phục: %(what)s") % {"what": found}

        url = handling.address_of(found)
        calls += _once(checkers_of(found)[:2], "quality.nonconformity.check", url, found.check_due, say)
    return calls


def _reviews(agency: Agency, today: dt.date) -> int:
    late = Risk.objects.filter(agency=agency, state=Risk.State.OPEN, review_on__lt=today)
    calls = 0
    for risk in late.select_related("unit", "owner"):

        def say(risk: Risk = risk) -> str:
            return _("Quá ngày xem xét %(day)s: %(what)s") % {"day": f"{risk.review_on:%d/%m/%Y}", "what": risk}

        people = [risk.owner] if risk.owner and risk.owner.is_active else heads_of(risk.unit.path)
        calls += _once(people, "quality.risk.review_due", risks.address_of(risk), risk.review_on, say)
    return calls


def _once(people: Iterable[Person], verb: str, url: str, day: Any, text: Callable[[], str]) -> int:
    """Tell each of the people who wasn't told it of this day; the day stands in the address, so that a later one calls
    anew."""
    url = f"{url}#{day:%Y-%m-%d}"
    told = set(Notice.objects.filter(verb=verb, url=url).values_list("person", flat=True))
    fresh = [p for p in people if p.pk not in told]
    notices.tell(fresh, verb, text, url)
    return len(fresh)
