"""The check of effect, and closing (TCVN ISO 9001:2015, 10.2.1 d)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.organization.models import Person
from sauro.organization.policy import Capability, allows, require
from sauro.organization.services import heads_of
from sauro.quality.models import Nonconformity
from sauro.quality.nonconformity_lattice import ALIVE, CHECK, LATTICE, Verb, possible, why_not
from sauro.quality.services.errors import NotNow, Refused
from sauro.quality.services.handling import due_after, lock, tell_about

State, Source, Grade = Nonconformity.State, Nonconformity.Source, Nonconformity.Grade


@transaction.atomic
def judge(found: Nonconformity, actor: Person, today: dt.date, *, effective: bool, note: str) -> Nonconformity:
    """Check the effect of what was done (10.2.1 d), by someone who neither analysed it nor answered for an action.

    Without effect it goes back to the analysis; what was said before stays in the ledger. Raises `NotNow`, `Refused`.
    """
    found = lock(found, Verb.JUDGE, actor, today)
    if why := why_not_judge(found, actor):
        raise Refused(why)
    if found.check_due and today < found.check_due:
        raise NotNow(
            _("Hiệu lực được kiểm tra từ ngày %(day)s, %(days)d ngày sau khi xong hành động.")
            % {"day": f"{found.check_due:%d/%m/%Y}", "days": found.check_after_days}
        )
    if not note.strip():
        raise NotNow(_("Ghi nhận xét: đã xem gì, thấy gì."))
    found.effective, found.effect_note = effective, note.strip()
    found.effect_on, found.effect_by = today, actor
    ledger.record(actor, "quality.nonconformity.judged", found, effective=effective, note=found.effect_note, on=today)
    if not effective:
        _back(found, actor, today)
    found.save()
    return found


def _back(found: Nonconformity, actor: Person, today: dt.date) -> None:
    ledger.record(
        actor, "quality.nonconformity.back", found, cause=found.cause, whys=found.whys, fishbone=found.fishbone,
        no_action_reason=found.no_action_reason, analysed_on=found.analysed_on, done_on=found.done_on,
        actions=list(found.actions.values_list("task", flat=True)),
    )  # fmt: skip
    found.state, found.done_on, found.check_due = State.OPEN, None, None  # type: ignore[assignment]
    found.analysed_by = found.analysed_on = None  # type: ignore[assignment]
    found.no_action_reason, found.due = "", due_after(found.agency_id, today, found.grade)
    tell_about(
        heads_of(found.unit_path), "quality.nonconformity.back", found, actor,
        lambda: _("Hành động khắc phục chưa có hiệu lực, phải phân tích lại: %(what)s") % {"what": found},
    )  # fmt: skip


def why_not_judge(found: Nonconformity, person: Person) -> str:
    """Why the person may not check the effect though the role would let them; empty where they may."""
    did = set(found.actions.values_list("task__accountable", flat=True)) | {found.analysed_by_id}
    if person.pk not in did:
        return ""
    return _(
        "%(name)s đã phân tích nguyên nhân hoặc thực hiện hành động nên không tự kiểm tra hiệu lực. "
        "Người khác có quyền kiểm tra: %(who)s."
    ) % {"name": person.full_name, "who": checkers_words(found) or _("chưa có ai")}


def checkers_of(found: Nonconformity) -> list[Person]:
    """Those who may check its effect; those who run the system first."""
    people = Person.objects.filter(
        unit__agency_id=found.agency_id, is_active=True, role__grants__has_key=CHECK.value
    ).select_related("role", "unit", "unit__agency").order_by("sort_key")  # fmt: skip
    did = set(found.actions.values_list("task__accountable", flat=True)) | {found.analysed_by_id}
    able = [p for p in people if p.pk not in did and allows(p, CHECK, found)]
    return sorted(able, key=lambda p: not allows(p, Capability.RUN_QUALITY, found))


def checkers_words(found: Nonconformity) -> str:
    """The first of `checkers_of` by name and post."""
    return ", ".join(f"{p.full_name} ({p.position or p.role})" for p in checkers_of(found)[:2])


def missing_to_close(found: Nonconformity) -> list[str]:
    """What still lacks before it can be closed, in words, in the order of doing (10.2)."""
    lacks = []
    if not found.correction:
        lacks.append(_("khắc phục ngay"))
    if not found.cause or not found.analysed_on:
        lacks.append(_("nguyên nhân gốc"))
    if found.state == State.OPEN:
        lacks.append(_("hành động khắc phục"))
    elif found.state == State.ANALYSED:
        lacks.append(_("hoàn thành mọi hành động"))
    if not found.effective or not found.effect_on:
        lacks.append(_("kết luận có hiệu lực"))
    return lacks


@transaction.atomic
def close(found: Nonconformity, actor: Person, today: dt.date) -> Nonconformity:
    """Close it: only with correction, cause and a good effect (10.2). Raises `NotNow` with what lacks, `Refused`."""
    found = lock(found, None, actor, today)
    require(actor, LATTICE[Verb.CLOSE].capability, found)
    if not possible(Verb.CLOSE, found.state) and found.state not in ALIVE:
        raise NotNow(why_not(Verb.CLOSE, found.state, ""))
    if lacks := missing_to_close(found):
        raise NotNow(_("Chưa đóng được, còn thiếu: %(what)s.") % {"what": "; ".join(lacks)})
    found.state, found.closed_on, found.closed_by = State.CLOSED, today, actor
    found.save(update_fields=["state", "closed_on", "closed_by"])
    ledger.record(actor, "quality.nonconformity.closed", found, on=today)
    tell_about(
        [*heads_of(found.unit_path), found.raised_by], "quality.nonconformity.closed", found, actor,
        lambda: _("Đã đóng sự không phù hợp %(what)s") % {"what": found},
    )  # fmt: skip
    return found
