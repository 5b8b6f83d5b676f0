"""The periodic review: when, who is called, what it comes to."""

from __future__ import annotations

import datetime as dt

import pytest

from sauro.documents.control import register as master
from sauro.documents.control import reviews, terms
from sauro.documents.control.guard import in_the_making
from sauro.documents.control.tests.scene import make_version
from sauro.documents.errors import NotNow
from sauro.documents.models import DocumentedInformation, DocumentVersion
from sauro.notices.models import Notice
from sauro.organization.policy import Refused
from sauro.testing import TODAY, World

pytestmark = pytest.mark.django_db
YEAR = dt.date(TODAY.year + 1, TODAY.month, TODAY.day)


@pytest.mark.parametrize(
    ("kind", "months", "day", "effective", "reviewed", "expected"),
    [
        ("since_last", 12, "", "2026-01-15", None, "2027-01-15"),
        ("since_last", 6, "", "2026-01-15", "2026-08-31", "2027-02-28"),
        ("since_last", 6, "", "2026-09-30", "2026-08-31", "2027-03-30"),
        ("since_last", 0, "", "2026-01-15", None, None),
        ("calendar", 12, "12-15", "2026-01-15", None, "2026-12-15"),
        ("calendar", 12, "12-15", "2026-12-15", None, "2027-12-15"),
        ("calendar", 12, "02-29", "2026-01-15", None, "2026-02-28"),
        ("never", 12, "", "2026-01-15", None, None),
    ],
)
def test_when_the_next_review_is(
    kind: str, months: int, day: str, effective: str, reviewed: str | None, expected: str | None
) -> None:
    document = DocumentedInformation(
        review_kind=kind,
        review_months=months,
        review_day=day,
        reviewed_on=dt.date.fromisoformat(reviewed) if reviewed else None,
    )
    document.current = DocumentVersion(pk=1, effective_on=dt.date.fromisoformat(effective))
    found = terms.next_review(document)
    assert found == (dt.date.fromisoformat(expected) if expected else None)


def test_it_is_called_for_once(agency_world: World) -> None:
    document = make_version(agency_world, "in_force").document
    document.refresh_from_db()
    assert document.review_on == YEAR
    assert reviews.raise_due(agency_world.agency, YEAR - dt.timedelta(days=1)) == 0
    assert [reviews.raise_due(agency_world.agency, YEAR) for _ in range(2)] == [1, 0]
    told = Notice.objects.filter(verb="documents.review.due").values_list("person__username", flat=True)
    assert set(told) == {"binh", "chi"}


def test_kept_as_it_is_counts_from_today(agency_world: World) -> None:
    document = make_version(agency_world, "in_force").document
    reviews.raise_due(agency_world.agency, YEAR)
    with pytest.raises(Refused):
        reviews.settle(document, agency_world.an, YEAR, "kept", "Vẫn đúng")
    with pytest.raises(NotNow, match="lý do"):
        reviews.settle(document, agency_world.binh, YEAR, "kept", "")
    flag = reviews.settle(document, agency_world.binh, YEAR, "kept", "Vẫn đúng")
    document.refresh_from_db()
    assert (flag.settled_on, flag.outcome, document.reviewed_on) == (YEAR, "kept", YEAR)
    assert document.review_on == YEAR.replace(year=YEAR.year + 1)
    assert not document.flags.filter(settled_on=None).exists()


def test_to_be_revised_begins_a_version(agency_world: World) -> None:
    document = make_version(agency_world, "in_force").document
    reviews.settle(document, agency_world.chi, TODAY, "revised", "Nghị định mới")
    draft = in_the_making(document)
    assert draft is not None
    assert (draft.issue_no, draft.drafted_by) == (2, agency_world.chi)


def test_obsolete_takes_the_leader(agency_world: World) -> None:
    document = make_version(agency_world, "in_force").document
    with pytest.raises(Refused, match="Đỗ Trường Giang"):
        reviews.settle(document, agency_world.chi, TODAY, "obsolete", "Không dùng")
    document.refresh_from_db()
    assert document.obsolete_on is None
    assert not document.flags.exists()


def test_a_fixed_day_is_read_as_people_write_it(agency_world: World) -> None:
    document = make_version(agency_world, "in_force").document
    changed = master.change(document, agency_world.chi, {"review_kind": "calendar", "review_day": "15/12"})
    assert (changed.review_day, changed.review_on) == ("12-15", dt.date(2026, 12, 15))
    with pytest.raises(NotNow, match="ngày/tháng"):
        master.change(document, agency_world.chi, {"review_kind": "calendar", "review_day": "31/02"})
