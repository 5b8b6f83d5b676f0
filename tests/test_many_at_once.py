"""Sixty units hand in within one minute: each report is taken once, and nobody is told that the database is busy."""

from __future__ import annotations

import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from sauro.ledger.models import Entry
from sauro.ledger.services import verify
from sauro.monitoring import services
from sauro.monitoring.models import Duty, Report
from sauro.plans.services.errors import NotNow
from tests.crowd import DAY, Crowd, gather_crowd

pytestmark = pytest.mark.django_db(transaction=True)
UNITS = 60
# Threads at work at one moment, each with a connection of its own: more than the server of an installation runs.
AT_ONCE = 20
MINUTE = 60


@pytest.fixture
def crowd() -> Crowd:
    """Sixty units, each with a report written and not handed in."""
    return gather_crowd(UNITS)


def all_at_once(act: object, jobs: list[object]) -> list[object]:
    """What `act` gave for each job, all begun together; fails where one of them raised."""

    def one(job: object) -> object:
        try:
            return act(job)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, jobs, timeout=4 * MINUTE))


def check_handed_in(crowd: Crowd) -> None:
    """Each unit's report stands once, its duty is met, the ledger tells of it once, and its chain holds."""
    reports = Report.objects.filter(duty__in=crowd.duties)
    assert Counter(reports.values_list("state", flat=True)) == {Report.State.SUBMITTED: UNITS}
    assert {d.state for d in crowd.duties} == {Duty.State.MET}
    told = Entry.objects.filter(verb="monitoring.report.submitted").values_list("object_id", flat=True)
    assert sorted(told) == sorted(str(pk) for pk in reports.values_list("pk", flat=True))
    assert not list(verify())


def test_sixty_reports_handed_in_at_once_are_each_taken_once(crowd: Crowd) -> None:
    drafts = [crowd.draft(duty) for duty in crowd.duties]
    began = time.monotonic()
    all_at_once(lambda report: services.submit_report(report, report.author, DAY), drafts)
    assert time.monotonic() - began < MINUTE
    check_handed_in(crowd)
    assert services.accept_reports(crowd.round, crowd.world.chi) == UNITS
    assert not list(verify())


def test_sixty_officers_write_and_hand_in_through_the_pages_at_once(crowd: Crowd) -> None:
    clients = []
    for duty in crowd.duties:
        client = Client()
        client.force_login(crowd.officers[duty.unit_id], backend=settings.AUTHENTICATION_BACKENDS[-1])
        clients.append((client, duty.pk))

    def hand_in(job: tuple[Client, int]) -> int:
        client, duty = job
        opened = client.get(f"/viec/{duty}/bao-cao/", follow=True)
        url = opened.redirect_chain[-1][0]
        assert re.fullmatch(r"/bao-cao/\d+/", url), opened.redirect_chain
        typed = {"done_text": "Đã làm xong việc của tháng.", "has_difficulties": "no", "has_proposals": "no"}
        kept = client.post(f"{url}luu/", typed | {"version": "0"}, headers={"HX-Request": "true"})
        assert kept.status_code == 200, kept.content.decode()
        return client.post(f"{url}nop/", typed | {"version": "1"}).status_code

    began = time.monotonic()
    answers = all_at_once(hand_in, clients)
    assert time.monotonic() - began < MINUTE
    assert Counter(answers) == {302: UNITS}
    check_handed_in(crowd)


def test_one_report_handed_in_by_many_hands_is_taken_once(crowd: Crowd) -> None:
    report = crowd.draft(crowd.duties[0])

    def submit(_no: int) -> bool:
        try:
            services.submit_report(report, report.author, DAY)
        except NotNow:
            return False
        return True

    assert Counter(all_at_once(submit, list(range(AT_ONCE)))) == {True: 1, False: AT_ONCE - 1}
    assert Entry.objects.filter(verb="monitoring.report.submitted").count() == 1
    assert not list(verify())
