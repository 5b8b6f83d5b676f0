"""What the consolidated report of a round says, gathered from the plan's tasks and what its units reported.

Nothing is changed here. The words are those of an official document, Vietnamese whatever the reader's language.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sauro.monitoring.models import Report, Round
from sauro.monitoring.rounds.conflicts import Difference, differences_of, reports_in
from sauro.monitoring.rounds.gathered import Statement, statements_of
from sauro.monitoring.rounds.picture import Counts, Need, Picture, picture_of
from sauro.monitoring.standing import AsOf, standing_on
from sauro.organization.models import Person
from sauro.plans.models import Task, TaskUnit
from sauro.plans.standing import Cell, FourCells
from sauro.vietnamese.periods import Period
from sauro.vietnamese.text import fold
from sauro.writing.office import head_of
from sauro.writing.report import GroupRow, ReportContent, TaskRow, UnitRow
from sauro.writing.report.content import Four
from sauro.writing.text import date_official, date_vi

# The sections that a person can edit, in the report's order, with the words for them.
SECTIONS = ("basis", "opening", "overall", "results", "difficulties", "proposals", "following", "recipients")
STANDINGS = {
    Cell.DONE_ON_TIME: "Hoàn thành đúng hạn",
    Cell.DONE_LATE: "Hoàn thành quá hạn",
    Cell.OPEN_IN_TIME: "Chưa hoàn thành, trong hạn",
    Cell.OPEN_OVERDUE: "Chưa hoàn thành, quá hạn",
    Cell.CONTINUOUS: "Thường xuyên, trong hạn",
}
_NUMBERED = re.compile(r"(?:[IVXLC]+|\d+(?:\.\d+)*)[.)]?\s+\S")
RESULTS_PER_GROUP, NEXT_SHOWN, BASES_SHOWN, LEAST_NEXT = 8, 40, 6, dt.timedelta(days=31)


@dataclass(slots=True)
class Gathered:
    """A round gathered: the sections as the software words them, and the tables and counts."""

    sections: dict[str, str]
    content: ReportContent
    cells: FourCells
    as_of: dt.date
    picture: Picture
    conflicts: list[Difference] = field(default_factory=list)

    @property
    def undecided(self) -> int:
        """Conflicts of which the report gives both."""
        return sum(1 for c in self.conflicts if c.taken is None)


@dataclass(slots=True)
class _Line:
    """One task with how it stood on the day and what was said of it in the round."""

    task: Task
    cell: Cell
    words: str
    progress: int
    group: str


def gather_report(round: Round, today: dt.date) -> Gathered:
    """Gather everything the report of a round says. A fixed number of queries.

    Standing is as of the round's due day, or of `today` while that is still to come: what was finished afterwards is
    not yet finished in it, so that the report says the same whenever it is made.
    """
    as_of = min(today, round.due)
    conflicts = differences_of(round)
    lines = _lines(round, as_of, conflicts)
    picture = picture_of(round)
    cells = _cells(lines)
    difficulties, _n = statements_of(round, "difficulties")
    proposals, _n = statements_of(round, "proposals")
    document = round.plan.document
    bases = list(document.legal_bases.all()[:BASES_SHOWN])
    groups = _by_group(lines)
    agency = round.agency
    plan = f"{document.type or 'Kế hoạch'} số {round.plan.number}" if round.plan.number else round.plan.title
    said = period_said(round)
    sections = {
        "basis": "\n".join(_basis(b.text) for b in bases),
        "opening": _opening(round, plan, said, as_of, picture),
        "overall": "\n".join(_overall(cells, lines, picture, as_of)),
        "results": "\n".join(_results(groups)),
        "difficulties": _listed(difficulties, "Các đơn vị không nêu khó khăn, vướng mắc."),
        "proposals": _listed(proposals, "Các đơn vị không có đề xuất, kiến nghị."),
        "following": "\n".join(_following(round, lines, as_of)),
        "recipients": "\n".join(_recipients(round)),
    }
    signer = _signer(agency.pk)
    content = ReportContent(
        agency=agency.name,
        parent_agency=agency.parent_name,
        number=f"          /BC-{agency.code}" if agency.code else "",
        place=agency.place,
        to=_addressee(round),
        title=f"Kết quả thực hiện {plan}{', ' if said else ''}{said}",
        period=said,
        as_of=date_vi(as_of),
        plan=plan,
        cells=_four(cells),
        continuous=cells.continuous,
        groups=[GroupRow(name, _four(_cells(rows))) for name, rows in groups.items()],
        units=_by_unit(lines),
        tasks=_appendix(groups),
        position=head_of(agency.name) or (signer.position if signer else ""),
        signer=signer.full_name if signer else "",
    )
    return Gathered(sections, content, cells, as_of, picture, conflicts)


def fill(content: ReportContent, sections: dict[str, str]) -> ReportContent:
    """The content with its sections from texts, a paragraph a line."""
    for name in SECTIONS:
        lines = [line.rstrip() for line in sections.get(name, "").splitlines() if line.strip()]
        setattr(content, name, lines)
    return content


def period_said(round: Round) -> str:
    """ "tháng 11 năm 2026", "quý IV năm 2026", "6 tháng đầu năm 2026"; of a round called by hand, its reason."""
    if not round.period:
        return f"({round.event[:120]})"
    try:
        period = Period.parse(round.period)
    except ValueError:
        return round.period
    label = period.label
    return label[0].lower() + label[1:].replace("/", " năm ") if period.kind != "half" else label


def _four(cells: FourCells) -> Four:
    """The four of State reports: tasks without a date stand with those in time."""
    return cells.done_on_time, cells.done_late, cells.in_time, cells.open_overdue


def _lines(round: Round, as_of: dt.date, conflicts: Iterable[Difference]) -> list[_Line]:
    tasks = (
        # As the standing of that day counts: what came later isn't in it, nor a due that was moved later.
        standing_on(Task.objects.filter(plan_id=round.plan_id).of_the_plan(), AsOf(as_of))
        .select_related("group")
        # With the units themselves, whose present names the report gives.
        .prefetch_related("task_units__unit", "products")
        .order_by("order", "pk")
    )
    said: dict[int, dict[int, tuple[str, int, str]]] = {}
    rows = reports_in(round).filter(task__isnull=False).order_by("submitted_at", "pk")
    columns = ("task_id", "unit_id", "done_text", "progress", "unit__name", "unit__short_name", "unit__path")
    paths: dict[tuple[int, int], str] = {}
    for task_id, unit_id, words, progress, name, short, path in rows.values_list(*columns):
        said.setdefault(task_id, {})[unit_id] = (words, progress, short or name)
        paths[task_id, unit_id] = path
    chosen = {c.taken: c.task for c in conflicts if c.taken}
    words_of = Report.objects.filter(pk__in=chosen).order_by().values_list("pk", "done_text", "progress")
    taken = {chosen[pk]: (text, percent) for pk, text, percent in words_of}
    differing = {c.task for c in conflicts if c.taken is None}
    lines = []
    for task in tasks:
        done = task.completed_on if task.completed_on and task.completed_on <= as_of else None
        task.due = task.judged_due  # type: ignore[attr-defined]
        cell = Cell.of(due=task.due, completed_on=done, on=as_of)
        words, progress = "", 100 if done else task.progress
        voices = said.get(task.pk, {})
        if task.pk in taken:
            words, progress = taken[task.pk]
        elif task.pk in differing:
            # Nobody chose: the report gives each unit's word under its name.
            words = "\n".join(f"{unit}: {percent}%. {text}" for text, percent, unit in voices.values())
        elif voices:
            first = next((v for u, v in voices.items() if _is_lead(task, paths[task.pk, u])), None)
            words, progress = (first or list(voices.values())[-1])[:2]
        lines.append(_Line(task, cell, words, progress, task.group.title if task.group else ""))
    return lines


def _is_lead(task: Task, path: str) -> bool:
    return bool(task.lead_path) and path.startswith(task.lead_path)


def _cells(lines: Iterable[_Line]) -> FourCells:
    return FourCells(**{cell.value: n for cell, n in Counter(line.cell for line in lines).items()})


def _by_group(lines: list[_Line]) -> dict[str, list[_Line]]:
    groups: dict[str, list[_Line]] = {}
    for line in lines:
        groups.setdefault(line.group or "Nhiệm vụ không xếp nhóm", []).append(line)
    if set(groups) == {"Nhiệm vụ không xếp nhóm"}:
        return {"Các nhiệm vụ của kế hoạch": lines}
    return groups


def _by_unit(lines: list[_Line]) -> list[UnitRow]:
    units: dict[str, list[_Line]] = {}
    for line in lines:
        names = line.task.lead_names
        units.setdefault(names[0] if names else "Chưa rõ đơn vị", []).append(line)
    return [UnitRow(name, _four(_cells(rows))) for name, rows in units.items()]


def _basis(text: str) -> str:
    words = text.strip().rstrip(";.")
    return f"{words};" if words.lower().startswith("căn cứ") else f"Căn cứ {words};"


def _opening(round: Round, plan: str, said: str, as_of: dt.date, picture: Picture) -> str:
    document = round.plan.document
    issued = f" {date_official(document.issued_on)}" if document.issued_on else ""
    issuer = f" của {document.issuer}" if document.issuer else ""
    by = round.focal_unit.name if round.focal_unit else round.agency.name
    asked = f" ({round.event})" if round.event else ""
    heard = sum(1 for row in picture.units if row.counts.in_hand)
    when = f" {said}" if round.period else ""
    return (
        f"Thực hiện {plan}{issued}{issuer} về {round.plan.title}{asked}; trên cơ sở báo cáo của "
        f"{heard}/{len(picture.units)} đơn vị, {by} tổng hợp kết quả{when}, số liệu tính đến hết "
        f"{date_official(as_of)}, như sau:"
    )


def _share(n: int, total: int) -> str:
    return f"{n * 100 / total:.1f}".replace(".", ",").removesuffix(",0") + "%" if total else "0%"


def _overall(cells: FourCells, lines: list[_Line], picture: Picture, as_of: dt.date) -> list[str]:
    total, counts = cells.total, picture.total
    out = [f"Tính đến hết ngày {date_vi(as_of)}. Tổng số nhiệm vụ: {total}. Trong đó:"]
    figures = (
        ("Hoàn thành đúng hạn", cells.done_on_time),
        ("Hoàn thành quá hạn", cells.done_late),
        ("Chưa hoàn thành, trong hạn", cells.in_time),
        ("Chưa hoàn thành, quá hạn", cells.open_overdue),
    )
    for n, (words, count) in enumerate(figures):
        note = f", gồm {cells.continuous} nhiệm vụ thường xuyên, định kỳ" if n == 2 and cells.continuous else ""
        out.append(f"- {words}: {count} nhiệm vụ ({_share(count, total)}{note}){'.' if n == 3 else ';'}")
    late = [line for line in lines if line.cell == Cell.OPEN_OVERDUE]
    if late:
        out.append("Nhiệm vụ quá hạn chưa hoàn thành:")
        out += [
            f"- {_named(line)} ({_lead(line)}, hạn {_due(line.task)}), đạt {line.progress}%."
            for line in late[:NEXT_SHOWN]
        ]
        if len(late) > NEXT_SHOWN:
            out.append(f"- Và {len(late) - NEXT_SHOWN} nhiệm vụ khác (xem Phụ lục).")
    out.append(
        f"Chế độ báo cáo: các đơn vị đã gửi {counts.in_hand}/{counts.due} báo cáo phải có.{_silent(picture, counts)}"
    )
    return out


def _silent(picture: Picture, counts: Counts) -> str:
    names = [row.unit.name for row in picture.units if row.need == Need.SILENT]
    if not names:
        return ""
    return f" Đơn vị chưa gửi: {', '.join(names[:10])}{' và các đơn vị khác' if len(names) > 10 else ''}."


def _named(line: _Line) -> str:
    return f"Nhiệm vụ {line.task.ref}: {line.task.title}" if line.task.ref else line.task.title


def _lead(line: _Line) -> str:
    return ", ".join(line.task.lead_names[:2]) or "chưa rõ đơn vị"


def _due(task: Task) -> str:
    return date_vi(task.due) if task.due else task.schedule_text or str(task.occasion)


def _results(groups: dict[str, list[_Line]]) -> list[str]:
    out = []
    for n, (name, lines) in enumerate(groups.items(), 1):
        cells = _cells(lines)
        head = name if _NUMBERED.match(name) else f"{n}. {name}"
        out.append(
            f"{head}: {cells.total} nhiệm vụ; hoàn thành đúng hạn {cells.done_on_time}, hoàn thành quá hạn "
            f"{cells.done_late}, chưa hoàn thành trong hạn {cells.in_time}, chưa hoàn thành quá hạn "
            f"{cells.open_overdue}."
        )
        told = [line for line in lines if line.words]
        for line in told[:RESULTS_PER_GROUP]:
            words = " ".join(line.words.split())
            short = words if len(words) <= 400 else words[:399].rstrip() + "…"
            out.append(
                f"- {f'Nhiệm vụ {line.task.ref}' if line.task.ref else line.task.title} ({_lead(line)}): {short}"
            )
        if len(told) > RESULTS_PER_GROUP:
            out.append(f"- Kết quả của {len(told) - RESULTS_PER_GROUP} nhiệm vụ khác trong nhóm: xem Phụ lục.")
    return out


def _listed(statements: list[Statement], nothing: str) -> str:
    lines = []
    for s in statements:
        refs = f"; nhiệm vụ {', '.join(s.refs[:6])}{'…' if len(s.refs) > 6 else ''}" if s.refs else ""
        lines.append(f"- {s.text.rstrip(' .;')} ({', '.join(s.units)}{refs}).")
    return "\n".join(lines) or nothing


def _following(round: Round, lines: list[_Line], as_of: dt.date) -> list[str]:
    """Open tasks that fall due by the end of the period after this one, or in a month at least; the overdue first."""
    last = as_of + LEAST_NEXT
    if round.period:
        try:
            last = max(last, Period.parse(round.period).next.end)
        except ValueError:
            pass
    due = [line for line in lines if line.cell in (Cell.OPEN_OVERDUE, Cell.OPEN_IN_TIME) and line.task.due]
    soon = sorted(
        (line for line in due if line.task.due and line.task.due <= last), key=lambda x: (x.task.due, x.task.order)
    )
    if not soon:
        return ["Tiếp tục thực hiện các nhiệm vụ theo kế hoạch."]
    out = [f"- {_named(line)} ({_lead(line)}, hạn {_due(line.task)})." for line in soon[:NEXT_SHOWN]]
    if len(soon) > NEXT_SHOWN:
        out.append(f"- Và {len(soon) - NEXT_SHOWN} nhiệm vụ khác đến hạn (xem Phụ lục).")
    return out


def _addressee(round: Round) -> str:
    """Whom the rule has reports sent to; nobody where that is the focal unit, for it doesn't write to itself."""
    to = round.rule.to if round.rule else ""
    focal = round.focal_unit
    return "" if focal and fold(to) in (fold(focal.name), fold(focal.short_name)) else to


def _recipients(round: Round) -> list[str]:
    agency = round.agency.short_name or round.agency.name
    first = "Như trên" if _addressee(round) else f"Lãnh đạo {agency}"
    focal = f", {round.focal_unit.label}" if round.focal_unit else ""
    return [first, f"Các đơn vị thuộc {agency}", f"Lưu: VT{focal}"]


def _signer(agency_id: int) -> Person | None:
    return (
        Person.objects.filter(unit__agency_id=agency_id, role__code="leader", post=Person.Post.HEAD, is_active=True)
        .order_by("pk")
        .first()
    )


def _short_names(task: Task, role: str) -> str:
    """The units of the task as a narrow column names them: by their short names where the register has any."""
    parts = [part for part in task.task_units.all() if part.role == role]
    return "; ".join((part.unit.short_name if part.unit else "") or part.label for part in parts)


def _appendix(groups: dict[str, list[_Line]]) -> list[TaskRow]:
    rows = []
    for name, lines in groups.items():
        if len(groups) > 1:
            rows.append(TaskRow(group=name))
        for line in lines:
            task = line.task
            moved = (
                f"\n(hạn ban đầu {date_vi(task.original_due)})"
                if task.original_due and task.original_due != task.due
                else ""
            )
            rows.append(
                TaskRow(
                    ref=task.ref,
                    title=task.title,
                    lead=_short_names(task, TaskUnit.Role.LEAD),
                    others=_short_names(task, TaskUnit.Role.COORDINATING),
                    due=_due(task) + moved,
                    progress=f"{line.progress}%",
                    result=line.words or "Chưa có báo cáo trong kỳ.",
                    standing=STANDINGS[line.cell],
                    products="; ".join(p.text for p in task.products.all()),
                    key=task.pk,
                )
            )
    return rows
