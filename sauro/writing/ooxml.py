"""Small pieces of WordprocessingML, built directly: python-docx's own cell access costs the square of the table."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sauro.writing.text import clean

Element = Any  # lxml names its element type as private
TWIPS_PER_MM = 1440 / 25.4
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. `note`: the id of a footnote whose mark follows them; `again`: of one that is marked before;
    `caps`: shown in capitals; `field`: what a word processor counts in place of the words ("PAGE", "NUMPAGES")."""

    text: str
    bold: bool = False
    italic: bool = False
    caps: bool = False
    note: int | None = None
    again: int | None = None
    field: str | None = None


Text = str | Run | Sequence[Run]


def sub(parent: Element, tag: str, **attributes: str | int) -> Element:
    """A child element `tag` ("w:p") with attributes of the same name space."""
    child = OxmlElement(tag)
    prefix = tag.split(":", maxsplit=1)[0]
    for name, value in attributes.items():
        child.set(qn(f"{prefix}:{name}"), str(value))
    parent.append(child)
    return child


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm * TWIPS_PER_MM)


def _add_run(p: Element, run: Run) -> None:
    r = sub(sub(p, "w:fldSimple", instr=f" {run.field} ") if run.field else p, "w:r")
    if run.bold or run.italic or run.caps:
        properties = sub(r, "w:rPr")
        for on, tag in ((run.bold, "w:b"), (run.italic, "w:i"), (run.caps, "w:caps")):
            if on:
                sub(properties, tag)
    for n, line in enumerate(clean(run.text).replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if n:
            sub(r, "w:br")
        for m, piece in enumerate(line.split("\t")):
            if m:
                sub(r, "w:tab")
            if piece:
                t = sub(r, "w:t")
                t.set(qn("xml:space"), "preserve")
                t.text = piece
    if run.note is not None:
        sub(p, "w:bookmarkStart", id=run.note, name=f"_RefNote{run.note}")
        sub(_raised(p), "w:footnoteReference", id=run.note)
        sub(p, "w:bookmarkEnd", id=run.note)
    if run.again is not None:
        sub(_raised(p), "w:fldChar", fldCharType="begin")
        sub(_raised(p), "w:instrText").text = f" NOTEREF _RefNote{run.again} \\f \\h "
        sub(_raised(p), "w:fldChar", fldCharType="separate")
        sub(_raised(p), "w:t").text = str(run.again)
        sub(_raised(p), "w:fldChar", fldCharType="end")


def _raised(p: Element) -> Element:
    r = sub(p, "w:r")
    sub(sub(r, "w:rPr"), "w:rStyle", val="FootnoteReference")
    return r


def paragraph(text: Text, style: str, *, align: str | None = None, keep_next: bool = False) -> Element:
    """A `w:p` of the named style. Line breaks in the text become `w:br`, tabs `w:tab`."""
    p = OxmlElement("w:p")
    properties = sub(p, "w:pPr")
    sub(properties, "w:pStyle", val=style)
    if keep_next:
        sub(properties, "w:keepNext")
    if align:
        sub(properties, "w:jc", val=align)
    runs = [text] if isinstance(text, Run) else [Run(text)] if isinstance(text, str) else text
    for run in runs:
        _add_run(p, run)
    return p


def rule(width_mm: float, length_mm: float, *, align: str = "center") -> Element:
    """A thin drawn line of the given length in a column of the given width, as a paragraph of no height."""
    p = OxmlElement("w:p")
    properties = sub(p, "w:pPr")
    sub(properties, "w:pStyle", val="SauroRule")
    border = sub(properties, "w:pBdr")
    sub(border, "w:top", val="single", sz=6, space=1, color="000000")
    sub(properties, "w:spacing", before=60, after=100)
    rest = max(width_mm - length_mm, 0)
    left = rest / 2 if align == "center" else 0
    sub(properties, "w:ind", left=twips(left), right=twips(rest - left), firstLine=0)
    return p


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell: its paragraphs, each a text; `style` their paragraph style; `span` columns taken; `down`: "restart"
    where it is the first of cells merged downwards, "continue" where it is a later one."""

    paragraphs: Sequence[Text]
    style: str = "SauroCell"
    align: str | None = None
    span: int = 1
    shade: str | None = None
    down: str | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """`header`: repeated at the head of every page; `whole`: not cut across pages; `keep_next`: stays with the next."""

    cells: Sequence[TableCell]
    header: bool = False
    whole: bool = True
    keep_next: bool = False


def table(
    widths_mm: Sequence[float], rows: Iterable[TableRow], *, borders: bool = True, padding_mm: float = 1.4
) -> Element:
    """A `w:tbl` of fixed column widths. Time is linear in the number of cells."""
    tbl = OxmlElement("w:tbl")
    properties = sub(tbl, "w:tblPr")
    sub(properties, "w:tblW", w=twips(sum(widths_mm)), type="dxa")
    sub(properties, "w:jc", val="center")
    if borders:
        edges = sub(properties, "w:tblBorders")
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
            sub(edges, f"w:{edge}", val="single", sz=4, space=0, color="000000")
    sub(properties, "w:tblLayout", type="fixed")
    margins = sub(properties, "w:tblCellMar")
    for edge in ("left", "right"):
        sub(margins, f"w:{edge}", w=twips(padding_mm), type="dxa")
    grid = sub(tbl, "w:tblGrid")
    for width in widths_mm:
        sub(grid, "w:gridCol", w=twips(width))
    for row in rows:
        _add_row(tbl, row, widths_mm)
    return tbl


def _add_row(tbl: Element, row: TableRow, widths_mm: Sequence[float]) -> None:
    tr = sub(tbl, "w:tr")
    if row.whole or row.header:
        properties = sub(tr, "w:trPr")
        if row.whole:
            sub(properties, "w:cantSplit")
        if row.header:
            sub(properties, "w:tblHeader")
    column = 0
    for cell in row.cells:
        tc = sub(tr, "w:tc")
        properties = sub(tc, "w:tcPr")
        sub(properties, "w:tcW", w=twips(sum(widths_mm[column : column + cell.span])), type="dxa")
        if cell.span > 1:
            sub(properties, "w:gridSpan", val=cell.span)
        if cell.down:
            sub(properties, "w:vMerge", val=cell.down)
        if cell.shade:
            sub(properties, "w:shd", val="clear", color="auto", fill=cell.shade)
        if row.header:
            sub(properties, "w:vAlign", val="center")
        for text in cell.paragraphs or [""]:
            tc.append(paragraph(text, cell.style, align=cell.align, keep_next=row.keep_next))
        column += cell.span


def write_stable(data: bytes, path_or_file: str | Path | IO[bytes]) -> None:
    """The zip `data` written with fixed times, so that the same plan gives the same bytes on every day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, old.read(name))
    if isinstance(path_or_file, str | Path):
        Path(path_or_file).write_bytes(out.getvalue())
    else:
        path_or_file.write(out.getvalue())
