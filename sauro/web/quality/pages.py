"""What the pages of the quality room share: a page with one form, an act behind a button, a paper to take away."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sauro.organization.models import Agency, Person, Unit
from sauro.plans.services.errors import NotNow
from sauro.vietnamese.text import fold
from sauro.web.request import Request
from sauro.writing.quality import Letterhead

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def form_page(
    request: Request,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    said: str,
    submit: str,
    back: tuple[str, str],
    lead: str = "",
    template: str = "quality/form.html",
    **context: Any,
) -> HttpResponse:
    """A page with one form. A form that was sent and is whole is handed to `act`, which gives where to go next, or
    None for where the person came from (`back`: words and address). A refusal stands above the form, nothing lost."""
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                where = act(form.cleaned_data)
            except NotNow as no:
                status = 409
                form.add_error(None, str(no))
            else:
                messages.success(request, said)
                return redirect(where or back[1])
    page = {"form": form, "title": title, "submit": submit, "back": back, "lead": lead, **context}
    return render(request, template, page, status=status)


def sent(request: Request) -> Any:
    """What was posted, or None while the form is only looked at."""
    return request.POST if request.method == "POST" else None


def did(request: Request, act: Callable[[], Any], said: str, where: Any, *args: Any) -> HttpResponse:
    """Act, say so, and go on; where it can't be done now, say why."""
    try:
        act()
    except NotNow as no:
        messages.error(request, str(no))
    else:
        messages.success(request, said)
    return redirect(where, *args)


def units_of(person: Person) -> QuerySet[Unit]:
    """The units of the person's agency that can answer for something, in the order of the tree."""
    return Unit.objects.filter(agency_id=person.agency_id, kind=Unit.Kind.UNIT, is_active=True).order_by("path")


def people_of(person: Person) -> QuerySet[Person]:
    """Everyone who works in the person's agency, by name."""
    return Person.objects.filter(unit__agency_id=person.agency_id, is_active=True).select_related("unit")


def unit_choices(person: Person) -> list[tuple[str, str]]:
    """The units for a filter."""
    return [(str(pk), name) for pk, name in units_of(person).values_list("pk", "name")]


def head_of(agency: Agency, day: dt.date | None = None, number: str = "") -> Letterhead:
    """The head of an official paper of the agency."""
    return Letterhead(agency.name, agency.parent_name, agency.place, number, day)


def word(write: Callable[[io.BytesIO], Any], name: str) -> HttpResponseBase:
    """A paper as a Word file to take away. `name`: its words, without an ending."""
    out = io.BytesIO()
    write(out)
    out.seek(0)
    plain = "-".join("".join(c if c.isalnum() else " " for c in fold(name)).split())[:90] or _("ho-so")
    return FileResponse(out, as_attachment=True, filename=f"{plain}.docx", content_type=DOCX)
