"""Notices: what happened that concerns the person."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sauro.notices import services
from sauro.notices.models import Notice
from sauro.organization.models import Person
from sauro.web.context import badge
from sauro.web.look.text import vnumber
from sauro.web.request import Request
from sauro.web.waits import waits, waits_of

CAP = 99


@waits("notices")
def _unread(person: Person) -> list[Any]:
    return [services.unread_of(person).order_by().values_list("pk")[:CAP]]


@badge("notice-list")
def unread(request: HttpRequest) -> int:
    """How many notices the person hasn't seen, counted up to `CAP`."""
    return waits_of(request).counts["notices"]


@require_GET
def notice_list(request: Request) -> HttpResponse:
    """The person's notices, newest first."""
    page = Paginator(Notice.objects.filter(person=request.user).order_by("-id"), 50).get_page(request.GET.get("trang"))
    count = services.unread_of(request.user).count()
    title = (
        ngettext("%(n)s thông báo chưa xem", "%(n)s thông báo chưa xem", count) % {"n": vnumber(count)}
        if count
        else _("Đã xem hết thông báo")
    )
    return render(request, "home/notices.html", {"page": page, "title": title, "unread": count})


@require_POST
def open_notice(request: Request, pk: int) -> HttpResponse:
    """Mark one notice as seen and go to the page it is about."""
    notice = get_object_or_404(Notice, pk=pk, person=request.user)
    services.mark_read(request.user, notice=notice)
    local = url_has_allowed_host_and_scheme(notice.url, allowed_hosts={request.get_host()})
    return redirect(notice.url if notice.url and local else "notice-list")


@require_POST
def mark_all_read(request: Request) -> HttpResponse:
    """Mark every notice of the person as seen."""
    services.mark_read(request.user)
    return redirect("notice-list")
