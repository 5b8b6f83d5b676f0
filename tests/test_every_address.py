"""Every address of the site, as every sign-in, against the table; an address without a line fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sauro.testing import TODAY
from tests.addresses import DATA, PEOPLE, QUERIES, Row, place_of, rows
from tests.place import Place, make_place
from tests.quality import PARTS, feedback

pytestmark = pytest.mark.django_db
SAFE_TO_ALL = {"login", "logout", "set_language", "calendar-feed"}.union(*(part.OPEN for part in PARTS))


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    """Every URL pattern under the resolver."""
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from patterns(part)
        else:
            yield part


NAMES = sorted({str(p.name) for p in patterns(get_resolver())})


@pytest.fixture(scope="module")
def site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Place, dict[str, Client]]]:
    """The place and a client for each person, made once: every request below is rolled back."""
    from django.test import override_settings

    fast = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    files = tmp_path_factory.mktemp("site-files")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=files, PASSWORD_HASHERS=fast):
            place = make_place()
            clients = {"": Client()}
            for name in PEOPLE[1:]:
                clients[name] = Client()
                clients[name].force_login(place.person(name), backend=settings.AUTHENTICATION_BACKENDS[-1])
        place.keys["files"] = files
        yield place, clients
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _same_day_and_files(site: tuple[Place, Any], settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sauro.web.today.timezone", SimpleNamespace(localdate=lambda: TODAY))
    settings.MEDIA_ROOT = site[0].keys["files"]


def ask(site: tuple[Place, dict[str, Client]], row: Row, who: str, **more: Any) -> Any:
    """One request, taken back again; the answer with its body read."""
    place, clients = site
    name, thing, method, _statuses = row
    url = reverse(name, kwargs=place_of(place, thing))
    client = Client(**more)
    client.cookies = clients[who].cookies.copy()
    with transaction.atomic():
        if method == "POST":
            data = DATA[name](place, thing) if name in DATA else {}
            if client.handler.enforce_csrf_checks:
                data.pop(feedback.KEY, None)
            answer = client.post(url, data)
        else:
            answer = client.get(url, QUERIES.get(name, {}))
        # Read to its end here, while the files are there; the client closes it.
        answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer


def test_every_address_has_a_name_and_a_line() -> None:
    assert "None" not in NAMES
    assert {name for name, *_rest in rows()} == set(NAMES)


def test_strangers_of_another_agency_never_reach_an_object() -> None:
    for name, thing, _method, statuses in rows():
        of_the_agency = thing == "-" or any(thing in getattr(part, "PARTS_OF", {}) for part in PARTS)
        assert of_the_agency or name in SAFE_TO_ALL or statuses[-1] == 404, (name, thing)


@pytest.mark.parametrize("row", rows(), ids=lambda row: " ".join(row[:3]))
def test_each_address_answers_each_person_as_the_table_says(site: Any, row: Row) -> None:
    answers = {who: ask(site, row, who) for who in PEOPLE}
    assert tuple(a.status_code for a in answers.values()) == row[3]
    if row[0] not in SAFE_TO_ALL:
        assert answers[""].url.startswith(reverse("login"))
    for text in site[0].text:
        if row[0] != "calendar-feed":
            assert text not in answers["la"].body.decode(errors="replace"), "another agency's words"
            assert text not in answers[""].body.decode(errors="replace"), "words for nobody"


@pytest.mark.parametrize("name", NAMES)
def test_a_method_without_a_line_is_not_allowed(site: Any, name: str) -> None:
    known = [row for row in rows() if row[0] == name]
    for method in {"GET", "POST"} - {row[2] for row in known}:
        row = (name, known[0][1], method, ())
        for who in PEOPLE:
            allowed = {405} if who or name in SAFE_TO_ALL else {302}
            assert ask(site, row, who).status_code in allowed, (method, who)


@pytest.mark.parametrize("row", [row for row in rows() if row[2] == "POST"], ids=lambda row: " ".join(row[:2]))
def test_nothing_changes_without_the_forms_own_token(site: Any, row: Row) -> None:
    for who in ("", "an", "binh", "chi"):
        assert ask(site, row, who, enforce_csrf_checks=True).status_code == 403


def test_a_person_who_may_no_longer_sign_in_is_nobody(site: Any) -> None:
    place, clients = site
    client = Client()
    client.cookies = clients["an"].cookies.copy()
    with transaction.atomic():
        type(place.person("an")).objects.filter(pk=place.person("an").pk).update(is_active=False)
        assert client.get("/").status_code == 302
        assert client.get(reverse("task", args=[place.keys["task open"]])).status_code == 302
        assert client.get(reverse("calendar-feed", args=[place.keys["token"]])).status_code == 404
        transaction.set_rollback(True)


def test_a_file_that_is_gone_from_the_disk_is_not_found(site: Any, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    for row in rows():
        if row[0] in ("evidence", "document-file", "reading-file") and row[2] == "GET":
            assert ask(site, row, "chi" if row[1] != "evidence-draft" else "an").status_code == 404
