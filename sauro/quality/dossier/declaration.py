"""The declaration of conformity and the year's report on paper (Quyết định 19/2014/QĐ-TTg)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sauro.organization.models import Agency
from sauro.quality import models as q
from sauro.quality.dossier.common import action, actions, letterhead, signed
from sauro.quality.inputs import INPUTS, Span, gather
from sauro.quality.ready import standard
from sauro.quality.services import declaration as services
from sauro.quality.services.reviews import actions_of
from sauro.vietnamese.text import sort_key
from sauro.writing.quality import DeclarationPaper, Figure, ScopeLine, YearReportPaper, YearSection


def scope_lines(scope: q.Scope) -> tuple[ScopeLine, ...]:
    """The procedures as they were covered, frozen with the scope; where none was frozen, those listed now. Fields of
    work stand in the order of the alphabet, which the database, sorting by bytes, doesn't know."""
    return tuple(sorted(_scope_lines(scope), key=lambda line: sort_key(line.field)))


def _scope_lines(scope: q.Scope) -> tuple[ScopeLine, ...]:
    rows: list[Any] = scope.procedures
    if rows and isinstance(rows[0], dict):
        return tuple(
            ScopeLine(
                str(r.get("name", "")), str(r.get("code", "")), str(r.get("field", "")), str(r.get("unit", "")),
                str(r.get("document", "")),
            )
            for r in rows
        )  # fmt: skip
    listed = q.ListedProcedure.objects.filter(agency=scope.agency, until=None).select_related("unit", "document")
    return tuple(
        ScopeLine(
            p.name, p.code, p.field, p.unit.name if p.unit else "", p.document.code if p.document else ""
        )
        for p in listed
    )  # fmt: skip


def excluded(agency: Agency) -> tuple[str, ...]:
    """Clauses that don't apply, each with its reason (4.3)."""
    rows = q.Applicability.objects.filter(agency=agency, applies=False)
    return tuple(f"{a.clause}: {a.justification}" for a in rows)


def declaration_paper(declared: q.ConformityDeclaration) -> DeclarationPaper:
    """The decision with the declaration and its list of procedures."""
    agency = declared.agency
    before = (
        q.ConformityDeclaration.objects.filter(agency=agency, no__lt=declared.no).exclude(state="draft").first()
    )  # fmt: skip
    replaces = ""
    if before and before.declared_on:
        replaces = f"Quyết định số {before.decision_number} ngày {before.declared_on:%d/%m/%Y}"
    again = declared.reason if before and before.scope_id != declared.scope_id else ""
    return DeclarationPaper(
        letterhead(agency, declared.declared_on, declared.decision_number),
        standard=f"Tiêu chuẩn quốc gia {standard.edition(declared.edition).name}", scope=declared.scope.text,
        lines=scope_lines(declared.scope), excluded=excluded(agency), again=again, replaces=replaces,
        signatures=signed(declared.declared_by), recipients=("Các phòng, đơn vị", "Lưu: VT"),
    )  # fmt: skip


def year_report_paper(agency: Agency, year: int, today: dt.date) -> YearReportPaper:
    """The year's report: the plan's contents with results, every kind of figure, what is decided for the next year."""
    day = min(today, dt.date(year, 12, 31))
    figures = gather(Span(agency, year, dt.date(year, 1, 1), day))
    sections = tuple(
        YearSection(i.title, "", tuple(Figure(str(r[0]), r[1], "", str(r[2])) for r in figures[i.key]))
        for i in INPUTS
        if i.key != "previous"
    )
    cycle = q.YearCycle.objects.filter(agency=agency, year=year).first()
    steps = cycle.steps.select_related("task__lead_unit") if cycle else []
    review = q.ManagementReview.objects.filter(agency=agency, year=year, state="held").first()
    found = services.checks(agency, year, today)
    return YearReportPaper(
        letterhead(agency, day), year, agency.parent_name,
        opening=f"{agency.name} báo cáo kết quả duy trì hệ thống quản lý chất lượng năm {year} như sau:",
        maintenance=tuple(action(s.task, day) for s in steps), sections=sections,
        strengths=tuple(c.text for c in found if c.ok), weaknesses=tuple(c.text for c in found if not c.ok),
        next_year=actions(actions_of(review), today) if review else (), signatures=signed(None),
        recipients=tuple(filter(None, (agency.parent_name, "Các phòng, đơn vị", "Lưu: VT"))),
    )  # fmt: skip
