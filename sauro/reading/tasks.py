"""Tasks out of the rows of a table."""

from __future__ import annotations

import re

from sauro.reading.context import Context
from sauro.reading.draft import DraftMilestone, DraftTask, Schedule, Trace
from sauro.reading.footnotes import Footnotes
from sauro.reading.groups import Group, appendices_of, headings_of, number_tasks, wider
from sauro.reading.lines import Cut, Line
from sauro.reading.responsibility import shares
from sauro.reading.schedules import find_times, read_schedule
from sauro.reading.tables import BULLET, Table
from sauro.reading.text import key, letters, squeeze
from sauro.reading.unit_words import SUBJECT
from sauro.reading.units import MENDED_UNIT, UNKNOWN_UNIT

_INLINE_ITEM = re.compile(letters(r"(?<=\S)\s+[-–•]\s+(?=[A-ZĐÀ-Ỹ])"))
_SEMI_ITEM = re.compile(letters(r";\s+(?=[A-ZĐÀ-Ỹ(\d-])"))
_ITEM = re.compile(r"^\s*(?:[-–—+•*·]\s*|\(?[a-zđ\d]{1,2}\)\s+|\d{1,2}\.\s+|\([ivx]+\)\s+)")
_CITED = re.compile(
    r"\b(?:số|nghị quyết|nghị định|quyết định|thông tư|kế hoạch|luật|chỉ thị|văn bản)\b(?!\s*:)"
    r"[^;\n]{0,60}$",
    re.IGNORECASE,
)


def tasks_of(tables: list[Table], notes: Footnotes, context: Context) -> list[DraftTask]:
    """The tasks of all tables, in order, with refs that are unique."""
    found: list[tuple[DraftTask, Group | None, int]] = []
    headings = headings_of(tables, context)
    for number, table in enumerate(tables):
        found.extend(
            (task, group, number) for task, group in _in_table(table, headings.get(number, {}), notes, context)
        )
    number_tasks(found, appendices_of(tables, context))
    tasks = [task for task, _, _ in found]
    for (task, group, _), n in zip(found, range(len(found)), strict=True):
        _origin(task, group, notes, context, n)
    return tasks


def _in_table(
    table: Table, headings: dict[int, Group], notes: Footnotes, context: Context
) -> list[tuple[DraftTask, Group | None]]:
    columns = table.columns
    title = columns.first("title")
    found: list[tuple[DraftTask, Group | None]] = []
    group: Group | None = None
    parent: tuple[Cut, DraftTask | None] | None = None
    subs = 0
    for n, cut in enumerate(table.rows):
        if n in headings:
            group, parent = headings[n], None
        if cut.kind == "skip":
            continue
        if cut.kind == "group":
            words = cut.shown or squeeze(cut.text(title) or " ".join(line.text for line in cut.cells.values()))
            group = Group(
                cut.ref,
                squeeze(f"{cut.ref} {words}") if cut.ref and not words.startswith(cut.ref) else words,
                cut.notes,
                cut.row.block,
                wider(group, cut.ref) if group is not None and cut.ref else None,
            )
            parent, subs = (cut, None), 0
            continue
        if cut.kind == "sub" and parent is not None:
            if _stands_alone(cut, columns.roles):
                subs += 1
                task = _task(cut, table, group, context)
                mark = cut.ref if cut.ref else str(subs)
                task.ref = f"{parent[0].ref}.{mark}" if parent[0].ref else mark
                if parent[1] is not None:
                    _inherit(task, parent[1])
                found.append((task, group))
            elif parent[1] is not None:
                parent[1].title = squeeze(f"{parent[1].title} {cut.text(title)}")
                parent[1].lines = (parent[1].lines[0], max(parent[1].lines[1], cut.last))
            continue
        if not cut.text(title):
            line = next(iter(cut.cells.values()), None)
            context.doubt(
                "tasks",
                line.text if line else "",
                "Hàng này của bảng không có tên nhiệm vụ nên chưa đọc được.",
                line.trace() if line else None,
                (cut.first, cut.last),
            )
            continue
        if group is not None and _follows(group.label, cut.ref) and (subs or _is_part(found, group)):
            group = group.outer  # "2" after "1" and its dashes, or after "1.1" and "1.2", is no part of "1"
        task = _task(cut, table, group, context)
        task.ref = cut.ref
        found.append((task, group))
        parent, subs = (cut, task), 0
    if columns.first("ref") is not None:
        _number_unnumbered([task for task, _ in found])
    return found


def _number_unnumbered(tasks: list[DraftTask]) -> None:
    """Rows without a number in a numbered table: the one number that is missing between two (1, 2, …, 4), else the
    parts of the number that is merged over them ("1" over three activities → 1.1, 1.2, 1.3)."""
    at = 0
    while at < len(tasks):
        end = at + 1
        while end < len(tasks) and not tasks[end].ref:
            end += 1
        first, after = tasks[at].ref, tasks[end].ref if end < len(tasks) else ""
        if first and end > at + 1:
            own = first.isdigit() and after.isdigit() and int(after) - int(first) == end - at
            for n, task in enumerate(tasks[at:end]):
                task.ref = str(int(first) + n) if own else f"{first}.{n + 1}"
        at = end


def _is_part(found: list[tuple[DraftTask, Group | None]], group: Group) -> bool:
    """Is the last task numbered as a part of the group it stands in: "1.2" of "1"?"""
    return bool(found) and found[-1][1] is group and found[-1][0].ref.startswith(f"{group.label}.")


def _follows(label: str, ref: str) -> bool:
    return label.isdigit() and ref.isdigit() and int(ref) == int(label) + 1


def _stands_alone(cut: Cut, roles: dict[int, str]) -> bool:
    return any(
        roles.get(c) in ("lead", "both", "time", "end", "product", "coordinate", "period")
        for c in [*cut.cells, *cut.covered]
    )


def _inherit(task: DraftTask, parent: DraftTask) -> None:
    """A sub-row without unit or time of its own has its parent's."""
    if not task.lead_units:
        task.lead_units, task.responsible_text = list(parent.lead_units), parent.responsible_text
    if not task.coordinating_units:
        task.coordinating_units = list(parent.coordinating_units)
    if task.schedule.kind == "unknown" and not task.schedule_text:
        task.schedule, task.schedule_text = parent.schedule, parent.schedule_text


def _task(cut: Cut, table: Table, group: Group | None, context: Context) -> DraftTask:
    columns = table.columns
    title = cut.cells.get(columns.first("title") or 0) or next(iter(cut.cells.values()))
    words = squeeze(BULLET.sub("", title.text))
    task = DraftTask(cut.ref, words, group.text if group else None, lines=(cut.first, cut.last))
    task.read["title"] = title.trace()
    ref = columns.first("ref")
    if cut.ref and ref is not None and ref in cut.cells:
        task.read["ref"] = cut.cells[ref].trace()
    holder = columns.first("group")
    if holder is not None and task.group is None and (line := cut.cells.get(holder)):
        task.group = squeeze(line.text)
    people(task, cut.cells, columns.roles, context)
    _crossed(task, cut, table, context)
    _time(task, cut, table, context)
    for c in columns.of("product"):
        if line := cut.cells.get(c):
            task.products.extend(items_in(line.text))
            task.read.setdefault("products", line.trace())
    task.milestones.extend(_milestones(cut, table, context.year))
    for role, name in (
        ("measure", "measurement"),
        ("report", "report_frequency"),
        ("records", "records"),
        ("authority", "authority"),
        ("note", "note"),
    ):
        texts = [cut.cells[c] for c in columns.of(role) if c in cut.cells]
        if texts:
            setattr(task, name, squeeze("; ".join(line.text.replace("\n", " ") for line in texts)))
            task.read[name] = texts[0].trace()
    task.read["notes"] = Trace(cut.row.block, raw=" ".join(cut.notes)) if cut.notes else Trace(cut.row.block)
    return task


def people(task: DraftTask, cells: dict[int, Line], roles: dict[int, str], context: Context) -> None:
    """Fills who leads and who helps from the cells of those columns."""
    texts = []
    for c, line in sorted(cells.items()):
        role = roles.get(c)
        if role not in ("lead", "both", "coordinate"):
            continue
        texts.append(squeeze(line.text))
        for share, start, end in shares(line.text, "coordinate" if role == "coordinate" else "lead"):
            name = "lead_units" if share == "lead" else "coordinating_units"
            add_units(task, name, line, start, end, context)
    task.responsible_text = " | ".join(texts) or None
    task.coordinating_units = [u for u in task.coordinating_units if u not in task.lead_units]


_CROSSES = {"ct": "lead", "chu tri": "lead", "x": "lead", "ph": "coordinate", "phoi hop": "coordinate"}


def _crossed(task: DraftTask, cut: Cut, table: Table, context: Context) -> None:
    """Columns named by bodies with "CT", "PH" or a cross in them: the header says who, the cell in what part."""
    marks = {
        c: mark
        for c, line in cut.cells.items()
        if table.columns.roles.get(c, "") in ("lead", "") and (mark := _CROSSES.get(key(line.text)))
    }
    bodies = [c for c in marks if SUBJECT.match(table.columns.headers[c]) or table.columns.roles.get(c) == "lead"]
    if len(bodies) < len(marks) or not marks:
        return
    context.unit_slips.pop(id(task), None)
    names = {
        mark: [squeeze(table.columns.headers[c]) for c in sorted(marks) if marks[c] == mark] for mark in marks.values()
    }
    task.lead_units, task.coordinating_units = names.get("lead", []), names.get("coordinate", [])


def add_units(task: DraftTask, name: str, line: Line, start: int, end: int, context: Context) -> None:
    """Adds the bodies named in a stretch of a line; doubts wait in the context until refs are known."""
    units = getattr(task, name)
    known = 1.0
    for unit in context.register.split(line.text[start:end]):
        if unit.name not in units:
            units.append(unit.name)
        known = min(known, unit.confidence)
        if unit.mended or not unit.known:
            trace = line.trace(start + unit.start, start + unit.end, unit.confidence)
            context.unit_slips.setdefault(id(task), []).append((name, unit, trace))
    if name not in task.read and units:
        task.read[name] = line.trace(start, end, known)


def _time(task: DraftTask, cut: Cut, table: Table, context: Context) -> None:
    columns = table.columns
    line = cut.cells.get(c) if (c := columns.first("time")) is not None else None
    ends = cut.cells.get(c) if (c := columns.first("end")) is not None else None
    starts = cut.cells.get(c) if (c := columns.first("start")) is not None else None
    marked = [columns.periods[c] for c in sorted(columns.periods) if cut.text(c)]
    main = line or ends
    if main is None and marked:
        task.schedule_text = ", ".join(marked)
        task.schedule = read_schedule(task.schedule_text, context.year).schedule
        return
    if main is None and starts is None:
        return
    shown = main or starts
    assert shown is not None
    set_time(task, shown, context)
    if starts is not None and main is not None:
        begin = [s.first for s in find_times(starts.text, context.year) if s.first]
        if begin and task.schedule.kind == "deadline":
            task.schedule = Schedule("deadline", task.schedule.due, start=begin[0])
        task.schedule_text = f"{squeeze(starts.text)} - {squeeze(main.text)}" if line is None else task.schedule_text
    elif starts is not None:
        task.schedule = Schedule("continuous", start=task.schedule.due) if task.schedule.due else task.schedule


def set_time(task: DraftTask, line: Line, context: Context, text: str | None = None) -> None:
    """Reads a task's schedule from a line (or a stretch of it)."""
    words = line.text if text is None else text
    task.schedule_text = squeeze(words)
    read = read_schedule(words, context.year)
    task.schedule = read.schedule
    at = line.text.find(words) if text is not None else 0
    trace = line.trace(max(at, 0), max(at, 0) + len(words), 0.4 if read.why else 1.0)
    task.read["schedule"] = trace
    if read.why:
        context.time_slips[id(task)] = (read.why, trace)


def items_in(text: str) -> list[str]:
    """The products that a cell lists: one a line, a bullet or a sentence part that begins anew after ";"."""
    pieces: list[str] = []
    for line in text.split("\n"):
        parts = _INLINE_ITEM.split(line) if BULLET.match(line) else [line]
        for part in parts:
            pieces.extend(_SEMI_ITEM.split(part))
    items: list[str] = []
    for piece in pieces:
        words = squeeze(_ITEM.sub("", piece)).rstrip(" ;")
        if not words:
            continue
        small = words[:1].islower() and not _ITEM.match(piece)
        if items and small:
            items[-1] = f"{items[-1]} {words}"
        else:
            items.append(words)
    return items


def _milestones(cut: Cut, table: Table, year: int | None) -> list[DraftMilestone]:
    """Dated steps inside a cell: at least two pieces that each hold a time and words of their own."""
    found: list[DraftMilestone] = []
    for role in ("time", "end", "product", "title"):
        for c in table.columns.of(role):
            steps = []
            for piece in re.split(r"[\n;]", cut.text(c)):
                spots = [s for s in find_times(piece, year) if s.valid and not _CITED.search(piece[: s.start])]
                words = piece
                for spot in reversed(spots):
                    words = words[: spot.start] + words[spot.end :]
                words = re.sub(r"\b(?:trong|trước|ngày|đến|hết|năm|tháng|quý|và|từ)\b", " ", words, flags=re.IGNORECASE)
                if (
                    spots
                    and len(re.findall(r"[^\W\d_]{2,}", words)) >= 2
                    and (year is None or (spots[-1].last and spots[-1].last.year >= year))
                ):
                    steps.append(DraftMilestone(squeeze(_ITEM.sub("", piece)).rstrip(" .,"), spots[-1].last))
            if len(steps) >= 2 or (role == "product" and steps):
                found.extend(steps)
    return found


def _origin(task: DraftTask, group: Group | None, notes: Footnotes, context: Context, n: int) -> None:
    where = f"tasks[{n}].origin_footnote"
    trace = task.read.pop("notes", None)
    marks = trace.raw.split() if trace else []
    own = [note for mark in marks if (note := notes.at(mark, trace.block if trace else 0))]
    listed = notes.naming(task.ref)
    if own:
        task.origin_footnote = " ".join(dict.fromkeys(note.text for note in own))
        task.read["origin_footnote"] = Trace(own[0].block, 0, len(own[0].text), None, 1.0, own[0].text)
        for note in own:
            if note.refs and task.ref not in note.refs:
                context.doubt(
                    where,
                    note.text,
                    f"Chú thích {note.number} đặt ở nhiệm vụ {task.ref} nhưng lời chú thích không kể nhiệm vụ này.",
                    Trace(note.block, 0, len(note.text), None, 0.6, note.text),
                    note.lines,
                )
        if listed and listed not in own:
            context.doubt(
                where,
                listed.text,
                f"Nhiệm vụ {task.ref} có chú thích {own[0].number}, nhưng chú thích {listed.number} cũng kể đến nó.",
                Trace(listed.block, 0, len(listed.text), None, 0.6, listed.text),
                listed.lines,
                [listed.text],
            )
        return
    note = listed
    if note is None and group is not None:
        note = next((g for mark in group.notes if (g := notes.at(mark, group.block)) and not g.refs), None)
    if note is not None:
        task.origin_footnote = note.text
        task.read["origin_footnote"] = Trace(note.block, 0, len(note.text), None, 0.9, note.text)


def doubt_tasks(tasks: list[DraftTask], context: Context) -> None:
    """Notes what is not sure of each task, at its place in the whole list."""
    seen: dict[str, int] = {}
    for n, task in enumerate(tasks):
        for name, unit, trace in context.unit_slips.pop(id(task), ()):
            if not unit.known:
                context.doubt(
                    f"tasks[{n}].{name}",
                    unit.raw,
                    UNKNOWN_UNIT.format(squeeze(unit.raw)),
                    trace,
                    task.lines,
                    list(unit.proposals),
                )
            else:
                context.doubt(
                    f"tasks[{n}].{name}",
                    unit.raw,
                    MENDED_UNIT.format(squeeze(unit.raw), unit.name),
                    trace,
                    task.lines,
                    [unit.name],
                )
        if why := context.time_slips.pop(id(task), None):
            context.doubt(f"tasks[{n}].schedule", task.schedule_text or "", why[0], why[1], task.lines)
        if not task.lead_units:
            context.doubt(
                f"tasks[{n}].lead_units",
                task.title,
                f"Nhiệm vụ {task.ref} không có đơn vị chủ trì.",
                task.read.get("title"),
                task.lines,
            )
        if task.ref in seen:
            context.doubt(
                f"tasks[{n}].ref",
                task.ref,
                f"Số thứ tự {task.ref} đã dùng cho một nhiệm vụ khác.",
                task.read.get("ref"),
                task.lines,
            )
        seen[task.ref] = n
