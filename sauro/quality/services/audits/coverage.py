"""What a year's audits cover and what they leave out; what earlier results and risks say (TCVN ISO 9001:2015, 9.2.2 a).

Nothing is written here: everything is worked out from the audits, the processes, the documents and the clauses as they
stand.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, Max, Q

from sauro.documents.models import DocumentClass, DocumentedInformation
from sauro.organization.models import Agency, Person, Unit
from sauro.quality.models import Applicability, Audit, Finding, Nonconformity, Process, Risk, RiskScale
from sauro.quality.ready import standard

State = Audit.State
DONE = (State.REPORTED, State.CLOSED)
STAFFED = (Unit.Kind.UNIT, Unit.Kind.ROLE, Unit.Kind.ORGANISATION)


@dataclass(slots=True)
class Cell:
    """Where a unit meets a process or clause: the audits that look at it, and whether one of them has a report.

    `expected`: the process belongs to the unit, so an empty cell is a gap.
    """

    audits: list[Audit] = field(default_factory=list)
    expected: bool = False

    @property
    def state(self) -> str:
        """done, planned, gap or nothing."""
        if any(a.state in DONE for a in self.audits):
            return "done"
        return "planned" if self.audits else "gap" if self.expected else ""


@dataclass(slots=True)
class Line:
    """A unit's row of the matrix. `cells`: in the order of the columns; `audits`: all that look at the unit."""

    unit: Unit
    cells: list[Cell]
    audits: list[Audit]


@dataclass(slots=True)
class Coverage:
    """The matrices of a year and what no audit covers, each in its own words."""

    processes: list[Process]
    sections: list[standard.Clause]
    by_process: list[Line]
    by_clause: list[Line]
    missing_units: list[Unit]
    missing_processes: list[Process]
    missing_clauses: list[standard.Clause]
    missing_documents: list[DocumentedInformation]
    clauses_total: int
    documents_total: int

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return not (self.missing_units or self.missing_processes or self.missing_clauses or self.missing_documents)


def coverage(agency: Agency, year: int) -> Coverage:
    """What the year's audits that weren't cancelled cover. A fixed number of queries."""
    audits = list(
        Audit.objects.filter(agency=agency, programme__year=year)
        .exclude(state=State.CANCELLED)
        .select_related("unit")
        .prefetch_related("processes", "documents")
        .order_by("starts_on", "pk")
    )
    units = staffed_units(agency)
    processes = list(
        Process.objects.filter(agency=agency, ended_on=None).select_related("unit", "owner").order_by("order", "code")
    )
    leaves, sections = _clauses(agency)
    looked = {a.pk: clauses_of(a) for a in audits}
    of_unit = {u.pk: [a for a in audits if u.path.startswith(a.unit.path)] for u in units}
    by_process, by_clause = [], []
    for unit in units:
        mine = of_unit[unit.pk]
        row = [Cell([a for a in mine if p in a.processes.all()], expected=p.unit_id == unit.pk) for p in processes]
        by_process.append(Line(unit, row, mine))
        row = [Cell([a for a in mine if any(meets(c.number, n) for n in looked[a.pk])]) for c in sections]
        by_clause.append(Line(unit, row, mine))
    procedures = list(
        DocumentedInformation.objects.filter(agency=agency, cls__kind=DocumentClass.Kind.PROCEDURE)
        .in_force()
        .order_by("sort_key", "pk")
    )
    covered_documents = {d.pk for a in audits for d in a.documents.all()}
    covered_processes = {p.pk for a in audits for p in a.processes.all()}
    chosen = {n for numbers in looked.values() for n in numbers}
    return Coverage(
        processes=processes,
        sections=sections,
        by_process=by_process,
        by_clause=by_clause,
        missing_units=[u for u in units if not of_unit[u.pk]],
        missing_processes=[p for p in processes if p.pk not in covered_processes],
        missing_clauses=_collapsed([c for c in leaves if not any(_under(c.number, n) for n in chosen)], leaves),
        missing_documents=[d for d in procedures if d.pk not in covered_documents],
        clauses_total=len(leaves),
        documents_total=len(procedures),
    )


def clauses_of(audit: Audit) -> list[str]:
    """The clauses that an audit looks at: its own, else those that its processes and procedures answer."""
    if audit.clauses:
        return list(audit.clauses)
    found = [c for p in audit.processes.all() for c in p.clauses] + [
        c for d in audit.documents.all() for c in d.clauses
    ]
    return list(dict.fromkeys(found))


def staffed_units(agency: Agency) -> list[Unit]:
    """The units in which someone works: what can be audited. Boards and groups without people of their own aren't."""
    with_people = Person.objects.filter(unit__agency=agency, is_active=True).values("unit")
    return list(
        Unit.objects.filter(agency=agency, is_active=True, kind__in=STAFFED, pk__in=with_people).order_by("path")
    )


@dataclass(slots=True)
class Hint:
    """What speaks for auditing a unit: `major`, `minor` of the year before, nonconformities open now, high risks."""

    unit: Unit
    last: dt.date | None = None
    major: int = 0
    minor: int = 0
    open: int = 0
    risks: int = 0

    @property
    def weight(self) -> int:
        """For the order in which units are shown: what went wrong before counts most."""
        return 6 * self.major + 3 * self.minor + 2 * self.open + 2 * self.risks + (4 if self.last is None else 0)


def hints(agency: Agency, year: int) -> list[Hint]:
    """Each unit with the results of its earlier audits and its risks, the heaviest first. A fixed number of queries."""
    units = staffed_units(agency)
    last = dict(
        Audit.objects.filter(agency=agency, programme__year__lt=year, state__in=DONE)
        .order_by()
        .values_list("unit")
        .annotate(last=Max("ends_on"))
    )
    graded: dict[int, Counter[str]] = defaultdict(Counter)
    rows = (
        Finding.objects.filter(agency=agency, withdrawn_reason="", audit__programme__year=year - 1)
        .filter(audit__state__in=DONE)
        .values_list("audit__unit", "grade")
    )
    for unit_id, grade in rows:
        graded[unit_id][grade] += 1
    unsettled = Nonconformity.objects.filter(agency=agency).exclude(
        state__in=(Nonconformity.State.CLOSED, Nonconformity.State.CANCELLED)
    )
    open_by = Counter(unsettled.values_list("unit", flat=True))
    scale = RiskScale.objects.filter(agency=agency, kind=Risk.Kind.RISK).first()
    high = scale.high_from if scale else RiskScale._meta.get_field("high_from").default
    risky = Risk.objects.filter(agency=agency, kind=Risk.Kind.RISK, state=Risk.State.OPEN).annotate(
        now=F("now_likelihood") * F("now_severity")
    )
    risks = Counter(risky.filter(Q(now__gte=high)).values_list("unit", flat=True))
    found = [
        Hint(
            unit=u,
            last=last.get(u.pk),
            major=graded[u.pk][Finding.Grade.MAJOR],
            minor=graded[u.pk][Finding.Grade.MINOR],
            open=open_by[u.pk],
            risks=risks[u.pk],
        )
        for u in units
    ]
    return sorted(found, key=lambda h: (-h.weight, h.unit.path))


def meets(number: str, other: str) -> bool:
    """Whether two clauses are the same or one lies under the other."""
    return _under(number, other) or _under(other, number)


def _under(number: str, above: str) -> bool:
    return number == above or number.startswith(f"{above}.")


def _clauses(agency: Agency) -> tuple[list[standard.Clause], list[standard.Clause]]:
    """The clauses that apply: those with none below, and those of the second level, which head the columns."""
    off = list(
        Applicability.objects.filter(agency=agency, edition=standard.CURRENT, applies=False).values_list(
            "clause", flat=True
        )
    )
    applying = [c for c in standard.clauses() if not any(_under(c.number, n) for n in off)]
    leaves = [c for c in applying if c.leaf]
    sections = [c for c in applying if c.level == 2 and any(_under(leaf.number, c.number) for leaf in leaves)]
    return leaves, sections


def _collapsed(missing: list[standard.Clause], leaves: Iterable[standard.Clause]) -> list[standard.Clause]:
    """The missing clauses, a whole section as one where all of it is missing."""
    numbers = {c.number for c in missing}
    found: list[standard.Clause] = []
    for c in missing:
        section = ".".join(c.number.split(".")[:2])
        below = [leaf.number for leaf in leaves if _under(leaf.number, section)]
        if set(below) <= numbers:
            whole = standard.clause(section)
            if whole not in found:
                found.append(whole)
        else:
            found.append(c)
    return found
