"""`python -m benchmarks.rounds [--reports 5000] [--tasks 500]`: the focal unit's heavy work, on the database in use.

Accepting all the reports of one round in one go (bound: 10 s), the whole consolidated Word report of a plan (bound:
3 s), and the queries and time of the round's page among few and among many reports. In an installation of its own:
SQLite in a temporary folder, or a database of its own on the server of DATABASE_URL.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.filling import make_round
from benchmarks.pages import _admin

UNITS = 60
ACCEPT_BOUND, REPORT_BOUND = 10.0, 3.0


def measure(reports: int, tasks: int) -> dict[str, float]:
    """Run in a process of its own whose environment names the database: seconds and counts by name."""
    import django

    django.setup()
    from django.core.cache import cache
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from sauro.demo.volume import Scale, make_volume
    from sauro.monitoring import services
    from sauro.monitoring.services.consolidating import build
    from sauro.organization.models import Person, Role, Unit
    from sauro.plans.models import Plan, Task

    call_command("migrate", verbosity=0)
    today = timezone.localdate()
    agency = make_volume(Scale(tasks, duties=tasks, reports=tasks), today=today)
    plan = Plan.objects.filter(agency=agency).order_by("pk").first()
    assert plan
    Task.objects.filter(agency=agency).update(plan=plan, group=None)
    focal = Person.objects.get(username="p0000")
    focal.role = Role.objects.get(code="secretary")
    focal.save()
    units = list(Unit.objects.filter(agency=agency, kind=Unit.Kind.UNIT).order_by("path")[:UNITS])
    found: dict[str, float] = {"tasks": plan.tasks.count(), "units": len(units)}
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(focal, backend="sauro.organization.backends.PersonBackend")
    for words, count in (("few", max(1, reports // 10)), ("many", reports)):
        round = make_round(plan, units, focal, count, today)
        path = f"/tong-hop/{round.pk}/"
        client.get(path)
        # What was counted quickly isn't kept: with nothing kept, few and many are asked alike.
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        found[f"page queries, {words}"] = len(captured)
        times = []
        for _n in range(5):
            started = time.perf_counter()
            client.get(path)
            times.append(time.perf_counter() - started)
        found[f"page seconds, {words}"] = statistics.median(times)
    found["reports"] = round.reports.count()
    started = time.perf_counter()
    build(round, today)
    found["report seconds, all conflicts open"] = time.perf_counter() - started
    started = time.perf_counter()
    accepted = services.accept_reports(round, focal)
    found["accept seconds"] = time.perf_counter() - started
    assert accepted == found["reports"]
    plain = make_round(plan, units[:1], focal, tasks, today)
    started = time.perf_counter()
    data, gathered, _kept = build(plain, today)
    found["report seconds"] = time.perf_counter() - started
    found["report MB"] = len(data) / 1024 / 1024
    assert gathered.cells.total == plan.tasks.filter(parent=None, ended_in=None).count()
    return found


def main() -> None:
    """Measure and hold against the bounds; ends with 1 where one is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=5000)
    parser.add_argument("--tasks", type=int, default=500)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "SAURO_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
        }
        url = environment.get("DATABASE_URL", "")
        name = f"sauro_rounds_{os.getpid()}"
        if url.startswith("postgres"):
            _admin(url, f"CREATE DATABASE {name}")
            environment["DATABASE_URL"] = urlsplit(url)._replace(path=f"/{name}").geturl()
        try:
            code = (
                "import json; from benchmarks.rounds import measure; "
                f"print('RESULT' + json.dumps(measure({asked.reports}, {asked.tasks})))"
            )
            done = subprocess.run(
                [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True, check=True
            )
        finally:
            if url.startswith("postgres"):
                _admin(url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT"))
    found = json.loads(line.removeprefix("RESULT"))
    for what, value in found.items():
        print(f"{what:40} {value:10.3f}")
    kept = found["accept seconds"] < ACCEPT_BOUND and found["report seconds"] < REPORT_BOUND
    kept = kept and found["page queries, few"] == found["page queries, many"]
    print("OK" if kept else "A bound is broken.")
    raise SystemExit(not kept)


if __name__ == "__main__":
    main()
