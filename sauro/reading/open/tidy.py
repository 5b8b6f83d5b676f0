"""Small things that every opener does to text."""

from __future__ import annotations

import re

from sauro.reading.manuscript import Block, Cell
from sauro.vietnamese.text import nfc

# Zero-width characters, soft hyphens and byte-order marks carry no meaning in Vietnamese text.
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_BLANKS = re.compile(r"[^\S\n\t]+")
_AROUND_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")


def tidy(text: str) -> str:
    """NFC, unseen characters removed, runs of blanks as one space, line breaks kept one at a time, ends trimmed."""
    text = _UNSEEN.sub("", nfc(text).replace("\r\n", "\n").replace("\r", "\n"))
    return _AROUND_BREAK.sub("\n", _BLANKS.sub(" ", text)).strip()


def row_block(
    cells: list[Cell], table: int, notes: list[str] | None = None, bold: bool = False, page: int = 0
) -> Block:
    """A table row. Tabs inside a cell become spaces, so that the row's text can be split at tabs again."""
    for cell in cells:
        cell.text = cell.text.replace("\t", " ")
    text = "\t".join(cell.text for cell in cells)
    return Block(kind="row", text=text, cells=cells, notes=notes or [], table=table, bold=bold, page=page)
