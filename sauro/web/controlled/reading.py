"""What a person has to read, and the register of who has read what (TCVN ISO 9001:2015, 7.3, 7.5.3.2 a)."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from sauro.documents.control import circulation
from sauro.documents.models import Acknowledgement, DocumentedInformation, DocumentVersion
from sauro.organization.models import Person
from sauro.web.context import badge
from sauro.web.controlled.words import frame, units_of
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import dmy_hm, vnumber
from sauro.web.request import Request
from sauro.web.today import today
from sauro.web.waits import waits, waits_of
from sauro.writing import Column

CAP = 99
ON_HOME = 3


@waits("reading")
def _unread(person: Person) -> list[Any]:
    return [Acknowledgement.objects.filter(person=person).waiting().order_by().values_list("pk")[:CAP]]


@badge("quality")
def waiting(request: HttpRequest) -> int:
    """How many documents the person still has to read, and nonconformities to answer, each counted up to `CAP`."""
    found = waits_of(request)
    return found.counts["reading"] + len(found.lists["nonconformities"])


def on_home(person: Person) -> list[Acknowledgement]:
    """What the home page offers to read, the first due first."""
    return list(circulation.waiting_for(person)[: ON_HOME + 1])


@require_GET
def to_read(request: Request) -> HttpResponse:
    """What the person still has to read, and what they have read lately."""
    rows = list(circulation.waiting_for(request.user)[: CAP + 1])
    late = sum(1 for row in rows if row.due < today())
    n = len(rows)
    title = ngettext("%(n)s tài liệu cần đọc", "%(n)s tài liệu cần đọc", n) % {"n": vnumber(n)}
    if late:
        title += ngettext(", %(n)s đã quá hạn", ", %(n)s đã quá hạn", late) % {"n": vnumber(late)}
    read = (
        Acknowledgement.objects.filter(person=request.user, read_at__isnull=False)
        .select_related("version__document")
        .order_by("-read_at")[:20]
    )
    context = {
        "title": title if n else _("Đã đọc hết tài liệu được phân phối"),
        "rows": rows,
        "read": read,
        "today": today(),
        **frame("to-read"),
    }
    return render(request, "controlled/to_read.html", context)


def _by_standing(rows: Any, value: str) -> Any:
    if value == "da_doc":
        return rows.filter(read_at__isnull=False)
    if value == "qua_han":
        return rows.waiting().filter(due__lt=today())
    return rows.waiting()


@require_GET
def register(request: Request) -> HttpResponseBase:
    """Who has been asked to read which version, and who has."""
    person, units = request.user, units_of(request)
    paths = {str(u.pk): u.path for u in units}
    filters = [
        Filter(
            "doc",
            _("Tình trạng"),
            [("chua_doc", _("Chưa đọc")), ("qua_han", _("Chưa đọc, quá hạn")), ("da_doc", _("Đã đọc"))],
            _by_standing,
        ),
        Filter(
            "don_vi",
            _("Đơn vị"),
            [(str(u.pk), "  " * (u.depth - 2) + u.name) for u in units],
            lambda r, v: r.filter(unit__in=[u.pk for u in units if u.path.startswith(paths[v])]),
            _("Mọi đơn vị"),
        ),
    ]
    asked = request.GET.get("tai_lieu", "")
    if asked.isdecimal():
        found = DocumentedInformation.objects.visible_to(person).filter(pk=asked).first()
        if found:
            filters.append(
                Filter("tai_lieu", _("Tài liệu"), [(asked, found.code)], lambda r, v: r.filter(version__document_id=v))
            )
    listed = Register(
        request,
        Acknowledgement.objects.visible_to(person),
        search=_matching,
        search_label=_("Tìm theo mã, tên tài liệu"),
        filters=filters,
        sorts=[
            Sort("ngay", _("ngày yêu cầu, mới trước"), ("-asked_on", "pk"), ("asked_on", "-pk")),
            Sort("han", _("hạn đọc"), ("due", "pk"), ("-due", "-pk")),
        ],
        columns=[
            Taken(Column(_("Mã hiệu"), 12), lambda r: r.version.document.code),
            Taken(Column(_("Tên tài liệu"), 40), lambda r: r.version.document.title),
            Taken(Column(_("Lần ban hành"), 8), lambda r: r.version.issue_no),
            Taken(Column(_("Họ và tên"), 22), lambda r: r.person.full_name),
            Taken(Column(_("Đơn vị"), 28), lambda r: r.unit.name),
            Taken(Column(_("Ngày yêu cầu"), 11, "date"), lambda r: r.asked_on),
            Taken(Column(_("Hạn đọc"), 11, "date"), lambda r: r.due),
            Taken(Column(_("Xác nhận đã đọc"), 16), lambda r: dmy_hm(r.read_at) if r.read_at else ""),
        ],
        size=30,
        dress=_dress,
    )
    n = listed.total
    return listed.respond(
        "controlled/list.html",
        "controlled/reading_table.html",
        title=ngettext("%(n)s lượt đọc tài liệu", "%(n)s lượt đọc tài liệu", n) % {"n": vnumber(n)}
        if n
        else _("Chưa yêu cầu ai đọc tài liệu"),
        noun=pgettext("noun", "lượt đọc"),
        file_title=_("Theo dõi đọc tài liệu"),
        **frame("acknowledgement-list"),
    )


def _dress(rows: Any) -> Any:
    # Fetched beside, not joined: a page far down skips its rows along the index alone.
    versions = DocumentVersion.objects.select_related("document").defer("content", "summary", "signatures")
    return rows.prefetch_related("person", "unit", Prefetch("version", versions))


def _matching(rows: Any, words: str) -> Any:
    found = DocumentedInformation.objects.all().matching(words).order_by().values("pk")
    return rows.filter(version__document__in=found)
