"""The site as gunicorn serves it, telling with each answer what it cost: on a machine that others share, processor time
is what a page costs, and the clock on the wall is what the others cost."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction

from benchmarks.pages import COLD, GROWN, HEADER
from sauro.wsgi import application as site


def _spent() -> int:
    """Nanoseconds of processor time of this thread, and of the database's process that serves it where there is one on
    this machine."""
    spent = time.thread_time_ns()
    raw = connection.connection
    if raw is not None and connection.vendor == "postgresql":
        path = f"/proc/{raw.info.backend_pid}/schedstat"
        if os.path.exists(path):
            with open(path) as file:
                spent += int(file.read().split()[0])
    return spent


def _record_something() -> None:
    # Models can be imported only once the site has been loaded.
    from sauro.ledger import services as ledger
    from sauro.organization.models import Agency

    with transaction.atomic():
        ledger.record(None, "benchmarks.asked", Agency.objects.earliest("pk"))


def _asked(environ: dict[str, Any], header: str) -> bool:
    return "HTTP_" + header.upper().replace("-", "_") in environ


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer whole, with the cost in a header."""
    if _asked(environ, COLD):
        cache.clear()
    if _asked(environ, GROWN):
        _record_something()
    started: list[Any] = []
    before = _spent()
    response = site(environ, lambda *said: started.extend(said))
    try:
        body = b"".join(response)
    finally:
        if hasattr(response, "close"):
            response.close()
    status, headers = started[:2]
    start_response(status, [*headers, (HEADER, str(_spent() - before))])
    return [body]
