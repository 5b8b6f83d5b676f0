"""The command line from outside: language, exit codes, what goes to which stream."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sauro.cli.tests.conftest import ROOT, Run

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("locale", "words"),
    [("vi_VN.UTF-8", "Cách dùng: sauro"), ("en_US.UTF-8", "Usage: sauro"), ("C", "Cách dùng: sauro")],
)
def test_help_speaks_the_language_of_the_locale(sauro: Run, locale: str, words: str) -> None:
    for arguments in (["--help"], ["read", "--help"], ["ledger", "verify", "--help"]):
        done = sauro(*arguments, LC_ALL=locale)
        assert done.returncode == 0 and done.stdout.startswith(words)


def test_reading_needs_no_django_and_no_data_folder(sauro: Run, decision: Path, environment: dict[str, str]) -> None:
    code = "import sys, sauro.cli.main, sauro.cli.read; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=False).returncode == 0
    assert sauro("read", decision).returncode == 0
    assert not Path(environment["SAURO_DATA"]).exists()


def test_read_gives_json_on_standard_output_and_nothing_else(sauro: Run, decision: Path, units: Path) -> None:
    done = sauro("read", decision, "--units", units, "--json")
    draft = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert draft["document"]["number"] == "15/QĐ-BCT"
    assert [t["lead_units"] for t in draft["tasks"]] == [["Văn phòng Bộ"], ["Vụ Pháp chế"]]


def test_read_prints_tables_and_writes_excel(sauro: Run, decision: Path, units: Path, tmp_path: Path) -> None:
    assert "15/QĐ-BCT" in sauro("read", decision, "--units", units).stdout
    out = tmp_path / "out.xlsx"
    assert sauro("read", decision, "--units", units, "--xlsx", out).returncode == 0
    assert out.read_bytes()[:2] == b"PK"
    done = sauro("read", decision, "--xlsx", tmp_path / "nowhere" / "out.xlsx")
    assert done.returncode == 4 and done.stderr.startswith("Không ghi được")


def test_a_file_that_cannot_be_read_ends_with_one_sentence_and_1(sauro: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"PK\x03\x04 no document")
    done = sauro("read", bad, "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr


def test_a_register_that_is_none_ends_with_one_sentence_and_1(sauro: Run, decision: Path, tmp_path: Path) -> None:
    bad = tmp_path / "units.json"
    for text in ("[]", "{", '{"units": "x"}', '{"units": [{"kind": "unit"}]}'):
        bad.write_text(text)
        done = sauro("read", decision, "--units", bad)
        assert (done.returncode, done.stdout) == (1, "") and len(done.stderr.strip().splitlines()) == 1


def test_a_wrong_command_line_ends_with_2(sauro: Run, tmp_path: Path) -> None:
    for arguments in (["reed"], ["read"], ["read", tmp_path / "none"], ["run", "--port", "0"], ["write", "plan", "1"]):
        done = sauro(*arguments)
        assert done.returncode == 2 and "Cách dùng" in done.stderr


def test_a_command_on_an_empty_folder_makes_its_database(sauro: Run, environment: dict[str, str]) -> None:
    done = sauro("ledger", "verify")
    assert done.returncode == 0 and done.stdout.startswith("Sổ cái nguyên vẹn")
    assert (Path(environment["SAURO_DATA"]) / "sauro.sqlite3").exists()


def test_a_folder_or_database_that_cannot_be_used_ends_with_one_sentence(sauro: Run, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    for more in (
        {"SAURO_DATA": str(blocked)},
        {"DATABASE_URL": "postgres://nobody@127.0.0.1:9/none"},
        {"DATABASE_URL": "postgres//nobody"},
        {"DATABASE_URL": "mongo://x/y"},
    ):
        done = sauro("ledger", "verify", **more)
        assert done.returncode == 4 and len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_what_the_machine_refuses_is_said_in_the_language_of_the_locale(sauro: Run, decision: Path) -> None:
    there = decision.parent / "nowhere" / "out.xlsx"
    for locale, words in (("vi_VN.UTF-8", "không có thư mục này"), ("en_US.UTF-8", "there is no such folder")):
        assert words in sauro("read", decision, "--xlsx", there, LC_ALL=locale).stderr


def test_a_doubt_says_the_line_it_stands_on(sauro: Run, doubtful: Path, units: Path) -> None:
    shown = sauro("read", doubtful, "--units", units).stdout
    line = next(n for n, text in enumerate(doubtful.read_text().splitlines(), 1) if "xa lạ" in text)
    assert f"? dòng {line}: “Cục Hoàn toàn xa lạ”" in shown and "tasks[" not in shown
