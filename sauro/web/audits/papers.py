"""Papers of audits in Word."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from django.http import FileResponse
from django.views.decorators.http import require_GET

from sauro.quality.papers import audit as made
from sauro.vietnamese.text import fold
from sauro.web.audits.parts import find_audit, find_programme, must_see_papers
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing.quality import audit as writing

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _sent(write: Callable[[Any, Any], None], paper: Any, name: str) -> FileResponse:
    out = io.BytesIO()
    write(out, paper)
    out.seek(0)
    safe = "-".join(fold(name).replace("/", "-").split())
    return FileResponse(out, as_attachment=True, filename=f"{safe}.docx", content_type=DOCX)


@require_GET
def programme(request: Request, pk: int) -> FileResponse:
    """The year's programme."""
    row = find_programme(request, pk)
    return _sent(writing.write_audit_programme, made.programme_paper(row), f"chuong trinh danh gia {row.year}")


@require_GET
def report(request: Request, pk: int) -> FileResponse:
    """The report of the year's audits."""
    row = find_programme(request, pk)
    paper = made.audit_report_paper(row.agency, row.year, today())
    return _sent(writing.write_audit_report, paper, f"bao cao danh gia noi bo {row.year}")


@require_GET
def plan(request: Request, pk: int) -> FileResponse:
    """The plan of one audit."""
    row = find_audit(request, pk)
    return _sent(writing.write_audit_plan, made.plan_paper(row), f"ke hoach {row.code}")


@require_GET
def checklist(request: Request, pk: int) -> FileResponse:
    """The checklist of one audit."""
    row = find_audit(request, pk)
    must_see_papers(request, row)
    return _sent(writing.write_checklist, made.checklist_paper(row), f"phieu kiem tra {row.code}")


@require_GET
def minutes(request: Request, pk: int) -> FileResponse:
    """The minutes of one audit."""
    row = find_audit(request, pk)
    must_see_papers(request, row)
    return _sent(writing.write_audit_minutes, made.minutes_paper(row, today()), f"bien ban {row.code}")
