"""Complaints and proposals: sent, and followed by code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.notices import mail
from sauro.organization.models import Agency
from sauro.portal.keys import is_key
from sauro.portal.pages import Shown, sent, shown_of
from sauro.portal.today import today
from sauro.quality.models import Feedback
from sauro.quality.services import feedback
from sauro.quality.services.errors import NotNow


class FeedbackForm(forms.Form):
    """What someone writes. `website` is for machines alone: people don't see it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"), choices=Feedback.Kind.choices, initial=Feedback.Kind.COMPLAINT, required=False
    )
    text = forms.CharField(
        label=gettext_lazy("Nội dung"),
        max_length=feedback.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": gettext_lazy("Việc gì, ở đâu, khi nào")}),
        error_messages={
            "required": gettext_lazy("Viết nội dung: việc gì, ở đâu, khi nào."),
            "max_length": gettext_lazy("Nội dung dài hơn %(limit_value)d ký tự. Viết gọn lại."),
        },
    )
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử để nhận trả lời"),
        required=False,
        error_messages={"invalid": gettext_lazy("Thư điện tử chưa đúng dạng ten@noi.vn.")},
    )
    website = forms.CharField(required=False, max_length=200)


def _shown(request: HttpRequest, language: str, pk: int) -> Shown:
    return shown_of(request, get_object_or_404(Agency, pk=pk), language)


def _page(shown: Shown, form: Any = None, status: int = 200, **more: Any) -> HttpResponseBase:
    return shown.page(
        "feedback", status, here="feedback", form=form or FeedbackForm(), days=feedback.ANSWER_DAYS,
        letters=mail.is_set_up(), **more,
    )  # fmt: skip


@sent
def send(request: HttpRequest, language: str, pk: int) -> HttpResponseBase:
    """The form, and the receipt with the code once it is sent."""
    shown = _shown(request, language, pk)
    if request.method != "POST":
        return _page(shown)
    form = FeedbackForm(request.POST)
    if not is_key(request, shown.agency.pk, today()):
        return _page(
            shown, form, 403, refused=_("Trang này mở đã lâu hoặc mẫu gửi từ nơi khác. Xem lại rồi gửi một lần nữa.")
        )
    if not form.is_valid():
        return _page(shown, form, 422)
    said = form.cleaned_data
    if said["website"]:
        return _page(shown, form, 422, refused=_("Ô dành để nhận ra máy gửi tự động đã bị điền, nên chưa nhận."))
    try:
        made = feedback.receive(
            shown.agency, today(), kind=said["kind"] or Feedback.Kind.COMPLAINT, text=said["text"],
            email=said["email"] if mail.is_set_up() else "",
        )  # fmt: skip
    except NotNow as no:
        return _page(shown, form, 409, refused=str(no))
    return shown.page("received", here="feedback", row=made)


@sent
def follow(request: HttpRequest, language: str, pk: int) -> HttpResponseBase:
    """What became of the one with the code; the code comes in the form, so that no address holds it."""
    shown = _shown(request, language, pk)
    if request.method != "POST":
        return _page(shown)
    typed = request.POST.get("ma", "")[:40]
    if not is_key(request, shown.agency.pk, today()):
        return _page(shown, status=403, typed=typed, lost=_("Trang này mở đã lâu. Tra cứu một lần nữa."))
    row = feedback.by_code(shown.agency, typed)
    if row is None:
        lost = _("Không có mã “%(code)s” ở cơ quan này. Xem lại từng chữ; mã có dạng PA-2026-ABCD-EFGH.") % {
            "code": typed
        }
        return _page(shown, status=404, typed=typed, lost=lost)
    return shown.page("followed", here="feedback", row=row, late=row.state in feedback.OPEN and row.due < today())
