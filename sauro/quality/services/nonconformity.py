"""Nonconformities from being written down to being told apart (TCVN ISO 9001:2015, 10.2; outputs that fail, 8.7).

Raised here, corrected and analysed in `correcting`, its effect checked and closed in `effect`. What is possible when,
and by whom, is the table of `sauro.quality.nonconformity_lattice`.
"""

from __future__ import annotations

import datetime as dt
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.monitoring.models import Indicator
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, require
from sauro.organization.services import heads_of
from sauro.quality.models import Nonconformity, Proof
from sauro.quality.nonconformity_lattice import LATTICE, Verb, possible, why_not
from sauro.quality.services.codes import next_code
from sauro.quality.services.errors import NotNow
from sauro.quality.services.handling import due_after, lock, tell_about
from sauro.quality.services.proofs import add_proof
from sauro.vietnamese.text import squeeze

State, Source, Grade = Nonconformity.State, Nonconformity.Source, Nonconformity.Grade


@transaction.atomic
def raise_nonconformity(
    agency: Agency,
    person: Person,
    today: dt.date,
    *,
    source: str,
    title: str,
    text: str,
    unit: Unit,
    grade: str = Grade.MINOR,
    clause: str = "",
    document: Any = None,
    process: Any = None,
    procedure: Any = None,
    indicator: Indicator | None = None,
    is_output: bool = False,
    due: dt.date | None = None,
) -> Nonconformity:
    """Write down a nonconformity of `unit` and tell the unit's heads (10.2.1 a; an output that fails: 8.7.1).

    `due`: by when cause and action must be there; by grade where not given. Raises `NotNow`, `Refused`.
    """
    found = Nonconformity(
        agency=agency, year=today.year, source=Source(source), grade=Grade(grade), title=squeeze(title)[:500],
        text=text.strip(), unit=unit, unit_path=unit.path, clause=clause.strip()[:10], document=document,
        process=process, procedure=procedure, indicator=indicator, is_output=is_output, raised_on=today,
        raised_by=person, due=due or due_after(agency, today, grade),
    )  # fmt: skip
    require(person, Capability.RAISE_NONCONFORMITY, found)
    if not found.title or not found.text:
        raise NotNow(_("Ghi tóm tắt và mô tả: trái với yêu cầu nào, bằng chứng gì."))
    if unit.agency_id != agency.pk or not unit.is_active:
        raise NotNow(_("%(unit)s không còn trong danh bạ của cơ quan. Chọn một đơn vị khác.") % {"unit": unit.name})
    for other in (document, process, procedure, indicator):
        if other is not None and other.agency_id != agency.pk:
            raise NotNow(_("%(what)s không thuộc cơ quan này.") % {"what": other})
    if found.due < today:
        raise NotNow(_("Hạn %(day)s đã qua. Chọn ngày từ hôm nay trở đi.") % {"day": f"{found.due:%d/%m/%Y}"})
    found.code = next_code(Nonconformity, agency.pk, "KPH", today.year)
    found.save()
    ledger.record(
        person, "quality.nonconformity.raised", found,
        source=found.source, grade=found.grade, unit=unit.name, clause=found.clause, due=found.due,
    )  # fmt: skip
    tell_about(
        heads_of(unit.path), "quality.nonconformity.raised", found, person,
        lambda: _("%(unit)s có sự không phù hợp mới: %(what)s") % {"unit": unit.label, "what": found},
    )  # fmt: skip
    return found


@transaction.atomic
def edit(
    found: Nonconformity,
    actor: Person,
    today: dt.date,
    *,
    title: str,
    text: str,
    grade: str,
    clause: str = "",
    document: Any = None,
    process: Any = None,
    procedure: Any = None,
    is_output: bool = False,
    due: dt.date | None = None,
) -> Nonconformity:
    """Set right what was written down, while nothing has been decided on it. Raises `NotNow`, `Refused`."""
    found = lock(found, Verb.EDIT, actor, today)
    if not squeeze(title) or not text.strip():
        raise NotNow(_("Ghi tóm tắt và mô tả: trái với yêu cầu nào, bằng chứng gì."))
    if due and due < found.raised_on:
        raise NotNow(_("Hạn không được trước ngày phát hiện %(day)s.") % {"day": f"{found.raised_on:%d/%m/%Y}"})
    values = {
        "title": squeeze(title)[:500], "text": text.strip(), "grade": Grade(grade).value,
        "clause": clause.strip()[:10], "document": document, "process": process, "procedure": procedure,
        "is_output": is_output, "due": due or found.due,
    }  # fmt: skip
    changes = {k: [str(getattr(found, k)), str(v)] for k, v in values.items() if getattr(found, k) != v}
    for name, value in values.items():
        setattr(found, name, value)
    if changes:
        found.save()
        ledger.record(actor, "quality.nonconformity.edited", found, changes=changes)
    return found


@transaction.atomic
def cancel(found: Nonconformity, actor: Person, today: dt.date, reason: str) -> Nonconformity:
    """Conclude that it is no nonconformity, with the reason. Raises `NotNow`, `Refused`."""
    found = lock(found, Verb.CANCEL, actor, today)
    if not reason.strip():
        raise NotNow(_("Ghi vì sao không phải sự không phù hợp."))
    if found.actions.exists():
        raise NotNow(_("Đã có hành động khắc phục được giao nên không kết luận được là không phải sự không phù hợp."))
    found.state, found.cancel_reason = State.CANCELLED, reason.strip()
    found.save(update_fields=["state", "cancel_reason"])
    ledger.record(actor, "quality.nonconformity.cancelled", found, reason=found.cancel_reason)
    tell_about(
        [*heads_of(found.unit_path), found.raised_by], "quality.nonconformity.cancelled", found, actor,
        lambda: _("Không phải sự không phù hợp: %(what)s") % {"what": found},
    )  # fmt: skip
    return found


@transaction.atomic
def link_repeat(found: Nonconformity, earlier: Nonconformity | None, actor: Person, today: dt.date) -> Nonconformity:
    """Confirm that it is a repeat of an earlier one (10.2.1 b 3); None takes that back. Raises `NotNow`, `Refused`."""
    found = lock(found, Verb.LINK, actor, today)
    if earlier is not None and (earlier.agency_id != found.agency_id or earlier.pk >= found.pk):
        raise NotNow(_("Chỉ nối được với một lần xảy ra trước của cùng cơ quan."))
    if earlier is not None and earlier.state == State.CANCELLED:
        raise NotNow(_("%(code)s không phải sự không phù hợp, không nối được.") % {"code": earlier.code})
    if earlier is not None and found.no_action_reason:
        raise NotNow(_("Đã kết luận không cần hành động khắc phục; việc lặp lại phải có hành động. Kiểm tra hiệu lực."))
    before, found.repeat_of = found.repeat_of, earlier  # type: ignore[assignment]
    found.save(update_fields=["repeat_of"])
    ledger.record(
        actor, "quality.nonconformity.linked", found,
        before=before.code if before else "", after=earlier.code if earlier else "",
    )  # fmt: skip
    return found


@transaction.atomic
def prove(found: Nonconformity, person: Person, today: dt.date, source: IO[bytes], name: str) -> Proof:
    """Keep a file or photo behind it: whoever raised it may, and those who handle it. Raises `NotNow`, `Refused`."""
    found = lock(found, None, person, today)
    if found.raised_by_id != person.pk or found.agency_id != person.agency_id:
        require(person, LATTICE[Verb.PROVE].capability, found)
    if not possible(Verb.PROVE, found.state):
        raise NotNow(why_not(Verb.PROVE, found.state, ""))
    return add_proof(found, "nonconformity", person, source, name)
