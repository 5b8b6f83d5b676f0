"""A person's own page: what I owe, by when; then what is late in what I answer for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sauro.documents.models import Reading
from sauro.monitoring import services as monitoring
from sauro.organization.models import Person
from sauro.organization.policy import Capability, reach
from sauro.web.controlled.reading import on_home
from sauro.web.home import works
from sauro.web.home.links import reading_url
from sauro.web.home.scope import Scope, scope_of
from sauro.web.look.text import vnumber, weekday_dmy
from sauro.web.nonconformities import home as nonconformities
from sauro.web.request import Request
from sauro.web.today import today


@require_GET
def home(request: Request) -> HttpResponse:
    """What waits for the person, in four groups; beside it what they answer for, and readings that wait."""
    counts = works.counts_of(request)
    groups = works.groups_of(request, whole="het" in request.GET)
    scope = scope_of(request.user, today())
    nothing_now = not (counts.overdue or counts.week)
    context = {
        "title": title_of(counts, scope),
        "counts": counts,
        "groups": groups,
        "scope": scope,
        "today": today(),
        "nothing_now": nothing_now,
        "nearest": nearest_words(groups) if nothing_now else "",
        "may_remind": bool(reach(request.user, Capability.ASSIGN_TASK)),
        "readings": waiting_readings(request.user),
        "to_read": on_home(request.user),
        "to_answer": nonconformities.on_home(request),
        "whole": "het" in request.GET,
    }
    return render(request, "home/home.html", context)


def title_of(counts: works.Counts, scope: Scope | None) -> str:
    """The answer: how many wait, how many of them are overdue."""
    if counts.capped:
        total = _("Hơn %(n)s việc đang chờ") % {"n": vnumber(works.CAP)}
    elif counts.total:
        total = ngettext("%(n)s việc đang chờ", "%(n)s việc đang chờ", counts.total) % {"n": vnumber(counts.total)}
    elif scope and scope.counts.open_overdue:
        count = scope.counts.open_overdue
        return ngettext(
            "Không có việc nào đang chờ; %(n)s nhiệm vụ trong phạm vi theo dõi đã quá hạn",
            "Không có việc nào đang chờ; %(n)s nhiệm vụ trong phạm vi theo dõi đã quá hạn",
            count,
        ) % {"n": vnumber(count)}
    else:
        return _("Không có việc nào đang chờ")
    if not counts.overdue:
        return _("%(total)s, không việc nào quá hạn") % {"total": total}
    late = ngettext("%(n)s việc đã quá hạn", "%(n)s việc đã quá hạn", counts.overdue) % {"n": vnumber(counts.overdue)}
    return f"{total}, {late}"


def nearest_words(groups: list[works.Group]) -> str:
    """The work that comes next, in one sentence."""
    for group in groups:
        for work in group.works:
            return _("Việc gần nhất: %(what)s Hạn %(day)s.") % {
                "what": f"{work.head} {work.title}".strip(),
                "day": weekday_dmy(work.duty.due),
            }
    return ""


def waiting_readings(person: Person) -> list[dict[str, Any]]:
    """Documents that were read and wait for review, for those who may review them."""
    if not reach(person, Capability.READ_DOCUMENT):
        return []
    ready = Reading.objects.filter(agency_id=person.agency_id, state=Reading.State.READY)
    return [
        {"title": str(r), "url": reading_url(r.pk), "at": r.uploaded_at}
        for r in ready.only("id", "file_name", "uploaded_at", "draft").order_by("-id")[:3]
    ]


@require_POST
def remind(request: Request) -> HttpResponse:
    """Call those accountable for what is overdue in what the person answers for."""
    scope = scope_of(request.user, today())
    told = monitoring.remind([late.task for late in scope.overdue] if scope else [], request.user, today())
    if told:
        messages.success(request, _("Đã nhắc %(names)s.") % {"names": ", ".join(p.full_name for p in told)})
    else:
        messages.info(request, _("Hôm nay đã nhắc, hoặc việc quá hạn chưa rõ người chịu trách nhiệm."))
    return redirect("home")
