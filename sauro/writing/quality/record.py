"""A record of the quality system as an official paper: one form for all, so that any record prints without new code.

A paper is said as plain blocks (`Para`, `Facts`, `Grid`) in numbered parts; `write_record` lays them out as Nghị định
30/2020/NĐ-CP, Phụ lục I asks. An empty table says "Không có".
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

from docx.oxml.ns import qn

from sauro.writing.official import OfficialDocument
from sauro.writing.ooxml import Run, TableCell, TableRow, paragraph, sub, table
from sauro.writing.quality.content import paragraphs_of
from sauro.writing.registers import Column, Value, fit, plain
from sauro.writing.text import roman

Target = str | Path | IO[bytes]
NONE = "Không có"
SIGN_HERE = "(Ký, ghi rõ họ tên)"
NUMBER = Column("TT", 5)
# A word processor other than Word keeps only whole tables with what follows.
SHORT_TABLE = 8


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The heading block: issuer, number and sign ("12/BC-SCT"), place and day; what is empty is left to fill in."""

    agency: str
    parent_agency: str = ""
    place: str = ""
    number: str = ""
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs. `authority`: TM., KT., TL., TUQ. or ""; `principal`: the office in whose place ("Giám đốc")."""

    position: str
    name: str = ""
    authority: str = ""
    principal: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """Words of the body, a paragraph by line. `strong`: a heading under the part's own."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A table of two columns: what, and its value (words, day, number, or a tuple of words)."""

    rows: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `numbered`: led by a column "TT"; `empty`: said where there is no row; `total`: a last row in bold."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    numbered: bool = True
    empty: str = NONE
    total: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a decision: "Điều 1." in bold before its words."""

    number: int
    text: str


Block = Para | Facts | Grid | Article


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered part of a paper; where it holds nothing it says "Không có.". `mark`: after the title, as it is."""

    title: str
    blocks: tuple[Block, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """An appendix on a page of its own. `kind`: of one that stands for itself ("Bản công bố"), with heading block and
    signature, so that it can be posted alone."""

    title: str
    blocks: tuple[Block, ...]
    label: str = ""
    attached: str = ""
    kind: str = ""
    signatures: tuple[Signature, ...] = ()
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class RecordPaper:
    """One printed record. `kind`: "Báo cáo", "Biên bản", "Phiếu …", "" for a công văn (its title is its "V/v"); `code`:
    the record's own; `to`: "Kính gửi".

    `numbered`: a document with number and day (else a form); `numbering`: how its parts are counted; `ends`: its text
    ends with "./."; `bases`: "Căn cứ …" lines without their ending signs; `issuer`, `orders`: of a decision, who
    decides ("Giám đốc Sở …") and "Quyết định:".
    """

    head: Letterhead
    kind: str
    title: str = ""
    code: str = ""
    to: str = ""
    issuer: str = ""
    orders: str = ""
    bases: tuple[str, ...] = ()
    opening: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    closing: str = ""
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    numbered: bool = True
    numbering: Literal["roman", "arabic", ""] = "roman"
    ends: bool = True
    landscape: bool = False


class QualityPaper(OfficialDocument):
    """An official document that knows the blocks of a record."""

    def show(self, blocks: Sequence[Block]) -> None:
        """Lay the blocks out from top to bottom."""
        for block in blocks:
            if isinstance(block, Para):
                for line in paragraphs_of(block.text):
                    self.body(line, style="SauroSection" if block.strong else "SauroBody")
            elif isinstance(block, Facts):
                self.facts(block)
            elif isinstance(block, Article):
                self.article(str(block.number), block.text)
            else:
                self.grid(block)

    def facts(self, facts: Facts) -> None:
        """Names at left in bold, values at right."""
        rows = []
        for name, value in facts.rows:
            lines = plain(value).split("\n")
            rows.append(TableRow([TableCell([Run(name, bold=True)]), TableCell(lines)], whole=_short([value])))
        width = self.width_mm
        if rows:
            self.table((width * 0.3, width * 0.7), rows)
            self.space()

    def grid(self, grid: Grid) -> None:
        """The table with its header on every page; a row that says so where it has none."""
        columns = (NUMBER, *grid.columns) if grid.numbered else grid.columns
        rows = [TableRow([TableCell([c.header], "SauroCellHead") for c in columns], header=True, keep_next=True)]
        for n, values in enumerate(grid.rows, 1):
            cells = _cells(grid.columns, values)
            if grid.numbered:
                cells.insert(0, TableCell([str(n)], align="center"))
            rows.append(TableRow(cells, whole=_short(values)))
        if not grid.rows:
            rows.append(TableRow([TableCell([Run(grid.empty, italic=True)], align="center", span=len(columns))]))
        elif grid.total:
            cells = _cells(grid.columns, grid.total, bold=True)
            if grid.numbered:
                cells.insert(0, TableCell([""]))
            rows.append(TableRow(cells))
        self.table(fit(columns, self.width_mm), rows)
        self.space()

    def _keep_last(self) -> None:
        """What is last, a paragraph, a short table or a long one's last row, goes with the signature."""
        for element in reversed(list(self._body)[:-1]):
            rows = element.findall(qn("w:tr")) if element.tag == qn("w:tbl") else []
            last = rows if len(rows) <= SHORT_TABLE else rows[-1:]
            for p in [p for row in last for p in row.iter(qn("w:p"))] or [element]:
                properties = p.find(qn("w:pPr")) if p.tag == qn("w:p") else None
                if properties is not None and properties.find(qn("w:keepNext")) is None:
                    properties.insert(1, properties.makeelement(qn("w:keepNext")))
            if last or "".join(element.itertext()).strip():
                return

    def space(self) -> None:
        """A little room, as after a table."""
        p = paragraph("", "SauroRule")
        sub(p.find(qn("w:pPr")), "w:spacing", before=60, after=60)
        self._add(p)

    def signed(self, signatures: Sequence[Signature], recipients: Sequence[str] = ()) -> None:
        """One signature with its recipients as Nghị định 30 places them, or several side by side."""
        if not signatures:
            return
        if len(signatures) > 1:
            self.space()
        self._keep_last()
        if len(signatures) == 1:
            (one,) = signatures
            self.signature(
                recipients=recipients, authority=one.authority, position=one.position, name=one.name,
                principal=one.principal,
            )  # fmt: skip
            return
        width = self.width_mm / len(signatures)
        heads = [TableCell(_posts(s), "SauroAuthority") for s in signatures]
        hints = [TableCell([Run(SIGN_HERE, italic=True)], align="center") for _ in signatures]
        names = [TableCell(["", "", "", s.name], "SauroSigner") for s in signatures]
        rows = [TableRow(heads, keep_next=True), TableRow(hints, keep_next=True), TableRow(names)]
        self._add(table((width,) * len(signatures), rows, borders=False, padding_mm=1))
        if recipients:
            self.gap()
            self.body("Nơi nhận:", style="SauroToHead")
            for n, recipient in enumerate(recipients, 1):
                self.body(f"- {recipient}{'.' if n == len(recipients) else ';'}", style="SauroTo")


def _posts(signature: Signature) -> list[Any]:
    authority = f"{signature.authority} " if signature.authority else ""
    if authority and signature.principal:
        return [[Run(authority), Run(signature.principal, caps=True)], Run(signature.position, caps=True)]
    return [[Run(authority), Run(signature.position, caps=True)]]


def _short(values: Sequence[Value]) -> bool:
    # A row longer than a third of a page may be cut; shorter ones stay whole.
    return sum(len(plain(v)) for v in values) < 1200


def _cells(columns: Sequence[Column], values: Sequence[Value], *, bold: bool = False) -> list[TableCell]:
    cells = []
    for column, value in zip(columns, values, strict=True):
        align = {"number": "right", "percent": "right", "date": "center"}.get(column.kind)
        lines: list[Any] = [Run(t, bold=bold) for t in plain(value, column.kind).split("\n")]
        cells.append(TableCell(lines, align=align))
    return cells


def parts_of(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of a part, one that says "Không có." where none of them says anything."""
    said = tuple(b for b in blocks if not isinstance(b, Para) or b.text.strip())
    return said or (Para(f"{NONE}."),)


def ended(text: str) -> str:
    """The last words of an official text with their ending sign: "… ./."."""
    return f"{text.rstrip().rstrip('.;').rstrip()}./." if text.strip() and not text.rstrip().endswith("./.") else text


def write_record(out: Target, paper: RecordPaper) -> None:
    """Write any record as Word in official layout; the same record gives the same bytes. Raises `OSError`."""
    head = paper.head
    title = " ".join(t for t in (paper.kind, paper.title) if t)
    made = QualityPaper(title=title, agency=head.agency, day=head.day, landscape=paper.landscape)
    made.heading(
        agency=head.agency, parent_agency=head.parent_agency, number=head.number, place=head.place, issued_on=head.day,
        with_number=paper.numbered, subject=None if paper.kind else paper.title,
    )  # fmt: skip
    if paper.kind:
        made.kind_and_title(paper.kind.upper(), _kept_year(paper.title))
    if paper.to:
        made.gap()
        made.body(f"Kính gửi: {paper.to}", align="center")
        made.space()
    if paper.code:
        made.body(f"Số: {paper.code}", style="SauroAttached")
    if paper.code or not paper.title:
        made.space()
    if paper.issuer:
        made.issuer(paper.issuer)
    for n, line in enumerate(paper.bases, 1):
        made.basis(f"{line.rstrip(' .;')}{'.' if n == len(paper.bases) else ';'}")
    if paper.orders:
        made.orders(paper.orders)
    _whole_text(made, paper)
    made.signed(paper.signatures, paper.recipients)
    for annex in paper.annexes:
        _annex(made, head, annex)
    made.save(out)


def _annex(made: QualityPaper, head: Letterhead, annex: Annex) -> None:
    if annex.kind:
        made.new_section(landscape=annex.landscape)
        made.heading(
            agency=head.agency,
            parent_agency=head.parent_agency,
            place=head.place,
            issued_on=head.day,
            with_number=False,
        )
        made.kind_and_title(annex.kind.upper(), _kept_year(annex.title))
        if annex.attached:
            made.body(annex.attached, style="SauroAttached")
            made.space()
    else:
        attached = annex.attached or None
        made.appendix(label=annex.label, title=annex.title.upper(), attached=attached, landscape=annex.landscape)
    made.show(annex.blocks)
    made.signed(annex.signatures)


def _kept_year(title: str) -> str:
    """A title in which neither a year nor the number of a standard begins a line alone."""
    return re.sub(r"\b(năm|TCVN|ISO) (?=\d{4}\b|ISO\b)", "\\1\u00a0", title)


def _whole_text(made: QualityPaper, paper: RecordPaper) -> None:
    made.show(paper.opening if paper.closing or paper.parts else _with_end(paper, paper.opening))
    for n, part in enumerate(paper.parts, 1):
        sign = {"roman": f"{roman(n)}. ", "arabic": f"{n}. ", "": ""}[paper.numbering]
        title = part.title.upper() if paper.numbering == "roman" else part.title
        made.part(f"{sign}{title} ({part.mark})" if part.mark else sign + title)
        blocks = parts_of(part.blocks)
        made.show(blocks if paper.closing or n < len(paper.parts) else _with_end(paper, blocks))
    lines = paragraphs_of(paper.closing)
    for n, line in enumerate(lines, 1):
        made.body(ended(line) if paper.ends and n == len(lines) else line)


def _with_end(paper: RecordPaper, blocks: Sequence[Block]) -> tuple[Block, ...]:
    last = blocks[-1] if blocks else None
    if not paper.ends or not isinstance(last, Para | Article):
        return tuple(blocks)
    return (*blocks[:-1], dataclasses.replace(last, text=ended(last.text)))
