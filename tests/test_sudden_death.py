"""A process killed at any moment while it adopts leaves a plan that is whole, or none; and a ledger that holds."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sauro.cli.tests.conftest import Run, decision, environment, sauro, units

pytestmark = pytest.mark.pure
__all__ = ["decision", "environment", "sauro", "units"]
KILLS = 20
# Adopts number after number in one process, so that a blow falls inside an adoption and not into its start.
ADOPT = """
import sys
from pathlib import Path
from click.testing import CliRunner
from sauro.cli.main import main

text, folder, first = Path(sys.argv[1]).read_text(encoding="utf-8"), Path(sys.argv[3]), int(sys.argv[4])
print("ready", flush=True)
for n in range(first, first + 200):
    file = folder / f"{n}.txt"
    file.write_text(text.replace("15/QĐ-BCT", f"{n}/QĐ-BCT"), encoding="utf-8")
    done = CliRunner().invoke(main, ["adopt", str(file), "--agency", "Bộ Công Thương", "--units", sys.argv[2]])
    assert done.exit_code == 0, done.output
    print(n, flush=True)
"""


def test_a_plan_is_whole_or_absent_after_a_kill_at_any_moment(
    sauro: Run, decision: Path, units: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    assert sauro("adopt", decision, "--agency", "Bộ Công Thương", "--units", units).returncode == 0
    base = sqlite3.connect(Path(environment["SAURO_DATA"]) / "sauro.sqlite3", timeout=30)
    (whole,) = rows_of_each_plan(base)
    chance, said, interrupted = random.Random(2026), 1, 0
    for i in range(KILLS):
        command = [sys.executable, "-P", "-c", ADOPT, str(decision), str(units), str(tmp_path), str(1000 * (i + 1))]
        process = subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, encoding="utf-8")
        assert process.stdout is not None
        # One adoption is let through, so that the application is loaded and the next are a matter of milliseconds.
        assert [process.stdout.readline().strip() for _line in range(2)] == ["ready", str(1000 * (i + 1))]
        time.sleep(chance.uniform(0, 0.4))
        process.send_signal(signal.SIGKILL)
        said += 1 + len(process.stdout.read().split())
        assert process.wait(10) == -signal.SIGKILL
        plans = rows_of_each_plan(base)
        assert set(plans) == {whole}
        # The last one may have been committed without having said so.
        assert said <= len(plans) <= said + 1
        interrupted += len(plans) == said
        said = len(plans)
        orphans = "SELECT count(*) FROM documents_reading WHERE state <> 'adopted'"
        assert base.execute(orphans).fetchone() == (0,)
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert interrupted
    verified = sauro("ledger", "verify")
    assert verified.returncode == 0, verified.stderr


def rows_of_each_plan(base: sqlite3.Connection) -> list[tuple[int, ...]]:
    """For each plan how many tasks, parts of units, products, duties, documents, revisions and entries it has."""
    return base.execute(
        """
        SELECT (SELECT count(*) FROM plans_task t WHERE t.plan_id = p.id),
               (SELECT count(*) FROM plans_taskunit u JOIN plans_task t ON t.id = u.task_id WHERE t.plan_id = p.id),
               (SELECT count(*) FROM plans_product r JOIN plans_task t ON t.id = r.task_id WHERE t.plan_id = p.id),
               (SELECT count(*) FROM monitoring_duty d WHERE d.plan_id = p.id),
               (SELECT count(*) FROM documents_issueddocument i WHERE i.id = p.document_id),
               (SELECT count(*) FROM plans_planrevision v WHERE v.plan_id = p.id),
               (SELECT count(*) FROM ledger_entry e
                WHERE e.verb = 'plans.plan.adopted' AND e.object_id = CAST(p.id AS text))
        FROM plans_plan p ORDER BY p.id
        """
    ).fetchall()
