"""`python -m benchmarks.exports [--tasks 100000]`: what taking a whole register away costs in memory and time.

Each form is asked in a process of its own, through the site, on one database; the extra memory is the peak of the
process less what it stood at after the same request over a handful of rows.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FEW = "&q=khong-co-viec-nao-nhu-the"


def measure(form: str) -> dict[str, float]:
    """Extra memory (MB), seconds and size (MB) of the register of tasks in one form."""
    import django

    django.setup()
    from django.test import Client

    from sauro.organization.models import Person

    client = Client(SERVER_NAME="127.0.0.1")
    head = Person.objects.get(username="p0000")
    client.force_login(head, backend="sauro.organization.backends.PersonBackend")
    _take(client, f"/nhiem-vu/?tai={form}{FEW}")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    size = _take(client, f"/nhiem-vu/?tai={form}")
    took = time.perf_counter() - started
    extra = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {"extra_mb": extra / 1024, "seconds": took, "size_mb": size / 1024 / 1024}


def _take(client, address: str) -> int:  # type: ignore[no-untyped-def]
    """Ask for a file and let its bytes go as they come; returns how many there were."""
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
    return sum(map(len, response.streaming_content if response.streaming else [response.content]))


def main() -> None:
    """Make the volume once, then measure each form."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=100_000)
    tasks = parser.parse_args().tasks
    with tempfile.TemporaryDirectory() as folder:
        root = str(Path(__file__).resolve().parent.parent)
        environment = {
            **os.environ,
            "SAURO_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "sauro.settings",
            "PYTHONPATH": root,
        }
        volume = [
            sys.executable,
            "-m",
            "sauro.cli",
            "make-data",
            "--tasks",
            str(tasks),
            "--duties",
            "0",
            "--reports",
            "0",
        ]
        subprocess.run(volume, env=environment, check=True, stdout=subprocess.DEVNULL)
        print(f"{tasks} tasks: form, extra memory MB, seconds, size MB")
        for form in ("csv", "xlsx"):
            code = f"import json;from benchmarks.exports import measure;print('RESULT'+json.dumps(measure('{form}')))"
            done = subprocess.run(
                [sys.executable, "-c", code], env=environment, check=True, stdout=subprocess.PIPE, text=True
            )
            found = json.loads(next(x for x in done.stdout.splitlines() if x.startswith("RESULT"))[6:])
            print(f"{form:5} {found['extra_mb']:8.1f} {found['seconds']:8.1f} {found['size_mb']:8.1f}")


if __name__ == "__main__":
    main()
