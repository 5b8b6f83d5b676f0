"""Groups of tasks and the numbers that tell tasks apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sauro.reading.context import Context
from sauro.reading.draft import DraftTask
from sauro.reading.lines import Line
from sauro.reading.sections import label_of
from sauro.reading.tables import Table
from sauro.reading.text import squeeze


@dataclass(slots=True)
class Group:
    """The heading that tasks stand under: its label, its words as shown, the markers in it."""

    label: str
    text: str
    notes: list[str]
    block: int
    outer: Group | None = None  # the wider heading it stands under: "A" over "I"


_RANKS = (r"[A-HK]", r"X{0,3}(?:IX|IV|V?I{1,3}|V|X)", r"\d+", r"\d+\.\d+", r"\d+\.\d+\.\d+")


def wider(group: Group, label: str) -> Group | None:
    """The nearest of a group and what it stands under that is wider than `label`: "A" for "II" after "I"."""
    rank = _rank(label)
    at: Group | None = group
    while at is not None and _rank(at.label) >= rank:
        at = at.outer
    return at


def _rank(label: str) -> int:
    return next((n for n, pattern in enumerate(_RANKS) if re.fullmatch(pattern, label)), len(_RANKS))


def headings_of(tables: list[Table], context: Context) -> dict[int, dict[int, Group]]:
    """The numbered headings between tables, by table and row: groups of the rows after them."""
    found: dict[int, dict[int, Group]] = {}
    for number, table in enumerate(tables):
        for row, index in table.starts.items():
            # Right under the header, or over it: "1. Tuyên truyền" on a line of its own whose blank cells were lost.
            under = _heading_before(context, table.first) if row == 0 and table.first > index else None
            group = under or _heading_before(context, index)
            if group is not None:
                found.setdefault(number, {})[row] = group
    count = sum(len(rows) for rows in found.values())
    labelled = all(
        re.search(r"\d", g.label) and not g.label[0].isdigit() for rows in found.values() for g in rows.values()
    )
    # One heading over one table is the title of the table, not a group.
    return found if count > 1 or labelled else {}


def _heading_before(context: Context, index: int) -> Group | None:
    for n in range(index - 1, -1, -1):
        item = context.items[n]
        if not isinstance(item, Line):
            return None
        rank, label, _ = label_of(item.text)
        if rank in (2, 4, 5, 6, 7, 8):
            text = squeeze(item.text)
            return Group(label, text, item.notes, item.block) if len(text) < 500 else None
        if rank in (0, 1, 3) or (item.is_caps and rank > 12):
            return None
        if rank < 11 or index - n > 12:
            return None
    return None


def appendices_of(tables: list[Table], context: Context) -> dict[int, str]:
    """The appendix that each table stands in, as it goes before a number: "PHỤ LỤC I" → "PLI"; by table."""
    found: dict[int, str] = {}
    label, at = "", 0
    for number, table in enumerate(tables):
        for item in context.items[at : table.index]:
            if isinstance(item, Line) and (match := _APPENDIX.match(item.text)):
                label = "".join(word[0] for word in match[1].split()).upper() + match[2]
        at = table.index
        if label:
            found[number] = label
    return found


_APPENDIX = re.compile(
    r"\s*(PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu|BIỂU|Biểu)\s*(?:(?:SỐ|số|Số)\s+)?([IVXL]+|\d{1,2}|[A-H])\b[^;]{0,160}$"
)


def number_tasks(found: list[tuple[DraftTask, Group | None, int]], appendices: dict[int, str]) -> None:
    """Gives every task a ref of its own: as printed; with its group's label where numbers begin anew; else counted.

    `appendices`: of the tables. Numbers that begin anew in each appendix take its label: PLI.1, PLII.1.
    """
    many = len({number for _, _, number in found}) > 1
    for label in dict.fromkeys(appendices.get(number, "") for _, _, number in found):
        _number_in([f for f in found if appendices.get(f[2], "") == label], many)
    refs = [task.ref for task, _, _ in found]
    apart = len(set(refs)) < len(refs)
    seen: set[str] = set()
    for task, _, number in found:
        if apart and appendices.get(number):
            task.ref = f"{appendices[number]}.{task.ref}"
        if task.ref in seen and many:
            task.ref = f"B{number + 1}.{task.ref}"
        seen.add(task.ref)


def _number_in(found: list[tuple[DraftTask, Group | None, int]], many: bool) -> None:
    """Numbers the tasks of one appendix."""
    printed = [task.ref for task, _, _ in found if task.ref]
    anew = len(set(printed)) < len(printed)
    counts: dict[str, int] = {}
    for task, group, number in found:
        prefix = _prefix(group)
        if task.ref and anew and prefix and not task.ref.startswith(prefix + "."):
            task.ref = f"{prefix}.{task.ref}"
        if not task.ref:
            where = prefix or (f"B{number + 1}" if many and anew else "")
            counts[where] = counts.get(where, 0) + 1
            task.ref = f"{where}.{counts[where]}" if where else str(counts[where])
    refs = [task.ref for task, _, _ in found]
    if len(set(refs)) < len(refs):
        for task, group, _ in found:
            if group is not None and group.outer is not None and (above := _prefix(group.outer)):
                task.ref = f"{above}.{task.ref}"


def _prefix(group: Group | None) -> str:
    if group is None or not group.label:
        return ""
    words = group.label.split()
    if len(words) > 1:
        return "".join(w[0] for w in words[:-1]).upper() + words[-1]
    return group.label.strip(".")


def finish(tasks: list[DraftTask], context: Context) -> list[DraftTask]:
    """For tasks read elsewhere than in a table: refs made unique in their order."""
    seen: set[str] = set()
    for n, task in enumerate(tasks, 1):
        if not task.ref or task.ref in seen:
            task.ref = f"{task.ref}.{n}" if task.ref else str(n)
        seen.add(task.ref)
    return tasks
