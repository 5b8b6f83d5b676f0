"""Papers of satisfaction and feedback: the results of a survey, the answer to a complaint or a proposal.

TCVN ISO 9001:2015, 9.1.2 and 8.2.1.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sauro.writing.quality.common import listed
from sauro.writing.quality.record import (
    Block,
    Facts,
    Grid,
    Letterhead,
    Para,
    Part,
    RecordPaper,
    Signature,
    Target,
    write_record,
)
from sauro.writing.registers import Column, plain
from sauro.writing.text import date_official


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """Answers to one question. `counts`: how many chose each level, in the order of the survey's levels."""

    text: str
    counts: tuple[int, ...] = ()
    average: Decimal | None = None


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What those served by one unit answered. `satisfied`: percent, 87.5 is said as 87,5%."""

    unit: str
    answers: int = 0
    satisfied: Decimal | None = None
    poor: int = 0


@dataclass(frozen=True, slots=True)
class SurveyPaper:
    """The results of one survey; no answer is told with its giver. `comments`: as written, without names."""

    head: Letterhead
    title: str
    from_day: dt.date | None = None
    to_day: dt.date | None = None
    how: str = ""
    sent: int | None = None
    answers: int = 0
    satisfied: Decimal | None = None
    poor: int = 0
    target: str = ""
    target_met: bool | None = None
    levels: tuple[str, ...] = ()
    questions: tuple[QuestionResult, ...] = ()
    units: tuple[UnitResult, ...] = ()
    comments: tuple[str, ...] = ()
    conclusion: str = ""
    proposals: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()


def write_survey_results(out: Target, d: SurveyPaper) -> None:
    """Write the report of a survey: whole, by question, by unit, comments (9.1.2), as Word. Raises `OSError`."""
    days = " – ".join(dict.fromkeys(plain(day) for day in (d.from_day, d.to_day) if day))
    met = {None: "", True: "Đạt", False: "Chưa đạt"}[d.target_met]
    facts = [("Thời gian lấy ý kiến", days), ("Cách lấy ý kiến", d.how)]
    rows: list[tuple[str, object]] = [*facts]
    if d.sent is not None:
        rows.append(("Số phiếu phát ra", d.sent))
    rows += [("Số phiếu thu được", d.answers), ("Tỷ lệ hài lòng", plain(d.satisfied, "percent") or "Chưa có")]
    rows.append(("Số ý kiến mức kém", d.poor))
    if d.target:
        rows.append(("Chỉ tiêu", f"{d.target}: {met.lower()}" if met else d.target))
    width = 42 / max(len(d.levels), 1)
    columns = (
        Column("Câu hỏi", 40),
        *(Column(level, width, "number") for level in d.levels),
        Column("Điểm trung bình", 11, "number"),
    )
    none = (0,) * len(d.levels)
    asked = Grid(columns, tuple((q.text, *(q.counts or none), q.average) for q in d.questions))
    by_unit = Grid(
        (
            Column("Đơn vị", 46),
            Column("Số phiếu", 12, "number"),
            Column("Tỷ lệ hài lòng", 14, "percent"),
            Column("Mức kém", 12, "number"),
        ),
        tuple((u.unit, u.answers, u.satisfied, u.poor) for u in d.units),
    )
    parts = [
        Part("Kết quả chung", (Facts(tuple(rows)),)),
        Part("Kết quả theo câu hỏi", (asked,)),
        Part("Kết quả theo đơn vị", (by_unit,)),
        Part("Ý kiến góp ý", (Para(listed(d.comments)),)),
    ]
    if d.proposals:
        parts.append(Part("Đề xuất", (Para(listed(d.proposals)),)))
    parts.append(Part("Kết luận", (Para(d.conclusion or "Chưa có kết luận."),)))
    paper = RecordPaper(
        d.head, "Báo cáo", d.title, parts=tuple(parts), signatures=d.signatures, recipients=d.recipients
    )
    write_record(out, paper)


@dataclass(frozen=True, slots=True)
class FeedbackAnswerPaper:
    """The official letter that answers a complaint or a proposal. `to`: who wrote, as he or she asked to be named."""

    head: Letterhead
    to: str
    subject: str
    code: str = ""
    received_on: dt.date | None = None
    summary: str = ""
    answer: str = ""
    contact: str = ""
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()


def write_feedback_answer(out: Target, d: FeedbackAnswerPaper) -> None:
    """Write the answer as a "công văn" (Nghị định 30/2020/NĐ-CP; ISO 8.2.1 c) in Word. Raises `OSError`."""
    came = date_official(d.received_on).removeprefix("ngày ") if d.received_on else ""
    opening = f"{d.head.agency} đã nhận phản ánh, kiến nghị"
    opening += f" mã số {d.code}" if d.code else ""
    opening += f", ngày {came}" if came else ""
    opening += f", về việc: {d.summary.strip().rstrip('.')}." if d.summary.strip() else "."
    blocks: list[Block] = [Para(opening), Para(d.answer)]
    if d.contact.strip():
        blocks.append(Para(f"Cần trao đổi thêm, xin liên hệ: {d.contact.strip().rstrip('.')}."))
    closing = f"{d.head.agency} trân trọng trả lời và cảm ơn ý kiến đóng góp."
    paper = RecordPaper(
        d.head, "", d.subject, to=d.to, opening=tuple(blocks), closing=closing, signatures=d.signatures,
        recipients=d.recipients,
    )  # fmt: skip
    write_record(out, paper)
