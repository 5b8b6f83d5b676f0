"""The form "Theo dõi thực hiện Mục tiêu chất lượng" (QĐ 949/QĐ-BCT, last appendix), a sheet for each half-year.

Eight columns: the objectives, six months under "Tháng", notes. Where the Ministry's sheet holds all objectives in one
cell, each stands in a row of its own here, so that its ratings stand beside it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell

from sauro.writing import styles
from sauro.writing.official import NO_DATE
from sauro.writing.ooxml import paragraph, sub, twips, write_stable
from sauro.writing.text import clean
from sauro.writing.typesetting import SERIF, typeset

TITLE = "THEO DÕI THỰC HIỆN MỤC TIÊU CHẤT LƯỢNG"
OBJECTIVES, MONTHS, NOTES = "Theo dõi thực hiện Mục tiêu chất lượng", "Tháng", "Ghi chú"
ATTENTION = "* CHÚ Ý: Cột các tháng ghi kết quả thực hiện theo mức độ hoàn thành: Tốt; Trung bình và Kém"
SIGNER = "Đại diện lãnh đạo – QMR"
# As the Ministry's sheet writes the months of the first half.
MONTH_WORDS = {1: "01", 2: "02"}
# Landscape A4 between margins of 20 and 15 mm: objectives, six months, notes.
WIDTHS = (103.0, *(18.5,) * 6, 48.0)
_TEMPLATE = Path(__file__).with_name("forms") / "tracking_form.typ"


@dataclass(slots=True)
class TrackedObjective:
    """One row. `lines`: the objective and its items; `levels`: {month 1 to 12: "Tốt", …}; `note`: the last column."""

    lines: list[str]
    levels: Mapping[int, str] = field(default_factory=dict)
    note: str = ""


@dataclass(slots=True)
class TrackingSheet:
    """One half-year: its six months, the name of the QMR who signed all that is rated (else "")."""

    months: Sequence[int]
    objectives: Sequence[TrackedObjective]
    signed_by: str = ""


@dataclass(slots=True)
class TrackingForm:
    """The form of one plan and year. `issue`: "01"; `effective`: "26/01/2026", or blanks to be filled in by hand."""

    agency: str
    issue: str
    effective: str
    sheets: Sequence[TrackingSheet]


def month_word(month: int) -> str:
    """The head of a month's column."""
    return MONTH_WORDS.get(month, str(month))


def write_tracking_docx(form: TrackingForm, path_or_file: str | Path | IO[bytes]) -> None:
    """Write the form as Word, A4 landscape, one page or more a half-year. Raises `OSError`."""
    paper = docx.Document()
    styles.install(paper)
    body: Any = paper.element.body
    for old in body.findall(qn("w:p")):
        body.remove(old)
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(20), Mm(15)
    properties = paper.core_properties
    properties.title, properties.author, properties.last_modified_by = TITLE.capitalize(), clean(form.agency)[:250], ""
    properties.created = properties.modified = NO_DATE
    properties.comments, properties.language, properties.revision = "", "vi-VN", 1
    for n, sheet in enumerate(form.sheets):
        if n:
            gap = paragraph("", "SauroRule")
            sub(gap.get_or_add_pPr(), "w:pageBreakBefore")
            body[-1].addprevious(gap)
        _sheet(paper, form, sheet)
    out = io.BytesIO()
    paper.save(out)
    write_stable(out.getvalue(), path_or_file)


def _sheet(paper: Any, form: TrackingForm, sheet: TrackingSheet) -> None:
    grid = paper.add_table(rows=4 + len(sheet.objectives), cols=8)
    _frame(grid)
    rows = [grid.rows[n].cells for n in range(len(grid.rows))]
    _fill(rows[0][0].merge(rows[1][0]), [form.agency.upper()], "SauroCellHead")
    _fill(rows[0][1].merge(rows[1][6]), [TITLE], "SauroCellHead")
    _fill(rows[0][7], [f"Lần ban hành: {form.issue}"], "SauroCell")
    _fill(rows[1][7], [f"Ngày hiệu lực: {form.effective}"], "SauroCell")
    _fill(rows[2][0].merge(rows[3][0]), [OBJECTIVES], "SauroCellHead")
    _fill(rows[2][1].merge(rows[2][6]), [MONTHS], "SauroCellHead")
    _fill(rows[2][7].merge(rows[3][7]), [NOTES], "SauroCellHead")
    for c, month in enumerate(sheet.months, 1):
        _fill(rows[3][c], [month_word(month)], "SauroCellHead")
    for r, objective in enumerate(sheet.objectives, 4):
        _fill(rows[r][0], objective.lines, "SauroCell", align="both")
        for c, month in enumerate(sheet.months, 1):
            _fill(rows[r][c], [objective.levels.get(month, "")], "SauroCell", align="center")
        _fill(rows[r][7], objective.note.split("\n"), "SauroCell")
    for n, row in enumerate(grid.rows):
        shape = row._tr.get_or_add_trPr()
        sub(shape, "w:cantSplit")
        if n < 4:
            sub(shape, "w:tblHeader")
    body: Any = paper.element.body
    body[-1].addprevious(paragraph(ATTENTION, "SauroNote"))
    # The place of the signature stands at right, kept together with its name.
    for n, words in enumerate((SIGNER, "", "", "", sheet.signed_by)):
        line = paragraph(words, "SauroAuthority" if n == 0 else "SauroSigner")
        look = line.get_or_add_pPr()
        if n < 4:
            sub(look, "w:keepNext")
        sub(look, "w:ind", left=twips(160), right=0, firstLine=0)
        body[-1].addprevious(line)


def _frame(grid: Table) -> None:
    grid.autofit = False
    properties = grid._tbl.tblPr
    for old in properties.findall(qn("w:tblStyle")):
        properties.remove(old)
    borders = sub(properties, "w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        sub(borders, f"w:{side}", val="single", sz=4, space=0, color="000000")
    for column, width in zip(grid.columns, WIDTHS, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _fill(cell: _Cell, lines: Sequence[str], style: str, *, align: str | None = None) -> None:
    for old in cell._tc.findall(qn("w:p")):
        cell._tc.remove(old)
    for line in lines or [""]:
        cell._tc.append(paragraph(line, style, align=align))
    middle = style == "SauroCellHead" or align == "center"
    sub(cell._tc.get_or_add_tcPr(), "w:vAlign", val="center" if middle else "top")


def write_tracking_pdf(form: TrackingForm, path_or_file: str | Path | IO[bytes]) -> None:
    """Write the form as PDF with its fonts inside (Typst). Raises `OSError`."""
    data = {
        "agency": clean(form.agency).upper(),
        "title": TITLE,
        "issue": form.issue,
        "effective": form.effective,
        "heads": [OBJECTIVES, MONTHS, NOTES],
        "attention": ATTENTION,
        "signer": SIGNER,
        "fonts": SERIF,
        "widths": WIDTHS,
        "sheets": [
            {
                "months": [month_word(m) for m in s.months],
                "signed_by": s.signed_by,
                "rows": [
                    {
                        "lines": [clean(x) for x in o.lines],
                        "levels": [o.levels.get(m, "") for m in s.months],
                        "note": clean(o.note),
                    }
                    for o in s.objectives
                ],
            }
            for s in form.sheets
        ],
    }
    made = typeset(_TEMPLATE, form=data)
    if isinstance(path_or_file, str | Path):
        Path(path_or_file).write_bytes(made)
    else:
        path_or_file.write(made)
