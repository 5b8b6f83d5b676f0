"""Papers of audits hold what the records hold, and open as Word."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document

from sauro.quality.papers import audit as papers
from sauro.quality.services import audits
from sauro.quality.tests.audit_parts import STARTS, make_audit, make_programme, plan_of, team
from sauro.testing import TRADE, World
from sauro.writing.quality import audit as writing

pytestmark = pytest.mark.django_db


def words_of(write: Callable[[Any, Any], None], paper: Any) -> str:
    out = io.BytesIO()
    write(out, paper)
    out.seek(0)
    document = Document(out)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_report_of_the_year_tells_findings_follow_up_and_what_was_not_held(agency_world: World) -> None:
    w = agency_world
    audit = make_audit(w, "reported")
    other = audits.plan_audit(audit.programme, w.chi, plan_of(w), team(w))
    paper = papers.audit_report_paper(w.agency, 2026, STARTS)
    assert [f.code for f in paper.findings] == ["PH-2026-01"]
    assert paper.findings[0].status.startswith("KPH-2026-01")
    text = words_of(writing.write_audit_report, paper)
    for said in (TRADE, "3/5 hồ sơ thiếu phiếu kiểm soát", "Vũ Thị Hòa", f"Chưa có báo cáo: {other.code}"):
        assert said in text


def test_a_year_without_audits_has_a_report_that_says_so(agency_world: World) -> None:
    paper = papers.audit_report_paper(agency_world.agency, 2026, STARTS)
    assert (paper.findings, paper.units) == ((), ())
    assert "Đoàn không có phát hiện nào" in words_of(writing.write_audit_report, paper)


def test_programme_plan_checklist_and_minutes_open_as_word(agency_world: World) -> None:
    audit = make_audit(agency_world, "reported")
    programme = words_of(writing.write_audit_programme, papers.programme_paper(audit.programme))
    assert "Văn phòng Sở: chưa có cuộc đánh giá trong năm" in programme
    assert audit.code in words_of(writing.write_audit_plan, papers.plan_paper(audit))
    assert audit.items.all()[0].question in words_of(writing.write_checklist, papers.checklist_paper(audit))
    minutes = words_of(writing.write_audit_minutes, papers.minutes_paper(audit, STARTS))
    assert "Hệ thống cơ bản phù hợp." in minutes


def test_a_programme_without_audits_prints_too(agency_world: World) -> None:
    assert "chưa có cuộc đánh giá" in words_of(
        writing.write_audit_programme, papers.programme_paper(make_programme(agency_world))
    )
