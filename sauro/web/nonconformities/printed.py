"""The form of one nonconformity as Word."""

from __future__ import annotations

import io

from django.http import FileResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from sauro.quality.models import Nonconformity
from sauro.quality.papers.improvement import nonconformity_paper
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing.quality.improvement import write_nonconformity

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def form(request: Request, pk: int) -> HttpResponseBase:
    """«Phiếu xử lý sự không phù hợp» of one nonconformity."""
    found = get_object_or_404(Nonconformity.objects.visible_to(request.user).select_related("agency", "unit"), pk=pk)
    out = io.BytesIO()
    write_nonconformity(out, nonconformity_paper(found, today()))
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{found.code}.docx", content_type=DOCX)
