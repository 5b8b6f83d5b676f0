"""What is typed about a nonconformity, a form a verb."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sauro.documents.models import DocumentedInformation
from sauro.organization.models import Agency, Person, Unit
from sauro.organization.models.units import under
from sauro.quality.models import ListedProcedure, Nonconformity, Process
from sauro.quality.ready.standard import clauses
from sauro.quality.services.correcting import BRANCHES, WHYS
from sauro.web.quality.words import clause_words
from sauro.web.reports.fields import DayField

BRANCH_WORDS = {
    "people": gettext_lazy("Con người"),
    "method": gettext_lazy("Cách làm, quy trình"),
    "means": gettext_lazy("Phương tiện, phần mềm"),
    "input": gettext_lazy("Đầu vào, hồ sơ"),
    "measure": gettext_lazy("Đo lường, kiểm tra"),
    "environment": gettext_lazy("Môi trường, bối cảnh"),
}


def area(rows: int = 3) -> forms.Textarea:
    """A box for several lines."""
    return forms.Textarea(attrs={"rows": rows})


def units_of(agency: Agency | int) -> Any:
    """The agency's units that act, in the order of the register."""
    return Unit.objects.filter(agency=agency, is_active=True, kind__in=[Unit.Kind.UNIT, Unit.Kind.ROLE]).order_by(
        "path"
    )


def people_of(agency: Agency | int) -> Any:
    """The agency's people by name."""
    return Person.objects.filter(unit__agency=agency, is_active=True).order_by("sort_key")


def clause_choices() -> list[tuple[str, str]]:
    """The clauses of the standard below the chapters."""
    rows = [(c.number, clause_words(c)) for c in clauses() if c.level > 1]
    return [("", _("chưa rõ")), *rows]


class CodeField(forms.CharField):
    """A record typed by its code; the record itself once clean, None where nothing was typed."""

    def __init__(self, model: Any, **kwargs: Any) -> None:
        super().__init__(max_length=60, required=False, **kwargs)
        self.model, self.agency_id = model, 0

    def prepare_value(self, value: Any) -> Any:
        """The code of a record."""
        return getattr(value, "code", value)

    def clean(self, value: Any) -> Any:
        """The record of that code in the agency."""
        code = super().clean(value)
        if not code:
            return None
        found = self.model.objects.filter(agency_id=self.agency_id, code__iexact=code).first()
        if found is None:
            raise ValidationError(_("Không có mã “%(code)s” trong danh mục.") % {"code": code})
        return found


class VerbForm(forms.Form):
    """A form of one verb on a page that holds several: every id begins with the verb."""

    verb = ""

    def __init__(self, found: Any, data: Any = None, files: Any = None, *, person: Person, today: dt.date) -> None:
        self.found, self.person, self.today = found, person, today
        super().__init__(data, files, auto_id=f"{self.verb}_%s", initial=self.first_values())

    def first_values(self) -> dict[str, Any]:
        """What stands in the form before anyone types."""
        return {}


class WhatForm(VerbForm):
    """What is wrong, where: for raising and for setting right."""

    verb = "what"
    source = forms.ChoiceField(label=gettext_lazy("Nguồn phát hiện"), choices=Nonconformity.Source)
    grade = forms.ChoiceField(label=pgettext_lazy("grade", "Mức độ"), choices=Nonconformity.Grade)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Đơn vị xảy ra"))
    title = forms.CharField(label=gettext_lazy("Tóm tắt"), max_length=500)
    text = forms.CharField(label=gettext_lazy("Trái với yêu cầu nào, bằng chứng gì"), widget=area(4), max_length=8000)
    is_output = forms.BooleanField(label=gettext_lazy("Là kết quả đã trả sai cho người nhận (8.7)"), required=False)
    clause = forms.ChoiceField(label=gettext_lazy("Điều khoản"), required=False)
    process = forms.ModelChoiceField(Process.objects.none(), label=gettext_lazy("Quá trình"), required=False)
    document = CodeField(DocumentedInformation, label=gettext_lazy("Mã tài liệu bị làm trái"))
    procedure = CodeField(ListedProcedure, label=gettext_lazy("Mã thủ tục hành chính"))
    due = DayField(label=gettext_lazy("Hạn có nguyên nhân, hành động"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency_id = self.person.agency_id
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_of(agency_id)
        fields["unit"].empty_label = _("chọn đơn vị")
        fields["process"].queryset = Process.objects.filter(agency=agency_id, ended_on=None)
        fields["process"].empty_label = _("chưa rõ")
        fields["clause"].choices = clause_choices()
        fields["document"].agency_id = fields["procedure"].agency_id = agency_id
        fields["due"].help_text = _("Để trống: 10 ngày làm việc với mức nặng, 15 ngày với mức nhẹ.")
        if self.found is not None:
            del fields["source"], fields["unit"]

    def first_values(self) -> dict[str, Any]:
        """What was written, or the person's own unit."""
        if self.found is None:
            return {"unit": self.person.unit_id, "source": Nonconformity.Source.WORK, "grade": "minor"}
        names = ("grade", "title", "text", "is_output", "clause", "process", "document", "procedure", "due")
        return {name: getattr(self.found, name) for name in names}


class CorrectForm(VerbForm):
    """What was done at once."""

    verb = "correct"
    correction = forms.CharField(label=gettext_lazy("Đã khắc phục ngay việc gì"), widget=area(), max_length=8000)
    disposition = forms.CharField(label=gettext_lazy("Cách xử lý đầu ra"), required=False, max_length=300)
    on = DayField(label=gettext_lazy("Ngày khắc phục"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["disposition"].help_text = _("Làm lại, thu hồi, đính chính, xin lỗi người nhận.")
        if not self.found.is_output:
            del self.fields["disposition"]

    def first_values(self) -> dict[str, Any]:
        """What was written before."""
        found = self.found
        return {
            "correction": found.correction,
            "disposition": found.disposition,
            "on": found.corrected_on or self.today,
        }


class AnalyseForm(VerbForm):
    """Five whys, six branches, the root."""

    verb = "analyse"
    cause = forms.CharField(label=gettext_lazy("Nguyên nhân gốc"), widget=area(), max_length=8000)
    check_after_days = forms.IntegerField(
        label=gettext_lazy("Kiểm tra hiệu lực sau (ngày)"), min_value=0, max_value=365,
        help_text=gettext_lazy("Tính từ ngày xong mọi hành động."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, WHYS + 1):
            why = forms.CharField(label=_("Vì sao %(n)d") % {"n": n}, required=False, max_length=500)
            self.fields[f"why_{n}"] = why
            because = forms.CharField(label=_("Vì %(n)d") % {"n": n}, required=False, max_length=1000)
            self.fields[f"because_{n}"] = because
        for branch in BRANCHES:
            self.fields[f"bone_{branch}"] = forms.CharField(
                label=BRANCH_WORDS[branch], widget=area(2), required=False, max_length=4000
            )

    def first_values(self) -> dict[str, Any]:
        """What was written before."""
        found = self.found
        values = {"cause": found.cause, "check_after_days": found.check_after_days}
        for n, row in enumerate(found.whys[:WHYS], 1):
            values |= {f"why_{n}": row["why"], f"because_{n}": row["because"]}
        return values | {f"bone_{b}": "\n".join(causes) for b, causes in found.fishbone.items()}

    def why_rows(self) -> list[tuple[Any, Any]]:
        """(question, answer) fields, five."""
        return [(self[f"why_{n}"], self[f"because_{n}"]) for n in range(1, WHYS + 1)]

    def bone_fields(self) -> list[Any]:
        """The fields of the branches, six."""
        return [self[f"bone_{branch}"] for branch in BRANCHES]

    def values(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return {
            "cause": data["cause"],
            "check_after_days": data["check_after_days"],
            "whys": [{"why": data[f"why_{n}"], "because": data[f"because_{n}"]} for n in range(1, WHYS + 1)],
            "fishbone": {b: data[f"bone_{b}"].splitlines() for b in BRANCHES},
        }


class OrderForm(VerbForm):
    """An action: what, who, by when."""

    verb = "order"
    title = forms.CharField(label=gettext_lazy("Việc phải làm"), max_length=1000)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Đơn vị thực hiện"))
    accountable = forms.ModelChoiceField(
        Person.objects.none(), label=gettext_lazy("Người chịu trách nhiệm"), required=False
    )
    due = DayField(label=gettext_lazy("Hạn"))
    products = forms.CharField(label=gettext_lazy("Sản phẩm, mỗi dòng một sản phẩm"), widget=area(2), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_of(self.found.agency_id)
        fields["accountable"].queryset = people_of(self.found.agency_id).filter(
            under("unit__path", self.found.unit.path)
        )
        fields["accountable"].empty_label = _("đơn vị phân công sau")
        if self.data.get("unit", "").isdecimal():
            chosen = units_of(self.found.agency_id).filter(pk=self.data["unit"]).first()
            if chosen:
                fields["accountable"].queryset = people_of(self.found.agency_id).filter(
                    under("unit__path", chosen.path)
                )

    def first_values(self) -> dict[str, Any]:
        """The unit in which it happened."""
        return {"unit": self.found.unit_id}

    def values(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        return {**self.cleaned_data, "products": self.cleaned_data["products"].splitlines()}


class ReasonForm(VerbForm):
    """Only why."""

    verb = "reason"
    reason = forms.CharField(label=gettext_lazy("Lý do"), widget=area(2), max_length=4000)


class WaiveForm(ReasonForm):
    """Why no corrective action is needed."""

    verb = "waive"


class CancelForm(ReasonForm):
    """Why it is no nonconformity."""

    verb = "cancel"


class JudgeForm(VerbForm):
    """Whether what was done worked."""

    verb = "judge"
    effective = forms.ChoiceField(
        label=gettext_lazy("Kết luận"), widget=forms.RadioSelect,
        choices=[
            ("yes", gettext_lazy("Có hiệu lực: không xảy ra lại")),
            ("no", gettext_lazy("Chưa có hiệu lực: phân tích lại")),
        ],
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Đã xem gì, thấy gì"), widget=area(3), max_length=8000)


class CloseForm(VerbForm):
    """Nothing but the word."""

    verb = "close"


class LinkForm(VerbForm):
    """The earlier occurrence, by its code; empty takes the link back."""

    verb = "link"
    earlier = CodeField(Nonconformity, label=gettext_lazy("Mã lần xảy ra trước"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["earlier"].agency_id = self.found.agency_id  # type: ignore[attr-defined]


class ProveForm(VerbForm):
    """Files: their content is checked where they are stored."""

    verb = "prove"
