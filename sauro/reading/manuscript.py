"""What was opened, before anything is understood: numbered blocks of one document.

Every reader (`.docx`, `.pdf`, `.html`, `.md`, `.txt`, `.xlsx`) yields the same `Manuscript`, so that recognition
knows nothing of file formats. A block's number is its index in `Manuscript.blocks`; places in a `Draft` point there.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal

BlockKind = Literal["paragraph", "heading", "row", "footnote"]


@dataclass(slots=True)
class Cell:
    """One cell of a table row. A merged cell is given once, with its spans; `text` may hold line breaks.

    `covered`: the place belongs to a merged cell of a row above. Such a place is given as an empty cell with the
    same colspan, so that in every row of a table the colspans add up to the same columns.
    """

    text: str
    colspan: int = 1
    rowspan: int = 1
    covered: bool = False


@dataclass(slots=True)
class Block:
    """One paragraph, heading, table row or footnote.

    `text`: NFC, markup removed; for a row the cells' texts joined by a tab. `notes`: footnote markers that stand in
    the block (their numbers as written). `table`: number of the table a row belongs to, counted from 0, or None.
    `first_line`, `last_line`: 1-based lines of a text file, else 0. `page`: 1-based page where known, else 0.
    `level`: heading depth from 1 where the format says so, else 0. `bold`, `centred`: of the whole paragraph.
    `label`: list number or bullet that Word draws by itself ("1.", "a)", "-"), else "".
    """

    kind: BlockKind
    text: str
    cells: list[Cell] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    table: int | None = None
    first_line: int = 0
    last_line: int = 0
    page: int = 0
    level: int = 0
    bold: bool = False
    centred: bool = False
    label: str = ""


@dataclass(slots=True)
class Manuscript:
    """A document as opened. `source`: the format it came from ("docx", "pdf", "txt", …); `pages`: 0 where unknown.

    `margins`: lines of headers, footers and page margins. They are no part of the text; a stamp may stand there.
    """

    blocks: list[Block]
    source: str
    pages: int = 0
    margins: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Plain data for keeping beside the draft; `from_json` gives the same manuscript back."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Manuscript:
        """The manuscript that `to_json` wrote."""
        blocks = [Block(**{**b, "cells": [Cell(**c) for c in b["cells"]]}) for b in data["blocks"]]
        return cls(blocks=blocks, source=data["source"], pages=data["pages"], margins=data.get("margins", []))
