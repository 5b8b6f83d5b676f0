"""A survey as a form, for the public page and for typing in from paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from sauro.organization.models import Unit
from sauro.quality.models import Question, Survey
from sauro.quality.services import surveys


class SurveyForm(forms.Form):
    """The questions of a survey in their order, the unit first where the survey asks for it."""

    def __init__(self, survey: Survey, data: Any = None, *, units: list[Unit] | None = None) -> None:
        super().__init__(data)
        self.survey = survey
        asked = surveys.units_asked(survey) if units is None else units
        if survey.asks_unit:
            self.units = {str(unit.pk): unit for unit in asked}
            self.fields["unit"] = forms.ChoiceField(
                label=_("Đơn vị đã phục vụ"),
                choices=[("", _("chọn đơn vị")), *((pk, unit.name) for pk, unit in self.units.items())],
                error_messages={"required": _("Chọn đơn vị đã phục vụ.")},
            )
        for question in survey.questions.order_by("order"):
            self.fields[f"q{question.pk}"] = self._field(question)

    @staticmethod
    def _field(question: Question) -> forms.Field:
        label = f"{question.order}. {question.text}"
        if question.kind == Question.Kind.TEXT:
            return forms.CharField(
                label=label,
                required=question.required,
                max_length=surveys.LONGEST,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"required": _("Viết câu trả lời.")},
            )
        return forms.ChoiceField(
            label=label,
            required=question.required,
            choices=[(str(n), words) for n, words in enumerate(question.labels, 1)],
            widget=forms.RadioSelect,
            error_messages={"required": _("Chọn một mức.")},
        )

    def values(self) -> dict[int, str]:
        """What was answered, by the id of the question."""
        return {int(name[1:]): value for name, value in self.cleaned_data.items() if name.startswith("q")}

    def unit(self) -> Unit | None:
        """The unit that was chosen."""
        return self.units.get(self.cleaned_data.get("unit", "")) if self.survey.asks_unit else None
