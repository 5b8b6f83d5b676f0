"""Forms of people and units. What may be chosen is what lies under the actor's own reach."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sauro.organization.models import Person, Role, Unit
from sauro.organization.policy import Capability, within
from sauro.vietnamese.text import squeeze


def units_in_reach(actor: Person) -> QuerySet[Unit]:
    """The units whose people the actor manages, in the order of the tree."""
    mine = within(actor, Capability.MANAGE_UNITS, agency="agency_id", path="path")
    return Unit.objects.filter(mine, kind__in=[Unit.Kind.UNIT, Unit.Kind.ORGANISATION]).order_by("path")


class UnitChoice(forms.ModelChoiceField):
    """A unit out of the register, set in by its depth."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), widget=forms.Select(attrs={"data-combo": ""}), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """The unit's full name."""
        return obj.name


class PersonForm(forms.Form):
    """A person: name, unit, post, role; the sign-in name only while adding."""

    username = forms.RegexField(
        r"^[A-Za-z0-9._-]{2,80}$",
        label=gettext_lazy("Tên đăng nhập"),
        help_text=gettext_lazy("Chữ không dấu, số, dấu chấm, gạch; không phân biệt hoa thường."),
        error_messages={"invalid": gettext_lazy("Chỉ dùng chữ không dấu, số, dấu chấm và dấu gạch, từ 2 ký tự.")},
    )
    full_name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=100)
    unit = UnitChoice(label=gettext_lazy("Đơn vị"))
    post = forms.ChoiceField(
        label=gettext_lazy("Vị trí trong đơn vị"), choices=Person.Post.choices, initial=Person.Post.MEMBER
    )
    position = forms.CharField(label=gettext_lazy("Chức vụ"), max_length=100, required=False)
    role = forms.ModelChoiceField(
        label=gettext_lazy("Vai trò trên phần mềm"),
        queryset=Role.objects.none(),
        empty_label=gettext_lazy("Chọn vai trò"),
    )
    email = forms.EmailField(label=gettext_lazy("Thư điện tử công vụ"), required=False)

    def __init__(self, actor: Person, person: Person | None, data: Any = None) -> None:
        names = ("full_name", "unit", "post", "position", "role", "email")
        super().__init__(data, initial={n: getattr(person, n) for n in names} if person else None)
        self.fields["unit"].queryset = units_in_reach(actor)  # type: ignore[attr-defined]
        self.fields["role"].queryset = Role.objects.order_by("pk")  # type: ignore[attr-defined]
        if person:
            del self.fields["username"]

    def clean_username(self) -> str:
        """The name as it is kept; one that is taken is refused."""
        name = self.cleaned_data["username"].lower()
        if Person.objects.filter(username=name).exists():
            raise forms.ValidationError(_("Tên đăng nhập %(name)s đã có người dùng.") % {"name": name})
        return name

    def clean_full_name(self) -> str:
        """Without spare spaces."""
        return squeeze(self.cleaned_data["full_name"])


class UnitForm(forms.Form):
    """A unit of the register: its names and the ways in which documents write them."""

    name = forms.CharField(label=gettext_lazy("Tên đầy đủ"), max_length=300)
    short_name = forms.CharField(label=gettext_lazy("Tên ngắn, dùng trong bảng hẹp"), max_length=80, required=False)
    parent = UnitChoice(label=gettext_lazy("Thuộc"))
    aliases = forms.CharField(
        label=gettext_lazy("Các cách viết khác"),
        help_text=gettext_lazy("Mỗi dòng một cách viết: viết tắt, tên cũ."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    is_active = forms.BooleanField(label=gettext_lazy("Còn hoạt động"), required=False, initial=True)
    head = forms.ModelChoiceField(
        label=gettext_lazy("Cấp trưởng"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=gettext_lazy("Chưa có"),
    )

    def __init__(self, actor: Person, unit: Unit | None, data: Any = None) -> None:
        initial: dict[str, Any] = {}
        if unit:
            initial = {
                "name": unit.name,
                "short_name": unit.short_name,
                "aliases": "\n".join(unit.aliases.order_by("pk").values_list("text", flat=True)),
                "is_active": unit.is_active,
                "head": unit.people.filter(post=Person.Post.HEAD).first(),
            }
        super().__init__(data, initial=initial)
        self.unit, self.agency_id = unit, actor.agency_id
        if unit:
            del self.fields["parent"]
            self.fields["head"].queryset = unit.people.filter(is_active=True)  # type: ignore[attr-defined]
        else:
            del self.fields["is_active"], self.fields["head"]
            self.fields["parent"].queryset = units_in_reach(actor)  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Without spare spaces; a name that another unit bears is refused."""
        name = squeeze(self.cleaned_data["name"])
        same = Unit.objects.filter(agency_id=self.agency_id, name=name)
        if same.exclude(pk=self.unit.pk if self.unit else None).exists():
            raise forms.ValidationError(_("Đã có đơn vị tên %(name)s.") % {"name": name})
        return name
