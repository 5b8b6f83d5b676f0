"""The register of days off and make-up days of the agency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from sauro.monitoring import services as monitoring
from sauro.organization import days
from sauro.organization import services as organization
from sauro.organization.models import DayOff
from sauro.organization.policy import Capability, allows, require
from sauro.web.reports.fields import DayField
from sauro.web.request import Request
from sauro.web.today import today


class DayForm(forms.Form):
    """One day off or make-up day, with the document that fixed it."""

    day = DayField(label=gettext_lazy("Ngày"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"),
        choices=[(DayOff.Kind.OFF, gettext_lazy("Nghỉ")), (DayOff.Kind.MAKE_UP, gettext_lazy("Làm bù"))],
    )
    name = forms.CharField(label=gettext_lazy("Tên ngày"), max_length=120)
    source = forms.CharField(label=gettext_lazy("Văn bản quy định"), max_length=200, required=False)


@require_GET
def days_off(request: Request) -> HttpResponse:
    """The days of one year; those who keep the calendar can change them."""
    return _page(request, DayForm())


def _year(request: Request) -> int:
    text = request.GET.get("nam") or request.POST.get("nam") or ""
    return int(text) if text.isdecimal() and 1990 <= int(text) <= 2100 else today().year


def _page(request: Request, form: DayForm, status: int = 200) -> HttpResponse:
    agency, year = request.user.unit.agency, _year(request)
    rows = list(DayOff.objects.filter(agency=agency, day__year=year).order_by("day"))
    guessed = [r for r in rows if not r.confirmed]
    if guessed:
        title = ngettext(
            "Lịch làm việc %(year)d: %(n)d ngày còn dự kiến",
            "Lịch làm việc %(year)d: %(n)d ngày còn dự kiến",
            len(guessed),
        ) % {"year": year, "n": len(guessed)}
    else:
        title = _("Lịch làm việc %(year)d") % {"year": year}
    context = {
        "rows": rows,
        "guessed": guessed,
        "year": year,
        "years": [year - 1, year, year + 1],
        "form": form,
        "title": title,
        "may_edit": allows(request.user, Capability.MANAGE_CALENDAR, organization.agency_scope(agency)),
        "today": today(),
    }
    return render(request, "calendar/days.html", context, status=status)


def _change(request: Request, change: Callable[[], Any], said: str, year: int | None = None) -> HttpResponse:
    _result, moved = monitoring.change_days(request.user.unit.agency, change)
    if moved:
        said += " " + ngettext("%(n)d việc đổi hạn theo.", "%(n)d việc đổi hạn theo.", moved) % {"n": moved}
    messages.success(request, said)
    return redirect(f"{request.path.rsplit('/', 2)[0]}/?nam={year or _year(request)}")


@require_POST
def add(request: Request) -> HttpResponse:
    """Add or change one day."""
    agency, form = request.user.unit.agency, DayForm(request.POST)
    require(request.user, Capability.MANAGE_CALENDAR, organization.agency_scope(agency))
    if not form.is_valid():
        return _page(request, form, 422)
    d = form.cleaned_data
    return _change(
        request,
        lambda: days.set_day(agency, d["day"], d["kind"], d["name"], actor=request.user, source=d["source"]),
        _("Đã ghi %(day)s: %(name)s.") % {"day": f"{d['day']:%d/%m/%Y}", "name": d["name"]},
        d["day"].year,
    )


@require_POST
def propose(request: Request) -> HttpResponse:
    """Fill in the year's public holidays as the library knows them; they stay «dự kiến» until confirmed."""
    agency = request.user.unit.agency
    require(request.user, Capability.MANAGE_CALENDAR, organization.agency_scope(agency))
    return _change(
        request,
        lambda: organization.propose_days_off(agency, [_year(request)], actor=request.user),
        _("Đã điền ngày nghỉ dự kiến năm %(year)d.") % {"year": _year(request)},
    )


def _days(request: Request) -> list[dt.date]:
    found = []
    for text in request.POST.getlist("day"):
        try:
            found.append(dt.date.fromisoformat(text))
        except ValueError:
            continue
    return found


@require_POST
def confirm(request: Request) -> HttpResponse:
    """Confirm the days chosen."""
    agency, chosen = request.user.unit.agency, _days(request)
    return _change(
        request,
        lambda: days.confirm_days(agency, chosen, actor=request.user),
        ngettext("Đã xác nhận %(n)d ngày.", "Đã xác nhận %(n)d ngày.", len(chosen)) % {"n": len(chosen)},
    )


@require_POST
def remove(request: Request) -> HttpResponse:
    """Take days off the register."""
    agency, chosen = request.user.unit.agency, _days(request)
    return _change(
        request,
        lambda: [days.remove_day(agency, day, actor=request.user) for day in chosen],
        _("Đã bỏ ngày %(days)s.") % {"days": ", ".join(f"{d:%d/%m/%Y}" for d in chosen)},
    )
