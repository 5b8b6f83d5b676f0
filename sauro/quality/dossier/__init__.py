"""The year on paper: its official papers out of the records, and the folder that an auditor is given."""

from sauro.quality.dossier.conformity import map_columns, map_rows, write_map_docx, write_map_xlsx
from sauro.quality.dossier.declaration import declaration_paper, scope_lines, year_report_paper
from sauro.quality.dossier.folder import stream_zip, write_folder, write_zip
from sauro.quality.dossier.review import agenda_paper, figures_of, minutes_paper, report_paper

__all__ = [
    "agenda_paper", "declaration_paper", "figures_of", "map_columns", "map_rows", "minutes_paper", "report_paper",
    "scope_lines", "stream_zip", "write_folder", "write_map_docx", "write_map_xlsx", "write_zip", "year_report_paper",
]  # fmt: skip
