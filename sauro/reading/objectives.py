"""Objectives with their targets: from the outline and from tables of indicators."""

from __future__ import annotations

import re

from sauro.reading.context import Context
from sauro.reading.draft import DraftObjective, DraftTarget
from sauro.reading.lines import Cut, Line
from sauro.reading.quantities import mask, years_in
from sauro.reading.schedules import find_times
from sauro.reading.sections import BODY, Node
from sauro.reading.tables import BULLET, Table
from sauro.reading.targets import own_period, targets_of
from sauro.reading.text import key, squeeze

_UNPARSED = re.compile(r"(?<![\w/.,§])\d[\d.,]*(?![\w/§])(?!\s*[.)]\s)")


def objectives_of(root: Node, tables: list[Table], context: Context) -> list[DraftObjective]:
    """The objectives of a document in order, each with its targets; the same one said again counts once."""
    found: list[DraftObjective] = []
    for node in [root] if root.kind == "goal" else root.children_of_kind("goal"):
        found.extend(_under(node, context))
    for table in tables:
        found.extend(_in_table(table, context))
    if not found:
        found.extend(_numbered_goals(root, context))
    return _once(found)


def _under(root: Node, context: Context) -> list[DraftObjective]:
    """One objective for each lowest numbered or lettered heading under a heading of goals."""
    found: list[DraftObjective] = []
    period = own_period(root.text) or context.period
    holders = [n for n in root.walk() if n is root or (4 <= n.rank <= 10 and n.kind == "goal")]
    for node in holders:
        lines = [c for c in _own_lines(node) if c.kind == "goal" and (node.rank >= 0 or c.rank != BODY)]
        below = [c for c in node.children if 4 <= c.rank <= 10]
        if below and not lines:
            continue
        if node is root and not lines:
            continue
        found.append(_objective(node, lines, _period_of(node, root, period), context, bool(below)))
    return [o for o in found if o.targets or (o.ref and (o.items or len(o.text) > 3))]


def _own_lines(node: Node) -> list[Node]:
    """The dashes and sentences that stand right under a heading, not under a lower one."""
    found: list[Node] = []
    for child in node.children:
        if child.rank >= 11:
            found.extend(child.walk())
    return found


def _period_of(node: Node, root: Node, period: str | None) -> str | None:
    while node is not root and node.parent is not None:
        own = own_period(node.text)
        # "đạt trên 92%; năm 2025 đạt 90,5%" tells last year's result, no period of its own.
        if own and not (period and period[:4].isdigit() and int(own[-4:]) < int(period[:4])):
            return own
        node = node.parent
    return period


def _objective(node: Node, lines: list[Node], period: str | None, context: Context, parted: bool) -> DraftObjective:
    text = squeeze(node.text)
    objective = DraftObjective(
        text, node.path() or None, lines=(node.line.first, max([node.line.last, *(c.line.last for c in lines)]))
    )
    objective.read["text"] = node.line.trace(node.offset)
    objective.targets.extend(targets_of(node.line, period, node.offset))
    if objective.targets:
        # A sentence that sets its own number is followed by the next paragraph, not by its items.
        lines = [c for c in lines if c.rank != BODY]
        objective.lines = (node.line.first, max([node.line.last, *(c.line.last for c in lines)]))
    for child in lines:
        heading = child.children and key(child.text).startswith("ve ")
        if not heading:
            objective.items.append(squeeze(child.text))
        targets = targets_of(child.line, period, child.offset)
        objective.targets.extend(targets)
        if not targets:
            _unread(child, context)
    return objective


def _unread(node: Node, context: Context) -> None:
    """A number in a goal that no target was made of is shown, not dropped."""
    words = node.line.text[node.offset :]
    match = _UNPARSED.search(mask(words))
    if match and not re.match(r"(?:19|20)\d\d$", match[0]):
        context.doubt(
            "objectives",
            words,
            f"Có số “{match[0]}” trong mục tiêu nhưng chưa rõ chỉ tiêu và đơn vị tính.",
            node.line.trace(node.offset + match.start(), node.offset + match.end(), 0.4),
            node.line.lines,
        )


def _numbered_goals(root: Node, context: Context) -> list[DraftObjective]:
    """ "MỤC TIÊU 1: …" over the tables of a plan that states its objectives nowhere else."""
    found = []
    for node in root.walk():
        if node.rank == 5 and key(node.label).startswith("muc tieu"):
            objective = _objective(node, _own_lines(node), context.period, context, False)
            objective.ref = node.label.split()[-1]
            found.append(objective)
    return found


def _in_table(table: Table, context: Context) -> list[DraftObjective]:
    columns = table.columns
    # "Mục tiêu | Mức phấn đấu | Biện pháp | Trách nhiệm": each row is an objective and what is done for it.
    if not columns.has_goals or (columns.has_tasks and not columns.of("value")):
        return []
    column = columns.first("indicator")
    found: list[DraftObjective] = []
    for cut in table.rows:
        name = cut.cells.get(column) if column is not None else None
        if name is None or cut.kind == "skip":
            continue
        own = cut.kind != "sub" or not found
        if own:
            objective = DraftObjective(squeeze(BULLET.sub("", name.text)), cut.ref or None, lines=(cut.first, cut.last))
            objective.read["text"] = name.trace()
            _fill(objective, cut, table, context)
            found.append(objective)
        else:
            objective = found[-1]
            objective.lines = (objective.lines[0], cut.last)
        targets = _targets_in_row(cut, table, name, context)
        objective.targets.extend(targets)
        if not own:
            said = [squeeze(cut.text(c)) for c in [*columns.of("value"), *columns.of("measure")] if cut.text(c)]
            objective.items.append(": ".join([squeeze(BULLET.sub("", name.text)), *said]))
    return found


def _fill(objective: DraftObjective, cut: Cut, table: Table, context: Context) -> None:
    measure = next((cut.cells[c] for c in table.columns.of("measure") if c in cut.cells), None)
    if measure:
        objective.measurement = squeeze(measure.text.replace("\n", " "))
        objective.read["measurement"] = measure.trace()
    for role, name in (("start", "start"), ("end", "end"), ("time", "end")):
        for c in table.columns.of(role):
            spots = [s for s in find_times(cut.text(c), context.year) if s.valid]
            if spots:
                setattr(objective, name, spots[-1].last)


def _targets_in_row(cut: Cut, table: Table, name: Line, context: Context) -> list[DraftTarget]:
    columns = table.columns
    label = squeeze(BULLET.sub("", name.text)).rstrip(".:; ")
    unit = next((squeeze(cut.text(c)) for c in columns.of("measure_unit") if cut.text(c)), "")
    found: list[DraftTarget] = []
    values = [c for c in columns.of("value") if c in cut.cells]
    for c in values:
        years = years_in(columns.headers[c])
        if context.year and years and years[-1] < int((context.period or str(context.year))[:4]):
            continue
        period = str(years[-1]) if years else context.period
        found.extend(_value_targets(cut.cells[c], period, label, unit))
    for c in columns.of("measure"):
        if c in cut.cells and not found:
            found.extend(_value_targets(cut.cells[c], context.period, label, unit))
    if not found:
        found.extend(targets_of(name, context.period, text=name.text))
    for target in found:
        target.lines = (cut.first, cut.last)
    return found


def _value_targets(line: Line, period: str | None, label: str, unit: str) -> list[DraftTarget]:
    return targets_of(line, period, indicator=label, unit=unit)


def _once(found: list[DraftObjective]) -> list[DraftObjective]:
    """Leaves out targets that were set before: a plan says its objectives again over its tables."""
    seen: set[tuple[object, ...]] = set()
    kept: list[DraftObjective] = []
    for objective in found:
        fresh: list[DraftTarget] = []
        for target in objective.targets:
            mark = (key(target.indicator), target.low, target.high, target.unit, target.period)
            if mark not in seen:
                seen.add(mark)
                fresh.append(target)
        if objective.targets and not fresh:
            continue
        objective.targets = fresh
        kept.append(objective)
    return kept
