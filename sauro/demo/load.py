"""The demonstration agency: its register, its people, three decisions read by the engine, and a year that was lived.

Everything is done through the services, as people would have done it, on the days on which they would have.
"""

from __future__ import annotations

import datetime as dt
import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from sauro.demo import changes, early, make, quality, rounds, waiting
from sauro.demo.decisions.parts import AGENCY, PARENT
from sauro.demo.life import Life, clock
from sauro.demo.ratings import rate_the_year
from sauro.demo.story import STORY, Words
from sauro.demo.targets import target_events
from sauro.demo.works import work_events
from sauro.documents import services as documents
from sauro.documents.models import Reading
from sauro.files import services as files
from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Duty
from sauro.organization import services as organization
from sauro.organization.models import Agency, Person, Unit
from sauro.plans.models import Plan, Task

PASSWORD = "sauro-demo-2026"
SIGN_INS = ("an", "binh", "chi", "dung", "nguyet", "ha")
Progress = Callable[[float, str], None]


def load(today: dt.date, progress: Progress | None = None) -> Agency:
    """Make the demonstration agency as it stands on `today`. Raises `ValueError` where it exists already."""
    if Agency.objects.filter(name=AGENCY).exists():
        raise ValueError(f"Đã có {AGENCY} trong cơ sở dữ liệu này.")
    report = progress or (lambda _part, _words: None)
    year = today.year if today >= dt.date(today.year, 3, 1) else today.year - 1
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        report(0.05, "Danh bạ đơn vị, người dùng")
        with clock(dt.date(year, 1, 5)):
            life = _begin(today, year)
        source = make.FILES if year == make.YEAR else Path(folder)
        if source != make.FILES:
            make.make(year, source)
        plans = []
        for i, path in enumerate(sorted(source.glob("*.docx"))):
            report(0.1 + 0.1 * i, path.name)
            plans.append(_adopt(life, path))
        deeds = [event for plan in plans for event in _events(life, plan)]
        begun = min(timezone.localdate(plan.adopted_at) for plan in plans)
        deeds += [_Event(*deed) for deed in rounds.opening(life, begun)]
        deeds += [_Event(*deed) for deed in target_events(life.agency, life.people, year)]
        deeds += [_Event(*deed) for deed in work_events(plans, life.people, year)]
        events = sorted(deeds, key=lambda e: (e.day, e.order))
        for i, event in enumerate(e for e in events if e.day <= today):
            with clock(event.day, 8 + event.order % 9):
                event.act()
            if i % 20 == 0:
                report(0.4 + 0.6 * i / len(events), "Báo cáo, minh chứng trong năm")
        rate_the_year(life, plans)
        with clock(today, 17):
            waiting.live(life.agency, life.people, today)
            changes.compare(life.agency, life.people["chi"])
            changes.propose(life.agency, life.people, today)
            early.watch(life.agency, life.people["chi"], today)
        report(0.97, "Hệ thống quản lý chất lượng")
        quality.make(life)
    report(1.0, AGENCY)
    return life.agency


def _begin(today: dt.date, year: int) -> Life:
    agency = organization.make_agency(
        AGENCY, short_name="Sở Công Thương", parent_name=PARENT, code="SCT", place="Bình Lãng"
    )
    organization.load_register(agency, make.units_data())
    organization.propose_days_off(agency, (year, year + 1))
    units = {u.name: u for u in Unit.objects.filter(agency=agency)}
    people = {}
    for p in make.people_data():
        people[p["username"]] = organization.add_person(
            p["username"],
            p["name"],
            units[p["unit"]],
            p["role"],
            None,
            position=p["position"],
            post=p["post"],
            email=f"{p['username']}@sct.binhlang.example",
        )
    # One hash for all: hashing is slow by design, and these sign-ins are printed on the first screen anyway.
    Person.objects.filter(unit__agency=agency).update(password=make_password(PASSWORD))
    return Life(agency, people, today, random.Random(20260105))


def _adopt(life: Life, path: Path) -> Plan:
    """Upload, read and adopt one decision, two days after it was issued."""
    chi = life.people["chi"]
    with path.open("rb") as source:
        stored, _known = files.store(source, path.name)
    with clock(dt.date(life.today.year, 1, 5)):
        reading = Reading.objects.create(agency=life.agency, file=stored, file_name=path.name, uploaded_by=chi)
        reading = documents.run_reading(reading.pk)
    if reading.state != Reading.State.READY:
        raise ValueError(f"{path.name}: {reading.error}")
    day = (reading.get_draft().document.issued_on or life.today) + dt.timedelta(days=2)
    with clock(day):
        return monitoring.adopt(reading, chi, day, accept_doubts=True)


@dataclass(slots=True)
class _Event:
    day: dt.date
    order: int
    act: Callable[[], object]


def _events(life: Life, plan: Plan) -> Iterator[_Event]:
    adopted = timezone.localdate(plan.adopted_at)
    tasks = plan.tasks.select_related("plan", "lead_unit").prefetch_related("products").order_by("order")
    for n, task in enumerate(tasks):
        words = STORY[(plan.pk + n) % len(STORY)]
        staff = life.staff_of(task)
        head = life.head_of(task)
        if head is None:
            yield from (
                _again(life, task, None, adopted, n, words) if task.due is None else _together(life, task, n, words)
            )
        if not staff or head is None:
            continue
        person = staff[0] if n % 3 else staff[n % len(staff)]
        # One task in nine has nobody named yet: that is what the first of the six clears is for.
        if n % 9 != 4:
            yield _Event(adopted + dt.timedelta(days=3 + n % 5), n, _assigning(life, task, person, head))
        if task.due:
            yield from _towards(life, task, person, head, adopted, n, words)
        else:
            yield from _again(life, task, person, adopted, n, words)
    yield from _plan_reports(life, plan)


def _assigning(life: Life, task: Task, person: Person, head: Person) -> Callable[[], object]:
    return lambda: monitoring.assign(task, person, head)


def _towards(
    life: Life, task: Task, person: Person, head: Person, adopted: dt.date, n: int, words: Words
) -> Iterator[_Event]:
    """A dated task: reports on the way, then done in time, done late, or still open."""
    due = task.due
    assert due is not None
    fate = ("early", "on_time", "on_time", "late", "early", "on_time", "open", "on_time")[n % 8]
    span = max(10, (due - adopted).days)
    for share, percent in ((0.35, 30), (0.7, 65)):
        day = adopted + dt.timedelta(days=int(span * share) + n % 4)
        yield _Event(day, n, _reporting(life, task, person, percent, words, []))
    last = {"early": -6 - n % 9, "on_time": -1 - n % 3, "late": 4 + n % 8, "open": -4}[fate]
    end = due + dt.timedelta(days=last)
    if fate == "open":
        yield _Event(end, n, _reporting(life, task, person, 80, words, list(task.products.all())[:-1]))
        return
    yield _Event(end, n, _reporting(life, task, person, 100, words, list(task.products.all())))
    yield _Event(end, n + 1000, _completing(task, head, end))


def _again(life: Life, task: Task, person: Person | None, adopted: dt.date, n: int, words: Words) -> Iterator[_Event]:
    """A task without a date: what falls due period by period in each unit that owes it, mostly reported in time."""
    duties = list(Duty.objects.filter(task=task).order_by("due", "pk"))
    for k, duty in enumerate(duties):
        reporter = person if duty.unit_path == task.lead_path else life.first_of(duty.unit_path)
        if reporter is None or (life.is_recent(duty) and (n + 5 * k) % 4 == 1):
            continue
        day = duty.due - dt.timedelta(days=2 + (n + k) % 5)
        products = list(task.products.all()) if k == 0 else []
        yield _Event(day, n, _reporting(life, task, reporter, min(90, 20 + 2 * k), words, products, duty))
    if not duties and person:
        yield _Event(adopted + dt.timedelta(days=60 + n), n, _reporting(life, task, person, 40, words, []))


def _together(life: Life, task: Task, n: int, words: Words) -> Iterator[_Event]:
    """A dated task that a group of units leads: each finishes its part, two of them late."""
    for k, duty in enumerate(Duty.objects.filter(task=task, kind=Duty.Kind.FINISH).order_by("unit_path")):
        reporter = life.first_of(duty.unit_path)
        if reporter:
            day = duty.due + dt.timedelta(days=9 if k % 4 == 3 else -(1 + k))
            yield _Event(
                day, n, _reporting(life, task, reporter, 100, words, list(task.products.all()) if k == 0 else [])
            )
    director = life.people["nguyet"]
    if task.due:
        yield _Event(task.due + dt.timedelta(days=12), n + 1000, _completing(task, director, task.due))


def _reporting(
    life: Life, task: Task, person: Person, percent: int, words: Words, products: list, duty: Duty | None = None
) -> Callable[[], object]:
    def act() -> None:
        day = timezone.localdate()
        report = monitoring.start_report(task, person, day, duty=duty)
        values = {"progress": percent, "done_text": words.done(percent), "difficulties": words.difficulty(percent)}
        monitoring.save_report(report, person, values)
        for product in products:
            name = f"{product.text[:60].strip()}.docx"
            dated = day - dt.timedelta(days=3)
            monitoring.add_evidence(
                report, person, life.paper(product.text), name, document_date=dated, product=product
            )
        monitoring.submit_report(report, person, day)

    return act


def _completing(task: Task, head: Person, day: dt.date) -> Callable[[], object]:
    return lambda: monitoring.complete(task, head, day)


def _plan_reports(life: Life, plan: Plan) -> Iterator[_Event]:
    """The periodic reports on the plan as a whole: sent by nearly every unit nearly every time."""
    duties = Duty.objects.filter(plan=plan, kind=Duty.Kind.PLAN_REPORT).select_related("unit").order_by("due", "pk")
    heads = {p.unit.path: p for p in life.people.values() if p.post == Person.Post.HEAD}
    for k, duty in enumerate(duties):
        head = heads.get(duty.unit_path)
        if head and not (life.is_recent(duty) and k % 3 == 0):
            day = duty.due - dt.timedelta(days=k % 4)
            yield _Event(day, k, _sending(duty, head, day, k))


def _sending(duty: Duty, head: Person, day: dt.date, k: int) -> Callable[[], object]:
    return lambda: rounds.sent(duty, head, day, k)
