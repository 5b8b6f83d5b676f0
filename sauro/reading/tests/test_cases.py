"""Documents of ministries, provinces, departments, communes, schools, hospitals, Party bodies, each in several forms.

They are invented after published ones; the right reading of each stands beside it.
"""

from __future__ import annotations

import importlib.util
import json
import textwrap
import unicodedata
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sauro.reading import Register, read
from sauro.reading.serial import draft_to_json
from sauro.reading.tests.likeness import likeness
from sauro.reading.tests.renderings import as_docx, as_html
from sauro.reading.tests.shared import shared_folder

FOLDER = Path(__file__).parent / "cases"
TEXTS = sorted(FOLDER.glob("*.txt"))
PDFS = sorted(FOLDER.glob("*.pdf"))


def right(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.with_suffix(".json").read_text()))


def reading_of(path: Path, gold: dict[str, Any]) -> dict[str, Any]:
    units = Register.from_json({"units": gold["register"]}) if "register" in gold else None
    return dict(json.loads(json.dumps(draft_to_json(read(path, units).draft), default=str)))


@pytest.mark.parametrize("path", [*TEXTS, *PDFS], ids=lambda p: p.name)
def test_a_case_is_read_right(path: Path) -> None:
    gold = right(path)
    assert likeness(gold, reading_of(path, gold)).wrong == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_the_same_case_as_word_draws_it(path: Path, tmp_path: Path) -> None:
    gold = right(path)
    as_docx(path.read_text(), tmp_path / "case.docx")
    assert likeness(gold, reading_of(tmp_path / "case.docx", gold)).wrong == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_the_same_case_as_a_portal_shows_it(path: Path, tmp_path: Path) -> None:
    gold = right(path)
    (tmp_path / "case.html").write_text(as_html(path.read_text()))
    assert likeness(gold, reading_of(tmp_path / "case.html", gold)).wrong == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_the_same_case_with_its_marks_apart(path: Path, tmp_path: Path) -> None:
    gold = right(path)
    (tmp_path / "case.txt").write_text(unicodedata.normalize("NFD", path.read_text()))
    assert likeness(gold, reading_of(tmp_path / "case.txt", gold)).wrong == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_the_same_case_with_the_last_blank_cells_of_its_rows_lost(path: Path, tmp_path: Path) -> None:
    gold = right(path)
    (tmp_path / "case.txt").write_text("\n".join(line.rstrip("\t") for line in path.read_text().split("\n")))
    assert likeness(gold, reading_of(tmp_path / "case.txt", gold)).wrong == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
def test_the_same_case_with_its_prose_broken_at_a_margin(path: Path, tmp_path: Path) -> None:
    gold = right(path)
    lines = [
        piece
        for line in path.read_text().split("\n")
        for piece in ([line] if "\t" in line or "|" in line else textwrap.wrap(line, 88) or [""])
    ]
    (tmp_path / "case.txt").write_text("\n".join(lines))
    assert likeness(gold, reading_of(tmp_path / "case.txt", gold)).wrong == []


def scorer() -> ModuleType | None:
    """The published scorer, where it is at hand."""
    folder = shared_folder()
    if folder is None:
        return None
    spec = importlib.util.spec_from_file_location("score", folder / "gold" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if PUBLISHED := scorer():

    @pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.stem)
    def test_the_published_scorer_finds_nothing_wrong(path: Path) -> None:
        assert PUBLISHED is not None
        gold = right(path)
        tally = PUBLISHED.score(gold, PUBLISHED.no_lines(reading_of(path, gold)))
        assert tally.misses == []
