"""A survey being made: its head and its questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from sauro.quality.models import Question, Survey
from sauro.quality.services.surveys import MOST_QUESTIONS, Asked
from sauro.web.reports.fields import DayField


class HeadForm(forms.Form):
    """Title, welcome, days, whether the unit is asked."""

    title = forms.CharField(label=gettext_lazy("Tên phiếu"), max_length=300)
    intro = forms.CharField(
        label=gettext_lazy("Lời mở đầu"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000
    )
    opens_on = DayField(label=gettext_lazy("Ngày mở"))
    closes_on = DayField(label=gettext_lazy("Ngày kết thúc"))
    asks_unit = forms.BooleanField(label=gettext_lazy("Hỏi đơn vị nào đã phục vụ"), required=False)


class QuestionForm(forms.Form):
    """One question; without words it is left out."""

    text = forms.CharField(label=gettext_lazy("Câu hỏi"), max_length=500, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kiểu trả lời"), choices=Question.Kind.choices)
    labels = forms.CharField(
        label=gettext_lazy("Các mức, mỗi dòng một mức, kém nhất trước"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=1500,
    )
    poor_to = forms.IntegerField(
        label=gettext_lazy("Số mức thấp nhất tính là kém"), min_value=0, max_value=9, initial=1, required=False
    )
    required = forms.BooleanField(label=gettext_lazy("Phải trả lời"), required=False, initial=True)

    def asked(self) -> Asked | None:
        """The question as the service takes it."""
        data = self.cleaned_data
        if not data.get("text"):
            return None
        scale = data["kind"] == Question.Kind.SCALE
        labels = tuple(line for line in data["labels"].splitlines() if line.strip())
        return Asked(data["text"], data["kind"], labels, (data["poor_to"] or 0) if scale else 0, data["required"])


Questions = forms.formset_factory(
    QuestionForm, extra=2, max_num=MOST_QUESTIONS + 2, absolute_max=MOST_QUESTIONS + 2, validate_max=True
)


def initial_of(survey: Survey) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A kept survey as the two forms begin."""
    head = {name: getattr(survey, name) for name in ("title", "intro", "opens_on", "closes_on", "asks_unit")}
    asked = [Asked(q.text, q.kind, tuple(q.labels), q.poor_to, q.required) for q in survey.questions.order_by("order")]
    return head, rows_of(asked)


def rows_of(asked: list[Asked]) -> list[dict[str, Any]]:
    """Questions as the form begins."""
    return [
        {"text": a.text, "kind": a.kind, "labels": "\n".join(a.labels), "poor_to": a.poor_to, "required": a.required}
        for a in asked
    ]
