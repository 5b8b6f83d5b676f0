"""The early warnings that hold for one task today, each in one line with what to do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sauro.monitoring import services as monitoring
from sauro.monitoring.models import Evidence, WarningRule
from sauro.monitoring.warnings import OF_TASKS, TaskFacts, task_warns
from sauro.organization.models import Person
from sauro.plans.models import Task
from sauro.web.overview.words import rule_words, task_figures
from sauro.web.tasks.page import ProvedProduct
from sauro.web.works.section import Depth

Kind = WarningRule.Kind


@dataclass(slots=True, frozen=True)
class Warned:
    """One rule that warns: its words with the figures, what to do, and where that is done if the reader may."""

    rule: str
    figures: str
    remedy: str
    url: str = ""
    act: str = ""


def warnings_of(
    task: Task, person: Person, on: dt.date, products: list[ProvedProduct], depth: Depth, acts: Mapping[str, str]
) -> list[Warned]:
    """The rules of the agency that warn of the task, judged by what the page has fetched already: one query more, none
    for a task of which no rule can warn."""
    ahead = task.due is not None and task.due >= on
    if task.ended_in or not (ahead or task.completed_on):
        return []
    late = sum(not (w.on.completed_on or w.on.ended_in) and w.on.due_key < on for w in depth.waits)
    facts = TaskFacts(
        task.due,
        task.completed_on is not None,
        task.progress,
        task.accountable_id is not None,
        late,
        any(not any(map(_proves, product.files)) for product in products),
    )
    task.waits = late  # type: ignore[attr-defined]
    rules = monitoring.warning_rules_of(person.unit.agency)
    return [_warned(rule, task, on, acts) for rule in rules if _holds(rule, facts, on)]


def _proves(file: Mapping[str, object]) -> bool:
    return file["file_id"] is not None and file["crosscheck"] != Evidence.Check.REFUSED


def _holds(rule: WarningRule, facts: TaskFacts, on: dt.date) -> bool:
    return rule.enabled and rule.kind in OF_TASKS and task_warns(rule, facts, on)


def _warned(rule: WarningRule, task: Task, on: dt.date, acts: Mapping[str, str]) -> Warned:
    remedy, verb, act = {
        Kind.BEHIND: (_("Báo cáo phần đã làm, hoặc đề nghị lùi hạn kèm lý do."), "change", _("Đề nghị điều chỉnh")),
        Kind.UNCLEAR: (_("Lãnh đạo đơn vị giao người chịu trách nhiệm."), "assign", _("Giao người")),
        Kind.BLOCKED: (_("Đôn đốc việc phải chờ, hoặc đề nghị lùi hạn."), "change", _("Đề nghị điều chỉnh")),
        Kind.UNPROVED: (_("Mở lại nhiệm vụ, nộp tệp của sản phẩm còn thiếu."), "reopen", _("Mở lại")),
    }[Kind(rule.kind)]
    url = acts.get(verb, "")
    return Warned(rule_words(rule), task_figures(rule, task, on), remedy, url, act if url else "")
