"""Correction, cause and corrective action (TCVN ISO 9001:2015, 8.7.1, 10.2.1 a to c)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.organization.models import Person, Unit
from sauro.quality.models import Nonconformity, QualityAction
from sauro.quality.nonconformity_lattice import Verb
from sauro.quality.services.actions import order_action
from sauro.quality.services.errors import NotNow
from sauro.quality.services.handling import lock, settle
from sauro.vietnamese.text import squeeze

State, Source, Grade = Nonconformity.State, Nonconformity.Source, Nonconformity.Grade
WHYS = 5
BRANCHES = ("people", "method", "means", "input", "measure", "environment")


@transaction.atomic
def correct(
    found: Nonconformity,
    actor: Person,
    today: dt.date,
    *,
    correction: str,
    on: dt.date | None = None,
    disposition: str = "",
) -> Nonconformity:
    """What was done at once: the correction (10.2.1 a); of an output that fails, what became of it (8.7.1).

    Raises `NotNow`, `Refused`.
    """
    found = lock(found, Verb.CORRECT, actor, today)
    if not correction.strip():
        raise NotNow(_("Ghi đã khắc phục ngay việc gì."))
    if found.is_output and not disposition.strip():
        raise NotNow(_("Đây là đầu ra không phù hợp: ghi cách xử lý đầu ra, ví dụ làm lại, thu hồi, xin lỗi."))
    on = on or today
    if not found.raised_on <= on <= today:
        raise NotNow(_("Ngày khắc phục phải từ ngày phát hiện đến hôm nay."))
    found.correction, found.corrected_on = correction.strip(), on
    found.disposition = disposition.strip()[:300]
    found.save(update_fields=["correction", "corrected_on", "disposition"])
    ledger.record(
        actor, "quality.nonconformity.corrected", found, correction=found.correction, on=on,
        disposition=found.disposition,
    )  # fmt: skip
    return found


@transaction.atomic
def analyse(
    found: Nonconformity,
    actor: Person,
    today: dt.date,
    *,
    cause: str,
    whys: Sequence[Mapping[str, str]] = (),
    fishbone: Mapping[str, Sequence[str]] | None = None,
    check_after_days: int | None = None,
) -> Nonconformity:
    """Say what caused it (10.2.1 b): `whys` [{"why", "because"}], at most five; `fishbone` {branch: causes}, branches
    of `BRANCHES`; `cause`: the root. `check_after_days`: how long after the actions their effect is checked.

    Raises `NotNow`, `Refused`.
    """
    found = lock(found, Verb.ANALYSE, actor, today)
    if not cause.strip():
        raise NotNow(_("Ghi nguyên nhân gốc, kết luận từ các câu hỏi vì sao hoặc từ xương cá."))
    rows = [{"why": squeeze(r.get("why", "")), "because": squeeze(r.get("because", ""))} for r in whys]
    rows = [r for r in rows if r["why"] or r["because"]]
    if len(rows) > WHYS:
        raise NotNow(_("Chỉ ghi đến năm câu hỏi vì sao."))
    if any(not r["because"] for r in rows):
        raise NotNow(_("Có câu hỏi vì sao chưa có câu trả lời. Trả lời hoặc bỏ trống cả dòng."))
    bones = {b: [squeeze(c) for c in (fishbone or {}).get(b, []) if squeeze(c)] for b in BRANCHES}
    if check_after_days is not None:
        if not 0 <= check_after_days <= 365:
            raise NotNow(_("Kiểm tra hiệu lực sau 0 đến 365 ngày từ khi xong hành động."))
        found.check_after_days = check_after_days
    found.cause, found.whys = cause.strip(), rows
    found.fishbone = {b: causes for b, causes in bones.items() if causes}
    found.analysed_by, found.analysed_on = actor, today
    found.save()
    ledger.record(
        actor, "quality.nonconformity.analysed", found, cause=found.cause, whys=rows, fishbone=found.fishbone,
        check_after_days=found.check_after_days,
    )  # fmt: skip
    return found


@transaction.atomic
def order(
    found: Nonconformity,
    actor: Person,
    today: dt.date,
    *,
    title: str,
    unit: Unit,
    due: dt.date,
    products: Iterable[str] = (),
    accountable: Person | None = None,
) -> QualityAction:
    """Order a corrective action, a task of the year's plan (10.2.1 c). Raises `NotNow`, `Refused`."""
    found = lock(found, Verb.ORDER, actor, today)
    _must_be_analysed(found)
    action = order_action(
        found, "nonconformity", actor, today, title=title, unit=unit, due=due, products=products,
        accountable=accountable,
    )  # fmt: skip
    _move_on(found)
    return action


@transaction.atomic
def waive(found: Nonconformity, actor: Person, today: dt.date, reason: str) -> Nonconformity:
    """Say why no corrective action is needed: the correction is enough (10.2.1 b, the need is judged).

    A failure that came back or whose action had no effect needs an action. Raises `NotNow`, `Refused`.
    """
    found = lock(found, Verb.WAIVE, actor, today)
    _must_be_analysed(found)
    if not reason.strip():
        raise NotNow(_("Ghi lý do không cần hành động khắc phục."))
    if found.repeat_of_id or found.effective is False:
        raise NotNow(_("Sự việc đã lặp lại hoặc hành động trước không có hiệu lực: phải giao hành động khắc phục."))
    if found.grade == Grade.MAJOR:
        raise NotNow(_("Sự không phù hợp nặng phải có hành động khắc phục. Giao ít nhất một hành động."))
    found.no_action_reason = reason.strip()
    found.save(update_fields=["no_action_reason"])
    ledger.record(actor, "quality.nonconformity.waived", found, reason=found.no_action_reason)
    _move_on(found)
    settle(found)
    return found


def _must_be_analysed(found: Nonconformity) -> None:
    if not found.cause or not found.analysed_on:
        raise NotNow(_("Chưa có nguyên nhân gốc. Phân tích nguyên nhân trước, rồi giao hành động khắc phục."))


def _move_on(found: Nonconformity) -> None:
    if found.state == State.OPEN:
        found.state = State.ANALYSED
        found.save(update_fields=["state"])
