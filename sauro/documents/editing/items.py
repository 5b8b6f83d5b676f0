"""Tasks, objectives, targets, reporting duties and legal bases as wholes: added, removed, split, joined. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sauro.documents.editing.doubts import move_doubts
from sauro.documents.editing.errors import BadValue
from sauro.documents.editing.values import walk
from sauro.reading.draft import Draft, DraftObjective, DraftTarget, DraftTask, LegalBasis, ReportingDuty


def _task(draft: Draft, index: int) -> DraftTask:
    if not 0 <= index < len(draft.tasks):
        raise BadValue(_("Nhiệm vụ này không còn trong bản đọc. Tải lại trang."))
    return draft.tasks[index]


def add_task(draft: Draft, index: int) -> int:
    """A new empty task at `index`, in the group of the one before; returns where it stands."""
    index = max(0, min(index, len(draft.tasks)))
    group = draft.tasks[index - 1].group if index else None
    draft.tasks.insert(index, DraftTask(ref="", title="", group=group))
    move_doubts(draft, "tasks", lambda i: i if i < index else i + 1)
    return index


def remove_task(draft: Draft, index: int) -> DraftTask:
    """Take a task out, with its doubts: it was no task."""
    task = _task(draft, index)
    del draft.tasks[index]
    move_doubts(draft, "tasks", lambda i: None if i == index else i if i < index else i - 1)
    return task


def split_task(draft: Draft, index: int, at: int | None = None) -> int:
    """Cut a task's title in two at character `at`, or at a line break, semicolon or full stop near the middle; the
    second half becomes a task of its own with the same units and time. Returns its index. Raises `BadValue`."""
    task = _task(draft, index)
    at = at if at is not None else _cut(task.title)
    first, second = task.title[:at].strip(" ;,\n"), task.title[at:].strip(" ;,\n-+")
    if not first or not second:
        raise BadValue(_("Không tách được: mỗi phần phải có nội dung. Đặt con trỏ vào giữa nội dung rồi tách."))
    twin = replace(
        task,
        title=second,
        ref=f"{task.ref}b" if task.ref else "",
        lead_units=list(task.lead_units),
        coordinating_units=list(task.coordinating_units),
        schedule=replace(task.schedule),
        products=[],
        milestones=[],
        read=dict(task.read),
    )
    task.title = first
    draft.tasks.insert(index + 1, twin)
    move_doubts(draft, "tasks", lambda i: i if i <= index else i + 1)
    for doubt in draft.doubts:
        if doubt.field == f"tasks[{index}].title" and doubt.text in second and doubt.text not in first:
            doubt.field = f"tasks[{index + 1}].title"
    return index + 1


def _cut(title: str) -> int:
    middle = len(title) / 2
    places = [m.end() for m in re.finditer(r"\n|;\s|\.\s", title)]
    if not places:
        raise BadValue(_("Không thấy chỗ tách. Đặt con trỏ vào giữa nội dung rồi tách."))
    return min(places, key=lambda p: abs(p - middle))


def join_tasks(draft: Draft, index: int) -> None:
    """Join a task with the one after it: titles, units, products and steps come together. Raises `BadValue`."""
    first, second = _task(draft, index), _task(draft, index + 1)
    first.title = f"{first.title} {second.title}".strip()
    for name in ("lead_units", "coordinating_units", "products", "milestones"):
        mine = getattr(first, name)
        mine += [x for x in getattr(second, name) if x not in mine]
    for name in ("schedule_text", "responsible_text", "measurement", "report_frequency", "records", "origin_footnote",
                 "authority", "note"):  # fmt: skip
        setattr(first, name, getattr(first, name) or getattr(second, name))
    if first.schedule.kind == "unknown":
        first.schedule = second.schedule
    first.lines = (first.lines[0], max(first.lines[1], second.lines[1]))
    del draft.tasks[index + 1]
    move_doubts(draft, "tasks", lambda i: i if i <= index else i - 1)


_NEW: dict[str, Callable[[], Any]] = {
    "objectives": lambda: DraftObjective(text="Mục tiêu mới"),
    "reporting_duties": lambda: ReportingDuty(who="Các đơn vị", to=None, schedule_text="hằng quý"),
    "legal_bases": lambda: LegalBasis(text="Căn cứ mới"),
    "targets": lambda: DraftTarget("Chỉ tiêu mới", "=", Decimal(100), Decimal(100), "%"),
}


def add_item(draft: Draft, where: str) -> str:
    """A new objective (`objectives`), target (`objectives[0].targets`), reporting duty or legal basis
    (`document.legal_bases`) at the end; returns its path. Raises `BadValue`."""
    holder, name = walk(draft, where)
    if name not in _NEW:
        raise BadValue(_("Không thêm được vào “%(where)s”.") % {"where": where})
    items = getattr(holder, name)
    items.append(_NEW[name]())
    return f"{where}[{len(items) - 1}]"


def remove_item(draft: Draft, path: str) -> None:
    """Take out one objective, target, reporting duty or legal basis by its path. Raises `BadValue`."""
    match = re.fullmatch(r"(.*)\[(\d+)\]", path)
    if not match:
        raise BadValue(_("Không có chỗ “%(path)s” trong bản đọc.") % {"path": path})
    where, index = match[1], int(match[2])
    holder, name = walk(draft, where)
    if name not in _NEW or index >= len(getattr(holder, name)):
        raise BadValue(_("Không có chỗ “%(path)s” trong bản đọc.") % {"path": path})
    del getattr(holder, name)[index]
    move_doubts(draft, where, lambda i: None if i == index else i if i < index else i - 1)
