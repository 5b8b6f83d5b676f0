"""The first page of the quality room: the wheel of the year, what waits for whom, what is thin."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.organization.policy import Capability, allows
from sauro.plans.models import Plan
from sauro.plans.services.errors import NotNow
from sauro.quality.conformity import Level, conformity_map, summary
from sauro.quality.ready.year import contents
from sauro.quality.services import feedback
from sauro.quality.services import year as services
from sauro.quality.waiting import Wait, waiting
from sauro.quality.wheel import AHEAD, DONE, DONE_LATE, LATE, RUNNING, Arc, wheel
from sauro.web.look.text import dmy
from sauro.web.quality import wheel as drawing
from sauro.web.quality.sections import sections
from sauro.web.quality.words import kind_choices, likely_kind
from sauro.web.request import Request
from sauro.web.start.done import invitation
from sauro.web.today import today

SHOWN = 6
TONES = {DONE: "done", DONE_LATE: "soon", RUNNING: "info", LATE: "late", AHEAD: "neutral"}
WORDS = {
    DONE: gettext_lazy("Xong"),
    DONE_LATE: gettext_lazy("Xong, trễ"),
    RUNNING: gettext_lazy("Đang làm"),
    LATE: gettext_lazy("Quá hạn"),
    AHEAD: gettext_lazy("Sắp tới"),
}


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("nam", "")
    return int(asked) if asked.isdecimal() and 2000 < int(asked) < 2100 else today().year


def _url(wait: Wait, readable: set[int]) -> str:
    # What a citizen wrote is not for everybody: who may not open it sees that it waits, without a link to nowhere.
    if wait.name == "feedback" and wait.pk not in readable:
        return ""
    try:
        return reverse(wait.name, args=[wait.pk] if wait.pk else [])
    except NoReverseMatch:
        return ""


def _when(arc: Arc) -> str:
    if arc.state in (DONE, DONE_LATE) and arc.task and arc.task.completed_on:
        late = (arc.task.completed_on - arc.task.due).days if arc.task.due else 0
        if late > 0:
            return _("Xong %(day)s, trễ %(n)d ngày") % {"day": dmy(arc.task.completed_on), "n": late}
        return _("Xong %(day)s, đúng hạn") % {"day": dmy(arc.task.completed_on)}
    if arc.task is None:
        return _("Chưa có nhiệm vụ trong kế hoạch năm")
    if arc.days is not None:
        if arc.days < 0:
            return _("Hạn %(day)s, quá %(n)d ngày") % {"day": dmy(arc.task.due), "n": -arc.days}
        return _("Hạn %(day)s, còn %(n)d ngày") % {"day": dmy(arc.task.due), "n": arc.days}
    return _("Cả năm, tiến độ %(n)d%%") % {"n": arc.task.progress}


@require_GET
def home(request: Request) -> HttpResponse:
    """The wheel, what is due, what is thin, what waits for whom."""
    agency, day, year = request.user.unit.agency, today(), _year(request)
    cycle = services.cycle_of(agency, year)
    arcs = wheel(cycle, year, day)
    waits = waiting(agency, day)
    asked = [w.pk for w in waits if w.name == "feedback"]
    readable = set(feedback.visible_to(request.user).filter(pk__in=asked).values_list("pk", flat=True))
    linked = [(w, _url(w, readable)) for w in waits]
    views = conformity_map(agency, year, day)
    thin = [v for v in views if v.clause.level == 2 and v.level in (Level.THIN, Level.EMPTY) and v.missing]
    context = {
        "title": _("Vòng năm %(year)d") % {"year": year},
        "sections": sections("quality"),
        "year": year,
        "cycle": cycle,
        "wheel": drawing.draw(arcs, year, day),
        "steps": [(arc, TONES[arc.state], WORDS[arc.state], _when(arc)) for arc in arcs],
        "waits": linked[:SHOWN],
        "waits_all": len(waits),
        "waits_late": sum(w.due < day for w in waits),
        "more": linked[SHOWN:],
        "chapters": chapters(views),
        "levels": [(level, level.label, summary(views)[level]) for level in Level],
        "thin": thin[:4],
        "today": day,
        "may_start": cycle is None and allows(request.user, Capability.ADOPT_PLAN, agency),
        "may_take": cycle is None and allows(request.user, Capability.RUN_QUALITY, agency),
        "kinds": kind_choices(),
        "kind": likely_kind(agency),
        "invite": invitation(request.user),
        "may_folder": any(
            allows(request.user, c, agency) for c in (Capability.RUN_QUALITY, Capability.AUDIT, Capability.DECLARE)
        ),
    }
    return render(request, "quality/home.html", context)


def chapters(views: Any) -> list[dict[str, Any]]:
    """The map's rows: each chapter with its squares."""
    rows: list[dict[str, Any]] = []
    for view in views:
        if view.clause.level == 1:
            rows.append({"view": view, "squares": []})
        elif view.clause.level == 2:
            rows[-1]["squares"].append(view)
    return rows


class StartForm(forms.Form):
    """Which year, and what kind of agency."""

    year = forms.IntegerField(min_value=2000, max_value=2100)
    kind = forms.ChoiceField(choices=kind_choices)


@require_POST
def start(request: Request) -> HttpResponse:
    """Adopt the ready plan of the year."""
    form = StartForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Chọn năm và loại cơ quan."))
        return redirect("quality")
    agency, data = request.user.unit.agency, form.cleaned_data
    try:
        cycle = services.start_year(agency, data["year"], data["kind"], request.user, today())
    except NotNow as said:
        messages.error(request, str(said))
        return redirect("quality")
    messages.success(
        request,
        _("Đã thông qua kế hoạch duy trì năm %(year)d. Xem và giao người ở trang kế hoạch.") % {"year": cycle.year},
    )
    return redirect(f"{reverse('quality')}?nam={cycle.year}")


@require_http_methods(["GET", "POST"])
def take(request: Request) -> HttpResponse:
    """Take a plan that was issued as the year's cycle: which task is which content."""
    year = _year(request)
    plans = Plan.objects.visible_to(request.user).filter(
        unit=None, starts_on__lte=dt.date(year, 12, 31), ends_on__gte=dt.date(year, 1, 1), quality_cycle=None
    )
    chosen = request.POST.get("plan") or request.GET.get("ke_hoach", "")
    plan = get_object_or_404(plans, pk=chosen) if str(chosen).isdecimal() else None
    tasks = list(plan.tasks.in_force().of_the_plan().order_by("order")) if plan else []
    if request.method == "POST" and plan:
        by_pk = {str(t.pk): t for t in tasks}
        steps = {str(c.number): by_pk[v] for c in contents() if (v := request.POST.get(f"step{c.number}", "")) in by_pk}
        try:
            services.take_as_cycle(plan, year, steps, request.user)
        except NotNow as said:
            messages.error(request, str(said))
        else:
            messages.success(request, _("Đã lấy kế hoạch %(plan)s làm vòng năm.") % {"plan": plan.number or plan.title})
            return redirect(f"{reverse('quality')}?nam={year}")
    guessed = services.guess_steps(tasks)
    context = {
        "title": _("Lấy kế hoạch đã ban hành làm vòng năm %(year)d") % {"year": year},
        "sections": sections("quality"),
        "year": year,
        "plans": plans,
        "plan": plan,
        "tasks": tasks,
        "rows": [(c, guessed[str(c.number)].pk if str(c.number) in guessed else None) for c in contents()],
    }
    return render(request, "quality/take.html", context)
