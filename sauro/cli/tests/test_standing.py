"""`sauro standing` from outside: the counts, the day, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sauro.cli.tests.conftest import Run

pytestmark = pytest.mark.pure
COUNTS = ("done_on_time", "done_late", "open_in_time", "open_overdue", "continuous")


@pytest.fixture
def adopted(sauro: Run, decision: Path, units: Path) -> Run:
    """An installation in which the decision is in force."""
    assert sauro("adopt", decision, "--agency", "Bộ Công Thương", "--units", units).returncode == 0
    return sauro


def test_every_plan_group_and_unit_has_five_counts_and_their_sum(adopted: Run) -> None:
    done = adopted("standing", "--as-of", "2099-12-31", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr, told["as_of"]) == (0, "", "2099-12-31")
    plan = told["plans"][0]
    assert (plan["number"], plan["open_overdue"], plan["total"]) == ("15/QĐ-BCT", 2, 2)
    rows = [plan, *plan["groups"], *plan["units"], *told["units"], *(u["with_units_under"] for u in told["units"])]
    assert all(row["total"] == sum(row[c] for c in COUNTS) for row in rows)
    assert {u["name"]: u["total"] for u in plan["units"]} == {"Văn phòng Bộ": 1, "Vụ Pháp chế": 1}
    assert sum(g["total"] for g in plan["groups"]) == sum(u["total"] for u in plan["units"]) == plan["total"]


def test_before_the_plan_was_adopted_there_is_none(adopted: Run) -> None:
    told = json.loads(adopted("standing", "--as-of", "01/01/2020", "--json").stdout)
    assert (told["plans"], told["units"]) == ([], [])


def test_a_person_reads_a_table(adopted: Run) -> None:
    done = adopted("standing", "--plan", "15/QĐ-BCT", COLUMNS="140")
    assert done.returncode == 0
    assert all(w in done.stdout for w in ("15/QĐ-BCT", "Văn phòng Bộ", "Quá hạn", "Tổng"))
    assert "Total" in adopted("standing", LC_ALL="en_US.UTF-8", COLUMNS="140").stdout


def test_an_empty_installation_has_no_plan_and_says_so(sauro: Run) -> None:
    done = sauro("standing", "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["plans"] == []
    assert "Chưa có kế hoạch nào" in sauro("standing").stdout


def test_what_is_not_there_ends_with_5_and_what_is_mistyped_with_2(adopted: Run) -> None:
    missing = adopted("standing", "--plan", "9/QĐ-X", "--json")
    assert (missing.returncode, missing.stdout) == (5, "") and "9/QĐ-X" in missing.stderr
    assert adopted("standing", "--agency", "Không có").returncode == 5
    wrong = adopted("standing", "--as-of", "31/02/2026")
    assert wrong.returncode == 2 and "31/02/2026" in wrong.stderr


def test_the_tracking_form_is_written_from_the_command_line(
    sauro: Run, decision: Path, units: Path, tmp_path: Path
) -> None:
    objectives = "I. MỤC TIÊU\n\n1. Hoàn thành 100% nhiệm vụ được giao.\n\nDANH MỤC NHIỆM VỤ"
    decision.write_text(decision.read_text().replace("DANH MỤC NHIỆM VỤ", objectives))
    adopted = sauro("adopt", decision, "--agency", "Bộ Công Thương", "--units", units, "--accept-doubts")
    assert adopted.returncode == 0, adopted.stderr
    for name, start in (("f.docx", b"PK"), ("f.pdf", b"%PDF")):
        out = tmp_path / name
        done = sauro("write", "tracking-form", "--year", "2026", "--half", "1", "--out", out)
        assert done.returncode == 0, done.stderr
        assert out.read_bytes().startswith(start)
    assert sauro("write", "tracking-form", "--year", "1999", "--out", tmp_path / "x.docx").returncode == 5
    assert sauro("write", "tracking-form", "--year", "2026", "--out", tmp_path / "x.txt").returncode == 2
    assert sauro("write", "tracking-form", "--year", "2026", "--half", "3", "--out", tmp_path / "x.pdf").returncode == 2
