"""The rows of the sheet as the page shows them: what stands, what was typed, what is wrong in which cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.monitoring.models import Report, Round
from sauro.monitoring.services import Stale
from sauro.monitoring.services.sheets import FIELDS, Row, canonical
from sauro.web.home.words import period_words
from sauro.web.reports.reading import CHIPS

LABELS: dict[str, str | Promise] = {
    "progress": gettext_lazy("Tiến độ"),
    "done_text": gettext_lazy("Kết quả đã làm"),
    "difficulties": gettext_lazy("Khó khăn, vướng mắc"),
    "proposals": gettext_lazy("Đề xuất, kiến nghị"),
}


@dataclass(slots=True)
class Cell:
    """One cell: the name of its field in the form, its label, what stands in it, and what is wrong with it."""

    field: str
    name: str
    label: str | Promise
    value: Any
    fault: str = ""
    theirs: str = ""


@dataclass(slots=True)
class Shown:
    """One row of the page. `chosen`: ticked to be handed in; `said`: what stands in the way of the whole row."""

    row: Row
    cells: dict[str, Cell]
    version: int
    chosen: bool
    said: str = ""
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def pk(self) -> int:
        """The duty's id."""
        return self.row.duty.pk

    @property
    def ref(self) -> str:
        """The row's short name."""
        return self.row.duty.task.ref if self.row.duty.task else self.row.duty.plan.number

    @property
    def title(self) -> str:
        """What it is about."""
        return self.row.duty.task.title if self.row.duty.task else _("Báo cáo chung về kế hoạch")

    @property
    def faulty(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.said) or any(cell.fault for cell in self.cells.values())

    @property
    def chip(self) -> tuple[str, str, str]:
        """Tone, words and sign of where the row stands."""
        report = self.row.report
        if report is None:
            return ("neutral", _("Chưa ghi"), "circle-dashed")
        tone, sign = CHIPS[Report.State(report.state)]
        return (tone, report.get_state_display(), sign)

    @property
    def saved_words(self) -> str:
        """When, and by whom, it was saved last."""
        report = self.row.report
        if report is None or not report.version:
            return _("Điền sẵn từ kỳ trước") if self.row.before else ""
        time = timezone.localtime(report.changed_at).strftime("%H:%M %d/%m")
        if report.changed_by is None:
            return _("lưu %(time)s") % {"time": time}
        return _("%(name)s lưu %(time)s") % {"name": report.changed_by.full_name, "time": time}

    def refuse(self, faults: Mapping[str, str]) -> None:
        """Note what is wrong in which cell."""
        for name, sentence in faults.items():
            self.cells[name].fault = sentence

    def stale(self, stale: Stale, typed: Mapping[str, Any]) -> None:
        """Someone else saved the row meanwhile: say so, keep what was typed, show what stands now beside it."""
        self.said = _("%(said)s Phần đang gõ vẫn còn; lưu lại lần nữa sẽ thay phần đã lưu.") % {"said": stale}
        self.version = stale.theirs.version
        for name, cell in self.cells.items():
            saved = str(getattr(stale.theirs, name))
            if name in typed and canonical(str(typed[name])) != canonical(saved):
                cell.theirs = saved or _("(để trống)")


def show(row: Row, typed: Mapping[str, str] | None = None) -> Shown:
    """The row for the page, with what was typed in place of what stands."""
    names = [name for name in FIELDS if name != "progress" or row.duty.task]
    cells = {}
    for name in names:
        key = f"{name}_{row.duty.pk}"
        value = typed[name] if typed and name in typed else row.values[name]
        cells[name] = Cell(name, key, LABELS[name], value)
    # What was returned is ticked by whoever has mended it.
    return Shown(row, cells, row.version, chosen=row.ready and row.state != Report.State.RETURNED)


def typed_of(data: Mapping[str, Any], duty: int) -> dict[str, str]:
    """What the form sent for one row, by field."""
    return {name: str(data[f"{name}_{duty}"]) for name in FIELDS if f"{name}_{duty}" in data}


def differs(row: Row, values: Mapping[str, Any]) -> bool:
    """Whether any value isn't what stands."""
    return any(canonical(str(row.values[name])) != canonical(str(value)) for name, value in values.items())


def round_words(round: Round) -> str:
    """ "Báo cáo tháng 11/2026", or what was asked for."""
    if round.period:
        return _("Báo cáo %(period)s") % {"period": period_words(round.period, year=True)}
    return round.event
