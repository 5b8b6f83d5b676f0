"""The register of units: names, ways of writing them, heads and deputies."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from sauro.organization import services
from sauro.organization.models import Person, Unit
from sauro.organization.policy import Capability, require
from sauro.web.look.text import vnumber
from sauro.web.people.forms import UnitForm, units_in_reach
from sauro.web.request import Request


@require_GET
def unit_register(request: Request) -> HttpResponse:
    """The units in the actor's reach, with heads, deputies and how many ways of writing each are known."""
    require(request.user, Capability.MANAGE_UNITS, request.user.unit)
    leading = Person.objects.filter(is_active=True).exclude(post=Person.Post.MEMBER).order_by("post", "sort_key")
    # Head sorts after deputy as a word; the head is named first all the same.
    units = list(
        units_in_reach(request.user).prefetch_related(Prefetch("people", leading, to_attr="leading"), "aliases")
    )
    for unit in units:
        unit.leading.sort(key=lambda p: p.post != Person.Post.HEAD)
    n = len(units)
    title = ngettext("%(n)s đơn vị trong danh bạ", "%(n)s đơn vị trong danh bạ", n) % {"n": vnumber(n)}
    return render(request, "people/units.html", {"units": units, "title": title})


@require_http_methods(["GET", "POST"])
def unit_add(request: Request) -> HttpResponse:
    """A new unit."""
    require(request.user, Capability.MANAGE_UNITS, request.user.unit)
    form = UnitForm(request.user, None, request.POST if request.method == "POST" else None)
    if form.is_valid():
        d = form.cleaned_data
        unit = services.add_unit(d["parent"], d["name"], actor=request.user, short_name=d["short_name"])
        for text in d["aliases"].splitlines():
            services.add_alias(unit, text)
        messages.success(request, _("Đã thêm %(name)s.") % {"name": unit.name})
        return redirect("unit-register")
    return render(request, "people/unit.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def unit_edit(request: Request, pk: int) -> HttpResponse:
    """Change a unit's names, head, and whether it is still at work."""
    unit = get_object_or_404(Unit, pk=pk, agency_id=request.user.agency_id)
    require(request.user, Capability.MANAGE_UNITS, unit)
    form = UnitForm(request.user, unit, request.POST if request.method == "POST" else None)
    if form.is_valid():
        d = form.cleaned_data
        services.edit_unit(
            unit,
            actor=request.user,
            name=d["name"],
            short_name=d["short_name"],
            aliases=d["aliases"].splitlines(),
            is_active=d["is_active"],
        )
        if d["head"] and d["head"].post != Person.Post.HEAD:
            services.set_head(unit, d["head"], actor=request.user)
        messages.success(request, _("Đã lưu %(name)s.") % {"name": unit.name})
        return redirect("unit-register")
    context = {"form": form, "unit": unit, "people": unit.people.select_related("role").order_by("sort_key")}
    return render(request, "people/unit.html", context, status=422 if form.errors else 200)
