"""A connection that breaks in the middle of an upload leaves nothing behind: no file, no row, no half of a file."""

from __future__ import annotations

import datetime as dt
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as installed
from django.test import Client

from sauro.files.models import StoredFile
from sauro.monitoring import services
from sauro.monitoring.models import Evidence, Report, Round
from sauro.testing import World, adopt_small_plan, task_of
from sauro.web.today import today

pytestmark = pytest.mark.django_db(transaction=True)
PART = b"%PDF-1.4\n" + b"x" * 3_000_000
BOUNDARY = "sauro-boundary"


@pytest.fixture
def temporary(settings: Any, tmp_path: Path) -> Path:
    """Where uploads are while they come in; over 2 MB they are there on disk."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "coming")
    (tmp_path / "coming").mkdir()
    return tmp_path / "coming"


@pytest.fixture
def called(agency_world: World) -> Round:
    """A call for a report on task 1.2, begun by `an`."""
    plan = adopt_small_plan(agency_world, today())
    round = services.call_round(
        plan, agency_world.chi, today(), kind="ad_hoc", event="Họp", due=today() + dt.timedelta(days=3),
        tasks=[task_of(plan, "1.2")],
    )  # fmt: skip
    services.keep_row(round.duties.get(), agency_world.an, {"progress": 10, "done_text": "Đã làm"}, today())
    return round


def eventually(what: Callable[[], object]) -> None:
    """Wait until it is so; fails after ten seconds."""
    until = time.monotonic() + 10
    while not what():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.02)


def begin(live_server: Any, world: World, path: str, field: str, name: str) -> socket.socket:
    """Begin an upload twice as long as what is sent of it, and leave the connection open."""
    client = Client()
    client.force_login(world.an, backend=installed.AUTHENTICATION_BACKENDS[-1])
    session, token = client.cookies[installed.SESSION_COOKIE_NAME].value, "a" * 32
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="version"\r\n\r\n1\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    ).encode()
    address = urlsplit(live_server.url)
    line = socket.create_connection((address.hostname or "", address.port or 80), timeout=10)
    line.sendall(
        f"POST {path} HTTP/1.1\r\nHost: {address.netloc}\r\nX-CSRFToken: {token}\r\n"
        f"Cookie: {installed.SESSION_COOKIE_NAME}={session}; csrftoken={token}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
        f"Content-Length: {2 * len(PART)}\r\n\r\n".encode()
    )
    line.sendall(head + PART)
    return line


@pytest.mark.parametrize("way", ["evidence", "sheet"])
def test_an_upload_that_breaks_off_is_cleanly_gone(
    live_server: Any, agency_world: World, called: Round, temporary: Path, settings: Any, way: str
) -> None:
    report = Report.objects.get()
    path, field, name = {
        "evidence": (f"/bao-cao/{report.pk}/minh-chung/", "evidence", "Danh sách.pdf"),
        "sheet": (f"/bao-cao/ky/{called.pk}/bang/nhap/", "tep", "bang.xlsx"),
    }[way]
    line = begin(live_server, agency_world, path, field, name)
    eventually(lambda: list(temporary.iterdir()))
    line.shutdown(socket.SHUT_WR)
    answer = line.recv(200)
    line.close()
    assert b" 400 " in answer, "half a file is no file"
    eventually(lambda: not list(temporary.iterdir()))
    assert not Evidence.objects.exists() and not StoredFile.objects.filter(size__gte=1_000_000).exists()
    kept = Path(settings.MEDIA_ROOT)
    assert not [f for f in kept.rglob("*") if f.is_file() and f.stat().st_size > 1_000_000]
    report.refresh_from_db()
    assert (report.version, report.state, report.done_text) == (1, "draft", "Đã làm")
