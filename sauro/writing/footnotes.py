"""Real Word footnotes: python-docx has no way to them, so the part is built here."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from lxml import etree

from sauro.writing.ooxml import Run, paragraph, sub

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


class Footnotes:
    """The footnotes of one document, numbered by Word in the order of their marks."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def add(self, text: str) -> int:
        """The id under which the mark of a new footnote refers to `text`."""
        self._texts.append(text)
        return len(self._texts)

    def install(self, document: Document) -> None:
        """Write the part into `document`; nothing where there is no footnote."""
        if not self._texts:
            return
        root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
            note = sub(root, "w:footnote", type=kind, id=number)
            p = sub(note, "w:p")
            spacing = sub(sub(p, "w:pPr"), "w:spacing", after=0, line=240, lineRule="auto")
            assert spacing is not None
            sub(sub(p, "w:r"), f"w:{kind}")
        for number, text in enumerate(self._texts, 1):
            note = sub(root, "w:footnote", id=number)
            p = paragraph([Run(" " + text)], "FootnoteText")
            mark = OxmlElement("w:r")
            sub(sub(mark, "w:rPr"), "w:rStyle", val="FootnoteReference")
            sub(mark, "w:footnoteRef")
            p.insert(1, mark)
            note.append(p)
        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE, blob, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        settings = document.settings.element
        properties = OxmlElement("w:footnotePr")
        for number in (-1, 0):
            sub(properties, "w:footnote", id=number)
        after = settings.find(qn("w:compat"))
        if after is None:
            settings.append(properties)
        else:
            after.addprevious(properties)
