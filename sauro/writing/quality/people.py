"""Papers about people: the steering committee, a training with who attended and what it brought.

TCVN ISO 9001:2015, 5.3 and 7.2.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sauro.writing.quality.common import Person, people_grid
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
from sauro.writing.text import number_vi


@dataclass(frozen=True, slots=True)
class CommitteePaper:
    """The committee's members on a day. `decision`: the decision that set it up; `changes`: who came and went since."""

    head: Letterhead
    title: str = "Ban chỉ đạo hệ thống quản lý chất lượng"
    decision: str = ""
    as_of: dt.date | None = None
    members: tuple[Person, ...] = ()
    duties: tuple[tuple[str, str], ...] = ()
    changes: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()


def write_committee(out: Target, d: CommitteePaper) -> None:
    """Write the list of the steering committee as Word. Raises `OSError`."""
    said = " ".join(
        t for t in (f"Danh sách tính đến ngày {plain(d.as_of)}" if d.as_of else "",
                    f"theo {d.decision.rstrip('.')}" if d.decision else "") if t
    )  # fmt: skip
    opening: list[Block] = [Para(f"{said[0].upper()}{said[1:]}.")] if said else []
    opening.append(people_grid(d.members, role="Chức danh trong Ban"))
    if d.duties:
        opening += [
            Para("Phân công nhiệm vụ", strong=True),
            Grid((Column("Họ và tên", 28), Column("Nhiệm vụ", 64)), d.duties),
        ]
    if d.changes:
        opening += [Para("Thay đổi thành viên", strong=True), Para("\n".join(f"- {c}" for c in d.changes))]
    paper = RecordPaper(
        d.head, "Danh sách", d.title, opening=tuple(opening), signatures=d.signatures, recipients=d.recipients,
        numbered=False, ends=False,
    )  # fmt: skip
    write_record(out, paper)


@dataclass(frozen=True, slots=True)
class TrainingLesson:
    """A part of a training. `hours`: "08:00 – 10:00, ngày 12/5/2026"."""

    hours: str
    content: str
    teacher: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person's attendance. `attended`: None while it isn't held yet; `result`: of the test or the work after it."""

    name: str
    unit: str = ""
    attended: bool | None = None
    result: str = ""
    effect: str = ""


@dataclass(frozen=True, slots=True)
class TrainingPaper:
    """A training: programme, attendance, effect."""

    head: Letterhead
    title: str
    code: str = ""
    purpose: str = ""
    on: dt.date | None = None
    until: dt.date | None = None
    venue: str = ""
    teacher: str = ""
    form: str = ""
    lessons: tuple[TrainingLesson, ...] = ()
    people: tuple[Attendance, ...] = ()
    effect_how: str = ""
    effect_on: dt.date | None = None
    effect_by: str = ""
    effect: str = ""
    signatures: tuple[Signature, ...] = (Signature("Người lập"), Signature("Trưởng đơn vị"))


def write_training(out: Target, d: TrainingPaper) -> None:
    """Write a training's programme, list of those who attended and evaluation (7.2) as Word. Raises `OSError`."""
    days = " – ".join(dict.fromkeys(plain(day) for day in (d.on, d.until) if day))
    facts = Facts((
        ("Mục đích", d.purpose), ("Thời gian", days), ("Địa điểm", d.venue), ("Giảng viên", d.teacher),
        ("Hình thức", d.form),
    ))  # fmt: skip
    lessons = Grid(
        (Column("Thời gian", 22), Column("Nội dung", 48), Column("Người trình bày", 22)),
        tuple((x.hours, x.content, x.teacher) for x in d.lessons),
    )
    said = {None: "", True: "Có", False: "Vắng"}
    who = Grid(
        (
            Column("Họ và tên", 24), Column("Đơn vị", 24), Column("Có mặt", 9), Column("Kết quả", 16),
            Column("Vận dụng vào công việc", 22),
        ),
        tuple((p.name, p.unit, said[p.attended], p.result, p.effect) for p in d.people),
    )  # fmt: skip
    came = sum(p.attended is True for p in d.people)
    share = f" ({number_vi(round(100 * came / len(d.people), 1))}%)" if d.people else ""
    held = any(p.attended is not None for p in d.people)
    count = Para(f"Có mặt {came}/{len(d.people)} người{share}." if held else "")
    effect = Facts((
        ("Cách đánh giá", d.effect_how), ("Ngày đánh giá", d.effect_on), ("Người đánh giá", d.effect_by),
        ("Kết quả", d.effect or "Chưa đánh giá"),
    ))  # fmt: skip
    parts = (
        Part("Thông tin chung", (facts,)),
        Part("Chương trình", (lessons,)),
        Part("Danh sách tham dự", (who, count)),
        Part("Đánh giá hiệu quả", (effect,)),
    )
    paper = RecordPaper(
        d.head, "Hồ sơ đào tạo", d.title, code=d.code, parts=parts, signatures=d.signatures, numbered=False,
        ends=False,
    )  # fmt: skip
    write_record(out, paper)
