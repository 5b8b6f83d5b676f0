"""The steps of the first hour: each saved, each left and come back to; lists are previewed, then taken whole."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.organization.models import Unit
from sauro.quality.services.errors import NotNow
from sauro.quality.services.start import course, people, procedures, units
from sauro.quality.services.start.course import Looked
from sauro.web.listing import MEDIA
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.start import done, excel
from sauro.web.start.forms import AgencyForm, MakeForm
from sauro.web.start.words import FIELDS, HOW, SAMPLES, STEPS, head_of, step_row
from sauro.web.today import today

SHOWN = 400
NAMES = {"units": "don-vi", "people": "nguoi", "procedures": "thu-tuc"}


@require_GET
def wizard(request: Request) -> HttpResponse:
    """To the step that is next."""
    course.must_may(request.user)
    found = course.set_up_of(request.user.unit.agency)
    return redirect("start-step", found.step if found else course.AGENCY)


@require_http_methods(["GET", "POST"])
def step(request: Request, step: int) -> HttpResponse:
    """One step: shown, or taken."""
    course.must_may(request.user)
    if step not in range(course.AGENCY, course.DONE + 1) or (step == course.DONE and request.method == "POST"):
        raise Http404
    if step in course.PARTS:
        return _list(request, step)
    return {course.AGENCY: _agency, course.MAKE: _make, course.DONE: _done}[step](request)


def _page(request: Request, step: int, template: str, status: int = 200, **more: Any) -> HttpResponse:
    found = course.set_up_of(request.user.unit.agency)
    words = STEPS[step - 1]
    context = {
        "title": words.title,
        "sections": sections("quality"),
        "words": words,
        "steps": step_row(step, found.step if found else course.AGENCY),
        "number": step,
        "before": step - 1,
        **more,
    }
    return render(request, f"start/{template}.html", context, status=status)


def _agency(request: Request) -> HttpResponse:
    agency = request.user.unit.agency
    form = AgencyForm(agency, course.set_up_of(agency), request.POST if request.method == "POST" else None)
    if form.is_valid():
        course.describe(request.user, form.cleaned_data)
        messages.success(request, _("Đã lưu bước 1."))
        return redirect("start-step", course.UNITS)
    return _page(request, course.AGENCY, "agency", 422 if form.errors else 200, form=form, agency=agency)


def _look(request: Request, step: int, text: str) -> Looked:
    look = {course.UNITS: units.look, course.PEOPLE: people.look, course.PROCEDURES: procedures.look}[step]
    return look(request.user.unit.agency, text)


def _take(request: Request, step: int, text: str) -> None:
    if step == course.PROCEDURES:
        procedures.take(request.user, text, today())
    else:
        {course.UNITS: units.take, course.PEOPLE: people.take}[step](request.user, text)


def _list(request: Request, step: int) -> HttpResponse:
    """A list: previewed (`viec=xem`), taken in whole (`nhap`), or passed over (`qua`)."""
    act = request.POST.get("viec", "")
    text, refused, looked = "", "", None
    if request.method == "POST":
        if act == "qua":
            course.pass_over(request.user, step)
            return redirect("start-step", step + 1)
        text = request.POST.get("danh_sach", "")
        try:
            if source := request.FILES.get("tep"):
                text, act = excel.pasted_from(source), "xem"
            course.keep_text(request.user, step, text)
            looked = _look(request, step, text)
            if act == "nhap" and not looked.faults:
                _take(request, step, text)
                n = looked.count("new")
                words = ngettext("Đã nhập %(n)s dòng mới.", "Đã nhập %(n)s dòng mới.", n)
                messages.success(request, words % {"n": n})
                return redirect("start-step", step if step == course.PEOPLE else step + 1)
            if not text.strip():
                refused = _("Danh sách còn trống. Dán danh sách hoặc chọn tệp Excel.")
        except NotNow as no:
            refused = str(no)
    else:
        text = course.text_of(course.set_up_of(request.user.unit.agency), step)
        looked = _look(request, step, text) if text.strip() else None
    return _show_list(request, step, text, looked, refused)


def _show_list(request: Request, step: int, text: str, looked: Looked | None, refused: str) -> HttpResponse:
    part = course.PARTS[step]
    agency = request.user.unit.agency
    faults = looked.faults if looked else []
    wrong: dict[tuple[int, str], str] = {}
    for fault in faults:
        wrong.setdefault((fault.line, fault.key), fault.sentence)
    fields = [(f.key, head_of(part, f.key)) for f in FIELDS[part]]
    lines = looked.lines if looked else []
    # What is wrong comes first where a list is too long to be shown whole.
    bad = {fault.line for fault in faults}
    lines = sorted(lines, key=lambda x: (x.number not in bad, x.number)) if len(lines) > SHOWN else lines
    rows = [
        {
            "number": line.number,
            "state": line.state,
            "note": line.note,
            "fault": wrong.get((line.number, ""), ""),
            "wrong": line.number in bad,
            "depth": min(6, line.data.get("depth", 0)),
            "cells": [(head, line.cells[key], wrong.get((line.number, key), "")) for key, head in fields],
        }
        for line in lines[:SHOWN]
    ]
    used = [
        n for n, (_key, _head) in enumerate(fields) if n < 2 or any(r["cells"][n][1] or r["cells"][n][2] for r in rows)
    ]
    for row in rows:
        row["cells"] = [row["cells"][n] for n in used]
    n = len(faults)
    said = ngettext("%(n)s ô sai, chưa dòng nào được nhập", "%(n)s ô sai, chưa dòng nào được nhập", n) % {"n": n}
    context = {
        "part": part,
        "how": HOW[part],
        "sample": SAMPLES[part],
        "text": text,
        "heads": [fields[n][1] for n in used],
        "rows": rows,
        "hidden": max(0, len(lines) - SHOWN),
        "faults": n,
        "faults_said": said,
        "whole": [f.sentence for f in faults if not f.key],
        "new": looked.count("new") if looked else 0,
        "moved": looked.count("moved") if looked else 0,
        "known": looked.count("known") if looked else 0,
        "refused": refused,
        **_there(request, step),
    }
    if step == course.PEOPLE:
        context["waiting"] = list(people.waiting_by_unit(agency).items())
        context["waiting_all"] = sum(n for _unit, n in context["waiting"])
        context["at_once"] = people.AT_ONCE
    return _page(request, step, "list", 422 if faults or refused else 200, **context)


def _there(request: Request, step: int) -> dict[str, Any]:
    n = done.counts(request.user.unit.agency)[course.PARTS[step]]
    words = {
        course.UNITS: ngettext("Danh bạ đang có %(n)s đơn vị.", "Danh bạ đang có %(n)s đơn vị.", n),
        course.PEOPLE: ngettext("Đang có %(n)s người dùng.", "Đang có %(n)s người dùng.", n),
        course.PROCEDURES: ngettext("Danh mục đang có %(n)s thủ tục.", "Danh mục đang có %(n)s thủ tục.", n),
    }[step]
    return {"there": words % {"n": n}, "there_count": n}


def _make(request: Request) -> HttpResponse:
    form = MakeForm(request.user, today(), request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            form.make(request.user, today())
        except NotNow as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("Đã dựng bộ mẫu. Tất cả là bản nháp cho đến khi người có quyền phê duyệt."))
            return redirect("start-step", course.DONE)
    return _page(request, course.MAKE, "make", 422 if form.errors else 200, form=form)


def _done(request: Request) -> HttpResponse:
    return _page(request, course.DONE, "done", **done.context(request.user, today()))


@require_GET
def template(request: Request, part: str) -> FileResponse:
    """The empty list of a step as Excel."""
    course.must_may(request.user)
    if part not in FIELDS:
        raise Http404
    name = f"danh-sach-{NAMES[part]}.xlsx"
    return FileResponse(excel.empty_list(part), as_attachment=True, filename=name, content_type=MEDIA["xlsx"])


@never_cache
@require_POST
def passwords(request: Request) -> HttpResponse:
    """First passwords for a unit, or for the next so many people, on a page to be printed; shown this once."""
    course.must_may(request.user)
    chosen = request.POST.get("don_vi", "")
    mine = Unit.objects.filter(agency_id=request.user.agency_id)
    unit = get_object_or_404(mine, pk=chosen) if chosen.isdecimal() else None
    try:
        made = people.first_passwords(request.user, unit)
    except NotNow as no:
        messages.info(request, str(no))
        return redirect("start-step", course.PEOPLE)
    context = {
        "title": _("Mật khẩu lần đầu"),
        "made": made,
        "left": people.waiting(request.user.unit.agency).count(),
        "address": request.build_absolute_uri("/"),
    }
    return render(request, "start/passwords.html", context)
