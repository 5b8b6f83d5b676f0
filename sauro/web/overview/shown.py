"""What the leader's page and its sheet of A4 show, the same for both: rows, lines, words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sauro.monitoring import services as monitoring
from sauro.monitoring.forecast import unbroken
from sauro.monitoring.glance import NAMED, Glance, Row, Silence, targets_of
from sauro.monitoring.measured import Measured
from sauro.monitoring.models import WarningRule
from sauro.monitoring.targets import ENOUGH_POINTS
from sauro.monitoring.warnings import OF_TARGETS, warned_targets
from sauro.organization.models import Agency
from sauro.plans.models import Task
from sauro.plans.standing import FourCells
from sauro.web.home.links import plan_url, task_url, tasks_url, unit_url
from sauro.web.home.scope import four
from sauro.web.look.cells import Cells
from sauro.web.look.targets import number
from sauro.web.overview.kept import kept_glance
from sauro.web.overview.words import SHORT, Kind, silence_words, target_figures, task_figures
from sauro.web.targets.chart import chart_of

# One screen of 1366 × 768 and one sheet of A4 hold so many rows of each; the last sums up what has no room.
UNITS, PLANS, TARGETS, SILENT = 9, 4, 6, NAMED
SERIES = 7
# A name longer than this gives way to its abbreviation in the dense table.
LONG = 30


@dataclass(slots=True)
class Line:
    """One row of counts: a unit, a plan, or the rest of them together. `filter`: that of the list of its tasks."""

    name: str
    counts: Cells
    url: str = ""
    number: str = ""
    short: str = ""
    filter: dict[str, Any] = field(default_factory=dict)

    @property
    def list_url(self) -> str:
        """The list of exactly these tasks; empty for the rest."""
        return tasks_url(**self.filter) if self.filter else ""

    @property
    def late_url(self) -> str:
        """The list of those overdue."""
        return tasks_url(**self.filter, tinh_trang="open_overdue") if self.filter else ""


@dataclass(slots=True)
class Pressed:
    """One of the most pressing tasks: `days` past its day, negative before it; None without a date."""

    task: Task
    days: int | None

    @property
    def url(self) -> str:
        """The task's page."""
        return task_url(self.task.pk)

    @property
    def when(self) -> str:
        """ "24 ngày", "còn 2 ngày"."""
        if self.days is None:
            return _("không hạn")
        if self.days > 0:
            return ngettext("%(n)d ngày", "%(n)d ngày", self.days) % {"n": self.days}
        return (
            ngettext("còn %(n)d ngày", "còn %(n)d ngày", -self.days) % {"n": -self.days} if self.days else _("hôm nay")
        )

    @property
    def who(self) -> str:
        """Who answers for it, else which unit."""
        if self.task.accountable:
            return self.task.accountable.full_name
        unit = self.task.lead_unit.name if self.task.lead_unit else ""
        return _("chưa ghi người; %(unit)s") % {"unit": unit} if unit else _("chưa ghi người")


@dataclass(slots=True)
class Warn:
    """One rule that warns now: of how many, the first of them with its figures, and the list of all."""

    rule: WarningRule
    words: str
    count: int
    first: str
    first_url: str
    figures: str

    @property
    def url(self) -> str:
        """All that this rule warns of."""
        return f"{reverse('warning-list')}?loai={self.rule.kind}"


@dataclass(slots=True)
class Shown:
    """Everything on the page."""

    agency: Agency
    on: dt.date
    glance: Glance
    units: list[Line]
    plans: list[Line]
    pressing: list[Pressed]
    targets: list[Measured]
    all_targets: int
    chosen: Measured | None
    warns: list[Warn]
    silent: list[tuple[Silence, str]]
    more_silent: int
    moment: dt.datetime | None = None  # of which the counts are, where more was recorded since

    @property
    def counts(self) -> Cells:
        """The four cells of the whole agency."""
        return four(self.glance.cells)

    @property
    def most_of_units(self) -> int:
        """The largest total among the units shown: the bars are measured by it."""
        return max((row.counts.total for row in self.units), default=0)

    @property
    def most_of_plans(self) -> int:
        """Likewise for plans."""
        return max((row.counts.total for row in self.plans), default=0)

    @property
    def chart(self) -> dict[str, Any] | None:
        """The line of the chosen target."""
        return chart_of(self.chosen) if self.chosen else None


def shown(agency: Agency, on: dt.date, chosen: str = "", *, exact: bool = False) -> Shown:
    """Everything for the page. `chosen`: the id of the target whose line is drawn; else the first that has one.
    `exact`: with what was recorded in the last minute, too, however large the agency is."""
    rules = monitoring.warning_rules_of(agency)
    kept = kept_glance(agency, rules, on, exact=exact)
    found = kept.glance
    targets = targets_of(agency, on)
    drawable = [m for m in targets if len(m.points) > 1]
    drawn = next((m for m in drawable if str(m.indicator.target_id) == chosen), None)
    drawn = drawn or next((m for m in drawable if m.forecast), drawable[0] if drawable else None)
    warns = []
    for w in found.warned:
        if w.tasks:
            task, words = w.tasks[0], str(SHORT[Kind(w.rule.kind)])
            figures = task_figures(w.rule, task, on)
            warns.append(Warn(w.rule, words, w.count, task_name(task), task_url(task.pk), figures))
    for rule in rules:
        of = warned_targets(rule, targets, on) if rule.kind in OF_TARGETS else []
        if of:
            target = of[0].indicator.target
            url, words = reverse("target", args=[target.pk]), str(SHORT[Kind(rule.kind)])
            figures = target_figures(rule, of[0], on)
            warns.append(Warn(rule, words, len(of), target.indicator, url, figures))
    return Shown(
        agency, on, found,
        units=_lines(found.units, UNITS, _unit_line, _("%(n)d đơn vị khác")),
        plans=_lines(found.plans, PLANS, _plan_line, _("%(n)d kế hoạch khác")),
        pressing=[Pressed(t, (on - t.due).days if t.due else None) for t in found.pressing],
        targets=targets[:TARGETS],
        all_targets=len(targets),
        chosen=drawn,
        warns=warns,
        silent=[(s, silence_words(s, on)) for s in found.silent[:SILENT]],
        more_silent=max(0, len(found.silent) - SILENT),
        moment=None if kept.exact else kept.moment,
    )  # fmt: skip


def task_name(task: Task) -> str:
    """Its number in the plan and its title."""
    return f"{task.ref} {task.title}".strip()


def _unit_line(row: Row) -> Line:
    if row.id is None:
        return Line(_("Đơn vị ngoài danh bạ"), four(row.cells))
    only = {"don_vi": row.id, "vai_tro": "chu_tri"} if row.alone else {}
    return Line(
        row.name, four(row.cells), unit_url(row.id), short=row.short if len(row.name) > LONG else "", filter=only
    )


def _plan_line(row: Row) -> Line:
    return Line(row.name, four(row.cells), plan_url(row.id or 0), row.number, filter={"ke_hoach": row.id})


def past_line(row: Row, *, of_unit: bool = False) -> Line:
    """A row of a past day: without ways to lists of tasks, which are of today."""
    line = _unit_line(row) if of_unit else _plan_line(row)
    line.filter = {}
    return line


def _lines(rows: list[Row], most: int, line: Any, rest: str) -> list[Line]:
    """The first rows; where there are more than have room, the last line sums the others up."""
    if len(rows) <= most:
        return [line(row) for row in rows]
    left = rows[most - 1 :]
    total = sum((row.cells for row in left), FourCells())
    return [*(line(row) for row in rows[: most - 1]), Line(rest % {"n": len(left)}, four(total))]


def rough(level: Decimal | None) -> str:
    """A level as narrow as it still says something: whole from a thousand on, one decimal from a hundred on."""
    if level is None:
        return number(None)
    return number(round(level, 0 if abs(level) >= 1000 else 1 if abs(level) >= 100 else 2))


def standing_note(found: Measured) -> str:
    """Under the word of a target: its 80 % interval, or why there is none."""
    forecast = found.forecast
    if forecast and forecast.low is not None:
        return f"{rough(forecast.low)} – {rough(forecast.high)}"
    count = len(unbroken(found.points))
    if count < ENOUGH_POINTS:
        return ngettext("mới %(n)d kỳ, chưa đủ", "mới %(n)d kỳ, chưa đủ", count) % {"n": count}
    return ""


def error_note(found: Measured) -> str:
    """How far the forecast was off when it was tried on the past; empty where nothing is foreseen."""
    if not found.forecast or found.forecast.error is None:
        return ""
    return _("sai số kiểm thử %(n)s %(unit)s") % {
        "n": number(found.forecast.error),
        "unit": found.indicator.unit_name,
    }


def last_rows(chart: dict[str, Any]) -> list[tuple[str, str, float | None, float]]:
    """The table beside the line: name and short name of the period, the level reached, the level expected.

    As many of the last periods as have room beside the line, the due one among them; the target's page has all.
    """
    rows = zip(chart["names"], chart["labels"], chart["actual"], chart["expected"], strict=True)
    return list(rows)[-SERIES:]
