"""The verbs on documents and their versions; each says what came of it, or why not and who can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sauro.documents.control import approval, circulation, drafts, reviews
from sauro.documents.control import register as master
from sauro.documents.errors import NotNow
from sauro.documents.models import ReviewFlag
from sauro.organization.models import Unit
from sauro.web.controlled.words import find_document, find_version
from sauro.web.request import Request
from sauro.web.today import today


def _done(request: Request, to: str, act: Callable[[], Any], said: str | Callable[[Any], str]) -> HttpResponse:
    try:
        found = act()
    except NotNow as no:
        messages.error(request, str(no))
    else:
        messages.success(request, said(found) if callable(said) else said)
    return redirect(to)


def _document(pk: int) -> str:
    return reverse("controlled", args=[pk])


@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """Begin a version beside the one in force, and go to write it."""
    document = find_document(request, pk)
    no = request.POST.get("issue_no", "")
    try:
        made = drafts.start_version(document, request.user, issue_no=int(no) if no.isdecimal() else None)
    except NotNow as refused:
        messages.error(request, str(refused))
        return redirect("controlled", pk)
    return redirect("version-edit", made.pk)


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Take a document out of force, with the reason."""
    document, reason = find_document(request, pk), request.POST.get("reason", "")
    return _done(
        request,
        _document(pk),
        lambda: master.make_obsolete(document, request.user, today(), reason),
        _("Đã bãi bỏ tài liệu. Các lần ban hành cũ vẫn giữ để tra cứu."),
    )


@require_POST
def review(request: Request, pk: int) -> HttpResponse:
    """Write down what a periodic review came to."""
    document = find_document(request, pk)
    outcome, note = request.POST.get("outcome", ""), request.POST.get("note", "")
    said = {
        ReviewFlag.Outcome.KEPT: _("Đã ghi: giữ nguyên. Kỳ xem xét sau tính từ hôm nay."),
        ReviewFlag.Outcome.REVISED: _("Đã ghi: sửa đổi. Soạn lần ban hành mới ở đây."),
        ReviewFlag.Outcome.OBSOLETE: _("Đã ghi: bãi bỏ tài liệu."),
    }
    return _done(
        request,
        _document(pk),
        lambda: reviews.settle(document, request.user, today(), outcome, note),
        lambda flag: said[flag.outcome],
    )


@require_POST
def send(request: Request, pk: int) -> HttpResponse:
    """Send a draft on."""
    version = find_version(request, pk)
    typed = request.POST.get("version", "")
    return _done(
        request,
        _document(version.document_id),
        lambda: drafts.send(version, request.user, expected=int(typed) if typed.isdecimal() else None),
        lambda sent: _("Đã gửi. Việc tiếp theo: %(who)s.") % {"who": drafts.next_hand(sent)},
    )


@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Take a sent version back."""
    version = find_version(request, pk)
    act = lambda: drafts.take_back(version, request.user)  # noqa: E731
    return _done(request, _document(version.document_id), act, _("Đã lấy lại bản soạn, sửa được ngay."))


@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """The version was checked."""
    version = find_version(request, pk)
    return _done(
        request,
        _document(version.document_id),
        lambda: approval.check(version, request.user),
        lambda done: _("Đã kiểm tra, chuyển phê duyệt: %(who)s.") % {"who": drafts.next_hand(done)},
    )


@require_POST
def return_version(request: Request, pk: int) -> HttpResponse:
    """Give a version back, with the reason."""
    version, reason = find_version(request, pk), request.POST.get("reason", "")
    return _done(
        request,
        _document(version.document_id),
        lambda: approval.return_version(version, request.user, reason),
        _("Đã trả lại bản soạn."),
    )


@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Give up a version that isn't in force yet."""
    version, reason = find_version(request, pk), request.POST.get("reason", "")
    return _done(
        request,
        _document(version.document_id),
        lambda: drafts.drop(version, request.user, today(), reason),
        _("Đã bỏ bản soạn."),
    )


@require_POST
def give(request: Request, pk: int) -> HttpResponse:
    """Give a version to more units."""
    version = find_version(request, pk)
    chosen = [int(v) for v in request.POST.getlist("units") if v.isdecimal()]
    units = list(Unit.objects.filter(agency_id=version.agency_id, pk__in=chosen))
    typed = request.POST.get("days", "")
    days = min(int(typed), 365) if typed.isdecimal() else circulation.DUE_DAYS
    return _done(
        request,
        reverse("version", args=[pk]),
        lambda: circulation.give(version, request.user, today(), units, days=days),
        lambda n: (
            ngettext("Đã phân phối, %(n)d người được yêu cầu đọc.", "Đã phân phối, %(n)d người được yêu cầu đọc.", n)
            % {"n": n}
        ),
    )


@require_POST
def acknowledge(request: Request, pk: int) -> HttpResponse:
    """The person confirms that they have read the version; back to where they came from."""
    version = find_version(request, pk)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("version", args=[pk])
    return _done(
        request,
        back,
        lambda: circulation.acknowledge(version, request.user),
        _("Đã xác nhận đọc %(code)s.") % {"code": version.document.code},
    )


@require_POST
def remind(request: Request, pk: int) -> HttpResponse:
    """Remind those who haven't read the version."""
    version = find_version(request, pk)
    return _done(
        request,
        reverse("version", args=[pk]),
        lambda: circulation.remind_of(version, request.user, today()),
        lambda n: ngettext("Đã nhắc %(n)d người.", "Đã nhắc %(n)d người.", n) % {"n": n},
    )
