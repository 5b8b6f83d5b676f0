"""An administrative document in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I, built element by element.

paper = OfficialDocument(title="…", agency="Sở Công Thương tỉnh Bình Lãng", day=dt.date(2026, 3, 5))
paper.heading(number="47/QĐ-SCT", place="Bình Lãng", issued_on=dt.date(2026, 3, 5))
paper.kind_and_title("Quyết định", "Ban hành …")
paper.basis("Căn cứ …;")
paper.body("…")
paper.signature(recipients=["Như Điều 3"], authority="", position="Giám đốc", name="…")
paper.appendix(label="Phụ lục I", title="…", attached="(Kèm theo …)", landscape=True)
paper.table(widths, rows)
paper.save(path)
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm

from sauro.writing import styles
from sauro.writing.footnotes import Footnotes
from sauro.writing.ooxml import (
    Element,
    Run,
    TableCell,
    TableRow,
    Text,
    paragraph,
    rule,
    sub,
    table,
    twips,
    write_stable,
)
from sauro.writing.text import clean, date_official, keep_place

LEFT_COLUMN, RIGHT_COLUMN = 66.0, 99.0
MOTTO_MM = 63.0  # length of "Độc lập - Tự do - Hạnh phúc" in 14 pt bold
NO_DATE = dt.datetime(1980, 1, 1)  # noqa: DTZ001 — a core property holds no zone


class OfficialDocument:
    """One document under way. Methods add its elements from top to bottom; `save` writes it."""

    def __init__(self, *, title: str, agency: str = "", day: dt.date | None = None, landscape: bool = False) -> None:
        """`title`, `agency`, `day` go into the file's properties. `landscape`: for a bare table only (mục I.1)."""
        self._docx = styles.blank()
        self._notes = Footnotes()
        self._body: Element = self._docx.element.body
        for old in self._body.findall(qn("w:p")):
            self._body.remove(old)
        properties = self._docx.core_properties
        moment = dt.datetime(day.year, day.month, day.day) if day else NO_DATE  # noqa: DTZ001
        properties.title, properties.author, properties.last_modified_by = clean(title)[:250], clean(agency)[:250], ""
        properties.created = properties.modified = moment
        properties.comments, properties.language, properties.revision = "", "vi-VN", 1
        self._page(self._docx.sections[0], landscape=landscape)

    # Page -------------------------------------------------------------------------------------------------

    @property
    def width_mm(self) -> float:
        """The width between the margins of the page that is being written."""
        section: Any = self._docx.sections[-1]
        return (section.page_width - section.left_margin - section.right_margin) / Mm(1)

    def _page(self, section: Section, *, landscape: bool) -> None:
        """A4, margins 20/20/30/15 mm; page number centred at the top, not on page 1, counted anew (mục I, V)."""
        width, height = (297, 210) if landscape else (210, 297)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = (Mm(20), Mm(15)) if landscape else (Mm(30), Mm(15))
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True
        for numbering in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(numbering)
        numbering = section._sectPr.makeelement(qn("w:pgNumType"), {qn("w:start"): "1"})
        columns = section._sectPr.find(qn("w:cols"))
        columns.addprevious(numbering)
        if len(self._docx.sections) == 1:
            self._number_pages(section)

    def _number_pages(self, section: Section) -> None:
        p = section.header.paragraphs[0]._p
        properties = p.get_or_add_pPr()
        for old in list(properties):
            properties.remove(old)
        sub(properties, "w:jc", val="center")
        for kind, words in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "2"), ("end", "")):
            r = sub(p, "w:r")
            look = sub(r, "w:rPr")
            sub(look, "w:sz", val=26)
            if kind == "text":
                sub(r, "w:t").text = words
            elif kind:
                sub(r, "w:fldChar", fldCharType=kind)
            else:
                sub(r, "w:instrText").text = words

    def _add(self, element: Element) -> None:
        self._body[-1].addprevious(element)  # the last child is the page's own description

    # Head -------------------------------------------------------------------------------------------------

    def heading(
        self,
        *,
        agency: str | None,
        parent_agency: str | None = None,
        number: str | None = None,
        place: str | None = None,
        issued_on: dt.date | None = None,
        with_number: bool = True,
        subject: str | None = None,
    ) -> None:
        """The heading block: issuer at left; national name and motto at right; number and date under them.

        `with_number`: False for a table that is no numbered document; `subject`: what a công văn is about, said under
        its number ("V/v …").
        """
        left: list[Text | Element] = []
        if parent_agency:
            left.append(paragraph(keep_place(parent_agency), "SauroParent"))
        left.append(paragraph(keep_place(agency or ""), "SauroAgency"))
        beyond = max(self.width_mm - LEFT_COLUMN - RIGHT_COLUMN, 0) / 2
        left.append(rule(LEFT_COLUMN + beyond, LEFT_COLUMN * 0.4))
        sign = f"Số: {number}" if number else "Số:       "
        left.append(paragraph(sign if with_number else "", "SauroNumber"))
        right = [
            paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SauroNation"),
            paragraph("Độc lập - Tự do - Hạnh phúc", "SauroMotto"),
            rule(RIGHT_COLUMN + beyond, MOTTO_MM),
        ]
        day = date_official(issued_on) if issued_on else "ngày      tháng      năm      "
        right.append(paragraph(f"{place}, {day}" if place else day, "SauroPlace"))
        # The number and the date stand in a row of their own, so that both keep one line however long the names are.
        rows = [(left[:-1], right[:-1]), (left[-1:], right[-1:])]
        if subject:
            rows.append(([paragraph(f"V/v {subject}", "SauroSubject")], [paragraph("", "SauroSubject")]))
        self._columns(rows)

    def _columns(self, rows: Sequence[tuple[Sequence[Element], Sequence[Element]]]) -> None:
        blank = TableRow([TableCell([""]), TableCell([""])])
        beyond = max(self.width_mm - LEFT_COLUMN - RIGHT_COLUMN, 0)
        widths = (LEFT_COLUMN + beyond / 2, RIGHT_COLUMN + beyond / 2)
        tbl = table(widths, [blank for _ in rows], borders=False, padding_mm=0)
        for tr, sides in zip(tbl.findall(qn("w:tr")), rows, strict=True):
            for tc, elements in zip(tr.findall(qn("w:tc")), sides, strict=True):
                tc.remove(tc.find(qn("w:p")))
                for element in elements:
                    tc.append(element)
        self._add(tbl)

    def kind_and_title(self, kind: str | None, title: str | None, *, rule_mm: float = 60) -> None:
        """Type in capitals, the trích yếu under it, and its rule of a third to a half of the line."""
        if kind:
            self._add(paragraph(Run(kind, caps=True), "SauroType"))
        if title:
            self._add(paragraph(title, "SauroTitle"))
            self._add(rule(self.width_mm, min(rule_mm, self.width_mm / 2)))

    def issuer(self, text: str) -> None:
        """The authority that orders, in capitals: "GIÁM ĐỐC SỞ CÔNG THƯƠNG"."""
        self._add(paragraph(text, "SauroIssuer"))

    def basis(self, text: str) -> None:
        """One "Căn cứ …" or "Theo đề nghị …", with its ending sign."""
        self._add(paragraph(text, "SauroBasis"))

    def orders(self, text: str) -> None:
        """The line "QUYẾT ĐỊNH:"."""
        self._add(paragraph(text, "SauroOrders"))

    # Body -------------------------------------------------------------------------------------------------

    def body(self, text: Text, *, style: str = "SauroBody", align: str | None = None) -> None:
        """A paragraph of the body; `style`: one of `styles.LOOKS`."""
        self._add(paragraph(text, style, align=align))

    def article(self, number: str, text: str) -> None:
        """ "Điều N." in bold, its text upright after it."""
        lines = text.split("\n")
        self._add(paragraph([Run(f"Điều {number}.", bold=True), Run(f" {lines[0]}")], "SauroBody"))
        for line in lines[1:]:
            self._add(paragraph(line, "SauroBody"))

    def part(self, text: str) -> None:
        """A part's heading: "I. MỤC TIÊU"."""
        self._add(paragraph(text, "SauroPart"))

    def section(self, text: str) -> None:
        """A section's heading under a part: "1. …"."""
        self._add(paragraph(text, "SauroSection"))

    def note(self, text: str) -> int:
        """A footnote; the id returned goes into `Run(note=…)` where its mark stands."""
        return self._notes.add(text)

    def signature(
        self, *, recipients: Sequence[str], authority: str | None, position: str | None, name: str | None,
        principal: str | None = None,
    ) -> None:  # fmt: skip
        """ "Nơi nhận:" at left; authority, position and name at right.

        `authority`: TM., KT., TL., TUQ., Q. or empty; `principal`: the office on whose behalf is signed ("Giám đốc" in
        "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC"), the position itself where it is not given.
        """
        # A signature never stands alone on a page: the last paragraph goes with it.
        before = self._body[-2] if len(self._body) > 1 else None
        if before is not None and before.tag == qn("w:p") and before.find(qn("w:pPr")) is not None:
            properties = before.find(qn("w:pPr"))
            properties.insert(1, properties.makeelement(qn("w:keepNext")))
        left: list[Element] = []
        if recipients:
            left.append(paragraph("Nơi nhận:", "SauroToHead"))
            for n, recipient in enumerate(recipients, 1):
                left.append(paragraph(f"- {recipient}{'.' if n == len(recipients) else ';'}", "SauroTo"))
        right: list[Element] = []
        if authority and principal:
            right.append(paragraph([Run(f"{authority} "), Run(principal, caps=True)], "SauroAuthority"))
            right.append(paragraph(Run(position or "", caps=True), "SauroAuthority"))
        else:
            words = [Run(f"{authority} ")] if authority else []
            right.append(paragraph([*words, Run(position or "", caps=True)], "SauroAuthority"))
        right += [paragraph("", "SauroSigner") for _ in range(4)]
        right.append(paragraph(name or "", "SauroSigner"))
        blank = [paragraph("", "SauroTo")]
        self._columns([(left or blank, right)])

    def sign_right(self, position: str, name: str = "") -> None:
        """A signature without recipients, at the right, as forms carry it."""
        lines = [(position, "SauroAuthority"), ("", "SauroSigner"), ("", "SauroSigner"), (name, "SauroSigner")]
        for text, style in lines:
            p = paragraph(text, style)
            sub(p.find(qn("w:pPr")), "w:ind", left=twips(self.width_mm * 0.55))
            self._add(p)

    # Appendices and tables --------------------------------------------------------------------------------

    def appendix(self, *, label: str | None, title: str, attached: str | None = None, landscape: bool = False) -> None:
        """A new section: label ("Phụ lục II"), title in capitals, "(Kèm theo …)" in italics, a rule; pages from 1."""
        self.new_section(landscape=landscape)
        if label:
            self._add(paragraph(label, "SauroAppendix"))
        self._add(paragraph(title, "SauroAppendixTitle"))
        if attached:
            self._add(paragraph(attached, "SauroAttached"))
        self._add(rule(self.width_mm, 60))

    def new_section(self, *, landscape: bool = False) -> None:
        """A page of its own, upright or landscape, numbered from 1."""
        section = self._docx.add_section(WD_SECTION.NEW_PAGE)
        # The paragraph that ends a section takes no room, lest a full page be followed by a blank one.
        style = self._body[-2].find(qn("w:pPr")).makeelement(qn("w:pStyle"), {qn("w:val"): "SauroRule"})
        self._body[-2].find(qn("w:pPr")).insert(0, style)
        self._page(section, landscape=landscape)

    def table(self, widths_mm: Sequence[float], rows: Iterable[TableRow]) -> None:
        """A table with thin lines; see `ooxml.TableRow`. A paragraph of no height follows it."""
        self._add(table(widths_mm, rows))
        self._add(paragraph("", "SauroRule"))

    def new_page(self) -> None:
        """What follows begins on a page of its own; no line is lost."""
        p = paragraph("", "SauroRule")
        sub(p.find(qn("w:pPr")), "w:pageBreakBefore")
        self._add(p)

    def gap(self, *, new_page: bool = False) -> None:
        """An empty line; `new_page`: what follows begins on a page of its own."""
        p = paragraph("", "SauroCell")
        if new_page:
            sub(p.find(qn("w:pPr")), "w:pageBreakBefore")
        self._add(p)

    def save(self, path_or_file: str | Path | IO[bytes]) -> None:
        """Write the file; the same content gives the same bytes. Raises `OSError` where it cannot be written."""
        self._notes.install(self._docx)
        out = io.BytesIO()
        self._docx.save(out)
        write_stable(out.getvalue(), path_or_file)
