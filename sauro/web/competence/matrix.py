"""The matrix of competences: people down, competences across, gaps marked (7.2)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.organization.models import Person
from sauro.organization.policy import Capability, Refused, allows, require
from sauro.quality.models import Competence
from sauro.quality.services import competence
from sauro.web.competence.forms import CompetenceForm
from sauro.web.competence.parts import parts
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.quality.pages import did, form_page, people_of, sent, unit_choices
from sauro.web.quality.registers import holding
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column

RUN = Capability.RUN_QUALITY


def _asked(person: Person) -> list[Competence]:
    rows = Competence.objects.filter(agency_id=person.agency_id, ended_on=None).select_related("for_unit")
    return list(rows.order_by("name", "pk")[:60])


@require_GET
def matrix_page(request: Request) -> HttpResponseBase:
    """Everyone who works here and what each can do against what the work needs."""
    person, asked = request.user, _asked(request.user)
    lines: dict[int, competence.Line] = {}

    def whole(found: Any) -> list[Person]:
        """Everyone for a file, the matrix asked once for all."""
        people = list(found.select_related("unit"))
        lines.update({x.person.pk: x for x in competence.matrix(asked, people)})
        return people

    def cell(i: int) -> Any:
        return lambda row: said(lines[row.pk].cells[i])

    register = Register(
        request,
        people_of(person),
        search=holding("full_name", "unit__name"),
        search_label=_("Tìm theo tên, đơn vị"),
        filters=[Filter("don_vi", _("Đơn vị"), unit_choices(person), lambda r, v: r.filter(unit_id=v))],
        sorts=[
            Sort("don_vi", _("đơn vị, tên"), ("unit__path", "sort_key", "pk"), ("-unit__path", "sort_key", "pk")),
            Sort("ten", _("tên"), ("sort_key", "pk"), ("-sort_key", "-pk")),
        ],
        columns=[
            Taken(Column(_("Họ và tên"), 24), lambda r: r.full_name),
            Taken(Column(_("Đơn vị"), 24), lambda r: r.unit.name),
            *(Taken(Column(f"{c.name} ({c.level})", 14), cell(i), on_paper=i < 7) for i, c in enumerate(asked)),
        ],
        dress=lambda r: r.select_related("unit"),
        dress_taken=whole,
        size=40,
    )
    people = list(register.page.object_list)
    rows = competence.matrix(asked, people)
    gaps = sum(r.gaps for r in rows)
    title = ngettext("%(n)d chỗ thiếu năng lực", "%(n)d chỗ thiếu năng lực", gaps) % {"n": gaps}
    may = allows(person, RUN, person.unit.agency)
    return register.respond(
        "quality/register.html",
        "competence/matrix_table.html",
        title=title if gaps else _("Năng lực của công chức, viên chức"),
        noun=pgettext("noun", "người"),
        file_title=_("Bảng năng lực"),
        sections=sections("competence"),
        parts=parts("competence-matrix"),
        adds=[(_("Thêm năng lực"), reverse("competence-add"))] if may else [],
        asked=asked,
        rows=rows,
        judged={p.pk for p in people if competence.may_judge(person, p)},
        may=may,
    )


def said(cell: competence.Cell) -> str:
    """A cell in words: what there is of what is needed."""
    if not cell.needed:
        return "" if cell.level is None else str(cell.level)
    return f"{'?' if cell.level is None else cell.level}/{cell.competence.level}"


def _edit(request: Request, found: Competence | None, title: str) -> HttpResponse:
    agency = request.user.unit.agency
    require(request.user, RUN, agency)
    return form_page(
        request,
        CompetenceForm(request.user, found, sent(request)),
        lambda d: competence.save(agency, request.user, d, found) and None,
        title=title,
        said=_("Đã lưu năng lực."),
        submit=_("Lưu năng lực"),
        back=(_("Năng lực"), reverse("competence-matrix")),
        template="context/edit.html",
        ends=reverse("competence-end", args=[found.pk]) if found and not found.ended_on else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """A new competence."""
    return _edit(request, None, _("Thêm năng lực"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a competence."""
    found = get_object_or_404(Competence.objects.all().visible_to(request.user), pk=pk)
    return _edit(request, found, found.name)


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """The competence is no longer asked for."""
    found = get_object_or_404(Competence.objects.all().visible_to(request.user), pk=pk)
    act = lambda: competence.end(found, request.user, today())  # noqa: E731
    return did(request, act, _("Đã ghi thôi yêu cầu."), "competence-matrix")


@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: Request, pk: int) -> HttpResponse:
    """Judge one person's competences, all on one page."""
    person = get_object_or_404(people_of(request.user).select_related("unit__agency", "role"), pk=pk)
    if not competence.may_judge(request.user, person):
        require(request.user, Capability.ASSIGN_TASK, person)
        raise Refused("")
    (line,) = competence.matrix(_asked(request.user), [person])
    if request.method == "POST":

        def act() -> None:
            for cell in line.cells:
                level = request.POST.get(f"level-{cell.competence.pk}", "")
                if level.isdecimal() and int(level) != cell.level:
                    proof = request.POST.get(f"proof-{cell.competence.pk}", "")
                    competence.judge(cell.competence, person, request.user, today(), int(level), proof)

        did(request, act, _("Đã ghi đánh giá năng lực."), "competence-matrix")
        return redirect("competence-matrix")
    context = {"person": person, "line": line, "title": person.full_name, "steps": range(5)}
    return render(request, "competence/judge.html", context)
