"""The published documents beside the project, against their right readings; else our own, against what they say."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from sauro.reading import Register, read
from sauro.reading.serial import draft_to_json
from sauro.reading.tests.shared import published, shared_folder

OWN = Path(__file__).parent / "documents"


def _scorer(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", folder / "gold" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CASES = [pytest.param(path, gold, id=path.name) for path, gold in published()]
CASES = CASES or [pytest.param(path, None, id=path.name) for path in sorted(OWN.glob("*.txt"))]


@pytest.mark.parametrize(("path", "gold"), CASES)
def test_a_published_document_is_read_right(path: Path, gold: Path | None) -> None:
    if gold is None:
        assert read(path).draft.document.type
        return
    folder = shared_folder()
    assert folder is not None
    score = _scorer(folder)
    register = Register.from_json(json.loads((folder / "units.json").read_text(encoding="utf-8")))
    mine = json.loads(json.dumps(draft_to_json(read(path, register).draft), ensure_ascii=False))
    truth = json.loads(gold.read_text(encoding="utf-8"))
    lines = path.suffix == ".txt"
    if not lines:
        mine = score.no_lines(mine)
    assert score.prf(score.total(score.score(truth, mine)))[2] >= 0.985
    right, all_, wrong = score.hard(truth, mine, lines)
    assert right >= 0.9 * all_, wrong


def test_a_note_that_does_not_name_its_task_is_a_doubt() -> None:
    cases = [path for path, _ in published() if path.name.startswith("qd-447") and path.suffix == ".txt"]
    for path in cases:
        fields = [d.field for d in read(path).draft.doubts if "origin_footnote" in d.field]
        assert len(fields) == 2
    assert len(cases) <= 1
