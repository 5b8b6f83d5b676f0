"""Tables that state the fields of a plan outright: in Excel, and in Word where prose can't say it.

A table is taken by its header words alone, wherever it stands and in whatever order its columns are. What it states
rules over what was read in prose. A list inside a cell is written one item a line, each with a dash.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sauro.reading.draft import (
    Article,
    Doubt,
    Draft,
    DraftMilestone,
    DraftObjective,
    DraftTarget,
    DraftTask,
    Form,
    LegalBasis,
    ReportingDuty,
    ReportingRule,
    Schedule,
    Signer,
    Trace,
)
from sauro.reading.manuscript import Block, Manuscript
from sauro.reading.schedules import read_schedule
from sauro.reading.stated.cells import date, integer, items_in, named, number, one
from sauro.reading.stated.words import (
    COMPARATORS,
    DIRECTIONS,
    DUTIES,
    FORMS,
    HEAD,
    HEAD_ROWS,
    HEADERS,
    KINDS,
    MARKS,
    OBJECTIVES,
    PERIODS,
    SIGNS,
    TARGETS,
    TASKS,
    TableKind,
)  # fmt: skip
from sauro.reading.text import key, squeeze
from sauro.reading.units import UNKNOWN_UNIT, Register

Row = dict[str, str]


@dataclass(slots=True)
class Stated:
    """What such tables say. None: no such table. `taken`: the blocks they are made of."""

    head: dict[str, Any] = field(default_factory=dict)
    objectives: list[DraftObjective] | None = None
    tasks: list[DraftTask] | None = None
    duties: list[ReportingDuty] | None = None
    forms: list[Form] | None = None
    taken: set[int] = field(default_factory=set)
    unscheduled: list[int] = field(default_factory=list)
    units: Register | None = None
    doubts: list[Doubt] = field(default_factory=list)

    def apply(self, draft: Draft) -> None:
        """Put what is stated in place of what was read elsewhere; doubts about what is replaced go."""
        replaced = []
        self._finish_schedules(plan_year(draft))
        for name in ("objectives", "tasks", "duties", "forms"):
            value = getattr(self, name)
            if value is not None:
                field_name = "reporting_duties" if name == "duties" else name
                setattr(draft, field_name, value)
                replaced.append(field_name)
        signer = {k: v for k, v in self.head.items() if k in {"authority", "position", "name"}}
        for name, value in self.head.items():
            if name not in signer:
                setattr(draft.document, name, value)
            replaced.append(f"document.{name}")
        if signer:
            now = draft.document.signer or Signer()
            for name, value in signer.items():
                setattr(now, name, value)
            draft.document.signer = None if now == Signer() else now
            replaced.append("document.signer")
        draft.doubts = (
            [d for d in draft.doubts if not d.field.startswith(tuple(replaced))] if replaced else draft.doubts
        )
        draft.doubts += self.doubts

    def bodies(self, text: str, where: str, index: int) -> list[str]:
        """The bodies of a cell, one a line; a name that the register doesn't know for sure stays, in doubt."""
        names = []
        for item in items_in(text):
            known = self.units.match(item) if self.units else None
            if known is None or item in self.units.names:  # type: ignore[union-attr]
                names.append(item)
                continue
            sure = known.known and not known.mended
            names.append(known.name if sure else item)
            if not sure:
                proposals = [known.name] if known.mended else list(known.proposals)
                self.doubts.append(Doubt(where, item, UNKNOWN_UNIT.format(item), proposals, Trace(index)))
        return names

    def _finish_schedules(self, year: int | None) -> None:
        """A row without "Loại thời hạn" has its schedule in the words of "Thời gian thực hiện"."""
        for place in self.unscheduled:
            task = (self.tasks or [])[place]
            read = read_schedule(task.schedule_text or "", year)
            task.schedule = read.schedule
            if read.why:
                where = f"tasks[{place}].schedule"
                self.doubts.append(
                    Doubt(where, task.schedule_text or "", read.why, trace=task.read.get("schedule_text"))
                )


def plan_year(draft: Draft) -> int | None:
    """The year a quarter or month without one belongs to: that of the title, else of the document's date."""
    years = re.findall(r"\bnăm\s+(20\d\d)\b", draft.document.title or "")
    if years:
        return int(years[-1])
    return draft.document.issued_on.year if draft.document.issued_on else None


def without(manuscript: Manuscript, taken: set[int]) -> Manuscript:
    """The manuscript with the taken blocks emptied, every other block at its own number."""
    if not taken:
        return manuscript
    blocks = [Block("paragraph", "") if n in taken else block for n, block in enumerate(manuscript.blocks)]
    return dataclasses.replace(manuscript, blocks=blocks)


def read_stated(manuscript: Manuscript, units: Register | None = None) -> Stated:
    """What the manuscript's tables state outright, and which blocks they take."""
    stated = Stated(units=units)
    targets: list[tuple[Row, int]] = []
    readers: dict[TableKind, Callable[[Stated, Row, int], None]] = {
        "head": _head_row, "objectives": _objective_row, "tasks": _task_row, "duties": _duty_row, "forms": _form_row,
    }  # fmt: skip
    for kind, row, index in _rows(manuscript.blocks, stated.taken):
        if not row:
            # The header alone says that the plan has none of these.
            if kind in ("objectives", "tasks", "duties", "forms") and getattr(stated, kind) is None:
                setattr(stated, kind, [])
        elif kind == "targets":
            targets.append((row, index))
        else:
            readers[kind](stated, row, index)
    for row, index in targets:
        _target_row(stated, row, index)
    return stated


def _rows(blocks: list[Block], taken: set[int]) -> Iterator[tuple[TableKind, Row, int]]:
    kind: TableKind | None = None
    names: list[str] = []
    group = ""
    table: int | None = None
    for index, block in enumerate(blocks):
        if block.kind != "row":
            continue
        if block.table != table:
            kind, table, group = None, block.table, ""
        found = _header(block)
        if found:
            kind, names = found
            taken.add(index)
            yield kind, {}, index
        elif kind:
            taken.add(index)
            if kind == "tasks" and len(block.cells) == 1 and block.cells[0].colspan == len(names) > 1:
                group = block.cells[0].text
                continue
            row = dict(zip(names, (cell.text for cell in block.cells), strict=False))
            if kind == "tasks":
                row.setdefault(TASKS[1], group)
                if block.notes:
                    row.setdefault(TASKS[18], _note(blocks, index))
            yield kind, row, index


def _note(blocks: list[Block], index: int) -> str:
    """The words of a row's footnotes: a note stands under the row of its first mark, a later mark points back to it."""
    found = []
    for mark in blocks[index].notes:
        under = index + 1
        while under < len(blocks) and blocks[under].kind == "footnote" and mark not in blocks[under].notes:
            under += 1
        if under < len(blocks) and blocks[under].kind == "footnote":
            found.append(blocks[under].text)
        else:
            found += [b.text for b in reversed(blocks[:index]) if b.kind == "footnote" and mark in b.notes][:1]
    return " ".join(found)


def _header(block: Block) -> tuple[TableKind, list[str]] | None:
    keys = [key(cell.text.replace("\n", " ")) for cell in block.cells]
    for kind, headers in HEADERS.items():
        known = {key(header): header for header in headers}
        if all(any(key(headers[n]) in keys for n in one_of) for one_of in SIGNS[kind]):
            return kind, [known.get(k, k) for k in keys]
    return None


def _trace(index: int) -> dict[str, Trace]:
    return {"text": Trace(index)}


def _head_row(stated: Stated, row: Row, index: int) -> None:
    label = squeeze(row[HEAD[0]])
    name = next((n for n, words in HEAD_ROWS.items() if key(words) == key(label)), None)
    content = row.get(HEAD[1], "")
    if name is None and key(label).startswith("dieu "):
        stated.head.setdefault("articles", []).append(
            Article(label[5:], "\n".join(squeeze(line) for line in content.split("\n") if line.strip()))
        )
    elif name == "legal_bases":
        bases = stated.head.setdefault(name, [])
        if one(content):
            bases.append(
                LegalBasis(
                    text=squeeze(content),
                    type=one(row.get(HEAD[2], "")),
                    number=one(row.get(HEAD[3], "")),
                    date=date(row.get(HEAD[4], "")),
                    read=_trace(index),
                )
            )
    elif name == "recipients":
        stated.head.setdefault(name, []).extend(filter(None, [one(content)]))
    elif name == "articles":
        stated.head.setdefault(name, [])
    elif name == "issued_on":
        stated.head[name] = date(content)
    elif name:
        stated.head[name] = one(content)


def _objective_row(stated: Stated, row: Row, index: int) -> None:
    stated.objectives = stated.objectives or []
    get = row.get
    stated.objectives.append(
        DraftObjective(
            text=squeeze(get(OBJECTIVES[2], "")),
            ref=one(get(OBJECTIVES[1], "")),
            items=items_in(get(OBJECTIVES[3], "")),
            measurement=one(get(OBJECTIVES[4], "")),
            start=date(get(OBJECTIVES[5], "")),
            end=date(get(OBJECTIVES[6], "")),
            read=_trace(index),
        )
    )


def _target_row(stated: Stated, row: Row, index: int) -> None:
    get = row.get
    comparator = named(COMPARATORS, get(TARGETS[2], ""))
    place = integer(get(TARGETS[0], ""))
    objectives = stated.objectives or []
    if place is None or not 0 < place <= len(objectives) or comparator not in COMPARATORS:
        words = " | ".join(filter(None, map(squeeze, row.values())))
        why = "Dòng chỉ tiêu này chưa rõ thuộc mục tiêu nào hoặc so sánh thế nào."
        stated.doubts.append(Doubt("objectives", words, why, trace=Trace(index)))
        return
    direction = named(DIRECTIONS, get(TARGETS[6], ""))
    objectives[place - 1].targets.append(
        DraftTarget(
            indicator=squeeze(get(TARGETS[1], "")),
            comparator=comparator,  # type: ignore[arg-type]
            low=number(get(TARGETS[3], "")),
            high=number(get(TARGETS[4], "")),
            unit=one(get(TARGETS[5], "")),
            direction=direction if direction in DIRECTIONS else None,  # type: ignore[arg-type]
            baseline_year=integer(get(TARGETS[7], "")),
            period=one(get(TARGETS[8], "")),
            source_text=squeeze(get(TARGETS[9], "")),
            read=_trace(index),
        )
    )


_MILESTONE = re.compile(r"(.*): (\d{2}/\d{2}/\d{4})", re.DOTALL)


def _task_row(stated: Stated, row: Row, index: int) -> None:
    stated.tasks = stated.tasks or []
    number = len(stated.tasks)

    def get(place: int) -> str:
        return row.get(TASKS[place], "")

    kind = named(KINDS, get(7))
    schedule = Schedule("unknown")
    if kind in KINDS:
        period = named(PERIODS, get(10))
        schedule = Schedule(
            kind,  # type: ignore[arg-type]
            due=date(get(9)),
            period=period if period in PERIODS else None,  # type: ignore[arg-type]
            start=date(get(8)),
            event=one(get(11)),
        )
    else:
        stated.unscheduled.append(number)
    columns = {name: n for n, name in enumerate(row)}
    fields = {"ref": 0, "title": 2, "lead_units": 3, "coordinating_units": 4, "schedule_text": 6, "products": 12}
    stated.tasks.append(
        DraftTask(
            ref=squeeze(get(0)),
            group=one(get(1)),
            title=squeeze(get(2)),
            lead_units=stated.bodies(get(3), f"tasks[{number}].lead_units", index),
            coordinating_units=stated.bodies(get(4), f"tasks[{number}].coordinating_units", index),
            responsible_text=one(get(5)),
            schedule_text=one(get(6)),
            schedule=schedule,
            products=items_in(get(12)),
            milestones=[_milestone(item) for item in items_in(get(13))],
            measurement=one(get(14)),
            report_frequency=one(get(15)),
            records=one(get(16)),
            authority=one(get(17)),
            origin_footnote=one(get(18)),
            note=one(get(19)),
            read={
                name: Trace(index, 0, len(get(n)), columns[TASKS[n]], 1.0, get(n))
                for name, n in fields.items()
                if TASKS[n] in columns and get(n)
            },
        )
    )


def _milestone(words: str) -> DraftMilestone:
    match = _MILESTONE.fullmatch(words)
    due = date(match[2]) if match else None
    return DraftMilestone(match[1], due) if match and due else DraftMilestone(words.removesuffix(":"))


def _duty_row(stated: Stated, row: Row, index: int) -> None:
    stated.duties = stated.duties or []
    get = row.get
    stated.duties.append(
        ReportingDuty(
            who=squeeze(get(DUTIES[0], "")),
            to=one(get(DUTIES[1], "")),
            via=one(get(DUTIES[2], "")),
            schedule_text=squeeze(get(DUTIES[3], "")),
            rule=ReportingRule(
                period=named(PERIODS, get(DUTIES[4], "")),
                before_day=integer(get(DUTIES[5], "")),
                of=named(MARKS, get(DUTIES[6], "")),
            ),
            text=squeeze(get(DUTIES[7], "")),
            read=_trace(index),
        )
    )


def _form_row(stated: Stated, row: Row, index: int) -> None:
    stated.forms = stated.forms or []
    get = row.get
    stated.forms.append(
        Form(
            name=squeeze(get(FORMS[0], "")),
            columns=items_in(get(FORMS[1], "")),
            rows=items_in(get(FORMS[2], "")),
            ratings=items_in(get(FORMS[3], "")),
            signed_by=one(get(FORMS[4], "")),
        )
    )
