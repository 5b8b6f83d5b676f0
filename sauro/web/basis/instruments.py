"""The register of legal bases, one of them, and what documents cite."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauro.documents.control import instruments
from sauro.documents.models import Citation, DocumentedInformation, Instrument, ReviewFlag
from sauro.organization.policy import Capability, allows, require
from sauro.web.basis.forms import ChangeStateForm, InstrumentForm
from sauro.web.basis.parts import parts
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.quality.pages import did, form_page, sent
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column

State = Instrument.State
TONES: dict[str, str] = {
    State.IN_FORCE: "done", State.REPLACED: "late", State.AMENDED: "soon", State.EXPIRED: "late"
}  # fmt: skip


@require_GET
def instrument_list(request: Request) -> HttpResponseBase:
    """All legal bases of the agency's documents."""
    person = request.user
    rows = Instrument.objects.visible_to(person)
    types = rows.exclude(type="").order_by("type").values_list("type", flat=True).distinct()
    register = Register(
        request,
        rows,
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm số, trích yếu"),
        filters=[
            Filter("hieu_luc", _("Hiệu lực"), State.choices, lambda r, v: r.filter(state=v)),
            Filter("loai", _("Loại"), [(t, t) for t in types[:60]], lambda r, v: r.filter(type=v)),
            Filter(
                "vien_dan",
                _("Viện dẫn"),
                [("co", _("tài liệu có viện dẫn")), ("khong", _("chưa tài liệu nào viện dẫn"))],
                lambda r, v: r.filter(citations__isnull=v != "co").distinct(),
            ),
        ],
        sorts=[
            Sort("so", _("số, ký hiệu"), ("number_key", "pk"), ("-number_key", "-pk")),
            Sort("ngay", _("ngày ban hành, mới trước"), ("-issued_on", "pk"), ("issued_on", "pk")),
        ],
        columns=_columns(),
        count=lambda r: r.count(),
        dress=lambda r: instruments.with_counts(r).select_related("replaced_by"),
    )
    for row in register.page.object_list:
        row.tone = TONES[row.state]
    n = register.total
    title = ngettext("%(n)s căn cứ pháp lý", "%(n)s căn cứ pháp lý", n) % {"n": vnumber(n)}
    adds, waiting = [], 0
    if allows(person, Capability.CONTROL_DOCUMENTS, person.unit.agency):
        adds = [(_("Thêm căn cứ"), reverse("instrument-add"))]
        waiting = len(instruments.proposals(person.unit.agency))
    return register.respond(
        "basis/instruments.html",
        "basis/instruments_table.html",
        title=title if n else _("Chưa có căn cứ pháp lý nào"),
        noun=pgettext("noun", "căn cứ pháp lý"),
        file_title=_("Danh mục căn cứ pháp lý"),
        sections=sections("controlled-list"),
        parts=parts("instrument-list"),
        adds=adds,
        waiting=waiting,
    )


def _columns() -> list[Taken]:
    return [
        Taken(Column(_("Loại"), 16), lambda r: r.type),
        Taken(Column(_("Số, ký hiệu"), 20), lambda r: r.number),
        Taken(Column(_("Ngày ban hành"), 13, "date"), lambda r: r.issued_on),
        Taken(Column(_("Trích yếu"), 50), lambda r: r.title),
        Taken(Column(_("Hiệu lực"), 18), lambda r: r.get_state_display()),
        Taken(Column(_("Từ ngày"), 13, "date"), lambda r: r.changed_on),
        Taken(Column(_("Thay thế, sửa đổi bởi"), 24), lambda r: str(r.replaced_by or "")),
        Taken(Column(_("Số tài liệu viện dẫn"), 10, "number"), lambda r: r.cited),
        Taken(Column(_("Chờ xem xét"), 10, "number"), lambda r: r.waiting),
    ]


def _find(request: Request, pk: int) -> Instrument:
    return get_object_or_404(Instrument.objects.visible_to(request.user).select_related("replaced_by"), pk=pk)


def _back() -> tuple[str, str]:
    return _("Căn cứ pháp lý"), reverse("instrument-list")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Put an instrument on the register."""
    agency = request.user.unit.agency
    require(request.user, Capability.CONTROL_DOCUMENTS, agency)
    return form_page(
        request,
        InstrumentForm(sent(request)),
        lambda d: reverse("instrument", args=[instruments.add(agency, request.user, **d).pk]),
        title=_("Thêm căn cứ pháp lý"),
        said=_("Đã thêm căn cứ vào danh mục."),
        submit=_("Thêm căn cứ"),
        back=_back(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Correct what the register says of an instrument."""
    found = _find(request, pk)
    require(request.user, Capability.CONTROL_DOCUMENTS, found)
    form = InstrumentForm(sent(request), initial={n: getattr(found, n) for n in instruments.FIELDS})
    return form_page(
        request,
        form,
        lambda d: instruments.edit(found, request.user, d) and None,
        title=_("Sửa căn cứ pháp lý"),
        said=_("Đã lưu căn cứ."),
        submit=_("Lưu căn cứ"),
        back=(str(found), reverse("instrument", args=[pk])),
    )


@require_GET
def instrument(request: Request, pk: int) -> HttpResponse:
    """One instrument: what it is, who cites it, what waits for review because of it."""
    found = _find(request, pk)
    flags: dict[int, ReviewFlag] = {}
    for flag in found.flags.select_related("document").order_by("pk"):
        flags[flag.document_id] = flag
    rows = list(instruments.citing(found))
    for row in rows:
        row.flag = flags.get(row.document_id)  # type: ignore[attr-defined]
    citing = {row.document_id for row in rows}
    context = {
        "found": found,
        "title": str(found),
        "tone": TONES[found.state],
        "why": instruments.reason_words(found),
        "rows": rows,
        # Those that rest on the successor by now: an auditor asks what became of each.
        "reviewed": [f for f in flags.values() if f.document_id not in citing],
        "waiting": sum(1 for f in flags.values() if not f.settled_on),
        "replaces": list(found.replaces.order_by("number_key")),
        "may": allows(request.user, Capability.CONTROL_DOCUMENTS, found),
        "settled": found.state in (State.REPLACED, State.EXPIRED),
        "today": today(),
        "sections": sections("controlled-list"),
    }
    return render(request, "basis/instrument.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, pk: int) -> HttpResponse:
    """The instrument was replaced, amended or expired: documents that cite it are called up for review."""
    found = _find(request, pk)
    require(request.user, Capability.CONTROL_DOCUMENTS, found)
    cited = DocumentedInformation.objects.in_force().filter(citations__instrument=found).count()

    def act(d: dict[str, Any]) -> None:
        instruments.change_state(
            found, request.user, today(), d["state"], on=d["on"], by=d["by"], text=d["text"], days=d["days"]
        )

    return form_page(
        request,
        ChangeStateForm(found, sent(request)),
        act,
        title=_("%(what)s thay đổi hiệu lực") % {"what": found},
        said=_("Đã ghi thay đổi. Các tài liệu viện dẫn đã được đánh dấu cần xem xét."),
        submit=_("Ghi thay đổi, đánh dấu tài liệu"),
        back=(str(found), reverse("instrument", args=[pk])),
        lead=ngettext(
            "%(n)d tài liệu đang hiệu lực viện dẫn văn bản này sẽ được đánh dấu cần xem xét.",
            "%(n)d tài liệu đang hiệu lực viện dẫn văn bản này sẽ được đánh dấu cần xem xét.",
            cited,
        )
        % {"n": cited},
    )


@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """A change was written down by mistake."""
    found, reason = _find(request, pk), request.POST.get("reason", "")
    return did(
        request, lambda: instruments.restore(found, request.user, today(), reason), _("Đã khôi phục hiệu lực."),
        "instrument", pk,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: Request) -> HttpResponse:
    """What adopted documents rest on and the register lacks: taken in by one click."""
    agency = request.user.unit.agency
    require(request.user, Capability.CONTROL_DOCUMENTS, agency)
    if request.method == "POST":
        keys = set(request.POST.getlist("key"))
        return did(
            request, lambda: instruments.take_proposals(agency, request.user, keys),
            _("Đã đưa các căn cứ đã chọn vào danh mục."), "instrument-list",
        )  # fmt: skip
    rows = instruments.proposals(agency)
    title = ngettext("%(n)d căn cứ chưa có trong danh mục", "%(n)d căn cứ chưa có trong danh mục", len(rows))
    return render(request, "basis/proposals.html", {"rows": rows, "title": title % {"n": len(rows)}, "back": _back()})


@require_POST
def cite(request: Request, pk: int) -> HttpResponse:
    """Note that a document rests on an instrument of the register."""
    document = get_object_or_404(DocumentedInformation.objects.visible_to(request.user), pk=pk)
    chosen = request.POST.get("instrument", "")
    if not chosen.isdecimal():
        from django.contrib import messages

        messages.error(request, _("Chọn một văn bản trong danh mục căn cứ."))
        return redirect(f"/chat-luong/tai-lieu/{pk}/")
    found = get_object_or_404(Instrument.objects.visible_to(request.user), pk=chosen)
    note = request.POST.get("note", "")
    return did(
        request, lambda: instruments.cite(document, found, request.user, note), _("Đã ghi căn cứ."),
        f"/chat-luong/tai-lieu/{pk}/",
    )  # fmt: skip


@require_POST
def uncite(request: Request, pk: int) -> HttpResponse:
    """Note that a document no longer rests on an instrument."""
    visible = DocumentedInformation.objects.visible_to(request.user)
    citation = get_object_or_404(Citation.objects.filter(document__in=visible).select_related("document"), pk=pk)
    return did(
        request, lambda: instruments.uncite(citation, request.user), _("Đã bỏ viện dẫn."),
        f"/chat-luong/tai-lieu/{citation.document_id}/",
    )  # fmt: skip
