"""Forms of the room."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.documents.control.circulation import DUE_DAYS
from sauro.documents.models import DocumentClass, DocumentedInformation
from sauro.organization.models import Person, Unit
from sauro.organization.policy import AGENCY, Capability, reach
from sauro.web.reports.fields import DayField

Review = DocumentedInformation.Review
_CLAUSE = re.compile(r"\d{1,2}(\.\d{1,2}){0,3}")


def _units(agency_id: int) -> Any:
    kinds = [Unit.Kind.UNIT, Unit.Kind.ROLE]
    return Unit.objects.filter(agency_id=agency_id, kind__in=kinds, is_active=True).order_by("path")


class DocumentForm(forms.Form):
    """What the master list says of a document."""

    cls = forms.ModelChoiceField(DocumentClass.objects.none(), label=gettext_lazy("Loại tài liệu"), empty_label=None)
    code = forms.CharField(
        label=gettext_lazy("Mã hiệu"),
        max_length=40,
        error_messages={"required": gettext_lazy("Ghi mã hiệu của tài liệu, ví dụ QT.05.")},
    )
    title = forms.CharField(
        label=gettext_lazy("Tên tài liệu"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Ghi tên của tài liệu.")},
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Đơn vị soạn thảo"), empty_label=None)
    parent = forms.ModelChoiceField(
        DocumentedInformation.objects.none(),
        label=gettext_lazy("Thuộc quy trình"),
        required=False,
        empty_label=gettext_lazy("không thuộc quy trình nào"),
    )
    clauses = forms.CharField(
        label=gettext_lazy("Điều khoản tiêu chuẩn"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Cách nhau bằng dấu phẩy, ví dụ 7.5, 8.1"),
    )
    review_kind = forms.ChoiceField(label=gettext_lazy("Định kỳ xem xét"), choices=Review.choices)
    review_months = forms.IntegerField(
        label=gettext_lazy("Bao nhiêu tháng một lần"), min_value=0, max_value=120, required=False
    )
    review_day = forms.CharField(
        label=gettext_lazy("Ngày cố định hằng năm"),
        max_length=5,
        required=False,
        help_text=gettext_lazy("Ngày/tháng, ví dụ 15/12"),
    )

    def __init__(self, person: Person, document: DocumentedInformation | None = None, data: Any = None) -> None:
        initial: dict[str, Any] = {"review_kind": Review.SINCE_LAST, "review_months": 12, "unit": person.unit_id}
        if document is not None:
            names = ("cls", "code", "title", "unit", "parent", "review_kind", "review_months")
            initial = {n: getattr(document, f"{n}_id" if n in ("cls", "unit", "parent") else n) for n in names}
            initial["clauses"] = ", ".join(document.clauses)
            initial["review_day"] = "/".join(reversed(document.review_day.split("-")))
        super().__init__(data, initial=initial)
        self.fields["cls"].queryset = DocumentClass.objects.filter(agency_id=person.agency_id)  # type: ignore[attr-defined]
        units = _units(person.agency_id)
        if document is None and reach(person, Capability.WRITE_DOCUMENT) != AGENCY:
            units = units.filter(path__startswith=person.unit.path)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        parents = DocumentedInformation.objects.filter(
            agency_id=person.agency_id, obsolete_on=None, cls__kind=DocumentClass.Kind.PROCEDURE
        )
        self.fields["parent"].queryset = parents.exclude(pk=document.pk if document else 0)  # type: ignore[attr-defined]

    def clean_clauses(self) -> list[str]:
        """The numbers of the clauses."""
        found = [c.strip() for c in self.cleaned_data["clauses"].replace(";", ",").split(",") if c.strip()]
        wrong = [c for c in found if not _CLAUSE.fullmatch(c)]
        if wrong:
            raise forms.ValidationError(
                _("“%(text)s” không phải số điều khoản. Viết như 7.5 hoặc 8.2.1.") % {"text": wrong[0]}
            )
        return found

    def clean_review_months(self) -> int:
        """Nothing typed is none."""
        return self.cleaned_data.get("review_months") or 0


class ApprovalForm(forms.Form):
    """What an approval says: the decision, the day of effect, who is given the document."""

    decision_number = forms.CharField(label=gettext_lazy("Số quyết định ban hành"), max_length=60, required=False)
    effective_on = DayField(
        label=gettext_lazy("Ngày hiệu lực"),
        error_messages={"required": gettext_lazy("Ghi ngày hiệu lực.")},
    )
    everyone = forms.BooleanField(label=gettext_lazy("Phân phối cho toàn cơ quan"), required=False, initial=True)
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Hoặc chọn đơn vị nhận"),
        required=False,
        widget=forms.SelectMultiple(attrs={"data-combo": "", "size": 6}),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Đọc, xác nhận trong bao nhiêu ngày"), min_value=0, max_value=365, initial=DUE_DAYS
    )

    def __init__(self, agency_id: int, today: dt.date, data: Any = None) -> None:
        super().__init__(data, initial={"effective_on": today, "everyone": True, "days": DUE_DAYS})
        self.fields["units"].queryset = _units(agency_id)  # type: ignore[attr-defined]
        self.fields["units"].widget.attrs["data-remove"] = _("Bỏ")

    def clean(self) -> dict[str, Any]:
        """Someone has to be given it."""
        data = super().clean() or {}
        if not data.get("everyone") and not data.get("units") and "units" not in self.errors:
            self.add_error("units", _("Chọn đơn vị nhận, hoặc phân phối cho toàn cơ quan."))
        return data


class ClassForm(forms.ModelForm):
    """The policy of a class."""

    class Meta:
        model = DocumentClass
        fields = (
            "name", "kind", "needs_check", "own_approval", "needs_signature", "needs_acknowledgement",
            "review_months", "retention_years",
        )  # fmt: skip
        labels = {
            "name": gettext_lazy("Tên loại"),
            "kind": gettext_lazy("Bản chất"),
            "needs_check": gettext_lazy("Phải kiểm tra trước khi phê duyệt"),
            "own_approval": gettext_lazy("Người soạn thảo được tự kiểm tra, phê duyệt"),
            "needs_signature": gettext_lazy("Bản phê duyệt phải ký số mới có hiệu lực"),
            "needs_acknowledgement": gettext_lazy("Người nhận phải xác nhận đã đọc"),
            "review_months": gettext_lazy("Xem xét bao nhiêu tháng một lần"),
            "retention_years": gettext_lazy("Giữ bản hết hiệu lực bao nhiêu năm"),
        }
        help_texts = dict.fromkeys(fields, "") | {
            "review_months": gettext_lazy("0 là không định kỳ."),
            "retention_years": gettext_lazy("Để trống là giữ vĩnh viễn."),
        }
