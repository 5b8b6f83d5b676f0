"""Forms of the context room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.documents.models import DocumentedInformation
from sauro.monitoring.models import Indicator
from sauro.organization.models import Person, Unit
from sauro.quality.models import ContextIssue, InterestedParty, ListedProcedure, Process, SupplierEvaluation
from sauro.web.quality.pages import people_of, units_of
from sauro.web.reports.fields import DayField

MANY = {
    "data-combo": "",
    "data-remove": gettext_lazy("Bỏ"),
    "data-placeholder": gettext_lazy("gõ không dấu cũng được"),
}


def lines(rows: int = 3) -> forms.Textarea:
    """A field of some lines."""
    return forms.Textarea(attrs={"rows": rows})


class UnitField(forms.ModelChoiceField):
    """A unit of the agency, or none."""

    def __init__(self, label: Any, *, required: bool = False) -> None:
        super().__init__(Unit.objects.none(), label=label, required=required, empty_label=gettext_lazy("Chưa giao"))


class RecordForm(forms.Form):
    """A form that begins with what a record says; units are those of the person's agency."""

    def __init__(self, person: Person, record: Any = None, data: Any = None) -> None:
        names = [n for n in self.base_fields if record is not None and hasattr(record, n)]
        super().__init__(data, initial={n: getattr(record, n) for n in names})
        for field in self.fields.values():
            if isinstance(field, UnitField):
                field.queryset = units_of(person)


class IssueForm(RecordForm):
    """An issue of the context."""

    kind = forms.ChoiceField(label=gettext_lazy("Nội bộ hay bên ngoài"), choices=ContextIssue.Kind.choices)
    effect = forms.ChoiceField(label=gettext_lazy("Thuận lợi hay khó khăn"), choices=ContextIssue.Effect.choices)
    text = forms.CharField(label=gettext_lazy("Vấn đề"), max_length=4000, widget=lines())
    response = forms.CharField(
        label=gettext_lazy("Cách theo dõi, ứng phó"), max_length=4000, required=False, widget=lines()
    )


class PartyForm(RecordForm):
    """An interested party."""

    name = forms.CharField(label=gettext_lazy("Bên quan tâm"), max_length=300)
    kind = forms.ChoiceField(label=gettext_lazy("Nhóm"), choices=InterestedParty.Kind.choices)
    needs = forms.CharField(label=gettext_lazy("Nhu cầu, mong đợi"), max_length=4000, widget=lines())
    response = forms.CharField(
        label=gettext_lazy("Cách đáp ứng, theo dõi"), max_length=4000, required=False, widget=lines()
    )
    unit = UnitField(gettext_lazy("Đơn vị theo dõi"))


class ProcedureForm(RecordForm):
    """A procedure of the list."""

    code = forms.CharField(label=gettext_lazy("Mã thủ tục"), max_length=60)
    name = forms.CharField(label=gettext_lazy("Tên thủ tục"), max_length=1000, widget=lines(2))
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=ListedProcedure.Kind.choices)
    field = forms.CharField(label=gettext_lazy("Lĩnh vực"), max_length=200, required=False)
    unit = UnitField(gettext_lazy("Đơn vị giải quyết"))
    time_limit = forms.CharField(label=gettext_lazy("Thời hạn giải quyết"), max_length=120, required=False)
    decision = forms.CharField(label=gettext_lazy("Quyết định công bố"), max_length=120, required=False)
    document = forms.ModelChoiceField(
        DocumentedInformation.objects.none(), label=gettext_lazy("Quy trình nội bộ"), required=False,
        empty_label=gettext_lazy("Chưa có"),
    )  # fmt: skip

    def __init__(self, person: Person, record: Any = None, data: Any = None) -> None:
        super().__init__(person, record, data)
        documents: Any = self.fields["document"]
        documents.queryset = DocumentedInformation.objects.visible_to(person).filter(obsolete_on=None)


class ScopeForm(forms.Form):
    """A new version of the scope."""

    text = forms.CharField(label=gettext_lazy("Phạm vi áp dụng"), max_length=8000, widget=lines(5))
    sites = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=2000, required=False, widget=lines(2))
    effective_on = DayField(label=gettext_lazy("Áp dụng từ ngày"))
    reason = forms.CharField(
        label=gettext_lazy("Điều chỉnh, mở rộng hay thu hẹp, vì sao"), max_length=2000, required=False, widget=lines(2)
    )


class ImportForm(forms.Form):
    """A table of procedures: pasted, or an Excel file."""

    table = forms.CharField(
        label=gettext_lazy("Dán bảng từ Excel"), required=False, max_length=2_000_000, widget=lines(8),
        help_text=gettext_lazy(
            "Dòng đầu là tên cột: Mã thủ tục, Tên thủ tục, Loại, Lĩnh vực, Đơn vị giải quyết, Thời hạn, Quyết định."
        ),
    )  # fmt: skip
    file = forms.FileField(label=gettext_lazy("Hoặc chọn tệp .xlsx"), required=False)

    def clean(self) -> dict[str, Any]:
        """One of both."""
        data = super().clean() or {}
        if not data.get("table") and not data.get("file"):
            raise forms.ValidationError(_("Dán bảng hoặc chọn tệp."))
        if data.get("file") and data["file"].size > 10 * 1024 * 1024:
            raise forms.ValidationError(_("Tệp lớn hơn 10 MB. Chia bảng làm nhiều tệp."))
        return data


class ProcessForm(RecordForm):
    """A process."""

    code = forms.CharField(label=gettext_lazy("Mã quá trình"), max_length=20)
    name = forms.CharField(label=gettext_lazy("Tên quá trình"), max_length=300)
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=Process.Kind.choices)
    order = forms.IntegerField(label=gettext_lazy("Thứ tự trên sơ đồ"), min_value=0, max_value=999, initial=1)
    unit = UnitField(gettext_lazy("Đơn vị chủ quá trình"))
    owner = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("Người chủ quá trình"), required=False,
        empty_label=gettext_lazy("Chưa giao"),
    )  # fmt: skip
    inputs = forms.CharField(
        label=gettext_lazy("Đầu vào, mỗi dòng một ý"), required=False, max_length=4000, widget=lines()
    )
    outputs = forms.CharField(
        label=gettext_lazy("Đầu ra, mỗi dòng một ý"), required=False, max_length=4000, widget=lines()
    )
    resources = forms.CharField(label=gettext_lazy("Nguồn lực"), required=False, max_length=2000, widget=lines(2))
    criteria = forms.CharField(
        label=gettext_lazy("Chỉ số, tiêu chí theo dõi"), required=False, max_length=2000, widget=lines(2)
    )
    indicators = forms.ModelMultipleChoiceField(
        Indicator.objects.none(), label=gettext_lazy("Chỉ số đo quá trình"), required=False,
        widget=forms.SelectMultiple(attrs=MANY),
    )  # fmt: skip
    documents = forms.ModelMultipleChoiceField(
        DocumentedInformation.objects.none(), label=gettext_lazy("Tài liệu kiểm soát quá trình"), required=False,
        widget=forms.SelectMultiple(attrs=MANY),
    )  # fmt: skip
    gives = forms.ModelMultipleChoiceField(
        Process.objects.none(), label=gettext_lazy("Chuyển đầu ra cho"), required=False,
        widget=forms.SelectMultiple(attrs=MANY), help_text=gettext_lazy("Mũi tên trên sơ đồ."),
    )  # fmt: skip

    def __init__(self, person: Person, record: Process | None = None, data: Any = None) -> None:
        super().__init__(person, record, data)
        if record:
            self.initial = {
                **self.initial,
                "indicators": list(record.indicators.values_list("pk", flat=True)),
                "documents": list(record.documents.values_list("pk", flat=True)),
                "gives": list(record.gives.values_list("target_id", flat=True)),
            }
        agency_id, fields = person.agency_id, self.fields
        rows: dict[str, Any] = {
            "owner": people_of(person),
            "indicators": Indicator.objects.filter(agency_id=agency_id),
            "documents": DocumentedInformation.objects.visible_to(person).filter(obsolete_on=None),
            "gives": Process.objects.filter(agency_id=agency_id, ended_on=None).exclude(pk=record.pk if record else 0),
        }
        for name, queryset in rows.items():
            fields[name].queryset = queryset  # type: ignore[attr-defined]


class SupplierForm(RecordForm):
    """An outside provider."""

    name = forms.CharField(label=gettext_lazy("Bên cung cấp"), max_length=300)
    provides = forms.CharField(label=gettext_lazy("Cung cấp gì"), max_length=500, widget=lines(2))
    unit = UnitField(gettext_lazy("Đơn vị theo dõi"))
    criteria = forms.CharField(label=gettext_lazy("Tiêu chí đánh giá"), max_length=4000, required=False, widget=lines())


class EvaluateForm(forms.Form):
    """An evaluation of a provider."""

    on = DayField(label=gettext_lazy("Ngày đánh giá"))
    result = forms.ChoiceField(label=gettext_lazy("Kết quả"), choices=SupplierEvaluation.Result.choices)
    note = forms.CharField(label=gettext_lazy("Nhận xét"), max_length=4000, required=False, widget=lines())
