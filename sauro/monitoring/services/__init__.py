"""The verbs of the loop: adopt, owe, report, hand over, finish."""

from sauro.monitoring.services.adoption import adopt, amend, approve, assign, order, split
from sauro.monitoring.services.calls import call_for_duties
from sauro.monitoring.services.checking import check_evidence, proof_of
from sauro.monitoring.services.collecting import (
    accept_of_unit,
    accept_smooth,
    leave_both,
    note_outside,
    reconcile,
    remind_units,
)
from sauro.monitoring.services.consolidating import (
    SectionStale,
    choose_template,
    edit_section,
    generate,
    settle_section,
)
from sauro.monitoring.services.daily import run_day, send_letters
from sauro.monitoring.services.days import change_days, refresh_due_days
from sauro.monitoring.services.digests import letter_for, send_digests
from sauro.monitoring.services.duties import extend_duties, generate_duties
from sauro.monitoring.services.evidence import (
    Said,
    add_evidence,
    add_link,
    describe_evidence,
    keep_evidence,
    remove_evidence,
    replace_evidence,
)
from sauro.monitoring.services.figures import Asked, AskedFigure, asked_figures, check_figure
from sauro.monitoring.services.finishing import complete, missing_products, reopen
from sauro.monitoring.services.handover import (
    accept_report,
    accept_reports,
    lock_round,
    return_report,
    unlock_round,
    withdraw_report,
)
from sauro.monitoring.services.indicators import propose_indicators, propose_missing, set_up_indicator
from sauro.monitoring.services.kpi import AskedMeasure
from sauro.monitoring.services.measurements import WrongFigures, may_measure, record_measurement, record_measurements
from sauro.monitoring.services.meeting import meet_duty
from sauro.monitoring.services.moving import why_not, writes_for
from sauro.monitoring.services.people import data_about, remind, retire
from sauro.monitoring.services.reports import (
    Stale,
    answer_duty,
    fell_back,
    last_report,
    may_report,
    report_before,
    save_report,
    start_report,
    submit_report,
)
from sauro.monitoring.services.rounds import call_round, edit_round, open_rounds
from sauro.monitoring.services.rules import (
    call_rules_of,
    change_warning_rule,
    remove_call_rule,
    set_call_rule,
    warning_rules_of,
)
from sauro.monitoring.services.sheets import import_lines, keep_row, rows_of, submit_rows
from sauro.monitoring.services.templates import TemplateRefused, upload_template, use_template
from sauro.monitoring.services.trust import CERTIFICATE_LIMIT, add_authority, remove_authority

__all__ = [
    "CERTIFICATE_LIMIT",
    "Asked",
    "AskedFigure",
    "AskedMeasure",
    "Said",
    "SectionStale",
    "Stale",
    "TemplateRefused",
    "WrongFigures",
    "accept_of_unit",
    "accept_report",
    "accept_reports",
    "accept_smooth",
    "add_authority",
    "add_evidence",
    "add_link",
    "adopt",
    "amend",
    "answer_duty",
    "approve",
    "asked_figures",
    "assign",
    "call_for_duties",
    "call_round",
    "call_rules_of",
    "change_days",
    "change_warning_rule",
    "check_evidence",
    "check_figure",
    "choose_template",
    "complete",
    "data_about",
    "describe_evidence",
    "edit_round",
    "edit_section",
    "extend_duties",
    "fell_back",
    "generate",
    "generate_duties",
    "import_lines",
    "keep_evidence",
    "keep_row",
    "last_report",
    "leave_both",
    "letter_for",
    "lock_round",
    "may_measure",
    "may_report",
    "meet_duty",
    "missing_products",
    "note_outside",
    "open_rounds",
    "order",
    "proof_of",
    "propose_indicators",
    "propose_missing",
    "reconcile",
    "record_measurement",
    "record_measurements",
    "refresh_due_days",
    "remind",
    "remind_units",
    "remove_authority",
    "remove_call_rule",
    "remove_evidence",
    "reopen",
    "replace_evidence",
    "report_before",
    "retire",
    "return_report",
    "rows_of",
    "run_day",
    "save_report",
    "send_digests",
    "send_letters",
    "set_call_rule",
    "set_up_indicator",
    "settle_section",
    "split",
    "start_report",
    "submit_report",
    "submit_rows",
    "unlock_round",
    "upload_template",
    "use_template",
    "warning_rules_of",
    "why_not",
    "withdraw_report",
    "writes_for",
]
