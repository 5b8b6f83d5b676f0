"""Nonconformities and risks as the papers that print them. Official papers speak Vietnamese, whoever asks."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import override

from sauro.quality.models import Nonconformity, Risk
from sauro.quality.papers.audit import letterhead
from sauro.quality.progress import progress_of
from sauro.quality.scales import band_of, levels, scale_of
from sauro.quality.services.correcting import BRANCHES
from sauro.writing.quality.common import Action
from sauro.writing.quality.improvement import Bone, NonconformityPaper, RiskPaper, RiskReview, Why

State = Nonconformity.State
BONES = {
    "people": "Con người",
    "method": "Cách làm, quy trình",
    "means": "Phương tiện, phần mềm",
    "input": "Đầu vào, hồ sơ",
    "measure": "Đo lường, kiểm tra",
    "environment": "Môi trường, bối cảnh",
}
BANDS = {"low": "Thấp", "medium": "Trung bình", "high": "Cao"}


def actions_of(subject: Any) -> tuple[Action, ...]:
    """The actions of a record, from their tasks."""
    rows = subject.actions.select_related("task", "task__lead_unit", "task__accountable").order_by("pk")
    return tuple(
        Action(
            a.task.title,
            who=", ".join(str(w) for w in (a.task.accountable, a.task.lead_unit) if w),
            due=a.task.due,
            done_on=a.task.completed_on,
        )
        for a in rows
    )


def nonconformity_paper(found: Nonconformity, day: dt.date) -> NonconformityPaper:
    """All that the form of a nonconformity says."""
    with override("vi"):
        return _nonconformity_paper(found, day)


def _nonconformity_paper(found: Nonconformity, day: dt.date) -> NonconformityPaper:
    now = progress_of(found)
    where = [found.clause, str(found.document) if found.document else ""]
    process = [found.process.name if found.process else "", found.procedure.name if found.procedure else ""]
    correction = found.correction
    if found.disposition:
        correction += f"\nXử lý đầu ra: {found.disposition}"
    conclusion = {
        State.CLOSED: "Đã khắc phục, hành động có hiệu lực.",
        State.CANCELLED: f"Không phải sự không phù hợp: {found.cancel_reason}",
    }.get(found.state, str(State(now.state).label))  # type: ignore[call-overload]
    cause = found.cause
    if found.no_action_reason:
        cause += f"\nKhông cần hành động khắc phục: {found.no_action_reason}"
    return NonconformityPaper(
        letterhead(found.agency, day), found.code, description=f"{found.title}\n{found.text}",
        source=found.get_source_display(), grade=found.get_grade_display(), clause=", ".join(filter(None, where)),
        unit=found.unit.name, process=", ".join(filter(None, process)), found_on=found.raised_on,
        found_by=found.raised_by.full_name,
        evidence=tuple(p.evidence.name for p in found.proofs.select_related("evidence")),
        correction=correction, correction_on=found.corrected_on,
        whys=tuple(Why(row["why"], row["because"]) for row in found.whys),
        bones=tuple(Bone(BONES[b], tuple(found.fishbone[b])) for b in BRANCHES if found.fishbone.get(b)),
        root_cause=cause, actions=actions_of(found), effect_due=now.check_due, effect_on=found.effect_on,
        effect_by=found.effect_by.full_name if found.effect_by else "", effective=found.effective,
        effect=found.effect_note, conclusion=conclusion, closed_on=found.closed_on,
        repeats=(str(found.repeat_of),) if found.repeat_of else (),
    )  # fmt: skip


def risk_paper(risk: Risk, day: dt.date) -> RiskPaper:
    """All that the sheet of a risk or an opportunity says."""
    with override("vi"):
        return _risk_paper(risk, day)


def _risk_paper(risk: Risk, day: dt.date) -> RiskPaper:
    scale = scale_of(risk.agency_id, risk.kind)
    words = [{level.value: level.label for level in levels(side)} for side in (scale.likelihood, scale.severity)]
    reviews = tuple(
        RiskReview(
            r.on, r.likelihood, r.severity, BANDS[band_of(scale, r.likelihood * r.severity)], r.note, r.by.full_name
        )
        for r in risk.reviews.select_related("by").order_by("on", "pk")
    )
    closed = risk.state == Risk.State.CLOSED
    return RiskPaper(
        letterhead(risk.agency, day), risk.code, risk.title, opportunity=risk.kind == Risk.Kind.OPPORTUNITY,
        unit=risk.unit.name, process=risk.process.name if risk.process else "",
        owner=risk.owner.full_name if risk.owner else "", cause=risk.cause, consequence=risk.consequence,
        likelihood=risk.likelihood, likelihood_words=words[0].get(risk.likelihood, ""), severity=risk.severity,
        severity_words=words[1].get(risk.severity, ""),
        level=BANDS[band_of(scale, risk.likelihood * risk.severity)], controls=risk.controls,
        treatment=risk.get_treatment_display(), actions=actions_of(risk), reviews=reviews,
        next_review=None if closed else risk.review_on,
        status=f"Đã đóng ngày {risk.closed_on:%d/%m/%Y}: {risk.closing_note}" if closed else "Đang theo dõi",
    )  # fmt: skip
