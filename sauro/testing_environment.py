"""Where a run of the tests keeps its data: a pytest plugin, named in pyproject.toml so that it is loaded before the
settings are read. A conftest is too late: pytest-django reads them before it."""

from __future__ import annotations

import os
import shutil
import tempfile

# Tests never touch the data of an installation.
os.environ["SAURO_DATA"] = os.environ.get("SAURO_TEST_DATA") or tempfile.mkdtemp(
    prefix="sauro-test-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None
)
# A file, as in an installation: a server's threads each have a connection of their own. One shared in memory knows no
# waiting for another's lock: "database table is locked".
os.environ.setdefault(
    "SAURO_TEST_DB", "" if os.environ.get("DATABASE_URL") else f"{os.environ['SAURO_DATA']}/test.sqlite3"
)


def pytest_unconfigure() -> None:
    """What the run put into memory goes with it."""
    if not os.environ.get("SAURO_TEST_DATA"):
        shutil.rmtree(os.environ["SAURO_DATA"], ignore_errors=True)
