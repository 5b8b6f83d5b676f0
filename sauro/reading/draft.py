"""What was read out of one issued document: plain data, each field with the place it was read from.

`to_json` gives the shape of the published schema (`draft.schema.json`); `from_json` reads it back. Two drafts are
equal when their contents are: traces (`read`, `lines`) and doubts do not take part in equality.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Comparator = Literal[">=", ">", "<=", "<", "=", "range", "approx"]
ScheduleKind = Literal["deadline", "recurring", "continuous", "event", "unknown"]
PeriodKind = Literal["month", "quarter", "half", "year"]


@dataclass(slots=True, frozen=True)
class Trace:
    """Where one field was read and how surely.

    `block`: index in the manuscript; `cell`: index in a row's cells or None; `start`, `end`: characters in that
    block's (or cell's) text; `confidence`: 0 to 1; `raw`: the words as written, before mending.
    """

    block: int
    start: int = 0
    end: int = 0
    cell: int | None = None
    confidence: float = 1.0
    raw: str = ""


@dataclass(slots=True)
class Signer:
    name: str | None = None
    position: str | None = None
    authority: str | None = None  # KT., Q., TM., TL., TUQ.


@dataclass(slots=True)
class LegalBasis:
    """One "Căn cứ …": the instrument cited."""

    text: str
    type: str | None = None
    number: str | None = None
    date: dt.date | None = None
    read: dict[str, Trace] = field(default_factory=dict, compare=False)
    lines: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(slots=True)
class Article:
    """One "Điều N." of the decision."""

    number: str
    text: str


@dataclass(slots=True)
class Head:
    """The head and tail of the document (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

    number: str | None = None
    type: str | None = None
    issuer: str | None = None
    place: str | None = None
    issued_on: dt.date | None = None
    title: str | None = None
    signer: Signer | None = None
    proposed_by: str | None = None
    legal_bases: list[LegalBasis] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    read: dict[str, Trace] = field(default_factory=dict, compare=False)


@dataclass(slots=True)
class DraftTarget:
    """A number to reach. `low` and `high` are in `unit`; `>=` has no high, `<=` no low, `=` and `approx` both."""

    indicator: str
    comparator: Comparator
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    direction: Literal["increase", "decrease"] | None = None
    baseline_year: int | None = None
    period: str | None = None
    source_text: str = ""
    read: dict[str, Trace] = field(default_factory=dict, compare=False)
    lines: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(slots=True)
class DraftObjective:
    """A wish in words with its targets. `items`: its sentences where it has several."""

    text: str
    ref: str | None = None
    items: list[str] = field(default_factory=list)
    targets: list[DraftTarget] = field(default_factory=list)
    measurement: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    read: dict[str, Trace] = field(default_factory=dict, compare=False)
    lines: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(slots=True)
class Schedule:
    """When a task is to be done. `due`: its last day; `start`: first day where a range is given;
    `period`: of a recurring one; `event`: words of "khi …" for an event."""

    kind: ScheduleKind
    due: dt.date | None = None
    period: PeriodKind | None = None
    start: dt.date | None = None
    event: str | None = None


@dataclass(slots=True)
class DraftMilestone:
    """A dated step written inside a task's cell."""

    text: str
    due: dt.date | None = None


@dataclass(slots=True)
class DraftTask:
    """One task of the appendix. Unit names are as the register has them where matched, else as written."""

    ref: str
    title: str
    group: str | None = None
    lead_units: list[str] = field(default_factory=list)
    coordinating_units: list[str] = field(default_factory=list)
    responsible_text: str | None = None
    schedule_text: str | None = None
    schedule: Schedule = field(default_factory=lambda: Schedule("unknown"))
    products: list[str] = field(default_factory=list)
    milestones: list[DraftMilestone] = field(default_factory=list)
    measurement: str | None = None
    report_frequency: str | None = None
    records: str | None = None
    origin_footnote: str | None = None
    authority: str | None = None  # who approves the result, where a column says so
    note: str | None = None  # what stands in a "Ghi chú" column
    read: dict[str, Trace] = field(default_factory=dict, compare=False)
    lines: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(slots=True)
class ReportingRule:
    """As in "before_day 20 of the last month of the quarter": `of` is a short English phrase, as in the schema."""

    period: str | None = None
    before_day: int | None = None
    of: str | None = None


@dataclass(slots=True)
class ReportingDuty:
    """Who reports to whom, through whom, when: written in prose in the document."""

    who: str
    to: str | None
    schedule_text: str
    rule: ReportingRule = field(default_factory=ReportingRule)
    via: str | None = None
    text: str = ""
    read: dict[str, Trace] = field(default_factory=dict, compare=False)
    lines: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(slots=True)
class Form:
    """A form that stands in the document: its columns, rows and rating scale."""

    name: str
    columns: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    ratings: list[str] = field(default_factory=list)
    signed_by: str | None = None
    lines: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(slots=True)
class Doubt:
    """What could not be read for sure. `field`: a path into the draft ("tasks[2].lead_units", "document.number");
    `text`: the words as written; `why`: one Vietnamese sentence; `proposals`: likely readings, best first."""

    field: str  # hides the function of that name in this class
    text: str
    why: str
    proposals: list[str] = dataclasses.field(default_factory=list)
    trace: Trace | None = None
    lines: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Draft:
    """A whole reading. Nothing in it is in force until a person adopts it."""

    document: Head = field(default_factory=Head)
    objectives: list[DraftObjective] = field(default_factory=list)
    tasks: list[DraftTask] = field(default_factory=list)
    reporting_duties: list[ReportingDuty] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list, compare=False)
