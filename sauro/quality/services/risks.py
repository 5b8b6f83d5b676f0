"""Risks and opportunities: found, treated, looked at again, closed (TCVN ISO 9001:2015, 6.1, 9.3.2 e)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import IO, Any

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.notices import services as notices
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.policy import Capability, require
from sauro.organization.services import agency_scope, heads_of
from sauro.quality.models import Proof, QualityAction, Risk, RiskReview, RiskScale
from sauro.quality.scales import MONTHS, band_of, scale_of
from sauro.quality.services.actions import order_action
from sauro.quality.services.codes import next_code
from sauro.quality.services.errors import NotNow
from sauro.quality.services.proofs import add_proof
from sauro.vietnamese.calendar import add_months
from sauro.vietnamese.text import squeeze

Kind, State, Treatment = Risk.Kind, Risk.State, Risk.Treatment
PREFIX = {Kind.RISK: "RR", Kind.OPPORTUNITY: "CH"}
FEWEST, MOST = 3, 9
FIELDS = ("title", "cause", "consequence", "process", "unit", "owner", "treatment", "controls", "review_months")


def address_of(risk: Risk) -> str:
    """The page of a risk or opportunity."""
    return f"/chat-luong/rui-ro/{risk.pk}/"


@transaction.atomic
def set_scale(
    agency: Agency,
    kind: str,
    actor: Person,
    *,
    likelihood: Sequence[str],
    severity: Sequence[str],
    medium_from: int,
    high_from: int,
) -> RiskScale:
    """The agency's own scale: words for each step, least first, and where medium and high begin (6.1.1).

    Every risk stands in the new bands at once. Raises `NotNow` where the scale is shorter than a score in use, or its
    bands are not on it; `Refused`.
    """
    require(actor, Capability.RUN_QUALITY, agency_scope(agency))
    steps = [squeeze(s) for s in likelihood if squeeze(s)], [squeeze(s) for s in severity if squeeze(s)]
    for words, side in zip(steps, (_("khả năng"), _("hậu quả, lợi ích")), strict=True):
        if not FEWEST <= len(words) <= MOST:
            raise NotNow(
                _("Thang %(side)s phải có từ %(fewest)d đến %(most)d mức.")
                % {"side": side, "fewest": FEWEST, "most": MOST}
            )
    if not 1 < medium_from < high_from <= len(steps[0]) * len(steps[1]):
        raise NotNow(
            _("Mức trung bình phải bắt đầu từ điểm lớn hơn 1, mức cao từ điểm lớn hơn nữa và không quá %(most)d.")
            % {"most": len(steps[0]) * len(steps[1])}
        )
    used = _highest(agency.pk, kind)
    for words, most, side in zip(steps, used, (_("khả năng"), _("hậu quả, lợi ích")), strict=True):
        if len(words) < most:
            raise NotNow(
                _("Thang %(side)s còn %(n)d mức, nhưng có mục đang dùng mức %(most)d. Đánh giá lại mục đó trước.")
                % {"side": side, "n": len(words), "most": most}
            )
    values = {"likelihood": steps[0], "severity": steps[1], "medium_from": medium_from, "high_from": high_from}
    before = scale_of(agency.pk, kind)
    changes = {k: [getattr(before, k), v] for k, v in values.items() if getattr(before, k) != v}
    scale, _made = RiskScale.objects.update_or_create(agency=agency, kind=Kind(kind), defaults=values)
    ledger.record(actor, "quality.risk.scale_set", scale, changes=changes)
    return scale


def _highest(agency_id: int, kind: str) -> tuple[int, int]:
    found = Risk.objects.filter(agency_id=agency_id, kind=kind).aggregate(
        likelihood=Max(Greatest("likelihood", "now_likelihood")), severity=Max(Greatest("severity", "now_severity"))
    )
    return found["likelihood"] or 0, found["severity"] or 0


def _must_be_on(scale: RiskScale, likelihood: int, severity: int) -> None:
    if not (1 <= likelihood <= len(scale.likelihood) and 1 <= severity <= len(scale.severity)):
        raise NotNow(_("Mức khả năng hoặc hậu quả, lợi ích không có trên thang của cơ quan. Chọn lại."))


@transaction.atomic
def identify(
    agency: Agency,
    person: Person,
    today: dt.date,
    *,
    kind: str,
    title: str,
    unit: Unit,
    likelihood: int,
    severity: int,
    treatment: str = Treatment.REDUCE,
    cause: str = "",
    consequence: str = "",
    controls: str = "",
    process: Any = None,
    owner: Person | None = None,
    review_months: int | None = None,
) -> Risk:
    """Write down a risk or an opportunity, rated on the agency's scale (6.1.1).

    `review_months`: until the next review; by its band where not given. Raises `NotNow`, `Refused`.
    """
    scale = scale_of(agency.pk, kind)
    _must_be_on(scale, likelihood, severity)
    months = MONTHS[band_of(scale, likelihood * severity)] if review_months is None else review_months
    risk = Risk(
        agency=agency, kind=Kind(kind), title=squeeze(title)[:500], cause=cause.strip(),
        consequence=consequence.strip(), controls=controls.strip(), process=process, unit=unit, owner=owner,
        likelihood=likelihood, severity=severity, now_likelihood=likelihood, now_severity=severity,
        treatment=Treatment(treatment), raised_on=today, raised_by=person, review_months=months,
    )  # fmt: skip
    require(person, Capability.MANAGE_RISK, risk)
    _check(risk)
    risk.review_on = add_months(today, months)
    risk.code = next_code(Risk, agency.pk, PREFIX[risk.kind], today.year)  # type: ignore[index]
    risk.save()
    risk.refresh_from_db(fields=["score"])
    ledger.record(
        person, "quality.risk.identified", risk, kind=risk.kind, likelihood=likelihood, severity=severity,
        treatment=risk.treatment, unit=unit.name,
    )  # fmt: skip
    told = [*heads_of(unit.path), *([owner] if owner else [])]
    notices.tell(
        {p.pk: p for p in told}.values(), "quality.risk.identified",
        lambda: _("Đơn vị theo dõi: %(what)s") % {"what": risk}, address_of(risk), but=person,
    )  # fmt: skip
    return risk


def _check(risk: Risk) -> None:
    if not risk.title:
        raise NotNow(_("Ghi rủi ro hoặc cơ hội là gì."))
    if risk.unit.agency_id != risk.agency_id or not risk.unit.is_active:
        raise NotNow(_("%(unit)s không còn trong danh bạ của cơ quan. Chọn một đơn vị khác.") % {"unit": risk.unit})
    if risk.owner and risk.owner.agency_id != risk.agency_id:
        raise NotNow(_("%(name)s không thuộc cơ quan này.") % {"name": risk.owner.full_name})
    if risk.process and risk.process.agency_id != risk.agency_id:
        raise NotNow(_("%(what)s không thuộc cơ quan này.") % {"what": risk.process})
    if not 1 <= risk.review_months <= 24:
        raise NotNow(_("Xem xét lại sau 1 đến 24 tháng."))
    good, bad = {Treatment.PURSUE, Treatment.ACCEPT, Treatment.SHARE}, set(Treatment) - {Treatment.PURSUE}
    if risk.treatment not in (bad if risk.kind == Kind.RISK else good):
        raise NotNow(
            _("Cách xử lý này không dùng cho %(kind)s. Chọn cách khác.") % {"kind": risk.get_kind_display().lower()}
        )


def _locked(risk: Risk, actor: Person, *, must_be_open: bool = True) -> Risk:
    risk = Risk.objects.select_for_update(of=("self",)).select_related("unit", "owner", "process").get(pk=risk.pk)
    require(actor, Capability.MANAGE_RISK, risk)
    if must_be_open and risk.state != State.OPEN:
        raise NotNow(
            _("%(code)s đã đóng ngày %(day)s. Mở lại rồi làm tiếp.")
            % {"code": risk.code, "day": f"{risk.closed_on:%d/%m/%Y}"}
        )
    return risk


@transaction.atomic
def edit(risk: Risk, actor: Person, **values: Any) -> Risk:
    """Set right what is said of it, `values`: any of `FIELDS`; its rating changes by a review alone.

    Raises `NotNow`, `Refused`.
    """
    risk = _locked(risk, actor)
    if unknown := set(values) - set(FIELDS):
        raise ValueError(unknown)
    changes = {}
    for name, value in values.items():
        value = squeeze(value)[:500] if name == "title" else value.strip() if isinstance(value, str) else value
        if getattr(risk, name) != value:
            changes[name] = [str(getattr(risk, name)), str(value)]
            setattr(risk, name, value)
    # A person moves a risk only within what is theirs.
    require(actor, Capability.MANAGE_RISK, risk)
    _check(risk)
    if "review_months" in changes:
        last = risk.reviews.aggregate(last=Max("on"))["last"] or risk.raised_on
        risk.review_on = add_months(last, risk.review_months)
    if changes:
        risk.save()
        ledger.record(actor, "quality.risk.edited", risk, changes=changes)
    return risk


@transaction.atomic
def order(
    risk: Risk,
    actor: Person,
    today: dt.date,
    *,
    title: str,
    unit: Unit,
    due: dt.date,
    products: Iterable[str] = (),
    accountable: Person | None = None,
) -> QualityAction:
    """Order what addresses it, a task of the year's plan (6.1.2 a). Raises `NotNow`, `Refused`."""
    risk = _locked(risk, actor)
    return order_action(
        risk, "risk", actor, today, title=title, unit=unit, due=due, products=products, accountable=accountable
    )


@transaction.atomic
def review(
    risk: Risk,
    actor: Person,
    today: dt.date,
    *,
    likelihood: int,
    severity: int,
    effective: bool | None = None,
    note: str = "",
    review_months: int | None = None,
) -> RiskReview:
    """Rate it anew after what was done, say whether that worked, and set the next day (6.1.2 b 2).

    Raises `NotNow`, `Refused`.
    """
    risk = _locked(risk, actor)
    _must_be_on(scale_of(risk.agency_id, risk.kind), likelihood, severity)
    if effective is not None and not note.strip():
        raise NotNow(_("Ghi nhận xét: dựa vào đâu mà kết luận có hay không có hiệu lực."))
    before = [risk.now_likelihood, risk.now_severity]
    risk.now_likelihood, risk.now_severity = likelihood, severity
    if review_months is not None:
        risk.review_months = review_months
    _check(risk)
    risk.review_on = add_months(today, risk.review_months)
    risk.save()
    made = RiskReview.objects.create(
        risk=risk, on=today, by=actor, likelihood=likelihood, severity=severity, effective=effective, note=note.strip()
    )
    ledger.record(
        actor, "quality.risk.reviewed", risk, was=before, now=[likelihood, severity], effective=effective,
        note=made.note, next=risk.review_on,
    )  # fmt: skip
    return made


@transaction.atomic
def close(risk: Risk, actor: Person, today: dt.date, reason: str) -> Risk:
    """Stop following it, with the reason. Raises `NotNow` while an action is open, `Refused`."""
    risk = _locked(risk, actor)
    if not reason.strip():
        raise NotNow(_("Ghi vì sao đóng: không còn khả năng xảy ra, đã tận dụng xong, gộp vào mục khác."))
    left = risk.actions.filter(task__completed_on=None, task__ended_in=None).count()
    if left:
        raise NotNow(_("Còn %(n)d hành động chưa xong. Hoàn thành các nhiệm vụ đó rồi đóng.") % {"n": left})
    risk.state, risk.closed_on, risk.closing_note = State.CLOSED, today, reason.strip()
    risk.save()
    ledger.record(actor, "quality.risk.closed", risk, reason=risk.closing_note)
    return risk


@transaction.atomic
def reopen(risk: Risk, actor: Person, today: dt.date, reason: str) -> Risk:
    """Follow it again, to be reviewed at once. Raises `NotNow`, `Refused`."""
    risk = _locked(risk, actor, must_be_open=False)
    if risk.state == State.OPEN:
        raise NotNow(_("Mục này đang được theo dõi, không cần mở lại."))
    if not reason.strip():
        raise NotNow(_("Ghi vì sao mở lại."))
    was = risk.closing_note
    risk.state, risk.closed_on, risk.closing_note, risk.review_on = State.OPEN, None, "", today  # type: ignore[assignment]
    risk.save()
    ledger.record(actor, "quality.risk.reopened", risk, reason=reason.strip(), was=was)
    return risk


@transaction.atomic
def prove(risk: Risk, person: Person, source: IO[bytes], name: str) -> Proof:
    """Keep a file behind it. Raises `NotNow`, `Refused`."""
    return add_proof(_locked(risk, person), "risk", person, source, name)
