"""The table of tasks: which columns a plan needs, how wide they are, and how each field stands in its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sauro.reading.draft import Draft, DraftTask
from sauro.reading.units import Register
from sauro.writing.ooxml import Run, TableCell, TableRow, Text


@dataclass(frozen=True, slots=True)
class TaskColumn:
    """A column: its header, its share of the width, the lines of a task's cell, whether it always stands."""

    header: str
    share: float
    lines: Callable[[DraftTask], list[str]]
    always: bool = False
    align: str | None = None


def bullets(items: list[str]) -> list[str]:
    """Several items as lines with a dash; a single one as it is."""
    return [f"- {item}" for item in items] if len(items) > 1 else list(items)


def units_cell(names: list[str]) -> list[str]:
    """Units of one cell, parted by semicolons."""
    return ["; ".join(names)] if names else []


def _words(value: str | None) -> list[str]:
    return value.split("\n") if value else []


TITLE, LEAD, HELP = "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp"
COLUMNS = [
    TaskColumn("TT", 5, lambda t: [t.ref], always=True, align="center"),
    TaskColumn(TITLE, 30, lambda t: _words(t.title), always=True),
    TaskColumn(LEAD, 17, lambda t: units_cell(t.lead_units), always=True),
    TaskColumn(HELP, 17, lambda t: units_cell(t.coordinating_units)),
    TaskColumn("Thời gian thực hiện", 13, lambda t: _words(t.schedule_text), always=True),
    TaskColumn("Sản phẩm", 19, lambda t: bullets(t.products)),
    TaskColumn("Phương pháp đo lường", 15, lambda t: _words(t.measurement)),
    TaskColumn("Tần suất báo cáo", 11, lambda t: _words(t.report_frequency)),
    TaskColumn("Hồ sơ cần lưu", 13, lambda t: _words(t.records)),
    TaskColumn("Cấp phê duyệt", 11, lambda t: _words(t.authority)),
    TaskColumn("Ghi chú", 11, lambda t: _words(t.note)),
]


class Origins:
    """Marks of footnotes in one table: the first task of an origin has the note, the next ones its number again.

    `note` takes a footnote's words and gives its id; `shared`: False where every task is to have a note of its own.
    """

    def __init__(self, note: Callable[[str], int], *, shared: bool = True) -> None:
        self._note, self._shared = note, shared
        self._known: dict[str, int] = {}

    def mark(self, lines: list[str], origin: str | None) -> list[Text]:
        """The lines of a cell, the mark of `origin` after the last."""
        if not origin:
            return list(lines)
        last = lines[-1] if lines else ""
        if self._shared and origin in self._known:
            run = Run(last, again=self._known[origin])
        else:
            self._known[origin] = self._note(origin)
            run = Run(last, note=self._known[origin])
        return [*lines[:-1], [run]]


class TaskTable:
    """The task table of one plan."""

    def __init__(self, draft: Draft, origins: Origins, units: Register) -> None:
        self.draft, self._origins, self._units = draft, origins, units
        self.columns = [c for c in COLUMNS if c.always or any(c.lines(t) for t in draft.tasks)]

    def widths(self, width_mm: float) -> list[float]:
        """Widths in mm that fill the page."""
        total = sum(c.share for c in self.columns)
        return [width_mm * c.share / total for c in self.columns]

    def rows(self) -> Iterator[TableRow]:
        """The header, then groups and tasks in order."""
        yield TableRow([TableCell([c.header], "SauroCellHead") for c in self.columns], header=True)
        group = None
        for task in self.draft.tasks:
            if task.group and task.group != group:
                yield group_row(task.group, len(self.columns))
            group = task.group
            yield TableRow([self._cell(c, task) for c in self.columns], whole=_length(task) < 1500)

    def _bodies(self, task: DraftTask) -> tuple[list[str], list[str]]:
        """The cells of who leads and who helps: in the words of the document where they still name these bodies."""
        names = (task.lead_units, task.coordinating_units)
        said = (task.responsible_text or "").split(" | ")
        words = iter(said)
        cells = [next(words, "") if each else "" for each in names]
        known = all([u.name for u in self._units.split(c)] == n for c, n in zip(cells, names, strict=True) if n)
        if task.responsible_text and known and next(words, None) is None:
            return [cells[0]] if cells[0] else [], [cells[1]] if cells[1] else []
        return units_cell(names[0]), units_cell(names[1])

    def _cell(self, column: TaskColumn, task: DraftTask) -> TableCell:
        lines: list[Text] = list(column.lines(task))
        if column.header in {LEAD, HELP}:
            lines = list(self._bodies(task)[column.header == HELP])
        if column.header == TITLE:
            lines = self._origins.mark(column.lines(task), task.origin_footnote)
        return TableCell(lines, align=column.align)


def group_row(group: str, columns: int) -> TableRow:
    """A group's heading over the whole table, kept with the task under it."""
    return TableRow([TableCell([group], "SauroCellGroup", span=columns)], keep_next=True)


def _length(task: DraftTask) -> int:
    return len(task.title) + sum(map(len, task.products)) + len(task.note or "") + len(task.measurement or "")
