"""The consolidated report (báo cáo, BC) in Word: through a template that ships with the project or an agency's own."""

from sauro.writing.report.content import GroupRow, ReportContent, TaskRow, UnitRow, sample_content
from sauro.writing.report.placeholders import PLACEHOLDERS, Placeholder
from sauro.writing.report.render import write_report
from sauro.writing.report.standard import standard_template
from sauro.writing.report.validity import check_template

__all__ = [
    "PLACEHOLDERS",
    "GroupRow",
    "Placeholder",
    "ReportContent",
    "TaskRow",
    "UnitRow",
    "check_template",
    "sample_content",
    "standard_template",
    "write_report",
]
