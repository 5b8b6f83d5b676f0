"""The results of a survey and an answer to a citizen on paper."""

from __future__ import annotations

import datetime as dt
from typing import IO, Any

from django.utils import translation
from django.utils.translation import gettext as _

from sauro.organization.models import Agency
from sauro.quality.models import Feedback, Question
from sauro.quality.services.survey_results import OfUnit, Results
from sauro.writing import Column
from sauro.writing.quality.record import Letterhead
from sauro.writing.quality.satisfaction import (
    FeedbackAnswerPaper,
    QuestionResult,
    SurveyPaper,
    UnitResult,
    write_feedback_answer,
    write_survey_results,
)

TARGET = "Không có phiếu đánh giá kém"


def letterhead(agency: Agency, on: dt.date) -> Letterhead:
    """The head of a paper of the agency; its number is given by the clerks."""
    return Letterhead(agency.name, agency.parent_name, agency.place, day=on)


def unit_words(row: OfUnit) -> str:
    """The unit's name, or what stands for those too small to be told apart."""
    return row.unit.name if row.unit else _("Các đơn vị có ít phiếu, gộp chung")


def results_rows(found: Results) -> tuple[list[Column], list[list[Any]]]:
    """The results as one table, for Excel: questions by level, then units."""
    columns = [
        Column(_("Phần"), 14), Column(_("Nội dung"), 60), Column(_("Mức"), 20), Column(_("Số lượt"), 10, "number"),
        Column(_("Tỷ lệ %"), 10, "number"), Column(_("Điểm trung bình"), 12, "number"),
    ]  # fmt: skip
    rows: list[list[Any]] = []
    for q in found.questions:
        for label, times, share in q.levels:
            rows.append([_("Câu hỏi"), q.question.text, label, times, share, q.tally.mean])
    for row in found.units:
        said = unit_words(row)
        rows.append([_("Đơn vị"), said, _("Số phiếu"), row.papers, None, row.tally.mean])
        rows.append([_("Đơn vị"), said, _("Phiếu có mức kém"), row.poor_papers, None, None])
    rows += [[_("Ý kiến"), text, "", None, None, None] for text in found.comments]
    return columns, rows


def write_results(out: IO[bytes], found: Results, on: dt.date) -> None:
    """The official report of a survey, in Vietnamese whatever language the person works in."""
    survey = found.survey
    scales = [q for q in found.questions if q.question.kind == Question.Kind.SCALE]
    levels = next((tuple(q.question.labels) for q in scales), ())
    with translation.override("vi"):
        write_survey_results(
            out,
            SurveyPaper(
                letterhead(survey.agency, on),
                f"Kết quả {survey.title[:1].lower()}{survey.title[1:]}",
                from_day=survey.opens_on,
                to_day=survey.closes_on,
                how=f"Qua đường dẫn, mã QR không cần đăng nhập; {found.by_paper} phiếu giấy nhập lại",
                answers=found.papers,
                satisfied=found.tally.good_share,
                poor=found.poor_papers,
                target=TARGET,
                target_met=found.target_met,
                levels=levels,
                # A table has one set of levels: scales of another length stand without their counts.
                questions=tuple(
                    QuestionResult(
                        q.question.text,
                        tuple(n for _label, n, _share in q.levels) if len(q.levels) == len(levels) else (),
                        q.tally.mean,
                    )
                    for q in scales
                ),
                units=tuple(
                    UnitResult(unit_words(row), row.papers, row.tally.good_share, row.poor_papers)
                    for row in found.units
                ),
                comments=tuple(found.comments),
            ),
        )


def write_answer(out: IO[bytes], row: Feedback, on: dt.date) -> None:
    """The answer as an official letter."""
    with translation.override("vi"):
        write_feedback_answer(
            out,
            FeedbackAnswerPaper(
                letterhead(row.agency, row.answered_on or on),
                "Người gửi phản ánh, kiến nghị",
                f"Trả lời phản ánh, kiến nghị mã số {row.code}",
                code=row.code,
                received_on=row.received_on,
                answer=row.answer,
            ),
        )
