"""What a task's page shows, put together from few queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, DateField, Exists, F, OuterRef, Prefetch, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.monitoring.models import HANDED_IN, Report
from sauro.monitoring.proof import Piece, Proof, proof
from sauro.monitoring.services.reports import may_report
from sauro.organization.models import Person
from sauro.organization.policy import Capability
from sauro.plans.clears import State
from sauro.plans.models import Milestone, Product, Task, TaskUnit
from sauro.plans.services.tasks import may
from sauro.quality.models import QualityAction
from sauro.quality.services.actions import GROUPS
from sauro.web.context import url_of
from sauro.web.look.text import dmy
from sauro.web.tasks.history import lines_of
from sauro.web.tasks.source import source_of
from sauro.web.works.section import depth_of, with_depth

HISTORY_SHOWN = 8
REPORTS_SHOWN = 4


def fetched(rows: Any) -> Any:
    """Tasks with what the head of the page needs; the document's text stays in the database."""
    # The parent is fetched for sub-tasks alone, which are few: it has as many columns as the task.
    parts = TaskUnit.objects.select_related("unit").order_by("role", "order")
    submitted = Report.objects.filter(task=OuterRef("pk"), state__in=HANDED_IN)
    return (
        # No more tables: PostgreSQL plans a query of nine for longer than all the others of the page take.
        with_depth(rows)
        .select_related("plan__document", "group", "lead_unit")
        .defer("plan__document__manuscript", "plan__document__articles", "plan__document__recipients")
        .prefetch_related(Prefetch("task_units", queryset=parts))
        .annotate(has_children=Exists(Task.objects.filter(parent=OuterRef("pk"))), has_reports=Exists(submitted))
    )


def with_people(task: Task) -> Task:
    """The task with the one who answers for it and the one who said that it is done, in one query."""
    wanted = {pk for pk in (task.accountable_id, task.completed_by_id) if pk}
    people = Person.objects.in_bulk(wanted) if wanted else {}
    task.accountable = people.get(task.accountable_id) if task.accountable_id else None
    task.completed_by = people.get(task.completed_by_id) if task.completed_by_id else None
    return task


@dataclass(slots=True)
class ClearLine:
    """One of the six: its name, state, words, and the way to mend it where there is one."""

    name: str
    state: State
    words: str
    remedy: str = ""
    url: str = ""


@dataclass(slots=True)
class ProvedProduct:
    """A product and the files that prove it."""

    product: Product
    files: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class SaidReport:
    """One report as told on the page, with the progress before it and its files."""

    pk: int
    at: dt.datetime | None
    author: str
    unit: str
    before: int
    after: int
    done: str
    difficulties: str
    proposals: str
    files: list[dict[str, Any]] = field(default_factory=list)


def clear_lines(
    task: Task, products: Iterable[Product], milestones: list[Milestone], person: Person
) -> list[ClearLine]:
    """The six of a task in words: what is known, or what is missing and how it is mended."""
    may_edit = not task.completed_on and may(person, Capability.EDIT_TASK, task)
    may_assign = not task.completed_on and may(person, Capability.ASSIGN_TASK, task)
    edit, assign = reverse("task-edit", args=[task.pk]), reverse("task-assign", args=[task.pk])
    mend = (_("Bổ sung"), edit) if may_edit else ("", "")
    by_revision = (_("chỉ đổi bằng quyết định sửa đổi"), "")
    remedies = [
        (_("Giao người"), assign) if may_assign else ("", ""),
        mend,
        by_revision,
        mend if task.clears[3] == "2" else by_revision,
        mend,
        mend,
    ]
    known = [
        _person_words(task),
        task.title,
        _time_words(task, milestones),
        _duty_words(task),
        "; ".join(p.text for p in products) or task.records,
        task.authority or task.plan.authority,
    ]
    lines = []
    for (name, state, remark), words, (remedy, url) in zip(task.six_clears.lines(), known, remedies, strict=True):
        said = words if state == "clear" else remark[:1].upper() + remark[1:]
        line = ClearLine(_("Rõ %(what)s") % {"what": name}, state, said)
        if state != "clear":
            line.remedy, line.url = remedy, url
        lines.append(line)
    return lines


def _person_words(task: Task) -> str:
    person = task.accountable
    return ", ".join(filter(None, [person.full_name, person.position])) if person else ""


def _time_words(task: Task, milestones: list[Milestone]) -> str:
    if task.due:
        words = _("Đến hết ngày %(day)s") % {"day": dmy(task.due)}
    else:
        words = task.schedule_text or task.get_schedule_kind_display()
    if milestones:
        days = ", ".join(f"{m.due.day}/{m.due.month}" for m in milestones if m.due)
        words += "; " + _("%(n)d mốc %(days)s") % {"n": len(milestones), "days": days}
    return words.strip()


def _duty_words(task: Task) -> str:
    words = _("Chủ trì: %(units)s") % {"units": "; ".join(task.lead_names)}
    shares = [f"{part.label}: {part.share}" for part in task.task_units.all() if part.share]
    return ". ".join([words, *shares])


def products_and_milestones(task: Task) -> tuple[list[Product], list[Milestone]]:
    """Both in one query."""
    nothing = Cast(Value(None), DateField())
    columns = ("what", "pk", "order", "text", "a_due", "a_done")
    products = Product.objects.filter(task=task).order_by()
    products = products.annotate(what=Value("p", output_field=CharField()), a_due=nothing, a_done=nothing)
    milestones = Milestone.objects.filter(task=task).order_by()
    milestones = milestones.annotate(what=Value("m", output_field=CharField()), a_due=F("due"), a_done=F("done_on"))
    rows = products.values_list(*columns).union(milestones.values_list(*columns), all=True)
    made: tuple[list[Product], list[Milestone]] = ([], [])
    for what, pk, order, text, due, done in sorted(rows, key=lambda r: (r[0], r[2])):
        if what == "p":
            made[0].append(Product(pk=pk, task=task, order=order, text=text))
        else:
            made[1].append(Milestone(pk=pk, task=task, order=order, text=text, due=due, done_on=done))
    return made


def reports_of(task: Task) -> list[SaidReport]:
    """Submitted reports, newest first, with their evidence, in one query."""
    rows = (
        Report.objects.filter(task=task, state__in=HANDED_IN)
        .order_by("pk", "evidence__pk")
        .values(
            "pk", "submitted_at", "author__full_name", "unit__name", "progress", "done_text", "difficulties",
            "proposals", "evidence__pk", "evidence__name", "evidence__product_id", "evidence__document_date",
            "evidence__uploaded_at", "evidence__file__size", "evidence__file_id", "evidence__crosscheck",
            "evidence__replaced_by",
        )
    )  # fmt: skip
    reports: dict[int, SaidReport] = {}
    before = 0
    for row in rows:
        said = reports.get(row["pk"])
        if said is None:
            said = reports[row["pk"]] = SaidReport(
                row["pk"], row["submitted_at"], row["author__full_name"], row["unit__name"], before, row["progress"],
                row["done_text"], row["difficulties"], row["proposals"],
            )  # fmt: skip
            before = row["progress"]
        if row["evidence__pk"] and not row["evidence__replaced_by"]:
            said.files.append(
                {
                    "pk": row["evidence__pk"],
                    "name": row["evidence__name"],
                    "product": row["evidence__product_id"],
                    "date": row["evidence__document_date"],
                    "uploaded": row["evidence__uploaded_at"],
                    "size": row["evidence__file__size"] or 0,
                    "file_id": row["evidence__file_id"],
                    "crosscheck": row["evidence__crosscheck"],
                }
            )
    return list(reversed(reports.values()))


def proved(products: list[Product], reports: list[SaidReport]) -> tuple[list[ProvedProduct], list[dict[str, Any]]]:
    """Products each with its files, and the files that prove none in particular."""
    by_id = {p.pk: ProvedProduct(p) for p in products}
    loose: list[dict[str, Any]] = []
    for report in reports:
        for file in report.files:
            place = by_id.get(file["product"])
            (place.files if place else loose).append(file)
    return list(by_id.values()), loose


def proof_words(task: Task, products: list[ProvedProduct]) -> tuple[str, str]:
    """(tone, words) of how a finished task is proved; empty where nothing is to be said."""
    pieces = [Piece(p.product.pk, f["file_id"] is not None, f["crosscheck"]) for p in products for f in p.files]
    stands = proof([p.product.pk for p in products], pieces)
    if stands == Proof.UNPROVED and task.completed_on:
        return "late", _("Chưa chứng minh: còn sản phẩm chưa có tệp minh chứng")
    return ("done", _("Sản phẩm đã được đối chiếu")) if stands == Proof.VERIFIED else ("", "")


def children_of(task: Task) -> QuerySet[Task]:
    """Sub-tasks in force."""
    return (
        task.children.in_force().select_related("lead_unit", "accountable").order_by("due_key", "pk")  # type: ignore[attr-defined]
    )


def milestone_state(milestone: Milestone, on: dt.date) -> str:
    """`past` (reached), `late` (not reached and its day gone) or `coming`."""
    if milestone.done_on:
        return "past"
    return "late" if milestone.due and milestone.due < on else "coming"


def _days_late(milestone: Milestone, on: dt.date) -> int:
    return ((milestone.done_on or on) - milestone.due).days if milestone.due else 0


def expected_progress(task: Task, on: dt.date) -> int | None:
    """How far an even pace from start to due day would be by now, percent; None where there is no span to go by."""
    start = task.starts_on or task.plan.starts_on
    if not task.due or task.due <= start:
        return None
    return max(0, min(100, round(100 * ((on - start).days + 1) / ((task.due - start).days + 1))))


def acts_of(task: Task, person: Person) -> dict[str, str]:
    """Addresses of what the person may do with the task now; a verb that isn't theirs is absent."""
    if task.ended_in:
        return {}
    if task.completed_on:
        may_reopen = may(person, Capability.COMPLETE_TASK, task)
        return {"reopen": reverse("task-reopen", args=[task.pk])} if may_reopen else {}
    verbs = {
        "assign": Capability.ASSIGN_TASK,
        "edit": Capability.EDIT_TASK,
        "split": Capability.SPLIT_TASK,
        "complete": Capability.COMPLETE_TASK,
    }
    if task.parent_id is None:
        verbs["change"] = Capability.PROPOSE_CHANGE
    acts = {verb: reverse(f"task-{verb}", args=[task.pk]) for verb, what in verbs.items() if may(person, what, task)}
    if task.schedule_kind in (Task.ScheduleKind.CONTINUOUS, Task.ScheduleKind.RECURRING):
        acts.pop("complete", None)
    if may_report(task, person):
        acts["report"] = reverse("report-start", args=[task.pk])
    return acts


def ordered_at(task: Task) -> str:
    """The page of the nonconformity, risk, finding or review that the task was ordered for; empty for other tasks."""
    if task.group is None or task.group.title not in GROUPS.values():
        return ""
    found = QualityAction.objects.filter(task=task).select_related("decision").first()
    if found is None:
        return ""
    if found.decision:
        return reverse("review", args=[found.decision.review_id])
    kinds = ("nonconformity", "risk", "finding")
    return next(reverse(kind, args=[pk]) for kind in kinds if (pk := getattr(found, f"{kind}_id")))


def context(task: Task, person: Person, on: dt.date) -> dict[str, Any]:
    """All that the template shows."""
    products, milestones = products_and_milestones(task)
    reports = reports_of(task) if task.has_reports else []  # type: ignore[attr-defined]
    children = list(children_of(task)) if task.has_children else []  # type: ignore[attr-defined]
    entries = list(ledger.history_of(task)[:200])
    with_files, loose = proved(products, reports)
    history = lines_of(entries)
    document = url_of("document-list")
    return {
        "task": task,
        "today": on,
        "clears": clear_lines(task, products, milestones, person),
        "products": with_files,
        "loose": loose,
        "proof": proof_words(task, with_files),
        "proved_count": sum(bool(p.files) for p in with_files),
        "milestones": [(m, milestone_state(m, on), _days_late(m, on)) for m in milestones],
        "expected": None if task.completed_on else expected_progress(task, on),
        "reports": reports[:REPORTS_SHOWN],
        "older_reports": reports[REPORTS_SHOWN:],
        "children": children,
        "children_done": sum(bool(c.completed_on) for c in children),
        "history": history[:HISTORY_SHOWN],
        "older_history": history[HISTORY_SHOWN:],
        "source": source_of(task),
        "ordered_at": ordered_at(task),
        "document_url": f"{document}{task.plan.document_id}/" if document else "",
        "depth": depth_of(task, person, milestones),
        "acts": acts_of(task, person),
        "is_late": bool(task.due and not task.completed_on and task.due < on),
    }
