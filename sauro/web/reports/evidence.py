"""Files that prove a report: taken in, taken off, given out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sauro.files.kinds import SHOWN_IN_BROWSER
from sauro.files.services import FileRefused, open_stored
from sauro.monitoring import services
from sauro.monitoring.models import Evidence
from sauro.plans.services.errors import NotNow
from sauro.web.reports import views
from sauro.web.request import Request

# A browser's own PDF viewer does not run inside a sandbox; PDF scripts never run in the page's origin.
SANDBOX = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
PDF_POLICY = "default-src 'none'; object-src 'self'; plugin-types application/pdf; frame-ancestors 'none'"


@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """Take in files for a draft, or take one off. What was typed beside them is kept as well."""
    draft = views.find_own_draft(request, pk)
    form, refused = views._keep(request, draft)
    if refused:
        return refused
    said: list[dict[str, Any]] = []
    if request.POST.get("remove", "").isdecimal():
        gone = get_object_or_404(Evidence, pk=request.POST["remove"], report=draft)
        try:
            services.remove_evidence(gone, request.user)
        except NotNow as no:
            said.append({"name": gone.name, "why": str(no)})
    else:
        for upload in request.FILES.getlist("evidence"):
            try:
                services.add_evidence(form.report, request.user, upload, upload.name or "")
            except (FileRefused, NotNow) as no:
                said.append({"name": upload.name, "why": str(no)})
        if not request.FILES.getlist("evidence"):
            said.append({"name": "", "why": _("Chưa chọn tệp nào.")})
    if request.htmx:
        fresh = views._form_of(request, views.find_own_draft(request, pk), None)
        context = {"form": fresh, "report": fresh.report, "refused": said, "oob": True}
        return render(request, "reports/files.html", context)
    for refusal in said:
        messages.error(request, f"{refusal['name']}: {refusal['why']}" if refusal["name"] else refusal["why"])
    return redirect(reverse("report", args=[pk]) + "#minh-chung")


@require_GET
def show(request: Request, pk: int) -> HttpResponseBase:
    """A file of evidence: shown in the browser where that is safe and `?xem` asks for it, else to download."""
    evidence = get_object_or_404(Evidence.objects.visible_to(request.user).select_related("file"), pk=pk)
    if evidence.file is None:
        return redirect(evidence.link)
    kind = evidence.file.media_type
    inline = "xem" in request.GET and kind in SHOWN_IN_BROWSER
    try:
        source = open_stored(evidence.file)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        source,
        as_attachment=not inline,
        filename=evidence.name,
        content_type=kind if inline or kind in SHOWN_IN_BROWSER else "application/octet-stream",
    )
    response["Content-Length"] = str(evidence.file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_POLICY if inline and kind == "application/pdf" else SANDBOX
    response["Cache-Control"] = "private, no-cache"
    return response
