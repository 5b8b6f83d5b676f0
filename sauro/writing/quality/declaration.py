"""The declaration of conformity and the report of a year. Quyết định 19/2014/QĐ-TTg; TCVN ISO 9001:2015, 4.3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sauro.writing.office import ordering_authority
from sauro.writing.quality.common import Action, Figure, actions_grid, decisions_grid, figures_grid, listed
from sauro.writing.quality.record import (
    Annex,
    Article,
    Block,
    Grid,
    Letterhead,
    Para,
    Part,
    RecordPaper,
    Signature,
    Target,
    write_record,
)
from sauro.writing.registers import Column
from sauro.writing.text import date_official

STANDARD = "Tiêu chuẩn quốc gia TCVN ISO 9001:2015"
# What an agency may replace by its own list: bases change, and the software can't know it.
BASES = (
    "Căn cứ Quyết định số 19/2014/QĐ-TTg ngày 05 tháng 3 năm 2014 của Thủ tướng Chính phủ về việc áp dụng Hệ thống "
    "quản lý chất lượng theo Tiêu chuẩn quốc gia TCVN ISO 9001:2008 vào hoạt động của các cơ quan, tổ chức thuộc hệ "
    "thống hành chính nhà nước",
    "Căn cứ Quyết định số 101/QĐ-BKHCN ngày 21 tháng 01 năm 2019 của Bộ trưởng Bộ Khoa học và Công nghệ về việc công "
    "bố Mô hình khung Hệ thống quản lý chất lượng theo Tiêu chuẩn quốc gia TCVN ISO 9001:2015 cho các loại hình cơ "
    "quan, tổ chức thuộc hệ thống hành chính nhà nước tại địa phương",
)


@dataclass(frozen=True, slots=True)
class ScopeLine:
    """A procedure or an activity that the declaration covers. `field`: its group ("Xúc tiến thương mại")."""

    name: str
    code: str = ""
    field: str = ""
    unit: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class DeclarationPaper:
    """A declaration: the decision, the declaration itself, the list. `again`: why it is declared anew, else ""."""

    head: Letterhead
    authority: str = ""
    standard: str = STANDARD
    bases: tuple[str, ...] = BASES
    proposed_by: str = ""
    scope: str = ""
    lines: tuple[ScopeLine, ...] = ()
    excluded: tuple[str, ...] = ()
    again: str = ""
    replaces: str = ""
    responsible: str = ""
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()


def write_declaration(out: Target, d: DeclarationPaper) -> None:
    """Write the decision with the declaration of conformity and its list of procedures as Word. Raises `OSError`."""
    agency = d.head.agency
    again = "công bố lại" if d.again.strip() else "công bố"
    system = f"Hệ thống quản lý chất lượng phù hợp {d.standard}"
    authority = d.authority or ordering_authority(agency) or agency
    bases = (*d.bases, f"Theo đề nghị của {d.proposed_by}") if d.proposed_by else d.bases
    orders = [f"{again.capitalize()} {system} đối với các hoạt động nêu tại Bản công bố và Danh mục kèm theo."]
    if d.again.strip():
        orders[0] += f" Lý do công bố lại: {d.again.strip().rstrip('.')}."
    after = "Quyết định này có hiệu lực kể từ ngày ký"
    orders.append(f"{after}, thay thế {d.replaces.rstrip('.')}." if d.replaces else f"{after}.")
    orders.append(
        "Bản công bố được niêm yết tại trụ sở và đăng trên trang thông tin điện tử. "
        + (d.responsible or "Chánh Văn phòng, người đứng đầu các đơn vị và các cá nhân có liên quan")
        + " chịu trách nhiệm thi hành Quyết định này."
    )
    number = d.head.number or "      "
    day = date_official(d.head.day) if d.head.day else "ngày      tháng      năm      "
    attached = f"(Kèm theo Quyết định số {number} {day} của {authority})"
    declared: list[Block] = [
        Para(f"{agency} công bố {system} đối với lĩnh vực hoạt động sau:"),
        Para(d.scope or "Các thủ tục và hoạt động nêu tại Danh mục kèm theo."),
    ]
    if d.excluded:
        declared += [Para("Yêu cầu không áp dụng và lý do", strong=True), Para(listed(d.excluded))]
    declared.append(Para("Bản công bố này có hiệu lực kể từ ngày ký Quyết định ban hành./."))
    paper = RecordPaper(
        d.head, "Quyết định", f"Về việc {again} {system}", issuer=authority.upper(), bases=bases,
        orders="QUYẾT ĐỊNH:", opening=tuple(Article(n, t) for n, t in enumerate(orders, 1)),
        signatures=d.signatures, recipients=d.recipients,
        annexes=(
            Annex(system, tuple(declared), attached=attached, kind="Bản công bố", signatures=d.signatures),
            Annex("Danh mục thủ tục, hoạt động thuộc phạm vi công bố", scope_blocks(d.lines), attached=attached),
        ),
    )  # fmt: skip
    write_record(out, paper)


def scope_blocks(lines: Sequence[ScopeLine]) -> tuple[Block, ...]:
    """The list of procedures in scope, a table for each field of work."""
    by_document = any(line.document for line in lines)
    columns = (
        Column("Mã số", 16), Column("Tên thủ tục, hoạt động", 50), Column("Đơn vị thực hiện", 30),
        *([Column("Quy trình", 12)] if by_document else []),
    )  # fmt: skip
    blocks: list[Block] = []
    for n, field in enumerate(dict.fromkeys(line.field for line in lines) or [""], 1):
        if field:
            blocks.append(Para(f"{n}. Lĩnh vực {field}", strong=True))
        rows = tuple(
            (x.code, x.name, x.unit, *([x.document] if by_document else [])) for x in lines if x.field == field
        )
        blocks.append(Grid(columns, rows))
    return tuple(blocks)


@dataclass(frozen=True, slots=True)
class YearSection:
    """One content of the year: what was done in words, figures, actions."""

    title: str
    text: str = ""
    figures: tuple[Figure, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class YearReportPaper:
    """The report of the year's keeping of the system. `maintenance`: the contents of the year's plan with results."""

    head: Letterhead
    year: int
    to: str = ""
    bases: tuple[str, ...] = ()
    opening: str = ""
    maintenance: tuple[Action, ...] = ()
    sections: tuple[YearSection, ...] = ()
    strengths: tuple[str, ...] = ()
    weaknesses: tuple[str, ...] = ()
    causes: str = ""
    next_year: tuple[Action, ...] = ()
    proposals: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()


def write_year_report(out: Target, d: YearReportPaper) -> None:
    """Write the year's report on keeping and improving the system as Word. Raises `OSError`."""
    parts = [Part("Thực hiện kế hoạch duy trì trong năm", (actions_grid(d.maintenance),))]
    for s in d.sections:
        blocks: list[Block] = [Para(s.text)] if s.text.strip() else []
        blocks += [figures_grid(s.figures)] if s.figures else []
        blocks += [actions_grid(s.actions)] if s.actions else []
        parts.append(Part(s.title, tuple(blocks)))
    judged: list[Block] = [
        Para("Ưu điểm", strong=True), Para(listed(d.strengths) or "Không có."),
        Para("Hạn chế", strong=True), Para(listed(d.weaknesses) or "Không có."),
    ]  # fmt: skip
    if d.causes.strip():
        judged += [Para("Nguyên nhân", strong=True), Para(d.causes)]
    parts.append(Part("Đánh giá chung", tuple(judged)))
    parts.append(Part(f"Nhiệm vụ năm {d.year + 1}", (decisions_grid(d.next_year),)))
    parts.append(Part("Kiến nghị, đề xuất", (Para(listed(d.proposals)),)))
    title = f"Kết quả áp dụng, duy trì và cải tiến hệ thống quản lý chất lượng năm {d.year}"
    paper = RecordPaper(
        d.head, "Báo cáo", title, bases=d.bases, to=d.to, opening=(Para(d.opening),), parts=tuple(parts),
        signatures=d.signatures, recipients=d.recipients,
    )  # fmt: skip
    write_record(out, paper)
