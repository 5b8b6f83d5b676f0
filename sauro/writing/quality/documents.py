"""A controlled document in the form in use at agencies: control block, signatures, amendments, numbered parts.

The same parts go to Word and, for the frozen version, to PDF by Typst. TCVN ISO 9001:2015, 7.5.2 and 7.5.3.
"""

from __future__ import annotations

import dataclasses
import io
import re
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from docx.section import Section

from sauro.writing.ooxml import Run, TableCell, TableRow, Text, sub, table
from sauro.writing.quality.common import listed
from sauro.writing.quality.content import DocumentContent, DocumentHead, paragraphs_of
from sauro.writing.quality.record import NONE, NUMBER, Block, Grid, Para, Part, QualityPaper, Target, parts_of
from sauro.writing.registers import Column, fit, plain
from sauro.writing.text import clean, date_vi
from sauro.writing.typesetting import SERIF, typeset

DRAFT = "DỰ THẢO"
SIGN_HEADS = ("", "Soạn thảo", "Kiểm tra", "Phê duyệt")
SIGN_ROWS = ("Họ và tên", "Chức vụ", "Chữ ký")
AMENDMENTS = "BẢNG THEO DÕI SỬA ĐỔI"
AMENDMENT_COLUMNS = (
    Column("Lần ban hành", 13), Column("Ngày hiệu lực", 14, "date"), Column("Vị trí sửa đổi", 22),
    Column("Nội dung sửa đổi", 46),
)  # fmt: skip
STEP_COLUMNS = (
    Column("Bước công việc", 34), Column("Trách nhiệm", 22), Column("Thời gian", 14), Column("Biểu mẫu/Kết quả", 22),
)  # fmt: skip
_TEMPLATE = Path(__file__).parents[1] / "forms" / "controlled_document.typ"
# "BM.01-QT.05 Phiếu tiếp nhận": a code holds a digit and no small letter.
_FORM_CODE = re.compile(r"^((?=\S*\d)[^\Wa-zà-ỹ_][^\sa-zà-ỹ]*?)\s*(?:[:–—-]\s+|\s)(\S.*)$", re.DOTALL)


def issue(number: int) -> str:
    """The issue number as documents carry it: 1 → "01"."""
    return f"{number:02d}"


def control_lines(head: DocumentHead) -> list[tuple[str, str]]:
    """What stands at the right of the control block, above the page."""
    return [
        ("Mã hiệu", head.code),
        ("Lần ban hành", issue(head.issue_no)),
        ("Ngày hiệu lực", date_vi(head.effective_on) if head.effective_on else "  /  /    "),
    ]


def kind_line(head: DocumentHead) -> str:
    """The kind above the title, none where the title says it: "Chính sách chất lượng"."""
    return "" if head.title.casefold().startswith(head.kind_name.casefold()) else head.kind_name


def document_parts(content: DocumentContent) -> list[Part]:
    """The parts of a document in their order, without their numbers.

    A procedure (a document with steps) has all seven, one that is empty says "Không có."; a policy or another document
    has only what it says, and a body alone has no title.
    """
    if content.steps:
        return [
            Part("Mục đích", parts_of((Para(content.purpose),))),
            Part("Phạm vi áp dụng", parts_of((Para(content.scope),))),
            Part("Tài liệu viện dẫn", parts_of((Para(listed(content.references)),))),
            Part("Định nghĩa, chữ viết tắt", parts_of(_definitions(content))),
            Part("Nội dung", tuple(_procedure(content))),
            Part("Biểu mẫu", (_forms(content),)),
            Part("Hồ sơ lưu", (_records(content),)),
        ]
    parts = [
        Part("Mục đích", (Para(content.purpose),) if content.purpose.strip() else ()),
        Part("Phạm vi áp dụng", (Para(content.scope),) if content.scope.strip() else ()),
        Part("Tài liệu viện dẫn", (Para(listed(content.references)),) if content.references else ()),
        Part("Định nghĩa, chữ viết tắt", _definitions(content) if content.definitions else ()),
        Part("Trách nhiệm", (Para(content.responsibility),) if content.responsibility.strip() else ()),
        Part("Nội dung", (Para(content.body),) if content.body.strip() else ()),
        Part("Biểu mẫu", (_forms(content),) if content.forms else ()),
        Part("Hồ sơ lưu", (_records(content),) if content.records else ()),
    ]
    said = [part for part in parts if part.blocks]
    return [dataclasses.replace(said[0], title="")] if [p.title for p in said] == ["Nội dung"] else said


def _definitions(content: DocumentContent) -> tuple[Block, ...]:
    return (
        Grid((Column("Thuật ngữ, chữ viết tắt", 26), Column("Giải thích", 60)),
             tuple((d.term, d.text) for d in content.definitions)),
    ) if content.definitions else ()  # fmt: skip


def _procedure(content: DocumentContent) -> list[Block]:
    blocks: list[Block] = []
    count = 0

    def heading(words: str) -> Para:
        nonlocal count
        count += 1
        return Para(f"5.{count}. {words}", strong=True)

    if content.responsibility.strip():
        blocks += [heading("Trách nhiệm"), Para(content.responsibility)]
    if content.body.strip():
        blocks += [heading("Quy định chung"), Para(content.body)]
    rows = tuple((s.name, s.who, s.how_long, s.form) for s in content.steps)
    blocks += [heading("Trình tự thực hiện"), Grid(STEP_COLUMNS, rows)]
    if any(s.text.strip() for s in content.steps):
        blocks.append(heading("Diễn giải"))
        for n, step in enumerate(content.steps, 1):
            if step.text.strip():
                blocks += [Para(f"Bước {n}. {step.name}", strong=True), Para(step.text)]
    return blocks


def _forms(content: DocumentContent) -> Grid:
    rows = []
    for line in content.forms:
        match = _FORM_CODE.match(line.strip())
        rows.append((match[1], match[2]) if match else ("", line))
    return Grid((Column("Mã hiệu", 20), Column("Tên biểu mẫu", 66)), tuple(rows))


def _records(content: DocumentContent) -> Grid:
    columns = (Column("Mã hiệu", 18), Column("Tên hồ sơ", 40), Column("Nơi lưu", 22), Column("Thời gian lưu", 16))
    return Grid(columns, tuple((r.code, r.title, r.place, r.retention) for r in content.records))


# Word -------------------------------------------------------------------------------------------------------


class ControlledPaper(QualityPaper):
    """A controlled document: each page after the first carries code, issue and page at its head."""

    def __init__(self, head: DocumentHead) -> None:
        self._head = head
        super().__init__(title=f"{kind_line(head)} {head.title}".strip(), agency=head.agency, day=head.effective_on)

    def _number_pages(self, section: Section) -> None:
        head = self._head
        block = section.header._element
        last = block.find(qn("w:p"))
        name = " ".join(t for t in (head.code, head.title) if t)
        right: list[Run] = [Run(f"Lần ban hành: {issue(head.issue_no)}   Trang "), *_page_of()]
        left: list[Run] = [Run(f"{DRAFT}   ", bold=True)] if head.is_draft else []
        row = TableRow([TableCell([[*left, Run(name)]]), TableCell([right], align="right")])
        made = table((self.width_mm * 0.6, self.width_mm * 0.4), [row], borders=False, padding_mm=0)
        edges = made.tblPr.makeelement(qn("w:tblBorders"))
        sub(edges, "w:bottom", val="single", sz=4, space=0, color="000000")
        made.tblPr.find(qn("w:tblLayout")).addprevious(edges)
        last.addprevious(made)
        section.header_distance = 360000  # 10 mm

    def control_block(self) -> None:
        """Agency, title, code and issue; under it who drafted, checked and approved."""
        head = self._head
        left: list[Text] = []
        if head.parent_agency:
            left.append(Run(head.parent_agency, caps=True))
        left.append(Run(head.agency, bold=True, caps=True))
        middle: list[Text] = [Run(t, bold=True, caps=True) for t in (kind_line(head), head.title) if t]
        if head.is_draft:
            middle.append(Run(f"({DRAFT})", bold=True))
        right: list[Text] = [[Run(f"{name}: "), Run(value, bold=True)] for name, value in control_lines(head)]
        right.append([Run("Trang: "), *_page_of(bold=True)])
        row = TableRow([TableCell(left, align="center"), TableCell(middle, align="center"), TableCell(right)])
        width = self.width_mm
        self.table((width * 0.29, width * 0.41, width * 0.3), [row])
        if head.unit:
            self.body(f"Đơn vị soạn thảo: {head.unit}", style="SauroNote")
        self.space()
        people = signers(head)
        rows = [TableRow([TableCell([h], "SauroCellHead") for h in SIGN_HEADS])]
        for n, name in enumerate(SIGN_ROWS):
            lines = [[""] * 4] * 3 if n == 2 else [[p[n]] for p in people]
            rows.append(TableRow([TableCell([Run(name, bold=True)]), *(TableCell(t, align="center") for t in lines)]))
        self.table((width * 0.16, *(width * 0.28,) * 3), rows)
        if head.distribution:
            self.body([Run("Nơi nhận: ", bold=True), Run("; ".join(head.distribution) + ".")], style="SauroNote")
        self.space()
        self.body(AMENDMENTS, style="SauroAppendixTitle")
        self.grid(amendments(head))


def _page_of(*, bold: bool = False) -> list[Run]:
    return [Run("1", bold=bold, field="PAGE"), Run("/", bold=bold), Run("1", bold=bold, field="NUMPAGES")]


def signers(head: DocumentHead) -> list[tuple[str, str]]:
    """Name and position of who drafted, checked and approved."""
    return [
        (head.drafted_by, head.drafted_position),
        (head.checked_by, head.checked_position),
        (head.approved_by, head.approved_position),
    ]


def amendments(head: DocumentHead) -> Grid:
    """The table of amendments; a first issue has none."""
    rows = tuple((issue(a.issue_no), a.effective_on, a.place, a.text) for a in head.amendments)
    empty = "Ban hành lần đầu" if head.issue_no <= 1 else NONE
    return Grid(AMENDMENT_COLUMNS, rows, numbered=False, empty=empty)


def write_document(out: Target, head: DocumentHead, content: DocumentContent) -> None:
    """Write a procedure, a policy or another controlled document as Word. Raises `OSError`."""
    made = ControlledPaper(head)
    made.control_block()
    if content.steps:
        made.new_page()
    for n, part in enumerate(document_parts(content), 1):
        if part.title:
            made.part(f"{n}. {part.title.upper()}")
        made.show(part.blocks)
    made.save(out)


# PDF --------------------------------------------------------------------------------------------------------


def write_document_pdf(out: Target, head: DocumentHead, content: DocumentContent) -> None:
    """Write the same document as PDF with its fonts inside; the same input gives the same bytes. Raises `OSError`."""
    made = typeset(_TEMPLATE, paper=_sheet(head, content))
    if isinstance(out, str | Path):
        Path(out).write_bytes(made)
    else:
        out.write(made)


def document_pdf(head: DocumentHead, content: DocumentContent) -> bytes:
    """`write_document_pdf` into memory."""
    out = io.BytesIO()
    write_document_pdf(out, head, content)
    return out.getvalue()


def _sheet(head: DocumentHead, content: DocumentContent) -> dict[str, Any]:
    return {
        "fonts": SERIF,
        "agency": clean(head.agency).upper(),
        "parent": clean(head.parent_agency).upper(),
        "kind": clean(kind_line(head)).upper(),
        "title": clean(head.title).upper(),
        "name": clean(" ".join(t for t in (head.code, head.title) if t)),
        "issue": issue(head.issue_no),
        "draft": DRAFT if head.is_draft else "",
        "unit": clean(head.unit),
        "control": [[name, clean(value)] for name, value in control_lines(head)],
        "sign_heads": SIGN_HEADS,
        "sign_rows": SIGN_ROWS,
        "signers": [[clean(t) for t in signer] for signer in signers(head)],
        "distribution": clean("; ".join(head.distribution)),
        "amendments_title": AMENDMENTS,
        "amendments": _grid_data(amendments(head)),
        "cover": bool(content.steps),
        "parts": [
            {
                "title": f"{n}. {clean(part.title).upper()}" if part.title else "",
                "blocks": [b for block in part.blocks for b in _block_data(block)],
            }
            for n, part in enumerate(document_parts(content), 1)
        ],
    }


def _block_data(block: Block) -> list[dict[str, Any]]:
    if isinstance(block, Grid):
        return [_grid_data(block)]
    assert isinstance(block, Para)
    return [{"kind": "strong" if block.strong else "para", "text": clean(t)} for t in paragraphs_of(block.text)]


def _grid_data(grid: Grid) -> dict[str, Any]:
    columns = (NUMBER, *grid.columns) if grid.numbered else grid.columns
    return {
        "kind": "grid",
        "widths": fit(columns, 165),
        "heads": [c.header for c in columns],
        "centred": [c.kind == "date" or c is NUMBER for c in columns],
        "rows": [
            [*([str(n)] if grid.numbered else []), *(plain(v, c.kind) for c, v in zip(grid.columns, row, strict=True))]
            for n, row in enumerate(grid.rows, 1)
        ],
        "empty": grid.empty,
    }
