"""Processes of the system and what they give each other (TCVN ISO 9001:2015, 4.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.documents.models import DocumentedInformation
from sauro.ledger import services as ledger
from sauro.organization.models import Agency, Person
from sauro.organization.policy import Capability, require
from sauro.quality.models import Process, ProcessFlow
from sauro.quality.ready import starters
from sauro.quality.services import keeping
from sauro.quality.services.errors import NotNow

VERB = "quality.process"
FIELDS = ("code", "name", "kind", "order", "unit", "owner", "inputs", "outputs", "resources", "criteria", "clauses",
          "reviewed_on")  # fmt: skip
KINDS = {"leading": Process.Kind.MANAGEMENT, "core": Process.Kind.CORE, "supporting": Process.Kind.SUPPORT}


def save(
    agency: Agency,
    person: Person,
    today: dt.date,
    values: Mapping[str, Any],
    found: Process | None = None,
    *,
    indicators: Iterable[Any] | None = None,
    documents: Iterable[Any] | None = None,
) -> Process:
    """A process with its inputs, outputs, owner, indicators and documents. Raises `NotNow`, `Refused`."""
    links = {n: list(rows) for n, rows in (("indicators", indicators), ("documents", documents)) if rows is not None}
    for rows in links.values():
        if any(row.agency_id != agency.pk for row in rows):
            raise ValueError("of another agency")
    return keeping.keep(
        Process, agency, person, {**values, "reviewed_on": today}, found, verb=VERB, fields=FIELDS,
        needed={"code": _("Ghi mã quá trình."), "name": _("Ghi tên quá trình."), "kind": _("Chọn loại quá trình.")},
        once=("code", _("Mã %(value)s đã dùng cho một quá trình khác.")), links=links,
    )  # fmt: skip


def end(process: Process, person: Person, today: dt.date) -> None:
    """The process is no longer part of the system. Raises `NotNow`, `Refused`."""
    keeping.end(process, person, today, verb=VERB)


@transaction.atomic
def set_flows(process: Process, person: Person, targets: Mapping[Process, str] | Iterable[Process]) -> None:
    """What the process gives to which others: the arrows that leave it. Raises `NotNow`, `Refused`."""
    require(person, Capability.RUN_QUALITY, process.agency)
    wanted = targets if isinstance(targets, Mapping) else dict.fromkeys(targets, "")
    if any(t.agency_id != process.agency_id for t in wanted):
        raise ValueError("of another agency")
    if process in wanted:
        raise NotNow(_("Quá trình không chuyển đầu ra cho chính nó."))
    now = {f.target_id: f for f in process.gives.all()}
    for target, what in wanted.items():
        flow = now.pop(target.pk, None) or ProcessFlow(source=process, target=target)
        if flow.pk is None or what:
            flow.what = what[:300]
            flow.save()
    ProcessFlow.objects.filter(pk__in=[f.pk for f in now.values()]).delete()
    ledger.record(person, "quality.process.flows", process, to=[t.code for t in wanted])


@transaction.atomic
def take_model(agency: Agency, person: Person, today: dt.date, kind: str) -> int:
    """Draw the processes that agencies of the kind begin with, those whose code isn't there yet, with their arrows and
    the documents of the model set where the agency has them. Returns how many. Raises `Refused`."""
    rows = starters.processes(kind, agency.name, today.year)
    have = {p.code: p for p in Process.objects.filter(agency=agency)}
    made: dict[str, Process] = {}
    count = 0
    for n, row in enumerate(rows, 1):
        code = f"QTr.{n:02d}"
        if code in have:
            made[row.key] = have[code]
            continue
        documents = DocumentedInformation.objects.filter(agency=agency, code__in=row.documents)
        made[row.key] = save(
            agency,
            person,
            today,
            {
                "code": code,
                "name": row.title,
                "kind": KINDS[row.kind],
                "order": n,
                "inputs": "\n".join(row.inputs),
                "outputs": "\n".join(row.outputs),
                "criteria": row.indicator,
                "clauses": list(row.clauses),
            },
            documents=documents,
        )
        count += 1
    if count:
        for row in rows:
            source = made[row.key]
            if not source.gives.exists():
                set_flows(source, person, [made[key] for key in row.next if key in made])
    return count
