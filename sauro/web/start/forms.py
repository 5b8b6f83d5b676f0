"""Forms of the first and the fifth step."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.organization.models import Agency, Person
from sauro.quality.models import CommitteeMember, SetUp
from sauro.quality.ready import starters
from sauro.quality.ready.year import contents, due_of
from sauro.quality.services import year as years
from sauro.quality.services.start import course, making
from sauro.web.quality.words import kind_choices, likely_kind


class AgencyForm(forms.Form):
    """What kind of agency it is, and how its letters name it."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại cơ quan"))
    short_name = forms.CharField(
        label=gettext_lazy("Tên ngắn"), help_text=gettext_lazy("Dùng trong bảng hẹp."), max_length=80, required=False
    )
    parent_name = forms.CharField(label=gettext_lazy("Cơ quan chủ quản"), max_length=200, required=False)
    code = forms.CharField(
        label=gettext_lazy("Ký hiệu trong số văn bản"),
        help_text=gettext_lazy("Ví dụ SCT trong số 118/KH-SCT."),
        max_length=30,
    )
    place = forms.CharField(
        label=gettext_lazy("Địa danh"), help_text=gettext_lazy("Ghi trước ngày tháng của văn bản."), max_length=80
    )
    leader = forms.CharField(
        label=gettext_lazy("Người đứng đầu được gọi là"),
        help_text=gettext_lazy("Bỏ trống thì theo loại cơ quan, ví dụ Giám đốc Sở."),
        max_length=80,
        required=False,
    )
    deputy = forms.CharField(
        label=gettext_lazy("Cấp phó được gọi là"),
        help_text=gettext_lazy("Bỏ trống thì theo loại cơ quan, ví dụ Phó Giám đốc Sở."),
        max_length=80,
        required=False,
    )
    office = forms.CharField(
        label=gettext_lazy("Đơn vị giữ tài liệu của hệ thống"),
        help_text=gettext_lazy("Thường là văn phòng; bỏ trống thì theo loại cơ quan."),
        max_length=200,
        required=False,
    )

    def __init__(self, agency: Agency, found: SetUp | None, data: Any = None) -> None:
        said = (found.answers.get("agency") or {}) if found else {}
        initial = {name: getattr(agency, name) for name in ("short_name", "parent_name", "code", "place")}
        super().__init__(data, initial={**initial, **said, "kind": likely_kind(agency)})
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]


class MakeForm(forms.Form):
    """What to make from the ready set; all of it where nothing is said otherwise."""

    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=2000, max_value=2100)
    documents = forms.BooleanField(label=gettext_lazy("Bộ tài liệu mẫu"), required=False)
    processes = forms.BooleanField(label=gettext_lazy("Các quá trình và sơ đồ"), required=False)
    scales = forms.BooleanField(label=gettext_lazy("Thang điểm rủi ro và cơ hội"), required=False)
    issues = forms.MultipleChoiceField(
        label=gettext_lazy("Vấn đề bên trong, bên ngoài (4.1)"), required=False, widget=forms.CheckboxSelectMultiple
    )
    parties = forms.MultipleChoiceField(
        label=gettext_lazy("Bên quan tâm (4.2)"), required=False, widget=forms.CheckboxSelectMultiple
    )
    decision = forms.CharField(label=gettext_lazy("Số quyết định thành lập"), max_length=60, required=False)
    decided_on = forms.DateField(
        label=gettext_lazy("Ngày quyết định"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    adopt = forms.BooleanField(label=gettext_lazy("Thông qua kế hoạch năm ngay"), required=False)

    def __init__(self, person: Person, day: dt.date, data: Any = None) -> None:
        agency = person.unit.agency
        found = course.set_up_of(agency)
        kind, year = course.kind_of(found), course.default_year(day)
        issues, parties = starters.issues(kind, agency.name, year), starters.parties(kind, agency.name, year)
        super().__init__(
            data,
            initial={
                "year": year,
                "documents": True,
                "processes": True,
                "scales": True,
                "issues": [str(n) for n in range(len(issues))],
                "parties": [str(n) for n in range(len(parties))],
            },
        )
        self.fields["issues"].choices = [(str(n), issue.text) for n, issue in enumerate(issues)]  # type: ignore[attr-defined]
        self.fields["parties"].choices = [(str(n), party.name) for n, party in enumerate(parties)]  # type: ignore[attr-defined]
        self.may_adopt = making.may_adopt(person)
        self.who_adopts = "" if self.may_adopt else making.who_adopts(agency)
        self.seats = making.committee_proposal(agency, person)
        self.committee = CommitteeMember.objects.filter(agency=agency, until=None).count()
        self.cycle = years.cycle_of(agency, year)
        self.contents = [(c, due_of(c, year)) for c in contents()]
        self.planned = year
        if not self.may_adopt:
            del self.fields["adopt"]
        if self.committee:
            del self.fields["decision"], self.fields["decided_on"]

    def clean(self) -> dict[str, Any]:
        """A decision has a number and a day, or isn't there yet."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") and not data.get("decided_on") and "decided_on" not in self.errors:
            self.add_error("decided_on", _("Ghi ngày của quyết định thành lập Ban Chỉ đạo."))
        if data.get("decided_on") and not data.get("decision"):
            self.add_error("decision", _("Ghi số của quyết định, hoặc bỏ ngày."))
        return data

    def make(self, person: Person, day: dt.date) -> SetUp:
        """What was chosen, made. Raises `NotNow`, `Refused`."""
        d = self.cleaned_data
        wanted = making.Wanted(
            documents=d["documents"],
            issues=[int(n) for n in d["issues"]],
            parties=[int(n) for n in d["parties"]],
            processes=d["processes"],
            scales=d["scales"],
            year=d["year"],
            adopt=d.get("adopt", False),
            decision=d.get("decision", ""),
            decided_on=d.get("decided_on"),
        )
        return making.make(person, wanted, day)
