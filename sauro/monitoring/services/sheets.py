"""All the reports that a unit owes in one round, as rows of one sheet: on a page, or in an Excel file."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from sauro.monitoring.lattice import Verb
from sauro.monitoring.models import Duty, Report, Round
from sauro.monitoring.services.moving import locked_words, why_not, writes_for
from sauro.monitoring.services.reports import TEXTS, Stale, answer_duty, filled_in, save_report, submit_report
from sauro.organization.models import Person
from sauro.organization.models.units import under
from sauro.organization.policy import Refused
from sauro.plans.models import Task
from sauro.plans.services.errors import NotNow
from sauro.writing.text import clean

FIELDS = ("progress", *TEXTS)
# What a cell of Excel holds, and more than a person reads in one.
LONGEST = 20_000


@dataclass(slots=True)
class Row:
    """One duty of the round with what is said of it. `report`: None where nobody has begun; `before`: the report
    handed in before; `values`: what stands now, or what a new report begins with."""

    duty: Duty
    report: Report | None
    before: Report | None
    values: dict[str, Any]
    blocked: str = ""

    @property
    def version(self) -> int:
        """How often it has been saved."""
        return self.report.version if self.report else 0

    @property
    def state(self) -> str:
        """The state of its report; empty where nobody has begun."""
        return self.report.state if self.report else ""

    @property
    def ready(self) -> bool:
        """Whether it was written this time and can be handed in."""
        return not self.blocked and bool(self.version) and bool(self.values["done_text"])


def canonical(text: str) -> str:
    """A text as it is compared: what forms and Excel change by themselves (ends of lines, blanks at the ends) apart."""
    return clean(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def checked(raw: Mapping[str, str], *, with_progress: bool) -> tuple[dict[str, Any], dict[str, str]]:
    """What was typed in the cells of one row as values, and for each cell that is wrong a sentence."""
    values: dict[str, Any] = {name: canonical(raw[name]) for name in TEXTS if name in raw}
    faults = {
        name: _("Dài quá %(most)d chữ. Viết gọn lại, phần dài để vào minh chứng.") % {"most": LONGEST}
        for name, text in values.items()
        if len(text) > LONGEST
    }
    if with_progress and "progress" in raw:
        text = raw["progress"].replace("%", "").replace(",", ".").strip()
        whole = text[:-2] if text.endswith(".0") else text
        if whole.isascii() and whole.isdigit() and len(whole) <= 3 and int(whole) <= 100:
            values["progress"] = int(whole)
        else:
            faults["progress"] = _("Ghi tiến độ bằng số nguyên từ 0 đến 100.")
    return {k: v for k, v in values.items() if k not in faults}, faults


def mark_of(values: Mapping[str, Any]) -> str:
    """A short mark of a row's values, by which an Excel file tells whether a row was touched since it was written."""
    joined = "\x1f".join(canonical(str(values[name])) for name in FIELDS)
    return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest()[:10]


def duties_of(round: Round, person: Person) -> Any:
    """The duties of the round that the person may report on: those of their unit, of units under it and above it, and
    those in their name."""
    path = person.unit.path
    step = type(person.unit).steplen
    above = [path[:n] for n in range(step, len(path), step)]
    mine = Q(person=person) | under("unit_path", path) | Q(unit_path__in=above)
    return round.duties.filter(mine).exclude(state=Duty.State.CANCELLED)


def rows_of(round: Round, person: Person) -> list[Row]:
    """The sheet of the person's unit in the round, in the order of the plan; the plan as a whole comes last.

    A constant number of queries, however many rows there are. `round` comes with `plan` and `focal_unit`.
    """
    duties = list(duties_of(round, person).select_related("task", "unit", "plan"))
    duties.sort(key=lambda d: (d.task is None, d.task.order if d.task else 0, d.unit_path, d.pk))
    begun = {
        r.duty_id: r
        for r in Report.objects.filter(duty__in=[d.pk for d in duties]).select_related(
            "unit", "author", "changed_by", "returned_by"
        )
    }
    for one in begun.values():
        one.round = round
    before = _before(duties, person)
    closed = locked_words(round) if round.state == Round.State.LOCKED else ""
    # Who can lift it is asked for once for each state, not for each row.
    said: dict[tuple[str, bool], str] = {}
    rows = []
    for duty in duties:
        report, last = begun.get(duty.pk), before.get(duty.pk)
        if report:
            key = (report.state, writes_for(report, person))
            if key not in said or not key[1]:
                said[key] = why_not(report, Verb.SAVE, person)
            values = {name: getattr(report, name) for name in FIELDS}
            blocked = said[key]
        else:
            values = filled_in(duty.task, person, last)
            blocked = closed or (_("Đã ghi nhận xong, không cần báo cáo.") if duty.state == Duty.State.MET else "")
        rows.append(Row(duty, report, last, values, blocked))
    return rows


def _before(duties: list[Duty], person: Person) -> dict[int, Report]:
    """For each duty (by id) the report handed in before it, as `last_report` finds it for one."""
    said = Report.objects.handed_in().order_by("-submitted_at")
    path, ids = person.unit.path, {d.task_id for d in duties if d.task_id}
    tasks = Task.objects.filter(pk__in=ids)
    led = [d.task.pk for d in duties if d.task and d.task.lead_path and path.startswith(d.task.lead_path)]
    by_lead = said.filter(task=OuterRef("pk"), unit__path__startswith=OuterRef("lead_path"))
    by_unit = said.filter(task=OuterRef("pk"), unit=person.unit)
    found: dict[int, int] = {}
    for rows, latest in ((tasks.filter(pk__in=led), by_lead), (tasks.exclude(pk__in=led), by_unit)):
        found |= dict(rows.annotate(last=Subquery(latest.values("pk")[:1])).values_list("pk", "last"))
    whole = [d for d in duties if d.task_id is None]
    on_plan = said.filter(task=None, unit=OuterRef("unit"), round__plan=OuterRef("plan"))
    whole_rows = Duty.objects.filter(pk__in=[d.pk for d in whole])
    by_duty = dict(whole_rows.annotate(last=Subquery(on_plan.values("pk")[:1])).values_list("pk", "last"))
    wanted = {pk for pk in [*found.values(), *by_duty.values()] if pk}
    reports = Report.objects.select_related("duty").in_bulk(wanted)
    last_of = {d.pk: found.get(d.task_id) if d.task_id else by_duty.get(d.pk) for d in duties}
    return {pk: reports[last] for pk, last in last_of.items() if last}


@transaction.atomic
def keep_row(duty: Duty, person: Person, values: Mapping[str, Any], today: dt.date, *, version: int = 0) -> Report:
    """Keep one row: its report is begun where nobody has. `version`: the one that the sheet was made from.

    Raises `NotNow`, `Refused`, `Stale`.
    """
    report = Report.objects.filter(duty=duty).first() or answer_duty(duty, person, today)
    return save_report(report, person, values, version=version)


@dataclass(slots=True)
class HandedIn:
    """What came of handing in many at once: the reports, and for each duty (by id) that stayed behind, why."""

    done: list[Report] = field(default_factory=list)
    behind: dict[int, str] = field(default_factory=dict)


def submit_rows(rows: Iterable[Row], person: Person, today: dt.date) -> HandedIn:
    """Hand in each of these rows that can be; each by itself, so that one that can't be keeps none of the others.

    A row that nobody has begun is handed in with what it begins with: whoever names it says that it still holds.
    """
    outcome = HandedIn()
    for row in rows:
        try:
            with transaction.atomic():
                report = row.report or answer_duty(row.duty, person, today)
                outcome.done.append(submit_report(report, person, today))
        except (NotNow, Refused) as no:
            outcome.behind[row.duty.pk] = str(no)
    return outcome


@dataclass(slots=True, frozen=True)
class Line:
    """One row of an uploaded sheet. `at`: the address of each field's cell ("E7"), that of the row's mark under "mark".

    `duty`, `version`, `mark`: what the mark holds; None where it can't be read.
    """

    at: Mapping[str, str]
    raw: Mapping[str, str]
    round: int | None
    duty: int | None
    version: int
    mark: str


@dataclass(slots=True, frozen=True)
class Fault:
    """One cell that is wrong: its address, the row's name, the sentence."""

    at: str
    name: str
    sentence: str


@dataclass(slots=True)
class Imported:
    """What an uploaded sheet did: how many rows changed, how many were as they had been; or what is wrong in it, and
    then nothing was changed."""

    changed: int = 0
    untouched: int = 0
    faults: list[Fault] = field(default_factory=list)


class _TakenBack(Exception):
    """Takes the transaction back."""


def import_lines(round: Round, person: Person, lines: Iterable[Line], today: dt.date) -> Imported:
    """Take in an uploaded sheet: all of it or, where any cell is wrong, nothing.

    A row that wasn't touched since the sheet was written changes nothing, whatever happened to its report meanwhile.
    """
    outcome = Imported()
    try:
        with transaction.atomic():
            rows = {row.duty.pk: row for row in rows_of(round, person)}
            seen: set[int] = set()
            for line in lines:
                _take(rows, seen, line, person, today, outcome)
            if outcome.faults:
                raise _TakenBack
    except _TakenBack:
        outcome.changed = outcome.untouched = 0
    return outcome


def _take(
    rows: Mapping[int, Row], seen: set[int], line: Line, person: Person, today: dt.date, outcome: Imported
) -> None:
    row = rows.get(line.duty) if line.duty else None
    if row is None or row.duty.round_id != line.round:
        words = _("Dòng này không phải việc của đơn vị trong kỳ. Giữ nguyên cột Mã nhận dạng, không chép từ tệp khác.")
        outcome.faults.append(Fault(line.at["mark"], "", words))
        return
    name = row.duty.task.ref if row.duty.task else row.duty.plan.number
    if row.duty.pk in seen:
        outcome.faults.append(Fault(line.at["mark"], name, _("Dòng này có hai lần trong bảng. Xóa bớt một dòng.")))
        return
    seen.add(row.duty.pk)
    values, faults = checked(line.raw, with_progress=row.duty.task is not None)
    if not faults and mark_of({"progress": 0, **values}) == line.mark:
        outcome.untouched += 1
        return
    outcome.faults += [Fault(line.at[where], name, sentence) for where, sentence in faults.items()]
    now = {key: canonical(str(row.values[key])) for key in values}
    differing = [key for key in values if now[key] != str(values[key])]
    if faults or not differing:
        outcome.untouched += not faults
        return
    try:
        with transaction.atomic():
            keep_row(row.duty, person, values, today, version=line.version)
    except Stale as stale:
        words = _("%(said)s Tải bảng mới rồi ghi lại dòng này.") % {"said": stale}
        outcome.faults.append(Fault(line.at[differing[0]], name, words))
    except (NotNow, Refused) as no:
        outcome.faults.append(Fault(line.at[differing[0]], name, str(no)))
    else:
        outcome.changed += 1
