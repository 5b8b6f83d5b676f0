"""What several papers tell in the same way: people, actions, findings, and their tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sauro.writing.quality.record import Grid
from sauro.writing.registers import Column, plain
from sauro.writing.text import number_vi

SECRETARY, CHAIR = "Thư ký", "Chủ trì"


@dataclass(frozen=True, slots=True)
class Person:
    """A person on a list. `role`: what he or she is there ("Trưởng đoàn"); `unit` where it is told apart."""

    name: str
    position: str = ""
    unit: str = ""
    role: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """An action or a decision that became a task. `who`: unit or person; `result`: what came of it."""

    text: str
    who: str = ""
    due: dt.date | None = None
    done_on: dt.date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of an audit. `clause`: "8.5.1" or the document's code; `grade`: in the agency's words."""

    code: str
    text: str
    unit: str = ""
    clause: str = ""
    grade: str = ""
    evidence: str = ""
    due: dt.date | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A live figure frozen on the day: its name, value, the value before and a remark."""

    name: str
    value: object = ""
    before: object = ""
    note: str = ""


def people_grid(people: Sequence[Person], *, role: str = "Vai trò") -> Grid:
    """Names, positions, units and roles."""
    columns = (Column("Họ và tên", 26), Column("Chức vụ", 22), Column("Đơn vị", 26), Column(role, 20))
    return Grid(columns, tuple((p.name, p.position, p.unit, p.role) for p in people))


def actions_grid(actions: Sequence[Action]) -> Grid:
    """Each action with who, by when, when done and what came of it."""
    columns = (
        Column("Việc phải làm", 36), Column("Đơn vị, người thực hiện", 22), Column("Thời hạn", 12, "date"),
        Column("Ngày xong", 12, "date"), Column("Kết quả", 22),
    )  # fmt: skip
    return Grid(columns, tuple((a.text, a.who, a.due, a.done_on, a.result) for a in actions))


def decisions_grid(decisions: Sequence[Action]) -> Grid:
    """What was decided, who does it and by when."""
    columns = (Column("Nội dung", 50), Column("Đơn vị, người thực hiện", 28), Column("Thời hạn", 14, "date"))
    return Grid(columns, tuple((a.text, a.who, a.due) for a in decisions))


def findings_grid(findings: Sequence[Finding], *, followed: bool = False) -> Grid:
    """The table of findings; `followed`: with the day by which each is to be mended and where it stands."""
    columns = [
        Column("Mã số", 17), Column("Đơn vị", 18), Column("Điều khoản, tài liệu", 13),
        Column("Nội dung, bằng chứng", 40), Column("Mức độ", 14),
    ]  # fmt: skip
    rows = []
    for f in findings:
        words = [f.text, f"Bằng chứng: {f.evidence}"] if f.evidence else [f.text]
        row: list[object] = [f.code, f.unit, f.clause, words, f.grade]
        rows.append((*row, f"{plain(f.due)}\n{f.status}".strip()) if followed else tuple(row))
    if followed:
        columns.append(Column("Thời hạn, tình trạng", 18))
    return Grid(tuple(columns), tuple(rows), numbered=False, empty="Không có phát hiện")


def figures_grid(figures: Sequence[Figure]) -> Grid:
    """Figures beside those of the period before; the period before and remarks only where there are any."""
    compared, remarked = any(f.before for f in figures), any(f.note for f in figures)
    columns = [
        Column("Chỉ số", 40), *([Column("Kỳ trước", 14)] if compared else []),
        Column("Kỳ này" if compared else "Kết quả", 18),
        *([Column("Nhận xét", 26)] if remarked else []),
    ]  # fmt: skip
    rows = ((f.name, *([f.before] if compared else []), f.value, *([f.note] if remarked else [])) for f in figures)
    return Grid(tuple(columns), tuple(rows))


def counted(number: int, words: str) -> str:
    """A number before what it counts: "03 phát hiện"; under ten with a leading zero, as official texts write it."""
    return f"{number:02d} {words}" if 0 < number < 10 else f"{number_vi(number)} {words}"


def listed(lines: Sequence[str]) -> str:
    """Lines of a list as paragraphs: "- …;", the last one ended by a full stop."""
    kept = [line.strip().rstrip(" .;") for line in lines if line.strip()]
    return "\n".join(f"- {line}{'.' if n == len(kept) else ';'}" for n, line in enumerate(kept, 1))
