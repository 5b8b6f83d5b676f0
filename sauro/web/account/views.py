"""Sign-in, sign-out, language, and what is kept about a person."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordChangeDoneView, PasswordChangeView
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views import i18n
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sauro.monitoring import services as monitoring
from sauro.organization import services as organization
from sauro.organization.models import Person
from sauro.web.account.forms import AccountForm, SignInForm
from sauro.web.context import first_page
from sauro.web.request import Request


class SignIn(LoginView):
    """The door. Someone already signed in goes on to their own page."""

    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """The first page of the person's role: the leader's is the whole agency's."""
        return reverse(first_page(cast(Person, self.request.user)))

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in, and show the pages in the person's language."""
        response = super().form_valid(form)
        _remember_language(response, form.get_user().language)
        return response


class ChangePassword(PasswordChangeView):
    """A new password; every other session of the person ends with the old one."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it, and write down that it was changed."""
        response = super().form_valid(form)
        organization.note_password_change(cast(Person, self.request.user))
        return response


class PasswordChanged(PasswordChangeDoneView):
    """What to know after the change."""


@login_not_required
@require_POST
@never_cache
def sign_out(request: Request) -> HttpResponse:
    """End the session and go to the door."""
    logout(request)
    return redirect("login")


@login_not_required
@require_POST
def set_language(request: Request) -> HttpResponse:
    """Switch the language of the pages; a signed-in person's choice is kept with their account."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        organization.set_language(request.user, chosen)
    return i18n.set_language(request)


def _remember_language(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=31_536_000,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )


def account(request: Request) -> HttpResponse:
    """What is kept about the person who is signed in, and its correction."""
    person: Person = request.user
    form = AccountForm(request.POST) if request.method == "POST" else AccountForm.of(person)
    if request.method == "POST" and form.is_valid():
        organization.correct_own_data(person, form.cleaned_data)
        with override(person.language):
            messages.success(request, _("Đã lưu thông tin của %(name)s.") % {"name": person.full_name})
        response = HttpResponseRedirect(request.path)
        _remember_language(response, person.language)
        return response
    return render(request, "account/account.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def own_data(request: Request) -> HttpResponse:
    """Everything kept about the person, as JSON to take away (Luật 91/2025/QH15)."""
    response = JsonResponse(monitoring.data_about(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="du-lieu-{request.user.username}.json"'
    return response
