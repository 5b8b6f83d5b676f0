"""Ratings of a plan's objectives: the grid of the year, one rating, the month's sign-off, the Ministry's form."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauro.monitoring import ratings
from sauro.monitoring.models import Rating
from sauro.monitoring.ratings.form import form_of, name_of
from sauro.organization.policy import Capability, allows, holders
from sauro.plans.models import Objective, Plan
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.periods import Period
from sauro.vietnamese.text import nfc
from sauro.web.home.words import period_words
from sauro.web.look.rating import WORDS
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import write_tracking_docx, write_tracking_pdf

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


class RatingForm(forms.Form):
    """The level a person decides on, and a note."""

    level = forms.ChoiceField(
        label=gettext_lazy("Mức độ hoàn thành"), choices=Rating.Level.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In vào cột Ghi chú của phiếu theo dõi."),
    )


@dataclass(slots=True)
class Box:
    """One cell of the grid: a month of an objective."""

    month: Period
    level: str = ""
    suggested: str = ""
    note: str = ""
    begun: bool = True


@dataclass(slots=True)
class MonthHead:
    """The head of a month, with its signature and what can be done."""

    month: Period
    words: str
    begun: bool
    rated: int = 0
    signed: Rating | None = None
    can_sign: bool = False


@dataclass(slots=True)
class Line:
    """One objective and its months."""

    objective: Objective
    boxes: list[Box] = field(default_factory=list)


def _plan(request: Request, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related("agency"), pk=pk)


def _month(text: str) -> Period:
    try:
        month = Period.parse(text)
    except ValueError:
        raise Http404 from None
    if month.kind != "month":
        raise Http404
    return month


@require_safe
def grid(request: Request, pk: int) -> HttpResponse:
    """Objectives by month of one year: what was decided, and apart from it what the rule suggests."""
    plan, on = _plan(request, pk), today()
    years = list(range(plan.starts_on.year, plan.ends_on.year + 1))
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else min(max(on.year, years[0]), years[-1])
    months = ratings.months_of(plan, year)
    objectives = list(plan.objectives.filter(ended_in=None).order_by("order"))
    given = {
        (r.objective_id, r.month): r
        for r in Rating.objects.filter(objective__in=objectives, month__startswith=f"{year}-").select_related(
            "signed_by"
        )
    }
    open_months = [m for m in months if any((o.pk, str(m)) not in given for o in objectives)]
    facts = ratings.facts_by_month(plan, objectives, open_months, on)
    lines = [Line(o, [_box(o, m, given, facts, on) for m in months]) for o in objectives]
    signer = allows(request.user, Capability.SIGN_RATING, plan)
    heads = []
    for month in months:
        here = [given[o.pk, str(month)] for o in objectives if (o.pk, str(month)) in given]
        signed = next((r for r in here if r.signed_at), None)
        whole = len(here) == len(objectives) > 0
        head = MonthHead(month, period_words(str(month)), month.start <= on, len(here), signed)
        head.can_sign = signer and whole and signed is None and month.end <= on
        heads.append(head)
    waiting = [h for h in heads if h.begun and not h.signed]
    return render(
        request,
        "ratings/grid.html",
        {
            "plan": plan,
            "year": year,
            "years": years if len(years) > 1 else [],
            "heads": heads,
            "lines": lines,
            "waiting": waiting,
            "rule": [(WORDS[level], level, when) for level, when in ratings.rule_words()],
            "may_rate": allows(request.user, Capability.RATE, plan),
            "who_rates": holders(Capability.RATE, plan),
            "may_sign": signer,
            "who_signs": holders(Capability.SIGN_RATING, plan),
        },
    )


def _box(objective: Objective, month: Period, given: dict[Any, Rating], facts: dict[Any, Any], on: Any) -> Box:
    rating = given.get((objective.pk, str(month)))
    if rating:
        return Box(month, rating.level, rating.suggested, rating.note)
    known = facts.get((objective.pk, str(month)))
    return Box(month, suggested=ratings.suggest(known).level if known else "", begun=month.start <= on)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Request, pk: int, month: str, objective: int) -> HttpResponse:
    """One objective in one month: the facts, what the rule makes of them, what was decided; its form for who may."""
    plan, period, on = _plan(request, pk), _month(month), today()
    found = get_object_or_404(plan.objectives.select_related("plan"), pk=objective)
    rating = Rating.objects.filter(objective=found, month=str(period)).select_related("decided_by", "signed_by").first()
    blocked, status = "", 200
    shown = RatingForm(initial={"level": rating.level, "note": rating.note} if rating else None)
    if request.method == "POST":
        shown = RatingForm({k: nfc(str(v)) for k, v in request.POST.items()})
        status = 422
        if shown.is_valid():
            try:
                ratings.rate(
                    found, period, shown.cleaned_data["level"], request.user, on, note=shown.cleaned_data["note"]
                )
                words = _("Đã đánh giá mục tiêu, %(month)s.") % {"month": period_words(str(period))}
                messages.success(request, words)
                return redirect("ratings", plan.pk)
            except NotNow as refusal:
                status, blocked = 409, str(refusal)
                shown.add_error(None, blocked)
    objectives = list(plan.objectives.filter(ended_in=None).order_by("order"))
    facts = ratings.facts_by_month(plan, objectives, [period], on).get((found.pk, str(period)), ratings.Facts())
    return render(
        request,
        "ratings/one.html",
        {
            "plan": plan,
            "objective": found,
            "month": period,
            "month_words": period_words(str(period)),
            "rating": rating,
            "facts": ratings.facts_words(facts),
            "told": ratings.suggest(facts),
            "rule": [(WORDS[level], level, when) for level, when in ratings.rule_words()],
            "form": shown,
            "may_rate": allows(request.user, Capability.RATE, plan) and not (rating and rating.signed_at),
            "who_rates": holders(Capability.RATE, plan),
            "who_signs": holders(Capability.SIGN_RATING, plan),
            "ahead": period.start > on,
            "may_sign": allows(request.user, Capability.SIGN_RATING, plan),
        },
        status=status,
    )


@require_POST
def sign(request: Request, pk: int, month: str) -> HttpResponse:
    """The QMR signs the month off."""
    plan, period = _plan(request, pk), _month(month)
    try:
        ratings.sign_month(plan, period, request.user, today())
        messages.success(request, _("Đã ký xác nhận %(month)s.") % {"month": period_words(str(period))})
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return redirect("ratings", plan.pk)


@require_POST
def withdraw(request: Request, pk: int, month: str) -> HttpResponse:
    """The QMR takes the sign-off back, with a reason."""
    plan, period = _plan(request, pk), _month(month)
    try:
        ratings.withdraw_signature(plan, period, request.user, nfc(request.POST.get("reason", "")))
        messages.success(request, _("Đã rút xác nhận %(month)s.") % {"month": period_words(str(period))})
    except NotNow as refusal:
        messages.error(request, str(refusal))
    return redirect("ratings", plan.pk)


@require_safe
def form(request: Request, pk: int, year: int, half: int, kind: str) -> HttpResponseBase:
    """The tracking form of a half-year (`half` 1 or 2; 0: both) as Word or PDF."""
    plan = _plan(request, pk)
    if kind not in MEDIA or half not in (0, 1, 2) or not plan.starts_on.year <= year <= plan.ends_on.year:
        raise Http404
    made = form_of(plan, year, (half,) if half else (1, 2))
    # Spooled to disk: closed, and so removed, when the response has been sent.
    out = tempfile.TemporaryFile()  # noqa: SIM115
    (write_tracking_docx if kind == "docx" else write_tracking_pdf)(made, out)
    out.seek(0)
    return FileResponse(
        out, as_attachment=True, filename=f"{name_of(plan, year, half)}.{kind}", content_type=MEDIA[kind]
    )
