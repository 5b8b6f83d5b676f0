"""The agency's Word templates: uploaded, checked, looked at, chosen."""

from __future__ import annotations

import io
import tempfile
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from sauro.monitoring import services
from sauro.monitoring.models import ReportTemplate
from sauro.monitoring.services import TemplateRefused
from sauro.monitoring.template_words import said
from sauro.organization.policy import Capability, allows
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.text import fold
from sauro.web.listing import MEDIA
from sauro.web.request import Request
from sauro.writing.report import PLACEHOLDERS, sample_content, standard_template, write_report


class UploadForm(forms.Form):
    """A template's name and file. The same name makes the next version."""

    name = forms.CharField(
        label=gettext_lazy("Tên mẫu"),
        max_length=200,
        help_text=gettext_lazy("Cùng tên với mẫu đang có thì thành bản mới của mẫu đó."),
    )
    tep = forms.FileField(
        label=gettext_lazy("Tệp mẫu"),
        help_text=gettext_lazy("Word dạng .docx, không có macro; tối đa 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )


def _may(request: Request) -> bool:
    return allows(request.user, Capability.MANAGE_RULES, request.user.unit.agency)


@require_http_methods(["GET", "HEAD", "POST"])
def template_list(request: Request) -> HttpResponse:
    """Every template with its versions; uploading a new one says each mistake in it."""
    me = request.user
    form = UploadForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["tep"]
            try:
                made = services.upload_template(me, form.cleaned_data["name"], file, file.name)
            except TemplateRefused as refused:
                faults = [said(fault) for fault in refused.faults]
                form.add_error("tep", str(refused))
            except NotNow as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(
                    request, _("Đã nhận mẫu %(name)s, bản %(version)d.") % {"name": made.name, "version": made.version}
                )
                return redirect("template-list")
    rows = ReportTemplate.objects.visible_to(me).select_related("file", "uploaded_by")
    context: dict[str, Any] = {
        "form": form,
        "faults": faults,
        "rows": rows,
        "may": _may(request),
        "places": [(name, _(p.words), p.required, p.is_list, p.fields) for name, p in PLACEHOLDERS.items()],
    }
    return render(request, "rounds/templates.html", context, status=status)


def _docx(data: io.BytesIO | Any, name: str) -> FileResponse:
    return FileResponse(data, as_attachment=True, filename=name, content_type=MEDIA["docx"])


@require_safe
def standard(request: Request) -> HttpResponseBase:
    """The template that ships with the project, to change in Word and upload as one's own."""
    return _docx(io.BytesIO(standard_template()), "mau-bao-cao-nghi-dinh-30.docx")


def _find(request: Request, pk: int) -> ReportTemplate:
    return get_object_or_404(ReportTemplate.objects.visible_to(request.user).select_related("file"), pk=pk)


@require_safe
def template_file(request: Request, pk: int) -> HttpResponseBase:
    """One version as it was uploaded."""
    found = _find(request, pk)
    return _docx(default_storage.open(found.file.storage_name), _name(found, "mau"))


@require_GET
def preview(request: Request, pk: int) -> HttpResponseBase:
    """One version filled with invented content."""
    found = _find(request, pk)
    with default_storage.open(found.file.storage_name) as source:
        data = source.read()
    out = tempfile.TemporaryFile()  # noqa: SIM115 — closed when the response has been sent
    write_report(sample_content(), out, data)
    out.seek(0)
    return _docx(out, _name(found, "xem-thu"))


def _name(template: ReportTemplate, prefix: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in fold(f"{prefix} {template.name} ban {template.version}"))
    return "-".join(words.split())[:80] + ".docx"


@require_POST
def use(request: Request, pk: int) -> HttpResponse:
    """Offer a version to those who write reports, or no longer."""
    found = _find(request, pk)
    services.use_template(found, request.user, active=request.POST.get("dung") == "1")
    messages.success(request, _("Đã ghi."))
    return redirect("template-list")
