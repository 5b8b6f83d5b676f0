"""Papers of the management review: agenda, report of the inputs, minutes. TCVN ISO 9001:2015, 9.3."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sauro.writing.quality.common import (
    Action,
    Figure,
    Person,
    decisions_grid,
    figures_grid,
    people_grid,
)
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

TITLE = "Xem xét của lãnh đạo về hệ thống quản lý chất lượng"


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A line of the agenda. `hours`: "08:00 – 08:15"."""

    hours: str
    content: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class ReviewAgendaPaper:
    """The agenda of a review. `prepare`: what each unit brings along."""

    head: Letterhead
    period: str = ""
    on: dt.date | None = None
    hours: str = ""
    venue: str = ""
    chair: str = ""
    attendees: tuple[str, ...] = ()
    lines: tuple[AgendaLine, ...] = ()
    prepare: tuple[Action, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()


def write_review_agenda(out: Target, d: ReviewAgendaPaper) -> None:
    """Write the agenda of a management review as Word. Raises `OSError`."""
    facts = _held(d.on, d.hours, d.venue, ("Chủ trì", d.chair), ("Thành phần", d.attendees or "Không có"))
    columns = (Column("Thời gian", 16), Column("Nội dung", 50), Column("Người trình bày", 24))
    parts = [
        Part("Thời gian, địa điểm, thành phần", (facts,)),
        Part("Nội dung", (Grid(columns, tuple((x.hours, x.content, x.who) for x in d.lines)),)),
    ]
    if d.prepare:
        parts.append(Part("Chuẩn bị", (decisions_grid(d.prepare),)))
    paper = RecordPaper(
        d.head, "Chương trình", _title(d.period), parts=tuple(parts), signatures=d.signatures, recipients=d.recipients
    )
    write_record(out, paper)


@dataclass(frozen=True, slots=True)
class ReviewInput:
    """One input of the review with its figures, frozen on the day. `clause`: "9.3.2 c) 3"; `text`: what they mean."""

    title: str
    clause: str = ""
    text: str = ""
    figures: tuple[Figure, ...] = ()
    lines: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewReportPaper:
    """The report of all inputs. `as_of`: the day on which the figures were frozen; `proposals`: for decision."""

    head: Letterhead
    period: str = ""
    as_of: dt.date | None = None
    bases: tuple[str, ...] = ()
    inputs: tuple[ReviewInput, ...] = ()
    assessment: str = ""
    proposals: tuple[Action, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()


def write_review_report(out: Target, d: ReviewReportPaper) -> None:
    """Write the report of the inputs of a review, each with its figures (9.3.2), as Word. Raises `OSError`."""
    said = f"Số liệu trong báo cáo được chốt đến hết ngày {plain(d.as_of)}." if d.as_of else ""
    parts = [Part(i.title, _input(i), i.clause) for i in d.inputs]
    parts.append(Part("Đánh giá chung", (Para(d.assessment or "Chưa có đánh giá."),)))
    parts.append(Part("Nội dung đề nghị lãnh đạo quyết định", (decisions_grid(d.proposals),)))
    paper = RecordPaper(
        d.head, "Báo cáo", f"Phục vụ {TITLE[0].lower()}{_title(d.period)[1:]}", bases=d.bases,
        opening=(Para(said),), parts=tuple(parts), signatures=d.signatures, recipients=d.recipients,
    )  # fmt: skip
    write_record(out, paper)


def _input(i: ReviewInput) -> tuple[Block, ...]:
    blocks: list[Block] = [Para(i.text)] if i.text.strip() else []
    if i.figures:
        blocks.append(figures_grid(i.figures))
    if i.lines:
        columns = (
            Column("Nội dung", 40), Column("Đơn vị, người thực hiện", 24), Column("Thời hạn", 12, "date"),
            Column("Kết quả", 22),
        )  # fmt: skip
        rows = tuple((x.text, x.who, x.due, x.result or (plain(x.done_on) and f"Xong ngày {plain(x.done_on)}"))
                     for x in i.lines)  # fmt: skip
        blocks.append(Grid(columns, rows))
    return tuple(blocks) or (Para("Trong kỳ không có số liệu."),)


@dataclass(frozen=True, slots=True)
class Discussion:
    """What was said on one input, and what the chair concluded."""

    title: str
    text: str = ""
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class ReviewMinutesPaper:
    """The minutes of a review with its outputs (9.3.3)."""

    head: Letterhead
    period: str = ""
    on: dt.date | None = None
    hours: str = ""
    venue: str = ""
    chair: str = ""
    secretary: str = ""
    attendees: tuple[Person, ...] = ()
    absent: tuple[Person, ...] = ()
    discussions: tuple[Discussion, ...] = ()
    conclusion: str = ""
    improvements: str = ""
    changes: str = ""
    resources: str = ""
    decisions: tuple[Action, ...] = ()
    signatures: tuple[Signature, ...] = (Signature("Thư ký"), Signature("Chủ trì"))
    recipients: tuple[str, ...] = ()


def write_review_minutes(out: Target, d: ReviewMinutesPaper) -> None:
    """Write the minutes and the decisions of a management review (9.3.3) as Word. Raises `OSError`."""
    facts = _held(d.on, d.hours, d.venue, ("Chủ trì", d.chair), ("Thư ký", d.secretary))
    present: list[Block] = [people_grid(d.attendees, role="Ghi chú")]
    if d.absent:
        present += [Para("Vắng mặt", strong=True), people_grid(d.absent, role="Lý do")]
    talked: list[Block] = []
    for n, item in enumerate(d.discussions, 1):
        talked += [Para(f"{n}. {item.title}", strong=True), Para(item.text)]
        if item.conclusion.strip():
            talked.append(Para(f"Kết luận: {item.conclusion}"))
    outputs: list[Block] = [Para(d.conclusion)]
    for name, text in (
        ("Cơ hội cải tiến", d.improvements), ("Thay đổi của hệ thống", d.changes), ("Nguồn lực cần có", d.resources),
    ):  # fmt: skip
        outputs += [Para(name, strong=True), Para(text.strip() or "Không có.")]
    parts = (
        Part("Thành phần", tuple(present)),
        Part("Nội dung", tuple(talked)),
        Part("Kết luận của chủ trì", tuple(outputs)),
        Part("Việc phải thực hiện", (decisions_grid(d.decisions),)),
    )
    closing = "Biên bản đã được đọc cho những người dự họp cùng nghe và nhất trí thông qua."
    paper = RecordPaper(
        d.head, "Biên bản", f"Họp {TITLE[0].lower()}{_title(d.period)[1:]}", opening=(facts,), parts=parts,
        closing=closing, signatures=d.signatures, recipients=d.recipients,
    )  # fmt: skip
    write_record(out, paper)


def _title(period: str) -> str:
    return f"{TITLE} {period}".strip()


def _held(on: dt.date | None, hours: str, venue: str, *more: tuple[str, str | Sequence[str]]) -> Facts:
    when = ", ".join(t for t in (hours, f"ngày {plain(on)}" if on else "") if t)
    return Facts((("Thời gian", when), ("Địa điểm", venue), *more))
