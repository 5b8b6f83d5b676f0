"""Whose signatures the agency trusts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sauro.files import scanning
from sauro.monitoring import services
from sauro.organization.models import CertificateAuthority
from sauro.organization.policy import Capability, require
from sauro.plans.services.errors import NotNow
from sauro.web.request import Request
from sauro.web.today import today


@require_GET
def authority_list(request: Request) -> HttpResponse:
    """The certificate authorities that the agency trusts, and how files are scanned."""
    agency = request.user.unit.agency
    require(request.user, Capability.MANAGE_RULES, agency)
    rows = list(CertificateAuthority.objects.filter(agency=agency))
    n = len(rows)
    title = ngettext("%(n)d cơ quan chứng thực được tin cậy", "%(n)d cơ quan chứng thực được tin cậy", n) % {"n": n}
    context = {
        "rows": rows,
        "title": title if rows else _("Chưa tin cậy cơ quan chứng thực nào"),
        "today": today(),
        "scans": scanning.is_set_up(),
    }
    return render(request, "evidence/authorities.html", context)


@require_POST
def add(request: Request) -> HttpResponse:
    """Trust one more."""
    upload = request.FILES.get("tep")
    if upload is None:
        require(request.user, Capability.MANAGE_RULES, request.user.unit.agency)
        messages.error(request, _("Chưa chọn tệp nào."))
        return redirect("authority-list")
    try:
        data = upload.read(services.CERTIFICATE_LIMIT + 1)
        made = services.add_authority(request.user.unit.agency, request.user, data, today())
    except NotNow as no:
        messages.error(request, str(no))
    else:
        messages.success(request, _("Đã tin cậy %(name)s. Chữ ký đã có được kiểm tra lại.") % {"name": made.name})
    return redirect("authority-list")


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Trust one no longer."""
    authority = get_object_or_404(CertificateAuthority, pk=pk, agency=request.user.unit.agency)
    services.remove_authority(authority, request.user)
    messages.success(request, _("Đã bỏ %(name)s khỏi danh sách tin cậy.") % {"name": authority.name})
    return redirect("authority-list")
