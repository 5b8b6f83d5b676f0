"""What stands in a form in place of the cookie that other pages guard their forms with.

Nobody is signed in here, so that there is nothing a foreign page could do in a visitor's name that it couldn't do by
itself; the key only proves that the form was asked for here, and a survey's key that it is sent once.
"""

from __future__ import annotations

import datetime as dt
import secrets
from urllib.parse import urlsplit

from django.core import signing
from django.http import HttpRequest

FIELD = "khoa"
# Forms lie in caches, and people leave pages open.
DAYS = 7
_SALT = "sauro.portal"
_ONCE = "sauro.portal.once"


def key_of_day(agency: int, today: dt.date) -> str:
    """The key of an agency's forms on a day: the same for everybody, so that the page can be kept by caches."""
    return signing.Signer(salt=_SALT).sign(f"{agency}.{today:%Y%m%d}")


def is_key(request: HttpRequest, agency: int, today: dt.date) -> bool:
    """Whether what is sent comes from a form of the agency of these days, and from a page of this site."""
    if not from_here(request):
        return False
    try:
        number, day = signing.Signer(salt=_SALT).unsign(request.POST.get(FIELD, "")).split(".")
        made = dt.date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except (signing.BadSignature, ValueError):
        return False
    return number == str(agency) and dt.timedelta(-1) <= today - made <= dt.timedelta(DAYS)


def key_once(survey: int) -> str:
    """A key for one form of a survey, used once."""
    return signing.TimestampSigner(salt=_ONCE).sign(f"{survey}.{secrets.token_urlsafe(16)}")


def used_key(request: HttpRequest, survey: int) -> str | None:
    """The key that came with a survey's form, where it is one of ours of the last day; None where not."""
    if not from_here(request):
        return None
    try:
        found = signing.TimestampSigner(salt=_ONCE).unsign(request.POST.get(FIELD, ""), max_age=dt.timedelta(days=1))
    except signing.BadSignature:
        return None
    return found if found.split(".")[0] == str(survey) else None


def from_here(request: HttpRequest) -> bool:
    """Whether the browser says nothing of another site's page."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin", "")
    return not origin or urlsplit(origin).netloc == request.get_host()
