"""Rows out of a draft: what adopting and amending share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sauro.documents.models import IssuedDocument, LegalBasis, Reading
from sauro.organization.models import Agency, Unit
from sauro.plans.clears import Facts, judge
from sauro.plans.models import (
    Milestone,
    Objective,
    Plan,
    Product,
    ReportingRule,
    Target,
    Task,
    TaskGroup,
    TaskUnit,
)
from sauro.plans.search import search_text
from sauro.reading import serial
from sauro.reading.draft import Draft, DraftObjective, DraftTarget, DraftTask, ReportingDuty
from sauro.vietnamese.text import fold, sort_key, squeeze


@dataclass(slots=True)
class Names:
    """The agency's units by name, for matching what a draft says."""

    units: dict[str, Unit]

    @classmethod
    def of(cls, agency: Agency) -> Names:
        """All units of the agency, in one query."""
        return cls({u.name: u for u in Unit.objects.filter(agency=agency)})

    def get(self, name: str | None) -> Unit | None:
        """The unit of that name, or None."""
        return self.units.get(squeeze(name or ""))


def make_document(reading: Reading, draft: Draft) -> IssuedDocument:
    """The issued document that the reading was made from."""
    head = draft.document
    signer = head.signer
    document = IssuedDocument.objects.create(
        agency=reading.agency,
        number=head.number or "",
        number_key=key_of(head.number),
        type=head.type or "",
        issuer=head.issuer or "",
        issuer_key=key_of(head.issuer),
        issued_on=head.issued_on,
        place=head.place or "",
        title=head.title or reading.file_name,
        folded=search_text(head.number, head.title, head.issuer)[:1100],
        signer_name=(signer and signer.name) or "",
        signer_position=(signer and signer.position) or "",
        signer_authority=(signer and signer.authority) or "",
        proposed_by=head.proposed_by or "",
        recipients=head.recipients,
        articles=[{"number": a.number, "text": a.text} for a in head.articles],
        file=reading.file,
        file_name=reading.file_name,
        manuscript=reading.manuscript,
    )
    LegalBasis.objects.bulk_create(
        LegalBasis(document=document, order=i, type=b.type or "", number=b.number or "", date=b.date, text=b.text)
        for i, b in enumerate(head.legal_bases)
    )
    return document


def key_of(text: str | None) -> str:
    """A number or issuer as compared for doubles: folded, without blanks."""
    return fold(text or "").replace(" ", "")


def add_objectives(plan: Plan, objectives: Sequence[DraftObjective], *, first: int = 0) -> None:
    """Rows for objectives and their targets."""
    made = Objective.objects.bulk_create(
        Objective(
            plan=plan,
            order=first + i,
            ref=o.ref or "",
            text=o.text,
            items=o.items,
            folded=search_text(o.ref, o.text, *o.items),
            measurement=o.measurement or "",
            starts_on=o.start,
            ends_on=o.end,
        )
        for i, o in enumerate(objectives)
    )
    Target.objects.bulk_create(
        target_row(plan, objective, j, t)
        for objective, o in zip(made, objectives, strict=True)
        for j, t in enumerate(o.targets)
    )


def target_row(plan: Plan, objective: Objective, order: int, t: DraftTarget) -> Target:
    """One target, not yet saved."""
    return Target(
        agency_id=plan.agency_id,
        objective=objective,
        order=order,
        indicator=t.indicator,
        folded=search_text(t.indicator),
        comparator=t.comparator,
        low=t.low,
        high=t.high,
        unit=t.unit or "",
        direction=t.direction or "",
        baseline_year=t.baseline_year,
        period=t.period or "",
        source_text=t.source_text,
    )


def add_rules(plan: Plan, duties: Sequence[ReportingDuty], names: Names, *, first: int = 0) -> None:
    """Rows for the reporting rules."""
    ReportingRule.objects.bulk_create(
        ReportingRule(
            plan=plan,
            order=first + i,
            who=d.who,
            unit=names.get(d.who),
            to=d.to or "",
            via=d.via or "",
            via_unit=names.get(d.via),
            schedule_text=d.schedule_text,
            period=d.rule.period or "",
            before_day=d.rule.before_day,
            of=d.rule.of or "",
            text=d.text,
        )
        for i, d in enumerate(duties)
    )


def add_groups(plan: Plan, titles: Iterable[str | None]) -> dict[str, TaskGroup]:
    """The plan's groups by title, with those of `titles` that are new added in their order."""
    known = {g.title: g for g in plan.groups.all()}
    for title in titles:
        if title and title not in known:
            known[title] = TaskGroup.objects.create(plan=plan, title=title, order=len(known))
    return known


def task_fields(t: DraftTask, group: TaskGroup | None, names: Names) -> dict[str, Any]:
    """The columns of a task that come from its draft."""
    lead = next((u for u in map(names.get, t.lead_units) if u), None)
    return {
        "group": group,
        "ref": t.ref,
        "title": t.title,
        "lead_unit": lead,
        "lead_path": lead.path if lead else "",
        "responsible_text": t.responsible_text or "",
        "schedule_kind": t.schedule.kind,
        "schedule_text": t.schedule_text or "",
        "starts_on": t.schedule.start,
        "due": t.schedule.due,
        "recurs": t.schedule.period or "",
        "event": t.schedule.event or "",
        "measurement": t.measurement or "",
        "report_frequency": t.report_frequency or "",
        "records": t.records or "",
        "origin": t.origin_footnote or "",
        "authority": t.authority or "",
        "note": t.note or "",
        "source": source_of(t),
    }


def source_of(t: DraftTask) -> dict[str, Any]:
    """Where a task was read, as plain data."""
    data = serial.plain(t)
    return {"read": data["read"], "source_lines": data["source_lines"]}


def add_tasks(plan: Plan, tasks: Sequence[DraftTask], names: Names, today: dt.date, *, first: int = 0) -> list[Task]:
    """Rows for tasks with all that hangs on them; they are part of the plan from `today` on."""
    groups = add_groups(plan, (t.group for t in tasks))
    rows = []
    for i, t in enumerate(tasks):
        row = Task(
            agency_id=plan.agency_id,
            plan=plan,
            order=first + i,
            given_on=today,
            **task_fields(t, groups.get(t.group or ""), names),
        )
        set_clears(row, plan, parts_of(row, t, names), len(t.products))
        rows.append(row)
    rows = Task.objects.bulk_create(rows)
    pairs = list(zip(rows, tasks, strict=True))
    TaskUnit.objects.bulk_create(u for row, t in pairs for u in parts_of(row, t, names))
    Product.objects.bulk_create(
        Product(task=row, order=i, text=p) for row, t in pairs for i, p in enumerate(t.products)
    )
    Milestone.objects.bulk_create(
        Milestone(task=row, order=i, text=m.text, due=m.due) for row, t in pairs for i, m in enumerate(t.milestones)
    )
    return rows


def parts_of(task: Task, t: DraftTask, names: Names) -> list[TaskUnit]:
    """The units' parts in a task, not yet saved."""
    parts = []
    for role, listed in ((TaskUnit.Role.LEAD, t.lead_units), (TaskUnit.Role.COORDINATING, t.coordinating_units)):
        for i, name in enumerate(listed):
            unit = names.get(name)
            parts.append(TaskUnit(task=task, unit=unit, name=name, role=role, order=i, path=unit.path if unit else ""))
    return parts


def set_clears(task: Task, plan: Plan, parts: Iterable[TaskUnit], products: int) -> None:
    """Judge the six clears anew and put the result on the row."""
    single = (Unit.Kind.UNIT, Unit.Kind.ROLE, Unit.Kind.ORGANISATION)
    facts = {TaskUnit.Role.LEAD.value: [], TaskUnit.Role.COORDINATING.value: []}  # type: dict[str, list[tuple[bool, bool]]]
    for part in parts:
        facts[str(part.role)].append((part.unit is not None, part.unit is not None and part.unit.kind in single))
    task.clears = judge(
        Facts(
            accountable=task.accountable_id is not None,
            title=task.title,
            schedule_kind=task.schedule_kind,
            leads=facts["lead"],
            coordinators=facts["coordinating"],
            products=products,
            records=task.records,
            authority=task.authority or plan.authority,
        )
    )
    task.clear_count = task.clears.count("1")


def plan_columns(draft: Draft, period: tuple[dt.date, dt.date]) -> dict[str, Any]:
    """The columns of a plan that come from its draft."""
    head = draft.document
    title = head.title or ""
    signer = head.signer
    return {
        "number": head.number or "",
        "title": title,
        "folded": search_text(head.number, title)[:1100],
        "sort_key": sort_key(title)[:900],
        "starts_on": period[0],
        "ends_on": period[1],
        "authority": ((signer and signer.position) or "")[:200],
    }
