"""Which earlier nonconformity one may be a repeat of (TCVN ISO 9001:2015, 10.2.1 b 3). Proposes; a person confirms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from sauro.quality.models import Nonconformity
from sauro.vietnamese.calendar import add_months
from sauro.vietnamese.text import tokens

MONTHS = 24
# Of the words of two titles taken together, so many must be in both.
ALIKE = 0.5
LOOKED_AT = 400
# Words that say nothing of what happened.
_EMPTY = frozenset(tokens("và của cho các những một không có là được trong theo tại chưa bị ở về với"))


@dataclass(slots=True, frozen=True)
class Likely:
    """An earlier nonconformity, and why this one looks like its repeat."""

    earlier: Nonconformity
    why: str


def words_of(title: str) -> frozenset[str]:
    """The telling words of a title, folded."""
    return frozenset(tokens(title)) - _EMPTY


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two sets of words are the same: from 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def likely_repeats(found: Nonconformity, most: int = 3) -> list[Likely]:
    """Earlier ones of 24 months that it may repeat, the likeliest first; two queries.

    The same unit or process with the same clause, document or procedure; or a title in nearly the same words.
    """
    earlier = (
        Nonconformity.objects.filter(
            agency_id=found.agency_id, pk__lt=found.pk, raised_on__gte=add_months(found.raised_on, -MONTHS)
        )
        .exclude(state=Nonconformity.State.CANCELLED)
        .order_by("-id")
    )
    same = list(_same_place(found, earlier)[:most])
    near = _same_words(found, earlier.exclude(pk__in=[s.pk for s in same]))
    rows = [Likely(s, _why(found, s)) for s in same] + [Likely(s, _("nội dung gần giống")) for s in near]
    return rows[:most]


def _same_place(found: Nonconformity, earlier):  # type: ignore[no-untyped-def]
    where = Q(unit_id=found.unit_id)
    if found.process_id:
        where |= Q(process_id=found.process_id)
    what = Q(pk__in=[])
    if found.clause:
        what |= Q(clause=found.clause)
    if found.document_id:
        what |= Q(document_id=found.document_id)
    if found.procedure_id:
        what |= Q(procedure_id=found.procedure_id)
    return earlier.filter(where, what)


def _same_words(found: Nonconformity, earlier) -> Iterator[Nonconformity]:  # type: ignore[no-untyped-def]
    own = words_of(found.title)
    rated = [
        (alike(own, words_of(row.title)), row) for row in earlier.only("id", "code", "title", "raised_on")[:LOOKED_AT]
    ]
    yield from (row for how, row in sorted(rated, key=lambda pair: (-pair[0], -pair[1].pk)) if how >= ALIKE)


def _why(found: Nonconformity, earlier: Nonconformity) -> str:
    where = _("cùng đơn vị") if found.unit_id == earlier.unit_id else _("cùng quá trình")
    if found.document_id and found.document_id == earlier.document_id:
        return where + ", " + _("cùng tài liệu")
    if found.procedure_id and found.procedure_id == earlier.procedure_id:
        return where + ", " + _("cùng thủ tục")
    return where + ", " + _("cùng điều %(clause)s") % {"clause": found.clause}


def chain_of(found: Nonconformity) -> list[Nonconformity]:
    """The first occurrence and all that repeat it, oldest first; just itself where it stands alone.

    Walks up by the key and down level by level: a chain is as long as the same thing has happened.
    """
    top = found
    while top.repeat_of_id:
        top = top.repeat_of  # type: ignore[assignment]
    rows, level = [top], [top.pk]
    while level:
        below = list(Nonconformity.objects.filter(repeat_of__in=level).order_by("pk"))
        rows += below
        level = [row.pk for row in below]
    return sorted(rows, key=lambda row: row.pk)
