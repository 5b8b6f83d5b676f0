"""A case's text drawn as people send it: Word with the features Word has, and HTML as portals show it."""

from __future__ import annotations

import html
import re
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table

_RULE = re.compile(r"^[\s|:-]+$")
_NOTE = re.compile(r"\[\^\d+\]")


def blocks_of(text: str) -> list[str | list[list[str]]]:
    """The paragraphs and tables (rows of cells) of a case, in order."""
    found: list[str | list[list[str]]] = []
    for line in text.split("\n"):
        if "\t" in line or line.startswith("|"):
            if line.startswith("|") and _RULE.match(line):
                continue
            cells = line.strip("|").split("|") if line.startswith("|") else line.split("\t")
            row = [cell.replace("<br>", "\n").replace("**", "").strip() for cell in cells]
            if found and isinstance(found[-1], list):
                found[-1].append(row)
            else:
                found.append([row])
        elif line.strip():
            found.append(line.strip())
    return [b for b in found if not (isinstance(b, str) and b.startswith("[^"))]


def as_html(text: str) -> str:
    """The case as a portal shows it: paragraphs and bordered tables."""
    parts = []
    for block in blocks_of(_NOTE.sub("", text)):
        if isinstance(block, str):
            parts.append(f"<p>{html.escape(block)}</p>")
        else:
            width = max(map(len, block))
            rows = "".join(
                "<tr>" + "".join(f"<td>{_cell(c)}</td>" for c in [*row, *[""] * (width - len(row))]) + "</tr>"
                for row in block
            )
            parts.append(f"<table border=1>{rows}</table>")
    return "<html><head><meta charset=utf-8></head><body>" + "\n".join(parts) + "</body></html>"


def _cell(text: str) -> str:
    return "".join(f"<p>{html.escape(piece)}</p>" for piece in text.split("\n"))


def as_docx(text: str, path: Path) -> None:
    """Writes the case as Word does it: the head in two columns, cells merged, headers that repeat, numbers that Word
    counts by itself where a table is numbered 1, 2, 3."""
    document = docx.Document()
    counted = False
    for block in blocks_of(_NOTE.sub("", text)):
        if isinstance(block, str):
            paragraph = document.add_paragraph(block)
            if block.isupper() and len(block) < 120:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                for run in paragraph.runs:
                    run.bold = True
        else:
            counted = _table(document, block, not counted) or counted
    document.save(str(path))


def _table(document: Document, rows: list[list[str]], first: bool) -> bool:
    """Draws a table; only the `first` is numbered by Word, whose count goes on over tables. True where it is."""
    width = max(map(len, rows))
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    if width == 2:
        _two_columns(document, rows)
        return False
    table = document.add_table(rows=len(rows), cols=width)
    table.style = "Table Grid"
    numbers = [row[0] for row in rows[1:] if re.fullmatch(r"\d+", row[0])]
    counted = numbers == [str(n) for n in range(1, len(numbers) + 1)] and len(numbers) > 1 and first
    for r, texts in enumerate(rows):
        for c, words in enumerate(texts):
            cell = table.cell(r, c)
            if c == 0 and counted and r and re.fullmatch(r"\d+", words):
                cell.paragraphs[0].style = "List Number"
                continue
            cell.text = words
            if r == 0 or re.fullmatch(r"[IVX]+|[A-C]", texts[0]):
                for run in cell.paragraphs[0].runs:
                    run.bold = True
    _merge(table, rows)
    for row in table.rows[: 2 if "" in rows[0] else 1]:
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)
    return counted


def _merge(table: Table, rows: list[list[str]]) -> None:
    """Merges a group's words over its row, and the cells of a header in two rows as an office draws them."""
    width = len(rows[0])
    two = len(rows) > 1 and "" in rows[0]
    if two:
        for c, words in enumerate(rows[0]):
            if words and not rows[1][c]:
                table.cell(0, c).merge(table.cell(1, c))
            elif words:
                end = next((k for k in range(c + 1, width) if rows[0][k]), width) - 1
                table.cell(0, c).merge(table.cell(0, end))
    for r, row in enumerate(rows[1:], 1):
        if row[0] and row[1] and not any(row[2:]):
            table.cell(r, 1).merge(table.cell(r, width - 1))


def _two_columns(document: Document, rows: list[list[str]]) -> None:
    table = document.add_table(rows=1, cols=2)
    for c in range(2):
        words = [row[c] for row in rows if row[c]]
        cell = table.cell(0, c)
        cell.text = words[0] if words else ""
        for more in words[1:]:
            cell.add_paragraph(more)
        for paragraph in cell.paragraphs:
            if not paragraph.text.startswith(("-", "Nơi nhận")):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
