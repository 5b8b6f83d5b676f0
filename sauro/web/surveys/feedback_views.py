"""Complaints and proposals: the register, one of them, and what is done with it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauro.organization.models import Unit
from sauro.organization.policy import Capability, allows, reach, require
from sauro.quality.models import Feedback, ListedProcedure, Nonconformity
from sauro.quality.services import feedback
from sauro.quality.services.errors import NotNow
from sauro.vietnamese.text import squeeze
from sauro.web.listing import Filter, Register, Sort, Taken
from sauro.web.look.text import vnumber
from sauro.web.reports.fields import DayField
from sauro.web.request import Request
from sauro.web.surveys.papers import write_answer
from sauro.web.surveys.parts import DOCX, tabs
from sauro.web.today import today
from sauro.writing import Column

State = Feedback.State
TONES = {State.RECEIVED: "soon", State.ASSIGNED: "info", State.ANSWERED: "done", State.REFUSED: "neutral"}
CHANNELS = {
    "web": gettext_lazy("Trang công khai"),
    "paper": gettext_lazy("Giấy"),
    "phone": gettext_lazy("Điện thoại"),
}


def _units(request: Request) -> Any:
    rows = Unit.objects.filter(agency_id=request.user.agency_id, kind=Unit.Kind.UNIT, is_active=True)
    return rows.order_by("path")


@require_safe
def feedback_list(request: Request) -> HttpResponseBase:
    """What came in, as far as the person may read it; what waits first, by its last day."""
    on, rows = today(), feedback.visible_to(request.user)
    late = rows.filter(state__in=feedback.OPEN, due__lt=on)
    register = Register(
        request,
        rows,
        search=lambda r, words: r.matching(words),
        search_label=_("Tìm theo mã, nội dung"),
        filters=[
            Filter("trang_thai", _("Tình trạng"), [*State.choices, ("qua_han", _("Quá hạn trả lời"))],
                   lambda r, v: r.filter(state__in=feedback.OPEN, due__lt=on) if v == "qua_han" else r.filter(state=v)),
            Filter("loai", _("Loại"), Feedback.Kind.choices, lambda r, v: r.filter(kind=v)),
            Filter("don_vi", _("Đơn vị"), [(str(u.pk), u.label) for u in _units(request)],
                   lambda r, v: r.filter(unit_id=int(v)), _("Mọi đơn vị")),
            Filter("qua", _("Nhận qua"), list(CHANNELS.items()), lambda r, v: r.filter(channel=v)),
        ],
        sorts=[
            Sort("nhan", _("ngày nhận, mới trước"), ("-received_on", "-pk"), ("received_on", "pk")),
            Sort("han", _("hạn trả lời"), ("due", "pk"), ("-due", "-pk")),
        ],
        columns=_columns(),
        dress=lambda r: r.select_related("unit"),
    )  # fmt: skip
    for row in register.page.object_list:
        row.tone, row.open = TONES[row.state], row.state in feedback.OPEN
    waiting, overdue = rows.filter(state__in=feedback.OPEN).count(), late.count()
    title = ngettext("%(n)s phản ánh, kiến nghị chờ trả lời", "%(n)s phản ánh, kiến nghị chờ trả lời", waiting)
    title = title % {"n": vnumber(waiting)} if waiting else _("Không có phản ánh, kiến nghị nào chờ trả lời")
    if overdue:
        title += ngettext(", %(n)s đã quá hạn", ", %(n)s đã quá hạn", overdue) % {"n": vnumber(overdue)}
    writes = allows(request.user, Capability.ANSWER_FEEDBACK, request.user.unit.agency)
    return register.respond(
        "feedback/list.html",
        "feedback/table.html",
        title=title,
        noun=pgettext("noun", "phản ánh, kiến nghị"),
        file_title=_("Sổ phản ánh, kiến nghị"),
        add=(reverse("feedback-add"), _("Ghi phản ánh nhận trực tiếp")) if writes else None,
        **tabs("feedback-list"),
    )


def _columns() -> list[Taken]:
    return [
        Taken(Column(_("Mã"), 20), lambda r: r.code),
        Taken(Column(_("Loại"), 12), lambda r: r.get_kind_display()),
        Taken(Column(_("Nội dung"), 50), lambda r: r.text),
        Taken(Column(_("Nhận qua"), 12), lambda r: str(CHANNELS.get(r.channel, r.channel)), on_paper=False),
        Taken(Column(_("Ngày nhận"), 12, "date"), lambda r: r.received_on),
        Taken(Column(_("Hạn trả lời"), 12, "date"), lambda r: r.due),
        Taken(Column(_("Đơn vị xử lý"), 26), lambda r: r.unit.name if r.unit else ""),
        Taken(Column(_("Tình trạng"), 14), lambda r: r.get_state_display()),
        Taken(Column(_("Ngày trả lời"), 12, "date"), lambda r: r.answered_on),
        Taken(Column(_("Trả lời"), 50), lambda r: r.answer),
    ]


def _find(request: Request, pk: int) -> Feedback:
    rows = feedback.visible_to(request.user)
    return get_object_or_404(rows.select_related("agency", "unit", "assigned_by", "answered_by", "procedure",
                                                 "nonconformity"), pk=pk)  # fmt: skip


class NonconformityForm(forms.Form):
    """A nonconformity opened from a complaint."""

    title = forms.CharField(label=gettext_lazy("Tóm tắt"), max_length=500)
    text = forms.CharField(
        label=gettext_lazy("Mô tả: trái với yêu cầu nào, bằng chứng gì"), widget=forms.Textarea(attrs={"rows": 4})
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Đơn vị có sự không phù hợp"))
    grade = forms.ChoiceField(label=gettext_lazy("Mức độ"), choices=Nonconformity.Grade.choices, initial="minor")

    def __init__(self, units: Any, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


def _page(request: Request, row: Feedback, status: int = 200, **more: Any) -> HttpResponse:
    person, on = request.user, today()
    may_open = row.nonconformity_id is None and row.state != State.REFUSED and row.kind == Feedback.Kind.COMPLAINT
    opened = may_open and bool(reach(person, Capability.RAISE_NONCONFORMITY))
    begins = {"title": squeeze(row.text)[:200], "text": row.text, "unit": row.unit_id}
    context = {
        "row": row,
        "tone": TONES[State(row.state)],
        "channel": CHANNELS.get(row.channel, row.channel),
        "today": on,
        "open": row.state in feedback.OPEN,
        "units": _units(request) if feedback.may_assign(person, row) else [],
        "may_answer": feedback.may_answer(person, row),
        "may_know": allows(person, Capability.ANSWER_FEEDBACK, row),
        "form": NonconformityForm(_units(request), initial=begins) if opened else None,
        "typed": {},
        **more,
    }
    return render(request, "feedback/one.html", context, status=status)


@require_safe
def one(request: Request, pk: int) -> HttpResponse:
    """What came in, by when it is to be answered, and what was answered."""
    return _page(request, _find(request, pk))


def _done(
    request: Request, row: Feedback, act: Callable[[], Any], said: str, typed: dict[str, str] | None = None
) -> HttpResponse:
    try:
        act()
    except NotNow as no:
        return _page(request, row, 409, refused=str(no), typed=typed or {})
    messages.success(request, said)
    return redirect("feedback", row.pk)


@require_POST
def assign(request: Request, pk: int) -> HttpResponse:
    """Give it to a unit."""
    row, chosen = _find(request, pk), request.POST.get("unit", "")
    require(request.user, Capability.ANSWER_FEEDBACK, row.agency)
    unit = _units(request).filter(pk=int(chosen)).first() if chosen.isascii() and chosen.isdecimal() else None
    if unit is None:
        return _page(request, row, 422, refused=_("Chọn đơn vị trả lời."))
    said = _("Đã giao %(unit)s.") % {"unit": unit.label}
    return _done(request, row, lambda: feedback.assign(row, request.user, unit, today()), said)


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer."""
    row, text = _find(request, pk), request.POST.get("answer", "")
    said = _("Đã trả lời. Người gửi xem được bằng mã tra cứu.")
    return _done(request, row, lambda: feedback.answer(row, request.user, text, today()), said, {"answer": text})


@require_POST
def refuse(request: Request, pk: int) -> HttpResponse:
    """Say that it is not dealt with, and why."""
    row, text = _find(request, pk), request.POST.get("reason", "")
    said = _("Đã ghi: không xử lý, kèm lý do.")
    return _done(request, row, lambda: feedback.refuse(row, request.user, text, today()), said, {"reason": text})


@require_POST
def nonconformity(request: Request, pk: int) -> HttpResponse:
    """Open a nonconformity from it."""
    row = _find(request, pk)
    if not reach(request.user, Capability.RAISE_NONCONFORMITY):
        require(request.user, Capability.RAISE_NONCONFORMITY, row)
    form = NonconformityForm(_units(request), request.POST)
    if not form.is_valid():
        return _page(request, row, 422, form=form)
    said = form.cleaned_data
    return _done(
        request, row, lambda: feedback.open_nonconformity(row, request.user, today(), **said),
        _("Đã mở sự không phù hợp từ phản ánh này."),
    )  # fmt: skip


class WriteForm(forms.Form):
    """One that came on paper or by telephone."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=Feedback.Kind.choices)
    channel = forms.ChoiceField(
        label=gettext_lazy("Nhận qua"), choices=[(k, v) for k, v in CHANNELS.items() if k != "web"]
    )
    received_on = DayField(label=gettext_lazy("Ngày nhận"))
    text = forms.CharField(
        label=gettext_lazy("Nội dung"), widget=forms.Textarea(attrs={"rows": 6}), max_length=feedback.LONGEST
    )
    procedure = forms.ModelChoiceField(
        ListedProcedure.objects.none(), label=gettext_lazy("Thủ tục liên quan"), required=False
    )
    email = forms.EmailField(label=gettext_lazy("Thư điện tử nhận trả lời"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponse:
    """Write down one that came on paper or by telephone."""
    agency = request.user.unit.agency
    require(request.user, Capability.ANSWER_FEEDBACK, agency)
    form, status = WriteForm(request.POST or None, initial={"received_on": today()}), 200
    form.fields["procedure"].queryset = ListedProcedure.objects.filter(agency=agency, until=None)  # type: ignore[attr-defined]
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                row = feedback.write_down(agency, request.user, today(), **form.cleaned_data)
            except NotNow as no:
                status = 409
                form.add_error(None, str(no))
            else:
                messages.success(
                    request, _("Đã ghi, mã %(code)s: đọc mã cho người gửi để tra cứu.") % {"code": row.code}
                )
                return redirect("feedback", row.pk)
    return render(request, "feedback/add.html", {"form": form}, status=status)


@require_safe
def paper(request: Request, pk: int) -> HttpResponseBase:
    """The answer as an official letter."""
    row, out = _find(request, pk), io.BytesIO()
    if not row.answer:
        raise Http404
    write_answer(out, row, today())
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"tra-loi-{row.code}.docx", content_type=DOCX)
