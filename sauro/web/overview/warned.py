"""The list of what a rule of early warning warns of now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from sauro.monitoring import services as monitoring
from sauro.monitoring.glance import targets_of
from sauro.monitoring.measured import Measured
from sauro.monitoring.models import WarningRule
from sauro.monitoring.warnings import OF_TASKS, warned_targets, warned_tasks
from sauro.organization.models import Unit
from sauro.organization.policy import Capability, allows, require
from sauro.plans.models import Task
from sauro.vietnamese.text import fold
from sauro.web.home.links import task_url
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.overview.kept import kept_glance
from sauro.web.overview.shown import task_name
from sauro.web.overview.words import rule_words, target_figures, task_figures
from sauro.web.request import Request
from sauro.web.tasks.register import unit_choices
from sauro.web.today import today
from sauro.writing import Column


class Found(list[Measured]):
    """Targets that are already fetched, counted as rows of a query are."""

    def count(self, *_unused: Any) -> int:
        """How many."""
        return len(self)

    def order_by(self, *_fields: Any) -> Found:
        """They come as `targets_of` puts them: those that stand worst first."""
        return self


@dataclass(slots=True)
class Warning:
    """One line of the list."""

    name: str
    url: str
    plan: str
    unit: str
    person: str
    due: dt.date | None
    figures: str


def of_task(rule: WarningRule, task: Task, on: dt.date) -> Warning:
    """The line of a task, fetched with its plan, unit and person."""
    return Warning(
        task_name(task),
        task_url(task.pk),
        task.plan.number,
        task.lead_unit.name if task.lead_unit else task.responsible_text,
        task.accountable.full_name if task.accountable else "",
        task.due,
        task_figures(rule, task, on),
    )


def of_target(rule: WarningRule, found: Measured, on: dt.date) -> Warning:
    """The line of a target."""
    target, owner = found.indicator.target, found.indicator.owner
    return Warning(
        target.indicator,
        reverse("target", args=[target.pk]),
        target.objective.plan.number,
        owner.name if owner else "",
        "",
        found.indicator.due,
        target_figures(rule, found, on),
    )


@require_safe
def warning_list(request: Request) -> HttpResponseBase:
    """What one rule warns of; without a choice, the first that warns of anything."""
    agency, on = request.user.unit.agency, today()
    require(request.user, Capability.OVERSEE, agency)
    rules = [rule for rule in monitoring.warning_rules_of(agency) if rule.enabled]
    targets = targets_of(agency, on)
    counts = {
        w.rule.kind: w.count
        for w in kept_glance(agency, monitoring.warning_rules_of(agency), on, exact=True).glance.warned
    }
    counts |= {rule.kind: len(warned_targets(rule, targets, on)) for rule in rules if rule.kind not in OF_TASKS}
    asked = request.GET.get("loai", "")
    rule = next((r for r in rules if r.kind == asked), None) or next((r for r in rules if counts[r.kind]), None)
    kinds = [(r.kind, f"{r.get_kind_display()} ({vnumber(counts[r.kind])})") for r in rules]
    kind = Filter("loai", _("Quy tắc"), kinds, lambda r, v: r, _("Quy tắc đầu tiên đang cảnh báo"))
    units = unit_choices(agency.pk)
    unit = next((u for u, _words in units if str(u.pk) == request.GET.get("don_vi")), None)
    near = Filter("don_vi", _("Đơn vị"), [(str(u.pk), w) for u, w in units], _narrower(unit), _("Mọi đơn vị"))
    register = Register(request, [], filters=[kind, near], search=_holding, search_label=_("Tìm trong cảnh báo"))
    if rule and rule.kind in OF_TASKS:
        register.rows = warned_tasks(agency, rule, on)
        register.sorts = [
            Sort("han", _("hạn, gần trước"), ("closed", "due_key", "pk"), ("-closed", "-due_key", "-pk")),
            Sort("ten", _("nội dung"), ("title_key", "pk"), ("-title_key", "-pk")),
        ]
        register.dress = lambda r: r.select_related("plan", "lead_unit", "accountable")
    else:
        register.rows = Found(warned_targets(rule, targets, on) if rule else [])
        register.sorts = [Sort("tinh_hinh", _("tình hình, xấu trước"), ("standing",))]
    line = of_task if rule and rule.kind in OF_TASKS else of_target
    register.columns = _columns(lambda row: line(rule, row, on), rule)  # type: ignore[arg-type, operator]
    title = (
        ngettext("%(n)s cảnh báo sớm", "%(n)s cảnh báo sớm", register.total) % {"n": vnumber(register.total)}
        if register.total
        else _("Không có cảnh báo nào")
    )
    rows = register.page.object_list if "tai" not in request.GET else []
    return register.respond(
        "overview/warnings.html",
        "overview/warnings_table.html",
        title=title,
        noun=_("cảnh báo"),
        file_title=rule.get_kind_display() if rule else _("Cảnh báo sớm"),
        rows=[line(rule, row, on) for row in rows],  # type: ignore[arg-type, operator]
        rule_words=rule_words(rule) if rule else "",
        of_tasks=bool(rule and rule.kind in OF_TASKS),
        may_rule=allows(request.user, Capability.MANAGE_RULES, agency),
        empty_words=_("Không nhiệm vụ, chỉ tiêu nào rơi vào các quy tắc cảnh báo đang dùng."),
    )


def _narrower(unit: Unit | None) -> Any:
    def narrow(rows: Any, _value: str) -> Any:
        if unit is None:
            return rows
        if isinstance(rows, Found):
            return Found(m for m in rows if m.indicator.owner and m.indicator.owner.path.startswith(unit.path))
        return rows.led_by(unit)

    return narrow


def _holding(rows: Any, words: str) -> Any:
    if isinstance(rows, Found):
        wanted = fold(words).split()
        return Found(m for m in rows if all(w in fold(m.indicator.target.indicator) for w in wanted))
    return rows.matching(words)


def _columns(line: Any, rule: WarningRule | None) -> list[Taken]:
    of_tasks = rule is None or rule.kind in OF_TASKS
    return [
        Taken(Column(_("Nhiệm vụ") if of_tasks else _("Chỉ tiêu"), 60), lambda r: line(r).name),
        Taken(Column(_("Kế hoạch"), 16), lambda r: line(r).plan),
        Taken(Column(_("Đơn vị"), 30), lambda r: line(r).unit),
        Taken(Column(_("Chịu trách nhiệm"), 24), lambda r: line(r).person),
        Taken(Column(_("Hạn"), 12, "date"), lambda r: line(r).due),
        Taken(Column(_("Vì sao cảnh báo"), 40), lambda r: line(r).figures),
    ]
