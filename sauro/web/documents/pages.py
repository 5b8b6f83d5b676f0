"""Issued documents: the list with the readings under review, one document, its file; taking in a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from sauro.documents import services
from sauro.documents.engine_words import said
from sauro.documents.models import IssuedDocument, Reading
from sauro.files.kinds import SHOWN_IN_BROWSER
from sauro.files.models import StoredFile
from sauro.files.services import FileRefused, open_stored
from sauro.organization.policy import Capability, reach
from sauro.reading.manuscript import Manuscript
from sauro.web.documents.source import pieces
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.quality.registers import holding
from sauro.web.request import Request
from sauro.writing import Column

ACCEPTED = ".docx,.pdf,.xlsx,.html,.htm,.txt,.md"


@require_GET
def documents(request: Request) -> HttpResponseBase:
    """The documents that are adopted."""
    person = request.user
    rows = IssuedDocument.objects.visible_to(person)
    register = Register(
        request,
        rows,
        search=lambda found, words: found.matching(words),
        search_label=_("Tìm trong số, trích yếu, cơ quan ban hành"),
        filters=[
            Filter("loai", _("Loại"), _values(rows, "type"), lambda found, value: found.filter(type=value)),
            Filter("nam", _("Năm"), _years(rows), lambda found, value: found.filter(issued_on__year=int(value))),
            Filter("noi", _("Nơi ban hành"), _values(rows, "issuer"), lambda found, v: found.filter(issuer=v)),
        ],
        sorts=[
            Sort("ngay", _("ngày văn bản, mới trước"), ("-issued_on", "-pk"), ("issued_on", "pk")),
            Sort("so", _("số, ký hiệu"), ("number_key", "pk"), ("-number_key", "-pk")),
            Sort("ten", _("trích yếu"), ("folded", "pk"), ("-folded", "-pk")),
            Sort("thong-qua", _("lúc thông qua, mới trước"), ("-adopted_at", "-pk"), ("adopted_at", "pk")),
        ],
        columns=[
            Taken(Column(_("Số, ký hiệu"), 16), lambda d: d.number),
            Taken(Column(_("Loại"), 14), lambda d: d.type),
            Taken(Column(_("Trích yếu"), 50), lambda d: d.title),
            Taken(Column(_("Cơ quan ban hành"), 28), lambda d: d.issuer),
            Taken(Column(_("Ngày văn bản"), 12, "date"), lambda d: d.issued_on),
            Taken(Column(_("Số nhiệm vụ"), 10, "number"), lambda d: d.task_count),
        ],
        dress=lambda found: (
            found.defer("manuscript", "articles", "recipients")
            .annotate(task_count=Count("plans__tasks", distinct=True))
            .prefetch_related("plans", "revisions__plan")
        ),
    )
    total = register.total
    title = _("%(n)d văn bản đã thông qua") % {"n": total} if total else _("Chưa có văn bản nào được thông qua")
    return register.respond(
        "documents/list.html",
        "documents/list_table.html",
        title=title,
        noun=_("văn bản"),
        file_title=_("Danh sách văn bản"),
        **_frame(request, "document-list"),
    )


def _values(rows: Any, field: str) -> list[tuple[str, str]]:
    values = rows.exclude(**{field: ""}).order_by(field).values_list(field, flat=True).distinct()[:100]
    return [(v, v) for v in values]


def _years(rows: Any) -> list[tuple[str, str]]:
    years = rows.filter(issued_on__isnull=False).annotate(y=ExtractYear("issued_on"))
    return [(str(y), str(y)) for y in years.order_by("-y").values_list("y", flat=True).distinct()]


_SORTS = [
    Sort("luc", gettext_lazy("lúc tải lên, mới trước"), ("-uploaded_at", "-pk"), ("uploaded_at", "pk")),
    Sort("tep", gettext_lazy("tên tệp"), ("file_name", "pk"), ("-file_name", "-pk")),
]


@require_GET
def readings(request: Request) -> HttpResponseBase:
    """Readings that wait for review."""
    return _readings(request, "reading-list", _("văn bản đang duyệt"), _("Không còn văn bản nào chờ duyệt"))


@require_GET
def refused(request: Request) -> HttpResponseBase:
    """Files that could not be read, with why."""
    return _readings(request, "reading-refused", _("tệp bị từ chối"), _("Không có tệp nào bị từ chối"))


def _readings(request: Request, name: str, noun: str, nothing: str) -> HttpResponseBase:
    person = request.user
    rows = Reading.objects.visible_to(person)
    rows = rows.under_review() if name == "reading-list" else rows.refused()
    register = Register(
        request,
        rows,
        search=holding("file_name"),
        search_label=_("Tìm trong tên tệp"),
        sorts=_SORTS,
        columns=[
            Taken(Column(_("Tệp"), 30), lambda r: r.file_name),
            Taken(Column(_("Số, ký hiệu"), 16), lambda r: r.read_number),
            Taken(Column(_("Trích yếu"), 44), lambda r: r.read_title),
            Taken(Column(_("Tình trạng"), 16), lambda r: r.get_state_display()),
            Taken(Column(_("Lý do"), 40), lambda r: said(r.error)),
            Taken(Column(_("Người tải lên"), 20), lambda r: r.uploaded_by.full_name if r.uploaded_by else ""),
            Taken(Column(_("Lúc tải lên"), 16, "date"), lambda r: r.uploaded_at),
        ],
        dress=lambda found: found.with_heads(),
    )
    title = f"{register.total} {noun}" if register.total else nothing
    return register.respond(
        "documents/list.html", "documents/reading_table.html", title=title, noun=noun, **_frame(request, name)
    )


def _frame(request: Request, name: str) -> dict[str, Any]:
    """Tabs with their counts, and whether this person may bring in documents."""
    person = request.user
    may = reach(person, Capability.READ_DOCUMENT) is not None
    tabs: list[tuple[Any, ...]] = []
    if may:
        waiting = Reading.objects.visible_to(person).under_review().count()
        tabs = [
            (_("Đã thông qua"), reverse("document-list"), name == "document-list"),
            (_("Đang duyệt"), reverse("reading-list"), name == "reading-list", waiting),
            (_("Bị từ chối"), reverse("reading-refused"), name == "reading-refused"),
        ]
    return {"tab_items": tabs, "may_upload": may, "accepted": ACCEPTED}


@require_POST
def upload(request: Request) -> HttpResponse:
    """Take in one or more files; one alone leads to its review."""
    person = request.user
    files: list[UploadedFile] = request.FILES.getlist("tep")
    if not files:
        # Permission is asked for first, so that a refusal isn't hidden behind a missing file.
        services.may_upload(person)
        messages.error(request, _("Chưa chọn tệp. Chọn tệp văn bản rồi tải lên."))
        return _onward(request, "document-list")
    taken = []
    for file in files:
        try:
            reading, earlier = services.upload(person, file, file.name or "")  # type: ignore[arg-type]
        except FileRefused as refusal:
            messages.error(request, str(refusal))
            continue
        if earlier is not None:
            when = f"{earlier.uploaded_at:%d/%m/%Y}"
            words = _("Tệp %(name)s đã có từ %(day)s, dùng lại bản đã lưu.")
            messages.info(request, words % {"name": file.name, "day": when})
        taken.append(reading)
    if len(taken) == 1:
        return _onward(request, "reading-review", taken[0].pk)
    return _onward(request, "reading-list" if taken else "document-list")


def _onward(request: Request, name: str, *args: Any) -> HttpResponse:
    """Where to go on; for the script that sends files with a bar, as data: the browser goes there itself."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"url": reverse(name, args=args)})
    return redirect(name, *args)


@require_GET
def document(request: Request, pk: int) -> HttpResponse:
    """One document: head, legal bases, articles, recipients, the text as read, plans made from it."""
    found = _document(request, pk)
    manuscript = Manuscript.from_json(found.manuscript) if found.manuscript else Manuscript([], "")
    revisions = found.revisions.select_related("plan").order_by("plan", "no")
    context = {
        "document": found,
        "bases": found.legal_bases.all(),
        "pieces": pieces(manuscript, [], []),
        "revisions": revisions,
        "may_upload": reach(request.user, Capability.READ_DOCUMENT) is not None,
    }
    return render(request, "documents/document.html", context)


def _document(request: Request, pk: int) -> IssuedDocument:
    rows = IssuedDocument.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("file"), pk=pk)


@require_GET
def document_file(request: Request, pk: int) -> HttpResponseBase:
    """The original file of a document."""
    found = _document(request, pk)
    return _file(found.file, found.file_name)


@require_GET
def reading_file(request: Request, pk: int) -> HttpResponseBase:
    """The original file of a reading."""
    rows = Reading.objects.visible_to(request.user)
    found = get_object_or_404(rows.select_related("file").defer("draft", "manuscript"), pk=pk)
    return _file(found.file, found.file_name)


def _file(stored: StoredFile | None, name: str) -> HttpResponseBase:
    if stored is None:
        raise Http404
    inline = stored.media_type in SHOWN_IN_BROWSER
    try:
        source = open_stored(stored)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        source, as_attachment=not inline, filename=name or stored.sha256[:12], content_type=stored.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
