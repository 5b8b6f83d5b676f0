"""Pages of a file as pictures, newer versions, links."""

from __future__ import annotations

import io

import pypdfium2
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sauro.files.services import FileRefused, open_stored
from sauro.monitoring import services
from sauro.monitoring.models import Evidence
from sauro.plans.services.errors import NotNow
from sauro.web.reports import views
from sauro.web.request import Request

WIDTH = 1100
# A page drawn for the screen; a PDF may claim pages as large as a wall.
LARGEST = 4000


@require_GET
def preview(request: Request, pk: int, no: int) -> HttpResponse:
    """Page `no` of a PDF, from 1, as a picture: shows in every browser and runs nothing."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user).select_related("file"), pk=pk)
    if evidence.file is None or evidence.file.media_type != "application/pdf" or no < 1:
        raise Http404
    try:
        with open_stored(evidence.file) as source:
            picture = _drawn(source.read(), no)
    except (FileNotFoundError, pypdfium2.PdfiumError, IndexError):
        raise Http404 from None
    response = HttpResponse(picture, content_type="image/png")
    response["Cache-Control"] = "private, max-age=86400, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _drawn(data: bytes, no: int) -> bytes:
    with pypdfium2.PdfDocument(data) as document:
        if no > len(document):
            raise IndexError(no)
        page = document[no - 1]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), LARGEST / max(height, 1))
        out = io.BytesIO()
        page.render(scale=scale).to_pil().save(out, "PNG", optimize=False)
    return out.getvalue()


def pages_of(evidence: Evidence) -> int:
    """How many pages a PDF has; 0 where it is none or can't be opened."""
    if evidence.file is None or evidence.file.media_type != "application/pdf":
        return 0
    try:
        with open_stored(evidence.file) as source, pypdfium2.PdfDocument(source.read()) as document:
            return len(document)
    except (FileNotFoundError, pypdfium2.PdfiumError):
        return 0


@require_POST
def replace(request: Request, pk: int) -> HttpResponse:
    """A newer version of a file of a report that the person writes in."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user).select_related("report__unit"), pk=pk)
    back = reverse("evidence-page", args=[pk])
    upload = request.FILES.get("tep")
    if upload is None:
        messages.error(request, _("Chưa chọn tệp nào."))
        return redirect(back)
    try:
        back = reverse(
            "evidence-page", args=[services.replace_evidence(evidence, request.user, upload, upload.name or "").pk]
        )
    except (FileRefused, NotNow) as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Đã thay %(name)s bằng bản mới. Bản cũ vẫn được giữ.") % {"name": evidence.name})
    return redirect(back)


@require_POST
def add_link(request: Request, pk: int) -> HttpResponse:
    """Attach a link to a report that the person writes in. What was typed beside it is kept as well."""
    report = views.find_own_draft(request, pk)
    _form, refused = views._keep(request, report)
    if refused:
        return refused
    try:
        services.add_link(report, request.user, request.POST.get("link", ""), name=request.POST.get("link_name", ""))
    except NotNow as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Đã thêm đường dẫn. Đường dẫn chưa được tính là minh chứng."))
    return redirect(reverse("report", args=[pk]) + "#minh-chung")
