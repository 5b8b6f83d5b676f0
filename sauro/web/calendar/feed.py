"""The calendar that a person subscribes to from a phone or a mail programme."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe
from icalendar import Calendar, Event, Timezone, TimezoneStandard

from sauro.monitoring.models import Duty
from sauro.organization import services as organization
from sauro.organization.models import Person
from sauro.web.home import works
from sauro.web.request import Request
from sauro.web.today import today

BACK = dt.timedelta(days=60)
MOST = 1000
ZONE = "Asia/Ho_Chi_Minh"


def zone() -> Timezone:
    """Việt Nam's time: seven hours ahead of UTC, the same all year."""
    standard = TimezoneStandard()
    standard.add("dtstart", dt.datetime(1975, 6, 13))  # noqa: DTZ001
    standard.add("tzoffsetfrom", dt.timedelta(hours=8))
    standard.add("tzoffsetto", dt.timedelta(hours=7))
    standard.add("tzname", "+07")
    made = Timezone()
    made.add("tzid", ZONE)
    made.add_component(standard)
    return made


def calendar_of(person: Person, on: dt.date, page_url: str = "") -> Calendar:
    """The open duties that the person owes, each an event of a whole day; its UID is the duty's and never changes.

    `page_url` leads to the site, for the links of the events. From 60 days back, `MOST` at the most.
    """
    made = Calendar()
    made.add("prodid", "-//Sáu Rõ//Việc đến hạn//VI")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Sáu Rõ: việc của %(name)s") % {"name": person.full_name})
    made.add("x-wr-timezone", ZONE)
    made.add("refresh-interval;value=duration", "PT6H")
    made.add_component(zone())
    stamp = dt.datetime.combine(on, dt.time(0), tzinfo=dt.UTC)
    mine = Duty.objects.owed_by(person).open().filter(due__gte=on - BACK)
    for duty in mine.select_related("plan", "task").order_by("due", "id")[:MOST]:
        work = works.work_of(duty, person)
        event = Event()
        event.add("uid", f"duty-{duty.pk}@sauro")
        event.add("dtstamp", stamp)
        event.add("dtstart", duty.due)
        event.add("dtend", duty.due + dt.timedelta(days=1))
        event.add("summary", f"{work.head} {duty.title}"[:300])
        event.add("description", f"{work.meta}\n{page_url}{work.url}" if page_url else work.meta)
        if page_url:
            event.add("url", page_url + work.url)
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return made


@login_not_required
@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """The feed behind a secret address; 404 for an address that is no longer, or never was, anyone's."""
    person = Person.objects.select_related("unit__agency", "role").filter(calendar_token=token, is_active=True).first()
    if not person:
        raise Http404
    with override(person.language):
        body = calendar_of(person, today(), request.build_absolute_uri("/").rstrip("/")).to_ical()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, max-age=3600", "Referrer-Policy": "no-referrer"}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="sauro.ics"'
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


@require_POST
def renew(request: Request) -> HttpResponse:
    """A new secret address; calendars that use the old one get nothing more."""
    organization.renew_calendar_token(request.user)
    messages.success(request, _("Đã đổi địa chỉ lịch. Nơi nào đang dùng địa chỉ cũ thì dán lại địa chỉ mới."))
    return redirect("calendar")
