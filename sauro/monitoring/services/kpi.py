"""The KPI of a task as its reports give them: typed in the report, levels of the KPI once it is handed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from sauro.ledger import services as ledger
from sauro.monitoring.models import HANDED_IN, MeasureFigure, Report, TaskMeasure
from sauro.monitoring.services.measurements import read_number
from sauro.organization.models import Person
from sauro.organization.policy import Capability, allows
from sauro.plans.models import Task
from sauro.plans.services.errors import NotNow


@dataclass(slots=True, frozen=True)
class AskedMeasure:
    """One KPI that a report on a task asks for; `row`: what this report gave before."""

    measure: TaskMeasure
    row: MeasureFigure | None

    @property
    def names(self) -> tuple[str, ...]:
        """A KPI is one number."""
        return ("value",)

    def key(self, name: str) -> str:
        """Under which the typed number is kept with the draft."""
        return f"kpi-{self.measure.pk}-{name}"

    def typed(self, kept: Mapping[str, str]) -> dict[str, str]:
        """What stands in the field: what was typed, else what this report gave before."""
        level = self.row.level if self.row else None
        given = "" if level is None else f"{level.normalize():f}".replace(".", ",")
        return {"value": kept.get(self.key("value"), given)}


def speaks_for(task: Task, person: Person) -> bool:
    """Whether what the person reports is the word on the task itself, its progress and its KPI: those of the lead unit;
    a coordinating unit speaks for its own part."""
    leads = bool(task.lead_path) and person.unit.path.startswith(task.lead_path)
    return leads or allows(person, Capability.REPORT, task)


def asked_measures(report: Report, person: Person) -> list[AskedMeasure]:
    """The KPI of the report's task, where the person speaks for it. Two queries, however many there are."""
    if report.task is None or not speaks_for(report.task, person):
        return []
    measures = list(TaskMeasure.objects.filter(task=report.task).order_by("order"))
    given = {f.measure_id: f for f in report.measure_figures.all()} if measures else {}
    return [AskedMeasure(measure, given.get(measure.pk)) for measure in measures]


def check_measure(asked: AskedMeasure, typed: Mapping[str, str]) -> bool:
    """Whether there is a level to take in what was typed. Raises `NotNow` with what is wrong with it."""
    if read_number(typed["value"]) is not None:
        return True
    if asked.row:
        raise NotNow(_("Số của kỳ này đã ghi. Sửa thành số đúng, không bỏ trống được."))
    return False


def take_measures(report: Report, person: Person, today: dt.date, asked: Sequence[AskedMeasure]) -> None:
    """Make levels of the KPI of what was typed, which has been checked. Runs inside the handing in."""
    told: list[dict[str, Any]] = []
    for one in asked:
        level = read_number(one.typed(report.figures)["value"])
        measure = TaskMeasure.objects.select_for_update().get(pk=one.measure.pk)
        if level is None or (one.row and one.row.level == level == measure.reached):
            continue
        # A new row, for it is the latest word now.
        measure.figures.filter(report=report).delete()
        MeasureFigure.objects.create(measure=measure, report=report, level=level, told_on=today)
        told.append({"name": measure.name, "before": measure.reached, "now": level})
        measure.reached, measure.reached_on = level, today
        measure.save(update_fields=["reached", "reached_on"])
    if told and report.task:
        ledger.record(person, "monitoring.measures.reported", report.task, report=report.pk, changes=told)


def take_back_measures(report: Report, person: Person) -> dict[str, str]:
    """Take back the levels that a report gave, which is withdrawn; a KPI that has been told otherwise since is left as
    it is. Returns what was typed, as a draft keeps it."""
    typed: dict[str, str] = {}
    told: list[dict[str, Any]] = []
    for figure in report.measure_figures.order_by("measure_id"):
        measure = TaskMeasure.objects.select_for_update().get(pk=figure.measure_id)
        if measure.figures.order_by("-pk").values_list("pk", flat=True).first() != figure.pk:
            continue
        typed |= {AskedMeasure(measure, figure).key(n): t for n, t in AskedMeasure(measure, figure).typed({}).items()}
        figure.delete()
        said = Q(report=None) | Q(report__state__in=HANDED_IN)
        before = measure.figures.filter(said).exclude(report=report).order_by("-pk").first()
        told.append({"name": measure.name, "before": measure.reached, "now": before.level if before else None})
        measure.reached = before.level if before else None
        measure.reached_on = before.told_on if before and before.level is not None else None
        measure.save(update_fields=["reached", "reached_on"])
    if told and report.task:
        ledger.record(person, "monitoring.measures.withdrawn", report.task, report=report.pk, changes=told)
    return typed
