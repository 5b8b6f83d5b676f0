"""The year's cycle: the maintenance plan adopted in one click, or one that was issued already taken as the cycle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.documents.models import Reading
from sauro.ledger import services as ledger
from sauro.monitoring import services as monitoring
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, require
from sauro.plans.models import Plan, Task
from sauro.quality.models import CycleStep, YearCycle
from sauro.quality.ready.year import AgencyFacts, UnitFacts, contents, year_draft
from sauro.quality.services.errors import NotNow
from sauro.reading.manuscript import Manuscript
from sauro.reading.serial import draft_to_json
from sauro.vietnamese.text import fold

# Below this share of common words a task is not taken for one of the eight contents.
ALIKE = 0.25


def cycle_of(agency: Agency, year: int) -> YearCycle | None:
    """The agency's cycle of a year, with its plan."""
    return YearCycle.objects.filter(agency=agency, year=year).select_related("plan").first()


@transaction.atomic
def start_year(agency: Agency, year: int, kind: str, person: Person, today: dt.date) -> YearCycle:
    """Adopt the ready plan of the year's eight contents (QĐ 19/2014/QĐ-TTg): the plan, its duties and the wheel.

    `kind`: the kind of agency, a key of `ready.kinds.kinds()`. Raises `NotNow` (there is one already), `Refused`.
    """
    require(person, Capability.ADOPT_PLAN, agency)
    _none_yet(agency, year)
    units = [UnitFacts(u.name, u.kind) for u in Unit.objects.filter(agency=agency, is_active=True).order_by("path")]
    draft = year_draft(AgencyFacts(agency.name, kind, agency.place), year, units)
    reading = Reading.objects.create(
        agency=agency,
        file_name="",
        state=Reading.State.READY,
        progress=100,
        draft=draft_to_json(draft),
        manuscript=Manuscript([], "").to_json(),
        uploaded_by=person,
        version=1,
    )
    plan = monitoring.adopt(reading, person, today, accept_doubts=True)
    tasks = {t.ref: t for t in plan.tasks.all()}
    steps = {str(c.number): tasks[str(c.number)] for c in contents() if str(c.number) in tasks}
    return _keep(agency, year, plan, steps, person)


@transaction.atomic
def take_as_cycle(plan: Plan, year: int, steps: Mapping[str, Task], person: Person) -> YearCycle:
    """Take a plan that was issued and adopted as the year's cycle. `steps`: tasks of the plan by number of the content
    ("1" … "8"); those that it has not may be left out. Raises `NotNow`, `Refused`."""
    require(person, Capability.RUN_QUALITY, plan)
    agency = plan.agency
    _none_yet(agency, year)
    if not (plan.starts_on.year <= year <= plan.ends_on.year):
        raise NotNow(_("Kế hoạch %(plan)s không phải của năm %(year)d.") % {"plan": plan.number, "year": year})
    if any(task.plan_id != plan.pk for task in steps.values()):
        raise NotNow(_("Có nhiệm vụ không thuộc kế hoạch đã chọn."))
    if len({task.pk for task in steps.values()}) < len(steps):
        raise NotNow(_("Một nhiệm vụ chỉ ứng với một nội dung của năm."))
    if not steps:
        raise NotNow(_("Chọn ít nhất một nhiệm vụ ứng với nội dung của năm."))
    return _keep(agency, year, plan, steps, person)


def guess_steps(tasks: Sequence[Task]) -> dict[str, Task]:
    """Which task is which of the eight contents, by the words that they share; a proposal for a person."""
    pairs = []
    for content in contents():
        words = _words(content.title) | _words(content.arc.label)
        for task in tasks:
            told = _words(task.title)
            if told and words:
                pairs.append((len(words & told) / len(told), str(content.number), task))
    found: dict[str, Task] = {}
    for share, key, task in sorted(pairs, key=lambda p: -p[0]):
        if share >= ALIKE and key not in found and task not in found.values():
            found[key] = task
    return found


_COMMON = {"va", "cua", "cac", "theo", "cho", "ve", "nam", "he", "thong", "quan", "ly", "chat", "luong", "thuc", "hien"}


def _words(text: str) -> set[str]:
    cleaned = "".join(c if c.isalnum() else " " for c in fold(text))
    return {w for w in cleaned.split() if w not in _COMMON and len(w) > 1}


def _none_yet(agency: Agency, year: int) -> None:
    Agency.objects.select_for_update().get(pk=agency.pk)
    if found := cycle_of(agency, year):
        raise NotNow(
            _("Năm %(year)d đã có kế hoạch duy trì: %(plan)s.") % {"year": year, "plan": found.plan.label[:200]}
        )


def _keep(agency: Agency, year: int, plan: Plan, steps: Mapping[str, Task], person: Person) -> YearCycle:
    cycle = YearCycle.objects.create(agency=agency, year=year, plan=plan)
    CycleStep.objects.bulk_create(
        CycleStep(cycle=cycle, order=n, key=key, task=task)
        for n, (key, task) in enumerate(sorted(steps.items(), key=lambda s: int(s[0])))
    )
    ledger.record(person, "quality.year.started", cycle, year=year, plan=plan.pk, steps=len(steps))
    return cycle
