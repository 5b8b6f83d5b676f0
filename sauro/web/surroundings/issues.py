"""Issues of the context (4.1) and interested parties (4.2)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.organization.policy import Capability, allows, require
from sauro.quality.models import ContextIssue, InterestedParty
from sauro.quality.papers import context as papers
from sauro.quality.services import context
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.quality.pages import did, form_page, sent, unit_choices, word
from sauro.web.quality.sections import sections
from sauro.web.quality.words import kind_choices, likely_kind
from sauro.web.request import Request
from sauro.web.surroundings.forms import IssueForm, PartyForm
from sauro.web.surroundings.parts import STALE, parts
from sauro.web.today import today
from sauro.writing import Column
from sauro.writing.quality.record import write_record

RUN = Capability.RUN_QUALITY


def _standing(rows: Any, value: str) -> Any:
    if value == "thoi":
        return rows.exclude(ended_on=None)
    rows = rows.filter(ended_on=None)
    return rows.filter(reviewed_on__lt=today() - STALE) if value == "cu" else rows


def _standings() -> Filter:
    return Filter(
        "tinh_trang",
        _("Tình trạng"),
        [("con", _("đang theo dõi")), ("cu", _("quá một năm chưa xem lại")), ("thoi", _("không còn"))],
        _standing,
    )


def _starter(request: Request, name: str) -> dict[str, Any]:
    agency = request.user.unit.agency
    may = allows(request.user, RUN, agency)
    return {
        "may": may,
        "take_url": reverse(name) if may else "",
        "kinds": kind_choices() if may else [],
        "kind": likely_kind(agency),
        "stale_before": today() - STALE,
        "strip": "context/take.html",
        "sections": sections("context"),
    }


@require_GET
def issue_list(request: Request) -> HttpResponseBase:
    """All issues."""
    rows = ContextIssue.objects.all().visible_to(request.user)
    register = Register(
        request,
        rows,
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm vấn đề"),
        filters=[
            _standings(),
            Filter("nguon", _("Nguồn"), ContextIssue.Kind.choices, lambda r, v: r.filter(kind=v)),
            Filter("anh_huong", _("Ảnh hưởng"), ContextIssue.Effect.choices, lambda r, v: r.filter(effect=v)),
        ],
        sorts=[
            Sort("loai", _("nội bộ, bên ngoài"), ("ended_on", "-kind", "pk"), ("ended_on", "kind", "pk")),
            Sort("xem", _("ngày xem xét, lâu nhất trước"), ("reviewed_on", "pk"), ("-reviewed_on", "-pk")),
        ],
        columns=[
            Taken(Column(_("Nguồn"), 12), lambda r: r.get_kind_display()),
            Taken(Column(_("Ảnh hưởng"), 12), lambda r: r.get_effect_display()),
            Taken(Column(_("Vấn đề"), 50), lambda r: r.text),
            Taken(Column(_("Cách theo dõi, ứng phó"), 50), lambda r: r.response),
            Taken(Column(_("Xem xét ngày"), 12, "date"), lambda r: r.reviewed_on),
            Taken(Column(_("Thôi từ ngày"), 12, "date"), lambda r: r.ended_on, on_paper=False),
        ],
    )
    now = rows.filter(ended_on=None).count()
    title = ngettext("%(n)s vấn đề của bối cảnh", "%(n)s vấn đề của bối cảnh", now) % {"n": vnumber(now)}
    starter = _starter(request, "issue-take")
    return register.respond(
        "quality/register.html",
        "context/issues_table.html",
        title=title if now else _("Chưa có vấn đề nào của bối cảnh"),
        noun=pgettext("noun", "vấn đề"),
        file_title=_("Bối cảnh của cơ quan"),
        parts=parts("context"),
        adds=[(_("Thêm vấn đề"), reverse("issue-add"))] if starter["may"] else [],
        **starter,
    )


@require_GET
def party_list(request: Request) -> HttpResponseBase:
    """All interested parties."""
    rows = InterestedParty.objects.all().visible_to(request.user)
    register = Register(
        request,
        rows,
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm bên quan tâm, nhu cầu"),
        filters=[
            _standings(),
            Filter("nhom", _("Nhóm"), InterestedParty.Kind.choices, lambda r, v: r.filter(kind=v)),
            Filter("don_vi", _("Đơn vị theo dõi"), unit_choices(request.user), lambda r, v: r.filter(unit_id=v)),
        ],
        sorts=[
            Sort("nhom", _("nhóm"), ("ended_on", "kind", "name", "pk"), ("ended_on", "-kind", "name", "pk")),
            Sort("xem", _("ngày xem xét, lâu nhất trước"), ("reviewed_on", "pk"), ("-reviewed_on", "-pk")),
        ],
        columns=[
            Taken(Column(_("Bên quan tâm"), 30), lambda r: r.name),
            Taken(Column(_("Nhóm"), 20), lambda r: r.get_kind_display()),
            Taken(Column(_("Nhu cầu, mong đợi"), 46), lambda r: r.needs),
            Taken(Column(_("Cách đáp ứng, theo dõi"), 46), lambda r: r.response),
            Taken(Column(_("Đơn vị theo dõi"), 22), lambda r: r.unit.name if r.unit else ""),
            Taken(Column(_("Xem xét ngày"), 12, "date"), lambda r: r.reviewed_on),
        ],
        dress=lambda r: r.select_related("unit"),
    )
    now = rows.filter(ended_on=None).count()
    title = ngettext("%(n)s bên quan tâm", "%(n)s bên quan tâm", now) % {"n": vnumber(now)}
    starter = _starter(request, "party-take")
    return register.respond(
        "quality/register.html",
        "context/parties_table.html",
        title=title if now else _("Chưa có bên quan tâm nào"),
        noun=pgettext("noun", "bên quan tâm"),
        file_title=_("Các bên quan tâm"),
        parts=parts("party-list"),
        adds=[(_("Thêm bên quan tâm"), reverse("party-add"))] if starter["may"] else [],
        **starter,
    )


def _issue(request: Request, pk: int) -> ContextIssue:
    found: ContextIssue = get_object_or_404(ContextIssue.objects.all().visible_to(request.user), pk=pk)
    return found


def _party(request: Request, pk: int) -> InterestedParty:
    found: InterestedParty = get_object_or_404(InterestedParty.objects.all().visible_to(request.user), pk=pk)
    return found


def _edit(request: Request, form: Any, save: Any, title: str, name: str, record: Any = None) -> HttpResponse:
    require(request.user, RUN, request.user.unit.agency)
    back = {"issue": (_("Vấn đề"), reverse("context")), "party": (_("Bên quan tâm"), reverse("party-list"))}[name]
    ends = reverse(f"{name}-end", args=[record.pk]) if record and not record.ended_on else ""
    return form_page(
        request,
        form,
        lambda d: save(request.user.unit.agency, request.user, today(), d, record) and None,
        title=title,
        said=_("Đã lưu."),
        submit=_("Lưu"),
        back=back,
        template="context/edit.html",
        ends=ends,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def issue_add(request: Request) -> HttpResponse:
    """A new issue."""
    return _edit(request, IssueForm(request.user, None, sent(request)), context.save_issue, _("Thêm vấn đề"), "issue")


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: Request, pk: int) -> HttpResponse:
    """Change an issue."""
    found = _issue(request, pk)
    form = IssueForm(request.user, found, sent(request))
    return _edit(request, form, context.save_issue, _("Sửa vấn đề"), "issue", found)


@require_http_methods(["GET", "HEAD", "POST"])
def party_add(request: Request) -> HttpResponse:
    """A new party."""
    form = PartyForm(request.user, None, sent(request))
    return _edit(request, form, context.save_party, _("Thêm bên quan tâm"), "party")


@require_http_methods(["GET", "HEAD", "POST"])
def party(request: Request, pk: int) -> HttpResponse:
    """Change a party."""
    found = _party(request, pk)
    form = PartyForm(request.user, found, sent(request))
    return _edit(request, form, context.save_party, found.name, "party", found)


@require_GET
def issue_paper(request: Request, pk: int) -> HttpResponseBase:
    """The sheet of an issue, as Word."""
    made = papers.issue_paper(_issue(request, pk), today())
    return word(lambda out: write_record(out, made), made.kind)


@require_GET
def party_paper(request: Request, pk: int) -> HttpResponseBase:
    """The sheet of an interested party, as Word."""
    made = papers.party_paper(_party(request, pk), today())
    return word(lambda out: write_record(out, made), f"{made.kind} {made.title}")


@require_POST
def issue_review(request: Request, pk: int) -> HttpResponse:
    """Looked at again today."""
    found = _issue(request, pk)
    return did(request, lambda: context.review(found, request.user, today()), _("Đã ghi xem lại hôm nay."), "context")


@require_POST
def party_review(request: Request, pk: int) -> HttpResponse:
    """Looked at again today."""
    found = _party(request, pk)
    said = _("Đã ghi xem lại hôm nay.")
    return did(request, lambda: context.review(found, request.user, today()), said, "party-list")


@require_POST
def issue_end(request: Request, pk: int) -> HttpResponse:
    """It no longer matters."""
    found = _issue(request, pk)
    return did(request, lambda: context.end(found, request.user, today()), _("Đã ghi không còn."), "context")


@require_POST
def party_end(request: Request, pk: int) -> HttpResponse:
    """It no longer matters."""
    found = _party(request, pk)
    return did(request, lambda: context.end(found, request.user, today()), _("Đã ghi không còn."), "party-list")


def chosen_kind(request: Request) -> str:
    """The kind of agency that was chosen; what the name tells where it was none."""
    kind = request.POST.get("kind", "")
    return kind if kind in dict(kind_choices()) else likely_kind(request.user.unit.agency)


@require_POST
def issue_take(request: Request) -> HttpResponse:
    """Take in the ready issues."""
    agency, kind = request.user.unit.agency, chosen_kind(request)
    require(request.user, RUN, agency)
    act = lambda: context.take_issues(agency, request.user, today(), kind)  # noqa: E731
    return did(request, act, _("Đã lấy danh sách mẫu. Sửa lại cho đúng với cơ quan."), "context")


@require_POST
def party_take(request: Request) -> HttpResponse:
    """Take in the ready parties."""
    agency, kind = request.user.unit.agency, chosen_kind(request)
    require(request.user, RUN, agency)
    act = lambda: context.take_parties(agency, request.user, today(), kind)  # noqa: E731
    return did(request, act, _("Đã lấy danh sách mẫu. Sửa lại cho đúng với cơ quan."), "party-list")
