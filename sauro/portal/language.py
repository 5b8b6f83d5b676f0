"""The language of a public page: `?lang=`, else what the browser asks for, else Vietnamese. No cookie is read."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header


def asked_for(request: HttpRequest) -> str:
    """The language that the address asks for; "" where it asks for none that is known."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def language_of(request: HttpRequest) -> str:
    """The language to answer in."""
    if asked := asked_for(request):
        return asked
    known = dict(settings.LANGUAGES)
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if (base := code.split("-")[0]) in known:
            return base
    return settings.LANGUAGE_CODE
