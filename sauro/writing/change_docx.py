"""A draft decision that changes a plan, with its table of changes, in the layout of Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sauro.writing.office import ordering_authority
from sauro.writing.official import OfficialDocument
from sauro.writing.ooxml import TableCell, TableRow

HEAD = ("TT", "Nhiệm vụ", "Nội dung điều chỉnh", "Hiện hành", "Điều chỉnh thành", "Lý do, đơn vị đề nghị")
WIDTHS = (10.0, 42.0, 23.0, 27.0, 31.0, 32.0)


@dataclass(slots=True, frozen=True)
class ChangedField:
    """One thing that changes in a task, in words."""

    what: str
    before: str
    after: str


@dataclass(slots=True, frozen=True)
class ChangedTask:
    """A task with what changes in it, why, and who asked."""

    ref: str
    title: str
    fields: Sequence[ChangedField]
    reason: str
    unit: str


def write_change_decision(
    path_or_file: str | Path | IO[bytes],
    *,
    agency: str,
    parent_agency: str | None,
    place: str,
    plan: str,
    plan_number: str,
    tasks: Sequence[ChangedTask],
    signer: str = "",
    position: str = "Giám đốc",
) -> None:
    """The draft: number and date are left blank for the office that issues it.

    `plan`: how the plan is named in a sentence; `plan_number`: the number of the document that ordered it.
    Raises `OSError` where the file cannot be written.
    """
    title = f"Về việc điều chỉnh, bổ sung nhiệm vụ tại {plan}"
    paper = OfficialDocument(title=title, agency=agency)
    paper.heading(agency=agency, parent_agency=parent_agency, place=place)
    paper.kind_and_title("Quyết định", title)
    paper.issuer((ordering_authority(agency) or agency).upper())
    units = list(dict.fromkeys(t.unit for t in tasks))
    number = f" số {plan_number}" if plan_number else ""
    paper.basis(f"Căn cứ văn bản{number} ban hành {plan};")
    paper.basis(f"Theo đề nghị của {', '.join(units)}.")
    paper.orders("QUYẾT ĐỊNH:")
    paper.article(
        "1", f"Điều chỉnh, bổ sung {len(tasks)} nhiệm vụ tại {plan} (chi tiết tại Phụ lục kèm theo Quyết định này)."
    )
    paper.article("2", f"Các nội dung khác của {plan} giữ nguyên. Quyết định này có hiệu lực kể từ ngày ký.")
    paper.article(
        "3",
        "Chánh Văn phòng, thủ trưởng các đơn vị có liên quan chịu trách nhiệm thi hành Quyết định này./.",
    )
    paper.signature(recipients=["Như Điều 3", "Lưu: VT"], authority="", position=position, name=signer)
    paper.appendix(
        label=None, title="NỘI DUNG ĐIỀU CHỈNH, BỔ SUNG", attached="(Kèm theo Quyết định số      ngày      )"
    )
    scale = paper.width_mm / sum(WIDTHS)
    paper.table([w * scale for w in WIDTHS], list(_rows(tasks)))
    paper.save(path_or_file)


def _rows(tasks: Sequence[ChangedTask]) -> list[TableRow]:
    rows = [TableRow([TableCell([words], style="SauroCellHead") for words in HEAD], header=True)]
    for n, task in enumerate(tasks, 1):
        for i, field in enumerate(task.fields):
            first = i == 0
            rows.append(
                TableRow(
                    [
                        TableCell([str(n) if first else ""]),
                        TableCell([f"{task.ref} {task.title}".strip() if first else ""]),
                        TableCell([field.what]),
                        TableCell([field.before]),
                        TableCell([field.after]),
                        TableCell([f"{task.reason} ({task.unit})" if first else ""]),
                    ]
                )
            )
    return rows
