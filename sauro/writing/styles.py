"""Paragraph styles of Nghị định 30/2020/NĐ-CP, Phụ lục I: each element of the layout is a style that names its font.

The font stands in every style because a word processor silently swaps a theme font where the theme is unknown.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from sauro.writing.ooxml import Element, sub

FONT = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Look:
    """One style. Sizes in points; `before`, `after` too; `first`, `left`, `hanging` indents in twips."""

    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    caps: bool = False
    align: str = "left"
    first: int = 0
    left: int = 0
    hanging: int = 0
    before: float = 0
    after: float = 0
    line: float = 1.0
    keep_next: bool = False
    level: int | None = None


# 720 twips are the 1.27 cm of the first line; 6 pt the least gap between paragraphs.
LOOKS: dict[str, Look] = {
    "SauroNation": Look("Quốc hiệu", 13, bold=True, align="center"),
    "SauroMotto": Look("Tiêu ngữ", 14, bold=True, align="center"),
    "SauroParent": Look("Cơ quan chủ quản", 13, caps=True, align="center"),
    "SauroAgency": Look("Cơ quan ban hành", 13, bold=True, caps=True, align="center"),
    "SauroNumber": Look("Số và ký hiệu", 13, align="center", before=6),
    "SauroSubject": Look("Trích yếu công văn", 12, align="center", before=3),
    "SauroPlace": Look("Địa danh và ngày tháng", 14, italic=True, align="center", before=6),
    "SauroType": Look("Tên loại", 14, bold=True, align="center", before=18, keep_next=True),
    "SauroTitle": Look("Trích yếu", 14, bold=True, align="center", keep_next=True),
    "SauroIssuer": Look(
        "Thẩm quyền ban hành", 14, bold=True, caps=True, align="center", before=14, after=10, keep_next=True
    ),
    "SauroBasis": Look("Căn cứ", 14, italic=True, align="both", first=720, after=6),
    "SauroOrders": Look("Lệnh ban hành", 14, bold=True, align="center", before=8, after=8, keep_next=True),
    "SauroBody": Look("Thân bài", 14, align="both", first=720, after=6, line=1.1),
    "SauroPart": Look("Phần", 14, bold=True, align="left", first=720, before=8, after=6, keep_next=True, level=0),
    "SauroSection": Look("Mục", 14, bold=True, align="both", first=720, before=4, after=6, keep_next=True, level=1),
    "SauroAuthority": Look("Quyền hạn và chức vụ", 14, bold=True, align="center"),
    "SauroSigner": Look("Người ký", 14, bold=True, align="center"),
    "SauroToHead": Look("Nơi nhận", 12, bold=True, italic=True),
    "SauroTo": Look("Danh sách nơi nhận", 11),
    "SauroAppendix": Look("Phụ lục", 14, bold=True, align="center", keep_next=True, level=0),
    "SauroAppendixTitle": Look("Tên phụ lục", 14, bold=True, align="center", keep_next=True),
    "SauroAttached": Look("Kèm theo", 14, italic=True, align="center", keep_next=True),
    "SauroCell": Look("Ô bảng", 12, before=2, after=2),
    "SauroCellHead": Look("Đầu bảng", 12, bold=True, align="center", before=3, after=3),
    "SauroCellGroup": Look("Nhóm trong bảng", 12, bold=True, before=3, after=3),
    "SauroNote": Look("Ghi chú", 12, italic=True, align="both", before=4, after=4),
    "SauroRule": Look("Vạch", 2, after=0),
}


def _name_font(style: Element) -> None:
    properties = style.find(qn("w:rPr"))
    if properties is None:
        properties = sub(style, "w:rPr")
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = sub(properties, "w:rFonts")
        properties.insert(0, fonts)
    fonts.attrib.clear()
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), FONT)


def _shape(style: Element, look: Look) -> None:
    paragraph = sub(style, "w:pPr")
    if look.keep_next:
        sub(paragraph, "w:keepNext")
    line: dict[str, str | int] = {"line": round(240 * look.line), "lineRule": "auto"}
    if look.size < 6:
        line = {"line": 60, "lineRule": "exact"}
    sub(paragraph, "w:spacing", before=round(look.before * 20), after=round(look.after * 20), **line)
    indent: dict[str, str | int] = {"left": look.left, "right": 0}
    indent["hanging" if look.hanging else "firstLine"] = look.hanging or look.first
    sub(paragraph, "w:ind", **indent)
    sub(paragraph, "w:jc", val=look.align)
    if look.level is not None:
        sub(paragraph, "w:outlineLvl", val=look.level)
    words = sub(style, "w:rPr")
    for on, tag in ((look.bold, "w:b"), (look.italic, "w:i"), (look.caps, "w:caps")):
        if on:
            sub(words, tag)
    sub(words, "w:color", val="000000")
    sub(words, "w:sz", val=round(look.size * 2))
    sub(words, "w:szCs", val=round(look.size * 2))


@lru_cache(maxsize=1)
def _blank() -> bytes:
    made = docx.Document()
    install(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def blank() -> Document:
    """A new document that holds the styles. They are put in once a process: that costs more than a page of text."""
    return docx.Document(io.BytesIO(_blank()))


def install(document: Document) -> None:
    """Put the styles into `document`, name the font in every style it holds, set the language to Vietnamese."""
    for identity, look in LOOKS.items():
        style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.set(qn("w:styleId"), identity)
        style.base_style = None
        style.quick_style = True
        _shape(style.element, look)
    for identity, name, kind in (
        ("FootnoteText", "footnote text", WD_STYLE_TYPE.PARAGRAPH),
        ("FootnoteReference", "footnote reference", WD_STYLE_TYPE.CHARACTER),
    ):
        style = document.styles.add_style(name, kind, builtin=True)
        style.element.set(qn("w:styleId"), identity)
        words = sub(style.element, "w:rPr")
        if kind is WD_STYLE_TYPE.CHARACTER:
            sub(words, "w:vertAlign", val="superscript")
        else:
            sub(words, "w:sz", val=20)
    root = document.styles.element
    defaults = root.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    _name_font(defaults)
    words = defaults.find(qn("w:rPr"))
    for tag in ("w:lang", "w:sz", "w:szCs"):
        for old in words.findall(qn(tag)):
            words.remove(old)
    sub(words, "w:sz", val=28)
    sub(words, "w:szCs", val=28)
    sub(words, "w:lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA")
    for style in root.findall(qn("w:style")):
        if style.get(qn("w:type")) in {"paragraph", "character", "table"}:
            _name_font(style)
