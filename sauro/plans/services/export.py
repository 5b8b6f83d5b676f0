"""A plan as a draft again: what the writers take, and what a later decision is compared with."""

from __future__ import annotations

from sauro.plans import models
from sauro.plans.models import Objective, Plan, Task, TaskUnit
from sauro.reading import serial
from sauro.reading.draft import (
    Article,
    Draft,
    DraftMilestone,
    DraftObjective,
    DraftTarget,
    DraftTask,
    Head,
    LegalBasis,
    ReportingDuty,
    ReportingRule,
    Schedule,
    Signer,
)


def plan_to_draft(plan: Plan) -> Draft:
    """All that the plan orders today. For a plan just adopted it equals the draft that was adopted."""
    document = plan.document
    head = Head(
        number=document.number or None,
        type=document.type or None,
        issuer=document.issuer or None,
        place=document.place or None,
        issued_on=document.issued_on,
        # A document without a title is shown under the name of its file.
        title=document.title if document.title != document.file_name else None,
        proposed_by=document.proposed_by or None,
        recipients=list(document.recipients),
        articles=[Article(**a) for a in document.articles],
        legal_bases=[
            LegalBasis(text=b.text, type=b.type or None, number=b.number or None, date=b.date)
            for b in document.legal_bases.all()
        ],
    )
    if document.signer_name or document.signer_position or document.signer_authority:
        head.signer = Signer(
            document.signer_name or None, document.signer_position or None, document.signer_authority or None
        )
    latest = plan.revisions.order_by("-no").first()
    return Draft(
        document=head,
        objectives=[objective_to_draft(o) for o in plan.objectives.filter(ended_in=None).prefetch_related("targets")],
        tasks=[task_to_draft(t) for t in tasks_in_force(plan)],
        reporting_duties=[rule_to_draft(r) for r in plan.reporting_rules.filter(ended_in=None)],
        forms=serial.draft_from_json(latest.draft).forms if latest else [],
    )


def tasks_in_force(plan: Plan) -> list[Task]:
    """The plan's own tasks in their order, with all that a draft of them needs, in five queries."""
    rows = plan.tasks.in_force().of_the_plan().filter(ordered_here=False).select_related("group")
    return list(rows.prefetch_related("task_units__unit", "products", "milestones").order_by("order", "pk"))


def rule_to_draft(r: models.ReportingRule) -> ReportingDuty:
    """One reporting rule as a draft."""
    return ReportingDuty(
        who=r.who,
        to=r.to or None,
        via=r.via or None,
        schedule_text=r.schedule_text,
        rule=ReportingRule(r.period or None, r.before_day, r.of or None),
        text=r.text,
    )


def objective_to_draft(o: Objective) -> DraftObjective:
    """One objective with its targets as a draft."""
    return DraftObjective(
        text=o.text,
        ref=o.ref or None,
        items=list(o.items),
        measurement=o.measurement or None,
        start=o.starts_on,
        end=o.ends_on,
        targets=[
            DraftTarget(
                indicator=t.indicator,
                comparator=t.comparator,  # type: ignore[arg-type]
                low=t.low,
                high=t.high,
                unit=t.unit or None,
                direction=t.direction or None,  # type: ignore[arg-type]
                baseline_year=t.baseline_year,
                period=t.period or None,
                source_text=t.source_text,
            )
            for t in o.targets.all()
        ],
    )


def task_to_draft(task: Task, *, names_of_today: bool = False) -> DraftTask:
    """One task as a draft. `names_of_today`: units by the register's present name, not as the document wrote them."""
    names = {
        role: [u.label if names_of_today else u.name for u in task.task_units.all() if u.role == role]
        for role in (TaskUnit.Role.LEAD, TaskUnit.Role.COORDINATING)
    }
    trace = serial.traces(task.source)
    return DraftTask(
        ref=task.ref,
        title=task.title,
        group=task.group.title if task.group else None,
        lead_units=names[TaskUnit.Role.LEAD],
        coordinating_units=names[TaskUnit.Role.COORDINATING],
        responsible_text=task.responsible_text or None,
        schedule_text=task.schedule_text or None,
        schedule=Schedule(
            task.schedule_kind,  # type: ignore[arg-type]
            task.due,
            task.recurs or None,  # type: ignore[arg-type]
            task.starts_on,
            task.event or None,
        ),
        products=[p.text for p in task.products.all()],
        milestones=[DraftMilestone(m.text, m.due) for m in task.milestones.all()],
        measurement=task.measurement or None,
        report_frequency=task.report_frequency or None,
        records=task.records or None,
        origin_footnote=task.origin or None,
        authority=task.authority or None,
        note=task.note or None,
        read=trace,
    )
