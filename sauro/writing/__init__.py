"""Model → Word, Excel and CSV. Pure Python: knows drafts and plain rows, no database."""

from sauro.writing.plan_docx import write_plan_docx
from sauro.writing.plan_xlsx import write_plan_xlsx
from sauro.writing.register_pdf import write_table_pdf
from sauro.writing.registers import Column, csv_lines, write_table_csv, write_table_docx, write_table_xlsx
from sauro.writing.tracking_form import TrackingForm, write_tracking_docx, write_tracking_pdf

__all__ = [
    "Column",
    "TrackingForm",
    "csv_lines",
    "write_plan_docx",
    "write_plan_xlsx",
    "write_table_csv",
    "write_table_docx",
    "write_table_pdf",
    "write_table_xlsx",
    "write_tracking_docx",
    "write_tracking_pdf",
]
