"""Forms of sign-in and of a person's own data."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy

from sauro.organization.models import Person


class SignInForm(AuthenticationForm):
    """Name and password. The name counts without case, also where tries are counted."""

    def clean_username(self) -> str:
        """The name as it is kept."""
        return self.cleaned_data["username"].strip().lower()


class AccountForm(forms.Form):
    """What a person corrects of their own data (Luật 91/2025/QH15: the right to correct)."""

    full_name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=100)
    email = forms.EmailField(label=gettext_lazy("Thư điện tử công vụ"), required=False)
    position = forms.CharField(label=gettext_lazy("Chức vụ"), max_length=100, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Ngôn ngữ màn hình"), choices=settings.LANGUAGES)

    @classmethod
    def of(cls, person: Person) -> AccountForm:
        """The form as it stands for the person."""
        return cls(initial={name: getattr(person, name) for name in cls.base_fields})
