"""Every page of the rooms about context and people opens, and every form of theirs is taken."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from sauro.testing import TODAY, World
from tests.quality import context, people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("part", [context, people], ids=["context", "people"])
def test_every_line_of_the_part_answers_the_secretary_as_its_table_says(
    part: Any, agency_world: World, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sauro.web.today.timezone", SimpleNamespace(localdate=lambda: TODAY))
    place = SimpleNamespace(world=agency_world, keys={"person": agency_world.an.pk})
    part.make(place)
    rows = [line.split() for line in part.TABLE.strip().splitlines()]
    client, wrong = sign_in("chi"), []
    # What is looked at first, what changes things after it, what ends things last.
    order = {"GET": 0, "POST": 1}
    for name, thing, method, *statuses in sorted(rows, key=lambda r: (order[r[2]], r[0].endswith(("-end", "cancel")))):
        args = [] if thing == "-" else [place.keys[thing.replace("-", " ")]]
        url = reverse(name, args=args)
        answer = (
            client.get(url) if method == "GET" else client.post(url, part.DATA.get(name, lambda p, t: {})(place, thing))
        )
        if answer.status_code != int(statuses[3]):
            form = answer.context and answer.context.get("form")
            wrong.append((name, method, answer.status_code, statuses[3], dict(form.errors) if form else ""))
    assert not wrong
