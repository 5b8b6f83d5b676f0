"""What a report is called and what it is about, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sauro.monitoring.models import Duty, Report
from sauro.web.home.links import plan_url, task_url
from sauro.web.home.words import period_words


@dataclass(slots=True, frozen=True)
class About:
    """What a report speaks of: a task, or a plan as a whole. `number`, `ref` name it in short."""

    title: str
    number: str
    ref: str
    url: str


def about(found: Report) -> About:
    """What the report speaks of. Reads `task.plan`, `round.plan` and `unit` as fetched."""
    if found.task:
        return About(found.task.title, found.task.plan.number, found.task.ref, task_url(found.task.pk))
    assert found.round is not None, "a report without a task belongs to a round"
    plan = found.round.plan
    title = found.round.event or plan.title or plan.label
    return About(title, plan.number, found.unit.name, plan_url(plan.pk))


def title_of(found: Report) -> str:
    """ "Báo cáo tháng 11/2026"; of what was called for: "Báo cáo theo yêu cầu"."""
    if found.duty and found.duty.period:
        return _("Báo cáo %(period)s") % {"period": period_words(found.duty.period, year=True)}
    if found.duty and found.duty.kind == Duty.Kind.CALLED:
        return _("Báo cáo theo yêu cầu")
    return _("Báo cáo nhiệm vụ")


def name_of(found: Report) -> str:
    """ "báo cáo tháng 11 của nhiệm vụ TM-11", for sentences."""
    period = period_words(found.duty.period) if found.duty else ""
    if found.task is None:
        words = _("báo cáo %(period)s của %(unit)s") if period else _("báo cáo theo yêu cầu của %(unit)s")
        return words % {"period": period, "unit": found.unit.name}
    words = _("báo cáo %(period)s của nhiệm vụ %(ref)s") if period else _("báo cáo của nhiệm vụ %(ref)s")
    return words % {"period": period, "ref": found.task.ref or found.task.title[:60]}


def name_of_duty(duty: Duty) -> str:
    """ "Báo cáo tháng 11, nhiệm vụ TM-11", for the line that says what comes next. Reads `task`, `plan` as fetched."""
    period = period_words(duty.period)
    if duty.task is None:
        words = _("Báo cáo %(period)s, kế hoạch %(number)s") if period else _("Báo cáo theo yêu cầu, %(number)s")
        return words % {"period": period, "number": duty.plan.number}
    words = _("Báo cáo %(period)s, nhiệm vụ %(ref)s") if period else _("Báo cáo theo yêu cầu, nhiệm vụ %(ref)s")
    return words % {"period": period, "ref": duty.task.ref}


def before_words(before: Report | None) -> str:
    """When the report before was: by its period, else by its day."""
    if before is None:
        return ""
    if before.duty and before.duty.period:
        return period_words(before.duty.period)
    return _("ngày %(day)s") % {"day": f"{before.submitted_at:%d/%m/%Y}"}
