"""What falls due, by month or as a list; and the page of one duty."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from sauro.monitoring import services
from sauro.monitoring.models import Duty, DutyQuerySet
from sauro.organization.models import DayOff, Person
from sauro.organization.models.units import under
from sauro.organization.policy import Capability, allows, reach
from sauro.organization.services import calendar_token
from sauro.plans.models import Plan
from sauro.plans.services.errors import NotNow
from sauro.web.calendar.month import Item, grid_span, next_month, previous_month, weeks
from sauro.web.home import works
from sauro.web.home.links import plan_url, task_url
from sauro.web.home.words import period_words
from sauro.web.look.text import vnumber
from sauro.web.request import Request
from sauro.web.today import today

A_DAY = 3
PAGE = 50


def first_of(text: str, on: dt.date) -> dt.date:
    """The month asked for as "2026-11"; this month where it can't be read."""
    try:
        found = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return on.replace(day=1)
    return found if 1990 <= found.year <= 2100 else on.replace(day=1)


def scoped(person: Person, whose: str, plan: str) -> DutyQuerySet:
    """The duties of the filter: mine, my unit's, the agency's; of one plan where given. Called-off ones are out."""
    rows = Duty.objects.visible_to(person).exclude(state=Duty.State.CANCELLED)
    if whose == "toi":
        rows = rows.owed_by(person)
    elif whose == "don-vi":
        rows = rows.filter(under("unit_path", person.unit.path))
    return rows.filter(plan_id=plan) if plan.isdecimal() else rows


def _item(duty: Duty, person: Person, on: dt.date, *, named: bool) -> Item:
    if duty.state == Duty.State.MET:
        tone = "done"
    else:
        tone = "late" if duty.due < on else "soon" if (duty.due - on).days <= 5 else ""
    what = {
        Duty.Kind.REPORT: _("báo cáo"),
        Duty.Kind.PERIODIC: _("thực hiện"),
        Duty.Kind.PLAN_REPORT: _("báo cáo kế hoạch"),
        Duty.Kind.MILESTONE: _("mốc"),
        Duty.Kind.FINISH: _("hoàn thành"),
        Duty.Kind.CALLED: _("báo cáo theo yêu cầu"),
    }[Duty.Kind(duty.kind)]
    state = {"done": _("đã xong"), "late": _("quá hạn")}.get(tone, "")
    ref = duty.task.ref if duty.task else duty.plan.number
    words = f"{ref} {what}".strip() + (f", {state}" if state else "")
    work = works.work_of(duty, person)
    # All units owe the same report on a plan on the same day: then who owes it tells more than of what it is.
    title = duty.unit.label if named and not duty.task else work.title
    return Item(words, title, work.url, tone, duty)


@require_GET
def calendar(request: Request) -> HttpResponse:
    """A month of duties as a grid or, on a phone or when asked for, as a list."""
    person, on = request.user, today()
    first = first_of(request.GET.get("thang", ""), on)
    owes = reach(person, Capability.REPORT) or person.post != Person.Post.MEMBER
    whose = request.GET.get("cua", "")
    whose = whose if whose in ("toi", "don-vi", "tat-ca") else ("toi" if owes else "tat-ca")
    plan = request.GET.get("ke_hoach", "")
    as_list = request.GET.get("kieu") == "danh-sach"
    start, end = grid_span(first)
    if as_list:
        start, end = first, next_month(first) - dt.timedelta(days=1)
    rows = scoped(person, whose, plan).filter(due__range=(start, end))
    days_off = DayOff.objects.filter(agency_id=person.agency_id, day__range=(start, end))
    counts = {r["due"]: r["n"] for r in rows.order_by().values("due").annotate(n=Count("pk")).order_by("due")}
    total = sum(n for day, n in counts.items() if day.month == first.month)
    context: dict[str, Any] = {
        "title": _title(first, total, on),
        "first": first,
        "whose": whose,
        "plan": plan,
        "plans": list(Plan.objects.visible_to(person).only("id", "number", "title")[:100]),
        "as_list": as_list,
        "previous": f"{previous_month(first):%Y-%m}",
        "next": f"{next_month(first):%Y-%m}",
        "this_month": f"{on:%Y-%m}",
        "today": on,
        "feed_url": request.build_absolute_uri(f"/lich/{calendar_token(person)}.ics"),
        "may_edit_days": bool(reach(person, Capability.MANAGE_CALENDAR)),
    }
    if as_list:
        listed = rows.select_related("plan", "task", "unit", "person").order_by("due", "id")
        page = Paginator(listed, PAGE).get_page(request.GET.get("trang"))
        context |= {"page": page, "works": [works.work_of(d, person) for d in page], "days_off": list(days_off)}
    else:
        ranked = rows.annotate(rank=Window(RowNumber(), partition_by=F("due"), order_by=[F("state").desc(), F("id")]))
        items: dict[dt.date, list[Item]] = {}
        for duty in ranked.filter(rank__lte=A_DAY).select_related("plan", "task", "unit").order_by("due", "rank"):
            items.setdefault(duty.due, []).append(_item(duty, person, on, named=whose == "tat-ca"))
        context["weeks"] = weeks(first, on, items, counts, days_off)
    return render(request, "calendar/calendar.html", context)


def _title(first: dt.date, total: int, on: dt.date) -> str:
    month = period_words(f"{first:%Y-%m}", year=first.year != on.year)
    if not total:
        return _("Không có việc nào đến hạn trong %(month)s") % {"month": month}
    return ngettext(
        "%(n)s việc đến hạn trong %(month)s", "%(n)s việc đến hạn trong %(month)s", total
    ) % {"n": vnumber(total), "month": month}  # fmt: skip


@require_http_methods(["GET", "POST"])
def duty(request: Request, pk: int) -> HttpResponse:
    """One duty that no report of a task answers: a report on the plan, a milestone. POST says that it has been met."""
    rows = Duty.objects.visible_to(request.user).select_related("plan", "task", "unit", "person")
    found = get_object_or_404(rows, pk=pk)
    kinds = Q(kind__in=[Duty.Kind.PLAN_REPORT, Duty.Kind.MILESTONE])
    may_meet = (
        found.state == Duty.State.OPEN
        and rows.filter(kinds, pk=pk).exists()
        and allows(request.user, Capability.REPORT, found)
    )
    error = ""
    if request.method == "POST":
        try:
            services.meet_duty(found, request.user, today(), note=request.POST.get("note", "")[:500])
        except NotNow as no:
            error = str(no)
        else:
            messages.success(request, _("Đã ghi nhận xong: %(what)s") % {"what": found.title})
            return redirect("home")
    work = works.work_of(found, request.user)
    context = {
        "duty": found,
        "work": work,
        "may_meet": may_meet,
        "error": error,
        "today": today(),
        "link": task_url(found.task_id) if found.task_id else plan_url(found.plan_id),
        "period": period_words(found.period, year=True) if found.kind != Duty.Kind.MILESTONE else "",
    }
    return render(request, "calendar/duty.html", context, status=409 if error else 200)
