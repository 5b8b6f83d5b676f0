"""A plan's fields as tables that state them outright; `sauro.reading.stated` reads them back, word for word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from sauro.reading.draft import Draft, DraftTask, Head, LegalBasis
from sauro.reading.schedules import read_schedule
from sauro.reading.stated import words
from sauro.writing.text import date_vi, number_vi

Lines = list[str]
Rows = list[list[Lines]]
HEAD_FIELDS = tuple(words.HEAD_ROWS)


def _one(value: str | None) -> Lines:
    return [value] if value else []


def _day(value: dt.date | None) -> Lines:
    return [date_vi(value)] if value else []


def _number(value: Decimal | None) -> Lines:
    return [] if value is None else [number_vi(value)]


def _items(values: Sequence[str]) -> Lines:
    """One a line, each with a dash; a single one without, unless it begins with a dash itself."""
    if len(values) == 1 and not values[0].startswith(("-", "–", "•")):
        return list(values)
    return [f"- {value}" for value in values]


def head_rows(head: Head, fields: Iterable[str] = HEAD_FIELDS) -> Rows:
    """Rows of "Thông tin | Nội dung" for the named fields of the document's head. An empty field keeps its row."""
    signer = head.signer
    rows: Rows = []
    for name in fields:
        label = words.HEAD_ROWS[name]
        if name == "legal_bases":
            rows += [_basis_row(label, basis) for basis in head.legal_bases] or [[[label], [], [], [], []]]
        elif name == "recipients":
            rows += [[[label], [r], [], [], []] for r in head.recipients] or [[[label], [], [], [], []]]
        elif name == "articles":
            rows += [[[f"Điều {a.number}"], a.text.split("\n"), [], [], []] for a in head.articles]
            if not head.articles:
                rows.append([[label], [], [], [], []])
        elif name == "issued_on":
            rows.append([[label], _day(head.issued_on), [], [], []])
        elif name in {"authority", "position", "name"}:
            rows.append([[label], _one(getattr(signer, name) if signer else None), [], [], []])
        else:
            rows.append([[label], _one(getattr(head, name)), [], [], []])
    return rows


def _basis_row(label: str, basis: LegalBasis) -> list[Lines]:
    return [[label], [basis.text], _one(basis.type), _one(basis.number), _day(basis.date)]


def objective_rows(draft: Draft) -> Rows:
    """One row an objective, numbered in order."""
    return [
        [[str(n)], _one(o.ref), [o.text], _items(o.items), _one(o.measurement), _day(o.start), _day(o.end)]
        for n, o in enumerate(draft.objectives, 1)
    ]


def target_rows(draft: Draft) -> Rows:
    """One row a target; the first column names its objective by number."""
    return [
        [
            [str(n)],
            [t.indicator],
            [words.COMPARATORS[t.comparator]],
            _number(t.low),
            _number(t.high),
            _one(t.unit),
            _one(words.DIRECTIONS.get(t.direction or "")),
            _one(str(t.baseline_year) if t.baseline_year else None),
            _one(t.period),
            _one(t.source_text),
        ]
        for n, o in enumerate(draft.objectives, 1)
        for t in o.targets
    ]


def milestone_lines(task: DraftTask) -> Lines:
    """Dated steps, one a line: "- Nhập liệu: 31/07/2026"; one without a date ends in a colon."""
    return [f"- {m.text}: {date_vi(m.due) if m.due else ''}".rstrip() for m in task.milestones]


def task_rows(draft: Draft, *, full: bool = False) -> Rows:
    """One row a task. The columns of the schedule are filled only where "Thời gian thực hiện" does not say it alone,
    so that a person who changes those words changes the schedule; `full`: filled always."""
    return [_task_row(task, full) for task in draft.tasks]


def _task_row(t: DraftTask, full: bool) -> list[Lines]:
    s = t.schedule
    told = not full and read_schedule(t.schedule_text or "").schedule == s
    return [
        [t.ref],
        _one(t.group),
        [t.title],
        _items(t.lead_units),
        _items(t.coordinating_units),
        _one(t.responsible_text),
        _one(t.schedule_text),
        [] if told else [words.KINDS[s.kind]],
        [] if told else _day(s.start),
        [] if told else _day(s.due),
        [] if told else _one(words.PERIODS.get(s.period or "")),
        [] if told else _one(s.event),
        _items(t.products),
        milestone_lines(t),
        _one(t.measurement),
        _one(t.report_frequency),
        _one(t.records),
        _one(t.authority),
        _one(t.origin_footnote),
        _one(t.note),
    ]


def duty_rows(draft: Draft) -> Rows:
    """One row a reporting duty."""
    return [
        [
            [d.who],
            _one(d.to),
            _one(d.via),
            _one(d.schedule_text),
            _one(words.PERIODS.get(d.rule.period or "", d.rule.period or "")),
            _one(str(d.rule.before_day) if d.rule.before_day is not None else None),
            _one(words.MARKS.get(d.rule.of or "", d.rule.of or "")),
            _one(d.text),
        ]
        for d in draft.reporting_duties
    ]


def form_rows(draft: Draft) -> Rows:
    """One row a form."""
    return [[[f.name], _items(f.columns), _items(f.rows), _items(f.ratings), _one(f.signed_by)] for f in draft.forms]
