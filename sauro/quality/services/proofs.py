"""What proves a record is evidence like any other, kept in the one store."""

from __future__ import annotations

import datetime as dt
from typing import IO, Any

from django.db import transaction

from sauro.ledger import services as ledger
from sauro.monitoring import services as monitoring
from sauro.organization.models import Person
from sauro.quality.models import Proof
from sauro.quality.models.links import PROOF_OF


@transaction.atomic
def add_proof(
    subject: Any, kind: str, person: Person, source: IO[bytes], name: str, *, document_date: dt.date | None = None
) -> Proof:
    """Keep a file behind `subject`, a record of one of the kinds of `PROOF_OF`.

    Whoever calls has asked for permission on the subject. Raises `FileRefused`.
    """
    if kind not in PROOF_OF:
        raise ValueError(kind)
    evidence = monitoring.keep_evidence(subject.agency_id, person, source, name, document_date=document_date)
    proof = Proof.objects.create(agency_id=subject.agency_id, evidence=evidence, **{kind: subject})
    ledger.record(person, "quality.proof.added", subject, evidence=evidence.pk, name=evidence.name)
    return proof
