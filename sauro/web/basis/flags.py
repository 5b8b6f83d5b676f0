"""Documents that have to be reviewed, and what came of it."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods

from sauro.documents.control import flags, reviews
from sauro.documents.models import DocumentedInformation, ReviewFlag
from sauro.organization.models.units import under
from sauro.organization.policy import Capability, allows, require
from sauro.web.basis.forms import SettleForm
from sauro.web.basis.parts import parts
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.quality.pages import form_page, head_of, sent, unit_choices, units_of, word
from sauro.web.quality.sections import sections
from sauro.web.request import Request
from sauro.web.today import today
from sauro.writing import Column
from sauro.writing.quality import Facts, Part, RecordPaper, Signature, write_record

Cause, Outcome = ReviewFlag.Cause, ReviewFlag.Outcome
# Databases disagree on where a missing day stands.
WAITING_FIRST = F("settled_on").desc(nulls_first=True)
WAITING_LAST = F("settled_on").asc(nulls_last=True)


def _standing(rows: Any, value: str) -> Any:
    if value == "da":
        return rows.exclude(settled_on=None)
    rows = rows.filter(settled_on=None)
    return rows.filter(due__lt=today()) if value == "qua_han" else rows


@require_GET
def flag_list(request: Request) -> HttpResponseBase:
    """Every call to review a document, those that wait first."""
    person = request.user
    paths = {str(u.pk): u.path for u in units_of(person)}
    register = Register(
        request,
        ReviewFlag.objects.visible_to(person),
        search=lambda r, words: r.filter(
            document__in=DocumentedInformation.objects.all().matching(words).order_by().values("pk")
        ),
        search_label=_("Tìm mã, tên tài liệu"),
        filters=[
            Filter(
                "tinh_trang",
                _("Tình trạng"),
                [("cho", _("chờ xem xét")), ("qua_han", _("quá hạn xem xét")), ("da", _("đã kết luận"))],
                _standing,
            ),
            Filter("vi_sao", _("Vì sao"), Cause.choices, lambda r, v: r.filter(cause=v)),
            Filter(
                "don_vi",
                _("Đơn vị soạn thảo"),
                unit_choices(person),
                lambda r, v: r.filter(under("document__unit_path", paths[v])),
            ),
        ],
        sorts=[
            Sort("han", _("hạn, chưa kết luận trước"), (WAITING_FIRST, "due", "pk"), (WAITING_LAST, "-due", "-pk")),
            Sort("ma", _("mã tài liệu"), ("document__sort_key", "pk"), ("-document__sort_key", "-pk")),
        ],
        columns=_columns(),
        dress=lambda r: r.select_related("document__unit", "instrument", "settled_by"),
    )
    waiting = ReviewFlag.objects.visible_to(person).open().count()
    title = ngettext("%(n)s tài liệu cần xem xét", "%(n)s tài liệu cần xem xét", waiting) % {"n": vnumber(waiting)}
    return register.respond(
        "quality/register.html",
        "basis/flags_table.html",
        title=title if waiting else _("Không tài liệu nào chờ xem xét"),
        noun=pgettext("noun", "lần xem xét"),
        file_title=_("Xem xét tài liệu"),
        sections=sections("controlled-list"),
        parts=parts("flag-list"),
    )


def _columns() -> list[Taken]:
    return [
        Taken(Column(_("Mã hiệu"), 12), lambda r: r.document.code),
        Taken(Column(_("Tài liệu"), 36), lambda r: r.document.title),
        Taken(Column(_("Đơn vị soạn thảo"), 24), lambda r: r.document.unit.name),
        Taken(Column(_("Vì sao"), 20), lambda r: r.get_cause_display()),
        Taken(Column(_("Nội dung"), 40), lambda r: r.text),
        Taken(Column(_("Ngày nêu"), 12, "date"), lambda r: r.raised_on),
        Taken(Column(_("Hạn"), 12, "date"), lambda r: r.due),
        Taken(Column(_("Kết luận"), 14), lambda r: r.get_outcome_display() if r.outcome else ""),
        Taken(Column(_("Ngày kết luận"), 12, "date"), lambda r: r.settled_on, on_paper=False),
        Taken(Column(_("Lý do"), 30), lambda r: r.note),
    ]


def _find(request: Request, pk: int) -> ReviewFlag:
    rows = ReviewFlag.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related(
            "document__unit__agency", "document__current", "document__cls", "instrument__replaced_by", "settled_by"
        ),
        pk=pk,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: Request, pk: int) -> HttpResponse:
    """One review: why, by when, and the conclusion for whoever may write it."""
    found = _find(request, pk)
    document = found.document
    may = not found.settled_on and allows(request.user, Capability.CHECK_DOCUMENT, found)
    if request.method == "POST":
        require(request.user, Capability.CHECK_DOCUMENT, found)
    revision = flags.revision_since(found)
    initial: dict[str, Any] = {"recite": True}
    if revision:
        initial["outcome"] = Outcome.REVISED
        initial["note"] = _("Lần ban hành %(no)d, hiệu lực từ %(day)s.") % {
            "no": revision.issue_no, "day": f"{revision.effective_on:%d/%m/%Y}"
        }  # fmt: skip
    form = SettleForm(sent(request), initial=initial)
    successor = found.instrument.replaced_by if found.instrument else None
    if successor is None:
        del form.fields["recite"]
    else:
        form.fields["recite"].label = _("Từ nay viện dẫn %(what)s") % {"what": successor}

    def act(d: dict[str, Any]) -> None:
        if found.cause == Cause.PERIODIC and not found.settled_on:
            reviews.settle(document, request.user, today(), d["outcome"], d["note"])
        else:
            flags.settle(found, request.user, today(), d["outcome"], d["note"], recite=bool(d.get("recite")))

    return form_page(
        request,
        form,
        act,
        title=_("Xem xét %(code)s") % {"code": document.code},
        said=_("Đã ghi kết luận xem xét."),
        submit=_("Ghi kết luận"),
        back=(document.code, f"/chat-luong/tai-lieu/{document.pk}/"),
        template="basis/flag.html",
        flag=found,
        document=document,
        may=may,
        today=today(),
        sections=sections("controlled-list"),
    )


@require_GET
def paper(request: Request, pk: int) -> HttpResponseBase:
    """The review as a form to print."""
    found = _find(request, pk)
    document = found.document
    why = Facts(
        (
            ("Tài liệu", str(document)),
            ("Đơn vị soạn thảo", document.unit.name),
            ("Lần ban hành", document.current.issue_no if document.current else ""),
            ("Vì sao phải xem xét", Cause(found.cause).label),
            ("Nội dung", found.text),
            ("Ngày nêu", found.raised_on),
            ("Hạn xem xét", found.due),
        )
    )
    result = Facts(
        (
            ("Kết luận", Outcome(found.outcome).label if found.outcome else "Chưa kết luận"),
            ("Lý do", found.note),
            ("Ngày kết luận", found.settled_on),
            ("Người kết luận", found.settled_by.full_name if found.settled_by else ""),
        )
    )
    made = RecordPaper(
        head_of(document.agency, found.settled_on or found.raised_on),
        "Phiếu xem xét tài liệu",
        f"{document.code}",
        parts=(Part("Yêu cầu xem xét", (why,)), Part("Kết luận", (result,))),
        signatures=(Signature("Người xem xét", found.settled_by.full_name if found.settled_by else ""),),
        numbered=False,
        ends=False,
    )
    return word(lambda out: write_record(out, made), f"Phiếu xem xét {document.code} {found.raised_on:%Y%m%d}")
