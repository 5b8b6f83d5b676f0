"""Requests to change documents."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.documents.control import changes
from sauro.documents.models import DocumentChange, DocumentedInformation
from sauro.organization.models.units import under
from sauro.organization.policy import Capability, allows
from sauro.web.basis.forms import AskForm
from sauro.web.basis.parts import parts
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.quality.pages import did, form_page, head_of, sent, unit_choices, units_of, word
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.writing import Column
from sauro.writing.quality import Facts, Part, RecordPaper, Signature, write_record

State = DocumentChange.State
TONES: dict[str, str] = {State.ASKED: "soon", State.TAKEN: "info", State.REFUSED: "neutral", State.DONE: "done"}


@require_GET
def change_list(request: Request) -> HttpResponseBase:
    """All requests of the agency."""
    person = request.user
    paths = {str(u.pk): u.path for u in units_of(person)}
    register = Register(
        request,
        DocumentChange.objects.visible_to(person),
        search=lambda r, words: r.filter(
            document__in=DocumentedInformation.objects.all().matching(words).order_by().values("pk")
        ),
        search_label=_("Tìm mã, tên tài liệu"),
        filters=[
            Filter("tinh_trang", _("Tình trạng"), State.choices, lambda r, v: r.filter(state=v)),
            Filter(
                "don_vi", _("Đơn vị soạn thảo"), unit_choices(person),
                lambda r, v: r.filter(under("document__unit_path", paths[v])),
            ),
            Filter("cua", _("Người đề nghị"), [("toi", _("tôi"))], lambda r, v: r.filter(asked_by=person)),
        ],
        sorts=[
            Sort("luc", _("lúc đề nghị, mới trước"), ("-pk",), ("pk",)),
            Sort("ma", _("mã tài liệu"), ("document__sort_key", "pk"), ("-document__sort_key", "-pk")),
        ],
        columns=[
            Taken(Column(_("Ngày"), 12, "date"), lambda r: r.asked_at.date()),
            Taken(Column(_("Mã hiệu"), 12), lambda r: r.document.code),
            Taken(Column(_("Tài liệu"), 30), lambda r: r.document.title),
            Taken(Column(_("Đề nghị"), 40), lambda r: r.text),
            Taken(Column(_("Lý do"), 30), lambda r: r.reason),
            Taken(Column(_("Người đề nghị"), 20), lambda r: r.asked_by.full_name),
            Taken(Column(_("Tình trạng"), 18), lambda r: r.get_state_display()),
            Taken(Column(_("Trả lời"), 30), lambda r: r.answer),
        ],
        dress=lambda r: r.select_related("document__unit", "asked_by"),
    )  # fmt: skip
    for row in register.page.object_list:
        row.tone = TONES[row.state]
    waiting = DocumentChange.objects.visible_to(person).filter(state=State.ASKED).count()
    title = ngettext(
        "%(n)s đề nghị sửa tài liệu chờ xem xét", "%(n)s đề nghị sửa tài liệu chờ xem xét", waiting
    ) % {"n": vnumber(waiting)}  # fmt: skip
    return register.respond(
        "quality/register.html",
        "basis/changes_table.html",
        title=title if waiting else _("Không đề nghị sửa tài liệu nào chờ xem xét"),
        noun=pgettext("noun", "đề nghị sửa tài liệu"),
        file_title=_("Đề nghị sửa đổi tài liệu"),
        sections=sections("controlled-list"),
        parts=parts("document-change-list"),
    )


def _find(request: Request, pk: int) -> DocumentChange:
    rows = DocumentChange.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("document__unit__agency", "document__current", "asked_by__unit", "decided_by"), pk=pk
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask for a change of a document."""
    document = get_object_or_404(DocumentedInformation.objects.visible_to(request.user), pk=pk)
    return form_page(
        request,
        AskForm(sent(request)),
        lambda d: reverse("document-change", args=[changes.ask(document, request.user, d["text"], d["reason"]).pk]),
        title=_("Đề nghị sửa %(code)s") % {"code": document.code},
        said=_("Đã gửi đề nghị đến đơn vị soạn thảo và thư ký ISO."),
        submit=_("Gửi đề nghị"),
        back=(document.code, f"/chat-luong/tai-lieu/{pk}/"),
        lead=document.title,
    )


@require_GET
def change(request: Request, pk: int) -> HttpResponse:
    """One request, and what this person may do with it."""
    row = _find(request, pk)
    may = allows(request.user, Capability.CHECK_DOCUMENT, row)
    context = {
        "row": row,
        "tone": TONES[row.state],
        "title": _("Đề nghị sửa %(code)s") % {"code": row.document.code},
        "may_decide": may and row.state == State.ASKED,
        "may_finish": may and row.state == State.TAKEN,
        "met": changes.answered_by(row) if row.state == State.TAKEN else None,
    }
    return render(request, "basis/change.html", context)


@require_POST
def take(request: Request, pk: int) -> HttpResponse:
    """Agree to the request."""
    row, answer = _find(request, pk), request.POST.get("answer", "")
    act = lambda: changes.take(row, request.user, answer)  # noqa: E731
    return did(request, act, _("Đã đồng ý, người đề nghị được báo."), "document-change", pk)


@require_POST
def refuse(request: Request, pk: int) -> HttpResponse:
    """Decline the request with the reason."""
    row, answer = _find(request, pk), request.POST.get("answer", "")
    act = lambda: changes.refuse(row, request.user, answer)  # noqa: E731
    return did(request, act, _("Đã trả lời không đồng ý."), "document-change", pk)


@require_POST
def finish(request: Request, pk: int) -> HttpResponse:
    """Say that a version in force meets the request."""
    row = _find(request, pk)
    return did(request, lambda: changes.finish(row, request.user), _("Đã ghi là đã sửa."), "document-change", pk)


@require_GET
def paper(request: Request, pk: int) -> HttpResponseBase:
    """The request as a form to print."""
    row = _find(request, pk)
    asked = Facts(
        (
            ("Tài liệu", str(row.document)),
            ("Đơn vị soạn thảo", row.document.unit.name),
            ("Đề nghị sửa", row.text),
            ("Lý do", row.reason),
            ("Người đề nghị", f"{row.asked_by.full_name}, {row.asked_by.unit.name}"),
            ("Ngày đề nghị", row.asked_at.date()),
        )
    )
    answered = Facts(
        (
            ("Kết quả", State(row.state).label),
            ("Trả lời", row.answer),
            ("Người quyết định", row.decided_by.full_name if row.decided_by else ""),
            ("Ngày quyết định", row.decided_at.date() if row.decided_at else ""),
        )
    )
    made = RecordPaper(
        head_of(row.document.agency, row.asked_at.date()),
        "Phiếu đề nghị sửa đổi tài liệu",
        row.document.code,
        parts=(Part("Đề nghị", (asked,)), Part("Xem xét đề nghị", (answered,))),
        signatures=(
            Signature("Người đề nghị", row.asked_by.full_name),
            Signature("Người quyết định", row.decided_by.full_name if row.decided_by else ""),
        ),
        numbered=False,
        ends=False,
    )
    return word(lambda out: write_record(out, made), f"Phiếu đề nghị sửa {row.document.code} {row.pk}")
