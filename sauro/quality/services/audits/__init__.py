"""Internal audits (TCVN ISO 9001:2015, 9.2): programme, plan, checklist, walk, report, follow-up."""

from sauro.quality.services.audits.checklist import (
    add_question,
    build_checklist,
    drop_question,
    edit_question,
    leaves,
    move_question,
    proposed,
    reorder,
)
from sauro.quality.services.audits.coverage import Coverage, coverage, hints
from sauro.quality.services.audits.independence import candidates, check_team, team_of, ties
from sauro.quality.services.audits.lattice import ACTS, capacities, may, place_of, sees_papers
from sauro.quality.services.audits.planning import (
    AuditPlan,
    cancel_audit,
    edit_audit,
    heads_of,
    notify_unit,
    plan_audit,
    set_team,
)
from sauro.quality.services.audits.programme import (
    approve_programme,
    edit_programme,
    open_programme,
    reopen_programme,
)
from sauro.quality.services.audits.reporting import (
    Followed,
    close_audit,
    followed,
    lateness,
    order_improvement,
    report_audit,
)
from sauro.quality.services.audits.walk import (
    AnsweredMeanwhile,
    add_photo,
    answer_item,
    edit_finding,
    raise_finding,
    seen_of,
    start_audit,
    withdraw_finding,
)

__all__ = [
    "ACTS", "AnsweredMeanwhile", "AuditPlan", "Coverage", "Followed", "add_photo", "add_question", "answer_item",
    "approve_programme", "build_checklist", "cancel_audit", "candidates", "capacities", "check_team", "close_audit",
    "coverage", "drop_question", "edit_audit", "edit_finding", "edit_programme", "edit_question", "followed",
    "heads_of", "hints", "lateness", "leaves", "may", "move_question", "notify_unit", "open_programme",
    "order_improvement", "place_of", "plan_audit", "proposed", "raise_finding", "reopen_programme", "reorder",
    "report_audit", "seen_of", "sees_papers", "set_team", "start_audit", "team_of", "ties", "withdraw_finding",
]  # fmt: skip
