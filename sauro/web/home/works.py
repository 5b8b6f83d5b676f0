"""The works that wait for a person, in groups by when they are due."""

from __future__ import annotations

import calendar
import datetime as dt
import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.monitoring.models import Duty, DutyQuerySet
from sauro.organization.models import Person
from sauro.organization.policy import Capability, reach
from sauro.web.context import badge
from sauro.web.home.links import duty_report_url, duty_url, plan_url, task_url
from sauro.web.home.words import period_words
from sauro.web.request import Request
from sauro.web.today import today
from sauro.web.waits import Waiting, waits, waits_of

# Beyond this a count is said as "hơn 999": nobody works from such a list, and counting further would cost more the
# more there is.
CAP = 999
FETCHED = 120
# How many works of a group the first page lists; the rest is one click away.
LISTED = {"overdue": 20, "week": 20, "month": 10, "later": 5}
REPORTED = (Duty.Kind.REPORT, Duty.Kind.PERIODIC, Duty.Kind.PLAN_REPORT, Duty.Kind.CALLED)


@dataclass(slots=True, frozen=True)
class Owed:
    """What is shown of a duty, its plan and its task, as plain columns: a task alone has some forty.

    `accountable_id`: who answers for the task; that and what follows it is empty where the plan itself owes the duty.
    """

    pk: int
    kind: str
    period: str
    title: str
    nominal_due: dt.date
    due: dt.date
    unit_path: str
    plan_id: int
    number: str
    round_id: int | None
    task_id: int | None
    ref: str | None
    progress: int | None
    accountable_id: int | None
    lead_path: str | None

    @classmethod
    def of(cls, duty: Duty) -> Owed:
        """Of a duty that was fetched with its plan and task."""
        task = duty.task
        of_task = (task.pk, task.ref, task.progress, task.accountable_id, task.lead_path) if task else (None,) * 5
        return cls(
            duty.pk, duty.kind, duty.period, duty.title, duty.nominal_due, duty.due, duty.unit_path, duty.plan_id,
            duty.plan.number, duty.round_id, *of_task,
        )  # fmt: skip

    @classmethod
    def all_of(cls, rows: DutyQuerySet) -> list[Owed]:
        """Of rows that are still to be fetched, in their order, in one query."""
        return [cls(*row) for row in rows.values_list(*_COLUMNS)]


_COLUMNS = (
    "pk", "kind", "period", "title", "nominal_due", "due", "unit_path", "plan_id", "plan__number", "round_id",
    "task_id",
    "task__ref", "task__progress", "task__accountable_id", "task__lead_path",
)  # fmt: skip


@dataclass(slots=True)
class Work:
    """One thing that waits, in the words of the page."""

    duty: Duty | Owed
    head: str
    title: str
    meta: str
    url: str
    action: str
    report_url: str = ""

    @property
    def moved_from(self) -> dt.date | None:
        """The day off that the due day was moved off."""
        return self.duty.nominal_due if self.duty.nominal_due != self.duty.due else None

    @property
    def brief(self) -> str:
        """The title in at most 80 characters, for the name of a button."""
        return self.title if len(self.title) <= 80 else f"{self.title[:79]}…"


@dataclass(slots=True)
class Group:
    """Works that are due in one stretch of time. `count` may be more than the works listed."""

    key: str
    label: str | Promise
    count: int
    works: list[Work] = field(default_factory=list)

    @property
    def hidden(self) -> int:
        """How many are counted but not listed."""
        return self.count - len(self.works)


@dataclass(slots=True, frozen=True)
class Counts:
    """How many works wait in each stretch, each counted up to `CAP`."""

    overdue: int = 0
    week: int = 0
    month: int = 0
    later: int = 0
    reports: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.overdue + self.week + self.month + self.later

    @property
    def capped(self) -> bool:
        """Whether there are more than are counted."""
        return self.total > CAP


def bounds(on: dt.date) -> tuple[dt.date, dt.date]:
    """The last day of this week (Sunday) and the last day of this month, the week's end where that is later."""
    week = on + dt.timedelta(days=6 - on.weekday())
    month = on.replace(day=calendar.monthrange(on.year, on.month)[1])
    return week, max(week, month)


def _parts(person: Person) -> list[DutyQuerySet]:
    """What the person owes, as querysets that an index answers in order of due day; together, each duty once."""
    return [part.open() for part in Duty.objects.owed_parts(person)]


@waits("works", listed=True)
def _owed(person: Person) -> list[Any]:
    """Of each part no more than `CAP` and one."""
    return [part.order_by("due", "id").values_list("due", "id", "kind")[: CAP + 1] for part in _parts(person)]


def _waiting(request: HttpRequest) -> list[Waiting]:
    """What waits for the person who is signed in, the first to be due first; sorted once per request."""
    found = getattr(request, "_works_waiting", None)
    if found is None:
        found = request._works_waiting = sorted(waits_of(request).lists["works"])  # type: ignore[attr-defined]
    return found


def counts_of(request: HttpRequest) -> Counts:
    """What waits for the person who is signed in, counted once per request."""
    found = getattr(request, "_works_counted", None)
    if found is None:
        found = request._works_counted = _count(_waiting(request), today())  # type: ignore[attr-defined]
    return found


def _count(waiting: list[tuple[dt.date, int, str]], on: dt.date) -> Counts:
    week, month = bounds(on)
    overdue = this_week = this_month = later = reports = 0
    # Counted here, not in the database: the rows are few, and an index gives them as they stand.
    for due, _id, kind in waiting:
        if due > month:
            later += 1
        elif due > week:
            this_month += 1
        else:
            overdue, this_week = overdue + (due < on), this_week + (due >= on)
            reports += kind in REPORTED
    return Counts(overdue, this_week, this_month, later, reports)


@badge("home")
def waiting_now(request: HttpRequest) -> int:
    """What is overdue or due this week: the badge of "Của tôi"."""
    counts = counts_of(request)
    return min(CAP, counts.overdue + counts.week)


@badge("report-list")
def reports_now(request: HttpRequest) -> int:
    """How many reports are overdue or due this week: the badge of "Báo cáo"."""
    return counts_of(request).reports


def groups_of(request: Request, *, whole: bool) -> list[Group]:
    """The four groups with their works, the first to be due first; `whole` lists what comes later too."""
    person, on = request.user, today()
    counts, (week, month) = counts_of(request), bounds(on)
    groups = [
        Group("overdue", gettext_lazy("Quá hạn"), counts.overdue),
        Group("week", gettext_lazy("Tuần này"), counts.week),
        Group("month", gettext_lazy("Tháng này"), counts.month),
        Group("later", gettext_lazy("Sau đó"), counts.later),
    ]
    listed: dict[int, Group] = {}
    room = dict(LISTED)
    for due, pk, _kind in _waiting(request)[:FETCHED]:
        group = groups[0 if due < on else 1 if due <= week else 2 if due <= month else 3]
        # Only what is shown is fetched: its place is known before.
        if whole or room[group.key]:
            room[group.key] -= 1
            listed[pk] = group
    for duty in Owed.all_of(Duty.objects.filter(pk__in=listed).order_by("due", "id")):
        listed[duty.pk].works.append(work_of(duty, person))
    return [g for g in groups if g.count]


def first_due(person: Person, limit: int, kinds: Sequence[str]) -> list[Duty]:
    """The duties of these kinds that the person owes first, with plan and task."""
    lists = []
    for part in _parts(person):
        rows = part.filter(kind__in=kinds).select_related("plan", "task")
        lists.append(list(rows.order_by("due", "id")[:limit]))
    return list(heapq.merge(*lists, key=lambda d: (d.due, d.pk)))[:limit]


def work_of(shown: Duty | Owed, person: Person) -> Work:
    """One duty in words: what is to be done with it, of what, and the button. A `Duty` comes with plan and task."""
    duty = Owed.of(shown) if isinstance(shown, Duty) else shown
    of_task = duty.task_id is not None
    meta = [duty.number, duty.ref]
    title = duty.title if of_task else duty.title.removeprefix(duty.number).strip()
    # A list of everybody's works holds what is met, and what others owe: there nothing is filled in for this person.
    own = not isinstance(shown, Duty) or (
        shown.state == Duty.State.OPEN and shown.unit_path.startswith(person.unit.path)
    )
    report_url = ""
    url = task_url(duty.task_id) if duty.task_id is not None else plan_url(duty.plan_id)
    head, action = _head(duty), _("Mở")
    if duty.kind in (Duty.Kind.PLAN_REPORT, Duty.Kind.MILESTONE):
        url, action = duty_url(duty.pk), _("Ghi nhận") if reach(person, Capability.REPORT) else _("Mở")
    unassigned = of_task and duty.accountable_id is None
    writes = bool(reach(person, Capability.REPORT))
    # A report on a plan as a whole belongs to a round: it can be written once that is open.
    if duty.kind in REPORTED and (duty.task_id or duty.round_id):
        action = _("Báo cáo")
        report_url = duty_report_url(duty.pk) if writes else ""
        url = url if duty.task_id else report_url or duty_url(duty.pk)
        meta.append(_("Đã điền sẵn từ kỳ trước") if duty.progress and own else "")
    elif duty.task_id and duty.kind == Duty.Kind.FINISH and duty.unit_path != duty.lead_path:
        # Several units lead: each finishes its part by reporting it whole; nobody of one unit answers for all.
        head, action, unassigned = _("Hoàn thành phần việc."), _("Báo cáo"), False
        report_url = duty_report_url(duty.pk) if writes else ""
    elif duty.kind == Duty.Kind.FINISH and unassigned and reach(person, Capability.ASSIGN_TASK):
        head, action = _("Giao người chịu trách nhiệm."), _("Giao việc")
    elif of_task and duty.kind == Duty.Kind.FINISH and duty.progress:
        meta.append(_("đạt %(percent)d%%") % {"percent": duty.progress})
    if unassigned:
        meta.append(_("Chưa rõ người"))
    return Work(shown, head, title, " · ".join(m for m in meta if m), url, action, report_url)


def _head(duty: Owed) -> str:
    words = {"period": period_words(duty.period)}
    match duty.kind:
        case Duty.Kind.CALLED:
            return _("Báo cáo theo yêu cầu.")
        case Duty.Kind.REPORT | Duty.Kind.PLAN_REPORT:
            return _("Báo cáo %(period)s.") % words
        case Duty.Kind.PERIODIC:
            return _("Thực hiện và báo cáo %(period)s.") % words
        case Duty.Kind.MILESTONE:
            return _("Đạt mốc.")
        case _:
            return _("Hoàn thành nhiệm vụ.")
