"""Every act that the site takes leaves its line in the ledger; one that changes something and doesn't fails here."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from sauro.ledger.models import Entry
from sauro.ledger.services import verify
from sauro.plans.models import Task
from sauro.testing import TODAY
from tests.addresses import DATA, PEOPLE, Row, place_of, rows
from tests.quality import PARTS
from tests.test_every_address import _same_day_and_files, site

pytestmark = pytest.mark.django_db
__all__ = ["_same_day_and_files", "site"]
# What leaves no line, each with why.
SILENT = {
    "login": "sessions are kept apart, tries are kept by the lock on the door",
    "logout": "sessions are kept apart",
    "set_language": "how a person's own screen speaks is nobody else's matter",
    "notices-read": "what a person has seen of their own notices",
    "notice": "what a person has seen of their own notices",
    "gallery": "the library of the interface changes nothing",
    "ledger-verify": "looking changes nothing",
    "letter-try": "a letter to oneself changes nothing",
    "report-start": "a draft is its author's alone until it is handed in",
    "report-save": "a draft is its author's alone until it is handed in",
    "report-choose": "a draft is its author's alone until it is handed in",
    "round-sheet": "the sheet saves drafts, the unit's alone until they are handed in",
    "round-sheet-row": "a row is a draft, the unit's alone until it is handed in",
    "report": "a draft is its author's alone until it is handed in",
}
for _part in PARTS:
    SILENT |= _part.SILENT
DONE = (200, 204, 302)


def acts() -> list[tuple[Row, str]]:
    """Each line of the table that someone may send, with the first who may."""
    found = []
    for row in rows():
        if row[2] == "POST" and row[0] not in SILENT:
            who = next((p for p, status in zip(PEOPLE, row[3], strict=True) if p and status in DONE), "")
            # Who answers for others reminds them.
            who = "binh" if row[0] == "remind" else who
            if who:
                found.append((row, who))
    return found


@pytest.mark.parametrize(("row", "who"), acts(), ids=lambda x: " ".join(x[:2]) if isinstance(x, tuple) else x)
def test_an_act_that_is_let_through_is_in_the_ledger(site: Any, row: Row, who: str) -> None:
    place, clients = site
    name, thing, _method, _statuses = row
    client = Client()
    client.cookies = clients[who].cookies.copy()
    with transaction.atomic():
        if name == "remind":
            # Someone must be late to be reminded.
            late = TODAY - dt.timedelta(1)
            Task.objects.filter(pk=place.keys["task open"]).update(due=late, due_key=late)
        before = Entry.objects.count()
        answer = client.post(
            reverse(name, kwargs=place_of(place, thing)), DATA[name](place, thing) if name in DATA else {}
        )
        assert answer.status_code in DONE
        written = list(Entry.objects.order_by("seq")[before:])
        faults = list(verify())
        transaction.set_rollback(True)
    assert written, f"{name} left no line"
    assert {entry.actor_id for entry in written} <= {place.person(who).pk, None}
    assert any(entry.actor_id == place.person(who).pk for entry in written)
    assert not faults


def test_what_is_silent_is_still_an_address() -> None:
    assert set(SILENT) <= {row[0] for row in rows() if row[2] == "POST"}
