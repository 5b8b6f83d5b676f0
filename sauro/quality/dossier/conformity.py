"""The conformity map as Word and Excel (TCVN ISO 9001:2015, 4.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from django.utils import translation

from sauro.organization.models import Agency
from sauro.quality.conformity import ClauseView, conformity_map
from sauro.quality.dossier.common import letterhead
from sauro.quality.ready import standard
from sauro.writing import Column, write_table_xlsx
from sauro.writing.quality import ClauseLine, ConformityPaper, write_conformity_map

Target = str | Path | IO[bytes]


def map_columns() -> list[Column]:
    """The columns of the map as a table."""
    return [
        Column("Điều khoản", 8), Column("Nội dung", 24), Column("Mức", 10), Column("Tài liệu", 36),
        Column("Quá trình", 26), Column("Hồ sơ, bằng chứng", 30), Column("Phát hiện", 30), Column("Đơn vị", 18),
        Column("Còn thiếu", 36),
    ]  # fmt: skip


def _told(view: ClauseView, *kinds: str) -> tuple[str, ...]:
    return tuple(item.label for item in view.of(*kinds))


def map_rows(views: Sequence[ClauseView]) -> list[list[str]]:
    """The map as rows of text, a row a clause."""
    return [
        [
            v.clause.number, v.clause.label_vi, str(v.level.label), "; ".join(_told(v, "document")),
            "; ".join(_told(v, "process")), "; ".join(_told(v, "records", "note")),
            "; ".join(_told(v, "finding", "nonconformity")), "; ".join(_told(v, "unit")),
            " ".join([v.justification, *v.missing]).strip(),
        ]
        for v in views
    ]  # fmt: skip


def write_map_docx(agency: Agency, year: int, day: dt.date, out: Target) -> None:
    """Write the map of the year as Word, as of a day. Raises `OSError`."""
    with translation.override("vi"):
        lines = tuple(
            ClauseLine(
                v.clause.number, v.clause.label_vi, _told(v, "document"), _told(v, "process"),
                _told(v, "records", "note"), _told(v, "finding", "nonconformity"), _told(v, "unit"),
                str(v.level.label), " ".join([v.justification, *v.missing]).strip(),
            )
            for v in conformity_map(agency, year, day)
        )  # fmt: skip
    name = standard.edition().name
    write_conformity_map(out, ConformityPaper(letterhead(agency, day), name, as_of=day, lines=lines))


def write_map_xlsx(agency: Agency, year: int, day: dt.date, out: Target) -> None:
    """Write the map of the year as Excel, as of a day. Raises `OSError`."""
    with translation.override("vi"):
        rows = iter(map_rows(conformity_map(agency, year, day)))
        title = f"Bản đồ điều khoản {standard.edition().name} năm {year}"
        write_table_xlsx(title, map_columns(), rows, out, note=None, day=day)
