"""Tables of work and of indicators: rows put together over pages, groups told from tasks.

A table in a published file is many pieces: its header may come again on each page or not at all, a row may be cut in
any cell, and what was cut stands either in a row of its own (number empty) or before the words of the next row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from sauro.reading.headers import Columns, is_counting, read_header
from sauro.reading.lines import Cut, Item, Line, Part, Row
from sauro.reading.schedules import read_schedule
from sauro.reading.seams import OPEN, is_cut, split_glued
from sauro.reading.sections import label_of
from sauro.reading.text import key
from sauro.reading.units import Register

BULLET = re.compile(r"^\s*[-–—+•*·]\s*")
_REF = re.compile(
    r"^(?:[A-Z]{0,4}\.?)?\(?(?:\d{1,3}(?:[.,]\d{1,3})*|[IVXLC]+(?:\.\d+)*|[A-Za-zđ])\)?[.)/]?(?:\s*[.)/])?$"
)
_PLAIN_REF = re.compile(r"\d{1,3}(?:\.\d{1,3})*[a-zđ]?$", re.IGNORECASE)
_STOPPED = re.compile(r"[.;:!?…]\s*$")
_DITTO = re.compile(r"^[-\s]*(?:nt|nhu tren|\"|-\"-|\\/\\/)[-\s.]*$")
_TOTAL = re.compile(r"^(?:tong(?: cong| so)?|cong)\b")


@dataclass(slots=True)
class Table:
    """A whole table: its columns, its rows in order, the places in the stream of its first and each row."""

    columns: Columns
    rows: list[Cut]
    starts: dict[int, int] = field(default_factory=dict)  # number of a row → item index of the header before it
    first: int = -1  # item index of the first row under the header
    index: int = 0
    table: int | None = None  # number of the file's table that it was last read from


def tables_of(items: list[Item], register: Register) -> tuple[list[Table], list[list[Row]]]:
    """The tables that hold tasks or goals, and the runs of rows that belong to none (forms and the like)."""
    tables: list[Table] = []
    others: list[list[Row]] = []
    current: Table | None = None
    fresh = True
    skip = 0
    since = prose = 0  # lines since the last row; those of them that are more than the number of a page
    for index, item in enumerate(items):
        if isinstance(item, Line):
            since += 1
            prose += not item.text.strip().isdigit()
            if len(item.text) > 3 and not item.text.strip().isdigit():
                fresh = True
            continue
        if skip:
            skip -= 1
            continue
        texts = _texts(item)
        follower = items[index + 1] if index + 1 < len(items) else None
        below = _texts(follower) if isinstance(follower, Row) else None
        running = current.columns if current and not since and item.source.table == current.table else None
        header = read_header(texts, below, running)
        if header and current is not None and since and not prose and not _says_who_or_when(header[0]):
            header = None  # only a page ended: short words in a row are no new header
        if header:
            columns, rows = header
            skip = rows - 1
            if current is None or (fresh and since) or columns.signature != current.columns.signature:
                if (
                    current is not None
                    and columns.signature == current.columns.signature
                    and not _new_part(items, index)
                ):
                    pass
                else:
                    current = Table(columns, [], index=index, table=item.source.table)
                    tables.append(current)
            current.starts.setdefault(len(current.rows), index)
            current.table = item.source.table
            fresh, since, prose = False, 0, 0
            continue
        # A table of another width under a heading of its own doesn't go on with the one before.
        other = current is not None and since and item.source.table != current.table and _new_part(items, index)
        if current is None or (len(texts) != current.columns.width and (other or not _fits(item, current.columns))):
            if not others or fresh or since or not others[-1]:
                others.append([])
            others[-1].append(item)
            if since:
                current = None
            fresh, since, prose = False, 0, 0
            continue
        if is_counting(texts) and (not current.rows or _repeats(current, index)):
            continue
        current.table = item.source.table
        after_break = current.starts.get(len(current.rows)) is not None or since > 0
        if since:
            current.starts.setdefault(len(current.rows), index)
        fresh, since, prose = False, 0, 0
        if any(texts):
            current.first = current.first if current.rows else index
            current.rows.append(_cut(item, current.columns, after_break))
    for table in tables:
        table.rows = _joined(table, register)
        _sort_out(table)
    return [t for t in tables if t.rows], others


def _says_who_or_when(columns: Columns) -> bool:
    """Does a header name what a table of tasks must: who, or when?"""
    return bool({"lead", "both", "coordinate", "time", "end"} & set(columns.roles.values()))


def _repeats(table: Table, index: int) -> bool:
    return table.starts.get(len(table.rows)) is not None


def _new_part(items: list[Item], index: int) -> bool:
    """Whether a heading stands between this header and the rows before it."""
    for item in reversed(items[:index]):
        if isinstance(item, Row):
            return False
        if label_of(item.text)[0] <= 9 or item.is_caps or item.bold or item.level:
            return True
    return True


def _texts(row: Row) -> list[str]:
    texts: list[str] = []
    for cell in row.source.cells:
        texts.append("" if cell.covered else " ".join(cell.text.split()))
        texts.extend([""] * (cell.colspan - 1))
    return texts


def _fits(row: Row, columns: Columns) -> bool:
    """A row with fewer cells than the table: trailing blanks lost, or one cell over all."""
    # Blanks at the end are lost, or a stray one came in: the row still belongs to the table.
    return abs(len(_texts(row)) - columns.width) <= 1 or len(_texts(row)) < columns.width


def _cut(row: Row, columns: Columns, after_break: bool) -> Cut:
    cells: dict[int, Line] = {}
    covered: set[int] = set()
    at = 0
    first, last = row.lines
    wide = False
    for number, cell in enumerate(row.source.cells):
        if cell.covered:
            covered.update(range(at, at + cell.colspan))
        elif cell.text.strip():
            text = cell.text
            start = len(text) - len(text.lstrip())
            end = len(text.rstrip())
            part = Part(0, row.block, number, start, end)
            cells[at] = Line(re.sub(r"[^\S\n]", " ", text[start:end]), [part], first, last, bold=row.source.bold)
            wide = wide or cell.colspan >= max(2, columns.width - 2)
        at += cell.colspan
    return Cut(
        cells, row, first, last, list(row.source.notes), covered, wide and len(cells) <= 2, row.source.bold, after_break
    )


def _append(cell: Line, more: Line, glue: str) -> None:
    shift = len(cell.text) + len(glue)
    cell.text += glue + more.text
    cell.parts.extend(Part(p.at + shift, p.block, p.cell, p.start, p.end) for p in more.parts)
    cell.first, cell.last = min(cell.first, more.first), max(cell.last, more.last)


def _glue(before: str, after: str) -> str:
    """Between what stood before a page end and after it: a new line only where a new item begins."""
    if BULLET.match(after):
        return "\n"
    return "\n" if _STOPPED.search(before) and after[:1].isupper() else " "


def _joined(table: Table, register: Register) -> list[Cut]:
    columns = table.columns
    habit = _habit(table)
    rows: list[Cut] = []
    moved: dict[int, int] = {}
    for place, cut in enumerate(table.rows):
        moved[place] = len(rows)
        if rows:
            before = rows[-1]
            if _continues(before, cut, columns, habit, register):
                for c, line in cut.cells.items():
                    if c in before.cells:
                        _append(before.cells[c], line, _glue(before.text(c), line.text))
                    else:
                        before.cells[c] = line
                before.last = max(before.last, cut.last)
                before.notes.extend(cut.notes)
                continue
            split_glued(before, cut, columns, register, table.rows)
            _inherit(before, cut, columns)
            _carry_group(before, cut, columns)
            _repeat(rows, cut)
        rows.append(cut)
    table.starts = {moved.get(n, len(rows)): index for n, index in sorted(table.starts.items(), reverse=True)}
    return rows


_SHARED = frozenset(("lead", "coordinate", "both", "time", "start", "end", "product", "group", "report"))


def _inherit(before: Cut, cut: Cut, columns: Columns) -> None:
    """A cell merged over several tasks holds for each of them."""
    for c in cut.covered:
        if columns.roles.get(c) in _SHARED and c in before.cells:
            line = before.cells[c]
            cut.cells[c] = replace(line, parts=list(line.parts))


def _carry_group(before: Cut, cut: Cut, columns: Columns) -> None:
    """A blank cell under the name of a group, or under a time that stands before the work, is a merged one whose lines
    were lost; its rows have no number either."""
    ref, title = columns.first("ref"), columns.first("title") or 0
    if cut.text(ref) or cut.wide or not cut.text(title):
        return
    for c in (*columns.of("group"), *(t for t in columns.of("time") if t < title)):
        if c not in cut.cells and c in before.cells:
            cut.cells[c] = replace(before.cells[c], parts=list(before.cells[c].parts))


def _repeat(rows: list[Cut], cut: Cut) -> None:
    """ "-nt-", "như trên": what stands in the nearest row above."""
    for c, line in cut.cells.items():
        above = next((row.cells[c] for row in reversed(rows) if c in row.cells), None)
        if above is not None and _DITTO.match(key(line.text)):
            cut.cells[c] = replace(above, parts=list(above.parts))


@dataclass(slots=True, frozen=True)
class _Habit:
    """How a table is kept: whether its rows are numbered, and its groups too."""

    ref: int | None
    title: int | None
    numbered: bool
    groups_numbered: bool


def _habit(table: Table) -> _Habit:
    columns = table.columns
    ref, title = columns.first("ref"), columns.first("title") if columns.has_tasks else columns.first("indicator")
    with_ref = [c for c in table.rows if _REF.match(c.text(ref))] if ref is not None else []
    bare = [c for c in with_ref if not _own(c, columns) and not BULLET.match(c.text(ref))]
    return _Habit(ref, title, ref is not None and len(with_ref) >= 0.5 * len(table.rows), bool(bare))


def _own(cut: Cut, columns: Columns) -> list[int]:
    """The filled columns that only a task of its own has: who, when, what comes of it."""
    roles = ("lead", "both", "time", "end", "product")
    return [c for c in cut.cells if columns.roles.get(c) in roles]


def _continues(before: Cut, cut: Cut, columns: Columns, habit: _Habit, register: Register) -> bool:
    """Whether a row is the rest of the row before it."""
    ref, title = habit.ref, habit.title
    if before.kind == "group" or (ref is not None and cut.text(ref)) or cut.wide:
        return False
    words = cut.text(title)
    if not words:
        if _names_period(before, cut, columns):
            return False
        first = min(cut.cells, default=0)
        # Merged first cells, or only one column of the table goes on.
        return not (len(cut.cells) == 1 and first == 0 and cut.bold and title is None)
    if words[:1].islower() and not re.match(r"[a-zđ]\s*[.)]\s", words):
        return True
    if habit.numbered and OPEN.search(before.text(title)) and len(words.split()) <= 12:
        return True  # "… thuộc lĩnh vực quản lý của" | "Bộ"
    own = _own(cut, columns)
    if any(line.text[:1].islower() for c, line in cut.cells.items() if c != title and c in before.cells):
        return True
    if BULLET.match(words) or re.match(r"[a-zđ]\s*[.)]\s", words):
        # A sub-row is a task of its own where it has its own time or unit; else it goes on with the words.
        return not own
    if any(is_cut(before.text(c), cut.text(c), columns.roles.get(c, ""), register) for c in own):
        return True
    if not own and Line(words, []).is_caps and not Line(before.text(title), []).is_caps:
        return False
    if not habit.numbered:
        return bool(not own and not cut.bold and cut.after_break)
    if cut.bold and not before.bold:
        return False
    if not own and (cut.after_break or habit.groups_numbered):
        return True
    return not own and not _STOPPED.search(before.text(title)) and bool(cut.covered)


def _names_period(before: Cut, cut: Cut, columns: Columns) -> bool:
    """ "Quý II" alone in the column of times, under a row that has a whole time: it heads the rows that follow."""
    c = min(cut.cells, default=-1)
    if len(cut.cells) != 1 or c != 0 or columns.roles.get(c) != "time":
        return False
    return all(read_schedule(text, 2000).schedule.kind != "unknown" for text in (before.text(c), cut.text(c)))


def _sort_out(table: Table) -> None:
    """Tells group rows, tasks and sub-rows apart, and reads their numbers."""
    columns = table.columns
    ref = columns.first("ref")
    title = columns.first("title") if columns.has_tasks else columns.first("indicator")
    rows = table.rows
    inside = ref is None and 2 * sum(label_of(c.text(title))[0] in _NUMBERED for c in rows) > len(rows)
    for n, cut in enumerate(rows):
        raw = cut.text(ref)
        if raw and not _REF.match(raw.strip()) and not BULLET.match(raw):
            # First cells merged: number and words of a group stand in the number's column.
            _unmerge(cut, ref, title)
            raw = cut.text(ref)
        elif ref is not None and not raw and (cut.wide or not cut.text(title)) and cut.cells:
            _unmerge(cut, min(cut.cells), title, ref)
            raw = cut.text(ref)
        elif ref is None and title is not None and len(cut.cells) == 1:
            first = min(cut.cells)
            cut.ref = label_of(cut.text(first))[1]
            if first < title and columns.roles.get(first) == "time":
                _unmerge(cut, first, title)
        elif inside and title in cut.cells:
            _take_number(cut, title)
        cut.ref = _clean_ref(raw) or cut.ref
        filled = {columns.roles.get(c, "") for c in cut.cells}
        bare = not (filled - {"ref", "title", "indicator", "group", "note", ""})
        if BULLET.match(raw or "") or (not raw and BULLET.match(cut.text(title))):
            cut.kind = "sub"
            cut.ref = ""
        elif re.match(r"^\(?[a-zđ][.)]?$", raw.strip()) and raw.strip():
            cut.kind = "sub"
        if bare and cut.kind == "task":
            cut.kind = _group_or_task(cut, rows, n, columns, ref, title)
        if _TOTAL.match(key(cut.text(title))) and not cut.ref and bare:
            cut.kind = "skip"


_NUMBERED = frozenset((4, 6, 7, 8, 9))


def _take_number(cut: Cut, title: int) -> None:
    """ "1. Họp Ban Chỉ đạo" in a table without a column of numbers."""
    line = cut.cells[title]
    rank, label, length = label_of(line.text)
    if rank in _NUMBERED:
        cut.ref = label
        cut.cells[title] = Line(line.text[length:], _shift(line, length), line.first, line.last, bold=line.bold)


def _clean_ref(raw: str) -> str:
    raw = " ".join(raw.split()).strip(" .)(/:")
    return raw.replace(",", ".") if re.fullmatch(r"\d+,\d+", raw) else raw


def _unmerge(cut: Cut, source: int | None, title: int | None, ref: int | None = None) -> None:
    """Moves the words of a group out of the column they happen to stand in."""
    if source is None or source not in cut.cells:
        return
    line = cut.cells[source]
    rank, label, length = label_of(line.text)
    target_ref = ref if ref is not None else source
    if 11 <= rank <= 12 or (rank == 9 and not cut.wide):
        rank, label, length = 20, "", 0
    if title is not None and title not in cut.cells:
        cut.shown = " ".join(line.text.split())
        del cut.cells[source]
        shown = Line(line.text[length:].strip(), _shift(line, length), line.first, line.last, bold=line.bold)
        cut.cells[title] = shown
        if label and target_ref is not None:
            cut.cells[target_ref] = Line(label, line.parts, line.first, line.last)
        cut.ref = label
    cut.wide = True


def _shift(line: Line, length: int) -> list[Part]:
    part = line.parts[0]
    return [Part(0, part.block, part.cell, part.start + length, part.end), *line.parts[1:]]


def _group_or_task(cut: Cut, rows: list[Cut], n: int, columns: Columns, ref: int | None, title: int | None) -> str:
    if cut.covered & set(cut.cells) or not (cut.text(title) or cut.ref):
        return "task"
    if cut.ref and re.fullmatch(r"[IVXLC]+|[A-H]", cut.ref):
        return "group"
    if cut.wide or cut.bold or Line(cut.text(title), []).is_caps:
        return "group"
    after = rows[n + 1] if n + 1 < len(rows) else None
    follow = _clean_ref(after.text(ref)) if after else ""
    if cut.ref and follow.startswith(cut.ref + "."):
        return "group"
    if after is not None and (
        BULLET.match(after.text(ref)) or re.match(r"^[a-zđ]\)?$", follow) or BULLET.match(after.text(title))
    ):
        return "group"
    if follow == "1" and cut.ref != "1":
        return "group"
    if not cut.ref and after is not None:
        return "group"
    return "task"
