"""The door of the engine: open, recognise, interpret."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sauro.reading.context import Context
from sauro.reading.draft import Draft
from sauro.reading.duties import duties_of
from sauro.reading.footnotes import footnotes_of
from sauro.reading.forms import forms_of
from sauro.reading.head import plan_years, read_head
from sauro.reading.lines import items_of
from sauro.reading.manuscript import Manuscript
from sauro.reading.objectives import objectives_of
from sauro.reading.prose import prose_tasks
from sauro.reading.sections import outline
from sauro.reading.stated import read_stated, without
from sauro.reading.tables import tables_of
from sauro.reading.tasks import doubt_tasks, tasks_of
from sauro.reading.units import EMPTY, Register

Progress = Callable[[float, str], None]


@dataclass(slots=True)
class Reading:
    """A draft and the manuscript its places point into."""

    draft: Draft
    manuscript: Manuscript


def read(path: str | Path, units: Register | None = None, progress: Progress | None = None) -> Reading:
    """Read the document at `path` against the register `units`.

    `progress(share, words)` is told 0 to 1 and a short Vietnamese phrase. Raises `ReadingError` where the file can't
    be read or must not be (a classified document).
    """
    from sauro.reading.open import open_manuscript

    manuscript = open_manuscript(path, progress)
    return Reading(interpret(manuscript, units), manuscript)


def interpret(manuscript: Manuscript, units: Register | None = None) -> Draft:
    """The draft of an opened manuscript: pure, the same for the same input.

    Nothing is dropped: what could not be read for sure stands in `Draft.doubts` with its place.
    """
    stated = read_stated(manuscript, units)
    draft = _recognise(without(manuscript, stated.taken), units)
    stated.apply(draft)
    return draft


def _recognise(manuscript: Manuscript, units: Register | None) -> Draft:
    """The draft of a document as people write them."""
    register = units if units is not None else EMPTY
    context = Context(manuscript, items_of(manuscript), register)
    head, taken = read_head(context)
    context.year, context.period = plan_years(head, context)
    notes = footnotes_of(manuscript)
    goals = head.type is not None and head.type.startswith("Mục tiêu")
    root = outline(context.items, taken, "goal" if goals else "")
    tables, others = tables_of(context.items, register)
    objectives = objectives_of(root, tables, context)
    tasks = tasks_of([t for t in tables if t.columns.has_tasks], notes, context)
    tasks += prose_tasks(root, context, bool(tasks))
    doubt_tasks(tasks, context)
    return Draft(head, objectives, tasks, duties_of(root, context), forms_of(others, context), context.doubts)
