"""`sauro` from outside, as a script would use it: each verb a process on a data folder of its own."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import jsonschema
import pytest

from sauro.cli.tests.conftest import ROOT, Run, decision, doubtful, environment, sauro, units
from sauro.cli.tests.installation import Installation, page
from sauro.demo.load import SIGN_INS
from sauro.reading import read
from sauro.reading.tests.shared import published, shared_folder

pytestmark = pytest.mark.pure
__all__ = ["decision", "doubtful", "environment", "sauro", "units"]
AGENCY = "Bộ Công Thương"
SCHEMA = json.loads((ROOT / "sauro/reading/draft.schema.json").read_text(encoding="utf-8"))


def database(environment: dict[str, str]) -> sqlite3.Connection:
    return sqlite3.connect(Path(environment["SAURO_DATA"]) / "sauro.sqlite3")


def count(environment: dict[str, str], table: str) -> int:
    with database(environment) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_what_read_prints_holds_to_the_published_schema(sauro: Run, doubtful: Path, units: Path) -> None:
    done = sauro("read", doubtful, "--units", units, "--json")
    draft = json.loads(done.stdout)
    jsonschema.validate(draft, SCHEMA)
    assert draft["doubts"]


def test_the_published_decisions_are_read_by_the_schema_too(sauro: Run) -> None:
    folder = shared_folder()
    for path, _gold in published():
        done = sauro("read", path, "--units", folder / "units.json", "--json")  # type: ignore[operator]
        assert done.returncode == 0, done.stderr
        jsonschema.validate(json.loads(done.stdout), SCHEMA)
    if folder is not None:
        assert json.loads((folder / "draft.schema.json").read_text(encoding="utf-8")) == SCHEMA


def test_adopt_refuses_doubts_until_told_and_write_gives_the_plan_back(
    sauro: Run, doubtful: Path, units: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    arguments = ("adopt", doubtful, "--agency", AGENCY, "--units", units)
    refused = sauro(*arguments)
    assert refused.returncode == 3 and "--accept-doubts" in refused.stderr
    assert count(environment, "plans_plan") == count(environment, "organization_agency") == 0
    assert sauro(*arguments, "--accept-doubts").returncode == 0
    assert sauro(*arguments, "--accept-doubts").returncode == 4
    assert count(environment, "plans_plan") == 1 and count(environment, "monitoring_duty") > 0
    tasks = read(doubtful).draft.tasks
    for ending in ("docx", "xlsx"):
        out = tmp_path / f"plan.{ending}"
        assert sauro("write", "plan", "15/QĐ-BCT", "--out", out).returncode == 0
        assert [(t.ref, t.title, t.products) for t in read(out).draft.tasks] == [
            (t.ref, t.title, t.products) for t in tasks
        ]
    assert sauro("write", "plan", "1/QĐ-BCT", "--out", tmp_path / "none.docx").returncode == 5


def test_a_ledger_that_was_tampered_with_ends_with_6(
    sauro: Run, decision: Path, units: Path, environment: dict[str, str]
) -> None:
    assert sauro("adopt", decision, "--agency", AGENCY, "--units", units).returncode == 0
    assert sauro("ledger", "verify").returncode == 0
    with database(environment) as connection:
        kept = connection.execute("SELECT seq, object_label FROM ledger_entry ORDER BY seq").fetchall()
        change = "UPDATE ledger_entry SET object_label = ? WHERE seq = ?"
        # A trigger of the database refuses first; who holds the file can take it off.
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(change, ("khác", kept[1][0]))
    broken = sauro("ledger", "verify")
    assert broken.returncode == 6 and f"Dòng {kept[1][0]}" in broken.stderr
    with database(environment) as connection:
        connection.execute(change, (kept[1][1], kept[1][0]))
    assert sauro("ledger", "verify").returncode == 0
    with database(environment) as connection:
        connection.execute("DELETE FROM ledger_entry WHERE seq = ?", (kept[-1][0],))
    assert sauro("ledger", "verify").returncode == 6


def test_the_demonstration_loads_once_and_its_ledger_holds(
    sauro: Run, environment: dict[str, str], tmp_path: Path
) -> None:
    done = sauro("demo")
    assert done.returncode == 0, done.stderr
    assert len(SIGN_INS) == 6 and all(f"  {name} " in done.stdout for name in SIGN_INS)
    with database(environment) as connection:
        issued = "SELECT number FROM plans_plan WHERE unit_id IS NULL"
        numbers = [n for (n,) in connection.execute(issued)]
        assert connection.execute("SELECT count(*) FROM plans_plan WHERE unit_id IS NOT NULL").fetchone()[0] > 0
    assert len(numbers) == 3
    assert sauro("demo").returncode == 4
    assert sauro("ledger", "verify").returncode == 0
    for i, number in enumerate(numbers):
        assert sauro("write", "plan", number, "--out", tmp_path / f"{i}.docx").returncode == 0
        assert read(tmp_path / f"{i}.docx").draft.document.number == number


def test_make_data_is_the_same_every_time(sauro: Run, environment: dict[str, str], tmp_path: Path) -> None:
    seen = []
    for name in ("one", "two"):
        there = environment | {"SAURO_DATA": str(tmp_path / name)}
        done = sauro("make-data", "--tasks", 200, SAURO_DATA=there["SAURO_DATA"])
        assert done.returncode == 0, done.stderr
        with database(there) as connection:
            seen.append(connection.execute("SELECT ref, title, due, lead_path FROM plans_task ORDER BY id").fetchall())
    assert seen[0] == seen[1] and len(seen[0]) >= 200


def test_run_listens_where_it_is_told_and_keeps_its_data_where_it_is_told(
    environment: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "nơi khác"
    site = Installation(environment, folder, host="127.0.0.2")
    try:
        site.started()
        assert page(site.port) == 0, "it listens on its own address alone"
        assert (folder / "sauro.sqlite3").exists() and (folder / "secret-key").stat().st_mode & 0o077 == 0
    finally:
        code = site.stop()
    assert code == 0 and f"http://127.0.0.2:{site.port}" in site.said()
    assert not Path(environment["SAURO_DATA"]).exists()
