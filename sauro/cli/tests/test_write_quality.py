"""`sauro write`, the papers of the quality system: what is written, and how it ends where there is nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from sauro.cli.tests.conftest import Run

pytestmark = pytest.mark.pure


def test_the_years_papers_and_the_auditors_folder(sauro: Run, decision: Path, units: Path, tmp_path: Path) -> None:
    done = sauro("adopt", decision, "--agency", "Bộ Công Thương", "--units", units, "--accept-doubts")
    assert done.returncode == 0, done.stderr
    year = ("--year", "2026")
    for kind in ("docx", "xlsx"):
        out = tmp_path / f"map.{kind}"
        assert sauro("write", "conformity-map", *year, "--out", out).returncode == 0
        assert out.read_bytes().startswith(b"PK")
    assert sauro("write", "declaration", *year, "--report", "--out", tmp_path / "r.docx").returncode == 0
    for verb in ("audit-report", "management-review", "declaration"):
        assert sauro("write", verb, *year, "--out", tmp_path / "x.docx").returncode == 5
        assert sauro("write", verb, *year, "--out", tmp_path / "x.txt").returncode == 2
    folder = tmp_path / "ho-so"
    done = sauro("write", "auditor-folder", *year, "--out", folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "index.html").is_file() and len(list(folder.glob("dieu-khoan/*/index.html"))) > 50
    assert sauro("write", "auditor-folder", *year, "--out", folder).returncode == 4, (
        "what is there is never overwritten"
    )
    assert sauro("write", "auditor-folder", *year, "--out", tmp_path / "hs.zip").returncode == 0
    assert "index.html" in zipfile.ZipFile(tmp_path / "hs.zip").namelist()
