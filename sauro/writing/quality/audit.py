"""Papers of the internal audit: programme, plan, checklist, report, minutes. TCVN ISO 9001:2015, 9.2."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sauro.writing.quality.common import (
    Action,
    Finding,
    Person,
    actions_grid,
    counted,
    findings_grid,
    listed,
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

GRADES = ("Không phù hợp nặng", "Không phù hợp nhẹ", "Quan sát", "Cơ hội cải tiến")
TEAM_ROLE = "Vai trò trong đoàn"


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A unit or process that is audited in the year. `when`: "Tháng 10/2026"."""

    unit: str
    content: str = ""
    clauses: str = ""
    when: str = ""
    team: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammePaper:
    """The year's programme. `uncovered`: units and processes that it leaves out, each with the reason."""

    head: Letterhead
    year: int
    purpose: str = ""
    scope: str = ""
    criteria: tuple[str, ...] = ("TCVN ISO 9001:2015", "Tài liệu của hệ thống quản lý chất lượng", "Quy định pháp luật")
    lines: tuple[ProgrammeLine, ...] = ()
    uncovered: tuple[str, ...] = ()
    organization: str = ""
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()


def write_audit_programme(out: Target, d: ProgrammePaper) -> None:
    """Write the year's audit programme as a "Kế hoạch" (9.2.2 a) in Word. Raises `OSError`."""
    columns = (
        Column("Đơn vị được đánh giá", 24), Column("Nội dung, quá trình", 32), Column("Điều khoản", 14),
        Column("Thời gian", 13), Column("Đoàn đánh giá", 22),
    )  # fmt: skip
    rows = []
    for line in d.lines:
        said = (line.content, line.note) if line.note else line.content
        rows.append((line.unit, said, line.clauses, line.when, line.team))
    parts = [
        Part("Mục đích", (Para(d.purpose),)),
        Part("Phạm vi", (Para(d.scope),)),
        Part("Chuẩn mực", (Para(listed(d.criteria)),)),
        Part("Nội dung và thời gian", (Grid(columns, tuple(rows)),)),
    ]
    if d.uncovered:
        parts.append(Part("Phần không đánh giá trong năm và lý do", (Para(listed(d.uncovered)),)))
    if d.organization.strip():
        parts.append(Part("Tổ chức thực hiện", (Para(d.organization),)))
    paper = RecordPaper(
        d.head, "Kế hoạch", f"Đánh giá nội bộ hệ thống quản lý chất lượng năm {d.year}", parts=tuple(parts),
        signatures=d.signatures, recipients=d.recipients,
    )  # fmt: skip
    write_record(out, paper)


@dataclass(frozen=True, slots=True)
class Slot:
    """A line of an audit's timetable. `hours`: "08:00 – 09:30"."""

    on: dt.date | None
    hours: str = ""
    unit: str = ""
    content: str = ""
    clauses: str = ""
    auditors: str = ""


@dataclass(frozen=True, slots=True)
class AuditPlanPaper:
    """The plan of one audit."""

    head: Letterhead
    code: str = ""
    title: str = ""
    purpose: str = ""
    scope: str = ""
    criteria: tuple[str, ...] = ("TCVN ISO 9001:2015", "Tài liệu của hệ thống quản lý chất lượng", "Quy định pháp luật")
    team: tuple[Person, ...] = ()
    slots: tuple[Slot, ...] = ()
    requests: str = ""
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()


def write_audit_plan(out: Target, d: AuditPlanPaper) -> None:
    """Write the plan of one audit (9.2.2 b, c) as Word. Raises `OSError`."""
    columns = (
        Column("Ngày, giờ", 15), Column("Đơn vị", 22), Column("Nội dung", 30), Column("Điều khoản", 13),
        Column("Chuyên gia đánh giá", 20),
    )  # fmt: skip
    rows = tuple((f"{plain(s.on)}\n{s.hours}".strip(), s.unit, s.content, s.clauses, s.auditors) for s in d.slots)
    independent = "Chuyên gia đánh giá không đánh giá công việc của chính mình và của đơn vị mình."
    parts = [
        Part("Mục đích", (Para(d.purpose),)),
        Part("Phạm vi", (Para(d.scope),)),
        Part("Chuẩn mực", (Para(listed(d.criteria)),)),
        Part("Đoàn đánh giá", (people_grid(d.team, role=TEAM_ROLE), Para(independent))),
        Part("Chương trình", (Grid(columns, rows),)),
    ]
    if d.requests.strip():
        parts.append(Part("Yêu cầu đối với đơn vị được đánh giá", (Para(d.requests),)))
    title = d.title or "Đánh giá nội bộ"
    paper = RecordPaper(
        d.head, "Kế hoạch", f"{title} ({d.code})" if d.code else title, parts=tuple(parts),
        signatures=d.signatures, recipients=d.recipients,
    )  # fmt: skip
    write_record(out, paper)


@dataclass(frozen=True, slots=True)
class CheckItem:
    """A question with what was seen; `group`: the clause's or the procedure's name above its questions."""

    clause: str
    question: str
    result: str = ""
    evidence: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistPaper:
    """The checklist of one unit in one audit; without results it is the blank form to carry along."""

    head: Letterhead
    code: str = ""
    audit: str = ""
    unit: str = ""
    on: dt.date | None = None
    auditors: str = ""
    met: str = ""
    items: tuple[CheckItem, ...] = ()
    signatures: tuple[Signature, ...] = (Signature("Đại diện đơn vị"), Signature("Chuyên gia đánh giá"))


def write_checklist(out: Target, d: ChecklistPaper) -> None:
    """Write the checklist, grouped by clause and procedure, as Word. Raises `OSError`."""
    facts = Facts((
        ("Cuộc đánh giá", d.audit), ("Đơn vị được đánh giá", d.unit), ("Ngày", d.on),
        ("Chuyên gia đánh giá", d.auditors), ("Người làm việc cùng", d.met),
    ))  # fmt: skip
    columns = (
        Column("Điều khoản, tài liệu", 14), Column("Nội dung kiểm tra", 38), Column("Kết quả", 14),
        Column("Bằng chứng, nhận xét", 34),
    )  # fmt: skip
    blocks: list[Block] = []
    groups = dict.fromkeys(i.group for i in d.items)
    for group in groups or {"": None}:
        if group:
            blocks.append(Para(group, strong=True))
        rows = tuple((i.clause, i.question, i.result, i.evidence) for i in d.items if i.group == group)
        blocks.append(Grid(columns, rows, empty="Không có nội dung kiểm tra"))
    paper = RecordPaper(
        d.head, "Phiếu kiểm tra đánh giá nội bộ", code=d.code, opening=(facts, *blocks), signatures=d.signatures,
        numbered=False, ends=False,
    )  # fmt: skip
    write_record(out, paper)


@dataclass(frozen=True, slots=True)
class AuditReportPaper:
    """The report of one audit. `grades`: the columns of the table by unit, in the agency's words."""

    head: Letterhead
    title: str = "Kết quả đánh giá nội bộ hệ thống quản lý chất lượng"
    code: str = ""
    bases: tuple[str, ...] = ()
    from_day: dt.date | None = None
    to_day: dt.date | None = None
    scope: str = ""
    criteria: tuple[str, ...] = ("TCVN ISO 9001:2015", "Tài liệu của hệ thống quản lý chất lượng", "Quy định pháp luật")
    team: tuple[Person, ...] = ()
    units: tuple[str, ...] = ()
    grades: tuple[str, ...] = GRADES
    findings: tuple[Finding, ...] = ()
    strengths: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    recommendations: tuple[str, ...] = ()
    conclusion: str = ""
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()


def by_unit(units: Sequence[str], findings: Sequence[Finding], grades: Sequence[str]) -> Grid:
    """How many findings of each grade each unit has; a unit without any is a line of zeros."""
    found = Counter((f.unit, f.grade) for f in findings)
    whole = Counter(f.unit for f in findings)
    shown = [*grades, *dict.fromkeys(f.grade for f in findings if f.grade and f.grade not in grades)]
    names = list(dict.fromkeys([*units, *(f.unit for f in findings)]))
    rows = []
    for name in names:
        counts = [found[name, grade] for grade in shown]
        rows.append((name or "Chưa ghi đơn vị", *counts, whole[name]))
    total = ("Tổng cộng", *(sum(column) for column in list(zip(*rows, strict=True))[1:])) if rows else ()
    columns = (Column("Đơn vị", 34), *(Column(g, 11, "number") for g in shown), Column("Cộng", 8, "number"))
    return Grid(columns, tuple(rows), total=total, empty="Chưa có đơn vị nào được đánh giá")


def write_audit_report(out: Target, d: AuditReportPaper) -> None:
    """Write the report of one audit (9.2.2 d, f) as Word. Raises `OSError`."""
    grades = Counter(f.grade for f in d.findings)
    said = ", ".join(counted(grades[g], g.lower()) for g in dict.fromkeys([*d.grades, *grades]) if grades[g])
    count = counted(len(d.findings), "phát hiện") + (f": {said}" if said else "")
    summary = f"Đoàn ghi nhận {count}." if d.findings else "Đoàn không có phát hiện nào."
    days = " – ".join(dict.fromkeys(plain(day) for day in (d.from_day, d.to_day) if day))
    held = Facts((("Cuộc đánh giá", d.code), ("Thời gian", days), ("Phạm vi", d.scope), ("Chuẩn mực", d.criteria)))
    parts = [
        Part("Phạm vi và thời gian", (held,)),
        Part("Đoàn đánh giá", (people_grid(d.team, role=TEAM_ROLE),)),
        Part("Kết quả theo đơn vị", (Para(summary), by_unit(d.units, d.findings, d.grades))),
        Part("Các phát hiện", (findings_grid(d.findings, followed=True),)),
    ]
    if d.strengths:
        parts.append(Part("Điểm mạnh", (Para(listed(d.strengths)),)))
    parts.append(Part("Hành động sau đánh giá", (actions_grid(d.actions),)))
    if d.recommendations:
        parts.append(Part("Kiến nghị", (Para(listed(d.recommendations)),)))
    parts.append(Part("Kết luận", (Para(d.conclusion or "Chưa có kết luận."),)))
    paper = RecordPaper(
        d.head, "Báo cáo", d.title, bases=d.bases, parts=tuple(parts), signatures=d.signatures,
        recipients=d.recipients,
    )  # fmt: skip
    write_record(out, paper)


@dataclass(frozen=True, slots=True)
class AuditMinutesPaper:
    """The minutes of an audit's opening, closing or work with a unit. `held`: "từ 08:00 đến 11:30"."""

    head: Letterhead
    title: str = "Đánh giá nội bộ hệ thống quản lý chất lượng"
    code: str = ""
    on: dt.date | None = None
    held: str = ""
    venue: str = ""
    unit: str = ""
    team: tuple[Person, ...] = ()
    met: tuple[Person, ...] = ()
    content: str = ""
    findings: tuple[Finding, ...] = ()
    opinions: str = ""
    conclusion: str = ""
    signatures: tuple[Signature, ...] = (Signature("Đại diện đơn vị được đánh giá"), Signature("Trưởng đoàn đánh giá"))


def write_audit_minutes(out: Target, d: AuditMinutesPaper) -> None:
    """Write the minutes with findings agreed on the spot as Word. Raises `OSError`."""
    when = ", ".join(t for t in (d.held, f"ngày {plain(d.on)}" if d.on else "") if t)
    facts = Facts((
        ("Cuộc đánh giá", d.code), ("Thời gian", when), ("Địa điểm", d.venue), ("Đơn vị được đánh giá", d.unit),
    ))  # fmt: skip
    parts = (
        Part("Thành phần", (
            Para("Đoàn đánh giá", strong=True), people_grid(d.team, role=TEAM_ROLE),
            Para("Đơn vị được đánh giá", strong=True), people_grid(d.met, role="Ghi chú"),
        )),
        Part("Nội dung làm việc", (Para(d.content),)),
        Part("Các phát hiện", (findings_grid(d.findings),)),
        Part("Ý kiến của đơn vị được đánh giá", (Para(d.opinions or "Đơn vị không có ý kiến khác."),)),
        Part("Kết luận", (Para(d.conclusion),)),
    )  # fmt: skip
    closing = "Biên bản được lập thành hai bản, mỗi bên giữ một bản, đã đọc cho những người dự cùng nghe và nhất trí."
    paper = RecordPaper(
        d.head, "Biên bản", d.title, opening=(facts,), parts=parts, closing=closing, signatures=d.signatures
    )
    write_record(out, paper)
