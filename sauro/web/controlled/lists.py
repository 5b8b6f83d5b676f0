"""The master list of documents, and the obsolete ones apart (TCVN ISO 9001:2015, 7.5.3.2)."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, TextField
from django.db.models.functions import Cast
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from sauro.documents.control import circulation
from sauro.documents.models import DocumentClass, DocumentedInformation, DocumentVersion, ReviewFlag
from sauro.organization.models import Person
from sauro.organization.models.units import under
from sauro.organization.policy import Capability, reach
from sauro.web.controlled.words import SIGNS, TONES, frame, review_chip, units_of
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import dmy, vnumber
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column

State = DocumentVersion.State
MAKING = (State.DRAFT, State.CHECKING, State.CHECKED, State.APPROVED)
# Clauses under which documents are looked for; a document says which it answers.
CLAUSES = ("4", "5", "6", "7", "8", "9", "10")


def _making(states: Any) -> Exists:
    return Exists(DocumentVersion.objects.filter(document=OuterRef("pk"), state__in=states))


def _by_state(rows: Any, value: str) -> Any:
    if value == State.IN_FORCE:
        return rows.filter(current__isnull=False)
    if value == "none":
        return rows.filter(current=None)
    return rows.filter(_making([value]))


def _by_review(rows: Any, value: str) -> Any:
    if value == "den_ky":
        return rows.review_due(today())
    flags = ReviewFlag.objects.filter(document=OuterRef("pk"), settled_on=None)
    return rows.filter(Exists(flags))


def _by_clause(rows: Any, value: str) -> Any:
    listed = rows.annotate(clause_list=Cast("clauses", TextField()))
    return listed.filter(Q(clause_list__contains=f'"{value}"') | Q(clause_list__contains=f'"{value}.'))


def _filters(request: Request, *, ended: bool = False) -> list[Filter]:
    person, units = request.user, units_of(request)
    paths = {str(u.pk): u.path for u in units}
    classes = DocumentClass.objects.filter(agency_id=person.agency_id)
    found = [
        Filter("loai", _("Loại"), [(str(c.pk), c.name) for c in classes], lambda r, v: r.filter(cls_id=v)),
        Filter(
            "don_vi",
            _("Đơn vị"),
            [(str(u.pk), "  " * (u.depth - 2) + u.name) for u in units],
            lambda r, v: r.filter(under("unit_path", paths[v])),
            _("Mọi đơn vị"),
        ),
    ]
    if ended:
        return found
    states = [State.IN_FORCE, *MAKING]
    return [
        *found,
        Filter(
            "trang_thai",
            _("Tình trạng"),
            [(s.value, s.label) for s in states] + [("none", _("Chưa có bản hiệu lực"))],
            _by_state,
        ),
        Filter(
            "xem_xet",
            _("Xem xét"),
            [("den_ky", _("Đến kỳ xem xét")), ("dang_neu", _("Đang có yêu cầu xem xét"))],
            _by_review,
        ),
        Filter("dieu_khoan", _("Điều khoản"), [(c, c) for c in CLAUSES], _by_clause),
    ]


def _dress(rows: Any) -> Any:
    making = DocumentVersion.objects.filter(state__in=MAKING).defer("content", "signatures", "summary")
    return rows.select_related("cls", "unit", "current").defer("current__content", "current__summary").prefetch_related(
        Prefetch("versions", making, to_attr="in_making")
    )  # fmt: skip


def _state_words(row: Any) -> str:
    words = [row.current.get_state_display()] if row.current else [_("Chưa có bản hiệu lực")]
    words += [v.get_state_display() for v in row.in_making]
    return "; ".join(str(w) for w in words)


def _columns() -> list[Taken]:
    return [
        Taken(Column(_("Mã hiệu"), 12), lambda r: r.code),
        Taken(Column(_("Tên tài liệu"), 44), lambda r: r.title),
        Taken(Column(_("Loại"), 16), lambda r: r.cls.name, on_paper=False),
        Taken(Column(_("Đơn vị soạn thảo"), 26), lambda r: r.unit.name),
        Taken(Column(_("Lần ban hành"), 9), lambda r: r.current.issue_no if r.current else None),
        Taken(Column(_("Ngày hiệu lực"), 12, "date"), lambda r: r.current.effective_on if r.current else None),
        Taken(Column(_("Tình trạng"), 22), _state_words),
        Taken(Column(_("Xem xét lần tới"), 12, "date"), lambda r: r.review_on),
        Taken(Column(_("Điều khoản"), 14), lambda r: ", ".join(r.clauses), on_paper=False),
    ]


def _marked(register: Register) -> None:
    """What the table shows beside the rows, worked out once for the page."""
    rows = register.page.object_list
    read = circulation.share_of_versions([r.current_id for r in rows if r.current_id])
    for row in rows:
        row.read = read.get(row.current_id)
        row.review = review_chip(row, today())
        row.chips = [(TONES[v.state], v.get_state_display(), SIGNS[v.state], v.issue_no) for v in row.in_making]


@require_GET
def master(request: Request) -> HttpResponseBase:
    """The documents on the list, those made obsolete apart."""
    person = request.user
    register = Register(
        request,
        DocumentedInformation.objects.visible_to(person).filter(obsolete_on=None),
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm theo mã, tên"),
        filters=_filters(request),
        sorts=[
            Sort("ma", _("mã hiệu"), ("sort_key", "pk"), ("-sort_key", "-pk")),
            Sort("xem_xet", _("ngày xem xét"), ("review_on", "pk"), ("-review_on", "-pk")),
        ],
        columns=_columns(),
        # Six cells with chips a row: more rows than these would make the page as heavy as it is long.
        size=25,
        dress=_dress,
    )
    _marked(register)
    n = register.total
    title = ngettext("%(n)s tài liệu", "%(n)s tài liệu", n) % {"n": vnumber(n)} if n else _("Chưa có tài liệu nào")
    return register.respond(
        "controlled/list.html",
        "controlled/table.html",
        title=title,
        noun=pgettext("noun", "tài liệu"),
        file_title=_("Danh mục tài liệu"),
        may_add=bool(reach(person, Capability.WRITE_DOCUMENT)),
        keeps=bool(reach(person, Capability.CONTROL_DOCUMENTS)),
        due=_due(person) if not register.active and not register.words else 0,
        **frame("controlled-list"),
    )


def _due(person: Person) -> int:
    return DocumentedInformation.objects.visible_to(person).review_due(today()).count()


@require_GET
def obsolete(request: Request) -> HttpResponseBase:
    """Documents out of force, kept apart with the day and the reason."""
    register = Register(
        request,
        DocumentedInformation.objects.visible_to(request.user).filter(obsolete_on__isnull=False),
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm theo mã, tên"),
        filters=_filters(request, ended=True),
        sorts=[
            Sort("ngay", _("ngày hết hiệu lực, mới trước"), ("-obsolete_on", "-pk"), ("obsolete_on", "pk")),
            Sort("ma", _("mã hiệu"), ("sort_key", "pk"), ("-sort_key", "-pk")),
        ],
        columns=[
            Taken(Column(_("Mã hiệu"), 12), lambda r: r.code),
            Taken(Column(_("Tên tài liệu"), 44), lambda r: r.title),
            Taken(Column(_("Đơn vị soạn thảo"), 26), lambda r: r.unit.name),
            Taken(Column(_("Ngày hết hiệu lực"), 12), lambda r: dmy(r.obsolete_on)),
            Taken(Column(_("Lý do"), 40), lambda r: r.obsolete_reason),
        ],
        dress=lambda r: r.select_related("cls", "unit"),
    )
    n = register.total
    return register.respond(
        "controlled/list.html",
        "controlled/obsolete_table.html",
        title=ngettext("%(n)s tài liệu hết hiệu lực", "%(n)s tài liệu hết hiệu lực", n) % {"n": vnumber(n)}
        if n
        else _("Chưa có tài liệu nào hết hiệu lực"),
        noun=pgettext("noun", "tài liệu hết hiệu lực"),
        file_title=_("Tài liệu hết hiệu lực"),
        **frame("controlled-obsolete"),
    )
