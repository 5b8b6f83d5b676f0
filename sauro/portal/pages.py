"""What every public page shares: the agency, its published copies, the language, and how long it may be kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sauro.organization.models import Agency
from sauro.portal.keys import FIELD, key_of_day
from sauro.portal.language import asked_for, language_of
from sauro.portal.today import today
from sauro.quality.models import Publication

# A copy that was taken down is gone from caches after so many seconds.
KEPT = 300
ALONE = "no-store"


@dataclass(slots=True)
class Shown:
    """An agency's public side as one request sees it. `stamps`: what is published, by kind, without the bodies."""

    request: HttpRequest
    agency: Agency
    language: str
    stamps: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """What keeps the chosen language in a link: "?lang=en", or nothing where the browser chooses."""
        asked = asked_for(self.request)
        return f"?lang={asked}" if asked else ""

    def bodies(self, *kinds: str) -> dict[str, Any]:
        """The published bodies of the kinds, each with its days as `stamp`; one query."""
        wanted = [self.stamps[kind]["pk"] for kind in kinds if kind in self.stamps]
        rows = Publication.objects.filter(pk__in=wanted).values_list("kind", "body")
        return {kind: {**body, "stamp": self.stamps[kind]} for kind, body in rows}

    def page(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """A page of the agency."""
        agency = self.agency
        words = {
            "request": self.request,
            "agency": agency,
            "stamps": self.stamps,
            "lang": self.language,
            "lq": self.query,
            "key_field": FIELD,
            "key": key_of_day(agency.pk, today()),
            **context,
        }
        # Without the request, so that what other pages ask of it (who is signed in, messages) is not asked here.
        return HttpResponse(render_to_string(f"portal/{template}.html", words), status=status)


View = Callable[..., HttpResponseBase]


def shown_of(request: HttpRequest, agency: Agency, language: str) -> Shown:
    """The agency's public side, with the stamps of what is published: one query."""
    rows = Publication.objects.filter(agency=agency, withdrawn_at=None)
    names = ("pk", "kind", "as_of", "next_on", "published_at", "body__count", "body__year")
    stamps = {
        row["kind"]: {**row, "count": row["body__count"], "year": row["body__year"]} for row in rows.values(*names)
    }
    return Shown(request, agency, language, stamps)


def readable(view: View) -> View:
    """A page to read: GET alone, kept by caches for a while, asked again by its ETag."""

    @login_not_required
    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, **parts: Any) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            agency = get_object_or_404(Agency, pk=pk)
            shown = shown_of(request, agency, language)
            dates = [stamp["published_at"] for stamp in shown.stamps.values()]
            changed = max(dates).timestamp() if dates else None
            etag = _etag(shown)
            response: Any = get_conditional_response(
                request, etag=etag, last_modified=int(changed) if changed else None
            )
            if response is None:
                response = view(shown, **parts)
                response["ETag"] = etag
                if changed:
                    response["Last-Modified"] = http_date(changed)
            response["Cache-Control"] = f"public, max-age={KEPT}"
        return _in(language, response)

    return wrapped


def sent(view: View) -> View:
    """A page with a form to send: kept by nobody. Its form has a key of its own, see `sauro.portal.keys`."""

    @csrf_exempt
    @login_not_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            response = view(request, language, **parts)
        response["Cache-Control"] = ALONE
        return _in(language, response)

    return wrapped


def _in(language: str, response: HttpResponseBase) -> HttpResponseBase:
    response["Content-Language"] = language
    response["Vary"] = "Accept-Language"
    return response


def _etag(shown: Shown) -> str:
    """Changes with what is published, the language, the address, the day (the form's key) and the software."""
    parts: Iterable[Any] = (
        _build(),
        shown.agency.name,
        shown.agency.place,
        shown.language,
        shown.request.get_full_path(),
        today(),
        sorted(stamp["pk"] for stamp in shown.stamps.values()),
    )
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


@lru_cache(maxsize=1)
def _build() -> str:
    """What names the pages' own look: templates, styles, words. The same in every process of an installation."""
    here = Path(__file__).parent
    files = [
        *here.rglob("*.html"),
        *here.rglob("*.css"),
        *here.rglob("*.py"),
        *Path(settings.LOCALE_PATHS[0]).rglob("*.mo"),
    ]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()
