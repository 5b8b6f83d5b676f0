"""Step 5: what is made from the ready set, each part once: documents as drafts that say they are templates, context,
processes, scales, committee, the year's plan (TCVN ISO 9001:2015, 4.1, 4.2, 4.4, 5.3, 6.1, 6.2, 7.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sauro.documents.models import DocumentedInformation
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, allows, holders
from sauro.organization.services import agency_scope, root_of
from sauro.quality.models import (
    CommitteeMember,
    ContextIssue,
    InterestedParty,
    Process,
    ProcessFlow,
    Risk,
    RiskScale,
    SetUp,
)
from sauro.quality.ready import starters
from sauro.quality.ready.kinds import terms_of
from sauro.quality.scales import default_scale
from sauro.quality.services import risks, year
from sauro.quality.services.errors import NotNow
from sauro.quality.services.model_documents import draft_model_set
from sauro.quality.services.start import course
from sauro.vietnamese.text import fold, squeeze

Role = CommitteeMember.Role
PROCESS_KINDS = {
    "leading": Process.Kind.MANAGEMENT,
    "core": Process.Kind.CORE,
    "supporting": Process.Kind.SUPPORT,
}
# By the words a party's name begins with or holds, without diacritics, the first that fits.
_PARTIES = (
    (InterestedParty.Kind.SUPPLIER, ("ben cung cap", "nha cung cap", "nha thau")),
    (InterestedParty.Kind.STAFF, ("cong chuc", "vien chuc", "nguoi lao dong")),
    (InterestedParty.Kind.CITIZEN, ("nguoi dan", "doanh nghiep", "nguoi su dung", "doi tuong duoc")),
    (InterestedParty.Kind.PEER, ("phoi hop", "cung bo", "cap xa", "mat tran", "bo, nganh")),
    (InterestedParty.Kind.ABOVE, ("chinh phu", "uy ban nhan dan", "bo ", "thanh tra", "kiem toan", "so ")),
)


@dataclass(slots=True)
class Wanted:
    """What a person chose. `issues`, `parties`: which of those proposed, by their place; `decision`: the number of the
    decision that set the committee up, empty while there is none; `year` with `adopt`: its plan is to be in force."""

    documents: bool
    issues: Sequence[int]
    parties: Sequence[int]
    processes: bool
    scales: bool
    year: int
    adopt: bool
    decision: str = ""
    decided_on: dt.date | None = None


@dataclass(slots=True, frozen=True)
class Seat:
    """Someone proposed for the committee (5.3)."""

    person: Person
    role: Role


def committee_proposal(agency: Agency, secretary: Person) -> list[Seat]:
    """Who might sit on the steering committee: the leader at its head, a deputy as QMR, heads of units, a secretary."""
    people = list(
        Person.objects.filter(unit__agency=agency, is_active=True)
        .exclude(pk=secretary.pk)
        .select_related("unit", "role")
        .order_by("unit__path", "sort_key", "pk")
    )
    leaders = sorted((p for p in people if p.role.code == "leader"), key=lambda p: p.post != Person.Post.HEAD)
    seats = [Seat(p, role) for p, role in zip(leaders, (Role.HEAD, Role.QMR), strict=False)]
    seats += [Seat(p, Role.DEPUTY) for p in leaders[2:]]
    seats += [Seat(p, Role.MEMBER) for p in people if p.role.code == "head" and p.post == Person.Post.HEAD]
    return [*seats, Seat(secretary, Role.SECRETARY)]


def office_of(agency: Agency, terms: dict[str, str]) -> Unit:
    """The office that keeps the documents: by the agency's word for it, else the first that is called so, else the
    agency's own node."""
    units = list(Unit.objects.filter(agency=agency, is_active=True, kind=Unit.Kind.UNIT).order_by("path"))
    asked = fold(terms["office"])
    heads = ("van phong", "phong hanh chinh", "phong to chuc", "phong tong hop")
    return (
        next((u for u in units if u.folded == asked), None)
        or next((u for head in heads for u in units if u.folded.startswith(head)), None)
        or root_of(agency)
    )


def may_adopt(person: Person) -> bool:
    """Whether the person may put the year's plan in force."""
    return allows(person, Capability.ADOPT_PLAN, agency_scope(person.unit.agency))


def who_adopts(agency: Agency) -> str:
    """Those who may."""
    return holders(Capability.ADOPT_PLAN, agency_scope(agency))


@transaction.atomic
def make(person: Person, wanted: Wanted, today: dt.date) -> SetUp:
    """Make what was chosen and isn't there yet; what is there stays. Each part is written into the ledger.

    Raises `NotNow` (a committee without the day of its decision, a year that is no year), `Refused`.
    """
    found = course.locked(person)
    agency, kind = found.agency, course.kind_of(found)
    if wanted.decision and not wanted.decided_on:
        raise NotNow(_("Ghi ngày của quyết định thành lập Ban Chỉ đạo."))
    terms = terms_of(kind, agency.name, wanted.year, **course.own_words(found))
    office = office_of(agency, terms)
    made: dict[str, int] = {}
    if wanted.documents:
        drafts = draft_model_set(agency, person, kind, wanted.year, office, own=course.own_words(found))
        made["documents"] = len(drafts)
    made["issues"] = _issues(found, kind, wanted, today)
    made["parties"] = _parties(found, kind, wanted, today)
    if wanted.processes:
        made["processes"] = _processes(found, kind, wanted.year, office)
    if wanted.scales:
        made["scales"] = _scales(agency, person)
    if wanted.decision:
        made["committee"] = _committee(found, person, squeeze(wanted.decision), wanted.decided_on or today)
    if wanted.adopt and not year.cycle_of(agency, wanted.year):
        year.start_year(agency, wanted.year, kind, person, today)
        made["plan"] = 1
    made = {part: n for part, n in made.items() if n}
    found.answers = {**found.answers, "made": {**made, "year": wanted.year}}
    found.finished_at = found.finished_at or timezone.now()
    return course.step_done(found, person, course.MAKE, "made", year=wanted.year, made=made)


def _issues(found: SetUp, kind: str, wanted: Wanted, today: dt.date) -> int:
    """External and internal issues (4.1). One that cuts both ways is kept as what hinders: it has to be answered."""
    agency = found.agency
    known = set(ContextIssue.objects.filter(agency=agency).values_list("text", flat=True))
    made = 0
    for at, issue in enumerate(starters.issues(kind, agency.name, wanted.year)):
        if at in wanted.issues and issue.text not in known:
            good = issue.effect == "opportunity"
            effect = ContextIssue.Effect.GOOD if good else ContextIssue.Effect.BAD
            ContextIssue.objects.create(
                agency=agency, kind=issue.side, effect=effect, text=issue.text, reviewed_on=today
            )
            made += 1
    return made


def party_kind(name: str) -> str:
    """The group that a party belongs to, by the words of its name."""
    said = fold(name) + " "
    return next((kind for kind, ways in _PARTIES if any(way in said for way in ways)), InterestedParty.Kind.OTHER)


def _parties(found: SetUp, kind: str, wanted: Wanted, today: dt.date) -> int:
    agency = found.agency
    known = set(InterestedParty.objects.filter(agency=agency).values_list("name", flat=True))
    made = 0
    for at, party in enumerate(starters.parties(kind, agency.name, wanted.year)):
        if at in wanted.parties and party.name not in known:
            InterestedParty.objects.create(
                agency=agency, kind=party_kind(party.name), name=party.name[:300], needs="\n".join(party.needs),
                response=party.follow, reviewed_on=today,
            )  # fmt: skip
            made += 1
    return made


def _processes(found: SetUp, kind: str, planned: int, office: Unit) -> int:
    """The processes of the kind of agency with what each gives to which (4.4); none where the agency has its own."""
    agency = found.agency
    if Process.objects.filter(agency=agency).exists():
        return 0
    rows = starters.processes(kind, agency.name, planned)
    documents = {d.code: d for d in DocumentedInformation.objects.filter(agency=agency)}
    owners: dict[str, Person] = {s.role: s.person for s in committee_proposal(agency, found.started_by)}
    made: dict[str, Process] = {}
    for n, row in enumerate(rows, 1):
        owner = owners.get({"leader": Role.HEAD, "qmr": Role.QMR, "secretary": Role.SECRETARY}.get(row.owner, ""))
        process = Process.objects.create(
            agency=agency, code=f"QTr.{n:02d}", name=row.title, kind=PROCESS_KINDS[row.kind], order=n, owner=owner,
            unit=owner.unit if owner else office if row.owner in ("office", "secretary") else None,
            inputs="\n".join(row.inputs), outputs="\n".join(row.outputs), criteria=row.indicator,
            clauses=list(row.clauses),
        )  # fmt: skip
        process.documents.set([documents[code] for code in row.documents if code in documents])
        made[row.key] = process
    ProcessFlow.objects.bulk_create(
        ProcessFlow(source=made[row.key], target=made[key]) for row in rows for key in row.next if key in made
    )
    return len(made)


def _scales(agency: Agency, person: Person) -> int:
    """The ready scales of risks and of opportunities as the agency's own (6.1)."""
    made = 0
    known = set(RiskScale.objects.filter(agency=agency).values_list("kind", flat=True))
    for kind in (Risk.Kind.RISK, Risk.Kind.OPPORTUNITY):
        if kind not in known:
            ready = default_scale(agency.pk, kind)
            risks.set_scale(
                agency, kind, person, likelihood=ready.likelihood, severity=ready.severity,
                medium_from=ready.medium_from, high_from=ready.high_from,
            )  # fmt: skip
            made += 1
    return made


def _committee(found: SetUp, secretary: Person, decision: str, since: dt.date) -> int:
    """The proposal as the committee of the decision; none where there is a committee (5.3)."""
    agency: Any = found.agency
    if CommitteeMember.objects.filter(agency=agency, until=None).exists():
        return 0
    seats = committee_proposal(agency, secretary)
    CommitteeMember.objects.bulk_create(
        CommitteeMember(agency=agency, person=s.person, role=s.role, decision=decision[:60], since=since) for s in seats
    )
    return len(seats)
