"""Web pages: paragraphs, headings, lists and tables of a page saved or exported as HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from sauro.reading.errors import ReadingError
from sauro.reading.guard import DAMAGED, MAX_COLUMNS, TOO_MANY_COLUMNS
from sauro.reading.manuscript import Block, Cell, Manuscript
from sauro.reading.open.registry import Source, opens
from sauro.reading.open.tidy import row_block, tidy

_SKIPPED = {"script", "style", "head", "nav", "noscript", "template", "svg", "math", "iframe", "object", "select"}
_SKIPPED |= {"button", "input", "textarea", "header", "footer"}
_BLOCKS = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "article", "main"}
_BLOCKS |= {"blockquote", "center", "body", "dl", "dt", "dd", "pre", "hr", "form", "fieldset", "address", "figure"}
_MARKER = re.compile(r"^[\[(]?(\d{1,3})[\])]?$")
# Links between a marker and its note, as Word and LibreOffice save them: "#_ftn1", "#_ftnref1", "#sdfootnote1sym".
_NOTE_LINK = re.compile(r"#_?(?:ftn|edn|sdfootnote|sdendnote|footnote|endnote|fn|fnref|ftnref)[\w:.-]*$", re.IGNORECASE)
_MEASURE = re.compile(r"(?:^|[\s\d/(.,])(?:[kdcm]?m|ha)$", re.IGNORECASE)
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class _Words:
    parts: list[str] = field(default_factory=list)
    weights: list[bool] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    raised_start: bool = False

    def say(self, text: str, bold: bool) -> None:
        self.parts.append(text)
        if text.strip():
            self.weights.append(bold)

    @property
    def text(self) -> str:
        return tidy("".join(self.parts))

    @property
    def bold(self) -> bool:
        return bool(self.weights) and all(self.weights)


class _Page:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._tables = 0

    def walk(self, element: Any, label: str = "", centred: bool = False) -> None:
        """Adds what stands in a block-level element: runs of inline content as paragraphs, the rest in order."""
        centred = _centred(element, centred)
        words = _Words()
        self._inline_text(words, element.text, element)
        for child in element:
            if not isinstance(child.tag, str) or child.tag in _SKIPPED or _hidden(child):
                pass
            elif child.tag in _BLOCKS or any(inner.tag in _BLOCKS for inner in child.iterdescendants()):
                self._flush(words, element, label, centred)
                words, label = _Words(), ""
                self._block(child, centred)
            else:
                _inline(child, words, _is_bold(element, False))
            self._inline_text(words, child.tail, element)
        self._flush(words, element, label, centred)

    @staticmethod
    def _inline_text(words: _Words, text: str | None, element: Any) -> None:
        if text:
            words.say(_flow(text), _is_bold(element, False))

    def _block(self, element: Any, centred: bool) -> None:
        if element.tag == "table":
            self._table(element)
        elif element.tag in ("ul", "ol"):
            self._list(element, centred)
        else:
            self.walk(element, centred=centred)

    def _list(self, element: Any, centred: bool) -> None:
        number = int(element.get("start", "1")) if str(element.get("start", "1")).lstrip("-").isdigit() else 1
        for item in element:
            if item.tag != "li":
                if isinstance(item.tag, str):
                    self._block(item, centred)
                continue
            if element.tag == "ul":
                label = "-"
            else:
                if str(item.get("value", "")).isdigit():
                    number = int(item.get("value"))
                label = _ordinal(number, element.get("type", "1"))
                number += 1
            self.walk(item, label, centred)

    def _flush(self, words: _Words, element: Any, label: str, centred: bool) -> None:
        text = words.text
        if not text and not words.notes:
            return
        level = int(element.tag[1]) if re.fullmatch(r"h[1-6]", element.tag) else 0
        block = Block("heading" if level else "paragraph", f"{label} {text}".strip(), notes=words.notes, level=level)
        block.bold, block.centred, block.label = words.bold or level > 0, centred, label
        if words.raised_start and len(words.notes) == 1:
            block.kind, block.level = "footnote", 0
        self.blocks.append(block)

    def _table(self, table: Any) -> None:
        if any(inner.tag == "table" for inner in table.iterdescendants()):
            # A table that holds tables lays out the page.
            for row in _rows(table):
                for cell in row:
                    if cell.tag in ("td", "th"):
                        self.walk(cell)
            return
        number = self._tables
        self._tables += 1
        hanging: dict[int, int] = {}  # column → rows still covered from above
        for row in _rows(table):
            cells: list[Cell] = []
            notes: list[str] = []
            bold, column = True, 0
            for element in [*row.iterchildren("td", "th"), None]:
                while hanging.get(column, 0) > 0:
                    hanging[column] -= 1
                    cells.append(Cell("", covered=True))
                    column += 1
                if element is None:
                    break
                colspan, rowspan = _span(element, "colspan"), _span(element, "rowspan")
                if column + colspan > MAX_COLUMNS:
                    raise ReadingError(TOO_MANY_COLUMNS, "columns")
                words = _Words()
                _inline(element, words, element.tag == "th")
                if words.text:
                    bold = bold and words.bold
                cells.append(Cell(words.text, colspan, rowspan))
                notes += words.notes
                if rowspan > 1:
                    hanging.update(dict.fromkeys(range(column, column + colspan), rowspan - 1))
                column += colspan
            if any(cell.text for cell in cells):
                self.blocks.append(row_block(cells, number, notes, bold))


def _rows(table: Any) -> list[Any]:
    rows = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows += [row for row in child if row.tag == "tr"]
        elif child.tag == "caption":
            rows += []
    return rows


def _inline(element: Any, words: _Words, bold: bool) -> None:
    """Adds the words of an element and all inside it; block elements inside (a cell's paragraphs) on own lines."""
    if not isinstance(element.tag, str) or element.tag in _SKIPPED or _hidden(element):
        return
    bold = _is_bold(element, bold)
    if element.tag == "br":
        words.say("\n", bold)
        return
    if element.tag == "sup" or (element.tag == "a" and _NOTE_LINK.match(str(element.get("href", "")))):
        marker = _MARKER.match("".join(element.itertext()).strip())
        before = "".join(words.parts)
        if marker and _MEASURE.search(before):
            words.say(marker[1].translate(_POWERS), bold)
            return
        if marker:
            words.raised_start = words.raised_start or not before.strip()
            words.notes.append(marker[1])
            return
    own_line = element.tag in _BLOCKS or element.tag == "tr"
    if own_line:
        words.say("\n", bold)
    if element.tag == "li" and element.getparent() is not None:
        words.say("- " if element.getparent().tag == "ul" else f"{element.getparent().index(element) + 1}. ", bold)
    if element.text:
        words.say(_flow(element.text), bold)
    for child in element:
        _inline(child, words, bold)
        if child.tail:
            words.say(_flow(child.tail), bold)
    words.say("\n" if own_line else " " if element.tag in ("td", "th") else "", bold)


def _flow(text: str) -> str:
    """Line breaks of the source are blanks on the page."""
    return re.sub(r"\s+", " ", text)


def _style(element: Any) -> str:
    return str(element.get("style", "")).lower().replace(" ", "")


def _hidden(element: Any) -> bool:
    return "display:none" in _style(element) or element.get("hidden") is not None


def _is_bold(element: Any, above: bool) -> bool:
    style = _style(element)
    if "font-weight:normal" in style or "font-weight:400" in style:
        return False
    heavy = element.tag in ("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6")
    return above or heavy or "font-weight:bold" in style or "font-weight:700" in style


def _centred(element: Any, above: bool) -> bool:
    align = str(element.get("align", "")).lower()
    if align:
        return align == "center"
    if "text-align:" in _style(element):
        return "text-align:center" in _style(element)
    return above or element.tag == "center"


def _span(element: Any, name: str) -> int:
    said = str(element.get(name, "1"))
    return max(1, min(int(said), 60_000)) if said.isdigit() else 1


def _ordinal(number: int, kind: str) -> str:
    from sauro.reading.open.docx.numbering import written

    how = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}.get(kind, "decimal")
    return written(number, how) + (")" if how == "lowerLetter" else ".")


@opens("html")
def open_html(source: Source) -> Manuscript:
    """The manuscript of an HTML page. Scripts don't run, nothing is fetched. Raises `ReadingError` "damaged"."""
    data = source.path.read_bytes()
    try:
        text: str | bytes = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data  # the parser goes by what the page says of its own encoding
    if isinstance(text, str):
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError(DAMAGED, "damaged") from error
    page = _Page()
    body = root.find("body")
    page.walk(root if body is None else body)
    return Manuscript(page.blocks, "html")
