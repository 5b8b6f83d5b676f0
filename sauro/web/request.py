"""The request as pages see it."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from sauro.organization.models import Person


class Request(HttpRequest):
    """A request of someone who is signed in: the middleware lets no one else reach a page that isn't marked open."""

    user: Person  # type: ignore[assignment]
    htmx: HtmxDetails
