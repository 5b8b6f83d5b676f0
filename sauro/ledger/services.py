"""Writing and checking the ledger."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext

from sauro.ledger.models import Entry, Head


class Actor(Protocol):
    """Whoever acts: a signed-in person, or None for the software itself."""

    pk: Any

    def get_full_name(self) -> str:
        """The name that is written down."""


@dataclass(slots=True)
class Act:
    """One thing done, before it is chained. `agency_id` is that of the object where it has one."""

    verb: str
    obj: models.Model
    data: dict[str, Any] = field(default_factory=dict)


def _digest(entry: Entry) -> str:
    body = [
        entry.seq, entry.at.astimezone(dt.UTC).isoformat(), entry.actor_id, entry.actor_label, entry.agency_id,
        entry.verb, entry.object_type, entry.object_id, entry.object_label, entry.data, entry.previous,
    ]  # fmt: skip
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def record(actor: Actor | None, verb: str, obj: models.Model, **data: Any) -> Entry:
    """Append one entry about `obj`. Must run inside the transaction of the change that it tells of.

    Raises `TransactionManagementError` outside a transaction.
    """
    return record_many(actor, [Act(verb, obj, data)])[0]


def record_many(actor: Actor | None, acts: Iterable[Act]) -> list[Entry]:
    """Append many entries in one go, in the order given; same rules as `record`."""
    connection = transaction.get_connection()
    connection.validate_no_broken_transaction()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Sổ cái chỉ ghi trong giao dịch của chính thay đổi đó.")
    head, _ = Head.objects.select_for_update().get_or_create(id=1)
    now = timezone.now()
    entries = []
    for act in acts:
        entry = Entry(
            seq=head.seq + 1,
            at=now,
            actor_id=actor.pk if actor else None,
            actor_label=actor.get_full_name()[:200] if actor else "",
            agency_id=getattr(act.obj, "agency_id", None),
            verb=act.verb,
            object_type=act.obj._meta.label_lower,
            object_id=str(act.obj.pk),
            object_label=str(act.obj)[:500],
            data=json.loads(json.dumps(act.data, default=str)),
            previous=head.hash,
        )
        entry.hash = _digest(entry)
        head.seq, head.hash = entry.seq, entry.hash
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=500)
    head.save()
    return entries


def history_of(obj: models.Model) -> models.QuerySet[Entry]:
    """The entries about one object, newest first."""
    return Entry.objects.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk)).order_by("-seq")


@dataclass(slots=True, frozen=True)
class Fault:
    """A place where the ledger isn't what was written."""

    seq: int
    why: str


def verify() -> Iterator[Fault]:
    """Walk the whole chain and yield every fault: a changed, missing or added entry, a cut end."""
    previous, expected = "0" * 64, 1
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        if entry.seq != expected:
            yield Fault(
                expected, gettext("thiếu dòng %(first)d đến %(last)d") % {"first": expected, "last": entry.seq - 1}
            )
        if entry.previous != previous:
            yield Fault(entry.seq, gettext("không nối với dòng trước"))
        if entry.hash != _digest(entry):
            yield Fault(entry.seq, gettext("nội dung đã bị sửa"))
        previous, expected = entry.hash, entry.seq + 1
    head = Head.objects.filter(id=1).first()
    if (head.seq, head.hash) != (expected - 1, previous) if head else expected != 1:
        yield Fault(expected, gettext("cuối sổ bị cắt hoặc thêm"))


def stamp() -> str:
    """A mark that changes with every entry: what follows from recorded changes alone may be kept while it stands."""
    return Head.objects.filter(id=1).values_list("hash", flat=True).first() or ""


def length() -> int:
    """How many entries the ledger should have."""
    return Head.objects.filter(id=1).values_list("seq", flat=True).first() or 0
