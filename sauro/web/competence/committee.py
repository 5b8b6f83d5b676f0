"""The steering committee over time; responsibilities and authorities (5.3)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from sauro.organization.policy import Capability, allows, require
from sauro.quality.models import CommitteeMember, Responsibility
from sauro.quality.papers.context import responsibility_paper as responsibility_form
from sauro.quality.services import committee
from sauro.web.competence.forms import AppointForm, ReleaseForm, ResponsibilityForm
from sauro.web.competence.parts import parts
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.quality.pages import form_page, head_of, sent, unit_choices, word
from sauro.web.quality.sections import sections
from sauro.web.reports.fields import parse_day
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column
from sauro.writing.quality.common import Person as PaperPerson
from sauro.writing.quality.people import CommitteePaper, write_committee
from sauro.writing.quality.record import Signature, write_record

RUN = Capability.RUN_QUALITY


def _day(request: Request) -> dt.date:
    """The day asked for; today where it can't be read."""
    try:
        return parse_day(request.GET.get("ngay", ""))
    except ValidationError:
        return today()


@require_GET
def members(request: Request) -> HttpResponse:
    """Who sits on the committee as of a day, and every change."""
    agency, day = request.user.unit.agency, _day(request)
    now = list(committee.members_on(agency.pk, day))
    n = len(now)
    title = ngettext("Ban chỉ đạo có %(n)d thành viên", "Ban chỉ đạo có %(n)d thành viên", n) % {"n": n}
    context = {
        "title": title if n else _("Chưa có Ban chỉ đạo ISO"),
        "members": now,
        "day": day,
        "is_today": day == today(),
        "former": CommitteeMember.objects.filter(agency=agency)
        .exclude(until=None)
        .select_related("person")
        .order_by("-until", "-pk")[:50],
        "has_qmr": any(m.role == CommitteeMember.Role.QMR for m in now),
        "may": allows(request.user, RUN, agency),
        "sections": sections("competence"),
        "parts": parts("competence"),
    }
    return render(request, "competence/committee.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: Request) -> HttpResponse:
    """Put a person on the committee."""
    agency = request.user.unit.agency
    require(request.user, RUN, agency)
    return form_page(
        request,
        AppointForm(request.user, sent(request)),
        lambda d: committee.appoint(agency, request.user, **d) and None,
        title=_("Cử thành viên Ban chỉ đạo"),
        said=_("Đã ghi quyết định cử."),
        submit=_("Ghi quyết định"),
        back=(_("Ban chỉ đạo"), reverse("competence")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: Request, pk: int) -> HttpResponse:
    """End a person's time on the committee."""
    rows = CommitteeMember.objects.all().visible_to(request.user).select_related("person", "agency")
    member = get_object_or_404(rows, pk=pk)
    require(request.user, RUN, member.agency)
    return form_page(
        request,
        ReleaseForm(sent(request), initial={"until": today()}),
        lambda d: committee.release(member, request.user, **d) and None,
        title=_("%(name)s thôi Ban chỉ đạo") % {"name": member.person.full_name},
        said=_("Đã ghi quyết định thôi."),
        submit=_("Ghi quyết định"),
        back=(_("Ban chỉ đạo"), reverse("competence")),
    )


@require_GET
def paper(request: Request) -> HttpResponseBase:
    """The committee as of a day, as Word."""
    agency, day = request.user.unit.agency, _day(request)
    now = list(committee.members_on(agency.pk, day))
    changed = CommitteeMember.objects.filter(agency=agency).exclude(until=None).select_related("person")
    made = CommitteePaper(
        head_of(agency, day),
        decision=now[0].decision if now else "",
        as_of=day,
        members=tuple(
            PaperPerson(
                m.person.full_name, m.person.position, m.person.unit.name, str(CommitteeMember.Role(m.role).label)
            )
            for m in now
        ),
        duties=tuple((m.person.full_name, m.duties) for m in now if m.duties),
        changes=tuple(
            f"{c.person.full_name} thôi {c.get_role_display()} từ {c.until:%d/%m/%Y}, {c.end_decision}"
            for c in changed.order_by("until")
        ),
        signatures=(Signature("Thư ký"), Signature("Trưởng ban")),
    )
    return word(lambda out: write_committee(out, made), f"Ban chỉ đạo ISO {day:%Y%m%d}")


@require_GET
def responsibilities(request: Request) -> HttpResponseBase:
    """Responsibilities and authorities by position."""
    person = request.user
    rows = Responsibility.objects.all().visible_to(person)
    register = Register(
        request,
        rows,
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm vị trí, trách nhiệm"),
        filters=[Filter("don_vi", _("Đơn vị"), unit_choices(person), lambda r, v: r.filter(unit_id=v))],
        sorts=[
            Sort("thu_tu", _("thứ tự"), ("order", "pk"), ("-order", "-pk")),
            Sort("vi_tri", _("vị trí"), ("position", "pk"), ("-position", "-pk")),
        ],
        columns=[
            Taken(Column(_("Vị trí"), 26), lambda r: r.position),
            Taken(Column(_("Đơn vị"), 26), lambda r: r.unit.name if r.unit else ""),
            Taken(Column(_("Trách nhiệm"), 50), lambda r: r.responsibilities.splitlines()),
            Taken(Column(_("Quyền hạn"), 40), lambda r: r.authority.splitlines()),
            Taken(Column(_("Xem xét ngày"), 12, "date"), lambda r: r.reviewed_on),
        ],
        dress=lambda r: r.select_related("unit"),
    )
    n = register.total
    title = ngettext("%(n)s vị trí có trách nhiệm", "%(n)s vị trí có trách nhiệm", n) % {"n": vnumber(n)}
    may = allows(person, RUN, person.unit.agency)
    return register.respond(
        "quality/register.html",
        "competence/responsibilities_table.html",
        title=title if n else _("Chưa ghi trách nhiệm, quyền hạn"),
        noun=pgettext("noun", "vị trí"),
        file_title=_("Trách nhiệm, quyền hạn"),
        sections=sections("competence"),
        parts=parts("responsibility-list"),
        adds=[(_("Thêm vị trí"), reverse("responsibility-add"))] if may else [],
        may=may,
    )


@require_GET
def responsibility_paper(request: Request, pk: int) -> HttpResponseBase:
    """What a position answers for, as Word."""
    rows = Responsibility.objects.all().visible_to(request.user).select_related("unit", "agency")
    made = responsibility_form(get_object_or_404(rows, pk=pk), today())
    return word(lambda out: write_record(out, made), f"{made.kind} {made.title}")


def _edit(request: Request, found: Responsibility | None, title: str) -> HttpResponse:
    agency = request.user.unit.agency
    require(request.user, RUN, agency)
    return form_page(
        request,
        ResponsibilityForm(request.user, found, sent(request)),
        lambda d: committee.save_responsibility(agency, request.user, today(), d, found) and None,
        title=title,
        said=_("Đã lưu."),
        submit=_("Lưu"),
        back=(_("Trách nhiệm, quyền hạn"), reverse("responsibility-list")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def responsibility_add(request: Request) -> HttpResponse:
    """A new position."""
    return _edit(request, None, _("Thêm vị trí"))


@require_http_methods(["GET", "HEAD", "POST"])
def responsibility(request: Request, pk: int) -> HttpResponse:
    """Change what a position answers for."""
    found = get_object_or_404(Responsibility.objects.all().visible_to(request.user), pk=pk)
    return _edit(request, found, found.position)
