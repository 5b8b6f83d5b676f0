"""`python -m benchmarks.pages [--sizes 10000,100000]`: each page against the floor view, on the database in use.

For every size an installation of its own is made (SQLite in a temporary folder, or a database of its own on the
PostgreSQL server of DATABASE_URL), filled with `make_volume` and served by one gunicorn worker; with `--kept FOLDER`
they stay and are asked again another time. All sizes are asked side by side: page by page, size by size, round by
round, by one client over kept-alive connections, so that the machine's moods fall on all alike. What counts is the
processor time of the worker and of its database process, which others on the machine don't spend; the time on the wall
is printed beside it. Medians, after a warm-up.
"""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

ROUNDS, WARMUP = 40, 8
# What finds nothing kept is dear, and so is a sheet of paper: asked once where others are asked so many times.
DEAR_EVERY, DEAR = 4, (", cold", ", PDF")
# As `benchmarks.wsgi` says it; that module is the server's and loads the site.
HEADER = "X-Processor-Nanoseconds"
# Asked for with this header, a page finds nothing kept from before.
COLD = "X-Nothing-Kept"
# With this one, something is recorded in the ledger just before.
GROWN = "X-Ledger-Grown"
# Who asks for what; the others are asked for by the head of the busy unit.
SECRETARY, LEADER = "p0001", "p0002"
ASKED_BY = {"round": SECRETARY, "round, cold": SECRETARY, "leader": LEADER,
            "leader, after an entry": LEADER, "leader, cold": LEADER, "leader, PDF": LEADER}  # fmt: skip
# Reports of the round: one to so many tasks.
TASKS_PER_REPORT, SILENT = 20, 6
ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Site:
    """One installation of one size: its pages, cookies of those who ask, and what every answer cost in ms."""

    pages: dict[str, str]
    queries: dict[str, int]
    cookies: dict[str, str]
    connection: http.client.HTTPConnection | None = None
    processor: dict[str, list[float]] = field(default_factory=dict)
    wall: dict[str, list[float]] = field(default_factory=dict)

    def ask(self, name: str, *, kept: bool) -> None:
        """Ask for one page; `kept`: count it."""
        assert self.connection
        started = time.perf_counter()
        headers = {} if name == "floor" else {"Cookie": self.cookies[ASKED_BY.get(name, "")]}
        if name.endswith(", cold"):
            headers[COLD] = "1"
        if name.endswith(", after an entry"):
            headers[GROWN] = "1"
        self.connection.request("GET", self.pages[name], headers=headers)
        response = self.connection.getresponse()
        body = response.read()
        took = (time.perf_counter() - started) * 1000
        if response.status != 200:
            raise SystemExit(f"{self.pages[name]}: {response.status}\n{body[:500]!r}")
        if kept:
            self.wall.setdefault(name, []).append(took)
            self.processor.setdefault(name, []).append(int(response.headers[HEADER]) / 1e6)

    def cost(self, name: str) -> float:
        """Median processor time of a page, ms."""
        return statistics.median(self.processor[name])

    def times(self, name: str) -> float:
        """How many times the floor's processor time."""
        return self.cost(name) / self.cost("floor")

    def wall_times(self, name: str) -> float:
        """How many times the floor's time on the wall."""
        return statistics.median(self.wall[name]) / statistics.median(self.wall["floor"])


def prepare(size: int, duties: int, reports: int) -> dict[str, Any]:
    """Run in a process of its own whose environment names the database: make the volume and say what to ask."""
    import django

    django.setup()
    from django.core.cache import cache
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from benchmarks.filling import make_calls, make_round, make_targets
    from sauro.demo.volume import NAME, Scale, make_volume
    from sauro.monitoring.models import Round
    from sauro.organization.models import Agency, Person, Unit
    from sauro.plans.models import Plan, Task

    call_command("migrate", verbosity=0)
    today = timezone.localdate()
    started = time.perf_counter()
    if not Agency.objects.filter(name=NAME).exists():
        make_volume(Scale(size, duties=size * duties, reports=size * reports), today=today)
        print(f"  {size} tasks made in {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    head = Person.objects.get(username="p0000")
    agency = Agency.objects.get(name=NAME)
    round = Round.objects.filter(agency=agency, event__startswith="Đo ").first()
    if round is None:
        plan = Plan.objects.filter(agency=agency).order_by("-pk").first()
        units = list(Unit.objects.filter(agency=agency, kind=Unit.Kind.UNIT).order_by("path"))
        make_targets(plan, units, head, today)
        make_calls(agency, today)
        round = make_round(plan, units, head, size // TASKS_PER_REPORT, today, silent=SILENT)
    task = Task.objects.filter(lead_unit=head.unit, due__isnull=False).order_by("-pk").first()
    assert task
    pages = {
        "floor": "/floor/",
        "home": "/",
        "list": f"/nhiem-vu/?don_vi={head.unit_id}&tinh_trang=open_overdue",
        "task": f"/nhiem-vu/{task.pk}/",
        "unit": f"/don-vi/{head.unit_id}/",
        # Words that at every size more tasks hold than the page lists.
        "search": "/tim/?q=co+so+du+lieu",
        "round": f"/tong-hop/{round.pk}/",
        "round, cold": f"/tong-hop/{round.pk}/",
        "leader": "/toan-canh/",
        "leader, after an entry": "/toan-canh/",
        "leader, cold": "/toan-canh/",
        "leader, PDF": "/toan-canh.pdf",
    }
    clients = {}
    for who in ("", SECRETARY, LEADER):
        clients[who] = Client(SERVER_NAME="127.0.0.1")
        person = Person.objects.get(username=who) if who else head
        clients[who].force_login(person, backend="sauro.organization.backends.PersonBackend")
    queries = {}
    for name, path in pages.items():
        asker = Client(SERVER_NAME="127.0.0.1") if name == "floor" else clients[ASKED_BY.get(name, "")]
        asker.get(path)
        if name.endswith(", cold"):
            cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert asker.get(path).status_code == 200, path
        queries[name] = len(captured)
    return {
        "pages": pages,
        "queries": queries,
        "cookies": {
            who: "; ".join(f"{k}={m.value}" for k, m in client.cookies.items()) for who, client in clients.items()
        },
    }


def open_site(module: str, call: str, environment: dict[str, str], after: ExitStack) -> Site:
    """An installation filled by `call` of `module` in a process of its own, and its server until `after` closes."""
    code = f"import json; from {module} import prepare; print('RESULT' + json.dumps({call}))"
    done = subprocess.run([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True, check=True)
    made = Site(**json.loads(next(x for x in done.stdout.splitlines() if x.startswith("RESULT"))[6:]))
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "1",
         "--worker-class", "gthread", "--keep-alive", "600", "--log-level", "error", "benchmarks.wsgi"],
        env=environment,
    )  # fmt: skip
    after.callback(server.wait)
    after.callback(server.terminate)
    _await(port)
    made.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    return made


def _await(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def main() -> None:
    """Measure every size on SQLite, and on PostgreSQL where DATABASE_URL names a server; print a table each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--duties", type=int, default=12, help="duties a task")
    parser.add_argument("--reports", type=int, default=10, help="reports a task")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each page is asked")
    parser.add_argument("--kept", type=Path, help="folder where the installations stay")
    asked = parser.parse_args()
    compare(
        "benchmarks.pages",
        {size: f"prepare({size}, {asked.duties}, {asked.reports})" for size in map(int, asked.sizes.split(","))},
        rounds=asked.rounds,
        kept_in=asked.kept,
    )


def compare(module: str, calls: dict[int, str], *, rounds: int, kept_in: Path | None = None) -> None:
    """Ask the pages of installations of several sizes side by side on each database, and print a table each.

    `calls`: by size, the call of `module` that fills the installation and says what to ask.
    """
    url = os.environ.get("DATABASE_URL")
    for engine in ["sqlite"] + (["postgresql"] if url else []):
        with ExitStack() as after:
            sites = {}
            for size, call in calls.items():
                kept = kept_in and kept_in / f"{engine}-{size}"
                folder = kept or after.enter_context(tempfile.TemporaryDirectory())
                environment = {**os.environ, "SAURO_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
                environment["PYTHONPATH"] = str(ROOT)
                environment.pop("DATABASE_URL", None)
                if engine == "postgresql":
                    # A query that is shared out among processes would cost what nobody counts.
                    environment["PGOPTIONS"] = "-c max_parallel_workers_per_gather=0"
                    environment["DATABASE_URL"] = _own_database(str(url), size, kept=bool(kept))
                    if not kept:
                        after.callback(_drop, str(url), size)
                sites[size] = open_site(module, call, environment, after)
            names = list(next(iter(sites.values())).pages)
            dear = [name for name in names if name.endswith(DEAR)]
            for turn in range(rounds + WARMUP):
                for name in names:
                    for site in sites.values():
                        if name not in dear:
                            site.ask(name, kept=turn >= WARMUP)
            # After all others: what finds nothing kept leaves nothing for those that come next.
            for turn in range((rounds + WARMUP) // DEAR_EVERY):
                for name in dear:
                    for site in sites.values():
                        site.ask(name, kept=turn >= WARMUP // DEAR_EVERY)
            _print(engine, names, sites)


def _own_database(url: str, size: int, *, kept: bool) -> str:
    if not kept:
        _drop(url, size)
    with suppress(psycopg.errors.DuplicateDatabase):
        _admin(url, f"CREATE DATABASE sauro_bench_{size}")
    return urlsplit(url)._replace(path=f"/sauro_bench_{size}").geturl()


def _drop(url: str, size: int) -> None:
    _admin(url, f"DROP DATABASE IF EXISTS sauro_bench_{size} WITH (FORCE)")


def _admin(url: str, sql: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql)  # type: ignore[call-overload]


def _print(engine: str, names: list[str], sites: dict[int, Site]) -> None:
    print(f"\n{engine}, {dt.date.today():%d/%m/%Y}: processor ms (× floor; × floor on the wall; queries)")  # noqa: DTZ011
    print(f"{'page':14}" + "".join(f"{size:>32}" for size in sites) + f"{'largest/smallest':>20}")
    first, last = sites[min(sites)], sites[max(sites)]
    for name in names:
        cells = [
            f"{s.cost(name):6.1f} ({s.times(name):4.2f} ×; {s.wall_times(name):4.2f} ×; {s.queries[name]:2})"
            for s in sites.values()
        ]
        print(f"{name:14}" + "".join(f"{c:>32}" for c in cells) + f"{last.cost(name) / first.cost(name):>20.2f}")


if __name__ == "__main__":
    main()
