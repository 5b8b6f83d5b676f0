"""The conformity map as a table for the auditor: for each clause what answers it, or an honest gap.

TCVN ISO 9001:2015, 4.4.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from sauro.writing.quality.common import counted
from sauro.writing.quality.record import Grid, Letterhead, Para, RecordPaper, Signature, Target, write_record
from sauro.writing.registers import Column, Value, plain

COLUMNS = (
    ("Điều khoản", 20), ("Tài liệu", 28), ("Quá trình", 20), ("Hồ sơ, bằng chứng", 24), ("Phát hiện", 26),
    ("Đơn vị chịu trách nhiệm", 20), ("Mức độ", 9), ("Ghi chú", 32),
)  # fmt: skip
NARROW = 13


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause with what answers it. `level`: "Đủ", "Mỏng", "Trống", "Không áp dụng"; `note`: the justification."""

    clause: str
    label: str
    documents: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    level: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConformityPaper:
    """The map of one year."""

    head: Letterhead
    edition: str = "TCVN ISO 9001:2015"
    as_of: dt.date | None = None
    lines: tuple[ClauseLine, ...] = ()
    note: str = ""
    signatures: tuple[Signature, ...] = ()


def _row(line: ClauseLine) -> tuple[Value, ...]:
    """A clause as a row. A chapter ("8") says its level alone: what answers it stands at the clauses under it."""
    name = f"{line.clause} {line.label}"
    if "." not in line.clause:
        return (name, (), (), (), (), (), line.level, "")
    return (name, line.documents, line.processes, line.records, line.findings, line.owners, line.level, line.note)


def write_conformity_map(out: Target, d: ConformityPaper) -> None:
    """Write the map, landscape, a row for each clause, as Word. Raises `OSError`."""
    rows = tuple(_row(x) for x in d.lines)
    columns = tuple(
        # A column that holds nothing stays, for that is an answer too, but takes no room from the others.
        Column(head, width if any(row[n] for row in rows) else NARROW)
        for n, (head, width) in enumerate(COLUMNS)
    )
    levels = Counter(x.level for x in d.lines if x.level)
    day = f"Tính đến ngày {plain(d.as_of)}: " if d.as_of else ""
    shares = ", ".join(counted(n, level.lower()) for level, n in levels.items())
    said = f"{day}{counted(len(d.lines), 'điều khoản')}" + (f", trong đó {shares}." if shares else ".")
    paper = RecordPaper(
        d.head, "Bảng đối chiếu", f"Hệ thống quản lý chất lượng với {d.edition}",
        opening=(Para(said), Para(d.note), Grid(columns, rows, numbered=False)), signatures=d.signatures,
        numbered=False, ends=False, landscape=True,
    )  # fmt: skip
    write_record(out, paper)
