"""The verbs on an audit."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sauro.quality.services import audits
from sauro.web.audits.parts import done, find_audit
from sauro.web.request import Request
from sauro.web.today import today


@require_POST
def notify(request: Request, pk: int) -> HttpResponse:
    """Send the plan to the unit."""
    row = find_audit(request, pk)
    said = _("Đã gửi kế hoạch cho %(unit)s và đoàn đánh giá.") % {"unit": row.unit.name}
    return done(request, lambda: audits.notify_unit(row, request.user, today()), said, "audit", pk)


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Not hold it, with the reason."""
    row, reason = find_audit(request, pk), request.POST.get("ly_do", "")
    said = _("Đã ghi: thôi thực hiện.")
    return done(request, lambda: audits.cancel_audit(row, request.user, reason), said, "audit", pk)


@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """Begin, and go to the walking page."""
    row = find_audit(request, pk)
    said = _("Cuộc đánh giá đã bắt đầu.")
    return done(request, lambda: audits.start_audit(row, request.user, today()), said, "audit", pk)


@require_POST
def report(request: Request, pk: int) -> HttpResponse:
    """Report the results."""
    row, data = find_audit(request, pk), request.POST
    said = _("Đã báo cáo. Mỗi phát hiện không phù hợp đã mở một sự không phù hợp.")
    words = {"summary": data.get("summary", ""), "strengths": data.get("strengths", "")}
    return done(request, lambda: audits.report_audit(row, request.user, today(), **words), said, "audit", pk)


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Close it."""
    row = find_audit(request, pk)
    return done(
        request,
        lambda: audits.close_audit(row, request.user, today()),
        _("Đã đóng cuộc đánh giá."),
        "audit",
        pk,
    )
