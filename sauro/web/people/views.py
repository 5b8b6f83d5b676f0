"""People of the agency: to see for all, to keep for those who manage units."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.monitoring import services as monitoring
from sauro.organization import services as organization
from sauro.organization.models import Person, Role, Unit
from sauro.organization.models.units import under
from sauro.organization.policy import Capability, Refused, reach, require
from sauro.vietnamese.text import fold
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.people.forms import PersonForm
from sauro.web.request import Request
from sauro.writing import Column


def _matching(rows: Any, words: str) -> Any:
    """People whose name or sign-in name holds the words, with or without diacritics."""
    asked = fold(words).split()
    found = [
        pk
        for pk, name, username in rows.values_list("pk", "full_name", "username")
        if all(part in fold(f"{name} {username}") for part in asked)
    ]
    return rows.filter(pk__in=found)


def _register(request: Request) -> Register:
    person = request.user
    kinds = [Unit.Kind.UNIT, Unit.Kind.ORGANISATION]
    units = list(Unit.objects.filter(agency_id=person.agency_id, kind__in=kinds).order_by("path"))
    paths = {str(u.pk): u.path for u in units}
    return Register(
        request,
        Person.objects.filter(unit__agency_id=person.agency_id),
        search=_matching,
        search_label=_("Tìm theo tên"),
        filters=[
            Filter(
                "don_vi",
                _("Đơn vị"),
                [(str(u.pk), u.name) for u in units],
                lambda rows, value: rows.filter(under("unit__path", paths[value])),
                _("Mọi đơn vị"),
            ),
            Filter(
                "vai_tro",
                _("Vai trò"),
                [(r.code, str(r)) for r in Role.objects.order_by("pk")],
                lambda rows, value: rows.filter(role__code=value),
                _("Mọi vai trò"),
            ),
            Filter(
                "dang_nhap",
                _("Đăng nhập"),
                [("mo", _("đang mở")), ("khoa", _("đã khóa"))],
                lambda rows, value: rows.filter(is_active=value == "mo"),
            ),
        ],
        sorts=[
            Sort("ten", _("tên"), ("sort_key", "pk"), ("-sort_key", "-pk")),
            Sort("don-vi", _("đơn vị"), ("unit__path", "sort_key"), ("-unit__path", "sort_key")),
        ],
        columns=[
            Taken(Column(_("Họ và tên"), 24), lambda p: p.full_name),
            Taken(Column(_("Chức vụ"), 20), lambda p: p.position),
            Taken(Column(_("Đơn vị"), 36), lambda p: p.unit.name),
            Taken(Column(_("Vị trí"), 16), lambda p: p.get_post_display()),
            Taken(Column(_("Vai trò"), 18), lambda p: str(p.role)),
            Taken(Column(_("Thư điện tử"), 24), lambda p: p.email),
        ],
        dress=lambda rows: rows.select_related("unit", "role"),
    )


@require_GET
def person_list(request: Request) -> HttpResponseBase:
    """The people of the agency."""
    register = _register(request)
    n = register.total
    return register.respond(
        "people/list.html",
        "people/table.html",
        title=ngettext("%(n)s người", "%(n)s người", n) % {"n": vnumber(n)},
        noun=pgettext("noun", "người"),
        file_title=_("Danh sách người dùng"),
        may_manage=bool(reach(request.user, Capability.MANAGE_UNITS)),
    )


def _find(request: Request, pk: int) -> Person:
    rows = Person.objects.filter(unit__agency_id=request.user.agency_id).select_related("unit__agency", "role")
    found = get_object_or_404(rows, pk=pk)
    require(request.user, Capability.MANAGE_UNITS, found)
    return found


def _may_add(request: Request) -> None:
    require(request.user, Capability.MANAGE_UNITS, request.user.unit)


@require_http_methods(["GET", "POST"])
def person_add(request: Request) -> HttpResponse:
    """A new person, with a password that is said once."""
    _may_add(request)
    form = PersonForm(request.user, None, request.POST if request.method == "POST" else None)
    if form.is_valid():
        d = dict(form.cleaned_data)
        password = "-".join(secrets.token_hex(2) for _i in range(3))
        role, unit = d.pop("role"), d.pop("unit")
        person = organization.add_person(
            d.pop("username"), d.pop("full_name"), unit, role.code, password, actor=request.user, **d
        )
        _say_password(request, person, password)
        return redirect("person", person.pk)
    return render(request, "people/person.html", {"form": form}, status=422 if form.errors else 200)


def _say_password(request: Request, person: Person, password: str) -> None:
    words = _(
        "Mật khẩu của %(name)s (tên đăng nhập %(username)s): %(password)s. Chỉ hiện một lần; đổi ngay khi đăng nhập."
    )
    messages.warning(request, words % {"name": person.full_name, "username": person.username, "password": password})


@require_http_methods(["GET", "POST"])
def person_edit(request: Request, pk: int) -> HttpResponse:
    """Change a person's data, unit, post and role."""
    person = _find(request, pk)
    form = PersonForm(request.user, person, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            organization.edit_person(person, form.cleaned_data, actor=request.user)
        except Refused as no:
            form.add_error(None, no.sentence)
        else:
            messages.success(request, _("Đã lưu %(name)s.") % {"name": person.full_name})
            return redirect("person-list")
    context = {"form": form, "person": person, "own": person.pk == request.user.pk}
    return render(request, "people/person.html", context, status=422 if form.errors else 200)


@require_POST
def person_password(request: Request, pk: int) -> HttpResponse:
    """A new password for someone who lost theirs."""
    person = _find(request, pk)
    _say_password(request, person, organization.reset_password(person, actor=request.user))
    return redirect("person", pk)


@require_POST
def person_active(request: Request, pk: int) -> HttpResponse:
    """End a person's sign-in, their duties going back to the unit; or open it again."""
    person = _find(request, pk)
    if person.is_active:
        back = monitoring.retire(person, request.user)
        said = _("Đã khóa tài khoản của %(name)s; %(n)d việc trả về đơn vị.") % {"name": person.full_name, "n": back}
    else:
        organization.set_active(person, True, actor=request.user)
        said = _("Đã mở lại tài khoản của %(name)s.") % {"name": person.full_name}
    messages.success(request, said)
    return redirect("person", pk)
