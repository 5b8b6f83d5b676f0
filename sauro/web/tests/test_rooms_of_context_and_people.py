"""Every page of the rooms about context and people opens, and every form of theirs is taken."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from sauro.documents.control import flags, instruments
from sauro.documents.control.tests.scene import make_version
from sauro.quality.services.start import course
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


def test_the_years_plan_begins_with_the_kind_of_agency_that_was_said_at_the_start(
    agency_world: World, sign_in: Any
) -> None:
    def offered() -> str:
        return sign_in("chi").get(reverse("quality")).content.decode()

    assert '<option value="so" selected>' in offered(), "as the name tells"
    course.describe(agency_world.chi, {"kind": "chi_cuc", "code": "SCT", "place": "Bình Lãng"})
    assert '<option value="chi_cuc" selected>' in offered()


def test_a_replaced_basis_still_tells_which_documents_were_reviewed_for_it(agency_world: World, sign_in: Any) -> None:
    chi, agency = agency_world.chi, agency_world.agency
    numbers = ("105/2017/NĐ-CP", "24/2026/NĐ-CP")
    old, new = (instruments.add(agency, chi, number=n, title="Về rượu", type="Nghị định") for n in numbers)
    document = make_version(agency_world, "in_force").document
    instruments.cite(document, old, chi)
    instruments.change_state(old, chi, TODAY, "replaced", on=TODAY, by=new)
    flags.settle(old.flags.get(), chi, TODAY, "kept", "Không ảnh hưởng", recite=True)
    page = sign_in("chi").get(reverse("instrument", args=[old.pk])).content.decode()
    assert "0 tài liệu viện dẫn" in page and "Đã xem xét, không còn viện dẫn" in page
    assert f"{document}</a>" in page
