"""Clause by clause: what answers it, who owns it, what was found, and how well it is answered."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sauro.documents.models import DocumentedInformation
from sauro.organization.models import Agency
from sauro.quality import models as q
from sauro.quality.conformity.facts import facts_of
from sauro.quality.conformity.judge import Fact, Level, judge
from sauro.quality.ready import standard


@dataclass(frozen=True, slots=True)
class Item:
    """One thing tied to a clause: a document, process, series of records, unit, note, finding or nonconformity.

    `answer`: the number of the `ClauseAnswer` that ties it, where a person did and may untie it.
    """

    kind: str
    pk: int
    label: str
    answer: int | None = None


@dataclass(slots=True)
class ClauseView:
    """A clause as the agency answers it. `missing`: sentences that say what keeps it from being full."""

    clause: standard.Clause
    items: list[Item] = field(default_factory=list)
    facts: list[tuple[str, Fact]] = field(default_factory=list)
    level: Level = Level.EMPTY
    missing: list[str] = field(default_factory=list)
    justification: str = ""

    def of(self, *kinds: str) -> list[Item]:
        """The items of some kinds."""
        return [item for item in self.items if item.kind in kinds]


def conformity_map(agency: Agency, year: int, today: dt.date, edition: str = standard.CURRENT) -> list[ClauseView]:
    """Every clause of the edition in order, chapters included; a chapter or clause with clauses below gathers theirs.

    Asks a fixed number of queries. What is tied to a clause of the older edition is found under the newer one's
    clauses that take it up. Raises `KeyError` for an unknown edition.
    """
    clauses = standard.clauses(edition)
    numbers = [c.number for c in clauses]
    tied = _tied(agency, edition)
    facts = facts_of(agency, year, today)
    out = {a.clause: a.justification for a in q.Applicability.objects.filter(agency=agency, applies=False)}
    majors = _open_majors(agency)
    found = []
    for clause in clauses:
        below = [n for n in numbers if _within(n, clause.number)]
        kinds = list(dict.fromkeys(k for c in clauses if c.number in below for k in c.answered_by))
        items = list(dict.fromkeys(item for number, item in tied if _touches(number, clause.number)))
        why_out = next((out[n] for n in _upwards(clause.number) if n in out), None)
        left = [n for n in below if n in out] if why_out is None else []
        applies = why_out is None and not (left and len(left) == len(below) - 1)
        view = ClauseView(clause, items, [(k, facts[k]) for k in kinds if k in facts], justification=why_out or "")
        view.level, view.missing = judge(
            kinds,
            facts,
            applies=applies,
            tied=sum(i.kind in ("document", "process", "records") for i in items),
            open_major=sum(n for number, n in majors.items() if _touches(number, clause.number)),
        )
        found.append(view)
    return found


def summary(views: Iterable[ClauseView]) -> Counter[Level]:
    """How many clauses of the second level ("4.1" …) stand in each level: the squares of the map."""
    return Counter(view.level for view in views if view.clause.level == 2)


def _within(number: str, above: str) -> bool:
    return number == above or number.startswith(above + ".")


def _touches(number: str, clause: str) -> bool:
    """Whether what is tied to `number` speaks of `clause`: it lies there, below it, or above it."""
    return _within(number, clause) or _within(clause, number)


def _upwards(number: str) -> list[str]:
    parts = number.split(".")
    return [".".join(parts[:n]) for n in range(len(parts), 0, -1)]


def _tied(agency: Agency, edition: str) -> list[tuple[str, Item]]:
    def here(number: str) -> list[str]:
        return [number] if edition == standard.CURRENT else standard.to_new(number) or [number]

    tied: list[tuple[str, Item]] = []
    documents = DocumentedInformation.objects.filter(agency=agency).in_force()
    for pk, code, title, clauses in documents.values_list("pk", "code", "title", "clauses"):
        tied += [(n, Item("document", pk, f"{code} {title}")) for c in clauses for n in here(c)]
    processes = q.Process.objects.filter(agency=agency, ended_on=None)
    for pk, name, clauses in processes.values_list("pk", "name", "clauses"):
        tied += [(n, Item("process", pk, name)) for c in clauses for n in here(c)]
    answers = q.ClauseAnswer.objects.filter(agency=agency).select_related("document", "process", "records", "unit")
    for a in answers:
        for number in [a.clause] if a.edition == edition else here(a.clause):
            for kind in ("document", "process", "records", "unit"):
                if one := getattr(a, kind):
                    tied.append((number, Item(kind, one.pk, str(one), a.pk)))
            if a.note:
                tied.append((number, Item("note", a.pk, a.note, a.pk)))
    findings = q.Finding.objects.filter(agency=agency, withdrawn_reason="").exclude(clause="").exclude(
        grade=q.Finding.Grade.CONFORMITY
    )  # fmt: skip
    for pk, code, text, clause in findings.order_by("-pk").values_list("pk", "code", "text", "clause")[:500]:
        tied += [(n, Item("finding", pk, f"{code} {text[:120]}")) for n in here(clause)]
    found = q.Nonconformity.objects.filter(agency=agency, finding=None).exclude(clause="").exclude(state="cancelled")
    for pk, code, title, clause in found.order_by("-pk").values_list("pk", "code", "title", "clause")[:500]:
        tied += [(n, Item("nonconformity", pk, f"{code} {title}")) for n in here(clause)]
    return tied


def _open_majors(agency: Agency) -> dict[str, int]:
    open_ones = q.Nonconformity.objects.filter(agency=agency, grade="major").exclude(state__in=["closed", "cancelled"])
    counted: dict[str, int] = defaultdict(int)
    for clause in open_ones.exclude(clause="").values_list("clause", flat=True):
        counted[clause] += 1
    return counted
