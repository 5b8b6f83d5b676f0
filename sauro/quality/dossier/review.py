"""Papers of a management review: agenda, report of inputs, minutes (TCVN ISO 9001:2015, 9.3)."""

from __future__ import annotations

import datetime as dt

from sauro.quality.dossier.common import actions, letterhead, signed
from sauro.quality.inputs import INPUTS, Rows, gather, input_of, span_of
from sauro.quality.models import ManagementReview
from sauro.quality.services.reviews import actions_of
from sauro.writing.quality import (
    AgendaLine,
    Discussion,
    Figure,
    Person,
    ReviewAgendaPaper,
    ReviewInput,
    ReviewMinutesPaper,
    ReviewReportPaper,
    Signature,
)


def period_of(review: ManagementReview) -> str:
    """ "lần 2 năm 2026"; the first of a year has no number."""
    return f"năm {review.year}" if review.no == 1 else f"lần {review.no} năm {review.year}"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _name(person: object) -> str:
    return f"{person.full_name}, {person.position}".rstrip(", ") if person else ""  # type: ignore[attr-defined]


def agenda_paper(review: ManagementReview) -> ReviewAgendaPaper:
    """The agenda of a review."""
    secretary = review.secretary.full_name if review.secretary else ""
    return ReviewAgendaPaper(
        letterhead(review.agency, None), period_of(review), review.held_on or review.planned_on, "", review.place,
        _name(review.chair), tuple(_lines(review.attendees)),
        tuple(AgendaLine("", line, secretary if n else "") for n, line in enumerate(_lines(review.agenda))),
        signatures=signed(review.chair),
    )  # fmt: skip


def figures_of(review: ManagementReview, today: dt.date) -> tuple[dict[str, Rows], dict[str, str], dt.date]:
    """The rows and remarks by key, and their day: the frozen ones, or those of today while nothing is frozen."""
    kept = list(review.inputs.all())
    remarks = {i.key: i.remark for i in kept}
    if review.state != ManagementReview.State.PLANNED and kept:
        return {i.key: i.figures for i in kept}, remarks, kept[0].as_of
    return gather(span_of(review, today)), remarks, today


def report_paper(review: ManagementReview, today: dt.date) -> ReviewReportPaper:
    """The report of all inputs with their figures, those of the review before beside them."""
    rows, remarks, day = figures_of(review, today)
    last = span_of(review, day).before
    before = {i.key: {str(r[0]): r[1] for r in i.figures} for i in last.inputs.all()} if last else {}
    inputs = tuple(
        ReviewInput(
            i.title, i.clause, remarks.get(i.key, ""),
            tuple(Figure(str(r[0]), r[1], before.get(i.key, {}).get(str(r[0]), ""), str(r[2]))
                  for r in rows.get(i.key, [])),
        )
        for i in INPUTS
    )  # fmt: skip
    return ReviewReportPaper(
        letterhead(review.agency, day), period_of(review), day, inputs=inputs, assessment=review.conclusion,
        proposals=actions(actions_of(review), today), signatures=signed(review.secretary, "Thư ký"),
    )  # fmt: skip


def minutes_paper(review: ManagementReview, today: dt.date) -> ReviewMinutesPaper:
    """The minutes with the conclusion and the decisions (9.3.3)."""
    decisions = list(review.decisions.all())

    def about(kind: str) -> str:
        return "\n".join(f"- {d.text}" for d in decisions if d.about == kind)

    present = tuple(Person(*(p.strip() for p in line.split(",", 2))) for line in _lines(review.attendees))
    told = [Discussion(input_of(i.key).title, i.remark) for i in review.inputs.all() if i.remark]
    if review.minutes:
        told.append(Discussion("Ý kiến tại cuộc họp", review.minutes))
    return ReviewMinutesPaper(
        letterhead(review.agency, review.held_on), period_of(review), review.held_on or review.planned_on, "",
        review.place, _name(review.chair), review.secretary.full_name if review.secretary else "", present,
        discussions=tuple(told), conclusion=review.conclusion or "Chưa có kết luận.",
        improvements=about("improvement"), changes=about("system"), resources=about("resources"),
        decisions=actions(actions_of(review), today),
        signatures=(
            Signature("Thư ký", review.secretary.full_name if review.secretary else ""),
            Signature("Chủ trì", review.chair.full_name if review.chair else ""),
        ),
    )  # fmt: skip
