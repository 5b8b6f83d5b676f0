"""Two processes that live and die together: the web server and the background worker.

Both are forked from one process that has loaded the application already, so that it is loaded once.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType

_PR_SET_PDEATHSIG = 1
_HOUR = 60 * 60
# Letters go out from this hour on, in the agency's time: nobody is written to at midnight.
_LETTERS_FROM = 7
GRACE = 20.0
Job = Callable[[], object]


def listen(host: str, port: int) -> socket.socket:
    """The listening socket that the server will inherit. Raises `OSError` where the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen(256)
    except OSError:
        sock.close()
        raise
    sock.set_inheritable(True)
    return sock


def serve(sock: socket.socket, workers: int) -> None:
    """Serve the site on an open socket with gunicorn until told to stop."""
    from gunicorn.app.base import BaseApplication

    class Site(BaseApplication):
        """The application, loaded already."""

        def load_config(self) -> None:
            """Few processes with a few threads each; nothing that two installations would share."""
            options = {
                "bind": f"fd://{sock.fileno()}",
                "workers": workers,
                "worker_class": "gthread",
                "threads": 4,
                "preload_app": True,
                "timeout": 120,
                "graceful_timeout": int(GRACE) - 5,
                "loglevel": "warning",
                "control_socket_disable": True,
                "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,
                "proc_name": "sauro",
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> object:
            """The WSGI application."""
            from sauro.wsgi import application

            return application

    Site().run()


def work() -> None:
    """Run background jobs until told to stop."""
    from django.core.management import call_command

    call_command("db_worker", interval=0.5, verbosity=0)


def hourly(first_today: bool) -> None:
    """What has to happen once a day: the day's work with its first hour, letters once the hour for them has come."""
    from django.utils import timezone

    from sauro.monitoring.services import run_day, send_letters
    from sauro.quality.services.daily import run_day_everywhere

    now = timezone.localtime()
    if first_today:
        run_day(now.date(), letters=False)
        run_day_everywhere(now.date())
    if now.hour >= _LETTERS_FROM:
        send_letters(now.date())


def _day_here() -> object:
    from django.utils import timezone

    return timezone.localdate()


def fork(name: str, job: Job) -> int:
    """Run the job in a child that ends when its parent does; returns its process id."""
    from django.db import connections

    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    if child := os.fork():
        return child
    code = 1
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        # Out of the terminal's group: Ctrl-C reaches the supervisor alone, which then ends both in order.
        os.setpgid(0, 0)
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() == parent:
            job()
            code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        print(f"sauro {name}:", file=sys.stderr)
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


@contextlib.contextmanager
def _stops() -> Iterator[list[int]]:
    """Signals that ask for an end are collected while inside."""
    asked: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    before = {n: signal.signal(n, note) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def together(
    jobs: dict[str, Callable[[], object]], every_hour: Callable[[bool], object], ready: Callable[[], object]
) -> str:
    """Run the jobs side by side until one ends or a stop is asked for, then end them all.

    `every_hour` runs in a child of its own at the start and every hour, told whether it is the first of the day; its
    failure ends nothing. `ready` is called once all are started. Returns the name of the job that ended by itself, or
    "" where a stop was asked for.
    """
    with _stops() as asked:
        running = {fork(name, job): name for name, job in jobs.items()}
        ready()
        next_hour, day, died = time.monotonic() + 2, None, ""
        while not asked and not died:
            if time.monotonic() >= next_hour:
                next_hour += _HOUR
                first, day = day != _day_here(), _day_here()
                fork("daily", partial(every_hour, first))
            time.sleep(0.2)
            died = next((running.pop(pid) for pid in _ended() if pid in running), "")
        _end(list(running))
    return died


def _ended() -> list[int]:
    """Children that have ended since last asked."""
    found = []
    with contextlib.suppress(ChildProcessError):
        while (pid := os.waitpid(-1, os.WNOHANG)[0]) != 0:
            found.append(pid)
    return found


def _end(children: list[int]) -> None:
    for pid in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + GRACE
    while children and time.monotonic() < until:
        ended = _ended()
        children = [pid for pid in children if pid not in ended]
        time.sleep(0.05)
    for pid in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
