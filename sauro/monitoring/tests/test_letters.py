"""The daily letter, against a real mail server on this machine."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from sauro.monitoring import services
from sauro.notices.models import Digest
from sauro.organization.models import Person
from sauro.plans.models import Plan
from sauro.testing import TODAY, World

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = TODAY
SATURDAY = dt.date(2026, 11, 28)


class Postbox:
    """What the server took; `refuse` is what it answers to a letter instead, for a while."""

    def __init__(self) -> None:
        self.letters: list[email.message.EmailMessage] = []
        self.refuse = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refuse:
            return self.refuse
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def server(settings: Any) -> Iterator[Controller]:
    """A mail server that runs, named in the settings."""
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=30)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL, settings.SITE_URL = "Sáu Rõ <sauro@sct.example>", "https://sauro.example"
    yield controller
    controller.stop(no_assert=True)


@pytest.fixture
def agency(adopted_plan: Plan, agency_world: World) -> World:
    """Everyone but `hoa` has an address."""
    for name, person in agency_world.people.items():
        if name != "hoa":
            person.email = f"{name}@sct.example"
            person.save()
    return agency_world


def test_each_person_gets_one_letter_a_day_however_often_the_day_is_run(server: Controller, agency: World) -> None:
    box = server.handler
    sent = services.send_digests(agency.agency, MONDAY)
    assert sent == len(box.letters) > 0
    assert services.send_digests(agency.agency, MONDAY) == 0
    assert len({m["To"] for m in box.letters}) == len(box.letters) == sent
    assert len({m["Message-ID"] for m in box.letters}) == sent
    assert Digest.objects.exclude(sent_at=None).count() == sent


def test_the_letter_says_what_is_overdue_and_what_is_coming(server: Controller, agency: World) -> None:
    services.send_digests(agency.agency, MONDAY)
    letter = next(m for m in server.handler.letters if m["To"] == "binh@sct.example")
    text = letter.get_content()
    assert "23/11/2026" in str(letter["Subject"]) and "quá hạn" in str(letter["Subject"])
    assert "Xây dựng gian hàng sản phẩm Bình Lãng" in text and "hạn 02/11/2026" in text
    assert "https://sauro.example" in text and "mỗi ngày một lần" in text


def test_nobody_is_written_to_on_a_day_off_or_without_an_address(server: Controller, agency: World) -> None:
    assert services.send_digests(agency.agency, SATURDAY) == 0
    services.send_digests(agency.agency, MONDAY)
    assert "hoa" not in " ".join(str(m["To"]) for m in server.handler.letters)


def test_english_readers_get_english(server: Controller, agency: World) -> None:
    Person.objects.filter(pk=agency.binh.pk).update(language="en")
    services.send_digests(agency.agency, MONDAY)
    letter = next(m for m in server.handler.letters if m["To"] == "binh@sct.example")
    assert "overdue" in str(letter["Subject"]) and "once a day" in letter.get_content()


def test_a_server_that_refuses_is_asked_again_and_one_that_takes_is_not(server: Controller, agency: World) -> None:
    box = server.handler
    box.refuse = "451 Try again later"
    assert services.send_digests(agency.agency, MONDAY) == 0 and box.letters == []
    failed = Digest.objects.filter(may_retry=True)
    assert failed.exists() and "Try again later" in failed[0].error
    box.refuse = ""
    sent = services.send_digests(agency.agency, MONDAY)
    assert sent == len(box.letters) > 0 and not Digest.objects.filter(may_retry=True).exists()


def test_a_server_that_is_away_is_asked_again(server: Controller, agency: World, settings: Any) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert services.send_digests(agency.agency, MONDAY) == 0
    settings.EMAIL_PORT = port
    assert services.send_digests(agency.agency, MONDAY) > 0


def test_a_letter_claimed_by_a_process_that_died_is_not_sent_a_second_time(server: Controller, agency: World) -> None:
    for person in agency.people.values():
        Digest.objects.create(person=person, day=MONDAY)
    assert services.send_digests(agency.agency, MONDAY) == 0 and server.handler.letters == []


def test_without_a_mail_server_nothing_is_claimed(agency: World, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert services.send_digests(agency.agency, MONDAY) == 0 and not Digest.objects.exists()
