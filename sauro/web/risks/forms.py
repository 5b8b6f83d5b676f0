"""What is typed about a risk or an opportunity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.organization.models import Person, Unit
from sauro.quality.models import Process, Risk, RiskScale
from sauro.quality.scales import levels
from sauro.web.nonconformities.forms import OrderForm as ActionForm
from sauro.web.nonconformities.forms import ReasonForm, VerbForm, area, people_of, units_of

GOOD = (Risk.Treatment.PURSUE, Risk.Treatment.ACCEPT, Risk.Treatment.SHARE)


def _steps(side: list[str]) -> list[tuple[str, str]]:
    return [(str(s.value), f"{s.value}. {s.label}" + (f": {s.words}" if s.words else "")) for s in levels(side)]


class ScaledForm(VerbForm):
    """A form with the two scales; `scale` and `kind` come with it."""

    likelihood = forms.ChoiceField(label=gettext_lazy("Khả năng"))
    severity = forms.ChoiceField(label=gettext_lazy("Hậu quả"))

    def __init__(self, *args: Any, scale: RiskScale, **kwargs: Any) -> None:
        self.scale, self.kind = scale, scale.kind
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["likelihood"].choices, fields["severity"].choices = _steps(scale.likelihood), _steps(scale.severity)
        if self.kind == Risk.Kind.OPPORTUNITY:
            fields["likelihood"].label, fields["severity"].label = _("Khả năng thực hiện"), _("Lợi ích")

    def rating(self) -> dict[str, int]:
        """The two steps as numbers."""
        return {name: int(self.cleaned_data[name]) for name in ("likelihood", "severity")}


class RiskForm(ScaledForm):
    """A risk or an opportunity: when it is found, and when what is said of it is set right."""

    verb = "what"
    title = forms.CharField(label=gettext_lazy("Rủi ro là gì"), max_length=500)
    cause = forms.CharField(label=gettext_lazy("Nguyên nhân, bối cảnh"), widget=area(2), required=False)
    consequence = forms.CharField(label=gettext_lazy("Hậu quả"), widget=area(2), required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Đơn vị chịu trách nhiệm"))
    owner = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Người theo dõi"), required=False)
    process = forms.ModelChoiceField(Process.objects.none(), label=gettext_lazy("Quá trình"), required=False)
    controls = forms.CharField(label=gettext_lazy("Biện pháp đang có"), widget=area(2), required=False)
    treatment = forms.ChoiceField(label=gettext_lazy("Cách xử lý"))
    review_months = forms.IntegerField(
        label=gettext_lazy("Xem xét lại sau (tháng)"), min_value=1, max_value=24, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency_id, fields = self.person.agency_id, dict[str, Any](self.fields)
        fields["unit"].queryset, fields["owner"].queryset = units_of(agency_id), people_of(agency_id)
        fields["unit"].empty_label = _("chọn đơn vị")
        fields["owner"].empty_label = _("trưởng đơn vị")
        fields["process"].queryset = Process.objects.filter(agency=agency_id, ended_on=None)
        fields["process"].empty_label = _("chưa rõ")
        good = self.kind == Risk.Kind.OPPORTUNITY
        fields["treatment"].choices = [
            (t.value, t.label) for t in Risk.Treatment if (t in GOOD if good else t != Risk.Treatment.PURSUE)
        ]
        fields["review_months"].help_text = _("Để trống: mức cao 3 tháng, trung bình 6 tháng, thấp 12 tháng.")
        if good:
            fields["title"].label, fields["consequence"].label = _("Cơ hội là gì"), _("Lợi ích mong đợi")
        if self.found is not None:
            del self.fields["likelihood"], self.fields["severity"]
            fields["review_months"].required, fields["review_months"].help_text = True, ""

    def first_values(self) -> dict[str, Any]:
        """What was said before, or the person's own unit."""
        if self.found is None:
            good = self.kind == Risk.Kind.OPPORTUNITY
            return {"unit": self.person.unit_id, "treatment": "pursue" if good else "reduce"}
        names = ("title", "cause", "consequence", "unit", "owner", "process", "controls", "treatment", "review_months")
        return {name: getattr(self.found, name) for name in names}


class ReviewForm(ScaledForm):
    """Where it stands now, and whether what was done worked."""

    verb = "review"
    effective = forms.ChoiceField(
        label=gettext_lazy("Hành động đã làm"), required=False,
        choices=[("", gettext_lazy("chưa kết luận được")), ("yes", gettext_lazy("có hiệu lực")),
                 ("no", gettext_lazy("chưa có hiệu lực"))],
    )  # fmt: skip
    note = forms.CharField(label=gettext_lazy("Nhận xét"), widget=area(3), required=False, max_length=8000)
    review_months = forms.IntegerField(label=gettext_lazy("Xem xét lại sau (tháng)"), min_value=1, max_value=24)

    def first_values(self) -> dict[str, Any]:
        """Where it stood."""
        found = self.found
        return {
            "likelihood": found.now_likelihood,
            "severity": found.now_severity,
            "review_months": found.review_months,
        }

    def values(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        said = {"yes": True, "no": False}.get(data["effective"])
        return {**self.rating(), "effective": said, "note": data["note"], "review_months": data["review_months"]}


class OrderForm(ActionForm):
    """An action."""

    verb = "order"


class CloseForm(ReasonForm):
    """Why it is followed no longer."""

    verb = "close"


class ReopenForm(ReasonForm):
    """Why it is followed again."""

    verb = "reopen"


class ProveForm(VerbForm):
    """Files."""

    verb = "prove"


class ScaleForm(forms.Form):
    """The agency's scale: a step a line, least first."""

    likelihood = forms.CharField(label=gettext_lazy("Các mức khả năng, mỗi dòng một mức, thấp trước"), widget=area(6))
    severity = forms.CharField(label=gettext_lazy("Các mức hậu quả, mỗi dòng một mức, nhẹ trước"), widget=area(6))
    medium_from = forms.IntegerField(label=gettext_lazy("Mức trung bình từ điểm"), min_value=2, max_value=81)
    high_from = forms.IntegerField(label=gettext_lazy("Mức cao từ điểm"), min_value=2, max_value=81)

    def __init__(self, scale: RiskScale, data: Any = None) -> None:
        initial = {
            "likelihood": "\n".join(scale.likelihood), "severity": "\n".join(scale.severity),
            "medium_from": scale.medium_from, "high_from": scale.high_from,
        }  # fmt: skip
        super().__init__(data, initial=initial, auto_id=f"{scale.kind}_%s")
        self.fields["likelihood"].help_text = _("Tên mức, dấu hai chấm, rồi nghĩa của mức.")
        if scale.kind == Risk.Kind.OPPORTUNITY:
            self.fields["likelihood"].label = _("Các mức khả năng thực hiện, mỗi dòng một mức, thấp trước")
            self.fields["severity"].label = _("Các mức lợi ích, mỗi dòng một mức, nhỏ trước")

    def values(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return {
            **data,
            "likelihood": data["likelihood"].splitlines(),
            "severity": data["severity"].splitlines(),
        }
