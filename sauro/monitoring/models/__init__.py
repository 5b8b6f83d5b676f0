"""What each unit owes on which day, what it says of it, what proves it, and how it all stands."""

from sauro.monitoring.models.consolidation import Consolidation, Reconciliation, ReportTemplate
from sauro.monitoring.models.duty import Duty, DutyQuerySet
from sauro.monitoring.models.evidence import Evidence
from sauro.monitoring.models.indicator import Forecast, Indicator, Measurement
from sauro.monitoring.models.rating import Rating
from sauro.monitoring.models.report import HANDED_IN, Report
from sauro.monitoring.models.round import Round
from sauro.monitoring.models.rules import Call, CallRule, WarningRule
from sauro.monitoring.models.works import BudgetEntry, MeasureFigure, OutsideUpdate, TaskMeasure

__all__ = [
    "HANDED_IN",
    "BudgetEntry",
    "Call",
    "CallRule",
    "Consolidation",
    "Duty",
    "DutyQuerySet",
    "Evidence",
    "Forecast",
    "Indicator",
    "MeasureFigure",
    "Measurement",
    "OutsideUpdate",
    "Rating",
    "Reconciliation",
    "Report",
    "ReportTemplate",
    "Round",
    "TaskMeasure",
    "WarningRule",
]
