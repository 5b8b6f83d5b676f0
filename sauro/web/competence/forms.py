"""Forms of the room about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from sauro.organization.models import Person
from sauro.quality.models import CommitteeMember, Competence
from sauro.web.quality.pages import people_of
from sauro.web.reports.fields import DayField
from sauro.web.surroundings.forms import RecordForm, UnitField, lines


class AppointForm(forms.Form):
    """A person put on the committee."""

    person = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Người được cử"))
    role = forms.ChoiceField(label=gettext_lazy("Vai trò"), choices=CommitteeMember.Role.choices)
    decision = forms.CharField(label=gettext_lazy("Quyết định cử"), max_length=60)
    since = DayField(label=gettext_lazy("Từ ngày"))
    duties = forms.CharField(
        label=gettext_lazy("Nhiệm vụ được phân công"), required=False, max_length=4000, widget=lines()
    )

    def __init__(self, actor: Person, data: Any = None) -> None:
        super().__init__(data)
        self.fields["person"].queryset = people_of(actor)  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    """A person's time on the committee ends."""

    decision = forms.CharField(label=gettext_lazy("Quyết định thôi"), max_length=60)
    until = DayField(label=gettext_lazy("Đến hết ngày"))


class ResponsibilityForm(RecordForm):
    """What a position answers for and may decide."""

    position = forms.CharField(label=gettext_lazy("Vị trí, chức danh"), max_length=200)
    unit = UnitField(gettext_lazy("Đơn vị"))
    responsibilities = forms.CharField(label=gettext_lazy("Trách nhiệm, mỗi dòng một ý"), widget=lines(4))
    authority = forms.CharField(label=gettext_lazy("Quyền hạn, mỗi dòng một ý"), required=False, widget=lines(3))
    order = forms.IntegerField(label=gettext_lazy("Thứ tự"), min_value=0, max_value=999, initial=1)


class CompetenceForm(RecordForm):
    """A competence and who needs it."""

    name = forms.CharField(label=gettext_lazy("Năng lực"), max_length=200)
    for_position = forms.CharField(
        label=gettext_lazy("Chức vụ cần có"), max_length=200, required=False,
        help_text=gettext_lazy("Để trống là mọi chức vụ."),
    )  # fmt: skip
    for_unit = UnitField(gettext_lazy("Đơn vị cần có"))
    level = forms.TypedChoiceField(
        label=gettext_lazy("Mức cần đạt"), coerce=int, choices=[(n, str(n)) for n in range(1, 5)], initial=2
    )


class TrainingForm(RecordForm):
    """A training of the programme."""

    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=2000, max_value=2100)
    planned_on = DayField(label=gettext_lazy("Ngày dự kiến"))
    title = forms.CharField(label=gettext_lazy("Nội dung đào tạo"), max_length=500, widget=lines(2))
    unit = UnitField(gettext_lazy("Đơn vị tổ chức"), required=True)
    competence = forms.ModelChoiceField(
        Competence.objects.none(), label=gettext_lazy("Năng lực cần nâng"), required=False
    )
    method = forms.CharField(label=gettext_lazy("Hình thức"), max_length=200, required=False)
    trainer = forms.CharField(label=gettext_lazy("Người giảng"), max_length=200, required=False)

    def __init__(self, person: Person, record: Any = None, data: Any = None) -> None:
        super().__init__(person, record, data)
        rows = Competence.objects.filter(agency_id=person.agency_id, ended_on=None)
        self.fields["competence"].queryset = rows  # type: ignore[attr-defined]
