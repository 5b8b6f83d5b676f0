"""Early warnings and silences in sentences."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sauro.monitoring.glance import Silence
from sauro.monitoring.measured import Measured
from sauro.monitoring.models import WarningRule
from sauro.monitoring.pace import expected_progress
from sauro.monitoring.targets import missed_periods
from sauro.plans.models import Task
from sauro.web.look.targets import number
from sauro.web.look.text import dmy, vnumber

Kind = WarningRule.Kind
# Where a line must hold the rule, a task and its figures.
SHORT = {
    Kind.BEHIND: gettext_lazy("Tiến độ thấp"),
    Kind.SILENT: gettext_lazy("Thiếu số liệu"),
    Kind.UNPROVED: gettext_lazy("Thiếu sản phẩm"),
    Kind.BLOCKED: gettext_lazy("Chờ việc chậm"),
    Kind.UNCLEAR: gettext_lazy("Chưa rõ người"),
    Kind.FORECAST: gettext_lazy("Khó đạt"),
}


def rule_words(rule: WarningRule) -> str:
    """The rule with its numbers."""
    words = str(rule.get_kind_display())
    if rule.kind == Kind.BEHIND:
        numbers = {"days": rule.days or 0, "percent": rule.percent or 0}
        limits = _("còn %(days)d ngày trở lại, dưới %(percent)d%%") % numbers
    elif rule.kind == Kind.SILENT:
        limits = ngettext("từ %(n)d kỳ", "từ %(n)d kỳ", rule.periods or 0) % {"n": rule.periods or 0}
    elif rule.days is not None:
        limits = ngettext("còn %(n)d ngày trở lại", "còn %(n)d ngày trở lại", rule.days) % {"n": rule.days}
    else:
        return words
    return f"{words} ({limits})"


def days_left(n: int) -> str:
    """ "hạn hôm nay", "còn 2 ngày"."""
    return ngettext("còn %(n)d ngày", "còn %(n)d ngày", n) % {"n": n} if n else _("hạn hôm nay")


def task_figures(rule: WarningRule, task: Task, on: dt.date) -> str:
    """The figures for which the rule warns of the task; `task.waits` where it waits, `task.plan` fetched."""
    if rule.kind == Kind.UNPROVED or task.due is None:
        return _("xong %(day)s, còn sản phẩm chưa có tệp minh chứng") % {"day": dmy(task.completed_on)}
    left = days_left((task.due - on).days)
    if rule.kind == Kind.BEHIND:
        expected = expected_progress(task.starts_on or task.plan.starts_on, task.due, on)
        return _("%(left)s, đạt %(reached)d%% (dự kiến %(expected)d%%)") % {
            "left": left,
            "reached": task.progress,
            "expected": expected,
        }
    if rule.kind == Kind.UNCLEAR:
        return _("%(left)s, chưa ghi người chịu trách nhiệm") % {"left": left}
    waits: int = task.waits  # type: ignore[attr-defined]
    return ngettext("%(left)s, chờ %(n)d nhiệm vụ quá hạn", "%(left)s, chờ %(n)d nhiệm vụ quá hạn", waits) % {
        "left": left,
        "n": waits,
    }


def target_figures(rule: WarningRule, found: Measured, on: dt.date) -> str:
    """The figures for which the rule warns of the target."""
    if rule.kind == Kind.FORECAST and found.forecast:
        forecast = found.forecast
        return _("dự báo %(value)s (%(low)s – %(high)s), mục tiêu %(aim)s %(unit)s") % {
            "value": number(forecast.value),
            "low": number(forecast.low),
            "high": number(forecast.high),
            "aim": number(found.goal.end),
            "unit": found.indicator.unit_name,
        }
    missed = missed_periods(found.facts, on)
    words = ngettext("%(n)d kỳ liền chưa có số liệu", "%(n)d kỳ liền chưa có số liệu", missed) % {"n": missed}
    if found.facts.reached_on:
        words += _(", gần nhất đến %(day)s") % {"day": dmy(found.facts.reached_on)}
    return words


def silence_words(silence: Silence, on: dt.date) -> str:
    """ "4 báo cáo, quá hạn 3 ngày, đã nhắc 3 lần"."""
    days = (on - silence.since).days
    parts = [
        ngettext("%(n)s báo cáo", "%(n)s báo cáo", silence.reports) % {"n": vnumber(silence.reports)},
        ngettext("quá hạn %(n)d ngày", "quá hạn %(n)d ngày", days) % {"n": days},
        ngettext("đã nhắc %(n)d lần", "đã nhắc %(n)d lần", silence.calls) % {"n": silence.calls}
        if silence.calls
        else _("chưa nhắc lần nào"),
    ]
    return ", ".join(parts)
