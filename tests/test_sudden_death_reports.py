"""`kill -9` at any moment while reports are handed in, accepted, locked, gathered in Word, and letters are sent.

Each act is done by a process split off from this one, which is warm, and killed at a moment spread over the time that
the act was measured to take. What it leaves is compared with what stood before: all of the act, or nothing of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import select
import signal
import socket
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, NoReturn

import pytest
from aiosmtpd.controller import Controller
from django.core.files.storage import default_storage
from django.db import connection, connections

from sauro.files.models import StoredFile
from sauro.ledger.models import Entry
from sauro.ledger.services import verify
from sauro.monitoring import services
from sauro.monitoring.models import Consolidation, Duty, Report, Round
from sauro.notices.models import Digest, Notice
from sauro.organization.models import Person
from sauro.plans.models import Task
from sauro.testing import task_of
from tests.crowd import DAY, Crowd, gather_crowd

pytestmark = pytest.mark.django_db(transaction=True)
UNITS = 12
# No act takes this long; one that does stands still, and the test says so.
STANDS_STILL = 60


def split_off(act: Callable[[], object]) -> tuple[int, int]:
    """A process that does `act` and ends without a trace of this one's; its id, and a pipe that says "b" when the act
    begins and "e" once it is over. No connection is open while it is split off, so that both have their own."""
    connections.close_all()
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return pid, reader
    _do(act, writer)


def _do(act: Callable[[], object], writer: int) -> NoReturn:
    status = 1
    try:
        connection.ensure_connection()
        os.write(writer, b"b")
        act()
        os.write(writer, b"e")
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def heard(reader: int) -> bytes:
    """The next sign of the process; nothing where it has ended."""
    ready, _w, _x = select.select([reader], [], [], STANDS_STILL)
    assert ready, "the act stands still"
    return os.read(reader, 1)


def killed_after(act: Callable[[], object], moment: float) -> bool:
    """Do `act` in a process that is killed `moment` seconds after it began; whether the blow came before its end."""
    pid, reader = split_off(act)
    try:
        assert heard(reader) == b"b"
        time.sleep(moment)
    finally:
        os.kill(pid, signal.SIGKILL)
        _pid, status = os.waitpid(pid, 0)
        os.close(reader)
    assert os.waitstatus_to_exitcode(status) in (0, -signal.SIGKILL)
    _let_the_server_notice()
    return os.waitstatus_to_exitcode(status) != 0


def _let_the_server_notice() -> None:
    """PostgreSQL ends what the dead process had asked for, a commit perhaps, before it sees that nobody listens."""
    if connection.vendor != "postgresql":
        return
    for _try in range(STANDS_STILL * 50):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.02)
    raise AssertionError("a connection of the dead process stands still")


def takes(act: Callable[[], object], undo: Callable[[], object]) -> float:
    """How many seconds the act takes in a process of its own: the middle of three times."""
    times = []
    for _again in range(3):
        pid, reader = split_off(act)
        assert heard(reader) == b"b"
        began = time.monotonic()
        assert heard(reader) == b"e", "the act failed"
        times.append(time.monotonic() - began)
        os.waitpid(pid, 0)
        os.close(reader)
        undo()
    return sorted(times)[1]


def strike(
    kills: int, act: Callable[[], object], standing: Callable[[], tuple[Any, Any]], undo: Callable[[], object]
) -> None:
    """Kill `act` so many times, at moments spread from its beginning to a little after its usual end.

    `standing`: a pair that tells what stands, and what would stand had the act been done; `undo` brings back what was.
    """
    seconds, chance, seen = takes(act, undo), Random(2026), Counter[bool]()
    for no in range(kills):
        before, after = standing()
        killed_after(act, seconds * 1.3 * (no + chance.random()) / kills)
        left, _next = standing()
        assert left in (before, after), f"neither whole nor absent: {left}, not {before} nor {after}"
        seen[left == after] += 1
        if left == after:
            undo()
    assert seen[True] and seen[False], f"the blows fell all on one side of the act: {seen}"
    assert not list(verify())
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.fixture
def crowd() -> Crowd:
    """A round with twelve units' drafts."""
    return gather_crowd(UNITS)


def entries(verb: str) -> int:
    """How often the ledger tells of it."""
    return Entry.objects.filter(verb=verb).count()


def notices(verb: str) -> int:
    """How many notices of it people have."""
    return Notice.objects.filter(verb=verb).count()


def handed_in(crowd: Crowd) -> list[Report]:
    """All drafts written and handed in."""
    reports = [crowd.draft(duty) for duty in crowd.duties]
    return [services.submit_report(r, r.author, DAY) for r in reports]


def test_a_report_is_handed_in_wholly_or_not_at_all(crowd: Crowd) -> None:
    an, task = crowd.world.an, task_of(crowd.plan, "1.2")
    services.assign(task, an, crowd.world.binh)
    duty = Duty.objects.get(task=task, kind=Duty.Kind.REPORT, period="2026-12")
    report = services.answer_duty(duty, an, DAY)
    services.save_report(report, an, {"progress": 40, "done_text": "Đã hỗ trợ 16 doanh nghiệp."})
    verbs = ("monitoring.report.submitted", "monitoring.task.reported")

    def standing() -> tuple[Any, Any]:
        # The head of the unit is told by the same commit, once.
        told = [*(entries(verb) for verb in verbs), notices("monitoring.report.submitted")]
        progress = Task.objects.get(pk=task.pk).progress
        state, met = Report.objects.get(pk=report.pk).state, Duty.objects.get(pk=duty.pk)
        stands = (state, met.state, met.met_on, progress, told)
        return stands, (Report.State.SUBMITTED, Duty.State.MET, DAY, 40, [n + 1 for n in told])

    def undo() -> None:
        services.withdraw_report(report, an)
        Task.objects.filter(pk=task.pk).update(progress=0)

    strike(80, lambda: services.submit_report(report, an, DAY), standing, undo)


def test_a_round_is_accepted_wholly_or_not_at_all(crowd: Crowd) -> None:
    reports, chi = handed_in(crowd), crowd.world.chi

    def standing() -> tuple[Any, Any]:
        rows = Report.objects.filter(round=crowd.round)
        told, heard_of = entries("monitoring.report.accepted"), notices("monitoring.report.accepted")
        states = Counter(rows.values_list("state", flat=True))
        signed = rows.filter(accepted_by=chi).exclude(accepted_at=None).count()
        stands = (states, signed, told, heard_of)
        return stands, ({Report.State.ACCEPTED: UNITS}, UNITS, told + UNITS, heard_of + UNITS)

    def undo() -> None:
        rows = Report.objects.filter(pk__in=[r.pk for r in reports])
        rows.update(state=Report.State.SUBMITTED, accepted_at=None, accepted_by=None)

    strike(80, lambda: services.accept_reports(crowd.round, chi), standing, undo)


def test_a_report_is_returned_wholly_or_not_at_all_and_its_writer_told_once(crowd: Crowd) -> None:
    report, chi = handed_in(crowd)[0], crowd.world.chi
    verb, before_it = "monitoring.report.returned", report.submitted_at

    def standing() -> tuple[Any, Any]:
        found = Report.objects.get(pk=report.pk)
        met = Duty.objects.get(pk=found.duty_id).state
        told, heard_of = entries(verb), Notice.objects.filter(verb=verb, person=report.author).count()
        return (found.state, met, told, heard_of), (Report.State.RETURNED, Duty.State.OPEN, told + 1, heard_of + 1)

    def undo() -> None:
        submitted = {"state": Report.State.SUBMITTED, "return_reason": "", "submitted_at": before_it}
        Report.objects.filter(pk=report.pk).update(**submitted)
        Duty.objects.filter(pk=report.duty_id).update(state=Duty.State.MET, met_on=DAY)

    strike(80, lambda: services.return_report(report, chi, "Thiếu số liệu."), standing, undo)


def test_a_round_is_locked_wholly_or_not_at_all(crowd: Crowd) -> None:
    handed_in(crowd)
    chi = crowd.world.chi
    services.accept_reports(crowd.round, chi)

    def standing() -> tuple[Any, Any]:
        states = Counter(Report.objects.filter(round=crowd.round).values_list("state", flat=True))
        told, found = entries("monitoring.round.locked"), Round.objects.get(pk=crowd.round.pk)
        stands = (states, found.state, found.locked_by_id, found.locked_at is not None, told)
        return stands, ({Report.State.LOCKED: UNITS}, Round.State.LOCKED, chi.pk, True, told + 1)

    strike(
        80,
        lambda: services.lock_round(crowd.round, chi, DAY),
        standing,
        lambda: services.unlock_round(crowd.round, chi, "Khóa nhầm."),
    )


def test_the_report_in_word_is_made_wholly_or_not_at_all(crowd: Crowd) -> None:
    handed_in(crowd)
    chi = crowd.world.chi
    services.accept_reports(crowd.round, chi)
    services.edit_section(crowd.round, chi, "opening", "Mở đầu do người viết.", DAY)
    # In this process once, so that what the libraries load at first use is there.
    services.generate(crowd.round, chi, DAY)

    def standing() -> tuple[Any, Any]:
        kept = Consolidation.objects.select_related("file").get(round=crowd.round)
        told = entries("monitoring.consolidation.generated")
        assert kept.file is not None and kept.edited["opening"]["text"] == "Mở đầu do người viết."
        for file in StoredFile.objects.all():
            with default_storage.open(file.storage_name) as source:
                assert hashlib.sha256(source.read()).hexdigest() == file.sha256
        last = Entry.objects.filter(verb="monitoring.consolidation.generated").latest("seq")
        assert last.data["file"] == kept.file.sha256
        return (kept.version, told), (kept.version + 1, told + 1)

    strike(24, lambda: services.generate(crowd.round, chi, DAY), standing, lambda: None)


@dataclass
class Postbox:
    """What the server took: the names of the letters, in the order in which they came."""

    letters: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take every letter."""
        head = envelope.content.decode("utf-8", "replace").split("\r\n\r\n")[0]
        self.letters += [line.partition(":")[2].strip() for line in head.splitlines() if line.startswith("Message-ID:")]
        return "250 OK"


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    """A mail server that runs, named in the settings."""
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=30)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 20
    settings.DEFAULT_FROM_EMAIL, settings.SITE_URL = "Sáu Rõ <sauro@sct.example>", "https://sauro.example"
    yield box
    controller.stop(no_assert=True)


def test_no_letter_comes_twice_however_often_its_sender_is_killed(crowd: Crowd, postbox: Postbox) -> None:
    people = list(crowd.world.people.values())
    for person in people:
        Person.objects.filter(pk=person.pk).update(email=f"{person.username}@sct.example")
    agency, chance, interrupted, kills = crowd.world.agency, Random(2026), 0, 80
    calendar = [day for n in range(200) if (day := DAY + dt.timedelta(days=n)).weekday() < 5]
    first = [calendar.pop(0) for _time in range(4)]

    def send(day: dt.date) -> Callable[[], object]:
        return lambda: services.send_digests(agency, day)

    days = iter(calendar)
    # Nothing is to be undone: each day has letters of its own.
    seconds = takes(lambda: services.send_digests(agency, first[0]), lambda: first.pop(0))
    for no in range(kills):
        day = next(days)
        before = len(postbox.letters)
        interrupted += killed_after(send(day), seconds * 1.3 * (no + chance.random()) / kills)
        # The next run of the same day goes on; a letter that was on its way when its sender died isn't sent again.
        services.send_digests(agency, day)
        came = postbox.letters[before:]
        assert len(set(came)) == len(came), f"twice: {came}"
        digests = Digest.objects.filter(day=day)
        unsure = digests.filter(sent_at=None).count()
        assert unsure <= 1, "a killed process has one letter in its hand"
        assert digests.count() - unsure <= len(came) <= digests.count()
    assert interrupted
    assert len(set(postbox.letters)) == len(postbox.letters)
    assert not list(verify())
