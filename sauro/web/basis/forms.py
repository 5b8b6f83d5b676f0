"""Forms of legal bases, reviews, records and requests."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.documents.control.instruments import DAYS
from sauro.documents.models import DocumentedInformation, Instrument, RecordSeries, ReviewFlag
from sauro.organization.models import Person, Unit
from sauro.web.quality.pages import units_of
from sauro.web.reports.fields import DayField


class InstrumentForm(forms.Form):
    """An instrument as the register holds it."""

    type = forms.CharField(
        label=gettext_lazy("Tên loại"), max_length=60, required=False,
        help_text=gettext_lazy("Luật, Nghị định, Thông tư, Quyết định, Tiêu chuẩn …"),
    )  # fmt: skip
    number = forms.CharField(label=gettext_lazy("Số, ký hiệu"), max_length=60)
    issued_on = DayField(label=gettext_lazy("Ngày ban hành"), required=False)
    title = forms.CharField(label=gettext_lazy("Trích yếu"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ChangeStateForm(forms.Form):
    """What happened to an instrument."""

    state = forms.ChoiceField(
        label=gettext_lazy("Điều đã xảy ra"),
        choices=[c for c in Instrument.State.choices if c[0] != Instrument.State.IN_FORCE],
    )
    by = forms.ModelChoiceField(
        Instrument.objects.none(), label=gettext_lazy("Văn bản thay thế, sửa đổi"), required=False,
        help_text=gettext_lazy("Hết hiệu lực mà không có văn bản thay thế thì để trống."),
    )  # fmt: skip
    on = DayField(label=gettext_lazy("Từ ngày"))
    text = forms.CharField(
        label=gettext_lazy("Nội dung thay đổi chính"), max_length=700, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    days = forms.IntegerField(
        label=gettext_lazy("Các đơn vị xem xét tài liệu trong (ngày)"), min_value=1, max_value=365, initial=DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3}),
        error_messages={n: gettext_lazy("Ghi số ngày từ 1 đến 365.") for n in ("invalid", "min_value", "max_value")},
    )  # fmt: skip

    def __init__(self, instrument: Instrument, data: Any = None) -> None:
        super().__init__(data)
        others = Instrument.objects.filter(agency_id=instrument.agency_id).exclude(pk=instrument.pk)
        by: Any = self.fields["by"]
        by.queryset, by.empty_label = others.order_by("number_key"), _("Chọn trong danh mục")
        by.label_from_instance = lambda i: f"{i} – {i.title}"[:140]


class SettleForm(forms.Form):
    """What came of a review."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Kết luận"), choices=ReviewFlag.Outcome.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("Lý do, nội dung đã xem xét"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Ghi lý do của kết luận xem xét.")},
    )  # fmt: skip
    recite = forms.BooleanField(label=gettext_lazy("Viện dẫn văn bản thay thế từ nay"), required=False, initial=True)


class AskForm(forms.Form):
    """A request to change a document."""

    text = forms.CharField(
        label=gettext_lazy("Đề nghị sửa gì"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Mục, bước, biểu mẫu nào; sửa thành gì."),
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class RecordForm(forms.Form):
    """A series of records."""

    code = forms.CharField(label=gettext_lazy("Mã hồ sơ, biểu mẫu"), max_length=40)
    title = forms.CharField(label=gettext_lazy("Tên hồ sơ"), max_length=500)
    document = forms.ModelChoiceField(
        DocumentedInformation.objects.none(), label=gettext_lazy("Quy trình sinh ra"), required=False
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Đơn vị giữ"), required=False)
    place = forms.CharField(label=gettext_lazy("Nơi lưu, cách lưu"), max_length=300, required=False)
    retention_years = forms.IntegerField(
        label=gettext_lazy("Lưu bao nhiêu năm"), min_value=1, max_value=200, required=False,
        help_text=gettext_lazy("Để trống là vĩnh viễn."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3}),
        error_messages={n: gettext_lazy("Ghi số năm từ 1 đến 200.") for n in ("invalid", "min_value", "max_value")},
    )  # fmt: skip
    disposal = forms.CharField(label=gettext_lazy("Xử lý khi hết hạn lưu"), max_length=300, required=False)

    def __init__(self, person: Person, series: RecordSeries | None, data: Any = None) -> None:
        names = ("code", "title", "document", "unit", "place", "retention_years", "disposal")
        super().__init__(data, initial={n: getattr(series, n) for n in names} if series else None)
        document: Any = self.fields["document"]
        document.queryset = DocumentedInformation.objects.visible_to(person).filter(obsolete_on=None)
        document.empty_label = _("Không thuộc quy trình nào")
        unit: Any = self.fields["unit"]
        unit.queryset, unit.empty_label = units_of(person), _("Chưa giao")
