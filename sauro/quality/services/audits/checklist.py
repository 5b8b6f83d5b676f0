"""The checklist of an audit: made from the clause map, the procedures' steps and what was found before; then edited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from sauro.documents.models import DocumentedInformation
from sauro.ledger import services as ledger
from sauro.organization.models import Person
from sauro.quality.models import Applicability, Audit, ChecklistItem, ClauseAnswer, Finding
from sauro.quality.ready import questions, standard
from sauro.quality.services.audits.lattice import demand
from sauro.quality.services.audits.planning import locked
from sauro.quality.services.errors import NotNow
from sauro.vietnamese.text import nfc

Grade = Finding.Grade
# Far above any order in use: moved there first, so that no two questions share a place on the way.
ASIDE = 16000
MOST = 400


@dataclass(frozen=True, slots=True)
class Proposed:
    """A question that a checklist could have."""

    clause: str
    question: str
    look_at: str = ""
    document: DocumentedInformation | None = None


def proposed(audit: Audit) -> list[Proposed]:
    """The questions that the map gives for an audit, in order: what was found there before, clauses, procedures.

    Clauses are those of the audit, else those that its processes and procedures answer; those that don't apply to the
    agency are left out. What to look at: the documents that the clause map names for the clause, then what is usual.
    """
    documents = list(audit.documents.select_related("current").order_by("sort_key", "pk"))
    chosen = audit.clauses or [
        *(c for p in audit.processes.all() for c in p.clauses),
        *(c for d in documents for c in d.clauses),
    ]
    shown = _answers(audit)
    found = list(_followed_up(audit))
    for number in leaves(audit.agency_id, chosen):
        for q in questions.for_clause(number):
            look = [*shown.get(number, ()), *q.look_for]
            found.append(Proposed(number, q.text, "; ".join(dict.fromkeys(look))))
    for document in documents:
        content = document.current.content if document.current else {}
        for q in questions.for_procedure(document.code, content.get("steps", ()), content.get("records", ())):
            found.append(Proposed(q.clause, q.text, "; ".join(q.look_for), document))
    return found


def leaves(agency_id: int, chosen: Iterable[str]) -> list[str]:
    """The clauses without a clause below that lie at or under the chosen ones and apply to the agency, in order."""
    off = list(
        Applicability.objects.filter(agency_id=agency_id, edition=standard.CURRENT, applies=False).values_list(
            "clause", flat=True
        )
    )
    chosen = set(chosen)
    return [
        c.number
        for c in standard.clauses()
        if c.leaf and any(_under(c.number, n) for n in chosen) and not any(_under(c.number, n) for n in off)
    ]


def _under(number: str, above: str) -> bool:
    return number == above or number.startswith(f"{above}.")


def _answers(audit: Audit) -> dict[str, list[str]]:
    rows = (
        ClauseAnswer.objects.filter(agency_id=audit.agency_id, edition=standard.CURRENT)
        .filter(Q(unit=None) | Q(unit=audit.unit))
        .select_related("document", "records")
    )
    above: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        said = [row.document.code if row.document else "", str(row.records) if row.records else "", row.note]
        above[row.clause] += [text for text in said if text]
    found: dict[str, list[str]] = {}
    for c in standard.clauses():
        if c.leaf:
            found[c.number] = [t for number, texts in above.items() if _under(c.number, number) for t in texts]
    return found


def _followed_up(audit: Audit) -> Iterator[Proposed]:
    before = (
        Finding.objects.filter(
            audit__unit=audit.unit,
            audit__starts_on__lt=audit.starts_on,
            audit__programme__year__gte=audit.programme.year - 1,
            grade__in=(Grade.MAJOR, Grade.MINOR),
            withdrawn_reason="",
        )
        .exclude(audit=audit)
        .select_related("nonconformity", "document")
        .order_by("pk")
    )
    for finding in before:
        code = finding.nonconformity.code if finding.nonconformity else finding.code
        yield Proposed(
            finding.clause,
            _("%(code)s lần trước: %(text)s Đã khắc phục đến đâu, có lặp lại không?")
            % {"code": code, "text": finding.text.strip()[:300].rstrip(".") + "."},
            code,
            finding.document,
        )


@transaction.atomic
def build_checklist(audit: Audit, person: Person) -> int:
    """Add to the checklist what the map gives and it hasn't got yet; how many were added. What stands there stays.

    Raises `NotNow`, `Refused`.
    """
    fresh = locked(audit)
    demand(person, fresh, "checklist")
    there = set(fresh.items.values_list("clause", "question", "document_id"))
    last = fresh.items.aggregate(last=Max("order"))["last"] or 0
    added = []
    for q in dict.fromkeys(proposed(fresh)):
        if (q.clause, q.question, q.document.pk if q.document else None) not in there:
            added.append(q)
    added = added[: max(0, MOST - len(there))]
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            audit=fresh,
            order=last + i,
            clause=q.clause,
            document=q.document,
            question=q.question,
            look_at=q.look_at,
        )
        for i, q in enumerate(added, 1)
    )
    if added:
        ledger.record(person, "quality.audit.checklist_built", fresh, added=len(added))
    return len(added)


@transaction.atomic
def add_question(
    audit: Audit,
    person: Person,
    question: str,
    *,
    clause: str = "",
    document: DocumentedInformation | None = None,
    look_at: str = "",
) -> ChecklistItem:
    """A question of one's own, at the end. Raises `NotNow`, `Refused`."""
    fresh = locked(audit)
    demand(person, fresh, "checklist")
    if document is not None and document.agency_id != fresh.agency_id:
        raise NotNow(_("Quy trình phải thuộc cơ quan này."))
    last = fresh.items.aggregate(last=Max("order"))["last"] or 0
    item = ChecklistItem.objects.create(
        audit=fresh, order=last + 1, document=document, look_at=nfc(look_at).strip(), **_asked(question, clause)
    )
    ledger.record(person, "quality.audit.question_added", item, question=item.question[:200])
    return item


@transaction.atomic
def edit_question(
    item: ChecklistItem, person: Person, question: str, *, clause: str = "", look_at: str = ""
) -> ChecklistItem:
    """Change a question that hasn't been answered. Raises `NotNow`, `Refused`."""
    fresh = _unanswered(item, person)
    for name, value in _asked(question, clause).items():
        setattr(fresh, name, value)
    fresh.look_at = nfc(look_at).strip()
    fresh.save()
    ledger.record(person, "quality.audit.question_edited", fresh, question=fresh.question[:200])
    return fresh


@transaction.atomic
def drop_question(item: ChecklistItem, person: Person) -> None:
    """Take out a question that hasn't been answered. Raises `NotNow`, `Refused`."""
    fresh = _unanswered(item, person)
    ledger.record(person, "quality.audit.question_dropped", fresh.audit, question=fresh.question[:200])
    fresh.delete()


@transaction.atomic
def reorder(audit: Audit, person: Person, ids: Sequence[int]) -> None:
    """Put the questions in the order of `ids`; those not named keep their order after them. Raises `NotNow`,
    `Refused`."""
    fresh = locked(audit)
    demand(person, fresh, "checklist")
    items = {item.pk: item for item in fresh.items.order_by("order")}
    order = [pk for pk in dict.fromkeys(ids) if pk in items]
    order += [pk for pk in items if pk not in set(order)]
    if order == list(items):
        return
    _place(items, order, ASIDE)
    _place(items, order, 1)
    ledger.record(person, "quality.audit.reordered", fresh, questions=len(order))


def move_question(item: ChecklistItem, person: Person, by: int) -> None:
    """Move a question up (`by` −1) or down (+1) in its checklist. Raises `NotNow`, `Refused`."""
    ids = list(ChecklistItem.objects.filter(audit_id=item.audit_id).order_by("order").values_list("pk", flat=True))
    at = ids.index(item.pk)
    ids.insert(max(0, at + by), ids.pop(at))
    reorder(item.audit, person, ids)


def _place(items: dict[int, ChecklistItem], order: list[int], first: int) -> None:
    for n, pk in enumerate(order):
        items[pk].order = first + n
    # A statement that moves all at once still meets a neighbour on the way; those far apart never do.
    ChecklistItem.objects.bulk_update([items[pk] for pk in order], ["order"], batch_size=200)


def _asked(question: str, clause: str) -> dict[str, str]:
    if not (question := nfc(question).strip()):
        raise NotNow(_("Ghi câu hỏi."))
    clause = clause.strip()
    if clause:
        try:
            standard.clause(clause)
        except KeyError:
            raise NotNow(_("Tiêu chuẩn không có điều khoản %(number)s.") % {"number": clause}) from None
    return {"question": question, "clause": clause}


def _unanswered(item: ChecklistItem, person: Person) -> ChecklistItem:
    audit = locked(item.audit)
    demand(person, audit, "checklist")
    fresh: ChecklistItem = ChecklistItem.objects.select_for_update().get(pk=item.pk)
    fresh.audit = audit
    if fresh.answer != ChecklistItem.Answer.OPEN or fresh.note or fresh.findings.exists():
        raise NotNow(_("Câu hỏi này đã có ghi nhận nên không sửa, bỏ được. Thêm câu hỏi mới nếu cần."))
    return fresh
